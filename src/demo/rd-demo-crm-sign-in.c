/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-crm-private.h"

#include "rd-demo-json.h"
#include "rd-demo-resources.h"

#include <string.h>

/* The CRM's REST API for signing in and for authorising channels (backends.md, 1.1 and 1.2), and the page that stands
 * for a room: what the browser opens when a call is answered, offline. */

#define ACCESS_SECONDS 86400
#define REFRESH_SECONDS 604800

static void
on_login (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  const char *username = rd_demo_json_get_string (request->body, "username");
  const char *password = rd_demo_json_get_string (request->body, "password");
  RdDemoPerson *person = rd_demo_people_find (rd_demo_crm_get_people (self), username);
  JsonObject *reply = json_object_new ();

  if (person == NULL || g_strcmp0 (person->password, password) != 0)
    {
      JsonArray *errors = json_array_new ();

      json_array_add_string_element (errors, "Unable to log in with provided credentials.");
      json_object_set_array_member (reply, "non_field_errors", errors);
      rd_demo_request_reply (request, 400, rd_demo_json_take (reply));
      return;
    }
  rd_demo_crm_sign_in (self, person->id);
  json_object_set_object_member (reply, "user", rd_demo_person_to_json (person));
  json_object_set_string_member (reply, "access", person->access);
  json_object_set_string_member (reply, "refresh", person->refresh);
  json_object_set_string_member (reply, "token_type", "Bearer");
  json_object_set_int_member (reply, "access_expires_in", ACCESS_SECONDS);
  json_object_set_int_member (reply, "refresh_expires_in", REFRESH_SECONDS);
  json_object_set_string_member (reply, "token", person->access);
  json_object_set_string_member (reply, "legacy_token", person->access);
  json_object_set_string_member (reply, "message", "Login successful");
  rd_demo_request_reply (request, 200, rd_demo_json_take (reply));
}

static void
on_refresh (RdDemoRequest *request, gpointer user_data)
{
  RdDemoPerson *person = rd_demo_crm_renew (user_data, rd_demo_json_get_string (request->body, "refresh"));
  JsonObject *reply = json_object_new ();

  if (person == NULL)
    {
      json_object_set_string_member (reply, "detail", "Token is invalid or expired");
      json_object_set_string_member (reply, "code", "token_not_valid");
      rd_demo_request_reply_object (request, 401, reply);
      return;
    }
  json_object_set_string_member (reply, "access", person->access);
  json_object_set_string_member (reply, "refresh", person->refresh);
  rd_demo_request_reply_object (request, 200, reply);
}

static void
on_me (RdDemoRequest *request, gpointer user_data)
{
  RdDemoPerson *person = rd_demo_people_lookup (rd_demo_crm_get_people (user_data), request->user);

  rd_demo_request_reply (request, 200, rd_demo_json_take (rd_demo_person_to_json (person)));
}

static void
on_logout (RdDemoRequest *request, gpointer user_data)
{
  JsonObject *reply = json_object_new ();

  rd_demo_crm_sign_out (user_data, request->user);
  json_object_set_string_member (reply, "message", "Logout successful");
  rd_demo_request_reply (request, 200, rd_demo_json_take (reply));
}

static gboolean
is_socket_id (const char *text)
{
  return g_regex_match_simple ("^[0-9]{1,20}\\.[0-9]{1,20}$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}

static void
on_pusher_auth (RdDemoRequest *request, gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  const char *socket_id = rd_demo_json_get_string (request->body, "socket_id");
  const char *channel = rd_demo_json_get_string (request->body, "channel_name");
  g_autofree char *own = g_strdup_printf ("private-user-%" G_GINT64_FORMAT, request->user);
  g_autofree char *auth = NULL;
  JsonObject *reply;

  if (socket_id == NULL || channel == NULL || !is_socket_id (socket_id))
    {
      rd_demo_request_fail (request, 400, "error", "socket_id and channel_name are required");
      return;
    }
  if (strcmp (channel, own) != 0)
    {
      rd_demo_request_fail (request, 403, "error", "Unauthorized channel");
      return;
    }
  auth = rd_demo_channels_authorize (rd_demo_crm_get_channels (self), rd_demo_crm_get_app_id (self), socket_id, channel,
                                     NULL);
  reply = json_object_new ();
  json_object_set_string_member (reply, "auth", auth);
  rd_demo_request_reply (request, 200, rd_demo_json_take (reply));
}

/* The page reads the room's name from its own address; nothing of the request goes into it. */
static void
on_room (RdDemoRequest *request, gpointer user_data)
{
  g_autoptr (GBytes) page =
      g_resource_lookup_data (rd_demo_web_get_resource (), "/io/github/ringdown/demo/room.html", 0, NULL);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  gsize length = 0;
  const char *data = g_bytes_get_data (page, &length);

  soup_message_headers_append (headers, "Content-Security-Policy",
                               "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'");
  soup_message_headers_append (headers, "Referrer-Policy", "no-referrer");
  soup_server_message_set_response (request->message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, data, length);
  soup_server_message_set_status (request->message, 200, NULL);
}

void
rd_demo_crm_install_sign_in (RdDemoCrm *self)
{
  RdDemoSite *site = rd_demo_crm_get_site (self);
  const RdDemoRouteFlags sign_in = RD_DEMO_ROUTE_PUBLIC | RD_DEMO_ROUTE_SECRET;

  rd_demo_site_add_route (site, "POST", "/api/auth/login/", sign_in, on_login, self);
  rd_demo_site_add_route (site, "POST", "/api/auth/token/refresh/", sign_in, on_refresh, self);
  rd_demo_site_add_route (site, "POST", "/api/auth/logout/", RD_DEMO_ROUTE_SECRET, on_logout, self);
  rd_demo_site_add_route (site, "GET", "/api/users/me/", RD_DEMO_ROUTE_NONE, on_me, self);
  rd_demo_site_add_route (site, "POST", "/api/pusher/auth/", RD_DEMO_ROUTE_NONE, on_pusher_auth, self);
  rd_demo_site_add_route (site, "GET", "/room/*", RD_DEMO_ROUTE_PUBLIC, on_room, self);
}
