/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-tray"

#include "config.h"

#include "rd-tray.h"

#include "rd-sni.h"
#include "rd-tray-pixmap.h"

/* The item on the bus, and its registration. Three things can be missing, each may come and go: the watcher (a name on
 * the bus), our registration with it, and a host that shows what is registered. What a click means is not decided
 * here. */

#define ITEM_PATH "/StatusNotifierItem"
#define WATCHER "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"

#define PATIENCE_MS 5000
#define RETRY_S 3
#define RETRIES 5
/* Then it is no accident, but it may end all the same. */
#define SLOW_RETRY_S 60
#define MAX_TOKEN 1024

typedef enum
{
  RD_TRAY_PROP_SHOWN = 1,
} RdTrayProps;

static GParamSpec *properties[RD_TRAY_PROP_SHOWN + 1];

enum
{
  ACTIVATE,
  ACTIVATE_SECONDARY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdTray
{
  GObject parent_instance;

  GDBusConnection *connection;
  RdSniStatusNotifierItem *item;
  gboolean wanted;
  gboolean attention;
  RdTrayLook look;
  GVariant *pixmaps[RD_TRAY_N_LOOKS]; /* (nullable): painting one takes some milliseconds, and once */
  char *token; /* (nullable) */

  guint watch;
  guint watcher_signals;
  guint retry;
  guint tries;
  GCancellable *cancellable; /* of the present watcher */
  gboolean registered;
  gboolean hosted;
};

G_DEFINE_FINAL_TYPE (RdTray, rd_tray, G_TYPE_OBJECT)

static void
set_standing (RdTray *self, gboolean registered, gboolean hosted)
{
  gboolean was_shown = rd_tray_get_shown (self);

  self->registered = registered;
  self->hosted = hosted;
  if (rd_tray_get_shown (self) != was_shown)
    g_object_notify_by_pspec (G_OBJECT (self), properties[RD_TRAY_PROP_SHOWN]);
}

static void
on_hosted_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);
  /* A watcher that does not say is its own host. */
  set_standing (RD_TRAY (user_data), TRUE,
                value == NULL || !g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
                  || g_variant_get_boolean (value));
}

static void
ask_for_hosts (RdTray *self)
{
  g_dbus_connection_call (self->connection, WATCHER, WATCHER_PATH, "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", WATCHER, "IsStatusNotifierHostRegistered"), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS, self->cancellable, on_hosted_ready, self);
}

static void
on_registered_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdTray *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      g_log (G_LOG_DOMAIN, self->tries > 0 ? G_LOG_LEVEL_MESSAGE : G_LOG_LEVEL_DEBUG,
             "The tray does not take the icon: %s", error->message);
      return;
    }
  g_clear_handle_id (&self->retry, g_source_remove);
  ask_for_hosts (self);
}

/* By the unique name: in a sandbox no other may be owned, and it goes when the agent does. */
static void
register_item (RdTray *self)
{
  g_dbus_connection_call (self->connection, WATCHER, WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem",
                          g_variant_new ("(s)", g_dbus_connection_get_unique_name (self->connection)), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS, self->cancellable, on_registered_ready, self);
}

static gboolean
on_retry (gpointer user_data)
{
  RdTray *self = user_data;

  register_item (self);
  if (self->tries == 0 || --self->tries > 0)
    return G_SOURCE_CONTINUE;
  self->retry = g_timeout_add_seconds (SLOW_RETRY_S, on_retry, self);
  return G_SOURCE_REMOVE;
}

static void
on_watcher_signal (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                   const char *signal, GVariant *parameters, gpointer user_data)
{
  RdTray *self = user_data;

  /* Items come and go by the same way. */
  if (self->registered && g_str_has_prefix (signal, "StatusNotifierHost"))
    ask_for_hosts (self);
}

static void
forget_watcher (RdTray *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->retry, g_source_remove);
  if (self->watcher_signals != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->watcher_signals);
  self->watcher_signals = 0;
}

static void
on_watcher_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RdTray *self = user_data;

  forget_watcher (self);
  set_standing (self, FALSE, FALSE);
}

static void
on_watcher_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RdTray *self = user_data;

  forget_watcher (self);
  set_standing (self, FALSE, FALSE);
  self->cancellable = g_cancellable_new ();
  self->watcher_signals
    = g_dbus_connection_signal_subscribe (connection, owner, WATCHER, NULL, WATCHER_PATH, NULL,
                                          G_DBUS_SIGNAL_FLAGS_NONE, on_watcher_signal, self, NULL);
  self->tries = RETRIES;
  self->retry = g_timeout_add_seconds (RETRY_S, on_retry, self);
  register_item (self);
}

static gboolean
on_handle_activate (RdSniStatusNotifierItem *item, GDBusMethodInvocation *invocation, int x, int y, RdTray *self)
{
  g_autofree char *token = rd_tray_take_token (self);

  rd_sni_status_notifier_item_complete_activate (item, invocation);
  g_signal_emit (self, signals[ACTIVATE], 0, token);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_secondary_activate (RdSniStatusNotifierItem *item, GDBusMethodInvocation *invocation, int x, int y,
                              RdTray *self)
{
  g_autofree char *token = rd_tray_take_token (self);

  rd_sni_status_notifier_item_complete_secondary_activate (item, invocation);
  g_signal_emit (self, signals[ACTIVATE_SECONDARY], 0, token);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* From a host that does not show menus of ours: better the window than nothing. */
static gboolean
on_handle_context_menu (RdSniStatusNotifierItem *item, GDBusMethodInvocation *invocation, int x, int y, RdTray *self)
{
  g_autofree char *token = rd_tray_take_token (self);

  rd_sni_status_notifier_item_complete_context_menu (item, invocation);
  g_signal_emit (self, signals[ACTIVATE], 0, token);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_scroll (RdSniStatusNotifierItem *item, GDBusMethodInvocation *invocation, int delta,
                  const char *orientation, RdTray *self)
{
  rd_sni_status_notifier_item_complete_scroll (item, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_provide_token (RdSniStatusNotifierItem *item, GDBusMethodInvocation *invocation, const char *token,
                         RdTray *self)
{
  g_clear_pointer (&self->token, g_free);
  if (*token != '\0' && strlen (token) <= MAX_TOKEN)
    self->token = g_strdup (token);
  rd_sni_status_notifier_item_complete_provide_xdg_activation_token (item, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
show_look (RdTray *self)
{
  GVariant **pixmap = &self->pixmaps[self->look];

  if (*pixmap == NULL)
    *pixmap = rd_tray_pixmap_new (self->look);
  rd_sni_status_notifier_item_set_icon_name (self->item, rd_tray_look_get_icon_name (self->look));
  rd_sni_status_notifier_item_set_icon_pixmap (self->item, *pixmap);
  rd_sni_status_notifier_item_emit_new_icon (self->item);
}

/* Not passive while it is wanted, however little there is to say: hosts hide what is. */
static void
show_status (RdTray *self)
{
  const char *status = !self->wanted ? "Passive" : self->attention ? "NeedsAttention" : "Active";

  if (g_strcmp0 (rd_sni_status_notifier_item_get_status (self->item), status) == 0)
    return;
  rd_sni_status_notifier_item_set_status (self->item, status);
  rd_sni_status_notifier_item_emit_new_status (self->item, status);
}

static RdSniStatusNotifierItem *
build_item (const char *id, const char *menu_path)
{
  RdSniStatusNotifierItem *item = rd_sni_status_notifier_item_skeleton_new ();
  g_autoptr (GVariant) attention = rd_tray_pixmap_new (RD_TRAY_LOOK_RINGING);
  GVariant *none = g_variant_new ("a(iiay)", NULL);

  g_object_set (item, "category", "Communications", "id", id, "title", "", "status", "Passive", "icon-theme-path", "",
                "overlay-icon-name", "", "overlay-icon-pixmap", none, "attention-icon-name",
                rd_tray_look_get_icon_name (RD_TRAY_LOOK_RINGING), "attention-icon-pixmap", attention,
                "attention-movie-name", "", "item-is-menu", FALSE, "menu", menu_path, NULL);
  return item;
}

static void
connect_item (RdTray *self)
{
  g_signal_connect_object (self->item, "handle-activate", G_CALLBACK (on_handle_activate), self, 0);
  g_signal_connect_object (self->item, "handle-secondary-activate", G_CALLBACK (on_handle_secondary_activate), self,
                           0);
  g_signal_connect_object (self->item, "handle-context-menu", G_CALLBACK (on_handle_context_menu), self, 0);
  g_signal_connect_object (self->item, "handle-scroll", G_CALLBACK (on_handle_scroll), self, 0);
  g_signal_connect_object (self->item, "handle-provide-xdg-activation-token", G_CALLBACK (on_handle_provide_token),
                           self, 0);
}

static void
start (RdTray *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->item), self->connection, ITEM_PATH, &error))
    {
      g_warning ("%s: %s", ITEM_PATH, error->message);
      return;
    }
  self->watch = g_bus_watch_name_on_connection (self->connection, WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                on_watcher_appeared, on_watcher_vanished, self, NULL);
}

/*
 * GObject
 */
static void
rd_tray_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RdTrayProps) id)
    {
    case RD_TRAY_PROP_SHOWN:
      g_value_set_boolean (value, rd_tray_get_shown (RD_TRAY (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_tray_finalize (GObject *object)
{
  RdTray *self = RD_TRAY (object);

  if (self->watch != 0)
    {
      g_bus_unwatch_name (self->watch);
      forget_watcher (self);
      g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->item));
    }
  g_clear_object (&self->item);
  g_clear_object (&self->connection);
  for (gsize i = 0; i < G_N_ELEMENTS (self->pixmaps); i++)
    g_clear_pointer (&self->pixmaps[i], g_variant_unref);
  g_free (self->token);

  G_OBJECT_CLASS (rd_tray_parent_class)->finalize (object);
}

static void
rd_tray_class_init (RdTrayClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_tray_get_property;
  object_class->finalize = rd_tray_finalize;

  properties[RD_TRAY_PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                           | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[ACTIVATE] = g_signal_new ("activate", RD_TYPE_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                    G_TYPE_STRING);
  signals[ACTIVATE_SECONDARY] = g_signal_new ("activate-secondary", RD_TYPE_TRAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                              NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rd_tray_init (RdTray *self)
{
}

RdTray *
rd_tray_new (GDBusConnection *connection, const char *id, const char *menu_path)
{
  RdTray *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (menu_path != NULL && g_variant_is_object_path (menu_path), NULL);

  self = g_object_new (RD_TYPE_TRAY, NULL);
  self->connection = g_object_ref (connection);
  self->item = build_item (id, menu_path);
  connect_item (self);
  rd_tray_set_tip (self, "", "");
  self->look = RD_TRAY_LOOK_OFFLINE;
  show_look (self);
  return self;
}

void
rd_tray_set_wanted (RdTray *self, gboolean wanted)
{
  gboolean was_shown;

  g_return_if_fail (RD_IS_TRAY (self));

  if (self->wanted == !!wanted)
    return;
  was_shown = rd_tray_get_shown (self);
  self->wanted = !!wanted;
  show_status (self);
  if (self->wanted && self->watch == 0)
    start (self);
  if (rd_tray_get_shown (self) != was_shown)
    g_object_notify_by_pspec (G_OBJECT (self), properties[RD_TRAY_PROP_SHOWN]);
}

gboolean
rd_tray_get_wanted (RdTray *self)
{
  g_return_val_if_fail (RD_IS_TRAY (self), FALSE);

  return self->wanted;
}

gboolean
rd_tray_get_shown (RdTray *self)
{
  g_return_val_if_fail (RD_IS_TRAY (self), FALSE);

  return self->wanted && self->registered && self->hosted;
}

void
rd_tray_set_look (RdTray *self, RdTrayLook look, gboolean attention)
{
  g_return_if_fail (RD_IS_TRAY (self));
  g_return_if_fail (look < RD_TRAY_N_LOOKS);

  /* The icon first: what shows at once when the attention goes should be the new one. */
  if (self->look != look)
    {
      self->look = look;
      show_look (self);
    }
  self->attention = attention;
  show_status (self);
}

void
rd_tray_set_tip (RdTray *self, const char *title, const char *text)
{
  g_autoptr (GVariant) tip = NULL;
  GVariant *present;

  g_return_if_fail (RD_IS_TRAY (self));
  g_return_if_fail (title != NULL && text != NULL);

  tip = g_variant_ref_sink (g_variant_new ("(s@a(iiay)ss)", "", g_variant_new ("a(iiay)", NULL), title, text));
  present = rd_sni_status_notifier_item_get_tool_tip (self->item);
  if (present != NULL && g_variant_equal (present, tip))
    return;
  rd_sni_status_notifier_item_set_tool_tip (self->item, tip);
  rd_sni_status_notifier_item_emit_new_tool_tip (self->item);
  if (g_strcmp0 (rd_sni_status_notifier_item_get_title (self->item), title) == 0)
    return;
  rd_sni_status_notifier_item_set_title (self->item, title);
  rd_sni_status_notifier_item_emit_new_title (self->item);
}

char *
rd_tray_take_token (RdTray *self)
{
  g_return_val_if_fail (RD_IS_TRAY (self), NULL);

  return g_steal_pointer (&self->token);
}
