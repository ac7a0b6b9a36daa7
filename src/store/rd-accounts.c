/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-accounts"

#include "config.h"

#include "rd-accounts.h"

#include "rd-account-settings-private.h"
#include "rd-accounts-file.h"
#include "rd-fault.h"
#include "rd-file-writer.h"

/* The accounts and their file. What is in memory is what the agent works with; each change is written behind it. Holds
 * no secrets. */

#define MAX_FILE (1024 * 1024)

struct _RdAccounts
{
  GObject parent_instance;

  char *path;
  GPtrArray *all;       /* (element-type RdAccountSettings) */
  RdFileWriter *writer;
  gboolean untouchable; /* a bad file could not be set aside: it is not written over */
};

G_DEFINE_FINAL_TYPE (RdAccounts, rd_accounts, G_TYPE_OBJECT)

/* What a change puts back if it cannot be written. */
typedef struct
{
  char *id;
  RdAccountSettings *before; /* (nullable) */
  RdAccountSettings *after;  /* (nullable) (not owned): to see whether a later change came over it */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->id);
  rd_account_settings_free (change->before);
  g_free (change);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rd_account_settings_free);
}

static gboolean
find (RdAccounts *self, const char *id, guint *index)
{
  for (guint i = 0; i < self->all->len; i++)
    {
      if (!g_str_equal (((RdAccountSettings *) self->all->pdata[i])->id, id))
        continue;
      if (index != NULL)
        *index = i;
      return TRUE;
    }
  return FALSE;
}

/* (transfer full) @settings, NULL removes; (transfer full) (nullable): what was there before */
static RdAccountSettings *
replace (RdAccounts *self, const char *id, RdAccountSettings *settings)
{
  RdAccountSettings *before = NULL;
  guint index;

  if (!find (self, id, &index))
    {
      if (settings != NULL)
        g_ptr_array_add (self->all, settings);
      return NULL;
    }
  before = self->all->pdata[index];
  if (settings != NULL)
    self->all->pdata[index] = settings;
  else
    g_ptr_array_steal_index (self->all, index);
  return before;
}

static char *
make_id (RdAccounts *self, const RdAccountSettings *settings)
{
  g_autofree char *base = rd_account_settings_suggest_id (settings);
  guint n = 1;
  char *id;

  if (base == NULL)
    return NULL;
  for (id = g_strdup (base); find (self, id, NULL); n++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", base, n + 1);
    }
  return id;
}

/* Everything that goes into the file must be readable from it again. */
static RdAccountSettings *
check (const RdAccountSettings *settings, const char *id, GError **error)
{
  g_autoptr (RdAccountSettings) copy = rd_account_settings_copy (settings);
  g_autoptr (GVariant) variant = NULL;

  g_free (copy->id);
  copy->id = g_strdup (id);
  variant = g_variant_ref_sink (rd_account_settings_to_variant (copy));
  return rd_account_settings_read (variant, TRUE, error);
}

static void
undo (RdAccounts *self, Change *change)
{
  const RdAccountSettings *now = rd_accounts_lookup (self, change->id);
  RdAccountSettings *gone;

  if (now != change->after)
    return;
  gone = replace (self, change->id, g_steal_pointer (&change->before));
  rd_account_settings_free (gone);
}

static void
on_write_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdAccounts *self = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (rd_file_writer_write_finish (RD_FILE_WRITER (source), result, &error))
    g_task_return_pointer (task, g_strdup (change->id), g_free);
  else
    {
      undo (self, change);
      g_task_return_error (task, error);
    }
}

/* (transfer full) @task, @settings; NULL removes */
static void
change_and_write (RdAccounts *self, GTask *task, const char *id, RdAccountSettings *settings)
{
  g_autoptr (GBytes) text = NULL;
  Change *change = g_new0 (Change, 1);

  change->id = g_strdup (id);
  change->after = settings;
  change->before = replace (self, id, settings);
  g_task_set_task_data (task, change, change_free);
  text = rd_accounts_file_format (self->all);
  rd_file_writer_write_async (self->writer, text, on_write_ready, task);
}

static gboolean
may_write (RdAccounts *self, GTask *task)
{
  g_autofree char *name = NULL;

  if (!self->untouchable)
    return TRUE;
  name = g_path_get_basename (self->path);
  g_task_return_error (task, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, "the file is damaged and cannot be moved", name));
  return FALSE;
}

/* Says what was found to be @bad once the file has been set aside. */
static GError *
set_aside (RdAccounts *self, const GError *bad, gboolean copy)
{
  g_autofree char *name = NULL;
  g_autofree char *base = NULL;
  GError *error = NULL;
  const char *said = rd_fault_get_said (bad) != NULL ? rd_fault_get_said (bad) : rd_fault_get_where (bad);

  name = rd_file_set_aside (self->path, copy, &error);
  if (name == NULL)
    {
      self->untouchable = TRUE;
      return error;
    }
  base = g_path_get_basename (name);
  g_message ("The accounts file was set aside as %s: %s", base, bad->message);
  return rd_fault_new (RD_FAULT_STORAGE, NULL, 0, said, base);
}

/* GObject */

static void
rd_accounts_finalize (GObject *object)
{
  RdAccounts *self = RD_ACCOUNTS (object);

  g_clear_object (&self->writer);
  g_clear_pointer (&self->all, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (rd_accounts_parent_class)->finalize (object);
}

static void
rd_accounts_class_init (RdAccountsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_accounts_finalize;
}

static void
rd_accounts_init (RdAccounts *self)
{
  self->all = new_list ();
}

RdAccounts *
rd_accounts_new (const char *path)
{
  RdAccounts *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (RD_TYPE_ACCOUNTS, NULL);
  self->path = g_strdup (path);
  self->writer = rd_file_writer_new (path);
  return self;
}

gboolean
rd_accounts_load (RdAccounts *self, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) bad_entry = NULL;
  g_autoptr (GError) bad_file = NULL;

  g_return_val_if_fail (RD_IS_ACCOUNTS (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  text = rd_file_read (self->path, MAX_FILE, &bad_file);
  if (text == NULL && bad_file == NULL)
    return TRUE;
  if (text != NULL)
    accounts = rd_accounts_file_parse (text, &bad_entry, &bad_file);
  g_ptr_array_unref (self->all);
  self->all = accounts != NULL ? g_steal_pointer (&accounts) : new_list ();
  if (bad_file == NULL && bad_entry == NULL)
    return TRUE;
  g_propagate_error (error, set_aside (self, bad_file != NULL ? bad_file : bad_entry, bad_file == NULL));
  return FALSE;
}

GPtrArray *
rd_accounts_get_all (RdAccounts *self)
{
  g_return_val_if_fail (RD_IS_ACCOUNTS (self), NULL);

  return self->all;
}

const RdAccountSettings *
rd_accounts_lookup (RdAccounts *self, const char *id)
{
  guint index;

  g_return_val_if_fail (RD_IS_ACCOUNTS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return find (self, id, &index) ? self->all->pdata[index] : NULL;
}

void
rd_accounts_put_async (RdAccounts *self, const RdAccountSettings *settings, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *id = NULL;
  RdAccountSettings *checked = NULL;
  GError *error = NULL;

  g_return_if_fail (RD_IS_ACCOUNTS (self));
  g_return_if_fail (settings != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_accounts_put_async);
  if (!may_write (self, task))
    return;
  id = settings->id != NULL && *settings->id != '\0' ? g_strdup (settings->id) : make_id (self, settings);
  checked = check (settings, id, &error);
  if (checked == NULL)
    g_task_return_error (task, error);
  else if (self->all->len >= RD_ACCOUNTS_MAX && !find (self, id, NULL))
    {
      rd_account_settings_free (checked);
      g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "accounts"));
    }
  else
    change_and_write (self, g_steal_pointer (&task), id, checked);
}

char *
rd_accounts_put_finish (RdAccounts *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_accounts_remove_async (RdAccounts *self, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RD_IS_ACCOUNTS (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_accounts_remove_async);
  if (!may_write (self, task))
    return;
  if (!find (self, id, NULL))
    g_task_return_error (task, rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "account"));
  else
    change_and_write (self, g_steal_pointer (&task), id, NULL);
}

gboolean
rd_accounts_remove_finish (RdAccounts *self, GAsyncResult *result, GError **error)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  id = g_task_propagate_pointer (G_TASK (result), error);
  return id != NULL;
}
