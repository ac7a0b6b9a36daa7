/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fault.h"
#include "rd-profiles.h"
#include "rd-test.h"

#include <glib/gstdio.h>

/* Which profiles there are: those that ship, and a folder of the user's. */

typedef struct
{
  char *dir;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = rd_test_make_dir ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static void
write_profile (Fixture *fixture, const char *file, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->dir, file, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

#define SMALL(id, name) "{\"format\":1,\"id\":\"" id "\",\"name\":\"" name "\",\"channels\":[],\"events\":{}}"

static void
test_shipped (Fixture *fixture, gconstpointer data)
{
  RdProfiles *profiles = rd_profiles_new (fixture->dir);
  static const char *const shipped[] = { "crm", "crm-ws", "invoices", "invoices-seed", "sms", "team" };
  g_autoptr (GPtrArray) list = rd_profiles_dup_list (profiles);

  g_assert_cmpuint (rd_profiles_get_faults (profiles)->len, ==, 0);
  g_assert_cmpuint (list->len, ==, G_N_ELEMENTS (shipped));
  for (guint i = 0; i < list->len; i++)
    g_assert_cmpstr (rd_profile_get_id (g_ptr_array_index (list, i)), ==, shipped[i]);
  g_assert_null (rd_profiles_lookup (profiles, "none"));
  g_clear_pointer (&list, g_ptr_array_unref);
  g_assert_finalize_object (profiles);
}

static void
test_no_folder (void)
{
  RdProfiles *absent = rd_profiles_new ("/nonexistent/ringdown/profiles");
  RdProfiles *none = rd_profiles_new (NULL);

  g_assert_cmpuint (rd_profiles_get_faults (absent)->len, ==, 0);
  g_assert_nonnull (rd_profiles_lookup (absent, "crm"));
  g_assert_nonnull (rd_profiles_lookup (none, "invoices"));
  g_assert_finalize_object (absent);
  g_assert_finalize_object (none);
}

static void
test_user_wins (Fixture *fixture, gconstpointer data)
{
  RdProfiles *profiles;

  write_profile (fixture, "mine.json", SMALL ("crm", "My CRM"));
  write_profile (fixture, "other.json", SMALL ("team", "Team"));
  write_profile (fixture, "notes.txt", "not a profile");
  write_profile (fixture, "profile-1.schema.json", "{}");
  profiles = rd_profiles_new (fixture->dir);
  g_assert_cmpuint (rd_profiles_get_faults (profiles)->len, ==, 0);
  g_assert_cmpstr (rd_profile_get_name (rd_profiles_lookup (profiles, "crm")), ==, "My CRM");
  g_assert_cmpstr (rd_profile_get_name (rd_profiles_lookup (profiles, "team")), ==, "Team");
  g_assert_finalize_object (profiles);
}

static void
test_bad_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "folder.json", NULL);
  RdProfiles *profiles;
  GPtrArray *faults;

  write_profile (fixture, "a-bad.json", "{\"format\":1,\n\"id\":\"crm\" \"name\":1}");
  write_profile (fixture, "b-bad.json", "{\"format\":1,\"id\":\"crm\",\"name\":\"x\",\"channels\":{},\"events\":{}}");
  write_profile (fixture, "good.json", SMALL ("team", "Team"));
  g_assert_no_errno (g_mkdir (folder, 0700));
  profiles = rd_profiles_new (fixture->dir);
  faults = rd_profiles_get_faults (profiles);
  g_assert_cmpuint (faults->len, ==, 3);
  g_assert_error ((GError *) g_ptr_array_index (faults, 0), RD_FAULT, RD_FAULT_BAD_PROFILE);
  g_assert_cmpstr (rd_fault_get_where (g_ptr_array_index (faults, 0)), ==, "a-bad.json:2:10");
  g_assert_cmpstr (rd_fault_get_where (g_ptr_array_index (faults, 1)), ==, "b-bad.json: channels");
  g_assert_cmpstr (rd_fault_get_said (g_ptr_array_index (faults, 1)), ==, "must be a list");
  g_assert_cmpstr (rd_fault_get_where (g_ptr_array_index (faults, 2)), ==, "folder.json");
  /* The shipped one stays. */
  g_assert_cmpstr (rd_profile_get_name (rd_profiles_lookup (profiles, "crm")), ==, "CRM");
  g_assert_nonnull (rd_profiles_lookup (profiles, "team"));
  g_assert_finalize_object (profiles);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static RdProfile *
add (RdProfiles *profiles, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_profiles_add_async (profiles, text, -1, on_done, &result);
  rd_test_await (result != NULL);
  return rd_profiles_add_finish (profiles, result, error);
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "new", NULL);
  RdProfiles *profiles = rd_profiles_new (dir);
  RdProfiles *later;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (rd_profile_get_id (add (profiles, SMALL ("desk", "Desk"), &error)), ==, "desk");
  g_assert_no_error (error);
  g_assert_nonnull (rd_profiles_lookup (profiles, "desk"));
  /* Neither one that ships nor one of the user's is replaced. */
  g_assert_null (add (profiles, SMALL ("crm", "Evil"), &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_EXISTS);
  g_clear_error (&error);
  g_assert_null (add (profiles, SMALL ("desk", "Other"), &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_EXISTS);
  g_clear_error (&error);
  g_assert_null (add (profiles, "{\"format\":1}", &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_PROFILE);
  g_clear_error (&error);
  later = rd_profiles_new (dir);
  g_assert_cmpstr (rd_profile_get_name (rd_profiles_lookup (later, "desk")), ==, "Desk");
  g_assert_cmpuint (rd_profiles_get_faults (later)->len, ==, 0);
  g_assert_finalize_object (later);
  /* The thread that wrote may still hold it for a moment. */
  g_object_unref (profiles);
}

static void
test_add_nowhere (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->dir, "file", NULL);
  RdProfiles *profiles;
  g_autoptr (GError) error = NULL;

  write_profile (fixture, "file", "");
  profiles = rd_profiles_new (file);
  g_assert_null (add (profiles, SMALL ("desk", "Desk"), &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
  g_assert_null (rd_profiles_lookup (profiles, "desk"));
  /* The thread that wrote may still hold it for a moment. */
  g_object_unref (profiles);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/profiles/shipped", Fixture, NULL, set_up, test_shipped, tear_down);
  g_test_add_func ("/profiles/no-folder", test_no_folder);
  g_test_add ("/profiles/user-wins", Fixture, NULL, set_up, test_user_wins, tear_down);
  g_test_add ("/profiles/bad-file", Fixture, NULL, set_up, test_bad_file, tear_down);
  g_test_add ("/profiles/add", Fixture, NULL, set_up, test_add, tear_down);
  g_test_add ("/profiles/add-nowhere", Fixture, NULL, set_up, test_add_nowhere, tear_down);
  return g_test_run ();
}
