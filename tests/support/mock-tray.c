/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-tray.h"

#include "rd-test.h"

/* The thread answers the bus; the test's thread reads and steers under the lock. */

#define NAME "org.kde.StatusNotifierWatcher"
#define PATH "/StatusNotifierWatcher"
#define ITEM "org.kde.StatusNotifierItem"
#define ITEM_PATH "/StatusNotifierItem"

static const char introspection[]
  = "<node><interface name='org.kde.StatusNotifierWatcher'>"
    "<method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>"
    "<property name='IsStatusNotifierHostRegistered' type='b' access='read'/>"
    "<property name='RegisteredStatusNotifierItems' type='as' access='read'/>"
    "<property name='ProtocolVersion' type='i' access='read'/>"
    "<signal name='StatusNotifierItemRegistered'><arg type='s'/></signal>"
    "<signal name='StatusNotifierHostRegistered'/>"
    "<signal name='StatusNotifierHostUnregistered'/>"
    "</interface></node>";

struct _MockTray
{
  GDBusConnection *connection;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  guint object;
  guint signals;
  MenuClient menu;
  char *menu_service;
  char *menu_path;

  GMutex lock; /* guards what follows */
  gboolean hosted;
  gboolean refusing;
  guint count;
  char *service;
  char *sender;
  GHashTable *heard; /* signal → how often */
};

static void
emit (MockTray *self, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (self->connection, NULL, PATH, NAME, signal, parameters, &error);
  g_assert_no_error (error);
}

static void
on_method_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  MockTray *self = user_data;
  gboolean refusing;

  g_mutex_lock (&self->lock);
  self->count++;
  g_free (self->service);
  g_variant_get (parameters, "(s)", &self->service);
  g_free (self->sender);
  self->sender = g_strdup (sender);
  refusing = self->refusing;
  g_mutex_unlock (&self->lock);
  if (refusing)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.AccessDenied", "No");
      return;
    }
  g_dbus_method_invocation_return_value (invocation, NULL);
  emit (self, "StatusNotifierItemRegistered", g_variant_new ("(s)", sender));
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                 const char *property, GError **error, gpointer user_data)
{
  MockTray *self = user_data;
  gboolean hosted;

  if (g_str_equal (property, "ProtocolVersion"))
    return g_variant_new_int32 (0);
  if (g_str_equal (property, "RegisteredStatusNotifierItems"))
    return g_variant_new ("as", NULL);
  g_mutex_lock (&self->lock);
  hosted = self->hosted;
  g_mutex_unlock (&self->lock);
  return g_variant_new_boolean (hosted);
}

static void
on_item_signal (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *signal, GVariant *parameters, gpointer user_data)
{
  MockTray *self = user_data;
  guint count;

  g_mutex_lock (&self->lock);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (self->heard, signal)) + 1;
  g_hash_table_insert (self->heard, g_strdup (signal), GUINT_TO_POINTER (count));
  g_mutex_unlock (&self->lock);
}

static gpointer
run_service (gpointer data)
{
  MockTray *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
own_name (MockTray *self, const char *address)
{
  const GDBusInterfaceVTable vtable = { on_method_call, on_get_property, NULL, { 0 } };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  guint32 result;

  self->connection = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
    NULL, &error);
  g_assert_no_error (error);
  self->object = g_dbus_connection_register_object (self->connection, PATH, node->interfaces[0], &vtable, self, NULL,
                                                    &error);
  g_assert_no_error (error);
  self->signals = g_dbus_connection_signal_subscribe (self->connection, NULL, ITEM, NULL, ITEM_PATH, NULL,
                                                      G_DBUS_SIGNAL_FLAGS_NONE, on_item_signal, self, NULL);
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", NAME, 4),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &result);
  g_assert_cmpuint (result, ==, 1);
}

MockTray *
mock_tray_new (const char *address)
{
  MockTray *self = g_new0 (MockTray, 1);

  g_mutex_init (&self->lock);
  self->hosted = TRUE;
  self->heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  own_name (self, address);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("mock-tray", run_service, self);
  return self;
}

void
mock_tray_free (MockTray *self)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_signal_unsubscribe (self->connection, self->signals);
  g_dbus_connection_unregister_object (self->connection, self->object);
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_dbus_connection_close_sync (self->connection, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->connection);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->heard);
  g_free (self->service);
  g_free (self->sender);
  g_free (self->menu_service);
  g_free (self->menu_path);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
mock_tray_set_hosted (MockTray *self, gboolean hosted)
{
  g_mutex_lock (&self->lock);
  self->hosted = hosted;
  g_mutex_unlock (&self->lock);
  emit (self, hosted ? "StatusNotifierHostRegistered" : "StatusNotifierHostUnregistered", NULL);
}

void
mock_tray_set_refusing (MockTray *self, gboolean refusing)
{
  g_mutex_lock (&self->lock);
  self->refusing = refusing;
  g_mutex_unlock (&self->lock);
}

guint
mock_tray_count (MockTray *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->count;
  g_mutex_unlock (&self->lock);
  return count;
}

char *
mock_tray_dup_service (MockTray *self)
{
  char *service;

  g_mutex_lock (&self->lock);
  service = g_strdup (self->service);
  g_mutex_unlock (&self->lock);
  return service;
}

guint
mock_tray_count_signals (MockTray *self, const char *signal)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = GPOINTER_TO_UINT (g_hash_table_lookup (self->heard, signal));
  g_mutex_unlock (&self->lock);
  return count;
}

GVariant *
mock_tray_call (MockTray *self, const char *path, const char *interface, const char *method, GVariant *parameters,
                const char *reply_type)
{
  g_autofree char *service = mock_tray_dup_service (self);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GVariant *reply;

  g_assert_nonnull (service);
  g_dbus_connection_call (self->connection, service, path, interface, method, parameters,
                          reply_type != NULL ? G_VARIANT_TYPE (reply_type) : NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                          rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_connection_call_finish (self->connection, result, &error);
  g_assert_no_error (error);
  return reply;
}

GVariant *
mock_tray_get (MockTray *self, const char *property)
{
  g_autoptr (GVariant) reply = mock_tray_call (self, ITEM_PATH, "org.freedesktop.DBus.Properties", "Get",
                                               g_variant_new ("(ss)", ITEM, property), "(v)");
  GVariant *value;

  g_variant_get (reply, "(v)", &value);
  return value;
}

void
mock_tray_click (MockTray *self, const char *method)
{
  g_autoptr (GVariant) reply = mock_tray_call (self, ITEM_PATH, ITEM, method, g_variant_new ("(ii)", 10, 10), "()");
}

const MenuClient *
mock_tray_get_menu (MockTray *self)
{
  g_autoptr (GVariant) path = mock_tray_get (self, "Menu");

  g_assert_true (g_variant_is_of_type (path, G_VARIANT_TYPE_OBJECT_PATH));
  g_free (self->menu_path);
  self->menu_path = g_variant_dup_string (path, NULL);
  g_free (self->menu_service);
  self->menu_service = mock_tray_dup_service (self);
  self->menu.connection = self->connection;
  self->menu.service = self->menu_service;
  self->menu.path = self->menu_path;
  return &self->menu;
}
