/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RD_HISTORY_CALL = 1 << 0,
  RD_HISTORY_PAYMENT = 1 << 1,
  RD_HISTORY_INVOICE = 1 << 2,
  RD_HISTORY_NOTICE = 1 << 3,
  RD_HISTORY_MESSAGE = 1 << 4,
} RdHistoryKinds;

/* "call", "payment"…; 0: there is no such kind */
RdHistoryKinds rd_history_kind_from_string (const char *nick);
const char    *rd_history_kind_to_string   (RdHistoryKinds kind);

#define RD_TYPE_HISTORY_FILTER (rd_history_filter_get_type ())

/* Which entries of the history, as History1's "filter" says it. Boxed, immutable. */
typedef struct
{
  RdHistoryKinds kinds; /* 0: all */
  char *account;        /* (nullable), as all texts */
  char *peer;
  char *direction;      /* "in", "out" */
  char *search;         /* what the user typed */
  gboolean missed;      /* only those */
  gint64 since;         /* µs since the epoch; 0: any */
  gint64 until;
} RdHistoryFilter;

GType            rd_history_filter_get_type (void);
/* @filter: (nullable): a{sv} from anybody: RD_FAULT_BAD_INPUT with the key that is wrong */
RdHistoryFilter *rd_history_filter_new      (GVariant *filter, GError **error) G_GNUC_WARN_UNUSED_RESULT;
RdHistoryFilter *rd_history_filter_ref      (RdHistoryFilter *self);
void             rd_history_filter_unref    (RdHistoryFilter *self);
/* Whether it takes everything. */
gboolean         rd_history_filter_is_empty (const RdHistoryFilter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdHistoryFilter, rd_history_filter_unref)

G_END_DECLS
