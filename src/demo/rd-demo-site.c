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
  char *websocket_path;
  SoupServerWebsocketCallback websocket_callback;
  gpointer websocket_data;
  GPtrArray *waiting;  /* requests that a silent site holds */
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

static JsonObject *
form_to_object (const char *text)
{
  g_autoptr (GHashTable) form = soup_form_decode (text);
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_utf8_validate (name, -1, NULL) && g_utf8_validate (value, -1, NULL))
      json_object_set_string_member (object, name, value);
  return object;
}

/* (nullable): NULL for a body that says it is JSON and is not an object */
static JsonObject *
read_body (SoupServerMessage *message, char **text)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonNode) node = NULL;

  *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (g_bytes_get_size (bytes) == 0)
    return json_object_new ();
  if (type != NULL && g_ascii_strcasecmp (type, "application/x-www-form-urlencoded") == 0)
    return form_to_object (*text);
  node = rd_demo_json_parse (*text, g_bytes_get_size (bytes));
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

static gint64
find_user (RdDemoSite *self, SoupServerMessage *message)
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

/* Answers by mood; FALSE if the request is to be answered as it should. */
static gboolean
answer_by_mood (RdDemoSite *self, SoupServerMessage *message)
{
  switch (self->mood)
    {
    case RD_DEMO_MOOD_ERROR:
      reply_text (message, 500, "application/json", "{\"error\":\"Internal server error\"}");
      return TRUE;
    case RD_DEMO_MOOD_HTML:
      reply_text (message, 200, "text/html", "<!DOCTYPE html><title>Welcome</title><p>Please sign in to the Wi-Fi.");
      return TRUE;
    case RD_DEMO_MOOD_SILENT:
      soup_server_message_pause (message);
      g_ptr_array_add (self->waiting, g_object_ref (message));
      return TRUE;
    case RD_DEMO_MOOD_FINE:
    case RD_DEMO_MOOD_SIGNED_OUT:
    default:
      return FALSE;
    }
}

static void
run_route (RdDemoSite *self, Route *route, char **args, SoupServerMessage *message, const char *path, GHashTable *query)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) body = read_body (message, &text);
  RdDemoRequest request = { message, path, query, body, find_user (self, message), args };
  gboolean secret = (route->flags & RD_DEMO_ROUTE_SECRET) != 0 || !g_utf8_validate (text, -1, NULL) || *text == '\0';
  g_autofree char *logged = secret ? NULL : g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_LOGGED_BODY));

  if (answer_by_mood (self, message))
    ;
  else if ((route->flags & RD_DEMO_ROUTE_PUBLIC) == 0
           && (request.user == 0 || self->mood == RD_DEMO_MOOD_SIGNED_OUT))
    reply_text (message, 401, "application/json", self->unauthorized);
  else if (body == NULL)
    rd_demo_request_fail (&request, 400, "detail", "JSON parse error");
  else
    route->handler (&request, route->user_data);
  if ((route->flags & RD_DEMO_ROUTE_QUIET) == 0)
    g_signal_emit (self, signals[SIGNAL_REQUEST], 0, route->method, path, logged,
                   soup_server_message_get_status (message));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  RdDemoSite *self = RD_DEMO_SITE (user_data);
  const char *method = soup_server_message_get_method (message);
  gboolean path_known = FALSE;

  if (!is_own_host (self, message) || !g_utf8_validate (path, -1, NULL))
    {
      reply_text (message, 403, "application/json", "{\"error\":\"Not for you\"}");
      return;
    }
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
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

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

      reply_text (message, 503, "application/json", "{\"error\":\"Service unavailable\"}");
      soup_server_message_unpause (message);
    }
  g_ptr_array_set_size (self->waiting, 0);
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
  if (mood != RD_DEMO_MOOD_SILENT)
    release_waiting (self);
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
rd_demo_site_revoke (RdDemoSite *self, const char *token)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));

  if (token != NULL)
    g_hash_table_remove (self->tokens, token);
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
rd_demo_site_set_websocket (RdDemoSite *self, const char *path, SoupServerWebsocketCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (RD_IS_DEMO_SITE (self));
  g_return_if_fail (self->server == NULL && path != NULL && callback != NULL);

  g_free (self->websocket_path);
  self->websocket_path = g_strdup (path);
  self->websocket_callback = callback;
  self->websocket_data = user_data;
}

void
rd_demo_request_reply (RdDemoRequest *request, guint status, JsonNode *reply)
{
  g_autoptr (JsonNode) node = reply;
  g_autofree char *text = NULL;

  g_return_if_fail (request != NULL);

  if (node == NULL)
    {
      soup_server_message_set_status (request->message, status, NULL);
      return;
    }
  text = rd_demo_json_to_text (node);
  reply_text (request->message, status, "application/json", text);
}

void
rd_demo_request_fail (RdDemoRequest *request, guint status, const char *name, const char *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, name, text);
  rd_demo_request_reply (request, status, rd_demo_json_take (object));
}

const char *
rd_demo_request_get_query (RdDemoRequest *request, const char *name)
{
  const char *value;

  g_return_val_if_fail (request != NULL, NULL);

  value = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;
  return value != NULL && g_utf8_validate (value, -1, NULL) ? value : NULL;
}

gint64
rd_demo_request_get_id (RdDemoRequest *request, guint arg)
{
  guint64 id = 0;

  g_return_val_if_fail (request != NULL, 0);
  g_return_val_if_fail (arg < g_strv_length (request->args), 0);

  g_ascii_string_to_unsigned (request->args[arg], 10, 1, G_MAXINT64, &id, NULL);
  return (gint64) id;
}
