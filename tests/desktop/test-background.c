/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "mock-service.h"
#include "rd-autostart-file.h"
#include "rd-background.h"
#include "rd-portal-request.h"
#include "rd-test.h"

#define PORTAL "org.freedesktop.portal.Background"
#define PORTAL_XML                                                                                   \
  "<interface name='" PORTAL "'><method name='RequestBackground'><arg type='s' direction='in'/>"     \
  "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method></interface>"
#define PROGRAM "/opt/ring down/libexec/ringdown-agent"

static GTestDBus *bus;

typedef struct
{
  char *dir;
  char *file;
  GDBusConnection *connection;
  RdBackground *background;
  /* the portal's */
  MockService *portal;
  guint32 response;
  gboolean grants;
  gboolean old; /* knows nothing of tokens */
} Fixture;

static void
start (Fixture *fixture, gboolean sandboxed)
{
  static const char *const command[] = { "ringdown", "agent", NULL };
  const RdBackgroundTerms terms = { sandboxed, fixture->file, PROGRAM, command, "Because." };

  g_clear_object (&fixture->background);
  fixture->background = rd_background_new (fixture->connection, &terms);
  g_assert_cmpstr (rd_background_get_autostart (fixture->background), ==, "unknown");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = rd_test_make_dir ();
  fixture->file = g_build_filename (fixture->dir, "autostart", "x.desktop", NULL);
  fixture->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->background != NULL)
    {
      rd_test_await (!rd_background_is_writing (fixture->background));
      g_assert_finalize_object (fixture->background);
    }
  rd_test_drain ();
  g_clear_pointer (&fixture->portal, mock_service_free);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->file);
}

static gboolean
is (Fixture *fixture, const char *autostart)
{
  return !rd_background_is_writing (fixture->background)
         && g_str_equal (rd_background_get_autostart (fixture->background), autostart);
}

static char *
dup_key (Fixture *fixture, const char *key)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (file, fixture->file, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);
  return g_key_file_get_string (file, "Desktop Entry", key, NULL);
}

static void
write_foreign (Fixture *fixture, const char *keys)
{
  g_autofree char *folder = g_path_get_dirname (fixture->file);
  g_autofree char *text = g_strconcat ("[Desktop Entry]\nType=Application\nName=Mine\nExec=mine\n", keys, NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (fixture->file, text, -1, NULL));
}

static gboolean
exists (Fixture *fixture)
{
  return g_file_test (fixture->file, G_FILE_TEST_EXISTS);
}

/* The session that reads it starts the program, and nothing else is shown. */
static void
test_on_off (Fixture *fixture, gconstpointer data)
{
  g_autofree char *exec = NULL;
  g_autofree char *activatable = NULL;
  g_auto (GStrv) argv = NULL;

  start (fixture, FALSE);
  rd_background_start (fixture->background, FALSE);
  rd_test_await (is (fixture, "off"));
  g_assert_false (exists (fixture));
  rd_background_set_autostart (fixture->background, TRUE);
  g_assert_true (rd_background_is_writing (fixture->background));
  rd_test_await (is (fixture, "on"));
  exec = dup_key (fixture, "Exec");
  g_assert_true (g_shell_parse_argv (exec, NULL, &argv, NULL));
  g_assert_cmpuint (g_strv_length (argv), ==, 1);
  g_assert_cmpstr (argv[0], ==, PROGRAM);
  activatable = dup_key (fixture, "DBusActivatable");
  g_assert_null (activatable);
  rd_background_set_autostart (fixture->background, FALSE);
  rd_test_await (is (fixture, "off"));
  g_assert_false (exists (fixture));
}

/* Of many wishes the last one is what comes of it. */
static void
test_fickle (Fixture *fixture, gconstpointer data)
{
  start (fixture, FALSE);
  for (guint i = 0; i < 50; i++)
    rd_background_set_autostart (fixture->background, i % 2 == 0);
  rd_test_await (is (fixture, "off"));
  g_assert_false (exists (fixture));
  for (guint i = 0; i < 51; i++)
    rd_background_set_autostart (fixture->background, i % 2 == 0);
  rd_test_await (is (fixture, "on"));
  g_assert_true (exists (fixture));
}

/* A desktop's own settings turn it off so: it stays off, until the user wants it here. */
static void
test_hidden (Fixture *fixture, gconstpointer data)
{
  const char *key = data;
  g_autofree char *text = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *name = NULL;

  start (fixture, FALSE);
  rd_background_set_autostart (fixture->background, TRUE);
  rd_test_await (is (fixture, "on"));
  write_foreign (fixture, key);
  start (fixture, FALSE);
  rd_background_start (fixture->background, TRUE);
  rd_test_await (is (fixture, "off"));
  g_assert_true (g_file_get_contents (fixture->file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, key));
  rd_background_set_autostart (fixture->background, TRUE);
  rd_test_await (is (fixture, "on"));
  hidden = dup_key (fixture, "Hidden");
  g_assert_null (hidden);
  /* What is not ours is not replaced. */
  name = dup_key (fixture, "Name");
  g_assert_cmpstr (name, ==, "Mine");
}

/* Somebody's own file of this name is told of, never removed. */
static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *hidden = NULL;

  write_foreign (fixture, "");
  start (fixture, FALSE);
  rd_background_start (fixture->background, FALSE);
  rd_test_await (is (fixture, "on"));
  rd_background_set_autostart (fixture->background, FALSE);
  rd_test_await (is (fixture, "off"));
  hidden = dup_key (fixture, "Hidden");
  g_assert_cmpstr (hidden, ==, "true");
}

/* Left by an agent that was elsewhere; or by one whose user has changed his mind while no agent ran. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *exec = NULL;

  g_assert_true (rd_autostart_file_sync (fixture->file, "/old/ringdown-agent", RD_AUTOSTART_TURN_ON, NULL));
  start (fixture, FALSE);
  rd_background_start (fixture->background, TRUE);
  rd_test_await (is (fixture, "on"));
  exec = dup_key (fixture, "TryExec");
  g_assert_cmpstr (exec, ==, PROGRAM);
  start (fixture, FALSE);
  rd_background_start (fixture->background, FALSE);
  rd_test_await (is (fixture, "off"));
  g_assert_false (exists (fixture));
}

/* Garbage, a link to an application's own file, no place for a folder: said, and nothing else harmed. */
static void
test_odd_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->file);
  g_autofree char *target = g_build_filename (fixture->dir, "target", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (target, "\xff\xfe not a key file", -1, NULL));
  g_assert_cmpint (symlink (target, fixture->file), ==, 0);
  g_assert_false (rd_autostart_file_sync (fixture->file, PROGRAM, RD_AUTOSTART_KEEP_OFF, &error));
  g_assert_no_error (error);
  g_assert_true (rd_autostart_file_sync (fixture->file, PROGRAM, RD_AUTOSTART_TURN_ON, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "\xff\xfe not a key file");
  g_assert_false (g_file_test (fixture->file, G_FILE_TEST_IS_SYMLINK));
  g_clear_pointer (&fixture->file, g_free);
  fixture->file = g_build_filename (target, "autostart", "x.desktop", NULL);
  start (fixture, FALSE);
  rd_background_set_autostart (fixture->background, TRUE);
  rd_test_await (is (fixture, "denied"));
}

static void
on_portal_called (MockService *portal, const char *path, const char *method, GVariant *arguments, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GVariant) options = g_variant_get_child_value (arguments, 1);
  g_autofree char *sender = g_strdup (mock_service_get_caller (portal) + 1);
  g_autofree char *handle = NULL;
  GVariantDict results;
  const char *token;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  handle = g_strdup_printf (RD_PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'),
                            fixture->old ? "t" : token);
  mock_service_reply (portal, "RequestBackground", g_variant_new ("(o)", handle));
  if (fixture->old)
    return;
  g_variant_dict_init (&results, NULL);
  g_variant_dict_insert (&results, "background", "b", TRUE);
  g_variant_dict_insert (&results, "autostart", "b", fixture->grants);
  /* Before the method's reply: that is allowed. */
  mock_service_emit (portal, handle, "org.freedesktop.portal.Request", "Response",
                     g_variant_new ("(u@a{sv})", fixture->response, g_variant_dict_end (&results)));
}

static void
start_portal (Fixture *fixture)
{
  fixture->portal = mock_service_new (g_test_dbus_get_bus_address (bus), RD_PORTAL_NAME);
  mock_service_add_object (fixture->portal, RD_PORTAL_PATH, PORTAL_XML);
  mock_service_on_call (fixture->portal, on_portal_called, fixture);
  mock_service_appear (fixture->portal);
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) options = NULL;
  g_autofree const char **command = NULL;
  gboolean autostart = FALSE;

  start_portal (fixture);
  fixture->grants = TRUE;
  start (fixture, TRUE);
  rd_background_start (fixture->background, TRUE);
  rd_test_await (is (fixture, "on"));
  options = g_variant_get_child_value (mock_service_get_last (fixture->portal, "RequestBackground"), 1);
  g_assert_true (g_variant_lookup (options, "autostart", "b", &autostart) && autostart);
  g_assert_true (g_variant_lookup (options, "dbus-activatable", "b", &autostart) && !autostart);
  g_assert_true (g_variant_lookup (options, "commandline", "^a&s", &command));
  g_assert_cmpstr (command[1], ==, "agent");
  fixture->grants = FALSE;
  rd_background_set_autostart (fixture->background, FALSE);
  rd_test_await (is (fixture, "off"));
  rd_background_set_autostart (fixture->background, TRUE);
  rd_test_await (is (fixture, "denied"));
  fixture->grants = TRUE;
  rd_background_set_autostart (fixture->background, TRUE);
  rd_test_await (is (fixture, "on"));
  fixture->response = 1;
  rd_background_set_autostart (fixture->background, TRUE);
  rd_test_await (is (fixture, "denied"));
  fixture->response = 2;
  rd_background_set_autostart (fixture->background, TRUE);
  rd_test_await (is (fixture, "unknown"));
  g_assert_false (exists (fixture));
}

static void
test_no_portal (Fixture *fixture, gconstpointer data)
{
  start (fixture, TRUE);
  rd_background_start (fixture->background, TRUE);
  rd_test_drain ();
  g_assert_true (is (fixture, "unknown"));
}

/* It names the request's path only in its reply. */
static void
test_old_portal (Fixture *fixture, gconstpointer data)
{
  g_autofree char *handle = NULL;
  g_autofree char *sender = NULL;

  start_portal (fixture);
  fixture->old = TRUE;
  start (fixture, TRUE);
  rd_background_start (fixture->background, TRUE);
  rd_test_await (mock_service_get_caller (fixture->portal) != NULL);
  sender = g_strdup (mock_service_get_caller (fixture->portal) + 1);
  handle = g_strdup_printf (RD_PORTAL_PATH "/request/%s/t", g_strdelimit (sender, ".", '_'));
  while (!is (fixture, "on"))
    {
      mock_service_emit (fixture->portal, handle, "org.freedesktop.portal.Request", "Response",
                         g_variant_new_parsed ("(uint32 0, {'autostart': <true>})"));
      rd_test_drain ();
    }
}

/* An agent that is not the user's own starts nothing. */
static void
test_not_ours (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->file, g_free);
  start (fixture, FALSE);
  rd_background_start (fixture->background, TRUE);
  rd_background_set_autostart (fixture->background, TRUE);
  g_assert_false (rd_background_is_writing (fixture->background));
  g_assert_true (is (fixture, "unknown"));
}

#define ADD(name, data, function) g_test_add ("/background/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  ADD ("on-off", NULL, test_on_off);
  ADD ("fickle", NULL, test_fickle);
  ADD ("hidden", "Hidden=true\n", test_hidden);
  ADD ("hidden-by-gnome", "X-GNOME-Autostart-enabled=false\n", test_hidden);
  ADD ("foreign", NULL, test_foreign);
  ADD ("kept", NULL, test_kept);
  ADD ("odd-files", NULL, test_odd_files);
  ADD ("portal", NULL, test_portal);
  ADD ("no-portal", NULL, test_no_portal);
  ADD ("old-portal", NULL, test_old_portal);
  ADD ("not-ours", NULL, test_not_ours);
  status = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  return status;
}
