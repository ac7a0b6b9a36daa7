/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-platform.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/* What GTK leaves to the platform: focus, activation tokens, and how an error looks that crossed the bus. */

/* GTK 4.18 deprecates everything of its X11 backend at once, to say that X11 goes away some day, and offers nothing in
 * its place. While there are X11 sessions, this is how a window says "not now". */
#ifdef GDK_WINDOWING_X11
static void
set_urgent (GtkWindow *window, gboolean urgent)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  if (surface != NULL && GDK_IS_X11_SURFACE (surface))
    gdk_x11_surface_set_urgency_hint (surface, urgent);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

static void
ask_for_no_focus (GtkWindow *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  if (surface != NULL && GDK_IS_X11_SURFACE (surface))
    gdk_x11_surface_set_user_time (surface, 0);
  G_GNUC_END_IGNORE_DEPRECATIONS
}
#else
static void
set_urgent (GtkWindow *window, gboolean urgent)
{
}

static void
ask_for_no_focus (GtkWindow *window)
{
}
#endif

void
rd_present_quietly (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  if (gtk_widget_get_mapped (GTK_WIDGET (window)))
    {
      set_urgent (window, TRUE);
      return;
    }
  gtk_widget_realize (GTK_WIDGET (window));
  ask_for_no_focus (window);
  gtk_widget_set_visible (GTK_WIDGET (window), TRUE);
}

void
rd_announce (GtkWidget *widget, const char *text, gboolean urgent)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), text,
                           urgent ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH
                                  : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

void
rd_calm_down (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  set_urgent (window, FALSE);
}

void
rd_name_buttons (GtkWidget *root)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_WIDGET (root));

  /* The text in it names it already, as what its mnemonic belongs to. */
  if (GTK_IS_BUTTON (root) && gtk_button_get_use_underline (GTK_BUTTON (root)) &&
      gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (root), GTK_ACCESSIBLE_PROPERTY_LABEL);
  for (child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    rd_name_buttons (child);
}

GtkWindow *
rd_find_window_over (GtkWindow *parent, const char *name)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint i;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (gtk_window_get_transient_for (toplevel) == parent &&
          g_str_equal (gtk_widget_get_name (GTK_WIDGET (toplevel)), name))
        return toplevel;
    }
  return NULL;
}

GtkWidget *
rd_find_focused_row (GtkWidget *list, GType type)
{
  GtkRoot *root;
  GtkWidget *focus, *row;

  g_return_val_if_fail (GTK_IS_WIDGET (list), NULL);

  root = gtk_widget_get_root (list);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  /* a menu that hangs on a row is none of it */
  if (focus == NULL || !gtk_widget_is_ancestor (focus, list) ||
      gtk_widget_get_native (focus) != gtk_widget_get_native (list))
    return NULL;
  row = gtk_widget_get_ancestor (focus, type);
  if (row == NULL)
    row = gtk_widget_get_first_child (focus);
  return row != NULL && G_TYPE_CHECK_INSTANCE_TYPE (row, type) ? row : NULL;
}

void
rd_get_colour (GtkWidget *widget, GdkRGBA *colour)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (colour != NULL);

#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, colour);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), colour);
#endif
}

char *
rd_dup_activation_token (GtkWidget *widget)
{
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autoptr (GAppInfo) app = NULL;
  g_autofree char *token = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), g_strdup (""));

  /* The agent starts the browser, so which program it will be is not known here. */
  app = g_app_info_create_from_commandline ("xdg-open", NULL, G_APP_INFO_CREATE_SUPPORTS_STARTUP_NOTIFICATION, NULL);
  if (app == NULL)
    return g_strdup ("");
  context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  token = g_app_launch_context_get_startup_notify_id (G_APP_LAUNCH_CONTEXT (context), app, NULL);
  return token != NULL ? g_steal_pointer (&token) : g_strdup ("");
}

char *
rd_dup_error_sentence (const GError *error)
{
  g_autoptr (GError) copy = NULL;

  g_return_val_if_fail (error != NULL, g_strdup (""));

  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return g_strdup (_ ("Ringdown’s background service is gone. Start it again."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT))
    return g_strdup (_ ("Ringdown’s background service did not answer in time."));
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD))
    return g_strdup (_ ("That is over already."));

  copy = g_error_copy (error);
  g_dbus_error_strip_remote_error (copy);
  return g_strdup (copy->message);
}

char *
rd_dup_plain_label (const char *label)
{
  g_autoptr (GRegex) regex = NULL;

  g_return_val_if_fail (label != NULL, NULL);

  /* Where letters are no keys, the key stands behind: "応答(_A)" */
  regex = g_regex_new ("\\s*\\(_.\\)|_|\\s*…$", 0, 0, NULL);
  return g_regex_replace_literal (regex, label, -1, 0, "", 0, NULL);
}
