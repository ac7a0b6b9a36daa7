/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-event-private.h"

struct _ChannelsEvent
{
  char *channel;
  char *name;
  char *user_id; /* (nullable) */
  JsonNode *data;
  char *text; /* (nullable): of @data, once somebody has asked */
};

G_DEFINE_BOXED_TYPE (ChannelsEvent, channels_event, channels_event_ref, channels_event_unref)

ChannelsEvent *
channels_event_new (const char *channel, const char *name, const char *user_id, JsonNode *data)
{
  ChannelsEvent *self = g_atomic_rc_box_new0 (ChannelsEvent);

  self->channel = g_strdup (channel);
  self->name = g_strdup (name);
  self->user_id = g_strdup (user_id);
  self->data = json_node_ref (data);
  return self;
}

static void
event_clear (gpointer data)
{
  ChannelsEvent *self = data;

  g_free (self->channel);
  g_free (self->name);
  g_free (self->user_id);
  g_free (self->text);
  json_node_unref (self->data);
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
  g_return_val_if_fail (self != NULL, NULL);

  if (json_node_get_value_type (self->data) == G_TYPE_STRING)
    return json_node_get_string (self->data);
  if (self->text == NULL)
    self->text = json_to_string (self->data, FALSE);
  return self->text;
}

JsonNode *
channels_event_get_data (ChannelsEvent *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->data;
}
