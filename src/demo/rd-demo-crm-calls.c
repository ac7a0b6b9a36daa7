/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-crm-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The CRM's REST API for calls and presence (backends.md, 1.5). */

#define MAX_STATUS_MESSAGE 100

static void
reply_session (RdDemoRequest *request, guint status, const char *message, JsonObject *session)
{
  JsonObject *reply = json_object_new ();

  json_object_set_string_member (reply, "message", message);
  json_object_set_object_member (reply, "call_session", session);
  rd_demo_request_reply (request, status, rd_demo_json_take (reply));
}

static JsonObject *
session_for (RdDemoCrm *self, RdDemoRequest *request, const RdDemoCall *call)
{
  return rd_demo_call_to_session (call, request->user, rd_demo_site_get_url (rd_demo_crm_get_site (self)));
}

static void
initiate (RdDemoCrm *self, RdDemoRequest *request, gint64 recipient)
{
  const char *type = rd_demo_json_get_string (request->body, "call_type");
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  RdDemoCall *call;

  if (json_object_has_member (request->body, "call_type") && g_strcmp0 (type, "video") != 0
      && g_strcmp0 (type, "audio") != 0)
    {
      rd_demo_request_fail (request, 400, "error", "call_type must be video or audio");
      return;
    }
  call = rd_demo_crm_place (self, request->user, recipient, g_strcmp0 (type, "audio") == 0, &error);
  if (call == NULL)
    {
      rd_demo_crm_refuse (request, error);
      return;
    }
  message = g_strdup_printf ("%s call initiated", call->audio ? "Audio" : "Video");
  reply_session (request, 201, message, session_for (self, request, call));
}

static void
on_initiate (RdDemoRequest *request, gpointer user_data)
{
  gint64 recipient = rd_demo_json_get_id (request->body, "recipient_id");
  JsonNode *node = json_object_get_member (request->body, "recipient_id");

  if (recipient == 0 && node != NULL && !JSON_NODE_HOLDS_NULL (node))
    rd_demo_request_fail (request, 400, "error", "recipient_id must be a user's id");
  else
    initiate (user_data, request, recipient);
}

static void
on_initiate_by_email (RdDemoRequest *request, gpointer user_data)
{
  const char *email = rd_demo_json_get_string (request->body, "recipient_email");
  RdDemoPerson *person = rd_demo_people_find (rd_demo_crm_get_people (user_data), email);

  if (email == NULL)
    rd_demo_request_fail (request, 400, "error", "recipient_email is required");
  else if (person == NULL || g_ascii_strcasecmp (person->email, email) != 0)
    rd_demo_request_fail (request, 404, "error", "User not found");
  else
    initiate (user_data, request, person->id);
}

static void
on_update_status (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  gint64 id = rd_demo_request_get_id (request, 0);
  const char *action = rd_demo_json_get_string (request->body, "action");
  g_autoptr (GError) error = NULL;

  if (!rd_demo_crm_act (self, request->user, id, action != NULL ? action : "", &error))
    rd_demo_crm_refuse (request, error);
  else
    reply_session (request, 200, "Call status updated",
                   session_for (self, request, rd_demo_crm_lookup_call (self, id)));
}

static void
on_my_active_call (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCall *call = rd_demo_crm_find_active (user_data, request->user);

  if (call == NULL)
    rd_demo_request_reply (request, 204, NULL);
  else
    rd_demo_request_reply (request, 200, rd_demo_json_take (session_for (user_data, request, call)));
}

static void
on_list (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  const char *status = rd_demo_request_get_query (request, "status");
  GPtrArray *calls = rd_demo_crm_get_calls (self);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = calls->len; i > 0; i--)
    {
      RdDemoCall *call = g_ptr_array_index (calls, i - 1);

      if (rd_demo_call_includes (call, request->user)
          && (status == NULL || *status == '\0' || strcmp (status, call->status) == 0))
        json_array_add_object_element (array, session_for (self, request, call));
    }
  json_node_take_array (node, array);
  rd_demo_request_reply (request, 200, node);
}

static void
on_get (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCall *call = rd_demo_crm_lookup_call (user_data, rd_demo_request_get_id (request, 0));

  if (call == NULL || !rd_demo_call_includes (call, request->user))
    rd_demo_request_fail (request, 404, "detail", "Not found.");
  else
    rd_demo_request_reply (request, 200, rd_demo_json_take (session_for (user_data, request, call)));
}

static void
on_heartbeat (RdDemoRequest *request, gpointer user_data)
{
  RdDemoPerson *person = rd_demo_people_lookup (rd_demo_crm_get_people (user_data), request->user);

  rd_demo_person_set_presence (person, "online", NULL);
  rd_demo_request_fail (request, 200, "status", "ok");
}

static JsonObject *
presence_of (RdDemoCrm *self, const RdDemoPerson *person)
{
  JsonObject *object = json_object_new ();
  RdDemoCall *call = rd_demo_crm_find_active (self, person->id);

  json_object_set_int_member (object, "id", person->id);
  json_object_set_string_member (object, "username", person->username);
  json_object_set_string_member (object, "full_name", person->full_name);
  json_object_set_string_member (object, "status", person->status);
  json_object_set_boolean_member (object, "available_for_calls", person->available);
  json_object_set_string_member (object, "status_message", person->status_message);
  if (call != NULL)
    json_object_set_int_member (object, "current_call_id", call->id);
  else
    json_object_set_null_member (object, "current_call_id");
  return object;
}

static void
on_online_users (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *people = rd_demo_crm_get_people (user_data);
  JsonArray *array = json_array_new ();
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < people->len; i++)
    {
      RdDemoPerson *person = g_ptr_array_index (people, i);

      if (strcmp (person->status, "offline") != 0)
        json_array_add_object_element (array, presence_of (user_data, person));
    }
  json_node_take_array (node, array);
  rd_demo_request_reply (request, 200, node);
}

static void
on_set_presence (RdDemoRequest *request, gpointer user_data)
{
  static const char *const statuses[] = { "online", "busy", "away", "offline", NULL };
  RdDemoPerson *person = rd_demo_people_lookup (rd_demo_crm_get_people (user_data), request->user);
  const char *status = rd_demo_json_get_string (request->body, "status");
  const char *message = rd_demo_json_get_string (request->body, "status_message");
  JsonNode *available = json_object_get_member (request->body, "available_for_calls");

  if (rd_demo_request_get_id (request, 0) != request->user)
    {
      rd_demo_request_fail (request, 403, "error", "You can only update your own presence");
      return;
    }
  if ((status != NULL && !g_strv_contains (statuses, status))
      || (message != NULL && g_utf8_strlen (message, -1) > MAX_STATUS_MESSAGE))
    {
      rd_demo_request_fail (request, 400, "error", "Invalid presence");
      return;
    }
  rd_demo_person_set_presence (person, status, message);
  if (available != NULL && JSON_NODE_HOLDS_VALUE (available) && json_node_get_value_type (available) == G_TYPE_BOOLEAN)
    person->available = json_node_get_boolean (available);
  rd_demo_crm_emit_changed (user_data);
  rd_demo_request_reply (request, 200, rd_demo_json_take (presence_of (user_data, person)));
}

void
rd_demo_crm_install_calls (RdDemoCrm *self)
{
  RdDemoSite *site = rd_demo_crm_get_site (self);

  rd_demo_site_add_route (site, "POST", "/api/jitsi-calls/initiate_call/", RD_DEMO_ROUTE_NONE, on_initiate, self);
  rd_demo_site_add_route (site, "POST", "/api/jitsi-calls/initiate_call_by_email/", RD_DEMO_ROUTE_NONE,
                          on_initiate_by_email, self);
  rd_demo_site_add_route (site, "POST", "/api/jitsi-calls/*/update_status/", RD_DEMO_ROUTE_NONE, on_update_status,
                          self);
  rd_demo_site_add_route (site, "GET", "/api/jitsi-calls/my_active_call/", RD_DEMO_ROUTE_NONE, on_my_active_call, self);
  rd_demo_site_add_route (site, "GET", "/api/jitsi-calls/", RD_DEMO_ROUTE_NONE, on_list, self);
  rd_demo_site_add_route (site, "POST", "/api/jitsi-calls/heartbeat/", RD_DEMO_ROUTE_NONE, on_heartbeat, self);
  rd_demo_site_add_route (site, "GET", "/api/jitsi-calls/*/", RD_DEMO_ROUTE_NONE, on_get, self);
  rd_demo_site_add_route (site, "POST", "/api/user-presence/heartbeat/", RD_DEMO_ROUTE_NONE, on_heartbeat, self);
  rd_demo_site_add_route (site, "GET", "/api/user-presence/online_users/", RD_DEMO_ROUTE_NONE, on_online_users, self);
  rd_demo_site_add_route (site, "PATCH", "/api/user-presence/*/", RD_DEMO_ROUTE_NONE, on_set_presence, self);
}
