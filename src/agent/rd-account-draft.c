/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-account-draft.h"

#include "rd-clean.h"
#include "rd-discovery.h"
#include "rd-fault.h"
#include "rd-lines.h"

/* An account before it is one. What a bus client gives is hostile until all of it has been through here. */

#define MAX_PROFILE (256 * 1024)
#define MAX_TICKET 64

static gboolean
refuse (GError **error, RdFaultCode code, const char *where)
{
  g_propagate_error (error, rd_fault_new (code, NULL, 0, NULL, where));
  return FALSE;
}

/* An empty string is the same as none. */
static gboolean
take_string (GVariant *settings, const char *name, gsize max, char **place, GError **error)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (settings, name, NULL);
  gsize length = 0;
  const char *text;

  if (value == NULL)
    return TRUE;
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return refuse (error, RD_FAULT_BAD_INPUT, name);
  text = g_variant_get_string (value, &length);
  if (length > max)
    return refuse (error, RD_FAULT_BAD_INPUT, name);
  *place = length > 0 ? g_strdup (text) : NULL;
  return TRUE;
}

static gboolean
take_tokens (RdAccountDraft *self, GVariant *settings, GError **error)
{
  char *token = NULL;
  char *refresh = NULL;
  gboolean good = take_string (settings, "token", RD_CLEAN_TOKEN, &token, error)
                  && take_string (settings, "refresh-token", RD_CLEAN_TOKEN, &refresh, error)
                  && rd_lines_check_token (token, "token", error)
                  && rd_lines_check_token (refresh, "refresh-token", error);

  self->tokens = rd_tokens_new (token, refresh);
  g_clear_pointer (&token, rd_clean_secret);
  g_clear_pointer (&refresh, rd_clean_secret);
  return good;
}

static gboolean
take_credentials (RdAccountDraft *self, GVariant *settings, GError **error)
{
  if (!take_string (settings, "login", G_MAXSIZE, &self->login, error)
      || !take_string (settings, "password", G_MAXSIZE, &self->password, error)
      || !take_string (settings, "ticket", MAX_TICKET, &self->ticket, error) || !take_tokens (self, settings, error))
    return FALSE;
  if (self->login == NULL && self->password == NULL)
    return TRUE;
  return rd_line_check_sign_in (self->login != NULL ? self->login : "", self->password != NULL ? self->password : "",
                                error);
}

/* The profile at an address says itself what it is called. */
static RdAccountSettings *
read_settings (RdAccountDraft *self, GVariant *settings, GError **error)
{
  g_autoptr (GVariant) whole = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, settings);
  if (self->profile_url != NULL)
    g_variant_dict_insert (&dict, "profile", "s", "url");
  whole = g_variant_ref_sink (g_variant_dict_end (&dict));
  return rd_account_settings_from_variant (whole, error);
}

static void
take_profile (RdAccountDraft *self, RdProfiles *profiles, RdProfile *profile)
{
  RdProfile *known = rd_profiles_lookup (profiles, rd_profile_get_id (profile));

  if (known != NULL)
    profile = known;
  g_set_object (&self->profile, profile);
  g_free (self->settings->profile);
  self->settings->profile = g_strdup (rd_profile_get_id (profile));
  /* It is there: nothing of the same name takes its place. */
  if (known != NULL)
    g_clear_pointer (&self->profile_text, g_free);
}

static gboolean
read_profile_text (RdAccountDraft *self, RdProfiles *profiles, GError **error)
{
  g_autoptr (RdProfile) profile = rd_profile_new_from_data (self->profile_text, -1, "profile", error);

  if (profile == NULL)
    return FALSE;
  if (g_strcmp0 (rd_profile_get_id (profile), self->settings->profile) != 0)
    return refuse (error, RD_FAULT_BAD_INPUT, "profile");
  take_profile (self, profiles, profile);
  return TRUE;
}

typedef struct
{
  RdAccountDraft *draft; /* not owned */
  RdProfiles *profiles;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_object_unref (search->profiles);
  g_free (search);
}

static void
on_profile_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (RdProfile) profile = rd_discovery_fetch_finish (result, &text, &error);
  gsize length = 0;
  const char *data;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (profile == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  data = g_bytes_get_data (text, &length);
  g_free (search->draft->profile_text);
  search->draft->profile_text = g_strndup (data, length);
  take_profile (search->draft, search->profiles, profile);
  g_task_return_boolean (task, TRUE);
}

/* Who the site says that it was wins over who the client took it for. */
static void
take_user (RdAccountDraft *self, const char *id)
{
  if (id == NULL || *id == '\0')
    return;
  g_free (self->settings->user_id);
  self->settings->user_id = g_strdup (id);
}

typedef struct
{
  RdAccountDraft *draft; /* not owned */
  gulong handler;
  RdSite *site;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *sign_in = data;

  g_clear_signal_handler (&sign_in->handler, sign_in->site);
  g_object_unref (sign_in->site);
  g_free (sign_in);
}

static void
on_site_tokens_changed (RdSite *site, const RdTokens *tokens, SignIn *sign_in)
{
  rd_tokens_free (sign_in->draft->tokens);
  sign_in->draft->tokens = rd_tokens_copy (tokens);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdVars) gave = rd_site_sign_in_finish (RD_SITE (source), result, &error);

  g_clear_signal_handler (&sign_in->handler, sign_in->site);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (gave == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_user (sign_in->draft, rd_vars_get (gave, "id"));
  g_task_return_boolean (task, TRUE);
}

static void
begin_sign_in (GTask *task, RdAccountDraft *self, RdSite *site)
{
  SignIn *sign_in = g_new0 (SignIn, 1);

  sign_in->draft = self;
  sign_in->site = g_object_ref (site);
  /* The handler goes with the task: what comes after it is not for the draft. */
  sign_in->handler = g_signal_connect (site, "tokens-changed", G_CALLBACK (on_site_tokens_changed), sign_in);
  g_task_set_task_data (task, sign_in, sign_in_free);
  rd_site_sign_in_async (site, self->login, self->password, g_task_get_cancellable (task), on_signed_in,
                         g_object_ref (task));
}

static gboolean
use_ticket (RdAccountDraft *self, RdTickets *tickets, GError **error)
{
  const RdAccountSettings *settings = self->settings;
  const RdTicket *ticket = rd_tickets_find (tickets, self->ticket, settings->site, settings->profile, error);

  if (ticket == NULL)
    return FALSE;
  rd_tokens_free (self->tokens);
  self->tokens = rd_tokens_copy (ticket->tokens);
  take_user (self, ticket->user_id);
  return TRUE;
}

RdAccountDraft *
rd_account_draft_new (GVariant *settings, GError **error)
{
  g_autoptr (RdAccountDraft) self = g_new0 (RdAccountDraft, 1);

  g_return_val_if_fail (settings != NULL && g_variant_is_of_type (settings, G_VARIANT_TYPE_VARDICT), NULL);

  if (!take_string (settings, "profile-url", RD_CLEAN_URL, &self->profile_url, error)
      || !take_string (settings, "profile-data", MAX_PROFILE, &self->profile_text, error))
    return NULL;
  self->settings = read_settings (self, settings, error);
  if (self->settings == NULL || !take_credentials (self, settings, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rd_account_draft_free (RdAccountDraft *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->settings, rd_account_settings_free);
  g_clear_pointer (&self->tokens, rd_tokens_free);
  g_free (self->login);
  g_clear_pointer (&self->password, rd_clean_secret);
  g_free (self->ticket);
  g_free (self->profile_url);
  g_free (self->profile_text);
  g_clear_object (&self->profile);
  g_free (self);
}

void
rd_account_draft_find_profile_async (RdAccountDraft *self, RdProfiles *profiles, SoupSession *session,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  RdProfile *known;
  Search *search;

  g_return_if_fail (self != NULL);
  g_return_if_fail (RD_IS_PROFILES (profiles));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_account_draft_find_profile_async);
  if (self->profile_url != NULL)
    {
      search = g_new0 (Search, 1);
      search->draft = self;
      search->profiles = g_object_ref (profiles);
      g_task_set_task_data (task, search, search_free);
      rd_discovery_fetch_async (session, self->settings->site, self->profile_url, cancellable, on_profile_fetched,
                                g_steal_pointer (&task));
      return;
    }
  known = rd_profiles_lookup (profiles, self->settings->profile);
  if (known != NULL)
    take_profile (self, profiles, known);
  else if (self->profile_text == NULL)
    refuse (&error, RD_FAULT_NOT_FOUND, "profile");
  else
    read_profile_text (self, profiles, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
rd_account_draft_find_profile_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rd_account_draft_has_credentials (const RdAccountDraft *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->ticket != NULL || self->password != NULL || !rd_tokens_is_empty (self->tokens);
}

void
rd_account_draft_sign_in_async (RdAccountDraft *self, RdSite *site, RdTickets *tickets, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (self != NULL && self->profile != NULL);
  g_return_if_fail (RD_IS_SITE (site));
  g_return_if_fail (RD_IS_TICKETS (tickets));

  task = g_task_new (site, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_account_draft_sign_in_async);
  if (self->ticket == NULL && self->password != NULL)
    {
      begin_sign_in (task, self, site);
      return;
    }
  if (self->ticket != NULL && !use_ticket (self, tickets, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  rd_site_set_tokens (site, self->tokens);
  g_task_return_boolean (task, TRUE);
}

gboolean
rd_account_draft_sign_in_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
