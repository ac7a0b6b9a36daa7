/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profiles"

#include "config.h"

#include "rd-profiles.h"

#include "rd-fault.h"
#include "rd-profiles-resource.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/* All profiles there are: those that ship, compiled in, and the user's, which win. */

#define RESOURCE_DIR "/io/github/ringdown/profiles"
#define MAX_USER_FILES 200

struct _RdProfiles
{
  GObject parent_instance;

  char *user_dir;    /* or NULL */
  GHashTable *by_id; /* utf8 (of the profile) → RdProfile */
  GHashTable *own;   /* utf8: the user's */
  GPtrArray *faults; /* GError */
};

G_DEFINE_FINAL_TYPE (RdProfiles, rd_profiles, G_TYPE_OBJECT)

/* Takes @profile or @error. */
static void
take (RdProfiles *self, RdProfile *profile, GError *error)
{
  if (profile != NULL)
    {
      g_hash_table_replace (self->by_id, (gpointer) rd_profile_get_id (profile), profile);
      return;
    }
  g_debug ("Profile left out: %s", error->message);
  g_ptr_array_add (self->faults, error);
}

/* The generated getter keeps the linker from dropping the resource out of the static library. */
static void
load_shipped (RdProfiles *self)
{
  GResource *resource = rd_profiles_resource_get_resource ();
  g_auto (GStrv) names = g_resource_enumerate_children (resource, RESOURCE_DIR, 0, NULL);

  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *path = g_build_path ("/", RESOURCE_DIR, *name, NULL);
      g_autoptr (GBytes) data = g_resource_lookup_data (resource, path, 0, NULL);
      GError *error = NULL;
      gsize length = 0;
      const char *text = g_bytes_get_data (data, &length);
      RdProfile *profile = rd_profile_new_from_data (text, (gssize) length, *name, &error);

      take (self, profile, error);
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Sorted, so that of two files with one id the same one wins every time. */
static GPtrArray *
list_files (RdProfiles *self, const char *path)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  const char *name;

  if (dir == NULL && !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    take (self, NULL, rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, error->message, path));
  while (dir != NULL && names->len < MAX_USER_FILES && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json") && !g_str_has_suffix (name, ".schema.json") && name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
load_user (RdProfiles *self, const char *dir)
{
  g_autoptr (GPtrArray) names = list_files (self, dir);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (dir, g_ptr_array_index (names, i), NULL);
      GError *error = NULL;
      RdProfile *profile;

      /* A pipe or a device would be waited for. */
      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        profile = rd_profile_new_from_file (path, &error);
      else
        {
          profile = NULL;
          error = rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, "not a regular file", g_ptr_array_index (names, i));
        }
      if (profile != NULL)
        g_hash_table_add (self->own, g_strdup (rd_profile_get_id (profile)));
      take (self, profile, error);
    }
}

/* A new profile on its way to the disk. */
typedef struct
{
  RdProfile *profile;
  char *dir;
  char *text;
  gsize length;
} Addition;

static void
free_addition (gpointer data)
{
  Addition *addition = data;

  g_clear_object (&addition->profile);
  g_free (addition->dir);
  g_free (addition->text);
  g_free (addition);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Addition *addition = data;
  g_autofree char *name = g_strconcat (rd_profile_get_id (addition->profile), ".json", NULL);
  g_autofree char *path = g_build_filename (addition->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  if (g_mkdir_with_parents (addition->dir, 0700) != 0)
    g_task_return_error (task, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, g_strerror (errno), addition->dir));
  /* One that could not be read is the user's all the same. */
  else if (g_file_test (path, G_FILE_TEST_EXISTS))
    g_task_return_error (task, rd_fault_new (RD_FAULT_EXISTS, NULL, 0, NULL, name));
  else if (!g_file_set_contents_full (path, addition->text, (gssize) addition->length,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    g_task_return_error (task, rd_fault_new (RD_FAULT_STORAGE, NULL, 0, error->message, name));
  else
    g_task_return_boolean (task, TRUE);
}

/* GObject */

static void
rd_profiles_finalize (GObject *object)
{
  RdProfiles *self = RD_PROFILES (object);

  g_free (self->user_dir);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->own);
  g_ptr_array_unref (self->faults);
  G_OBJECT_CLASS (rd_profiles_parent_class)->finalize (object);
}

static void
rd_profiles_class_init (RdProfilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_profiles_finalize;
}

static void
rd_profiles_init (RdProfiles *self)
{
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
}

/* Public */

RdProfiles *
rd_profiles_new (const char *user_dir)
{
  RdProfiles *self = g_object_new (RD_TYPE_PROFILES, NULL);

  self->user_dir = g_strdup (user_dir);
  load_shipped (self);
  if (user_dir != NULL)
    load_user (self, user_dir);
  return self;
}

RdProfile *
rd_profiles_lookup (RdProfiles *self, const char *id)
{
  g_return_val_if_fail (RD_IS_PROFILES (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

gboolean
rd_profiles_is_own (RdProfiles *self, const char *id)
{
  g_return_val_if_fail (RD_IS_PROFILES (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_contains (self->own, id);
}

static int
compare_profiles (gconstpointer a, gconstpointer b)
{
  RdProfile *const *one = a;
  RdProfile *const *other = b;
  int order = g_utf8_collate (rd_profile_get_name (*one), rd_profile_get_name (*other));

  return order != 0 ? order : g_strcmp0 (rd_profile_get_id (*one), rd_profile_get_id (*other));
}

GPtrArray *
rd_profiles_dup_list (RdProfiles *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer profile;

  g_return_val_if_fail (RD_IS_PROFILES (self), list);

  g_hash_table_iter_init (&iter, self->by_id);
  while (g_hash_table_iter_next (&iter, NULL, &profile))
    g_ptr_array_add (list, g_object_ref (profile));
  g_ptr_array_sort (list, compare_profiles);
  return list;
}

void
rd_profiles_add_async (RdProfiles *self, const char *data, gssize length, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RdProfile) profile = NULL;
  Addition *addition;
  GError *error = NULL;

  g_return_if_fail (RD_IS_PROFILES (self));
  g_return_if_fail (data != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_profiles_add_async);
  profile = rd_profile_new_from_data (data, length, "profile", &error);
  if (profile != NULL && g_hash_table_contains (self->by_id, rd_profile_get_id (profile)))
    error = rd_fault_new (RD_FAULT_EXISTS, NULL, 0, NULL, rd_profile_get_id (profile));
  else if (profile != NULL && self->user_dir == NULL)
    error = rd_fault_new (RD_FAULT_STORAGE, NULL, 0, NULL, "profiles");
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  addition = g_new0 (Addition, 1);
  addition->dir = g_strdup (self->user_dir);
  addition->length = length < 0 ? strlen (data) : (gsize) length;
  addition->text = g_strndup (data, addition->length);
  addition->profile = g_steal_pointer (&profile);
  g_task_set_task_data (task, addition, free_addition);
  g_task_run_in_thread (task, write_in_thread);
}

RdProfile *
rd_profiles_add_finish (RdProfiles *self, GAsyncResult *result, GError **error)
{
  Addition *addition;
  RdProfile *known;

  g_return_val_if_fail (RD_IS_PROFILES (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  addition = g_task_get_task_data (G_TASK (result));
  known = g_hash_table_lookup (self->by_id, rd_profile_get_id (addition->profile));
  if (known == NULL)
    {
      take (self, known = g_object_ref (addition->profile), NULL);
      g_hash_table_add (self->own, g_strdup (rd_profile_get_id (known)));
    }
  return known;
}

GPtrArray *
rd_profiles_get_faults (RdProfiles *self)
{
  g_return_val_if_fail (RD_IS_PROFILES (self), NULL);

  return self->faults;
}
