/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-history-feed.h"

#include "rd-records.h"

/* From the phone to the history. Who is connected to the phone's signals hears of each thing once: what a restart or a
 * second channel brings again is not told again. */

struct _RdHistoryFeed
{
  GObject parent_instance;

  RdHistory *history;
  RdLines *lines;
};

G_DEFINE_FINAL_TYPE (RdHistoryFeed, rd_history_feed, G_TYPE_OBJECT)

/* Takes @record (a{sv}) over as an ENTRY. */
static void
add (RdHistoryFeed *self, const char *kind, const char *account, const char *ref, gint64 at, GVariant *record)
{
  RdLine *line = rd_lines_lookup (self->lines, account);
  GVariantDict dict;

  g_variant_dict_init (&dict, record);
  g_variant_dict_remove (&dict, "id");
  g_variant_dict_insert (&dict, "kind", "s", kind);
  g_variant_dict_insert (&dict, "account", "s", account);
  g_variant_dict_insert (&dict, "account-name", "s", line != NULL ? rd_line_get_name (line) : "");
  g_variant_dict_insert (&dict, "ref", "s", ref != NULL ? ref : "");
  g_variant_dict_insert (&dict, "at", "x", at > 0 ? at : g_get_real_time ());
  rd_history_add (self->history, g_variant_dict_end (&dict));
}

static void
on_call_logged (RdPhone *phone, RdCall *call, RdHistoryFeed *self)
{
  g_autoptr (GVariant) record = rd_record_new_for_call (call);
  gint64 created_at = rd_call_get_created_at (call);

  add (self, "call", rd_call_get_account (call), rd_call_get_id (call),
       created_at > 0 ? created_at : rd_call_get_ended_at (call), record);
}

static void
take_money (RdHistoryFeed *self, const RdEvent *event, const char *account)
{
  g_autoptr (GVariant) record = rd_record_new_for_payment (event, account, g_get_real_time ());
  const char *kind = rd_record_is_payment (event) ? "payment" : event->kind == RD_EVENT_NOTICE ? "notice" : "invoice";
  g_autoptr (GVariant) entry = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, record);
  g_variant_dict_insert (&dict, "event", "s", rd_event_kind_to_string (event->kind));
  entry = g_variant_ref_sink (g_variant_dict_end (&dict));
  add (self, kind, account, event->key, event->at, entry);
}

/* (transfer full): who wrote to whom, and where: never what. Texts are (nullable). */
static GVariant *
make_message (const char *direction, const char *peer, const char *name, const char *conversation)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "direction", "s", direction);
  g_variant_dict_insert (&dict, "peer-id", "s", peer != NULL ? peer : "");
  g_variant_dict_insert (&dict, "peer-name", "s", name != NULL ? name : "");
  g_variant_dict_insert (&dict, "conversation", "s", conversation != NULL ? conversation : "");
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static void
take_message (RdHistoryFeed *self, const RdEvent *event, const char *account)
{
  RdLine *line = rd_lines_lookup (self->lines, account);
  RdMailbox *mailbox = line != NULL ? rd_line_get_mailbox (line) : NULL;
  g_autofree char *conversation = mailbox != NULL ? rd_mailbox_dup_conversation_id (mailbox, event) : NULL;
  g_autoptr (GVariant) entry = make_message ("in", event->sender_id, event->sender_name, conversation);

  add (self, "message", account, event->message_id, event->at, entry);
}

/* One that was written here, as soon as the site has it. Later it is changed again, and known by then. */
static void
on_message_changed (RdMailbox *mailbox, GVariant *message, RdHistoryFeed *self)
{
  g_autoptr (RdVars) vars = rd_vars_new ();
  g_autoptr (GVariant) entry = NULL;
  g_autofree char *name = NULL;
  const char *conversation = "";
  const char *local_id = "";
  const char *id = "";
  gint64 at = 0;

  g_variant_lookup (message, "id", "&s", &id);
  g_variant_lookup (message, "local-id", "&s", &local_id);
  g_variant_lookup (message, "conversation", "&s", &conversation);
  g_variant_lookup (message, "at", "x", &at);
  if (*id == '\0' || *local_id == '\0')
    return;
  rd_mailbox_set_vars (mailbox, conversation, vars);
  name = rd_mailbox_dup_name (mailbox, conversation);
  entry = make_message ("out", rd_vars_get (vars, "peer.id"), name, conversation);
  add (self, "message", rd_mailbox_get_account (mailbox), id, at, entry);
}

static void
on_line_added (RdLines *lines, RdLine *line, RdHistoryFeed *self)
{
  if (rd_line_get_mailbox (line) != NULL)
    g_signal_connect_object (rd_line_get_mailbox (line), "message-changed", G_CALLBACK (on_message_changed), self, 0);
}

static void
on_news (RdPhone *phone, RdEvent *event, const char *account, RdHistoryFeed *self)
{
  if (event->kind == RD_EVENT_MESSAGE_NEW)
    take_message (self, event, account);
  else if (event->kind == RD_EVENT_NOTICE
           || (event->kind >= RD_EVENT_PAYMENT_RECEIVED && event->kind <= RD_EVENT_INVOICE_STATUS))
    take_money (self, event, account);
}

/*
 * GObject
 */
static void
rd_history_feed_finalize (GObject *object)
{
  RdHistoryFeed *self = RD_HISTORY_FEED (object);

  g_clear_object (&self->history);
  g_clear_object (&self->lines);

  G_OBJECT_CLASS (rd_history_feed_parent_class)->finalize (object);
}

static void
rd_history_feed_class_init (RdHistoryFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_history_feed_finalize;
}

static void
rd_history_feed_init (RdHistoryFeed *self)
{
}

RdHistoryFeed *
rd_history_feed_new (RdHistory *history, RdPhone *phone, RdLines *lines)
{
  RdHistoryFeed *self;

  g_return_val_if_fail (RD_IS_HISTORY (history), NULL);
  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (RD_IS_LINES (lines), NULL);

  self = g_object_new (RD_TYPE_HISTORY_FEED, NULL);
  self->history = g_object_ref (history);
  self->lines = g_object_ref (lines);
  g_signal_connect_object (phone, "call-logged", G_CALLBACK (on_call_logged), self, 0);
  g_signal_connect_object (phone, "news", G_CALLBACK (on_news), self, 0);
  g_signal_connect_object (phone, "missed", G_CALLBACK (on_news), self, 0);
  g_signal_connect_object (lines, "line-added", G_CALLBACK (on_line_added), self, 0);
  return self;
}
