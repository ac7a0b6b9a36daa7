/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-team-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The team space's REST API (backends.md, 2). */

#define PREFIX "presence-workspace-"
#define DEFAULT_CHANNEL "general"
#define DEFAULT_LIMIT 50
#define MAX_LIMIT 100

static void
fail (RdDemoRequest *request, guint status, const char *error)
{
  JsonObject *reply = json_object_new ();

  json_object_set_boolean_member (reply, "success", FALSE);
  json_object_set_string_member (reply, "error", error);
  rd_demo_request_reply_object (request, status, reply);
}

static JsonObject *
begin_reply (void)
{
  JsonObject *reply = json_object_new ();

  json_object_set_boolean_member (reply, "success", TRUE);
  return reply;
}

static void
on_workspaces (RdDemoRequest *request, gpointer user_data)
{
  JsonObject *reply = begin_reply ();

  json_object_set_array_member (reply, "workspaces", rd_demo_team_list_workspaces (user_data, request->user));
  rd_demo_request_reply_object (request, 200, reply);
}

/* A form and nothing else: its handler reads the body as one. */
static void
on_pusher_auth (RdDemoRequest *request, gpointer user_data)
{
  RdDemoTeam *self = RD_DEMO_TEAM (user_data);
  gboolean form = rd_demo_request_is_form (request);
  const char *socket_id = form ? rd_demo_json_get_string (request->body, "socket_id") : NULL;
  const char *channel = form ? rd_demo_json_get_string (request->body, "channel_name") : NULL;
  g_autofree char *channel_data = NULL;
  g_autofree char *auth = NULL;
  JsonObject *reply;

  if (socket_id == NULL || channel == NULL
      || !g_regex_match_simple ("^[0-9]{1,20}\\.[0-9]{1,20}$", socket_id, G_REGEX_DOLLAR_ENDONLY, 0))
    {
      fail (request, 400, "Missing socket_id or channel_name");
      return;
    }
  if (!g_str_has_prefix (channel, PREFIX) || !rd_demo_team_has_workspace (self, channel + strlen (PREFIX)))
    {
      fail (request, 403, "Forbidden");
      return;
    }
  channel_data = rd_demo_json_take_text (
      rd_demo_team_make_member (rd_demo_people_lookup (rd_demo_team_get_people (self), request->user)));
  auth = rd_demo_team_authorize (self, socket_id, channel, channel_data);
  reply = json_object_new ();
  json_object_set_string_member (reply, "auth", auth);
  json_object_set_string_member (reply, "channel_data", channel_data);
  rd_demo_request_reply_object (request, 200, reply);
}

/* What a message's reply tells: less than its event */
static JsonObject *
to_reply (JsonObject *message)
{
  static const char *const names[] = { "id", "content", "senderName", "createdAt" };
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    json_object_set_string_member (object, names[i], rd_demo_json_get_string (message, names[i]));
  return object;
}

static void
on_send (RdDemoRequest *request, gpointer user_data)
{
  const char *content = rd_demo_json_get_string (request->body, "content");
  const char *workspace = rd_demo_json_get_string (request->body, "workspaceId");
  JsonObject *message, *reply;

  if (content == NULL || *content == '\0' || workspace == NULL)
    {
      fail (request, 400, "Content and workspaceId are required");
      return;
    }
  if (!rd_demo_team_has_workspace (user_data, workspace))
    {
      fail (request, 403, "You are not a member of this workspace");
      return;
    }
  message = rd_demo_team_post (user_data, request->user, workspace, content);
  if (message == NULL)
    {
      fail (request, 400, "The message is too long");
      return;
    }
  reply = begin_reply ();
  json_object_set_object_member (reply, "message", to_reply (message));
  rd_demo_request_reply_object (request, 200, reply);
}

/* How many there are before @before (ISO 8601; nullable: all) */
static guint
count_before (GPtrArray *messages, const char *before)
{
  g_autoptr (GDateTime) limit = before != NULL ? g_date_time_new_from_iso8601 (before, NULL) : NULL;
  guint count = messages->len;

  while (limit != NULL && count > 0)
    {
      const char *created = rd_demo_json_get_string (g_ptr_array_index (messages, count - 1), "createdAt");
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (created, NULL);

      if (g_date_time_compare (time, limit) < 0)
        break;
      count--;
    }
  return count;
}

/* The newest @limit before a time, oldest first */
static void
on_messages (RdDemoRequest *request, gpointer user_data)
{
  const char *channel = rd_demo_request_get_query (request, "channelId");
  const char *before = rd_demo_request_get_query (request, "before");
  GPtrArray *messages = rd_demo_team_get_messages (user_data, rd_demo_request_get_query (request, "workspaceId"));
  guint limit = (guint) rd_demo_request_get_number (request, "limit", DEFAULT_LIMIT, 1);
  JsonArray *array;
  JsonObject *reply;
  guint end;

  if (messages == NULL)
    {
      fail (request, rd_demo_request_get_query (request, "workspaceId") == NULL ? 400 : 403,
            "You are not a member of this workspace");
      return;
    }
  end = channel == NULL || strcmp (channel, DEFAULT_CHANNEL) == 0 ? count_before (messages, before) : 0;
  limit = MIN (limit, MAX_LIMIT);
  array = json_array_new ();
  for (guint i = end > limit ? end - limit : 0; i < end; i++)
    json_array_add_object_element (array, json_object_ref (g_ptr_array_index (messages, i)));
  reply = begin_reply ();
  json_object_set_array_member (reply, "messages", array);
  rd_demo_request_reply_object (request, 200, reply);
}

static void
on_typing (RdDemoRequest *request, gpointer user_data)
{
  const char *workspace = rd_demo_json_get_string (request->body, "workspaceId");
  JsonNode *typing = json_object_get_member (request->body, "isTyping");

  if (workspace == NULL || typing == NULL || !JSON_NODE_HOLDS_VALUE (typing)
      || json_node_get_value_type (typing) != G_TYPE_BOOLEAN)
    fail (request, 400, "workspaceId and isTyping are required");
  else if (!rd_demo_team_has_workspace (user_data, workspace))
    fail (request, 403, "You are not a member of this workspace");
  else
    {
      rd_demo_team_type (user_data, request->user, workspace, json_node_get_boolean (typing));
      rd_demo_request_reply_object (request, 200, begin_reply ());
    }
}

void
rd_demo_team_install_api (RdDemoTeam *self)
{
  RdDemoSite *site = rd_demo_team_get_site (self);

  rd_demo_site_add_route (site, "GET", "/api/workspaces", RD_DEMO_ROUTE_NONE, on_workspaces, self);
  rd_demo_site_add_route (site, "POST", "/api/pusher/auth", RD_DEMO_ROUTE_COOKIE, on_pusher_auth, self);
  rd_demo_site_add_route (site, "POST", "/api/messages", RD_DEMO_ROUTE_COOKIE, on_send, self);
  rd_demo_site_add_route (site, "GET", "/api/messages", RD_DEMO_ROUTE_COOKIE, on_messages, self);
  rd_demo_site_add_route (site, "POST", "/api/messages/typing", RD_DEMO_ROUTE_COOKIE, on_typing, self);
}
