/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-client-private.h"

#include <string.h>

#include "channels-error.h"
#include "channels-name-private.h"
#include "channels-plain-private.h"

/* What a client subscribes to, and what it tells others: channels, the sign-in, and client events. */

ChannelsSubscription *
channels_client_subscribe (ChannelsClient *self, const char *name, GError **error)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (self->plain != NULL && strcmp (name, channels_plain_get_rules (self->plain)->channel) != 0)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED, "A plain line has one channel only");
      return NULL;
    }
  if (!channels_name_is_valid (name))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not a legal channel name");
      return NULL;
    }
  return channels_roster_add (self->roster, name);
}

void
channels_client_unsubscribe (ChannelsClient *self, const char *name)
{
  g_return_if_fail (CHANNELS_IS_CLIENT (self));
  g_return_if_fail (name != NULL);

  /* The user's is the sign-in's business. */
  if (!channels_name_is_user (name))
    channels_roster_remove (self->roster, name);
}

GPtrArray *
channels_client_dup_subscriptions (ChannelsClient *self)
{
  g_return_val_if_fail (CHANNELS_IS_CLIENT (self), NULL);

  return channels_roster_dup_subscriptions (self->roster);
}

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
