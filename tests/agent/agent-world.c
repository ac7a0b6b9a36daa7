/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>

/* See the header. Everything of the world is asynchronous and lives in the default main context, the mock notification
 * server (in its own thread) apart: the test never blocks what the agent waits for. */

#define ROOT "/io/github/ringdown/Ringdown"
#define APP "crm"

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
install_browser (AgentWorld *world)
{
  g_autofree char *script = g_build_filename (world->dir, "browser", NULL);
  g_autofree char *desktop = g_build_filename (world->dir, "data", "applications", "test-browser.desktop", NULL);
  g_autofree char *defaults = g_build_filename (world->dir, "config", "mimeapps.list", NULL);
  g_autofree char *program = NULL;
  g_autofree char *entry = NULL;

  world->browser_log = g_build_filename (world->dir, "opened", NULL);
  program = g_strdup_printf ("#!/bin/sh\necho \"$1 $XDG_ACTIVATION_TOKEN\" >> '%s'\n", world->browser_log);
  write_file (script, program);
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
  entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Test browser\nExec=%s %%u\n"
                           "MimeType=x-scheme-handler/http;x-scheme-handler/https;\n",
                           script);
  write_file (desktop, entry);
  write_file (defaults, "[Default Applications]\nx-scheme-handler/http=test-browser.desktop\n"
                        "x-scheme-handler/https=test-browser.desktop\n");
}

/* In ringdown-window's place: writes down how it was started, but for where this agent's settings are. */
static void
install_window (AgentWorld *world)
{
  g_autofree char *script = g_build_filename (world->dir, "libexec", "ringdown-window", NULL);
  g_autofree char *program = NULL;

  world->window_log = g_build_filename (world->dir, "windows", NULL);
  program = g_strdup_printf ("#!/bin/sh\nwords=\n"
                             "for word; do case $word in --settings=*) ;; *) words=\"$words $word\";; esac; done\n"
                             "echo \"${words# } [$XDG_ACTIVATION_TOKEN]\" >> '%s'\n",
                             world->window_log);
  write_file (script, program);
  g_assert_cmpint (g_chmod (script, 0700), ==, 0);
}

static void
on_request (RdDemoSite *site, const char *method, const char *path, const char *body, guint status, AgentWorld *world)
{
  g_ptr_array_add (world->requests, g_strdup_printf ("%s %s %s", method, path, body != NULL ? body : ""));
}

static void
start_sites (AgentWorld *world)
{
  g_autoptr (GError) error = NULL;

  world->channels = rd_demo_channels_new ();
  rd_demo_channels_add_app (world->channels, APP, "crm-key", "crm-secret");
  rd_demo_channels_listen (world->channels, 0, &error);
  g_assert_no_error (error);
  world->crm = rd_demo_crm_new (world->channels, APP);
  rd_demo_site_listen (rd_demo_crm_get_site (world->crm), 0, &error);
  g_assert_no_error (error);
  world->invoices = rd_demo_invoices_new (world->channels, APP, RD_DEMO_INVOICES_LATER);
  rd_demo_site_listen (rd_demo_invoices_get_site (world->invoices), 0, &error);
  g_assert_no_error (error);
  g_signal_connect (rd_demo_crm_get_site (world->crm), "request", G_CALLBACK (on_request), world);
}

/* For an agent that was built with a sanitizer: what libraries keep is found by stacks that were really followed, which
 * takes time for each step of each allocation. Ten are enough to see whose it is. */
static void
set_sanitizer_options (GSubprocessLauncher *launcher)
{
  g_autofree char *list = g_test_build_filename (G_TEST_DIST, "support", "lsan.supp", NULL);
  g_autofree char *leaks = g_strdup_printf ("suppressions=%s:print_suppressions=0", list);
  const char *given = g_getenv ("ASAN_OPTIONS");
  g_autofree char *options = g_strjoin (":", "fast_unwind_on_malloc=0:malloc_context_size=10", given, NULL);

  /* without a look for leaks nobody needs them, and they take most of the time */
  if (given != NULL && strstr (given, "detect_leaks=0") != NULL)
    return;
  g_subprocess_launcher_setenv (launcher, "LSAN_OPTIONS", leaks, FALSE);
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", options, TRUE);
}

/* A test that ends badly takes its agent along: that would hold the test's output open for whoever waits for its
 * end. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
agent_world_start_agent (AgentWorld *world)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *program = g_build_filename (g_getenv ("RINGDOWN_LIBEXECDIR"), "ringdown-agent", NULL);
  g_autofree char *config = g_build_filename (world->dir, "config", NULL);
  g_autofree char *data = g_build_filename (world->dir, "data", NULL);
  g_autofree char *libexec = g_build_filename (world->dir, "libexec", NULL);
  g_autofree char *own = g_build_filename (world->dir, "config", "ringdown", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", config, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", data, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_DIRS", config, TRUE);
  g_subprocess_launcher_setenv (launcher, "RINGDOWN_LIBEXECDIR", libexec, TRUE);
  /* The private bus is the system's, too: nothing of this machine's. */
  g_subprocess_launcher_setenv (launcher, "DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (world->bus), TRUE);
  set_sanitizer_options (launcher);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  world->agent = g_subprocess_launcher_spawn (launcher, &error, program, "--config-dir", own, "--secrets", "file",
                                              "--sink", "fakesink sync=true", NULL);
  g_assert_no_error (error);

  rd_dbus_object_manager_client_new (world->connection, G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START,
                                     RD_APP_ID, ROOT, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  world->objects = rd_dbus_object_manager_client_new_finish (result, &error);
  g_assert_no_error (error);
  for (;;)
    {
      world->agent1 = RD_DBUS_AGENT1 (
        g_dbus_object_manager_get_interface (world->objects, ROOT "/Agent", "io.github.ringdown.Agent1"));
      if (world->agent1 != NULL)
        return;
      rd_test_await (g_dbus_object_manager_get_object (world->objects, ROOT "/Agent") != NULL);
    }
}

void
agent_world_let_agent_go (AgentWorld *world)
{
  g_clear_object (&world->agent1);
  g_clear_object (&world->objects);
  g_clear_object (&world->agent);
}

void
agent_world_quit (AgentWorld *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  agent_world_call_method (world, world->agent1, "Quit", NULL, NULL);
  g_subprocess_wait_async (world->agent, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_subprocess_wait_finish (world->agent, result, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (world->agent));
  g_assert_cmpint (g_subprocess_get_exit_status (world->agent), ==, 0);
  agent_world_let_agent_go (world);
}

void
agent_world_set_up (AgentWorld *world, gconstpointer data)
{
  static const char * const capabilities[] = { "actions", "body", "body-markup", NULL };
  g_autoptr (GError) error = NULL;

  world->dir = rd_test_make_dir ();
  world->requests = g_ptr_array_new_with_free_func (g_free);
  world->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (world->bus);
  world->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (world->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  world->notifications = mock_notifications_new (g_test_dbus_get_bus_address (world->bus), capabilities);
  install_browser (world);
  install_window (world);
  start_sites (world);
  agent_world_start_agent (world);
}

void
agent_world_tear_down (AgentWorld *world, gconstpointer data)
{
  if (world->agent != NULL)
    agent_world_quit (world);
  g_clear_pointer (&world->notifications, mock_notifications_free);
  g_signal_handlers_disconnect_by_data (rd_demo_crm_get_site (world->crm), world);
  g_clear_object (&world->invoices);
  g_clear_object (&world->crm);
  rd_demo_channels_stop (world->channels);
  g_clear_object (&world->channels);
  g_dbus_connection_close_sync (world->connection, NULL, NULL);
  g_clear_object (&world->connection);
  g_test_dbus_down (world->bus);
  g_clear_object (&world->bus);
  rd_test_remove_tree (world->dir);
  g_clear_pointer (&world->dir, g_free);
  g_clear_pointer (&world->browser_log, g_free);
  g_clear_pointer (&world->window_log, g_free);
  g_clear_pointer (&world->requests, g_ptr_array_unref);
}

void
agent_world_call_method (AgentWorld *world, gpointer proxy, const char *method, GVariant *args, const char *code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *expected = NULL;

  g_dbus_proxy_call (G_DBUS_PROXY (proxy), method, args, G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result,
                     &result);
  rd_test_await (result != NULL);
  reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (proxy), result, &error);
  if (code == NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_nonnull (error);
  name = g_dbus_error_get_remote_error (error);
  expected = g_strconcat ("io.github.ringdown.Error.", code, NULL);
  g_assert_cmpstr (name, ==, expected);
  /* A sentence for people, never empty. */
  g_dbus_error_strip_remote_error (error);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

GVariant *
agent_world_crm_settings (AgentWorld *world, const char *token)
{
  RdDemoPerson *you = token == NULL ? rd_demo_crm_sign_in (world->crm, RD_DEMO_YOU) : NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "profile", "s", "crm");
  g_variant_dict_insert (&dict, "name", "s", "Demo CRM");
  g_variant_dict_insert (&dict, "site", "s", rd_demo_site_get_url (rd_demo_crm_get_site (world->crm)));
  g_variant_dict_insert (&dict, "key", "s", "crm-key");
  g_variant_dict_insert (&dict, "host", "s", "127.0.0.1");
  g_variant_dict_insert (&dict, "port", "u", rd_demo_channels_get_port (world->channels));
  g_variant_dict_insert (&dict, "tls", "b", FALSE);
  g_variant_dict_insert (&dict, "token", "s", you != NULL ? you->access : token);
  if (you != NULL)
    g_variant_dict_insert (&dict, "refresh-token", "s", you->refresh);
  return g_variant_dict_end (&dict);
}

char *
agent_world_add_account (AgentWorld *world, GVariant *settings, char **error_name, char **sentence)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  rd_dbus_agent1_call_add_account (world->agent1, settings, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  if (rd_dbus_agent1_call_add_account_finish (world->agent1, &id, result, &error))
    return id;
  g_assert_nonnull (error_name);
  *error_name = g_dbus_error_get_remote_error (error);
  g_dbus_error_strip_remote_error (error);
  if (sentence != NULL)
    *sentence = g_strdup (error->message);
  return NULL;
}

char *
agent_world_add_crm (AgentWorld *world, const char *token, const char *state)
{
  g_autofree char *id = agent_world_add_account (world, agent_world_crm_settings (world, token), NULL, NULL);

  rd_test_await (agent_world_account_is (world, state));
  if (g_str_equal (state, "connected"))
    {
      rd_test_await (rd_demo_channels_count (world->channels, APP, "private-user-7") == 1);
      /* The catch-up is over, and the phone at rest. */
      rd_test_await (agent_world_count_requests (world, "GET /api/jitsi-calls/") >= 2);
    }
  return g_steal_pointer (&id);
}

static gpointer
dup_interface (AgentWorld *world, const char *name)
{
  g_autolist (GDBusObject) objects = g_dbus_object_manager_get_objects (world->objects);

  for (GList *l = objects; l != NULL; l = l->next)
    {
      GDBusInterface *interface = g_dbus_object_get_interface (l->data, name);

      if (interface != NULL)
        return interface;
    }
  return NULL;
}

RdDBusAccount1 *
agent_world_dup_account (AgentWorld *world)
{
  return dup_interface (world, "io.github.ringdown.Account1");
}

RdDBusCall1 *
agent_world_dup_call (AgentWorld *world)
{
  return dup_interface (world, "io.github.ringdown.Call1");
}

gboolean
agent_world_account_is (AgentWorld *world, const char *state)
{
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);

  return account != NULL && g_strcmp0 (rd_dbus_account1_get_state (account), state) == 0;
}

gboolean
agent_world_call_is (AgentWorld *world, const char *state)
{
  g_autoptr (RdDBusCall1) call = agent_world_dup_call (world);

  if (state == NULL)
    return call == NULL;
  return call != NULL && g_strcmp0 (rd_dbus_call1_get_state (call), state) == 0;
}

gboolean
agent_world_ring_is (AgentWorld *world, const char *ring)
{
  return g_strcmp0 (rd_dbus_agent1_get_ring (world->agent1), ring) == 0;
}

static char **
dup_lines (const char *path)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_new0 (char *, 1);
  g_strchomp (text);
  return g_strsplit (text, "\n", -1);
}

char **
agent_world_dup_opened (AgentWorld *world)
{
  return dup_lines (world->browser_log);
}

char **
agent_world_dup_windows (AgentWorld *world)
{
  return dup_lines (world->window_log);
}

gboolean
agent_world_window_is (AgentWorld *world, const char *last)
{
  g_auto (GStrv) windows = agent_world_dup_windows (world);
  guint length = g_strv_length (windows);

  return length > 0 && g_str_equal (windows[length - 1], last);
}

guint
agent_world_count_opened (AgentWorld *world)
{
  g_auto (GStrv) opened = agent_world_dup_opened (world);

  return g_strv_length (opened);
}

guint
agent_world_count_requests (AgentWorld *world, const char *prefix)
{
  guint count = 0;

  for (guint i = 0; i < world->requests->len; i++)
    if (g_str_has_prefix (world->requests->pdata[i], prefix))
      count++;
  return count;
}

int
agent_world_find_notification (AgentWorld *world, const char *text)
{
  for (guint i = 0; i < mock_notifications_count_shown (world->notifications); i++)
    {
      g_autoptr (MockNotification) shown = mock_notifications_dup_shown (world->notifications, i);

      if (strstr (shown->summary, text) != NULL || strstr (shown->body, text) != NULL)
        return (int) i;
    }
  return -1;
}
