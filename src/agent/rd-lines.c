/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-lines.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-line-settings.h"

/* The accounts at work. What does not fit the profile or the other accounts is refused here, before anything is
 * written. */

#define MAX_LINES 100
/* At the start: so many at once, the others one after the other, so that neither this machine nor a site that has
 * several of them sees all come in at one moment. */
#define FIRST_LINES 4
#define START_PAUSE_MS 50
#define MAX_TOKEN RD_CLEAN_TOKEN

enum
{
  LINE_ADDED,
  LINE_REMOVED,
  CALL_TOUCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdLines
{
  GObject parent_instance;

  RdProfiles *profiles;
  RdNotices *notices;
  RdLineContext context; /* owned */
  GPtrArray *lines;
  GPtrArray *coming; /* RdAccountSettings (unowned) that are being written */
  GQueue waiting;    /* RdLine (owned): to be started */
  guint start;
  guint writing;
};

G_DEFINE_FINAL_TYPE (RdLines, rd_lines, G_TYPE_OBJECT)

typedef struct
{
  RdAccountSettings *settings;
  RdTokens *tokens;
} Addition;

static void
addition_free (Addition *self)
{
  g_clear_pointer (&self->settings, rd_account_settings_free);
  g_clear_pointer (&self->tokens, rd_tokens_free);
  g_free (self);
}

static gboolean
refuse (GError **error, RdFaultCode code, const char *where)
{
  g_propagate_error (error, rd_fault_new (code, NULL, 0, NULL, where));
  return FALSE;
}

static gboolean
is_same_account (const RdAccountSettings *a, const RdAccountSettings *b)
{
  return a->user_id != NULL && *a->user_id != '\0' && g_strcmp0 (a->user_id, b->user_id) == 0
         && g_strcmp0 (a->profile, b->profile) == 0 && g_strcmp0 (a->site, b->site) == 0
         && g_strcmp0 (a->key, b->key) == 0;
}

static gboolean
check_settings (RdLines *self, const RdAccountSettings *settings, RdProfile *profile, GError **error)
{
  g_autoptr (ChannelsEndpoint) endpoint = NULL;
  g_autoptr (RdSite) site = NULL;

  if (settings->site == NULL || *settings->site == '\0')
    return refuse (error, RD_FAULT_BAD_INPUT, "site");
  if (!rd_line_settings_is_asked_only (settings, profile))
    {
      endpoint = rd_line_settings_build_endpoint (settings, profile, error);
      if (endpoint == NULL)
        return FALSE;
    }
  site = rd_site_new (profile, self->context.session, settings->site, settings->insecure, error);
  return site != NULL && rd_line_settings_check_needs (settings, profile, error);
}

static gboolean
check_place (RdLines *self, const RdAccountSettings *settings, GError **error)
{
  if (self->lines->len + self->coming->len >= MAX_LINES)
    return refuse (error, RD_FAULT_TOO_LARGE, "accounts");
  for (guint i = 0; i < self->lines->len; i++)
    if (is_same_account (settings, rd_line_get_settings (self->lines->pdata[i])))
      return refuse (error, RD_FAULT_EXISTS, rd_line_get_id (self->lines->pdata[i]));
  for (guint i = 0; i < self->coming->len; i++)
    if (is_same_account (settings, self->coming->pdata[i]))
      return refuse (error, RD_FAULT_EXISTS, "account");
  return TRUE;
}

static void
on_line_call_touched (RdLine *line, RdCall *call, RdLines *self)
{
  g_signal_emit (self, signals[CALL_TOUCHED], 0, call);
}

static RdLine *
add_line (RdLines *self, const RdAccountSettings *settings)
{
  RdLine *line = rd_line_new (settings, rd_profiles_lookup (self->profiles, settings->profile), &self->context);

  g_ptr_array_add (self->lines, line);
  g_signal_connect_object (line, "call-touched", G_CALLBACK (on_line_call_touched), self, 0);
  g_signal_emit (self, signals[LINE_ADDED], 0, line);
  return line;
}

static void
on_tokens_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdLines) self = RD_LINES (user_data);
  g_autoptr (GError) error = NULL;

  self->writing--;
  if (!rd_secrets_store_finish (RD_SECRETS (source), result, &error))
    rd_notices_say (self->notices, "warning", NULL, NULL, error);
}

static void
store_tokens (RdLines *self, const char *account, const RdTokens *tokens)
{
  self->writing++;
  rd_secrets_store_async (self->context.secrets, account, tokens, NULL, on_tokens_stored, g_object_ref (self));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdLines *self = g_task_get_source_object (task);
  Addition *addition = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_accounts_put_finish (RD_ACCOUNTS (source), result, &error);

  self->writing--;
  g_ptr_array_remove (self->coming, addition->settings);
  if (id == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_free (addition->settings->id);
  addition->settings->id = g_strdup (id);
  if (!rd_tokens_is_empty (addition->tokens))
    store_tokens (self, id, addition->tokens);
  rd_line_start (add_line (self, addition->settings), addition->tokens);
  g_task_return_pointer (task, g_steal_pointer (&id), g_free);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdLines *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  self->writing--;
  if (rd_accounts_remove_finish (RD_ACCOUNTS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
on_start_next (gpointer user_data)
{
  RdLines *self = RD_LINES (user_data);
  g_autoptr (RdLine) line = g_queue_pop_head (&self->waiting);

  if (line != NULL)
    rd_line_start (line, NULL);
  if (!g_queue_is_empty (&self->waiting))
    return G_SOURCE_CONTINUE;
  self->start = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_starting (RdLines *self)
{
  g_clear_handle_id (&self->start, g_source_remove);
  g_queue_clear_full (&self->waiting, g_object_unref);
}

/*
 * GObject
 */
static void
rd_lines_finalize (GObject *object)
{
  RdLines *self = RD_LINES (object);

  stop_starting (self);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->coming, g_ptr_array_unref);
  g_clear_object (&self->profiles);
  g_clear_object (&self->notices);
  g_clear_object (&self->context.session);
  g_clear_object (&self->context.accounts);
  g_clear_object (&self->context.secrets);
  g_clear_object (&self->context.phone);
  g_clear_object (&self->context.memory);

  G_OBJECT_CLASS (rd_lines_parent_class)->finalize (object);
}

static void
rd_lines_class_init (RdLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_lines_finalize;

  signals[LINE_ADDED] = g_signal_new ("line-added", RD_TYPE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, RD_TYPE_LINE);
  signals[LINE_REMOVED] = g_signal_new ("line-removed", RD_TYPE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, RD_TYPE_LINE);
  signals[CALL_TOUCHED] = g_signal_new ("call-touched", RD_TYPE_LINES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, RD_TYPE_CALL);
}

static void
rd_lines_init (RdLines *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->coming = g_ptr_array_new ();
  g_queue_init (&self->waiting);
}

RdLines *
rd_lines_new (RdProfiles *profiles, RdNotices *notices, const RdLineContext *context)
{
  RdLines *self;

  g_return_val_if_fail (RD_IS_PROFILES (profiles), NULL);
  g_return_val_if_fail (RD_IS_NOTICES (notices), NULL);
  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_LINES, NULL);
  self->profiles = g_object_ref (profiles);
  self->notices = g_object_ref (notices);
  self->context.session = g_object_ref (context->session);
  self->context.accounts = g_object_ref (context->accounts);
  self->context.secrets = g_object_ref (context->secrets);
  self->context.phone = g_object_ref (context->phone);
  self->context.memory = g_object_ref (context->memory);
  return self;
}

void
rd_lines_load (RdLines *self)
{
  GPtrArray *all;

  g_return_if_fail (RD_IS_LINES (self));

  all = rd_accounts_get_all (self->context.accounts);
  for (guint i = 0; i < all->len && self->lines->len < MAX_LINES; i++)
    add_line (self, all->pdata[i]);
}

void
rd_lines_start (RdLines *self)
{
  g_return_if_fail (RD_IS_LINES (self));

  for (guint i = 0; i < self->lines->len; i++)
    if (i < FIRST_LINES)
      rd_line_start (self->lines->pdata[i], NULL);
    else
      g_queue_push_tail (&self->waiting, g_object_ref (self->lines->pdata[i]));
  if (!g_queue_is_empty (&self->waiting))
    self->start = g_timeout_add (START_PAUSE_MS, on_start_next, self);
}

void
rd_lines_stop (RdLines *self)
{
  g_return_if_fail (RD_IS_LINES (self));

  stop_starting (self);
  for (guint i = 0; i < self->lines->len; i++)
    rd_line_stop (self->lines->pdata[i]);
}

void
rd_lines_probe (RdLines *self, gboolean slept)
{
  g_return_if_fail (RD_IS_LINES (self));

  for (guint i = 0; i < self->lines->len; i++)
    rd_line_probe (self->lines->pdata[i], slept);
}

gboolean
rd_lines_is_writing (RdLines *self)
{
  g_return_val_if_fail (RD_IS_LINES (self), FALSE);

  for (guint i = 0; i < self->lines->len; i++)
    if (rd_line_is_writing (self->lines->pdata[i]))
      return TRUE;
  return self->writing > 0;
}

GPtrArray *
rd_lines_dup_all (RdLines *self)
{
  GPtrArray *lines;

  g_return_val_if_fail (RD_IS_LINES (self), NULL);

  lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->lines->len; i++)
    g_ptr_array_add (lines, g_object_ref (self->lines->pdata[i]));
  return lines;
}

RdLine *
rd_lines_lookup (RdLines *self, const char *account)
{
  g_return_val_if_fail (RD_IS_LINES (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  for (guint i = 0; i < self->lines->len; i++)
    if (strcmp (rd_line_get_id (self->lines->pdata[i]), account) == 0)
      return self->lines->pdata[i];
  return NULL;
}

RdLine *
rd_lines_find_caller (RdLines *self, const char *account, GError **error)
{
  RdLine *found = NULL;

  g_return_val_if_fail (RD_IS_LINES (self), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  if (*account != '\0')
    {
      found = rd_lines_lookup (self, account);
      if (found == NULL)
        refuse (error, RD_FAULT_NOT_FOUND, "account");
      else if (!rd_line_get_can_call (found))
        {
          refuse (error, RD_FAULT_UNSUPPORTED, "place");
          found = NULL;
        }
      return found;
    }
  for (guint i = 0; i < self->lines->len; i++)
    {
      RdLine *line = self->lines->pdata[i];

      if (!rd_line_get_can_call (line))
        continue;
      if (found != NULL)
        {
          refuse (error, RD_FAULT_BAD_INPUT, "account");
          return NULL;
        }
      found = line;
    }
  if (found == NULL)
    refuse (error, self->lines->len > 0 ? RD_FAULT_UNSUPPORTED : RD_FAULT_NOT_FOUND, "account");
  return found;
}

guint
rd_lines_get_count (RdLines *self)
{
  g_return_val_if_fail (RD_IS_LINES (self), 0);

  return self->lines->len;
}

const char *
rd_lines_get_label (RdLines *self, const char *account)
{
  RdLine *line;

  g_return_val_if_fail (RD_IS_LINES (self), NULL);

  line = self->lines->len > 1 ? rd_lines_lookup (self, account) : NULL;
  return line != NULL ? rd_line_get_name (line) : NULL;
}

gboolean
rd_lines_check (RdLines *self, const RdAccountSettings *settings, RdProfile *profile, GError **error)
{
  g_return_val_if_fail (RD_IS_LINES (self), FALSE);
  g_return_val_if_fail (settings != NULL, FALSE);
  g_return_val_if_fail (RD_IS_PROFILE (profile), FALSE);

  return check_place (self, settings, error) && check_settings (self, settings, profile, error);
}

void
rd_lines_add_async (RdLines *self, const RdAccountSettings *settings, const RdTokens *tokens,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  RdProfile *profile;
  Addition *addition;
  GError *error = NULL;

  g_return_if_fail (RD_IS_LINES (self));
  g_return_if_fail (settings != NULL && settings->profile != NULL);
  g_return_if_fail (tokens != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  profile = rd_profiles_lookup (self->profiles, settings->profile);
  if (profile == NULL)
    refuse (&error, RD_FAULT_NOT_FOUND, "profile");
  else if (rd_lines_check (self, settings, profile, &error))
    rd_line_settings_check (settings, profile, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  addition = g_new0 (Addition, 1);
  addition->settings = rd_account_settings_copy (settings);
  addition->tokens = rd_tokens_copy (tokens);
  g_task_set_task_data (task, addition, (GDestroyNotify) addition_free);
  self->writing++;
  g_ptr_array_add (self->coming, addition->settings);
  rd_accounts_put_async (self->context.accounts, addition->settings, on_added, g_steal_pointer (&task));
}

char *
rd_lines_add_finish (RdLines *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_lines_remove_async (RdLines *self, const char *account, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RdLine) line = NULL;

  g_return_if_fail (RD_IS_LINES (self));
  g_return_if_fail (account != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_set_object (&line, rd_lines_lookup (self, account));
  if (line == NULL)
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "account"));
      return;
    }
  if (g_queue_remove (&self->waiting, line))
    g_object_unref (line);
  rd_line_retire (line);
  rd_phone_drop_account (self->context.phone, rd_line_get_id (line));
  g_ptr_array_remove (self->lines, line);
  g_signal_emit (self, signals[LINE_REMOVED], 0, line);
  store_tokens (self, rd_line_get_id (line), NULL);
  self->writing++;
  rd_accounts_remove_async (self->context.accounts, rd_line_get_id (line), on_removed, g_steal_pointer (&task));
}

gboolean
rd_lines_remove_finish (RdLines *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rd_lines_check_token (const char *token, const char *where, GError **error)
{
  if (token == NULL)
    return TRUE;
  if (strlen (token) > MAX_TOKEN)
    return refuse (error, RD_FAULT_BAD_INPUT, where);
  for (const char *c = token; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) && *c != ' ')
      return refuse (error, RD_FAULT_BAD_INPUT, where);
  return TRUE;
}
