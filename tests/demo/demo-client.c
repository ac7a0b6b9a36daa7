/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-client.h"

#include "rd-demo-json.h"
#include "rd-test.h"

#include <string.h>

/* The other end of the demo's servers, as simple as it can be. */

static void
on_message (SoupWebsocketConnection *connection, int type, GBytes *message, gpointer user_data)
{
  DemoClient *self = user_data;
  JsonNode *node = rd_demo_json_parse (g_bytes_get_data (message, NULL), g_bytes_get_size (message));

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_assert_nonnull (node);
  g_ptr_array_add (self->frames, node);
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer user_data)
{
  DemoClient *self = user_data;

  self->closed = TRUE;
}

DemoClient *
demo_client_new (guint port, const char *key, gboolean greeted)
{
  DemoClient *self = g_new0 (DemoClient, 1);
  g_autofree char *url =
      g_strdup_printf ("ws://127.0.0.1:%u/app/%s?protocol=7&client=test&version=1.0.0", port, key);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  self->session = soup_session_new ();
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        rd_test_store_result, &result);
  rd_test_await (result != NULL);
  self->connection = soup_session_websocket_connect_finish (self->session, result, &error);
  g_assert_no_error (error);
  /* the client lives as long as the connection: demo_client_free() disconnects */
  g_signal_connect (self->connection, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed), self);
  if (greeted)
    {
      g_autoptr (JsonNode) data = demo_frame_data (demo_client_expect (self, "pusher:connection_established"));

      self->socket_id = g_strdup (rd_demo_json_get_string (json_node_get_object (data), "socket_id"));
      g_assert_nonnull (self->socket_id);
      g_assert_cmpint (rd_demo_json_get_id (json_node_get_object (data), "activity_timeout"), ==, 30);
    }
  return self;
}

void
demo_client_free (DemoClient *self)
{
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, 1000, NULL);
  rd_test_await (self->closed);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_object_unref (self->connection);
  g_object_unref (self->session);
  g_ptr_array_unref (self->frames);
  g_free (self->socket_id);
  g_free (self);
}

void
demo_client_send (DemoClient *self, const char *text)
{
  soup_websocket_connection_send_text (self->connection, text);
}

void
demo_client_subscribe (DemoClient *self, const char *channel, const char *auth, const char *channel_data)
{
  JsonObject *frame = json_object_new ();
  JsonObject *data = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (data, "channel", channel);
  if (auth != NULL)
    json_object_set_string_member (data, "auth", auth);
  if (channel_data != NULL)
    json_object_set_string_member (data, "channel_data", channel_data);
  json_object_set_string_member (frame, "event", "pusher:subscribe");
  json_object_set_object_member (frame, "data", data);
  text = rd_demo_json_take_text (frame);
  demo_client_send (self, text);
}

JsonNode *
demo_client_take (DemoClient *self)
{
  rd_test_await (self->frames->len > 0);
  return g_ptr_array_steal_index (self->frames, 0);
}

JsonObject *
demo_client_expect (DemoClient *self, const char *event)
{
  g_autoptr (JsonNode) node = demo_client_take (self);
  JsonObject *frame = json_node_get_object (node);

  g_assert_cmpstr (rd_demo_json_get_string (frame, "event"), ==, event);
  return json_object_ref (frame);
}

void
demo_client_expect_silence (DemoClient *self)
{
  g_autoptr (JsonObject) pong = NULL;

  demo_client_send (self, "{\"event\":\"pusher:ping\",\"data\":{}}");
  pong = demo_client_expect (self, "pusher:pong");
  g_assert_nonnull (pong);
}

JsonNode *
demo_frame_data (JsonObject *frame)
{
  g_autoptr (JsonObject) owned = frame;
  const char *text = rd_demo_json_get_string (owned, "data");
  JsonNode *data;

  g_assert_nonnull (text);
  data = rd_demo_json_parse (text, strlen (text));
  g_assert_nonnull (data);
  return data;
}

JsonNode *
demo_request (const char *method, const char *url, const char *token, const char *type, const char *body,
              guint *status)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (token != NULL)
    {
      g_autofree char *header = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", header);
    }
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, type, bytes);
    }
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  *status = soup_message_get_status (message);
  return rd_demo_json_parse (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply));
}
