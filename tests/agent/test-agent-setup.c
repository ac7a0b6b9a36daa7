/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-world.h"

#include "rd-test.h"

/* Accounts before they are there, through the real agent and against the demo's five sites: found, tried step by step,
 * signed in, added; and what is wrong is said where it is wrong. */

static const char *
url_of (SetupWorld *world, RdDemoSiteId site)
{
  return rd_demo_site_get_url (rd_demo_sight_get_site (world->sight, site));
}

static void
assert_tested (SetupWorld *world, GVariant *settings, const char *expected, const char *part)
{
  g_autofree char *sentence = NULL;
  g_autofree char *last = setup_world_test (world, settings, &sentence, NULL);

  g_assert_cmpstr (last, ==, expected);
  if (part != NULL && strstr (sentence, part) == NULL)
    g_error ("“%s” is not in “%s”", part, sentence);
}

static void
test_discover_every_site (SetupWorld *world, gconstpointer data)
{
  static const char * const profiles[RD_DEMO_N_SITES] = { "crm", "team", "sms", "invoices", "invoices-seed" };

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      const char *url = url_of (world, (RdDemoSiteId) i);
      g_autoptr (GVariant) reply = setup_world_call (world, "DiscoverSite", g_variant_new ("(s)", url));
      g_autoptr (GVariant) settings = g_variant_get_child_value (reply, 0);
      const char *profile = NULL, *site = NULL, *key = NULL;

      g_assert_true (g_variant_lookup (settings, "profile", "&s", &profile));
      g_assert_cmpstr (profile, ==, profiles[i]);
      g_assert_true (g_variant_lookup (settings, "site", "&s", &site));
      g_assert_cmpstr (site, ==, url);
      g_assert_true (g_variant_lookup (settings, "key", "&s", &key));
    }
}

static void
test_discover_nothing (SetupWorld *world, gconstpointer data)
{
  g_autoptr (GVariant) reply = setup_world_call (world, "DiscoverSite", g_variant_new ("(s)", world->stranger_url));
  g_autoptr (GVariant) settings = g_variant_get_child_value (reply, 0);
  g_autofree char *unreachable = NULL;
  g_autofree char *plain = NULL;

  g_assert_cmpuint (g_variant_n_children (settings), ==, 0);
  unreachable = setup_world_refuse (world, "DiscoverSite", g_variant_new ("(s)", "http://127.0.0.1:1"), "Unreachable");
  g_assert_nonnull (strstr (unreachable, "127.0.0.1"));
  plain = setup_world_refuse (world, "DiscoverSite", g_variant_new ("(s)", "http://crm.example.org"), "BadInput");
  g_assert_nonnull (strstr (plain, "address"));
}

static void
test_discover_elsewhere (SetupWorld *world, gconstpointer data)
{
  g_autofree char *other = g_strconcat ("-> ", url_of (world, RD_DEMO_SITE_CRM), "/.well-known/ringdown.json", NULL);
  g_autofree char *redirected = NULL;
  g_autofree char *foreign = NULL;

  setup_world_say (world, "/.well-known/ringdown.json", other);
  redirected = setup_world_refuse (world, "DiscoverSite", g_variant_new ("(s)", world->stranger_url), "BadReply");
  g_assert_nonnull (strstr (redirected, "127.0.0.1"));

  setup_world_say (world, "/.well-known/ringdown.json",
                   "{\"ringdown\": 1, \"profile-url\": \"https://evil.example.org/profile.json\", \"key\": \"k\", "
                   "\"cluster\": \"eu\"}");
  foreign = setup_world_refuse (world, "DiscoverSite", g_variant_new ("(s)", world->stranger_url), "BadInput");
  g_assert_nonnull (strstr (foreign, "not on the site itself"));
}

static void
test_read_setup (SetupWorld *world, gconstpointer data)
{
  g_autoptr (GVariant) reply = setup_world_call (
    world, "ReadSetup",
    g_variant_new ("(s)", "ringdown://setup?site=https://crm.example.org&profile=crm&key=k&cluster=eu&user-id=7"));
  g_autoptr (GVariant) settings = g_variant_get_child_value (reply, 0);
  g_autofree char *large = g_strnfill (70000, ' ');
  const char *site = NULL;
  g_autofree char *plain = NULL, *secret = NULL, *too_large = NULL;

  g_assert_true (g_variant_lookup (settings, "site", "&s", &site));
  g_assert_cmpstr (site, ==, "https://crm.example.org");
  plain = setup_world_refuse (world, "ReadSetup",
                              g_variant_new ("(s)", "ringdown://setup?site=http://crm.example.org&profile=crm"),
                              "BadInput");
  g_assert_nonnull (strstr (plain, "this machine alone"));
  secret = setup_world_refuse (
    world, "ReadSetup",
    g_variant_new ("(s)", "ringdown://setup?site=https://crm.example.org&profile=crm&token=t0ps3cret"), "BadInput");
  g_assert_null (strstr (secret, "t0ps3cret"));
  too_large = setup_world_refuse (world, "ReadSetup", g_variant_new ("(s)", large), "TooLarge");
}

static void
test_list_profiles (SetupWorld *world, gconstpointer data)
{
  g_autoptr (GVariant) reply = setup_world_call (world, "ListProfiles", NULL);
  g_autoptr (GVariant) profiles = g_variant_get_child_value (reply, 0);
  guint seen = 0;

  for (gsize i = 0; i < g_variant_n_children (profiles); i++)
    {
      g_autoptr (GVariant) profile = g_variant_get_child_value (profiles, i);
      g_autofree const char **ways = NULL;
      g_autofree const char **abilities = NULL;
      const char *id = NULL, *login = NULL;
      gboolean plain = FALSE;

      g_assert_true (g_variant_lookup (profile, "id", "&s", &id));
      g_assert_true (g_variant_lookup (profile, "sign-in", "^a&s", &ways));
      g_assert_true (g_variant_lookup (profile, "abilities", "^a&s", &abilities));
      g_assert_true (g_variant_lookup (profile, "login", "&s", &login));
      g_assert_true (g_variant_lookup (profile, "plain-line", "b", &plain));
      g_assert_true (plain == g_str_equal (id, "crm-ws"));
      if (g_str_equal (id, "sms"))
        {
          g_assert_cmpstr (login, ==, "email");
          g_assert_true (g_strv_contains (ways, "password"));
          g_assert_false (g_strv_contains (ways, "token"));
          seen++;
        }
      if (g_str_equal (id, "crm"))
        {
          g_assert_cmpstr (login, ==, "username");
          g_assert_true (g_strv_contains (ways, "token"));
          g_assert_true (g_strv_contains (abilities, "call"));
          seen++;
        }
    }
  g_assert_cmpuint (seen, ==, 2);
}

static void
test_every_site (SetupWorld *world, gconstpointer data)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    assert_tested (world, setup_world_settings (world, (RdDemoSiteId) i, NULL, NULL), "channels ok", "");
  /* Nothing of it stays. */
  g_assert_null (agent_world_dup_account (&world->agent));
  rd_test_await (rd_demo_channels_count (world->sight->channels, "crm", "private-user-7") == 0);
}

static void
test_own_line (SetupWorld *world, gconstpointer data)
{
  rd_demo_servers_set_own_line (world->servers, TRUE);
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, NULL, NULL), "channels ok", "");
  rd_test_await (rd_demo_crm_count_line (world->sight->crm) == 0);
}

static void
test_wrong_password (SetupWorld *world, gconstpointer data)
{
  static const RdDemoSiteId sites[] = { RD_DEMO_SITE_CRM, RD_DEMO_SITE_TEAM, RD_DEMO_SITE_SMS };

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autofree char *refused = NULL;
      GVariant *wrong = setup_world_settings (world, sites[i], "password", g_variant_new_string ("n0t-the-password"));
      g_autoptr (GVariant) settings = g_variant_ref_sink (wrong);

      assert_tested (world, settings, "sign-in failed refused", "while signing in");
      refused = setup_world_refuse (world, "AddAccount", g_variant_new ("(@a{sv})", settings), "Refused");
      g_assert_null (strstr (refused, "n0t-the-password"));
    }
  g_assert_null (agent_world_dup_account (&world->agent));
}

static void
test_wrong_tokens (SetupWorld *world, gconstpointer data)
{
  GVariantDict dict;
  g_autoptr (GVariant) crm = g_variant_ref_sink (setup_world_settings (world, RD_DEMO_SITE_CRM, "password", NULL));

  assert_tested (world,
                 setup_world_settings (world, RD_DEMO_SITE_INVOICES, "token", g_variant_new_string ("no-such-token")),
                 "sign-in failed signed-out", "Sign in again");
  g_variant_dict_init (&dict, crm);
  g_variant_dict_remove (&dict, "login");
  g_variant_dict_insert (&dict, "token", "s", "no-such-token");
  assert_tested (world, g_variant_dict_end (&dict), "sign-in failed signed-out", NULL);
  g_variant_dict_init (&dict, crm);
  g_variant_dict_remove (&dict, "login");
  assert_tested (world, g_variant_dict_end (&dict), "sign-in failed signed-out", NULL);
}

static void
test_wrong_addresses (SetupWorld *world, gconstpointer data)
{
  g_autofree char *refused = NULL;

  assert_tested (world,
                 setup_world_settings (world, RD_DEMO_SITE_CRM, "site", g_variant_new_string ("http://127.0.0.1:1")),
                 "address failed unreachable", "127.0.0.1");
  assert_tested (world,
                 setup_world_settings (world, RD_DEMO_SITE_CRM, "site",
                                       g_variant_new_string ("http://crm.example.org")),
                 "address failed bad-input", "address");
  /* Something answers, but no CRM. */
  assert_tested (world,
                 setup_world_settings (world, RD_DEMO_SITE_CRM, "site", g_variant_new_string (world->stranger_url)),
                 "sign-in failed refused", "404");
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, "profile", g_variant_new_string ("no-such")),
                 "profile failed not-found", "no such profile");
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_SMS, "vars", NULL), "profile failed bad-input",
                 "phone-number.id");
  refused = setup_world_refuse (
    world, "AddAccount",
    g_variant_new ("(@a{sv})", setup_world_settings (world, RD_DEMO_SITE_CRM, "site",
                                                     g_variant_new_string ("http://crm.example.org"))),
    "BadInput");
}

static void
test_wrong_line (SetupWorld *world, gconstpointer data)
{
  guint port = rd_demo_channels_get_port (world->sight->channels);
  GVariantDict dict;
  g_autoptr (GVariant) crm = g_variant_ref_sink (setup_world_settings (world, RD_DEMO_SITE_CRM, NULL, NULL));

  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, "key", g_variant_new_string ("no-such-key")),
                 "connection failed rejected", "key");
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, "port", g_variant_new_uint32 (1)),
                 "connection failed unreachable", NULL);
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, "port",
                                              g_variant_new_uint32 (rd_demo_site_get_port (
                                                rd_demo_sight_get_site (world->sight, RD_DEMO_SITE_CRM)))),
                 "connection failed not-channels", "Channels server");
  /* Another application of the same server's: what the site signs is no good there. */
  g_variant_dict_init (&dict, crm);
  g_variant_dict_insert (&dict, "key", "s",
                         rd_demo_app_get_key (rd_demo_channels_lookup (world->sight->channels, "team")));
  g_variant_dict_insert (&dict, "port", "u", port);
  assert_tested (world, g_variant_dict_end (&dict), "channels failed forbidden", NULL);
}

/* A token of one's own, and somebody else's channels. */
static void
test_refused_channel (SetupWorld *world, gconstpointer data)
{
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_INVOICES, "user-id", g_variant_new_string ("8")),
                 "channels failed forbidden", "does not allow");
}

static void
test_other_user (SetupWorld *world, gconstpointer data)
{
  RdDemoPerson *you = rd_demo_crm_sign_in (world->sight->crm, RD_DEMO_YOU);
  g_autoptr (GVariant) crm
    = g_variant_ref_sink (setup_world_settings (world, RD_DEMO_SITE_CRM, "user-id", g_variant_new_string ("11")));
  GVariantDict dict;

  g_variant_dict_init (&dict, crm);
  g_variant_dict_remove (&dict, "login");
  g_variant_dict_remove (&dict, "password");
  g_variant_dict_insert (&dict, "token", "s", you->access);
  assert_tested (world, g_variant_dict_end (&dict), "user failed bad-input", "not the one that the site knows you by");
}

static void
test_site_in_trouble (SetupWorld *world, gconstpointer data)
{
  RdDemoSite *crm = rd_demo_crm_get_site (world->sight->crm);

  rd_demo_site_set_mood (crm, RD_DEMO_MOOD_ERROR);
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, NULL, NULL), "sign-in failed site-error", "500");
  rd_demo_site_set_mood (crm, RD_DEMO_MOOD_HTML);
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, NULL, NULL), "sign-in failed refused", NULL);
}

static void
test_ticket (SetupWorld *world, gconstpointer data)
{
  g_autofree char *ticket = NULL;
  g_autofree char *last = setup_world_test (world, setup_world_settings (world, RD_DEMO_SITE_SMS, "user-id", NULL),
                                            NULL, &ticket);
  g_autoptr (GVariant) sms
    = g_variant_ref_sink (setup_world_settings (world, RD_DEMO_SITE_SMS, "ticket", g_variant_new_string (ticket)));
  GVariantDict dict;
  g_autofree char *id = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) settings = NULL;

  g_assert_cmpstr (last, ==, "channels ok");
  elsewhere = setup_world_refuse (
    world, "AddAccount",
    g_variant_new ("(@a{sv})", setup_world_settings (world, RD_DEMO_SITE_CRM, "ticket", g_variant_new_string (ticket))),
    "BadInput");
  /* Neither the password nor who it is: the ticket knows. */
  g_variant_dict_init (&dict, sms);
  g_variant_dict_remove (&dict, "login");
  g_variant_dict_remove (&dict, "password");
  g_variant_dict_remove (&dict, "user-id");
  settings = g_variant_ref_sink (g_variant_dict_end (&dict));
  reply = setup_world_call (world, "AddAccount", g_variant_new ("(@a{sv})", settings));
  g_variant_get (reply, "(s)", &id);
  rd_test_await (setup_world_account_is (world, id, "connected", ""));
  again = setup_world_refuse (world, "AddAccount", g_variant_new ("(@a{sv})", settings), "BadInput");
  g_assert_nonnull (strstr (again, "too long ago"));
}

static void
test_add_every_site (SetupWorld *world, gconstpointer data)
{
  char *ids[RD_DEMO_N_SITES] = { NULL };
  g_autofree char *exists = NULL;

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      GVariant *settings = setup_world_settings (world, (RdDemoSiteId) i, NULL, NULL);
      g_autoptr (GVariant) reply = setup_world_call (world, "AddAccount", g_variant_new ("(@a{sv})", settings));

      g_variant_get (reply, "(s)", &ids[i]);
    }
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    rd_test_await (setup_world_account_is (world, ids[i], "connected", ""));
  exists = setup_world_refuse (
    world, "AddAccount", g_variant_new ("(@a{sv})", setup_world_settings (world, RD_DEMO_SITE_TEAM, NULL, NULL)),
    "Exists");

  /* What signing in gave is kept, the password is not. */
  agent_world_quit (&world->agent);
  agent_world_start_agent (&world->agent);
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      rd_test_await (setup_world_account_is (world, ids[i], "connected", ""));
      g_free (ids[i]);
    }
}

/* Whoever asked is gone: nobody waits for the site any more. */
static void
test_caller_gone (SetupWorld *world, gconstpointer data)
{
  GVariant *mute = g_variant_new_string (world->mute_url);
  g_autoptr (GVariant) settings
    = g_variant_ref_sink (setup_world_settings (world, RD_DEMO_SITE_CRM, "site", mute));
  g_autoptr (GDBusConnection) caller = NULL;
  g_autoptr (GError) error = NULL;

  caller = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (world->agent.bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_call (caller, RD_APP_ID, "/io/github/ringdown/Ringdown/Agent", "io.github.ringdown.Agent1",
                          "TestAccount", g_variant_new ("(@a{sv})", settings), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          NULL, NULL);
  rd_test_await (world->held == 1);
  g_assert_cmpuint (world->gone, ==, 0);
  g_dbus_connection_close_sync (caller, NULL, &error);
  g_assert_no_error (error);
  rd_test_await (world->gone == 1);
}

/* The same caller's next test takes the last one's place. */
static void
test_next_test (SetupWorld *world, gconstpointer data)
{
  GVariant *settings = setup_world_settings (world, RD_DEMO_SITE_CRM, "site", g_variant_new_string (world->mute_url));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_proxy_call (G_DBUS_PROXY (world->agent.agent1), "TestAccount", g_variant_new ("(@a{sv})", settings),
                     G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result, &result);
  rd_test_await (world->held == 1);
  assert_tested (world, setup_world_settings (world, RD_DEMO_SITE_CRM, NULL, NULL), "channels ok", "");
  rd_test_await (result != NULL && world->gone == 1);
  reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (world->agent.agent1), result, &error);
  g_assert_null (reply);
  g_assert_nonnull (error);
}

static void
test_hostile_input (SetupWorld *world, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (400000, 'x');
  g_autofree char *long_login = g_strnfill (400, 'x');
  const struct
  {
    const char *name;
    GVariant *value;
  } wrong[] = {
    { "password", g_variant_new_uint32 (1) },
    { "login", g_variant_new_string (long_login) },
    { "login", g_variant_new_string ("") },
    { "ticket", g_variant_new_string (long_login) },
    { "profile-data", g_variant_new_string (long_text) },
    { "profile-url", g_variant_new_boolean (TRUE) },
    { "port", g_variant_new_uint32 (70000) },
    { "key", g_variant_new_string ("a/b?c") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      GVariant *settings = setup_world_settings (world, RD_DEMO_SITE_CRM, wrong[i].name, wrong[i].value);
      g_autoptr (GVariant) both = g_variant_ref_sink (g_variant_new ("(@a{sv})", settings));
      g_autofree char *tested = setup_world_refuse (world, "TestAccount", both, "BadInput");
      g_autofree char *added = setup_world_refuse (world, "AddAccount", both, "BadInput");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, function) \
  g_test_add (path, SetupWorld, NULL, setup_world_set_up, function, setup_world_tear_down)
  add ("/agent/setup/discover-every-site", test_discover_every_site);
  add ("/agent/setup/discover-nothing", test_discover_nothing);
  add ("/agent/setup/discover-elsewhere", test_discover_elsewhere);
  add ("/agent/setup/read", test_read_setup);
  add ("/agent/setup/list-profiles", test_list_profiles);
  add ("/agent/setup/test-every-site", test_every_site);
  add ("/agent/setup/test-own-line", test_own_line);
  add ("/agent/setup/test-wrong-password", test_wrong_password);
  add ("/agent/setup/test-wrong-tokens", test_wrong_tokens);
  add ("/agent/setup/test-wrong-addresses", test_wrong_addresses);
  add ("/agent/setup/test-wrong-line", test_wrong_line);
  add ("/agent/setup/test-refused-channel", test_refused_channel);
  add ("/agent/setup/test-other-user", test_other_user);
  add ("/agent/setup/test-site-in-trouble", test_site_in_trouble);
  add ("/agent/setup/ticket", test_ticket);
  add ("/agent/setup/add-every-site", test_add_every_site);
  add ("/agent/setup/caller-gone", test_caller_gone);
  add ("/agent/setup/next-test", test_next_test);
  add ("/agent/setup/hostile-input", test_hostile_input);
#undef add
  return g_test_run ();
}
