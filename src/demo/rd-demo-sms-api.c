/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-sms-private.h"

#include "rd-demo-json.h"

/* The SMS portal's JSON routes (backends.md, 3). */

#define PER_PAGE 20
#define MAX_PER_PAGE 100
#define MAX_SMS_CHARS 1600
#define OWN_NUMBER "+4930901820"
#define OWN_NUMBER_ID 1

static void
set_time_if (JsonObject *object, const char *name, gint64 time)
{
  if (time != 0)
    rd_demo_json_set_time (object, name, time);
}

JsonObject *
rd_demo_sms_message_to_json (const RdDemoSmsMessage *message)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", message->id);
  json_object_set_int_member (object, "conversation_id", message->conversation);
  json_object_set_string_member (object, "direction", message->outbound ? "outbound" : "inbound");
  json_object_set_string_member (object, "content", message->text);
  json_object_set_string_member (object, "status", message->status);
  set_time_if (object, "sent_at", message->sent_at);
  set_time_if (object, "delivered_at", message->delivered_at);
  rd_demo_json_set_time (object, "created_at", message->created_at);
  return object;
}

JsonObject *
rd_demo_sms_conversation_to_json (const RdDemoSmsConversation *conversation)
{
  JsonObject *object = json_object_new ();
  JsonObject *contact = json_object_new ();

  json_object_set_int_member (contact, "id", 100 + conversation->id);
  rd_demo_json_set_text (contact, "name", conversation->name);
  json_object_set_string_member (contact, "phone_e164", conversation->number);
  json_object_set_int_member (object, "id", conversation->id);
  json_object_set_int_member (object, "contact_id", 100 + conversation->id);
  json_object_set_string_member (object, "sender_number", OWN_NUMBER);
  json_object_set_int_member (object, "unread_count", conversation->unread);
  json_object_set_object_member (object, "contact", contact);
  return object;
}

/* In the list it has its newest message with it. */
static JsonObject *
to_item (const RdDemoSmsConversation *conversation)
{
  JsonObject *object = rd_demo_sms_conversation_to_json (conversation);
  guint n = conversation->messages->len;
  RdDemoSmsMessage *last = n > 0 ? g_ptr_array_index (conversation->messages, n - 1) : NULL;

  if (last == NULL)
    return object;
  json_object_set_object_member (object, "last_message", rd_demo_sms_message_to_json (last));
  rd_demo_json_set_time (object, "last_message_at", last->created_at);
  json_object_set_int_member (object, "from_phone_number_id", OWN_NUMBER_ID);
  return object;
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  const RdDemoSmsConversation *one = *(RdDemoSmsConversation *const *) a;
  const RdDemoSmsConversation *other = *(RdDemoSmsConversation *const *) b;
  const RdDemoSmsMessage *last_one = g_ptr_array_index (one->messages, one->messages->len - 1);
  const RdDemoSmsMessage *last_other = g_ptr_array_index (other->messages, other->messages->len - 1);

  return last_one->created_at > last_other->created_at ? -1 : last_one->created_at < last_other->created_at;
}

static void
set_pagination (JsonObject *reply, gint64 page, gint64 per_page, guint total)
{
  JsonObject *pagination = json_object_new ();

  json_object_set_int_member (pagination, "current_page", page);
  json_object_set_int_member (pagination, "per_page", per_page);
  json_object_set_int_member (pagination, "total", total);
  json_object_set_boolean_member (pagination, "has_more", page * per_page < total);
  json_object_set_object_member (reply, "pagination", pagination);
}

/* Newest first; a page of them where one is asked for, else all. */
static void
on_conversations (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *conversations = rd_demo_sms_get_conversations (user_data);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  gboolean paged = rd_demo_request_get_query (request, "page") != NULL;
  gint64 page = rd_demo_request_get_number (request, "page", 1, 1);
  gint64 per_page = MIN (rd_demo_request_get_number (request, "per_page", PER_PAGE, 1), MAX_PER_PAGE);
  gint64 start = paged ? (page - 1) * per_page : 0;
  gint64 end = paged ? MIN (start + per_page, conversations->len) : conversations->len;
  JsonObject *reply = json_object_new ();
  JsonArray *array = json_array_new ();

  g_ptr_array_extend (sorted, conversations, NULL, NULL);
  g_ptr_array_sort (sorted, compare_newest_first);
  for (gint64 i = start; i < end; i++)
    json_array_add_object_element (array, to_item (g_ptr_array_index (sorted, i)));
  json_object_set_array_member (reply, "conversations", array);
  if (paged)
    set_pagination (reply, page, per_page, sorted->len);
  rd_demo_request_reply_object (request, 200, reply);
}

/* (nullable): answers 404 */
static RdDemoSmsConversation *
find_conversation (RdDemoRequest *request, gpointer user_data)
{
  RdDemoSmsConversation *conversation = rd_demo_sms_lookup (user_data, rd_demo_request_get_id (request, 0));

  if (conversation == NULL)
    rd_demo_request_fail (request, 404, "message", "No query results for model [App\\Models\\Conversation].");
  return conversation;
}

/* Newest first */
static void
on_messages (RdDemoRequest *request, gpointer user_data)
{
  RdDemoSmsConversation *conversation = find_conversation (request, user_data);
  gint64 page = rd_demo_request_get_number (request, "page", 1, 1);
  gint64 per_page = MIN (rd_demo_request_get_number (request, "per_page", PER_PAGE, 1), MAX_PER_PAGE);
  JsonObject *reply;
  JsonArray *array;
  guint total;

  if (conversation == NULL)
    return;
  total = conversation->messages->len;
  reply = json_object_new ();
  array = json_array_new ();
  for (gint64 i = (page - 1) * per_page; i < MIN (page * per_page, total); i++)
    {
      JsonObject *message = rd_demo_sms_message_to_json (g_ptr_array_index (conversation->messages, total - 1 - i));

      json_array_add_object_element (array, message);
    }
  json_object_set_array_member (reply, "messages", array);
  set_pagination (reply, page, per_page, total);
  rd_demo_request_reply_object (request, 200, reply);
}

static void
add_error (JsonObject *errors, const char *field, const char *said)
{
  JsonArray *array = json_array_new ();

  json_array_add_string_element (array, said);
  json_object_set_array_member (errors, field, array);
}

/* (transfer full): what is wrong with a message, by field; empty: nothing */
static JsonObject *
validate (RdDemoRequest *request, RdDemoSmsConversation *conversation)
{
  const char *content = rd_demo_json_get_string (request->body, "content");
  JsonObject *errors = json_object_new ();

  if (conversation == NULL)
    add_error (errors, "contact_id", "The selected contact id is invalid.");
  if (content == NULL || *content == '\0')
    add_error (errors, "content", "The content field is required.");
  else if (g_utf8_strlen (content, -1) > MAX_SMS_CHARS)
    add_error (errors, "content", "The content field must not be greater than 1600 characters.");
  if (json_object_has_member (request->body, "from_phone_number_id")
      && rd_demo_json_get_id (request->body, "from_phone_number_id") != OWN_NUMBER_ID)
    add_error (errors, "from_phone_number_id", "The selected from phone number id is invalid.");
  return errors;
}

static void
on_send (RdDemoRequest *request, gpointer user_data)
{
  RdDemoSms *self = RD_DEMO_SMS (user_data);
  RdDemoSmsConversation *conversation =
      rd_demo_sms_lookup (self, rd_demo_json_get_id (request->body, "contact_id") - 100);
  JsonObject *errors = validate (request, conversation);
  JsonObject *reply = json_object_new ();

  if (json_object_get_size (errors) > 0)
    {
      json_object_set_boolean_member (reply, "success", FALSE);
      json_object_set_object_member (reply, "errors", errors);
      rd_demo_request_reply_object (request, 422, reply);
      return;
    }
  json_object_unref (errors);
  json_object_set_boolean_member (reply, "success", TRUE);
  json_object_set_object_member (reply, "message",
                                 rd_demo_sms_message_to_json (rd_demo_sms_send (
                                     self, conversation, rd_demo_json_get_string (request->body, "content"))));
  rd_demo_request_reply_object (request, 200, reply);
}

static void
on_read (RdDemoRequest *request, gpointer user_data)
{
  RdDemoSmsConversation *conversation = find_conversation (request, user_data);
  JsonObject *reply;

  if (conversation == NULL)
    return;
  rd_demo_sms_mark_read (user_data, conversation);
  reply = json_object_new ();
  json_object_set_boolean_member (reply, "success", TRUE);
  rd_demo_request_reply_object (request, 200, reply);
}

void
rd_demo_sms_install_api (RdDemoSms *self)
{
  RdDemoSite *site = rd_demo_sms_get_site (self);

  rd_demo_site_add_route (site, "GET", "/api/conversations", RD_DEMO_ROUTE_NONE, on_conversations, self);
  rd_demo_site_add_route (site, "GET", "/messenger/conversation/*/messages", RD_DEMO_ROUTE_NONE, on_messages, self);
  rd_demo_site_add_route (site, "POST", "/messenger/conversation/*/read", RD_DEMO_ROUTE_NONE, on_read, self);
  rd_demo_site_add_route (site, "POST", "/messenger/send", RD_DEMO_ROUTE_NONE, on_send, self);
}
