/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-roster-private.h"

#include "channels-backoff-private.h"
#include "channels-error.h"
#include "channels-json-private.h"
#include "channels-name-private.h"
#include "channels-subscription-private.h"

/* Brings each wanted channel onto the current socket: asks for its signature, subscribes once, waits with a
 * deadline, and tries again what was refused. Every emission may run code that takes a channel or the whole
 * client away, so an entry is held while it is worked on and looked at again after each of them. */

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

  ChannelsAuthorizer *authorizer;
  ChannelsClock *clock;
  ChannelsConnection *connection; /* (nullable): the established socket */
  GHashTable *entries;            /* name → Entry */
  guint subscribe_timeout;
  guint authorize_timeout;
};

G_DEFINE_FINAL_TYPE (ChannelsRoster, channels_roster, G_TYPE_OBJECT)

typedef struct
{
  ChannelsRoster *roster; /* (unowned) (nullable): NULL once the channel is no longer wanted */
  ChannelsSubscription *subscription;
  gulong retry_handler;
  GCancellable *cancellable; /* (nullable): the authorisation under way */
  guint timer;               /* its deadline, the subscribe's, or the next try */
  gboolean sent;             /* a subscribe stands on this socket, not refused */
  gboolean unanswered;       /* one was sent, and nothing came back in time */
  gboolean refused_for_good;
  gint64 gap_from; /* real, µs; 0: nothing missed */
  ChannelsBackoff backoff;
} Entry;

/* One authorisation under way, with what it was asked for. */
typedef struct
{
  Entry *entry;
  GCancellable *cancellable;
  char *socket_id;
} Request;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_clear_object (&entry->subscription);
}

static Entry *
entry_hold (Entry *entry)
{
  return g_rc_box_acquire (entry);
}

static void
entry_release (Entry *entry)
{
  g_rc_box_release_full (entry, entry_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_release)

static const char *
entry_get_name (const Entry *entry)
{
  return channels_subscription_get_name (entry->subscription);
}

static gboolean
entry_is_subscribed (const Entry *entry)
{
  return channels_subscription_get_state (entry->subscription) == CHANNELS_SUBSCRIPTION_SUBSCRIBED;
}

static void
entry_stop_timer (Entry *entry)
{
  if (entry->timer != 0)
    channels_clock_remove_timeout (entry->roster->clock, entry->timer);
  entry->timer = 0;
}

static void
entry_start_timer (Entry *entry, guint ms, GSourceFunc func)
{
  entry_stop_timer (entry);
  entry->timer = channels_clock_add_timeout (entry->roster->clock, ms, func, entry);
}

/* Ends what is under way for this entry, here; the server is not told. */
static void
entry_stop (Entry *entry)
{
  g_autoptr (GCancellable) cancellable = g_steal_pointer (&entry->cancellable);

  entry_stop_timer (entry);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
}

/* Takes the entry out of service; the caller has it out of the table. */
static void
entry_retire (Entry *entry)
{
  entry_stop (entry);
  g_clear_signal_handler (&entry->retry_handler, entry->subscription);
  entry->roster = NULL;
}

static void
request_free (Request *request)
{
  entry_release (request->entry);
  g_object_unref (request->cancellable);
  g_free (request->socket_id);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
emit_error (ChannelsRoster *self, const GError *error, const char *channel)
{
  g_signal_emit (self, signals[SIGNAL_ERROR], 0, error, channel);
}

/* To the handler of ::retry, as if somebody had asked for it. */
static gboolean
on_next_try (gpointer data)
{
  g_autoptr (Entry) entry = entry_hold (data);

  entry->timer = 0;
  channels_subscription_retry (entry->subscription);
  return G_SOURCE_REMOVE;
}

static void
refuse (Entry *entry, const GError *error, gboolean for_good)
{
  g_autoptr (ChannelsRoster) self = g_object_ref (entry->roster);

  entry_stop (entry);
  entry->sent = FALSE;
  entry->refused_for_good = for_good;
  if (!for_good)
    entry_start_timer (entry, channels_backoff_next (&entry->backoff, self->clock, 0), on_next_try);
  channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_REFUSED, error);
  emit_error (self, error, entry_get_name (entry));
}

static void
confirm (Entry *entry, JsonNode *data)
{
  g_autoptr (ChannelsRoster) self = g_object_ref (entry->roster);
  gint64 gap_from = entry->gap_from;

  entry_stop (entry);
  channels_backoff_reset (&entry->backoff);
  entry->sent = TRUE;
  entry->unanswered = FALSE;
  entry->gap_from = 0;
  channels_subscription_confirm (entry->subscription, data);
  if (gap_from != 0)
    channels_subscription_emit_gap (entry->subscription, gap_from, channels_clock_get_real_time (self->clock));
}

static gboolean
on_subscribe_deadline (gpointer data)
{
  g_autoptr (Entry) entry = entry_hold (data);
  g_autoptr (GError) error = NULL;

  entry->timer = 0;
  entry->unanswered = TRUE;
  error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "The server did not confirm the subscription");
  refuse (entry, error, FALSE);
  return G_SOURCE_REMOVE;
}

static gboolean
on_authorize_deadline (gpointer data)
{
  g_autoptr (Entry) entry = entry_hold (data);
  g_autoptr (GError) error = NULL;

  entry->timer = 0;
  error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT, "The authorisation was not answered in time");
  refuse (entry, error, FALSE);
  return G_SOURCE_REMOVE;
}

static void
take_back (Entry *entry)
{
  g_autofree char *text = NULL;

  if (entry->roster->connection == NULL || !(entry->sent || entry->unanswered))
    return;
  text = channels_frame_unsubscribe (entry_get_name (entry));
  channels_connection_send (entry->roster->connection, text);
  entry->sent = FALSE;
  entry->unanswered = FALSE;
}

static void
subscribe (Entry *entry, const ChannelsAuthorization *authorization)
{
  g_autofree char *text = NULL;

  g_assert (!entry->sent);

  /* The server may have taken the one it never answered; then a second would be one too many. */
  take_back (entry);
  if (authorization != NULL)
    text = channels_frame_subscribe (entry_get_name (entry), authorization->auth, authorization->channel_data);
  else
    text = channels_frame_subscribe (entry_get_name (entry), NULL, NULL);
  entry->sent = TRUE;
  entry_start_timer (entry, entry->roster->subscribe_timeout, on_subscribe_deadline);
  channels_connection_send (entry->roster->connection, text);
}

static void
read_own_id (Entry *entry, const char *channel_data)
{
  g_autoptr (JsonNode) node = channel_data != NULL ? channels_json_parse (channel_data, -1, NULL) : NULL;
  JsonObject *object = channels_json_get_object (node);
  g_autofree char *own_id = NULL;

  if (object != NULL && json_object_has_member (object, "user_id"))
    own_id = channels_json_dup_id (json_object_get_member (object, "user_id"));
  channels_subscription_set_own_id (entry->subscription, own_id);
}

static void
on_authorize_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (GError) error = NULL;
  Entry *entry = request->entry;

  authorization = channels_authorizer_authorize_finish (CHANNELS_AUTHORIZER (source), result, &error);
  /* Signed for another socket, or no longer asked for. */
  if (entry->roster == NULL || entry->cancellable != request->cancellable || entry->roster->connection == NULL ||
      g_strcmp0 (channels_connection_get_socket_id (entry->roster->connection), request->socket_id) != 0)
    return;

  g_clear_object (&entry->cancellable);
  entry_stop_timer (entry);
  if (authorization == NULL)
    {
      refuse (entry, error, g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED));
      return;
    }
  if (channels_name_is_presence (entry_get_name (entry)))
    read_own_id (entry, authorization->channel_data);
  subscribe (entry, authorization);
}

static void
authorize (Entry *entry)
{
  ChannelsRoster *self = entry->roster;
  Request *request;

  request = g_new0 (Request, 1);
  request->entry = entry_hold (entry);
  request->cancellable = g_cancellable_new ();
  request->socket_id = g_strdup (channels_connection_get_socket_id (self->connection));
  g_set_object (&entry->cancellable, request->cancellable);
  entry_start_timer (entry, self->authorize_timeout, on_authorize_deadline);
  channels_authorizer_authorize_async (self->authorizer, request->socket_id, entry_get_name (entry),
                                       request->cancellable, on_authorize_ready, request);
}

/* One try to get onto the current socket. */
static void
join (Entry *entry)
{
  g_autoptr (GError) error = NULL;

  entry_stop (entry);
  entry->refused_for_good = FALSE;
  channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_PENDING, NULL);
  /* Whoever was told may have taken the channel or the socket away, or have asked for the same again. */
  if (entry->roster == NULL || entry->roster->connection == NULL || entry->sent || entry->cancellable != NULL)
    return;
  if (!channels_name_is_signed (entry_get_name (entry)))
    subscribe (entry, NULL);
  else if (entry->roster->authorizer != NULL)
    authorize (entry);
  else
    {
      error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED,
                                   "This channel needs an authorisation, and there is nobody to ask for it");
      refuse (entry, error, TRUE);
    }
}

static void
on_retry (ChannelsSubscription *subscription, ChannelsRoster *self)
{
  Entry *found = g_hash_table_lookup (self->entries, channels_subscription_get_name (subscription));
  g_autoptr (Entry) entry = found != NULL ? entry_hold (found) : NULL;

  if (entry != NULL && channels_subscription_get_state (subscription) == CHANNELS_SUBSCRIPTION_REFUSED)
    join (entry);
}

static Entry *
entry_new (ChannelsRoster *self, const char *name)
{
  Entry *entry = g_rc_box_new0 (Entry);

  entry->roster = self;
  entry->subscription = channels_subscription_new (name);
  entry->retry_handler = g_signal_connect_object (entry->subscription, "retry", G_CALLBACK (on_retry), self, 0);
  channels_backoff_init (&entry->backoff, &channels_backoff_for_channels);
  return entry;
}

/* (nullable) (transfer full) */
static Entry *
find (ChannelsRoster *self, const char *channel)
{
  Entry *entry = channel != NULL ? g_hash_table_lookup (self->entries, channel) : NULL;

  return entry != NULL ? entry_hold (entry) : NULL;
}

/* (nullable) (transfer full): the entry an error without a channel must mean: the only one that waits for the
 * server's answer. With several, their deadlines tell. */
static Entry *
find_waiting (ChannelsRoster *self, gboolean signed_only)
{
  Entry *waiting = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Entry *entry = value;

      if (!entry->sent || entry_is_subscribed (entry) || (signed_only && !channels_name_is_signed (entry_get_name (entry))))
        continue;
      if (waiting != NULL)
        return NULL;
      waiting = entry;
    }
  return waiting != NULL ? entry_hold (waiting) : NULL;
}

/* (transfer container): all entries, held */
static GPtrArray *
hold_all (ChannelsRoster *self)
{
  GPtrArray *all = g_ptr_array_new_full (g_hash_table_size (self->entries), (GDestroyNotify) entry_release);
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_ptr_array_add (all, entry_hold (entry));
  return all;
}

static GError *
refusal_error (const ChannelsFrame *frame)
{
  const char *message = frame->message != NULL ? frame->message : "no reason given";

  if (frame->code == 401 || frame->code == 403 || frame->code == 4009)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED, "The server refused the subscription: %s", message);
  if (frame->code == 4004)
    return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_OVER_QUOTA, "The channel is full: %s", message);
  return g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_SERVER, "The server refused the subscription (%d): %s", frame->code,
                      message);
}

static void
on_subscription_error (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (GError) error = refusal_error (frame);
  g_autoptr (Entry) entry = frame->channel != NULL ? find (self, frame->channel) : find_waiting (self, FALSE);

  if (entry != NULL && entry->sent && !entry_is_subscribed (entry))
    refuse (entry, error, FALSE);
  else
    emit_error (self, error, frame->channel);
}

static void
on_server_error (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Entry) entry = NULL;

  /* Reverb's way of refusing a signature. */
  if (frame->code == 4009)
    entry = frame->channel != NULL ? find (self, frame->channel) : find_waiting (self, TRUE);
  if (entry != NULL && entry->sent && !entry_is_subscribed (entry))
    {
      error = refusal_error (frame);
      refuse (entry, error, FALSE);
      return;
    }
  error = g_error_new (CHANNELS_ERROR, CHANNELS_ERROR_SERVER, "The server reports error %d: %s", frame->code,
                       frame->message != NULL ? frame->message : "no reason given");
  emit_error (self, error, frame->channel);
}

static void
on_event (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (Entry) entry = find (self, frame->channel);
  const char *event = frame->event;

  if (entry == NULL)
    return;
  if (g_strcmp0 (event, "pusher_internal:subscription_count") == 0)
    event = "pusher:subscription_count";
  else if (g_str_has_prefix (event, "pusher_internal:"))
    return;
  channels_subscription_emit_event (entry->subscription, event, frame->data, frame->user_id);
  if (entry->roster != NULL)
    g_signal_emit (self, signals[SIGNAL_EVENT], 0, frame->channel, event, frame->data, frame->user_id);
}

static void
channels_roster_dispose (GObject *object)
{
  ChannelsRoster *self = CHANNELS_ROSTER (object);
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    entry_retire (entry);
  g_hash_table_remove_all (self->entries);
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (channels_roster_parent_class)->dispose (object);
}

static void
channels_roster_finalize (GObject *object)
{
  ChannelsRoster *self = CHANNELS_ROSTER (object);

  g_clear_pointer (&self->entries, g_hash_table_unref);
  g_clear_object (&self->authorizer);
  g_clear_object (&self->clock);
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
  signals[SIGNAL_EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                        string_type, string_type, JSON_TYPE_NODE | G_SIGNAL_TYPE_STATIC_SCOPE,
                                        string_type);
}

static void
channels_roster_init (ChannelsRoster *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) entry_release);
}

ChannelsRoster *
channels_roster_new (ChannelsAuthorizer *authorizer, ChannelsClock *clock)
{
  ChannelsRoster *self = g_object_new (CHANNELS_TYPE_ROSTER, NULL);

  self->authorizer = authorizer != NULL ? g_object_ref (authorizer) : NULL;
  self->clock = g_object_ref (clock);
  return self;
}

void
channels_roster_set_deadlines (ChannelsRoster *self, guint subscribe_timeout, guint authorize_timeout)
{
  self->subscribe_timeout = subscribe_timeout;
  self->authorize_timeout = authorize_timeout;
}

ChannelsSubscription *
channels_roster_add (ChannelsRoster *self, const char *name)
{
  Entry *entry = g_hash_table_lookup (self->entries, name);
  ChannelsSubscription *subscription;

  if (entry != NULL)
    return g_object_ref (entry->subscription);
  entry = entry_new (self, name);
  subscription = g_object_ref (entry->subscription);
  g_hash_table_insert (self->entries, (char *) entry_get_name (entry), entry);
  if (self->connection != NULL)
    {
      g_autoptr (Entry) held = entry_hold (entry);

      join (held);
    }
  return subscription;
}

void
channels_roster_remove (ChannelsRoster *self, const char *name)
{
  g_autoptr (Entry) entry = find (self, name);

  if (entry == NULL)
    return;
  take_back (entry);
  g_hash_table_remove (self->entries, name);
  entry_retire (entry);
  channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_UNSUBSCRIBED, NULL);
}

GPtrArray *
channels_roster_dup_subscriptions (ChannelsRoster *self)
{
  GPtrArray *subscriptions = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    g_ptr_array_add (subscriptions, g_object_ref (((Entry *) entry)->subscription));
  return subscriptions;
}

void
channels_roster_attach (ChannelsRoster *self, ChannelsConnection *connection)
{
  g_autoptr (GPtrArray) all = hold_all (self);

  g_assert (self->connection == NULL);

  self->connection = g_object_ref (connection);
  for (guint i = 0; i < all->len && self->connection == connection; i++)
    {
      Entry *entry = g_ptr_array_index (all, i);

      if (entry->roster != NULL && !entry->refused_for_good && !entry->sent && entry->cancellable == NULL)
        join (entry);
    }
}

void
channels_roster_detach (ChannelsRoster *self)
{
  g_autoptr (ChannelsConnection) connection = g_steal_pointer (&self->connection);
  g_autoptr (GPtrArray) all = NULL;

  if (connection == NULL)
    return;
  all = hold_all (self);
  for (guint i = 0; i < all->len; i++)
    {
      Entry *entry = g_ptr_array_index (all, i);

      entry_stop (entry);
      entry->sent = FALSE;
      entry->unanswered = FALSE;
      if (entry_is_subscribed (entry) && entry->gap_from == 0)
        entry->gap_from = channels_connection_get_last_frame (connection);
    }
  for (guint i = 0; i < all->len; i++)
    {
      Entry *entry = g_ptr_array_index (all, i);

      if (entry->roster != NULL && entry_is_subscribed (entry))
        channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_PENDING, NULL);
    }
}

void
channels_roster_handle (ChannelsRoster *self, const ChannelsFrame *frame)
{
  g_autoptr (Entry) entry = NULL;

  switch (frame->kind)
    {
    case CHANNELS_FRAME_SUBSCRIBED:
      entry = find (self, frame->channel);
      /* One nobody asked for on this socket, or the second for the same, says nothing new. */
      if (entry != NULL && (entry->sent || entry->unanswered) && !entry_is_subscribed (entry))
        confirm (entry, frame->data);
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
    default:
      break;
    }
}
