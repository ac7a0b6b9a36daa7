/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-desk.h"

/* The desktop's side of a mock agent. */

struct _RdMockDesk
{
  GObject parent_instance;

  RdMockAgent *agent; /* not owned: it holds the skeletons */
  RdDBusQuiet1 *quiet;
  RdDBusSounds1 *sounds;
  RdDBusHistory1 *history;
  RdDBusDiagnostics1 *diagnostics;
  GVariant *steps;
  GVariant *errors;
};

G_DEFINE_FINAL_TYPE (RdMockDesk, rd_mock_desk, G_TYPE_OBJECT)

static gboolean
on_handle_set (RdDBusQuiet1 *quiet, GDBusMethodInvocation *invocation, gboolean on, gint64 until, RdMockDesk *self)
{
  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  rd_dbus_quiet1_set_why (quiet, on ? "switch" : "");
  rd_dbus_quiet1_set_until (quiet, on ? until : 0);
  rd_dbus_quiet1_complete_set (quiet, invocation);
  return TRUE;
}

/* (transfer floating): @contacts without this one */
static GVariant *
without (GVariant *contacts, const char *account, const char *person)
{
  GVariantBuilder builder;
  GVariantIter iter;
  const char *a, *p, *name;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  g_variant_iter_init (&iter, contacts);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &a, &p, &name))
    if (g_strcmp0 (a, account) != 0 || g_strcmp0 (p, person) != 0)
      g_variant_builder_add (&builder, "(sss)", a, p, name);
  return g_variant_builder_end (&builder);
}

static gboolean
on_handle_set_contact (RdDBusQuiet1 *quiet, GDBusMethodInvocation *invocation, const char *account, const char *person,
                       const char *name, const char *treatment, RdMockDesk *self)
{
  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  rd_dbus_quiet1_set_muted (quiet, without (rd_dbus_quiet1_get_muted (quiet), account, person));
  rd_dbus_quiet1_set_vips (quiet, without (rd_dbus_quiet1_get_vips (quiet), account, person));
  rd_dbus_quiet1_complete_set_contact (quiet, invocation);
  return TRUE;
}

static gboolean
on_handle_list_devices (RdDBusSounds1 *sounds, GDBusMethodInvocation *invocation, RdMockDesk *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_sounds1_complete_list_devices (
      sounds, invocation, g_variant_new_parsed ("[('speakers', 'Built-in speakers'), ('headset', 'Headset')]"));
  return TRUE;
}

static gboolean
on_handle_list_tones (RdDBusSounds1 *sounds, GDBusMethodInvocation *invocation, RdMockDesk *self)
{
  static const char *const rings[] = { "classic", "chime", NULL };
  static const char *const messages[] = { "bell", "drop", NULL };

  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_sounds1_complete_list_tones (sounds, invocation, rings, messages);
  return TRUE;
}

static gboolean
on_handle_test (RdDBusSounds1 *sounds, GDBusMethodInvocation *invocation, const char *what, RdMockDesk *self)
{
  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  rd_dbus_sounds1_set_testing (sounds, what);
  rd_dbus_sounds1_complete_test (sounds, invocation);
  return TRUE;
}

static gboolean
on_handle_erase (RdDBusHistory1 *history, GDBusMethodInvocation *invocation, GVariant *filter, RdMockDesk *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_history1_complete_erase (history, invocation, 12);
  return TRUE;
}

static gboolean
on_handle_check (RdDBusDiagnostics1 *diagnostics, GDBusMethodInvocation *invocation, const char *account,
                 RdMockDesk *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_diagnostics1_complete_check (diagnostics, invocation, self->steps);
  return TRUE;
}

static gboolean
on_handle_try (RdDBusDiagnostics1 *diagnostics, GDBusMethodInvocation *invocation, RdMockDesk *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_diagnostics1_complete_try (diagnostics, invocation);
  return TRUE;
}

static gboolean
on_handle_list_errors (RdDBusDiagnostics1 *diagnostics, GDBusMethodInvocation *invocation, RdMockDesk *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_diagnostics1_complete_list_errors (diagnostics, invocation, self->errors);
  return TRUE;
}

static gboolean
on_handle_report (RdDBusDiagnostics1 *diagnostics, GDBusMethodInvocation *invocation, RdMockDesk *self)
{
  if (rd_mock_agent_take (self->agent, invocation))
    rd_dbus_diagnostics1_complete_report (diagnostics, invocation, "Ringdown 0\nline: connected\n");
  return TRUE;
}

static void
rd_mock_desk_finalize (GObject *object)
{
  RdMockDesk *self = RD_MOCK_DESK (object);

  g_clear_object (&self->quiet);
  g_clear_object (&self->sounds);
  g_clear_object (&self->history);
  g_clear_object (&self->diagnostics);
  g_clear_pointer (&self->steps, g_variant_unref);
  g_clear_pointer (&self->errors, g_variant_unref);

  G_OBJECT_CLASS (rd_mock_desk_parent_class)->finalize (object);
}

static void
rd_mock_desk_class_init (RdMockDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mock_desk_finalize;
}

static void
rd_mock_desk_init (RdMockDesk *self)
{
  self->quiet = rd_dbus_quiet1_skeleton_new ();
  rd_dbus_quiet1_set_why (self->quiet, "");
  rd_dbus_quiet1_set_banners (self->quiet, TRUE);
  rd_dbus_quiet1_set_sounds (self->quiet, TRUE);
  rd_dbus_quiet1_set_muted (self->quiet, g_variant_new_parsed ("[('crm', '12', 'Ada <Lovelace>')]"));
  rd_dbus_quiet1_set_vips (self->quiet, g_variant_new_parsed ("@a(sss) []"));
  g_signal_connect_object (self->quiet, "handle-set", G_CALLBACK (on_handle_set), self, 0);
  g_signal_connect_object (self->quiet, "handle-set-contact", G_CALLBACK (on_handle_set_contact), self, 0);
  self->sounds = rd_dbus_sounds1_skeleton_new ();
  rd_dbus_sounds1_set_testing (self->sounds, "");
  g_signal_connect_object (self->sounds, "handle-list-devices", G_CALLBACK (on_handle_list_devices), self, 0);
  g_signal_connect_object (self->sounds, "handle-list-tones", G_CALLBACK (on_handle_list_tones), self, 0);
  g_signal_connect_object (self->sounds, "handle-test", G_CALLBACK (on_handle_test), self, 0);
  self->history = rd_dbus_history1_skeleton_new ();
  rd_dbus_history1_set_problem (self->history, g_variant_new_parsed ("@a{sv} {}"));
  g_signal_connect_object (self->history, "handle-erase", G_CALLBACK (on_handle_erase), self, 0);
  self->diagnostics = rd_dbus_diagnostics1_skeleton_new ();
  g_signal_connect_object (self->diagnostics, "handle-check", G_CALLBACK (on_handle_check), self, 0);
  g_signal_connect_object (self->diagnostics, "handle-try", G_CALLBACK (on_handle_try), self, 0);
  g_signal_connect_object (self->diagnostics, "handle-list-errors", G_CALLBACK (on_handle_list_errors), self, 0);
  g_signal_connect_object (self->diagnostics, "handle-report", G_CALLBACK (on_handle_report), self, 0);
  rd_mock_desk_set_steps (self, "[]");
  rd_mock_desk_set_errors (self, "[]");
}

RdMockDesk *
rd_mock_desk_new (RdMockAgent *agent)
{
  RdMockDesk *self = g_object_new (RD_TYPE_MOCK_DESK, NULL);

  self->agent = agent;
  rd_mock_agent_add_part (agent, self->quiet);
  rd_mock_agent_add_part (agent, self->sounds);
  rd_mock_agent_add_part (agent, self->history);
  rd_mock_agent_add_part (agent, self->diagnostics);
  return self;
}

RdDBusQuiet1 *
rd_mock_desk_get_quiet (RdMockDesk *self)
{
  return self->quiet;
}

RdDBusSounds1 *
rd_mock_desk_get_sounds (RdMockDesk *self)
{
  return self->sounds;
}

static void
take_list (GVariant **list, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (list, g_variant_unref);
  *list = g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), text, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
rd_mock_desk_set_steps (RdMockDesk *self, const char *steps)
{
  take_list (&self->steps, steps);
}

void
rd_mock_desk_set_errors (RdMockDesk *self, const char *errors)
{
  take_list (&self->errors, errors);
}
