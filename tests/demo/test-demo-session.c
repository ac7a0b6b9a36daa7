/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-dbus.h"
#include "rd-demo-json.h"
#include "rd-demo-sight.h"
#include "rd-test.h"

#include <signal.h>

/* `ringdown demo` as a whole: an agent of its own, signed in to all five sites without a question. */

#define BUS_NAME "io.github.ringdown.Ringdown.Demo.Test"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  char *folder;
  GSubprocess *demo;
  JsonNode *ready;
  GDBusObjectManager *objects;
} Fixture;

static JsonNode *
read_json (const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &text, &length, NULL) ? rd_demo_json_parse (text, length) : NULL;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *program = g_build_filename (g_getenv ("RINGDOWN_LIBEXECDIR"), "ringdown-demo", NULL);
  g_autofree char *ready = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (fixture->bus);
  fixture->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (fixture->connection, FALSE);
  fixture->folder = rd_test_make_dir ();
  ready = g_build_filename (fixture->folder, "ready.json", NULL);
  fixture->demo =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program, "--no-browser", "--no-window", "--quiet",
                        "--sink", "fakesink", "--bus-name", BUS_NAME, "--ready-file", ready, NULL);
  g_assert_no_error (error);
  rd_test_await ((fixture->ready = read_json (ready)) != NULL);
  rd_dbus_object_manager_client_new (fixture->connection, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START,
                                     BUS_NAME, "/io/github/ringdown/Ringdown", NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  fixture->objects = rd_dbus_object_manager_client_new_finish (result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (fixture->demo, SIGINT);
  g_subprocess_wait_async (fixture->demo, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_subprocess_wait_finish (fixture->demo, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (fixture->demo), ==, 0);
  g_clear_object (&fixture->demo);
  g_clear_object (&fixture->objects);
  g_clear_pointer (&fixture->ready, json_node_unref);
  rd_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_clear_object (&fixture->connection);
  g_test_dbus_down (fixture->bus);
  g_clear_object (&fixture->bus);
}

/* (nullable) (transfer full): the account of this name */
static RdDBusAccount1 *
find_account (Fixture *fixture, const char *name)
{
  g_autolist (GDBusObject) objects = g_dbus_object_manager_get_objects (fixture->objects);

  for (GList *l = objects; l != NULL; l = l->next)
    {
      RdDBusAccount1 *account = rd_dbus_object_peek_account1 (RD_DBUS_OBJECT (l->data));

      if (account != NULL && g_strcmp0 (rd_dbus_account1_get_name (account), name) == 0)
        return g_object_ref (account);
    }
  return NULL;
}

static gboolean
is_subscribed (RdDBusAccount1 *account)
{
  GVariant *channels = rd_dbus_account1_get_channels (account);
  const char *name, *state, *reason;
  GVariantIter iter;

  g_variant_iter_init (&iter, channels);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &state, &reason))
    if (!g_str_equal (state, "subscribed"))
      return FALSE;
  return g_variant_n_children (channels) > 0;
}

static void
test_accounts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) colours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      g_autoptr (RdDBusAccount1) account = NULL;

      rd_test_await ((account = find_account (fixture, rd_demo_site_id_get_name ((RdDemoSiteId) i))) != NULL);
      rd_test_await (g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0);
      rd_test_await (is_subscribed (account));
      g_assert_cmpstr (rd_dbus_account1_get_user_id (account), ==, G_STRINGIFY (RD_DEMO_YOU));
      g_assert_cmpstr (rd_dbus_account1_get_colour (account), ==, rd_demo_site_id_get_colour ((RdDemoSiteId) i));
      g_hash_table_add (colours, g_strdup (rd_dbus_account1_get_colour (account)));
      g_assert_cmpuint (g_variant_n_children (rd_dbus_account1_get_site_problem (account)), ==, 0);
    }
  g_assert_cmpuint (g_hash_table_size (colours), ==, RD_DEMO_N_SITES);
}

/* Where people are told to look, and nothing that would let others in */
static void
test_ready_file (Fixture *fixture, gconstpointer data)
{
  JsonObject *ready = json_node_get_object (fixture->ready);

  g_assert_true (g_str_has_prefix (rd_demo_json_get_string (ready, "control"), "http://127.0.0.1:"));
  g_assert_cmpstr (rd_demo_json_get_string (ready, "bus_name"), ==, BUS_NAME);
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      JsonObject *site = rd_demo_json_get_object (ready, rd_demo_site_id_to_string ((RdDemoSiteId) i));

      g_assert_nonnull (rd_demo_json_get_string (site, "url"));
      g_assert_false (json_object_has_member (site, "password"));
      g_assert_false (json_object_has_member (site, "token"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/demo/session/accounts", Fixture, NULL, set_up, test_accounts, tear_down);
  g_test_add ("/demo/session/ready-file", Fixture, NULL, set_up, test_ready_file, tear_down);
  return g_test_run ();
}
