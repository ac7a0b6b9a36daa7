/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-history-filter.h"

G_BEGIN_DECLS

#define RD_HISTORY_MAX_PAGE 200
/* Entries that wait for the disk; what comes on top of them is lost, and it is said. */
#define RD_HISTORY_MAX_WAITING 2000
/* A history of which this much is used takes nothing more; about a million calls. */
#define RD_HISTORY_MAX_SIZE (G_GINT64_CONSTANT (512) * 1024 * 1024)

#define RD_TYPE_HISTORY (rd_history_get_type ())
G_DECLARE_FINAL_TYPE (RdHistory, rd_history, RD, HISTORY, GObject)

/**
 * RdHistory:
 *
 * What happened, in an SQLite file that a thread of its own reads and writes: nothing here waits for the disk. An entry
 * is an ENTRY of io.github.ringdown.Ringdown1.xml; its id grows with its time, so that the newest has the largest.
 *
 * A file that is damaged, or that a newer Ringdown wrote, is set aside and said so; what can still be read of it is
 * taken over. Entries that find no room on the disk wait in memory and are tried again.
 *
 * Properties (notified): `missed` (uint): calls missed since rd_history_mark_seen(); `problem` (RD_FAULT_STORAGE error,
 * boxed, nullable).
 * ::entry-added (GVariant *entry): it is on the disk.
 * ::entries-reset (): entries are gone, or older ones came back.
 * ::set-aside (GError *error): as rd_agent_object_add_problem() wants it.
 */
/* @max_size: in bytes; RD_HISTORY_MAX_SIZE but in tests. Nothing is read before rd_history_open(). */
RdHistory    *rd_history_new           (const char *path, gint64 max_size) G_GNUC_WARN_UNUSED_RESULT;
/* Starts the thread; returns at once. Whatever is asked before the file is open waits for it. */
void          rd_history_open          (RdHistory *self);
/* Finishes what is under way, at most @timeout_ms, and closes the file; what is asked from then on fails. */
void          rd_history_close         (RdHistory *self, guint timeout_ms);
/* Entries older than this are erased, now and from then on. 0: none is. */
void          rd_history_set_keep_days (RdHistory *self, guint days);
/* @entry: an ENTRY without "id" and "cursor"; floating references are taken. One that is there already is no news. */
void          rd_history_add           (RdHistory *self, GVariant *entry);
/* The user has looked at the calls. */
void          rd_history_mark_seen     (RdHistory *self);
guint         rd_history_get_missed    (RdHistory *self);
/* (nullable) (transfer none) */
const GError *rd_history_get_problem   (RdHistory *self);
/* Whether entries are still on their way to the disk. */
gboolean      rd_history_is_writing    (RdHistory *self);

/* Newest first. @before: the id of the last entry of the page before, 0: from the newest. @limit: at most
 * RD_HISTORY_MAX_PAGE. finish: (transfer full) (not floating): aa{sv} */
void          rd_history_list_async    (RdHistory *self, RdHistoryFilter *filter, guint64 before, guint limit,
                                        GAsyncReadyCallback callback, gpointer user_data);
GVariant     *rd_history_list_finish   (RdHistory *self, GAsyncResult *result, gboolean *more,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* One entry by its id; RD_FAULT_NOT_FOUND. finish: (transfer full) (not floating): a{sv} */
void          rd_history_get_async     (RdHistory *self, guint64 id, GAsyncReadyCallback callback, gpointer user_data);
GVariant     *rd_history_get_finish    (RdHistory *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          rd_history_count_async   (RdHistory *self, RdHistoryFilter *filter, GAsyncReadyCallback callback,
                                        gpointer user_data);
/* -1 with @error */
gint64        rd_history_count_finish  (RdHistory *self, GAsyncResult *result, GError **error);
/* Oldest first, in another thread that holds up nothing. @fd: (transfer full). @format: "csv" or "json". */
void          rd_history_export_async  (RdHistory *self, RdHistoryFilter *filter, int fd, const char *format,
                                        GAsyncReadyCallback callback, gpointer user_data);
gint64        rd_history_export_finish (RdHistory *self, GAsyncResult *result, GError **error);
/* For good: nothing of it can be read from the files any more, those set aside by us and all. */
void          rd_history_erase_async   (RdHistory *self, RdHistoryFilter *filter, GAsyncReadyCallback callback,
                                        gpointer user_data);
/* The same, of these. */
void          rd_history_remove_async  (RdHistory *self, const guint64 *ids, gsize n_ids, GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Of both. @calls: (out) (nullable) (transfer full): a(ss), account and site's id of the calls among them, newest
 * first, at most 1000 */
gint64        rd_history_erase_finish  (RdHistory *self, GAsyncResult *result, GVariant **calls, GError **error);

G_END_DECLS
