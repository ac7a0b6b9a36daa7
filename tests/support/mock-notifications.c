/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-notifications.h"

/* The thread answers the bus; the test's thread reads and steers under the lock, and emits signals itself, since a
 * GDBusConnection may be used from any thread. */

#define NAME "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"

static const char introspection[]
    = "<node><interface name='org.freedesktop.Notifications'>"
      "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
      "<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>"
      "<arg type='s' direction='out'/><arg type='s' direction='out'/></method>"
      "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
      "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
      "<signal name='NotificationClosed'><arg type='u'/><arg type='u'/></signal>"
      "<signal name='ActionInvoked'><arg type='u'/><arg type='s'/></signal>"
      "<signal name='NotificationReplied'><arg type='u'/><arg type='s'/></signal>"
      "<signal name='ActivationToken'><arg type='u'/><arg type='s'/></signal>"
      "<property name='Inhibited' type='b' access='read'/>"
      "</interface></node>";

struct _MockNotifications
{
  GDBusConnection *connection;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  guint object;

  GMutex lock; /* guards what follows */
  char **caps;
  char *server;
  gboolean hanging;
  gboolean inhibited;
  GQueue held;         /* of GDBusMethodInvocation */
  GPtrArray *shown;    /* of MockNotification */
  GHashTable *standing; /* of ids */
  guint closed;
  guint32 last_id;
};

void
mock_notification_free (MockNotification *notification)
{
  g_free (notification->app_name);
  g_free (notification->icon);
  g_free (notification->summary);
  g_free (notification->body);
  g_strfreev (notification->actions);
  g_variant_unref (notification->hints);
  g_free (notification);
}

static MockNotification *
take_notification (GVariant *parameters)
{
  MockNotification *notification = g_new0 (MockNotification, 1);

  g_variant_get (parameters, "(susss^as@a{sv}i)", &notification->app_name, &notification->replaces,
                 &notification->icon, &notification->summary, &notification->body, &notification->actions,
                 &notification->hints, &notification->timeout);
  return notification;
}

static void
emit (MockNotifications *self, const char *signal, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (self->connection, NULL, PATH, NAME, signal, parameters, &error);
  g_assert_no_error (error);
}

static GVariant *
answer_notify (MockNotifications *self, GVariant *parameters)
{
  MockNotification *notification = take_notification (parameters);

  notification->id = notification->replaces != 0 ? notification->replaces : ++self->last_id;
  g_ptr_array_add (self->shown, notification);
  g_hash_table_add (self->standing, GUINT_TO_POINTER (notification->id));
  return g_variant_new ("(u)", notification->id);
}

static void
answer (MockNotifications *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  GVariant *reply = NULL;
  guint32 id = 0;

  if (g_str_equal (method, "GetCapabilities"))
    reply = g_variant_new ("(^as)", self->caps);
  else if (g_str_equal (method, "GetServerInformation"))
    reply = g_variant_new ("(ssss)", self->server, "ringdown", "1", "1.2");
  else if (g_str_equal (method, "Notify"))
    reply = answer_notify (self, parameters);
  else
    {
      g_variant_get (parameters, "(u)", &id);
      self->closed++;
      if (g_hash_table_remove (self->standing, GUINT_TO_POINTER (id)))
        emit (self, "NotificationClosed", g_variant_new ("(uu)", id, 3));
    }
  g_dbus_method_invocation_return_value (invocation, reply);
}

static void
on_method_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer user_data)
{
  MockNotifications *self = user_data;

  g_mutex_lock (&self->lock);
  if (self->hanging)
    g_queue_push_tail (&self->held, invocation);
  else
    answer (self, invocation);
  g_mutex_unlock (&self->lock);
}

static GVariant *
on_get_property (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                 const char *property, GError **error, gpointer user_data)
{
  MockNotifications *self = user_data;
  gboolean inhibited;

  g_mutex_lock (&self->lock);
  inhibited = self->inhibited;
  g_mutex_unlock (&self->lock);
  return g_variant_new_boolean (inhibited);
}

static gpointer
run_service (gpointer data)
{
  MockNotifications *self = data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
own_name (MockNotifications *self, const char *address)
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
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", NAME, 4),
                                       G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(u)", &result);
  g_assert_cmpuint (result, ==, 1);
}

MockNotifications *
mock_notifications_new (const char *address, const char *const *capabilities)
{
  MockNotifications *self = g_new0 (MockNotifications, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->held);
  self->caps = g_strdupv ((char **) capabilities);
  self->server = g_strdup ("mock");
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) mock_notification_free);
  self->standing = g_hash_table_new (NULL, NULL);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  /* The object's calls come in the context that is the default when it is registered. */
  g_main_context_push_thread_default (self->context);
  own_name (self, address);
  g_main_context_pop_thread_default (self->context);
  self->thread = g_thread_new ("mock-notifications", run_service, self);
  return self;
}

void
mock_notifications_free (MockNotifications *self)
{
  g_autoptr (GError) error = NULL;
  GDBusMethodInvocation *invocation;

  g_dbus_connection_unregister_object (self->connection, self->object);
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  /* Unanswered: the bus tells the callers when the connection goes. */
  while ((invocation = g_queue_pop_head (&self->held)) != NULL)
    g_object_unref (invocation);
  g_dbus_connection_close_sync (self->connection, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->connection);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->shown);
  g_hash_table_unref (self->standing);
  g_strfreev (self->caps);
  g_free (self->server);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
mock_notifications_set_caps (MockNotifications *self, const char *const *capabilities)
{
  g_mutex_lock (&self->lock);
  g_strfreev (self->caps);
  self->caps = g_strdupv ((char **) capabilities);
  g_mutex_unlock (&self->lock);
}

void
mock_notifications_set_server (MockNotifications *self, const char *name)
{
  g_mutex_lock (&self->lock);
  g_free (self->server);
  self->server = g_strdup (name);
  g_mutex_unlock (&self->lock);
}

void
mock_notifications_set_inhibited (MockNotifications *self, gboolean inhibited)
{
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->lock);
  self->inhibited = inhibited;
  g_mutex_unlock (&self->lock);
  g_dbus_connection_emit_signal (self->connection, NULL, PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
                                 g_variant_new_parsed ("(%s, {'Inhibited': <%b>}, @as [])", NAME, inhibited), &error);
  g_assert_no_error (error);
}

void
mock_notifications_set_hanging (MockNotifications *self, gboolean hanging)
{
  GDBusMethodInvocation *invocation;

  g_mutex_lock (&self->lock);
  self->hanging = hanging;
  while (!hanging && (invocation = g_queue_pop_head (&self->held)) != NULL)
    answer (self, invocation);
  g_mutex_unlock (&self->lock);
}

guint
mock_notifications_count_held (MockNotifications *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = g_queue_get_length (&self->held);
  g_mutex_unlock (&self->lock);
  return count;
}

guint
mock_notifications_count_shown (MockNotifications *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->shown->len;
  g_mutex_unlock (&self->lock);
  return count;
}

guint
mock_notifications_count_closed (MockNotifications *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->closed;
  g_mutex_unlock (&self->lock);
  return count;
}

guint
mock_notifications_count_standing (MockNotifications *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = g_hash_table_size (self->standing);
  g_mutex_unlock (&self->lock);
  return count;
}

MockNotification *
mock_notifications_dup_shown (MockNotifications *self, guint index)
{
  MockNotification *copy = g_new0 (MockNotification, 1);
  MockNotification *shown;

  g_mutex_lock (&self->lock);
  g_assert_cmpuint (index, <, self->shown->len);
  shown = g_ptr_array_index (self->shown, index);
  *copy = *shown;
  copy->app_name = g_strdup (shown->app_name);
  copy->icon = g_strdup (shown->icon);
  copy->summary = g_strdup (shown->summary);
  copy->body = g_strdup (shown->body);
  copy->actions = g_strdupv (shown->actions);
  copy->hints = g_variant_ref (shown->hints);
  g_mutex_unlock (&self->lock);
  return copy;
}

void
mock_notifications_click (MockNotifications *self, guint32 id, const char *action, const char *token, gboolean stays)
{
  if (token != NULL)
    emit (self, "ActivationToken", g_variant_new ("(us)", id, token));
  emit (self, "ActionInvoked", g_variant_new ("(us)", id, action));
  if (!stays)
    mock_notifications_close (self, id, 2);
}

void
mock_notifications_reply (MockNotifications *self, guint32 id, const char *text)
{
  emit (self, "NotificationReplied", g_variant_new ("(us)", id, text));
}

void
mock_notifications_close (MockNotifications *self, guint32 id, guint32 reason)
{
  g_mutex_lock (&self->lock);
  g_hash_table_remove (self->standing, GUINT_TO_POINTER (id));
  g_mutex_unlock (&self->lock);
  emit (self, "NotificationClosed", g_variant_new ("(uu)", id, reason));
}
