/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "rd-fault.h"
#include "rd-introduction.h"

/* A line's way: its credentials are loaded, the site is asked who the user is and what there is to follow (where the
 * settings do not say it), the channels are joined. A pause leads back to the start. */

#define RETRY_FIRST_S 5
#define RETRY_LAST_S 300
#define JITTER 0.2

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
  guint wait_ms;

  self->retry_s = CLAMP (self->retry_s * 2, RETRY_FIRST_S, RETRY_LAST_S);
  /* Whoever else waits for this site does not come back at the same moment. */
  wait_ms = (guint) (self->retry_s * 1000 * g_random_double_range (1 - JITTER, 1 + JITTER));
  self->next_try = g_get_real_time () + (gint64) wait_ms * 1000;
  g_clear_handle_id (&self->retry, g_source_remove);
  self->retry = g_timeout_add (wait_ms, on_retry_timeout, self);
  rd_line_set_stage (self, STAGE_RETRY, trouble);
}

static void
apply_vars (RdLine *self)
{
  if (self->settings->user_id != NULL && *self->settings->user_id != '\0')
    {
      rd_vars_set (self->given, "user.id", self->settings->user_id);
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
  rd_line_set_stage (self, STAGE_ON_LINE, NULL);
  if (self->client != NULL)
    channels_client_start (self->client);
  else
    rd_line_settle (self, 0);
}

static void
take_introduction (RdLine *self, RdIntroduction *answer)
{
  rd_line_set_user (self, answer->user_id, answer->user_name);
  rd_line_set_lists_error (self, g_steal_pointer (&answer->lists_error));
  rd_vars_merge (self->vars, answer->lists);
}

static void
on_introduction_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLine) self = RD_LINE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdIntroduction) answer = rd_introduction_ask_finish (RD_SITE (source), result, &error);

  if (self->stage != STAGE_ASKING || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer != NULL)
    {
      self->retry_s = 0;
      take_introduction (self, answer);
      go_on_line (self);
    }
  else if (rd_site_get_signed_out (self->site))
    rd_line_set_stage (self, STAGE_NO_TOKEN, g_steal_pointer (&error));
  else
    retry_later (self, g_steal_pointer (&error));
}

static void
introduce (RdLine *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  apply_vars (self);
  rd_line_set_stage (self, STAGE_ASKING, NULL);
  rd_introduction_ask_async (self->site, self->given, self->cancellable, on_introduction_ready, g_object_ref (self));
}

static void
on_tokens_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLine) self = RD_LINE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTokens) tokens = rd_secrets_load_finish (RD_SECRETS (source), result, &error);

  if (self->stage != STAGE_CREDENTIALS || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    g_message ("%s: %s", self->settings->id, error->message);
  rd_line_sign_in (self, tokens, g_steal_pointer (&error));
}

static void
load_tokens (RdLine *self)
{
  rd_line_set_stage (self, STAGE_CREDENTIALS, NULL);
  rd_secrets_load_async (self->secrets, self->settings->id, self->cancellable, on_tokens_loaded, g_object_ref (self));
}

/* Whatever is on its way for this line is no longer wanted. */
static void
let_go (RdLine *self)
{
  if (self->fault == NULL)
    rd_line_note_stood (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry, g_source_remove);
  rd_line_stop_rounds (self);
  rd_line_set_stage (self, STAGE_STOPPED, NULL);
  if (self->client != NULL)
    channels_client_stop (self->client);
}

void
rd_line_sign_in (RdLine *self, const RdTokens *tokens, GError *trouble)
{
  gboolean anonymous = rd_site_is_anonymous (self->site);

  rd_site_set_tokens (self->site, tokens);
  if (rd_site_is_anonymous (self->site) != anonymous)
    rd_line_notify_abilities (self);
  if (rd_line_needs_credentials (self) && rd_tokens_is_empty (tokens))
    {
      if (trouble == NULL)
        trouble = rd_fault_new (RD_FAULT_SIGNED_OUT, rd_site_get_host (self->site), 0, NULL, NULL);
      rd_line_set_stage (self, STAGE_NO_TOKEN, trouble);
      return;
    }
  g_clear_error (&trouble);
  rd_line_go_on (self);
}

void
rd_line_go_on (RdLine *self)
{
  if (self->stage == STAGE_ON_LINE)
    {
      apply_vars (self);
      rd_feed_join (self->feed, self->vars);
      rd_line_reconnect (self);
    }
  else if (self->stage != STAGE_STOPPED)
    introduce (self);
}

void
rd_line_keyring_is_open (RdLine *self)
{
  if (self->stage == STAGE_NO_TOKEN && g_error_matches (self->trouble, RD_FAULT, RD_FAULT_SECRETS))
    load_tokens (self);
}

void
rd_line_start (RdLine *self, const RdTokens *tokens)
{
  g_return_if_fail (RD_IS_LINE (self));

  self->wanted = TRUE;
  if (self->fault != NULL || self->stage != STAGE_STOPPED || self->settings->paused)
    return;
  if (tokens == NULL)
    {
      load_tokens (self);
      return;
    }
  rd_line_set_stage (self, STAGE_CREDENTIALS, NULL);
  rd_line_sign_in (self, tokens, NULL);
}

void
rd_line_set_paused (RdLine *self, gboolean paused)
{
  if (self->fault != NULL || !self->wanted)
    return;
  if (!paused)
    {
      rd_line_start (self, NULL);
      return;
    }
  let_go (self);
  rd_line_pause_parts (self);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
}

void
rd_line_stop (RdLine *self)
{
  g_return_if_fail (RD_IS_LINE (self));

  self->wanted = FALSE;
  let_go (self);
  if (self->fault != NULL)
    return;
  rd_site_flush_tokens (self->site);
  rd_catch_up_stop (self->catch_up);
  rd_line_stop_parts (self);
}

void
rd_line_retire (RdLine *self)
{
  g_return_if_fail (RD_IS_LINE (self));

  /* What a refresh that is on its way brings would come back after the account is gone. */
  self->retired = TRUE;
  rd_line_stop (self);
}

void
rd_line_probe (RdLine *self, gboolean slept)
{
  g_return_if_fail (RD_IS_LINE (self));

  if (self->stage == STAGE_RETRY)
    introduce (self);
  else if (self->stage == STAGE_ON_LINE && self->client != NULL && slept)
    channels_client_resume (self->client);
  else if (self->stage == STAGE_ON_LINE && self->client != NULL)
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
  if (self->client != NULL)
    {
      rd_feed_retry (self->feed);
      channels_client_start (self->client);
    }
  rd_line_refresh_lists (self);
  rd_line_retry_parts (self);
}
