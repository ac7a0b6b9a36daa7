/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>

#include "rd-mock-agent.h"
#include "rd-mock-desk.h"
#include "rd-mock-history.h"
#include "rd-mock-invoices.h"
#include "rd-mock-messages.h"
#include "rd-mock-people.h"
#include "rd-mock-quiet.h"

/* An agent for looking at the window: exports one scene and waits. mock-agent --bus-name NAME --scene SCENE */

#define HOUR (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

typedef struct
{
  const char *scene;
  const char *state;
  const char *reason;
} CallScene;

static const CallScene call_scenes[] = {
  { "incoming", "ringing-in", "" },
  { "outgoing", "ringing-out", "" },
  { "active", "active", "" },
  { "declined", "declined", "declined-by-peer" },
  { "elsewhere", "answered-elsewhere", "" },
  { "missed", "missed", "no-answer" },
  { "ended", "ended", "" },
};

static void
add_payments_seen (RdMockAgent *mock)
{
  gint64 now = g_get_real_time ();
  g_autofree char *payments = NULL;

  payments = g_strdup_printf (
    "[{'id': <'p1'>, 'account': <'crm'>, 'kind': <'payment.received'>, 'title': <'Payment received'>, 'body': "
    "<'Invoice 7 has been paid'>, 'amount': <'120.00 EUR'>, 'at': <int64 %" G_GINT64_FORMAT ">},"
    "{'id': <'p2'>, 'account': <'crm'>, 'kind': <'invoice.created'>, 'title': <'New invoice'>, 'body': <'Invoice 8 for "
    "Analytical Engines Ltd'>, 'at': <int64 %" G_GINT64_FORMAT ">}]",
    now - HOUR / 4, now - 2 * HOUR);
  rd_mock_agent_set_history (mock, "@aa{sv} []", payments);
}

static void
add_offline (RdMockAgent *mock)
{
  RdDBusAccount1 *waiting = rd_mock_agent_add_account (mock, "crm", "Work CRM");
  RdDBusAccount1 *signed_out = rd_mock_agent_add_account (mock, "invoices", "Invoices");

  rd_dbus_account1_set_state (waiting, "waiting");
  rd_dbus_account1_set_reason (waiting, "unreachable");
  rd_dbus_account1_set_reason_detail (waiting, g_variant_new_parsed ("{'host': <'ws.example.com'>}"));
  rd_dbus_account1_set_next_try (waiting, g_get_real_time () + 14 * G_USEC_PER_SEC);
  rd_dbus_account1_set_channels (waiting, g_variant_new_parsed ("[('private-user-7', 'pending', '')]"));
  rd_dbus_account1_set_state (signed_out, "signed-out");
  rd_dbus_account1_set_reason (signed_out, "signed-out");
  rd_dbus_account1_set_site (signed_out, "https://pay.example.com");
}

static gboolean
on_toast_due (gpointer user_data)
{
  rd_dbus_agent1_emit_notice (
    rd_mock_agent_get_agent (user_data),
    g_variant_new_parsed ("{'severity': <'error'>, 'code': <'refused'>, 'host': <'crm.example.com'>, 'status': <uint32 "
                          "409>, 'said': <'Katherine Johnson is in another call just now, and has asked not to be "
                          "disturbed before three o’clock'>}"));
  return G_SOURCE_REMOVE;
}

static gboolean
on_long_toast_due (gpointer user_data)
{
  g_autofree char *said = g_strnfill (250, 'x');
  g_autofree char *notice = g_strdup_printf ("{'code': <'refused'>, 'host': <'a.example'>, 'said': <'%s'>}", said);

  rd_dbus_agent1_emit_notice (rd_mock_agent_get_agent (user_data), g_variant_new_parsed (notice));
  return G_SOURCE_REMOVE;
}

/* Leaked on purpose: they are there as long as the program. */
static void
add_conversations (RdMockAgent *mock, RdDBusAccount1 *account, guint n, guint n_messages)
{
  RdMockMessages *messages = rd_mock_messages_new (mock, account);
  RdMockPeople *people = rd_mock_people_new (mock, account);

  rd_mock_messages_fill (messages, n);
  rd_mock_messages_fill_messages (messages, "c0", n_messages);
  rd_mock_people_fill (people, n);
}

/* messages: two accounts, one of them without a line; many: as many conversations as a busy site has */
static void
set_talk_scene (RdMockAgent *mock, const char *scene)
{
  RdDBusAccount1 *work = rd_mock_agent_find_account (mock, "crm");
  RdDBusAccount1 *texts;

  if (g_strcmp0 (scene, "many") == 0)
    {
      add_conversations (mock, work, 10000, 2000);
      return;
    }
  add_conversations (mock, work, 12, 40);
  rd_dbus_account1_set_delivery (work, "polling");
  rd_dbus_account1_set_poll_every (work, 10);
  if (g_strcmp0 (scene, "messages") != 0)
    return;
  texts = rd_mock_agent_add_account (mock, "sms", "Text messages");
  rd_dbus_account1_set_colour (texts, "#e66100");
  rd_dbus_account1_set_colour (work, "#1a5fb4");
  add_conversations (mock, texts, 3, 5);
}

static void
add_payments (RdMockAgent *mock)
{
  gint64 now = g_get_real_time ();
  g_autofree char *payments = g_strdup_printf (
    "[{'id': <'p1'>, 'account': <'pay'>, 'kind': <'payment.received'>, 'invoice-id': <'i1'>, 'title': <'Payment "
    "Received'>, 'body': <'Invoice INV-0029 has been paid'>, 'amount': <'300 EUR'>, 'at': <int64 %" G_GINT64_FORMAT
    ">}, {'id': <'p2'>, 'account': <'pay'>, 'kind': <'invoice.created'>, 'invoice-id': <'i1'>, 'title': <'New "
    "Invoice'>, 'body': <'Compiler, second delivery'>, 'at': <int64 %" G_GINT64_FORMAT ">}]",
    now - HOUR / 4, now - 2 * HOUR);

  rd_mock_agent_set_history (mock, "@aa{sv} []", payments);
}

/* payments: a shop, and a site that lists nothing; many-invoices: as many as a busy site has; others: what their names
 * say */
static void
set_payments_scene (RdMockAgent *mock, const char *scene)
{
  RdDBusAccount1 *shop = rd_mock_agent_add_account (mock, "pay", "Invoices");
  RdMockInvoices *invoices = rd_mock_invoices_new (mock, shop, g_strcmp0 (scene, "payments-seed") != 0);

  add_payments (mock);
  rd_mock_invoices_set_details (invoices, "{'code': <'PC-7F3A'>, 'network': <'TRC20'>, 'memo': <'Two weeks of work, as "
                                          "agreed on by telephone on the third of the month'>}");
  if (g_strcmp0 (scene, "many-invoices") == 0)
    rd_mock_invoices_fill (invoices, 10000);
  else if (g_strcmp0 (scene, "payments-hostile") == 0)
    {
      rd_mock_invoices_fill_hostile (invoices);
      rd_mock_invoices_set_income (invoices, "[(0, '', '-7', 1), (9223372036854775807, 'X', '900000000000000', 2)]", 2,
                                   1);
    }
  else if (g_strcmp0 (scene, "payments-empty") == 0)
    rd_mock_invoices_set_income (invoices, "[]", 0, 0);
  else
    rd_mock_invoices_fill (invoices, 30);
  if (g_strcmp0 (scene, "payments-failed") == 0)
    {
      rd_mock_agent_set_failure (mock, "ListInvoices", "pay.example.com answered with an error (500). Try later.");
      rd_mock_agent_set_failure (mock, "ListIncome", "pay.example.com answered with an error (500). Try later.");
    }
  if (g_strcmp0 (scene, "payments") == 0)
    {
      RdDBusAccount1 *other = rd_mock_agent_add_account (mock, "shop", "Second Shop");

      rd_dbus_account1_set_colour (shop, "#1a5fb4");
      rd_dbus_account1_set_colour (other, "#e66100");
      rd_mock_invoices_fill (rd_mock_invoices_new (mock, other, TRUE), 4);
    }
}

/* Leaked on purpose, as the others: history: calls of some days; history-many: 100,000 of them; history-damaged: a file
 * was set aside */
static void
add_desktop (RdMockAgent *mock, const char *scene)
{
  RdMockHistory *history = rd_mock_history_new (mock);
  RdMockQuiet *quiet = rd_mock_quiet_new (mock);

  if (g_strcmp0 (scene, "welcome") == 0 || g_strcmp0 (scene, "empty") == 0 || g_strcmp0 (scene, "first") == 0 ||
      g_strcmp0 (scene, "offline") == 0)
    return;
  rd_mock_history_fill (history, g_strcmp0 (scene, "history-many") == 0 ? 100000 : 60);
  if (g_strcmp0 (scene, "history") == 0)
    {
      rd_dbus_history1_set_missed (rd_mock_history_get_skeleton (history), 3);
      rd_dbus_quiet1_set_muted (rd_mock_quiet_get_skeleton (quiet),
                                g_variant_new_parsed ("[('crm', '11', 'Grace Hopper')]"));
      rd_dbus_quiet1_set_vips (rd_mock_quiet_get_skeleton (quiet),
                               g_variant_new_parsed ("[('crm', '12', 'Katherine Johnson')]"));
    }
  if (g_strcmp0 (scene, "quiet") == 0)
    {
      rd_dbus_quiet1_set_until (rd_mock_quiet_get_skeleton (quiet), g_get_real_time () + HOUR / 2);
      rd_dbus_quiet1_set_why (rd_mock_quiet_get_skeleton (quiet), "switch");
    }
  if (g_strcmp0 (scene, "history-damaged") == 0)
    rd_dbus_history1_set_problem (rd_mock_history_get_skeleton (history),
                                  g_variant_new_parsed ("{'code': <'bad-input'>, 'where': <'history'>}"));
}

static void
set_scene (RdMockAgent *mock, const char *scene)
{
  gsize i;

  add_desktop (mock, scene);
  if (g_strcmp0 (scene, "welcome") == 0)
    return;
  if (g_strcmp0 (scene, "offline") == 0)
    {
      add_offline (mock);
      return;
    }
  rd_mock_agent_add_ability (rd_mock_agent_add_account (mock, "crm", "Work CRM"), "send");
  if (g_strcmp0 (scene, "preferences") == 0)
    {
      rd_mock_desk_new (mock); /* leaked on purpose */
      return;
    }
  if (g_strcmp0 (scene, "empty") == 0)
    return;
  if (g_strcmp0 (scene, "first") == 0)
    {
      rd_mock_agent_add_call (mock, "1", "ringing-in", "Ada Lovelace");
      return;
    }
  add_payments_seen (mock);
  if (g_strcmp0 (scene, "messages") == 0 || g_strcmp0 (scene, "talk") == 0 || g_strcmp0 (scene, "many") == 0)
    set_talk_scene (mock, scene);
  if (g_str_has_prefix (scene, "payments") || g_strcmp0 (scene, "many-invoices") == 0)
    set_payments_scene (mock, scene);
  if (g_strcmp0 (scene, "toast") == 0 || g_strcmp0 (scene, "long-toast") == 0)
    g_timeout_add (600, g_strcmp0 (scene, "toast") == 0 ? on_toast_due : on_long_toast_due, mock);
  if (g_strcmp0 (scene, "untrusted") == 0)
    rd_dbus_call1_set_room_problem (
      rd_mock_agent_add_call (mock, "1", "active", "Ada Lovelace"),
      g_variant_new_parsed ("{'code': <'room-untrusted'>, 'host': <'rooms.example.org'>, 'where': <'room'>}"));
  if (g_strcmp0 (scene, "unwell") == 0)
    {
      rd_dbus_agent1_set_notifications (rd_mock_agent_get_agent (mock), "absent");
      rd_dbus_agent1_set_sound (rd_mock_agent_get_agent (mock), "no-device");
      rd_dbus_agent1_set_secrets (rd_mock_agent_get_agent (mock), "memory");
    }
  if (g_strcmp0 (scene, "two") == 0)
    {
      rd_dbus_call1_set_started_at (rd_mock_agent_add_call (mock, "1", "active", "Ada Lovelace"),
                                    g_get_real_time () - 754 * G_USEC_PER_SEC);
      rd_dbus_call1_set_audio (rd_mock_agent_add_call (mock, "2", "ringing-in", "Grace Hopper"), TRUE);
    }
  if (g_strcmp0 (scene, "hostile") == 0)
    {
      g_autofree char *name = g_strnfill (300, 'W');
      g_autofree char *full = g_strdup_printf ("<b>&amp;</b>\u202e%s", name);

      rd_mock_agent_add_call (mock, "1", "ringing-in", full);
    }
  for (i = 0; i < G_N_ELEMENTS (call_scenes); i++)
    if (g_strcmp0 (call_scenes[i].scene, scene) == 0)
      {
        RdDBusCall1 *call = rd_mock_agent_add_call (mock, "1", call_scenes[i].state, "Ada Lovelace");

        rd_dbus_call1_set_end_reason (call, call_scenes[i].reason);
        if (g_strcmp0 (scene, "active") == 0 || g_strcmp0 (scene, "ended") == 0)
          rd_dbus_call1_set_started_at (call, g_get_real_time () - 67 * G_USEC_PER_SEC);
        if (g_strcmp0 (scene, "declined") == 0)
          rd_dbus_call1_set_direction (call, "out");
      }
}

static gboolean
on_terminate (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  g_autofree char *bus_name = NULL;
  g_autofree char *scene = NULL;
  const GOptionEntry entries[] = {
    { "bus-name", 0, 0, G_OPTION_ARG_STRING, &bus_name, "The name to own", "NAME" },
    { "scene", 0, 0, G_OPTION_ARG_STRING, &scene, "What to show", "SCENE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (RdMockAgent) mock = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (connection == NULL)
    g_error ("%s", error->message);

  mock = rd_mock_agent_new (connection, bus_name != NULL ? bus_name : RD_APP_ID);
  set_scene (mock, scene != NULL ? scene : "empty");
  g_unix_signal_add (SIGTERM, on_terminate, loop);
  g_unix_signal_add (SIGINT, on_terminate, loop);
  g_main_loop_run (loop);
  return 0;
}
