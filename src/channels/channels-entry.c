/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-entry-private.h"

#include "channels-error.h"
#include "channels-json-private.h"
#include "channels-name-private.h"
#include "channels-subscription-private.h"

/* Brings one channel onto the current socket: asks for its signature, subscribes once, waits with a deadline,
 * and tries again what was refused.
 *
 * All entries of a desk share one timer for their deadlines, and one for their next tries, for a main loop goes through
 * all of its timers each time something happens. And they share the deadline: a server that is asked for thousands of
 * channels answers one after the other, and the last has not been kept waiting while those before it are answered. */

static void
stop_retry (ChannelsEntry *entry)
{
  if (entry->retry != NULL)
    channels_agenda_remove (entry->desk->retries, entry->retry);
  entry->retry = NULL;
}

static void
stop_deadline (ChannelsDesk *desk)
{
  if (desk->timer != 0)
    channels_clock_remove_timeout (desk->clock, desk->timer);
  desk->timer = 0;
}

/* Nobody waits for the server's answer any more. The deadline of those who still do is not earlier than it was: the
 * timer finds out. */
static void
stop_waiting (ChannelsEntry *entry)
{
  ChannelsDesk *desk = entry->desk;

  g_queue_delete_link (&desk->waiting, g_steal_pointer (&entry->waiting));
  if (desk->waiting.length == 0)
    stop_deadline (desk);
}

/* The server has answered this one. */
static void
note_answer (ChannelsEntry *entry)
{
  ChannelsDesk *desk = entry->desk;

  if (entry->waiting != NULL && entry->waiting == desk->waiting.head)
    desk->answered = channels_clock_get_monotonic_time (desk->clock);
}

/* Ends what is under way for this entry, here; the server is not told. */
static void
stop (ChannelsEntry *entry)
{
  ChannelsAuthRequest *request = g_steal_pointer (&entry->request);

  stop_retry (entry);
  if (entry->waiting != NULL)
    stop_waiting (entry);
  if (request != NULL)
    channels_auth_queue_cancel (entry->desk->auth_queue, request);
}

/* Tells the server that a subscribe it was sent, answered or not, no longer counts. */
static void
take_back (ChannelsEntry *entry)
{
  g_autofree char *text = NULL;

  if (entry->desk->connection == NULL || !(entry->sent || entry->unanswered)
      || channels_connection_is_plain (entry->desk->connection))
    return;
  text = channels_frame_unsubscribe (channels_entry_get_name (entry));
  channels_connection_send (entry->desk->connection, text);
  entry->sent = FALSE;
  entry->unanswered = FALSE;
}

/* µs from now until the oldest one's deadline; 0: it is over, or nobody waits */
static gint64
get_deadline (ChannelsDesk *desk)
{
  const ChannelsEntry *oldest = g_queue_peek_head (&desk->waiting);
  gint64 since = oldest != NULL ? MAX (oldest->sent_at, desk->answered) : 0;
  gint64 now = channels_clock_get_monotonic_time (desk->clock);

  return oldest != NULL ? MAX (since + desk->subscribe_timeout * G_TIME_SPAN_MILLISECOND - now, 0) : 0;
}

static void
time_out (ChannelsEntry *entry)
{
  g_autoptr (GError) error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_TIMED_OUT,
                                                  "The server did not confirm the subscription");

  entry->unanswered = TRUE;
  channels_entry_refuse (entry, error, FALSE);
}

static gboolean
on_subscribe_deadline (gpointer data)
{
  ChannelsDesk *desk = data;
  g_autoptr (GObject) owner = g_object_ref (desk->owner);

  desk->timer = 0;
  for (guint n = desk->waiting.length; n > 0 && desk->waiting.length > 0 && get_deadline (desk) == 0; n--)
    {
      g_autoptr (ChannelsEntry) entry = channels_entry_hold (g_queue_peek_head (&desk->waiting));

      time_out (entry);
    }
  /* Whoever was told may have subscribed again: that one is not the oldest. */
  stop_deadline (desk);
  if (desk->waiting.length > 0)
    desk->timer = channels_clock_add_timeout (desk->clock, (guint) ((get_deadline (desk) + 999) / 1000),
                                              on_subscribe_deadline, desk);
  return G_SOURCE_REMOVE;
}

static void
start_waiting (ChannelsEntry *entry)
{
  ChannelsDesk *desk = entry->desk;

  g_queue_push_tail (&desk->waiting, entry);
  entry->waiting = g_queue_peek_tail_link (&desk->waiting);
  entry->sent_at = channels_clock_get_monotonic_time (desk->clock);
  if (desk->timer == 0)
    desk->timer = channels_clock_add_timeout (desk->clock, desk->subscribe_timeout, on_subscribe_deadline, desk);
}

static void
on_next_try (gpointer data)
{
  g_autoptr (ChannelsEntry) entry = channels_entry_hold (data);

  entry->retry = NULL;
  channels_entry_join (entry);
}

static void
subscribe (ChannelsEntry *entry, const ChannelsAuthorization *authorization)
{
  const char *name = channels_entry_get_name (entry);
  g_autofree char *text = NULL;

  g_assert (!entry->sent);

  /* The server may have taken the one it never answered; then a second would be one too many. */
  take_back (entry);
  if (authorization != NULL)
    text = channels_frame_subscribe (name, authorization->auth, authorization->channel_data);
  else if (channels_name_is_user (name))
    text = channels_frame_subscribe (name, "", NULL);
  else
    text = channels_frame_subscribe (name, NULL, NULL);
  entry->sent = TRUE;
  entry->asked = TRUE;
  start_waiting (entry);
  channels_connection_send (entry->desk->connection, text);
}

static void
read_own_id (ChannelsEntry *entry, const char *channel_data)
{
  g_autoptr (JsonNode) node = channel_data != NULL ? channels_json_parse (channel_data, -1, NULL) : NULL;
  JsonObject *object = channels_json_get_object (node);
  g_autofree char *own_id = NULL;

  if (object != NULL && json_object_has_member (object, "user_id"))
    own_id = channels_json_dup_id (json_object_get_member (object, "user_id"));
  channels_subscription_set_own_id (entry->subscription, own_id);
}

/* ChannelsDecryptorFuncs */

static void
deliver (gpointer data, ChannelsEvent *event)
{
  g_autoptr (ChannelsEntry) entry = channels_entry_hold (data);
  g_autoptr (GObject) owner = g_object_ref (entry->desk->owner);

  entry->desk->deliver (owner, entry, event);
}

static void
fail (gpointer data, const char *name, const GError *error)
{
  g_autoptr (ChannelsEntry) entry = channels_entry_hold (data);

  channels_subscription_emit_decryption_failed (entry->subscription, name, error);
}

static const ChannelsDecryptorFuncs decryptor_funcs = { deliver, fail };

static void
subscribe_encrypted (ChannelsEntry *entry, const ChannelsAuthorization *authorization)
{
  g_autoptr (GError) error = NULL;
  ChannelsSecretbox *key = channels_secretbox_new (authorization->shared_secret, &error);

  if (key == NULL)
    {
      channels_entry_refuse (entry, error, FALSE);
      return;
    }
  channels_decryptor_set_key (entry->decryptor, key, channels_connection_get_socket_id (entry->desk->connection));
  subscribe (entry, authorization);
  /* What the last socket brought, and could not be read any more */
  channels_decryptor_drain (entry->decryptor);
}

/* The socket is still the one that it was asked for: with another, the question would have been taken back. */
static void
on_authorized (const ChannelsAuthorization *authorization, const GError *error, gpointer data)
{
  g_autoptr (ChannelsEntry) entry = channels_entry_hold (data);

  entry->request = NULL;
  if (authorization == NULL)
    {
      channels_entry_refuse (entry, error, g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED));
      return;
    }
  if (channels_name_is_presence (channels_entry_get_name (entry)))
    read_own_id (entry, authorization->channel_data);
  if (entry->decryptor != NULL)
    subscribe_encrypted (entry, authorization);
  else
    subscribe (entry, authorization);
}

static void
authorize (ChannelsEntry *entry)
{
  entry->request =
      channels_auth_queue_ask (entry->desk->auth_queue, channels_connection_get_socket_id (entry->desk->connection),
                               channels_entry_get_name (entry), on_authorized, entry);
}

/* ChannelsSubscriptionFuncs */

static void
retry (gpointer owner)
{
  g_autoptr (ChannelsEntry) entry = channels_entry_hold (owner);

  if (channels_subscription_get_state (entry->subscription) == CHANNELS_SUBSCRIPTION_REFUSED)
    channels_entry_join (entry);
}

static gboolean
send_client_event (gpointer owner, const char *event, JsonNode *data, GError **error)
{
  ChannelsEntry *entry = owner;
  ChannelsDesk *desk = entry->desk;
  gint64 now = channels_clock_get_monotonic_time (desk->clock);
  guint wait = channels_rate_get_wait (&desk->rate, now);
  g_autofree char *text = NULL;

  if (desk->connection == NULL || !channels_entry_is_subscribed (entry) ||
      channels_connection_is_plain (desk->connection))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_NOT_SUBSCRIBED, "The channel is not subscribed");
      return FALSE;
    }
  if (wait != 0)
    {
      g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_RATE_LIMITED,
                   "Too many client events: the next may be sent in %u ms", wait);
      return FALSE;
    }
  text = channels_frame_client_event (channels_entry_get_name (entry), event, data);
  if (!channels_connection_send (desk->connection, text))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_NOT_SUBSCRIBED, "The connection is being closed");
      return FALSE;
    }
  channels_rate_note (&desk->rate, now);
  return TRUE;
}

static const ChannelsSubscriptionFuncs subscription_funcs = { retry, send_client_event };

static void
entry_clear (gpointer data)
{
  ChannelsEntry *entry = data;

  g_clear_pointer (&entry->decryptor, channels_decryptor_unref);
  g_clear_object (&entry->subscription);
}

ChannelsEntry *
channels_entry_new (ChannelsDesk *desk, const char *name)
{
  ChannelsEntry *entry = g_rc_box_new0 (ChannelsEntry);

  entry->desk = desk;
  entry->subscription = channels_subscription_new (name);
  channels_subscription_set_owner (entry->subscription, &subscription_funcs, entry);
  if (channels_name_is_encrypted (name))
    entry->decryptor = channels_decryptor_new (name, desk->auth_queue, desk->clock, &decryptor_funcs, entry);
  channels_backoff_init (&entry->backoff, &channels_backoff_for_channels);
  return entry;
}

ChannelsEntry *
channels_entry_hold (ChannelsEntry *entry)
{
  return g_rc_box_acquire (entry);
}

void
channels_entry_release (ChannelsEntry *entry)
{
  g_rc_box_release_full (entry, entry_clear);
}

const char *
channels_entry_get_name (ChannelsEntry *entry)
{
  return channels_subscription_get_name (entry->subscription);
}

gboolean
channels_entry_is_subscribed (ChannelsEntry *entry)
{
  return channels_subscription_get_state (entry->subscription) == CHANNELS_SUBSCRIPTION_SUBSCRIBED;
}

void
channels_entry_join (ChannelsEntry *entry)
{
  g_autoptr (GError) error = NULL;

  stop (entry);
  entry->refused_for_good = FALSE;
  channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_PENDING, NULL);
  /* Whoever was told may have taken the channel or the socket away, or have asked for the same again. */
  if (entry->desk == NULL || entry->desk->connection == NULL || entry->sent || entry->request != NULL)
    return;
  /* The server has to know the user first. */
  if (channels_name_is_user (channels_entry_get_name (entry)) && !entry->desk->signed_in)
    return;
  if (channels_connection_is_plain (entry->desk->connection))
    channels_entry_confirm (entry, NULL);
  else if (!channels_name_is_signed (channels_entry_get_name (entry)))
    subscribe (entry, NULL);
  else if (entry->desk->auth_queue != NULL)
    authorize (entry);
  else
    {
      error = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED,
                                   "This channel needs an authorisation, and there is nobody to ask for it");
      channels_entry_refuse (entry, error, TRUE);
    }
}

void
channels_entry_confirm (ChannelsEntry *entry, JsonNode *data)
{
  g_autoptr (GObject) owner = g_object_ref (entry->desk->owner);
  g_autoptr (ChannelsClock) clock = g_object_ref (entry->desk->clock);
  gint64 gap_from = entry->gap_from;

  note_answer (entry);
  stop (entry);
  channels_backoff_reset (&entry->backoff);
  entry->sent = TRUE;
  entry->unanswered = FALSE;
  entry->gap_from = 0;
  channels_subscription_confirm (entry->subscription, data);
  if (gap_from != 0 && entry->desk != NULL)
    channels_subscription_emit_gap (entry->subscription, gap_from, channels_clock_get_real_time (clock));
}

void
channels_entry_refuse (ChannelsEntry *entry, const GError *error, gboolean for_good)
{
  ChannelsDesk *desk = entry->desk;
  g_autoptr (GObject) owner = g_object_ref (desk->owner);

  if (!entry->unanswered)
    note_answer (entry);
  stop (entry);
  entry->sent = FALSE;
  entry->refused_for_good = for_good;
  if (!for_good)
    entry->retry = channels_agenda_add (desk->retries, channels_backoff_next (&entry->backoff, desk->clock, 0),
                                        on_next_try, entry);
  channels_subscription_set_state (entry->subscription, CHANNELS_SUBSCRIPTION_REFUSED, error);
  desk->report (owner, error, channels_entry_get_name (entry));
}

void
channels_entry_leave (ChannelsEntry *entry, gint64 last_frame)
{
  stop (entry);
  if (entry->decryptor != NULL)
    channels_decryptor_leave (entry->decryptor);
  entry->sent = FALSE;
  entry->asked = FALSE;
  entry->unanswered = FALSE;
  if (channels_entry_is_subscribed (entry) && entry->gap_from == 0)
    entry->gap_from = last_frame;
}

void
channels_entry_retire (ChannelsEntry *entry)
{
  take_back (entry);
  stop (entry);
  channels_subscription_set_owner (entry->subscription, NULL, NULL);
  if (entry->decryptor != NULL)
    channels_decryptor_retire (entry->decryptor);
  entry->desk = NULL;
}
