/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Entries (a{sv} with an "id") as one of the agent's long lists gives them out: page by page, searched. */
typedef struct _RdMockList RdMockList;

RdMockList *rd_mock_list_new     (void);
void        rd_mock_list_free    (RdMockList *self);
/* Adds one at the end, or puts it in the place of the one with its id; sinks it. */
GVariant   *rd_mock_list_put     (RdMockList *self, GVariant *entry);
/* Adds one whose id is new. */
void        rd_mock_list_put_last (RdMockList *self, GVariant *entry);
/* As put, at the beginning. */
GVariant   *rd_mock_list_put_first (RdMockList *self, GVariant *entry);
void        rd_mock_list_clear   (RdMockList *self);
/* (nullable) */
GVariant   *rd_mock_list_find    (RdMockList *self, const char *id);
/* aa{sv} (floating): those where one of @keys holds @search, after @offset, at most @limit. */
GVariant   *rd_mock_list_page    (RdMockList *self, const char *const *keys, const char *search, guint offset,
                                  guint limit, gboolean *more);
/* The same of those whose @key is @value; "": of all */
GVariant   *rd_mock_list_page_of (RdMockList *self, const char *key, const char *value, const char *const *keys,
                                  const char *search, guint offset, guint limit, gboolean *more);
/* The last @limit before the one with the id @before ("": before the end), oldest first. */
GVariant   *rd_mock_list_before  (RdMockList *self, const char *before, guint limit, gboolean *more);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdMockList, rd_mock_list_free)

G_END_DECLS
