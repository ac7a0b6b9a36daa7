/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-paged-item.h"

G_BEGIN_DECLS

#define RD_TYPE_MESSAGE_PANE (rd_message_pane_get_type ())
G_DECLARE_FINAL_TYPE (RdMessagePane, rd_message_pane, RD, MESSAGE_PANE, GtkWidget)

/**
 * RdMessagePane:
 *
 * The scrolled messages of a conversation: at its newest at first, and there while news come, unless one has scrolled
 * up; older ones are fetched before their end is seen.
 *
 * Property: `at-end` (boolean): the newest message is to be seen. Signal: `retry` (the RdPagedItem of a message that
 * failed).
 */
/* @conversation: (nullable): a CONVERSATION */
void     rd_message_pane_set_conversation (RdMessagePane *self, RdPagedItem *conversation);
void     rd_message_pane_scroll_down      (RdMessagePane *self);
gboolean rd_message_pane_is_at_end        (RdMessagePane *self);
void     rd_message_pane_remove           (RdMessagePane *self, RdPagedItem *message);
/* Whether a message with this text stands there as one that was not sent. */
gboolean rd_message_pane_has_failed       (RdMessagePane *self, const char *text);

G_END_DECLS
