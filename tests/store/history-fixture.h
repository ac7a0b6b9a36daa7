/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-history.h"

G_BEGIN_DECLS

/* A history in a folder of its own, and answers awaited. */
typedef struct
{
  char *folder;
  char *path;
  RdHistory *history;
  GPtrArray *added; /* GVariant: what was told by ::entry-added */
  GPtrArray *aside; /* GError */
  guint resets;
} HistoryFixture;

void       history_fixture_set_up    (HistoryFixture *self, gconstpointer data);
void       history_fixture_tear_down (HistoryFixture *self, gconstpointer data);
/* Opens it; @max_size: 0: as the agent does */
void       history_fixture_open      (HistoryFixture *self, gint64 max_size);
void       history_fixture_close     (HistoryFixture *self);
/* Waits until @n entries were told of since the history was opened. */
void       history_fixture_await     (HistoryFixture *self, guint n);

/* (transfer floating): ENTRYs for rd_history_add(). @at: seconds since the epoch */
GVariant  *history_call    (const char *ref, const char *state, const char *peer, const char *name, gint64 at);
GVariant  *history_money   (const char *ref, const char *kind, const char *title, const char *amount, gint64 at);
GVariant  *history_message (const char *ref, const char *peer, const char *name, gint64 at);

/* @filter: (nullable): text of an a{sv}, as "{'missed': <true>}" */
RdHistoryFilter *history_filter (const char *filter);
/* (transfer full): the answers of the history, which must be good ones */
GVariant  *history_list    (HistoryFixture *self, const char *filter, guint64 before, guint limit, gboolean *more);
gint64     history_count   (HistoryFixture *self, const char *filter);
gint64     history_erase   (HistoryFixture *self, const char *filter);
/* (transfer full): what stands under @key (a string) in all entries that @filter takes, newest first: "a b c" */
char      *history_column  (HistoryFixture *self, const char *filter, const char *key);
/* Whether @text stands in any file of the history's folder. */
gboolean   history_contains (HistoryFixture *self, const char *text);

#define history_assert(self, filter, key, expected)                                    \
  G_STMT_START                                                                         \
  {                                                                                    \
    g_autofree char *history_found = history_column (self, filter, key);               \
    g_assert_cmpstr (history_found, ==, expected);                                     \
  }                                                                                    \
  G_STMT_END

G_END_DECLS
