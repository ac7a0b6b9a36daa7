/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-event-private.h"

#include <string.h>

#include "channels-json-find-private.h"
#include "channels-json-private.h"
#include "channels-json-reader-private.h"

/* An event in one block of memory, its names behind it. Its data may still stand in the message that brought it, which
 * is kept for that long: what nobody asks for is neither copied nor read. Whoever asks first, in whatever thread,
 * leaves what was found for the others. */

struct _ChannelsEvent
{
  const char *channel;
  const char *name;
  const char *user_id; /* (nullable) */
  GBytes *source;      /* (nullable): where @raw stands */
  ChannelsSlice raw;   /* none: there is no data, or it is @node */
  JsonNode *node;      /* (nullable): atomic; the data, once it was read */
  char *text;          /* (nullable): atomic; the same as text */
  char names[];
};

G_DEFINE_BOXED_TYPE (ChannelsEvent, channels_event, channels_event_ref, channels_event_unref)

/* Puts @name into the event's room, and moves @room behind it. */
static const char *
keep_name (char **room, const char *name, gsize size)
{
  char *kept = *room;

  memcpy (kept, name, size);
  *room += size;
  return kept;
}

static ChannelsEvent *
create (const char *channel, const char *name, const char *user_id)
{
  const gsize channel_size = strlen (channel) + 1;
  const gsize name_size = strlen (name) + 1;
  const gsize user_id_size = user_id != NULL ? strlen (user_id) + 1 : 0;
  ChannelsEvent *self;
  char *room;

  self = g_atomic_rc_box_alloc (sizeof (ChannelsEvent) + channel_size + name_size + user_id_size);
  memset (self, 0, sizeof (ChannelsEvent));
  room = self->names;
  self->channel = keep_name (&room, channel, channel_size);
  self->name = keep_name (&room, name, name_size);
  if (user_id != NULL)
    self->user_id = keep_name (&room, user_id, user_id_size);
  return self;
}

static void
event_clear (gpointer data)
{
  ChannelsEvent *self = data;

  g_clear_pointer (&self->source, g_bytes_unref);
  g_clear_pointer (&self->node, json_node_unref);
  g_clear_pointer (&self->text, g_free);
}

/* (transfer full) */
static char *
read_text (ChannelsEvent *self)
{
  char *text;

  if (self->raw.start == NULL)
    return json_to_string (channels_event_get_data (self), FALSE);
  text = g_malloc (self->raw.length + 1);
  channels_json_unescape (self->raw, text);
  return text;
}

/* (nullable) (transfer full): the document that stands in the message, if it is a usual one; the message is UTF-8 */
static JsonNode *
read_document (ChannelsEvent *self)
{
  g_autofree char *text = g_malloc (self->raw.length + 1);
  const gsize length = channels_json_unescape (self->raw, text);

  return channels_json_read_in_place (text, length);
}

/* (transfer full) */
static JsonNode *
read_data (ChannelsEvent *self)
{
  JsonNode *document = NULL;

  if (g_atomic_pointer_get (&self->text) == NULL)
    {
      if (self->raw.start == NULL)
        return json_node_new (JSON_NODE_NULL);
      document = read_document (self);
    }
  return document != NULL ? document : channels_json_read_data (channels_event_get_text (self));
}

gboolean
channels_event_is_heard (gpointer instance, guint id, GQuark detail)
{
  return g_signal_has_handler_pending (instance, id, 0, TRUE) ||
         (detail != 0 && g_signal_has_handler_pending (instance, id, detail, TRUE));
}

ChannelsEvent *
channels_event_new (const char *channel, const char *name, const char *user_id, JsonNode *data)
{
  ChannelsEvent *self = create (channel, name, user_id);

  self->node = json_node_ref (data);
  if (json_node_get_value_type (data) == G_TYPE_STRING)
    self->text = json_node_dup_string (data);
  return self;
}

ChannelsEvent *
channels_event_new_for_text (const char *channel, const char *name, const char *user_id, char *text)
{
  ChannelsEvent *self = create (channel, name, user_id);

  self->text = text;
  return self;
}

ChannelsEvent *
channels_event_new_for_frame (const ChannelsFrame *frame, const char *name)
{
  ChannelsEvent *self;

  if (frame->data != NULL)
    {
      if (frame->text == NULL)
        return channels_event_new (frame->channel, name, frame->user_id, frame->data);
      self = create (frame->channel, name, frame->user_id);
      self->node = json_node_ref (frame->data);
      self->text = g_strdup (frame->text);
      return self;
    }
  self = create (frame->channel, name, frame->user_id);
  if (frame->raw.start != NULL)
    self->source = g_bytes_ref (frame->source);
  self->raw = frame->raw;
  return self;
}

ChannelsEvent *
channels_event_ref (ChannelsEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
channels_event_unref (ChannelsEvent *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, event_clear);
}

const char *
channels_event_get_name (ChannelsEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
channels_event_get_channel (ChannelsEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->channel;
}

const char *
channels_event_get_user_id (ChannelsEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->user_id;
}

const char *
channels_event_get_text (ChannelsEvent *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  if (g_atomic_pointer_get (&self->text) == NULL)
    {
      text = read_text (self);
      if (!g_atomic_pointer_compare_and_exchange (&self->text, NULL, text))
        g_free (text);
    }
  return g_atomic_pointer_get (&self->text);
}

JsonNode *
channels_event_get_data (ChannelsEvent *self)
{
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);

  if (g_atomic_pointer_get (&self->node) == NULL)
    {
      node = read_data (self);
      if (!g_atomic_pointer_compare_and_exchange (&self->node, NULL, node))
        json_node_unref (node);
    }
  return g_atomic_pointer_get (&self->node);
}

JsonNode *
channels_event_lookup (ChannelsEvent *self, const char *pointer)
{
  ChannelsSlice value;
  JsonNode *node;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  if (g_atomic_pointer_get (&self->node) == NULL)
    switch (channels_json_find (channels_event_get_text (self), pointer, &value))
      {
      case CHANNELS_JSON_FOUND:
        return channels_json_parse (value.start, (gssize) value.length, NULL);
      case CHANNELS_JSON_ABSENT:
        return NULL;
      case CHANNELS_JSON_UNUSUAL:
      default:
        break;
      }
  node = channels_json_find_node (channels_event_get_data (self), pointer);
  /* Not the one in the tree, which knows its parents, and may live longer than they. */
  return node != NULL ? json_node_copy (node) : NULL;
}
