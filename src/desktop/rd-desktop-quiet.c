/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-desktop-quiet.h"

#include "rd-bus-flag.h"

#define SERVER "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"

typedef enum
{
  RD_DESKTOP_QUIET_PROP_ACTIVE = 1,
} RdDesktopQuietProps;

static GParamSpec *properties[RD_DESKTOP_QUIET_PROP_ACTIVE + 1];

enum
{
  STIRRED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What a bus tells of it. Nobody starts xfconf, or a notification server, for the question. */
static const RdBusFlagSpec flag_specs[] = {
  { SERVER, SERVER_PATH, SERVER, "Inhibited", NULL, NULL, { NULL }, NULL },
  { SERVER, SERVER_PATH, "org.dunstproject.cmd0", "paused", NULL, NULL, { NULL }, NULL },
  { "org.xfce.Xfconf", "/org/xfce/Xfconf", "org.xfce.Xfconf", NULL, "GetProperty", "PropertyChanged",
    { "xfce4-notifyd", "/do-not-disturb" }, "PropertyRemoved" },
};

static const struct
{
  const char *desktops[3]; /* of XDG_CURRENT_DESKTOP */
  const char *schema;
  const char *key;
  gboolean quiet_if;
} setting_specs[] = {
  { { "GNOME", "Unity", "Budgie" }, "org.gnome.desktop.notifications", "show-banners", FALSE },
  { { "X-Cinnamon" }, "org.cinnamon.desktop.notifications", "display-notifications", FALSE },
  { { "MATE" }, "org.mate.NotificationDaemon", "do-not-disturb", TRUE },
  { { "Pantheon" }, "io.elementary.notifications", "do-not-disturb", TRUE },
};

struct _RdDesktopQuiet
{
  GObject parent_instance;

  RdBusFlag *flags[G_N_ELEMENTS (flag_specs)];
  GSettings *settings[G_N_ELEMENTS (setting_specs)]; /* each (nullable) */
  GDBusConnection *connection;
  guint watch;
  GCancellable *cancellable;
  gboolean is_xfce;
  gboolean withdrawn;
  gboolean active;
};

G_DEFINE_FINAL_TYPE (RdDesktopQuiet, rd_desktop_quiet, G_TYPE_OBJECT)

static gboolean
find_out (RdDesktopQuiet *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (flag_specs); i++)
    if (rd_bus_flag_get_set (self->flags[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (setting_specs); i++)
    if (self->settings[i] != NULL
        && g_settings_get_boolean (self->settings[i], setting_specs[i].key) == setting_specs[i].quiet_if)
      return TRUE;
  return self->is_xfce && self->withdrawn;
}

static void
update (RdDesktopQuiet *self)
{
  gboolean active = find_out (self);

  if (self->active == active)
    return;
  self->active = active;
  g_debug ("The desktop is %s", active ? "not to disturb" : "as always");
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_DESKTOP_QUIET_PROP_ACTIVE]);
}

static void
on_flag_changed (RdDesktopQuiet *self)
{
  update (self);
  g_signal_emit (self, signals[STIRRED], 0);
}

static gboolean
is_here (const char *desktop, guint row)
{
  g_auto (GStrv) names = NULL;

  if (desktop == NULL || *desktop == '\0')
    return TRUE;
  names = g_strsplit (desktop, ":", 16);
  for (guint i = 0; i < G_N_ELEMENTS (setting_specs[row].desktops) && setting_specs[row].desktops[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) names, setting_specs[row].desktops[i]))
      return TRUE;
  return FALSE;
}

/* A schema or a key that is missing aborts whoever asks for it: both are looked up first. */
static GSettings *
open_settings (guint row)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, setting_specs[row].schema, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, setting_specs[row].key))
    return NULL;
  key = g_settings_schema_get_key (schema, setting_specs[row].key);
  if (!g_variant_type_equal (g_settings_schema_key_get_value_type (key), G_VARIANT_TYPE_BOOLEAN))
    return NULL;
  return g_settings_new (setting_specs[row].schema);
}

static void
watch_settings (RdDesktopQuiet *self, const char *desktop)
{
  for (guint i = 0; i < G_N_ELEMENTS (setting_specs); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", setting_specs[i].key, NULL);

      self->settings[i] = is_here (desktop, i) ? open_settings (i) : NULL;
      if (self->settings[i] != NULL)
        g_signal_connect_object (self->settings[i], signal, G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
}

static void
on_server_asked_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdDesktopQuiet *self = user_data; /* gone if it is cancelled: then there is no reply */
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  const char *name;

  if (reply == NULL)
    return;
  g_variant_get (reply, "(&s&s&s&s)", &name, NULL, NULL, NULL);
  self->is_xfce = g_ascii_strncasecmp (name, "xfce", 4) == 0;
  update (self);
}

static void
forget_server (RdDesktopQuiet *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->is_xfce = FALSE;
}

static void
on_server_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RdDesktopQuiet *self = RD_DESKTOP_QUIET (user_data);

  forget_server (self);
  self->cancellable = g_cancellable_new ();
  g_dbus_connection_call (connection, owner, SERVER_PATH, SERVER, "GetServerInformation", NULL,
                          G_VARIANT_TYPE ("(ssss)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable,
                          on_server_asked_ready, self);
}

static void
on_server_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RdDesktopQuiet *self = RD_DESKTOP_QUIET (user_data);

  forget_server (self);
  self->withdrawn = FALSE;
  update (self);
}

/*
 * GObject
 */
static void
rd_desktop_quiet_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdDesktopQuiet *self = RD_DESKTOP_QUIET (object);

  switch ((RdDesktopQuietProps) id)
    {
    case RD_DESKTOP_QUIET_PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_desktop_quiet_dispose (GObject *object)
{
  RdDesktopQuiet *self = RD_DESKTOP_QUIET (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  forget_server (self);

  G_OBJECT_CLASS (rd_desktop_quiet_parent_class)->dispose (object);
}

static void
rd_desktop_quiet_finalize (GObject *object)
{
  RdDesktopQuiet *self = RD_DESKTOP_QUIET (object);

  for (guint i = 0; i < G_N_ELEMENTS (flag_specs); i++)
    g_clear_object (&self->flags[i]);
  for (guint i = 0; i < G_N_ELEMENTS (setting_specs); i++)
    g_clear_object (&self->settings[i]);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (rd_desktop_quiet_parent_class)->finalize (object);
}

static void
rd_desktop_quiet_class_init (RdDesktopQuietClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_desktop_quiet_get_property;
  object_class->dispose = rd_desktop_quiet_dispose;
  object_class->finalize = rd_desktop_quiet_finalize;

  properties[RD_DESKTOP_QUIET_PROP_ACTIVE] = g_param_spec_boolean (
    "active", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[STIRRED] = g_signal_new ("stirred", RD_TYPE_DESKTOP_QUIET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
rd_desktop_quiet_init (RdDesktopQuiet *self)
{
}

RdDesktopQuiet *
rd_desktop_quiet_new (GDBusConnection *connection, const char *desktop)
{
  RdDesktopQuiet *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (RD_TYPE_DESKTOP_QUIET, NULL);
  self->connection = g_object_ref (connection);
  for (guint i = 0; i < G_N_ELEMENTS (flag_specs); i++)
    {
      self->flags[i] = rd_bus_flag_new (connection, &flag_specs[i]);
      g_signal_connect_object (self->flags[i], "notify::set", G_CALLBACK (on_flag_changed), self, G_CONNECT_SWAPPED);
    }
  watch_settings (self, desktop);
  self->active = find_out (self);
  self->watch = g_bus_watch_name_on_connection (connection, SERVER, G_BUS_NAME_WATCHER_FLAGS_NONE, on_server_appeared,
                                                on_server_vanished, self, NULL);
  return self;
}

gboolean
rd_desktop_quiet_get_active (RdDesktopQuiet *self)
{
  g_return_val_if_fail (RD_IS_DESKTOP_QUIET (self), FALSE);

  return self->active;
}

void
rd_desktop_quiet_set_actions_withdrawn (RdDesktopQuiet *self, gboolean withdrawn)
{
  g_return_if_fail (RD_IS_DESKTOP_QUIET (self));

  self->withdrawn = withdrawn;
  update (self);
}
