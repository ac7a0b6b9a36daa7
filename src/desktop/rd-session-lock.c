/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-session-lock.h"

#include "rd-bus-flag.h"
#include "rd-portal-request.h"

/* Several tell of the same, and none of them everywhere: one that says "locked" is enough. A service of the user's
 * manager is in no session of logind's: "auto" then is the one that the user sees. */

#define LOGIND "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define PORTAL "org.freedesktop.portal.Inhibit"
#define QUERY_END 2
#define LOGIND_AUTO "/org/freedesktop/login1/session/auto"

typedef enum
{
  RD_SESSION_LOCK_PROP_LOCKED = 1,
} RdSessionLockProps;

static GParamSpec *properties[RD_SESSION_LOCK_PROP_LOCKED + 1];

static const RdBusFlagSpec saver_specs[] = {
  { "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", NULL, "GetActive", "ActiveChanged",
    { NULL }, NULL },
  { "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", NULL, "GetActive",
    "ActiveChanged", { NULL }, NULL },
  { "org.freedesktop.ScreenSaver", "/ScreenSaver", "org.freedesktop.ScreenSaver", NULL, "GetActive", "ActiveChanged",
    { NULL }, NULL },
  { "org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver", "org.cinnamon.ScreenSaver", NULL, "GetActive",
    "ActiveChanged", { NULL }, NULL },
  { "org.mate.ScreenSaver", "/org/mate/ScreenSaver", "org.mate.ScreenSaver", NULL, "GetActive", "ActiveChanged",
    { NULL }, NULL },
  { "org.xfce.ScreenSaver", "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver", NULL, "GetActive", "ActiveChanged",
    { NULL }, NULL },
};

struct _RdSessionLock
{
  GObject parent_instance;

  RdBusFlag *savers[G_N_ELEMENTS (saver_specs)];
  GDBusConnection *session;
  RdPortalRequest *monitor; /* (nullable) */
  guint monitor_subscription;
  gboolean covered;         /* says the portal */
  GDBusConnection *system; /* (nullable) */
  GCancellable *cancellable;
  RdBusFlag *hint;         /* (nullable) */
  gboolean locked;
};

G_DEFINE_FINAL_TYPE (RdSessionLock, rd_session_lock, G_TYPE_OBJECT)

static void
update (RdSessionLock *self)
{
  gboolean locked = self->covered || (self->hint != NULL && rd_bus_flag_get_set (self->hint));

  for (guint i = 0; i < G_N_ELEMENTS (saver_specs) && !locked; i++)
    locked = rd_bus_flag_get_set (self->savers[i]);
  if (self->locked == locked)
    return;
  self->locked = locked;
  g_debug ("The screen is %s", locked ? "locked" : "open");
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_SESSION_LOCK_PROP_LOCKED]);
}

/* "auto" can be asked, but signals come from the session's own path. */
static void
on_session_found_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSessionLock *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *path = NULL;
  RdBusFlagSpec spec = { LOGIND, NULL, LOGIND ".Session", "LockedHint", NULL, NULL, { NULL }, NULL };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      g_debug ("logind's session: %s", error->message);
      return;
    }
  g_variant_get (reply, "(o)", &path);
  spec.path = path;
  self->hint = rd_bus_flag_new (self->system, &spec);
  g_signal_connect_object (self->hint, "notify::set", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

static void
on_session_id_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSessionLock *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) id = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      g_debug ("logind knows no session of ours: %s", error->message);
      return;
    }
  g_variant_get (reply, "(v)", &id);
  if (!g_variant_is_of_type (id, G_VARIANT_TYPE_STRING))
    return;
  g_dbus_connection_call (self->system, LOGIND, LOGIND_PATH, LOGIND ".Manager", "GetSession",
                          g_variant_new ("(s)", g_variant_get_string (id, NULL)), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_session_found_ready, self);
}

/* It waits for whoever listens before it ends the session: we have nothing to say. */
static void
on_portal_state_changed (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                         const char *signal, GVariant *parameters, gpointer user_data)
{
  RdSessionLock *self = RD_SESSION_LOCK (user_data);
  g_autoptr (GVariant) state = NULL;
  const char *handle;
  guint32 phase = 0;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(oa{sv})")))
    return;
  g_variant_get (parameters, "(&o@a{sv})", &handle, &state);
  if (g_variant_lookup (state, "screensaver-active", "b", &self->covered))
    update (self);
  if (g_variant_lookup (state, "session-state", "u", &phase) && phase == QUERY_END)
    g_dbus_connection_call (connection, sender, RD_PORTAL_PATH, PORTAL, "QueryEndResponse",
                            g_variant_new ("(o)", handle), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

/*
 * GObject
 */
static void
rd_session_lock_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdSessionLock *self = RD_SESSION_LOCK (object);

  switch ((RdSessionLockProps) id)
    {
    case RD_SESSION_LOCK_PROP_LOCKED:
      g_value_set_boolean (value, self->locked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_session_lock_dispose (GObject *object)
{
  RdSessionLock *self = RD_SESSION_LOCK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->monitor);
  if (self->monitor_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->session, self->monitor_subscription);
  self->monitor_subscription = 0;

  G_OBJECT_CLASS (rd_session_lock_parent_class)->dispose (object);
}

static void
rd_session_lock_finalize (GObject *object)
{
  RdSessionLock *self = RD_SESSION_LOCK (object);

  for (guint i = 0; i < G_N_ELEMENTS (saver_specs); i++)
    g_clear_object (&self->savers[i]);
  g_clear_object (&self->hint);
  g_clear_object (&self->session);
  g_clear_object (&self->system);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rd_session_lock_parent_class)->finalize (object);
}

static void
rd_session_lock_class_init (RdSessionLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_session_lock_get_property;
  object_class->dispose = rd_session_lock_dispose;
  object_class->finalize = rd_session_lock_finalize;

  properties[RD_SESSION_LOCK_PROP_LOCKED] = g_param_spec_boolean (
    "locked", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rd_session_lock_init (RdSessionLock *self)
{
  self->cancellable = g_cancellable_new ();
}

RdSessionLock *
rd_session_lock_new (GDBusConnection *session)
{
  RdSessionLock *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (session), NULL);

  self = g_object_new (RD_TYPE_SESSION_LOCK, NULL);
  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (saver_specs); i++)
    {
      self->savers[i] = rd_bus_flag_new (session, &saver_specs[i]);
      g_signal_connect_object (self->savers[i], "notify::set", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  return self;
}

void
rd_session_lock_watch_logind (RdSessionLock *self, GDBusConnection *system)
{
  g_return_if_fail (RD_IS_SESSION_LOCK (self));
  g_return_if_fail (G_IS_DBUS_CONNECTION (system));
  g_return_if_fail (self->system == NULL);

  self->system = g_object_ref (system);
  g_dbus_connection_call (system, LOGIND, LOGIND_AUTO, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", LOGIND ".Session", "Id"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_session_id_ready, self);
}

void
rd_session_lock_watch_portal (RdSessionLock *self)
{
  g_autofree char *token = g_strdup_printf ("ringdown%u", g_random_int ());
  GVariantDict options;

  g_return_if_fail (RD_IS_SESSION_LOCK (self));
  g_return_if_fail (self->monitor == NULL);

  self->monitor_subscription = g_dbus_connection_signal_subscribe (
    self->session, RD_PORTAL_NAME, PORTAL, "StateChanged", RD_PORTAL_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
    on_portal_state_changed, self, NULL);
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "session_handle_token", "s", token);
  self->monitor = rd_portal_request_new (self->session, PORTAL, "CreateMonitor", g_variant_dict_end (&options));
}

gboolean
rd_session_lock_get_locked (RdSessionLock *self)
{
  g_return_val_if_fail (RD_IS_SESSION_LOCK (self), FALSE);

  return self->locked;
}
