/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sites-world.h"

/* What every site has to say reaches the user once: live, after an outage, after a restart, and through more than one
 * of these. */

#define ADA 11
#define INVOICE 3


static void
add_all (SitesWorld *world, char **ids)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    ids[i] = sites_world_add (world, (RdDemoSiteId) i);
}

static void
free_all (char **ids)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    g_free (ids[i]);
}

static void
write_to_you (SitesWorld *world, const char *text)
{
  g_autoptr (GError) error = NULL;

  rd_demo_crm_send_message (world->sight->crm, ADA, RD_DEMO_YOU, text, &error);
  g_assert_no_error (error);
}

/* At each site something happens that its user wants to know of. */
static void
happen (SitesWorld *world, const char *when, guint invoice)
{
  g_autofree char *crm = g_strconcat ("CRM ", when, NULL);
  g_autofree char *team = g_strconcat ("Team ", when, NULL);
  g_autofree char *sms = g_strconcat ("SMS ", when, NULL);

  write_to_you (world, crm);
  g_assert_nonnull (rd_demo_team_post (world->sight->team, ADA, RD_DEMO_WORKSPACE, team));
  g_assert_cmpint (rd_demo_sms_receive (world->sight->sms, 1, sms), >, 0);
  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, invoice));
}

static guint
count (SitesWorld *world, const char *site, const char *when)
{
  g_autofree char *what = g_strconcat ("message ", site, " ", when, NULL);

  return sites_world_count_told (world, what);
}

static guint
count_paid (SitesWorld *world, guint invoice)
{
  g_autofree char *what = g_strdup_printf ("payment.received %u", invoice);

  return sites_world_count_told (world, what);
}

static void
await_told (SitesWorld *world, const char *when, guint invoice)
{
  rd_test_await (count (world, "CRM", when) > 0);
  rd_test_await (count (world, "Team", when) > 0);
  rd_test_await (count (world, "SMS", when) > 0);
  rd_test_await (count_paid (world, invoice) > 0);
}

static void
assert_once (SitesWorld *world, const char *when, guint invoice)
{
  g_assert_cmpuint (count (world, "CRM", when), ==, 1);
  g_assert_cmpuint (count (world, "Team", when), ==, 1);
  g_assert_cmpuint (count (world, "SMS", when), ==, 1);
  g_assert_cmpuint (count_paid (world, invoice), ==, 1);
}

static void
await_state (SitesWorld *world, char **ids, const char *state)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    rd_test_await (sites_world_is (world, ids[i], state));
}

static void
await_back (SitesWorld *world, char **ids)
{
  await_state (world, ids, "connected");
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    rd_test_await (rd_demo_sight_is_on_the_line (world->sight, (RdDemoSiteId) i));
}

static void
test_live (SitesWorld *world, gconstpointer data)
{
  char *ids[RD_DEMO_N_SITES];

  add_all (world, ids);
  happen (world, "live", INVOICE);
  await_told (world, "live", INVOICE);
  g_assert_true (rd_demo_invoices_pay (world->sight->seed, 1));
  rd_test_await (count_paid (world, 1) == 1);
  happen (world, "next", INVOICE + 1);
  await_told (world, "next", INVOICE + 1);
  assert_once (world, "live", INVOICE);
  free_all (ids);
}

static void
test_outage (SitesWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *missed = NULL;
  char *ids[RD_DEMO_N_SITES];
  RdDemoCall *call;

  add_all (world, ids);
  happen (world, "before", INVOICE);
  await_told (world, "before", INVOICE);
  sites_world_cut (world);
  await_state (world, ids, "waiting");
  happen (world, "meanwhile", INVOICE + 1);
  call = rd_demo_crm_place (world->sight->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  g_assert_no_error (error);
  rd_demo_crm_act (world->sight->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  missed = g_strdup_printf ("missed %" G_GINT64_FORMAT, call->id);
  sites_world_mend (world);
  await_back (world, ids);
  await_told (world, "meanwhile", INVOICE + 1);
  rd_test_await (sites_world_count_told (world, missed) == 1);
  happen (world, "after", INVOICE + 2);
  await_told (world, "after", INVOICE + 2);
  assert_once (world, "before", INVOICE);
  assert_once (world, "meanwhile", INVOICE + 1);
  assert_once (world, "after", INVOICE + 2);
  g_assert_cmpuint (sites_world_count_told (world, missed), ==, 1);
  free_all (ids);
}

static void
test_restart (SitesWorld *world, gconstpointer data)
{
  char *ids[RD_DEMO_N_SITES];

  add_all (world, ids);
  happen (world, "before", INVOICE);
  await_told (world, "before", INVOICE);
  agent_world_quit (&world->base);
  happen (world, "meanwhile", INVOICE + 1);
  agent_world_start_agent (&world->base);
  await_back (world, ids);
  await_told (world, "meanwhile", INVOICE + 1);
  happen (world, "after", INVOICE + 2);
  await_told (world, "after", INVOICE + 2);
  assert_once (world, "before", INVOICE);
  assert_once (world, "meanwhile", INVOICE + 1);
  free_all (ids);
}

/* The same if nobody could write anything down at the end: what was before the last write is known. */
static void
test_killed (SitesWorld *world, gconstpointer data)
{
  char *ids[RD_DEMO_N_SITES];

  add_all (world, ids);
  happen (world, "before", INVOICE);
  await_told (world, "before", INVOICE);
  sites_world_cut (world);
  await_state (world, ids, "waiting");
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    rd_test_await (sites_world_remembers (world, ids[i]));
  sites_world_mend (world);
  await_back (world, ids);
  sites_world_kill (world);
  happen (world, "meanwhile", INVOICE + 1);
  agent_world_start_agent (&world->base);
  await_back (world, ids);
  await_told (world, "meanwhile", INVOICE + 1);
  assert_once (world, "meanwhile", INVOICE + 1);
  assert_once (world, "before", INVOICE);
  free_all (ids);
}

static void
set_moods (SitesWorld *world, RdDemoMood mood)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    rd_demo_site_set_mood (rd_demo_sight_get_site (world->sight, (RdDemoSiteId) i), mood);
}

/* What could not be asked after one outage is asked after the next. The SMS portal's channels are public: its line
 * comes back whatever its API says. */
static void
test_cut_again (SitesWorld *world, gconstpointer data)
{
  guint asked;
  char *ids[RD_DEMO_N_SITES];

  add_all (world, ids);
  sites_world_cut (world);
  await_state (world, ids, "waiting");
  happen (world, "meanwhile", INVOICE);
  set_moods (world, RD_DEMO_MOOD_ERROR);
  asked = sites_world_count_asked (world, "sms GET /api/conversations");
  sites_world_mend (world);
  rd_test_await (sites_world_is (world, ids[RD_DEMO_SITE_SMS], "connected"));
  rd_test_await (sites_world_count_asked (world, "sms GET /api/conversations") > asked);
  sites_world_cut (world);
  await_state (world, ids, "waiting");
  set_moods (world, RD_DEMO_MOOD_FINE);
  sites_world_mend (world);
  await_back (world, ids);
  await_told (world, "meanwhile", INVOICE);
  assert_once (world, "meanwhile", INVOICE);
  free_all (ids);
}

/* … and by the next run, if this one did not come to it. */
static void
test_owed_over_restart (SitesWorld *world, gconstpointer data)
{
  guint asked;
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_SMS);

  sites_world_cut (world);
  rd_test_await (sites_world_is (world, id, "waiting"));
  g_assert_cmpint (rd_demo_sms_receive (world->sight->sms, 1, "SMS owed"), >, 0);
  set_moods (world, RD_DEMO_MOOD_ERROR);
  asked = sites_world_count_asked (world, "sms GET /api/conversations");
  sites_world_mend (world);
  rd_test_await (sites_world_is (world, id, "connected"));
  rd_test_await (sites_world_count_asked (world, "sms GET /api/conversations") > asked);
  agent_world_quit (&world->base);
  set_moods (world, RD_DEMO_MOOD_FINE);
  agent_world_start_agent (&world->base);
  rd_test_await (count (world, "SMS", "owed") == 1);
}

static gboolean
unread_is (SitesWorld *world, const char *id, guint unread)
{
  g_autoptr (RdDBusMessages1) messages = sites_world_dup_part (world, id, "Messages1");

  return messages != NULL && rd_dbus_messages1_get_unread (messages) == unread;
}

static gboolean
online_is (SitesWorld *world, const char *id, guint online)
{
  g_autoptr (RdDBusPeople1) people = sites_world_dup_part (world, id, "People1");

  return people != NULL && rd_dbus_people1_get_online (people) == online;
}

static guint
count_present (SitesWorld *world)
{
  GPtrArray *people = rd_demo_team_get_people (world->sight->team);
  guint count = 0;

  for (guint i = 0; i < people->len; i++)
    count += rd_demo_team_is_present (world->sight->team, ((const RdDemoPerson *) people->pdata[i])->id);
  return count;
}

/* How much is unread and who is there is as the site has it, whatever has happened since. */
static void
test_standing (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *team = sites_world_add (world, RD_DEMO_SITE_TEAM);

  write_to_you (world, "CRM one");
  rd_test_await (unread_is (world, crm, rd_demo_crm_count_unread (world->sight->crm, RD_DEMO_YOU)));
  rd_test_await (online_is (world, team, count_present (world)));
  sites_world_cut (world);
  rd_test_await (sites_world_is (world, crm, "waiting"));
  write_to_you (world, "CRM two");
  rd_demo_team_hire (world->sight->team, "Katherine Johnson");
  sites_world_mend (world);
  rd_test_await (unread_is (world, crm, rd_demo_crm_count_unread (world->sight->crm, RD_DEMO_YOU)));
  rd_test_await (rd_demo_sight_is_on_the_line (world->sight, RD_DEMO_SITE_TEAM));
  rd_test_await (online_is (world, team, count_present (world)));
  agent_world_quit (&world->base);
  write_to_you (world, "CRM three");
  agent_world_start_agent (&world->base);
  rd_test_await (unread_is (world, crm, rd_demo_crm_count_unread (world->sight->crm, RD_DEMO_YOU)));
  rd_test_await (rd_demo_sight_is_on_the_line (world->sight, RD_DEMO_SITE_TEAM));
  rd_test_await (online_is (world, team, count_present (world)));
}

/* That an invoice is not to be paid any more is news only to who knew that it was. */
static void
test_open_invoices (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_INVOICES);

  rd_test_await (sites_world_remembers_open (world, id, "4"));
  g_assert_true (rd_demo_invoices_set_status (world->sight->invoices, INVOICE, "cancelled"));
  rd_test_await (sites_world_count_told (world, "invoice.status 3") == 1);
  agent_world_quit (&world->base);
  g_assert_true (rd_demo_invoices_set_status (world->sight->invoices, INVOICE + 1, "cancelled"));
  agent_world_start_agent (&world->base);
  rd_test_await (sites_world_count_told (world, "invoice.status 4") == 1);
  agent_world_quit (&world->base);
  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, INVOICE + 2));
  agent_world_start_agent (&world->base);
  rd_test_await (count_paid (world, INVOICE + 2) == 1);
  g_assert_cmpuint (sites_world_count_told (world, "invoice.status 3"), ==, 1);
  g_assert_cmpuint (sites_world_count_told (world, "invoice.status 4"), ==, 1);
}

static void
test_own_line (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add_own_line (world);
  g_autoptr (RdDBusAccount1) account = sites_world_dup_account (world, id);
  g_autoptr (GError) error = NULL;
  g_autofree char *missed = NULL;
  RdDemoCall *call;

  g_assert_cmpuint (sites_world_count_channels (world, id), ==, 1);
  call = rd_demo_crm_place (world->sight->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (&world->base, "ringing-in"));
  rd_demo_crm_act (world->sight->crm, ADA, call->id, "end", &error);
  rd_test_await (agent_world_call_is (&world->base, NULL));
  /* Back at once, and nothing lost. */
  rd_demo_crm_drop_line (world->sight->crm);
  call = rd_demo_crm_place (world->sight->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  rd_demo_crm_act (world->sight->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  missed = g_strdup_printf ("missed %" G_GINT64_FORMAT, call->id);
  rd_test_await (sites_world_count_told (world, missed) == 1);
  rd_test_await (sites_world_is (world, id, "connected"));
  g_assert_cmpstr (rd_dbus_account1_get_reason (account), ==, "");
}

/* The line tells of calls; messages are found by asking, once each. */
static void
test_own_line_polls (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add_own_line (world);

  write_to_you (world, "CRM first");
  write_to_you (world, "CRM second");
  rd_test_await (count (world, "CRM", "second") == 1);
  rd_test_await (count (world, "CRM", "first") == 1);
  write_to_you (world, "CRM third");
  rd_test_await (count (world, "CRM", "third") == 1);
  g_assert_cmpuint (count (world, "CRM", "first"), ==, 1);
  g_assert_cmpuint (count (world, "CRM", "second"), ==, 1);
}

/* A site that takes the token nowhere else does not take the line up either. */
static void
test_own_line_refused (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add_own_line (world);

  rd_demo_crm_sign_out (world->sight->crm, RD_DEMO_YOU);
  rd_demo_crm_drop_line (world->sight->crm);
  rd_test_await (sites_world_is (world, id, "signed-out"));
  sites_world_sign_in (world, RD_DEMO_SITE_CRM, id);
  rd_test_await (sites_world_is (world, id, "connected"));
  rd_test_await (rd_demo_crm_count_line (world->sight->crm) == 1);
}

/* Another's site, which knows nothing of such a line. */
static void
test_no_line_there (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = NULL;
  g_autoptr (RdDBusAccount1) account = NULL;
  GVariantDict dict;
  g_autoptr (GVariant) changes = NULL;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "site", "s", rd_demo_site_get_url (rd_demo_invoices_get_site (world->sight->invoices)));
  g_variant_dict_insert (&dict, "token", "s", "somebody's");
  g_variant_dict_insert (&dict, "user-id", "s", "7");
  changes = g_variant_ref_sink (g_variant_dict_end (&dict));
  rd_demo_servers_set_own_line (world->servers, TRUE);
  id = sites_world_add_only (world, RD_DEMO_SITE_CRM, changes);
  rd_test_await ((account = sites_world_dup_account (world, id)) != NULL);
  rd_test_await (g_strcmp0 (rd_dbus_account1_get_reason (account), "no-line") == 0);
  g_assert_cmpstr (rd_dbus_account1_get_state (account), !=, "connected");
}

/* Where nothing can be pushed, the site is asked, and the account says so. */
static void
test_polls_instead (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_SMS);

  sites_world_cut (world);
  rd_test_await (sites_world_hears_by (world, id, "polling"));
  g_assert_cmpint (rd_demo_sms_receive (world->sight->sms, 1, "SMS polled"), >, 0);
  rd_test_await (count (world, "SMS", "polled") == 1);
  sites_world_mend (world);
  rd_test_await (sites_world_hears_by (world, id, "push"));
  g_assert_cmpint (rd_demo_sms_receive (world->sight->sms, 1, "SMS pushed"), >, 0);
  rd_test_await (count (world, "SMS", "pushed") == 1);
  g_assert_cmpuint (count (world, "SMS", "polled"), ==, 1);
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
  add ("/agent/sites/live", test_live);
  add ("/agent/sites/outage", test_outage);
  add ("/agent/sites/restart", test_restart);
  add ("/agent/sites/killed", test_killed);
  add ("/agent/sites/cut-again", test_cut_again);
  add ("/agent/sites/owed-over-restart", test_owed_over_restart);
  add ("/agent/sites/standing", test_standing);
  add ("/agent/sites/open-invoices", test_open_invoices);
  add ("/agent/sites/own-line", test_own_line);
  add ("/agent/sites/own-line-polls", test_own_line_polls);
  add ("/agent/sites/own-line-refused", test_own_line_refused);
  add ("/agent/sites/no-line-there", test_no_line_there);
  add ("/agent/sites/polls-instead", test_polls_instead);
  return g_test_run ();
}
