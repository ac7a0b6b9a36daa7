/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-heir.h"

/* GNOME takes an application's notifications down when the bus name of their sender goes. That is right for a call that
 * rings, and wrong for a missed one or a payment: nobody would learn of them who comes back after the agent has ended.
 * GNOME's own interface has notifications that stay, and start the application when they are clicked; a sandbox reaches
 * it by the portal. Other servers keep what they were given, so there is nothing to do with them. */

#define TIMEOUT_MS 300

static GVariant *
ask (GDBusConnection *connection, const char *name, const char *path, const char *interface, const char *method,
     GVariant *arguments, const char *reply_type)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (connection, name, path, interface, method, arguments,
                                                 G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                                 TIMEOUT_MS, NULL, &error);

  if (reply == NULL)
    g_debug ("%s: %s", name, error->message);
  return reply;
}

static gboolean
loses_ours (GDBusConnection *connection)
{
  g_autoptr (GVariant) reply
      = ask (connection, "org.freedesktop.Notifications", "/org/freedesktop/Notifications",
             "org.freedesktop.Notifications", "GetServerInformation", NULL, "(ssss)");
  const char *server;

  if (reply == NULL)
    return FALSE;
  g_variant_get_child (reply, 0, "&s", &server);
  return g_str_equal (server, "gnome-shell");
}

static GVariant *
describe (const RdNotice *notice, const char *app_id, gboolean discreet)
{
  g_autofree char *body = rd_notice_dup_body (notice, FALSE, discreet);
  g_autoptr (GIcon) icon = g_themed_icon_new (app_id != NULL ? app_id : RD_APP_ID);
  g_autoptr (GVariant) serialized = g_icon_serialize (icon);
  GVariantDict values;

  g_variant_dict_init (&values, NULL);
  g_variant_dict_insert (&values, "title", "s", rd_notice_get_summary (notice, discreet));
  if (*body != '\0')
    g_variant_dict_insert (&values, "body", "s", body);
  g_variant_dict_insert (&values, "priority", "s", "normal");
  g_variant_dict_insert_value (&values, "icon", serialized);
  return g_variant_dict_end (&values);
}

static gboolean
give (GDBusConnection *connection, const char *app_id, const RdNotice *notice, gboolean discreet)
{
  g_autoptr (GVariant) values = g_variant_ref_sink (describe (notice, app_id, discreet));
  g_autoptr (GVariant) reply = NULL;

  if (app_id != NULL)
    reply = ask (connection, "org.gtk.Notifications", "/org/gtk/Notifications", "org.gtk.Notifications",
                 "AddNotification", g_variant_new ("(ss@a{sv})", app_id, notice->key, values), "()");
  if (reply == NULL)
    reply = ask (connection, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
                 "org.freedesktop.portal.Notification", "AddNotification",
                 g_variant_new ("(s@a{sv})", notice->key, values), "()");
  return reply != NULL;
}

void
rd_notifier_heir_take (GDBusConnection *connection, const char *app_id, GPtrArray *notices, gboolean discreet)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));
  g_return_if_fail (notices != NULL);

  if (notices->len == 0 || !loses_ours (connection))
    return;
  /* one refusal is enough to know of the others */
  for (guint i = 0; i < notices->len; i++)
    if (!give (connection, app_id, g_ptr_array_index (notices, i), discreet))
      return;
}
