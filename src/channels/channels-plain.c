/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-plain-private.h"

#include <string.h>

#include "channels-json-private.h"

/* What makes an application's own WebSocket look like a Channels server to the rest of the library. */

#define MAX_EVENT 200 /* bytes */
#define SOCKET_ID "plain"

/* RFC 6455 leaves 4000–4999 to each application; these alone mean the same everywhere. */
static const ChannelsCloseRule rules[] = {
  { 3000, 3000, CHANNELS_RETRY_FRESH, CHANNELS_ERROR_UNAUTHORIZED, "the connection is not authorised" },
  { 3003, 3003, CHANNELS_RETRY_FRESH, CHANNELS_ERROR_UNAUTHORIZED, "the connection is not allowed" },
  { 4401, 4401, CHANNELS_RETRY_FRESH, CHANNELS_ERROR_UNAUTHORIZED, "the connection is not authorised" },
  { 4403, 4403, CHANNELS_RETRY_FRESH, CHANNELS_ERROR_UNAUTHORIZED, "the connection is not allowed" },
};

static const ChannelsCloseRule refused = { 0, 0, CHANNELS_RETRY_FRESH, CHANNELS_ERROR_UNAUTHORIZED, NULL };
static const ChannelsCloseRule unprepared = { 0, 0, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_UNAUTHORIZED, NULL };
static const ChannelsCloseRule invalid = { 0, 0, CHANNELS_RETRY_NEVER, CHANNELS_ERROR_INVALID, NULL };
static const ChannelsCloseRule unexpected = { 0, 0, CHANNELS_RETRY_BACKOFF, CHANNELS_ERROR_CLOSED, NULL };

G_DEFINE_INTERFACE (ChannelsPlain, channels_plain, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (ChannelsPlainHandshake, channels_plain_handshake, channels_plain_handshake_copy,
                     channels_plain_handshake_free)

static void
channels_plain_default_init (ChannelsPlainInterface *iface)
{
}

static gboolean
malformed (GError **error, const char *what)
{
  g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Malformed frame: %s", what);
  return FALSE;
}

static ChannelsFrameKind
kind_of (const ChannelsPlainRules *plain, const char *event)
{
  if (plain->hello != NULL && strcmp (event, plain->hello) == 0)
    return CHANNELS_FRAME_ESTABLISHED;
  if (plain->pong != NULL && strcmp (event, plain->pong) == 0)
    return CHANNELS_FRAME_PONG;
  return CHANNELS_FRAME_EVENT;
}

static gboolean
read_root (ChannelsPlain *self, ChannelsFrame *frame, GError **error)
{
  const ChannelsPlainRules *plain = channels_plain_get_rules (self);
  g_autofree char *event = NULL;
  JsonNode *data = NULL;

  if (channels_json_get_object (frame->root) == NULL)
    return malformed (error, "not an object");
  if (!CHANNELS_PLAIN_GET_IFACE (self)->read (self, frame->root, &event, &data) || event == NULL || *event == '\0'
      || strlen (event) > MAX_EVENT)
    return malformed (error, "no event name");
  frame->kind = kind_of (plain, event);
  frame->event = frame->name = g_steal_pointer (&event);
  frame->socket_id = SOCKET_ID;
  frame->channel = plain->channel;
  frame->data = channels_json_dup_data (data);
  return TRUE;
}

ChannelsPlainHandshake *
channels_plain_handshake_new (const char *path, GHashTable *headers)
{
  ChannelsPlainHandshake *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (ChannelsPlainHandshake, 1);
  self->path = g_strdup (path);
  self->headers = headers != NULL ? g_hash_table_ref (headers) : NULL;
  return self;
}

ChannelsPlainHandshake *
channels_plain_handshake_copy (const ChannelsPlainHandshake *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return channels_plain_handshake_new (self->path, self->headers);
}

void
channels_plain_handshake_free (ChannelsPlainHandshake *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->headers, g_hash_table_unref);
  g_free (self->path);
  g_free (self);
}

const ChannelsPlainRules *
channels_plain_get_rules (ChannelsPlain *self)
{
  return CHANNELS_PLAIN_GET_IFACE (self)->get_rules (self);
}

void
channels_plain_prepare_async (ChannelsPlain *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  CHANNELS_PLAIN_GET_IFACE (self)->prepare_async (self, cancellable, callback, user_data);
}

ChannelsPlainHandshake *
channels_plain_prepare_finish (ChannelsPlain *self, GAsyncResult *result, GError **error)
{
  GError *reason = NULL;
  g_autoptr (ChannelsPlainHandshake) handshake =
      CHANNELS_PLAIN_GET_IFACE (self)->prepare_finish (self, result, &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  if (handshake == NULL)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "There is nothing to open the line with");
      return NULL;
    }
  if (handshake->path == NULL || *handshake->path != '/')
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not a path");
      return NULL;
    }
  return g_steal_pointer (&handshake);
}

gboolean
channels_plain_parse (ChannelsPlain *self, ChannelsFrame *frame, const char *text, gssize length, GError **error)
{
  memset (frame, 0, sizeof *frame);
  frame->root = channels_json_parse (text, length, error);
  if (frame->root != NULL && read_root (self, frame, error))
    return TRUE;
  channels_frame_clear (frame);
  return FALSE;
}

const ChannelsCloseRule *
channels_plain_close_rule_for (const GError *error, int code, gboolean asked)
{
  if (g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID))
    return &invalid;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (code == rules[i].first)
      return &rules[i];
  if (g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED))
    return asked ? &refused : &unprepared;
  return &unexpected;
}

void
channels_plain_refused (ChannelsPlain *self)
{
  if (CHANNELS_PLAIN_GET_IFACE (self)->refused != NULL)
    CHANNELS_PLAIN_GET_IFACE (self)->refused (self);
}
