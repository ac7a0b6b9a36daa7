/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-client-private.h"

/* A client's properties: what can be set, and where it goes; what can be asked for. */

#define A_DAY_S 86400
#define A_DAY_MS (A_DAY_S * 1000)

static GParamSpec *properties[CHANNELS_CLIENT_PROP_STATE + 1];

/* The first in s, the others in ms. 28 s, and the second by which a long timer may be late, leave 15 s for the
 * pong if a dead link is to be noticed within 45 s. */
static const struct
{
  const char *name;
  guint most;
  guint value;
} timeouts[] = {
  { "activity-timeout", A_DAY_S, 28 },
  { "pong-timeout", A_DAY_MS, 15000 },
  { "handshake-timeout", A_DAY_MS, 10000 },
  { "subscribe-timeout", A_DAY_MS, 10000 },
  { "authorize-timeout", A_DAY_MS, 10000 },
};

static gboolean
is_timeout (guint id)
{
  return id >= CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT && id <= CHANNELS_CLIENT_PROP_AUTHORIZE_TIMEOUT;
}

static void
channels_client_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ChannelsClient *self = CHANNELS_CLIENT (object);

  if (id == CHANNELS_CLIENT_PROP_ENDPOINT)
    g_value_set_boxed (value, self->endpoint);
  else if (id == CHANNELS_CLIENT_PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (id == CHANNELS_CLIENT_PROP_AUTHORIZER)
    g_value_set_object (value, self->authorizer);
  else if (id == CHANNELS_CLIENT_PROP_PLAIN)
    g_value_set_object (value, self->plain);
  else if (id == CHANNELS_CLIENT_PROP_CLOCK)
    g_value_set_object (value, self->clock);
  else if (id == CHANNELS_CLIENT_PROP_ORIGIN)
    g_value_set_string (value, self->origin);
  else if (is_timeout (id))
    g_value_set_uint (value, self->timeouts[id - CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT]);
  else if (id == CHANNELS_CLIENT_PROP_MAX_AUTHORIZATIONS)
    g_value_set_uint (value, self->max_authorizations);
  else if (id == CHANNELS_CLIENT_PROP_USER_ERROR)
    g_value_set_boxed (value, channels_user_get_error (self->user));
  else if (id == CHANNELS_CLIENT_PROP_USER_ID)
    g_value_set_string (value, channels_user_get_id (self->user));
  else if (id == CHANNELS_CLIENT_PROP_LAST_FRAME)
    g_value_set_int64 (value, channels_client_get_last_frame (self));
  else if (id == CHANNELS_CLIENT_PROP_ERROR)
    g_value_set_boxed (value, self->status.error);
  else if (id == CHANNELS_CLIENT_PROP_CLOSE_CODE)
    g_value_set_int (value, self->status.close_code);
  else if (id == CHANNELS_CLIENT_PROP_NEXT_TRY)
    g_value_set_int64 (value, channels_client_get_next_try (self));
  else if (id == CHANNELS_CLIENT_PROP_SOCKET_ID)
    g_value_set_string (value, self->status.socket_id);
  else if (id == CHANNELS_CLIENT_PROP_STATE)
    g_value_set_enum (value, (int) self->status.state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

/* @endpoint: (nullable): while the client is made */
static void
set_endpoint (ChannelsClient *self, ChannelsEndpoint *endpoint)
{
  if (self->roster != NULL)
    channels_client_set_endpoint (self, endpoint);
  else if (endpoint != NULL)
    self->endpoint = channels_endpoint_ref (endpoint);
}

static void
channels_client_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ChannelsClient *self = CHANNELS_CLIENT (object);

  if (id == CHANNELS_CLIENT_PROP_ENDPOINT)
    set_endpoint (self, g_value_get_boxed (value));
  else if (id == CHANNELS_CLIENT_PROP_SESSION)
    self->session = g_value_dup_object (value);
  else if (id == CHANNELS_CLIENT_PROP_AUTHORIZER)
    self->authorizer = g_value_dup_object (value);
  else if (id == CHANNELS_CLIENT_PROP_PLAIN)
    self->plain = g_value_dup_object (value);
  else if (id == CHANNELS_CLIENT_PROP_CLOCK)
    self->clock = g_value_dup_object (value);
  else if (id == CHANNELS_CLIENT_PROP_ORIGIN)
    {
      g_free (self->origin);
      self->origin = g_value_dup_string (value);
    }
  else if (is_timeout (id))
    {
      self->timeouts[id - CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT] = g_value_get_uint (value);
      channels_client_hand_out_limits (self);
    }
  else if (id == CHANNELS_CLIENT_PROP_MAX_AUTHORIZATIONS)
    {
      self->max_authorizations = g_value_get_uint (value);
      channels_client_hand_out_limits (self);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

guint
channels_client_get_timeout (ChannelsClient *self, ChannelsClientProps id)
{
  return self->timeouts[id - CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT];
}

void
channels_client_notify (ChannelsClient *self, ChannelsClientProps property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void
channels_client_hand_out_limits (ChannelsClient *self)
{
  guint subscribe = channels_client_get_timeout (self, CHANNELS_CLIENT_PROP_SUBSCRIBE_TIMEOUT);
  guint authorize = channels_client_get_timeout (self, CHANNELS_CLIENT_PROP_AUTHORIZE_TIMEOUT);
  guint parallel = self->max_authorizations;

  if (self->roster == NULL)
    return;
  if (parallel == 0)
    parallel = MAX (soup_session_get_max_conns_per_host (self->session), 1);
  channels_roster_set_limits (self->roster, subscribe, authorize, parallel);
  channels_user_set_deadlines (self->user, subscribe, authorize);
}

void
channels_client_install_properties (GObjectClass *klass)
{
  const GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  klass->get_property = channels_client_get_property;
  klass->set_property = channels_client_set_property;

  properties[CHANNELS_CLIENT_PROP_ENDPOINT] =
      g_param_spec_boxed ("endpoint", NULL, NULL, CHANNELS_TYPE_ENDPOINT,
                          writable | G_PARAM_CONSTRUCT | G_PARAM_EXPLICIT_NOTIFY);
  properties[CHANNELS_CLIENT_PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, construct);
  properties[CHANNELS_CLIENT_PROP_AUTHORIZER] =
      g_param_spec_object ("authorizer", NULL, NULL, CHANNELS_TYPE_AUTHORIZER, construct);
  properties[CHANNELS_CLIENT_PROP_PLAIN] = g_param_spec_object ("plain", NULL, NULL, CHANNELS_TYPE_PLAIN, construct);
  properties[CHANNELS_CLIENT_PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, CHANNELS_TYPE_CLOCK, construct);
  properties[CHANNELS_CLIENT_PROP_ORIGIN] = g_param_spec_string ("origin", NULL, NULL, NULL, writable);
  for (guint i = 0; i < G_N_ELEMENTS (timeouts); i++)
    properties[CHANNELS_CLIENT_PROP_ACTIVITY_TIMEOUT + i] = g_param_spec_uint (
        timeouts[i].name, NULL, NULL, 1, timeouts[i].most, timeouts[i].value, writable | G_PARAM_CONSTRUCT);
  properties[CHANNELS_CLIENT_PROP_MAX_AUTHORIZATIONS] =
      g_param_spec_uint ("max-authorizations", NULL, NULL, 0, G_MAXUINT, 0, writable);
  properties[CHANNELS_CLIENT_PROP_USER_ERROR] = g_param_spec_boxed ("user-error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[CHANNELS_CLIENT_PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, readable);
  properties[CHANNELS_CLIENT_PROP_LAST_FRAME] =
      g_param_spec_int64 ("last-frame", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[CHANNELS_CLIENT_PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, readable);
  properties[CHANNELS_CLIENT_PROP_CLOSE_CODE] =
      g_param_spec_int ("close-code", NULL, NULL, 0, G_MAXUINT16, 0, readable);
  properties[CHANNELS_CLIENT_PROP_NEXT_TRY] = g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, readable);
  properties[CHANNELS_CLIENT_PROP_SOCKET_ID] = g_param_spec_string ("socket-id", NULL, NULL, NULL, readable);
  properties[CHANNELS_CLIENT_PROP_STATE] = g_param_spec_enum (
      "state", NULL, NULL, CHANNELS_TYPE_CLIENT_STATE, CHANNELS_CLIENT_DISCONNECTED, readable);
  g_object_class_install_properties (klass, G_N_ELEMENTS (properties), properties);
}

ChannelsEndpoint *
channels_client_get_endpoint (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);

  return self->endpoint;
}

ChannelsClientState
channels_client_get_state (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), CHANNELS_CLIENT_DISCONNECTED);

  return self->status.state;
}

const GError *
channels_client_get_error (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);

  return self->status.error;
}

int
channels_client_get_close_code (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), 0);

  return self->status.close_code;
}

gint64
channels_client_get_next_try (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), 0);

  if (self->status.next_try == 0)
    return 0;
  /* The timer keeps to the time that passes, whatever the time of day is turned to. */
  return channels_clock_get_real_time (self->clock) + self->status.next_try -
         channels_clock_get_monotonic_time (self->clock);
}

gint64
channels_client_get_last_frame (ChannelsClient *self)
{
  gint64 last_frame = 0;

  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), 0);

  if (self->connection != NULL)
    last_frame = channels_connection_get_last_frame (self->connection);
  if (last_frame == 0)
    last_frame = self->last_frame;
  /* The clock may have been set back meanwhile: nothing is ever from the future. */
  return MIN (last_frame, channels_clock_get_real_time (self->clock));
}

const char *
channels_client_get_socket_id (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);

  return self->status.socket_id;
}
