/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-feed.h"

#include "rd-plain.h"

/* The live side of an account: channels in, domain events out. It knows nothing of REST, and decides nothing. */

/* The profile's own, and those of what is followed, which is bounded where it is gathered. */
#define MAX_CHANNELS 350

enum
{
  CHANGED,
  SETTLED,
  EVENT,
  MEMBERS_RESET,
  MEMBER_ADDED,
  MEMBER_REMOVED,
  CALL_TOUCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdFeed
{
  GObject parent_instance;

  ChannelsClient *client; /* (nullable) */
  RdProfile *profile;
  RdPhone *phone;
  char *account;
  GError *unusable;    /* (nullable): why a channel could not even be asked for */
  GPtrArray *channels; /* ChannelsSubscription, in the profile's order */
  RdVars *vars;        /* (nullable) until they are joined */
  gint64 seen_until;   /* what happened before this has been seen; 0: nothing was missed so far */
  gboolean unsettled;  /* a channel was (re)subscribed since the last ::settled */
  gboolean connected;
};

G_DEFINE_FINAL_TYPE (RdFeed, rd_feed, G_TYPE_OBJECT)

static void
settle (RdFeed *self)
{
  gint64 since = self->seen_until;

  if (!self->unsettled)
    return;
  for (guint i = 0; i < self->channels->len; i++)
    if (channels_subscription_get_state (self->channels->pdata[i]) == CHANNELS_SUBSCRIPTION_PENDING)
      return;

  self->unsettled = FALSE;
  self->seen_until = 0;
  g_signal_emit (self, signals[SETTLED], 0, since);
}

static RdEvent *
map_member (RdFeed *self, ChannelsSubscription *channel, const char *id)
{
  return rd_profile_map_member (self->profile, channels_subscription_get_name (channel), id,
                                channels_subscription_get_member (channel, id));
}

static void
tell_members (RdFeed *self, ChannelsSubscription *channel)
{
  const char *name = channels_subscription_get_name (channel);
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_event_unref);
  g_autoptr (GPtrArray) ids = channels_subscription_dup_members (channel);

  if (!g_str_has_prefix (name, "presence-"))
    return;
  for (guint i = 0; i < ids->len; i++)
    {
      RdEvent *member = map_member (self, channel, ids->pdata[i]);

      if (member != NULL)
        g_ptr_array_add (members, member);
    }
  g_signal_emit (self, signals[MEMBERS_RESET], 0, name, members);
}

static void
on_channel_member_added (ChannelsSubscription *channel, const char *id, JsonNode *info, RdFeed *self)
{
  g_autoptr (RdEvent) member = map_member (self, channel, id);

  if (member != NULL)
    g_signal_emit (self, signals[MEMBER_ADDED], 0, channels_subscription_get_name (channel), member);
}

static void
on_channel_member_removed (ChannelsSubscription *channel, const char *id, JsonNode *info, RdFeed *self)
{
  g_signal_emit (self, signals[MEMBER_REMOVED], 0, channels_subscription_get_name (channel), id);
}

static void
on_channel_state_changed (ChannelsSubscription *channel, GParamSpec *pspec, RdFeed *self)
{
  if (channels_subscription_get_state (channel) == CHANNELS_SUBSCRIPTION_SUBSCRIBED)
    {
      self->unsettled = TRUE;
      tell_members (self, channel);
    }
  g_signal_emit (self, signals[CHANGED], 0);
  settle (self);
}

static void
on_channel_gap (ChannelsSubscription *channel, gint64 from, gint64 to, RdFeed *self)
{
  if (from > 0)
    self->seen_until = self->seen_until > 0 ? MIN (self->seen_until, from) : from;
  self->unsettled = TRUE;
  settle (self);
}

static void
on_client_state_changed (ChannelsClient *client, GParamSpec *pspec, RdFeed *self)
{
  gboolean connected = channels_client_get_state (client) == CHANNELS_CLIENT_CONNECTED;

  /* The first of several sockets lost in a row counts. */
  if (self->connected && !connected && self->seen_until == 0)
    self->seen_until = channels_client_get_last_frame (client);
  self->connected = connected;
}

static ChannelsSubscription *
find (RdFeed *self, const char *name)
{
  for (guint i = 0; i < self->channels->len; i++)
    if (strcmp (channels_subscription_get_name (self->channels->pdata[i]), name) == 0)
      return self->channels->pdata[i];
  return NULL;
}

static void
join (RdFeed *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  ChannelsSubscription *channel;

  if (find (self, name) != NULL)
    return;
  if (self->channels->len >= MAX_CHANNELS)
    {
      g_message ("%s: more than %d channels: %s is left out", self->account, MAX_CHANNELS, name);
      return;
    }
  channel = channels_client_subscribe (self->client, name, &error);
  if (channel == NULL)
    {
      g_message ("%s: channel %s: %s", self->account, name, error->message);
      g_clear_error (&self->unusable);
      self->unusable = g_steal_pointer (&error);
      return;
    }
  g_ptr_array_add (self->channels, channel);
  g_signal_connect_object (channel, "notify::state", G_CALLBACK (on_channel_state_changed), self, 0);
  g_signal_connect_object (channel, "notify::error", G_CALLBACK (on_channel_state_changed), self, 0);
  g_signal_connect_object (channel, "gap", G_CALLBACK (on_channel_gap), self, 0);
  g_signal_connect_object (channel, "member-added", G_CALLBACK (on_channel_member_added), self, 0);
  g_signal_connect_object (channel, "member-removed", G_CALLBACK (on_channel_member_removed), self, 0);
}

static void
leave_others (RdFeed *self, const char * const *names)
{
  for (guint i = self->channels->len; i > 0; i--)
    {
      ChannelsSubscription *channel = self->channels->pdata[i - 1];

      if (g_strv_contains (names, channels_subscription_get_name (channel)))
        continue;
      g_signal_handlers_disconnect_by_data (channel, self);
      channels_client_unsubscribe (self->client, channels_subscription_get_name (channel));
      g_ptr_array_remove_index (self->channels, i - 1);
    }
}

static char **
dup_names (RdFeed *self)
{
  static const char * const plain[] = { RD_PLAIN_CHANNEL, NULL };

  if (rd_profile_get_plain_line (self->profile) != NULL)
    return g_strdupv ((char **) plain);
  return rd_profile_dup_channels (self->profile, self->vars);
}

static void
join_all (RdFeed *self)
{
  g_auto (GStrv) names = NULL;

  if (self->client == NULL)
    return;
  names = dup_names (self);
  leave_others (self, (const char * const *) names);
  g_clear_error (&self->unusable);
  for (char **name = names; *name != NULL; name++)
    join (self, *name);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_client_event (ChannelsClient *client, ChannelsEvent *raw, RdFeed *self)
{
  const char *channel = channels_event_get_channel (raw);
  const char *name = channels_event_get_name (raw);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdEvent) event = NULL;
  RdCall *call;

  event = rd_profile_map_event (self->profile, channel, name, channels_event_get_data (raw), &error);
  if (error != NULL)
    g_message ("%s: %s on %s: %s", self->account, name, channel, error->message);
  if (event == NULL)
    return;

  g_signal_emit (self, signals[EVENT], 0, event);
  call = rd_phone_handle (self->phone, self->account, event, RD_ORIGIN_LIVE);
  if (call != NULL)
    g_signal_emit (self, signals[CALL_TOUCHED], 0, call);
}

/* To what the profile names, and nothing else: what it does not name, the client need not even make an event of. */
static void
listen (RdFeed *self)
{
  g_autofree const char **events = rd_profile_dup_events (self->profile);
  const guint event_id = g_signal_lookup ("event", CHANNELS_TYPE_CLIENT);

  for (guint i = 0; events[i] != NULL; i++)
    g_signal_connect_closure_by_id (self->client, event_id, g_quark_from_string (events[i]),
                                    g_cclosure_new_object (G_CALLBACK (on_client_event), G_OBJECT (self)), FALSE);
}

static const char *
state_to_string (ChannelsSubscriptionState state)
{
  switch (state)
    {
    case CHANNELS_SUBSCRIPTION_SUBSCRIBED:
      return "subscribed";
    case CHANNELS_SUBSCRIPTION_REFUSED:
      return "refused";
    case CHANNELS_SUBSCRIPTION_PENDING:
    case CHANNELS_SUBSCRIPTION_UNSUBSCRIBED:
    default:
      return "pending";
    }
}

/*
 * GObject
 */
static void
rd_feed_finalize (GObject *object)
{
  RdFeed *self = RD_FEED (object);

  g_clear_pointer (&self->channels, g_ptr_array_unref);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_clear_object (&self->client);
  g_clear_object (&self->profile);
  g_clear_object (&self->phone);
  g_clear_error (&self->unusable);
  g_free (self->account);

  G_OBJECT_CLASS (rd_feed_parent_class)->finalize (object);
}

static void
rd_feed_class_init (RdFeedClass *klass)
{
  const GType string_type = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;

  G_OBJECT_CLASS (klass)->finalize = rd_feed_finalize;

  signals[CHANGED] = g_signal_new ("changed", RD_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED] = g_signal_new ("settled", RD_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_INT64);
  signals[EVENT] = g_signal_new ("event", RD_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 RD_TYPE_EVENT);
  signals[MEMBERS_RESET] = g_signal_new ("members-reset", RD_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, string_type, G_TYPE_PTR_ARRAY);
  signals[MEMBER_ADDED] = g_signal_new ("member-added", RD_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, string_type, RD_TYPE_EVENT);
  signals[MEMBER_REMOVED] = g_signal_new ("member-removed", RD_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, string_type, string_type);
  signals[CALL_TOUCHED] = g_signal_new ("call-touched", RD_TYPE_FEED, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, RD_TYPE_CALL);
}

static void
rd_feed_init (RdFeed *self)
{
  self->channels = g_ptr_array_new_with_free_func (g_object_unref);
}

RdFeed *
rd_feed_new (ChannelsClient *client, RdProfile *profile, RdPhone *phone, const char *account)
{
  RdFeed *self;

  g_return_val_if_fail (client == NULL || CHANNELS_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (RD_TYPE_FEED, NULL);
  self->client = client != NULL ? g_object_ref (client) : NULL;
  self->profile = g_object_ref (profile);
  self->phone = g_object_ref (phone);
  self->account = g_strdup (account);
  if (client != NULL)
    {
      listen (self);
      g_signal_connect_object (client, "notify::state", G_CALLBACK (on_client_state_changed), self, 0);
    }
  return self;
}

void
rd_feed_join (RdFeed *self, RdVars *vars)
{
  g_return_if_fail (RD_IS_FEED (self));
  g_return_if_fail (vars != NULL);

  g_clear_pointer (&self->vars, rd_vars_unref);
  self->vars = rd_vars_copy (vars);
  join_all (self);
}

void
rd_feed_retry (RdFeed *self)
{
  g_return_if_fail (RD_IS_FEED (self));

  for (guint i = 0; i < self->channels->len; i++)
    if (channels_subscription_get_state (self->channels->pdata[i]) == CHANNELS_SUBSCRIPTION_REFUSED)
      channels_subscription_retry (self->channels->pdata[i]);
}

GVariant *
rd_feed_list (RdFeed *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));

  g_return_val_if_fail (RD_IS_FEED (self), NULL);

  for (guint i = 0; i < self->channels->len; i++)
    {
      ChannelsSubscription *channel = self->channels->pdata[i];
      ChannelsSubscriptionState state = channels_subscription_get_state (channel);
      const GError *error = channels_subscription_get_error (channel);
      const char *reason = "";

      if (state != CHANNELS_SUBSCRIPTION_SUBSCRIBED && error != NULL && error->domain == CHANNELS_ERROR)
        reason = channels_error_to_string ((ChannelsError) error->code);
      g_variant_builder_add (&builder, "(sss)", channels_subscription_get_name (channel), state_to_string (state),
                             reason);
    }
  return g_variant_builder_end (&builder);
}

const GError *
rd_feed_get_refusal (RdFeed *self)
{
  g_return_val_if_fail (RD_IS_FEED (self), NULL);

  for (guint i = 0; i < self->channels->len; i++)
    if (channels_subscription_get_state (self->channels->pdata[i]) == CHANNELS_SUBSCRIPTION_REFUSED)
      return channels_subscription_get_error (self->channels->pdata[i]);
  return self->unusable;
}

gboolean
rd_feed_hears (RdFeed *self)
{
  g_return_val_if_fail (RD_IS_FEED (self), FALSE);

  for (guint i = 0; i < self->channels->len; i++)
    if (channels_subscription_get_state (self->channels->pdata[i]) == CHANNELS_SUBSCRIPTION_SUBSCRIBED)
      return TRUE;
  return FALSE;
}

gboolean
rd_feed_is_deaf (RdFeed *self)
{
  g_return_val_if_fail (RD_IS_FEED (self), FALSE);

  for (guint i = 0; i < self->channels->len; i++)
    if (channels_subscription_get_state (self->channels->pdata[i]) != CHANNELS_SUBSCRIPTION_REFUSED)
      return FALSE;
  return rd_feed_get_refusal (self) != NULL;
}
