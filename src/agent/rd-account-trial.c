/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-account-trial.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-feed.h"
#include "rd-fetch.h"
#include "rd-introduction.h"
#include "rd-line-link.h"
#include "rd-line-settings.h"
#include "rd-line-status.h"
#include "rd-site-uri.h"

/* The way of an account's line, gone once with somebody looking on: each step says whether it went. What comes in
 * meanwhile goes to a phone that nobody hears. */

#define DEADLINE_S 55
#define ADDRESS_DEADLINE_MS 10000
#define ADDRESS_MAX (64 * 1024)

typedef enum
{
  STEP_ADDRESS,
  STEP_PROFILE,
  STEP_SIGN_IN,
  STEP_USER,
  STEP_CONNECTION,
  STEP_CHANNELS,
  N_STEPS,
} Step;

static const char * const step_names[N_STEPS] = { "address", "profile", "sign-in", "user", "connection", "channels" };

struct _RdAccountTrial
{
  GObject parent_instance;

  RdAccountDraft *draft;
  RdProfiles *profiles;
  SoupSession *session;
  RdTickets *tickets;

  GTask *task; /* (nullable): while it runs */
  GCancellable *cancellable;
  guint deadline;
  Step step;
  GVariantBuilder steps;
  gboolean signed_in; /* what there is to sign in with is good, as far as that is known */
  gboolean unproven;  /* a token that nobody has looked at yet */

  GUri *base;
  RdSite *site;
  RdVars *vars;
  GError *lists_error; /* (nullable) */
  ChannelsClient *client;
  RdPhone *phone;
  RdFeed *feed;
};

G_DEFINE_FINAL_TYPE (RdAccountTrial, rd_account_trial, G_TYPE_OBJECT)

/* Ending */

static void
let_go (RdAccountTrial *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->client, self);
      g_signal_handlers_disconnect_by_data (self->feed, self);
      channels_client_stop (self->client);
    }
  g_cancellable_cancel (self->cancellable);
}

static char *
make_ticket (RdAccountTrial *self)
{
  const RdTicket ticket = {
    .site = self->draft->settings->site,
    .profile = self->draft->settings->profile,
    .user_id = self->draft->settings->user_id,
    .tokens = self->draft->tokens,
  };

  if (!self->signed_in || rd_tokens_is_empty (self->draft->tokens))
    return g_strdup ("");
  /* The one that it was tried with would be of no use any more, if its tokens have changed. */
  if (self->draft->ticket != NULL)
    rd_tickets_drop (self->tickets, self->draft->ticket);
  return rd_tickets_put (self->tickets, &ticket);
}

static void
finish (RdAccountTrial *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  g_autofree char *ticket = NULL;

  if (self->site != NULL)
    rd_site_flush_tokens (self->site);
  ticket = make_ticket (self);
  let_go (self);
  g_task_return_pointer (task, g_variant_ref_sink (g_variant_new ("(aa{sv}s)", &self->steps, ticket)),
                         (GDestroyNotify) g_variant_unref);
}

static void
add_step (RdAccountTrial *self, const char *result, GVariant *fault)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, fault);
  g_variant_dict_insert (&dict, "step", "s", step_names[self->step]);
  g_variant_dict_insert (&dict, "result", "s", result);
  g_variant_builder_add_value (&self->steps, g_variant_dict_end (&dict));
}

static void
fail (RdAccountTrial *self, const GError *error)
{
  g_autoptr (GVariant) fault = rd_dbus_error_dup_detail (error);

  g_debug ("Test of an account: %s: %s", step_names[self->step], error->message);
  add_step (self, "failed", fault);
  finish (self);
}

static void
fail_with (RdAccountTrial *self, RdFaultCode code, const char *where)
{
  g_autoptr (GError) error = rd_fault_new (code, self->site != NULL ? rd_site_get_host (self->site) : NULL, 0, NULL,
                                           where);

  fail (self, error);
}

/* As the line itself would say it. */
static void
fail_with_status (RdAccountTrial *self)
{
  g_autoptr (RdLineStatus) status
    = rd_line_status_new_client (self->client, rd_feed_get_refusal (self->feed), rd_feed_is_deaf (self->feed));
  g_autoptr (GVariant) fault = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, status->detail);
  g_variant_dict_insert (&dict, "code", "s", *status->reason != '\0' ? status->reason : "unreachable");
  fault = g_variant_ref_sink (g_variant_dict_end (&dict));
  add_step (self, "failed", fault);
  finish (self);
}

static void
pass (RdAccountTrial *self, const char *result)
{
  add_step (self, result, NULL);
  self->step++;
}

static gboolean
on_deadline (gpointer user_data)
{
  RdAccountTrial *self = RD_ACCOUNT_TRIAL (user_data);

  self->deadline = 0;
  fail_with (self, RD_FAULT_TIMED_OUT, NULL);
  return G_SOURCE_REMOVE;
}

/* The channels */

static void
on_feed_changed (RdAccountTrial *self)
{
  g_autoptr (GVariant) channels = NULL;
  g_autoptr (GVariantIter) iter = NULL;
  const char *state;

  if (self->task == NULL || self->step != STEP_CHANNELS)
    return;
  if (rd_feed_get_refusal (self->feed) != NULL)
    {
      fail_with_status (self);
      return;
    }
  if (self->lists_error != NULL)
    {
      fail (self, self->lists_error);
      return;
    }
  channels = g_variant_ref_sink (rd_feed_list (self->feed));
  if (g_variant_n_children (channels) == 0)
    {
      fail_with (self, RD_FAULT_NOT_FOUND, "channels");
      return;
    }
  g_variant_get (channels, "a(sss)", &iter);
  while (g_variant_iter_next (iter, "(&s&s&s)", NULL, &state, NULL))
    if (!g_str_equal (state, "subscribed"))
      return;
  pass (self, "ok");
  finish (self);
}

static void
on_client_state_changed (RdAccountTrial *self)
{
  if (self->task == NULL)
    return;
  switch (channels_client_get_state (self->client))
    {
    case CHANNELS_CLIENT_WAITING:
    case CHANNELS_CLIENT_FAILED:
      fail_with_status (self);
      break;
    case CHANNELS_CLIENT_CONNECTED:
      if (self->step == STEP_CONNECTION)
        pass (self, "ok");
      on_feed_changed (self);
      break;
    case CHANNELS_CLIENT_DISCONNECTED:
    case CHANNELS_CLIENT_CONNECTING:
    default:
      break;
    }
}

/* The line */

static void
connect_line (RdAccountTrial *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdClock) clock = NULL;

  if (rd_line_settings_is_asked_only (self->draft->settings, self->draft->profile))
    {
      pass (self, "skipped");
      pass (self, "skipped");
      finish (self);
      return;
    }
  self->client = rd_line_link_new (self->draft->settings, self->site, self->session, &error);
  if (self->client == NULL)
    {
      fail (self, error);
      return;
    }
  clock = rd_clock_new ();
  self->phone = rd_phone_new (clock);
  self->feed = rd_feed_new (self->client, self->draft->profile, self->phone, "test");
  g_signal_connect_object (self->client, "notify::state", G_CALLBACK (on_client_state_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->feed, "changed", G_CALLBACK (on_feed_changed), self, G_CONNECT_SWAPPED);
  rd_feed_join (self->feed, self->vars);
  channels_client_start (self->client);
}

/* Who the user is */

/* The first request that carries a token is what tries it. */
static void
settle_sign_in (RdAccountTrial *self, gboolean good)
{
  self->unproven = FALSE;
  self->signed_in = good;
  if (good)
    pass (self, "ok");
}

static gboolean
is_refusal (RdAccountTrial *self, const GError *error)
{
  return error != NULL
         && (rd_site_get_signed_out (self->site) || g_error_matches (error, RD_FAULT, RD_FAULT_SIGNED_OUT));
}

static void
take_introduction (RdAccountTrial *self, RdIntroduction *answer)
{
  RdAccountSettings *settings = self->draft->settings;

  self->lists_error = g_steal_pointer (&answer->lists_error);
  rd_vars_merge (self->vars, answer->lists);
  if (answer->user_id != NULL)
    {
      g_free (settings->user_id);
      settings->user_id = g_strdup (answer->user_id);
    }
  if (settings->user_id != NULL)
    rd_vars_set (self->vars, "user.id", settings->user_id);
  rd_site_set_vars (self->site, self->vars);
}

static void
on_introduction_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdAccountTrial) self = RD_ACCOUNT_TRIAL (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = rd_introduction_ask_finish (RD_SITE (source), result, &error);
  const GError *refusal = answer != NULL ? answer->lists_error : error;
  g_autofree char *given = NULL;

  if (self->task == NULL)
    return;
  if (self->unproven)
    settle_sign_in (self, !is_refusal (self, refusal));
  if (answer == NULL || is_refusal (self, refusal))
    {
      fail (self, refusal);
      return;
    }
  given = g_strdup (self->draft->settings->user_id);
  take_introduction (self, answer);
  if (self->draft->settings->user_id == NULL
      || (given != NULL && g_strcmp0 (given, self->draft->settings->user_id) != 0))
    fail_with (self, RD_FAULT_BAD_INPUT, "user-id");
  else
    {
      pass (self, "ok");
      connect_line (self);
    }
}

static void
introduce (RdAccountTrial *self)
{
  rd_introduction_ask_async (self->site, self->vars, self->cancellable, on_introduction_ready, g_object_ref (self));
}

/* Only the refusal of the token matters. */
static void
on_token_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdAccountTrial) self = RD_ACCOUNT_TRIAL (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = rd_site_act_finish (RD_SITE (source), result, &error);

  if (self->task == NULL)
    return;
  settle_sign_in (self, !is_refusal (self, error));
  if (self->signed_in)
    introduce (self);
  else
    fail (self, error);
}

/* A site that cannot say who somebody is may still know whom it lets in. FALSE: there is nothing to ask it for. */
static gboolean
try_token (RdAccountTrial *self)
{
  static const char * const actions[] = { "unread", "invoices", "conversations", "people" };
  g_autoptr (RdVars) extra = rd_vars_new ();

  rd_vars_set (extra, "page", "1");
  rd_vars_set (extra, "offset", "0");
  rd_vars_set (extra, "limit", "1");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (rd_site_can (self->site, actions[i]))
      {
        rd_site_act_async (self->site, actions[i], extra, self->cancellable, on_token_tried, g_object_ref (self));
        return TRUE;
      }
  return FALSE;
}

/* Also where the id is known: that the site says the same shows that all of this is of one user. */
static void
ask_user (RdAccountTrial *self)
{
  const char *known = self->draft->settings->user_id;

  self->vars = rd_line_settings_build_vars (self->draft->settings);
  if (known != NULL && !rd_site_can (self->site, "user"))
    rd_vars_set (self->vars, "user.id", known);
  rd_site_set_vars (self->site, self->vars);
  if (!self->unproven || rd_site_can (self->site, "user") || !try_token (self))
    introduce (self);
}

/* Signing in */

static void
on_tokens_changed (RdSite *site, const RdTokens *tokens, RdAccountTrial *self)
{
  rd_tokens_free (self->draft->tokens);
  self->draft->tokens = rd_tokens_copy (tokens);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdAccountTrial) self = RD_ACCOUNT_TRIAL (user_data);
  g_autoptr (GError) error = NULL;
  gboolean good = rd_account_draft_sign_in_finish (result, &error);

  if (self->task == NULL)
    return;
  if (!good)
    {
      fail (self, error);
      return;
    }
  g_signal_connect_object (self->site, "tokens-changed", G_CALLBACK (on_tokens_changed), self, 0);
  self->unproven = self->draft->password == NULL;
  if (!self->unproven)
    settle_sign_in (self, TRUE);
  ask_user (self);
}

static void
sign_in (RdAccountTrial *self)
{
  const RdAccountSettings *settings = self->draft->settings;
  g_autoptr (GError) error = NULL;

  self->site = rd_site_new (self->draft->profile, self->session, settings->site, settings->insecure, &error);
  if (self->site == NULL)
    fail (self, error);
  else if (rd_account_draft_has_credentials (self->draft))
    rd_account_draft_sign_in_async (self->draft, self->site, self->tickets, self->cancellable, on_signed_in,
                                    g_object_ref (self));
  else if (rd_line_settings_needs_credentials (settings, self->draft->profile))
    fail_with (self, RD_FAULT_SIGNED_OUT, NULL);
  else
    {
      pass (self, "skipped");
      ask_user (self);
    }
}

/* The profile */

static void
on_profile_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdAccountTrial) self = RD_ACCOUNT_TRIAL (user_data);
  g_autoptr (GError) error = NULL;
  gboolean found = rd_account_draft_find_profile_finish (result, &error);

  if (self->task == NULL)
    return;
  if (!found || !rd_line_settings_check_needs (self->draft->settings, self->draft->profile, &error))
    {
      fail (self, error);
      return;
    }
  pass (self, "ok");
  sign_in (self);
}

/* The address */

/* Whatever it says, it is there. */
static gboolean
is_answer (const GError *error)
{
  return error == NULL || g_error_matches (error, RD_FAULT, RD_FAULT_BAD_REPLY)
         || g_error_matches (error, RD_FAULT, RD_FAULT_TOO_LARGE);
}

static void
on_address_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdAccountTrial) self = RD_ACCOUNT_TRIAL (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdReply) reply = rd_fetch_finish (result, &error);

  if (self->task == NULL)
    return;
  if (reply == NULL && !is_answer (error))
    {
      fail (self, error);
      return;
    }
  pass (self, "ok");
  rd_account_draft_find_profile_async (self->draft, self->profiles, self->session, self->cancellable,
                                       on_profile_found, g_object_ref (self));
}

static void
ask_address (RdAccountTrial *self)
{
  RdRequest request = { .method = (char *) "GET" };
  RdFetch fetch = { .session = self->session, .request = &request, .where = "address",
                    .deadline = ADDRESS_DEADLINE_MS, .max = ADDRESS_MAX, .pages = TRUE };
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;

  self->base = rd_site_uri_new (self->draft->settings->site, self->draft->settings->insecure, &error);
  if (self->base != NULL)
    uri = rd_site_uri_join (self->base, "/", &error);
  if (uri == NULL)
    {
      fail (self, error);
      return;
    }
  fetch.uri = uri;
  rd_fetch_async (&fetch, self->cancellable, on_address_ready, g_object_ref (self));
}

/*
 * GObject
 */
static void
rd_account_trial_finalize (GObject *object)
{
  RdAccountTrial *self = RD_ACCOUNT_TRIAL (object);

  g_clear_handle_id (&self->deadline, g_source_remove);
  g_variant_builder_clear (&self->steps);
  g_clear_pointer (&self->draft, rd_account_draft_free);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_clear_error (&self->lists_error);
  g_clear_object (&self->feed);
  g_clear_object (&self->client);
  g_clear_object (&self->phone);
  g_clear_object (&self->site);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->profiles);
  g_clear_object (&self->session);
  g_clear_object (&self->tickets);

  G_OBJECT_CLASS (rd_account_trial_parent_class)->finalize (object);
}

static void
rd_account_trial_class_init (RdAccountTrialClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_account_trial_finalize;
}

static void
rd_account_trial_init (RdAccountTrial *self)
{
  g_variant_builder_init (&self->steps, G_VARIANT_TYPE ("aa{sv}"));
  self->cancellable = g_cancellable_new ();
}

RdAccountTrial *
rd_account_trial_new (RdAccountDraft *draft, RdProfiles *profiles, SoupSession *session, RdTickets *tickets)
{
  RdAccountTrial *self;

  g_return_val_if_fail (draft != NULL, NULL);
  g_return_val_if_fail (RD_IS_PROFILES (profiles), NULL);
  g_return_val_if_fail (SOUP_IS_SESSION (session), NULL);
  g_return_val_if_fail (RD_IS_TICKETS (tickets), NULL);

  self = g_object_new (RD_TYPE_ACCOUNT_TRIAL, NULL);
  self->draft = draft;
  self->profiles = g_object_ref (profiles);
  self->session = g_object_ref (session);
  self->tickets = g_object_ref (tickets);
  return self;
}

void
rd_account_trial_run_async (RdAccountTrial *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RD_IS_ACCOUNT_TRIAL (self));
  g_return_if_fail (self->task == NULL && self->step == STEP_ADDRESS);

  self->task = g_task_new (self, NULL, callback, user_data);
  self->deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline, self);
  ask_address (self);
}

void
rd_account_trial_cancel (RdAccountTrial *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RD_IS_ACCOUNT_TRIAL (self));

  task = g_steal_pointer (&self->task);
  if (task == NULL)
    return;
  let_go (self);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nobody wants to know any more");
}

GVariant *
rd_account_trial_run_finish (RdAccountTrial *self, GAsyncResult *result, char **ticket, GError **error)
{
  g_autoptr (GVariant) answer = NULL;
  GVariant *steps = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (ticket != NULL, NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer != NULL)
    g_variant_get (answer, "(@aa{sv}s)", &steps, ticket);
  return steps;
}
