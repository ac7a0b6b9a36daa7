/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What the real agent keeps of what happened, over its end and whatever becomes of its files. */

#define ADA 11
#define AGENT_PATH "/io/github/ringdown/Ringdown/Agent"

static RdDBusHistory1 *
open_history (AgentWorld *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RdDBusHistory1 *history;

  rd_dbus_history1_proxy_new (world->connection, G_DBUS_PROXY_FLAGS_NONE, RD_APP_ID, AGENT_PATH, NULL,
                              rd_test_store_result, &result);
  rd_test_await (result != NULL);
  history = rd_dbus_history1_proxy_new_finish (result, &error);
  g_assert_no_error (error);
  return history;
}

/* (transfer full): aa{sv} */
static GVariant *
list (RdDBusHistory1 *history, const char *filter)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *entries = NULL;

  rd_dbus_history1_call_list (history, g_variant_new_parsed (filter), "", 200, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (rd_dbus_history1_call_list_finish (history, &entries, NULL, result, &error));
  g_assert_no_error (error);
  return entries;
}

/* Whether there are as many entries as @expected has words, each with that under @key, newest first. */
static gboolean
holds (RdDBusHistory1 *history, const char *filter, const char *key, const char *expected)
{
  g_autoptr (GVariant) entries = list (history, filter);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < g_variant_n_children (entries); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (entries, i);
      const char *value = "?";

      g_variant_lookup (entry, key, "&s", &value);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", value);
    }
  return g_str_equal (text->str, expected);
}

static void
miss_one (AgentWorld *world)
{
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, TRUE, &error);

  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  rd_demo_crm_act (world->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, NULL));
}

static char *
data_path (AgentWorld *world, const char *name)
{
  return g_build_filename (world->dir, "data", "ringdown", name, NULL);
}

static guint64
first_id (RdDBusHistory1 *history, const char *filter)
{
  g_autoptr (GVariant) entries = list (history, filter);
  g_autoptr (GVariant) entry = g_variant_get_child_value (entries, 0);
  guint64 id = 0;

  g_assert_true (g_variant_lookup (entry, "id", "t", &id));
  return id;
}

static void
on_entry_added (RdDBusHistory1 *history, GVariant *entry, guint *added)
{
  (*added)++;
}

static void
test_kept (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autoptr (GVariant) entries = NULL;
  g_autoptr (GVariant) entry = NULL;
  g_autoptr (GError) error = NULL;
  const char *account = NULL;
  const char *name = NULL;
  guint added = 0;

  g_signal_connect (history, "entry-added", G_CALLBACK (on_entry_added), &added);
  miss_one (world);
  rd_demo_crm_send_message (world->crm, ADA, RD_DEMO_YOU, "A text that stays with the site", &error);
  g_assert_no_error (error);
  rd_test_await (added == 2);
  rd_test_await (rd_dbus_history1_get_missed (history) == 1);
  g_assert_true (holds (history, "@a{sv} {}", "kind", "message call"));
  g_assert_true (holds (history, "{'missed': <true>}", "state", "missed"));
  entries = list (history, "{'kinds': <['call']>}");
  entry = g_variant_get_child_value (entries, 0);
  g_assert_true (g_variant_lookup (entry, "account", "&s", &account));
  g_assert_cmpstr (account, ==, id);
  g_assert_true (g_variant_lookup (entry, "account-name", "&s", &name));
  g_assert_cmpstr (name, ==, "Demo CRM");

  g_clear_object (&history);
  agent_world_quit (world);
  agent_world_start_agent (world);
  history = open_history (world);
  g_assert_true (holds (history, "@a{sv} {}", "kind", "message call"));
  rd_test_await (rd_dbus_history1_get_missed (history) == 1);
  agent_world_call_method (world, history, "MarkSeen", NULL, NULL);
  rd_test_await (rd_dbus_history1_get_missed (history) == 0);
  g_assert_cmpuint (g_variant_n_children (rd_dbus_history1_get_problem (history)), ==, 0);
}

/* What the user writes here is there once, whatever becomes of it. */
static void
test_sent (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autoptr (GDBusInterface) messages = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) conversation = NULL;
  g_autoptr (GVariant) entries = NULL;
  g_autoptr (GVariant) entry = NULL;
  const char *conversation_id = NULL;
  const char *peer = NULL;

  messages = g_dbus_object_manager_get_interface (world->objects, g_dbus_proxy_get_object_path (G_DBUS_PROXY (account)),
                                                  "io.github.ringdown.Messages1");
  g_assert_nonnull (messages);
  rd_dbus_messages1_call_find_conversation (RD_DBUS_MESSAGES1 (messages), "11", NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (rd_dbus_messages1_call_find_conversation_finish (RD_DBUS_MESSAGES1 (messages), &conversation, result,
                                                                  NULL));
  g_assert_true (g_variant_lookup (conversation, "id", "&s", &conversation_id));
  agent_world_call_method (world, messages, "Send", g_variant_new ("(ss)", conversation_id, "Lunch?"), NULL);
  rd_test_await (holds (history, "@a{sv} {}", "direction", "out"));
  entries = list (history, "{'kinds': <['message']>}");
  entry = g_variant_get_child_value (entries, 0);
  g_assert_true (g_variant_lookup (entry, "peer-id", "&s", &peer));
  g_assert_cmpstr (peer, ==, "11");
  g_assert_true (g_variant_lookup (entry, "peer-name", "&s", &peer));
  g_assert_nonnull (strstr (peer, "Ada"));
}

/* Nothing that a message says is in a file of ours. */
static void
test_no_text (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autofree char *path = data_path (world, "history.db");
  g_autofree char *log = data_path (world, "history.db-wal");
  g_autofree char *text = NULL;
  g_autofree char *tail = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  rd_demo_crm_send_message (world->crm, ADA, RD_DEMO_YOU, "Zephyrine", &error);
  g_assert_no_error (error);
  rd_test_await (holds (history, "@a{sv} {}", "kind", "message"));
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_null (memmem (text, length, "Zephyrine", 9));
  g_assert_true (g_file_get_contents (log, &tail, &length, NULL));
  g_assert_null (memmem (tail, length, "Zephyrine", 9));
}

static void
test_killed (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autoptr (GAsyncResult) result = NULL;

  miss_one (world);
  rd_test_await (holds (history, "@a{sv} {}", "kind", "call"));
  g_clear_object (&history);
  g_subprocess_send_signal (world->agent, SIGKILL);
  g_subprocess_wait_async (world->agent, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (g_subprocess_wait_finish (world->agent, result, NULL));
  agent_world_let_agent_go (world);
  agent_world_start_agent (world);
  history = open_history (world);
  g_assert_true (holds (history, "@a{sv} {}", "state", "missed"));
  rd_test_await (rd_dbus_history1_get_missed (history) == 1);
}

static void
test_damaged (AgentWorld *world, gconstpointer data)
{
  g_autofree char *path = data_path (world, "history.db");
  g_autofree char *aside = data_path (world, "history.db.bad-1");
  g_autoptr (RdDBusHistory1) history = NULL;
  const char *where = NULL;
  const char *said = NULL;

  agent_world_quit (world);
  g_assert_true (g_file_set_contents (path, "no history", -1, NULL));
  agent_world_start_agent (world);
  history = open_history (world);
  g_assert_true (holds (history, "@a{sv} {}", "kind", ""));
  rd_test_await (g_variant_n_children (rd_dbus_history1_get_problem (history)) > 0);
  g_assert_true (g_variant_lookup (rd_dbus_history1_get_problem (history), "where", "&s", &where));
  g_assert_cmpstr (where, ==, "history-damaged");
  g_assert_true (g_variant_lookup (rd_dbus_history1_get_problem (history), "said", "&s", &said));
  g_assert_cmpstr (said, ==, "history.db.bad-1");
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  rd_test_await (g_variant_n_children (rd_dbus_agent1_get_problems (world->agent1)) == 1);
}

static void
test_wrong_questions (AgentWorld *world, gconstpointer data)
{
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint64 *ids = g_new0 (guint64, 1001);
  static const char *const questions[] = {
    "({'kinds': <['fax']>}, '', @u 10)",       "({'since': <'now'>}, '', @u 10)",
    "(@a{sv} {}, 'drop table entry', @u 10)",  "(@a{sv} {}, '-1', @u 10)",
    "(@a{sv} {}, '99999999999999999999', @u 10)", "({'peer': <'7'>}, '', @u 10)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    agent_world_call_method (world, history, "List", g_variant_new_parsed (questions[i]), "BadInput");
  agent_world_call_method (world, history, "List", g_variant_new_parsed ("(@a{sv} {}, '', @u 0)"), NULL);
  agent_world_call_method (world, history, "List", g_variant_new_parsed ("(@a{sv} {}, '', @u 4294967295)"), NULL);
  agent_world_call_method (world, history, "Erase", g_variant_new_parsed ("({'acount': <'crm'>},)"), "BadInput");
  agent_world_call_method (world, history, "Remind", g_variant_new_parsed ("(@t 5, @u 1441)"), "BadInput");
  agent_world_call_method (world, history, "Remind", g_variant_new_parsed ("(@t 5, @u 10)"), "NotFound");
  agent_world_call_method (world, history, "Remind", g_variant_new_parsed ("(@t 18446744073709551615, @u 10)"),
                           "NotFound");
  agent_world_call_method (world, history, "Remove",
                           g_variant_new ("(@at)", g_variant_new_fixed_array (G_VARIANT_TYPE_UINT64, ids, 1001, 8)),
                           "BadInput");
  /* A handle without a file */
  agent_world_call_method (world, history, "Export", g_variant_new_parsed ("(@h 3, 'csv', @a{sv} {})"), "BadInput");
  g_assert_cmpint (g_unix_fd_list_append (files, STDERR_FILENO, NULL), ==, 0);
  rd_dbus_history1_call_export (history, g_variant_new_handle (0), "xml", g_variant_new_parsed ("@a{sv} {}"), files,
                                NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_false (rd_dbus_history1_call_export_finish (history, NULL, NULL, result, &error));
  g_assert_nonnull (strstr (error->message, "Error.BadInput"));
}

static void
test_exported (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autofree char *path = g_build_filename (world->dir, "export.csv", NULL);
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int fd = g_open (path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  guint64 count = 0;

  miss_one (world);
  rd_test_await (holds (history, "@a{sv} {}", "kind", "call"));
  g_assert_cmpint (g_unix_fd_list_append (files, fd, NULL), ==, 0);
  g_assert_cmpint (close (fd), ==, 0);
  rd_dbus_history1_call_export (history, g_variant_new_handle (0), "csv", g_variant_new_parsed ("@a{sv} {}"), files,
                                NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (rd_dbus_history1_call_export_finish (history, &count, NULL, result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count, ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, ",call,"));
  g_assert_nonnull (strstr (text, ",missed,"));
}

static void
on_entries_reset (RdDBusHistory1 *history, guint *resets)
{
  (*resets)++;
}

/* A reminder goes with its call, and is kept over a restart as long as that is there. */
static void
test_reminded (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autofree char *path = data_path (world, "reminders.json");
  g_autofree char *text = NULL;
  g_autoptr (GString) past = NULL;
  g_autoptr (MockNotification) shown = NULL;
  int index;

  miss_one (world);
  rd_test_await (holds (history, "@a{sv} {}", "kind", "call"));
  agent_world_call_method (world, history, "Remind",
                           g_variant_new ("(tu)", first_id (history, "@a{sv} {}"), 1440), NULL);
  g_clear_object (&history);
  agent_world_quit (world);
  /* As if a day had passed. */
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  past = g_string_new (text);
  g_assert_cmpuint (g_string_replace (past, "\"due\":1", "\"due\":", 0), ==, 1);
  g_assert_true (g_file_set_contents (path, past->str, -1, NULL));
  agent_world_start_agent (world);
  rd_test_await (agent_world_find_notification (world, "Reminder: call with Ada") >= 0);
  rd_test_await (agent_world_account_is (world, "connected"));
  index = agent_world_find_notification (world, "Reminder: call with Ada");
  shown = mock_notifications_dup_shown (world->notifications, (guint) index);
  mock_notifications_click (world->notifications, shown->id, "call-back", NULL, TRUE);
  rd_test_await (agent_world_count_requests (world, "POST /api/jitsi-calls/") > 0);
  rd_test_await (agent_world_call_is (world, "ringing-out"));
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"reminders\":[]"));
}

static void
test_erased (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusHistory1) history = open_history (world);
  g_autofree char *path = data_path (world, "reminders.json");
  g_autofree char *text = NULL;
  guint resets = 0;

  g_signal_connect (history, "entries-reset", G_CALLBACK (on_entries_reset), &resets);
  miss_one (world);
  rd_test_await (holds (history, "@a{sv} {}", "kind", "call"));
  agent_world_call_method (world, history, "Remind", g_variant_new ("(tu)", first_id (history, "@a{sv} {}"), 60), NULL);
  agent_world_call_method (world, history, "Remove",
                           g_variant_new_parsed ("([%t],)", first_id (history, "@a{sv} {}")), NULL);
  rd_test_await (resets > 0);
  rd_test_await (rd_dbus_history1_get_missed (history) == 0);
  g_assert_true (holds (history, "@a{sv} {}", "kind", ""));
  g_clear_object (&history);
  agent_world_quit (world);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"reminders\":[]"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, AgentWorld, NULL, agent_world_set_up, test, agent_world_tear_down)
  ADD ("/agent/history/kept", test_kept);
  ADD ("/agent/history/sent", test_sent);
  ADD ("/agent/history/no-text", test_no_text);
  ADD ("/agent/history/killed", test_killed);
  ADD ("/agent/history/damaged", test_damaged);
  ADD ("/agent/history/wrong-questions", test_wrong_questions);
  ADD ("/agent/history/exported", test_exported);
  ADD ("/agent/history/reminded", test_reminded);
  ADD ("/agent/history/erased", test_erased);
  return g_test_run ();
}
