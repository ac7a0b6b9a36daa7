/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-agent-object.h"

#include "rd-clean.h"
#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-profile-entry.h"
#include "rd-setup.h"

/* The agent as a whole on the bus: its health, its accounts, what happened in this run. */

#define MAX_TOKEN 1024
/* Of an id in bytes; one of a conversation may be made of a person's. */
#define MAX_SHOWN (RD_CLEAN_ID * 4 + 8)

enum
{
  QUIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdAgentObject
{
  RdDBusAgent1Skeleton parent_instance;

  RdLines *lines;
  RdOperator *operator;
  RdRinger *ringer;
  RdWindowLauncher *launcher;
  RdJournal *journal;
  RdProfiles *profiles;
  RdSetupDesk *setup_desk;
  GPtrArray *problems; /* GVariant */
};

static gboolean
on_handle_add_account (RdDBusAgent1 *object, GDBusMethodInvocation *invocation, GVariant *settings)
{
  rd_setup_desk_add (RD_AGENT_OBJECT (object)->setup_desk, invocation, settings);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_discover_site (RdDBusAgent1 *object, GDBusMethodInvocation *invocation, const char *address)
{
  rd_setup_desk_discover (RD_AGENT_OBJECT (object)->setup_desk, invocation, address);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_fetch_profile (RdDBusAgent1 *object, GDBusMethodInvocation *invocation, const char *site, const char *url)
{
  rd_setup_desk_fetch (RD_AGENT_OBJECT (object)->setup_desk, invocation, site, url);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_read_setup (RdDBusAgent1 *object, GDBusMethodInvocation *invocation, const char *text)
{
  rd_setup_desk_read (RD_AGENT_OBJECT (object)->setup_desk, invocation, text);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_test_account (RdDBusAgent1 *object, GDBusMethodInvocation *invocation, GVariant *settings)
{
  rd_setup_desk_test (RD_AGENT_OBJECT (object)->setup_desk, invocation, settings);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_account_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_lines_remove_finish (RD_LINES (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_remove_account (RdDBusAgent1 *object, GDBusMethodInvocation *invocation, const char *account)
{
  rd_lines_remove_async (RD_AGENT_OBJECT (object)->lines, account, on_account_removed, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_call_placed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_operator_place_finish (RD_OPERATOR (source), result, &error);

  if (id != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", id));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_place_call (RdDBusAgent1          *object,
                      GDBusMethodInvocation *invocation,
                      const char            *account,
                      const char            *whom,
                      GVariant              *options)
{
  gboolean audio = FALSE;

  g_variant_lookup (options, "audio", "b", &audio);
  rd_operator_place_async (RD_AGENT_OBJECT (object)->operator, account, whom, audio, on_call_placed, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_calls (RdDBusAgent1 *object, GDBusMethodInvocation *invocation)
{
  rd_dbus_agent1_complete_list_calls (object, invocation,
                                      rd_journal_list_calls (RD_AGENT_OBJECT (object)->journal));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_payments (RdDBusAgent1 *object, GDBusMethodInvocation *invocation)
{
  rd_dbus_agent1_complete_list_payments (object, invocation,
                                         rd_journal_list_payments (RD_AGENT_OBJECT (object)->journal));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_profiles (RdDBusAgent1 *object, GDBusMethodInvocation *invocation)
{
  g_autoptr (GPtrArray) profiles = rd_profiles_dup_list (RD_AGENT_OBJECT (object)->profiles);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; i < profiles->len; i++)
    g_variant_builder_add_value (&builder, rd_profile_entry_new (profiles->pdata[i]));
  rd_dbus_agent1_complete_list_profiles (object, invocation, g_variant_builder_end (&builder));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* (nullable) where the options are wrong. It comes to a command line: bounded. */
static const char *
find_fault (const RdWindowView *view)
{
  static const char * const pages[] = { "", "calls", "messages", "people", "payments", "accounts", NULL };

  if (!g_strv_contains (pages, view->page))
    return "page";
  if (view->account != NULL && strlen (view->account) > RD_CLEAN_ID)
    return "account";
  if (view->conversation != NULL && (view->account == NULL || strlen (view->conversation) > MAX_SHOWN))
    return "conversation";
  if (view->invoice != NULL && (view->account == NULL || strlen (view->invoice) > MAX_SHOWN))
    return "invoice";
  return NULL;
}

static gboolean
on_handle_open_window (RdDBusAgent1 *object, GDBusMethodInvocation *invocation, const char *page, GVariant *options)
{
  const char *token = NULL;
  RdWindowView view = { .page = page };
  g_autoptr (GVariant) setup = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_lookup (options, "account", "&s", &view.account);
  g_variant_lookup (options, "conversation", "&s", &view.conversation);
  g_variant_lookup (options, "invoice", "&s", &view.invoice);
  g_variant_lookup (options, "setup", "&s", &view.setup);
  if (find_fault (&view) != NULL)
    error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, find_fault (&view));
  /* It must be one before a window is opened for it: what is none may hold a secret. */
  else if (view.setup != NULL)
    setup = rd_setup_read (view.setup, -1, &error);
  if (error != NULL)
    {
      rd_dbus_error_return (invocation, error);
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  g_variant_lookup (options, "activation-token", "&s", &token);
  if (token != NULL && (*token == '\0' || strlen (token) > MAX_TOKEN))
    token = NULL;
  if (rd_window_launcher_open_view (RD_AGENT_OBJECT (object)->launcher, &view, token, &error))
    rd_dbus_agent1_complete_open_window (object, invocation);
  else
    rd_dbus_error_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_quit (RdDBusAgent1 *object, GDBusMethodInvocation *invocation)
{
  rd_dbus_agent1_complete_quit (object, invocation);
  g_signal_emit (object, signals[QUIT], 0);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
agent1_iface_init (RdDBusAgent1Iface *iface)
{
  iface->handle_add_account = on_handle_add_account;
  iface->handle_discover_site = on_handle_discover_site;
  iface->handle_fetch_profile = on_handle_fetch_profile;
  iface->handle_read_setup = on_handle_read_setup;
  iface->handle_test_account = on_handle_test_account;
  iface->handle_remove_account = on_handle_remove_account;
  iface->handle_place_call = on_handle_place_call;
  iface->handle_list_calls = on_handle_list_calls;
  iface->handle_list_payments = on_handle_list_payments;
  iface->handle_list_profiles = on_handle_list_profiles;
  iface->handle_open_window = on_handle_open_window;
  iface->handle_quit = on_handle_quit;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdAgentObject, rd_agent_object, RD_DBUS_TYPE_AGENT1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_AGENT1, agent1_iface_init))

static const char *
ring_to_string (RdRingerState state)
{
  switch (state)
    {
    case RD_RINGER_FULL:
      return "full";
    case RD_RINGER_SOFT:
      return "soft";
    case RD_RINGER_SILENT:
    default:
      return "silent";
    }
}

static void
on_ringer_state_changed (RdRinger *ringer, GParamSpec *pspec, RdAgentObject *self)
{
  rd_dbus_agent1_set_ring (RD_DBUS_AGENT1 (self), ring_to_string (rd_ringer_get_state (ringer)));
}

static void
connect_signals (RdAgentObject *self, const RdAgentContext *context)
{
  g_object_bind_property (context->policy.notifier, "health", self, "notifications", G_BINDING_SYNC_CREATE);
  g_object_bind_property (context->policy.ringer, "health", self, "sound", G_BINDING_SYNC_CREATE);
  g_object_bind_property (context->policy.background, "autostart", self, "autostart", G_BINDING_SYNC_CREATE);
  g_object_bind_property (context->secrets, "backend", self, "secrets", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (context->policy.ringer, "notify::state", G_CALLBACK (on_ringer_state_changed), self, 0);
  on_ringer_state_changed (context->policy.ringer, NULL, self);

  g_signal_connect_object (context->policy.journal, "call", G_CALLBACK (rd_dbus_agent1_emit_call_logged), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->policy.journal, "payment", G_CALLBACK (rd_dbus_agent1_emit_payment_received),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->news, "message", G_CALLBACK (rd_dbus_agent1_emit_message_received), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context->policy.notices, "notice", G_CALLBACK (rd_dbus_agent1_emit_notice), self,
                           G_CONNECT_SWAPPED);
}

/*
 * GObject
 */
static void
rd_agent_object_finalize (GObject *object)
{
  RdAgentObject *self = RD_AGENT_OBJECT (object);

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_object (&self->lines);
  g_clear_object (&self->operator);
  g_clear_object (&self->ringer);
  g_clear_object (&self->launcher);
  g_clear_object (&self->journal);
  g_clear_object (&self->profiles);
  g_clear_object (&self->setup_desk);

  G_OBJECT_CLASS (rd_agent_object_parent_class)->finalize (object);
}

static void
rd_agent_object_class_init (RdAgentObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_agent_object_finalize;

  signals[QUIT] = g_signal_new ("quit", RD_TYPE_AGENT_OBJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_agent_object_init (RdAgentObject *self)
{
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
}

RdAgentObject *
rd_agent_object_new (const RdAgentContext *context)
{
  RdAgentObject *self;
  GPtrArray *faults;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_AGENT_OBJECT, "version", RD_VERSION, NULL);
  self->lines = g_object_ref (context->policy.lines);
  self->operator = g_object_ref (context->policy.operator);
  self->ringer = g_object_ref (context->policy.ringer);
  self->launcher = g_object_ref (context->policy.launcher);
  self->journal = g_object_ref (context->policy.journal);
  self->profiles = g_object_ref (context->profiles);
  self->setup_desk = g_object_ref (context->setup_desk);
  rd_dbus_agent1_set_problems (RD_DBUS_AGENT1 (self), g_variant_new ("aa{sv}", NULL));
  faults = rd_profiles_get_faults (context->profiles);
  for (guint i = 0; i < faults->len; i++)
    rd_agent_object_add_problem (self, faults->pdata[i]);
  connect_signals (self, context);
  return self;
}

void
rd_agent_object_add_problem (RdAgentObject *self, const GError *error)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  g_return_if_fail (RD_IS_AGENT_OBJECT (self));
  g_return_if_fail (error != NULL);

  g_ptr_array_add (self->problems, rd_dbus_error_dup_detail (error));
  for (guint i = 0; i < self->problems->len; i++)
    g_variant_builder_add_value (&builder, self->problems->pdata[i]);
  rd_dbus_agent1_set_problems (RD_DBUS_AGENT1 (self), g_variant_builder_end (&builder));
}
