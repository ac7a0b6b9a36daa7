/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-sms-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The SMS portal itself: its conversations, what becomes of messages, its events. */

#define SESSION_SECONDS 7200
#define PACE_MS 700
#define MAX_MESSAGES 100000
#define OWN_NUMBER "+4930901820"

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoSms
{
  GObject parent_instance;

  RdDemoSite *site;
  RdDemoChannels *channels;
  char *app_id;
  RdDemoSessions *sessions;
  GPtrArray *people;         /* you alone have an account */
  GPtrArray *conversations;
  GPtrArray *messages;       /* a message's id is its place here, from 1; borrows */
  GQueue under_way;          /* messages whose next status is due */
  RdDemoSpelling spelling;
  RdDemoDelivery delivery;
  guint pace;
  guint pace_id;
};

G_DEFINE_FINAL_TYPE (RdDemoSms, rd_demo_sms, G_TYPE_OBJECT)

static const struct
{
  const char *name;  /* NULL: nobody has named it */
  const char *number;
  const char *asked;
  const char *answered;
} contacts[] = {
  { "Mara Okafor", "+4915112345601", "Has our order left your house?", "Yes, this morning. It is with you tomorrow." },
  { "Taxi Nord", "+4930210101", "Your car is booked for 17:30, Hafenstraße 4.", "Thank you!" },
  { NULL, "+447700900123", "Hello, is this the right number for Larkspur?", "It is. How can we help?" },
  { "Dr. Emil Sørensen", "+4520123456", "May I move our appointment to Thursday?", "Thursday at ten is yours." },
};

static void
message_free (gpointer data)
{
  RdDemoSmsMessage *message = data;

  g_free (message->text);
  g_free (message);
}

static void
conversation_free (gpointer data)
{
  RdDemoSmsConversation *conversation = data;

  g_ptr_array_unref (conversation->messages);
  g_free (conversation->name);
  g_free (conversation->number);
  g_free (conversation);
}

static RdDemoSmsConversation *
add_conversation (RdDemoSms *self, const char *name, const char *number)
{
  RdDemoSmsConversation *conversation = g_new0 (RdDemoSmsConversation, 1);

  conversation->id = self->conversations->len + 1;
  conversation->name = g_strdup (name);
  conversation->number = g_strdup (number);
  conversation->messages = g_ptr_array_new_with_free_func (message_free);
  g_ptr_array_add (self->conversations, conversation);
  return conversation;
}

static RdDemoSmsMessage *
add_message (RdDemoSms *self, RdDemoSmsConversation *conversation, gboolean outbound, const char *text,
             const char *status, gint64 at)
{
  RdDemoSmsMessage *message = g_new0 (RdDemoSmsMessage, 1);

  message->id = self->messages->len + 1;
  message->conversation = conversation->id;
  message->outbound = outbound;
  message->text = g_strdup (text);
  message->status = status;
  message->created_at = at;
  if (strcmp (status, "delivered") == 0)
    message->sent_at = message->delivered_at = at;
  g_ptr_array_add (conversation->messages, message);
  g_ptr_array_add (self->messages, message);
  return message;
}

/* The event as it is called on the wire; "message.sent" → "MessageSent" */
static char *
spell (RdDemoSms *self, const char *dotted)
{
  g_auto (GStrv) words = g_strsplit (dotted, ".", -1);
  g_autofree char *joined = NULL;

  if (self->spelling == RD_DEMO_SPELLING_DOTTED)
    return g_strdup (dotted);
  for (guint i = 0; words[i] != NULL; i++)
    words[i][0] = g_ascii_toupper (words[i][0]);
  joined = g_strjoinv ("", words);
  return g_strconcat (self->spelling == RD_DEMO_SPELLING_LARAVEL ? "App\\Events\\" : "", joined, NULL);
}

static void
tell (RdDemoSms *self, const char *channel, const char *dotted, JsonObject *data)
{
  g_autofree char *event = spell (self, dotted);
  g_autofree char *text = rd_demo_json_take_text (data);

  rd_demo_channels_trigger (self->channels, self->app_id, channel, event, text);
}

static void
tell_of_message (RdDemoSms *self, const RdDemoSmsMessage *message)
{
  const RdDemoSmsConversation *conversation = rd_demo_sms_lookup (self, message->conversation);
  g_autofree char *channel = message->outbound ? g_strdup_printf ("messenger.%u", conversation->id)
                                               : g_strdup_printf ("user.%d", RD_DEMO_YOU);
  JsonObject *data = json_object_new ();

  json_object_set_object_member (data, "message", rd_demo_sms_message_to_json (message));
  json_object_set_object_member (data, "conversation", rd_demo_sms_conversation_to_json (conversation));
  tell (self, channel, message->outbound ? "message.sent" : "message.received", data);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static const char *
next_status (RdDemoSms *self, const char *status)
{
  if (strcmp (status, "queued") == 0)
    return "sent";
  return self->delivery == RD_DEMO_DELIVERY_FAILED ? "failed" : "delivered";
}

/* All that were under way when it began take a step; those that are not there yet take another. */
static gboolean
on_pace (gpointer user_data)
{
  RdDemoSms *self = RD_DEMO_SMS (user_data);
  guint steps = self->under_way.length;

  for (guint i = 0; i < steps; i++)
    {
      RdDemoSmsMessage *message = g_queue_pop_head (&self->under_way);
      gboolean queued = strcmp (message->status, "queued") == 0;

      if (!queued && strcmp (message->status, "sent") != 0)
        continue;
      rd_demo_sms_set_status (self, message->id, next_status (self, message->status));
      if (queued)
        g_queue_push_tail (&self->under_way, message);
    }
  if (self->under_way.length > 0)
    return G_SOURCE_CONTINUE;
  self->pace_id = 0;
  return G_SOURCE_REMOVE;
}

static void
greet (RdDemoSms *self)
{
  gint64 now = g_get_real_time ();

  for (guint i = 0; i < G_N_ELEMENTS (contacts); i++)
    {
      RdDemoSmsConversation *conversation = add_conversation (self, contacts[i].name, contacts[i].number);
      gint64 at = now - (gint64) (i + 1) * 5 * G_TIME_SPAN_HOUR;

      add_message (self, conversation, FALSE, contacts[i].asked, "delivered", at);
      add_message (self, conversation, TRUE, contacts[i].answered, "delivered", at + 3 * G_TIME_SPAN_MINUTE);
    }
}

/* GObject */

static void
rd_demo_sms_dispose (GObject *object)
{
  RdDemoSms *self = RD_DEMO_SMS (object);

  g_clear_handle_id (&self->pace_id, g_source_remove);
  g_queue_clear (&self->under_way);
  if (self->site != NULL)
    rd_demo_site_stop (self->site);
  g_clear_object (&self->site);
  g_clear_object (&self->channels);
  G_OBJECT_CLASS (rd_demo_sms_parent_class)->dispose (object);
}

static void
rd_demo_sms_finalize (GObject *object)
{
  RdDemoSms *self = RD_DEMO_SMS (object);

  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->conversations, g_ptr_array_unref);
  g_clear_pointer (&self->sessions, rd_demo_sessions_free);
  G_OBJECT_CLASS (rd_demo_sms_parent_class)->finalize (object);
}

static void
rd_demo_sms_class_init (RdDemoSmsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_sms_dispose;
  object_class->finalize = rd_demo_sms_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RD_TYPE_DEMO_SMS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
rd_demo_sms_init (RdDemoSms *self)
{
  self->site = rd_demo_site_new ();
  self->sessions = rd_demo_sessions_new ("laravel_session", SESSION_SECONDS);
  self->people = rd_demo_people_new ();
  self->conversations = g_ptr_array_new_with_free_func (conversation_free);
  self->messages = g_ptr_array_new ();
  self->pace = PACE_MS;
  greet (self);
  rd_demo_site_set_unauthorized (self->site, "{\"message\":\"Unauthenticated.\"}");
  rd_demo_sms_install_sign_in (self);
  rd_demo_sms_install_api (self);
}

RdDemoSms *
rd_demo_sms_new (RdDemoChannels *channels, const char *app_id)
{
  RdDemoSms *self;

  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (channels), NULL);
  g_return_val_if_fail (app_id != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_SMS, NULL);
  self->channels = g_object_ref (channels);
  self->app_id = g_strdup (app_id);
  return self;
}

RdDemoSite *
rd_demo_sms_get_site (RdDemoSms *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SMS (self), NULL);

  return self->site;
}

const RdDemoPerson *
rd_demo_sms_get_you (RdDemoSms *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SMS (self), NULL);

  return rd_demo_people_lookup (self->people, RD_DEMO_YOU);
}

RdDemoSessions *
rd_demo_sms_get_sessions (RdDemoSms *self)
{
  return self->sessions;
}

GPtrArray *
rd_demo_sms_get_conversations (RdDemoSms *self)
{
  return self->conversations;
}

RdDemoSmsConversation *
rd_demo_sms_lookup (RdDemoSms *self, gint64 id)
{
  return id >= 1 && id <= self->conversations->len ? g_ptr_array_index (self->conversations, id - 1) : NULL;
}

void
rd_demo_sms_set_spelling (RdDemoSms *self, RdDemoSpelling spelling)
{
  g_return_if_fail (RD_IS_DEMO_SMS (self));

  self->spelling = spelling;
}

void
rd_demo_sms_set_delivery (RdDemoSms *self, RdDemoDelivery delivery)
{
  g_return_if_fail (RD_IS_DEMO_SMS (self));

  self->delivery = delivery;
}

void
rd_demo_sms_set_pace (RdDemoSms *self, guint ms)
{
  g_return_if_fail (RD_IS_DEMO_SMS (self));

  self->pace = ms;
}

gint64
rd_demo_sms_receive (RdDemoSms *self, guint id, const char *text)
{
  RdDemoSmsConversation *conversation;
  RdDemoSmsMessage *message;

  g_return_val_if_fail (RD_IS_DEMO_SMS (self), 0);
  g_return_val_if_fail (text != NULL, 0);

  conversation = rd_demo_sms_lookup (self, id);
  if (conversation == NULL || self->messages->len >= MAX_MESSAGES)
    return 0;
  message = add_message (self, conversation, FALSE, text, "delivered", g_get_real_time ());
  conversation->unread++;
  tell_of_message (self, message);
  return message->id;
}

RdDemoSmsMessage *
rd_demo_sms_send (RdDemoSms *self, RdDemoSmsConversation *conversation, const char *text)
{
  RdDemoSmsMessage *message = add_message (self, conversation, TRUE, text, "queued", g_get_real_time ());

  tell_of_message (self, message);
  if (self->delivery == RD_DEMO_DELIVERY_STUCK)
    return message;
  g_queue_push_tail (&self->under_way, message);
  if (self->pace_id == 0)
    self->pace_id = g_timeout_add (self->pace, on_pace, self);
  return message;
}

void
rd_demo_sms_mark_read (RdDemoSms *self, RdDemoSmsConversation *conversation)
{
  conversation->unread = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
rd_demo_sms_set_status (RdDemoSms *self, gint64 id, const char *status)
{
  RdDemoSmsMessage *message;

  g_return_val_if_fail (RD_IS_DEMO_SMS (self), FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  if (id < 1 || id > self->messages->len)
    return FALSE;
  message = g_ptr_array_index (self->messages, id - 1);
  message->status = g_intern_string (status);
  if (strcmp (status, "sent") == 0)
    message->sent_at = g_get_real_time ();
  else if (strcmp (status, "delivered") == 0)
    message->delivered_at = g_get_real_time ();
  tell_of_message (self, message);
  return TRUE;
}

const char *
rd_demo_sms_get_status (RdDemoSms *self, gint64 id)
{
  g_return_val_if_fail (RD_IS_DEMO_SMS (self), NULL);

  return id >= 1 && id <= self->messages->len
             ? ((RdDemoSmsMessage *) g_ptr_array_index (self->messages, id - 1))->status
             : NULL;
}

guint
rd_demo_sms_count_unread (RdDemoSms *self, guint id)
{
  RdDemoSmsConversation *conversation;

  g_return_val_if_fail (RD_IS_DEMO_SMS (self), 0);

  conversation = rd_demo_sms_lookup (self, id);
  return conversation != NULL ? conversation->unread : 0;
}

guint
rd_demo_sms_count_conversations (RdDemoSms *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SMS (self), 0);

  return self->conversations->len;
}

const char *
rd_demo_sms_get_contact (RdDemoSms *self, guint id)
{
  RdDemoSmsConversation *conversation;

  g_return_val_if_fail (RD_IS_DEMO_SMS (self), NULL);

  conversation = rd_demo_sms_lookup (self, id);
  if (conversation == NULL)
    return NULL;
  return conversation->name != NULL ? conversation->name : conversation->number;
}

const char *
rd_demo_sms_get_last (RdDemoSms *self, guint id, const char **status)
{
  RdDemoSmsConversation *conversation;
  RdDemoSmsMessage *message;

  g_return_val_if_fail (RD_IS_DEMO_SMS (self), NULL);

  conversation = rd_demo_sms_lookup (self, id);
  if (conversation == NULL || conversation->messages->len == 0)
    return NULL;
  message = g_ptr_array_index (conversation->messages, conversation->messages->len - 1);
  *status = message->outbound ? message->status : "";
  return message->text;
}

gint64
rd_demo_sms_get_last_sent (RdDemoSms *self, guint id)
{
  RdDemoSmsConversation *conversation;

  g_return_val_if_fail (RD_IS_DEMO_SMS (self), 0);

  conversation = rd_demo_sms_lookup (self, id);
  for (guint i = conversation != NULL ? conversation->messages->len : 0; i > 0; i--)
    {
      const RdDemoSmsMessage *message = g_ptr_array_index (conversation->messages, i - 1);

      if (message->outbound)
        return message->id;
    }
  return 0;
}

void
rd_demo_sms_tell_call (RdDemoSms *self, guint session, const char *status)
{
  g_autofree char *id = g_strdup_printf ("session-%u", session);
  g_autofree char *control = g_strdup_printf ("control-%u", session);
  g_autofree char *channel = g_strconcat ("call-status.", id, NULL);
  gboolean answered = strcmp (status, "answered") == 0 || strcmp (status, "in_progress") == 0;
  gboolean over = strcmp (status, "ended") == 0 || strcmp (status, "failed") == 0;
  gint64 now = g_get_real_time ();
  JsonObject *data;

  g_return_if_fail (RD_IS_DEMO_SMS (self));

  data = json_object_new ();
  json_object_set_string_member (data, "call_session_id", id);
  json_object_set_string_member (data, "call_control_id", control);
  json_object_set_int_member (data, "call_id", session);
  json_object_set_string_member (data, "status", status);
  json_object_set_string_member (data, "event_type",
                                 over ? "call.hangup" : answered ? "call.answered" : "call.initiated");
  json_object_set_string_member (data, "from_number", contacts[0].number);
  json_object_set_string_member (data, "to_number", OWN_NUMBER);
  json_object_set_string_member (data, "direction", "inbound");
  rd_demo_json_set_time (data, "start_time", now);
  rd_demo_json_set_time (data, "answered_at", answered ? now : 0);
  rd_demo_json_set_time (data, "ended_at", over ? now : 0);
  json_object_set_null_member (data, "duration");
  rd_demo_json_set_time (data, "timestamp", now);
  tell (self, "call-status", "call.status.updated", json_object_ref (data));
  tell (self, channel, "call.status.updated", data);
}

void
rd_demo_sms_add_conversations (RdDemoSms *self, guint count)
{
  gint64 now = g_get_real_time ();

  g_return_if_fail (RD_IS_DEMO_SMS (self));

  for (guint i = 0; i < count && self->messages->len + 2 <= MAX_MESSAGES; i++)
    {
      g_autofree char *name = i % 3 != 0 ? g_strdup_printf ("Customer %u", i + 1) : NULL;
      g_autofree char *number = g_strdup_printf ("+49160%07u", 1000000 + i);
      RdDemoSmsConversation *conversation = add_conversation (self, name, number);
      gint64 at = now - (gint64) (i + 20) * G_TIME_SPAN_HOUR;

      add_message (self, conversation, FALSE, "Please call me back", "delivered", at);
      add_message (self, conversation, TRUE, "We will", "delivered", at + G_TIME_SPAN_MINUTE);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
rd_demo_sms_sign_out (RdDemoSms *self)
{
  g_return_if_fail (RD_IS_DEMO_SMS (self));

  rd_demo_sessions_end_user (self->sessions, RD_DEMO_YOU);
}

void
rd_demo_sms_expire_csrf (RdDemoSms *self)
{
  g_return_if_fail (RD_IS_DEMO_SMS (self));

  rd_demo_sessions_renew_csrf (self->sessions, RD_DEMO_YOU);
}
