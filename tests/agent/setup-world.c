/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-world.h"

#include "rd-text.h"

typedef struct
{
  SetupWorld *world;
  GSocketConnection *connection;
  char buffer[4096];
} Held;

static void
on_held_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Held *held = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (length > 0)
    {
      g_input_stream_read_async (G_INPUT_STREAM (source), held->buffer, sizeof held->buffer, G_PRIORITY_DEFAULT, NULL,
                                 on_held_read, held);
      return;
    }
  held->world->gone++;
  g_object_unref (held->connection);
  g_free (held);
}

static gboolean
on_mute_asked (GSocketService *service, GSocketConnection *connection, GObject *source, SetupWorld *world)
{
  Held *held = g_new0 (Held, 1);

  world->held++;
  held->world = world;
  held->connection = g_object_ref (connection);
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), held->buffer,
                             sizeof held->buffer, G_PRIORITY_DEFAULT, NULL, on_held_read, held);
  return TRUE;
}

static void
start_mute (SetupWorld *world)
{
  g_autoptr (GError) error = NULL;
  guint16 port;

  world->mute = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (world->mute), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (world->mute, "incoming", G_CALLBACK (on_mute_asked), world);
  g_socket_service_start (world->mute);
  world->mute_url = g_strdup_printf ("http://127.0.0.1:%u", port);
}

static void
on_stranger_asked (SoupServer        *server,
                   SoupServerMessage *message,
                   const char        *path,
                   GHashTable        *query,
                   gpointer           user_data)
{
  SetupWorld *world = user_data;
  const char *reply = g_hash_table_lookup (world->replies, path);

  if (reply == NULL)
    soup_server_message_set_status (message, 404, NULL);
  else if (g_str_has_prefix (reply, "-> "))
    soup_server_message_set_redirect (message, 302, reply + 3);
  else
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, reply, strlen (reply));
    }
}

static void
start_stranger (SetupWorld *world)
{
  g_autoslist (GUri) uris = NULL;
  g_autoptr (GError) error = NULL;

  world->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  world->stranger = soup_server_new (NULL, NULL);
  soup_server_add_handler (world->stranger, NULL, on_stranger_asked, world, NULL);
  soup_server_listen_local (world->stranger, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (world->stranger);
  world->stranger_url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
}

void
setup_world_set_up (SetupWorld *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rd_text_init ();
  agent_world_set_up (&world->agent, data);
  world->servers = rd_demo_servers_new ();
  rd_demo_servers_listen (world->servers, 0, &error);
  g_assert_no_error (error);
  world->sight = rd_demo_servers_get_sight (world->servers);
  start_stranger (world);
  start_mute (world);
}

void
setup_world_tear_down (SetupWorld *world, gconstpointer data)
{
  if (world->agent.agent != NULL)
    agent_world_quit (&world->agent);
  rd_test_await (world->gone == world->held);
  g_socket_service_stop (world->mute);
  g_socket_listener_close (G_SOCKET_LISTENER (world->mute));
  g_clear_object (&world->mute);
  g_clear_pointer (&world->mute_url, g_free);
  soup_server_disconnect (world->stranger);
  g_clear_object (&world->stranger);
  g_clear_pointer (&world->replies, g_hash_table_unref);
  g_clear_pointer (&world->stranger_url, g_free);
  g_clear_object (&world->servers);
  agent_world_tear_down (&world->agent, data);
}

void
setup_world_say (SetupWorld *world, const char *path, const char *reply)
{
  g_hash_table_replace (world->replies, g_strdup (path), g_strdup (reply));
}

static GVariant *
call (SetupWorld *world, const char *method, GVariant *args, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_dbus_proxy_call (G_DBUS_PROXY (world->agent.agent1), method, args, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                     rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return g_dbus_proxy_call_finish (G_DBUS_PROXY (world->agent.agent1), result, error);
}

GVariant *
setup_world_call (SetupWorld *world, const char *method, GVariant *args)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = call (world, method, args, &error);

  g_assert_no_error (error);
  return reply;
}

char *
setup_world_refuse (SetupWorld *world, const char *method, GVariant *args, const char *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = call (world, method, args, &error);
  g_autofree char *name = NULL;
  g_autofree char *expected = g_strconcat ("io.github.ringdown.Error.", code, NULL);

  g_assert_null (reply);
  name = g_dbus_error_get_remote_error (error);
  g_assert_cmpstr (name, ==, expected);
  g_dbus_error_strip_remote_error (error);
  return g_strdup (error->message);
}

GVariant *
setup_world_settings (SetupWorld *world, RdDemoSiteId site, const char *name, GVariant *value)
{
  g_autoptr (GVariant) settings = g_variant_ref_sink (rd_demo_servers_make_account (world->servers, site));
  GVariantDict dict;

  g_variant_dict_init (&dict, settings);
  if (value != NULL)
    g_variant_dict_insert_value (&dict, name, value);
  else if (name != NULL)
    g_variant_dict_remove (&dict, name);
  return g_variant_dict_end (&dict);
}

/* Nothing that signs somebody in may come back. */
static void
assert_no_secret (SetupWorld *world, GVariant *reply)
{
  g_autofree char *text = g_variant_print (reply, FALSE);

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    {
      const RdDemoPerson *you = rd_demo_sight_get_you (world->sight, (RdDemoSiteId) i);

      g_assert_true (you == NULL || strstr (text, you->password) == NULL);
    }
  g_assert_null (strstr (text, rd_demo_invoices_get_token (world->sight->invoices)));
}

char *
setup_world_test (SetupWorld *world, GVariant *settings, char **sentence, char **ticket)
{
  g_autoptr (GVariant) reply = setup_world_call (world, "TestAccount", g_variant_new ("(@a{sv})", settings));
  g_autoptr (GVariant) steps = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) last = NULL;
  g_autofree char *good = NULL;
  const char *step = NULL;
  const char *result = NULL;
  const char *code = NULL;

  assert_no_secret (world, reply);
  g_assert_cmpuint (g_variant_n_children (steps), >, 0);
  /* All before the last went well. */
  for (gsize i = 0; i + 1 < g_variant_n_children (steps); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (steps, i);

      g_assert_true (g_variant_lookup (entry, "result", "&s", &result));
      g_assert_cmpstr (result, !=, "failed");
    }
  last = g_variant_get_child_value (steps, g_variant_n_children (steps) - 1);
  g_assert_true (g_variant_lookup (last, "step", "&s", &step));
  g_assert_true (g_variant_lookup (last, "result", "&s", &result));
  g_variant_lookup (last, "code", "&s", &code);
  if (sentence != NULL)
    *sentence = code != NULL ? rd_text_for_fault (last) : g_strdup ("");
  if (ticket != NULL)
    g_variant_get_child (reply, 1, "s", ticket);
  return code != NULL ? g_strdup_printf ("%s %s %s", step, result, code) : g_strdup_printf ("%s %s", step, result);
}

gboolean
setup_world_account_is (SetupWorld *world, const char *id, const char *state, const char *reason)
{
  g_autofree char *path = NULL;
  g_autoptr (GDBusInterface) account = NULL;

  path = g_strdelimit (g_strconcat ("/io/github/ringdown/Ringdown/accounts/", id, NULL), "-", '_');
  account = g_dbus_object_manager_get_interface (world->agent.objects, path, "io.github.ringdown.Account1");
  return account != NULL && g_strcmp0 (rd_dbus_account1_get_state (RD_DBUS_ACCOUNT1 (account)), state) == 0
         && (reason == NULL || g_strcmp0 (rd_dbus_account1_get_reason (RD_DBUS_ACCOUNT1 (account)), reason) == 0);
}
