/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-call-cards.h"
#include "rd-messages-page.h"
#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_TOASTER (rd_toaster_get_type ())
G_DECLARE_FINAL_TYPE (RdToaster, rd_toaster, RD, TOASTER, GObject)

/**
 * RdToaster:
 *
 * What the agent has to say and no list shows: news and failures, in toasts, one after the other. A failure of a call
 * whose card stands is said there.
 */
/* @cards: (nullable): for a toaster that has no model, and says only what it is given */
RdToaster *rd_toaster_new         (AdwToastOverlay *overlay, RdCallCards *cards);
void       rd_toaster_set_model   (RdToaster *self, RdModel *model);
/* Where messages may be seen already. */
void       rd_toaster_set_messages_page (RdToaster *self, RdMessagesPage *messages);
/* Plain text of any length. The next news take its place. */
void       rd_toaster_say_news    (RdToaster *self, const char *text);
/* Plain text of any length; what does not fit is behind a button. Comes before all news. */
void       rd_toaster_say_failure (RdToaster *self, const char *text);

G_END_DECLS
