/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-sms-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* Sessions and pages of the SMS portal (backends.md, 3), with Laravel's manners: every visitor has a session; whatever
 * is no GET needs its CSRF token, else 419; programs are told what browsers are redirected for; a sign-in makes session
 * and token new. */

static const char page[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
    "    <meta charset=\"utf-8\">\n"
    "    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "    <meta name=\"csrf-token\" content=\"%s\">\n"
    "%s"
    "    <title>%s</title>\n</head>\n<body>\n%s\n</body>\n</html>\n";

static const char form[] = "<form method=\"POST\" action=\"/login\"><input name=\"email\" type=\"email\">"
                           "<input name=\"password\" type=\"password\"><button>Log in</button></form>";

static void
reply_page (RdDemoRequest *request, const char *title, const char *body)
{
  g_autofree char *user =
      request->user != 0
          ? g_strdup_printf ("    <meta name=\"user-id\" content=\"%" G_GINT64_FORMAT "\">\n", request->user)
          : g_strdup ("");
  g_autofree char *html = g_strdup_printf (page, request->session->csrf, user, title, body);

  rd_demo_request_reply_html (request, 200, html);
}

/* As VerifyCsrfToken looks for it */
static gboolean
has_csrf (RdDemoRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *header = soup_message_headers_get_one (headers, "X-CSRF-TOKEN");
  const char *field = rd_demo_json_get_string (request->body, "_token");

  return g_strcmp0 (field != NULL ? field : header, request->session->csrf) == 0;
}

static void
refuse_csrf (RdDemoRequest *request)
{
  if (rd_demo_request_wants_json (request))
    rd_demo_request_fail (request, 419, "message", "CSRF token mismatch.");
  else
    rd_demo_request_reply_html (request, 419, "<!DOCTYPE html><title>Page Expired</title><p>419 | Page Expired");
}

static void
refuse_guest (RdDemoRequest *request)
{
  if (rd_demo_request_wants_json (request))
    rd_demo_request_fail (request, 401, "message", "Unauthenticated.");
  else
    rd_demo_request_redirect (request, "/login");
}

static gboolean
guard (RdDemoRequest *request, RdDemoRouteFlags flags, gpointer user_data)
{
  RdDemoSessions *sessions = rd_demo_sms_get_sessions (user_data);
  gboolean get = strcmp (soup_server_message_get_method (request->message), "GET") == 0;

  request->session = rd_demo_sessions_find (sessions, request->message);
  if (request->session == NULL)
    request->session = rd_demo_sessions_begin (sessions, 0);
  request->user = request->session->user;
  rd_demo_sessions_set_cookie (sessions, request->session, request->message);
  rd_demo_cookie_set (request->message, "XSRF-TOKEN", request->session->csrf, "");
  if (!get && !has_csrf (request))
    refuse_csrf (request);
  else if ((flags & RD_DEMO_ROUTE_PUBLIC) == 0 && request->user == 0)
    refuse_guest (request);
  else
    return TRUE;
  return FALSE;
}

static void
on_start (RdDemoRequest *request, gpointer user_data)
{
  rd_demo_request_redirect (request, request->user != 0 ? "/messenger" : "/login");
}

static void
on_login_page (RdDemoRequest *request, gpointer user_data)
{
  if (request->user != 0)
    rd_demo_request_redirect (request, "/messenger");
  else
    reply_page (request, "Log in", form);
}

static void
on_messenger (RdDemoRequest *request, gpointer user_data)
{
  reply_page (request, "Messenger", "<main id=\"messenger\"></main>");
}

static void
refuse_login (RdDemoRequest *request)
{
  static const char said[] = "These credentials do not match our records.";
  JsonObject *reply, *errors;
  JsonArray *email;

  if (!rd_demo_request_wants_json (request))
    {
      rd_demo_request_redirect (request, "/login");
      return;
    }
  reply = json_object_new ();
  errors = json_object_new ();
  email = json_array_new ();
  json_array_add_string_element (email, said);
  json_object_set_array_member (errors, "email", email);
  json_object_set_string_member (reply, "message", said);
  json_object_set_object_member (reply, "errors", errors);
  rd_demo_request_reply_object (request, 422, reply);
}

static void
on_login (RdDemoRequest *request, gpointer user_data)
{
  RdDemoSms *self = RD_DEMO_SMS (user_data);
  RdDemoSessions *sessions = rd_demo_sms_get_sessions (self);
  const RdDemoPerson *you = rd_demo_sms_get_you (self);
  const char *email = rd_demo_json_get_string (request->body, "email");
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);
  RdDemoSession *session;

  if (email == NULL || g_ascii_strcasecmp (email, you->email) != 0
      || g_strcmp0 (rd_demo_json_get_string (request->body, "password"), you->password) != 0)
    {
      refuse_login (request);
      return;
    }
  rd_demo_sessions_end (sessions, request->session);
  session = rd_demo_sessions_begin (sessions, you->id);
  soup_message_headers_remove (headers, "Set-Cookie");
  rd_demo_sessions_set_cookie (sessions, session, request->message);
  rd_demo_cookie_set (request->message, "XSRF-TOKEN", session->csrf, "");
  rd_demo_request_redirect (request, "/messenger");
}

static void
on_logout (RdDemoRequest *request, gpointer user_data)
{
  RdDemoSessions *sessions = rd_demo_sms_get_sessions (user_data);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  rd_demo_sessions_end (sessions, request->session);
  soup_message_headers_remove (headers, "Set-Cookie");
  rd_demo_sessions_set_cookie (sessions, rd_demo_sessions_begin (sessions, 0), request->message);
  rd_demo_request_redirect (request, "/");
}

void
rd_demo_sms_install_sign_in (RdDemoSms *self)
{
  RdDemoSite *site = rd_demo_sms_get_site (self);
  const RdDemoRouteFlags sign_in = RD_DEMO_ROUTE_PUBLIC | RD_DEMO_ROUTE_SECRET;

  rd_demo_site_set_guard (site, guard, self);
  rd_demo_site_add_route (site, "GET", "/", sign_in, on_start, self);
  rd_demo_site_add_route (site, "GET", "/login", sign_in, on_login_page, self);
  rd_demo_site_add_route (site, "POST", "/login", sign_in, on_login, self);
  rd_demo_site_add_route (site, "POST", "/logout", sign_in, on_logout, self);
  rd_demo_site_add_route (site, "GET", "/messenger", RD_DEMO_ROUTE_SECRET, on_messenger, self);
  rd_demo_site_add_route (site, "GET", "/dashboard", RD_DEMO_ROUTE_SECRET, on_messenger, self);
}
