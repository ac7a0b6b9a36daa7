/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-site-private.h"

#include "rd-fault.h"
#include "rd-site-uri.h"

/* An account's REST API: the profile's actions, the heartbeat, and what is wrong with the site now. What is made of
 * actions stands in rd-site-requests.c, the authorisation of channels in rd-site-authorise.c; how a request gets there,
 * with which token, is RdSiteSession's. */

#define HEARTBEAT_S 30

typedef enum
{
  PROP_SIGNED_OUT = 1,
  PROP_CLOCK_SKEW,
  PROP_PROBLEM,
  PROP_DEADLINE,
  PROP_HEARTBEAT_INTERVAL,
  PROP_CLOCK,
} RdSiteProps;

enum
{
  TOKENS_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[PROP_CLOCK + 1];
static guint signals[N_SIGNALS];

static gboolean
same_problem (const GError *one, const GError *other)
{
  if (one == NULL || other == NULL)
    return one == other;
  return g_error_matches (one, other->domain, other->code) &&
         rd_fault_get_status (one) == rd_fault_get_status (other) &&
         g_strcmp0 (rd_fault_get_said (one), rd_fault_get_said (other)) == 0 &&
         g_strcmp0 (rd_fault_get_where (one), rd_fault_get_where (other)) == 0;
}

void
rd_site_set_problem (RdSite *self, GError *problem)
{
  g_autoptr (GError) old = self->problem;

  self->problem = problem;
  if (!same_problem (old, problem))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

/* Whether a fault says something about the site, and not only about one request. */
static gboolean
is_problem (const GError *error)
{
  switch ((RdFaultCode) error->code)
    {
    case RD_FAULT_UNREACHABLE:
    case RD_FAULT_TLS:
    case RD_FAULT_TIMED_OUT:
    case RD_FAULT_SITE_ERROR:
    case RD_FAULT_BAD_REPLY:
    case RD_FAULT_TOO_LARGE:
      return TRUE;
    case RD_FAULT_SIGNED_OUT:
      /* No token at all may be as the user wants it: some sites have public channels. */
      return rd_fault_get_status (error) != 0;
    case RD_FAULT_BAD_INPUT:
    case RD_FAULT_NOT_FOUND:
    case RD_FAULT_EXISTS:
    case RD_FAULT_FORBIDDEN:
    case RD_FAULT_REFUSED:
    case RD_FAULT_UNSUPPORTED:
    case RD_FAULT_WRONG_STATE:
    case RD_FAULT_ROOM_REFUSED:
    case RD_FAULT_ROOM_UNTRUSTED:
    case RD_FAULT_INVITATION_EXPIRED:
    case RD_FAULT_NO_ROOM:
    case RD_FAULT_NO_BROWSER:
    case RD_FAULT_BAD_PROFILE:
    case RD_FAULT_SECRETS:
    case RD_FAULT_STORAGE:
    case RD_FAULT_INTERNAL:
    default:
      return FALSE;
    }
}

void
rd_site_note_outcome (RdSite *self, const char *action, const GError *error)
{
  if (error == NULL)
    rd_site_set_problem (self, NULL);
  else if (error->domain == RD_FAULT && is_problem (error) && !g_str_equal (action, "heartbeat"))
    rd_site_set_problem (self, g_error_copy (error));
}

static void
on_reply_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSite *self = g_task_get_source_object (task);
  const char *action = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RdReply) reply = rd_site_session_send_finish (RD_SITE_SESSION (source), result, &error);
  JsonNode *node = NULL;

  if (reply != NULL)
    node = rd_site_session_judge (self->session, reply, action, &error);
  rd_site_note_outcome (self, action, error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
}

/* Heartbeat */

static void
on_heartbeat_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rd_site_act_finish (RD_SITE (source), result, &error);

  if (error != NULL)
    g_debug ("Heartbeat: %s", error->message);
}

static gboolean
on_heartbeat (gpointer data)
{
  RdSite *self = data;

  rd_site_act_async (self, "heartbeat", NULL, self->heartbeat_cancellable, on_heartbeat_ready, NULL);
  return G_SOURCE_CONTINUE;
}

/* RdSiteSession */

static void
on_session_notify (RdSiteSession *session, GParamSpec *pspec, RdSite *self)
{
  if (g_str_equal (pspec->name, "clock-skew"))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CLOCK_SKEW]);
  else
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGNED_OUT]);
}

static void
on_session_tokens_changed (RdSiteSession *session, const RdTokens *tokens, RdSite *self)
{
  g_signal_emit (self, signals[TOKENS_CHANGED], 0, tokens);
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdSite, rd_site, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_AUTHORIZER, rd_site_authorise_init))

/* GObject */

static void
rd_site_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdSite *self = RD_SITE (object);

  switch ((RdSiteProps) id)
    {
    case PROP_SIGNED_OUT:
      g_value_set_boolean (value, rd_site_get_signed_out (self));
      break;
    case PROP_CLOCK_SKEW:
      g_value_set_int64 (value, rd_site_get_clock_skew (self));
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case PROP_DEADLINE:
    case PROP_HEARTBEAT_INTERVAL:
    case PROP_CLOCK:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_site_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdSite *self = RD_SITE (object);

  switch ((RdSiteProps) id)
    {
    case PROP_DEADLINE:
      rd_site_session_set_deadline (self->session, g_value_get_uint (value));
      break;
    case PROP_HEARTBEAT_INTERVAL:
      self->heartbeat_interval = g_value_get_uint (value);
      break;
    case PROP_CLOCK:
      rd_site_session_set_clock (self->session, g_value_get_object (value));
      break;
    case PROP_SIGNED_OUT:
    case PROP_CLOCK_SKEW:
    case PROP_PROBLEM:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_site_finalize (GObject *object)
{
  RdSite *self = RD_SITE (object);

  rd_site_set_heartbeat (self, FALSE);
  g_clear_object (&self->session);
  g_clear_object (&self->profile);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (rd_site_parent_class)->finalize (object);
}

static void
rd_site_class_init (RdSiteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags writable = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rd_site_get_property;
  object_class->set_property = rd_site_set_property;
  object_class->finalize = rd_site_finalize;

  props[PROP_SIGNED_OUT] = g_param_spec_boolean ("signed-out", NULL, NULL, FALSE, readable);
  props[PROP_CLOCK_SKEW] = g_param_spec_int64 ("clock-skew", NULL, NULL, G_MININT64, G_MAXINT64, 0, readable);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, readable);
  props[PROP_DEADLINE] = g_param_spec_uint ("deadline", NULL, NULL, 1, G_MAXUINT, 10000, writable);
  props[PROP_HEARTBEAT_INTERVAL] = g_param_spec_uint ("heartbeat-interval", NULL, NULL, 1, G_MAXUINT, HEARTBEAT_S,
                                                      writable);
  props[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, RD_TYPE_CLOCK, writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[TOKENS_CHANGED] = g_signal_new ("tokens-changed", RD_TYPE_SITE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, RD_TYPE_TOKENS | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rd_site_init (RdSite *self)
{
  self->vars = rd_vars_new ();
  self->heartbeat_interval = HEARTBEAT_S;
}

RdSite *
rd_site_new (RdProfile *profile, SoupSession *session, const char *base_uri, gboolean insecure, GError **error)
{
  g_autoptr (GUri) base = NULL;
  RdSite *self;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (base_uri != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  base = rd_site_uri_new (base_uri, insecure, error);
  if (base == NULL)
    return NULL;
  self = g_object_new (RD_TYPE_SITE, NULL);
  self->profile = g_object_ref (profile);
  self->session = rd_site_session_new (profile, session, base);
  g_signal_connect_object (self->session, "notify", G_CALLBACK (on_session_notify), self, 0);
  g_signal_connect_object (self->session, "tokens-changed", G_CALLBACK (on_session_tokens_changed), self, 0);
  return self;
}

void
rd_site_set_tokens (RdSite *self, const RdTokens *tokens)
{
  g_return_if_fail (RD_IS_SITE (self));

  rd_site_session_set_tokens (self->session, tokens);
  if (g_error_matches (self->problem, RD_FAULT, RD_FAULT_SIGNED_OUT))
    rd_site_set_problem (self, NULL);
}

void
rd_site_set_vars (RdSite *self, RdVars *vars)
{
  g_return_if_fail (RD_IS_SITE (self));
  g_return_if_fail (vars != NULL);

  rd_vars_unref (self->vars);
  self->vars = rd_vars_copy (vars);
  rd_site_session_set_vars (self->session, self->vars);
}

void
rd_site_flush_tokens (RdSite *self)
{
  g_return_if_fail (RD_IS_SITE (self));

  rd_site_session_flush (self->session);
}

RdProfile *
rd_site_get_profile (RdSite *self)
{
  g_return_val_if_fail (RD_IS_SITE (self), NULL);

  return self->profile;
}

const char *
rd_site_get_host (RdSite *self)
{
  g_return_val_if_fail (RD_IS_SITE (self), NULL);

  return rd_site_session_get_host (self->session);
}

gboolean
rd_site_get_signed_out (RdSite *self)
{
  g_return_val_if_fail (RD_IS_SITE (self), FALSE);

  return rd_site_session_get_signed_out (self->session);
}

gboolean
rd_site_is_renewing (RdSite *self)
{
  g_return_val_if_fail (RD_IS_SITE (self), FALSE);

  return rd_site_session_is_renewing (self->session);
}

gint64
rd_site_get_clock_skew (RdSite *self)
{
  g_return_val_if_fail (RD_IS_SITE (self), 0);

  return rd_site_session_get_clock_skew (self->session);
}

const GError *
rd_site_get_problem (RdSite *self)
{
  g_return_val_if_fail (RD_IS_SITE (self), NULL);

  return self->problem;
}

gboolean
rd_site_is_anonymous (RdSite *self)
{
  g_return_val_if_fail (RD_IS_SITE (self), FALSE);

  return rd_profile_is_sign_in_optional (self->profile) && !rd_site_session_has_tokens (self->session);
}

gboolean
rd_site_can (RdSite *self, const char *action)
{
  g_return_val_if_fail (RD_IS_SITE (self), FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  return rd_profile_get_action (self->profile, action) != NULL && !rd_site_is_anonymous (self);
}

void
rd_site_act_async (RdSite *self, const char *action, RdVars *extra, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RdVars) vars = NULL;
  const RdAction *what;
  RdRequest *request;
  GError *error = NULL;

  g_return_if_fail (RD_IS_SITE (self));
  g_return_if_fail (action != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_site_act_async);
  g_task_set_task_data (task, g_strdup (action), g_free);
  what = rd_profile_get_action (self->profile, action);
  if (what == NULL)
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_UNSUPPORTED, rd_site_get_host (self), 0, NULL, action));
      return;
    }
  vars = rd_vars_copy (self->vars);
  if (extra != NULL)
    rd_vars_merge (vars, extra);
  request = rd_action_build (what, vars, &error);
  if (request == NULL)
    g_task_return_error (task, error);
  else
    rd_site_session_send_async (self->session, request, action, cancellable, on_reply_ready, g_steal_pointer (&task));
}

JsonNode *
rd_site_act_finish (RdSite *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GPtrArray *
rd_site_act_finish_calls (RdSite *self, GAsyncResult *result, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;
  GPtrArray *calls;
  const char *action;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  action = g_task_get_task_data (G_TASK (result));
  node = g_task_propagate_pointer (G_TASK (result), &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  calls = rd_action_map_calls (self->profile, rd_profile_get_action (self->profile, action), node, &local);
  if (calls == NULL)
    g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_REPLY, rd_site_get_host (self), 0, rd_fault_get_said (local),
                                            action));
  return calls;
}

void
rd_site_set_heartbeat (RdSite *self, gboolean on)
{
  g_return_if_fail (RD_IS_SITE (self));

  if (!on)
    {
      g_cancellable_cancel (self->heartbeat_cancellable);
      g_clear_object (&self->heartbeat_cancellable);
      g_clear_handle_id (&self->heartbeat, g_source_remove);
      return;
    }
  if (self->heartbeat != 0 || !rd_site_can (self, "heartbeat"))
    return;
  self->heartbeat_cancellable = g_cancellable_new ();
  self->heartbeat = g_timeout_add_seconds (self->heartbeat_interval, on_heartbeat, self);
  on_heartbeat (self);
}
