/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-exporter.h"

#include "rd-account-object.h"
#include "rd-call-object.h"
#include "rd-invoices-object.h"
#include "rd-messages-object.h"
#include "rd-people-object.h"

/* Which objects are on the bus, under which paths. */

#define ROOT "/io/github/ringdown/Ringdown"

struct _RdExporter
{
  GObject parent_instance;

  RdPhone *phone;
  RdLines *lines;
  RdOperator *operator;
  RdRooms *rooms;
  RdReminders *reminders;
  RdBrowser *browser;
  GDBusObjectManagerServer *manager;
  GDBusObjectSkeleton *agent;
  GHashTable *calls; /* RdCall → RdDBusObjectSkeleton */
  guint last_call;
};

G_DEFINE_FINAL_TYPE (RdExporter, rd_exporter, G_TYPE_OBJECT)

static char *
account_path (RdLine *line)
{
  g_autofree char *id = g_strdelimit (g_strdup (rd_line_get_id (line)), "-", '_');

  return g_strdup_printf (ROOT "/accounts/%s", id);
}

/* What the account's site has besides. */
static void
add_parts (RdDBusObjectSkeleton *object, RdLine *line)
{
  if (rd_line_get_mailbox (line) != NULL)
    {
      g_autoptr (RdMessagesObject) messages = NULL;

      messages = rd_messages_object_new (rd_line_get_mailbox (line), rd_line_get_people (line));
      rd_dbus_object_skeleton_set_messages1 (object, RD_DBUS_MESSAGES1 (messages));
    }
  if (rd_line_get_people (line) != NULL)
    {
      g_autoptr (RdPeopleObject) people = rd_people_object_new (rd_line_get_people (line));

      rd_dbus_object_skeleton_set_people1 (object, RD_DBUS_PEOPLE1 (people));
    }
  if (rd_line_get_invoices (line) != NULL)
    {
      g_autoptr (RdInvoicesObject) invoices = rd_invoices_object_new (rd_line_get_invoices (line));

      rd_dbus_object_skeleton_set_invoices1 (object, RD_DBUS_INVOICES1 (invoices));
    }
}

static void
on_line_added (RdLines *lines, RdLine *line, RdExporter *self)
{
  g_autofree char *path = account_path (line);
  g_autoptr (RdDBusObjectSkeleton) object = rd_dbus_object_skeleton_new (path);
  g_autoptr (RdAccountObject) account = rd_account_object_new (line, self->browser);

  rd_dbus_object_skeleton_set_account1 (object, RD_DBUS_ACCOUNT1 (account));
  add_parts (object, line);
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (object));
}

static void
on_line_removed (RdLines *lines, RdLine *line, RdExporter *self)
{
  g_autofree char *path = account_path (line);

  g_dbus_object_manager_server_unexport (self->manager, path);
}

static void
on_call_added (RdPhone *phone, RdCall *call, RdExporter *self)
{
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (call));
  g_autofree char *path = g_strdup_printf (ROOT "/calls/%u", ++self->last_call);
  RdDBusObjectSkeleton *object = rd_dbus_object_skeleton_new (path);
  g_autoptr (RdCallObject) interface = NULL;

  interface = rd_call_object_new (call, line != NULL ? rd_line_get_name (line) : "", self->phone, self->operator,
                                  self->rooms, self->reminders);
  rd_dbus_call1_set_can_answer (RD_DBUS_CALL1 (interface), line == NULL || rd_line_get_site (line) == NULL ||
                                                             rd_site_can (rd_line_get_site (line), "answer"));
  rd_dbus_object_skeleton_set_call1 (object, RD_DBUS_CALL1 (interface));
  g_hash_table_insert (self->calls, call, object);
  g_dbus_object_manager_server_export (self->manager, G_DBUS_OBJECT_SKELETON (object));
}

static RdCallObject *
dup_call_object (RdExporter *self, RdCall *call)
{
  RdDBusObjectSkeleton *object = g_hash_table_lookup (self->calls, call);

  return object != NULL ? RD_CALL_OBJECT (rd_dbus_object_get_call1 (RD_DBUS_OBJECT (object))) : NULL;
}

static void
on_call_touched (RdLines *lines, RdCall *call, RdExporter *self)
{
  g_autoptr (RdCallObject) object = dup_call_object (self, call);

  if (object != NULL)
    rd_call_object_update (object);
}

static void
on_call_ended (RdPhone *phone, RdCall *call, RdExporter *self)
{
  g_autoptr (RdCallObject) interface = dup_call_object (self, call);
  RdDBusObjectSkeleton *object = g_hash_table_lookup (self->calls, call);

  if (interface == NULL)
    return;
  /* Whoever watches the call sees how it ended before it is gone. */
  rd_call_object_update (interface);
  g_dbus_interface_skeleton_flush (G_DBUS_INTERFACE_SKELETON (interface));
  g_dbus_object_manager_server_unexport (self->manager, g_dbus_object_get_object_path (G_DBUS_OBJECT (object)));
  g_hash_table_remove (self->calls, call);
}

/*
 * GObject
 */
static void
rd_exporter_finalize (GObject *object)
{
  RdExporter *self = RD_EXPORTER (object);

  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_clear_object (&self->agent);
  g_clear_object (&self->manager);
  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->operator);
  g_clear_object (&self->rooms);
  g_clear_object (&self->reminders);
  g_clear_object (&self->browser);

  G_OBJECT_CLASS (rd_exporter_parent_class)->finalize (object);
}

static void
rd_exporter_class_init (RdExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_exporter_finalize;
}

static void
rd_exporter_init (RdExporter *self)
{
  self->calls = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->manager = g_dbus_object_manager_server_new (ROOT);
}

RdExporter *
rd_exporter_new (RdAgentObject *agent, RdPhone *phone, RdLines *lines, RdOperator *operator, RdRooms *rooms,
                 RdReminders *reminders, RdBrowser *browser)
{
  RdExporter *self;
  g_autoptr (RdDBusObjectSkeleton) object = NULL;

  g_return_val_if_fail (RD_IS_AGENT_OBJECT (agent), NULL);
  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (RD_IS_LINES (lines), NULL);
  g_return_val_if_fail (RD_IS_OPERATOR (operator), NULL);
  g_return_val_if_fail (RD_IS_ROOMS (rooms), NULL);
  g_return_val_if_fail (RD_IS_REMINDERS (reminders), NULL);
  g_return_val_if_fail (RD_IS_BROWSER (browser), NULL);

  self = g_object_new (RD_TYPE_EXPORTER, NULL);
  self->phone = g_object_ref (phone);
  self->lines = g_object_ref (lines);
  self->operator = g_object_ref (operator);
  self->rooms = g_object_ref (rooms);
  self->reminders = g_object_ref (reminders);
  self->browser = g_object_ref (browser);
  object = rd_dbus_object_skeleton_new (ROOT "/Agent");
  rd_dbus_object_skeleton_set_agent1 (object, RD_DBUS_AGENT1 (agent));
  self->agent = G_DBUS_OBJECT_SKELETON (g_steal_pointer (&object));
  g_dbus_object_manager_server_export (self->manager, self->agent);
  g_signal_connect_object (lines, "line-added", G_CALLBACK (on_line_added), self, 0);
  g_signal_connect_object (lines, "line-removed", G_CALLBACK (on_line_removed), self, 0);
  g_signal_connect_object (lines, "call-touched", G_CALLBACK (on_call_touched), self, 0);
  g_signal_connect_object (phone, "call-added", G_CALLBACK (on_call_added), self, 0);
  g_signal_connect_object (phone, "call-ended", G_CALLBACK (on_call_ended), self, 0);
  return self;
}

void
rd_exporter_add (RdExporter *self, GDBusInterfaceSkeleton *interface)
{
  g_return_if_fail (RD_IS_EXPORTER (self));
  g_return_if_fail (G_IS_DBUS_INTERFACE_SKELETON (interface));

  g_dbus_object_skeleton_add_interface (self->agent, interface);
}

void
rd_exporter_export (RdExporter *self, GDBusConnection *connection)
{
  g_return_if_fail (RD_IS_EXPORTER (self));

  g_dbus_object_manager_server_set_connection (self->manager, connection);
}

void
rd_exporter_unexport (RdExporter *self)
{
  g_return_if_fail (RD_IS_EXPORTER (self));

  g_dbus_object_manager_server_set_connection (self->manager, NULL);
}
