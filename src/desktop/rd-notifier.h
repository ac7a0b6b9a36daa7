/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_NOTIFIER (rd_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RdNotifier, rd_notifier, RD, NOTIFIER, GObject)

/**
 * RdNotifier:
 *
 * Notifications, by libnotify in a thread of its own with its own GMainContext, so that a notification server that
 * hangs never stalls the caller. All functions return at once and are called from the main context; signals come there.
 * Text from others is escaped. Capabilities are read per call (XFCE withdraws "actions" in do-not-disturb).
 *
 * Property `health` (string, notified): "unknown", "ok", "absent" (no server), "not-answering" (a call to it has taken
 * longer than 2 s; back to "ok" when it answers), "no-actions" (it takes notifications, but no buttons).
 * ::call-action (const char *key, const char *action, const char *activation_token): "answer", "decline" or "default"
 *   (the notification itself was clicked); the token is nullable. A click on a button
 *   takes the notification down; unless close_call() follows within some seconds, it comes back, since it still rings.
 * ::call-dismissed (const char *key): the user closed a ringing call's notification: the agent silences the ring.
 * ::action (const char *kind, const char *id, const char *action, const char *activation_token): of any other
 *   notification: kind "missed" (actions "call-back", "default"), "payment", "message", "notice" ("default").
 */
/* @ledger_path: (nullable): a file in the runtime directory that remembers what stands, so that an agent which follows
 * a crashed one can take down the notifications of calls that it has left. */
RdNotifier *rd_notifier_new          (const char *app_name, const char *desktop_entry, const char *icon_name,
                                      const char *ledger_path) G_GNUC_WARN_UNUSED_RESULT;
/* Connects to the server and asks its capabilities, off the main loop; call once at start, so that the first call's
 * notification finds everything warm. */
void        rd_notifier_warm_up      (RdNotifier *self);
const char *rd_notifier_get_health   (RdNotifier *self);
/* A ringing call: urgency critical, timeout 0, category call.incoming, suppress-sound, actions Answer and Decline.
 * The same @key again replaces. @account_name: (nullable) shown when there are several accounts. */
void        rd_notifier_show_call    (RdNotifier *self, const char *key, const char *peer_name,
                                      const char *account_name, gboolean audio, gboolean soft);
/* The ring is over: closes @key's notification, if any, on every path (also one that is still on its way). */
void        rd_notifier_close_call   (RdNotifier *self, const char *key);
/* category call.unanswered; action Call back if @can_call_back */
void        rd_notifier_show_missed  (RdNotifier *self, const char *id, const char *peer_name,
                                      const char *account_name, gint64 when, gboolean can_call_back);
/* Payment toast: normal urgency. @title, @body: the site's own words, nullable; @amount nullable. */
void        rd_notifier_show_payment (RdNotifier *self, const char *id, const char *title, const char *body,
                                      const char *amount, const char *account_name);
void        rd_notifier_show_message (RdNotifier *self, const char *id, const char *sender_name, const char *text,
                                      const char *account_name);
/* Something of our own to say, e.g. a room that could not be opened. @severity "info", "warning", "error". */
void        rd_notifier_show_notice  (RdNotifier *self, const char *id, const char *severity, const char *title,
                                      const char *body);
/* Closes what must not outlive the agent (ringing calls), waits at most @timeout_ms, ends the thread. */
void        rd_notifier_shut_down    (RdNotifier *self, guint timeout_ms);

G_END_DECLS
