/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-site.h"

#include "rd-demo-json.h"

#include <string.h>

/* HTTP for the demo's sites: finds a request's route, checks its token, reads its body, sends JSON back. Knows no call
 * and no invoice. */

#define MAX_BODY (64 * 1024)
#define MAX_LOGGED_BODY 2000
#define SLOW_MS 3000
#define SLOW_KEY "rd-demo-slow"

typedef struct
{
  char *method;
  char **pattern;
  RdDemoRouteFlags flags;
  RdDemoHandler handler;
  gpointer user_data;
} Route;

enum
{
  SIGNAL_REQUEST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoSite
{
  GObject parent_instance;

  SoupServer *server;
  guint port;
  char *url;
  char *unauthorized;
  RdDemoMood mood;
  GPtrArray *routes;
  GHashTable *tokens;  /* token → user id */
  RdDemoGuard guard;
  gpointer guard_data;
  char *websocket_path;
  gboolean websocket_guarded;
  SoupServerWebsocketCallback websocket_callback;
  gpointer websocket_data;
  GPtrArray *waiting;  /* requests that a silent or slow site holds */
};

G_DEFINE_FINAL_TYPE (RdDemoSite, rd_demo_site, G_TYPE_OBJECT)

static void
route_free (gpointer data)
{
  Route *route = data;

  g_free (route->method);
  g_strfreev (route->pattern);
  g_free (route);
}

/* (nullable): the segments that stood for a "*" */
static char **
match_path (char **pattern, const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", 32);
  g_autoptr (GStrvBuilder) args = g_strv_builder_new ();

  if (g_strv_length (segments) != g_strv_length (pattern))
    return NULL;
  for (guint i = 0; pattern[i] != NULL; i++)
    {
      if (strcmp (pattern[i], "*") == 0 && segments[i][0] != '\0')
        g_strv_builder_add (args, segments[i]);
      else if (strcmp (pattern[i], segments[i]) != 0)
        return NULL;
    }
  return g_strv_builder_end (args);
}

/* A name that somebody else's DNS points at 127.0.0.1 must not open the demo to that somebody's page. */
static gboolean
is_own_host (RdDemoSite *self, SoupServerMessage *message)
{
  const char *host = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Host");
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", self->port);
  g_autofree char *name = g_strdup_printf ("localhost:%u", self->port);

  return host != NULL && (strcmp (host, address) == 0 || g_ascii_strcasecmp (host, name) == 0);
}

static void
reply_text (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, strlen (text));
  soup_server_message_set_status (message, status, NULL);
}

/* The default: a token in the Authorization header. */
static gboolean
check_token (RdDemoSite *self, RdDemoRequest *request, RdDemoRouteFlags flags)
{
  request->user = rd_demo_site_find_user (self, request->message);
  if ((flags & RD_DEMO_ROUTE_PUBLIC) != 0 || request->user != 0)
    return TRUE;
  reply_text (request->message, 401, "application/json", self->unauthorized);
  return FALSE;
}

/* What takes a password or a token from anybody, and is no page that one only looks at */
static gboolean
is_sign_in (RdDemoRequest *request, RdDemoRouteFlags flags)
{
  return (flags & RD_DEMO_ROUTE_PUBLIC) != 0 && (flags & RD_DEMO_ROUTE_SECRET) != 0
         && strcmp (soup_server_message_get_method (request->message), "POST") == 0;
}

static gboolean
pass_guard (RdDemoSite *self, RdDemoRequest *request, RdDemoRouteFlags flags)
{
  if (self->mood == RD_DEMO_MOOD_NO_SIGN_IN && is_sign_in (request, flags))
    {
      reply_text (request->message, 403, "application/json",
                  "{\"success\":false,\"error\":\"Signing in is closed just now\"}");
      return FALSE;
    }
  if (self->mood == RD_DEMO_MOOD_SIGNED_OUT && (flags & RD_DEMO_ROUTE_PUBLIC) == 0)
    {
      reply_text (request->message, 401, "application/json", self->unauthorized);
      return FALSE;
    }
  return self->guard != NULL ? self->guard (request, flags, self->guard_data) : check_token (self, request, flags);
}

static void
run_route (RdDemoSite *self, Route *route, char **args, SoupServerMessage *message, const char *path, GHashTable *query)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) body = rd_demo_request_read_body (message, &text);
  RdDemoRequest request = { message, path, query, body, 0, args, NULL };
  gboolean secret = (route->flags & RD_DEMO_ROUTE_SECRET) != 0 || !g_utf8_validate (text, -1, NULL) || *text == '\0';
  g_autofree char *logged = secret ? NULL : g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_LOGGED_BODY));

  if (rd_demo_mood_answer (self->mood, message))
    {
      if (self->mood == RD_DEMO_MOOD_SILENT)
        g_ptr_array_add (self->waiting, g_object_ref (message));
    }
  else if (body == NULL)
    rd_demo_request_fail (&request, 400, "detail", "JSON parse error");
  else if (pass_guard (self, &request, route->flags))
    route->handler (&request, route->user_data);
  if ((route->flags & RD_DEMO_ROUTE_QUIET) == 0)
    g_signal_emit (self, signals[SIGNAL_REQUEST], 0, route->method, path, logged,
                   soup_server_message_get_status (message));
}

static void
dispatch (RdDemoSite *self, SoupServerMessage *message, const char *path, GHashTable *query)
{
  const char *method = soup_server_message_get_method (message);
  gboolean path_known = FALSE;

  for (guint i = 0; i < self->routes->len; i++)
    {
      Route *route = g_ptr_array_index (self->routes, i);
      g_auto (GStrv) args = match_path (route->pattern, path);

      if (args == NULL)
        continue;
      path_known = TRUE;
      if (g_strcmp0 (route->method, method) != 0)
        continue;
      run_route (self, route, args, message, path, query);
      return;
    }
  reply_text (message, path_known ? 405 : 404, "application/json",
              path_known ? "{\"detail\":\"Method not allowed.\"}" : "{\"detail\":\"Not found.\"}");
  g_signal_emit (self, signals[SIGNAL_REQUEST], 0, method, path, NULL, path_known ? 405 : 404);
}

static gboolean
on_slow_timeout (gpointer user_data)
{
  SoupServerMessage *message = SOUP_SERVER_MESSAGE (user_data);
  RdDemoSite *self = g_object_get_data (G_OBJECT (message), "rd-demo-site");
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GHashTable) query = g_uri_get_query (uri) != NULL ? soup_form_decode (g_uri_get_query (uri)) : NULL;
  g_autoptr (SoupServerMessage) keep = g_object_ref (message);

  g_object_set_data (G_OBJECT (message), SLOW_KEY, NULL);
  g_ptr_array_remove (self->waiting, message);
  dispatch (self, message, g_uri_get_path (uri), query);
  soup_server_message_unpause (message);
  return G_SOURCE_REMOVE;
}

/* It waits in the site's list, which ends it should the site stop meanwhile. */
static void
hold (RdDemoSite *self, SoupServerMessage *message)
{
  guint id = g_timeout_add (SLOW_MS, on_slow_timeout, message);

  soup_server_message_pause (message);
  g_object_set_data (G_OBJECT (message), "rd-demo-site", self);
  g_object_set_data (G_OBJECT (message), SLOW_KEY, GUINT_TO_POINTER (id));
  g_ptr_array_add (self->waiting, g_object_ref (message));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  RdDemoSite *self = RD_DEMO_SITE (user_data);

  if (!is_own_host (self, message) || !g_utf8_validate (path, -1, NULL))
    reply_text (message, 403, "application/json", "{\"error\":\"Not for you\"}");
  else if (self->mood == RD_DEMO_MOOD_SLOW)
    hold (self, message);
  else
    dispatch (self, message, path, query);
}

static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  if (body->length <= MAX_BODY)
    return;
  soup_message_body_set_accumulate (body, FALSE);
  reply_text (message, 413, "application/json", "{\"detail\":\"Request body too large.\"}");
}

/* A stranger's body is not kept beyond MAX_BODY: a status that stands before the body is read keeps handlers away. */
static void
on_early_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                  gpointer user_data)
{
  RdDemoSite *self = RD_DEMO_SITE (user_data);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  /* a handshake is refused before it is one */
  if (self->websocket_guarded && g_str_has_prefix (path, self->websocket_path)
      && (self->mood != RD_DEMO_MOOD_FINE || rd_demo_site_find_user (self, message) == 0))
    {
      reply_text (message, 403, "application/json", self->unauthorized);
      return;
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
      && soup_message_headers_get_content_length (headers) > MAX_BODY)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
      reply_text (message, 413, "application/json", "{\"detail\":\"Request body too large.\"}");
      return;
    }
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (on_got_chunk), user_data, 0);
}

static void
release_waiting (RdDemoSite *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    {
      SoupServerMessage *message = g_ptr_array_index (self->waiting, i);
      guint slow_id = GPOINTER_TO_UINT (g_object_steal_data (G_OBJECT (message), SLOW_KEY));

      if (slow_id != 0)
        g_source_remove (slow_id);
      reply_text (message, 503, "application/json", "{\"error\":\"Service unavailable\"}");
      soup_server_message_unpause (message);
    }
  g_ptr_array_set_size (self->waiting, 0);
}

static gboolean
is_of_user (gpointer key, gpointer value, gpointer user_data)
{
  return *(const gint64 *) value == *(const gint64 *) user_data;
}

/* GObject */

static void
rd_demo_site_dispose (GObject *object)
{
  RdDemoSite *self = RD_DEMO_SITE (object);

  if (self->server != NULL)
    rd_demo_site_stop (self);
  G_OBJECT_CLASS (rd_demo_site_parent_class)->dispose (object);
}

static void
rd_demo_site_finalize (GObject *object)
{
  RdDemoSite *self = RD_DEMO_SITE (object);

  g_clear_pointer (&self->routes, g_ptr_array_unref);
  g_clear_pointer (&self->tokens, g_hash_table_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->websocket_path, g_free);
  g_clear_pointer (&self->unauthorized, g_free);
  G_OBJECT_CLASS (rd_demo_site_parent_class)->finalize (object);
}

static void
rd_demo_site_class_init (RdDemoSiteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_site_dispose;
  object_class->finalize = rd_demo_site_finalize;

  signals[SIGNAL_REQUEST] = g_signal_new ("request", RD_TYPE_DEMO_SITE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT);
}

static void
rd_demo_site_init (RdDemoSite *self)
{
  self->url = g_strdup ("");
  self->unauthorized = g_strdup ("{\"detail\":\"Authentication credentials were not provided.\"}");
  self->routes = g_ptr_array_new_with_free_func (route_free);
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

RdDemoSite *
rd_demo_site_new (void)
{
  return g_object_new (RD_TYPE_DEMO_SITE, NULL);
}

gboolean
rd_demo_site_listen (RdDemoSite *self, guint port, GError **error)
{
  g_autoptr (SoupServer) server = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  GSList *uris;

  g_return_val_if_fail (RD_IS_DEMO_SITE (self), FALSE);
  g_return_val_if_fail (self->server == NULL && port <= G_MAXUINT16, FALSE);

  server = soup_server_new ("server-header", "ringdown-demo ", NULL);
  soup_server_add_early_handler (server, NULL, on_early_request, self, NULL);
  soup_server_add_handler (server, NULL, on_request, self, NULL);
  if (self->websocket_path != NULL)
    soup_server_add_websocket_handler (server, self->websocket_path, NULL, NULL, self->websocket_callback,
                                       self->websocket_data, NULL);
  address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  if (!soup_server_listen (server, address, 0, error))
    return FALSE;
  uris = soup_server_get_uris (server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  self->server = g_steal_pointer (&server);
  return TRUE;
}

void
rd_demo_site_stop (RdDemoSite *self)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));

  if (self->server == NULL)
    return;
  release_waiting (self);
  soup_server_remove_handler (self->server, NULL);
  if (self->websocket_path != NULL)
    soup_server_remove_handler (self->server, self->websocket_path);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

gboolean
rd_demo_site_is_listening (RdDemoSite *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SITE (self), FALSE);

  return self->server != NULL;
}

guint
rd_demo_site_get_port (RdDemoSite *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SITE (self), 0);

  return self->port;
}

const char *
rd_demo_site_get_url (RdDemoSite *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SITE (self), NULL);

  return self->url;
}

void
rd_demo_site_set_mood (RdDemoSite *self, RdDemoMood mood)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));

  self->mood = mood;
  if (mood != RD_DEMO_MOOD_SILENT && mood != RD_DEMO_MOOD_SLOW)
    release_waiting (self);
}

RdDemoMood
rd_demo_site_get_mood (RdDemoSite *self)
{
  g_return_val_if_fail (RD_IS_DEMO_SITE (self), RD_DEMO_MOOD_FINE);

  return self->mood;
}

void
rd_demo_site_set_guard (RdDemoSite *self, RdDemoGuard guard, gpointer user_data)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));

  self->guard = guard;
  self->guard_data = user_data;
}

gint64
rd_demo_site_find_user (RdDemoSite *self, SoupServerMessage *message)
{
  const char *header =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  const gint64 *user = NULL;

  if (header == NULL)
    return 0;
  if (g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    user = g_hash_table_lookup (self->tokens, header + 7);
  else if (g_ascii_strncasecmp (header, "Token ", 6) == 0)
    user = g_hash_table_lookup (self->tokens, header + 6);
  return user != NULL ? *user : 0;
}

void
rd_demo_site_set_unauthorized (RdDemoSite *self, const char *json)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));
  g_return_if_fail (json != NULL);

  g_free (self->unauthorized);
  self->unauthorized = g_strdup (json);
}

void
rd_demo_site_grant (RdDemoSite *self, const char *token, gint64 user)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));
  g_return_if_fail (token != NULL && user > 0);

  g_hash_table_replace (self->tokens, g_strdup (token), g_memdup2 (&user, sizeof user));
}

void
rd_demo_site_revoke_user (RdDemoSite *self, gint64 user)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));

  g_hash_table_foreach_remove (self->tokens, is_of_user, &user);
}

void
rd_demo_site_add_route (RdDemoSite *self, const char *method, const char *pattern, RdDemoRouteFlags flags,
                        RdDemoHandler handler, gpointer user_data)
{
  Route *route;

  g_return_if_fail (RD_IS_DEMO_SITE (self));
  g_return_if_fail (method != NULL && pattern != NULL && handler != NULL);

  route = g_new0 (Route, 1);
  route->method = g_strdup (method);
  route->pattern = g_strsplit (pattern, "/", -1);
  route->flags = flags;
  route->handler = handler;
  route->user_data = user_data;
  g_ptr_array_add (self->routes, route);
}

void
rd_demo_site_set_websocket (RdDemoSite *self, const char *path, gboolean guarded,
                            SoupServerWebsocketCallback callback, gpointer user_data)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));
  g_return_if_fail (self->server == NULL && path != NULL && callback != NULL);

  g_free (self->websocket_path);
  self->websocket_path = g_strdup (path);
  self->websocket_guarded = guarded;
  self->websocket_callback = callback;
  self->websocket_data = user_data;
}
