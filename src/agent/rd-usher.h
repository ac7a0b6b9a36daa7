/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-burst.h"
#include "rd-notifier.h"
#include "rd-quiet.h"

G_BEGIN_DECLS

#define RD_TYPE_USHER (rd_usher_get_type ())
G_DECLARE_FINAL_TYPE (RdUsher, rd_usher, RD, USHER, GObject)

/* Lets what happened through to the user by way of RdBurst, or keeps it while the user is not to be disturbed: one
 * notification then says how much it was. What comes from the muted is not told of at all; it is listed. */
RdUsher *rd_usher_new  (RdQuiet *quiet, RdBurst *burst, RdNotifier *notifier) G_GNUC_WARN_UNUSED_RESULT;
/* As rd_burst_add(). @person: (nullable): who it is from, as RdQuiet knows people; @item: (transfer full) */
void     rd_usher_tell (RdUsher *self, const char *account, const char *person, const char *type, gboolean away,
                        RdToastItem *item);
/* Says now how much it was: nobody will later. */
void     rd_usher_flush (RdUsher *self);

G_END_DECLS
