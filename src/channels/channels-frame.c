/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-frame-private.h"

#include <string.h>

#include "channels-error.h"
#include "channels-json-private.h"
#include "channels-name-private.h"

/* Turns one text frame into a typed struct, and back. Everything servers are known to do differently
 * (protocol.md, "Server differences to tolerate") is evened out here; the rest of the library sees one shape. */

#define MAX_MESSAGE 200    /* characters */
#define MAX_WORD 40        /* a longer word in an error message is a signature or a token */
#define MAX_SOCKET_ID 128  /* bytes */
#define MAX_ACTIVITY 86400 /* s */
#define PROTOCOL_PREFIX "pusher"
#define SERVER_CHANNEL '#'
#define UNAUTHORIZED 401
/* What some servers say only in words. */
#define ALREADY_SUBSCRIBED "Existing subscription to "
#define CHANNEL "channel "
#define BUT_GOT ", but got "
#define BAD_SIGNATURE "Invalid signature: Expected HMAC SHA256 hex digest of "

static const struct
{
  const char *event;
  ChannelsFrameKind kind;
} kinds[] = {
  { "pusher:ping", CHANNELS_FRAME_PING },
  { "pusher:pong", CHANNELS_FRAME_PONG },
  { "pusher:error", CHANNELS_FRAME_ERROR },
  { "pusher:connection_established", CHANNELS_FRAME_ESTABLISHED },
  { "pusher:subscription_error", CHANNELS_FRAME_SUBSCRIPTION_ERROR },
  { "pusher_internal:subscription_error", CHANNELS_FRAME_SUBSCRIPTION_ERROR }, /* pusher-fake's */
  { "pusher_internal:subscription_succeeded", CHANNELS_FRAME_SUBSCRIBED },
  { "pusher_internal:member_added", CHANNELS_FRAME_MEMBER_ADDED },
  { "pusher_internal:member_removed", CHANNELS_FRAME_MEMBER_REMOVED },
  { "pusher:signin_success", CHANNELS_FRAME_SIGNED_IN },
  { "pusher_internal:watchlist_events", CHANNELS_FRAME_WATCHLIST },
};

static ChannelsFrameKind
kind_of (const char *event)
{
  if (g_str_has_prefix (event, PROTOCOL_PREFIX))
    for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
      if (strcmp (kinds[i].event, event) == 0)
        return kinds[i].kind;
  return CHANNELS_FRAME_EVENT;
}

static gboolean
malformed (GError **error, const char *event, const char *what)
{
  g_autofree char *name = event != NULL ? channels_frame_clean_message (event) : NULL;

  g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED, "Malformed frame%s%s: %s", name != NULL ? " " : "",
               name != NULL ? name : "", what);
  return FALSE;
}

/* Reads the optional string member @name into @value; FALSE if it is something else. */
static gboolean
read_optional_string (JsonObject *object, const char *name, const char **value)
{
  JsonNode *node = json_object_get_member (object, name);

  *value = channels_json_get_string (object, name);
  return *value != NULL || node == NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
read_established (ChannelsFrame *self, GError **error)
{
  JsonObject *data = channels_json_get_object (self->data);
  gint64 timeout = channels_json_get_int (data, "activity_timeout", 0);

  if (data != NULL && json_object_has_member (data, "socket_id"))
    self->name = channels_json_dup_id (json_object_get_member (data, "socket_id"));
  self->socket_id = self->name;
  if (self->socket_id == NULL || self->socket_id[0] == '\0' || strlen (self->socket_id) > MAX_SOCKET_ID)
    return malformed (error, self->event, "no socket_id");
  self->activity_timeout = timeout > 0 && timeout <= MAX_ACTIVITY ? (guint) timeout : 0;
  return TRUE;
}

/* The cloud and slanger say that a channel is subscribed already with an error. It is what was wanted. */
static gboolean
read_existing (ChannelsFrame *self, const char *message)
{
  if (!g_str_has_prefix (message, ALREADY_SUBSCRIBED))
    return FALSE;
  message += strlen (ALREADY_SUBSCRIBED);
  if (g_str_has_prefix (message, CHANNEL))
    message += strlen (CHANNEL);
  if (!channels_name_is_valid (message))
    return FALSE;
  self->kind = CHANNELS_FRAME_SUBSCRIBED;
  self->channel = message;
  return TRUE;
}

/* The cloud, poxa and slanger refuse a signature with an error that has neither a code nor a channel, but quotes what
 * was to be signed: socket:channel[:data]. */
static void
read_bad_signature (ChannelsFrame *self, const char *message)
{
  g_autofree char *name = NULL;
  const char *channel;

  if (!g_str_has_prefix (message, BAD_SIGNATURE))
    return;
  channel = strchr (message + strlen (BAD_SIGNATURE), ':');
  if (channel == NULL)
    return;
  channel++;
  name = g_strndup (channel, strcspn (channel, ":"));
  if (strstr (name, BUT_GOT) != NULL)
    *strstr (name, BUT_GOT) = '\0';
  if (!channels_name_is_valid (name))
    return;
  self->kind = CHANNELS_FRAME_SUBSCRIPTION_ERROR;
  self->code = UNAUTHORIZED;
  self->channel = self->name = g_steal_pointer (&name);
}

static void
read_error (ChannelsFrame *self, const char *code_member, const char *message_member)
{
  JsonObject *data = channels_json_get_object (self->data);
  const char *message = channels_json_get_string (data, message_member);
  /* soketi before 1.0 had it there in either. */
  gint64 code = channels_json_get_int (data, code_member, channels_json_get_int (data, "code", 0));

  if (message == NULL && json_node_get_value_type (self->data) == G_TYPE_STRING)
    message = json_node_get_string (self->data);
  if (message == NULL)
    message = channels_json_get_string (data, "type");
  self->code = code > 0 && code <= G_MAXUINT16 ? (int) code : 0;
  self->message = message != NULL ? channels_frame_clean_message (message) : NULL;
  if (self->channel == NULL)
    self->channel = channels_json_get_string (data, "channel");
  if (message != NULL && !read_existing (self, message))
    read_bad_signature (self, message);
}

static gboolean
read_member (ChannelsFrame *self, GError **error)
{
  JsonObject *data = channels_json_get_object (self->data);
  JsonNode *info = data != NULL ? json_object_get_member (data, "user_info") : NULL;

  g_clear_pointer (&self->user_id, g_free);
  if (data != NULL && json_object_has_member (data, "user_id"))
    self->user_id = channels_json_dup_id (json_object_get_member (data, "user_id"));
  if (self->user_id == NULL)
    return malformed (error, self->event, "no user_id");
  self->info = info != NULL ? json_node_ref (info) : NULL;
  return TRUE;
}

static gboolean
read_event (ChannelsFrame *self, GError **error)
{
  if (strcmp (self->event, "pusher_internal:subscription_count") == 0 &&
      channels_json_get_int (channels_json_get_object (self->data), "subscription_count", -1) < 0)
    return malformed (error, self->event, "no subscription_count");
  return TRUE;
}

static gboolean
read_kind (ChannelsFrame *self, GError **error)
{
  switch (self->kind)
    {
    case CHANNELS_FRAME_PING:
    case CHANNELS_FRAME_PONG:
    case CHANNELS_FRAME_SIGNED_IN:
    case CHANNELS_FRAME_WATCHLIST:
      return TRUE;
    case CHANNELS_FRAME_ESTABLISHED:
      return read_established (self, error);
    case CHANNELS_FRAME_ERROR:
      read_error (self, "code", "message");
      return TRUE;
    case CHANNELS_FRAME_SUBSCRIPTION_ERROR:
      read_error (self, "status", "error");
      return TRUE;
    case CHANNELS_FRAME_SUBSCRIBED:
      return self->channel != NULL || malformed (error, self->event, "no channel");
    case CHANNELS_FRAME_MEMBER_ADDED:
    case CHANNELS_FRAME_MEMBER_REMOVED:
      return self->channel != NULL ? read_member (self, error) : malformed (error, self->event, "no channel");
    case CHANNELS_FRAME_EVENT:
    default:
      return read_event (self, error);
    }
}

static gboolean
read_root (ChannelsFrame *self, GError **error)
{
  JsonObject *object = channels_json_get_object (self->root);

  if (object == NULL)
    return malformed (error, NULL, "not an object");
  self->event = channels_json_get_string (object, "event");
  if (self->event == NULL || self->event[0] == '\0')
    return malformed (error, NULL, "no event name");
  self->kind = kind_of (self->event);
  if (!read_optional_string (object, "channel", &self->channel))
    return malformed (error, self->event, "the channel is not a string");
  if (json_object_has_member (object, "user_id"))
    self->user_id = channels_json_dup_id (json_object_get_member (object, "user_id"));
  self->text = channels_json_get_string (object, "data");
  self->data = channels_json_dup_data (json_object_get_member (object, "data"));
  return read_kind (self, error);
}

/* Puts @name behind what stands in the frame's own room. */
static char *
keep_name (char **room, ChannelsSlice name)
{
  char *kept = *room;

  memcpy (kept, name.start, name.length);
  kept[name.length] = '\0';
  *room += name.length + 1;
  return kept;
}

/* Whether a glance was enough. What the server itself sends is looked at thoroughly, and of what is encrypted nothing
 * can be put off. */
static gboolean
take_glance (ChannelsFrame *self, const char *text, gsize length)
{
  ChannelsGlance glance;
  char *room = self->names;

  if (!channels_glance (&glance, text, length))
    return FALSE;
  self->kind = CHANNELS_FRAME_EVENT;
  self->event = keep_name (&room, glance.event);
  self->channel = keep_name (&room, glance.channel);
  if (g_str_has_prefix (self->event, PROTOCOL_PREFIX) || *self->channel == SERVER_CHANNEL ||
      channels_name_is_encrypted (self->channel))
    return FALSE;
  if (glance.user_id.length > 0)
    self->user_id = g_strndup (glance.user_id.start, glance.user_id.length);
  self->raw = glance.data;
  return TRUE;
}

static char *
to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

/* A frame with an object as its data, up to the object's first member. */
static JsonBuilder *
begin_message (const char *event)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "event", event);
  json_builder_set_member_name (builder, "data");
  json_builder_begin_object (builder);
  return builder;
}

/* (transfer full) */
static char *
end_message (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return to_text (builder);
}

gboolean
channels_frame_parse (ChannelsFrame *self, const char *text, gssize length, GError **error)
{
  memset (self, 0, G_STRUCT_OFFSET (ChannelsFrame, names));
  self->root = channels_json_parse (text, length, error);
  if (self->root != NULL && read_root (self, error))
    return TRUE;
  channels_frame_clear (self);
  return FALSE;
}

gboolean
channels_frame_read (ChannelsFrame *self, GBytes *message, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  memset (self, 0, G_STRUCT_OFFSET (ChannelsFrame, names));
  self->source = message;
  return (length > 0 && take_glance (self, text, length)) || channels_frame_parse (self, text, (gssize) length, error);
}

void
channels_frame_clear (ChannelsFrame *self)
{
  g_clear_pointer (&self->data, json_node_unref);
  g_clear_pointer (&self->info, json_node_unref);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->root, json_node_unref);
  self->event = self->channel = self->socket_id = self->text = NULL;
  self->source = NULL;
  self->raw = (ChannelsSlice){ NULL, 0 };
}

char *
channels_frame_clean_message (const char *text)
{
  GString *clean = g_string_new (NULL);
  gsize word = 0; /* where the current word starts */
  guint count = 0;

  for (const char *p = text; *p != '\0' && count < MAX_MESSAGE; p = g_utf8_next_char (p), count++)
    {
      gunichar c = g_utf8_get_char (p);
      gboolean ends_word = !g_unichar_isalnum (c) && strchr ("-_.+/=:", (int) (c < 128 ? c : ' ')) == NULL;

      g_string_append_unichar (clean, g_unichar_isprint (c) ? c : ' ');
      if (ends_word)
        word = clean->len;
      else if (clean->len - word > MAX_WORD)
        {
          g_string_truncate (clean, word);
          g_string_append (clean, "…");
          while (p[1] != '\0' && !g_ascii_isspace (p[1]) && strchr ("\"',;)", p[1]) == NULL)
            p++;
          word = clean->len;
        }
    }
  return g_string_free (clean, FALSE);
}

char *
channels_frame_subscribe (const char *channel, const char *auth, const char *channel_data)
{
  g_autoptr (JsonBuilder) builder = begin_message ("pusher:subscribe");

  add_string (builder, "channel", channel);
  if (auth != NULL)
    add_string (builder, "auth", auth);
  if (channel_data != NULL)
    add_string (builder, "channel_data", channel_data);
  return end_message (builder);
}

char *
channels_frame_unsubscribe (const char *channel)
{
  g_autoptr (JsonBuilder) builder = begin_message ("pusher:unsubscribe");

  add_string (builder, "channel", channel);
  return end_message (builder);
}

char *
channels_frame_sign_in (const char *auth, const char *user_data)
{
  g_autoptr (JsonBuilder) builder = begin_message ("pusher:signin");

  add_string (builder, "auth", auth);
  add_string (builder, "user_data", user_data);
  return end_message (builder);
}

char *
channels_frame_client_event (const char *channel, const char *event, JsonNode *data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "event", event);
  add_string (builder, "channel", channel);
  json_builder_set_member_name (builder, "data");
  if (data != NULL)
    json_builder_add_value (builder, json_node_copy (data));
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  return to_text (builder);
}
