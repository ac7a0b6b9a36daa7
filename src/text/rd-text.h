/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The sentences that people read, in their language: the one place where the codes of the D-Bus interfaces become
 * words. Used by the notifier, the window, the command and the agent's D-Bus errors. Every function returns a new
 * string (transfer full), never NULL, also for codes it does not know. Plain text, not markup. */

/* A fault (a{sv} of rd_fault_to_variant()): what failed, where, what to do. */
char *rd_text_for_fault       (GVariant *fault);
/* An account's link, short: "Connected", "Connecting…", "Offline", "Signed out". */
char *rd_text_for_link        (const char *state);
/* An account's link in one sentence with reason and what to do, no next try: @reason is Account1's Reason, @detail its
 * ReasonDetail. Empty when connected and fine. */
char *rd_text_for_link_reason (const char *state, const char *reason, GVariant *detail, const char *account_name);
/* "next try in 4 s"; "" if none or past. µs since the epoch. */
char *rd_text_for_next_try    (gint64 next_try, gint64 now);
/* "3 s ago", "2 min ago", "never" */
char *rd_text_for_age         (gint64 then, gint64 now);
/* "0:07", "1:02:03" */
char *rd_text_for_duration    (gint64 microseconds);
/* A call's state for its card: "Calling…", "Incoming call", "Active", "Ada declined your call", "Call ended",
 * "Answered on another device", "Missed call"… */
char *rd_text_for_call        (const char *state, const char *reason, gboolean incoming, const char *peer_name);
/* "Ada", or "Unknown caller" */
char *rd_text_for_peer        (const char *peer_name);
/* "Video call", "Audio call" */
char *rd_text_for_media       (gboolean audio);
/* Agent1's Notifications, Sound, Secrets when something is wrong with them; "" when fine. */
char *rd_text_for_health      (const char *what, const char *health);
/* An amount of money: "€1,240", "1,240.50 USDT". @amount: a decimal number; anything else is given as it is. @currency:
 * (nullable): as the site names it, "EUR" */
char *rd_text_for_amount      (const char *amount, const char *currency);
/* Several payments as one: "5 invoices paid, €1,240 in total". @sums: (nullable) (array zero-terminated): what they
 * come to, one for each currency; none if not all amounts are known. */
char *rd_text_for_payments    (guint count, const char * const *sums);
/* Several invoices or notices as one: "3 new invoices". @kind: as of PAYMENT, "invoice.created"… */
char *rd_text_for_invoices    (const char *kind, guint count);
/* Several messages as one: "3 messages from Jane", "12 messages from 3 people". @people: 0: not known; @name:
 * (nullable): of the one person */
char *rd_text_for_messages    (guint count, guint people, const char *name);
/* Several calls as one: "4 missed calls", "2 missed calls from Jane". @name: (nullable): of the one person */
char *rd_text_for_missed      (guint count, const char *name);
/* What is said of several things at once that happened while there was no line: "3 messages while you were away" */
char *rd_text_while_away      (const char *what);
/* Over what happened while do-not-disturb was on: lines such as "2 missed calls" follow. */
char *rd_text_for_quiet_time  (void);
/* What somebody said, in one line: "Jane: Lunch?". @name: (nullable) */
char *rd_text_for_said        (const char *name, const char *text);
/* Whose message it is, and where: "Jane in General". @room: (nullable) */
char *rd_text_for_sender      (const char *name, const char *room);
/* That a message which was written in a notification did not go out: "Your message to Jane was not sent" */
char *rd_text_for_unsent      (const char *name);
/* Why, and what it says: so that it is not lost. */
char *rd_text_for_lost        (const char *reason, const char *text);
/* A step of an account's test, as TestAccount names it: "Sign-in", "Connection"… */
char *rd_text_for_step        (const char *step);
/* Why it wants to start at login and to run without a window: for the desktop to show when it asks the user. */
const char *rd_text_for_background (void);
/* A step of a check, as Diagnostics1 names it: "The network", "Sign-in"… */
char *rd_text_for_check       (const char *step);
/* What came of it, and what to do: of a STEP of Diagnostics1's. */
char *rd_text_for_check_result (GVariant *step);
/* Who is said to call when somebody tries whether it rings. */
char *rd_text_for_try_out     (void);
/* Text that a stranger wrote, made fit to stand in one line of ours: valid UTF-8, no control characters, no
 * bidirectional overrides or other invisible characters, white space run together, at most @max_chars characters
 * ("…" at the end if cut). NULL gives "". Not quoted, not markup. */
char *rd_text_clean           (const char *untrusted, guint max_chars);
/* A name that has been cleaned, to stand in a sentence of ours: one that is written from right to left is isolated,
 * so that it does not turn what follows, and so is every name where our own language is. */
char *rd_text_isolate         (const char *name);
/* (nullable): a text to decline a call with, from 0 on: "Can’t talk now"… */
const char *rd_text_get_decline (guint n);
/* How many texts of their own users have besides those, at most. */
#define RD_TEXT_DECLINE_OWN_MAX 20
/* @id: "answer", "decline", "silence", "hang-up", "quiet": what that key does */
const char *rd_text_for_key     (const char *id);
/* Binds the text domain and takes the user's locale; once, at a program's start. */
void  rd_text_init            (void);

G_END_DECLS
