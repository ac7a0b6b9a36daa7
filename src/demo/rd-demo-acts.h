/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-sight.h"

G_BEGIN_DECLS

/* What the control page and scripts can have happen on the demo's sites. All take a JSON object and give one; the
 * site, where one is to be named, is "crm", "team", "sms", "invoices" or "seed".
 *
 * call        {"from": person, "audio"?: bool} → {"call"}: somebody calls you
 * act         {"call", "action": "answer"|"reject"|"end"} → {"call"}: the other side of a call does that
 * message     {"from": person, "text"?, "subject"?} → {"message"}: in the CRM
 * presence    {"person", "status"?, "available"?: bool, "message"?}: in the CRM
 * issue       {"title"?, "status"?}: an issue is made, or with a status changed
 * team-message {"from": person, "text"?, "workspace"?} → {"message"}
 * typing      {"from": person, "typing"?: bool}: in the team space
 * join        {"person"} or {"name"?}, somebody new → {"person"}: the presence channel
 * leave       {"person"}
 * sms         {"conversation", "text"?} → {"message"}: an SMS arrives
 * delivery    {"what": "delivered"|"failed"|"stuck"}: what becomes of SMS from now on
 * sms-status  {"message", "status"}: of one message
 * spelling    {"what": "dotted"|"guide"|"laravel"}: how the portal's events are called
 * sms-call    {"session"?: number, "status"}: a telephone call's status
 * pay         {"invoice", "site"?: "invoices"|"seed"} → {"invoice"}
 * pay-many    {"count"?: 10, "site"?} → {"paid"}: the next ones, at once
 * invoice     {"amount"?, "description"?, "site"?} → {"invoice"}: a new one
 * invoice-status {"invoice", "status", "site"?}
 * notify      {"event", "title"?, "message"?}: "withdrawal_completed" and the like
 * mood        {"site", "mood": "fine"|"error"|"html"|"silent"|"signed-out"|"slow"}
 * expire      {"site", "wholly"?: bool}: credentials run out; wholly: those that could renew them, too
 * bulk        {"people"?, "conversations"?, "invoices"?, "messages"?}: so many more, at most 10000 each
 */

gboolean    rd_demo_acts_has (const char *name);
/* (nullable) (transfer full): the reply; RD_DEMO_ERROR. @name: one that there is */
JsonObject *rd_demo_acts_run (const RdDemoSight *sight, const char *name, JsonObject *body,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
