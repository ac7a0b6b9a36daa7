/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"
#include "rd-test.h"
#include "scripted-server.h"

#include <json-glib/json-glib.h>

/* The real agent under what servers, sites and bus clients may throw at it. After each blow it still answers on the
 * bus, and a call still rings. */

#define ADA 11

static void
assert_alive (AgentWorld *world)
{
  agent_world_call_method (world, world->agent1, "ListCalls", NULL, NULL);
}

static void
assert_rings (AgentWorld *world)
{
  g_autoptr (GError) error = NULL;
  RdDemoCall *call;

  rd_test_await (agent_world_account_is (world, "connected"));
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
  call = rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  rd_test_await (agent_world_ring_is (world, "full"));
  rd_demo_crm_act (world->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, NULL));
}

static void
tell (AgentWorld *world, const char *event, const char *data)
{
  rd_demo_channels_trigger (world->channels, "crm", "private-user-7", event, data);
}

static guint
count_calls (AgentWorld *world)
{
  g_autolist (GDBusObject) objects = g_dbus_object_manager_get_objects (world->objects);
  guint count = 0;

  for (GList *l = objects; l != NULL; l = l->next)
    {
      g_autoptr (GDBusInterface) call = g_dbus_object_get_interface (l->data, "io.github.ringdown.Call1");

      count += call != NULL;
    }
  return count;
}

/* Every frame shape of the protocol and of its servers, right ones in the wrong place among them. */
static void
test_frames (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "frames.json", NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *frames;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  frames = json_node_get_object (json_parser_get_root (parser));
  names = json_object_get_members (frames);
  g_assert_cmpuint (g_list_length (names), >, 50);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *text = json_to_string (json_object_get_member (frames, l->data), FALSE);

      g_test_message ("%s", (const char *) l->data);
      rd_demo_channels_send_raw (world->channels, text);
      assert_alive (world);
    }
  rd_demo_channels_send_raw (world->channels, "");
  rd_demo_channels_send_raw (world->channels, "{");
  assert_alive (world);
  assert_rings (world);
}

static void
on_reason_changed (RdDBusAccount1 *account, GParamSpec *pspec, GPtrArray *reasons)
{
  g_ptr_array_add (reasons, g_strdup (rd_dbus_account1_get_reason (account)));
}

static void
test_huge_frame (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *filling = g_strnfill (2 * 1024 * 1024, 'x');
  g_autofree char *frame =
      g_strdup_printf ("{\"event\":\"told\",\"channel\":\"private-user-7\",\"data\":\"%s\"}", filling);
  gulong handler = g_signal_connect (account, "notify::reason", G_CALLBACK (on_reason_changed), reasons);

  rd_demo_channels_send_raw (world->channels, frame);
  rd_test_await (reasons->len > 0);
  g_assert_cmpstr (reasons->pdata[0], ==, "too-large");
  assert_alive (world);
  assert_rings (world);
  g_signal_handler_disconnect (account, handler);
}

/* Past what a WebSocket library would send. */
static void
test_invalid_bytes (AgentWorld *world, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } blows[] = {
    { "\x81\x06\"\xff\xfe\xc3(\"", 8 },              /* a text frame that is no UTF-8 */
    { "\x81\x0b{\"event\":\xff}", 13 },
    { "\xf1\x02{}", 4 },                             /* reserved bits */
    { "\x83\x02{}", 4 },                             /* a reserved opcode */
    { "\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff", 10 }, /* 16 exabytes to come */
    { "\x89\x7e\x10\x00", 4 },                       /* a ping that is too long */
    { "HTTP/1.1 500 No\r\n\r\n", 19 },
  };
  g_autoptr (ScriptedServer) server = scripted_server_new ();
  g_autoptr (GVariant) settings = g_variant_ref_sink (agent_world_crm_settings (world, NULL));
  g_autofree char *id = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, settings);
  g_variant_dict_insert (&dict, "port", "u", scripted_server_get_port (server));
  id = agent_world_add_account (world, g_variant_dict_end (&dict), NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (blows); i++)
    {
      g_autoptr (RdDBusAccount1) account = NULL;
      guint accepted = 0;

      g_test_message ("blow %u", i);
      rd_test_await ((account = agent_world_dup_account (world)) != NULL);
      rd_test_await (agent_world_account_is (world, "connected"));
      accepted = scripted_server_get_n_accepted (server);
      scripted_server_send_raw (server, blows[i].bytes, blows[i].length);
      /* Whether the blow ended the socket, or not: it is to be followed by a sound one. */
      assert_alive (world);
      scripted_server_drop_all (server);
      rd_test_await (scripted_server_get_n_accepted (server) > accepted);
      rd_test_await (agent_world_account_is (world, "connected"));
    }
  agent_world_call_method (world, world->agent1, "RemoveAccount", g_variant_new ("(s)", id), NULL);
}

static void
test_hostile_payloads (AgentWorld *world, gconstpointer data)
{
  static const char *const events[] = { "call-initiated", "call-answered",        "call-rejected",
                                        "call-ended",     "new-message",          "conversation-updated",
                                        "message-read",   "unread-count-updated", "issue-created" };
  static const char * const payloads[] = {
    "", "null", "7", "true", "\"text\"", "[]", "[[[[[[[[]]]]]]]]", "{}",
    "{\"id\":null}", "{\"id\":{}}", "{\"id\":[1]}", "{\"id\":-1}", "{\"id\":1e400}", "{\"id\":0.1}", "{\"id\":\"\"}",
    "{\"id\":\"../../x\",\"initiator\":11,\"recipient\":7,\"status\":{}}",
    "{\"id\":77777,\"initiator\":{},\"recipient\":[],\"created_at\":7,\"jitsi_url\":\"x\"}",
    "{\"id\":77777,\"initiator\":11,\"recipient\":7,\"created_at\":\"9999999-99-99T99:99:99Z\",\"started_at\":false}",
    "{\"id\":77777,\"initiator\":true,\"recipient\":false,\"jitsi_url\":{\"video_url\":{},\"jwt_token\":[]}}",
    "{\"message\":7,\"sender\":\"x\"}", "{\"message\":{\"id\":[],\"content\":{}},\"sender\":null}",
    "{\"unread_count\":\"many\"}", "{\"unread_count\":-99999999999999999999}", "{\"issue\":{\"title\":[]}}",
  };
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    for (guint j = 0; j < G_N_ELEMENTS (payloads); j++)
      tell (world, events[i], payloads[j]);
  assert_alive (world);
  assert_rings (world);
}

static void
test_huge_strings (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autofree char *filling = g_strnfill (200000, 'A');
  g_autofree char *long_id = g_strdup_printf ("{\"id\":\"%s\",\"initiator\":11,\"recipient\":7}", filling);
  g_autofree char *long_name =
      g_strdup_printf ("{\"id\":900,\"initiator\":11,\"initiator_name\":\"%s\",\"recipient\":7,"
                       "\"status\":\"pending\",\"jitsi_url\":{\"video_url\":\"https://%s/\"}}",
                       filling, filling);
  g_autoptr (RdDBusCall1) call = NULL;

  tell (world, "call-initiated", long_id);
  tell (world, "call-initiated", long_name);
  rd_test_await ((call = agent_world_dup_call (world)) != NULL);
  g_assert_cmpstr (rd_dbus_call1_get_id (call), ==, "900");
  g_assert_cmpuint (strlen (rd_dbus_call1_get_peer_name (call)), <=, 200);
  g_assert_cmpuint (count_calls (world), ==, 1);
  tell (world, "call-ended", "{\"id\":900,\"initiator\":11,\"recipient\":7,\"status\":\"completed\"}");
  rd_test_await (agent_world_call_is (world, NULL));
  assert_rings (world);
}

static void
test_flood_of_calls (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *event = g_strdup_printf ("{\"id\":%u,\"status\":\"pending\",\"initiator\":11,\"recipient\":7}",
                                                1000 + i);

      tell (world, "call-initiated", event);
      if (i % 1000 == 0)
        assert_alive (world);
    }
  /* The last of them is through when this one is. */
  tell (world, "new-message",
        "{\"message\":{\"id\":77777,\"sender_id\":11,\"recipient_id\":7,\"content\":\"After the flood\"},"
        "\"sender\":{\"id\":11,\"first_name\":\"Ada\"}}");
  rd_test_await (agent_world_find_notification (world, "After the flood") >= 0);
  g_assert_cmpuint (count_calls (world), >, 0);
  g_assert_cmpuint (count_calls (world), <=, 32);
  g_assert_cmpuint (mock_notifications_count_standing (world->notifications), <=, 33);
  assert_alive (world);
  /* Those that came first are live. */
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *event = g_strdup_printf ("{\"id\":%u,\"status\":\"completed\",\"initiator\":11,\"recipient\":7}",
                                                1000 + i);

      tell (world, "call-ended", event);
    }
  rd_test_await (count_calls (world) == 0);
  rd_test_await (agent_world_ring_is (world, "silent"));
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer data)
{
  guint *counts = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);

  counts[reply != NULL]++;
}

/* Fifteen at once (the agent sets up no more than sixteen): what is not written yet counts, too. */
static void
test_flood_of_accounts (AgentWorld *world, gconstpointer data)
{
  guint counts[2] = { 0, 0 };

  for (guint i = 0; i < 180; i++)
    {
      g_autoptr (GVariant) settings = g_variant_ref_sink (agent_world_crm_settings (world, "t"));
      GVariantDict dict;

      g_variant_dict_init (&dict, settings);
      g_variant_dict_insert (&dict, "user-id", "s", i < 30 ? "7" : "8");
      g_variant_dict_insert (&dict, "key", "s", i % 30 < 20 ? "crm-key" : "other");
      if (i >= 60)
        g_variant_dict_remove (&dict, "user-id");
      g_dbus_proxy_call (G_DBUS_PROXY (world->agent1), "AddAccount",
                         g_variant_new ("(@a{sv})", g_variant_dict_end (&dict)), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                         on_reply, counts);
      if (i % 15 == 14)
        rd_test_await (counts[0] + counts[1] == i + 1);
    }
  /* Four that differ, and of those that do not say who they are as many as there is place for. */
  g_assert_cmpuint (counts[1], ==, 100);
  assert_alive (world);
}

static void
call_wrongly (AgentWorld *world, gpointer proxy, const char *method, GVariant *args)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_call (world->connection, RD_APP_ID, g_dbus_proxy_get_object_path (G_DBUS_PROXY (proxy)),
                          g_dbus_proxy_get_interface_name (G_DBUS_PROXY (proxy)), method, args, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_connection_call_finish (world->connection, result, &error);
  g_assert_nonnull (error);
  g_assert_null (reply);
}

static void
test_hostile_clients (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  g_autoptr (RdDBusCall1) call = NULL;

  tell (world, "call-initiated", "{\"id\":900,\"initiator\":11,\"recipient\":7,\"status\":\"pending\"}");
  rd_test_await ((call = agent_world_dup_call (world)) != NULL);
  call_wrongly (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", huge, "11", none));
  call_wrongly (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", id, huge, none));
  call_wrongly (world, world->agent1, "PlaceCall", g_variant_new ("(ss@a{sv})", id, "", none));
  call_wrongly (world, world->agent1, "PlaceCall", g_variant_new ("(u)", 7));
  call_wrongly (world, world->agent1, "AddAccount", g_variant_new_parsed ("({'name': <%s>},)", huge));
  call_wrongly (world, world->agent1, "AddAccount", g_variant_new_parsed ("({'vars': <{'a': <{'b': <1>}>}>},)"));
  call_wrongly (world, world->agent1, "AddAccount", g_variant_new ("(s)", "x"));
  call_wrongly (world, world->agent1, "RemoveAccount", g_variant_new ("(s)", huge));
  call_wrongly (world, world->agent1, "OpenWindow", g_variant_new ("(s@a{sv})", huge, none));
  call_wrongly (world, world->agent1, "NoSuchMethod", NULL);
  call_wrongly (world, account, "SetToken", g_variant_new ("(ss)", huge, huge));
  call_wrongly (world, account, "TrustRoomHost", g_variant_new ("(s)", huge));
  call_wrongly (world, call, "Answer", g_variant_new_parsed ("({'activation-token': <7>},)"));
  call_wrongly (world, call, "Answer", g_variant_new_parsed ("({'activation-token': <%s>},)", huge));
  call_wrongly (world, call, "Decline", g_variant_new_parsed ("({'message': <[1, 2]>},)"));
  call_wrongly (world, call, "Decline", g_variant_new_parsed ("({'message': <%s>},)", huge));
  call_wrongly (world, call, "HangUp", NULL);
  g_assert_true (agent_world_call_is (world, "ringing-in"));
  g_assert_true (agent_world_account_is (world, "connected"));
  assert_alive (world);
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
  add ("/agent/hostile/frames", test_frames);
  add ("/agent/hostile/huge-frame", test_huge_frame);
  add ("/agent/hostile/invalid-bytes", test_invalid_bytes);
  add ("/agent/hostile/payloads", test_hostile_payloads);
  add ("/agent/hostile/huge-strings", test_huge_strings);
  add ("/agent/hostile/flood-of-calls", test_flood_of_calls);
  add ("/agent/hostile/flood-of-accounts", test_flood_of_accounts);
  add ("/agent/hostile/clients", test_hostile_clients);
  return g_test_run ();
}
