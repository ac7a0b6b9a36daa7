/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-status-private.h"

/* How a client stands, and what of it is new. */

G_DEFINE_ENUM_TYPE (ChannelsClientState, channels_client_state,
                    G_DEFINE_ENUM_VALUE (CHANNELS_CLIENT_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (CHANNELS_CLIENT_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (CHANNELS_CLIENT_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (CHANNELS_CLIENT_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (CHANNELS_CLIENT_FAILED, "failed"))

const char *
channels_client_state_to_string (ChannelsClientState state)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (CHANNELS_TYPE_CLIENT_STATE);
  const GEnumValue *value = g_enum_get_value (klass, (int) state);

  return value != NULL ? value->value_nick : "unknown";
}

guint
channels_status_assign (ChannelsStatus *self, ChannelsClientState state, GError *error, int close_code,
                        gint64 next_try, const char *socket_id)
{
  g_autoptr (GError) old_error = self->error;
  g_autofree char *old_socket_id = self->socket_id;
  ChannelsStatus old = *self;
  guint changed = 0;

  *self = (ChannelsStatus){ state, error, close_code, next_try, g_strdup (socket_id) };
  if (old.error != NULL || error != NULL)
    changed |= 1U << CHANNELS_STATUS_ERROR;
  if (old.close_code != close_code)
    changed |= 1U << CHANNELS_STATUS_CLOSE_CODE;
  if (old.next_try != next_try)
    changed |= 1U << CHANNELS_STATUS_NEXT_TRY;
  if (g_strcmp0 (old.socket_id, socket_id) != 0)
    changed |= 1U << CHANNELS_STATUS_SOCKET_ID;
  if (old.state != state)
    changed |= 1U << CHANNELS_STATUS_STATE;
  return changed;
}

void
channels_status_clear (ChannelsStatus *self)
{
  g_clear_error (&self->error);
  g_clear_pointer (&self->socket_id, g_free);
}
