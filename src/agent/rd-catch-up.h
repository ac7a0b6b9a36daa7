/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-site.h"

G_BEGIN_DECLS

#define RD_TYPE_CATCH_UP (rd_catch_up_get_type ())
G_DECLARE_FINAL_TYPE (RdCatchUp, rd_catch_up, RD, CATCH_UP, GObject)

/**
 * RdCatchUp:
 *
 * Asks the site what was missed, its active call and its history of calls, and brings the phone in line with it.
 * Nothing that is found so rings. Tried again with growing pauses until it has worked.
 */
RdCatchUp    *rd_catch_up_new       (RdSite *site, RdPhone *phone, const char *account) G_GNUC_WARN_UNUSED_RESULT;
/* What happened after @since (µs since the epoch; 0: there was no line before) may have been missed. */
void          rd_catch_up_ask       (RdCatchUp *self, gint64 since);
/* Tries now what is still due, if anything is. */
void          rd_catch_up_retry     (RdCatchUp *self);
/* Whether some of what may have been missed is still to be asked for. */
gboolean      rd_catch_up_is_behind (RdCatchUp *self);
/* What is due stays so, until it is asked or retried; so does what is being asked. */
void          rd_catch_up_pause     (RdCatchUp *self);
/* For good. */
void          rd_catch_up_stop      (RdCatchUp *self);

G_END_DECLS
