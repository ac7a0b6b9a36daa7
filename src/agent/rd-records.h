/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-call.h"
#include "rd-event.h"

G_BEGIN_DECLS

/* Calls, payments and messages as the dictionaries of io.github.ringdown.Ringdown1.xml. All (transfer full), a{sv}. */

/* LISTED CALL */
GVariant *rd_record_new_for_call    (RdCall *call) G_GNUC_WARN_UNUSED_RESULT;
/* PAYMENT; @now: for an event that does not say when */
GVariant *rd_record_new_for_payment (const RdEvent *event, const char *account, gint64 now) G_GNUC_WARN_UNUSED_RESULT;
/* As of Agent1's MessageReceived. @conversation: (nullable) */
GVariant *rd_record_new_for_message (const RdEvent *event, const char *account, const char *conversation,
                                     gint64 now) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full) (nullable): "12.50 USD" */
char     *rd_record_dup_amount      (const RdEvent *event);
/* That an invoice is paid is a payment, whichever word the site has for it. */
gboolean  rd_record_is_payment      (const RdEvent *event);
/* (transfer full): one id for a call of all accounts, "ACCOUNT/ID" */
char     *rd_record_dup_call_key    (RdCall *call) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
