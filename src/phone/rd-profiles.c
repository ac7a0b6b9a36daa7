/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profiles"

#include "config.h"

#include "rd-profiles.h"

#include "rd-fault.h"
#include "rd-profiles-resource.h"

/* All profiles there are: those that ship, compiled in, and the user's, which win. */

#define RESOURCE_DIR "/io/github/ringdown/profiles"
#define MAX_USER_FILES 200

struct _RdProfiles
{
  GObject parent_instance;

  GHashTable *by_id; /* utf8 (of the profile) → RdProfile */
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
      take (self, profile, error);
    }
}

/* GObject */

static void
rd_profiles_finalize (GObject *object)
{
  RdProfiles *self = RD_PROFILES (object);

  g_hash_table_unref (self->by_id);
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
  self->faults = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
}

/* Public */

RdProfiles *
rd_profiles_new (const char *user_dir)
{
  RdProfiles *self = g_object_new (RD_TYPE_PROFILES, NULL);

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

GPtrArray *
rd_profiles_get_faults (RdProfiles *self)
{
  g_return_val_if_fail (RD_IS_PROFILES (self), NULL);

  return self->faults;
}
