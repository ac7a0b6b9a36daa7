/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-crm-private.h"

#include "rd-demo-json.h"
#include "rd-demo-socket.h"

#include <string.h>

/* The CRM's own WebSocket for calls (backends.md, 1.4): no channels, one address per user, and a token in the
 * handshake. */

#define LINE_PATH "/ws/video-call/"
#define USER_KEY "rd-demo-user"
#define MAX_SOCKETS 100

static void
send_object (RdDemoSocket *socket, JsonObject *object)
{
  g_autofree char *text = rd_demo_json_take_text (object);

  rd_demo_socket_send (socket, text);
}

/* The address names the user: "/ws/video-call/7/" */
static gint64
read_user (const char *path)
{
  const char *start = path + strlen (LINE_PATH);
  g_autofree char *digits = g_strndup (start, strcspn (start, "/"));
  guint64 user = 0;

  if (!g_str_has_suffix (path, "/"))
    return 0;
  g_ascii_string_to_unsigned (digits, 10, 1, G_MAXINT64, &user, NULL);
  return (gint64) user;
}

static void
on_frame (RdDemoSocket *socket, const char *text, gpointer user_data)
{
  g_autoptr (JsonNode) node = rd_demo_json_parse (text, strlen (text));
  JsonObject *frame = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *timestamp = frame != NULL ? json_object_get_member (frame, "timestamp") : NULL;
  JsonObject *reply;

  if (frame == NULL || g_strcmp0 (rd_demo_json_get_string (frame, "type"), "ping") != 0)
    return;
  reply = json_object_new ();
  json_object_set_string_member (reply, "type", "pong");
  json_object_set_member (reply, "timestamp",
                          timestamp != NULL ? json_node_copy (timestamp) : json_node_new (JSON_NODE_NULL));
  send_object (socket, reply);
}

static void
on_closed (RdDemoSocket *socket, gpointer user_data)
{
  g_ptr_array_remove (rd_demo_crm_get_sockets (user_data), socket);
  rd_demo_crm_emit_changed (user_data);
}

static void
on_websocket (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *connection,
              gpointer user_data)
{
  RdDemoCrm *self = RD_DEMO_CRM (user_data);
  GPtrArray *sockets = rd_demo_crm_get_sockets (self);
  g_autoptr (RdDemoSocket) socket = rd_demo_socket_new (connection, soup_server_message_get_socket (message));
  gint64 user = rd_demo_site_find_user (rd_demo_crm_get_site (self), message);
  JsonObject *hello;

  g_object_set_data_full (G_OBJECT (socket), USER_KEY, g_memdup2 (&user, sizeof user), g_free);
  g_ptr_array_add (sockets, g_object_ref (socket));
  g_signal_connect_object (socket, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (socket, "closed", G_CALLBACK (on_closed), self, 0);
  /* somebody else's line, or one too many */
  if (read_user (path) != user || sockets->len > MAX_SOCKETS)
    {
      rd_demo_socket_close (socket, 4003);
      return;
    }
  hello = json_object_new ();
  json_object_set_string_member (hello, "type", "connection_established");
  json_object_set_string_member (hello, "message", "Connected to video call notifications");
  json_object_set_int_member (hello, "user_id", user);
  send_object (socket, hello);
  rd_demo_crm_emit_changed (self);
}

void
rd_demo_crm_install_line (RdDemoCrm *self)
{
  rd_demo_site_set_websocket (rd_demo_crm_get_site (self), LINE_PATH, TRUE, on_websocket, self);
}

void
rd_demo_crm_tell_line (RdDemoCrm *self, gint64 user, const char *event, JsonObject *data)
{
  GPtrArray *sockets = rd_demo_crm_get_sockets (self);

  for (guint i = 0; i < sockets->len; i++)
    {
      RdDemoSocket *socket = g_ptr_array_index (sockets, i);
      const gint64 *whose = g_object_get_data (G_OBJECT (socket), USER_KEY);
      JsonObject *frame;

      if (*whose != user)
        continue;
      frame = json_object_new ();
      json_object_set_string_member (frame, "event", event);
      json_object_set_object_member (frame, "data", json_object_ref (data));
      send_object (socket, frame);
    }
}

void
rd_demo_crm_drop_line (RdDemoCrm *self)
{
  g_autoptr (GPtrArray) sockets = NULL;

  g_return_if_fail (RD_IS_DEMO_CRM (self));

  /* a socket that drops leaves the array */
  sockets = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rd_demo_crm_get_sockets (self)->len; i++)
    g_ptr_array_add (sockets, g_object_ref (g_ptr_array_index (rd_demo_crm_get_sockets (self), i)));
  for (guint i = 0; i < sockets->len; i++)
    rd_demo_socket_drop (g_ptr_array_index (sockets, i));
}

guint
rd_demo_crm_count_line (RdDemoCrm *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CRM (self), 0);

  return rd_demo_crm_get_sockets (self)->len;
}
