/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ChannelsPlainRules:
 * @channel: the name under which the line's events appear, as if it were a channel
 * @hello: (nullable): the event that says that the line stands; %NULL: it stands as soon as the socket is open
 * @ping: (nullable): the text that is sent every @interval seconds; %NULL: WebSocket pings, when the line is silent
 * @interval: s; 0: the client's `activity-timeout`
 * @pong: (nullable): the event that answers @ping, which nobody else is to see. Any frame shows that the line lives.
 */
typedef struct
{
  const char *channel;
  const char *hello;
  const char *ping;
  guint interval;
  const char *pong;
} ChannelsPlainRules;

/**
 * ChannelsPlainHandshake:
 * @path: the absolute path to ask for, with its query if any, percent-encoded
 * @headers: (nullable) (element-type utf8 utf8): what the request carries besides
 */
typedef struct
{
  char *path;
  GHashTable *headers;
} ChannelsPlainHandshake;

ChannelsPlainHandshake *channels_plain_handshake_new  (const char *path,
                                                       GHashTable *headers) G_GNUC_WARN_UNUSED_RESULT;
void                    channels_plain_handshake_free (ChannelsPlainHandshake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsPlainHandshake, channels_plain_handshake_free)

#define CHANNELS_TYPE_PLAIN (channels_plain_get_type ())
G_DECLARE_INTERFACE (ChannelsPlain, channels_plain, CHANNELS, PLAIN, GObject)

/**
 * ChannelsPlain:
 *
 * How a server talks that is no Channels server but a WebSocket of an application's own: JSON objects in text frames,
 * each of which names its event. A ChannelsClient with the construct property `plain` keeps such a line up as it does
 * any
 * other; it has one channel, subscribed as long as the line stands, and channels_client_subscribe() takes no other
 * name.
 * Nothing is sent but pings.
 *
 * The server shows that it will not have the line by HTTP 401 or 403 in place of the upgrade, or by closing with 3000,
 * 3003, 4401 or 4403: then refused() is called, the line is tried once more, and failed (CHANNELS_ERROR_UNAUTHORIZED)
 * if
 * that is refused, too.
 */
struct _ChannelsPlainInterface
{
  GTypeInterface parent_iface;

  /* (transfer none): the same for its whole life */
  const ChannelsPlainRules *(*get_rules)      (ChannelsPlain        *self);
  /* Before each try. CHANNELS_ERROR_UNAUTHORIZED: refused for good until credentials change; any other error is one
   * try's. The client has a deadline for it. */
  void                      (*prepare_async)  (ChannelsPlain        *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
  ChannelsPlainHandshake   *(*prepare_finish) (ChannelsPlain        *self,
                                               GAsyncResult         *result,
                                               GError              **error);
  /* Reads a frame, an object: its event's name, and its data (nullable) (transfer none). %FALSE: it names no event. */
  gboolean                  (*read)           (ChannelsPlain        *self,
                                               JsonNode             *frame,
                                               char                **event,
                                               JsonNode            **data);
  /* (nullable): the server refused what the last handshake carried */
  void                      (*refused)        (ChannelsPlain        *self);
};

G_END_DECLS
