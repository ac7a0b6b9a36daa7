/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-stand.h"

#include "rd-demo-agent.h"
#include "rd-demo-bus.h"
#include "rd-demo-json.h"
#include "rd-demo-servers.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <stdio.h>

/* Runs the demo: what is started when, what is said on the terminal, and how it all ends. */

#define FIRST_CALL_SECONDS 3
#define FIRST_CALLER 11
#define AGENT_SECONDS 30
#define TEAM_MESSAGES 120
#define TEAM_PRESENT 3
#define OLD_INVOICES 60

struct _RdDemoStand
{
  GObject parent_instance;

  RdDemoOptions options;
  RdDemoServers *servers;
  RdDemoBus *bus;
  RdDemoAgent *agent;
  GMainLoop *loop;
  guint first_call_id;
  guint deadline_id;
  RdDemoSiteId accounts;  /* added so far */
  gboolean rang;
  gboolean stopping;
  int status;
};

G_DEFINE_FINAL_TYPE (RdDemoStand, rd_demo_stand, G_TYPE_OBJECT)

static void
fail (RdDemoStand *self, const char *what, const char *why)
{
  g_printerr ("ringdown demo: %s%s%s\n", what, why != NULL ? ": " : "", why != NULL ? why : "");
  self->status = 1;
}

static void
stop (RdDemoStand *self)
{
  if (self->stopping)
    return;
  self->stopping = TRUE;
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_handle_id (&self->first_call_id, g_source_remove);
  if (self->agent != NULL)
    rd_demo_agent_quit (self->agent);
  else
    g_main_loop_quit (self->loop);
}

static gboolean
on_signal (gpointer user_data)
{
  RdDemoStand *self = RD_DEMO_STAND (user_data);

  if (!self->stopping)
    g_print ("\nGoing…\n");
  stop (self);
  return G_SOURCE_CONTINUE;
}

/* Whole or not at all, for whoever waits for it; it holds keys, so it is the user's alone. */
static void
write_ready_file (RdDemoStand *self)
{
  JsonObject *object;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (self->options.ready_file == NULL)
    return;
  object = rd_demo_servers_to_json (self->servers, self->options.servers_only);
  if (self->bus != NULL)
    {
      g_autofree char *address = rd_demo_bus_dup_address (self->bus);

      json_object_set_string_member (object, "bus_name", self->options.bus_name);
      json_object_set_string_member (object, "bus_address", address);
    }
  text = rd_demo_json_take_text (object);
  if (g_file_set_contents_full (self->options.ready_file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    return;
  fail (self, "the ready file could not be written", error->message);
  stop (self);
}

static void
on_browser_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    g_printerr ("The browser could not be opened: %s. Open the control page's address yourself.\n", error->message);
}

static void
print_bus (RdDemoStand *self)
{
  g_autofree char *address = rd_demo_bus_dup_address (self->bus);
  gboolean is_private = rd_demo_bus_is_private (self->bus);

  g_print ("  On the bus     %s%s\n"
           "  Try also       ",
           self->options.bus_name, is_private ? " (a bus of its own: there is no session bus)" : "");
  /* The address holds characters that a shell would take for its own. */
  if (is_private)
    g_print ("DBUS_SESSION_BUS_ADDRESS='%s' ", address);
  g_print ("ringdown --bus-name %s status\n", self->options.bus_name);
}

static void
welcome (RdDemoStand *self)
{
  g_autofree char *url = rd_demo_control_dup_url (rd_demo_servers_get_control (self->servers));

  g_print ("Ringdown's demo runs. You are Robin Vance, user %d.\n\n"
           "  Control page   %s\n"
           "  Channels       127.0.0.1:%u\n",
           RD_DEMO_YOU, url, rd_demo_channels_get_port (rd_demo_servers_get_sight (self->servers)->channels));
  if (self->bus != NULL)
    print_bus (self);
  g_print ("\nCtrl-C ends it.\n");
  if (self->options.browser)
    g_app_info_launch_default_for_uri_async (url, NULL, NULL, on_browser_ready, NULL);
}

static gboolean
on_first_call (gpointer user_data)
{
  RdDemoStand *self = RD_DEMO_STAND (user_data);

  self->first_call_id = 0;
  rd_demo_crm_place (rd_demo_servers_get_sight (self->servers)->crm, FIRST_CALLER, RD_DEMO_YOU, FALSE, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_subscribed (RdDemoChannels *channels, const char *app_id, const char *channel, const char *socket_id,
               gpointer user_data)
{
  RdDemoStand *self = RD_DEMO_STAND (user_data);

  if (self->rang || self->options.quiet || self->options.servers_only
      || g_strcmp0 (app_id, rd_demo_site_id_to_string (RD_DEMO_SITE_CRM)) != 0)
    return;
  self->rang = TRUE;
  self->first_call_id = g_timeout_add_seconds (FIRST_CALL_SECONDS, on_first_call, self);
}

/* All accounts are there. */
static void
begin (RdDemoStand *self)
{
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  if (self->options.window)
    rd_demo_agent_open_window (self->agent);
  welcome (self);
  write_ready_file (self);
}

/* One after the other: this is the order in which people see them. */
static void
on_account_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdDemoStand) self = RD_DEMO_STAND (user_data);
  RdDemoAgent *agent = RD_DEMO_AGENT (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_demo_agent_add_account_finish (agent, result, &error);

  if (self->stopping)
    return;
  if (id == NULL)
    {
      fail (self, "the agent did not take one of the demo's accounts", error->message);
      stop (self);
    }
  else if (++self->accounts == RD_DEMO_N_SITES)
    begin (self);
  else
    rd_demo_agent_add_account_async (agent, rd_demo_servers_make_account (self->servers, self->accounts),
                                     on_account_ready, g_object_ref (self));
}

static void
on_agent_ready (RdDemoAgent *agent, gpointer user_data)
{
  RdDemoStand *self = RD_DEMO_STAND (user_data);

  rd_demo_agent_add_account_async (agent, rd_demo_servers_make_account (self->servers, self->accounts),
                                   on_account_ready, g_object_ref (self));
}

static void
on_agent_exited (RdDemoAgent *agent, const char *why, gpointer user_data)
{
  RdDemoStand *self = RD_DEMO_STAND (user_data);

  if (!self->stopping && why != NULL)
    fail (self, "the agent ended", why);
  else if (!self->stopping)
    g_print ("The agent has quit.\n");
  self->stopping = TRUE;
  g_main_loop_quit (self->loop);
}

static gboolean
on_deadline (gpointer user_data)
{
  RdDemoStand *self = RD_DEMO_STAND (user_data);

  self->deadline_id = 0;
  fail (self, "the agent was not ready in time", NULL);
  stop (self);
  return G_SOURCE_REMOVE;
}

static gboolean
start_agent (RdDemoStand *self, GError **error)
{
  const char *arguments[] = { "--sink", self->options.sink, NULL };

  self->bus = rd_demo_bus_new ();
  if (!rd_demo_bus_open (self->bus, error))
    return FALSE;
  if (rd_demo_bus_has_name (self->bus, self->options.bus_name))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                   "it runs already: %s is on the bus. End the other one, or give this one another --bus-name.",
                   self->options.bus_name);
      return FALSE;
    }
  self->agent = rd_demo_agent_new (rd_demo_bus_get_connection (self->bus), self->options.bus_name);
  g_signal_connect_object (self->agent, "ready", G_CALLBACK (on_agent_ready), self, 0);
  g_signal_connect_object (self->agent, "exited", G_CALLBACK (on_agent_exited), self, 0);
  if (!rd_demo_agent_start (self->agent, self->options.sink != NULL ? arguments : NULL, error))
    {
      g_clear_object (&self->agent);
      return FALSE;
    }
  self->deadline_id = g_timeout_add_seconds (AGENT_SECONDS, on_deadline, self);
  return TRUE;
}

/* Something to look at from the beginning, and as much more as was asked for */
static void
fill (RdDemoStand *self)
{
  const RdDemoSight *sight = rd_demo_servers_get_sight (self->servers);

  rd_demo_crm_add_people (sight->crm, self->options.people);
  rd_demo_crm_add_conversations (sight->crm, self->options.conversations);
  rd_demo_crm_add_history (sight->crm);
  rd_demo_sms_add_conversations (sight->sms, self->options.conversations);
  rd_demo_team_add_messages (sight->team, TEAM_MESSAGES);
  rd_demo_invoices_add_history (sight->invoices, MAX (self->options.invoices, OLD_INVOICES));
  for (gint64 i = 0; i < TEAM_PRESENT; i++)
    rd_demo_team_join (sight->team, FIRST_CALLER + i);
}

/* A window without its agent would offer to start one, which would not be the demo's. */
static void
end_window (RdDemoStand *self)
{
  g_autofree char *name = g_strconcat (self->options.bus_name, ".Window", NULL);

  if (self->bus != NULL)
    rd_demo_bus_end_owner (self->bus, name);
}

/* GObject */

static void
rd_demo_stand_dispose (GObject *object)
{
  RdDemoStand *self = RD_DEMO_STAND (object);

  g_clear_handle_id (&self->first_call_id, g_source_remove);
  g_clear_handle_id (&self->deadline_id, g_source_remove);
  g_clear_object (&self->agent);
  g_clear_object (&self->bus);
  g_clear_object (&self->servers);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  G_OBJECT_CLASS (rd_demo_stand_parent_class)->dispose (object);
}

static void
rd_demo_stand_class_init (RdDemoStandClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_demo_stand_dispose;
}

static void
rd_demo_stand_init (RdDemoStand *self)
{
  self->loop = g_main_loop_new (NULL, FALSE);
}

RdDemoStand *
rd_demo_stand_new (const RdDemoOptions *options)
{
  RdDemoStand *self;

  g_return_val_if_fail (options != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_STAND, NULL);
  self->options = *options;
  self->servers = rd_demo_servers_new ();
  rd_demo_servers_set_own_line (self->servers, options->own_line);
  fill (self);
  g_signal_connect_object (rd_demo_servers_get_sight (self->servers)->channels, "subscribed",
                           G_CALLBACK (on_subscribed), self, 0);
  return self;
}

int
rd_demo_stand_run (RdDemoStand *self)
{
  g_autoptr (GError) error = NULL;
  guint int_id, term_id;

  g_return_val_if_fail (RD_IS_DEMO_STAND (self), 1);

  if (!rd_demo_servers_listen (self->servers, self->options.port, &error)
      || (!self->options.servers_only && !start_agent (self, &error)))
    {
      fail (self, error->message, NULL);
      return self->status;
    }
  int_id = g_unix_signal_add (SIGINT, on_signal, self);
  term_id = g_unix_signal_add (SIGTERM, on_signal, self);
  if (self->options.servers_only)
    {
      welcome (self);
      write_ready_file (self);
    }
  if (!self->stopping)
    g_main_loop_run (self->loop);
  end_window (self);
  g_source_remove (int_id);
  g_source_remove (term_id);
  return self->status;
}
