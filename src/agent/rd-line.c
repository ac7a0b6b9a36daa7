/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-introduction.h"
#include "rd-line-settings.h"

/* One account at work. In order: its credentials are loaded, the site is asked who the user is (where the settings do
 * not say it), the channels are joined; and after each (re)connection the site is asked what was missed. All that can
 * go wrong on that way becomes the line's status, never a dead end: whatever may heal by itself is tried again. */

#define RETRY_FIRST_S 5
#define RETRY_LAST_S 300

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_PROFILE,
  PROP_SITE,
  PROP_USER_ID,
  PROP_CAN_CALL,
  PROP_STATE,
  PROP_REASON,
  PROP_REASON_DETAIL,
  PROP_NEXT_TRY,
  PROP_CHANNELS,
  PROP_SITE_PROBLEM,
} RdLineProps;

enum
{
  CALL_TOUCHED,
  N_SIGNALS,
};

static GParamSpec *props[PROP_SITE_PROBLEM + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdLine, rd_line, G_TYPE_OBJECT)

static gboolean
needs_token (RdLine *self)
{
  return rd_profile_get_authorise_path (self->profile) != NULL;
}

static RdLineStatus *
current_status (RdLine *self)
{
  g_autoptr (GError) refused = NULL;

  if (self->fault != NULL)
    return rd_line_status_new_fault ("failed", self->fault, 0);
  if (self->stage != STAGE_STOPPED && rd_site_get_signed_out (self->site) && needs_token (self))
    {
      refused = rd_fault_new (RD_FAULT_SIGNED_OUT, rd_site_get_host (self->site), 401, NULL, NULL);
      return rd_line_status_new_fault ("signed-out", refused, 0);
    }

  switch (self->stage)
    {
    case STAGE_CREDENTIALS:
    case STAGE_ASKING:
      return rd_line_status_new ("connecting");
    case STAGE_NO_TOKEN:
      return rd_line_status_new_fault ("signed-out", self->trouble, 0);
    case STAGE_RETRY:
      return rd_line_status_new_fault ("waiting", self->trouble, self->next_try);
    case STAGE_ON_LINE:
      return rd_line_status_new_client (self->client, rd_feed_get_refusal (self->feed), rd_feed_is_deaf (self->feed));
    case STAGE_STOPPED:
    default:
      return rd_line_status_new ("stopped");
    }
}

static void
set_variant (RdLine *self, GVariant **field, GVariant *value, RdLineProps prop)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);

  if (*field != NULL && g_variant_equal (*field, owned))
    return;
  g_clear_pointer (field, g_variant_unref);
  *field = g_steal_pointer (&owned);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* The one place where the status changes. */
static void
update (RdLine *self)
{
  g_autoptr (RdLineStatus) old = g_steal_pointer (&self->status);

  self->status = current_status (self);
  g_object_freeze_notify (G_OBJECT (self));
  if (self->feed != NULL)
    set_variant (self, &self->channels, rd_feed_list (self->feed), PROP_CHANNELS);
  if (self->status->next_try != old->next_try)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NEXT_TRY]);
  if (!g_variant_equal (self->status->detail, old->detail))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON_DETAIL]);
  if (g_strcmp0 (self->status->reason, old->reason) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REASON]);
  if (g_strcmp0 (self->status->state, old->state) != 0)
    {
      g_debug ("%s: %s %s", self->settings->id, self->status->state, self->status->reason);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
    }
  g_object_thaw_notify (G_OBJECT (self));

  /* It tells others that our user can be called. */
  if (self->site != NULL)
    rd_site_set_heartbeat (self->site, g_str_equal (self->status->state, "connected") && rd_feed_hears (self->feed));
}

static void
set_stage (RdLine *self, Stage stage, GError *trouble)
{
  self->stage = stage;
  g_clear_error (&self->trouble);
  self->trouble = trouble;
  update (self);
}

/* What is wrong with the site, or why its invoices could not be listed. */
static void
update_site_problem (RdLine *self)
{
  const GError *error = rd_site_get_problem (self->site);
  g_autoptr (GVariant) problem = NULL;

  if (error == NULL)
    error = self->invoices_error;
  if (error != NULL)
    problem = rd_dbus_error_dup_detail (error);
  set_variant (self, &self->site_problem,
               problem != NULL ? g_steal_pointer (&problem) : g_variant_new ("a{sv}", NULL), PROP_SITE_PROBLEM);
}

static gboolean
on_retry_timeout (gpointer user_data)
{
  RdLine *self = RD_LINE (user_data);

  self->retry = 0;
  rd_line_reconnect (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (RdLine *self, GError *trouble)
{
  self->retry_s = CLAMP (self->retry_s * 2, RETRY_FIRST_S, RETRY_LAST_S);
  self->next_try = g_get_real_time () + self->retry_s * G_USEC_PER_SEC;
  g_clear_handle_id (&self->retry, g_source_remove);
  self->retry = g_timeout_add_seconds (self->retry_s, on_retry_timeout, self);
  set_stage (self, STAGE_RETRY, trouble);
}

static void
on_feed_settled (RdFeed *feed, gint64 since, RdLine *self)
{
  rd_catch_up_ask (self->catch_up, since);
  rd_line_catch_up_parts (self, since);
}

static void
on_feed_call_touched (RdFeed *feed, RdCall *call, RdLine *self)
{
  g_signal_emit (self, signals[CALL_TOUCHED], 0, call);
}

static void
set_user (RdLine *self, const char *id, const char *name)
{
  if (name != NULL)
    {
      g_free (self->user_name);
      self->user_name = g_strdup (name);
    }
  if (id != NULL && g_strcmp0 (id, self->settings->user_id) != 0)
    {
      g_free (self->settings->user_id);
      self->settings->user_id = g_strdup (id);
      rd_line_keep_settings (self);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_USER_ID]);
    }
}

static void
apply_vars (RdLine *self)
{
  if (self->settings->user_id != NULL && *self->settings->user_id != '\0')
    {
      rd_vars_set (self->vars, "user.id", self->settings->user_id);
      rd_phone_set_own_user (self->phone, self->settings->id, self->settings->user_id);
      rd_line_introduce_to_parts (self);
    }
  rd_site_set_vars (self->site, self->vars);
}

static void
go_on_line (RdLine *self)
{
  apply_vars (self);
  rd_feed_join (self->feed, self->vars);
  set_stage (self, STAGE_ON_LINE, NULL);
  channels_client_connect (self->client);
}

static void
on_introduction_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLine) self = RD_LINE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = rd_introduction_ask_finish (RD_SITE (source), result, &error);

  if (self->stage != STAGE_ASKING)
    return;
  if (answer == NULL)
    {
      if (rd_site_get_signed_out (self->site))
        {
          set_stage (self, STAGE_NO_TOKEN, g_steal_pointer (&error));
          return;
        }
      retry_later (self, g_steal_pointer (&error));
      return;
    }
  self->retry_s = 0;
  set_user (self, answer->user_id, answer->user_name);
  g_clear_error (&self->invoices_error);
  self->invoices_error = g_steal_pointer (&answer->invoices_error);
  update_site_problem (self);
  if (answer->invoices != NULL)
    rd_vars_set_list (self->vars, "invoice.id", (const char * const *) answer->invoices);
  go_on_line (self);
}

static void
introduce (RdLine *self)
{
  gboolean user = self->settings->user_id == NULL || *self->settings->user_id == '\0';
  gboolean invoices = rd_vars_get (self->vars, "invoice.id") == NULL;

  g_clear_handle_id (&self->retry, g_source_remove);
  apply_vars (self);
  set_stage (self, STAGE_ASKING, NULL);
  rd_introduction_ask_async (self->site, user, invoices, self->cancellable, on_introduction_ready,
                             g_object_ref (self));
}

static void
on_tokens_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLine) self = RD_LINE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTokens) tokens = rd_secrets_load_finish (RD_SECRETS (source), result, &error);

  if (self->stage != STAGE_CREDENTIALS)
    return;
  if (error != NULL)
    g_message ("%s: %s", self->settings->id, error->message);
  rd_line_sign_in (self, tokens, g_steal_pointer (&error));
}

static void
load_tokens (RdLine *self)
{
  set_stage (self, STAGE_CREDENTIALS, NULL);
  rd_secrets_load_async (self->secrets, self->settings->id, self->cancellable, on_tokens_loaded, g_object_ref (self));
}

static void
on_site_tokens_changed (RdSite *site, const RdTokens *tokens, RdLine *self)
{
  rd_line_keep_tokens (self, tokens);
}

/* Somebody unlocked the keyring: what could not be read can be now. */
static void
on_secrets_backend_changed (RdSecrets *secrets, GParamSpec *pspec, RdLine *self)
{
  if (self->stage == STAGE_NO_TOKEN && g_error_matches (self->trouble, RD_FAULT, RD_FAULT_SECRETS)
      && g_str_equal (rd_secrets_get_backend (secrets), "keyring"))
    load_tokens (self);
}

static void
on_site_clock_skew_changed (RdSite *site, GParamSpec *pspec, RdLine *self)
{
  rd_phone_set_clock_skew (self->phone, self->settings->id, rd_site_get_clock_skew (site));
}

static gboolean
build (RdLine *self, SoupSession *session, GError **error)
{
  const RdAccountSettings *s = self->settings;
  g_autoptr (ChannelsEndpoint) endpoint = NULL;

  if (self->profile == NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, NULL, s->profile));
      return FALSE;
    }
  endpoint = rd_line_settings_build_endpoint (s, error);
  if (endpoint == NULL)
    return FALSE;
  self->site = rd_site_new (self->profile, session, s->site, s->insecure, error);
  if (self->site == NULL)
    return FALSE;

  self->client = channels_client_new (endpoint, session, CHANNELS_AUTHORIZER (self->site));
  self->feed = rd_feed_new (self->client, self->profile, self->phone, s->id);
  self->catch_up = rd_catch_up_new (self->site, self->phone, s->id);
  rd_line_build_parts (self);
  return TRUE;
}

static void
connect_signals (RdLine *self)
{
  g_signal_connect_object (self->secrets, "notify::backend", G_CALLBACK (on_secrets_backend_changed), self, 0);
  g_signal_connect_object (self->site, "notify::signed-out", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->site, "notify::problem", G_CALLBACK (update_site_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->site, "notify::clock-skew", G_CALLBACK (on_site_clock_skew_changed), self, 0);
  g_signal_connect_object (self->site, "tokens-changed", G_CALLBACK (on_site_tokens_changed), self, 0);
  g_signal_connect_object (self->client, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "notify::next-try", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "settled", G_CALLBACK (on_feed_settled), self, 0);
  g_signal_connect_object (self->feed, "call-touched", G_CALLBACK (on_feed_call_touched), self, 0);
}

/*
 * GObject
 */
static void
rd_line_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdLine *self = RD_LINE (object);

  switch ((RdLineProps) id)
    {
    case PROP_ID:
      g_value_set_string (value, self->settings->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, rd_line_get_name (self));
      break;
    case PROP_PROFILE:
      g_value_set_string (value, self->settings->profile);
      break;
    case PROP_SITE:
      g_value_set_string (value, self->settings->site);
      break;
    case PROP_USER_ID:
      g_value_set_string (value, self->settings->user_id != NULL ? self->settings->user_id : "");
      break;
    case PROP_CAN_CALL:
      g_value_set_boolean (value, rd_line_get_can_call (self));
      break;
    case PROP_STATE:
      g_value_set_string (value, self->status->state);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->status->reason);
      break;
    case PROP_REASON_DETAIL:
      g_value_set_variant (value, self->status->detail);
      break;
    case PROP_NEXT_TRY:
      g_value_set_int64 (value, self->status->next_try);
      break;
    case PROP_CHANNELS:
      g_value_set_variant (value, self->channels);
      break;
    case PROP_SITE_PROBLEM:
      g_value_set_variant (value, self->site_problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_line_dispose (GObject *object)
{
  RdLine *self = RD_LINE (object);

  g_clear_handle_id (&self->retry, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->catch_up);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->people);
  g_clear_object (&self->invoices);
  g_clear_object (&self->feed);
  g_clear_object (&self->client);
  g_clear_object (&self->site);

  G_OBJECT_CLASS (rd_line_parent_class)->dispose (object);
}

static void
rd_line_finalize (GObject *object)
{
  RdLine *self = RD_LINE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->profile);
  g_clear_object (&self->accounts);
  g_clear_object (&self->secrets);
  g_clear_object (&self->phone);
  g_clear_pointer (&self->settings, rd_account_settings_free);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_clear_pointer (&self->status, rd_line_status_free);
  g_clear_pointer (&self->channels, g_variant_unref);
  g_clear_pointer (&self->site_problem, g_variant_unref);
  g_clear_error (&self->fault);
  g_clear_error (&self->trouble);
  g_clear_error (&self->invoices_error);
  g_free (self->user_name);

  G_OBJECT_CLASS (rd_line_parent_class)->finalize (object);
}

static void
rd_line_class_init (RdLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rd_line_get_property;
  object_class->dispose = rd_line_dispose;
  object_class->finalize = rd_line_finalize;

  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_PROFILE] = g_param_spec_string ("profile", NULL, NULL, NULL, flags);
  props[PROP_SITE] = g_param_spec_string ("site", NULL, NULL, NULL, flags);
  props[PROP_USER_ID] = g_param_spec_string ("user-id", NULL, NULL, NULL, flags);
  props[PROP_CAN_CALL] = g_param_spec_boolean ("can-call", NULL, NULL, FALSE, flags);
  props[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  props[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  props[PROP_REASON_DETAIL]
    = g_param_spec_variant ("reason-detail", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, flags);
  props[PROP_NEXT_TRY] = g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_CHANNELS] = g_param_spec_variant ("channels", NULL, NULL, G_VARIANT_TYPE ("a(sss)"), NULL, flags);
  props[PROP_SITE_PROBLEM] = g_param_spec_variant ("site-problem", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[CALL_TOUCHED] = g_signal_new ("call-touched", RD_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, RD_TYPE_CALL);
}

static void
rd_line_init (RdLine *self)
{
  self->cancellable = g_cancellable_new ();
  self->status = rd_line_status_new ("stopped");
  self->channels = g_variant_ref_sink (g_variant_new ("a(sss)", NULL));
  self->site_problem = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}

RdLine *
rd_line_new (const RdAccountSettings *settings, RdProfile *profile, const RdLineContext *context)
{
  RdLine *self;

  g_return_val_if_fail (settings != NULL && settings->id != NULL, NULL);
  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_LINE, NULL);
  self->settings = rd_account_settings_copy (settings);
  self->profile = profile != NULL ? g_object_ref (profile) : NULL;
  self->accounts = g_object_ref (context->accounts);
  self->secrets = g_object_ref (context->secrets);
  self->phone = g_object_ref (context->phone);
  self->vars = rd_line_settings_build_vars (settings);
  if (build (self, context->session, &self->fault))
    connect_signals (self);
  update (self);
  return self;
}

void
rd_line_sign_in (RdLine *self, const RdTokens *tokens, GError *trouble)
{
  rd_site_set_tokens (self->site, tokens);
  if (needs_token (self) && rd_tokens_is_empty (tokens))
    {
      if (trouble == NULL)
        trouble = rd_fault_new (RD_FAULT_SIGNED_OUT, rd_site_get_host (self->site), 0, NULL, NULL);
      set_stage (self, STAGE_NO_TOKEN, trouble);
      return;
    }
  g_clear_error (&trouble);
  if (self->stage == STAGE_ON_LINE)
    rd_line_reconnect (self);
  else
    introduce (self);
}

void
rd_line_start (RdLine *self, const RdTokens *tokens)
{
  g_return_if_fail (RD_IS_LINE (self));

  if (self->fault != NULL || self->stage != STAGE_STOPPED)
    return;
  if (tokens == NULL)
    {
      load_tokens (self);
      return;
    }
  set_stage (self, STAGE_CREDENTIALS, NULL);
  rd_line_sign_in (self, tokens, NULL);
}

void
rd_line_stop (RdLine *self)
{
  g_return_if_fail (RD_IS_LINE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry, g_source_remove);
  set_stage (self, STAGE_STOPPED, NULL);
  if (self->fault != NULL)
    return;
  rd_site_flush_tokens (self->site);
  rd_catch_up_stop (self->catch_up);
  rd_line_stop_parts (self);
  channels_client_disconnect (self->client);
}

void
rd_line_retire (RdLine *self)
{
  g_return_if_fail (RD_IS_LINE (self));

  /* What a refresh that is on its way brings would come back after the account is gone. */
  if (self->site != NULL)
    g_signal_handlers_disconnect_by_func (self->site, on_site_tokens_changed, self);
  rd_line_stop (self);
}

void
rd_line_probe (RdLine *self)
{
  g_return_if_fail (RD_IS_LINE (self));

  if (self->stage == STAGE_RETRY)
    introduce (self);
  else if (self->stage == STAGE_ON_LINE)
    channels_client_probe (self->client);
}

void
rd_line_reconnect (RdLine *self)
{
  g_return_if_fail (RD_IS_LINE (self));

  if (self->stage == STAGE_RETRY)
    introduce (self);
  /* The keyring may be unlocked by now. */
  if (self->stage == STAGE_NO_TOKEN)
    load_tokens (self);
  if (self->stage != STAGE_ON_LINE)
    return;
  rd_feed_retry (self->feed);
  channels_client_connect (self->client);
  rd_catch_up_retry (self->catch_up);
}
