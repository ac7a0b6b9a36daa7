/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "rd-fault.h"
#include "rd-line-settings.h"

/* What the user asks of a line beyond connecting: to take new tokens, to trust a room's host. */

#define MAX_ROOM_HOSTS 50

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

static void
on_trust_written (GObject *source, GAsyncResult *result, gpointer user_data)
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
    }
  self->writing++;
  rd_accounts_put_async (self->accounts, self->settings, on_trust_written, g_steal_pointer (&task));
}

gboolean
rd_line_trust_room_host_finish (RdLine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
