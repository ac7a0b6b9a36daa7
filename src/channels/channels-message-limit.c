/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-message-limit-private.h"

/* Bounds what a server can make this side keep. libsoup bounds a frame, but (before 3.8) neither the message that it
 * puts together from fragments nor the pongs that wait for a server that does not read. The one place where libsoup
 * shows every frame is a WebSocket extension; so this is one, which changes nothing, is never offered to the server,
 * and is agreed on without it. That also keeps out whatever extension a server may come up with by itself: none is
 * wanted, and a compressed frame could unpack to a thousand times its size. */

#define NAME "x-channels-limit"
#define HEADER "Sec-WebSocket-Extensions"
#define FIN 0x80
#define OPCODE 0x0f
#define CONTROL 0x08
#define PING 0x09
#define MAX_PINGS 100 /* a second */

struct _ChannelsMessageLimit
{
  SoupWebsocketExtension parent_instance;

  gsize message; /* bytes of the message under way */
  guint pings;
  gint64 pings_since; /* monotonic, µs */
};

G_DEFINE_FINAL_TYPE (ChannelsMessageLimit, channels_message_limit, SOUP_TYPE_WEBSOCKET_EXTENSION)

static gboolean
take_ping (ChannelsMessageLimit *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->pings_since >= G_USEC_PER_SEC)
    {
      self->pings_since = now;
      self->pings = 0;
    }
  return ++self->pings <= MAX_PINGS;
}

static gboolean
take_part (ChannelsMessageLimit *self, gsize length, gboolean last)
{
  if (length > CHANNELS_MAX_MESSAGE - self->message)
    return FALSE;
  self->message = last ? 0 : self->message + length;
  return TRUE;
}

static void
on_starting (SoupMessage *message, gpointer user_data)
{
  soup_message_headers_remove (soup_message_get_request_headers (message), HEADER);
}

static void
on_got_informational (SoupMessage *message, gpointer user_data)
{
  if (soup_message_get_status (message) == SOUP_STATUS_SWITCHING_PROTOCOLS)
    soup_message_headers_replace (soup_message_get_response_headers (message), HEADER, NAME);
}

/* SoupWebsocketExtension */

static gboolean
channels_message_limit_configure (SoupWebsocketExtension *extension, SoupWebsocketConnectionType type,
                                  GHashTable *params, GError **error)
{
  return TRUE;
}

static GBytes *
channels_message_limit_process_incoming_message (SoupWebsocketExtension *extension, guint8 *header, GBytes *payload,
                                                 GError **error)
{
  ChannelsMessageLimit *self = CHANNELS_MESSAGE_LIMIT (extension);
  guint8 opcode = header[0] & OPCODE;
  gboolean taken;

  if (opcode == PING)
    taken = take_ping (self);
  else if (opcode & CONTROL)
    taken = TRUE;
  else
    taken = take_part (self, g_bytes_get_size (payload), (header[0] & FIN) != 0);
  if (taken)
    return payload;

  g_bytes_unref (payload);
  if (opcode == PING)
    g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "A flood of pings");
  else
    g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG, "A message without an end");
  return NULL;
}

static GBytes *
channels_message_limit_process_outgoing_message (SoupWebsocketExtension *extension, guint8 *header, GBytes *payload,
                                                 GError **error)
{
  return payload;
}

/* GObject */

static void
channels_message_limit_class_init (ChannelsMessageLimitClass *klass)
{
  SoupWebsocketExtensionClass *extension_class = SOUP_WEBSOCKET_EXTENSION_CLASS (klass);

  extension_class->name = NAME;
  extension_class->configure = channels_message_limit_configure;
  extension_class->process_incoming_message = channels_message_limit_process_incoming_message;
  extension_class->process_outgoing_message = channels_message_limit_process_outgoing_message;
}

static void
channels_message_limit_init (ChannelsMessageLimit *self)
{
}

void
channels_message_limit_prepare (SoupSession *session)
{
  if (!soup_session_has_feature (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER))
    soup_session_add_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  if (!soup_session_has_feature (session, CHANNELS_TYPE_MESSAGE_LIMIT))
    soup_session_add_feature_by_type (session, CHANNELS_TYPE_MESSAGE_LIMIT);
}

void
channels_message_limit_apply (SoupMessage *message)
{
  /* Bare connections: there is no object to wait for, and libsoup's own handler comes after these. */
  g_signal_connect (message, "starting", G_CALLBACK (on_starting), NULL);
  g_signal_connect (message, "got-informational", G_CALLBACK (on_got_informational), NULL);
}
