/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-line-link.h"
#include "rd-line-settings.h"

/* One account at work: what it is made of, and the truth about it. The way onto the line is rd-line-way.c's; all that
 * can go wrong there becomes the line's status, never a dead end: whatever may heal by itself is tried again. */

typedef enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_PROFILE,
  PROP_SITE,
  PROP_USER_ID,
  PROP_CAN_CALL,
  PROP_ABILITIES,
  PROP_SIGN_IN_WAYS,
  PROP_LOGIN,
  PROP_COLOUR,
  PROP_PAUSED,
  PROP_SOUND,
  PROP_TOASTS,
  PROP_THRESHOLD,
  PROP_DELIVERY,
  PROP_STATE,
  PROP_REASON,
  PROP_REASON_DETAIL,
  PROP_NEXT_TRY,
  PROP_CHANNELS,
  PROP_SITE_PROBLEM,
  PROP_ROOM_HOSTS,
} RdLineProps;

enum
{
  CALL_TOUCHED,
  N_SIGNALS,
};

static GParamSpec *props[PROP_ROOM_HOSTS + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdLine, rd_line, G_TYPE_OBJECT)

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

  self->status = rd_line_build_status (self);
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
  if (self->fault == NULL && rd_line_follow_status (self))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DELIVERY]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* What is wrong with the site, or why what there is to follow could not be listed. */
static void
update_site_problem (RdLine *self)
{
  const GError *error = rd_site_get_problem (self->site);
  g_autoptr (GVariant) problem = NULL;

  if (error == NULL)
    error = self->lists_error;
  if (error != NULL)
    problem = rd_dbus_error_dup_detail (error);
  set_variant (self, &self->site_problem,
               problem != NULL ? g_steal_pointer (&problem) : g_variant_new ("a{sv}", NULL), PROP_SITE_PROBLEM);
  if (self->client == NULL)
    update (self);
}

static void
on_feed_settled (RdFeed *feed, gint64 since, RdLine *self)
{
  rd_line_settle (self, since);
}

static void
on_feed_call_touched (RdFeed *feed, RdCall *call, RdLine *self)
{
  g_signal_emit (self, signals[CALL_TOUCHED], 0, call);
}

static void
on_site_tokens_changed (RdSite *site, const RdTokens *tokens, RdLine *self)
{
  if (!self->retired)
    rd_line_keep_tokens (self, tokens);
}

static void
on_secrets_backend_changed (RdSecrets *secrets, GParamSpec *pspec, RdLine *self)
{
  if (g_str_equal (rd_secrets_get_backend (secrets), "keyring"))
    rd_line_keyring_is_open (self);
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
  g_autoptr (RdClock) clock = NULL;

  if (self->profile == NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, NULL, s->profile));
      return FALSE;
    }
  self->site = rd_site_new (self->profile, session, s->site, s->insecure, error);
  if (self->site == NULL)
    return FALSE;
  if (!rd_line_settings_is_asked_only (s, self->profile))
    {
      self->client = rd_line_link_new (s, self->site, session, error);
      if (self->client == NULL)
        return FALSE;
    }

  clock = rd_clock_new ();
  self->feed = rd_feed_new (self->client, self->profile, self->phone, s->id);
  self->catch_up = rd_catch_up_new (self->site, self->phone, s->id);
  self->poller = rd_poller_new (self->profile, clock);
  rd_line_build_parts (self);
  return TRUE;
}

static void
on_poller_due (RdPoller *poller, const char *action, RdLine *self)
{
  rd_line_poll (self, action);
}

static void
connect_client (RdLine *self)
{
  g_signal_connect_object (self->client, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->client, "notify::next-try", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
connect_signals (RdLine *self)
{
  g_signal_connect_object (self->secrets, "notify::backend", G_CALLBACK (on_secrets_backend_changed), self, 0);
  g_signal_connect_object (self->site, "notify::signed-out", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->site, "notify::problem", G_CALLBACK (update_site_problem), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->site, "notify::clock-skew", G_CALLBACK (on_site_clock_skew_changed), self, 0);
  g_signal_connect_object (self->site, "tokens-changed", G_CALLBACK (on_site_tokens_changed), self, 0);
  if (self->client != NULL)
    connect_client (self);
  g_signal_connect_object (self->feed, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "settled", G_CALLBACK (on_feed_settled), self, 0);
  g_signal_connect_object (self->feed, "call-touched", G_CALLBACK (on_feed_call_touched), self, 0);
  g_signal_connect_object (self->poller, "due", G_CALLBACK (on_poller_due), self, 0);
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
    case PROP_ABILITIES:
      g_value_take_boxed (value, rd_line_dup_abilities (self));
      break;
    case PROP_SIGN_IN_WAYS:
      g_value_take_boxed (value, rd_line_dup_sign_in_ways (self));
      break;
    case PROP_LOGIN:
      g_value_set_string (value, self->profile != NULL ? rd_profile_get_login (self->profile) : "");
      break;
    case PROP_COLOUR:
      g_value_set_string (value, self->settings->colour);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->settings->paused);
      break;
    case PROP_SOUND:
      g_value_set_string (value, self->settings->sound);
      break;
    case PROP_TOASTS:
      g_value_take_variant (value, g_variant_ref_sink (rd_line_settings_list_toasts (self->settings)));
      break;
    case PROP_THRESHOLD:
      g_value_set_string (value, self->settings->threshold);
      break;
    case PROP_DELIVERY:
      g_value_set_string (value, self->delivery);
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
    case PROP_ROOM_HOSTS:
      g_value_set_boxed (value, self->settings->room_hosts);
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
  rd_line_stop_rounds (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->catch_up);
  g_clear_object (&self->poller);
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
  g_clear_object (&self->memory);
  g_clear_pointer (&self->settings, rd_account_settings_free);
  g_clear_pointer (&self->polled, g_hash_table_unref);
  g_clear_pointer (&self->given, rd_vars_unref);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_clear_pointer (&self->status, rd_line_status_free);
  g_clear_pointer (&self->channels, g_variant_unref);
  g_clear_pointer (&self->site_problem, g_variant_unref);
  g_clear_error (&self->fault);
  g_clear_error (&self->trouble);
  g_clear_error (&self->lists_error);
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
  props[PROP_ABILITIES] = g_param_spec_boxed ("abilities", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_SIGN_IN_WAYS] = g_param_spec_boxed ("sign-in-ways", NULL, NULL, G_TYPE_STRV, flags);
  props[PROP_LOGIN] = g_param_spec_string ("login", NULL, NULL, NULL, flags);
  props[PROP_COLOUR] = g_param_spec_string ("colour", NULL, NULL, NULL, flags);
  props[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  props[PROP_SOUND] = g_param_spec_string ("sound", NULL, NULL, NULL, flags);
  props[PROP_TOASTS] = g_param_spec_variant ("toasts", NULL, NULL, G_VARIANT_TYPE ("a{sb}"), NULL, flags);
  props[PROP_THRESHOLD] = g_param_spec_string ("threshold", NULL, NULL, NULL, flags);
  props[PROP_DELIVERY] = g_param_spec_string ("delivery", NULL, NULL, NULL, flags);
  props[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, NULL, flags);
  props[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  props[PROP_REASON_DETAIL]
    = g_param_spec_variant ("reason-detail", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, flags);
  props[PROP_NEXT_TRY] = g_param_spec_int64 ("next-try", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_CHANNELS] = g_param_spec_variant ("channels", NULL, NULL, G_VARIANT_TYPE ("a(sss)"), NULL, flags);
  props[PROP_SITE_PROBLEM] = g_param_spec_variant ("site-problem", NULL, NULL, G_VARIANT_TYPE_VARDICT, NULL, flags);
  props[PROP_ROOM_HOSTS] = g_param_spec_boxed ("room-hosts", NULL, NULL, G_TYPE_STRV, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[CALL_TOUCHED] = g_signal_new ("call-touched", RD_TYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, RD_TYPE_CALL);
}

static void
rd_line_init (RdLine *self)
{
  self->cancellable = g_cancellable_new ();
  self->polled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->status = rd_line_status_new ("stopped");
  self->delivery = "";
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
  self->memory = g_object_ref (context->memory);
  self->given = rd_line_settings_build_vars (settings);
  self->vars = rd_line_settings_build_vars (settings);
  rd_line_apply_sound (self);
  if (build (self, context->session, &self->fault))
    connect_signals (self);
  update (self);
  return self;
}

void
rd_line_set_stage (RdLine *self, Stage stage, GError *trouble)
{
  self->stage = stage;
  g_clear_error (&self->trouble);
  self->trouble = trouble;
  update (self);
}

void
rd_line_set_user (RdLine *self, const char *id, const char *name)
{
  if (name != NULL)
    {
      g_free (self->user_name);
      self->user_name = g_strdup (name);
    }
  if (id == NULL || *id == '\0' || g_strcmp0 (id, self->settings->user_id) == 0)
    return;
  g_free (self->settings->user_id);
  self->settings->user_id = g_strdup (id);
  rd_line_keep_settings (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_USER_ID]);
}

void
rd_line_set_lists_error (RdLine *self, GError *error)
{
  g_clear_error (&self->lists_error);
  self->lists_error = error;
  update_site_problem (self);
}

void
rd_line_notify_abilities (RdLine *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ABILITIES]);
}

void
rd_line_notify_options (RdLine *self)
{
  static const RdLineProps options[] = { PROP_NAME, PROP_COLOUR, PROP_PAUSED, PROP_SOUND, PROP_TOASTS, PROP_THRESHOLD,
                                        PROP_ROOM_HOSTS };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[options[i]]);
  update (self);
}
