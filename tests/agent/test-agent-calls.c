/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"
#include "rd-test.h"

/* Calls from the site to the session and back, through the real agent. You are user 7; Ada is user 11. */

#define ADA 11

static RdDemoCall *
ada_calls (AgentWorld *world)
{
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);

  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  rd_test_await (mock_notifications_count_standing (world->notifications) == 1);
  return call;
}

static void
act (AgentWorld *world, gint64 user, RdDemoCall *call, const char *action)
{
  g_autoptr (GError) error = NULL;

  rd_demo_crm_act (world->crm, user, call->id, action, &error);
  g_assert_no_error (error);
}

static guint
count_acts (AgentWorld *world, RdDemoCall *call, const char *action)
{
  g_autofree char *path = g_strdup_printf ("POST /api/jitsi-calls/%" G_GINT64_FORMAT "/update_status/", call->id);
  guint count = 0;

  for (guint i = 0; i < world->requests->len; i++)
    if (g_str_has_prefix (world->requests->pdata[i], path) && strstr (world->requests->pdata[i], action) != NULL)
      count++;
  return count;
}

static guint32
ringing_id (AgentWorld *world)
{
  g_autoptr (MockNotification) shown
    = mock_notifications_dup_shown (world->notifications, mock_notifications_count_shown (world->notifications) - 1);

  return shown->id;
}

/* The room of @call as you are invited to it: {video_url}?jwt={jwt_token}, and the options behind "#". */
static void
assert_opened_room (AgentWorld *world, RdDemoCall *call, const char *activation_token)
{
  const char *site = rd_demo_site_get_url (rd_demo_crm_get_site (world->crm));
  g_autoptr (JsonObject) event = rd_demo_call_to_event (call, RD_DEMO_YOU, site);
  JsonObject *room = json_object_get_object_member (event, "jitsi_url");
  const char *video_url = json_object_get_string_member (room, "video_url");
  g_auto (GStrv) opened = agent_world_dup_opened (world);
  g_auto (GStrv) words = NULL;
  g_autofree char *start = g_strconcat (video_url, "?jwt=", NULL);

  g_assert_cmpuint (g_strv_length (opened), ==, 1);
  words = g_strsplit (opened[0], " ", 2);
  if (!g_str_has_prefix (words[0], start))
    g_error ("%s does not begin with %s", words[0], start);
  g_assert_nonnull (strstr (words[0], "config.prejoinConfig.enabled=false"));
  g_assert_cmpstr (words[1], ==, activation_token);
}

static void
test_rings (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoCall *call = ada_calls (world);
  g_autoptr (RdDBusCall1) call1 = agent_world_dup_call (world);
  g_autofree char *call_id = g_strdup_printf ("%" G_GINT64_FORMAT, call->id);
  g_autoptr (MockNotification) shown = mock_notifications_dup_shown (world->notifications, 0);
  g_autoptr (GVariant) urgency = g_variant_lookup_value (shown->hints, "urgency", G_VARIANT_TYPE_BYTE);

  g_assert_cmpstr (rd_dbus_call1_get_id (call1), ==, call_id);
  g_assert_cmpstr (rd_dbus_call1_get_account (call1), ==, id);
  g_assert_cmpstr (rd_dbus_call1_get_account_name (call1), ==, "Demo CRM");
  g_assert_cmpstr (rd_dbus_call1_get_direction (call1), ==, "in");
  g_assert_cmpstr (rd_dbus_call1_get_peer_name (call1), ==, call->initiator->full_name);
  g_assert_false (rd_dbus_call1_get_local (call1));
  g_assert_cmpint (g_variant_get_byte (urgency), ==, 2);
  g_assert_cmpint (shown->timeout, ==, 0);
  rd_test_await (agent_world_ring_is (world, "full"));

  /* The event again is the same call, not another notification. */
  rd_demo_crm_announce (world->crm, call, "call-initiated");
  agent_world_call_method (world, call1, "Silence", NULL, NULL);
  rd_test_await (agent_world_ring_is (world, "silent"));
  g_assert_true (rd_dbus_call1_get_silenced (call1));
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 1);
  g_assert_cmpuint (mock_notifications_count_standing (world->notifications), ==, 1);
}

static void
test_answer (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoCall *call = ada_calls (world);

  mock_notifications_click (world->notifications, ringing_id (world), "answer", "click-token-1", FALSE);
  rd_test_await (agent_world_call_is (world, "active"));
  g_assert_cmpuint (count_acts (world, call, "answer"), ==, 1);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
  rd_test_await (agent_world_ring_is (world, "silent"));
  rd_test_await (agent_world_count_opened (world) == 1);
  assert_opened_room (world, call, "click-token-1");

  /* However often the site says it: the room is opened once. */
  rd_demo_crm_announce (world->crm, call, "call-answered");
  act (world, ADA, call, "end");
  rd_test_await (agent_world_call_is (world, NULL));
  g_assert_cmpuint (agent_world_count_opened (world), ==, 1);
  g_assert_cmpint (agent_world_find_notification (world, "issed"), ==, -1);
}

static void
test_answer_by_method (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoCall *call = ada_calls (world);
  g_autoptr (RdDBusCall1) call1 = agent_world_dup_call (world);
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("{'activation-token': <'from-window'>}"));
  g_autoptr (GVariant) bad = g_variant_ref_sink (g_variant_new_parsed ("{'activation-token': <42>}"));

  agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", bad), "BadInput");
  agent_world_call_method (world, call1, "HangUp", NULL, "WrongState");
  agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", options), NULL);
  rd_test_await (agent_world_call_is (world, "active"));
  rd_test_await (agent_world_count_opened (world) == 1);
  assert_opened_room (world, call, "from-window");
  rd_test_await (rd_dbus_call1_get_has_room (call1));
  g_assert_true (rd_dbus_call1_get_local (call1));

  agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", options), "WrongState");
  agent_world_call_method (world, call1, "OpenRoom", g_variant_new ("(@a{sv})", options), NULL);
  rd_test_await (agent_world_count_opened (world) == 2);
  agent_world_call_method (world, call1, "HangUp", NULL, NULL);
  rd_test_await (agent_world_call_is (world, NULL));
  g_assert_cmpuint (count_acts (world, call, "end"), ==, 1);
  g_assert_cmpstr (call->status, ==, "completed");
}

static void
test_decline (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoCall *call = ada_calls (world);

  mock_notifications_click (world->notifications, ringing_id (world), "decline", NULL, FALSE);
  rd_test_await (agent_world_call_is (world, NULL));
  g_assert_cmpuint (count_acts (world, call, "reject"), ==, 1);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
  rd_test_await (agent_world_ring_is (world, "silent"));
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 1);
  g_assert_cmpuint (agent_world_count_opened (world), ==, 0);
}

static void
test_missed_and_called_back (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoCall *call = ada_calls (world);
  g_autoptr (MockNotification) missed = NULL;

  act (world, ADA, call, "end");
  rd_test_await (agent_world_call_is (world, NULL));
  rd_test_await (mock_notifications_count_shown (world->notifications) == 2);
  missed = mock_notifications_dup_shown (world->notifications, 1);
  g_assert_true (g_strv_contains ((const char * const *) missed->actions, "call-back"));
  rd_test_await (agent_world_ring_is (world, "silent"));

  mock_notifications_click (world->notifications, missed->id, "call-back", NULL, FALSE);
  rd_test_await (agent_world_call_is (world, "ringing-out"));
  g_assert_cmpuint (agent_world_count_requests (world, "POST /api/jitsi-calls/initiate_call/"), ==, 1);
}

static void
test_answered_elsewhere (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoCall *call = ada_calls (world);

  act (world, RD_DEMO_YOU, call, "answer");
  rd_test_await (agent_world_call_is (world, NULL));
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
  rd_test_await (agent_world_ring_is (world, "silent"));
  act (world, ADA, call, "end");
  agent_world_call_method (world, world->agent1, "ListCalls", NULL, NULL);
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 1);
  g_assert_cmpuint (agent_world_count_opened (world), ==, 0);
}

static void
test_outgoing (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("{'audio': <true>}"));
  RdDemoCall *call;

  agent_world_call_method (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", "", "7", options),
                           "Refused");
  agent_world_call_method (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", "", "a\nb", options),
                           "BadInput");
  agent_world_call_method (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", "", "11", options), NULL);
  rd_test_await (agent_world_call_is (world, "ringing-out"));
  call = rd_demo_crm_find_active (world->crm, ADA);
  g_assert_nonnull (call);
  g_assert_true (call->audio);
  g_assert_cmpuint (agent_world_count_opened (world), ==, 0);

  act (world, ADA, call, "answer");
  rd_test_await (agent_world_call_is (world, "active"));
  rd_test_await (agent_world_count_opened (world) == 1);
  act (world, ADA, call, "end");
  rd_test_await (agent_world_call_is (world, NULL));
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 0);
  g_assert_cmpuint (agent_world_count_opened (world), ==, 1);
}

static void
test_cancelled_by_us (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  g_autoptr (RdDBusCall1) call1 = NULL;

  agent_world_call_method (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", id, "11", options), NULL);
  rd_test_await (agent_world_call_is (world, "ringing-out"));
  call1 = agent_world_dup_call (world);
  agent_world_call_method (world, call1, "HangUp", NULL, NULL);
  rd_test_await (agent_world_call_is (world, NULL));
  g_assert_cmpuint (agent_world_count_opened (world), ==, 0);
}

static void
test_site_fails_on_answer (AgentWorld *world, gconstpointer data)
{
  static const struct
  {
    RdDemoMood mood;
    const char *code;
  } moods[] = { { RD_DEMO_MOOD_ERROR, "SiteError" }, { RD_DEMO_MOOD_HTML, "BadReply" } };
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoSite *site = rd_demo_crm_get_site (world->crm);
  g_autoptr (RdDBusCall1) call1 = NULL;
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));

  ada_calls (world);
  call1 = agent_world_dup_call (world);
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    {
      rd_demo_site_set_mood (site, moods[i].mood);
      agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", options), moods[i].code);
      g_assert_true (agent_world_call_is (world, "ringing-in"));
      g_assert_cmpuint (mock_notifications_count_standing (world->notifications), ==, 1);
    }
  rd_test_await (agent_world_ring_is (world, "full"));
  rd_test_await (g_strcmp0 (rd_dbus_call1_get_busy (call1), "") == 0);

  /* From a notification there is nobody to tell but by a notice; and the click has taken the call's own away. */
  mock_notifications_click (world->notifications, ringing_id (world), "answer", NULL, FALSE);
  rd_test_await (mock_notifications_count_shown (world->notifications) == 3);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 2);
  g_assert_true (agent_world_call_is (world, "ringing-in"));

  rd_demo_site_set_mood (site, RD_DEMO_MOOD_FINE);
  agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", options), NULL);
  rd_test_await (agent_world_call_is (world, "active"));
  rd_test_await (agent_world_count_opened (world) == 1);
}

static void
test_site_never_answers (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusCall1) call1 = NULL;
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));

  ada_calls (world);
  call1 = agent_world_dup_call (world);
  rd_demo_site_set_mood (rd_demo_crm_get_site (world->crm), RD_DEMO_MOOD_SILENT);
  mock_notifications_click (world->notifications, ringing_id (world), "answer", NULL, TRUE);
  rd_test_await (g_strcmp0 (rd_dbus_call1_get_busy (call1), "answering") == 0);
  agent_world_call_method (world, call1, "Decline", g_variant_new ("(@a{sv})", options), "WrongState");
  /* Ten seconds are the site's; then the click has failed, and the call rings on. */
  rd_test_await (g_strcmp0 (rd_dbus_call1_get_busy (call1), "") == 0);
  g_assert_true (agent_world_call_is (world, "ringing-in"));
  rd_demo_site_set_mood (rd_demo_crm_get_site (world->crm), RD_DEMO_MOOD_FINE);
}

static void
test_dismissed_is_silenced (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  ada_calls (world);
  rd_test_await (agent_world_ring_is (world, "full"));
  mock_notifications_close (world->notifications, ringing_id (world), 2);
  rd_test_await (agent_world_ring_is (world, "silent"));
  g_assert_true (agent_world_call_is (world, "ringing-in"));
}

/* As test_outgoing(), but with rooms elsewhere. */
static void
test_untrusted_room (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autoptr (RdDBusCall1) call1 = NULL;
  g_autofree char *event = NULL;
  g_auto (GStrv) opened = NULL;
  const char *code = NULL, *host = NULL;
  RdDemoCall *call;

  agent_world_call_method (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", id, "11", options), NULL);
  rd_test_await (agent_world_call_is (world, "ringing-out"));
  call1 = agent_world_dup_call (world);
  g_assert_cmpuint (g_variant_n_children (rd_dbus_call1_get_room_problem (call1)), ==, 0);
  agent_world_call_method (world, call1, "OpenRoom", g_variant_new ("(@a{sv})", options), "WrongState");
  call = rd_demo_crm_find_active (world->crm, ADA);
  event = g_strdup_printf ("{\"id\":%" G_GINT64_FORMAT ",\"status\":\"active\",\"initiator\":7,\"recipient\":11,"
                           "\"jitsi_url\":{\"video_url\":\"https://rooms.example.org/r\",\"error\":null}}",
                           call->id);
  rd_demo_channels_trigger (world->channels, "crm", "private-user-7", "call-answered", event);
  rd_test_await (agent_world_call_is (world, "active"));
  /* Nobody waits for an answer: a notification says it, and names the host. */
  rd_test_await (agent_world_find_notification (world, "rooms.example.org") >= 0);
  g_assert_cmpuint (agent_world_count_opened (world), ==, 0);
  /* A window that is opened later finds it, too. */
  rd_test_await (g_variant_n_children (rd_dbus_call1_get_room_problem (call1)) > 0);
  g_assert_true (g_variant_lookup (rd_dbus_call1_get_room_problem (call1), "code", "&s", &code));
  g_assert_true (g_variant_lookup (rd_dbus_call1_get_room_problem (call1), "host", "&s", &host));
  g_assert_cmpstr (code, ==, "room-untrusted");
  g_assert_cmpstr (host, ==, "rooms.example.org");

  agent_world_call_method (world, call1, "OpenRoom", g_variant_new ("(@a{sv})", options), "RoomUntrusted");
  agent_world_call_method (world, account, "TrustRoomHost", g_variant_new ("(s)", "rooms.example.org"), NULL);
  agent_world_call_method (world, call1, "OpenRoom", g_variant_new ("(@a{sv})", options), NULL);
  rd_test_await (agent_world_count_opened (world) == 1);
  rd_test_await (g_variant_n_children (rd_dbus_call1_get_room_problem (call1)) == 0);
  opened = agent_world_dup_opened (world);
  g_assert_true (g_str_has_prefix (opened[0], "https://rooms.example.org/r"));
}

static void
test_no_room (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  g_autoptr (RdDBusCall1) call1 = NULL;

  /* A call that the site knows nothing of, and that has no room. */
  rd_demo_channels_trigger (world->channels, "crm", "private-user-7", "call-initiated",
                            "{\"id\":900,\"status\":\"pending\",\"initiator\":11,\"initiator_name\":\"<b>Ada</b>\","
                            "\"recipient\":7,\"jitsi_url\":{\"error\":\"No room today\"}}");
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  call1 = agent_world_dup_call (world);
  g_assert_false (rd_dbus_call1_get_has_room (call1));
  agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", options), "Refused");
  g_assert_true (agent_world_call_is (world, "ringing-in"));
}

static void
test_two_calls (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GError) error = NULL;
  RdDemoCall *first = ada_calls (world);
  g_autoptr (RdDBusCall1) call1 = agent_world_dup_call (world);
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  RdDemoCall *second;

  agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", options), NULL);
  rd_test_await (agent_world_ring_is (world, "silent"));
  second = rd_demo_crm_place (world->crm, 12, RD_DEMO_YOU, TRUE, &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_ring_is (world, "soft"));
  rd_test_await (mock_notifications_count_standing (world->notifications) == 1);
  mock_notifications_click (world->notifications, ringing_id (world), "answer", NULL, FALSE);
  rd_test_await (g_strcmp0 (second->status, "active") == 0);
  rd_test_await (agent_world_count_opened (world) == 2);
  /* The first one is not ended behind anybody's back. */
  g_assert_cmpstr (first->status, ==, "active");
  g_assert_cmpstr (rd_dbus_call1_get_state (call1), ==, "active");
}

static void
test_window_opens (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("{'activation-token': <'t-1'>}"));
  GVariant *args = g_variant_new ("(s@a{sv})", "accounts", options);

  ada_calls (world);
  /* It has no token and takes no focus. */
  rd_test_await (agent_world_window_is (world, "--bus-name " RD_APP_ID " --page calls --for-call []"));
  agent_world_call_method (world, world->agent1, "OpenWindow", args, NULL);
  rd_test_await (agent_world_window_is (world, "--bus-name " RD_APP_ID " --page accounts [t-1]"));
}

static void
test_activation (AgentWorld *world, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_call (world->connection, RD_APP_ID, "/io/github/ringdown/Ringdown", "org.freedesktop.Application",
                          "Activate", g_variant_new_parsed ("({'activation-token': <'shell-1'>},)"), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_connection_call_finish (world->connection, result, &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_window_is (world, "--bus-name " RD_APP_ID " [shell-1]"));
}

static void
test_no_notification_server (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GError) error = NULL;
  g_autoptr (RdDBusCall1) call1 = NULL;

  mock_notifications_set_hanging (world->notifications, TRUE);
  rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  rd_test_await (agent_world_ring_is (world, "full"));
  rd_test_await (g_strcmp0 (rd_dbus_agent1_get_notifications (world->agent1), "not-answering") == 0);
  /* The agent itself waits for nothing. */
  call1 = agent_world_dup_call (world);
  agent_world_call_method (world, call1, "Silence", NULL, NULL);
  agent_world_quit (world);
  mock_notifications_set_hanging (world->notifications, FALSE);
}

static void
test_quit_while_ringing (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  ada_calls (world);
  agent_world_quit (world);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
}

static void
add (const char *name, void (*test) (AgentWorld *, gconstpointer))
{
  g_test_add (name, AgentWorld, NULL, agent_world_set_up, test, agent_world_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/agent/calls/rings", test_rings);
  add ("/agent/calls/answer", test_answer);
  add ("/agent/calls/answer-by-method", test_answer_by_method);
  add ("/agent/calls/decline", test_decline);
  add ("/agent/calls/missed", test_missed_and_called_back);
  add ("/agent/calls/answered-elsewhere", test_answered_elsewhere);
  add ("/agent/calls/outgoing", test_outgoing);
  add ("/agent/calls/cancelled-by-us", test_cancelled_by_us);
  add ("/agent/calls/site-fails", test_site_fails_on_answer);
  add ("/agent/calls/site-silent", test_site_never_answers);
  add ("/agent/calls/dismissed", test_dismissed_is_silenced);
  add ("/agent/calls/untrusted-room", test_untrusted_room);
  add ("/agent/calls/no-room", test_no_room);
  add ("/agent/calls/two-calls", test_two_calls);
  add ("/agent/calls/window", test_window_opens);
  add ("/agent/calls/activation", test_activation);
  add ("/agent/calls/hanging-notifications", test_no_notification_server);
  add ("/agent/calls/quit-while-ringing", test_quit_while_ringing);
  return g_test_run ();
}
