/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

/* What a line learns by itself and keeps: nobody waits for it, but the agent's end does. */

/* What a site that is only asked had told by then is known: its answers are not late by more. */
#define ANSWERED_US (60 * G_USEC_PER_SEC)

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

static gint64
find_stood (RdLine *self)
{
  if (self->heard)
    return channels_client_get_last_frame (self->client);
  if (self->client == NULL && self->stage == STAGE_ON_LINE && rd_site_get_problem (self->site) == NULL
      && self->polled_at > 0)
    return self->polled_at - ANSWERED_US;
  return 0;
}

void
rd_line_note_stood (RdLine *self)
{
  gint64 at = find_stood (self);

  if (at > 0 && !self->retired && !rd_line_is_behind (self))
    rd_memory_note_stood (self->memory, self->settings->id, MIN (at, g_get_real_time ()));
}

void
rd_line_keep_open (RdLine *self)
{
  g_auto (GStrv) open = NULL;

  /* Before it is caught up with, those of the last run count. */
  if (self->retired || !rd_site_can (self->site, "invoices") || !rd_invoices_is_known (self->invoices))
    return;
  open = rd_invoices_dup_open (self->invoices);
  rd_memory_set_open (self->memory, self->settings->id, (const char * const *) open);
}
