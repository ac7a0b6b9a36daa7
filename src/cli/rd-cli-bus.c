/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <stdlib.h>
#include <unistd.h>

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* The agent as the command sees it: blocking calls on the session bus. Plain GDBus without proxies: `ringdown status`
 * is one round trip and nothing else. */

#define ROOT_PATH "/io/github/ringdown/Ringdown"
#define START_TIMEOUT_MS 5000
#define END_TIMEOUT_MS 10000
#define QUERY_TIMEOUT_MS 5000
#define CALL_TIMEOUT_MS 60000 /* the agent's own deadlines towards a site come first */
#define FILE_TIMEOUT_MS 600000 /* whole histories */
#define MAX_ID 64

typedef struct
{
  GMainLoop *loop;
  gboolean appeared;
  gboolean ended;
} Start;

G_DEFINE_QUARK (rd-cli-error-quark, rd_cli_error)

static gboolean
connect_bus (RdCli *cli, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (cli->bus == NULL)
    cli->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &local_error);
  if (cli->bus == NULL)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("There is no session bus here: %s"),
                   local_error->message);
      return FALSE;
    }
  /* a bus that goes away ends one request, not the whole program without a word */
  g_dbus_connection_set_exit_on_close (cli->bus, FALSE);
  return TRUE;
}

/* An error of the bus or of the agent's, said for people. */
static void
take_error (GError **error, GError *from_bus)
{
  g_autofree char *text = NULL;
  int code = RD_CLI_ERROR_FAILED;

  if (g_error_matches (from_bus, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
      g_error_matches (from_bus, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
    {
      code = RD_CLI_ERROR_NOT_RUNNING;
      text = g_strdup (_ ("The agent is not running."));
    }
  else if (g_error_matches (from_bus, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
           g_error_matches (from_bus, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
           g_error_matches (from_bus, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT))
    text = g_strdup (_ ("The agent does not answer."));
  else
    {
      g_dbus_error_strip_remote_error (from_bus);
      text = rd_text_clean (from_bus->message, 1000);
    }
  g_set_error_literal (error, RD_CLI_ERROR, code, text);
  g_error_free (from_bus);
}

static gboolean
has_owner (RdCli *cli, gboolean *owned, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  GError *local_error = NULL;

  reply =
      g_dbus_connection_call_sync (cli->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                   "NameHasOwner", g_variant_new ("(s)", cli->bus_name), G_VARIANT_TYPE ("(b)"),
                                   G_DBUS_CALL_FLAGS_NONE, QUERY_TIMEOUT_MS, NULL, &local_error);
  if (reply == NULL)
    {
      take_error (error, local_error);
      return FALSE;
    }
  g_variant_get (reply, "(b)", owned);
  return TRUE;
}

static void
on_name_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  Start *start = user_data;

  start->appeared = TRUE;
  g_main_loop_quit (start->loop);
}

static void
on_agent_ended (GPid pid, int status, gpointer user_data)
{
  Start *start = user_data;

  start->ended = TRUE;
  g_main_loop_quit (start->loop);
}

static gboolean
on_start_timeout (gpointer user_data)
{
  Start *start = user_data;

  g_main_loop_quit (start->loop);
  return G_SOURCE_CONTINUE;
}

/* In the child, before the agent's program: its own session, so that closing the terminal does not end it. */
static void
on_child_setup (gpointer user_data)
{
  setsid ();
}

static gboolean
spawn_agent (RdCli *cli, GPid *pid, GError **error)
{
  g_autofree char *program = rd_cli_get_program ("ringdown-agent");
  const char *argv[] = { program, "--bus-name", cli->bus_name, NULL };
  GSpawnFlags flags = G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
  g_autoptr (GError) local_error = NULL;

  if (g_spawn_async ("/", (char **) argv, NULL, flags, on_child_setup, NULL, pid, &local_error))
    return TRUE;
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("The agent could not be started: %s"),
               local_error->message);
  return FALSE;
}

static gboolean
spawn_and_wait (RdCli *cli, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Start start = { .loop = loop };
  guint watch;
  guint child;
  guint timeout;
  GPid pid;

  if (!spawn_agent (cli, &pid, error))
    return FALSE;
  child = g_child_watch_add (pid, on_agent_ended, &start);
  watch = g_bus_watch_name_on_connection (cli->bus, cli->bus_name, G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                          NULL, &start, NULL);
  timeout = g_timeout_add (START_TIMEOUT_MS, on_start_timeout, &start);
  g_main_loop_run (loop);
  g_source_remove (timeout);
  g_bus_unwatch_name (watch);
  if (!start.ended)
    g_source_remove (child);
  if (start.appeared)
    return TRUE;
  g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED,
                       start.ended ? _ ("The agent ended at once: try “ringdown agent --verbose”.")
                                   : _ ("The agent was started, but does not answer."));
  return FALSE;
}

static void
on_name_vanished (GDBusConnection *bus, const char *name, gpointer user_data)
{
  Start *start = user_data;

  start->ended = TRUE;
  g_main_loop_quit (start->loop);
}

gboolean
rd_cli_await_agent_end (RdCli *cli, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Start start = { .loop = loop };
  guint watch = g_bus_watch_name_on_connection (cli->bus, cli->bus_name, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                                on_name_vanished, &start, NULL);
  guint timeout = g_timeout_add (END_TIMEOUT_MS, on_start_timeout, &start);

  g_main_loop_run (loop);
  g_source_remove (timeout);
  g_bus_unwatch_name (watch);
  if (!start.ended)
    g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("The agent was told to end, but has not yet."));
  return start.ended;
}

static gboolean
is_not_activatable (const GError *error)
{
  g_autofree char *name = g_dbus_error_is_remote_error (error) ? g_dbus_error_get_remote_error (error) : NULL;

  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_FILE_INVALID) ||
         g_strcmp0 (name, "org.freedesktop.systemd1.NoSuchUnit") == 0;
}

gboolean
rd_cli_start_agent (RdCli *cli, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  GError *local_error = NULL;
  gboolean owned = FALSE;

  if (!connect_bus (cli, error) || !has_owner (cli, &owned, error))
    return FALSE;
  if (owned)
    return TRUE;
  reply = g_dbus_connection_call_sync (cli->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "StartServiceByName",
                                       g_variant_new ("(su)", cli->bus_name, 0), G_VARIANT_TYPE ("(u)"),
                                       G_DBUS_CALL_FLAGS_NONE, START_TIMEOUT_MS, NULL, &local_error);
  if (reply != NULL)
    return TRUE;
  if (is_not_activatable (local_error))
    {
      g_error_free (local_error);
      return spawn_and_wait (cli, error);
    }
  take_error (error, local_error);
  g_prefix_error (error, "%s ", _ ("The agent could not be started:"));
  return FALSE;
}

GVariant *
rd_cli_call (RdCli *cli, const char *path, const char *interface, const char *method, GVariant *parameters,
             const GVariantType *reply_type, GError **error)
{
  g_autoptr (GVariant) sunk = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  GError *local_error = NULL;
  GVariant *reply;

  if (!connect_bus (cli, error))
    return NULL;
  reply = g_dbus_connection_call_sync (cli->bus, cli->bus_name, path, interface, method, sunk, reply_type,
                                       G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_TIMEOUT_MS, NULL, &local_error);
  if (reply == NULL)
    take_error (error, local_error);
  return reply;
}

GVariant *
rd_cli_call_with_file (RdCli *cli, const char *path, const char *interface, const char *method, GVariant *parameters,
                       int fd, const GVariantType *reply_type, GError **error)
{
  g_autoptr (GVariant) sunk = g_variant_ref_sink (parameters);
  g_autoptr (GUnixFDList) files = g_unix_fd_list_new ();
  GError *local_error = NULL;
  GVariant *reply = NULL;

  if (!connect_bus (cli, error))
    return NULL;
  if (g_unix_fd_list_append (files, fd, &local_error) == 0)
    reply = g_dbus_connection_call_with_unix_fd_list_sync (cli->bus, cli->bus_name, path, interface, method, sunk,
                                                           reply_type, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                                           FILE_TIMEOUT_MS, files, NULL, NULL, &local_error);
  if (reply == NULL)
    take_error (error, local_error);
  return reply;
}

gboolean
rd_cli_do (RdCli *cli, const char *path, const char *interface, const char *method, GVariant *parameters,
           GError **error)
{
  g_autoptr (GVariant) reply = rd_cli_call (cli, path, interface, method, parameters, G_VARIANT_TYPE_UNIT, error);

  return reply != NULL;
}

GVariant *
rd_cli_dup_objects (RdCli *cli, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  GError *local_error = NULL;

  if (!connect_bus (cli, error))
    return NULL;
  reply = g_dbus_connection_call_sync (cli->bus, cli->bus_name, ROOT_PATH, "org.freedesktop.DBus.ObjectManager",
                                       "GetManagedObjects", NULL, G_VARIANT_TYPE ("(a{oa{sa{sv}}})"),
                                       G_DBUS_CALL_FLAGS_NO_AUTO_START, QUERY_TIMEOUT_MS, NULL, &local_error);
  if (reply == NULL)
    {
      take_error (error, local_error);
      return NULL;
    }
  return g_variant_get_child_value (reply, 0);
}

static void
free_object (gpointer data)
{
  RdCliObject *object = data;

  g_free (object->path);
  g_variant_unref (object->properties);
  g_free (object);
}

static int
compare_objects (gconstpointer a, gconstpointer b)
{
  const RdCliObject *first = *(RdCliObject *const *) a;
  const RdCliObject *second = *(RdCliObject *const *) b;
  g_autofree char *first_key = g_utf8_collate_key_for_filename (first->path, -1);
  g_autofree char *second_key = g_utf8_collate_key_for_filename (second->path, -1);

  return g_strcmp0 (first_key, second_key);
}

GPtrArray *
rd_cli_list_objects (GVariant *objects, const char *interface)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_object);
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      GVariant *properties = g_variant_lookup_value (interfaces, interface, G_VARIANT_TYPE_VARDICT);
      RdCliObject *object;

      if (properties == NULL)
        continue;
      object = g_new0 (RdCliObject, 1);
      object->path = g_strdup (path);
      object->properties = properties;
      g_ptr_array_add (list, object);
    }
  g_ptr_array_sort (list, compare_objects);
  return list;
}

const char *
rd_cli_get_string (GVariant *dictionary, const char *name)
{
  const char *value = "";

  g_variant_lookup (dictionary, name, "&s", &value);
  return value;
}

gint64
rd_cli_get_int64 (GVariant *dictionary, const char *name)
{
  gint64 value = 0;

  g_variant_lookup (dictionary, name, "x", &value);
  return value;
}

gboolean
rd_cli_get_boolean (GVariant *dictionary, const char *name)
{
  gboolean value = FALSE;

  g_variant_lookup (dictionary, name, "b", &value);
  return value;
}

GVariant *
rd_cli_dup_value (GVariant *dictionary, const char *name, const char *type)
{
  return g_variant_lookup_value (dictionary, name, G_VARIANT_TYPE (type));
}

RdCliObject *
rd_cli_find_account (GPtrArray *accounts, const char *id, GError **error)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autofree char *clean_id = rd_text_clean (id, MAX_ID);

  for (guint i = 0; i < accounts->len; i++)
    {
      RdCliObject *account = g_ptr_array_index (accounts, i);
      const char *own = rd_cli_get_string (account->properties, "Id");

      if (g_str_equal (own, id))
        return account;
      g_string_append_printf (ids, "%s%s", ids->len > 0 ? ", " : "", own);
    }
  if (accounts->len == 0)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("There is no account “%s”: there is none at all."),
                 clean_id);
  else
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("There is no account “%s”. There is: %s."), clean_id,
                 ids->str);
  return NULL;
}
