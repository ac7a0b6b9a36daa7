/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-bus-flag.h"

/* One boolean of one service. It knows nothing of what the boolean means. */

#define PROPERTIES "org.freedesktop.DBus.Properties"

typedef enum
{
  RD_BUS_FLAG_PROP_SET = 1,
} RdBusFlagProps;

static GParamSpec *properties[RD_BUS_FLAG_PROP_SET + 1];

struct _RdBusFlag
{
  GObject parent_instance;

  RdBusFlagSpec spec;
  char *path;
  GDBusConnection *connection;
  guint watch;
  guint subscription;
  guint reset_subscription;
  char *owner;               /* (nullable) */
  GCancellable *cancellable; /* of the question under way */
  gboolean set;
};

G_DEFINE_FINAL_TYPE (RdBusFlag, rd_bus_flag, G_TYPE_OBJECT)

static void
take (RdBusFlag *self, gboolean set)
{
  if (self->set == set)
    return;
  self->set = set;
  g_debug ("%s %s: %s", self->spec.interface, self->spec.property != NULL ? self->spec.property : self->spec.signal,
           set ? "yes" : "no");
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_BUS_FLAG_PROP_SET]);
}

static void
take_value (RdBusFlag *self, GVariant *value)
{
  g_autoptr (GVariant) inner = g_variant_is_of_type (value, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant (value)
                                                                                    : g_variant_ref (value);

  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_BOOLEAN))
    take (self, g_variant_get_boolean (inner));
}

static void
on_asked_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdBusFlag *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      g_debug ("%s does not tell: %s", self->spec.interface, error->message);
      return;
    }
  if (g_variant_n_children (reply) == 1)
    value = g_variant_get_child_value (reply, 0);
  if (value != NULL)
    take_value (self, value);
}

static void
ask (RdBusFlag *self)
{
  const RdBusFlagSpec *spec = &self->spec;
  GVariant *arguments = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (spec->property != NULL)
    arguments = g_variant_new ("(ss)", spec->interface, spec->property);
  else if (spec->arguments[0] != NULL)
    arguments = g_variant_new ("(ss)", spec->arguments[0], spec->arguments[1]);
  g_dbus_connection_call (self->connection, self->owner, self->path,
                          spec->property != NULL ? PROPERTIES : spec->interface,
                          spec->property != NULL ? "Get" : spec->getter, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_asked_ready, self);
}

static void
on_properties_changed (RdBusFlag *self, GVariant *parameters)
{
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autofree const char **invalidated = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  g_variant_get (parameters, "(&s@a{sv}^a&s)", NULL, &changed, &invalidated);
  value = g_variant_lookup_value (changed, self->spec.property, NULL);
  if (value != NULL)
    take_value (self, value);
  else if (g_strv_contains (invalidated, self->spec.property))
    ask (self);
}

/* The bus has matched the first argument; the second one is matched here. */
static gboolean
concerns_us (RdBusFlag *self, GVariant *parameters, gsize more)
{
  g_autoptr (GVariant) second = NULL;

  if (self->spec.arguments[0] == NULL)
    return g_variant_n_children (parameters) == more;
  if (g_variant_n_children (parameters) != 2 + more)
    return FALSE;
  second = g_variant_get_child_value (parameters, 1);
  return g_variant_is_of_type (second, G_VARIANT_TYPE_STRING)
         && g_str_equal (g_variant_get_string (second, NULL), self->spec.arguments[1]);
}

static void
on_signal (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
           const char *signal, GVariant *parameters, gpointer user_data)
{
  RdBusFlag *self = RD_BUS_FLAG (user_data);
  g_autoptr (GVariant) last = NULL;

  if (self->spec.property != NULL)
    {
      on_properties_changed (self, parameters);
      return;
    }
  if (!concerns_us (self, parameters, 1))
    return;
  last = g_variant_get_child_value (parameters, g_variant_n_children (parameters) - 1);
  take_value (self, last);
}

static void
on_reset (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
          const char *signal, GVariant *parameters, gpointer user_data)
{
  RdBusFlag *self = RD_BUS_FLAG (user_data);

  if (concerns_us (self, parameters, 0))
    take (self, FALSE);
}

static void
leave (RdBusFlag *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  if (self->reset_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->reset_subscription);
  self->subscription = self->reset_subscription = 0;
  g_clear_pointer (&self->owner, g_free);
}

static void
on_name_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RdBusFlag *self = RD_BUS_FLAG (user_data);
  const RdBusFlagSpec *spec = &self->spec;

  leave (self);
  self->owner = g_strdup (owner);
  self->subscription = g_dbus_connection_signal_subscribe (
    connection, owner, spec->property != NULL ? PROPERTIES : spec->interface,
    spec->property != NULL ? "PropertiesChanged" : spec->signal, self->path,
    spec->property != NULL ? spec->interface : spec->arguments[0], G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  if (spec->reset != NULL)
    self->reset_subscription = g_dbus_connection_signal_subscribe (connection, owner, spec->interface, spec->reset,
                                                                   self->path, spec->arguments[0],
                                                                   G_DBUS_SIGNAL_FLAGS_NONE, on_reset, self, NULL);
  ask (self);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RdBusFlag *self = RD_BUS_FLAG (user_data);

  leave (self);
  take (self, FALSE);
}

/*
 * GObject
 */
static void
rd_bus_flag_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdBusFlag *self = RD_BUS_FLAG (object);

  switch ((RdBusFlagProps) id)
    {
    case RD_BUS_FLAG_PROP_SET:
      g_value_set_boolean (value, self->set);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* No reference is held by the watch and the subscription: a call back after this would find nothing. */
static void
rd_bus_flag_dispose (GObject *object)
{
  RdBusFlag *self = RD_BUS_FLAG (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  leave (self);

  G_OBJECT_CLASS (rd_bus_flag_parent_class)->dispose (object);
}

static void
rd_bus_flag_finalize (GObject *object)
{
  RdBusFlag *self = RD_BUS_FLAG (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (rd_bus_flag_parent_class)->finalize (object);
}

static void
rd_bus_flag_class_init (RdBusFlagClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_bus_flag_get_property;
  object_class->dispose = rd_bus_flag_dispose;
  object_class->finalize = rd_bus_flag_finalize;

  properties[RD_BUS_FLAG_PROP_SET] = g_param_spec_boolean (
    "set", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rd_bus_flag_init (RdBusFlag *self)
{
}

RdBusFlag *
rd_bus_flag_new (GDBusConnection *connection, const RdBusFlagSpec *spec)
{
  RdBusFlag *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (spec != NULL, NULL);

  self = g_object_new (RD_TYPE_BUS_FLAG, NULL);
  self->spec = *spec;
  self->path = g_strdup (spec->path);
  self->connection = g_object_ref (connection);
  self->watch = g_bus_watch_name_on_connection (connection, spec->name, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_name_appeared, on_name_vanished, self, NULL);
  return self;
}

gboolean
rd_bus_flag_get_set (RdBusFlag *self)
{
  g_return_val_if_fail (RD_IS_BUS_FLAG (self), FALSE);

  return self->set;
}
