/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-site-session-private.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-site-uri.h"
#include "rd-steps.h"

/* An account's credentials at its site: got by signing in, renewed once for all who wait, told of where they change.
 * Only the site's own refusal signs the account out, a network that fails does not. What requests make of them
 * stands in rd-site-session-send.c. */

#define DEADLINE_MS 10000
/* Some sites set fresh cookies with every reply, which say the same as those before: to write each of them to the
 * keyring would unlock, encrypt and sync its file many times a minute for nothing. So they are told of at once after
 * a quiet while, then once in such a while, and at the end (rd_site_session_flush()). What signing in or a renewal
 * gives is told of at once. */
#define COOKIES_MS (5 * 60 * 1000)

typedef enum
{
  PROP_SIGNED_OUT = 1,
  PROP_CLOCK_SKEW,
} RdSiteSessionProps;

enum
{
  TOKENS_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[PROP_CLOCK_SKEW + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdSiteSession, rd_site_session, G_TYPE_OBJECT)

void
rd_site_session_set_signed_out (RdSiteSession *self, gboolean signed_out)
{
  if (self->signed_out == signed_out)
    return;
  self->signed_out = signed_out;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGNED_OUT]);
}

/* Within a second of what was said already it is the same: the header has no finer resolution. */
void
rd_site_session_note_date (RdSiteSession *self, const RdReply *reply)
{
  gint64 skew;

  if (reply->date == 0)
    return;
  rd_skew_add (&self->skew, reply->date, reply->sent_at, reply->received_at);
  skew = rd_skew_get (&self->skew);
  if (skew == self->clock_skew || (skew != 0 && ABS (skew - self->clock_skew) <= G_USEC_PER_SEC))
    return;
  self->clock_skew = skew;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CLOCK_SKEW]);
}

/* Telling of what changed */

static guint
get_cookies_serial (RdSiteSession *self)
{
  return self->credentials.cookies != NULL ? rd_cookies_get_serial (self->credentials.cookies) : 0;
}

static void
stop_telling (RdSiteSession *self)
{
  if (self->tell != 0)
    rd_clock_remove_timeout (self->clock, self->tell);
  self->tell = 0;
}

static void
tell (RdSiteSession *self)
{
  g_autoptr (RdTokens) tokens = rd_credentials_dup_tokens (&self->credentials);

  stop_telling (self);
  self->told_cookies = get_cookies_serial (self);
  self->told_at = rd_clock_get_real_time (self->clock);
  g_signal_emit (self, signals[TOKENS_CHANGED], 0, tokens);
}

static gboolean
on_tell (gpointer data)
{
  RdSiteSession *self = data;

  self->tell = 0;
  tell (self);
  return G_SOURCE_REMOVE;
}

void
rd_site_session_note_cookies (RdSiteSession *self)
{
  gint64 passed = (rd_clock_get_real_time (self->clock) - self->told_at) / 1000;

  if (get_cookies_serial (self) == self->told_cookies || self->tell != 0)
    return;
  /* also if the clock was set back meanwhile */
  if (passed < 0 || passed >= COOKIES_MS)
    tell (self);
  else
    self->tell = rd_clock_add_timeout (self->clock, (guint) (COOKIES_MS - passed), on_tell, self);
}

/* Renewal */

gboolean
rd_site_session_can_renew (RdSiteSession *self)
{
  guint n = 0;

  rd_profile_get_renewal_steps (self->profile, &n);
  if (rd_profile_uses_cookies (self->profile))
    return n > 0 && !rd_credentials_are_empty (&self->credentials);
  return n > 0 && self->credentials.refresh_token != NULL;
}

/* Refused for good, or merely not now? */
static gboolean
refuses_the_account (RdSiteSession *self, const GError *error)
{
  static const guint statuses[] = { 400, 401, 403, 419, 422 };
  guint status = rd_fault_get_status (error);

  if (g_error_matches (error, RD_FAULT, RD_FAULT_REFUSED) && status < 300)
    return TRUE;
  /* to sign in somewhere else */
  if (rd_profile_uses_cookies (self->profile) && SOUP_STATUS_IS_REDIRECTION (status))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (status == statuses[i])
      return TRUE;
  return FALSE;
}

static gboolean
take_renewal (RdSiteSession *self, GAsyncResult *result, gboolean *new_token, GError **error)
{
  g_autoptr (RdVars) gave = rd_steps_run_finish (result, error);

  if (gave == NULL)
    return FALSE;
  *new_token = rd_vars_get (gave, "access") != NULL;
  if (rd_credentials_take (&self->credentials, self->profile, gave, self->credentials.cookies,
                           rd_clock_get_real_time (self->clock)))
    return TRUE;
  g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_REPLY, self->host, 0, NULL, "refresh"));
  return FALSE;
}

static void
on_renewal_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdSiteSession) self = user_data;
  g_autoptr (GError) error = NULL;
  /* By the user, who knows better. */
  gboolean replaced = self->credentials.serial != self->renewal_serial;
  gboolean new_token = FALSE;

  self->renewing = FALSE;
  if (!replaced && take_renewal (self, result, &new_token, &error))
    {
      g_debug ("%s: the credentials were renewed", self->host);
      /* A page that was fetched again for its CSRF token alone is nothing to write down. */
      if (new_token)
        tell (self);
      else
        rd_site_session_note_cookies (self);
    }
  else if (!replaced && error != NULL && refuses_the_account (self, error))
    {
      g_autoptr (GError) refused = g_steal_pointer (&error);

      error = rd_fault_new (RD_FAULT_SIGNED_OUT, self->host, rd_fault_get_status (refused), rd_fault_get_said (refused),
                            "refresh");
      rd_site_session_set_signed_out (self, TRUE);
    }
  rd_waiting_wake (self->waiting, error);
}

static void
start_renewal (RdSiteSession *self)
{
  g_autoptr (RdVars) vars = self->vars != NULL ? rd_vars_copy (self->vars) : rd_vars_new ();
  RdSteps steps = {
    .session = self->session,
    .profile = self->profile,
    .base = self->base,
    .vars = vars,
    .cookies = self->credentials.cookies,
    .where = "refresh",
    .deadline = self->deadline,
  };

  rd_vars_set (vars, "token.refresh", self->credentials.refresh_token);
  steps.actions = rd_profile_get_renewal_steps (self->profile, &steps.n_actions);
  self->renewing = TRUE;
  self->renewal_serial = self->credentials.serial;
  rd_steps_run_async (&steps, NULL, on_renewal_ready, g_object_ref (self));
}

/* Any number of these share one renewal. */
void
rd_site_session_renew_async (RdSiteSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  rd_waiting_join (self->waiting, self, cancellable, callback, user_data);
  if (!self->renewing)
    start_renewal (self);
}

/* Signing in */

/* Whoever signs in may be somebody else: nothing of who was there before stays, not even what would renew it. */
static gboolean
take_sign_in (RdSiteSession *self, RdVars *gave, RdCookies *cookies)
{
  RdCredentials fresh = { .serial = self->credentials.serial };

  if (!rd_credentials_take (&fresh, self->profile, gave, cookies, rd_clock_get_real_time (self->clock)))
    return FALSE;
  rd_credentials_clear (&self->credentials);
  self->credentials = fresh;
  return TRUE;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSiteSession *self = g_task_get_source_object (task);
  RdCookies *cookies = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) gave = rd_steps_run_finish (result, &error);

  if (gave != NULL && !take_sign_in (self, gave, cookies))
    error = rd_fault_new (RD_FAULT_BAD_REPLY, self->host, 0, NULL, "sign-in");
  /* Nobody was signed in yet: what the site refuses is the password. */
  if (g_error_matches (error, RD_FAULT, RD_FAULT_SIGNED_OUT))
    {
      g_autoptr (GError) refused = g_steal_pointer (&error);

      error = rd_fault_new (RD_FAULT_REFUSED, self->host, rd_fault_get_status (refused), rd_fault_get_said (refused),
                            "sign-in");
    }
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rd_site_session_set_signed_out (self, FALSE);
  tell (self);
  g_task_return_pointer (task, g_steal_pointer (&gave), (GDestroyNotify) rd_vars_unref);
}

/* GObject */

static void
rd_site_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdSiteSession *self = RD_SITE_SESSION (object);

  switch ((RdSiteSessionProps) id)
    {
    case PROP_SIGNED_OUT:
      g_value_set_boolean (value, self->signed_out);
      break;
    case PROP_CLOCK_SKEW:
      g_value_set_int64 (value, self->clock_skew);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_site_session_finalize (GObject *object)
{
  RdSiteSession *self = RD_SITE_SESSION (object);

  stop_telling (self);
  g_clear_pointer (&self->waiting, rd_waiting_free);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->host, g_free);
  rd_credentials_clear (&self->credentials);
  g_clear_object (&self->session);
  g_clear_object (&self->profile);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_site_session_parent_class)->finalize (object);
}

static void
rd_site_session_class_init (RdSiteSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rd_site_session_get_property;
  object_class->finalize = rd_site_session_finalize;

  props[PROP_SIGNED_OUT] = g_param_spec_boolean ("signed-out", NULL, NULL, FALSE, flags);
  props[PROP_CLOCK_SKEW] = g_param_spec_int64 ("clock-skew", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[TOKENS_CHANGED] = g_signal_new ("tokens-changed", RD_TYPE_SITE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, RD_TYPE_TOKENS | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rd_site_session_init (RdSiteSession *self)
{
  self->waiting = rd_waiting_new ();
  self->clock = rd_clock_new ();
  self->deadline = DEADLINE_MS;
}

RdSiteSession *
rd_site_session_new (RdProfile *profile, SoupSession *session, GUri *base)
{
  RdSiteSession *self = g_object_new (RD_TYPE_SITE_SESSION, NULL);

  self->profile = g_object_ref (profile);
  self->session = g_object_ref (session);
  self->base = g_uri_ref (base);
  self->host = rd_site_uri_dup_host (base);
  return self;
}

void
rd_site_session_set_tokens (RdSiteSession *self, const RdTokens *tokens)
{
  stop_telling (self);
  rd_credentials_set (&self->credentials, self->profile, tokens);
  self->told_cookies = 0;
  rd_site_session_set_signed_out (self, FALSE);
}

gboolean
rd_site_session_has_tokens (RdSiteSession *self)
{
  return self->credentials.token != NULL || self->credentials.had_cookies;
}

void
rd_site_session_flush (RdSiteSession *self)
{
  if (self->tell != 0)
    tell (self);
}

void
rd_site_session_set_vars (RdSiteSession *self, RdVars *vars)
{
  g_clear_pointer (&self->vars, rd_vars_unref);
  self->vars = rd_vars_ref (vars);
}

void
rd_site_session_set_deadline (RdSiteSession *self, guint ms)
{
  self->deadline = ms;
}

void
rd_site_session_set_clock (RdSiteSession *self, RdClock *clock)
{
  stop_telling (self);
  g_set_object (&self->clock, clock);
}

gboolean
rd_site_session_get_signed_out (RdSiteSession *self)
{
  return self->signed_out;
}

gboolean
rd_site_session_is_renewing (RdSiteSession *self)
{
  return self->renewing;
}

gint64
rd_site_session_get_clock_skew (RdSiteSession *self)
{
  return self->clock_skew;
}

const char *
rd_site_session_get_host (RdSiteSession *self)
{
  return self->host;
}

GUri *
rd_site_session_get_base (RdSiteSession *self)
{
  return self->base;
}

void
rd_site_session_sign_in_async (RdSiteSession *self, const char *login, const char *password, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (RdVars) vars = self->vars != NULL ? rd_vars_copy (self->vars) : rd_vars_new ();
  /* Somebody else may be signing in: nothing of an earlier session goes along. */
  g_autoptr (RdCookies) cookies = rd_cookies_new (NULL);
  RdSteps steps = {
    .session = self->session,
    .profile = self->profile,
    .base = self->base,
    .vars = vars,
    .cookies = cookies,
    .where = "sign-in",
    .deadline = self->deadline,
  };

  g_task_set_source_tag (task, rd_site_session_sign_in_async);
  steps.actions = rd_profile_get_sign_in_steps (self->profile, &steps.n_actions);
  if (steps.n_actions == 0)
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_UNSUPPORTED, self->host, 0, NULL, "sign-in"));
      return;
    }
  rd_vars_set (vars, "login", login);
  rd_vars_set (vars, "password", password);
  g_task_set_task_data (task, g_object_ref (cookies), g_object_unref);
  rd_steps_run_async (&steps, cancellable, on_signed_in, g_steal_pointer (&task));
}

RdVars *
rd_site_session_sign_in_finish (RdSiteSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

JsonNode *
rd_site_session_judge (RdSiteSession *self, const RdReply *reply, const char *where, GError **error)
{
  g_autoptr (GPtrArray) secrets = rd_credentials_dup_secrets (&self->credentials);

  g_ptr_array_add (secrets, NULL);
  return rd_reply_judge (reply, self->profile, self->host, where, (const char * const *) secrets->pdata, error);
}

void
rd_site_session_doubt (RdSiteSession *self)
{
  self->credentials.renew_at = 1;
}
