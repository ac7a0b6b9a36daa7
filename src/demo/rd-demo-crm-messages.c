/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-crm-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The CRM's REST API for messages (backends.md, 1.8), as far as a telephone needs it. */

#define PAGE 25

static gboolean
is_between (JsonObject *message, gint64 one, gint64 other)
{
  gint64 from = rd_demo_json_get_id (message, "sender_id");
  gint64 to = rd_demo_json_get_id (message, "recipient_id");

  return (from == one && to == other) || (from == other && to == one);
}

static gboolean
is_unread_by (JsonObject *message, gint64 user)
{
  return rd_demo_json_get_id (message, "recipient_id") == user && !json_object_get_boolean_member (message, "is_read");
}

static void
mark_read (RdDemoCrm *self, JsonObject *message)
{
  JsonObject *event;

  if (json_object_get_boolean_member (message, "is_read"))
    return;
  json_object_set_boolean_member (message, "is_read", TRUE);
  event = json_object_new ();
  json_object_set_int_member (event, "message_id", rd_demo_json_get_id (message, "id"));
  json_object_set_int_member (event, "read_by", rd_demo_json_get_id (message, "recipient_id"));
  rd_demo_json_set_time (event, "read_at", g_get_real_time ());
  rd_demo_crm_tell (self, rd_demo_json_get_id (message, "sender_id"), "message-read", event);
}

static void
on_send (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  GPtrArray *messages = rd_demo_crm_get_messages (self);
  g_autoptr (GError) error = NULL;

  if (rd_demo_crm_send_message (self, request->user, rd_demo_json_get_id (request->body, "recipient_id"),
                                rd_demo_json_get_string (request->body, "content"), &error)
      == 0)
    rd_demo_crm_refuse (request, error);
  else
    rd_demo_request_reply (request, 201,
                           rd_demo_json_take (json_object_ref (g_ptr_array_index (messages, messages->len - 1))));
}

static void
on_list (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *messages = rd_demo_crm_get_messages (user_data);
  JsonObject *reply = json_object_new ();
  JsonArray *results = json_array_new ();
  gint64 count = 0;

  for (guint i = messages->len; i > 0; i--)
    {
      JsonObject *message = g_ptr_array_index (messages, i - 1);

      if (rd_demo_json_get_id (message, "sender_id") != request->user
          && rd_demo_json_get_id (message, "recipient_id") != request->user)
        continue;
      if (count++ < PAGE)
        json_array_add_object_element (results, json_object_ref (message));
    }
  json_object_set_int_member (reply, "count", count);
  json_object_set_null_member (reply, "next");
  json_object_set_null_member (reply, "previous");
  json_object_set_array_member (reply, "results", results);
  rd_demo_request_reply (request, 200, rd_demo_json_take (reply));
}

static void
on_with_user (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *messages = rd_demo_crm_get_messages (user_data);
  const char *text = rd_demo_request_get_query (request, "user_id");
  gint64 other = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < messages->len; i++)
    {
      JsonObject *message = g_ptr_array_index (messages, i);

      if (!is_between (message, request->user, other))
        continue;
      if (is_unread_by (message, request->user))
        mark_read (user_data, message);
      json_array_add_object_element (array, json_object_ref (message));
    }
  json_node_take_array (node, array);
  rd_demo_request_reply (request, 200, node);
}

static void
on_mark_read (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *messages = rd_demo_crm_get_messages (user_data);
  gint64 id = rd_demo_request_get_id (request, 0);

  for (guint i = 0; i < messages->len; i++)
    {
      JsonObject *message = g_ptr_array_index (messages, i);

      if (rd_demo_json_get_id (message, "id") != id || rd_demo_json_get_id (message, "recipient_id") != request->user)
        continue;
      mark_read (user_data, message);
      rd_demo_request_fail (request, 200, "status", "message marked as read");
      return;
    }
  rd_demo_request_fail (request, 404, "detail", "Not found.");
}

static void
on_unread_count (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *messages = rd_demo_crm_get_messages (user_data);
  JsonObject *reply = json_object_new ();
  gint64 count = 0;

  for (guint i = 0; i < messages->len; i++)
    if (is_unread_by (g_ptr_array_index (messages, i), request->user))
      count++;
  json_object_set_int_member (reply, "unread_count", count);
  rd_demo_request_reply (request, 200, rd_demo_json_take (reply));
}

static void
on_recipients (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *people = rd_demo_crm_get_people (user_data);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < people->len; i++)
    {
      RdDemoPerson *person = g_ptr_array_index (people, i);

      if (person->id != request->user)
        json_array_add_object_element (array, rd_demo_person_to_json (person));
    }
  json_node_take_array (node, array);
  rd_demo_request_reply (request, 200, node);
}

void
rd_demo_crm_install_messages (RdDemoCrm *self)
{
  RdDemoSite *site = rd_demo_crm_get_site (self);

  rd_demo_site_add_route (site, "POST", "/api/messages/send/", RD_DEMO_ROUTE_NONE, on_send, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/", RD_DEMO_ROUTE_NONE, on_list, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/with_user/", RD_DEMO_ROUTE_NONE, on_with_user, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/unread_count/", RD_DEMO_ROUTE_NONE, on_unread_count, self);
  rd_demo_site_add_route (site, "GET", "/api/messages/recipients/", RD_DEMO_ROUTE_NONE, on_recipients, self);
  rd_demo_site_add_route (site, "POST", "/api/messages/*/mark_read/", RD_DEMO_ROUTE_NONE, on_mark_read, self);
}
