/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-team-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* Signing in to the team space (backends.md, 2), as NextAuth 4 does it: a CSRF token that stands in a cookie, too, and
 * a session that is a cookie. Beside it the application's own bearer token. */

#define CSRF_COOKIE "next-auth.csrf-token"
#define SESSION_DAYS 30

/* What NextAuth makes of its token, so that only it could have set the cookie */
static char *
make_csrf_cookie (const char *token)
{
  g_autofree char *salted = g_strconcat (token, "team-space", NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, salted, -1);

  return g_strconcat (token, "|", hash, NULL);
}

/* (nullable) (transfer full): the token that the request's cookie vouches for */
static char *
dup_csrf (RdDemoRequest *request)
{
  g_autofree char *cookie = rd_demo_cookie_dup (request->message, CSRF_COOKIE);
  g_autofree char *token = cookie != NULL ? g_strndup (cookie, strcspn (cookie, "|")) : NULL;
  g_autofree char *expected = token != NULL ? make_csrf_cookie (token) : NULL;

  return g_strcmp0 (cookie, expected) == 0 ? g_steal_pointer (&token) : NULL;
}

static void
on_csrf (RdDemoRequest *request, gpointer user_data)
{
  g_autofree char *token = dup_csrf (request);

  if (token == NULL)
    {
      g_autofree char *cookie = NULL;

      token = rd_demo_random_hex (32);
      cookie = make_csrf_cookie (token);
      rd_demo_cookie_set (request->message, CSRF_COOKIE, cookie, "; HttpOnly");
    }
  rd_demo_request_fail (request, 200, "csrfToken", token);
}

/* With "json=true" a redirect is told, else it is one. */
static void
send_to (RdDemoTeam *self, RdDemoRequest *request, guint status, const char *path)
{
  g_autofree char *url = g_strconcat (rd_demo_site_get_url (rd_demo_team_get_site (self)), path, NULL);

  if (g_strcmp0 (rd_demo_json_get_string (request->body, "json"), "true") == 0)
    rd_demo_request_fail (request, status, "url", url);
  else
    rd_demo_request_redirect (request, url);
}

static RdDemoPerson *
find_person (RdDemoTeam *self, JsonObject *body)
{
  const char *email = rd_demo_json_get_string (body, "email");
  RdDemoPerson *person = rd_demo_people_find (rd_demo_team_get_people (self), email);

  if (person == NULL || g_ascii_strcasecmp (person->email, email) != 0
      || g_strcmp0 (person->password, rd_demo_json_get_string (body, "password")) != 0)
    return NULL;
  return person;
}

static void
on_credentials (RdDemoRequest *request, gpointer user_data)
{
  RdDemoTeam *self = RD_DEMO_TEAM (user_data);
  g_autofree char *csrf = dup_csrf (request);
  RdDemoSessions *sessions = rd_demo_team_get_sessions (self);
  RdDemoPerson *person = find_person (self, request->body);

  if (!rd_demo_request_is_form (request) || csrf == NULL
      || g_strcmp0 (csrf, rd_demo_json_get_string (request->body, "csrfToken")) != 0)
    {
      send_to (self, request, 200, "/api/auth/signin?csrf=true");
      return;
    }
  if (person == NULL)
    {
      send_to (self, request, 401, "/api/auth/error?error=CredentialsSignin&provider=credentials");
      return;
    }
  rd_demo_sessions_set_cookie (sessions, rd_demo_sessions_begin (sessions, person->id), request->message);
  send_to (self, request, 200, "/");
}

static void
set_id (JsonObject *object, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  json_object_set_string_member (object, "id", text);
}

/* `{}` for nobody. Asking keeps the session for another 30 days. */
static void
on_session (RdDemoRequest *request, gpointer user_data)
{
  RdDemoTeam *self = RD_DEMO_TEAM (user_data);
  RdDemoPerson *person = request->session != NULL
                             ? rd_demo_people_lookup (rd_demo_team_get_people (self), request->session->user)
                             : NULL;
  JsonObject *reply = json_object_new ();
  JsonObject *user;

  if (person == NULL)
    {
      rd_demo_request_reply_object (request, 200, reply);
      return;
    }
  user = json_object_new ();
  set_id (user, person->id);
  json_object_set_string_member (user, "name", person->full_name);
  json_object_set_string_member (user, "email", person->email);
  json_object_set_null_member (user, "image");
  json_object_set_object_member (reply, "user", user);
  rd_demo_json_set_time (reply, "expires", g_get_real_time () + SESSION_DAYS * G_TIME_SPAN_DAY);
  rd_demo_sessions_set_cookie (rd_demo_team_get_sessions (self), request->session, request->message);
  rd_demo_request_reply_object (request, 200, reply);
}

static void
on_sign_out (RdDemoRequest *request, gpointer user_data)
{
  RdDemoTeam *self = RD_DEMO_TEAM (user_data);
  g_autofree char *csrf = dup_csrf (request);

  if (csrf != NULL && g_strcmp0 (csrf, rd_demo_json_get_string (request->body, "csrfToken")) == 0)
    {
      rd_demo_sessions_end (rd_demo_team_get_sessions (self), request->session);
      rd_demo_cookie_set (request->message, RD_DEMO_TEAM_COOKIE, "", "; Max-Age=0; HttpOnly");
    }
  send_to (self, request, 200, "/");
}

/* The bearer token: good for the workspaces, not for messages */
static void
on_login (RdDemoRequest *request, gpointer user_data)
{
  RdDemoTeam *self = RD_DEMO_TEAM (user_data);
  RdDemoPerson *person = find_person (self, request->body);
  g_autofree char *token = NULL;
  JsonObject *reply, *user;

  reply = json_object_new ();
  json_object_set_boolean_member (reply, "success", person != NULL);
  if (person == NULL)
    {
      json_object_set_string_member (reply, "error", "Invalid email or password");
      rd_demo_request_reply_object (request, 401, reply);
      return;
    }
  token = rd_demo_random_hex (24);
  rd_demo_site_grant (rd_demo_team_get_site (self), token, person->id);
  user = json_object_new ();
  set_id (user, person->id);
  json_object_set_string_member (user, "name", person->full_name);
  json_object_set_string_member (user, "email", person->email);
  json_object_set_null_member (user, "avatar");
  json_object_set_string_member (user, "role", "MEMBER");
  json_object_set_object_member (reply, "user", user);
  json_object_set_string_member (reply, "token", token);
  rd_demo_request_reply_object (request, 200, reply);
}

/* A session for what is marked so, a token for the rest. */
static gboolean
guard (RdDemoRequest *request, RdDemoRouteFlags flags, gpointer user_data)
{
  RdDemoTeam *self = RD_DEMO_TEAM (user_data);

  request->session = rd_demo_sessions_find (rd_demo_team_get_sessions (self), request->message);
  if ((flags & RD_DEMO_ROUTE_COOKIE) != 0)
    request->user = request->session != NULL ? request->session->user : 0;
  else
    request->user = rd_demo_site_find_user (rd_demo_team_get_site (self), request->message);
  if ((flags & RD_DEMO_ROUTE_PUBLIC) != 0 || request->user != 0)
    return TRUE;
  {
    JsonObject *reply = json_object_new ();

    json_object_set_boolean_member (reply, "success", FALSE);
    json_object_set_string_member (reply, "error", "Unauthorized");
    rd_demo_request_reply_object (request, 401, reply);
  }
  return FALSE;
}

void
rd_demo_team_install_sign_in (RdDemoTeam *self)
{
  RdDemoSite *site = rd_demo_team_get_site (self);
  const RdDemoRouteFlags sign_in = RD_DEMO_ROUTE_PUBLIC | RD_DEMO_ROUTE_SECRET;

  rd_demo_site_set_guard (site, guard, self);
  rd_demo_site_add_route (site, "GET", "/api/auth/csrf", sign_in, on_csrf, self);
  rd_demo_site_add_route (site, "POST", "/api/auth/callback/credentials", sign_in, on_credentials, self);
  rd_demo_site_add_route (site, "GET", "/api/auth/session", sign_in, on_session, self);
  rd_demo_site_add_route (site, "POST", "/api/auth/signout", sign_in, on_sign_out, self);
  rd_demo_site_add_route (site, "POST", "/api/auth/login", sign_in, on_login, self);
}
