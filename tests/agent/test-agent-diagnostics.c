/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"

/* "Why does nothing arrive?", of a real agent: each step is right about what is broken, and nothing else is blamed. */

static RdDBusDiagnostics1 *
dup_diagnostics (AgentWorld *world)
{
  GDBusInterface *interface = g_dbus_object_manager_get_interface (
    world->objects, "/io/github/ringdown/Ringdown/Agent", "io.github.ringdown.Diagnostics1");

  g_assert_nonnull (interface);
  g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (interface), 60000);
  return RD_DBUS_DIAGNOSTICS1 (interface);
}

static GVariant *
check (AgentWorld *world, const char *account)
{
  g_autoptr (RdDBusDiagnostics1) diagnostics = dup_diagnostics (world);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *steps = NULL;

  rd_dbus_diagnostics1_call_check (diagnostics, account, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  rd_dbus_diagnostics1_call_check_finish (diagnostics, &steps, result, &error);
  g_assert_no_error (error);
  return steps;
}

/* "RESULT CODE" of a step */
static char *
find (GVariant *steps, const char *name)
{
  for (gsize i = 0; i < g_variant_n_children (steps); i++)
    {
      g_autoptr (GVariant) step = g_variant_get_child_value (steps, i);
      const char *is = "";
      const char *result = "";
      const char *code = "";

      g_variant_lookup (step, "step", "&s", &is);
      g_variant_lookup (step, "result", "&s", &result);
      g_variant_lookup (step, "code", "&s", &code);
      if (g_str_equal (is, name))
        return *code != '\0' ? g_strdup_printf ("%s %s", result, code) : g_strdup (result);
    }
  return g_strdup ("not there");
}

static void
assert_step (GVariant *steps, const char *name, const char *expected)
{
  g_autofree char *is = find (steps, name);

  g_test_message ("%s: %s", name, is);
  g_assert_cmpstr (is, ==, expected);
}

static void
test_fine (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) steps = NULL;
  gint64 before = g_get_real_time ();
  gint64 at = 0;

  rd_test_await (g_strcmp0 (rd_dbus_agent1_get_notifications (world->agent1), "ok") == 0);
  steps = check (world, id);
  g_assert_cmpuint (g_variant_n_children (steps), ==, 10);
  assert_step (steps, "network", "skipped here");
  assert_step (steps, "address", "ok");
  assert_step (steps, "sign-in", "ok");
  assert_step (steps, "connection", "ok");
  assert_step (steps, "channels", "ok");
  assert_step (steps, "frame", "ok");
  assert_step (steps, "notifications", "ok");
  assert_step (steps, "sound", "ok unused");
  assert_step (steps, "quiet", "ok");
  /* It was really asked for. */
  {
    g_autoptr (GVariant) frame = g_variant_get_child_value (steps, 5);

    g_assert_true (g_variant_lookup (frame, "at", "x", &at));
    g_assert_cmpint (at, >=, before);
  }
}

static void
test_desktop_alone (AgentWorld *world, gconstpointer data)
{
  g_autoptr (GVariant) steps = check (world, "");
  g_autoptr (RdDBusDiagnostics1) diagnostics = dup_diagnostics (world);

  g_assert_cmpuint (g_variant_n_children (steps), ==, 4);
  assert_step (steps, "address", "not there");
  agent_world_call_method (world, diagnostics, "Check", g_variant_new ("(s)", "nonsense"), "NotFound");
}

static void
test_site_down (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) steps = NULL;

  rd_demo_site_stop (rd_demo_crm_get_site (world->crm));
  steps = check (world, id);
  assert_step (steps, "address", "failed unreachable");
  assert_step (steps, "sign-in", "skipped");
  /* The line to the other server stands. */
  assert_step (steps, "connection", "ok");
  assert_step (steps, "frame", "ok");
}

static void
test_line_down (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) steps = NULL;
  g_autofree char *connection = NULL;

  rd_demo_channels_stop (world->channels);
  rd_test_await (agent_world_account_is (world, "waiting"));
  steps = check (world, id);
  assert_step (steps, "address", "failed unreachable");
  assert_step (steps, "sign-in", "ok");
  /* As the line says it: dropped, or refused when it was tried again. */
  connection = find (steps, "connection");
  g_assert_true (g_str_has_prefix (connection, "failed "));
  assert_step (steps, "channels", "skipped");
  assert_step (steps, "frame", "skipped");
}

static void
test_signed_out (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) steps = NULL;

  /* Nobody has noticed it yet: the check is the first to ask. */
  rd_demo_crm_sign_out (world->crm, RD_DEMO_YOU);
  steps = check (world, id);
  assert_step (steps, "address", "ok");
  assert_step (steps, "sign-in", "failed signed-out");
}

static void
test_paused (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autoptr (GVariant) steps = NULL;

  agent_world_call_method (world, account, "Configure",
                           g_variant_new_parsed ("({'paused': <true>, 'sound': <'silent'>},)"), NULL);
  rd_test_await (agent_world_account_is (world, "stopped"));
  steps = check (world, id);
  assert_step (steps, "connection", "warning paused");
  assert_step (steps, "channels", "skipped");
  assert_step (steps, "sound", "warning silent-account");
}

static void
test_site_that_errs (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) steps = NULL;

  rd_demo_site_set_mood (rd_demo_crm_get_site (world->crm), RD_DEMO_MOOD_ERROR);
  steps = check (world, id);
  assert_step (steps, "address", "ok");
  assert_step (steps, "sign-in", "failed site-error");
  assert_step (steps, "frame", "ok");
}

static void
test_quiet (AgentWorld *world, gconstpointer data)
{
  g_autoptr (GDBusInterface) quiet = g_dbus_object_manager_get_interface (
    world->objects, "/io/github/ringdown/Ringdown/Agent", "io.github.ringdown.Quiet1");
  g_autoptr (GVariant) steps = NULL;

  agent_world_call_method (world, quiet, "Set", g_variant_new ("(bx)", TRUE, (gint64) 0), NULL);
  steps = check (world, "");
  assert_step (steps, "quiet", "warning switch");
}

/* A server that hangs in the middle of it does not hold the check for ever, and no more than a few go on at a time. */
static void
test_crowd (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusDiagnostics1) diagnostics = dup_diagnostics (world);
  GAsyncResult *results[4] = { NULL };

  rd_demo_site_set_mood (rd_demo_crm_get_site (world->crm), RD_DEMO_MOOD_SLOW);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    rd_dbus_diagnostics1_call_check (diagnostics, id, NULL, rd_test_store_result, &results[i]);
  agent_world_call_method (world, diagnostics, "Check", g_variant_new ("(s)", id), "TooLarge");
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GVariant) steps = NULL;
      g_autoptr (GError) error = NULL;

      rd_test_await (results[i] != NULL);
      rd_dbus_diagnostics1_call_check_finish (diagnostics, &steps, results[i], &error);
      g_assert_no_error (error);
      assert_step (steps, "sign-in", "ok");
      g_object_unref (results[i]);
    }
}

static void
test_try (AgentWorld *world, gconstpointer data)
{
  g_autoptr (RdDBusDiagnostics1) diagnostics = dup_diagnostics (world);
  g_autoptr (GDBusInterface) sounds = g_dbus_object_manager_get_interface (
    world->objects, "/io/github/ringdown/Ringdown/Agent", "io.github.ringdown.Sounds1");
  g_autoptr (MockNotification) shown = NULL;

  agent_world_call_method (world, diagnostics, "Try", NULL, NULL);
  rd_test_await (g_strcmp0 (rd_dbus_sounds1_get_testing (RD_DBUS_SOUNDS1 (sounds)), "ring") == 0);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 1);
  shown = mock_notifications_dup_shown (world->notifications, 0);
  g_assert_nonnull (strstr (shown->summary, "try-out"));
  /* Whoever has had enough of it says so, as of a call. */
  mock_notifications_click (world->notifications, shown->id, "decline", NULL, FALSE);
  rd_test_await (g_strcmp0 (rd_dbus_sounds1_get_testing (RD_DBUS_SOUNDS1 (sounds)), "") == 0);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
}

static GVariant *
list_errors (AgentWorld *world)
{
  g_autoptr (RdDBusDiagnostics1) diagnostics = dup_diagnostics (world);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *errors = NULL;

  rd_dbus_diagnostics1_call_list_errors (diagnostics, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  rd_dbus_diagnostics1_call_list_errors_finish (diagnostics, &errors, result, &error);
  g_assert_no_error (error);
  return errors;
}

static void
test_errors (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GVariant) none = list_errors (world);
  g_autoptr (GVariant) errors = NULL;
  g_autoptr (GVariant) error = NULL;
  const char *account = "";
  const char *code = "";

  g_assert_cmpuint (g_variant_n_children (none), ==, 0);
  rd_demo_channels_stop (world->channels);
  rd_test_await (agent_world_account_is (world, "waiting"));
  errors = list_errors (world);
  g_assert_cmpuint (g_variant_n_children (errors), >=, 1);
  error = g_variant_get_child_value (errors, 0);
  g_variant_lookup (error, "account", "&s", &account);
  g_variant_lookup (error, "code", "&s", &code);
  g_assert_cmpstr (account, ==, id);
  g_assert_cmpstr (code, !=, "");
}

static char *
report (AgentWorld *world)
{
  g_autoptr (RdDBusDiagnostics1) diagnostics = dup_diagnostics (world);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  rd_dbus_diagnostics1_call_report (diagnostics, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  rd_dbus_diagnostics1_call_report_finish (diagnostics, &text, result, &error);
  g_assert_no_error (error);
  return text;
}

/* All that may not be in it has been everywhere by then. */
static void
test_report (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  RdDemoPerson *you = g_ptr_array_index (rd_demo_crm_get_people (world->crm), 0);
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *private[] = { "Demo CRM", "user-7", "Ada", "Lovelace", "Secret lunch", "crm-key", "rooms.example.org",
                            world->dir, g_get_user_name (), "Work and wine" };

  rd_demo_crm_send_message (world->crm, 11, RD_DEMO_YOU, "Secret lunch at noon", &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_find_notification (world, "Secret lunch") >= 0);
  agent_world_call_method (world, account, "TrustRoomHost", g_variant_new ("(s)", "rooms.example.org"), NULL);
  agent_world_call_method (world, account, "Configure", g_variant_new_parsed ("({'name': <'Work and wine'>},)"), NULL);
  rd_demo_crm_sign_out (world->crm, RD_DEMO_YOU);
  text = report (world);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "Account 1"));
  g_assert_nonnull (strstr (text, "check sign-in: failed signed-out"));
  g_assert_nonnull (strstr (text, "channel private-…: subscribed"));
  g_assert_nonnull (strstr (text, RD_VERSION));
  for (guint i = 0; i < G_N_ELEMENTS (private); i++)
    {
      if (g_str_equal (private[i], "root"))
        continue;
      g_test_message ("Not in it: %s", private[i]);
      g_assert_null (strstr (text, private[i]));
    }
  g_assert_null (strstr (text, you->access));
  g_assert_null (strstr (text, you->refresh));
}

#define ADD(path, func) g_test_add (path, AgentWorld, NULL, agent_world_set_up, func, agent_world_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/agent-diagnostics/fine", test_fine);
  ADD ("/agent-diagnostics/desktop-alone", test_desktop_alone);
  ADD ("/agent-diagnostics/site-down", test_site_down);
  ADD ("/agent-diagnostics/line-down", test_line_down);
  ADD ("/agent-diagnostics/signed-out", test_signed_out);
  ADD ("/agent-diagnostics/paused", test_paused);
  ADD ("/agent-diagnostics/site-that-errs", test_site_that_errs);
  ADD ("/agent-diagnostics/quiet", test_quiet);
  ADD ("/agent-diagnostics/crowd", test_crowd);
  ADD ("/agent-diagnostics/try", test_try);
  ADD ("/agent-diagnostics/errors", test_errors);
  ADD ("/agent-diagnostics/report", test_report);
  return g_test_run ();
}
