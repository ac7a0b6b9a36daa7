/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call.h"

G_BEGIN_DECLS

/* For RdPhone alone: nobody else makes or moves a call. @skew: the site's clock minus ours. */
RdCall  *rd_call_new          (const char    *account,
                               const RdEvent *event,
                               gboolean       incoming,
                               RdCallState    state,
                               gint64         skew,
                               gint64         now) G_GNUC_WARN_UNUSED_RESULT;
/* The one setter: FALSE if the table does not allow the move. @at: when, by our clock. */
gboolean rd_call_move         (RdCall *self, RdCallState state, const char *reason, gint64 at);
/* Takes over what @event knows and the call does not: names, times, room. */
void     rd_call_learn        (RdCall *self, const RdEvent *event, gint64 skew, gint64 now);
void     rd_call_set_local    (RdCall *self, gboolean local);
void     rd_call_set_silenced (RdCall *self, gboolean silenced);
void     rd_call_set_soft     (RdCall *self, gboolean soft);

G_END_DECLS
