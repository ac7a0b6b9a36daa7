/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "sites-world.h"

#include <signal.h>

#define INTERFACE "io.github.ringdown.Agent1"

static void
tell (SitesWorld *world, const char *kind, const char *what)
{
  g_ptr_array_add (world->told, g_strdup_printf ("%s %s", kind, what));
}

static void
on_message (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
            const char *signal, GVariant *args, gpointer user_data)
{
  g_autoptr (GVariant) message = g_variant_get_child_value (args, 0);
  const char *text = "";

  g_variant_lookup (message, "text", "&s", &text);
  tell (user_data, "message", text);
}

static void
on_payment (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
            const char *signal, GVariant *args, gpointer user_data)
{
  g_autoptr (GVariant) payment = g_variant_get_child_value (args, 0);
  const char *kind = "";
  const char *invoice = "";

  g_variant_lookup (payment, "kind", "&s", &kind);
  g_variant_lookup (payment, "invoice-id", "&s", &invoice);
  tell (user_data, kind, invoice);
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *signal, GVariant *args, gpointer user_data)
{
  g_autoptr (GVariant) call = g_variant_get_child_value (args, 0);
  const char *state = "";
  const char *id = "";

  g_variant_lookup (call, "state", "&s", &state);
  g_variant_lookup (call, "id", "&s", &id);
  tell (user_data, state, id);
}

static void
on_request (RdDemoSite *site, const char *method, const char *path, const char *body, guint status, SitesWorld *world)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    if (rd_demo_sight_get_site (world->sight, (RdDemoSiteId) i) == site)
      g_ptr_array_add (world->asked,
                       g_strdup_printf ("%s %s %s", rd_demo_site_id_to_string ((RdDemoSiteId) i), method, path));
}

void
sites_world_set_up (SitesWorld *world, gconstpointer data)
{
  static const struct
  {
    const char *signal;
    GDBusSignalCallback callback;
  } signals[] = { { "MessageReceived", on_message }, { "PaymentReceived", on_payment }, { "CallLogged", on_call } };
  g_autoptr (GError) error = NULL;

  agent_world_set_up (&world->base, data);
  world->told = g_ptr_array_new_with_free_func (g_free);
  world->asked = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    world->handlers[i]
      = g_dbus_connection_signal_subscribe (world->base.connection, NULL, INTERFACE, signals[i].signal, NULL, NULL,
                                            G_DBUS_SIGNAL_FLAGS_NONE, signals[i].callback, world, NULL);
  world->servers = rd_demo_servers_new ();
  rd_demo_servers_listen (world->servers, 0, &error);
  g_assert_no_error (error);
  world->sight = rd_demo_servers_get_sight (world->servers);
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    g_signal_connect (rd_demo_sight_get_site (world->sight, (RdDemoSiteId) i), "request", G_CALLBACK (on_request),
                      world);
}

void
sites_world_tear_down (SitesWorld *world, gconstpointer data)
{
  if (world->base.agent != NULL)
    agent_world_quit (&world->base);
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    g_signal_handlers_disconnect_by_data (rd_demo_sight_get_site (world->sight, (RdDemoSiteId) i), world);
  rd_demo_channels_stop (world->sight->channels);
  g_clear_object (&world->servers);
  for (guint i = 0; i < G_N_ELEMENTS (world->handlers); i++)
    g_dbus_connection_signal_unsubscribe (world->base.connection, world->handlers[i]);
  g_clear_pointer (&world->told, g_ptr_array_unref);
  g_clear_pointer (&world->asked, g_ptr_array_unref);
  agent_world_tear_down (&world->base, data);
}

char *
sites_world_add_only (SitesWorld *world, RdDemoSiteId site, GVariant *changes)
{
  g_autoptr (GVariant) made = g_variant_ref_sink (rd_demo_servers_make_account (world->servers, site));
  GVariantDict dict;
  GVariantIter iter;
  const char *key;
  GVariant *value;
  char *id;

  g_variant_dict_init (&dict, made);
  /* Signing in is a step of its own here, and what there is to follow is asked. */
  g_variant_dict_remove (&dict, "login");
  g_variant_dict_remove (&dict, "password");
  if (site == RD_DEMO_SITE_INVOICES)
    g_variant_dict_remove (&dict, "vars");
  /* Nobody but who signs in is told. */
  if (site == RD_DEMO_SITE_SMS)
    g_variant_dict_insert (&dict, "user-id", "s", "7");
  if (changes != NULL)
    {
      g_variant_iter_init (&iter, changes);
      while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
        g_variant_dict_insert_value (&dict, key, value);
    }
  id = agent_world_add_account (&world->base, g_variant_dict_end (&dict), NULL, NULL);
  g_assert_nonnull (id);
  return id;
}

void
sites_world_sign_in (SitesWorld *world, RdDemoSiteId site, const char *id)
{
  const RdDemoPerson *you = rd_demo_sight_get_you (world->sight, site);
  g_autoptr (RdDBusAccount1) account = NULL;

  rd_test_await (sites_world_is (world, id, "signed-out"));
  account = sites_world_dup_account (world, id);
  agent_world_call_method (&world->base, account, "SignIn",
                           g_variant_new ("(ss)", site == RD_DEMO_SITE_CRM ? you->username : you->email, you->password),
                           NULL);
}

void
sites_world_await_line (SitesWorld *world, const char *id, RdDemoSiteId site)
{
  rd_test_await (sites_world_is (world, id, "connected"));
  rd_test_await (sites_world_hears_by (world, id, "push"));
  rd_test_await (rd_demo_sight_is_on_the_line (world->sight, site));
}

char *
sites_world_add (SitesWorld *world, RdDemoSiteId site)
{
  g_autofree char *id = sites_world_add_only (world, site, NULL);

  if (rd_demo_sight_get_you (world->sight, site) != NULL)
    sites_world_sign_in (world, site, id);
  sites_world_await_line (world, id, site);
  return g_steal_pointer (&id);
}

char *
sites_world_add_own_line (SitesWorld *world)
{
  g_autofree char *id = NULL;

  rd_demo_servers_set_own_line (world->servers, TRUE);
  id = sites_world_add (world, RD_DEMO_SITE_CRM);
  rd_test_await (rd_demo_crm_count_line (world->sight->crm) == 1);
  return g_steal_pointer (&id);
}

gpointer
sites_world_dup_part (SitesWorld *world, const char *id, const char *interface)
{
  g_autofree char *name = g_strdelimit (g_strdup (id), "-", '_');
  g_autofree char *path = g_strconcat ("/io/github/ringdown/Ringdown/accounts/", name, NULL);
  g_autofree char *full = g_strconcat ("io.github.ringdown.", interface, NULL);

  return g_dbus_object_manager_get_interface (world->base.objects, path, full);
}

RdDBusAccount1 *
sites_world_dup_account (SitesWorld *world, const char *id)
{
  return sites_world_dup_part (world, id, "Account1");
}

gboolean
sites_world_is (SitesWorld *world, const char *id, const char *state)
{
  g_autoptr (RdDBusAccount1) account = sites_world_dup_account (world, id);

  return account != NULL && g_strcmp0 (rd_dbus_account1_get_state (account), state) == 0;
}

gboolean
sites_world_hears_by (SitesWorld *world, const char *id, const char *delivery)
{
  g_autoptr (RdDBusAccount1) account = sites_world_dup_account (world, id);

  return account != NULL && g_strcmp0 (rd_dbus_account1_get_delivery (account), delivery) == 0;
}

guint
sites_world_count_channels (SitesWorld *world, const char *id)
{
  g_autoptr (RdDBusAccount1) account = sites_world_dup_account (world, id);
  GVariantIter iter;
  const char *state;
  guint count = 0;

  if (account == NULL || rd_dbus_account1_get_channels (account) == NULL)
    return 0;
  g_variant_iter_init (&iter, rd_dbus_account1_get_channels (account));
  while (g_variant_iter_next (&iter, "(&s&s&s)", NULL, &state, NULL))
    count += g_str_equal (state, "subscribed");
  return count;
}

void
sites_world_pause (SitesWorld *world, const char *id, gboolean paused)
{
  g_autoptr (RdDBusAccount1) account = sites_world_dup_account (world, id);
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "paused", "b", paused);
  agent_world_call_method (&world->base, account, "Configure", g_variant_new ("(@a{sv})", g_variant_dict_end (&dict)),
                           NULL);
}

guint
sites_world_count_told (SitesWorld *world, const char *what)
{
  guint count = 0;

  for (guint i = 0; i < world->told->len; i++)
    count += g_str_equal (world->told->pdata[i], what);
  return count;
}

guint
sites_world_count_asked (SitesWorld *world, const char *prefix)
{
  guint count = 0;

  for (guint i = 0; i < world->asked->len; i++)
    count += g_str_has_prefix (world->asked->pdata[i], prefix);
  return count;
}

/* (nullable) */
static char *
dup_memory (SitesWorld *world, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_build_filename (world->base.dir, "data", "ringdown", "seen", name, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

gboolean
sites_world_remembers (SitesWorld *world, const char *id)
{
  g_autofree char *text = dup_memory (world, id);

  return text != NULL && strstr (text, "\"stood\":0,") == NULL;
}

gboolean
sites_world_remembers_open (SitesWorld *world, const char *id, const char *invoice)
{
  g_autofree char *text = dup_memory (world, id);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", invoice);

  return text != NULL && strstr (text, quoted) != NULL;
}

void
sites_world_cut (SitesWorld *world)
{
  rd_demo_channels_stop (world->sight->channels);
}

void
sites_world_mend (SitesWorld *world)
{
  g_autoptr (GError) error = NULL;

  rd_demo_channels_listen (world->sight->channels, 0, &error);
  g_assert_no_error (error);
}

void
sites_world_kill (SitesWorld *world)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_force_exit (world->base.agent);
  g_subprocess_wait_async (world->base.agent, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_subprocess_wait_finish (world->base.agent, result, &error);
  g_assert_no_error (error);
  agent_world_let_agent_go (&world->base);
}
