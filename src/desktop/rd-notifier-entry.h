/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notifier-notice.h"

G_BEGIN_DECLS

/* What a server takes, and who we are to it. */
typedef struct
{
  gboolean actions;
  gboolean markup;
  gboolean inline_reply;
  gboolean discreet;         /* the screen is locked: no names */
  const char *desktop_entry; /* (nullable) */
  const char *icon_name;     /* (nullable) */
} RdNotifierTerms;

/**
 * RdNotifierEntry:
 *
 * One notification at the server, by libnotify: only for the worker's thread, since every call may wait for the server.
 */
typedef struct _RdNotifierEntry RdNotifierEntry;

typedef struct
{
  void (*clicked) (RdNotifierEntry *entry, const char *action, const char *token, gpointer user_data);
  /* It stands no more, without our doing; @reason: NotifyClosedReason */
  void (*closed) (RdNotifierEntry *entry, int reason, gpointer user_data);
} RdNotifierEntryFuncs;

/* @funcs may free the entry. */
RdNotifierEntry *rd_notifier_entry_new        (RdNotice *notice, const RdNotifierEntryFuncs *funcs,
                                               gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void             rd_notifier_entry_free       (RdNotifierEntry *self);
RdNotice        *rd_notifier_entry_get_notice (RdNotifierEntry *self);
/* Still to be sent: true for a new one, and after the notice was replaced. */
gboolean         rd_notifier_entry_get_dirty  (RdNotifierEntry *self);
/* The server's id of it; 0: it does not stand */
guint32          rd_notifier_entry_get_id     (RdNotifierEntry *self);
/* The server has it. */
gboolean         rd_notifier_entry_get_stands (RdNotifierEntry *self);
void             rd_notifier_entry_replace    (RdNotifierEntry *self, RdNotice *notice);
/* It says something else from now on: what stands is to be sent again. TRUE: it is. */
gboolean         rd_notifier_entry_touch    (RdNotifierEntry *self);
/* Sends it, in place of what stands. Waits for the server. It is no longer dirty, whatever comes of it. */
gboolean         rd_notifier_entry_show       (RdNotifierEntry *self, const RdNotifierTerms *terms, GError **error);
/* Takes it down if it stands. Waits for the server. */
gboolean         rd_notifier_entry_close      (RdNotifierEntry *self, GError **error);
/* The server has lost it: to be sent again if @dirty. */
void             rd_notifier_entry_forget     (RdNotifierEntry *self, gboolean dirty);
/* When it was sent: µs of the monotonic clock, 0: never */
gint64           rd_notifier_entry_get_sent_at (RdNotifierEntry *self);
/* When it was clicked last, and sent the time before last: µs of the monotonic clock, 0: never */
gint64           rd_notifier_entry_get_clicked_at (RdNotifierEntry *self);
gint64           rd_notifier_entry_get_sent_before (RdNotifierEntry *self);

G_END_DECLS
