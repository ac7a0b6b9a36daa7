/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-service.h"

struct _MockService
{
  GDBusConnection *connection;
  char *name;
  GArray *objects;       /* of guint */
  GHashTable *values;    /* "PATH INTERFACE.PROPERTY" → GVariant */
  GHashTable *replies;   /* method → GVariant; NULL: an error */
  GHashTable *last;      /* method → GVariant */
  GPtrArray *calls;      /* of char * */
  GPtrArray *held;       /* of GDBusMethodInvocation */
  char *caller;          /* (nullable) */
  MockServiceFunc func;
  gpointer func_data;
  gboolean hangs;
};

static char *
make_key (const char *path, const char *interface, const char *property)
{
  return g_strdup_printf ("%s %s.%s", path, interface, property);
}

static void
on_method_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *method, GVariant *arguments, GDBusMethodInvocation *invocation, gpointer user_data)
{
  MockService *self = user_data;
  g_autofree char *text = g_variant_print (arguments, FALSE);
  gpointer reply = NULL;

  g_ptr_array_add (self->calls, g_strdup_printf ("%s %s", method, text));
  g_hash_table_insert (self->last, g_strdup (method), g_variant_ref (arguments));
  g_free (self->caller);
  self->caller = g_strdup (sender);
  if (self->hangs)
    {
      g_ptr_array_add (self->held, invocation);
      return;
    }
  if (self->func != NULL)
    self->func (self, path, method, arguments, self->func_data);
  if (!g_hash_table_lookup_extended (self->replies, method, NULL, &reply))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else if (reply != NULL)
    g_dbus_method_invocation_return_value (invocation, reply);
  else
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NotSupported", "Not here");
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                 const char *property, GError **error, gpointer user_data)
{
  MockService *self = user_data;
  g_autofree char *key = make_key (path, interface, property);
  GVariant *value = g_hash_table_lookup (self->values, key);

  g_ptr_array_add (self->calls, g_strdup_printf ("Get %s", property));
  if (value != NULL)
    return g_variant_ref (value);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s has no value", property);
  return NULL;
}

static void
unref_if_any (gpointer value)
{
  if (value != NULL)
    g_variant_unref (value);
}

MockService *
mock_service_new (const char *address, const char *name)
{
  MockService *self = g_new0 (MockService, 1);
  g_autoptr (GError) error = NULL;

  self->name = g_strdup (name);
  self->objects = g_array_new (FALSE, FALSE, sizeof (guint));
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_if_any);
  self->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_if_any);
  self->last = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_if_any);
  self->calls = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->connection = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
    NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
mock_service_appear (MockService *self)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", self->name, 4),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

void
mock_service_free (MockService *self)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->objects->len; i++)
    g_dbus_connection_unregister_object (self->connection, g_array_index (self->objects, guint, i));
  g_dbus_connection_close_sync (self->connection, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (self->held);
  g_object_unref (self->connection);
  g_array_unref (self->objects);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->replies);
  g_hash_table_unref (self->last);
  g_ptr_array_unref (self->calls);
  g_free (self->caller);
  g_free (self->name);
  g_free (self);
}

void
mock_service_add_object (MockService *self, const char *path, const char *interface_xml)
{
  static const GDBusInterfaceVTable vtable = { on_method_call, on_get_property, NULL, { 0 } };
  g_autofree char *xml = g_strdup_printf ("<node>%s</node>", interface_xml);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, &error);
  guint id;

  g_assert_no_error (error);
  id = g_dbus_connection_register_object (self->connection, path, node->interfaces[0], &vtable, self, NULL, &error);
  g_assert_no_error (error);
  g_array_append_val (self->objects, id);
}

void
mock_service_set (MockService *self, const char *path, const char *interface, const char *property, GVariant *value,
                  gboolean announce)
{
  GVariantBuilder changed;

  g_hash_table_insert (self->values, make_key (path, interface, property), g_variant_ref_sink (value));
  if (!announce)
    return;
  g_variant_builder_init (&changed, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&changed, "{sv}", property, value);
  mock_service_emit (self, path, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                     g_variant_new ("(sa{sv}as)", interface, &changed, NULL));
}

void
mock_service_reply (MockService *self, const char *method, GVariant *reply)
{
  g_hash_table_insert (self->replies, g_strdup (method), reply != NULL ? g_variant_ref_sink (reply) : NULL);
}

void
mock_service_on_call (MockService *self, MockServiceFunc func, gpointer user_data)
{
  self->func = func;
  self->func_data = user_data;
}

void
mock_service_hang (MockService *self)
{
  self->hangs = TRUE;
}

void
mock_service_emit (MockService *self, const char *path, const char *interface, const char *signal, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (self->connection, NULL, path, interface, signal, arguments, &error);
  g_assert_no_error (error);
}

guint
mock_service_count (MockService *self, const char *prefix)
{
  guint count = 0;

  for (guint i = 0; i < self->calls->len; i++)
    if (g_str_has_prefix (self->calls->pdata[i], prefix))
      count++;
  return count;
}

GVariant *
mock_service_get_last (MockService *self, const char *method)
{
  return g_hash_table_lookup (self->last, method);
}

const char *
mock_service_get_caller (MockService *self)
{
  return self->caller;
}
