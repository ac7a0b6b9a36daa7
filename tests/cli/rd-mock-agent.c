/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-agent.h"

#include "rd-test.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#define ROOT "/io/github/ringdown/Ringdown"

/* Notes the call; TRUE if it was answered with the error that was asked for. */
static gboolean
note (RdMockAgent *self, GDBusMethodInvocation *invocation)
{
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  GString *line = g_string_new (g_dbus_method_invocation_get_method_name (invocation));

  for (gsize i = 0; i < g_variant_n_children (parameters); i++)
    {
      g_autoptr (GVariant) value = g_variant_get_child_value (parameters, i);
      g_autofree char *text = g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL)
                                                                                  : g_variant_print (value, FALSE);

      g_string_append_printf (line, " %s", text);
    }
  g_ptr_array_add (self->log, g_string_free (line, FALSE));
  if (self->error == NULL)
    return FALSE;
  g_dbus_method_invocation_return_dbus_error (invocation, "io.github.ringdown.Error.Refused", self->error);
  return TRUE;
}

static gboolean
on_add_account (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, GVariant *settings, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_agent1_complete_add_account (agent, invocation, "crm-example-org");
  return TRUE;
}

static gboolean
on_read_setup (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *text, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_agent1_complete_read_setup (agent, invocation,
                                        g_variant_new_parsed ("{'site': <'https://crm.example.org'>, 'key': <'k'>, "
                                                              "'profile': <'crm'>, 'cluster': <'eu'>}"));
  return TRUE;
}

static gboolean
on_test_account (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, GVariant *settings, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_agent1_complete_test_account (
      agent, invocation,
      g_variant_new_parsed ("[{'step': <'address'>, 'result': <'ok'>}, {'step': <'sign-in'>, 'result': <'failed'>, "
                            "'code': <'refused'>, 'host': <'crm.example.org'>, 'status': <uint32 400>}]"),
      "");
  return TRUE;
}

static gboolean
on_configure (RdDBusAccount1 *account, GDBusMethodInvocation *invocation, GVariant *settings, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_account1_complete_configure (account, invocation);
  return TRUE;
}

static gboolean
on_sign_in (RdDBusAccount1 *account, GDBusMethodInvocation *invocation, const char *login, const char *password,
            RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_account1_complete_sign_in (account, invocation);
  return TRUE;
}

static gboolean
on_place_call (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *account, const char *whom,
               GVariant *options, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_agent1_complete_place_call (agent, invocation, "4711");
  return TRUE;
}

static gboolean
on_list_calls (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  rd_dbus_agent1_complete_list_calls (agent, invocation, self->ended);
  return TRUE;
}

/* Pages of what there is; the cursor of the mock's entries is their place. */
static gboolean
on_history_list (RdDBusHistory1 *history, GDBusMethodInvocation *invocation, GVariant *filter, const char *before,
                 guint limit, RdMockAgent *self)
{
  gsize first = *before != '\0' ? (gsize) g_ascii_strtoull (before, NULL, 10) + 1 : 0;
  gsize end = MIN (first + limit, g_variant_n_children (self->entries));
  GVariantBuilder builder;

  if (note (self, invocation))
    return TRUE;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = first; i < end; i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (self->entries, i);

      g_variant_builder_add_value (&builder, entry);
    }
  rd_dbus_history1_complete_list (history, invocation, g_variant_builder_end (&builder),
                                  end < g_variant_n_children (self->entries));
  return TRUE;
}

static gboolean
on_history_count (RdDBusHistory1 *history, GDBusMethodInvocation *invocation, GVariant *filter, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_history1_complete_count (history, invocation, g_variant_n_children (self->entries));
  return TRUE;
}

static gboolean
on_history_erase (RdDBusHistory1 *history, GDBusMethodInvocation *invocation, GVariant *filter, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_history1_complete_erase (history, invocation, g_variant_n_children (self->entries));
  return TRUE;
}

static gboolean
on_history_export (RdDBusHistory1 *history, GDBusMethodInvocation *invocation, GUnixFDList *files, GVariant *file,
                   const char *format, GVariant *filter, RdMockAgent *self)
{
  int fd = g_unix_fd_list_get (files, g_variant_get_handle (file), NULL);

  g_assert_cmpint (fd, >=, 0);
  if (!note (self, invocation))
    {
      g_assert_cmpint (write (fd, "exported\n", 9), ==, 9);
      rd_dbus_history1_complete_export (history, invocation, NULL, g_variant_n_children (self->entries));
    }
  close (fd);
  return TRUE;
}

static void
export_history (RdMockAgent *self, RdDBusObjectSkeleton *object)
{
  g_autoptr (RdDBusHistory1) history = rd_dbus_history1_skeleton_new ();

  /* bare: the mock outlives the bus's objects */
  g_signal_connect (history, "handle-list", G_CALLBACK (on_history_list), self);
  g_signal_connect (history, "handle-count", G_CALLBACK (on_history_count), self);
  g_signal_connect (history, "handle-erase", G_CALLBACK (on_history_erase), self);
  g_signal_connect (history, "handle-export", G_CALLBACK (on_history_export), self);
  rd_dbus_object_skeleton_set_history1 (object, history);
}

static gboolean
on_check (RdDBusDiagnostics1 *diagnostics, GDBusMethodInvocation *invocation, const char *account, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_diagnostics1_complete_check (
        diagnostics, invocation,
        *account == '\0'
            ? g_variant_new_parsed ("[{'step': <'notifications'>, 'result': <'ok'>}]")
            : g_variant_new_parsed ("[{'step': <'network'>, 'result': <'ok'>}, {'step': <'sign-in'>, 'result': "
                                    "<'failed'>, 'code': <'signed-out'>, 'host': <'a.example'>}, {'step': "
                                    "<'notifications'>, 'result': <'ok'>}]"));
  return TRUE;
}

static gboolean
on_report (RdDBusDiagnostics1 *diagnostics, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_diagnostics1_complete_report (diagnostics, invocation, "Ringdown 1.2.3\n");
  return TRUE;
}

static gboolean
on_try (RdDBusDiagnostics1 *diagnostics, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_diagnostics1_complete_try (diagnostics, invocation);
  return TRUE;
}

static void
export_diagnostics (RdMockAgent *self, RdDBusObjectSkeleton *object)
{
  g_autoptr (RdDBusDiagnostics1) diagnostics = rd_dbus_diagnostics1_skeleton_new ();

  /* bare: the mock outlives the bus's objects */
  g_signal_connect (diagnostics, "handle-check", G_CALLBACK (on_check), self);
  g_signal_connect (diagnostics, "handle-report", G_CALLBACK (on_report), self);
  g_signal_connect (diagnostics, "handle-try", G_CALLBACK (on_try), self);
  rd_dbus_object_skeleton_set_diagnostics1 (object, diagnostics);
}

static gboolean
on_list_profiles (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  rd_dbus_agent1_complete_list_profiles (
      agent, invocation,
      g_variant_new_parsed (
          "[{'id': <'crm'>, 'name': <'CRM'>, 'needs': <@as []>, 'can-call': <true>, 'private': <true>,"
          "  'sign-in': <['token']>},"
          " {'id': <'invoices'>, 'name': <'Invoices'>, 'needs': <['invoice.id']>, 'can-call': <false>,"
          "  'private': <false>}]"));
  return TRUE;
}

static gboolean
on_open_window (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *page, GVariant *options,
                RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_agent1_complete_open_window (agent, invocation);
  return TRUE;
}

static gboolean
on_remove_account (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *id, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_agent1_complete_remove_account (agent, invocation);
  return TRUE;
}

static gboolean
on_quit (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  self->quit = TRUE;
  if (!note (self, invocation))
    {
      rd_dbus_agent1_complete_quit (agent, invocation);
      g_bus_unown_name (self->owner);
      self->owner = 0;
    }
  return TRUE;
}

static gboolean
on_set_token (RdDBusAccount1 *account, GDBusMethodInvocation *invocation, const char *token, const char *refresh,
              RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_account1_complete_set_token (account, invocation);
  return TRUE;
}

static gboolean
on_trust_room_host (RdDBusAccount1 *account, GDBusMethodInvocation *invocation, const char *host, RdMockAgent *self)
{
  if (!note (self, invocation))
    rd_dbus_account1_complete_trust_room_host (account, invocation);
  return TRUE;
}

/* Notes which call it was, too. */
static gboolean
note_call (RdMockAgent *self, RdDBusCall1 *call, GDBusMethodInvocation *invocation)
{
  gboolean failed = note (self, invocation);
  char **line = (char **) &g_ptr_array_index (self->log, self->log->len - 1);
  g_autofree char *plain = *line;

  *line = g_strdup_printf ("%s/%s %s", rd_dbus_call1_get_account (call), rd_dbus_call1_get_id (call), plain);
  return failed;
}

static gboolean
on_answer (RdDBusCall1 *call, GDBusMethodInvocation *invocation, GVariant *options, RdMockAgent *self)
{
  if (!note_call (self, call, invocation))
    rd_dbus_call1_complete_answer (call, invocation);
  return TRUE;
}

static gboolean
on_decline (RdDBusCall1 *call, GDBusMethodInvocation *invocation, GVariant *options, RdMockAgent *self)
{
  if (!note_call (self, call, invocation))
    rd_dbus_call1_complete_decline (call, invocation);
  return TRUE;
}

static gboolean
on_hang_up (RdDBusCall1 *call, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (!note_call (self, call, invocation))
    rd_dbus_call1_complete_hang_up (call, invocation);
  return TRUE;
}

static gboolean
on_silence (RdDBusCall1 *call, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (!note_call (self, call, invocation))
    rd_dbus_call1_complete_silence (call, invocation);
  return TRUE;
}

static gboolean
on_remind (RdDBusCall1 *call, GDBusMethodInvocation *invocation, guint minutes, RdMockAgent *self)
{
  if (!note_call (self, call, invocation))
    rd_dbus_call1_complete_remind (call, invocation);
  return TRUE;
}

static void
on_name_acquired (GDBusConnection *bus, const char *name, gpointer user_data)
{
  RdMockAgent *self = user_data;

  self->owned = TRUE;
}

static gboolean
on_quiet_set (RdDBusQuiet1 *quiet, GDBusMethodInvocation *invocation, gboolean on, gint64 until, RdMockAgent *self)
{
  if (note (self, invocation))
    return G_DBUS_METHOD_INVOCATION_HANDLED;
  rd_dbus_quiet1_set_why (quiet, on ? "switch" : "");
  rd_dbus_quiet1_set_until (quiet, until);
  rd_dbus_quiet1_complete_set (quiet, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
export_quiet (RdMockAgent *self, RdDBusObjectSkeleton *object)
{
  g_autoptr (RdDBusQuiet1) quiet = rd_dbus_quiet1_skeleton_new ();

  rd_dbus_quiet1_set_why (quiet, "");
  g_signal_connect (quiet, "handle-set", G_CALLBACK (on_quiet_set), self);
  rd_dbus_object_skeleton_set_quiet1 (object, quiet);
}

static void
export_agent (RdMockAgent *self)
{
  g_autoptr (RdDBusObjectSkeleton) object = rd_dbus_object_skeleton_new (ROOT "/Agent");

  self->agent = rd_dbus_agent1_skeleton_new ();
  rd_dbus_agent1_set_version (self->agent, "1.2.3");
  rd_dbus_agent1_set_notifications (self->agent, "ok");
  rd_dbus_agent1_set_sound (self->agent, "unused");
  rd_dbus_agent1_set_secrets (self->agent, "keyring");
  rd_dbus_agent1_set_ring (self->agent, "silent");
  rd_dbus_agent1_set_tray (self->agent, "no-host");
  rd_dbus_agent1_set_problems (self->agent, g_variant_new_parsed ("@aa{sv} []"));
  /* bare: the mock outlives the bus's objects */
  g_signal_connect (self->agent, "handle-add-account", G_CALLBACK (on_add_account), self);
  g_signal_connect (self->agent, "handle-remove-account", G_CALLBACK (on_remove_account), self);
  g_signal_connect (self->agent, "handle-place-call", G_CALLBACK (on_place_call), self);
  g_signal_connect (self->agent, "handle-list-calls", G_CALLBACK (on_list_calls), self);
  g_signal_connect (self->agent, "handle-list-profiles", G_CALLBACK (on_list_profiles), self);
  g_signal_connect (self->agent, "handle-read-setup", G_CALLBACK (on_read_setup), self);
  g_signal_connect (self->agent, "handle-test-account", G_CALLBACK (on_test_account), self);
  g_signal_connect (self->agent, "handle-open-window", G_CALLBACK (on_open_window), self);
  g_signal_connect (self->agent, "handle-quit", G_CALLBACK (on_quit), self);
  rd_dbus_object_skeleton_set_agent1 (object, self->agent);
  export_history (self, object);
  export_quiet (self, object);
  export_diagnostics (self, object);
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (object));
}

RdMockAgent *
rd_mock_agent_new (const char *address, const char *name)
{
  RdMockAgent *self = g_new0 (RdMockAgent, 1);
  g_autoptr (GError) error = NULL;

  self->log = g_ptr_array_new_with_free_func (g_free);
  self->entries = g_variant_ref_sink (g_variant_new_parsed ("@aa{sv} []"));
  self->ended = g_variant_ref_sink (g_variant_new_parsed ("@aa{sv} []"));
  self->bus = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
      NULL, &error);
  g_assert_no_error (error);
  self->manager = g_dbus_object_manager_server_new (ROOT);
  export_agent (self);
  g_dbus_object_manager_server_set_connection (self->manager, self->bus);
  self->owner =
      g_bus_own_name_on_connection (self->bus, name, G_BUS_NAME_OWNER_FLAGS_NONE, on_name_acquired, NULL, self, NULL);
  rd_test_await (self->owned);
  return self;
}

void
rd_mock_agent_free (RdMockAgent *self)
{
  if (self->owner != 0)
    g_bus_unown_name (self->owner);
  g_dbus_object_manager_server_set_connection (self->manager, NULL);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->manager);
  g_object_unref (self->agent);
  g_object_unref (self->bus);
  g_ptr_array_unref (self->log);
  g_variant_unref (self->ended);
  g_variant_unref (self->entries);
  g_free (self->error);
  g_free (self);
}

RdDBusAccount1 *
rd_mock_agent_add_account (RdMockAgent *self, const char *id, const char *name)
{
  g_autofree char *path = g_strdup_printf (ROOT "/accounts/%s", id);
  g_autoptr (RdDBusObjectSkeleton) object = rd_dbus_object_skeleton_new (g_strdelimit (path, "-", '_'));
  RdDBusAccount1 *account = rd_dbus_account1_skeleton_new ();

  rd_dbus_account1_set_id (account, id);
  rd_dbus_account1_set_name (account, name);
  rd_dbus_account1_set_profile (account, "crm");
  rd_dbus_account1_set_site (account, "https://crm.example.org");
  rd_dbus_account1_set_user_id (account, "7");
  rd_dbus_account1_set_can_call (account, TRUE);
  rd_dbus_account1_set_state (account, "connected");
  rd_dbus_account1_set_reason (account, "");
  rd_dbus_account1_set_reason_detail (account, g_variant_new_parsed ("@a{sv} {}"));
  rd_dbus_account1_set_site_problem (account, g_variant_new_parsed ("@a{sv} {}"));
  rd_dbus_account1_set_channels (account, g_variant_new_parsed ("@a(sss) [('private-user-7', 'subscribed', '')]"));
  rd_dbus_account1_set_last_frame (account, g_get_real_time () - 3500 * 1000);
  g_signal_connect (account, "handle-set-token", G_CALLBACK (on_set_token), self);
  g_signal_connect (account, "handle-configure", G_CALLBACK (on_configure), self);
  g_signal_connect (account, "handle-sign-in", G_CALLBACK (on_sign_in), self);
  g_signal_connect (account, "handle-trust-room-host", G_CALLBACK (on_trust_room_host), self);
  rd_dbus_object_skeleton_set_account1 (object, account);
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (object));
  return account;
}

RdDBusCall1 *
rd_mock_agent_add_call (RdMockAgent *self, int number, const char *account, const char *id, const char *direction,
                        const char *state, const char *peer_name)
{
  g_autofree char *path = g_strdup_printf (ROOT "/calls/%d", number);
  g_autoptr (RdDBusObjectSkeleton) object = rd_dbus_object_skeleton_new (path);
  RdDBusCall1 *call = rd_dbus_call1_skeleton_new ();

  rd_dbus_call1_set_id (call, id);
  rd_dbus_call1_set_account (call, account);
  rd_dbus_call1_set_account_name (call, account);
  rd_dbus_call1_set_direction (call, direction);
  rd_dbus_call1_set_state (call, state);
  rd_dbus_call1_set_end_reason (call, "");
  rd_dbus_call1_set_peer_id (call, "8");
  rd_dbus_call1_set_peer_name (call, peer_name);
  rd_dbus_call1_set_busy (call, "");
  rd_dbus_call1_set_created_at (call, G_GINT64_CONSTANT (1767225600123456));
  g_signal_connect (call, "handle-answer", G_CALLBACK (on_answer), self);
  g_signal_connect (call, "handle-decline", G_CALLBACK (on_decline), self);
  g_signal_connect (call, "handle-hang-up", G_CALLBACK (on_hang_up), self);
  g_signal_connect (call, "handle-silence", G_CALLBACK (on_silence), self);
  g_signal_connect (call, "handle-remind", G_CALLBACK (on_remind), self);
  rd_dbus_object_skeleton_set_call1 (object, call);
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (object));
  return call;
}

char *
rd_mock_agent_take_log (RdMockAgent *self)
{
  char *line;

  if (self->log->len == 0)
    return g_strdup ("");
  g_assert_cmpuint (self->log->len, ==, 1);
  line = g_strdup (g_ptr_array_index (self->log, 0));
  g_ptr_array_set_size (self->log, 0);
  return line;
}

void
rd_mock_fixture_set_up_bus (RdMockFixture *self, gconstpointer data)
{
  self->dbus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (self->dbus);
}

void
rd_mock_fixture_set_up (RdMockFixture *self, gconstpointer data)
{
  rd_mock_fixture_set_up_bus (self, data);
  self->agent = rd_mock_agent_new (g_test_dbus_get_bus_address (self->dbus), RD_APP_ID);
}

void
rd_mock_fixture_tear_down (RdMockFixture *self, gconstpointer data)
{
  g_clear_pointer (&self->agent, rd_mock_agent_free);
  g_test_dbus_stop (self->dbus);
  g_clear_object (&self->dbus);
}

void
rd_mock_fixture_assert_log (RdMockFixture *self, const char *expected)
{
  g_autofree char *line = rd_mock_agent_take_log (self->agent);

  g_assert_cmpstr (line, ==, expected);
}
