/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-subscription-private.h"

#include <string.h>

#include "channels-error.h"
#include "channels-event-private.h"
#include "channels-members-private.h"
#include "channels-name-private.h"

/* One channel as its users see it: its state, its events, its members. How it gets onto a socket is the
 * roster's business. */

#define CLIENT_EVENT "client-"
#define MAX_EVENT_NAME 200               /* bytes */
#define MAX_EVENT_DATA ((gsize) 10 * 1024) /* bytes: servers take no more */

typedef enum
{
  PROP_NAME = 1,
  PROP_STATE,
  PROP_ERROR,
  PROP_SUBSCRIPTION_COUNT,
} ChannelsSubscriptionProps;

static GParamSpec *properties[PROP_SUBSCRIPTION_COUNT + 1];

enum
{
  SIGNAL_EVENT,
  SIGNAL_MEMBER_ADDED,
  SIGNAL_MEMBER_REMOVED,
  SIGNAL_GAP,
  SIGNAL_DECRYPTION_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _ChannelsSubscription
{
  GObject parent_instance;

  char *name;
  ChannelsSubscriptionState state;
  GError *error;
  GHashTable *early;   /* (nullable): id → info, or NULL: gone; told before the server's confirmation */
  GHashTable *members; /* (nullable): id → JsonNode or NULL; from the first confirmation on */
  char *own_id;
  int subscription_count;                 /* -1: unknown */
  const ChannelsSubscriptionFuncs *funcs; /* (nullable): nobody wants the channel any more */
  gpointer owner;                         /* (unowned) */
};

G_DEFINE_ENUM_TYPE (ChannelsSubscriptionState, channels_subscription_state,
                    G_DEFINE_ENUM_VALUE (CHANNELS_SUBSCRIPTION_PENDING, "pending"),
                    G_DEFINE_ENUM_VALUE (CHANNELS_SUBSCRIPTION_SUBSCRIBED, "subscribed"),
                    G_DEFINE_ENUM_VALUE (CHANNELS_SUBSCRIPTION_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (CHANNELS_SUBSCRIPTION_UNSUBSCRIBED, "unsubscribed"))

G_DEFINE_FINAL_TYPE (ChannelsSubscription, channels_subscription, G_TYPE_OBJECT)

/* Emits @signal for every member of @these who is not one of @those; until somebody who is told takes the channel
 * away. */
static void
emit_difference (ChannelsSubscription *self, guint signal, GHashTable *these, GHashTable *those)
{
  GHashTableIter iter;
  gpointer id, info;

  g_hash_table_iter_init (&iter, these);
  while (self->state == CHANNELS_SUBSCRIPTION_SUBSCRIBED && g_hash_table_iter_next (&iter, &id, &info))
    if (!g_hash_table_contains (those, id))
      g_signal_emit (self, signals[signal], 0, id, info);
}

/* GObject */

static void
channels_subscription_finalize (GObject *object)
{
  ChannelsSubscription *self = CHANNELS_SUBSCRIPTION (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->early, g_hash_table_unref);
  g_clear_pointer (&self->members, g_hash_table_unref);
  g_clear_pointer (&self->own_id, g_free);
  G_OBJECT_CLASS (channels_subscription_parent_class)->finalize (object);
}

static void
channels_subscription_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ChannelsSubscription *self = CHANNELS_SUBSCRIPTION (object);

  switch ((ChannelsSubscriptionProps) id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_STATE:
      g_value_set_enum (value, (int) self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_SUBSCRIPTION_COUNT:
      g_value_set_int (value, self->subscription_count);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
channels_subscription_class_init (ChannelsSubscriptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);
  const GType string_type = G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE;
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = channels_subscription_finalize;
  object_class->get_property = channels_subscription_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, CHANNELS_TYPE_SUBSCRIPTION_STATE,
                                              CHANNELS_SUBSCRIPTION_PENDING, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_SUBSCRIPTION_COUNT] =
      g_param_spec_int ("subscription-count", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /* Events and documents are not of static scope, or handlers in JavaScript would hold what is gone when they have
   * returned. */
  signals[SIGNAL_EVENT] = g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, CHANNELS_TYPE_EVENT);
  signals[SIGNAL_MEMBER_ADDED] = g_signal_new ("member-added", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                               G_TYPE_NONE, 2, string_type, JSON_TYPE_NODE);
  signals[SIGNAL_MEMBER_REMOVED] = g_signal_new ("member-removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                 G_TYPE_NONE, 2, string_type, JSON_TYPE_NODE);
  signals[SIGNAL_GAP] = g_signal_new ("gap", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                      G_TYPE_INT64, G_TYPE_INT64);
  signals[SIGNAL_DECRYPTION_FAILED] = g_signal_new ("decryption-failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                    G_TYPE_NONE, 2, string_type, G_TYPE_ERROR);
}

static void
channels_subscription_init (ChannelsSubscription *self)
{
  self->subscription_count = -1;
}

ChannelsSubscription *
channels_subscription_new (const char *name)
{
  ChannelsSubscription *self = g_object_new (CHANNELS_TYPE_SUBSCRIPTION, NULL);

  self->name = g_strdup (name);
  return self;
}

void
channels_subscription_set_state (ChannelsSubscription *self, ChannelsSubscriptionState state, const GError *error)
{
  gboolean new_state = self->state != state;
  gboolean new_error = self->error != NULL || error != NULL;
  GError *copy = error != NULL ? g_error_copy (error) : NULL;

  g_clear_error (&self->error);
  self->error = copy;
  self->state = state;
  g_clear_pointer (&self->early, g_hash_table_unref);
  if (new_error)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
  if (new_state)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
channels_subscription_set_owner (ChannelsSubscription *self, const ChannelsSubscriptionFuncs *funcs, gpointer owner)
{
  self->funcs = funcs;
  self->owner = owner;
}

void
channels_subscription_set_subscription_count (ChannelsSubscription *self, gint64 count)
{
  int bounded = (int) CLAMP (count, -1, G_MAXINT);

  if (self->subscription_count == bounded)
    return;
  self->subscription_count = bounded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBSCRIPTION_COUNT]);
}

void
channels_subscription_set_own_id (ChannelsSubscription *self, const char *own_id)
{
  g_free (self->own_id);
  self->own_id = g_strdup (own_id);
}

void
channels_subscription_confirm (ChannelsSubscription *self, JsonNode *data)
{
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;

  if (channels_name_is_presence (self->name))
    after = channels_members_read (data);
  if (after != NULL && self->early != NULL)
    channels_members_apply (after, self->early);
  if (after != NULL)
    {
      before = g_steal_pointer (&self->members);
      self->members = channels_members_copy (after);
    }
  channels_subscription_set_state (self, CHANNELS_SUBSCRIPTION_SUBSCRIBED, NULL);
  if (before != NULL)
    {
      emit_difference (self, SIGNAL_MEMBER_REMOVED, before, after);
      emit_difference (self, SIGNAL_MEMBER_ADDED, after, before);
    }
}

/* Servers read who is there while others come and go, and say so before they are done. The list may have been made
 * before that or after. */
static void
note_early (ChannelsSubscription *self, const char *user_id, JsonNode *info, gboolean came)
{
  if (self->early == NULL)
    self->early = channels_members_new ();
  channels_members_note (self->early, user_id, info, came);
}

void
channels_subscription_add_member (ChannelsSubscription *self, const char *user_id, JsonNode *info)
{
  if (!channels_name_is_presence (self->name))
    return;
  if (self->state != CHANNELS_SUBSCRIPTION_SUBSCRIBED)
    {
      note_early (self, user_id, info, TRUE);
      return;
    }
  if (self->members == NULL)
    self->members = channels_members_new ();
  if (channels_members_put (self->members, user_id, info))
    g_signal_emit (self, signals[SIGNAL_MEMBER_ADDED], 0, user_id, g_hash_table_lookup (self->members, user_id));
}

void
channels_subscription_remove_member (ChannelsSubscription *self, const char *user_id)
{
  g_autofree char *key = NULL;
  g_autoptr (JsonNode) info = NULL;

  if (self->state != CHANNELS_SUBSCRIPTION_SUBSCRIBED && channels_name_is_presence (self->name))
    note_early (self, user_id, NULL, FALSE);
  else if (self->members != NULL &&
           g_hash_table_steal_extended (self->members, user_id, (gpointer *) &key, (gpointer *) &info))
    g_signal_emit (self, signals[SIGNAL_MEMBER_REMOVED], 0, user_id, info);
}

gboolean
channels_subscription_is_heard (ChannelsSubscription *self, GQuark event)
{
  return channels_event_is_heard (self, signals[SIGNAL_EVENT], event);
}

void
channels_subscription_emit_event (ChannelsSubscription *self, GQuark detail, ChannelsEvent *event)
{
  g_signal_emit (self, signals[SIGNAL_EVENT], detail, event);
}

void
channels_subscription_emit_decryption_failed (ChannelsSubscription *self, const char *event, const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_DECRYPTION_FAILED], 0, event, error);
}

void
channels_subscription_emit_gap (ChannelsSubscription *self, gint64 from, gint64 to)
{
  g_signal_emit (self, signals[SIGNAL_GAP], 0, from, to);
}

const char *
channels_subscription_state_to_string (ChannelsSubscriptionState state)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (CHANNELS_TYPE_SUBSCRIPTION_STATE);
  const GEnumValue *value = g_enum_get_value (klass, (int) state);

  return value != NULL ? value->value_nick : "unknown";
}

const char *
channels_subscription_get_name (ChannelsSubscription *self)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), NULL);

  return self->name;
}

ChannelsSubscriptionState
channels_subscription_get_state (ChannelsSubscription *self)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), CHANNELS_SUBSCRIPTION_UNSUBSCRIBED);

  return self->state;
}

const GError *
channels_subscription_get_error (ChannelsSubscription *self)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), NULL);

  return self->error;
}

void
channels_subscription_retry (ChannelsSubscription *self)
{
  g_return_if_fail (CHANNELS_IS_SUBSCRIPTION (self));

  if (self->funcs != NULL)
    self->funcs->retry (self->owner);
}

GPtrArray *
channels_subscription_dup_members (ChannelsSubscription *self)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), NULL);

  return channels_members_dup_ids (self->members);
}

JsonNode *
channels_subscription_get_member (ChannelsSubscription *self, const char *user_id)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), NULL);
  g_return_val_if_fail (user_id != NULL, NULL);

  return self->members != NULL ? g_hash_table_lookup (self->members, user_id) : NULL;
}

const char *
channels_subscription_get_own_id (ChannelsSubscription *self)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), NULL);

  return self->own_id;
}

int
channels_subscription_get_subscription_count (ChannelsSubscription *self)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), -1);

  return self->subscription_count;
}

static gboolean
check_client_event (ChannelsSubscription *self, const char *event, JsonNode *data, GError **error)
{
  g_autofree char *text = NULL;

  if (!channels_name_is_signed (self->name) || channels_name_is_encrypted (self->name))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_UNSUPPORTED,
                           "Only private and presence channels have client events");
      return FALSE;
    }
  if (!g_str_has_prefix (event, CLIENT_EVENT) || strlen (event) > MAX_EVENT_NAME || !g_utf8_validate (event, -1, NULL))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not a legal name of a client event");
      return FALSE;
    }
  text = data != NULL ? json_to_string (data, FALSE) : NULL;
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "A client event carries UTF-8 text");
      return FALSE;
    }
  if (text != NULL && strlen (text) > MAX_EVENT_DATA)
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "A client event carries at most 10 kB");
      return FALSE;
    }
  return TRUE;
}

gboolean
channels_subscription_trigger (ChannelsSubscription *self, const char *event, JsonNode *data, GError **error)
{
  g_return_val_if_fail (CHANNELS_IS_SUBSCRIPTION (self), FALSE);
  g_return_val_if_fail (event != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!check_client_event (self, event, data, error))
    return FALSE;
  if (self->funcs != NULL)
    return self->funcs->send (self->owner, event, data, error);
  g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_NOT_SUBSCRIBED, "The channel is no longer subscribed");
  return FALSE;
}
