/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
#include "rd-toast.h"

G_BEGIN_DECLS

/* What follows within this joins the toast that stands, for at most … */
#define RD_BURST_QUIET_MS 3000
/* … this long. */
#define RD_BURST_LONGEST_MS 15000
/* A toast that grows is not shown anew more often than this. */
#define RD_BURST_PACE_MS 1000
/* More begin another toast. */
#define RD_BURST_MAX_ITEMS 500
/* The newest toasts that are known by their ids. */
#define RD_BURST_MAX_TOASTS 64

#define RD_TYPE_BURST (rd_burst_get_type ())
G_DECLARE_FINAL_TYPE (RdBurst, rd_burst, RD, BURST, GObject)

/**
 * RdBurst:
 *
 * Makes one toast of what comes together. The first thing is shown at once; others of the same account and type that
 * follow shortly are joined to it, and the toast is shown again in its own place. What happened while there was no line
 * is not shown before all of it is there. No I/O: who is connected shows and withdraws.
 *
 * ::show (RdToast *toast, gboolean first): first: it did not stand before; it sounds then.
 * ::withdraw (RdToast *toast): nothing is left of it
 */
RdBurst       *rd_burst_new            (RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* @item: (transfer full) */
void           rd_burst_add            (RdBurst *self, const char *account, const char *type, gboolean away,
                                        RdToastItem *item);
/* The same, but it stays alone. */
void           rd_burst_add_alone      (RdBurst *self, const char *account, const char *type, RdToastItem *item);
/* Keeps it untold until rd_burst_take_held(); of what is too much, the oldest goes. */
void           rd_burst_hold           (RdBurst *self, const char *account, const char *type, RdToastItem *item);
/* (transfer full) (element-type RdToast): what has been kept so, one of each account and type, and not been dropped */
GPtrArray     *rd_burst_take_held      (RdBurst *self) G_GNUC_WARN_UNUSED_RESULT;
/* The user has seen all of @type that is kept so. */
void           rd_burst_drop_held      (RdBurst *self, const char *type);
/* Tells now what it would tell later. */
void           rd_burst_flush          (RdBurst *self);
/* (nullable) (transfer none) */
const RdToast *rd_burst_lookup         (RdBurst *self, const char *id);
/* The user has dealt with what stands: what follows begins another one, and what has not been shown yet, too. Without
 * ::withdraw. */
void           rd_burst_forget         (RdBurst *self, const char *id);
/* The user has dealt with this elsewhere: whatever is left with nothing to tell of is withdrawn. @subject: (nullable):
 * all of the type; @type: (nullable): all of the account */
void           rd_burst_drop           (RdBurst *self, const char *account, const char *type, const char *subject);

G_END_DECLS
