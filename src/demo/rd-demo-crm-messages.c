/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-crm-private.h"

#include "rd-demo-json.h"

/* The CRM's messages: what is sent to whom, and its REST API for them (backends.md, 1.7 and 1.8). */

#define PAGE 25
#define MAX_MESSAGE_CHARS 5000
#define MAX_SUBJECT_CHARS 200

static JsonObject *
message_to_json (const RdDemoMessage *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", message->id);
  json_object_set_int_member (object, "sender_id", message->from);
  json_object_set_int_member (object, "recipient_id", message->to);
  json_object_set_string_member (object, "content", message->text);
  rd_demo_json_set_text (object, "subject", message->subject);
  rd_demo_json_set_time (object, "created_at", message->created_at);
  json_object_set_boolean_member (object, "is_read", message->read_at != 0);
  json_object_set_null_member (object, "organization_id");
  return object;
}

static JsonObject *
sender_to_json (const RdDemoPerson *sender)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", sender->id);
  json_object_set_string_member (object, "email", sender->email);
  json_object_set_string_member (object, "first_name", sender->first_name);
  json_object_set_string_member (object, "last_name", sender->last_name);
  return object;
}

/* In lists, the sender stands within. */
static JsonObject *
message_to_item (RdDemoCrm *self, const RdDemoMessage *message)
{
  RdDemoPerson *sender = rd_demo_people_lookup (rd_demo_crm_get_people (self), message->from);
  JsonObject *object = message_to_json (message);

  if (sender != NULL)
    json_object_set_object_member (object, "sender", sender_to_json (sender));
  return object;
}

/* As the site sends it: nested, with the sender beside it */
static JsonObject *
message_event (const RdDemoPerson *sender, const RdDemoMessage *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_object_member (object, "message", message_to_json (message));
  json_object_set_object_member (object, "sender", sender_to_json (sender));
  return object;
}

static JsonObject *
last_message (const RdDemoMessage *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "content", message->text);
  rd_demo_json_set_time (object, "created_at", message->created_at);
  return object;
}

static JsonObject *
conversation_event (const RdDemoMessage *message)
{
  JsonObject *object = json_object_new ();
  JsonObject *parties = json_object_new ();

  json_object_set_null_member (object, "conversation_id");
  json_object_set_object_member (object, "last_message", last_message (message));
  json_object_set_int_member (object, "sender_id", message->from);
  json_object_set_int_member (parties, "sender_id", message->from);
  json_object_set_int_member (parties, "recipient_id", message->to);
  json_object_set_object_member (object, "message", parties);
  return object;
}

static JsonObject *
conversation_to_json (RdDemoCrm *self, const RdDemoConversation *conversation, gint64 user)
{
  const RdDemoMessage *last = g_ptr_array_index (conversation->messages, conversation->messages->len - 1);
  RdDemoPerson *peer = rd_demo_people_lookup (rd_demo_crm_get_people (self),
                                              rd_demo_conversation_get_peer (conversation, user));
  JsonObject *object = json_object_new ();
  JsonObject *text = last_message (last);

  json_object_set_int_member (object, "id", conversation->id);
  if (peer != NULL)
    json_object_set_object_member (object, "other_user", rd_demo_person_to_json (peer));
  json_object_set_int_member (text, "sender_id", last->from);
  json_object_set_object_member (object, "last_message", text);
  json_object_set_int_member (object, "unread_count", rd_demo_conversation_count_unread (conversation, user));
  rd_demo_json_set_time (object, "updated_at", last->created_at);
  return object;
}

static void
tell_unread (RdDemoCrm *self, gint64 user)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "unread_count", rd_demo_mail_count_unread (rd_demo_crm_get_mail (self), user));
  rd_demo_crm_tell (self, user, "unread-count-updated", object);
}

/* FALSE if it was read already */
static gboolean
mark_read (RdDemoCrm *self, RdDemoMessage *message)
{
  JsonObject *event;

  if (!rd_demo_mail_mark_read (rd_demo_crm_get_mail (self), message))
    return FALSE;
  event = json_object_new ();
  json_object_set_int_member (event, "message_id", message->id);
  json_object_set_int_member (event, "read_by", message->to);
  rd_demo_json_set_time (event, "read_at", message->read_at);
  rd_demo_crm_tell (self, message->from, "message-read", event);
  return TRUE;
}

/* What a list's page says of itself, as Django's paginator does; FALSE, and answered, beyond the last. */
static gboolean
open_page (RdDemoCrm *self, RdDemoRequest *request, guint count, guint *start, JsonObject **reply)
{
  guint page = (guint) rd_demo_request_get_number (request, "page", 1, 0);
  const char *url = rd_demo_site_get_url (rd_demo_crm_get_site (self));
  g_autofree char *next = g_strdup_printf ("%s%s?page=%u", url, request->path, page + 1);
  g_autofree char *previous = g_strdup_printf ("%s%s?page=%u", url, request->path, page - 1);

  if (page < 1 || (page > 1 && (page - 1) * PAGE >= count))
    {
      rd_demo_request_fail (request, 404, "detail", "Invalid page.");
      return FALSE;
    }
  *start = (page - 1) * PAGE;
  *reply = json_object_new ();
  json_object_set_int_member (*reply, "count", count);
  rd_demo_json_set_text (*reply, "next", *start + PAGE < count ? next : NULL);
  rd_demo_json_set_text (*reply, "previous", page > 1 ? previous : NULL);
  return TRUE;
}

static void
on_conversations (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  GQueue *order = rd_demo_mail_get_conversations (rd_demo_crm_get_mail (self));
  JsonArray *results;
  JsonObject *reply;
  guint count = 0, start, place = 0;

  for (GList *l = order->head; l != NULL; l = l->next)
    count += rd_demo_conversation_includes (l->data, request->user) ? 1 : 0;
  if (!open_page (self, request, count, &start, &reply))
    return;
  results = json_array_new ();
  for (GList *l = order->head; l != NULL && place < start + PAGE; l = l->next)
    {
      if (!rd_demo_conversation_includes (l->data, request->user))
        continue;
      if (place++ >= start)
        json_array_add_object_element (results, conversation_to_json (self, l->data, request->user));
    }
  json_object_set_array_member (reply, "results", results);
  rd_demo_request_reply_object (request, 200, reply);
}

/* Newest first */
static void
on_list (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  GPtrArray *messages = rd_demo_mail_get_messages (rd_demo_crm_get_mail (self));
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  JsonArray *results;
  JsonObject *reply;
  guint start;

  for (guint i = messages->len; i > 0; i--)
    {
      RdDemoMessage *message = g_ptr_array_index (messages, i - 1);

      if (message->from == request->user || message->to == request->user)
        g_ptr_array_add (own, message);
    }
  if (!open_page (self, request, own->len, &start, &reply))
    return;
  results = json_array_new ();
  for (guint i = start; i < MIN (start + PAGE, own->len); i++)
    json_array_add_object_element (results, message_to_item (self, g_ptr_array_index (own, i)));
  json_object_set_array_member (reply, "results", results);
  rd_demo_request_reply_object (request, 200, reply);
}

/* Oldest first; who reads it has read it. */
static void
on_with_user (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  gint64 other = rd_demo_request_get_number (request, "user_id", 0, 0);
  RdDemoConversation *conversation = rd_demo_mail_find (rd_demo_crm_get_mail (self), request->user, other);
  JsonArray *array;
  gboolean changed = FALSE;

  if (other == 0)
    {
      rd_demo_request_fail (request, 400, "error", "user_id is required");
      return;
    }
  array = json_array_new ();
  for (guint i = 0; conversation != NULL && i < conversation->messages->len; i++)
    {
      RdDemoMessage *message = g_ptr_array_index (conversation->messages, i);

      if (message->to == request->user && mark_read (self, message))
        changed = TRUE;
      json_array_add_object_element (array, message_to_item (self, message));
    }
  rd_demo_request_reply_array (request, 200, array);
  if (!changed)
    return;
  tell_unread (self, request->user);
  rd_demo_crm_emit_changed (self);
}

static void
on_send (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  const char *subject = rd_demo_json_get_string (request->body, "subject");
  g_autoptr (GError) error = NULL;
  gint64 id = rd_demo_crm_send_message_with_subject (self, request->user,
                                                     rd_demo_json_get_id (request->body, "recipient_id"),
                                                     rd_demo_json_get_string (request->body, "content"), subject,
                                                     &error);

  if (id == 0)
    rd_demo_crm_refuse (request, error);
  else
    rd_demo_request_reply_object (request, 201,
                                  message_to_item (self, rd_demo_mail_lookup (rd_demo_crm_get_mail (self), id)));
}

static void
on_mark_read (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  RdDemoMessage *message = rd_demo_mail_lookup (rd_demo_crm_get_mail (self), rd_demo_request_get_id (request, 0));

  if (message == NULL || message->to != request->user)
    {
      rd_demo_request_fail (request, 404, "detail", "Not found.");
      return;
    }
  if (mark_read (self, message))
    {
      tell_unread (self, request->user);
      rd_demo_crm_emit_changed (self);
    }
  rd_demo_request_fail (request, 200, "status", "message marked as read");
}

static void
on_unread_count (RdDemoRequest *request, gpointer user_data)
{
  JsonObject *reply = json_object_new ();

  json_object_set_int_member (reply, "unread_count",
                              rd_demo_mail_count_unread (rd_demo_crm_get_mail (user_data), request->user));
  rd_demo_request_reply_object (request, 200, reply);
}

static void
on_recipients (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *people = rd_demo_crm_get_people (user_data);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      RdDemoPerson *person = g_ptr_array_index (people, i);

      if (person->id != request->user)
        json_array_add_object_element (array, rd_demo_person_to_json (person));
    }
  rd_demo_request_reply_array (request, 200, array);
}

void
rd_demo_crm_install_messages (RdDemoCrm *self)
{
  RdDemoSite *site = rd_demo_crm_get_site (self);

  rd_demo_site_add_route (site, "GET", "/api/conversations/", RD_DEMO_ROUTE_NONE, on_conversations, self);
  rd_demo_site_add_route (site, "POST", "/api/messages/send/", RD_DEMO_ROUTE_NONE, on_send, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/", RD_DEMO_ROUTE_NONE, on_list, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/with_user/", RD_DEMO_ROUTE_NONE, on_with_user, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/unread_count/", RD_DEMO_ROUTE_NONE, on_unread_count, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/recipients/", RD_DEMO_ROUTE_NONE, on_recipients, self);
  rd_demo_site_add_route (site, "POST", "/api/messages/*/mark_read/", RD_DEMO_ROUTE_NONE, on_mark_read, self);
}

gint64
rd_demo_crm_send_message_with_subject (RdDemoCrm *self, gint64 from, gint64 to, const char *text, const char *subject,
                                       GError **error)
{
  RdDemoPerson *sender, *recipient;
  RdDemoMessage *message = NULL;

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), 0);

  sender = rd_demo_people_lookup (rd_demo_crm_get_people (self), from);
  recipient = rd_demo_people_lookup (rd_demo_crm_get_people (self), to);
  if (sender == NULL || recipient == NULL || sender == recipient)
    g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_FORBIDDEN, "You cannot send messages to this user");
  else if (text == NULL || *text == '\0' || g_utf8_strlen (text, -1) > MAX_MESSAGE_CHARS
           || (subject != NULL && g_utf8_strlen (subject, -1) > MAX_SUBJECT_CHARS))
    g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_BAD_REQUEST, "A message has 1 to 5000 characters");
  else if ((message = rd_demo_mail_add (rd_demo_crm_get_mail (self), from, to, text, subject, g_get_real_time ()))
           == NULL)
    g_set_error (error, RD_DEMO_ERROR, RD_DEMO_ERROR_BAD_REQUEST, "The demo keeps no more messages");
  if (message == NULL)
    return 0;
  /* The site's code really fires it twice, once from its view and once from a signal of the model. */
  for (int i = 0; i < 2; i++)
    {
      rd_demo_crm_tell (self, to, "new-message", message_event (sender, message));
      rd_demo_crm_tell (self, from, "new-message", message_event (sender, message));
    }
  rd_demo_crm_tell (self, to, "conversation-updated", conversation_event (message));
  rd_demo_crm_tell (self, from, "conversation-updated", conversation_event (message));
  tell_unread (self, to);
  rd_demo_crm_emit_changed (self);
  return message->id;
}

gint64
rd_demo_crm_send_message (RdDemoCrm *self, gint64 from, gint64 to, const char *text, GError **error)
{
  return rd_demo_crm_send_message_with_subject (self, from, to, text, NULL, error);
}

guint
rd_demo_crm_read (RdDemoCrm *self, gint64 user, gint64 other)
{
  RdDemoConversation *conversation;
  guint count = 0;

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), 0);

  conversation = rd_demo_mail_find (rd_demo_crm_get_mail (self), user, other);
  for (guint i = 0; conversation != NULL && i < conversation->messages->len; i++)
    {
      RdDemoMessage *message = g_ptr_array_index (conversation->messages, i);

      if (message->to == user && mark_read (self, message))
        count++;
    }
  if (count > 0)
    tell_unread (self, user);
  rd_demo_crm_emit_changed (self);
  return count;
}

void
rd_demo_crm_add_history (RdDemoCrm *self)
{
  static const struct
  {
    gint64 from;
    gint64 to;
    int hours_ago;
    const char *text;
  } written[] = {
    { 14, RD_DEMO_YOU, 51, "The lab wants the samples back by Friday." },
    { RD_DEMO_YOU, 14, 50, "They go out with tomorrow’s post." },
    { 12, RD_DEMO_YOU, 27, "Could you look over the offer for Okafor & Sons? The second page is new." },
    { RD_DEMO_YOU, 12, 26, "Read it: fine by me, only the delivery date is too early." },
    { 12, RD_DEMO_YOU, 25, "Moved by a week. Thanks!" },
    { 13, RD_DEMO_YOU, 5, "Numbers for the quarter are in the folder." },
    { 11, RD_DEMO_YOU, 3, "The customer from Bergen calls back this afternoon." },
    { RD_DEMO_YOU, 11, 3, "Put her through, I am at my desk." },
  };
  gint64 now = g_get_real_time ();

  g_return_if_fail (RD_IS_DEMO_CRM (self));

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      RdDemoMessage *message =
          rd_demo_mail_add (rd_demo_crm_get_mail (self), written[i].from, written[i].to, written[i].text, NULL,
                            now - written[i].hours_ago * G_TIME_SPAN_HOUR + i * G_TIME_SPAN_MINUTE);

      if (message != NULL)
        rd_demo_mail_mark_read (rd_demo_crm_get_mail (self), message);
    }
  rd_demo_crm_emit_changed (self);
}

guint
rd_demo_crm_count_unread (RdDemoCrm *self, gint64 user)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), 0);

  return rd_demo_mail_count_unread (rd_demo_crm_get_mail (self), user);
}

JsonArray *
rd_demo_crm_list_messages (RdDemoCrm *self, guint count)
{
  GPtrArray *messages;
  JsonArray *array = json_array_new ();

  g_return_val_if_fail (RD_IS_DEMO_CRM (self), array);

  messages = rd_demo_mail_get_messages (rd_demo_crm_get_mail (self));
  for (guint i = messages->len; i > 0 && messages->len - i < count; i--)
    json_array_add_object_element (array, message_to_item (self, g_ptr_array_index (messages, i - 1)));
  return array;
}
