/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sites-world.h"

#include <string.h>

/* Messages1, People1 and Invoices1 by real calls against the demo's sites, and by callers that mean no good. */

#define ADA 11
#define PREFIX "io.github.ringdown."

typedef struct
{
  SitesWorld sites;
  GPtrArray *told; /* "SIGNAL ID STATE-OR-UNREAD" of the three interfaces */
  guint handler;
} World;

static void
on_signal (GDBusConnection *connection, const char *sender, const char *path, const char *interface, const char *signal,
           GVariant *parameters, gpointer data)
{
  World *world = data;
  g_autoptr (GVariant) first = NULL;
  const char *id = "";
  const char *state = "";

  if (g_variant_n_children (parameters) > 0)
    first = g_variant_get_child_value (parameters, 0);
  if (first != NULL && g_variant_is_of_type (first, G_VARIANT_TYPE_VARDICT))
    {
      g_variant_lookup (first, "id", "&s", &id);
      if (!g_variant_lookup (first, "state", "&s", &state))
        g_variant_lookup (first, "status", "&s", &state);
    }
  g_ptr_array_add (world->told, g_strdup_printf ("%s %s %s", signal, id, state));
}

static void
set_up (World *world, gconstpointer data)
{
  sites_world_set_up (&world->sites, data);
  world->told = g_ptr_array_new_with_free_func (g_free);
  world->handler = g_dbus_connection_signal_subscribe (world->sites.base.connection, NULL, NULL, NULL, NULL, NULL,
                                                       G_DBUS_SIGNAL_FLAGS_NONE, on_signal, world, NULL);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_dbus_connection_signal_unsubscribe (world->sites.base.connection, world->handler);
  sites_world_tear_down (&world->sites, data);
  rd_test_drain ();
  g_ptr_array_unref (world->told);
}

static guint
count_told (World *world, const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < world->told->len; i++)
    n += g_str_has_prefix (world->told->pdata[i], prefix);
  return n;
}

/* (transfer full): of an account */
static GDBusProxy *
dup_part (World *world, const char *account, const char *name)
{
  g_autoptr (RdDBusAccount1) found = sites_world_dup_account (&world->sites, account);
  g_autofree char *interface = g_strconcat (PREFIX, name, NULL);
  GDBusInterface *part;

  g_assert_nonnull (found);
  part = g_dbus_object_manager_get_interface (world->sites.base.objects,
                                              g_dbus_proxy_get_object_path (G_DBUS_PROXY (found)), interface);
  g_assert_nonnull (part);
  return G_DBUS_PROXY (part);
}

/* (transfer full): the reply to a call that goes well */
static GVariant *
call (World *world, GDBusProxy *proxy, const char *method, GVariant *args)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  g_dbus_proxy_call (proxy, method, args, G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_proxy_call_finish (proxy, result, &error);
  g_assert_no_error (error);
  return reply;
}

static void
refused (World *world, GDBusProxy *proxy, const char *method, GVariant *args, const char *code)
{
  agent_world_call_method (&world->sites.base, proxy, method, args, code);
}

/* (transfer full): of the first of a reply's aa{sv}, or of its a{sv} */
static char *
dup_text (GVariant *reply, const char *key)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) entry = NULL;
  char *text = NULL;

  if (g_variant_is_of_type (list, G_VARIANT_TYPE_VARDICT))
    entry = g_variant_ref (list);
  else
    {
      g_assert_cmpuint (g_variant_n_children (list), >, 0);
      entry = g_variant_get_child_value (list, 0);
    }
  g_assert_true (g_variant_lookup (entry, key, "s", &text));
  return text;
}

static gsize
count_entries (GVariant *reply)
{
  g_autoptr (GVariant) list = g_variant_get_child_value (reply, 0);

  return g_variant_n_children (list);
}

static void
test_crm (World *world, gconstpointer data)
{
  g_autofree char *account = sites_world_add (&world->sites, RD_DEMO_SITE_CRM);
  g_autoptr (GDBusProxy) messages = dup_part (world, account, "Messages1");
  g_autoptr (GDBusProxy) people = dup_part (world, account, "People1");
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) history = NULL;
  g_autoptr (GVariant) sent = NULL;
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GVariant) listed = NULL;
  g_autofree char *id = NULL;
  g_autofree char *state = NULL;
  g_autofree char *found_id = NULL;
  g_autoptr (GError) error = NULL;

  rd_demo_crm_send_message (world->sites.sight->crm, ADA, RD_DEMO_YOU, "Are you there?", &error);
  g_assert_no_error (error);
  rd_test_await (count_told (world, "MessageChanged") > 0);
  list = call (world, messages, "ListConversations", g_variant_new ("(suu)", "are you THERE", 0, 10));
  id = dup_text (list, "id");
  history = call (world, messages, "ListMessages", g_variant_new ("(ssu)", id, "", 10));
  g_assert_cmpuint (count_entries (history), >=, 1);
  sent = call (world, messages, "Send", g_variant_new ("(ss)", id, "Yes\nI am <b>here</b>"));
  state = dup_text (sent, "state");
  g_assert_cmpstr (state, ==, "sent");
  call (world, messages, "MarkRead", g_variant_new ("(s)", id));
  rd_test_await (rd_demo_crm_count_unread (world->sites.sight->crm, RD_DEMO_YOU) == 0);
  found = call (world, messages, "FindConversation", g_variant_new ("(s)", "11"));
  found_id = dup_text (found, "id");
  g_assert_cmpstr (found_id, ==, id);
  call (world, messages, "SetTyping", g_variant_new ("(sb)", id, TRUE));

  listed = call (world, people, "ListPeople", g_variant_new ("(suu)", "", 0, 200));
  g_assert_cmpuint (count_entries (listed), >, 0);
  call (world, people, "SetStatus", g_variant_new ("(sbs)", "busy", FALSE, "Writing"));
  rd_test_await (count_told (world, "PersonChanged 7 busy") > 0);
}

static void
test_sms (World *world, gconstpointer data)
{
  g_autofree char *account = sites_world_add (&world->sites, RD_DEMO_SITE_SMS);
  g_autoptr (GDBusProxy) messages = dup_part (world, account, "Messages1");
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) sent = NULL;
  g_autofree char *id = NULL;
  g_autofree char *message = NULL;
  g_autofree char *delivered = NULL;

  g_assert_cmpint (rd_demo_sms_receive (world->sites.sight->sms, 1, "Ring me"), >, 0);
  rd_test_await (count_told (world, "MessageChanged") > 0);
  list = call (world, messages, "ListConversations", g_variant_new ("(suu)", "ring me", 0, 1));
  id = dup_text (list, "id");
  sent = call (world, messages, "Send", g_variant_new ("(ss)", id, "Now?"));
  message = dup_text (sent, "id");
  delivered = g_strdup_printf ("MessageChanged %s delivered", message);
  rd_test_await (count_told (world, delivered) == 1);
}

static void
test_team (World *world, gconstpointer data)
{
  g_autofree char *account = sites_world_add (&world->sites, RD_DEMO_SITE_TEAM);
  g_autoptr (GDBusProxy) messages = dup_part (world, account, "Messages1");
  g_autoptr (GDBusProxy) people = dup_part (world, account, "People1");
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) history = NULL;
  g_autofree char *id = NULL;

  rd_demo_team_type (world->sites.sight->team, ADA, RD_DEMO_WORKSPACE, TRUE);
  rd_test_await (count_told (world, "TypingChanged") == 1);
  rd_test_await (count_told (world, "TypingChanged") == 2);
  list = call (world, messages, "ListConversations", g_variant_new ("(suu)", "", 0, 10));
  id = dup_text (list, "id");
  history = call (world, messages, "ListMessages", g_variant_new ("(ssu)", id, "", 200));
  call (world, messages, "SetTyping", g_variant_new ("(sb)", id, TRUE));
  rd_test_await (rd_demo_team_get_typing (world->sites.sight->team) > 0);
  refused (world, people, "SetStatus", g_variant_new ("(sbs)", "busy", TRUE, ""), "Unsupported");
}

static void
test_invoices (World *world, gconstpointer data)
{
  g_autofree char *account = sites_world_add (&world->sites, RD_DEMO_SITE_INVOICES);
  g_autoptr (GDBusProxy) invoices = dup_part (world, account, "Invoices1");
  RdDemoInvoices *demo = world->sites.sight->invoices;
  guint created = rd_demo_invoices_create (demo, "12.50", "Work");
  g_autofree char *id = g_strdup_printf ("%u", created);
  g_autofree char *paid = g_strdup_printf ("InvoiceChanged %u paid", created);
  g_autofree char *first = NULL;
  g_autofree char *amount = NULL;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GVariant) details = NULL;
  g_autoptr (GVariant) income = NULL;
  GVariantDict filter;

  rd_test_await (count_told (world, "InvoiceChanged") > 0);
  g_assert_true (rd_demo_invoices_pay (demo, created));
  rd_test_await (count_told (world, paid) > 0);
  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "status", "s", "paid");
  list = call (world, invoices, "ListInvoices", g_variant_new ("(@a{sv}uu)", g_variant_dict_end (&filter), 0, 1));
  first = dup_text (list, "id");
  g_assert_cmpstr (first, ==, id);
  details = call (world, invoices, "GetInvoice", g_variant_new ("(s)", id));
  amount = dup_text (details, "amount");
  g_assert_true (g_str_has_prefix (amount, "12.5"));
  income = call (world, invoices, "ListIncome", g_variant_new ("(su)", "day", 7));
  g_assert_cmpuint (count_entries (income), >=, 7);
}

/* Callers that mean no good */

static void
test_hostile_messages (World *world, gconstpointer data)
{
  g_autofree char *account = sites_world_add (&world->sites, RD_DEMO_SITE_CRM);
  g_autoptr (GDBusProxy) messages = dup_part (world, account, "Messages1");
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  static const char * const wrong[] = { "", "..", "../..", "nobody", "a\nb", "%00", "\xe2\x80\xae", "~", "\x7f" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      gboolean bad = *wrong[i] == '\0' || strpbrk (wrong[i], "\n\x7f\xe2") != NULL;
      const char *code = bad ? "BadInput" : "NotFound";

      refused (world, messages, "ListMessages", g_variant_new ("(ssu)", wrong[i], "", 10), code);
      refused (world, messages, "Send", g_variant_new ("(ss)", wrong[i], "Hello"), code);
      refused (world, messages, "MarkRead", g_variant_new ("(s)", wrong[i]), code);
      refused (world, messages, "SetTyping", g_variant_new ("(sb)", wrong[i], TRUE), code);
    }
  refused (world, messages, "ListMessages", g_variant_new ("(ssu)", huge, "", 10), "BadInput");
  refused (world, messages, "ListConversations", g_variant_new ("(suu)", huge, 0, 10), "BadInput");
  refused (world, messages, "ListConversations", g_variant_new ("(suu)", "", 0, G_MAXUINT), "BadInput");
  refused (world, messages, "ListConversations", g_variant_new ("(suu)", "", 0, 0), "BadInput");
  refused (world, messages, "FindConversation", g_variant_new ("(s)", huge), "BadInput");
  g_variant_unref (call (world, messages, "ListConversations", g_variant_new ("(suu)", "", (guint) -1, 200)));
  refused (world, messages, "Send", g_variant_new ("(ss)", "~11", huge), "BadInput");
  g_assert_true (sites_world_is (&world->sites, account, "connected"));
}

static void
test_hostile_people (World *world, gconstpointer data)
{
  g_autofree char *account = sites_world_add (&world->sites, RD_DEMO_SITE_CRM);
  g_autoptr (GDBusProxy) people = dup_part (world, account, "People1");
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autofree char *longest = g_strnfill (101, 'x');

  refused (world, people, "ListPeople", g_variant_new ("(suu)", huge, 0, 10), "BadInput");
  refused (world, people, "ListPeople", g_variant_new ("(suu)", "", 0, G_MAXUINT), "BadInput");
  g_variant_unref (call (world, people, "ListPeople", g_variant_new ("(suu)", "", (guint) -1, 200)));
  refused (world, people, "SetStatus", g_variant_new ("(sbs)", "dancing", TRUE, ""), "BadInput");
  refused (world, people, "SetStatus", g_variant_new ("(sbs)", huge, TRUE, ""), "BadInput");
  refused (world, people, "SetStatus", g_variant_new ("(sbs)", "busy", TRUE, longest), "BadInput");
  refused (world, people, "SetStatus", g_variant_new ("(sbs)", "busy", TRUE, "two\nlines"), "BadInput");
  g_assert_true (sites_world_is (&world->sites, account, "connected"));
}

static void
test_hostile_invoices (World *world, gconstpointer data)
{
  g_autofree char *account = sites_world_add (&world->sites, RD_DEMO_SITE_INVOICES);
  g_autoptr (GDBusProxy) invoices = dup_part (world, account, "Invoices1");
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  g_autoptr (GVariant) number = g_variant_ref_sink (g_variant_new_parsed ("{'status': <7>}"));
  g_autoptr (GVariant) long_search = NULL;
  GVariantDict filter;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "search", "s", huge);
  long_search = g_variant_ref_sink (g_variant_dict_end (&filter));
  refused (world, invoices, "ListInvoices", g_variant_new ("(@a{sv}uu)", long_search, 0, 10), "BadInput");
  refused (world, invoices, "ListInvoices", g_variant_new ("(@a{sv}uu)", number, 0, 10), "BadInput");
  g_variant_unref (call (world, invoices, "ListInvoices",
                         g_variant_new ("(@a{sv}uu)", none, (guint) -1, G_MAXUINT)));
  refused (world, invoices, "GetInvoice", g_variant_new ("(s)", ""), "BadInput");
  refused (world, invoices, "GetInvoice", g_variant_new ("(s)", ".."), "BadInput");
  refused (world, invoices, "GetInvoice", g_variant_new ("(s)", huge), "BadInput");
  refused (world, invoices, "GetInvoice", g_variant_new ("(s)", "99999999"), "Refused");
  refused (world, invoices, "ListIncome", g_variant_new ("(su)", "year", 1), "BadInput");
  refused (world, invoices, "ListIncome", g_variant_new ("(su)", "day", 0), "BadInput");
  refused (world, invoices, "ListIncome", g_variant_new ("(su)", "day", G_MAXUINT), "BadInput");
  g_assert_true (sites_world_is (&world->sites, account, "connected"));
}

static void
add (const char *name, void (*test) (World *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/agent/messages/", name, NULL);

  g_test_add (path, World, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("crm", test_crm);
  add ("sms", test_sms);
  add ("team", test_team);
  add ("invoices", test_invoices);
  add ("hostile-messages", test_hostile_messages);
  add ("hostile-people", test_hostile_people);
  add ("hostile-invoices", test_hostile_invoices);
  return g_test_run ();
}
