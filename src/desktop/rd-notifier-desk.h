/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notifier-notice.h"
#include "rd-notifier-queue.h"
#include "rd-notifier-reports.h"

G_BEGIN_DECLS

/* Who we are to the server; borrowed as long as the desk lives. */
typedef struct
{
  const char *desktop_entry; /* (nullable) */
  const char *icon_name;     /* (nullable) */
  const char *ledger_path;   /* (nullable) */
} RdNotifierIdentity;

/**
 * RdNotifierDesk:
 *
 * What stands at the notification server, and what is still to be sent there: all of it in the worker's thread, since
 * most calls may wait for the server. Made, used and freed in that thread, whose context is its thread-default one.
 */
typedef struct _RdNotifierDesk RdNotifierDesk;

/* @queue: asked whether what is about to be shown is to be closed already. */
RdNotifierDesk *rd_notifier_desk_new         (RdNotifierReports *reports, RdNotifierQueue *queue,
                                              const RdNotifierIdentity *identity) G_GNUC_WARN_UNUSED_RESULT;
/* Waits until nothing is under way any more. */
void            rd_notifier_desk_free        (RdNotifierDesk *self);
/* Asks the server for its capabilities, and then sends what is to be sent. */
void            rd_notifier_desk_ask         (RdNotifierDesk *self);
void            rd_notifier_desk_show        (RdNotifierDesk *self, RdNotice *notice);
void            rd_notifier_desk_close       (RdNotifierDesk *self, const char *key);
/* What stands is sent again, with names or without. */
void            rd_notifier_desk_set_discreet (RdNotifierDesk *self, gboolean discreet);
void            rd_notifier_desk_close_calls (RdNotifierDesk *self);
/* At the end: what of missed calls and payments would go with us is handed on. */
void            rd_notifier_desk_bequeath    (RdNotifierDesk *self);

G_END_DECLS
