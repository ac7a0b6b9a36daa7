/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-record.h"

G_BEGIN_DECLS

#define RD_PAGED_SEARCH_KEYS 4

/* One of the agent's long lists: how it is asked for, and in which order it comes. */
typedef struct
{
  /* returns (aa{sv}b): entries, and whether there are others after them */
  const char *method;
  /* with the whole entry, and without anything */
  const char *changed_signal;
  const char *reset_signal;
  /* where a search looks, NULL at the end */
  const char *search_keys[RD_PAGED_SEARCH_KEYS + 1];
  /* the method's arguments (floating). filter: "" or the caller's own word */
  GVariant *(*dup_arguments) (const char *search, const char *filter, guint offset, guint limit);
  /* the agent's order; those that are equal are told apart by their ids */
  int (*compare) (RdRecord *a, RdRecord *b);
  /* (nullable): whether an entry belongs to what the filter names */
  gboolean (*matches) (RdRecord *record, const char *filter);
} RdPagedKind;

#define RD_TYPE_PAGED_SOURCE (rd_paged_source_get_type ())
G_DECLARE_FINAL_TYPE (RdPagedSource, rd_paged_source, RD, PAGED_SOURCE, GObject)

/**
 * RdPagedSource:
 *
 * One account's share of an RdPagedList: asks the agent for pages, one after the other, and hears of changes.
 *
 * Signals: `fetched` (GPtrArray of RdRecord, boolean: these are all from the beginning, not a page more), `changed`
 * (RdRecord), `reset`, `failed` (a sentence).
 */
RdPagedSource *rd_paged_source_new          (const RdPagedKind *kind, GDBusProxy *proxy);
GDBusProxy    *rd_paged_source_get_proxy    (RdPagedSource *self);
/* There are others after those that were fetched. */
gboolean       rd_paged_source_get_more     (RdPagedSource *self);
gboolean       rd_paged_source_get_fetching (RdPagedSource *self);
/* Whether anything was fetched since it was started, with nothing to keep. */
gboolean       rd_paged_source_get_started  (RdPagedSource *self);
/* (nullable): why it could not be fetched; %NULL: it could, or nobody knows yet */
const char    *rd_paged_source_get_error    (RdPagedSource *self);
/* Fetches from the beginning, at least @keep if there are so many. Whatever was being fetched is forgotten. */
void           rd_paged_source_restart      (RdPagedSource *self, const char *search, const char *filter, guint keep);
/* Fetches those after the first @known. */
void           rd_paged_source_fetch_more   (RdPagedSource *self, guint known);
void           rd_paged_source_stop         (RdPagedSource *self);
/* There is nothing more, whatever the agent says. */
void           rd_paged_source_end          (RdPagedSource *self);
/* Whether an entry belongs to what is searched for. */
gboolean       rd_paged_source_wants        (RdPagedSource *self, RdRecord *record);

G_END_DECLS
