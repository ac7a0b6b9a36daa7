/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fault.h"
#include "rd-secrets.h"
#include "rd-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

/* Tokens in memory and in a private file. */

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = rd_test_make_dir ();
  f->path = g_build_filename (f->dir, "ringdown", "tokens.json", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rd_test_remove_tree (f->dir);
  g_free (f->path);
  g_free (f->dir);
}

static gboolean
store (RdSecrets *secrets, const char *account, const char *token, const char *refresh_token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RdTokens) tokens = token != NULL ? rd_tokens_new (token, refresh_token) : NULL;

  rd_secrets_store_async (secrets, account, tokens, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_secrets_store_finish (secrets, result, error);
}

static RdTokens *
load (RdSecrets *secrets, const char *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_secrets_load_async (secrets, account, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_secrets_load_finish (secrets, result, error);
}

static void
assert_kept (RdSecrets *secrets, const char *account, const char *token, const char *refresh_token)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTokens) tokens = load (secrets, account, &error);

  g_assert_no_error (error);
  if (token == NULL)
    {
      g_assert_null (tokens);
      return;
    }
  g_assert_nonnull (tokens);
  g_assert_cmpstr (tokens->token, ==, token);
  g_assert_cmpstr (tokens->refresh_token, ==, refresh_token);
}

#define JAR "1 2\nsession\ts%7E1\tcrm.example.com\n"
#define EXPIRES_AT (G_GINT64_CONSTANT (1800000000) * G_USEC_PER_SEC)

static gboolean
store_all (RdSecrets *secrets, const char *account, const char *token, const char *cookies, gint64 expires_at)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RdTokens) tokens = rd_tokens_new (token, NULL);

  tokens->cookies = g_strdup (cookies);
  tokens->expires_at = expires_at;
  rd_secrets_store_async (secrets, account, tokens, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_secrets_store_finish (secrets, result, NULL);
}

static void
assert_all_kept (RdSecrets *secrets, const char *account, const char *token, const char *cookies, gint64 expires_at)
{
  g_autoptr (RdTokens) tokens = load (secrets, account, NULL);

  g_assert_nonnull (tokens);
  g_assert_cmpstr (tokens->token, ==, token);
  g_assert_null (tokens->refresh_token);
  g_assert_cmpstr (tokens->cookies, ==, cookies);
  g_assert_cmpint (tokens->expires_at, ==, expires_at);
}

static void
check_basics (RdSecrets *secrets)
{
  g_autoptr (GError) error = NULL;

  assert_kept (secrets, "crm", NULL, NULL);
  g_assert_true (store (secrets, "crm", "t-1", "r-1", &error));
  g_assert_true (store (secrets, "shop", "t-2", NULL, &error));
  assert_kept (secrets, "crm", "t-1", "r-1");
  assert_kept (secrets, "shop", "t-2", NULL);
  g_assert_true (store (secrets, "crm", "t-3", "", &error));
  assert_kept (secrets, "crm", "t-3", NULL);
  g_assert_true (store_all (secrets, "team", NULL, JAR, 0));
  assert_all_kept (secrets, "team", NULL, JAR, 0);
  g_assert_true (store_all (secrets, "team", "t-4", JAR, EXPIRES_AT));
  g_assert_true (store (secrets, "crm", NULL, NULL, &error));
  g_assert_no_error (error);
  assert_kept (secrets, "crm", NULL, NULL);
  assert_kept (secrets, "shop", "t-2", NULL);
  assert_all_kept (secrets, "team", "t-4", JAR, EXPIRES_AT);
}

static void
check_illegal (RdSecrets *secrets)
{
  static const char * const tokens[] = { "a b", "a\nb", "a\r\nX-Evil: 1", "\xc3\xa9", "\x7f" };
  static const char * const jars[] = { "", "a\rb", "\xc3\xa9", "\x7f", "\x01" };
  g_autofree char *large = g_strnfill (20000, 'a');
  g_autofree char *large_jar = g_strnfill (40000, 'a');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    {
      g_assert_false (store (secrets, "crm", tokens[i], NULL, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
      g_assert_null (strstr (error->message, tokens[i]));
      g_clear_error (&error);
    }
  g_assert_false (store (secrets, "crm", "t", large, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  for (guint i = 0; i < G_N_ELEMENTS (jars); i++)
    g_assert_false (store_all (secrets, "crm", "t", jars[i], 0));
  g_assert_false (store_all (secrets, "crm", "t", large_jar, 0));
  g_assert_false (store_all (secrets, "crm", "t", NULL, -1));
  assert_kept (secrets, "crm", NULL, NULL);
}

static void
test_memory (void)
{
  RdSecrets *secrets = rd_secrets_new_memory ();

  g_assert_cmpstr (rd_secrets_get_backend (secrets), ==, "memory");
  check_illegal (secrets);
  check_basics (secrets);
  g_assert_finalize_object (secrets);
}

static void
test_file (Fixture *f, gconstpointer data)
{
  RdSecrets *secrets = rd_secrets_new_file (f->path);
  g_autofree char *folder = g_path_get_dirname (f->path);
  struct stat info;

  g_assert_cmpstr (rd_secrets_get_backend (secrets), ==, "file");
  check_illegal (secrets);
  check_basics (secrets);
  g_assert_finalize_object (secrets);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);

  secrets = rd_secrets_new_file (f->path);
  assert_kept (secrets, "shop", "t-2", NULL);
  assert_kept (secrets, "crm", NULL, NULL);
  assert_all_kept (secrets, "team", "t-4", JAR, EXPIRES_AT);
  g_assert_finalize_object (secrets);
}

/* Requests that come before the file has been read wait, and keep their order. */
static void
test_file_order (Fixture *f, gconstpointer data)
{
  RdSecrets *secrets = rd_secrets_new_file (f->path);
  g_autoptr (RdTokens) one = rd_tokens_new ("one", NULL);
  g_autoptr (RdTokens) two = rd_tokens_new ("two", NULL);
  g_autoptr (RdTokens) read = NULL;
  GAsyncResult *results[4] = { NULL };

  rd_secrets_store_async (secrets, "crm", one, NULL, rd_test_store_result, &results[0]);
  rd_secrets_load_async (secrets, "crm", NULL, rd_test_store_result, &results[1]);
  rd_secrets_store_async (secrets, "crm", two, NULL, rd_test_store_result, &results[2]);
  rd_secrets_store_async (secrets, "shop", one, NULL, rd_test_store_result, &results[3]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    rd_test_await (results[i] != NULL);
  g_assert_true (rd_secrets_store_finish (secrets, results[0], NULL));
  read = rd_secrets_load_finish (secrets, results[1], NULL);
  g_assert_cmpstr (read->token, ==, "one");
  g_assert_true (rd_secrets_store_finish (secrets, results[2], NULL));
  g_assert_true (rd_secrets_store_finish (secrets, results[3], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    g_object_unref (results[i]);
  g_assert_finalize_object (secrets);
  secrets = rd_secrets_new_file (f->path);
  assert_kept (secrets, "crm", "two", NULL);
  assert_kept (secrets, "shop", "one", NULL);
  g_assert_finalize_object (secrets);
}

static void
write_text (Fixture *f, const char *text, int mode)
{
  g_autofree char *folder = g_path_get_dirname (f->path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (f->path, text, -1, NULL));
  g_assert_cmpint (g_chmod (f->path, mode), ==, 0);
}

static void
test_file_was_public (Fixture *f, gconstpointer data)
{
  RdSecrets *secrets = rd_secrets_new_file (f->path);
  struct stat info;

  write_text (f, "{\"format\":1,\"tokens\":{\"crm\":{\"token\":\"t\"},\"odd\":[],\"odder\":{\"token\":7}}}", 0644);
  assert_kept (secrets, "crm", "t", NULL);
  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_finalize_object (secrets);
}

static void
test_file_bad (Fixture *f, gconstpointer data)
{
  static const char * const texts[] = { "", "{", "[]", "{\"format\":2,\"tokens\":{}}", "{\"format\":1,\"tokens\":[]}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RdSecrets *secrets = rd_secrets_new_file (f->path);
      g_autofree char *aside = g_strdup_printf ("tokens.json.bad-%u", i + 1);
      g_autoptr (GError) error = NULL;

      write_text (f, texts[i], 0600);
      g_assert_null (load (secrets, "crm", &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
      g_assert_cmpstr (rd_fault_get_where (error), ==, aside);
      assert_kept (secrets, "crm", NULL, NULL);
      g_assert_finalize_object (secrets);
    }
}

static void
test_file_unwritable (Fixture *f, gconstpointer data)
{
  RdSecrets *secrets = rd_secrets_new_file (f->path);
  g_autofree char *folder = g_path_get_dirname (f->path);
  g_autoptr (GError) error = NULL;

  assert_kept (secrets, "crm", NULL, NULL);
  g_assert_true (g_file_set_contents (folder, "x", -1, NULL));
  g_assert_false (store (secrets, "crm", "t-secret", NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_STORAGE);
  g_assert_null (strstr (error->message, "t-secret"));
  assert_kept (secrets, "crm", "t-secret", NULL);
  g_assert_finalize_object (secrets);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/secrets/memory", test_memory);
#define ADD(path, func) g_test_add ("/store/secrets/file/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("basics", test_file);
  ADD ("order", test_file_order);
  ADD ("was-public", test_file_was_public);
  ADD ("bad", test_file_bad);
  ADD ("unwritable", test_file_unwritable);
  return g_test_run ();
}
