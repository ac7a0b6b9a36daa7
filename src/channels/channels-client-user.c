/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-client-private.h"

/* What a client can be told to say to others, and of whom: the sign-in, and client events. */

void
channels_client_sign_in (ChannelsClient *self)
{
  g_return_if_fail (CHANNELS_IS_CLIENT (self));

  channels_user_sign_in (self->user);
}

void
channels_client_sign_out (ChannelsClient *self)
{
  g_autoptr (ChannelsClient) held = NULL;

  g_return_if_fail (CHANNELS_IS_CLIENT (self));

  held = g_object_ref (self);
  if (channels_user_sign_out (self->user))
    channels_client_replace (self);
}

const char *
channels_client_get_user_id (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);

  return channels_user_get_id (self->user);
}

const GError *
channels_client_get_user_error (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);

  return channels_user_get_error (self->user);
}

ChannelsSubscription *
channels_client_get_user_subscription (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);

  return channels_roster_get_user_subscription (self->roster);
}

guint
channels_client_get_trigger_wait (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), 0);

  return channels_roster_get_trigger_wait (self->roster);
}
