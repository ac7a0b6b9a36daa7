/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_NOTIFIER (rd_notifier_get_type ())
G_DECLARE_FINAL_TYPE (RdNotifier, rd_notifier, RD, NOTIFIER, GObject)

/* What a message's notification offers besides being clicked. */
typedef enum
{
  RD_NOTIFIER_OFFER_NOTHING = 0,
  RD_NOTIFIER_OFFER_REPLY = 1 << 0,
  RD_NOTIFIER_OFFER_MARK_READ = 1 << 1,
} RdNotifierOffers;

/**
 * RdNotifier:
 *
 * Notifications, by libnotify in a thread of its own with its own GMainContext, so that a notification server that
 * hangs never stalls the caller. All functions return at once and are called from the main context; signals come there.
 * Text from others is escaped. Capabilities are read per call (XFCE withdraws "actions" in do-not-disturb).
 *
 * Property `health` (string, notified): "unknown", "ok", "absent" (no server), "not-answering" (a call to it has taken
 * longer than 2 s; back to "ok" when it answers), "no-actions" (it takes notifications, but no buttons).
 * ::call-action (const char *key, const char *action, const char *activation_token): "answer", "decline", "open" (of
 *   one that cannot be answered here) or "default" (the notification itself was clicked); the token is nullable. A
 *   click
 *   on a button takes the notification down; unless close_call() follows within some seconds, it comes back, since it
 *   still rings.
 * ::call-dismissed (const char *key): the user closed a ringing call's notification: the agent silences the ring.
 * ::action (const char *kind, const char *id, const char *action, const char *activation_token): of any other
 *   notification: kind "missed", "reminder" (actions "call-back", "default"), "payment", "message" ("reply",
 *   "mark-read", "default"), "notice" ("default").
 * ::reply (const char *id, const char *text): what the user wrote into a message's notification, where the server has
 *   an entry for it. At most 5000 characters, never empty.
 */
/* @ledger_path: (nullable): a file in the runtime directory that remembers what stands, so that an agent which follows
 * a crashed one can take down the notifications of calls that it has left. */
RdNotifier *rd_notifier_new          (const char *app_name, const char *desktop_entry, const char *icon_name,
                                      const char *ledger_path) G_GNUC_WARN_UNUSED_RESULT;
/* Connects to the server and asks its capabilities, off the main loop; call once at start, so that the first call's
 * notification finds everything warm. */
void        rd_notifier_warm_up      (RdNotifier *self);
const char *rd_notifier_get_health   (RdNotifier *self);
/* @discreet: others may look at the screen: notifications say what kind of thing they tell of, but no name, amount or
 * text; those that stand are changed, and back again. */
void        rd_notifier_set_discreet (RdNotifier *self, gboolean discreet);
/* A ringing call: urgency critical, timeout 0, category call.incoming, suppress-sound, actions Answer and Decline, or
 * Open where it cannot be answered from here. The same @key again replaces. @account_name: (nullable) shown when there
 * are several accounts. */
void        rd_notifier_show_call    (RdNotifier *self, const char *key, const char *peer_name,
                                      const char *account_name, gboolean audio, gboolean soft, gboolean can_answer);
/* The ring is over: closes @key's notification, if any, on every path (also one that is still on its way). */
void        rd_notifier_close_call   (RdNotifier *self, const char *key);
/* category call.unanswered; action Call back if @can_call_back */
void        rd_notifier_show_missed  (RdNotifier *self, const char *id, const char *peer_name,
                                      const char *account_name, gint64 when, gboolean can_call_back);
/* Several calls at once: @title says how many, @names (nullable) whose. */
void        rd_notifier_show_missed_calls (RdNotifier *self, const char *id, const char *title, const char *names,
                                           const char *account_name, gboolean can_call_back);
/* A call that the user wanted to be reminded of: as a missed call's. */
void        rd_notifier_show_reminder (RdNotifier *self, const char *id, const char *peer_name,
                                       const char *account_name, gint64 when, gboolean can_call_back);
/* Payment toast: normal urgency. @title, @body: the site's own words, nullable; @amount nullable. */
void        rd_notifier_show_payment (RdNotifier *self, const char *id, const char *title, const char *body,
                                      const char *amount, const char *account_name);
/* @title: who wrote it, or what is said of several; the same @id again replaces, here as for payments. */
void        rd_notifier_show_message (RdNotifier *self, const char *id, const char *title, const char *text,
                                      const char *account_name, RdNotifierOffers offers);
/* Takes down what of @kind (as of ::action) stands under @id, if anything does. */
void        rd_notifier_withdraw     (RdNotifier *self, const char *kind, const char *id);
/* Something of our own to say, e.g. a room that could not be opened, or a notice of a site's. @severity "info"
 * (may pass unseen), "notice", "warning", "error". @account_name: (nullable) */
void        rd_notifier_show_notice  (RdNotifier *self, const char *id, const char *severity, const char *title,
                                      const char *body, const char *account_name);
/* Closes what must not outlive the agent (ringing calls), hands on what must but would not (missed calls and payments,
 * on GNOME), waits at most @timeout_ms, ends the thread. */
void        rd_notifier_shut_down    (RdNotifier *self, guint timeout_ms);

G_END_DECLS
