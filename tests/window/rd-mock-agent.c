/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-agent.h"

/* The other end of the window, for tests and screenshots. */

#define ROOT "/io/github/ringdown/Ringdown"

struct _RdMockAgent
{
  GObject parent_instance;

  GDBusConnection *connection;
  char *bus_name;
  GDBusObjectManagerServer *manager;
  RdDBusAgent1 *agent;
  GVariant *history;
  GVariant *payments;
  GHashTable *counts;    /* method → number */
  GHashTable *arguments; /* method → text */
  GHashTable *failures;  /* method → sentence */
  GHashTable *replies;   /* method → its reply's arguments, as text */
};

G_DEFINE_FINAL_TYPE (RdMockAgent, rd_mock_agent, G_TYPE_OBJECT)

/* Counts; FALSE when the invocation was answered with a failure. */
static gboolean
take (RdMockAgent *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  const char *failure = g_hash_table_lookup (self->failures, method);
  guint count = rd_mock_agent_get_count (self, method);

  g_hash_table_insert (self->counts, g_strdup (method), GUINT_TO_POINTER (count + 1));
  g_hash_table_insert (self->arguments, g_strdup (method),
                       g_variant_print (g_dbus_method_invocation_get_parameters (invocation), FALSE));
  if (failure == NULL)
    return TRUE;
  g_dbus_method_invocation_return_dbus_error (invocation, "io.github.ringdown.Error.Refused", failure);
  return FALSE;
}

/* Any method without a reply's value, of any of the interfaces. */
static gboolean
on_handle_plain (GDBusInterfaceSkeleton *skeleton, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (take (self, invocation))
    g_dbus_method_invocation_return_value (invocation, NULL);
  return TRUE;
}

static gboolean
on_handle_one (GDBusInterfaceSkeleton *skeleton, GDBusMethodInvocation *invocation, gpointer argument,
               RdMockAgent *self)
{
  return on_handle_plain (skeleton, invocation, self);
}

static gboolean
on_handle_two (GDBusInterfaceSkeleton *skeleton, GDBusMethodInvocation *invocation, gpointer argument, gpointer other,
               RdMockAgent *self)
{
  return on_handle_plain (skeleton, invocation, self);
}

static gboolean
on_handle_three (GDBusInterfaceSkeleton *skeleton, GDBusMethodInvocation *invocation, gpointer argument,
                 gpointer other, gpointer third, RdMockAgent *self)
{
  return on_handle_plain (skeleton, invocation, self);
}

static gboolean
on_handle_add_account (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, GVariant *settings, RdMockAgent *self)
{
  if (take (self, invocation))
    rd_dbus_agent1_complete_add_account (agent, invocation, "new");
  return TRUE;
}

/* A method that a test has given the reply of. */
static gboolean
on_handle_given (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, gpointer argument, RdMockAgent *self)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  const char *text = g_hash_table_lookup (self->replies, method);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  if (!take (self, invocation))
    return TRUE;
  if (text == NULL)
    text = strcmp (method, "TestAccount") == 0 ? "(@aa{sv} [], '')" : "(@a{sv} {},)";
  reply = g_variant_parse (NULL, text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_method_invocation_return_value (invocation, g_steal_pointer (&reply));
  return TRUE;
}

static gboolean
on_handle_fetch_profile (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *site, const char *url,
                         RdMockAgent *self)
{
  return on_handle_given (agent, invocation, NULL, self);
}

/* As the agent: what it accepts, the account's properties say. */
static gboolean
on_handle_configure (RdDBusAccount1 *account, GDBusMethodInvocation *invocation, GVariant *settings,
                     RdMockAgent *self)
{
  const char *text;
  gboolean paused;

  if (!take (self, invocation))
    return TRUE;
  if (g_variant_lookup (settings, "name", "&s", &text))
    rd_dbus_account1_set_name (account, text);
  if (g_variant_lookup (settings, "colour", "&s", &text))
    rd_dbus_account1_set_colour (account, text);
  if (g_variant_lookup (settings, "sound", "&s", &text))
    rd_dbus_account1_set_sound (account, text);
  if (g_variant_lookup (settings, "threshold", "&s", &text))
    rd_dbus_account1_set_threshold (account, text);
  if (g_variant_lookup (settings, "paused", "b", &paused))
    rd_dbus_account1_set_paused (account, paused);
  rd_dbus_account1_complete_configure (account, invocation);
  return TRUE;
}

static gboolean
on_handle_place_call (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, const char *account, const char *whom,
                      GVariant *call_options, RdMockAgent *self)
{
  if (take (self, invocation))
    rd_dbus_agent1_complete_place_call (agent, invocation, "42");
  return TRUE;
}

static gboolean
on_handle_list_calls (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (take (self, invocation))
    rd_dbus_agent1_complete_list_calls (agent, invocation, self->history);
  return TRUE;
}

static gboolean
on_handle_list_payments (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (take (self, invocation))
    rd_dbus_agent1_complete_list_payments (agent, invocation, self->payments);
  return TRUE;
}

static gboolean
on_handle_list_profiles (RdDBusAgent1 *agent, GDBusMethodInvocation *invocation, RdMockAgent *self)
{
  if (take (self, invocation))
    rd_dbus_agent1_complete_list_profiles (
      agent, invocation,
      g_variant_new_parsed (
        "[{'id': <'crm'>, 'name': <'CRM calls'>, 'needs': <@as []>, 'can-call': <true>, 'private': <true>, 'sign-in': "
        "<['password', 'token']>, 'login': <'username'>}, {'id': <'invoices'>, 'name': <'Invoices'>, 'needs': "
        "<['invoice.id']>, 'can-call': <false>, 'private': <false>, 'sign-in': <@as []>}, {'id': <'crm-ws'>, 'name': "
        "<'CRM with a line of its own'>, 'needs': <@as []>, 'private': <true>, 'plain-line': <true>, 'sign-in': "
        "<['password']>, 'login': <'email'>}]"));
  return TRUE;
}

static void
export (RdMockAgent *self, const char *path, GDBusInterfaceSkeleton *skeleton)
{
  g_autoptr (GDBusObjectSkeleton) object = g_dbus_object_skeleton_new (path);

  g_dbus_object_skeleton_add_interface (object, skeleton);
  g_dbus_object_manager_server_export (self->manager, object);
}

static char *
object_path (const char *kind, const char *id)
{
  return g_strdup_printf (ROOT "/%s/%s", kind, id);
}

static void
request_name (RdMockAgent *self, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                 "org.freedesktop.DBus", method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                 &error);

  g_assert_no_error (error);
}

static void
rd_mock_agent_finalize (GObject *object)
{
  RdMockAgent *self = RD_MOCK_AGENT (object);

  g_clear_object (&self->agent);
  g_clear_object (&self->manager);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->bus_name, g_free);
  g_clear_pointer (&self->history, g_variant_unref);
  g_clear_pointer (&self->payments, g_variant_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->arguments, g_hash_table_unref);
  g_clear_pointer (&self->failures, g_hash_table_unref);
  g_clear_pointer (&self->replies, g_hash_table_unref);

  G_OBJECT_CLASS (rd_mock_agent_parent_class)->finalize (object);
}

static void
rd_mock_agent_class_init (RdMockAgentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mock_agent_finalize;
}

static void
rd_mock_agent_init (RdMockAgent *self)
{
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->arguments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  rd_mock_agent_set_history (self, "@aa{sv} []", "@aa{sv} []");
}

static void
export_agent (RdMockAgent *self)
{
  self->agent = rd_dbus_agent1_skeleton_new ();
  rd_dbus_agent1_set_version (self->agent, RD_VERSION);
  rd_dbus_agent1_set_notifications (self->agent, "ok");
  rd_dbus_agent1_set_sound (self->agent, "unused");
  rd_dbus_agent1_set_secrets (self->agent, "keyring");
  rd_dbus_agent1_set_ring (self->agent, "silent");
  rd_dbus_agent1_set_problems (self->agent, g_variant_new_parsed ("@aa{sv} []"));
  g_signal_connect (self->agent, "handle-add-account", G_CALLBACK (on_handle_add_account), self);
  g_signal_connect (self->agent, "handle-discover-site", G_CALLBACK (on_handle_given), self);
  g_signal_connect (self->agent, "handle-fetch-profile", G_CALLBACK (on_handle_fetch_profile), self);
  g_signal_connect (self->agent, "handle-read-setup", G_CALLBACK (on_handle_given), self);
  g_signal_connect (self->agent, "handle-test-account", G_CALLBACK (on_handle_given), self);
  g_signal_connect (self->agent, "handle-remove-account", G_CALLBACK (on_handle_one), self);
  g_signal_connect (self->agent, "handle-place-call", G_CALLBACK (on_handle_place_call), self);
  g_signal_connect (self->agent, "handle-list-calls", G_CALLBACK (on_handle_list_calls), self);
  g_signal_connect (self->agent, "handle-list-payments", G_CALLBACK (on_handle_list_payments), self);
  g_signal_connect (self->agent, "handle-list-profiles", G_CALLBACK (on_handle_list_profiles), self);
  g_signal_connect (self->agent, "handle-open-window", G_CALLBACK (on_handle_two), self);
  g_signal_connect (self->agent, "handle-quit", G_CALLBACK (on_handle_plain), self);
  export (self, ROOT "/Agent", G_DBUS_INTERFACE_SKELETON (self->agent));
}

RdMockAgent *
rd_mock_agent_new (GDBusConnection *connection, const char *bus_name)
{
  RdMockAgent *self = g_object_new (RD_TYPE_MOCK_AGENT, NULL);

  self->connection = g_object_ref (connection);
  self->bus_name = g_strdup (bus_name);
  self->manager = g_dbus_object_manager_server_new (ROOT);
  export_agent (self);
  g_dbus_object_manager_server_set_connection (self->manager, connection);
  request_name (self, "RequestName", g_variant_new ("(su)", bus_name, 4));
  return self;
}

RdDBusAgent1 *
rd_mock_agent_get_agent (RdMockAgent *self)
{
  return self->agent;
}

RdDBusAccount1 *
rd_mock_agent_add_account (RdMockAgent *self, const char *id, const char *name)
{
  g_autoptr (RdDBusAccount1) account = rd_dbus_account1_skeleton_new ();
  g_autofree char *path = object_path ("accounts", id);

  rd_dbus_account1_set_id (account, id);
  rd_dbus_account1_set_name (account, name);
  rd_dbus_account1_set_profile (account, "crm");
  rd_dbus_account1_set_site (account, "https://crm.example.com");
  rd_dbus_account1_set_user_id (account, "7");
  rd_dbus_account1_set_can_call (account, TRUE);
  rd_dbus_account1_set_state (account, "connected");
  rd_dbus_account1_set_reason (account, "");
  rd_dbus_account1_set_reason_detail (account, g_variant_new_parsed ("@a{sv} {}"));
  rd_dbus_account1_set_last_frame (account, g_get_real_time () - 3 * G_USEC_PER_SEC);
  rd_dbus_account1_set_channels (account, g_variant_new_parsed ("[('private-user-7', 'subscribed', '')]"));
  rd_dbus_account1_set_site_problem (account, g_variant_new_parsed ("@a{sv} {}"));
  rd_dbus_account1_set_colour (account, "");
  rd_dbus_account1_set_sound (account, "full");
  rd_dbus_account1_set_threshold (account, "");
  rd_dbus_account1_set_delivery (account, "push");
  rd_dbus_account1_set_toasts (account, g_variant_new_parsed ("{'message': true, 'payment': true, 'notice': true}"));
  rd_dbus_account1_set_sign_in_ways (account, (const char *const[]) { "password", "token", NULL });
  rd_dbus_account1_set_login (account, "username");
  g_signal_connect (account, "handle-configure", G_CALLBACK (on_handle_configure), self);
  g_signal_connect (account, "handle-sign-in", G_CALLBACK (on_handle_two), self);
  g_signal_connect (account, "handle-open-page", G_CALLBACK (on_handle_three), self);
  g_signal_connect (account, "handle-reconnect", G_CALLBACK (on_handle_plain), self);
  g_signal_connect (account, "handle-set-token", G_CALLBACK (on_handle_two), self);
  g_signal_connect (account, "handle-trust-room-host", G_CALLBACK (on_handle_one), self);
  g_signal_connect (account, "handle-distrust-room-host", G_CALLBACK (on_handle_one), self);
  export (self, path, G_DBUS_INTERFACE_SKELETON (account));
  return account; /* the manager holds it */
}

RdDBusAccount1 *
rd_mock_agent_find_account (RdMockAgent *self, const char *id)
{
  g_autofree char *path = object_path ("accounts", id);
  g_autoptr (GDBusObject) object =
    g_dbus_object_manager_get_object (G_DBUS_OBJECT_MANAGER (self->manager), path);
  g_autoptr (GDBusInterface) interface = NULL;

  if (object != NULL)
    interface = g_dbus_object_get_interface (object, "io.github.ringdown.Account1");
  return interface != NULL ? RD_DBUS_ACCOUNT1 (interface) : NULL; /* the manager holds it */
}

void
rd_mock_agent_add_ability (RdDBusAccount1 *account, const char *ability)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const *abilities = rd_dbus_account1_get_abilities (account);
  g_auto (GStrv) all = NULL;

  if (abilities != NULL)
    g_strv_builder_addv (builder, (const char **) abilities);
  g_strv_builder_add (builder, ability);
  all = g_strv_builder_end (builder);
  rd_dbus_account1_set_abilities (account, (const char *const *) all);
}

void
rd_mock_agent_add_interface (RdMockAgent *self, const char *account, gpointer skeleton)
{
  g_autofree char *path = object_path ("accounts", account);
  g_autoptr (GDBusObject) object =
    g_dbus_object_manager_get_object (G_DBUS_OBJECT_MANAGER (self->manager), path);

  g_dbus_object_skeleton_add_interface (G_DBUS_OBJECT_SKELETON (object), G_DBUS_INTERFACE_SKELETON (skeleton));
}

void
rd_mock_agent_add_part (RdMockAgent *self, gpointer skeleton)
{
  g_autoptr (GDBusObject) object =
    g_dbus_object_manager_get_object (G_DBUS_OBJECT_MANAGER (self->manager), ROOT "/Agent");

  g_dbus_object_skeleton_add_interface (G_DBUS_OBJECT_SKELETON (object), G_DBUS_INTERFACE_SKELETON (skeleton));
}

gboolean
rd_mock_agent_take (RdMockAgent *self, GDBusMethodInvocation *invocation)
{
  return take (self, invocation);
}

void
rd_mock_agent_remove_account (RdMockAgent *self, const char *id)
{
  g_autofree char *path = object_path ("accounts", id);

  g_dbus_object_manager_server_unexport (self->manager, path);
}

RdDBusCall1 *
rd_mock_agent_add_call (RdMockAgent *self, const char *id, const char *state, const char *peer_name)
{
  g_autoptr (RdDBusCall1) call = rd_dbus_call1_skeleton_new ();
  g_autofree char *path = object_path ("calls", id);

  rd_dbus_call1_set_id (call, id);
  rd_dbus_call1_set_account (call, "crm");
  rd_dbus_call1_set_account_name (call, "Work CRM");
  rd_dbus_call1_set_direction (call, g_strcmp0 (state, "ringing-out") == 0 ? "out" : "in");
  rd_dbus_call1_set_state (call, state);
  rd_dbus_call1_set_end_reason (call, "");
  rd_dbus_call1_set_peer_id (call, "12");
  rd_dbus_call1_set_peer_name (call, peer_name);
  rd_dbus_call1_set_created_at (call, g_get_real_time ());
  rd_dbus_call1_set_has_room (call, TRUE);
  rd_dbus_call1_set_can_answer (call, TRUE);
  rd_dbus_call1_set_busy (call, "");
  rd_dbus_call1_set_room_problem (call, g_variant_new_parsed ("@a{sv} {}"));
  g_signal_connect (call, "handle-answer", G_CALLBACK (on_handle_one), self);
  g_signal_connect (call, "handle-decline", G_CALLBACK (on_handle_one), self);
  g_signal_connect (call, "handle-hang-up", G_CALLBACK (on_handle_plain), self);
  g_signal_connect (call, "handle-silence", G_CALLBACK (on_handle_plain), self);
  g_signal_connect (call, "handle-remind", G_CALLBACK (on_handle_one), self);
  g_signal_connect (call, "handle-open-room", G_CALLBACK (on_handle_one), self);
  export (self, path, G_DBUS_INTERFACE_SKELETON (call));
  return call; /* the manager holds it */
}

void
rd_mock_agent_remove_call (RdMockAgent *self, const char *id)
{
  g_autofree char *path = object_path ("calls", id);

  g_dbus_object_manager_server_unexport (self->manager, path);
}

void
rd_mock_agent_set_history (RdMockAgent *self, const char *calls, const char *payments)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->history, g_variant_unref);
  g_clear_pointer (&self->payments, g_variant_unref);
  self->history = g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), calls, NULL, NULL, &error);
  g_assert_no_error (error);
  self->payments = g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), payments, NULL, NULL, &error);
  g_assert_no_error (error);
}

guint
rd_mock_agent_get_count (RdMockAgent *self, const char *method)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method));
}

const char *
rd_mock_agent_get_arguments (RdMockAgent *self, const char *method)
{
  return g_hash_table_lookup (self->arguments, method);
}

void
rd_mock_agent_set_failure (RdMockAgent *self, const char *method, const char *sentence)
{
  if (sentence != NULL)
    g_hash_table_insert (self->failures, g_strdup (method), g_strdup (sentence));
  else
    g_hash_table_remove (self->failures, method);
}

void
rd_mock_agent_set_reply (RdMockAgent *self, const char *method, const char *reply)
{
  g_hash_table_insert (self->replies, g_strdup (method), g_strdup (reply));
}

void
rd_mock_agent_vanish (RdMockAgent *self)
{
  request_name (self, "ReleaseName", g_variant_new ("(s)", self->bus_name));
  g_dbus_object_manager_server_set_connection (self->manager, NULL);
}
