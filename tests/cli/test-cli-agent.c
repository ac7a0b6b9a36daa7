/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rd-cli-run.h"
#include "rd-mock-agent.h"
#include "rd-test.h"

/* The real `ringdown` on a private bus against a mock agent: what each verb does there, and what it says. */

#define HOSTILE "\033]0;evil\007\033[31mAda\r\n\342\200\256x"

#define RUN(...) RD_MOCK_RUN (fixture, __VA_ARGS__)

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (text, "}\n"));
  return json_object_ref (json_node_get_object (node));
}

static JsonObject *
get_element (JsonObject *object, const char *member, guint i)
{
  return json_array_get_object_element (json_object_get_array_member (object, member), i);
}

static void
test_status_json (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "Work");
  g_autoptr (RdDBusAccount1) shop = rd_mock_agent_add_account (fixture->agent, "shop-1", "Shop");
  g_autoptr (RdDBusCall1) call = rd_mock_agent_add_call (fixture->agent, 1, "work", "41", "in", "ringing-in", "Ada");
  g_autoptr (RdCliRun) run = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *object;

  rd_dbus_agent1_set_problems (fixture->agent->agent,
                               g_variant_new_parsed ("[{'code': <'bad-profile'>, 'where': <'x.json: events'>}]"));
  rd_dbus_account1_set_state (shop, "waiting");
  rd_dbus_account1_set_reason (shop, "unreachable");
  rd_dbus_account1_set_reason_detail (shop,
                                      g_variant_new_parsed ("{'host': <'ws.example.org'>, 'close-code': <1006>}"));
  rd_dbus_account1_set_next_try (shop, G_GINT64_CONSTANT (4102444800000000));
  rd_dbus_account1_set_last_frame (shop, 0);
  rd_dbus_account1_set_site_problem (shop, g_variant_new_parsed ("{'code': <'forbidden'>, 'status': <uint32 403>}"));

  run = RUN ("status", "--json");
  rd_cli_run_assert_done (run);
  root = parse (run->out);
  object = json_object_get_object_member (root, "agent");
  g_assert_cmpstr (json_object_get_string_member (object, "version"), ==, "1.2.3");
  g_assert_cmpstr (json_object_get_string_member (object, "notifications"), ==, "ok");
  g_assert_cmpstr (json_object_get_string_member (object, "sound"), ==, "unused");
  g_assert_cmpstr (json_object_get_string_member (object, "secrets"), ==, "keyring");
  g_assert_cmpstr (json_object_get_string_member (object, "ring"), ==, "silent");
  g_assert_cmpstr (json_object_get_string_member (object, "tray"), ==, "no-host");
  object = get_element (object, "problems", 0);
  g_assert_cmpstr (json_object_get_string_member (object, "code"), ==, "bad-profile");
  rd_cli_assert_contains (json_object_get_string_member (object, "sentence"), "x.json");

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "accounts")), ==, 2);
  object = get_element (root, "accounts", 0);
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "shop-1");
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "waiting");
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "unreachable");
  g_assert_cmpstr (json_object_get_string_member (object, "next_try"), ==, "2100-01-01T00:00:00.000Z");
  g_assert_true (json_object_get_null_member (object, "last_frame"));
  g_assert_true (json_object_get_null_member (object, "last_frame_age_ms"));
  rd_cli_assert_contains (json_object_get_string_member (object, "sentence"), "ws.example.org cannot be reached");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "detail"), "close-code"), ==,
                   1006);
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "site_problem"), "status"), ==,
                   403);

  object = get_element (root, "accounts", 1);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "Work");
  g_assert_cmpstr (json_object_get_string_member (object, "site"), ==, "https://crm.example.org");
  g_assert_cmpstr (json_object_get_string_member (object, "profile"), ==, "crm");
  g_assert_cmpstr (json_object_get_string_member (object, "user_id"), ==, "7");
  g_assert_cmpstr (json_object_get_string_member (object, "sentence"), ==, "");
  g_assert_cmpint (json_object_get_int_member (object, "last_frame_age_ms"), >=, 3500);
  g_assert_true (json_object_get_null_member (object, "next_try"));
  g_assert_true (json_object_get_null_member (object, "site_problem"));
  object = get_element (object, "channels", 0);
  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "private-user-7");
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "subscribed");
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "");

  object = get_element (root, "calls", 0);
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "41");
  g_assert_cmpstr (json_object_get_string_member (object, "account"), ==, "work");
  g_assert_cmpstr (json_object_get_string_member (object, "direction"), ==, "in");
  g_assert_cmpstr (json_object_get_string_member (object, "state"), ==, "ringing-in");
  g_assert_cmpstr (json_object_get_string_member (object, "peer_id"), ==, "8");
  g_assert_cmpstr (json_object_get_string_member (object, "peer_name"), ==, "Ada");
  g_assert_cmpstr (json_object_get_string_member (object, "created_at"), ==, "2026-01-01T00:00:00.123Z");
  g_assert_true (json_object_get_null_member (object, "started_at"));
  g_assert_false (json_object_get_boolean_member (object, "audio"));
  g_assert_false (json_object_get_boolean_member (object, "local"));
  g_assert_false (json_object_get_boolean_member (object, "silenced"));
}

static void
test_status_text (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) empty = RUN ("status");
  g_autoptr (RdDBusAccount1) work = NULL;
  g_autoptr (RdDBusCall1) call = NULL;
  g_autoptr (RdCliRun) run = NULL;

  rd_cli_run_assert_done (empty);
  rd_cli_assert_contains (empty->out, "Ringdown 1.2.3 is running.\n");
  rd_cli_assert_contains (empty->out, "ringdown account add");

  work = rd_mock_agent_add_account (fixture->agent, "work", "Work");
  call = rd_mock_agent_add_call (fixture->agent, 1, "work", "41", "in", "ringing-in", "Ada");
  rd_dbus_agent1_set_notifications (fixture->agent->agent, "absent");
  rd_dbus_account1_set_channels (work, g_variant_new_parsed ("[('private-user-7', 'subscribed', ''),"
                                                             " ('orders', 'refused', 'unauthorized')]"));
  run = RUN ("status");
  rd_cli_run_assert_done (run);
  rd_cli_assert_contains (run->out, "Notifications  This session shows no notifications");
  rd_cli_assert_contains (run->out, "\nWork (work)\n");
  rd_cli_assert_contains (run->out, "  Line      Connected; last heard ");
  rd_cli_assert_contains (run->out, "  Channels  private-user-7  subscribed\n");
  rd_cli_assert_contains (run->out, "            orders          refused: https://crm.example.org refused");
  rd_cli_assert_contains (run->out, "Incoming call");
  rd_cli_assert_contains (run->out, "Ada (Video call, ");
}

/* How an account hears of things, and what waits to be read. */
static void
test_status_delivery (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdDBusAccount1) asking = rd_mock_agent_add_account (fixture->agent, "asking", "Asking");
  g_autoptr (RdDBusAccount1) resting = rd_mock_agent_add_account (fixture->agent, "resting", "Resting");
  g_autoptr (RdDBusMessages1) messages = rd_dbus_messages1_skeleton_new ();
  g_autoptr (RdCliRun) text = NULL;
  g_autoptr (RdCliRun) json = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *object;

  rd_dbus_account1_set_delivery (asking, "polling");
  rd_dbus_account1_set_paused (resting, TRUE);
  rd_dbus_messages1_set_unread (messages, 3);
  rd_dbus_object_skeleton_set_messages1 (
      RD_DBUS_OBJECT_SKELETON (g_dbus_interface_get_object (G_DBUS_INTERFACE (asking))), messages);

  text = RUN ("status");
  rd_cli_run_assert_done (text);
  rd_cli_assert_contains (text->out, "  Polling   The site is asked from time to time");
  rd_cli_assert_contains (text->out, "  Unread    3 messages\n");
  rd_cli_assert_contains (text->out, "  Paused    Nothing is heard of this account");
  json = RUN ("status", "--json");
  rd_cli_run_assert_done (json);
  root = parse (json->out);
  object = get_element (root, "accounts", 0);
  g_assert_cmpstr (json_object_get_string_member (object, "delivery"), ==, "polling");
  g_assert_false (json_object_get_boolean_member (object, "paused"));
  g_assert_cmpint (json_object_get_int_member (object, "unread"), ==, 3);
  object = get_element (root, "accounts", 1);
  g_assert_true (json_object_get_boolean_member (object, "paused"));
  g_assert_true (json_object_get_null_member (object, "unread"));
}

static void
test_hostile_names (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", HOSTILE);
  g_autoptr (RdDBusCall1) one =
      rd_mock_agent_add_call (fixture->agent, 1, "work", HOSTILE, "in", "ringing-in", HOSTILE);
  g_autoptr (RdDBusCall1) two = rd_mock_agent_add_call (fixture->agent, 2, HOSTILE, "b", "in", "ringing-in", HOSTILE);
  static const char *const verbs[][3] = {
    { "status", NULL },          { "status", "--json", NULL }, { "calls", NULL },
    { "calls", "--json", NULL }, { "account", "list", NULL },
  };
  g_autoptr (RdCliRun) several = NULL;
  g_autoptr (JsonObject) root = NULL;
  g_autoptr (RdCliRun) json = NULL;

  rd_dbus_account1_set_channels (work, g_variant_new_parsed ("[(%s, %s, %s)]", HOSTILE, HOSTILE, HOSTILE));
  rd_dbus_account1_set_reason (work, HOSTILE);
  rd_dbus_account1_set_site (work, HOSTILE);
  rd_dbus_account1_set_site_problem (work, g_variant_new_parsed ("{'code': <%s>, 'said': <%s>}", HOSTILE, HOSTILE));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (RdCliRun) run = rd_cli_run_argv (g_test_dbus_get_bus_address (fixture->dbus), NULL, verbs[i]);

      rd_cli_run_assert_done (run);
      rd_cli_assert_harmless (run->out);
      rd_cli_assert_contains (run->out, "Ada");
    }
  several = RUN ("answer");
  rd_cli_run_assert_failed (several, 1, "Several calls ring");
  /* nothing is lost for programs */
  json = RUN ("status", "--json");
  root = parse (json->out);
  g_assert_cmpstr (json_object_get_string_member (get_element (root, "calls", 0), "peer_name"), ==, HOSTILE);
}

static void
test_no_agent (RdMockFixture *fixture, gconstpointer data)
{
  static const char *const verbs[] = { "status", "calls", "answer", "decline", "hangup", "silence" };
  g_autoptr (RdCliRun) json = RUN ("status", "--json");
  g_autoptr (RdCliRun) quit = RUN ("quit");
  g_autoptr (RdCliRun) no_bus = rd_cli_run_command (NULL, NULL, "status", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (RdCliRun) run = RUN (verbs[i]);

      rd_cli_run_assert_failed (run, 1, "The agent is not running.");
      g_assert_cmpstr (run->out, ==, "");
    }
  rd_cli_run_assert_failed (json, 1, "The agent is not running.");
  g_assert_cmpstr (json->out, ==, "{\"agent\":null}\n");
  rd_cli_run_assert_done (quit);
  g_assert_cmpstr (quit->out, ==, "The agent is not running.\n");
  rd_cli_run_assert_failed (no_bus, 1, "There is no session bus here");
}

static void
test_calls (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdDBusCall1) call = NULL;
  g_autoptr (RdCliRun) none = RUN ("calls");
  g_autoptr (RdCliRun) text = NULL;
  g_autoptr (RdCliRun) json = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *object;

  rd_cli_run_assert_done (none);
  g_assert_cmpstr (none->out, ==, "No calls since the agent was started.\n");

  call = rd_mock_agent_add_call (fixture->agent, 1, "work", "41", "out", "active", "Ada");
  rd_dbus_call1_set_started_at (call, g_get_real_time ());
  g_clear_pointer (&fixture->agent->ended, g_variant_unref);
  fixture->agent->ended = g_variant_ref_sink (g_variant_new_parsed (
      "[{'id': <'40'>, 'account': <'work'>, 'direction': <'out'>, 'state': <'declined'>, 'reason': "
      "<'declined-by-peer'>,"
      "  'peer-id': <'9'>, 'peer-name': <'Bob'>, 'audio': <true>, 'created-at': <int64 1767225600000000>,"
      "  'ended-at': <int64 1767225605000000>}]"));
  text = RUN ("calls");
  rd_cli_run_assert_done (text);
  rd_cli_assert_contains (text->out, "→ 41 ");
  rd_cli_assert_contains (text->out, "Bob declined your call");
  rd_cli_assert_contains (text->out, "Bob (Audio call, ");

  json = RUN ("calls", "--json");
  rd_cli_run_assert_done (json);
  root = parse (json->out);
  object = get_element (root, "calls", 0);
  g_assert_cmpstr (json_object_get_string_member (object, "id"), ==, "41");
  g_assert_true (json_object_get_boolean_member (object, "live"));
  object = get_element (root, "calls", 1);
  g_assert_cmpstr (json_object_get_string_member (object, "reason"), ==, "declined-by-peer");
  g_assert_cmpstr (json_object_get_string_member (object, "ended_at"), ==, "2026-01-01T00:00:05.000Z");
  g_assert_true (json_object_get_null_member (object, "started_at"));
  g_assert_true (json_object_get_boolean_member (object, "audio"));
  g_assert_false (json_object_get_boolean_member (object, "live"));
}

static void
test_place_call (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) none = RUN ("call", "8");
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "Work");
  g_autoptr (RdCliRun) plain = RUN ("call", "8");
  g_autoptr (RdDBusAccount1) home = NULL;
  g_autoptr (RdCliRun) several = NULL;
  g_autoptr (RdCliRun) audio = NULL;
  g_autoptr (RdCliRun) refused = NULL;

  rd_cli_run_assert_failed (none, 1, "There is no account that can call.");
  rd_cli_run_assert_done (plain);
  g_assert_cmpstr (plain->out, ==, "Calling 8 (call 4711).\n");
  rd_mock_fixture_assert_log (fixture, "PlaceCall  8 {'audio': <false>}");
  home = rd_mock_agent_add_account (fixture->agent, "home", "Home");
  several = RUN ("call", "8");
  rd_cli_run_assert_failed (several, 1, "Several accounts can call: home, work. Say which");
  audio = RUN ("call", "--audio", "--account", "work", "ada@example.org");
  rd_cli_run_assert_done (audio);
  rd_mock_fixture_assert_log (fixture, "PlaceCall work ada@example.org {'audio': <true>}");

  fixture->agent->error = g_strdup ("crm.example.org refused (400).\nIt said: “\033[31mCannot call yourself”");
  refused = RUN ("call", "--account", "work", "--", "-7");
  rd_cli_run_assert_failed (refused, 1,
                            "ringdown: crm.example.org refused (400). It said: “[31mCannot call yourself”\n");
  g_assert_cmpstr (refused->out, ==, "");
}

static void
test_dnd (RdMockFixture *fixture, gconstpointer data)
{
  static const char * const bad[] = { "soon", "0", "0m", "-5m", "1x", "h", "24:00", "7:60", "1:2:3", "", "1h-5m",
                                      "99999999999999999999d" };
  g_autoptr (RdCliRun) off = RUN ("dnd");
  g_autoptr (RdCliRun) on = RUN ("dnd", "on");
  g_autoptr (RdCliRun) still = RUN ("dnd");
  g_autoptr (RdCliRun) hour = NULL;
  g_autoptr (RdCliRun) again = NULL;
  g_autofree char *log = NULL;

  g_assert_cmpstr (off->out, ==, "Do not disturb is off.\n");
  g_assert_cmpstr (on->out, ==, "Do not disturb is on until you turn it off.\n");
  g_assert_cmpstr (still->out, ==, on->out);
  rd_mock_fixture_assert_log (fixture, "Set true 0");
  again = RUN ("dnd", "off", "--json");
  g_assert_cmpstr (again->out, ==, "{\"why\":\"\",\"until\":null,\"desktop\":false,\"banners\":false,"
                                   "\"sounds\":false}\n");
  rd_mock_fixture_assert_log (fixture, "Set false 0");
  hour = RUN ("dnd", "1h30m");
  rd_cli_run_assert_done (hour);
  g_assert_true (g_str_has_prefix (hour->out, "Do not disturb is on until "));
  log = rd_mock_agent_take_log (fixture->agent);
  g_assert_cmpint (ABS (g_ascii_strtoll (log + strlen ("Set true "), NULL, 10) - g_get_real_time ()
                        - G_GINT64_CONSTANT (90) * 60 * G_USEC_PER_SEC), <, 60 * G_USEC_PER_SEC);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (RdCliRun) run = RUN ("dnd", bad[i]);

      g_test_message ("%s", bad[i]);
      g_assert_cmpint (run->status, ==, 2);
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RdCliRun) run = RUN ("dnd", i == 0 ? "tomorrow" : "7:05");
      g_autofree char *line = rd_mock_agent_take_log (fixture->agent);
      gint64 until = g_ascii_strtoll (line + strlen ("Set true "), NULL, 10);
      g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (until / G_USEC_PER_SEC);

      rd_cli_run_assert_done (run);
      g_assert_cmpint (until, >, g_get_real_time ());
      g_assert_cmpint (until, <, g_get_real_time () + G_GINT64_CONSTANT (50) * 3600 * G_USEC_PER_SEC);
      g_assert_cmpint (g_date_time_get_hour (local), ==, 7);
      g_assert_cmpint (g_date_time_get_minute (local), ==, i == 0 ? 0 : 5);
    }
}

static void
test_act_on_calls (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) none = RUN ("answer");
  g_autoptr (RdCliRun) no_hangup = RUN ("hangup");
  g_autoptr (RdDBusCall1) rings = rd_mock_agent_add_call (fixture->agent, 1, "work", "41", "in", "ringing-in", "Ada");
  g_autoptr (RdDBusCall1) active = rd_mock_agent_add_call (fixture->agent, 2, "work", "42", "out", "active", "Bob");
  g_autoptr (RdDBusCall1) other = NULL;
  static const struct
  {
    const char *args[5];
    const char *log;
  } rows[] = {
    { { "answer" }, "work/41 Answer {}" },
    { { "decline" }, "work/41 Decline {}" },
    { { "decline", "--message", "In a meeting", "41" }, "work/41 Decline {'message': <'In a meeting'>}" },
    { { "silence" }, "work/41 Silence" },
    { { "silence", "--remind", "15" }, "work/41 Remind 15" },
    { { "hangup" }, "work/42 HangUp" },
    { { "hangup", "41" }, "work/41 HangUp" },
    { { "answer", "work/42" }, "work/42 Answer {}" },
  };

  rd_cli_run_assert_failed (none, 1, "No call rings here.");
  rd_cli_run_assert_failed (no_hangup, 1, "There is no call to hang up.");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RdCliRun) run = rd_cli_run_argv (g_test_dbus_get_bus_address (fixture->dbus), NULL, rows[i].args);

      rd_cli_run_assert_done (run);
      g_assert_cmpstr (run->out, ==, "");
      rd_mock_fixture_assert_log (fixture, rows[i].log);
    }

  other = rd_mock_agent_add_call (fixture->agent, 10, "shop", "41", "in", "ringing-in", "Eve");
  {
    g_autoptr (RdCliRun) several = RUN ("answer");
    g_autoptr (RdCliRun) same_id = RUN ("answer", "41");
    g_autoptr (RdCliRun) unknown = RUN ("answer", "99");

    rd_cli_run_assert_failed (several, 1,
                              "Several calls ring: work/41 (Ada), shop/41 (Eve). Say which: ringdown answer ID");
    rd_cli_run_assert_failed (same_id, 1, "work/41 (Ada), shop/41 (Eve)");
    rd_cli_run_assert_failed (unknown, 1,
                              "There is no call “99”. There is: work/41 (Ada), work/42 (Bob), shop/41 (Eve).");
    rd_mock_fixture_assert_log (fixture, "");
  }
  {
    g_autoptr (RdCliRun) which = RUN ("answer", "shop/41");
    g_autoptr (RdCliRun) sounding = NULL;

    rd_cli_run_assert_done (which);
    rd_mock_fixture_assert_log (fixture, "shop/41 Answer {}");
    rd_dbus_call1_set_silenced (rings, TRUE);
    rd_test_drain ();
    sounding = RUN ("silence");
    rd_cli_run_assert_done (sounding);
    rd_mock_fixture_assert_log (fixture, "shop/41 Silence");
  }
}

/* Ids come from a network; the completion hands them to a shell's expansion. */
static void
test_completion (RdMockFixture *fixture, gconstpointer data)
{
  static const char code[] = "PATH=\"$RINGDOWN_BINDIR:$PATH\"; . \"$1\"; shift; COMP_WORDS=(\"$@\"); "
                             "COMP_CWORD=$(($# - 1)); _ringdown; printf '%s\\n' \"${COMPREPLY[@]}\"";
  static const struct
  {
    const char *words[5];
    const char *replies;
  } rows[] = {
    { { "ringdown", "sta" }, "status\n" },
    { { "ringdown", "account", "rem" }, "remove\n" },
    { { "ringdown", "account", "remove", "w" }, "work\n" },
    { { "ringdown", "status", "--j" }, "--json\n" },
    { { "ringdown", "answer", "" }, "41\n--help\n" },
  };
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "\"calls\":[{\"id\":\"x\"");
  g_autoptr (RdDBusCall1) one = rd_mock_agent_add_call (fixture->agent, 1, "work", "41", "in", "ringing-in", "Ada");
  g_autoptr (RdDBusCall1) two =
      rd_mock_agent_add_call (fixture->agent, 2, "work", "$(echo evil)", "in", "ringing-in", "Eve");
  g_autoptr (RdDBusCall1) three =
      rd_mock_agent_add_call (fixture->agent, 3, "work", "`echo evil`", "in", "ringing-in", "Eve");
  g_autofree char *bash = g_find_program_in_path ("bash");
  g_autofree char *script =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", "completions", "ringdown", NULL);

  if (bash == NULL)
    {
      g_test_skip ("no bash here");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
      g_autoptr (GPtrArray) argv = g_ptr_array_new ();
      g_autoptr (GSubprocess) process = NULL;
      g_autoptr (RdCliRun) run = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_add (argv, bash);
      g_ptr_array_add (argv, (gpointer) "-c");
      g_ptr_array_add (argv, (gpointer) code);
      g_ptr_array_add (argv, (gpointer) "bash");
      g_ptr_array_add (argv, script);
      for (guint j = 0; rows[i].words[j] != NULL; j++)
        g_ptr_array_add (argv, (gpointer) rows[i].words[j]);
      g_ptr_array_add (argv, NULL);
      g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (fixture->dbus),
                                    TRUE);
      process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
      g_assert_no_error (error);
      run = rd_cli_run_finish (process, NULL);
      g_assert_cmpstr (run->out, ==, rows[i].replies);
    }
}

static void
test_window_and_quit (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) window = NULL;
  g_autoptr (RdCliRun) quit = NULL;

  window = RUN ("XDG_ACTIVATION_TOKEN=token-1");
  rd_cli_run_assert_done (window);
  rd_mock_fixture_assert_log (fixture, "OpenWindow  {'activation-token': <'token-1'>}");
  quit = RUN ("quit");
  rd_cli_run_assert_done (quit);
  rd_mock_fixture_assert_log (fixture, "Quit");
}

static void
test_bus_name (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdMockAgent) other =
      rd_mock_agent_new (g_test_dbus_get_bus_address (fixture->dbus), "io.github.ringdown.Ringdown.Demo");
  g_autoptr (RdDBusCall1) call = rd_mock_agent_add_call (other, 1, "demo", "1", "in", "ringing-in", "Ada");
  g_autoptr (RdCliRun) usual = RUN ("answer");
  g_autoptr (RdCliRun) named = RUN ("--bus-name", "io.github.ringdown.Ringdown.Demo", "answer");
  g_autoptr (RdCliRun) from_environment = NULL;
  g_autofree char *line = NULL;

  rd_cli_run_assert_failed (usual, 1, "No call rings here.");
  rd_cli_run_assert_done (named);
  line = rd_mock_agent_take_log (other);
  g_assert_cmpstr (line, ==, "demo/1 Answer {}");
  from_environment = RUN ("RINGDOWN_BUS_NAME=io.github.ringdown.Ringdown.Demo", "silence");
  rd_cli_run_assert_done (from_environment);
}

/* A libexec folder whose ringdown-agent and ringdown-demo are @script. */
static char *
make_libexec (const char *script)
{
  char *dir = rd_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "ringdown-agent", NULL);
  g_autofree char *demo = g_build_filename (dir, "ringdown-demo", NULL);

  g_assert_true (g_file_set_contents_full (demo, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  return dir;
}

static void
test_start (RdMockFixture *fixture, gconstpointer data)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nexec '%s' --mock-agent \"$@\"\n", self);
  g_autofree char *works = make_libexec (script);
  g_autofree char *fails = make_libexec ("#!/bin/sh\nexit 3\n");
  g_autofree char *works_here = g_strconcat ("RINGDOWN_LIBEXECDIR=", works, NULL);
  g_autofree char *fails_here = g_strconcat ("RINGDOWN_LIBEXECDIR=", fails, NULL);
  g_autoptr (RdCliRun) ended = RUN (fails_here, "call", "8");
  g_autoptr (RdCliRun) foreground = RUN (fails_here, "agent", "--verbose");
  g_autoptr (RdCliRun) absent = RUN ("RINGDOWN_LIBEXECDIR=/nonexistent", "call", "8");
  g_autoptr (RdCliRun) works_now = RUN (works_here, "call", "--account", "work", "8");
  g_autoptr (RdCliRun) quit = RUN ("quit");

  rd_cli_run_assert_failed (ended, 1, "The agent ended at once");
  g_assert_cmpint (foreground->status, ==, 3);
  rd_cli_run_assert_failed (absent, 1, "The agent could not be started");
  rd_cli_run_assert_done (works_now);
  g_assert_cmpstr (works_now->out, ==, "Calling 8 (call 4711).\n");
  rd_cli_run_assert_done (quit);
  g_assert_cmpstr (quit->out, ==, "");
  rd_test_remove_tree (works);
  rd_test_remove_tree (fails);
}

/* `ringdown status | head -1` is no failure to speak of. */
static void
test_broken_pipe (RdMockFixture *fixture, gconstpointer data)
{
  g_autofree char *path = rd_cli_run_path ();
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RdCliRun) run = NULL;
  int ends[2];

  g_assert_cmpint (pipe (ends), ==, 0);
  close (ends[0]);
  g_subprocess_launcher_take_stdout_fd (launcher, ends[1]);
  g_subprocess_launcher_setenv (launcher, "DBUS_SESSION_BUS_ADDRESS", g_test_dbus_get_bus_address (fixture->dbus),
                                TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, path, "status", NULL);
  g_assert_no_error (error);
  run = rd_cli_run_finish (process, NULL);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->status, ==, 1);
}

static void
test_doctor (RdMockFixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) desktop = RUN ("doctor");
  g_autoptr (RdDBusAccount1) work = rd_mock_agent_add_account (fixture->agent, "work", "Work " HOSTILE);
  g_autoptr (RdCliRun) sick = NULL;
  g_autoptr (RdCliRun) json = NULL;
  g_autoptr (RdCliRun) report = NULL;
  g_autoptr (RdCliRun) tried = NULL;
  g_autoptr (RdCliRun) unknown = NULL;
  g_autoptr (JsonObject) root = NULL;

  /* Nothing has failed: 0. */
  rd_cli_run_assert_done (desktop);
  rd_cli_assert_contains (desktop->out, "Notifications");
  g_ptr_array_set_size (fixture->agent->log, 0);
  sick = RUN ("doctor", "work");
  g_assert_cmpint (sick->status, ==, 1);
  g_assert_cmpuint (fixture->agent->log->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->agent->log, 1), ==, "Check work");
  rd_cli_assert_contains (sick->out, "✓ The network");
  rd_cli_assert_contains (sick->out, "✗ Sign-in");
  rd_cli_assert_contains (sick->out, "a.example");
  g_assert_null (strchr (sick->out, '\033'));
  /* What is the same for all is said once. */
  g_assert_null (strstr (strstr (sick->out, "Notifications") + 1, "Notifications"));

  json = RUN ("doctor", "--json");
  root = parse (json->out);
  g_assert_cmpstr (json_object_get_string_member (get_element (get_element (root, "checks", 1), "steps", 1), "code"),
                   ==, "signed-out");

  g_ptr_array_set_size (fixture->agent->log, 0);
  report = RUN ("doctor", "--report");
  rd_cli_run_assert_done (report);
  g_assert_cmpstr (report->out, ==, "Ringdown 1.2.3\n");
  rd_mock_fixture_assert_log (fixture, "Report");
  tried = RUN ("doctor", "--try");
  rd_cli_run_assert_done (tried);
  rd_mock_fixture_assert_log (fixture, "Try");
  unknown = RUN ("doctor", "nonsense");
  g_assert_cmpint (unknown->status, ==, 1);
  rd_cli_assert_contains (unknown->err, "work");
}

/* What stands before the verb reaches the programs that a verb stands for. */
static void
test_programs (void)
{
  g_autofree char *libexec = make_libexec ("#!/bin/sh\nprintf '%s ' \"$@\"\n");
  g_autofree char *here = g_strconcat ("RINGDOWN_LIBEXECDIR=", libexec, NULL);
  static const char *const programs[] = { "agent", "demo" };

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autoptr (RdCliRun) bare = rd_cli_run_command (NULL, NULL, here, programs[i], "--some", "thing", NULL);
      g_autoptr (RdCliRun) named = rd_cli_run_command (NULL, NULL, here, "--bus-name", "org.example.Other",
                                                       programs[i], "--some", "thing", NULL);

      rd_cli_run_assert_done (bare);
      g_assert_cmpstr (bare->out, ==, "--some thing ");
      rd_cli_run_assert_done (named);
      g_assert_cmpstr (named->out, ==, "--bus-name org.example.Other --some thing ");
    }
  rd_test_remove_tree (libexec);
}

/* What test_start()'s script runs: an agent in a process of its own. */
static int
run_mock_agent (const char *name)
{
  g_autoptr (RdMockAgent) agent = rd_mock_agent_new (g_getenv ("DBUS_SESSION_BUS_ADDRESS"), name);

  while (!agent->quit && !g_dbus_connection_is_closed (agent->bus))
    g_main_context_iteration (NULL, TRUE);
  g_dbus_connection_flush_sync (agent->bus, NULL, NULL);
  return 0;
}

#define ADD(path, set_up_function, function)                                                                           \
  g_test_add (path, RdMockFixture, NULL, set_up_function, function, rd_mock_fixture_tear_down)

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--mock-agent"))
    return run_mock_agent (argv[3]);

  g_unsetenv ("XDG_ACTIVATION_TOKEN");
  g_unsetenv ("DESKTOP_STARTUP_ID");
  g_unsetenv ("RINGDOWN_BUS_NAME");
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/status/json", rd_mock_fixture_set_up, test_status_json);
  ADD ("/cli/status/text", rd_mock_fixture_set_up, test_status_text);
  ADD ("/cli/status/delivery", rd_mock_fixture_set_up, test_status_delivery);
  ADD ("/cli/hostile-names", rd_mock_fixture_set_up, test_hostile_names);
  ADD ("/cli/no-agent", rd_mock_fixture_set_up_bus, test_no_agent);
  ADD ("/cli/calls", rd_mock_fixture_set_up, test_calls);
  ADD ("/cli/call/place", rd_mock_fixture_set_up, test_place_call);
  ADD ("/cli/call/act", rd_mock_fixture_set_up, test_act_on_calls);
  ADD ("/cli/dnd", rd_mock_fixture_set_up, test_dnd);
  ADD ("/cli/doctor", rd_mock_fixture_set_up, test_doctor);
  ADD ("/cli/completion", rd_mock_fixture_set_up, test_completion);
  ADD ("/cli/window-and-quit", rd_mock_fixture_set_up, test_window_and_quit);
  ADD ("/cli/bus-name", rd_mock_fixture_set_up, test_bus_name);
  ADD ("/cli/broken-pipe", rd_mock_fixture_set_up, test_broken_pipe);
  g_test_add_func ("/cli/programs", test_programs);
  ADD ("/cli/start", rd_mock_fixture_set_up_bus, test_start);
  return g_test_run ();
}
