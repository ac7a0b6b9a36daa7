/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "scripted-server.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The server side of a test's story. */

#define GREETING                                                                                                       \
  "{\"event\":\"pusher:connection_established\","                                                                      \
  "\"data\":\"{\\\"socket_id\\\":\\\"%s\\\",\\\"activity_timeout\\\":120}\"}"

typedef struct
{
  ScriptedServer *server;
  guint number;
  SoupWebsocketConnection *socket; /* (nullable): NULL once dropped */
  GPtrArray *received;
  gboolean closed;
} Peer;

struct _ScriptedServer
{
  SoupServer *server;
  guint port;
  gboolean tls;
  GPtrArray *peers;
  char *greeting;
  char *origin;
  char *extensions;
  gboolean confirming;
  const ScriptedServerActor *actor; /* (nullable) */
  gpointer actor_data;

  guint upgrade_status;
  guint n_upgrades;
  char *upgrade_path;
  SoupMessageHeaders *upgrade_headers;

  guint auth_status;
  char *auth_body;
  guint n_requests;
  char *request_body;
  char *request_path;
  SoupMessageHeaders *request_headers;
};

static void
peer_free (gpointer data)
{
  Peer *peer = data;

  if (peer->socket != NULL)
    g_signal_handlers_disconnect_by_data (peer->socket, peer);
  g_clear_object (&peer->socket);
  g_ptr_array_unref (peer->received);
  g_free (peer);
}

static Peer *
get_peer (ScriptedServer *self)
{
  g_assert_cmpuint (self->peers->len, >, 0);
  return g_ptr_array_index (self->peers, self->peers->len - 1);
}

static void
drop_peer (Peer *peer)
{
  if (peer->socket == NULL)
    return;
  g_signal_handlers_disconnect_by_data (peer->socket, peer);
  peer->closed = TRUE;
  g_clear_object (&peer->socket);
}

/* Whether @text is a frame with this event and channel. */
static gboolean
matches (const char *text, const char *event, const char *channel)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;
  JsonNode *data = object != NULL ? json_object_get_member (object, "data") : NULL;

  if (object == NULL || g_strcmp0 (json_object_get_string_member_with_default (object, "event", NULL), event) != 0)
    return FALSE;
  return channel == NULL || (data != NULL && JSON_NODE_HOLDS_OBJECT (data) &&
                             g_strcmp0 (json_object_get_string_member_with_default (json_node_get_object (data),
                                                                                    "channel", NULL),
                                        channel) == 0);
}

static void
confirm (Peer *peer, const char *text)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  const char *channel = json_object_get_string_member (
      json_object_get_object_member (json_node_get_object (root), "data"), "channel");
  g_autofree char *reply = NULL;

  reply = g_strdup_printf ("{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"%s\",\"data\":\"{}\"}",
                           channel);
  soup_websocket_connection_send_text (peer->socket, reply);
}

static void
on_message (SoupWebsocketConnection *socket, int type, GBytes *bytes, Peer *peer)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  char *text = g_strndup (data, length);

  g_ptr_array_add (peer->received, text);
  if (peer->server->actor != NULL)
    peer->server->actor->heard (peer->number, text, peer->server->actor_data);
  else if (peer->server->confirming && soup_websocket_connection_get_state (socket) == SOUP_WEBSOCKET_STATE_OPEN
           && matches (text, "pusher:subscribe", NULL))
    confirm (peer, text);
}

static void
on_closed (SoupWebsocketConnection *socket, Peer *peer)
{
  peer->closed = TRUE;
}

static void
on_websocket (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *socket,
              gpointer user_data)
{
  ScriptedServer *self = user_data;
  Peer *peer = g_new0 (Peer, 1);
  g_autofree char *id = NULL;

  peer->server = self;
  peer->number = self->peers->len;
  peer->socket = g_object_ref (socket);
  peer->received = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (socket, "message", G_CALLBACK (on_message), peer);
  g_signal_connect (socket, "closed", G_CALLBACK (on_closed), peer);
  g_ptr_array_add (self->peers, peer);
  g_free (self->origin);
  self->origin = g_strdup (soup_websocket_connection_get_origin (socket));
  g_free (self->extensions);
  self->extensions = g_strdup (soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                             "Sec-WebSocket-Extensions"));

  if (self->actor != NULL)
    self->actor->opened (peer->number, self->actor_data);
  else if (self->greeting != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (self->greeting, "%s", -1);
      g_autofree char *text = NULL;

      id = g_strdup_printf ("%u.1", self->peers->len);
      text = g_strjoinv (id, parts);
      soup_websocket_connection_send_text (socket, text);
    }
}

static void
note_request (ScriptedServer *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);

  self->n_requests++;
  g_free (self->request_body);
  g_free (self->request_path);
  g_clear_pointer (&self->request_headers, soup_message_headers_unref);
  self->request_body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  self->request_path = g_strdup_printf ("%s?%s", g_uri_get_path (soup_server_message_get_uri (message)),
                                        g_uri_get_query (soup_server_message_get_uri (message)));
  self->request_headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
}

static void
on_post (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ScriptedServer *self = user_data;
  const char *type = self->auth_body != NULL && self->auth_body[0] == '<' ? "text/html" : "application/json";

  note_request (self, message);
  if (self->auth_status == 0)
    {
      soup_server_message_pause (message);
      return;
    }
  soup_server_message_set_status (message, self->auth_status, NULL);
  if (self->auth_status == SOUP_STATUS_FOUND)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", "/elsewhere");
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, self->auth_body, strlen (self->auth_body));
}

static void
on_upgrade (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  ScriptedServer *self = user_data;
  GUri *uri = soup_server_message_get_uri (message);

  self->n_upgrades++;
  g_free (self->upgrade_path);
  self->upgrade_path = g_strdup_printf ("%s%s%s", g_uri_get_path (uri), g_uri_get_query (uri) != NULL ? "?" : "",
                                        g_uri_get_query (uri) != NULL ? g_uri_get_query (uri) : "");
  g_clear_pointer (&self->upgrade_headers, soup_message_headers_unref);
  self->upgrade_headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
  if (self->upgrade_status != 0)
    soup_server_message_set_status (message, self->upgrade_status, NULL);
}

static ScriptedServer *
create (GTlsCertificate *certificate)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  self->tls = certificate != NULL;
  if (self->tls)
    soup_server_set_tls_certificate (self->server, certificate);
  self->peers = g_ptr_array_new_with_free_func (peer_free);
  self->greeting = g_strdup (GREETING);
  self->confirming = TRUE;
  self->auth_status = SOUP_STATUS_OK;
  self->auth_body = g_strdup ("{\"auth\":\"key:signature\"}");
  soup_server_add_websocket_handler (self->server, "/app", NULL, NULL, on_websocket, self, NULL);
  soup_server_add_early_handler (self->server, "/ws", on_upgrade, self, NULL);
  soup_server_add_websocket_handler (self->server, "/ws", NULL, NULL, on_websocket, self, NULL);
  soup_server_add_handler (self->server, "/auth", on_post, self, NULL);
  soup_server_add_handler (self->server, "/apps", on_post, self, NULL);
  scripted_server_set_listening (self, TRUE);
  uris = soup_server_get_uris (self->server);
  self->port = (guint) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

ScriptedServer *
scripted_server_new (void)
{
  return create (NULL);
}

ScriptedServer *
scripted_server_new_with_tls (const char *pem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (pem, &error);

  g_assert_no_error (error);
  return create (certificate);
}

/* SoupServer takes none, not even a good one, of which nobody says so. */
static gboolean
on_accept_certificate (SoupServerMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return errors == 0;
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
}

void
scripted_server_require_certificate (ScriptedServer *self, const char *pem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (pem, &error);

  g_assert_no_error (error);
  soup_server_set_tls_database (self->server, database);
  soup_server_set_tls_auth_mode (self->server, G_TLS_AUTHENTICATION_REQUIRED);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_request_started), NULL);
}

void
scripted_server_free (ScriptedServer *self)
{
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->peers);
  g_object_unref (self->server);
  g_clear_pointer (&self->request_headers, soup_message_headers_unref);
  g_clear_pointer (&self->upgrade_headers, soup_message_headers_unref);
  g_free (self->upgrade_path);
  g_free (self->request_body);
  g_free (self->request_path);
  g_free (self->auth_body);
  g_free (self->greeting);
  g_free (self->origin);
  g_free (self->extensions);
  g_free (self);
}

guint
scripted_server_get_port (ScriptedServer *self)
{
  return self->port;
}

char *
scripted_server_dup_http_uri (ScriptedServer *self, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

void
scripted_server_set_listening (ScriptedServer *self, gboolean listening)
{
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY | (self->tls ? SOUP_SERVER_LISTEN_HTTPS : 0);
  g_autoptr (GError) error = NULL;

  if (!listening)
    {
      soup_server_disconnect (self->server);
      return;
    }
  soup_server_listen_local (self->server, self->port, options, &error);
  g_assert_no_error (error);
}

void
scripted_server_set_actor (ScriptedServer *self, const ScriptedServerActor *actor, gpointer data)
{
  self->actor = actor;
  self->actor_data = data;
}

void
scripted_server_set_greeting (ScriptedServer *self, const char *greeting)
{
  g_free (self->greeting);
  self->greeting = g_strdup (greeting);
}

void
scripted_server_set_confirming (ScriptedServer *self, gboolean confirming)
{
  self->confirming = confirming;
}

guint
scripted_server_get_n_accepted (ScriptedServer *self)
{
  return self->peers->len;
}

guint
scripted_server_get_n_open (ScriptedServer *self)
{
  guint n = 0;

  for (guint i = 0; i < self->peers->len; i++)
    n += !((Peer *) g_ptr_array_index (self->peers, i))->closed;
  return n;
}

guint
scripted_server_count (ScriptedServer *self, const char *event, const char *channel)
{
  guint n = 0;

  if (self->peers->len == 0)
    return 0;
  for (guint i = 0; i < get_peer (self)->received->len; i++)
    n += matches (g_ptr_array_index (get_peer (self)->received, i), event, channel) ? 1 : 0;
  return n;
}

const char *
scripted_server_get_last (ScriptedServer *self, const char *event, const char *channel)
{
  GPtrArray *received = get_peer (self)->received;

  for (guint i = received->len; i > 0; i--)
    if (matches (g_ptr_array_index (received, i - 1), event, channel))
      return g_ptr_array_index (received, i - 1);
  return NULL;
}

guint
scripted_server_count_text (ScriptedServer *self, const char *text)
{
  GPtrArray *received = get_peer (self)->received;
  guint n = 0;

  for (guint i = 0; i < received->len; i++)
    n += g_str_equal (g_ptr_array_index (received, i), text) ? 1 : 0;
  return n;
}

void
scripted_server_set_upgrade (ScriptedServer *self, guint status)
{
  self->upgrade_status = status;
}

guint
scripted_server_get_n_upgrades (ScriptedServer *self)
{
  return self->n_upgrades;
}

const char *
scripted_server_get_upgrade_path (ScriptedServer *self)
{
  return self->upgrade_path;
}

const char *
scripted_server_get_upgrade_header (ScriptedServer *self, const char *name)
{
  return self->upgrade_headers != NULL ? soup_message_headers_get_one (self->upgrade_headers, name) : NULL;
}

const char *
scripted_server_get_origin (ScriptedServer *self)
{
  return self->origin;
}

const char *
scripted_server_get_extensions (ScriptedServer *self)
{
  return self->extensions;
}

void
scripted_server_send (ScriptedServer *self, const char *text)
{
  soup_websocket_connection_send_text (get_peer (self)->socket, text);
}

gboolean
scripted_server_send_to (ScriptedServer *self, guint number, const char *text)
{
  Peer *peer = g_ptr_array_index (self->peers, number);

  if (peer->socket == NULL || soup_websocket_connection_get_state (peer->socket) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;
  soup_websocket_connection_send_text (peer->socket, text);
  return TRUE;
}

void
scripted_server_send_binary (ScriptedServer *self, gconstpointer data, gsize length)
{
  soup_websocket_connection_send_binary (get_peer (self)->socket, data, length);
}

void
scripted_server_send_raw (ScriptedServer *self, gconstpointer data, gsize length)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (get_peer (self)->socket);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), data, length, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
close_peer (Peer *peer, guint code, const char *reason)
{
  soup_websocket_connection_close (peer->socket, (gushort) (code != 0 ? code : SOUP_WEBSOCKET_CLOSE_NO_STATUS), reason);
}

void
scripted_server_close (ScriptedServer *self, guint code, const char *reason)
{
  close_peer (get_peer (self), code, reason);
}

void
scripted_server_close_one (ScriptedServer *self, guint number, guint code, const char *reason)
{
  Peer *peer = g_ptr_array_index (self->peers, number);

  if (peer->socket != NULL && soup_websocket_connection_get_state (peer->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    close_peer (peer, code, reason);
}

void
scripted_server_close_all (ScriptedServer *self, guint code)
{
  for (guint i = 0; i < self->peers->len; i++)
    {
      Peer *peer = g_ptr_array_index (self->peers, i);

      if (!peer->closed)
        soup_websocket_connection_close (peer->socket, (gushort) code, NULL);
    }
}

void
scripted_server_drop (ScriptedServer *self)
{
  drop_peer (get_peer (self));
}

void
scripted_server_drop_one (ScriptedServer *self, guint number)
{
  drop_peer (g_ptr_array_index (self->peers, number));
}

void
scripted_server_drop_all (ScriptedServer *self)
{
  for (guint i = 0; i < self->peers->len; i++)
    drop_peer (g_ptr_array_index (self->peers, i));
}

void
scripted_server_set_auth (ScriptedServer *self, guint status, const char *body)
{
  self->auth_status = status;
  g_free (self->auth_body);
  self->auth_body = g_strdup (body);
}

guint
scripted_server_get_n_requests (ScriptedServer *self)
{
  return self->n_requests;
}

const char *
scripted_server_get_request_body (ScriptedServer *self)
{
  return self->request_body;
}

const char *
scripted_server_get_request_path (ScriptedServer *self)
{
  return self->request_path;
}

const char *
scripted_server_get_request_header (ScriptedServer *self, const char *name)
{
  return self->request_headers != NULL ? soup_message_headers_get_one (self->request_headers, name) : NULL;
}
