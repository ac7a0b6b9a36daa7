/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-world.h"

#include "rd-cli-run.h"
#include "rd-test.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Set-up links and files, clicked and given to the command, and profiles that a site has itself: only what is good
 * comes as far as the window, and nothing of it is used unasked. */

#define LINK "ringdown://setup?site=https://crm.example.org&profile=crm&key=k&cluster=eu"
#define WINDOW "--bus-name io.github.ringdown.Ringdown"
#define PROFILE_PATH "/profiles/own.json"

/* As the desktop does it for a click on a link or a file. */
static void
open_uri (SetupWorld *world, const char *uri)
{
  const char *uris[] = { uri, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_call (world->agent.connection, RD_APP_ID, "/io/github/ringdown/Ringdown",
                          "org.freedesktop.Application", "Open",
                          g_variant_new_parsed ("(%^as, {'activation-token': <'t0ken'>})", uris), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_connection_call_finish (world->agent.connection, result, &error);
  g_assert_no_error (error);
}

static char *
write_setup (SetupWorld *world, const char *name, const char *text)
{
  char *path = g_build_filename (world->agent.dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* 50 MB, of which the disk sees nothing. */
static char *
write_film (SetupWorld *world)
{
  char *path = g_build_filename (world->agent.dir, "film.ringdown", NULL);
  int fd = g_open (path, O_CREAT | O_WRONLY, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (ftruncate (fd, 50 * 1000 * 1000), ==, 0);
  close (fd);
  return path;
}

static void
assert_no_window (SetupWorld *world)
{
  g_auto (GStrv) windows = agent_world_dup_windows (&world->agent);

  g_assert_cmpuint (g_strv_length (windows), ==, 0);
}

static void
test_link (SetupWorld *world, gconstpointer data)
{
  open_uri (world, LINK);
  rd_test_await (agent_world_window_is (&world->agent, WINDOW " --setup=" LINK " [t0ken]"));
}

static void
test_file (SetupWorld *world, gconstpointer data)
{
  const char *text = "{\"ringdown\":1,\"site\":\"https://crm.example.org\",\"profile\":\"crm\",\"key\":\"k\","
                     "\"cluster\":\"eu\"}";
  g_autofree char *path = write_setup (world, "crm.ringdown", text);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autofree char *expected = g_strconcat (WINDOW " --setup=", text, " [t0ken]", NULL);

  open_uri (world, uri);
  rd_test_await (agent_world_window_is (&world->agent, expected));
}

static void
test_bad_files (SetupWorld *world, gconstpointer data)
{
  g_autofree char *film = write_film (world);
  g_autofree char *film_uri = g_filename_to_uri (film, NULL, NULL);
  g_autofree char *absent = g_strconcat (film_uri, ".gone", NULL);
  g_autofree char *folder = g_filename_to_uri (world->agent.dir, NULL, NULL);
  const char *const uris[] = { film_uri, absent, folder, "file:///dev/zero" };

  for (guint i = 0; i < G_N_ELEMENTS (uris); i++)
    {
      open_uri (world, uris[i]);
      /* Said to whoever clicked, who sees no window. */
      rd_test_await (mock_notifications_count_shown (world->agent.notifications) == i + 1);
    }
  assert_no_window (world);
}

static void
test_bad_links (SetupWorld *world, gconstpointer data)
{
  open_uri (world, "ringdown://setup?site=http://crm.example.org&profile=crm");
  rd_test_await (agent_world_find_notification (&world->agent, "this machine alone") >= 0);
  open_uri (world, "ringdown://setup?site=https://crm.example.org&profile=crm&password=t0ps3cret");
  rd_test_await (mock_notifications_count_shown (world->agent.notifications) == 2);
  g_assert_cmpint (agent_world_find_notification (&world->agent, "t0ps3cret"), ==, -1);
  open_uri (world, "ringdown:call?whom=11");
  rd_test_await (mock_notifications_count_shown (world->agent.notifications) == 3);
  assert_no_window (world);
}

static void
test_open_window (SetupWorld *world, gconstpointer data)
{
  GVariant *options = g_variant_new_parsed ("{'setup': <%s>}", LINK);
  g_autoptr (GVariant) reply = setup_world_call (world, "OpenWindow", g_variant_new ("(s@a{sv})", "", options));
  g_autofree char *refused = NULL;

  rd_test_await (agent_world_window_is (&world->agent, WINDOW " --setup=" LINK " []"));
  options = g_variant_new_parsed ("{'setup': <'ringdown://setup?site=http://crm.example.org&profile=crm'>}");
  refused = setup_world_refuse (world, "OpenWindow", g_variant_new ("(s@a{sv})", "", options), "BadInput");
  g_assert_nonnull (strstr (refused, "this machine alone"));
}

static void
test_command (SetupWorld *world, gconstpointer data)
{
  const char *address = g_test_dbus_get_bus_address (world->agent.bus);
  g_autofree char *film = write_film (world);
  g_autoptr (RdCliRun) link = rd_cli_run_command (address, NULL, LINK, NULL);
  g_autoptr (RdCliRun) plain = NULL;
  g_autoptr (RdCliRun) large = NULL;

  rd_cli_run_assert_done (link);
  rd_test_await (agent_world_window_is (&world->agent, WINDOW " --setup=" LINK " []"));
  plain = rd_cli_run_command (address, NULL, "ringdown://setup?site=http://crm.example.org&profile=crm", NULL);
  rd_cli_run_assert_failed (plain, 1, "this machine alone");
  large = rd_cli_run_command (address, NULL, film, NULL);
  rd_cli_run_assert_failed (large, 1, "too long");
}

/* Profiles of a site's own */

static void
on_profile_asked (RdDemoRequest *request, gpointer user_data)
{
  rd_demo_request_reply (request, 200, json_from_string (user_data, NULL));
}

/* (transfer full): the CRM's profile by another name, with one thing another way */
static char *
make_profile (const char *from, const char *to)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "profiles", "crm.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GString) own = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  own = g_string_new (text);
  g_assert_cmpuint (g_string_replace (own, "\"id\": \"crm\"", "\"id\": \"larkspur\"", 1), ==, 1);
  g_assert_cmpuint (g_string_replace (own, from, to, 0), >, 0);
  return g_string_free (g_steal_pointer (&own), FALSE);
}

/* (transfer floating) */
static GVariant *
settings_with_url (SetupWorld *world, const char *url)
{
  g_autoptr (GVariant) settings
    = g_variant_ref_sink (setup_world_settings (world, RD_DEMO_SITE_CRM, "profile-url", g_variant_new_string (url)));
  GVariantDict dict;

  g_variant_dict_init (&dict, settings);
  g_variant_dict_remove (&dict, "profile");
  return g_variant_dict_end (&dict);
}

static void
serve (SetupWorld *world, const char *text)
{
  rd_demo_site_add_route (rd_demo_crm_get_site (world->sight->crm), "GET", PROFILE_PATH, RD_DEMO_ROUTE_PUBLIC,
                          on_profile_asked, (gpointer) text);
}

static void
assert_fetched (SetupWorld *world, const char *site, const char *url, gboolean with_text)
{
  g_autoptr (GVariant) reply = setup_world_call (world, "FetchProfile", g_variant_new ("(ss)", site, url));
  g_autoptr (GVariant) settings = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) entry = g_variant_lookup_value (settings, "profile-entry", G_VARIANT_TYPE_VARDICT);
  g_autoptr (GVariant) text = g_variant_lookup_value (settings, "profile-data", G_VARIANT_TYPE_STRING);
  g_autofree const char **ways = NULL;
  const char *profile = NULL;

  g_assert_true (g_variant_lookup (settings, "profile", "&s", &profile));
  g_assert_cmpstr (profile, ==, "larkspur");
  g_assert_true ((text != NULL) == with_text);
  g_assert_true (g_variant_lookup (entry, "sign-in", "^a&s", &ways));
  g_assert_true (g_strv_contains (ways, "password"));
}

static void
test_own_profile (SetupWorld *world, gconstpointer data)
{
  const char *site = rd_demo_site_get_url (rd_demo_crm_get_site (world->sight->crm));
  g_autofree char *url = g_strconcat (site, PROFILE_PATH, NULL);
  g_autofree char *text = make_profile ("\"name\": \"CRM\"", "\"name\": \"Larkspur\"");
  g_autofree char *kept = NULL;
  g_autofree char *tested = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GVariant) reply = NULL;

  serve (world, text);
  assert_fetched (world, site, url, TRUE);
  tested = setup_world_test (world, settings_with_url (world, url), NULL, NULL);
  g_assert_cmpstr (tested, ==, "channels ok");
  /* A test keeps nothing. */
  kept = g_build_filename (world->agent.dir, "data", "ringdown", "profiles", "larkspur.json", NULL);
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));

  reply = setup_world_call (world, "AddAccount", g_variant_new ("(@a{sv})", settings_with_url (world, url)));
  g_variant_get (reply, "(s)", &id);
  rd_test_await (setup_world_account_is (world, id, "connected", ""));
  g_assert_true (g_file_test (kept, G_FILE_TEST_IS_REGULAR));
  assert_fetched (world, site, url, FALSE);
  agent_world_quit (&world->agent);
  agent_world_start_agent (&world->agent);
  rd_test_await (setup_world_account_is (world, id, "connected", ""));
}

static void
assert_bad_profile (SetupWorld *world, const char *url, const char *expected, const char *part)
{
  g_autofree char *sentence = NULL;
  g_autofree char *tested = setup_world_test (world, settings_with_url (world, url), &sentence, NULL);

  g_assert_cmpstr (tested, ==, expected);
  rd_cli_assert_contains (sentence, part);
}

static void
test_bad_profiles (SetupWorld *world, gconstpointer data)
{
  const char *site = rd_demo_site_get_url (rd_demo_crm_get_site (world->sight->crm));
  g_autofree char *url = g_strconcat (site, PROFILE_PATH, NULL);
  g_autofree char *missing = g_strconcat (site, "/profiles/none.json", NULL);
  g_autofree char *foreign = g_strconcat (world->stranger_url, PROFILE_PATH, NULL);
  g_autofree char *wrong_path = make_profile ("/api/users/me/", "/api/users/nobody-here/");
  g_autofree char *refused = NULL;
  g_autofree char *added = NULL;

  assert_bad_profile (world, foreign, "profile failed bad-input", "not on the site itself");
  assert_bad_profile (world, missing, "profile failed not-found", "404");
  serve (world, wrong_path);
  assert_bad_profile (world, url, "user failed refused", "404");
  refused = setup_world_refuse (world, "FetchProfile", g_variant_new ("(ss)", site, foreign), "BadInput");
  added = setup_world_refuse (world, "AddAccount", g_variant_new ("(@a{sv})", settings_with_url (world, foreign)),
                              "BadInput");
}

static void
test_profile_that_is_none (SetupWorld *world, gconstpointer data)
{
  const char *site = rd_demo_site_get_url (rd_demo_crm_get_site (world->sight->crm));
  g_autofree char *url = g_strconcat (site, PROFILE_PATH, NULL);

  serve (world, "{\"format\": 1, \"id\": \"../../etc\", \"events\": []}");
  assert_bad_profile (world, url, "profile failed bad-profile", "cannot be used");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, function) \
  g_test_add (path, SetupWorld, NULL, setup_world_set_up, function, setup_world_tear_down)
  add ("/agent/links/link", test_link);
  add ("/agent/links/file", test_file);
  add ("/agent/links/bad-files", test_bad_files);
  add ("/agent/links/bad-links", test_bad_links);
  add ("/agent/links/open-window", test_open_window);
  add ("/agent/links/command", test_command);
  add ("/agent/links/own-profile", test_own_profile);
  add ("/agent/links/bad-profiles", test_bad_profiles);
  add ("/agent/links/profile-that-is-none", test_profile_that_is_none);
#undef add
  return g_test_run ();
}
