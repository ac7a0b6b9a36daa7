/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-accounts.h"
#include "rd-fault.h"
#include "rd-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* The accounts file: round trips, order, and files that somebody or something has damaged. */

typedef struct
{
  char *dir;
  char *folder; /* does not exist yet */
  char *path;
  RdAccounts *accounts;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = rd_test_make_dir ();
  f->folder = g_build_filename (f->dir, "ringdown", NULL);
  f->path = g_build_filename (f->folder, "accounts.json", NULL);
  f->accounts = rd_accounts_new (f->path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->accounts);
  rd_test_remove_tree (f->dir);
  g_free (f->path);
  g_free (f->folder);
  g_free (f->dir);
}

static void
write_text (Fixture *f, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0700), ==, 0);
  g_file_set_contents (f->path, text, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
write_fixture (Fixture *f, const char *name)
{
  g_autoptr (JsonNode) node = rd_test_fixture ("accounts.json", name);
  g_autofree char *text = json_to_string (node, FALSE);

  write_text (f, text, strlen (text));
}

static void
reload (Fixture *f)
{
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (f->accounts);
  f->accounts = rd_accounts_new (f->path);
  g_assert_true (rd_accounts_load (f->accounts, &error));
  g_assert_no_error (error);
}

static char *
put (Fixture *f, const RdAccountSettings *settings, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_accounts_put_async (f->accounts, settings, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_accounts_put_finish (f->accounts, result, error);
}

static RdAccountSettings *
new_settings (const char *site)
{
  RdAccountSettings *settings = rd_account_settings_new ();

  settings->profile = g_strdup ("crm");
  settings->site = g_strdup (site);
  settings->key = g_strdup ("app-key");
  settings->cluster = g_strdup ("eu");
  return settings;
}

static void
replace_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_no_file (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rd_accounts_load (f->accounts, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rd_accounts_get_all (f->accounts)->len, ==, 0);
  g_assert_null (rd_accounts_lookup (f->accounts, "crm"));
  g_assert_false (g_file_test (f->folder, G_FILE_TEST_EXISTS));
}

static void
assert_mode (const char *path, guint mode)
{
  struct stat info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, mode);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountSettings) settings = new_settings ("https://CRM.example.com:8443/app");
  const RdAccountSettings *read;
  g_autofree char *id = NULL;

  settings->name = g_strdup ("Zoë \"CRM\" \\ <b>");
  settings->user_id = g_strdup ("7");
  settings->room_hosts = g_realloc (settings->room_hosts, 2 * sizeof (char *));
  settings->room_hosts[0] = g_strdup ("meet.example.com");
  settings->room_hosts[1] = NULL;
  g_hash_table_replace (settings->vars, g_strdup ("invoice.id"), g_strdup ("7,8"));
  g_hash_table_replace (settings->toasts, g_strdup ("notice"), GINT_TO_POINTER (FALSE));
  replace_text (&settings->colour, "#336699");
  replace_text (&settings->sound, "silent");
  settings->paused = TRUE;
  id = put (f, settings, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "crm-example-com");
  assert_mode (f->folder, 0700);
  assert_mode (f->path, 0600);

  reload (f);
  g_assert_cmpuint (rd_accounts_get_all (f->accounts)->len, ==, 1);
  read = rd_accounts_lookup (f->accounts, id);
  g_assert_nonnull (read);
  g_assert_cmpstr (read->name, ==, settings->name);
  g_assert_cmpstr (read->site, ==, settings->site);
  g_assert_cmpstr (read->user_id, ==, "7");
  g_assert_cmpstr (read->cluster, ==, "eu");
  g_assert_true (read->tls);
  g_assert_cmpstrv (read->room_hosts, settings->room_hosts);
  g_assert_cmpstr (g_hash_table_lookup (read->vars, "invoice.id"), ==, "7,8");
  g_assert_cmpstr (read->colour, ==, "#336699");
  g_assert_cmpstr (read->sound, ==, "silent");
  g_assert_true (read->paused);
  g_assert_false (rd_account_settings_wants (read, "notice"));
  g_assert_true (rd_account_settings_wants (read, "payment"));
}

static void
test_read (Fixture *f, gconstpointer data)
{
  const RdAccountSettings *crm;
  const RdAccountSettings *shop;

  write_fixture (f, "good");
  reload (f);
  crm = rd_accounts_lookup (f->accounts, "crm-example-com");
  g_assert_nonnull (crm);
  g_assert_cmpuint (crm->port, ==, 6001);
  g_assert_cmpstr (crm->path, ==, "/socket");
  g_assert_cmpuint (g_strv_length (crm->room_hosts), ==, 2);
  shop = rd_accounts_lookup (f->accounts, "shop");
  g_assert_nonnull (shop);
  g_assert_true (shop->tls);
  g_assert_null (shop->host);
}

static void
test_ids (Fixture *f, gconstpointer data)
{
  static const char * const expected[] = { "crm-example-com", "crm-example-com-2", "crm-example-com-3" };
  g_autoptr (RdAccountSettings) settings = new_settings ("https://crm.example.com");
  g_autoptr (RdAccountSettings) six = new_settings ("https://[2001:db8::1]/");
  g_autoptr (GError) error = NULL;
  g_autofree char *six_id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *id = put (f, settings, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (id, ==, expected[i]);
    }
  six_id = put (f, six, &error);
  g_assert_cmpstr (six_id, ==, "2001-db8-1");
}

static void
test_replace_and_remove (Fixture *f, gconstpointer data)
{
  g_autoptr (RdAccountSettings) settings = new_settings ("https://crm.example.com");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (GError) error = NULL;

  g_free (put (f, settings, &error));
  settings->id = g_strdup ("crm-example-com");
  settings->name = g_strdup ("Renamed");
  g_free (put (f, settings, &error));
  g_assert_no_error (error);
  reload (f);
  g_assert_cmpuint (rd_accounts_get_all (f->accounts)->len, ==, 1);
  g_assert_cmpstr (rd_accounts_lookup (f->accounts, "crm-example-com")->name, ==, "Renamed");

  rd_accounts_remove_async (f->accounts, "crm-example-com", rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (rd_accounts_remove_finish (f->accounts, result, &error));
  rd_accounts_remove_async (f->accounts, "crm-example-com", rd_test_store_result, &again);
  rd_test_await (again != NULL);
  g_assert_false (rd_accounts_remove_finish (f->accounts, again, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_NOT_FOUND);
  g_clear_object (&result);
  g_clear_object (&again);
  reload (f);
  g_assert_cmpuint (rd_accounts_get_all (f->accounts)->len, ==, 0);
}

/* What is put must be what could be read again. */
static void
test_illegal_put (Fixture *f, gconstpointer data)
{
  g_autoptr (RdAccountSettings) settings = new_settings ("https://crm.example.com");
  g_autoptr (RdAccountSettings) bare = rd_account_settings_new ();
  g_autoptr (GError) error = NULL;

  settings->id = g_strdup ("../escape");
  g_assert_null (put (f, settings, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "id");
  g_clear_error (&error);
  g_assert_null (put (f, bare, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_cmpuint (rd_accounts_get_all (f->accounts)->len, ==, 0);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

/* Many changes at once: each is answered, the last one stands, and nothing half-written is left. */
static void
test_concurrent_puts (Fixture *f, gconstpointer data)
{
  GAsyncResult *results[50] = { NULL };
  g_autoptr (RdAccountSettings) settings = new_settings ("https://crm.example.com");
  g_autoptr (GError) error = NULL;

  settings->id = g_strdup ("crm");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_free (settings->name);
      settings->name = g_strdup_printf ("Name %u", i);
      rd_accounts_put_async (f->accounts, settings, rd_test_store_result, &results[i]);
    }
  g_assert_cmpstr (rd_accounts_lookup (f->accounts, "crm")->name, ==, "Name 49");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *id = NULL;

      rd_test_await (results[i] != NULL);
      id = rd_accounts_put_finish (f->accounts, results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (id, ==, "crm");
      g_clear_object (&results[i]);
    }
  reload (f);
  g_assert_cmpstr (rd_accounts_lookup (f->accounts, "crm")->name, ==, "Name 49");
  g_assert_cmpuint (count_files (f->folder), ==, 1);
}

/* A change that cannot be written is taken back. */
static void
test_unwritable (Fixture *f, gconstpointer data)
{
  g_autoptr (RdAccountSettings) settings = new_settings ("https://crm.example.com");
  g_autoptr (GError) error = NULL;

  /* a file where the folder should be: holds for root too */
  g_assert_true (g_file_set_contents (f->folder, "x", -1, NULL));
  g_assert_null (put (f, settings, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "accounts.json");
  g_assert_cmpuint (rd_accounts_get_all (f->accounts)->len, ==, 0);
}

static void
assert_set_aside (Fixture *f, const char *name, guint left)
{
  g_autofree char *aside = g_build_filename (f->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (rd_accounts_load (f->accounts, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
  g_assert_cmpstr (rd_fault_get_where (error), ==, name);
  g_assert_cmpuint (rd_accounts_get_all (f->accounts)->len, ==, left);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
}

static void
test_bad_files (Fixture *f, gconstpointer data)
{
  static const char * const names[] = { "future-format", "no-format", "accounts-object", "a-list", "a-number" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *aside = g_strdup_printf ("accounts.json.bad-%u", i + 1);

      write_fixture (f, names[i]);
      assert_set_aside (f, aside, 0);
      g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
    }
}

static void
test_bad_bytes (Fixture *f, gconstpointer data)
{
  static const char * const texts[] = { "", "{", "\xff\xfe", "// {\"format\":1}", "{\"format\":1,\"accounts\":[",
                                        "{\"format\":1,\"accounts\":[{\"name\":\"\\ud800\"}]}" };
  g_autofree char *deep = g_strnfill (500000, '[');
  g_autofree char *large = g_strnfill (2 * 1024 * 1024, ' ');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *aside = g_strdup_printf ("accounts.json.bad-%u", i + 1);

      write_text (f, texts[i], strlen (texts[i]));
      assert_set_aside (f, aside, 0);
    }
  write_text (f, deep, 500000);
  assert_set_aside (f, "accounts.json.bad-7", 0);
  write_text (f, large, 2 * 1024 * 1024);
  assert_set_aside (f, "accounts.json.bad-8", 0);
}

static void
test_bad_entry (Fixture *f, gconstpointer data)
{
  write_fixture (f, "one-bad-entry");
  assert_set_aside (f, "accounts.json.bad-1", 2);
  g_assert_nonnull (rd_accounts_lookup (f->accounts, "first"));
  g_assert_null (rd_accounts_lookup (f->accounts, "second"));
  g_assert_nonnull (rd_accounts_lookup (f->accounts, "third"));
  g_assert_true (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static void
test_bad_entries (Fixture *f, gconstpointer data)
{
  write_fixture (f, "doubled-id");
  assert_set_aside (f, "accounts.json.bad-1", 1);
  write_fixture (f, "no-id");
  assert_set_aside (f, "accounts.json.bad-2", 0);
  write_fixture (f, "path-id");
  assert_set_aside (f, "accounts.json.bad-3", 0);
  write_fixture (f, "odd-types");
  assert_set_aside (f, "accounts.json.bad-4", 0);
}

/* A damaged file that cannot be moved away is not written over. */
static void
test_untouchable (Fixture *f, gconstpointer data)
{
  g_autoptr (RdAccountSettings) settings = new_settings ("https://crm.example.com");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  write_text (f, "{", 1);
  for (guint i = 1; i <= 1000; i++)
    {
      g_autofree char *taken = g_strdup_printf ("%s.bad-%u", f->path, i);

      g_assert_cmpint (g_mkdir (taken, 0700), ==, 0);
    }
  g_assert_false (rd_accounts_load (f->accounts, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
  g_clear_error (&error);
  g_assert_null (put (f, settings, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/accounts/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("no-file", test_no_file);
  ADD ("round-trip", test_round_trip);
  ADD ("read", test_read);
  ADD ("ids", test_ids);
  ADD ("replace-and-remove", test_replace_and_remove);
  ADD ("illegal-put", test_illegal_put);
  ADD ("concurrent-puts", test_concurrent_puts);
  ADD ("unwritable", test_unwritable);
  ADD ("bad-files", test_bad_files);
  ADD ("bad-bytes", test_bad_bytes);
  ADD ("bad-entry", test_bad_entry);
  ADD ("bad-entries", test_bad_entries);
  ADD ("untouchable", test_untouchable);
  return g_test_run ();
}
