/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-world.h"

#include "rd-cli-run.h"
#include "rd-test.h"

/* `ringdown account …` against the real agent and the demo's sites, and what becomes of a sign-in that has run out:
 * renewed, or asked for again, while the others' lines stand. */

#define WRONG "n0t-the-password"

static const char *
url_of (SetupWorld *world, RdDemoSiteId site)
{
  return rd_demo_site_get_url (rd_demo_sight_get_site (world->sight, site));
}

/* `account VERB --site URL --login …`, the password on stdin; everything else the site says itself. */
static RdCliRun *
run_account (SetupWorld *world, const char *verb, RdDemoSiteId site, const char *password)
{
  const char *address = g_test_dbus_get_bus_address (world->agent.bus);
  const RdDemoPerson *you = rd_demo_sight_get_you (world->sight, site);
  const char *url = url_of (world, site);
  const char *login;

  if (you == NULL && site == RD_DEMO_SITE_SEED)
    return rd_cli_run_command (address, NULL, "account", verb, "--site", url, "--user-id", "7", NULL);
  if (you == NULL)
    return rd_cli_run_command (address, rd_demo_invoices_get_token (world->sight->invoices), "account", verb, "--site",
                               url, "--user-id", "7", "--token-file", "-", NULL);
  login = site == RD_DEMO_SITE_CRM ? you->username : you->email;
  return rd_cli_run_command (address, password != NULL ? password : you->password, "account", verb, "--site", url,
                             "--login", login, "--password-file", "-", NULL);
}

/* (transfer full): the new account's id, once its line stands */
static char *
add_account (SetupWorld *world, RdDemoSiteId site)
{
  g_autoptr (RdCliRun) run = run_account (world, "add", site, NULL);
  g_auto (GStrv) words = NULL;

  if (run->status != 0)
    g_error ("%s", run->err);
  words = g_strsplit (run->out, " ", 3);
  g_assert_cmpstr (words[0], ==, "Account");
  rd_test_await (setup_world_account_is (world, words[1], "connected", ""));
  return g_strdup (words[1]);
}

static RdDBusAccount1 *
dup_account (SetupWorld *world, const char *id)
{
  g_autofree char *path = g_strdelimit (g_strconcat ("/io/github/ringdown/Ringdown/accounts/", id, NULL), "-", '_');

  return RD_DBUS_ACCOUNT1 (
    g_dbus_object_manager_get_interface (world->agent.objects, path, "io.github.ringdown.Account1"));
}

static void
test_every_site (SetupWorld *world, gconstpointer data)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      g_autoptr (RdCliRun) tested = run_account (world, "test", (RdDemoSiteId) i, NULL);
      g_autofree char *id = NULL;

      if (tested->status != 0)
        g_error ("%s: %s", rd_demo_site_id_to_string ((RdDemoSiteId) i), tested->err);
      rd_cli_assert_contains (tested->out, "✓");
      g_assert_null (strstr (tested->out, "✗"));
      id = add_account (world, (RdDemoSiteId) i);
    }
}

static void
test_wrong_password (SetupWorld *world, gconstpointer data)
{
  static const RdDemoSiteId sites[] = { RD_DEMO_SITE_CRM, RD_DEMO_SITE_TEAM, RD_DEMO_SITE_SMS };
  static const char * const verbs[] = { "test", "add" };

  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    for (guint j = 0; j < G_N_ELEMENTS (verbs); j++)
      {
        g_autoptr (RdCliRun) run = run_account (world, verbs[j], sites[i], WRONG);

        g_assert_cmpint (run->status, ==, 1);
        rd_cli_assert_contains (run->err, "refused");
        rd_cli_assert_contains (run->err, "while signing in");
        g_assert_null (strstr (run->err, WRONG));
        g_assert_null (strstr (run->out, WRONG));
      }
  g_assert_null (agent_world_dup_account (&world->agent));
}

static void
test_wrong_site (SetupWorld *world, gconstpointer data)
{
  const char *address = g_test_dbus_get_bus_address (world->agent.bus);
  const char *crm = url_of (world, RD_DEMO_SITE_CRM);
  g_autofree char *elsewhere = g_strconcat ("-> ", crm, "/.well-known/ringdown.json", NULL);
  g_autoptr (RdCliRun) unreachable = NULL, plain = NULL, redirected = NULL, setup = NULL;

  unreachable = rd_cli_run_command (address, NULL, "account", "add", "--site", "http://127.0.0.1:1", NULL);
  rd_cli_run_assert_failed (unreachable, 1, "cannot be reached");
  plain = rd_cli_run_command (address, NULL, "account", "add", "--site", "http://crm.example.org", NULL);
  rd_cli_run_assert_failed (plain, 1, "this machine alone");
  setup_world_say (world, "/.well-known/ringdown.json", elsewhere);
  redirected = rd_cli_run_command (address, NULL, "account", "add", "--site", world->stranger_url, NULL);
  rd_cli_run_assert_failed (redirected, 1, "127.0.0.1");
  setup = rd_cli_run_command (address, NULL, "account", "add", "--yes", "--setup",
                              "ringdown://setup?site=http://crm.example.org&profile=crm", NULL);
  rd_cli_run_assert_failed (setup, 1, "this machine alone");
}

static void
test_set (SetupWorld *world, gconstpointer data)
{
  const char *address = g_test_dbus_get_bus_address (world->agent.bus);
  g_autofree char *id = add_account (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusAccount1) account = dup_account (world, id);
  g_autoptr (RdCliRun) set = rd_cli_run_command (address, NULL, "account", "set", id, "--name", "The office",
                                                 "--colour", "#336699", "--sound", "soft", "--threshold", "12.50",
                                                 "--toast", "message=off", NULL);
  g_autoptr (RdCliRun) wrong = NULL, pause = NULL, resume = NULL;
  gboolean message = TRUE;

  rd_cli_run_assert_done (set);
  rd_test_await (g_strcmp0 (rd_dbus_account1_get_name (account), "The office") == 0);
  g_assert_cmpstr (rd_dbus_account1_get_colour (account), ==, "#336699");
  g_assert_cmpstr (rd_dbus_account1_get_sound (account), ==, "soft");
  g_assert_cmpstr (rd_dbus_account1_get_threshold (account), ==, "12.50");
  g_assert_true (g_variant_lookup (rd_dbus_account1_get_toasts (account), "message", "b", &message));
  g_assert_false (message);
  wrong = rd_cli_run_command (address, NULL, "account", "set", id, "--colour", "blue", NULL);
  rd_cli_run_assert_failed (wrong, 1, "colour");

  pause = rd_cli_run_command (address, NULL, "account", "pause", id, NULL);
  rd_cli_run_assert_done (pause);
  rd_test_await (setup_world_account_is (world, id, "stopped", "paused"));
  rd_test_await (rd_demo_channels_count (world->sight->channels, "crm", "private-user-7") == 0);
  resume = rd_cli_run_command (address, NULL, "account", "resume", id, NULL);
  rd_cli_run_assert_done (resume);
  rd_test_await (setup_world_account_is (world, id, "connected", ""));
}

static RdCliRun *
sign_in (SetupWorld *world, const char *id, RdDemoSiteId site, const char *password)
{
  const RdDemoPerson *you = rd_demo_sight_get_you (world->sight, site);

  return rd_cli_run_command (g_test_dbus_get_bus_address (world->agent.bus),
                             password != NULL ? password : you->password, "account", "sign-in", id, "--login",
                             site == RD_DEMO_SITE_CRM ? you->username : you->email, "--password-file", "-", NULL);
}

/* Wrong at first, as people do. */
static void
sign_in_again (SetupWorld *world, const char *id, RdDemoSiteId site)
{
  g_autoptr (RdCliRun) wrong = sign_in (world, id, site, WRONG);
  g_autoptr (RdCliRun) right = NULL;

  rd_cli_run_assert_failed (wrong, 1, "refused");
  g_assert_true (setup_world_account_is (world, id, "signed-out", NULL));
  right = sign_in (world, id, site, NULL);
  rd_cli_run_assert_done (right);
  rd_test_await (setup_world_account_is (world, id, "connected", ""));
}

static void
test_expired_token (SetupWorld *world, gconstpointer data)
{
  g_autofree char *crm = add_account (world, RD_DEMO_SITE_CRM);
  g_autofree char *sms = add_account (world, RD_DEMO_SITE_SMS);
  GVariant *whom = g_variant_new_parsed ("(%s, '11', @a{sv} {})", crm);
  g_autoptr (GVariant) placed = NULL;
  g_autofree char *refused = NULL;

  /* Run out: the call is placed all the same. */
  rd_demo_crm_expire_access (world->sight->crm, RD_DEMO_YOU);
  placed = setup_world_call (world, "PlaceCall", whom);
  g_assert_true (setup_world_account_is (world, crm, "connected", ""));

  /* Over: there is nothing to renew it with. */
  rd_demo_crm_sign_out (world->sight->crm, RD_DEMO_YOU);
  refused = setup_world_refuse (world, "PlaceCall", g_variant_new_parsed ("(%s, '12', @a{sv} {})", crm), "SignedOut");
  rd_cli_assert_contains (refused, "Sign in again");
  rd_test_await (setup_world_account_is (world, crm, "signed-out", "signed-out"));
  g_assert_true (setup_world_account_is (world, sms, "connected", ""));
  sign_in_again (world, crm, RD_DEMO_SITE_CRM);
  g_assert_true (setup_world_account_is (world, sms, "connected", ""));
}

static RdDBusMessages1 *
dup_messages (SetupWorld *world, const char *id)
{
  g_autofree char *path = g_strdelimit (g_strconcat ("/io/github/ringdown/Ringdown/accounts/", id, NULL), "-", '_');

  return RD_DBUS_MESSAGES1 (
    g_dbus_object_manager_get_interface (world->agent.objects, path, "io.github.ringdown.Messages1"));
}

static void
test_expired_cookie (SetupWorld *world, gconstpointer data)
{
  g_autofree char *sms = add_account (world, RD_DEMO_SITE_SMS);
  g_autofree char *crm = add_account (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusMessages1) messages = dup_messages (world, sms);

  /* The page's CSRF token is another (419): it is fetched again, and what was sent is sent. */
  rd_demo_sms_expire_csrf (world->sight->sms);
  agent_world_call_method (&world->agent, messages, "Send", g_variant_new ("(ss)", "1", "Still there?"), NULL);
  g_assert_true (setup_world_account_is (world, sms, "connected", ""));

  rd_demo_sms_sign_out (world->sight->sms);
  agent_world_call_method (&world->agent, messages, "Send", g_variant_new ("(ss)", "1", "And now?"), "SignedOut");
  rd_test_await (setup_world_account_is (world, sms, "signed-out", "signed-out"));
  g_assert_true (setup_world_account_is (world, crm, "connected", ""));
  sign_in_again (world, sms, RD_DEMO_SITE_SMS);
  g_assert_true (setup_world_account_is (world, crm, "connected", ""));
  agent_world_call_method (&world->agent, messages, "Send", g_variant_new ("(ss)", "1", "Here again."), NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define add(path, function) \
  g_test_add (path, SetupWorld, NULL, setup_world_set_up, function, setup_world_tear_down)
  add ("/agent/command/every-site", test_every_site);
  add ("/agent/command/wrong-password", test_wrong_password);
  add ("/agent/command/wrong-site", test_wrong_site);
  add ("/agent/command/set", test_set);
  add ("/agent/command/expired-token", test_expired_token);
  add ("/agent/command/expired-cookie", test_expired_cookie);
#undef add
  return g_test_run ();
}
