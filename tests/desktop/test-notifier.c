/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>

#include "mock-notifications.h"
#include "rd-notifier.h"
#include "rd-test.h"

static const char *const full_caps[] = { "actions", "body", "body-markup", NULL };
static const char *const plain_caps[] = { "actions", "body", NULL };
static const char *const dnd_caps[] = { "body", "body-markup", NULL };

static GTestDBus *bus;
static char *folder; /* in place of the runtime directory */

typedef struct
{
  MockNotifications *mock;
  RdNotifier *notifier;
  GString *heard; /* signals, one a line */
  GThread *thread;
  char *ledger_path;
} Fixture;

static void
on_call_action (RdNotifier *notifier, const char *key, const char *action, const char *token, Fixture *fixture)
{
  g_assert_true (g_thread_self () == fixture->thread);
  g_string_append_printf (fixture->heard, "call %s %s %s\n", key, action, token != NULL ? token : "-");
}

static void
on_call_dismissed (RdNotifier *notifier, const char *key, Fixture *fixture)
{
  g_assert_true (g_thread_self () == fixture->thread);
  g_string_append_printf (fixture->heard, "dismissed %s\n", key);
}

static void
on_action (RdNotifier *notifier, const char *kind, const char *id, const char *action, const char *token,
           Fixture *fixture)
{
  g_assert_true (g_thread_self () == fixture->thread);
  g_string_append_printf (fixture->heard, "%s %s %s %s\n", kind, id, action, token != NULL ? token : "-");
}

static void
make_notifier (Fixture *fixture)
{
  fixture->heard = g_string_new (NULL);
  fixture->thread = g_thread_self ();
  if (fixture->ledger_path == NULL)
    fixture->ledger_path = g_build_filename (folder, "ringdown", "ledger", NULL);
  fixture->notifier = rd_notifier_new ("Ringdown", "io.github.ringdown.Ringdown", "ringdown-icon",
                                       fixture->ledger_path);
  g_signal_connect (fixture->notifier, "call-action", G_CALLBACK (on_call_action), fixture);
  g_signal_connect (fixture->notifier, "call-dismissed", G_CALLBACK (on_call_dismissed), fixture);
  g_signal_connect (fixture->notifier, "action", G_CALLBACK (on_action), fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->mock = mock_notifications_new (g_test_dbus_get_bus_address (bus), full_caps);
  make_notifier (fixture);
}

static void
set_up_absent (Fixture *fixture, gconstpointer data)
{
  make_notifier (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_notifier_shut_down (fixture->notifier, 20000);
  rd_test_drain ();
  g_assert_finalize_object (fixture->notifier);
  g_clear_pointer (&fixture->mock, mock_notifications_free);
  g_string_free (fixture->heard, TRUE);
  /* Nothing stands: nothing is remembered. */
  g_assert_false (g_file_test (fixture->ledger_path, G_FILE_TEST_EXISTS));
  g_free (fixture->ledger_path);
}

static gboolean
heard (Fixture *fixture, const char *line)
{
  return g_strcmp0 (fixture->heard->str, line) == 0;
}

static gboolean
health_is (Fixture *fixture, const char *health)
{
  return g_strcmp0 (rd_notifier_get_health (fixture->notifier), health) == 0;
}

static MockNotification *
await_shown (Fixture *fixture, guint count)
{
  rd_test_await (mock_notifications_count_shown (fixture->mock) >= count);
  g_assert_cmpuint (mock_notifications_count_shown (fixture->mock), ==, count);
  return mock_notifications_dup_shown (fixture->mock, count - 1);
}

static void
assert_string_hint (MockNotification *shown, const char *name, const char *expected)
{
  const char *value = NULL;

  g_assert_true (g_variant_lookup (shown->hints, name, "&s", &value));
  g_assert_cmpstr (value, ==, expected);
}

static int
get_urgency (MockNotification *shown)
{
  guchar urgency = 99;

  g_assert_true (g_variant_lookup (shown->hints, "urgency", "y", &urgency));
  return urgency;
}

static void
test_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;
  gboolean quiet = FALSE;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada Lovelace", "Work", FALSE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  g_assert_cmpstr (shown->app_name, ==, "Ringdown");
  g_assert_cmpstr (shown->summary, ==, "Ada Lovelace is calling");
  g_assert_cmpstr (shown->body, ==, "Incoming video call\nWork");
  g_assert_cmpint (shown->timeout, ==, 0);
  g_assert_cmpuint (shown->replaces, ==, 0);
  g_assert_cmpint (get_urgency (shown), ==, 2);
  assert_string_hint (shown, "category", "call.incoming");
  assert_string_hint (shown, "desktop-entry", "io.github.ringdown.Ringdown");
  g_assert_true (g_variant_lookup (shown->hints, "suppress-sound", "b", &quiet) && quiet);
  g_assert_cmpuint (g_strv_length (shown->actions), ==, 6);
  g_assert_cmpstr (shown->actions[0], ==, "answer");
  g_assert_cmpstr (shown->actions[1], ==, "Answer");
  g_assert_cmpstr (shown->actions[2], ==, "decline");
  g_assert_cmpstr (shown->actions[3], ==, "Decline");
  g_assert_cmpstr (shown->actions[4], ==, "default");
  rd_test_await (health_is (fixture, "ok"));
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) first = NULL;
  g_autoptr (MockNotification) second = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "", NULL, TRUE, FALSE, TRUE);
  first = await_shown (fixture, 1);
  g_assert_cmpstr (first->summary, ==, "Unknown caller is calling");
  g_assert_cmpstr (first->body, ==, "Incoming audio call");
  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, TRUE, TRUE, TRUE);
  second = await_shown (fixture, 2);
  g_assert_cmpuint (second->replaces, ==, first->id);
  g_assert_cmpstr (second->summary, ==, "Ada is calling");
  g_assert_cmpstr (second->body, ==, "Incoming audio call\nYou are in another call");
  g_assert_cmpuint (g_strv_length (second->actions), ==, 6);
  assert_string_hint (second, "category", "call.incoming");
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 1);
}

static void
test_click (Fixture *fixture, gconstpointer data)
{
  const char *action = data;
  g_autofree char *expected = g_strdup_printf ("call crm/9 %s token-1\n", action);
  g_autoptr (MockNotification) shown = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  mock_notifications_click (fixture->mock, shown->id, action, "token-1", FALSE);
  rd_test_await (heard (fixture, expected));
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
  /* The server closed it because of the click: nobody has dismissed anything. */
  rd_notifier_close_call (fixture->notifier, "crm/9");
  rd_notifier_show_call (fixture->notifier, "crm/10", "Bob", NULL, FALSE, FALSE, TRUE);
  rd_test_await (mock_notifications_count_shown (fixture->mock) == 2);
  g_assert_true (heard (fixture, expected));
}

/* A server that leaves notifications standing after a click is told to close them. */
static void
test_click_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  mock_notifications_click (fixture->mock, shown->id, "default", NULL, TRUE);
  rd_test_await (heard (fixture, "call crm/9 default -\n"));
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 1);
  mock_notifications_click (fixture->mock, shown->id, "decline", "t2", TRUE);
  rd_test_await (heard (fixture, "call crm/9 default -\ncall crm/9 decline t2\n"));
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
}

/* Answering did not work, so it still rings; the second click did. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  gboolean stays = data != NULL;
  g_autoptr (MockNotification) shown = NULL;
  g_autoptr (MockNotification) again = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  mock_notifications_click (fixture->mock, shown->id, "answer", NULL, stays);
  rd_test_await (heard (fixture, "call crm/9 answer -\n"));
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
  again = await_shown (fixture, 2);
  g_assert_cmpstr (again->summary, ==, "Ada is calling");
  mock_notifications_click (fixture->mock, again->id, "answer", "t", stays);
  rd_test_await (heard (fixture, "call crm/9 answer -\ncall crm/9 answer t\n"));
  rd_notifier_close_call (fixture->notifier, "crm/9");
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
}

static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  mock_notifications_close (fixture->mock, shown->id, 2);
  rd_test_await (heard (fixture, "dismissed crm/9\n"));
}

/* Some servers give even critical ones a time limit: while it rings, the buttons have to be there. */
static void
test_expired (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;
  g_autoptr (MockNotification) again = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  mock_notifications_close (fixture->mock, shown->id, 1);
  again = await_shown (fixture, 2);
  g_assert_cmpstr (again->summary, ==, "Ada is calling");
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 1);
  rd_notifier_close_call (fixture->notifier, "crm/9");
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
  g_assert_true (heard (fixture, ""));
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  rd_notifier_show_call (fixture->notifier, "crm/10", "Bob", NULL, FALSE, TRUE, TRUE);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 2);
  rd_notifier_close_call (fixture->notifier, "crm/9");
  rd_notifier_close_call (fixture->notifier, "unheard of");
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 1);
  rd_notifier_shut_down (fixture->notifier, 20000);
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 0);
  g_assert_cmpuint (mock_notifications_count_closed (fixture->mock), ==, 2);
}

/* Shows and closes in quick succession: whatever was sent, nothing stands in the end. */
static void
test_races (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *key = g_strdup_printf ("crm/%u", i % 7);

      rd_notifier_show_call (fixture->notifier, key, "Ada", NULL, FALSE, FALSE, TRUE);
      if (i % 3 == 0)
        rd_test_drain ();
      if (i % 5 == 0)
        g_thread_yield ();
      rd_notifier_close_call (fixture->notifier, key);
    }
  rd_notifier_show_call (fixture->notifier, "last", "Bob", NULL, FALSE, FALSE, TRUE);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 1);
  rd_notifier_close_call (fixture->notifier, "last");
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
}

static gboolean
on_tick (gpointer data)
{
  (*(guint *) data)++;
  return G_SOURCE_CONTINUE;
}

static void
test_hanging (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) late = NULL;
  g_autoptr (MockNotification) shown = NULL;
  guint ticks = 0;
  guint timer = g_timeout_add (10, on_tick, &ticks);

  rd_notifier_warm_up (fixture->notifier);
  rd_test_await (health_is (fixture, "ok"));
  mock_notifications_set_hanging (fixture->mock, TRUE);
  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  rd_notifier_show_call (fixture->notifier, "crm/10", "Bob", NULL, FALSE, FALSE, TRUE);
  rd_test_await (health_is (fixture, "not-answering"));
  /* Two seconds long, the main loop had nothing in its way. */
  g_assert_cmpuint (ticks, >, 100);
  g_source_remove (timer);
  /* Two calls end while the server hangs: of one it never hears, the other was on its way and is taken down. */
  rd_notifier_show_call (fixture->notifier, "crm/11", "Eve", NULL, FALSE, FALSE, TRUE);
  rd_notifier_close_call (fixture->notifier, "crm/11");
  rd_notifier_close_call (fixture->notifier, "crm/9");
  mock_notifications_set_hanging (fixture->mock, FALSE);
  shown = await_shown (fixture, 2);
  late = mock_notifications_dup_shown (fixture->mock, 0);
  g_assert_cmpstr (late->summary, ==, "Ada is calling");
  g_assert_cmpstr (shown->summary, ==, "Bob is calling");
  rd_test_await (health_is (fixture, "ok"));
  g_assert_cmpuint (mock_notifications_count_closed (fixture->mock), ==, 1);
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 1);
}

/* Quitting does not wait for a server that hangs. */
static void
test_hanging_shut_down (Fixture *fixture, gconstpointer data)
{
  GDBusConnection *connection;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 1);
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_object_add_weak_pointer (G_OBJECT (connection), (gpointer *) &connection);
  g_object_unref (connection);
  mock_notifications_set_hanging (fixture->mock, TRUE);
  rd_notifier_show_call (fixture->notifier, "crm/10", "Bob", NULL, FALSE, FALSE, TRUE);
  /* The question, and the call behind it. */
  rd_test_await (mock_notifications_count_held (fixture->mock) == 2);
  rd_notifier_shut_down (fixture->notifier, 10);
  /* Both are closed nevertheless, as soon as the server is there again. */
  mock_notifications_set_hanging (fixture->mock, FALSE);
  rd_test_await (mock_notifications_count_closed (fixture->mock) == 2);
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 0);
  g_assert_cmpuint (mock_notifications_count_shown (fixture->mock), ==, 2);
  /* The thread that was left behind lets go of everything. */
  rd_test_await (g_atomic_pointer_get (&connection) == NULL);
}

static void
test_absent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;

  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  rd_notifier_show_call (fixture->notifier, "crm/10", "Bob", NULL, FALSE, FALSE, TRUE);
  rd_test_await (health_is (fixture, "absent"));
  rd_notifier_close_call (fixture->notifier, "crm/9");
  fixture->mock = mock_notifications_new (g_test_dbus_get_bus_address (bus), full_caps);
  shown = await_shown (fixture, 1);
  g_assert_cmpstr (shown->summary, ==, "Bob is calling");
  rd_test_await (health_is (fixture, "ok"));
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) shown = NULL;

  rd_notifier_show_missed (fixture->notifier, "1", "Carl", NULL, 0, TRUE);
  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 2);
  g_clear_pointer (&fixture->mock, mock_notifications_free);
  rd_test_await (health_is (fixture, "absent"));
  fixture->mock = mock_notifications_new (g_test_dbus_get_bus_address (bus), full_caps);
  shown = await_shown (fixture, 1);
  g_assert_cmpstr (shown->summary, ==, "Ada is calling");
  g_assert_cmpuint (shown->replaces, ==, 0);
  mock_notifications_click (fixture->mock, shown->id, "answer", "t", FALSE);
  rd_test_await (heard (fixture, "call crm/9 answer t\n"));
}

/* XFCE withdraws "actions" in do-not-disturb. */
static void
test_no_actions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) first = NULL;
  g_autoptr (MockNotification) second = NULL;

  mock_notifications_set_caps (fixture->mock, dnd_caps);
  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  first = await_shown (fixture, 1);
  g_assert_cmpuint (g_strv_length (first->actions), ==, 0);
  rd_test_await (health_is (fixture, "no-actions"));
  mock_notifications_set_caps (fixture->mock, full_caps);
  rd_notifier_show_call (fixture->notifier, "crm/10", "Bob", NULL, FALSE, FALSE, TRUE);
  second = await_shown (fixture, 2);
  g_assert_cmpuint (g_strv_length (second->actions), ==, 6);
  rd_test_await (health_is (fixture, "ok"));
}

/* A call does not wait to learn what the server can do; buttons that it has just withdrawn are taken back. */
static void
test_actions_withdrawn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) first = NULL;
  g_autoptr (MockNotification) again = NULL;

  rd_notifier_warm_up (fixture->notifier);
  rd_test_await (health_is (fixture, "ok"));
  mock_notifications_set_caps (fixture->mock, dnd_caps);
  rd_notifier_show_call (fixture->notifier, "crm/9", "Ada", NULL, FALSE, FALSE, TRUE);
  again = await_shown (fixture, 2);
  first = mock_notifications_dup_shown (fixture->mock, 0);
  g_assert_cmpuint (g_strv_length (first->actions), ==, 6);
  g_assert_cmpuint (again->replaces, ==, first->id);
  g_assert_cmpuint (g_strv_length (again->actions), ==, 0);
  rd_test_await (health_is (fixture, "no-actions"));
}

static void
test_markup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) escaped = NULL;
  g_autoptr (MockNotification) plain = NULL;

  rd_notifier_show_message (fixture->notifier, "m1", "<b>Eve</b>", "<a href=\"x\">R&D</a>\nsecond", "<i>Work",
                            RD_NOTIFIER_OFFER_NOTHING);
  escaped = await_shown (fixture, 1);
  g_assert_cmpstr (escaped->summary, ==, "‹b›Eve‹/b›");
  g_assert_cmpstr (escaped->body, ==, "&lt;a href=&quot;x&quot;&gt;R&amp;D&lt;/a&gt;\nsecond\n&lt;i&gt;Work");
  mock_notifications_set_caps (fixture->mock, plain_caps);
  rd_notifier_show_message (fixture->notifier, "m2", "Eve", "<a>R&D", NULL, RD_NOTIFIER_OFFER_NOTHING);
  plain = await_shown (fixture, 2);
  g_assert_cmpstr (plain->body, ==, "‹a›R&D");
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MockNotification) missed = NULL;
  g_autoptr (MockNotification) payment = NULL;
  g_autoptr (MockNotification) message = NULL;
  g_autoptr (MockNotification) notice = NULL;

  rd_notifier_show_missed (fixture->notifier, "9", "Ada", "Work", g_get_real_time (), TRUE);
  missed = await_shown (fixture, 1);
  g_assert_cmpstr (missed->summary, ==, "Missed call from Ada");
  g_assert_true (g_str_has_suffix (missed->body, "\nWork"));
  g_assert_cmpint (get_urgency (missed), ==, 1);
  assert_string_hint (missed, "category", "call.unanswered");
  g_assert_cmpstr (missed->actions[0], ==, "call-back");
  mock_notifications_click (fixture->mock, missed->id, "call-back", "t1", FALSE);
  rd_test_await (heard (fixture, "missed 9 call-back t1\n"));

  rd_notifier_show_payment (fixture->notifier, "7", "Payment Received! 🎉", "Invoice 7 has been paid", "€ 12", NULL);
  payment = await_shown (fixture, 2);
  g_assert_cmpstr (payment->summary, ==, "Payment Received! 🎉");
  g_assert_cmpstr (payment->body, ==, "€ 12\nInvoice 7 has been paid");
  g_assert_cmpint (get_urgency (payment), ==, 1);
  g_assert_cmpint (payment->timeout, ==, -1);

  rd_notifier_show_message (fixture->notifier, "m", NULL, "Hi", NULL, RD_NOTIFIER_OFFER_NOTHING);
  message = await_shown (fixture, 3);
  assert_string_hint (message, "category", "im.received");

  rd_notifier_show_notice (fixture->notifier, "n", "error", "The room could not be opened", "No browser", NULL);
  notice = await_shown (fixture, 4);
  g_assert_cmpstr (notice->body, ==, "No browser");
  mock_notifications_click (fixture->mock, notice->id, "default", NULL, FALSE);
  rd_test_await (heard (fixture, "missed 9 call-back t1\nnotice n default -\n"));
}

/* An agent that crashed: its notification stands, and only its ledger knows which one that is. */
static void
test_stale (Fixture *fixture, gconstpointer other_server)
{
  g_autofree char *ledger = NULL;
  g_autofree char *stale = NULL;
  g_autoptr (GError) error = NULL;

  rd_notifier_show_call (fixture->notifier, "a", "Ada", NULL, FALSE, FALSE, TRUE);
  rd_notifier_show_payment (fixture->notifier, "p", "Paid", NULL, NULL, NULL);
  rd_test_await (mock_notifications_count_standing (fixture->mock) == 2);
  rd_test_await (g_file_get_contents (fixture->ledger_path, &ledger, NULL, NULL));
  g_assert_true (g_str_has_suffix (ledger, "\n1\n"));
  rd_notifier_shut_down (fixture->notifier, 20000);
  g_assert_finalize_object (fixture->notifier);
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, 1);
  g_assert_false (g_file_test (fixture->ledger_path, G_FILE_TEST_EXISTS));

  /* The payment's, 2, stands for one that was left. */
  memcpy (ledger + strlen (ledger) - 2, "2\n", 2);
  stale = g_strconcat (other_server != NULL ? other_server : "", ledger, NULL);
  g_file_set_contents (fixture->ledger_path, stale, -1, &error);
  g_assert_no_error (error);
  g_string_free (fixture->heard, TRUE);
  make_notifier (fixture);
  rd_notifier_warm_up (fixture->notifier);
  if (other_server == NULL)
    rd_test_await (mock_notifications_count_standing (fixture->mock) == 0);
  rd_notifier_show_call (fixture->notifier, "b", "Grace", NULL, FALSE, FALSE, TRUE);
  rd_test_await (mock_notifications_count_shown (fixture->mock) == 3);
  g_assert_cmpuint (mock_notifications_count_standing (fixture->mock), ==, other_server == NULL ? 1 : 2);
}

/* A stranger's text: invalid, controlling, deceiving, endless. */
static void
test_hostile_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *endless = g_strnfill (1 << 20, 'x');
  g_autoptr (MockNotification) shown = NULL;
  g_autoptr (MockNotification) longest = NULL;

  rd_notifier_show_call (fixture->notifier, "a", "A\xff\n\x01\x1b[1m\xe2\x80\xae"
                                                 "da", NULL, FALSE, FALSE, TRUE);
  shown = await_shown (fixture, 1);
  g_assert_cmpstr (shown->summary, ==, "A\xef\xbf\xbd [1mda is calling");
  rd_notifier_show_message (fixture->notifier, "b", endless, endless, endless, RD_NOTIFIER_OFFER_NOTHING);
  longest = await_shown (fixture, 2);
  g_assert_cmpuint (strlen (longest->summary), <, 200);
  g_assert_cmpuint (strlen (longest->body), <, 600);
}

#define ADD(name, data, setup, function) g_test_add ("/notifier/" name, Fixture, data, setup, function, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *subfolder = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("ringdown-test-XXXXXX", &error);
  g_assert_no_error (error);
  subfolder = g_build_filename (folder, "ringdown", NULL);
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  ADD ("call", NULL, set_up, test_call);
  ADD ("replace", NULL, set_up, test_replace);
  ADD ("click/answer", "answer", set_up, test_click);
  ADD ("click/decline", "decline", set_up, test_click);
  ADD ("click/default", "default", set_up, test_click);
  ADD ("click/stays", NULL, set_up, test_click_stays);
  ADD ("click/comes-back/closed", NULL, set_up, test_comes_back);
  ADD ("click/comes-back/stays", "", set_up, test_comes_back);
  ADD ("dismissed", NULL, set_up, test_dismissed);
  ADD ("expired", NULL, set_up, test_expired);
  ADD ("close", NULL, set_up, test_close);
  ADD ("races", NULL, set_up, test_races);
  ADD ("hanging", NULL, set_up, test_hanging);
  ADD ("hanging/shut-down", NULL, set_up, test_hanging_shut_down);
  ADD ("absent", NULL, set_up_absent, test_absent);
  ADD ("restart", NULL, set_up, test_restart);
  ADD ("no-actions", NULL, set_up, test_no_actions);
  ADD ("no-actions/withdrawn", NULL, set_up, test_actions_withdrawn);
  ADD ("markup", NULL, set_up, test_markup);
  ADD ("others", NULL, set_up, test_others);
  ADD ("stale/same-server", NULL, set_up, test_stale);
  ADD ("stale/other-server", "x", set_up, test_stale);
  ADD ("hostile-text", NULL, set_up, test_hostile_text);
  status = g_test_run ();
  g_test_dbus_down (bus);
  g_object_unref (bus);
  g_rmdir (subfolder);
  g_rmdir (folder);
  g_free (folder);
  return status;
}
