/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-decryptor-private.h"

#include "channels-backoff-private.h"
#include "channels-error.h"
#include "channels-event-private.h"

/* What becomes of an encrypted channel's events when its key has changed: the first that it does not open has the key
 * asked for anew, once for all that come meanwhile, and none of them overtakes another. What the new key does not open
 * either is given up; and then the next such event asks no sooner than after a while, for whoever can send garbage must
 * not be able to have the application's server asked all the time. */

#define MAX_WAITING 1000
#define MAX_WAITING_BYTES ((gsize) 1024 * 1024)

static const ChannelsBackoffPlan refresh_plan = {
  .first_low = 1000,
  .first_high = 3000,
  .low = 2000,
  .short_cap = 10000,
  .patience = 60000,
  .long_cap = 30000,
};

typedef struct
{
  char *name;
  char *user_id; /* (nullable) */
  ChannelsSealed *sealed;
} Waiting;

struct _ChannelsDecryptor
{
  char *channel;
  ChannelsAuthQueue *auth_queue; /* (nullable) */
  ChannelsClock *clock;
  const ChannelsDecryptorFuncs *funcs;
  gpointer owner; /* (nullable) (unowned): NULL once retired */

  ChannelsSecretbox *key;       /* (nullable) */
  char *socket_id;              /* (nullable): the key is of this socket's authorisation */
  ChannelsAuthRequest *request; /* (nullable): the key is asked for anew */
  gint64 next_request;          /* monotonic, µs: not before */
  ChannelsBackoff backoff;
  GQueue waiting;
  gsize waiting_bytes;
};

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->name);
  g_free (waiting->user_id);
  channels_sealed_free (waiting->sealed);
  g_free (waiting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Waiting, waiting_free)

/* Whether the key has opened it */
static gboolean
open_and_deliver (ChannelsDecryptor *self, const char *name, const char *user_id, const ChannelsSealed *sealed,
                  GError **error)
{
  g_autoptr (ChannelsEvent) event = NULL;
  char *text;

  if (self->key == NULL)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_DECRYPTION, "There is no key for the event");
      return FALSE;
    }
  text = channels_secretbox_open (self->key, sealed, error);
  if (text == NULL)
    return FALSE;
  event = channels_event_new_for_text (self->channel, name, user_id, text);
  self->funcs->deliver (self->owner, event);
  return TRUE;
}

/* No key for a while: the authoriser's is the one that is there already, or it gives none. */
static void
hold_back (ChannelsDecryptor *self)
{
  guint wait = channels_backoff_next (&self->backoff, self->clock, 0);

  self->next_request = channels_clock_get_monotonic_time (self->clock) + wait * G_TIME_SPAN_MILLISECOND;
}

static void
on_key_ready (const ChannelsAuthorization *authorization, const GError *error, gpointer data)
{
  g_autoptr (ChannelsDecryptor) self = channels_decryptor_ref (data);
  ChannelsSecretbox *key = NULL;

  self->request = NULL;
  /* Without a key the one that is there is tried once more, and what it does not open is told. */
  if (authorization != NULL)
    key = channels_secretbox_new (authorization->shared_secret, NULL);
  if (key != NULL)
    {
      g_clear_pointer (&self->key, channels_secretbox_free);
      self->key = key;
    }
  channels_decryptor_drain (self);
}

static gboolean
may_ask (ChannelsDecryptor *self)
{
  return self->auth_queue != NULL && self->socket_id != NULL &&
         channels_clock_get_monotonic_time (self->clock) >= self->next_request;
}

static void
fail_new (ChannelsDecryptor *self, const char *name, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_DECRYPTION, message);

  self->funcs->fail (self->owner, name, error);
}

/* Takes @sealed. */
static void
queue_up (ChannelsDecryptor *self, const char *name, const char *user_id, ChannelsSealed *sealed)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->name = g_strdup (name);
  waiting->user_id = g_strdup (user_id);
  waiting->sealed = sealed;
  self->waiting_bytes += channels_sealed_get_size (sealed);
  g_queue_push_tail (&self->waiting, waiting);
}

static void
stop (ChannelsDecryptor *self)
{
  ChannelsAuthRequest *request = g_steal_pointer (&self->request);

  if (request != NULL)
    channels_auth_queue_cancel (self->auth_queue, request);
  g_clear_pointer (&self->socket_id, g_free);
}

static void
decryptor_clear (gpointer data)
{
  ChannelsDecryptor *self = data;

  g_queue_clear_full (&self->waiting, waiting_free);
  g_clear_pointer (&self->key, channels_secretbox_free);
  g_clear_object (&self->auth_queue);
  g_clear_object (&self->clock);
  g_free (self->socket_id);
  g_free (self->channel);
}

ChannelsDecryptor *
channels_decryptor_new (const char *channel, ChannelsAuthQueue *auth_queue, ChannelsClock *clock,
                        const ChannelsDecryptorFuncs *funcs, gpointer owner)
{
  ChannelsDecryptor *self = g_rc_box_new0 (ChannelsDecryptor);

  self->channel = g_strdup (channel);
  self->auth_queue = auth_queue != NULL ? g_object_ref (auth_queue) : NULL;
  self->clock = g_object_ref (clock);
  self->funcs = funcs;
  self->owner = owner;
  g_queue_init (&self->waiting);
  channels_backoff_init (&self->backoff, &refresh_plan);
  return self;
}

ChannelsDecryptor *
channels_decryptor_ref (ChannelsDecryptor *self)
{
  return g_rc_box_acquire (self);
}

void
channels_decryptor_unref (ChannelsDecryptor *self)
{
  g_rc_box_release_full (self, decryptor_clear);
}

void
channels_decryptor_retire (ChannelsDecryptor *self)
{
  stop (self);
  g_queue_clear_full (&self->waiting, waiting_free);
  self->waiting_bytes = 0;
  g_clear_pointer (&self->key, channels_secretbox_free);
  self->owner = NULL;
}

void
channels_decryptor_set_key (ChannelsDecryptor *self, ChannelsSecretbox *key, const char *socket_id)
{
  stop (self);
  g_clear_pointer (&self->key, channels_secretbox_free);
  self->key = key;
  self->socket_id = g_strdup (socket_id);
  self->next_request = 0;
}

void
channels_decryptor_leave (ChannelsDecryptor *self)
{
  stop (self);
}

void
channels_decryptor_drain (ChannelsDecryptor *self)
{
  g_autoptr (ChannelsDecryptor) held = channels_decryptor_ref (self);
  gboolean failed = FALSE;

  if (self->waiting.head == NULL)
    return;
  /* Whoever is told may take the channel away, or have another one of these come in. */
  while (self->waiting.head != NULL && self->owner != NULL && self->request == NULL)
    {
      g_autoptr (Waiting) next = g_queue_pop_head (&self->waiting);
      g_autoptr (GError) error = NULL;

      self->waiting_bytes -= channels_sealed_get_size (next->sealed);
      if (open_and_deliver (self, next->name, next->user_id, next->sealed, &error))
        continue;
      failed = TRUE;
      self->funcs->fail (self->owner, next->name, error);
    }
  if (failed)
    hold_back (self);
  else
    channels_backoff_reset (&self->backoff);
}

void
channels_decryptor_take (ChannelsDecryptor *self, const char *name, const char *user_id, JsonNode *data)
{
  g_autoptr (ChannelsDecryptor) held = channels_decryptor_ref (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsSealed) sealed = channels_sealed_new (data, &error);

  if (sealed == NULL)
    self->funcs->fail (self->owner, name, error);
  else if (self->waiting.length >= MAX_WAITING ||
           self->waiting_bytes + channels_sealed_get_size (sealed) > MAX_WAITING_BYTES)
    fail_new (self, name, "Too many events wait for the channel's key");
  else if (self->waiting.head != NULL)
    queue_up (self, name, user_id, g_steal_pointer (&sealed));
  else if (!open_and_deliver (self, name, user_id, sealed, &error))
    {
      if (!may_ask (self))
        {
          self->funcs->fail (self->owner, name, error);
          return;
        }
      queue_up (self, name, user_id, g_steal_pointer (&sealed));
      self->request = channels_auth_queue_ask (self->auth_queue, self->socket_id, self->channel, on_key_ready, self);
    }
}
