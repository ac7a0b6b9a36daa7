/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-roster-private.h"

#include "channels-entry-private.h"
#include "channels-error.h"
#include "channels-event-private.h"
#include "channels-json-private.h"
#include "channels-name-private.h"
#include "channels-subscription-private.h"

/* The channels that are wanted, by name: what comes from the server goes to the one it is for. How each of them
 * gets onto a socket is ChannelsEntry's business. */

enum
{
  SIGNAL_ERROR,
  SIGNAL_EVENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _ChannelsRoster
{
  GObject parent_instance;

  ChannelsDesk desk;
  GHashTable *entries; /* name → ChannelsEntry */
  char *user_channel;  /* (nullable): of the signed-in user */
  ChannelsRosterIsHeard is_heard; /* (nullable) */
  gpointer listener;              /* (unowned) */
};

G_DEFINE_FINAL_TYPE (ChannelsRoster, channels_roster, G_TYPE_OBJECT)

static void
report (GObject *owner, const GError *error, const char *channel)
{
  g_signal_emit (owner, signals[SIGNAL_ERROR], 0, error, channel);
}

/* (nullable) (transfer full) */
static ChannelsEntry *
find (ChannelsRoster *self, const char *channel)
{
  ChannelsEntry *entry = channel != NULL ? g_hash_table_lookup (self->entries, channel) : NULL;

  return entry != NULL ? channels_entry_hold (entry) : NULL;
}

/* (nullable) (transfer full): the entry that an error without a channel must mean. Servers that do not name it answer
 * in the order they are asked, and it is signatures that they refuse so. */
static ChannelsEntry *
find_waiting (ChannelsRoster *self)
{
  for (GList *link = self->desk.waiting.head; link != NULL; link = link->next)
    if (channels_name_is_signed (channels_entry_get_name (link->data)))
      return channels_entry_hold (link->data);
  return NULL;
}

/* Whom @frame refuses; FALSE if there is none who waits for an answer. */
static gboolean
refuse (ChannelsRoster *self, const ChannelsFrame *frame, const GError *error)
{
  g_autoptr (ChannelsEntry) entry = frame->channel != NULL ? find (self, frame->channel) : find_waiting (self);

  if (entry == NULL || !entry->sent || channels_entry_is_subscribed (entry))
    return FALSE;
  if (frame->kind == CHANNELS_FRAME_ERROR)
    channels_connection_forget_error (self->desk.connection);
  /* A good guess is one all the same: should the server have taken it, its word comes yet. */
  entry->unanswered = frame->channel == NULL;
  channels_entry_refuse (entry, error, FALSE);
  return TRUE;
}

/* (transfer container): all entries, held */
static GPtrArray *
hold_all (ChannelsRoster *self)
{
  GPtrArray *all = g_ptr_array_new_full (g_hash_table_size (self->entries), (GDestroyNotify) channels_entry_release);
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_ptr_array_add (all, channels_entry_hold (entry));
  return all;
}

static GError *
refusal_error (const ChannelsFrame *frame)
{
  const char *message = frame->message != NULL ? frame->message : "no reason given";

  if (frame->code == 401 || frame->code == 403 || frame->code == 4009)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "The server refused the subscription: %s",
                        message);
  if (frame->code == 4004 || frame->code == 4100)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_OVER_QUOTA, "The channel is full: %s", message);
  return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_SERVER, "The server refused the subscription (%d): %s",
                      frame->code, message);
}

static void
on_subscription_error (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (GError) error = refusal_error (frame);

  if (!refuse (self, frame, error))
    report (G_OBJECT (self), error, frame->channel);
}

static void
on_server_error (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) error = NULL;

  /* Reverb's and Sockudo's way of refusing a signature. */
  if (frame->code == 4009)
    refusal = refusal_error (frame);
  if (refusal != NULL && refuse (self, frame, refusal))
    return;
  if (frame->code == 4301)
    error = g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_RATE_LIMITED, "The server drops client events (%d): %s",
                         frame->code, frame->message != NULL ? frame->message : "no reason given");
  else
    error = g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_SERVER, "The server reports error %d: %s", frame->code,
                         frame->message != NULL ? frame->message : "no reason given");
  report (G_OBJECT (self), error, frame->channel);
}

static gboolean
has_listener (ChannelsRoster *self, GQuark event)
{
  return self->is_heard == NULL || self->is_heard (self->listener, event);
}

/* ChannelsDesk; @owner is held by whoever calls. Most events are for nobody; one that had to be decrypted was made all
 * the same. */
static void
deliver (GObject *owner, ChannelsEntry *entry, ChannelsEvent *event)
{
  ChannelsRoster *self = CHANNELS_ROSTER (owner);
  GQuark quark = g_quark_try_string (channels_event_get_name (event));

  channels_subscription_emit_event (entry->subscription, quark, event);
  if (entry->desk != NULL && has_listener (self, quark))
    g_signal_emit (self, signals[SIGNAL_EVENT], quark, event);
}

/* Most events are for nobody: nothing is made of them. */
static void
on_event (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (ChannelsEntry) entry = find (self, frame->channel);
  g_autoptr (ChannelsEvent) event = NULL;
  const char *name = frame->event;
  gboolean listened;
  GQuark quark;

  if (entry == NULL)
    return;
  if (g_strcmp0 (name, "pusher_internal:subscription_count") == 0)
    {
      JsonObject *data = channels_json_get_object (frame->data);

      channels_subscription_set_subscription_count (entry->subscription,
                                                    channels_json_get_int (data, "subscription_count", -1));
      if (entry->desk == NULL)
        return;
      name = "pusher:subscription_count";
    }
  else if (g_str_has_prefix (name, "pusher_internal:"))
    return;
  if (entry->decryptor != NULL && !g_str_has_prefix (name, "pusher:"))
    {
      channels_decryptor_take (entry->decryptor, name, frame->user_id, frame->data);
      return;
    }
  /* Whoever listens to one event has made its quark; making one for every name a server thinks of would never be
   * freed. */
  quark = g_quark_try_string (name);
  listened = has_listener (self, quark);
  if (!listened && !channels_subscription_is_heard (entry->subscription, quark))
    return;
  event = channels_event_new_for_frame (frame, name);
  channels_subscription_emit_event (entry->subscription, quark, event);
  if (listened && entry->desk != NULL)
    g_signal_emit (self, signals[SIGNAL_EVENT], quark, event);
}

static void
channels_roster_dispose (GObject *object)
{
  ChannelsRoster *self = CHANNELS_ROSTER (object);
  g_autoptr (GPtrArray) all = hold_all (self);

  g_hash_table_remove_all (self->entries);
  for (guint i = 0; i < all->len; i++)
    channels_entry_retire (g_ptr_array_index (all, i));
  g_clear_object (&self->desk.connection);
  if (self->desk.auth_queue != NULL)
    g_object_run_dispose (G_OBJECT (self->desk.auth_queue));
  G_OBJECT_CLASS (channels_roster_parent_class)->dispose (object);
}

static void
channels_roster_finalize (GObject *object)
{
  ChannelsRoster *self = CHANNELS_ROSTER (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_pointer (&self->user_channel, g_free);
  g_clear_object (&self->desk.auth_queue);
  g_clear_pointer (&self->desk.retries, channels_agenda_free);
  g_clear_object (&self->desk.clock);
  G_OBJECT_CLASS (channels_roster_parent_class)->finalize (object);
}

static void
channels_roster_class_init (ChannelsRosterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  const GType string_type = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;

  object_class->dispose = channels_roster_dispose;
  object_class->finalize = channels_roster_finalize;

  signals[SIGNAL_ERROR] = g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                        G_TYPE_ERROR, string_type);
  signals[SIGNAL_EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, CHANNELS_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
channels_roster_init (ChannelsRoster *self)
{
  self->desk.owner = G_OBJECT (self);
  self->desk.report = report;
  self->desk.deliver = deliver;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) channels_entry_release);
}

ChannelsRoster *
channels_roster_new (ChannelsAuthorizer *authorizer, ChannelsClock *clock)
{
  ChannelsRoster *self = g_object_new (CHANNELS_TYPE_ROSTER, NULL);

  self->desk.auth_queue = authorizer != NULL ? channels_auth_queue_new (authorizer, clock) : NULL;
  self->desk.clock = g_object_ref (clock);
  self->desk.retries = channels_agenda_new (clock);
  return self;
}

void
channels_roster_set_limits (ChannelsRoster *self, guint subscribe_timeout, guint authorize_timeout,
                            guint max_authorizations)
{
  self->desk.subscribe_timeout = subscribe_timeout;
  if (self->desk.auth_queue != NULL)
    channels_auth_queue_set_limits (self->desk.auth_queue, max_authorizations, authorize_timeout);
}

void
channels_roster_set_listener (ChannelsRoster *self, ChannelsRosterIsHeard is_heard, gpointer listener)
{
  self->is_heard = is_heard;
  self->listener = listener;
}

ChannelsSubscription *
channels_roster_add (ChannelsRoster *self, const char *name)
{
  ChannelsEntry *entry = g_hash_table_lookup (self->entries, name);
  ChannelsSubscription *subscription;

  if (entry != NULL)
    return g_object_ref (entry->subscription);
  entry = channels_entry_new (&self->desk, name);
  subscription = g_object_ref (entry->subscription);
  g_hash_table_insert (self->entries, (char *) channels_entry_get_name (entry), entry);
  if (self->desk.connection != NULL)
    {
      g_autoptr (ChannelsEntry) held = channels_entry_hold (entry);

      channels_entry_join (held);
    }
  return subscription;
}

void
channels_roster_remove (ChannelsRoster *self, const char *name)
{
  g_autoptr (ChannelsEntry) entry = find (self, name);

  if (entry == NULL)
    return;
  g_hash_table_remove (self->entries, name);
  channels_entry_retire (entry);
  channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_UNSUBSCRIBED, NULL);
}

void
channels_roster_pardon (ChannelsRoster *self)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    ((ChannelsEntry *) entry)->refused_for_good = FALSE;
}

void
channels_roster_sign_in (ChannelsRoster *self, const char *user_id)
{
  g_autofree char *channel = g_strconcat (CHANNELS_NAME_USER_PREFIX, user_id, NULL);
  g_autoptr (ChannelsEntry) entry = NULL;

  if (g_strcmp0 (channel, self->user_channel) != 0)
    channels_roster_sign_out (self);
  self->desk.signed_in = TRUE;
  entry = find (self, channel);
  if (entry != NULL)
    {
      channels_entry_join (entry);
      return;
    }
  self->user_channel = g_steal_pointer (&channel);
  g_object_unref (channels_roster_add (self, self->user_channel));
}

void
channels_roster_sign_out (ChannelsRoster *self)
{
  g_autofree char *channel = g_steal_pointer (&self->user_channel);

  self->desk.signed_in = FALSE;
  if (channel != NULL)
    channels_roster_remove (self, channel);
}

ChannelsSubscription *
channels_roster_get_user_subscription (ChannelsRoster *self)
{
  ChannelsEntry *entry = self->user_channel != NULL ? g_hash_table_lookup (self->entries, self->user_channel) : NULL;

  return entry != NULL ? entry->subscription : NULL;
}

guint
channels_roster_get_trigger_wait (ChannelsRoster *self)
{
  return channels_rate_get_wait (&self->desk.rate, channels_clock_get_monotonic_time (self->desk.clock));
}

GPtrArray *
channels_roster_dup_subscriptions (ChannelsRoster *self)
{
  GPtrArray *subscriptions = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    if (!channels_name_is_user (channels_entry_get_name (entry)))
      g_ptr_array_add (subscriptions, g_object_ref (((ChannelsEntry *) entry)->subscription));
  return subscriptions;
}

void
channels_roster_attach (ChannelsRoster *self, ChannelsConnection *connection)
{
  g_autoptr (GPtrArray) all = NULL;

  /* Whoever was told that the last one is gone may still be busy with that, in a main loop of their own. */
  channels_roster_detach (self, self->desk.connection);
  if (self->desk.connection != NULL)
    return;
  all = hold_all (self);
  self->desk.connection = g_object_ref (connection);
  for (guint i = 0; i < all->len && self->desk.connection == connection; i++)
    {
      ChannelsEntry *entry = g_ptr_array_index (all, i);

      if (entry->desk != NULL && !entry->refused_for_good && !entry->sent && entry->request == NULL)
        channels_entry_join (entry);
    }
}

void
channels_roster_detach (ChannelsRoster *self, ChannelsConnection *connection)
{
  g_autoptr (ChannelsConnection) held = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (connection == NULL || connection != self->desk.connection)
    return;
  held = g_steal_pointer (&self->desk.connection);
  self->desk.signed_in = FALSE;
  all = hold_all (self);
  for (guint i = 0; i < all->len; i++)
    {
      ChannelsEntry *entry = g_ptr_array_index (all, i);

      if (entry->desk != NULL)
        channels_entry_leave (entry, channels_connection_get_last_frame (connection));
    }
  /* Up to where somebody who is told has waited for the next one: that says the same of them all. */
  for (guint i = 0; i < all->len && self->desk.connection == NULL; i++)
    {
      ChannelsEntry *entry = g_ptr_array_index (all, i);

      channels_subscription_set_subscription_count (entry->subscription, -1);
      if (entry->desk != NULL && channels_entry_is_subscribed (entry))
        channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_PENDING, NULL);
    }
}

void
channels_roster_handle (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (ChannelsEntry) entry = NULL;

  switch (frame->kind)
    {
    case CHANNELS_FRAME_SUBSCRIBED:
      entry = find (self, frame->channel);
      /* One nobody asked for on this socket, or the second for the same, says nothing new. After a refusal it does:
       * that was for a subscribe since taken back, or meant somebody else. */
      if (entry != NULL && entry->asked && !channels_entry_is_subscribed (entry))
        channels_entry_confirm (entry, frame->data);
      break;
    case CHANNELS_FRAME_SUBSCRIPTION_ERROR:
      on_subscription_error (self, frame);
      break;
    case CHANNELS_FRAME_ERROR:
      on_server_error (self, frame);
      break;
    case CHANNELS_FRAME_MEMBER_ADDED:
      if ((entry = find (self, frame->channel)) != NULL)
        channels_subscription_add_member (entry->subscription, frame->user_id, frame->info);
      break;
    case CHANNELS_FRAME_MEMBER_REMOVED:
      if ((entry = find (self, frame->channel)) != NULL)
        channels_subscription_remove_member (entry->subscription, frame->user_id);
      break;
    case CHANNELS_FRAME_EVENT:
      on_event (self, frame);
      break;
    case CHANNELS_FRAME_ESTABLISHED:
    case CHANNELS_FRAME_PING:
    case CHANNELS_FRAME_PONG:
    case CHANNELS_FRAME_SIGNED_IN:
    case CHANNELS_FRAME_WATCHLIST:
    default:
      break;
    }
}
