/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-global-shortcuts.h"

#include "rd-portal-request.h"

/* First a session of the portal's, then the keys in it: each is a question whose answer may take the user's time. A
 * portal that is started anew knows nothing of either, and is asked again. */

#define PORTAL "org.freedesktop.portal.GlobalShortcuts"
#define SESSION "org.freedesktop.portal.Session"

typedef enum
{
  RD_GLOBAL_SHORTCUTS_PROP_STANDING = 1,
} RdGlobalShortcutsProps;

static GParamSpec *properties[RD_GLOBAL_SHORTCUTS_PROP_STANDING + 1];

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdGlobalShortcuts
{
  GObject parent_instance;

  GDBusConnection *connection;
  GVariant *shortcuts;      /* (nullable): a(sa{sv}), what is wanted */
  RdPortalRequest *request; /* (nullable) */
  char *session;            /* (nullable): its object path */
  const char *standing;     /* static */
  guint subscription;
  guint watch;
  gboolean lost; /* the portal went while it was ours */
};

G_DEFINE_FINAL_TYPE (RdGlobalShortcuts, rd_global_shortcuts, G_TYPE_OBJECT)

static void
take (RdGlobalShortcuts *self, const char *standing)
{
  if (g_str_equal (self->standing, standing))
    return;
  g_debug ("Keys for everywhere: %s", standing);
  self->standing = standing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_GLOBAL_SHORTCUTS_PROP_STANDING]);
}

static void
fail (RdGlobalShortcuts *self, guint response)
{
  take (self, response == RD_PORTAL_FAILED ? "absent" : "denied");
}

static void
close_session (RdGlobalShortcuts *self)
{
  g_clear_object (&self->request);
  if (self->session == NULL)
    return;
  g_dbus_connection_call (self->connection, RD_PORTAL_NAME, self->session, SESSION, "Close", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  g_clear_pointer (&self->session, g_free);
}

static void
on_bind_response (RdPortalRequest *request, guint response, GVariant *results, RdGlobalShortcuts *self)
{
  g_autoptr (GVariant) bound = NULL;

  if (response == RD_PORTAL_GRANTED && results != NULL)
    bound = g_variant_lookup_value (results, "shortcuts", G_VARIANT_TYPE ("a(sa{sv})"));
  if (response == RD_PORTAL_GRANTED && (bound == NULL || g_variant_n_children (bound) > 0))
    {
      take (self, "on");
      return;
    }
  fail (self, response);
  close_session (self);
}

static void
on_session_response (RdPortalRequest *request, guint response, GVariant *results, RdGlobalShortcuts *self)
{
  GVariantDict options;
  const char *session = NULL;

  if (response == RD_PORTAL_GRANTED && results != NULL)
    g_variant_lookup (results, "session_handle", "&s", &session);
  if (session == NULL || !g_variant_is_object_path (session))
    {
      fail (self, response == RD_PORTAL_GRANTED ? RD_PORTAL_FAILED : response);
      return;
    }
  self->session = g_strdup (session);
  g_variant_dict_init (&options, NULL);
  g_clear_object (&self->request);
  self->request = rd_portal_request_new_with (self->connection, PORTAL, "BindShortcuts",
                                              g_variant_new ("(o@a(sa{sv})s)", self->session, self->shortcuts, ""),
                                              g_variant_dict_end (&options));
  g_signal_connect_object (self->request, "response", G_CALLBACK (on_bind_response), self, 0);
}

static void
open_session (RdGlobalShortcuts *self)
{
  g_autofree char *token = g_strdup_printf ("ringdown%u", g_random_int ());
  GVariantDict options;

  close_session (self);
  take (self, "asking");
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "session_handle_token", "s", token);
  self->request = rd_portal_request_new_with (self->connection, PORTAL, "CreateSession", NULL,
                                              g_variant_dict_end (&options));
  g_signal_connect_object (self->request, "response", G_CALLBACK (on_session_response), self, 0);
}

static void
on_activated (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
              const char *signal, GVariant *parameters, gpointer user_data)
{
  RdGlobalShortcuts *self = RD_GLOBAL_SHORTCUTS (user_data);
  g_autoptr (GVariant) options = NULL;
  const char *session;
  const char *id;
  const char *token = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(osta{sv})")))
    return;
  g_variant_get (parameters, "(&o&st@a{sv})", &session, &id, NULL, &options);
  if (g_strcmp0 (session, self->session) != 0)
    return;
  g_variant_lookup (options, "activation_token", "&s", &token);
  g_signal_emit (self, signals[ACTIVATED], 0, id, token);
}

static void
on_portal_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RdGlobalShortcuts *self = RD_GLOBAL_SHORTCUTS (user_data);

  if (self->lost && self->shortcuts != NULL)
    open_session (self);
  self->lost = FALSE;
}

static void
on_portal_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RdGlobalShortcuts *self = RD_GLOBAL_SHORTCUTS (user_data);

  if (self->session == NULL)
    return;
  g_clear_object (&self->request);
  g_clear_pointer (&self->session, g_free);
  self->lost = TRUE;
  take (self, "absent");
}

/*
 * GObject
 */
static void
rd_global_shortcuts_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RdGlobalShortcutsProps) id)
    {
    case RD_GLOBAL_SHORTCUTS_PROP_STANDING:
      g_value_set_static_string (value, RD_GLOBAL_SHORTCUTS (object)->standing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_global_shortcuts_finalize (GObject *object)
{
  RdGlobalShortcuts *self = RD_GLOBAL_SHORTCUTS (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  close_session (self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->shortcuts, g_variant_unref);

  G_OBJECT_CLASS (rd_global_shortcuts_parent_class)->finalize (object);
}

static void
rd_global_shortcuts_class_init (RdGlobalShortcutsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_global_shortcuts_get_property;
  object_class->finalize = rd_global_shortcuts_finalize;

  properties[RD_GLOBAL_SHORTCUTS_PROP_STANDING] = g_param_spec_string (
    "standing", NULL, NULL, "off", G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACTIVATED] = g_signal_new ("activated", RD_TYPE_GLOBAL_SHORTCUTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
rd_global_shortcuts_init (RdGlobalShortcuts *self)
{
  self->standing = "off";
}

RdGlobalShortcuts *
rd_global_shortcuts_new (GDBusConnection *connection)
{
  RdGlobalShortcuts *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (RD_TYPE_GLOBAL_SHORTCUTS, NULL);
  self->connection = g_object_ref (connection);
  return self;
}

void
rd_global_shortcuts_set (RdGlobalShortcuts *self, const RdGlobalShortcut *shortcuts, guint n)
{
  GVariantBuilder builder;

  g_return_if_fail (RD_IS_GLOBAL_SHORTCUTS (self));
  g_return_if_fail (n == 0 || shortcuts != NULL);

  g_clear_pointer (&self->shortcuts, g_variant_unref);
  if (n == 0)
    {
      close_session (self);
      take (self, "off");
      return;
    }
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sa{sv})"));
  for (guint i = 0; i < n; i++)
    {
      g_variant_builder_open (&builder, G_VARIANT_TYPE ("(sa{sv})"));
      g_variant_builder_add (&builder, "s", shortcuts[i].id);
      g_variant_builder_open (&builder, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add (&builder, "{sv}", "description", g_variant_new_string (shortcuts[i].description));
      if (shortcuts[i].trigger != NULL)
        g_variant_builder_add (&builder, "{sv}", "preferred_trigger", g_variant_new_string (shortcuts[i].trigger));
      g_variant_builder_close (&builder);
      g_variant_builder_close (&builder);
    }
  self->shortcuts = g_variant_ref_sink (g_variant_builder_end (&builder));
  /* Nobody who does not want them has anything to do with the portal. */
  if (self->watch == 0)
    {
      self->watch = g_bus_watch_name_on_connection (self->connection, RD_PORTAL_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                    on_portal_appeared, on_portal_vanished, self, NULL);
      self->subscription = g_dbus_connection_signal_subscribe (self->connection, RD_PORTAL_NAME, PORTAL, "Activated",
                                                               RD_PORTAL_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                                               on_activated, self, NULL);
    }
  open_session (self);
}

const char *
rd_global_shortcuts_get_standing (RdGlobalShortcuts *self)
{
  g_return_val_if_fail (RD_IS_GLOBAL_SHORTCUTS (self), "off");

  return self->standing;
}
