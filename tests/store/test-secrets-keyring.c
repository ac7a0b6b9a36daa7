/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fault.h"
#include "rd-secrets-keyring.h"
#include "rd-test.h"

#include <string.h>

/* Tokens in a real keyring on a private bus, and what happens where there is none, none that answers, or a locked one.
 * libsecret keeps one connection to its service, so that each test is run as a process of its own. */

#define NAME "org.freedesktop.secrets"
#define NAMESPACE "io.github.ringdown.Test"

typedef struct
{
  GDBusConnection *connection;
  char *dir;
  GSubprocess *daemon;
  RdSecrets *secrets;
} Fixture;

/* Never given back, for that would wait for libsecret to let go of the connection. The bus goes away under it, as it
 * does at the end of a session. */
static GTestDBus *bus;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->dir = rd_test_make_dir ();
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  f->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (f->connection, FALSE);
  f->secrets = rd_secrets_new_keyring (NAMESPACE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->secrets);
  if (f->daemon != NULL)
    {
      g_subprocess_force_exit (f->daemon);
      g_subprocess_wait (f->daemon, NULL, NULL);
      g_object_unref (f->daemon);
    }
  g_object_unref (f->connection);
  g_test_dbus_stop (bus);
  rd_test_remove_tree (f->dir);
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
  g_assert_cmpint (tokens != NULL, ==, token != NULL);
  if (tokens == NULL)
    return;
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

static gboolean
has_owner (Fixture *f)
{
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_sync (f->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                     "org.freedesktop.DBus", "NameHasOwner", g_variant_new ("(s)", NAME), NULL,
                                     G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  gboolean owned = FALSE;

  g_variant_get (reply, "(b)", &owned);
  return owned;
}

/* FALSE: not installed */
static gboolean
start_daemon (Fixture *f)
{
  g_autofree char *program = g_find_program_in_path ("gnome-keyring-daemon");
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GOutputStream *in;

  if (program == NULL)
    {
      g_test_skip ("gnome-keyring-daemon is not installed");
      return FALSE;
    }
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_setenv (launcher, "HOME", f->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", f->dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", f->dir, TRUE);
  /* what makes this test strict would end the daemon */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_PERTURB_");
  f->daemon = g_subprocess_launcher_spawn (launcher, &error, program, "--foreground", "--components=secrets",
                                           "--unlock", NULL);
  g_assert_no_error (error);
  in = g_subprocess_get_stdin_pipe (f->daemon);
  g_output_stream_write_all (in, "word", 4, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (in, NULL, &error);
  g_assert_no_error (error);
  rd_test_await (has_owner (f));
  return TRUE;
}

static void
lock (Fixture *f)
{
  const char * const paths[] = { "/org/freedesktop/secrets/collection/login", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_sync (f->connection, NAME, "/org/freedesktop/secrets",
                                     "org.freedesktop.Secret.Service", "Lock", g_variant_new ("(^ao)", paths), NULL,
                                     G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

/* As a prompter does, or a login. */
static void
unlock (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) session = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) output = NULL;
  const char *path;

  session = g_dbus_connection_call_sync (f->connection, NAME, "/org/freedesktop/secrets",
                                         "org.freedesktop.Secret.Service", "OpenSession",
                                         g_variant_new ("(sv)", "plain", g_variant_new_string ("")), NULL,
                                         G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (session, "(v&o)", &output, &path);
  reply = g_dbus_connection_call_sync (
      f->connection, NAME, "/org/freedesktop/secrets", "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
      "UnlockWithMasterPassword",
      g_variant_new ("(o(o@ay@ays))", "/org/freedesktop/secrets/collection/login", path,
                     g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                     g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "word", 4, 1), "text/plain"),
      NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
test_keyring (Fixture *f, gconstpointer data)
{
  g_autoptr (RdSecrets) other = rd_secrets_new_keyring (NAMESPACE ".Other");
  g_autoptr (GError) error = NULL;

  if (!start_daemon (f))
    return;
  assert_kept (f->secrets, "crm", NULL, NULL);
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "keyring");
  g_assert_true (store (f->secrets, "crm", "t-1", "r-1", &error));
  g_assert_true (store (f->secrets, "shop", "t-2", NULL, &error));
  g_assert_true (store_all (f->secrets, "team", NULL, JAR, EXPIRES_AT));
  g_assert_true (store_all (f->secrets, "sms", "t-4", NULL, EXPIRES_AT));
  g_assert_no_error (error);
  /* another instance sees what is in the keyring, and only its own namespace's */
  g_assert_finalize_object (f->secrets);
  f->secrets = rd_secrets_new_keyring (NAMESPACE);
  assert_kept (f->secrets, "crm", "t-1", "r-1");
  assert_kept (f->secrets, "shop", "t-2", NULL);
  assert_all_kept (f->secrets, "team", NULL, JAR, EXPIRES_AT);
  assert_all_kept (f->secrets, "sms", "t-4", NULL, EXPIRES_AT);
  assert_kept (other, "crm", NULL, NULL);
  g_assert_true (store (f->secrets, "crm", "t-3", "r-3", &error));
  assert_kept (f->secrets, "crm", "t-3", "r-3");
  g_assert_true (store (f->secrets, "crm", NULL, NULL, &error));
  g_assert_true (store (f->secrets, "crm", NULL, NULL, &error));
  g_assert_no_error (error);
  assert_kept (f->secrets, "crm", NULL, NULL);
  assert_kept (f->secrets, "shop", "t-2", NULL);
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "keyring");
}

/* Nobody is there to unlock it: no prompter on this bus. */
static void
test_locked (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!start_daemon (f))
    return;
  g_object_set (f->secrets, "prompt-deadline", 1000, NULL);
  g_assert_true (store (f->secrets, "crm", "t-1", "r-1", &error));
  g_assert_no_error (error);
  lock (f);
  g_assert_null (load (f->secrets, "crm", &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_SECRETS);
  g_test_message ("%s", rd_fault_get_where (error));
  g_assert_true (g_str_equal (rd_fault_get_where (error), "locked") ||
                 g_str_equal (rd_fault_get_where (error), "dismissed"));
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "keyring-locked");
  /* Whoever unlocks it, it is seen without another try. */
  unlock (f);
  rd_test_await (g_str_equal (rd_secrets_get_backend (f->secrets), "keyring"));
  assert_kept (f->secrets, "crm", "t-1", "r-1");
}

/* A new token while the keyring is locked: kept in memory, said so, and put away once somebody unlocks it. */
static void
test_locked_store (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!start_daemon (f))
    return;
  g_object_set (f->secrets, "deadline", 1000, "prompt-deadline", 1000, NULL);
  g_assert_true (store (f->secrets, "crm", "t-1", "r-1", &error));
  g_assert_no_error (error);
  lock (f);
  g_assert_true (store (f->secrets, "crm", "t-2", "r-2", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "keyring-locked");
  assert_kept (f->secrets, "crm", "t-2", "r-2");
  unlock (f);
  rd_test_await (g_str_equal (rd_secrets_get_backend (f->secrets), "keyring"));
  rd_test_await (G_OBJECT (f->secrets)->ref_count == 1);
  g_assert_finalize_object (f->secrets);
  f->secrets = rd_secrets_new_keyring (NAMESPACE);
  assert_kept (f->secrets, "crm", "t-2", "r-2");
}

static void
test_absent (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load (f->secrets, "crm", &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_SECRETS);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "absent");
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "memory");
  g_clear_error (&error);
  g_assert_true (store (f->secrets, "crm", "t-1", "r-1", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "memory");
  assert_kept (f->secrets, "crm", "t-1", "r-1");
  g_assert_false (store (f->secrets, "crm", NULL, NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_SECRETS);
  g_clear_error (&error);
  g_assert_null (load (f->secrets, "crm", &error));
}

/* In a sandbox nobody is there to ask of locks, and libsecret keeps a file whose key comes from the portal. Here the
 * key comes from libsecret's own variables for tests. */
static void
test_sandbox (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "default.keyring", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "word", TRUE);
  assert_kept (f->secrets, "crm", NULL, NULL);
  g_assert_true (store (f->secrets, "crm", "t-secret", "r-secret", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "keyring");
  g_assert_finalize_object (f->secrets);
  f->secrets = rd_secrets_new_keyring (NAMESPACE);
  assert_kept (f->secrets, "crm", "t-secret", "r-secret");
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_null (g_strstr_len (text, (gssize) length, "secret"));
  g_assert_true (store (f->secrets, "crm", NULL, NULL, &error));
  assert_kept (f->secrets, "crm", NULL, NULL);
}

static GDBusMessage *
swallow (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    {
      g_object_unref (message);
      return NULL;
    }
  return message;
}

/* Something owns the name and says nothing. */
static void
test_silent (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) mute = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
      &error);
  guint owner;

  g_assert_no_error (error);
  g_dbus_connection_add_filter (mute, swallow, NULL, NULL);
  owner = g_bus_own_name_on_connection (mute, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
  rd_test_await (has_owner (f));
  g_object_set (f->secrets, "deadline", 300, "prompt-deadline", 300, NULL);
  g_assert_null (load (f->secrets, "crm", &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_SECRETS);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "timed-out");
  g_clear_error (&error);
  g_assert_true (store (f->secrets, "crm", "t-1", NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rd_secrets_get_backend (f->secrets), ==, "memory");
  assert_kept (f->secrets, "crm", "t-1", NULL);
  g_bus_unown_name (owner);
  /* The store that was left waiting is given up in the end. */
  rd_test_await (G_OBJECT (f->secrets)->ref_count == 1);
  g_dbus_connection_close_sync (mute, NULL, NULL);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rd_secrets_load_async (f->secrets, "crm", cancellable, rd_test_store_result, &result);
  g_cancellable_cancel (cancellable);
  rd_test_await (result != NULL);
  g_assert_null (rd_secrets_load_finish (f->secrets, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/store/keyring/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("real", test_keyring);
  ADD ("locked", test_locked);
  ADD ("locked-store", test_locked_store);
  ADD ("absent", test_absent);
  ADD ("sandbox", test_sandbox);
  ADD ("silent", test_silent);
  ADD ("cancel", test_cancel);
  return g_test_run ();
}
