/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"
#include "rd-test.h"

/* Several calls and several devices at once, through the real agent: what is over for one is not over for another. */

#define ADA 11
#define GRACE 12

static RdDemoCall *
calls_you (AgentWorld *world, gint64 from)
{
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = rd_demo_crm_place (world->crm, from, RD_DEMO_YOU, FALSE, &error);

  g_assert_no_error (error);
  return call;
}

static void
act (AgentWorld *world, gint64 who, RdDemoCall *call, const char *action)
{
  g_autoptr (GError) error = NULL;

  rd_demo_crm_act (world->crm, who, call->id, action, &error);
  g_assert_no_error (error);
}

static gboolean
have_calls (AgentWorld *world, guint ringing, guint active)
{
  g_autolist (GDBusObject) objects = g_dbus_object_manager_get_objects (world->objects);

  for (GList *l = objects; l != NULL; l = l->next)
    {
      g_autoptr (RdDBusCall1) call = RD_DBUS_CALL1 (g_dbus_object_get_interface (l->data, "io.github.ringdown.Call1"));

      if (call == NULL)
        continue;
      if (g_strcmp0 (rd_dbus_call1_get_state (call), "ringing-in") == 0)
        ringing--;
      else if (g_strcmp0 (rd_dbus_call1_get_state (call), "active") == 0)
        active--;
    }
  return ringing == 0 && active == 0;
}

/* The line is lost and comes back; returns when the agent has asked what it missed. */
static void
reconnect (AgentWorld *world)
{
  guint asked = agent_world_count_requests (world, "GET /api/jitsi-calls/");

  rd_demo_channels_drop (world->channels);
  rd_test_await (agent_world_count_requests (world, "GET /api/jitsi-calls/") >= asked + 2);
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
  /* What the phone makes of the answers is done before the agent replies to this. */
  agent_world_call_method (world, world->agent1, "ListCalls", NULL, NULL);
}

static void
test_two_calls_survive_a_gap (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  g_autoptr (RdDBusCall1) call1 = NULL;
  RdDemoCall *first = calls_you (world, ADA);
  RdDemoCall *second;

  rd_test_await (have_calls (world, 1, 0));
  call1 = agent_world_dup_call (world);
  agent_world_call_method (world, call1, "Answer", g_variant_new ("(@a{sv})", options), NULL);
  rd_test_await (have_calls (world, 0, 1));
  second = calls_you (world, GRACE);
  rd_test_await (have_calls (world, 1, 1));

  reconnect (world);
  g_assert_true (have_calls (world, 1, 1));
  act (world, ADA, first, "end");
  rd_test_await (have_calls (world, 1, 0));
  act (world, GRACE, second, "end");
  rd_test_await (have_calls (world, 0, 0));
}

static void
test_one_of_two_ends_in_a_gap (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GError) error = NULL;
  RdDemoCall *first = calls_you (world, ADA);

  calls_you (world, GRACE);
  rd_test_await (have_calls (world, 2, 0));
  rd_demo_channels_stop (world->channels);
  rd_test_await (!agent_world_account_is (world, "connected"));
  act (world, ADA, first, "end");
  rd_demo_channels_listen (world->channels, 0, &error);
  g_assert_no_error (error);
  rd_test_await (have_calls (world, 1, 0));
  g_assert_true (agent_world_ring_is (world, "full"));
}

/* A call that nobody ever ended stands in the history as active: it is not shown as one. */
static void
test_old_active_calls_are_not_shown (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = NULL;

  for (guint i = 0; i < 40; i++)
    act (world, RD_DEMO_YOU, calls_you (world, ADA), "answer");
  id = agent_world_add_crm (world, NULL, "connected");
  rd_test_await (have_calls (world, 0, 1));
  calls_you (world, GRACE);
  rd_test_await (have_calls (world, 1, 1));
}

static void
test_two_devices_answer (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) options = g_variant_ref_sink (g_variant_new_parsed ("@a{sv} {}"));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RdDBusCall1) call1 = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  RdDemoCall *call = calls_you (world, ADA);

  rd_test_await (have_calls (world, 1, 0));
  call1 = agent_world_dup_call (world);
  /* The other device is faster, and this one does not know it yet: whatever comes first, the event or the refusal. */
  g_dbus_proxy_call (G_DBUS_PROXY (call1), "Answer", g_variant_new ("(@a{sv})", options), G_DBUS_CALL_FLAGS_NONE, -1,
                     NULL, rd_test_store_result, &result);
  act (world, RD_DEMO_YOU, call, "answer");
  rd_test_await (result != NULL);
  reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (call1), result, &error);
  g_assert_nonnull (error);
  rd_test_await (have_calls (world, 0, 0));
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
  g_assert_true (agent_world_ring_is (world, "silent"));
  g_assert_cmpuint (agent_world_count_opened (world), ==, 0);
  g_assert_cmpstr (call->status, ==, "active");
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
  add ("/agent/races/two-calls-survive-a-gap", test_two_calls_survive_a_gap);
  add ("/agent/races/one-of-two-ends-in-a-gap", test_one_of_two_ends_in_a_gap);
  add ("/agent/races/old-active-calls", test_old_active_calls_are_not_shown);
  add ("/agent/races/two-devices", test_two_devices_answer);
  return g_test_run ();
}
