/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-call"

#include "config.h"

#include "rd-call.h"

#include "rd-call-private.h"
#include "rd-clean.h"

/* One call: what it is and how it stands. Which event moves it where is RdPhone's business; that it moves only as the
 * table allows, and that everybody hears of it, is this one's. */

typedef enum
{
  PROP_STATE = 1,
  PROP_REASON,
  PROP_LOCAL,
  PROP_SILENCED,
  PROP_SOFT,
  PROP_PEER_NAME,
  PROP_STARTED_AT,
  PROP_ENDED_AT,
} RdCallProps;

static GParamSpec *properties[PROP_ENDED_AT + 1];

struct _RdCall
{
  GObject parent_instance;

  char *id;
  char *account;
  char *peer_id;
  char *peer_name;
  char *peer_avatar;
  char *room_url;
  char *room_token;
  char *room_error;
  const char *reason;
  RdCallState state;
  gboolean incoming;
  gboolean audio;
  gboolean local;
  gboolean silenced;
  gboolean soft;
  gint64 created_at;
  gint64 started_at;
  gint64 ended_at;
};

G_DEFINE_FINAL_TYPE (RdCall, rd_call, G_TYPE_OBJECT)

static const char *const state_nicks[] = {
  [RD_CALL_RINGING_IN] = "ringing-in",
  [RD_CALL_RINGING_OUT] = "ringing-out",
  [RD_CALL_ACTIVE] = "active",
  [RD_CALL_ANSWERED_ELSEWHERE] = "answered-elsewhere",
  [RD_CALL_DECLINED] = "declined",
  [RD_CALL_CANCELLED] = "cancelled",
  [RD_CALL_MISSED] = "missed",
  [RD_CALL_ENDED] = "ended",
  [RD_CALL_FAILED] = "failed",
};

/* Every move there is. An end is an end: none of them leads out of one. */
static const struct
{
  RdCallState from;
  RdCallState to;
} moves[] = {
  { RD_CALL_RINGING_IN, RD_CALL_ACTIVE },             /* answered here */
  { RD_CALL_RINGING_IN, RD_CALL_ANSWERED_ELSEWHERE }, /* answered by our user on another device */
  { RD_CALL_RINGING_IN, RD_CALL_DECLINED },           /* by our user, on any device */
  { RD_CALL_RINGING_IN, RD_CALL_MISSED },             /* the caller gave up, or the ring deadline passed */
  { RD_CALL_RINGING_IN, RD_CALL_ENDED },              /* answered here, and over before we heard of it */
  { RD_CALL_RINGING_IN, RD_CALL_FAILED },             /* the account went */
  { RD_CALL_RINGING_OUT, RD_CALL_ACTIVE },            /* answered by the other side */
  { RD_CALL_RINGING_OUT, RD_CALL_DECLINED },          /* by the other side */
  { RD_CALL_RINGING_OUT, RD_CALL_CANCELLED },         /* by our user, or for want of an answer */
  { RD_CALL_RINGING_OUT, RD_CALL_ENDED },             /* at the site, by nobody we know */
  { RD_CALL_RINGING_OUT, RD_CALL_FAILED },            /* the account went */
  { RD_CALL_ACTIVE, RD_CALL_ENDED },                  /* by either side */
  { RD_CALL_ACTIVE, RD_CALL_FAILED },                 /* the account went */
};

static const char *
peer_id_of (const RdEvent *event, gboolean incoming)
{
  return incoming ? event->initiator_id : event->recipient_id;
}

static const char *
peer_name_of (const RdEvent *event, gboolean incoming)
{
  return incoming ? event->initiator_name : event->recipient_name;
}

/* A time of the site's by our clock; never in the future, where a running time would count backwards. */
static gint64
by_our_clock (gint64 at, gint64 skew, gint64 now)
{
  return at != 0 ? MIN (at - skew, now) : 0;
}

static void
set_time (RdCall *self, gint64 *member, gint64 at, RdCallProps prop)
{
  if (*member == at)
    return;
  *member = at;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
set_flag (RdCall *self, gboolean *member, gboolean value, RdCallProps prop)
{
  value = !!value;
  if (*member == value)
    return;
  *member = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/* GObject */

static void
rd_call_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdCall *self = RD_CALL (object);

  switch ((RdCallProps) id)
    {
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_LOCAL:
      g_value_set_boolean (value, self->local);
      break;
    case PROP_SILENCED:
      g_value_set_boolean (value, self->silenced);
      break;
    case PROP_SOFT:
      g_value_set_boolean (value, self->soft);
      break;
    case PROP_PEER_NAME:
      g_value_set_string (value, self->peer_name);
      break;
    case PROP_STARTED_AT:
      g_value_set_int64 (value, self->started_at);
      break;
    case PROP_ENDED_AT:
      g_value_set_int64 (value, self->ended_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_call_finalize (GObject *object)
{
  RdCall *self = RD_CALL (object);

  g_free (self->id);
  g_free (self->account);
  g_free (self->peer_id);
  g_free (self->peer_name);
  g_free (self->peer_avatar);
  g_free (self->room_url);
  rd_clean_secret (self->room_token);
  g_free (self->room_error);
  G_OBJECT_CLASS (rd_call_parent_class)->finalize (object);
}

static void
rd_call_class_init (RdCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rd_call_get_property;
  object_class->finalize = rd_call_finalize;

  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, RD_CALL_FAILED, 0, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, "", flags);
  properties[PROP_LOCAL] = g_param_spec_boolean ("local", NULL, NULL, FALSE, flags);
  properties[PROP_SILENCED] = g_param_spec_boolean ("silenced", NULL, NULL, FALSE, flags);
  properties[PROP_SOFT] = g_param_spec_boolean ("soft", NULL, NULL, FALSE, flags);
  properties[PROP_PEER_NAME] = g_param_spec_string ("peer-name", NULL, NULL, "", flags);
  properties[PROP_STARTED_AT] = g_param_spec_int64 ("started-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ENDED_AT] = g_param_spec_int64 ("ended-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rd_call_init (RdCall *self)
{
  self->reason = "";
}

/* For RdPhone */

RdCall *
rd_call_new (const char *account, const RdEvent *event, gboolean incoming, RdCallState state, gint64 skew, gint64 now)
{
  RdCall *self = g_object_new (RD_TYPE_CALL, NULL);
  const char *peer_id = peer_id_of (event, incoming);

  self->id = g_strdup (event->call_id);
  self->account = g_strdup (account);
  self->peer_id = g_strdup (peer_id != NULL ? peer_id : "");
  self->peer_name = g_strdup ("");
  self->peer_avatar = g_strdup (incoming && event->initiator_avatar != NULL ? event->initiator_avatar : "");
  self->incoming = incoming;
  self->audio = event->audio;
  self->created_at = event->created_at != 0 ? by_our_clock (event->created_at, skew, now) : now;
  self->state = state;
  rd_call_learn (self, event, skew, now);
  g_debug ("Call %s of %s: begins as %s", self->id, self->account, rd_call_state_to_string (state));
  return self;
}

gboolean
rd_call_move (RdCall *self, RdCallState state, const char *reason, gint64 at)
{
  g_return_val_if_fail (RD_IS_CALL (self), FALSE);
  g_return_val_if_fail (reason != NULL, FALSE);

  if (!rd_call_state_may_move (self->state, state))
    {
      g_debug ("Call %s: no move from %s to %s", self->id, rd_call_state_to_string (self->state),
               rd_call_state_to_string (state));
      return FALSE;
    }
  g_debug ("Call %s: %s → %s%s%s", self->id, rd_call_state_to_string (self->state), rd_call_state_to_string (state),
           *reason != '\0' ? ", " : "", reason);
  g_object_freeze_notify (G_OBJECT (self));
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  reason = g_intern_string (reason);
  if (self->reason != reason)
    {
      self->reason = reason;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
    }
  if (state == RD_CALL_ACTIVE && self->started_at == 0)
    set_time (self, &self->started_at, at, PROP_STARTED_AT);
  if (rd_call_state_is_end (state) && self->ended_at == 0)
    set_time (self, &self->ended_at, at, PROP_ENDED_AT);
  g_object_thaw_notify (G_OBJECT (self));
  return TRUE;
}

static void
learn_room (RdCall *self, const RdEvent *event)
{
  if (event->room_url != NULL)
    {
      g_free (self->room_url);
      self->room_url = g_strdup (event->room_url);
      g_clear_pointer (&self->room_error, g_free);
    }
  if (event->room_token != NULL)
    {
      rd_clean_secret (self->room_token);
      self->room_token = g_strdup (event->room_token);
    }
  if (event->room_error != NULL && self->room_url == NULL)
    {
      g_free (self->room_error);
      self->room_error = g_strdup (event->room_error);
    }
}

void
rd_call_learn (RdCall *self, const RdEvent *event, gint64 skew, gint64 now)
{
  const char *name;

  g_return_if_fail (RD_IS_CALL (self));
  g_return_if_fail (event != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  name = peer_name_of (event, self->incoming);
  if (*self->peer_name == '\0' && name != NULL)
    {
      g_free (self->peer_name);
      self->peer_name = g_strdup (name);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEER_NAME]);
    }
  learn_room (self, event);
  if (self->started_at == 0)
    set_time (self, &self->started_at, by_our_clock (event->started_at, skew, now), PROP_STARTED_AT);
  if (self->ended_at == 0 && event->kind != RD_EVENT_CALL_INITIATED && event->kind != RD_EVENT_CALL_ANSWERED)
    set_time (self, &self->ended_at, by_our_clock (event->ended_at, skew, now), PROP_ENDED_AT);
  g_object_thaw_notify (G_OBJECT (self));
}

void
rd_call_set_local (RdCall *self, gboolean local)
{
  set_flag (self, &self->local, local, PROP_LOCAL);
}

void
rd_call_set_silenced (RdCall *self, gboolean silenced)
{
  set_flag (self, &self->silenced, silenced, PROP_SILENCED);
}

void
rd_call_set_soft (RdCall *self, gboolean soft)
{
  set_flag (self, &self->soft, soft, PROP_SOFT);
}

/* Public */

const char *
rd_call_state_to_string (RdCallState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (state_nicks), "");

  return state_nicks[state];
}

gboolean
rd_call_state_is_end (RdCallState state)
{
  return state != RD_CALL_RINGING_IN && state != RD_CALL_RINGING_OUT && state != RD_CALL_ACTIVE;
}

gboolean
rd_call_state_may_move (RdCallState from, RdCallState to)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].to == to)
      return TRUE;
  return FALSE;
}

const char *
rd_call_get_id (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->id;
}

const char *
rd_call_get_account (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->account;
}

gboolean
rd_call_get_incoming (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), FALSE);

  return self->incoming;
}

RdCallState
rd_call_get_state (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), RD_CALL_FAILED);

  return self->state;
}

const char *
rd_call_get_reason (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->reason;
}

const char *
rd_call_get_peer_id (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->peer_id;
}

const char *
rd_call_get_peer_name (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->peer_name;
}

const char *
rd_call_get_peer_avatar (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->peer_avatar;
}

gboolean
rd_call_get_audio (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), FALSE);

  return self->audio;
}

gboolean
rd_call_get_local (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), FALSE);

  return self->local;
}

gboolean
rd_call_get_silenced (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), FALSE);

  return self->silenced;
}

gboolean
rd_call_get_soft (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), FALSE);

  return self->soft;
}

gint64
rd_call_get_created_at (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), 0);

  return self->created_at;
}

gint64
rd_call_get_started_at (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), 0);

  return self->started_at;
}

gint64
rd_call_get_ended_at (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), 0);

  return self->ended_at;
}

const char *
rd_call_get_room_url (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->room_url;
}

const char *
rd_call_get_room_token (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->room_token;
}

const char *
rd_call_get_room_error (RdCall *self)
{
  g_return_val_if_fail (RD_IS_CALL (self), NULL);

  return self->room_error;
}
