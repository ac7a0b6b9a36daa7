/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "channels-version.h"

G_BEGIN_DECLS

/**
 * ChannelsPlainRules:
 * @channel: the name under which the line's events appear, as if it were a channel
 * @hello: (nullable): the event that says that the line stands; %NULL: it stands as soon as the socket is open
 * @ping: (nullable): the text that is sent every @interval seconds; %NULL: WebSocket pings, when the line is silent
 * @interval: seconds; 0: the client's [property@Channels.Client:activity-timeout]
 * @pong: (nullable): the event that answers @ping, which nobody else is to see. Any frame shows that the line lives.
 *
 * What is always the same on a plain line. Fields that are not named here must be zero.
 *
 * Since: 1.0
 */
typedef struct
{
  const char *channel;
  const char *hello;
  const char *ping;
  guint interval;
  const char *pong;

  /*< private >*/
  gpointer padding[4];
} ChannelsPlainRules;

#define CHANNELS_TYPE_PLAIN_HANDSHAKE (channels_plain_handshake_get_type ())

/**
 * ChannelsPlainHandshake:
 * @path: the absolute path to ask for, with its query if any, percent-encoded
 * @headers: (nullable) (element-type utf8 utf8): what the request carries besides
 *
 * What opens a plain line, this time. Only [ctor@Channels.PlainHandshake.new] makes one: fields may be added at its
 * end.
 *
 * Since: 1.0
 */
typedef struct
{
  char *path;
  GHashTable *headers;
} ChannelsPlainHandshake;

CHANNELS_AVAILABLE_IN_1_0
GType channels_plain_handshake_get_type (void);

/**
 * channels_plain_handshake_new:
 * @path: the absolute path to ask for, with its query if any, percent-encoded
 * @headers: (nullable) (element-type utf8 utf8): what the request carries besides, by name
 *
 * What opens a plain line.
 *
 * Returns: (transfer full): a new handshake
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsPlainHandshake *channels_plain_handshake_new (const char *path,
                                                      GHashTable *headers) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_plain_handshake_copy:
 * @self: a handshake
 *
 * A handshake like @self.
 *
 * Returns: (transfer full): a new handshake
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
ChannelsPlainHandshake *channels_plain_handshake_copy (const ChannelsPlainHandshake *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * channels_plain_handshake_free: (skip)
 * @self: (transfer full) (nullable): a handshake
 *
 * Frees @self.
 *
 * Since: 1.0
 */
CHANNELS_AVAILABLE_IN_1_0
void channels_plain_handshake_free (ChannelsPlainHandshake *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsPlainHandshake, channels_plain_handshake_free)

#define CHANNELS_TYPE_PLAIN (channels_plain_get_type ())
CHANNELS_AVAILABLE_IN_1_0
G_DECLARE_INTERFACE (ChannelsPlain, channels_plain, CHANNELS, PLAIN, GObject)

/**
 * ChannelsPlain:
 *
 * How a server talks that is no Channels server but a WebSocket of an application's own: JSON objects in text frames,
 * each of which names its event.
 *
 * A [class@Channels.Client] of [ctor@Channels.Client.new_plain] keeps such a line up as it does any other; it has one
 * channel, subscribed as long as the line stands, and channels_client_subscribe() takes no other name. Nothing is sent
 * but pings.
 *
 * The server shows that it will not have the line by HTTP 401 or 403 in place of the upgrade, or by closing with 3000,
 * 3003, 4401 or 4403: then [vfunc@Channels.Plain.refused] is called, the line is tried once more, and failed
 * (%CHANNELS_ERROR_UNAUTHORIZED) if that is refused, too.
 *
 * Since: 1.0
 */

/**
 * ChannelsPlainInterface:
 * @get_rules: what is always the same, for the object's whole life
 * @prepare_async: asked before each try, within the client's [property@Channels.Client:authorize-timeout].
 *   %CHANNELS_ERROR_UNAUTHORIZED: refused for good until credentials change; any other error is one try's.
 * @prepare_finish: its answer
 * @read: reads a frame, an object
 * @refused: (nullable): the server refused what the last handshake carried
 *
 * What a plain line does.
 *
 * Since: 1.0
 */
struct _ChannelsPlainInterface
{
  GTypeInterface parent_iface;

  /**
   * ChannelsPlainInterface::get_rules:
   * @self: a plain line
   *
   * What is always the same on the line.
   *
   * Returns: (transfer none): rules that stay as they are as long as @self is there
   *
   * Since: 1.0
   */
  const ChannelsPlainRules *(*get_rules)      (ChannelsPlain        *self);
  /**
   * ChannelsPlainInterface::prepare_async:
   * @self: a plain line
   * @cancellable: (nullable): gives it up
   * @callback: (scope async): called when it is known
   * @user_data: passed to @callback
   *
   * Finds out with what to open the line this time, e.g. a fresh token.
   *
   * Since: 1.0
   */
  void                      (*prepare_async)  (ChannelsPlain        *self,
                                               GCancellable         *cancellable,
                                               GAsyncReadyCallback   callback,
                                               gpointer              user_data);
  /**
   * ChannelsPlainInterface::prepare_finish:
   * @self: a plain line
   * @result: what the callback was given
   * @error: return location for an error
   *
   * Ends what [vfunc@Channels.Plain.prepare_async] began.
   *
   * Returns: (transfer full): what opens the line, or %NULL with @error set
   *
   * Since: 1.0
   */
  ChannelsPlainHandshake   *(*prepare_finish) (ChannelsPlain        *self,
                                               GAsyncResult         *result,
                                               GError              **error);
  /**
   * ChannelsPlainInterface::read:
   * @self: a plain line
   * @frame: an object
   * @event: (out) (transfer full): its event's name
   * @data: (out) (optional) (nullable) (transfer none): what it carries, a part of @frame
   *
   * Reads a frame.
   *
   * Returns: %FALSE if it names no event
   *
   * Since: 1.0
   */
  gboolean                  (*read)           (ChannelsPlain        *self,
                                               JsonNode             *frame,
                                               char                **event,
                                               JsonNode            **data);
  /**
   * ChannelsPlainInterface::refused:
   * @self: a plain line
   *
   * The server refused what the last handshake carried: the next one is to have something fresh.
   *
   * Since: 1.0
   */
  void                      (*refused)        (ChannelsPlain        *self);
};

G_END_DECLS
