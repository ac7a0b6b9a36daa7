/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

/* What a line learns by itself and keeps: nobody waits for it, but the agent's end does. */

static void
on_settings_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLine) self = RD_LINE (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_accounts_put_finish (RD_ACCOUNTS (source), result, &error);

  self->writing--;
  if (id == NULL)
    g_warning ("The accounts could not be written: %s", error->message);
}

static void
on_tokens_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLine) self = RD_LINE (user_data);
  g_autoptr (GError) error = NULL;

  self->writing--;
  if (!rd_secrets_store_finish (RD_SECRETS (source), result, &error))
    g_warning ("Renewed tokens could not be kept: %s", error->message);
}

void
rd_line_keep_settings (RdLine *self)
{
  self->writing++;
  rd_accounts_put_async (self->accounts, self->settings, on_settings_written, g_object_ref (self));
}

void
rd_line_keep_tokens (RdLine *self, const RdTokens *tokens)
{
  self->writing++;
  rd_secrets_store_async (self->secrets, self->settings->id, tokens, NULL, on_tokens_stored, g_object_ref (self));
}
