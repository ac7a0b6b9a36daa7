/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sites-world.h"

#include <string.h>

/* Do not disturb, through the real agent: nobody is called away, and nothing is lost. You are user 7. */

#define ADA 11
#define GRACE 12
#define AGENT_PATH "/io/github/ringdown/Ringdown/Agent"

static RdDBusQuiet1 *
dup_quiet (SitesWorld *world)
{
  g_autoptr (GDBusInterface) interface
    = g_dbus_object_manager_get_interface (world->base.objects, AGENT_PATH, "io.github.ringdown.Quiet1");

  g_assert_true (RD_DBUS_IS_QUIET1 (interface));
  return RD_DBUS_QUIET1 (g_steal_pointer (&interface));
}

static void
set (SitesWorld *world, gboolean on, gint64 until, const char *code)
{
  g_autoptr (RdDBusQuiet1) quiet = dup_quiet (world);

  agent_world_call_method (&world->base, quiet, "Set", g_variant_new ("(bx)", on, until), code);
  if (code == NULL)
    rd_test_await (g_str_equal (rd_dbus_quiet1_get_why (quiet), on ? "switch" : ""));
}

static void
treat (SitesWorld *world, const char *account, gint64 person, const char *treatment, const char *code)
{
  g_autoptr (RdDBusQuiet1) quiet = dup_quiet (world);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, person);

  agent_world_call_method (&world->base, quiet, "SetContact",
                           g_variant_new ("(ssss)", account, id, "Somebody", treatment), code);
}

static RdDemoCall *
call_from (SitesWorld *world, gint64 person)
{
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = rd_demo_crm_place (world->sight->crm, person, RD_DEMO_YOU, FALSE, &error);

  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (&world->base, "ringing-in"));
  return call;
}

static void
give_up (SitesWorld *world, gint64 person, RdDemoCall *call)
{
  g_autoptr (GError) error = NULL;

  rd_demo_crm_act (world->sight->crm, person, call->id, "end", &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (&world->base, NULL));
}

static void
write_from (SitesWorld *world, gint64 person, const char *text)
{
  g_autoptr (GError) error = NULL;

  rd_demo_crm_send_message (world->sight->crm, person, RD_DEMO_YOU, text, &error);
  g_assert_no_error (error);
}

static guint
count_shown (SitesWorld *world)
{
  return mock_notifications_count_shown (world->base.notifications);
}

static guint
count_windows (SitesWorld *world)
{
  g_auto (GStrv) windows = agent_world_dup_windows (&world->base);

  return g_strv_length (windows);
}

static gboolean
shows (SitesWorld *world, const char *text)
{
  return agent_world_find_notification (&world->base, text) >= 0;
}

/* A call while nobody is to be disturbed is live and missed as any other; its end is told of with the rest. */
static void
test_all_is_kept (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *invoices = sites_world_add (world, RD_DEMO_SITE_INVOICES);
  g_autoptr (MockNotification) summary = NULL;
  RdDemoCall *call;

  set (world, TRUE, 0, NULL);
  call = call_from (world, ADA);
  g_assert_true (agent_world_ring_is (&world->base, "silent"));
  write_from (world, GRACE, "First");
  write_from (world, GRACE, "Second");
  rd_test_await (sites_world_count_told (world, "message Second") == 1);
  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, 4));
  rd_test_await (world->told->len >= 3);
  give_up (world, ADA, call);
  g_assert_cmpuint (count_shown (world), ==, 0);
  g_assert_cmpuint (count_windows (world), ==, 0);

  set (world, FALSE, 0, NULL);
  rd_test_await (shows (world, "not to be disturbed"));
  summary = mock_notifications_dup_shown (world->base.notifications, count_shown (world) - 1);
  g_assert_cmpstr (summary->body, ==, "1 missed call\n2 messages\n1 invoice paid");
  g_assert_cmpuint (count_shown (world), ==, 1);
  /* Only once. */
  set (world, TRUE, 0, NULL);
  set (world, FALSE, 0, NULL);
  write_from (world, GRACE, "Third");
  rd_test_await (shows (world, "Third"));
  g_assert_cmpuint (count_shown (world), ==, 2);
}

/* Nobody is there to tell it later. */
static void
test_told_at_the_end (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);

  set (world, TRUE, 0, NULL);
  write_from (world, GRACE, "First");
  rd_test_await (sites_world_count_told (world, "message First") == 1);
  g_assert_cmpuint (count_shown (world), ==, 0);
  agent_world_quit (&world->base);
  rd_test_await (shows (world, "not to be disturbed"));
  g_assert_cmpuint (count_shown (world), ==, 1);
  agent_world_start_agent (&world->base);
}

/* Nor is a missed call of which the user knows. */
static void
test_seen_meanwhile (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (GDBusInterface) history
    = g_dbus_object_manager_get_interface (world->base.objects, AGENT_PATH, "io.github.ringdown.History1");
  RdDemoCall *call;

  set (world, TRUE, 0, NULL);
  call = call_from (world, ADA);
  give_up (world, ADA, call);
  rd_test_await (rd_dbus_history1_get_missed (RD_DBUS_HISTORY1 (history)) == 1);
  agent_world_call_method (&world->base, history, "MarkSeen", NULL, NULL);
  rd_test_await (rd_dbus_history1_get_missed (RD_DBUS_HISTORY1 (history)) == 0);
  set (world, FALSE, 0, NULL);
  write_from (world, GRACE, "First");
  rd_test_await (shows (world, "First"));
  g_assert_cmpuint (count_shown (world), ==, 1);
}

/* The id of the conversation in which this was written last */
static char *
dup_conversation (RdDBusMessages1 *messages, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) conversations = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GError) error = NULL;
  char *id = NULL;

  rd_dbus_messages1_call_list_conversations (messages, text, 0, 10, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  rd_dbus_messages1_call_list_conversations_finish (messages, &conversations, NULL, result, &error);
  g_assert_no_error (error);
  first = g_variant_get_child_value (conversations, 0);
  g_assert_true (g_variant_lookup (first, "id", "s", &id));
  return id;
}

/* What was read elsewhere meanwhile is not told of. */
static void
test_read_meanwhile (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusMessages1) messages = sites_world_dup_part (world, crm, "Messages1");
  g_autofree char *conversation = NULL;

  set (world, TRUE, 0, NULL);
  write_from (world, GRACE, "First");
  rd_test_await (sites_world_count_told (world, "message First") == 1);
  conversation = dup_conversation (messages, "First");
  agent_world_call_method (&world->base, messages, "MarkRead", g_variant_new ("(s)", conversation), NULL);
  rd_test_await (rd_dbus_messages1_get_unread (messages) == 0);
  set (world, FALSE, 0, NULL);
  write_from (world, ADA, "Second");
  rd_test_await (shows (world, "Second"));
  g_assert_cmpuint (count_shown (world), ==, 1);
}

static void
set_desktop (SitesWorld *world, gboolean inhibited)
{
  g_autoptr (RdDBusQuiet1) quiet = dup_quiet (world);

  mock_notifications_set_inhibited (world->base.notifications, inhibited);
  rd_test_await (rd_dbus_quiet1_get_desktop (quiet) == inhibited);
}

/* The desktop's own mode: a ringing call is held back, or its banner would go through it; what the server keeps back by
 * itself is the server's. There is no sound of anything, and no summary. */
static void
test_desktop (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusQuiet1) quiet = dup_quiet (world);
  RdDemoCall *call;

  set_desktop (world, TRUE);
  g_assert_cmpstr (rd_dbus_quiet1_get_why (quiet), ==, "");
  g_assert_false (rd_dbus_quiet1_get_banners (quiet));
  g_assert_false (rd_dbus_quiet1_get_sounds (quiet));
  call = call_from (world, ADA);
  write_from (world, GRACE, "First");
  rd_test_await (shows (world, "First"));
  g_assert_cmpuint (count_shown (world), ==, 1);
  g_assert_cmpuint (count_windows (world), ==, 0);
  g_assert_true (agent_world_ring_is (&world->base, "silent"));
  /* It ends while the call rings. */
  set_desktop (world, FALSE);
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  rd_test_await (count_shown (world) == 2);
  set_desktop (world, TRUE);
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
  treat (world, crm, ADA, "vip", NULL);
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  give_up (world, ADA, call);
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
}

/* Xfce's shows only in its server's buttons: the first call after it comes forth. */
static void
test_desktop_without_a_word (SitesWorld *world, gconstpointer data)
{
  static const char * const quiet_caps[] = { "body", NULL };
  static const char * const caps[] = { "actions", "body", NULL };
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusQuiet1) quiet = NULL;
  RdDemoCall *call;

  mock_notifications_set_server (world->base.notifications, "Xfce Notify Daemon");
  agent_world_quit (&world->base);
  agent_world_start_agent (&world->base);
  sites_world_await_line (world, crm, RD_DEMO_SITE_CRM);
  quiet = dup_quiet (world);
  mock_notifications_set_caps (world->base.notifications, quiet_caps);
  write_from (world, GRACE, "First");
  rd_test_await (rd_dbus_quiet1_get_desktop (quiet));
  mock_notifications_set_caps (world->base.notifications, caps);
  call = call_from (world, ADA);
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  rd_test_await (!rd_dbus_quiet1_get_desktop (quiet));
  rd_test_await (mock_notifications_count_standing (world->base.notifications) == 2);
  give_up (world, ADA, call);
}

static void
test_vip (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  RdDemoCall *call;

  treat (world, crm, ADA, "vip", NULL);
  set (world, TRUE, 0, NULL);
  call = call_from (world, ADA);
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  rd_test_await (mock_notifications_count_standing (world->base.notifications) == 1);
  write_from (world, GRACE, "First");
  write_from (world, ADA, "Second");
  rd_test_await (shows (world, "Second"));
  g_assert_false (shows (world, "First"));
  give_up (world, ADA, call);
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
  rd_test_await (shows (world, "issed"));
}

static void
test_muted (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusQuiet1) quiet = dup_quiet (world);
  RdDemoCall *call;

  treat (world, crm, ADA, "muted", NULL);
  rd_test_await (g_variant_n_children (rd_dbus_quiet1_get_muted (quiet)) == 1);
  call = call_from (world, ADA);
  g_assert_true (agent_world_ring_is (&world->base, "silent"));
  write_from (world, ADA, "First");
  rd_test_await (sites_world_count_told (world, "message First") == 1);
  give_up (world, ADA, call);
  write_from (world, GRACE, "Second");
  rd_test_await (shows (world, "Second"));
  g_assert_cmpuint (count_shown (world), ==, 1);

  /* While it rings the user thinks better of it: it comes forth. */
  call = call_from (world, ADA);
  treat (world, crm, ADA, "normal", NULL);
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  rd_test_await (mock_notifications_count_standing (world->base.notifications) == 2);
  treat (world, crm, ADA, "muted", NULL);
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
  rd_test_await (mock_notifications_count_standing (world->base.notifications) == 1);
  give_up (world, ADA, call);
}

/* Turned on while it rings, and off again. */
static void
test_while_it_rings (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  RdDemoCall *call = call_from (world, ADA);

  rd_test_await (agent_world_ring_is (&world->base, "full"));
  rd_test_await (mock_notifications_count_standing (world->base.notifications) == 1);
  set (world, TRUE, g_get_real_time () + 3600 * G_GINT64_CONSTANT (1000000), NULL);
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
  rd_test_await (mock_notifications_count_standing (world->base.notifications) == 0);
  set (world, FALSE, 0, NULL);
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  rd_test_await (mock_notifications_count_standing (world->base.notifications) == 1);
  give_up (world, ADA, call);
}

static void
test_hostile (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *endless = g_strnfill (100000, 'x');
  g_autoptr (RdDBusQuiet1) quiet = dup_quiet (world);

  set (world, TRUE, -1, "BadInput");
  set (world, TRUE, 1, "BadInput");
  set (world, FALSE, -1, "BadInput");
  treat (world, "nobody", ADA, "vip", "NotFound");
  treat (world, "nobody", ADA, "normal", NULL);
  treat (world, crm, ADA, "loved", "BadInput");
  agent_world_call_method (&world->base, quiet, "SetContact", g_variant_new ("(ssss)", crm, endless, "", "vip"),
                           "BadInput");
  agent_world_call_method (&world->base, quiet, "SetContact", g_variant_new ("(ssss)", crm, "", "", "vip"),
                           "BadInput");
  agent_world_call_method (&world->base, quiet, "SetContact", g_variant_new ("(ssss)", crm, "11", endless, "vip"),
                           "BadInput");
  g_assert_cmpuint (g_variant_n_children (rd_dbus_quiet1_get_vips (quiet)), ==, 0);
}

/* It lasts over a restart; the account's people go with the account. */
static void
test_restart (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusQuiet1) quiet = NULL;

  treat (world, crm, ADA, "vip", NULL);
  set (world, TRUE, 0, NULL);
  agent_world_quit (&world->base);
  agent_world_start_agent (&world->base);
  quiet = dup_quiet (world);
  g_assert_cmpstr (rd_dbus_quiet1_get_why (quiet), ==, "switch");
  g_assert_false (rd_dbus_quiet1_get_banners (quiet));
  g_assert_false (rd_dbus_quiet1_get_sounds (quiet));
  g_assert_cmpuint (g_variant_n_children (rd_dbus_quiet1_get_vips (quiet)), ==, 1);
  agent_world_call_method (&world->base, world->base.agent1, "RemoveAccount", g_variant_new ("(s)", crm), NULL);
  rd_test_await (g_variant_n_children (rd_dbus_quiet1_get_vips (quiet)) == 0);
}

static void
on_devices_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  guint *answers = user_data;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, NULL);

  *answers += reply != NULL ? 1 : 1000;
}

/* However many ask at once. */
static void
test_devices (SitesWorld *world, gconstpointer data)
{
  g_autoptr (GDBusInterface) interface
    = g_dbus_object_manager_get_interface (world->base.objects, AGENT_PATH, "io.github.ringdown.Sounds1");
  guint answers = 0;

  for (guint i = 0; i < 16; i++)
    g_dbus_proxy_call (G_DBUS_PROXY (interface), "ListDevices", NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                       on_devices_ready, &answers);
  rd_test_await (answers >= 16);
  g_assert_cmpuint (answers, ==, 16);
  /* One of these may be refused, and none is forgotten. */
  for (guint i = 0; i < 40; i++)
    g_dbus_proxy_call (G_DBUS_PROXY (interface), "ListDevices", NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                       on_devices_ready, &answers);
  rd_test_await (answers % 1000 + answers / 1000 == 56);
  agent_world_call_method (&world->base, interface, "ListDevices", NULL, NULL);
}

/* The bell itself: what is tried out is heard, and a call goes before it. */
static void
test_sounds (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (GDBusInterface) interface
    = g_dbus_object_manager_get_interface (world->base.objects, AGENT_PATH, "io.github.ringdown.Sounds1");
  RdDBusSounds1 *sounds = RD_DBUS_SOUNDS1 (interface);
  RdDemoCall *call;

  agent_world_call_method (&world->base, sounds, "ListTones", NULL, NULL);
  agent_world_call_method (&world->base, sounds, "ListDevices", NULL, NULL);
  agent_world_call_method (&world->base, sounds, "Test", g_variant_new ("(s)", "drum"), "BadInput");
  agent_world_call_method (&world->base, sounds, "Test", g_variant_new ("(s)", ""), NULL);
  agent_world_call_method (&world->base, sounds, "Test", g_variant_new ("(s)", "ring"), NULL);
  rd_test_await (g_str_equal (rd_dbus_sounds1_get_testing (sounds), "ring"));
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  agent_world_call_method (&world->base, sounds, "Test", g_variant_new ("(s)", ""), NULL);
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
  agent_world_call_method (&world->base, sounds, "Test", g_variant_new ("(s)", "message"), NULL);
  rd_test_await (g_str_equal (rd_dbus_sounds1_get_testing (sounds), ""));

  agent_world_call_method (&world->base, sounds, "Test", g_variant_new ("(s)", "ring"), NULL);
  call = call_from (world, ADA);
  rd_test_await (g_str_equal (rd_dbus_sounds1_get_testing (sounds), ""));
  agent_world_call_method (&world->base, sounds, "Test", g_variant_new ("(s)", "ring"), "WrongState");
  rd_test_await (agent_world_ring_is (&world->base, "full"));
  give_up (world, ADA, call);
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
}

/* Not now: it is silent here, goes on ringing there, and is missed as any other. */
static void
test_remind (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  RdDemoCall *call = call_from (world, ADA);
  g_autoptr (RdDBusCall1) call1 = agent_world_dup_call (&world->base);
  g_autofree char *acted = g_strdup_printf ("crm POST /api/jitsi-calls/%" G_GINT64_FORMAT, call->id);

  agent_world_call_method (&world->base, call1, "Remind", g_variant_new ("(u)", 0), "BadInput");
  agent_world_call_method (&world->base, call1, "Remind", g_variant_new ("(u)", 1441), "BadInput");
  g_assert_false (rd_dbus_call1_get_silenced (call1));
  agent_world_call_method (&world->base, call1, "Remind", g_variant_new ("(u)", 10), NULL);
  rd_test_await (rd_dbus_call1_get_silenced (call1));
  rd_test_await (agent_world_ring_is (&world->base, "silent"));
  g_assert_true (agent_world_call_is (&world->base, "ringing-in"));
  g_assert_cmpuint (sites_world_count_asked (world, acted), ==, 0);
  give_up (world, ADA, call);
}

#define ADD(name, function)                                                                                           \
  g_test_add ("/agent-quiet/" name, SitesWorld, NULL, sites_world_set_up, function, sites_world_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("all-is-kept", test_all_is_kept);
  ADD ("told-at-the-end", test_told_at_the_end);
  ADD ("read-meanwhile", test_read_meanwhile);
  ADD ("seen-meanwhile", test_seen_meanwhile);
  ADD ("desktop", test_desktop);
  ADD ("desktop-without-a-word", test_desktop_without_a_word);
  ADD ("vip", test_vip);
  ADD ("muted", test_muted);
  ADD ("while-it-rings", test_while_it_rings);
  ADD ("hostile", test_hostile);
  ADD ("restart", test_restart);
  ADD ("devices", test_devices);
  ADD ("sounds", test_sounds);
  ADD ("remind", test_remind);
  return g_test_run ();
}
