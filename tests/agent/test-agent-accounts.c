/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sites-world.h"

/* Several accounts in one agent: what happens to one is none of the others' business. */

#define ADA 11

typedef struct
{
  char *crm;
  char *team;
  char *sms;
} Three;

static void
three_clear (Three *three)
{
  g_free (three->crm);
  g_free (three->team);
  g_free (three->sms);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Three, three_clear)

static void
add_three (SitesWorld *world, Three *three)
{
  three->crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  three->team = sites_world_add (world, RD_DEMO_SITE_TEAM);
  three->sms = sites_world_add (world, RD_DEMO_SITE_SMS);
}

static void
assert_crm (SitesWorld *world, const char *text)
{
  g_autofree char *told = g_strconcat ("message ", text, NULL);
  g_autoptr (GError) error = NULL;

  rd_demo_crm_send_message (world->sight->crm, ADA, RD_DEMO_YOU, text, &error);
  g_assert_no_error (error);
  rd_test_await (sites_world_count_told (world, told) == 1);
}

static void
assert_team (SitesWorld *world, const char *text)
{
  g_autofree char *told = g_strconcat ("message ", text, NULL);

  g_assert_nonnull (rd_demo_team_post (world->sight->team, ADA, RD_DEMO_WORKSPACE, text));
  rd_test_await (sites_world_count_told (world, told) == 1);
}

static void
assert_sms (SitesWorld *world, const char *text)
{
  g_autofree char *told = g_strconcat ("message ", text, NULL);

  g_assert_cmpint (rd_demo_sms_receive (world->sight->sms, 1, text), >, 0);
  rd_test_await (sites_world_count_told (world, told) == 1);
}

static void
test_signed_out_alone (SitesWorld *world, gconstpointer data)
{
  g_auto (Three) three = { NULL };

  add_three (world, &three);
  rd_demo_team_sign_out (world->sight->team, RD_DEMO_YOU);
  rd_demo_channels_drop (world->sight->channels);
  rd_test_await (sites_world_is (world, three.team, "signed-out"));
  sites_world_await_line (world, three.crm, RD_DEMO_SITE_CRM);
  sites_world_await_line (world, three.sms, RD_DEMO_SITE_SMS);
  assert_crm (world, "Still here");
  assert_sms (world, "Here, too");
  g_assert_true (sites_world_is (world, three.team, "signed-out"));
  sites_world_sign_in (world, RD_DEMO_SITE_TEAM, three.team);
  sites_world_await_line (world, three.team, RD_DEMO_SITE_TEAM);
  assert_team (world, "Back again");
}

/* The link came back long before anybody signed in. */
static void
test_missed_while_signed_out (SitesWorld *world, gconstpointer data)
{
  static const RdDemoSiteId sites[] = { RD_DEMO_SITE_CRM, RD_DEMO_SITE_TEAM };
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *team = sites_world_add (world, RD_DEMO_SITE_TEAM);
  const char *ids[] = { crm, team };
  g_autoptr (GError) error = NULL;

  assert_crm (world, "CRM before");
  assert_team (world, "Team before");
  rd_demo_crm_sign_out (world->sight->crm, RD_DEMO_YOU);
  rd_demo_team_sign_out (world->sight->team, RD_DEMO_YOU);
  rd_demo_channels_drop (world->sight->channels);
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    rd_test_await (sites_world_is (world, ids[i], "signed-out"));
  rd_demo_crm_send_message (world->sight->crm, ADA, RD_DEMO_YOU, "CRM meanwhile", &error);
  g_assert_no_error (error);
  g_assert_nonnull (rd_demo_team_post (world->sight->team, ADA, RD_DEMO_WORKSPACE, "Team meanwhile"));
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      sites_world_sign_in (world, sites[i], ids[i]);
      sites_world_await_line (world, ids[i], sites[i]);
    }
  rd_test_await (sites_world_count_told (world, "message CRM meanwhile") == 1);
  rd_test_await (sites_world_count_told (world, "message Team meanwhile") == 1);
  assert_crm (world, "CRM after");
  assert_team (world, "Team after");
  g_assert_cmpuint (sites_world_count_told (world, "message CRM before"), ==, 1);
  g_assert_cmpuint (sites_world_count_told (world, "message Team before"), ==, 1);
}

static void
test_bad_site_alone (SitesWorld *world, gconstpointer data)
{
  static const RdDemoMood moods[] = { RD_DEMO_MOOD_HTML, RD_DEMO_MOOD_ERROR, RD_DEMO_MOOD_SILENT };
  g_auto (Three) three = { NULL };

  add_three (world, &three);
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    {
      g_autofree char *team = g_strdup_printf ("Team in mood %u", i);
      g_autofree char *sms = g_strdup_printf ("SMS in mood %u", i);

      rd_demo_site_set_mood (rd_demo_crm_get_site (world->sight->crm), moods[i]);
      rd_demo_channels_drop (world->sight->channels);
      rd_test_await (!sites_world_is (world, three.crm, "connected"));
      sites_world_await_line (world, three.team, RD_DEMO_SITE_TEAM);
      sites_world_await_line (world, three.sms, RD_DEMO_SITE_SMS);
      assert_team (world, team);
      assert_sms (world, sms);
    }
  rd_demo_site_set_mood (rd_demo_crm_get_site (world->sight->crm), RD_DEMO_MOOD_FINE);
  sites_world_await_line (world, three.crm, RD_DEMO_SITE_CRM);
  assert_crm (world, "Well again");
}

/* No line, no polling, no toasts; also after a restart. */
static void
test_paused_alone (SitesWorld *world, gconstpointer data)
{
  g_auto (Three) three = { NULL };
  g_autoptr (RdDBusAccount1) account = NULL;
  g_autoptr (GError) error = NULL;
  guint asked;

  add_three (world, &three);
  sites_world_pause (world, three.crm, TRUE);
  rd_test_await (sites_world_is (world, three.crm, "stopped"));
  account = sites_world_dup_account (world, three.crm);
  g_assert_cmpstr (rd_dbus_account1_get_reason (account), ==, "paused");
  g_assert_cmpstr (rd_dbus_account1_get_delivery (account), ==, "");
  rd_test_await (rd_demo_channels_count (world->sight->channels, "crm", NULL) == 0);

  agent_world_quit (&world->base);
  agent_world_start_agent (&world->base);
  sites_world_await_line (world, three.team, RD_DEMO_SITE_TEAM);
  sites_world_await_line (world, three.sms, RD_DEMO_SITE_SMS);
  asked = sites_world_count_asked (world, "crm ");
  rd_demo_crm_send_message (world->sight->crm, ADA, RD_DEMO_YOU, "In the pause", &error);
  g_assert_no_error (error);
  assert_team (world, "Working");
  assert_sms (world, "Working, too");
  g_assert_true (sites_world_is (world, three.crm, "stopped"));
  g_assert_cmpuint (sites_world_count_asked (world, "crm "), ==, asked);
  g_assert_cmpuint (sites_world_count_told (world, "message In the pause"), ==, 0);

  sites_world_pause (world, three.crm, FALSE);
  sites_world_await_line (world, three.crm, RD_DEMO_SITE_CRM);
  rd_test_await (sites_world_count_told (world, "message In the pause") == 1);
  assert_crm (world, "After it");
  g_assert_cmpuint (sites_world_count_told (world, "message In the pause"), ==, 1);
}

/* TRUE if @word stands in a file of @folder's, or is one's name. */
static gboolean
is_in_folder (const char *folder, const char *word)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean found = FALSE;
  const char *name;

  while (dir != NULL && !found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        found = is_in_folder (path, word);
      else if (g_file_get_contents (path, &text, NULL, NULL))
        found = strstr (name, word) != NULL || strstr (text, word) != NULL;
    }
  return found;
}

static gboolean
is_kept (SitesWorld *world, const char *word)
{
  g_autofree char *config = g_build_filename (world->base.dir, "config", NULL);
  g_autofree char *folder = g_build_filename (world->base.dir, "data", NULL);

  return is_in_folder (config, word) || is_in_folder (folder, word);
}

static char *
name_account (const char *id)
{
  return g_strdup_printf ("\"%s\"", id);
}

static void
test_removed_alone (SitesWorld *world, gconstpointer data)
{
  g_auto (Three) three = { NULL };
  g_autofree char *quoted = NULL;
  g_autofree char *file = NULL;

  add_three (world, &three);
  /* It has something to leave behind: settings, cookies, what was told. */
  assert_sms (world, "Something");
  quoted = name_account (three.sms);
  file = g_strconcat (three.sms, ".json", NULL);
  rd_test_await (is_kept (world, "laravel_session"));
  rd_test_await (is_kept (world, quoted));
  rd_test_await (is_kept (world, file));
  agent_world_call_method (&world->base, world->base.agent1, "RemoveAccount", g_variant_new ("(s)", three.sms), NULL);
  rd_test_await (!is_kept (world, quoted));
  rd_test_await (!is_kept (world, "laravel_session"));
  rd_test_await (!is_kept (world, file));
  rd_test_await (rd_demo_channels_count (world->sight->channels, "sms", NULL) == 0);
  assert_crm (world, "Still here");
  assert_team (world, "Here, too");
  /* … and nothing comes back at the end. */
  agent_world_quit (&world->base);
  g_assert_false (is_kept (world, quoted));
  g_assert_false (is_kept (world, file));
  g_assert_false (is_kept (world, "laravel_session"));
}

/* What is new while the line stands gets its channel; how many there are is bounded. */
static void
test_followed (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_SMS);
  /* the profile's own two, and one for each conversation */
  guint before = 2 + rd_demo_sms_count_conversations (world->sight->sms);
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  guint count;

  rd_test_await (sites_world_count_channels (world, id) == before);
  rd_demo_sms_add_conversations (world->sight->sms, 1);
  count = rd_demo_sms_count_conversations (world->sight->sms);
  first = g_strdup_printf ("messenger.%u", count);
  g_assert_cmpuint (rd_demo_channels_count (world->sight->channels, "sms", first), ==, 0);
  g_assert_cmpint (rd_demo_sms_receive (world->sight->sms, count, "A stranger"), >, 0);
  rd_test_await (rd_demo_channels_count (world->sight->channels, "sms", first) == 1);
  rd_test_await (sites_world_count_channels (world, id) == before + 1);

  rd_demo_sms_add_conversations (world->sight->sms, 300);
  count = rd_demo_sms_count_conversations (world->sight->sms);
  last = g_strdup_printf ("messenger.%u", count);
  rd_demo_channels_drop (world->sight->channels);
  /* Those of the profile's own, and the newest hundred. */
  rd_test_await (sites_world_count_channels (world, id) == 102);
  g_assert_cmpint (rd_demo_sms_receive (world->sight->sms, count, "Another"), >, 0);
  rd_test_await (sites_world_count_told (world, "message Another") == 1);
  rd_test_await (rd_demo_channels_count (world->sight->channels, "sms", last) == 1);
  rd_test_await (sites_world_count_channels (world, id) == 102);
}

/* In the file itself, and not in one that is to take its place. */
static gboolean
is_stored (SitesWorld *world, const char *secret)
{
  g_autofree char *path = g_build_filename (world->base.dir, "config", "ringdown", "secrets.json", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, secret) != NULL;
}

/* The old refresh token is worth nothing once the site has answered. */
static void
test_renewed_and_killed (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  const RdDemoPerson *you = rd_demo_sight_get_you (world->sight, RD_DEMO_SITE_CRM);
  g_autofree char *old = g_strdup (you->refresh);

  for (guint i = 1; i <= 3; i++)
    {
      rd_demo_crm_expire_access (world->sight->crm, RD_DEMO_YOU);
      rd_demo_channels_drop (world->sight->channels);
      rd_test_await (sites_world_count_asked (world, "crm POST /api/auth/token/refresh/") >= i);
      rd_test_await (is_stored (world, you->refresh));
      g_assert_cmpstr (you->refresh, !=, old);
      sites_world_kill (world);
      agent_world_start_agent (&world->base);
      sites_world_await_line (world, id, RD_DEMO_SITE_CRM);
    }
  assert_crm (world, "Signed in all the time");
}

/* The site's heartbeat says "online", whatever the user chose elsewhere. */
static void
test_busy_is_left_alone (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (RdDBusPeople1) people = NULL;

  rd_demo_crm_set_presence (world->sight->crm, RD_DEMO_YOU, "busy", TRUE, "In a meeting");
  id = sites_world_add (world, RD_DEMO_SITE_CRM);
  people = sites_world_dup_part (world, id, "People1");
  g_assert_nonnull (people);
  rd_test_await (g_strcmp0 (rd_dbus_people1_get_status (people), "busy") == 0);
  assert_crm (world, "Are you there?");
  g_assert_cmpuint (sites_world_count_asked (world, "crm POST /api/jitsi-calls/heartbeat/"), ==, 0);
  g_assert_cmpstr (rd_demo_sight_get_you (world->sight, RD_DEMO_SITE_CRM)->status, ==, "busy");
  /* Free again: now the site hears of it. */
  agent_world_call_method (&world->base, people, "SetStatus", g_variant_new ("(sbs)", "online", TRUE, ""), NULL);
  rd_test_await (sites_world_count_asked (world, "crm POST /api/jitsi-calls/heartbeat/") == 1);
}

static void
add (const char *name, void (*test) (SitesWorld *, gconstpointer))
{
  g_test_add (name, SitesWorld, NULL, sites_world_set_up, test, sites_world_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/agent/accounts/signed-out-alone", test_signed_out_alone);
  add ("/agent/accounts/missed-while-signed-out", test_missed_while_signed_out);
  add ("/agent/accounts/bad-site-alone", test_bad_site_alone);
  add ("/agent/accounts/paused-alone", test_paused_alone);
  add ("/agent/accounts/removed-alone", test_removed_alone);
  add ("/agent/accounts/followed", test_followed);
  add ("/agent/accounts/renewed-and-killed", test_renewed_and_killed);
  add ("/agent/accounts/busy-is-left-alone", test_busy_is_left_alone);
  return g_test_run ();
}
