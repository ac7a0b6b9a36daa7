/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "rd-fault.h"
#include "rd-line-settings.h"

/* What the user asks of a line beyond connecting: to sign in, to change its options, to trust a room's host. */

#define MAX_ROOM_HOSTS 50
#define MAX_LOGIN 320 /* bytes: an e-mail address may have as many */
#define MAX_PASSWORD 1024

static void
on_new_tokens_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdLine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  self->writing--;
  if (rd_secrets_store_finish (RD_SECRETS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The account is whose the sign-in was. */
static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdLine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) gave = rd_site_sign_in_finish (RD_SITE (source), result, &error);

  self->writing--;
  if (gave == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!self->retired)
    {
      rd_line_set_user (self, rd_vars_get (gave, "id"), rd_vars_get (gave, "name"));
      rd_line_go_on (self);
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_settings_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdLine *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_accounts_put_finish (RD_ACCOUNTS (source), result, &error);

  self->writing--;
  if (id != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
rd_line_set_tokens_async (RdLine *self, const RdTokens *tokens, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RD_IS_LINE (self));
  g_return_if_fail (tokens != NULL);

  /* They are used even if they cannot be kept: the call of the moment matters more. */
  task = g_task_new (self, NULL, callback, user_data);
  self->writing++;
  rd_secrets_store_async (self->secrets, self->settings->id, tokens, NULL, on_new_tokens_stored, task);
  if (self->fault == NULL && self->stage != STAGE_STOPPED)
    rd_line_sign_in (self, tokens, NULL);
}

gboolean
rd_line_set_tokens_finish (RdLine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rd_line_trust_room_host_async (RdLine *self, const char *host, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autofree char *lower = NULL;
  char **hosts;

  g_return_if_fail (RD_IS_LINE (self));

  task = g_task_new (self, NULL, callback, user_data);
  hosts = self->settings->room_hosts;
  if (!rd_line_settings_is_host (host) || (hosts != NULL && g_strv_length (hosts) >= MAX_ROOM_HOSTS))
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "host"));
      return;
    }
  lower = g_ascii_strdown (host, -1);
  if (hosts == NULL || !g_strv_contains ((const char * const *) hosts, lower))
    {
      builder = g_strv_builder_new ();
      g_strv_builder_addv (builder, (const char **) hosts);
      g_strv_builder_add (builder, lower);
      g_strfreev (hosts);
      self->settings->room_hosts = g_strv_builder_end (builder);
      rd_line_notify_options (self);
    }
  self->writing++;
  rd_accounts_put_async (self->accounts, self->settings, on_settings_written, g_steal_pointer (&task));
}

void
rd_line_distrust_room_host_async (RdLine *self, const char *host, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GStrvBuilder) builder = NULL;
  char **hosts;

  g_return_if_fail (RD_IS_LINE (self));
  g_return_if_fail (host != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  hosts = self->settings->room_hosts;
  if (hosts == NULL || !g_strv_contains ((const char * const *) hosts, host))
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "host"));
      return;
    }
  builder = g_strv_builder_new ();
  for (char **h = hosts; *h != NULL; h++)
    if (!g_str_equal (*h, host))
      g_strv_builder_add (builder, *h);
  g_strfreev (hosts);
  self->settings->room_hosts = g_strv_builder_end (builder);
  rd_line_notify_options (self);
  self->writing++;
  rd_accounts_put_async (self->accounts, self->settings, on_settings_written, g_steal_pointer (&task));
}

gboolean
rd_line_trust_room_host_finish (RdLine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rd_line_sign_in_async (RdLine *self, const char *login, const char *password, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (RD_IS_LINE (self));
  g_return_if_fail (login != NULL && password != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  if (self->site == NULL)
    error = g_error_copy (self->fault);
  else if ((rd_profile_get_sign_in_ways (self->profile) & RD_SIGN_IN_PASSWORD) == 0)
    error = rd_fault_new (RD_FAULT_UNSUPPORTED, rd_site_get_host (self->site), 0, NULL, "sign-in");
  else
    rd_line_check_sign_in (login, password, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->writing++;
  rd_site_sign_in_async (self->site, login, password, NULL, on_signed_in, g_steal_pointer (&task));
}

gboolean
rd_line_sign_in_finish (RdLine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rd_line_configure_async (RdLine *self, GVariant *changes, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_paused;

  g_return_if_fail (RD_IS_LINE (self));
  g_return_if_fail (changes != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  was_paused = self->settings->paused;
  if (!rd_account_settings_apply (self->settings, changes, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rd_line_apply_sound (self);
  if (self->settings->paused != was_paused)
    rd_line_set_paused (self, self->settings->paused);
  rd_line_notify_options (self);
  self->writing++;
  rd_accounts_put_async (self->accounts, self->settings, on_settings_written, g_steal_pointer (&task));
}

gboolean
rd_line_configure_finish (RdLine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rd_line_check_sign_in (const char *login, const char *password, GError **error)
{
  const char *wrong = NULL;

  if (*login == '\0' || strlen (login) > MAX_LOGIN)
    wrong = "login";
  else if (*password == '\0' || strlen (password) > MAX_PASSWORD)
    wrong = "password";
  if (wrong != NULL)
    g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, wrong));
  return wrong == NULL;
}

char *
rd_line_dup_page (RdLine *self, const char *kind, const char *id, GError **error)
{
  const char *const findable[] = { "call", "person", "conversation", NULL };
  g_autoptr (RdVars) vars = rd_vars_new ();
  char *url = NULL;

  g_return_val_if_fail (RD_IS_LINE (self), NULL);
  g_return_val_if_fail (kind != NULL && id != NULL, NULL);

  if (*id != '\0')
    {
      g_autofree char *own = g_strconcat (kind, ".id", NULL);

      rd_vars_set (vars, own, id);
      /* Some sites know a conversation by whom it is with, and its id on the bus need not be the site's. */
      if (g_str_equal (kind, "person"))
        rd_vars_set (vars, "peer.id", id);
      if (g_str_equal (kind, "conversation") && self->mailbox != NULL)
        rd_mailbox_set_vars (self->mailbox, id, vars);
    }
  if (self->site != NULL)
    url = rd_site_dup_page (self->site, kind, vars);
  /* Whoever is looked for is somewhere on the site: better at its start than not at all. */
  if (url == NULL && self->site != NULL && g_strv_contains (findable, kind))
    url = rd_site_dup_page (self->site, "", vars);
  if (url == NULL)
    g_propagate_error (error, rd_fault_new (RD_FAULT_UNSUPPORTED, NULL, 0, NULL, "page"));
  return url;
}

void
rd_line_apply_sound (RdLine *self)
{
  RdRing loudest = RD_RING_FULL;

  if (g_strcmp0 (self->settings->sound, "silent") == 0)
    loudest = RD_RING_NONE;
  else if (g_strcmp0 (self->settings->sound, "soft") == 0)
    loudest = RD_RING_SOFT;
  rd_phone_set_loudest (self->phone, self->settings->id, loudest);
}
