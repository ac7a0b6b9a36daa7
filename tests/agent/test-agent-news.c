/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sites-world.h"

#include <string.h>

/* What the user sees of messages, payments and missed calls, and what a click does. */

#define ADA 11
#define GRACE 12
#define TOKEN "click-token"

static const char * const all_caps[] = { "actions", "body", "body-markup", "inline-reply", NULL };

/* (transfer full): the last notification that was shown with this text, once there is one */
static MockNotification *
await_shown (SitesWorld *world, const char *text)
{
  MockNotifications *server = world->base.notifications;

  rd_test_await (agent_world_find_notification (&world->base, text) >= 0);
  for (guint i = mock_notifications_count_shown (server); i > 0; i--)
    {
      g_autoptr (MockNotification) shown = mock_notifications_dup_shown (server, i - 1);

      if (strstr (shown->summary, text) != NULL || strstr (shown->body, text) != NULL)
        return g_steal_pointer (&shown);
    }
  g_assert_not_reached ();
}

static guint
count_shown (SitesWorld *world, const char *text)
{
  guint count = 0;

  for (guint i = 0; i < mock_notifications_count_shown (world->base.notifications); i++)
    {
      g_autoptr (MockNotification) shown = mock_notifications_dup_shown (world->base.notifications, i);

      count += strstr (shown->summary, text) != NULL || strstr (shown->body, text) != NULL;
    }
  return count;
}

static guint
count_standing (SitesWorld *world)
{
  return mock_notifications_count_standing (world->base.notifications);
}

static gboolean
has_action (const MockNotification *shown, const char *action)
{
  for (guint i = 0; shown->actions[i] != NULL; i += 2)
    if (g_str_equal (shown->actions[i], action))
      return TRUE;
  return FALSE;
}

static void
click (SitesWorld *world, const MockNotification *shown, const char *action)
{
  mock_notifications_click (world->base.notifications, shown->id, action, TOKEN, TRUE);
}

static gint64
write_from (SitesWorld *world, gint64 person, const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rd_demo_crm_send_message (world->sight->crm, person, RD_DEMO_YOU, text, &error);

  g_assert_no_error (error);
  return id;
}

static void
configure (SitesWorld *world, const char *id, const char *settings)
{
  g_autoptr (RdDBusAccount1) account = sites_world_dup_account (world, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) changes = g_variant_parse (G_VARIANT_TYPE_VARDICT, settings, NULL, NULL, &error);

  g_assert_no_error (error);
  agent_world_call_method (&world->base, account, "Configure", g_variant_new ("(@a{sv})", changes), NULL);
}

/* The last window was started with this among its arguments, and by that click. */
static gboolean
window_shows (SitesWorld *world, const char *what)
{
  g_auto (GStrv) windows = agent_world_dup_windows (&world->base);
  guint n = g_strv_length (windows);

  return n > 0 && strstr (windows[n - 1], what) != NULL && g_str_has_suffix (windows[n - 1], "[" TOKEN "]");
}

/* An account whose invoices are known, as they are a moment after its line stands. */
static char *
add_invoices (SitesWorld *world)
{
  char *id = sites_world_add (world, RD_DEMO_SITE_INVOICES);
  g_autoptr (RdDBusAccount1) account = sites_world_dup_account (world, id);
  g_autoptr (GDBusInterface) invoices
    = g_dbus_object_manager_get_interface (world->base.objects, g_dbus_proxy_get_object_path (G_DBUS_PROXY (account)),
                                           "io.github.ringdown.Invoices1");

  agent_world_call_method (&world->base, invoices, "ListInvoices", g_variant_new_parsed ("(@a{sv} {}, @u 0, @u 50)"),
                           NULL);
  return id;
}

static void
test_messages_are_joined (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (MockNotification) first = NULL;
  g_autoptr (MockNotification) joined = NULL;

  write_from (world, ADA, "First");
  write_from (world, ADA, "Second");
  write_from (world, ADA, "Third");
  write_from (world, GRACE, "Fourth");
  first = await_shown (world, "First");
  g_assert_cmpstr (first->body, ==, "First");
  joined = await_shown (world, "4 messages from 2 people");
  g_assert_nonnull (strstr (joined->body, ": Fourth"));
  g_assert_cmpuint (joined->replaces, ==, first->id);
  g_assert_cmpuint (count_standing (world), ==, 1);
  /* Whom should it go to? */
  g_assert_false (has_action (joined, "reply"));
  g_assert_true (has_action (joined, "mark-read"));
  click (world, joined, "default");
  rd_test_await (window_shows (world, "--page messages ["));
  rd_test_await (count_standing (world) == 0);
}

static void
test_payments_are_joined (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = add_invoices (world);
  g_autofree char *where = g_strdup_printf ("--page payments --account=%s --invoice=3 [", id);
  g_autoptr (MockNotification) joined = NULL;
  g_autoptr (MockNotification) alone = NULL;

  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, 4));
  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, 5));
  g_assert_true (rd_demo_invoices_set_status (world->sight->invoices, 6, "paid"));
  /* 120, 140 and 160 */
  joined = await_shown (world, "3 invoices paid, €420 in total");
  g_assert_cmpuint (count_standing (world), ==, 1);
  click (world, joined, "default");
  rd_test_await (window_shows (world, "--page payments ["));
  rd_test_await (count_standing (world) == 0);

  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, 3));
  alone = await_shown (world, "Payment Received");
  rd_test_await (count_shown (world, "100") == 1);
  g_clear_pointer (&alone, mock_notification_free);
  alone = await_shown (world, "100");
  click (world, alone, "default");
  rd_test_await (window_shows (world, where));
}

static void
test_threshold_and_switches (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = add_invoices (world);

  configure (world, id, "{'threshold': <'150'>, 'toasts': <{'invoice-created': false}>}");
  /* 140 is listed only. */
  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, 5));
  rd_demo_invoices_create (world->sight->invoices, "900", "Roof");
  rd_test_await (sites_world_count_told (world, "payment.received 5") == 1);
  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, 6));
  rd_test_await (sites_world_count_told (world, "payment.received 6") == 1);
  rd_test_await (count_standing (world) == 1);
  g_assert_cmpuint (count_shown (world, "160"), ==, 1);
  g_assert_cmpuint (count_shown (world, "140"), ==, 0);
  g_assert_cmpuint (count_shown (world, "900"), ==, 0);

  configure (world, id, "{'toasts': <{'payment': false, 'invoice-created': true}>}");
  g_assert_true (rd_demo_invoices_pay (world->sight->invoices, 7));
  rd_test_await (sites_world_count_told (world, "payment.received 7") == 1);
  rd_demo_invoices_create (world->sight->invoices, "901", "Cellar");
  rd_test_await (count_shown (world, "901") == 1);
  g_assert_cmpuint (count_standing (world), ==, 2);
}

static void
test_reply_inline (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (MockNotification) shown = NULL;

  mock_notifications_set_caps (world->base.notifications, all_caps);
  write_from (world, ADA, "Lunch?");
  shown = await_shown (world, "Lunch?");
  g_assert_true (has_action (shown, "inline-reply"));
  g_assert_cmpuint (rd_demo_crm_count_unread (world->sight->crm, RD_DEMO_YOU), ==, 1);
  mock_notifications_reply (world->base.notifications, shown->id, "At one");
  rd_test_await (sites_world_count_asked (world, "crm POST /api/messages/send/") == 1);
  /* Who has answered it has read it. */
  rd_test_await (rd_demo_crm_count_unread (world->sight->crm, RD_DEMO_YOU) == 0);
  rd_test_await (count_standing (world) == 0);
}

static void
test_reply_in_the_window (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *where = g_strdup_printf ("--page messages --account=%s --conversation=", id);
  g_autoptr (MockNotification) shown = NULL;

  write_from (world, ADA, "Lunch?");
  shown = await_shown (world, "Lunch?");
  g_assert_true (has_action (shown, "reply"));
  g_assert_false (has_action (shown, "inline-reply"));
  click (world, shown, "reply");
  rd_test_await (window_shows (world, where));
  g_assert_cmpuint (sites_world_count_asked (world, "crm POST /api/messages/send/"), ==, 0);
}

static void
test_reply_fails (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *where = g_strdup_printf ("--page messages --account=%s --conversation=", id);
  g_autoptr (MockNotification) shown = NULL;
  g_autoptr (MockNotification) unsent = NULL;

  mock_notifications_set_caps (world->base.notifications, all_caps);
  write_from (world, ADA, "Lunch?");
  shown = await_shown (world, "Lunch?");
  rd_demo_site_set_mood (rd_demo_crm_get_site (world->sight->crm), RD_DEMO_MOOD_ERROR);
  mock_notifications_reply (world->base.notifications, shown->id, "At one, at <Joe's>");
  unsent = await_shown (world, "was not sent");
  g_assert_nonnull (strstr (unsent->body, "“At one, at &lt;Joe&apos;s&gt;”"));
  click (world, unsent, "default");
  rd_test_await (window_shows (world, where));
}

static void
test_mark_read (SitesWorld *world, gconstpointer data)
{
  g_auto (GStrv) windows = NULL;
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (MockNotification) shown = NULL;

  write_from (world, ADA, "Lunch?");
  write_from (world, GRACE, "Dinner?");
  shown = await_shown (world, "2 messages from 2 people");
  click (world, shown, "mark-read");
  rd_test_await (rd_demo_crm_count_unread (world->sight->crm, RD_DEMO_YOU) == 0);
  rd_test_await (count_standing (world) == 0);
  windows = agent_world_dup_windows (&world->base);
  g_assert_cmpuint (g_strv_length (windows), ==, 0);
}

static void
test_read_elsewhere (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);

  write_from (world, ADA, "Lunch?");
  rd_test_await (count_standing (world) == 1);
  rd_demo_crm_read (world->sight->crm, RD_DEMO_YOU, ADA);
  rd_test_await (count_standing (world) == 0);
}

static RdDBusCall1 *
await_call (SitesWorld *world)
{
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (rd_demo_crm_place (world->sight->crm, ADA, RD_DEMO_YOU, FALSE, &error));
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (&world->base, "ringing-in"));
  return agent_world_dup_call (&world->base);
}

static GVariant *
message_option (const char *text)
{
  return g_variant_new_parsed ("({'message': <%s>},)", text);
}

static void
test_decline_with_message (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (RdDBusCall1) call = await_call (world);

  agent_world_call_method (&world->base, call, "Decline", message_option ("In a meeting"), NULL);
  rd_test_await (agent_world_call_is (&world->base, NULL));
  g_assert_cmpuint (sites_world_count_asked (world, "crm POST /api/messages/send/"), ==, 1);
}

static void
test_decline_without_messages (SitesWorld *world, gconstpointer data)
{
  static const char * const mail[]
    = { "send", "messages", "conversations", "inbox", "unread", "mark-read", "typing", NULL };
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "profiles", "crm.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  g_autoptr (RdDBusCall1) call = NULL;
  g_autoptr (GVariant) changes = NULL;
  JsonObject *profile;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  profile = json_node_get_object (json_parser_get_root (parser));
  json_object_set_string_member (profile, "id", "calls-only");
  json_object_remove_member (profile, "poll");
  for (guint i = 0; mail[i] != NULL; i++)
    json_object_remove_member (json_object_get_object_member (profile, "actions"), mail[i]);
  text = json_to_string (json_parser_get_root (parser), FALSE);
  changes = g_variant_ref_sink (g_variant_new_parsed ("{'profile': <'calls-only'>, 'profile-data': <%s>}", text));
  id = sites_world_add_only (world, RD_DEMO_SITE_CRM, changes);
  sites_world_sign_in (world, RD_DEMO_SITE_CRM, id);
  rd_test_await (sites_world_is (world, id, "connected"));
  rd_test_await (rd_demo_sight_is_on_the_line (world->sight, RD_DEMO_SITE_CRM));

  call = await_call (world);
  agent_world_call_method (&world->base, call, "Decline", message_option ("In a meeting"), "Unsupported");
  rd_test_await (agent_world_call_is (&world->base, NULL));
}

static void
test_missed_while_away (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (MockNotification) shown = NULL;

  write_from (world, ADA, "Before");
  rd_test_await (count_shown (world, "Before") == 1);
  agent_world_quit (&world->base);
  write_from (world, ADA, "One");
  write_from (world, ADA, "Two");
  write_from (world, ADA, "Three");
  agent_world_start_agent (&world->base);
  shown = await_shown (world, "while you were away");
  g_assert_true (g_str_has_prefix (shown->summary, "3 messages from "));
  g_assert_cmpstr (shown->body, ==, "One\nTwo\nThree");
  write_from (world, ADA, "After");
  rd_test_await (count_shown (world, "After") == 1);
  g_assert_cmpuint (count_shown (world, "Before"), ==, 1);
  g_assert_cmpuint (count_shown (world, "One"), ==, 1);
}

static void
test_missed_calls_are_joined (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autoptr (GError) error = NULL;
  g_autoptr (MockNotification) shown = NULL;

  for (guint i = 0; i < 2; i++)
    {
      RdDemoCall *call = rd_demo_crm_place (world->sight->crm, ADA, RD_DEMO_YOU, FALSE, &error);

      rd_test_await (agent_world_call_is (&world->base, "ringing-in"));
      rd_demo_crm_act (world->sight->crm, ADA, call->id, "end", &error);
      rd_test_await (agent_world_call_is (&world->base, NULL));
    }
  g_assert_no_error (error);
  shown = await_shown (world, "2 missed calls from ");
  g_assert_true (has_action (shown, "call-back"));
  click (world, shown, "call-back");
  rd_test_await (agent_world_call_is (&world->base, "ringing-out"));
}

static void
test_silent (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_CRM);

  configure (world, id, "{'sound': <'silent'>}");
  write_from (world, ADA, "Psst");
  rd_test_await (count_shown (world, "Psst") == 1);
  g_assert_cmpstr (rd_dbus_agent1_get_sound (world->base.agent1), ==, "unused");
  configure (world, id, "{'sound': <'full'>}");
  write_from (world, GRACE, "Hello");
  rd_test_await (g_strcmp0 (rd_dbus_agent1_get_sound (world->base.agent1), "unused") != 0
                 || count_shown (world, "2 messages") > 0);
}

static void
test_issues_and_rooms (SitesWorld *world, gconstpointer data)
{
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *team = sites_world_add (world, RD_DEMO_SITE_TEAM);
  g_autoptr (MockNotification) issue = NULL;
  g_autoptr (MockNotification) post = NULL;

  rd_demo_crm_tell_issue (world->sight->crm, "issue-created", "Printer on fire", "open");
  issue = await_shown (world, "Printer on fire");
  click (world, issue, "default");
  rd_test_await (window_shows (world, "--bus-name io.github.ringdown.Ringdown ["));
  g_assert_nonnull (rd_demo_team_post (world->sight->team, ADA, RD_DEMO_WORKSPACE, "Standup"));
  post = await_shown (world, "Standup");
  g_assert_nonnull (strstr (post->summary, " in "));
}

static void
test_site_takes_the_call (SitesWorld *world, gconstpointer data)
{
  g_autofree char *id = sites_world_add (world, RD_DEMO_SITE_SMS);
  g_autofree char *url = NULL;
  g_autoptr (MockNotification) shown = NULL;
  g_auto (GStrv) opened = NULL;

  rd_demo_sms_tell_call (world->sight->sms, 1, "initiating");
  shown = await_shown (world, "is calling");
  g_assert_true (has_action (shown, "open"));
  click (world, shown, "open");
  rd_test_await (agent_world_count_opened (&world->base) == 1);
  opened = agent_world_dup_opened (&world->base);
  url = g_strconcat (rd_demo_site_get_url (rd_demo_sms_get_site (world->sight->sms)), "/ " TOKEN, NULL);
  g_assert_cmpstr (opened[0], ==, url);
}

static void
trigger (SitesWorld *world, RdDemoSiteId site, const char *channel, const char *event, const char *json)
{
  rd_demo_channels_trigger (world->sight->channels, rd_demo_site_id_to_string (site), channel, event, json);
}

/* What strangers write is shown clean and bounded, and nothing is claimed that they only make look so. */
static void
test_hostile (SitesWorld *world, gconstpointer data)
{
  static const char message[]
    = "{\"message\":{\"id\":%u,\"sender_id\":66,\"recipient_id\":7,\"content\":\"<b>%s</b>\","
      "\"created_at\":\"40000-01-01T00:00:00Z\"},"
      "\"sender\":{\"id\":66,\"first_name\":\"\xe2\x80\xae<i>%s\",\"last_name\":\"\xe2\x81\xa6\"}}";
  static const char payment[] = "{\"title\":\"Paid\",\"body\":\"Invoice %u\",\"type\":\"invoice_completed\","
                                "\"status\":\"paid\",\"invoiceId\":%u,\"amount\":\"%s\",\"currency\":\"EUR\"}";
  g_autofree char *crm = sites_world_add (world, RD_DEMO_SITE_CRM);
  g_autofree char *pay = add_invoices (world);
  g_autofree char *name = g_strnfill (300, 'W');
  g_autoptr (MockNotification) shown = NULL;
  g_autoptr (MockNotification) joined = NULL;
  g_autoptr (MockNotification) paid = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *json = g_strdup_printf (message, 900 + i, i == 0 ? "one" : "two", name);

      trigger (world, RD_DEMO_SITE_CRM, "private-user-7", "new-message", json);
    }
  shown = await_shown (world, "&lt;b&gt;one&lt;/b&gt;");
  joined = await_shown (world, "2 messages from ");
  g_assert_cmpint (g_utf8_strlen (joined->summary, -1), <=, 121);
  g_assert_null (strstr (joined->summary, "\xe2\x80\xae"));
  g_assert_null (strchr (joined->summary, '<'));

  for (guint i = 0; i < 3; i++)
    {
      static const char * const amounts[] = { "10", "-1000000", "99999999999999999999999999999999" };
      g_autofree char *json = g_strdup_printf (payment, 800 + i, 800 + i, amounts[i]);

      trigger (world, RD_DEMO_SITE_INVOICES, "private-user.7.notifications", "payment.received", json);
    }
  paid = await_shown (world, "3 invoices paid");
  g_assert_cmpstr (paid->summary, ==, "3 invoices paid");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                                            \
  g_test_add ("/agent-news/" name, SitesWorld, NULL, sites_world_set_up, function, sites_world_tear_down)
  ADD ("messages-joined", test_messages_are_joined);
  ADD ("payments-joined", test_payments_are_joined);
  ADD ("threshold-and-switches", test_threshold_and_switches);
  ADD ("reply-inline", test_reply_inline);
  ADD ("reply-in-the-window", test_reply_in_the_window);
  ADD ("reply-fails", test_reply_fails);
  ADD ("mark-read", test_mark_read);
  ADD ("read-elsewhere", test_read_elsewhere);
  ADD ("decline-with-message", test_decline_with_message);
  ADD ("decline-without-messages", test_decline_without_messages);
  ADD ("missed-while-away", test_missed_while_away);
  ADD ("missed-calls-joined", test_missed_calls_are_joined);
  ADD ("silent", test_silent);
  ADD ("issues-and-rooms", test_issues_and_rooms);
  ADD ("site-takes-the-call", test_site_takes_the_call);
  ADD ("hostile", test_hostile);
#undef ADD
  return g_test_run ();
}
