/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-window-private.h"

#include <glib/gi18n.h>

#include "rd-account-dialog.h"
#include "rd-confirm-dialog.h"
#include "rd-dial-dialog.h"
#include "rd-platform.h"
#include "rd-shortcuts.h"
#include "rd-token-dialog.h"

/* What the window's menu, its keys and its rows ask for: the "win." actions. */

static void
toast_error (RdWindow *self, const GError *error)
{
  g_autofree char *sentence = rd_dup_error_sentence (error);

  rd_window_toast (self, sentence);
}

static void
new_call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdWindow *self = RD_WINDOW (widget);

  gtk_window_present (rd_dial_dialog_new (GTK_WINDOW (self), rd_window_get_model (self)));
}

static void
on_place_call_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdWindow) self = user_data;
  g_autofree char *call = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_agent1_call_place_call_finish (RD_DBUS_AGENT1 (source), &call, result, &error))
    toast_error (self, error);
}

/* account, whom, audio */
static void
call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdWindow *self = RD_WINDOW (widget);
  RdDBusAgent1 *agent = rd_model_get_agent (rd_window_get_model (self));
  const char *account, *whom;
  gboolean audio;
  GVariantDict options;

  if (agent == NULL)
    return;
  g_variant_get (parameter, "(&s&sb)", &account, &whom, &audio);
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "audio", "b", audio);
  rd_dbus_agent1_call_place_call (agent, account, whom, g_variant_dict_end (&options), NULL, on_place_call_ready,
                                  g_object_ref (self));
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rd_window_show_page (RD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rd_window_toast (RD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
add_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdDBusAgent1 *agent = rd_model_get_agent (rd_window_get_model (RD_WINDOW (widget)));

  if (agent != NULL)
    gtk_window_present (rd_account_dialog_new (GTK_WINDOW (widget), agent));
}

static void
set_token_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdModel *model = rd_window_get_model (RD_WINDOW (widget));
  RdDBusAccount1 *account = rd_model_find_account (model, g_variant_get_string (parameter, NULL));

  if (account != NULL)
    gtk_window_present (rd_token_dialog_new (GTK_WINDOW (widget), account));
}

static void
on_remove_account_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_agent1_call_remove_account_finish (RD_DBUS_AGENT1 (source), result, &error))
    toast_error (self, error);
}

static void
on_remove_confirmed (RdConfirmDialog *dialog, RdWindow *self)
{
  RdDBusAgent1 *agent = rd_model_get_agent (rd_window_get_model (self));
  const char *id = g_object_get_data (G_OBJECT (dialog), "account");

  if (agent != NULL)
    rd_dbus_agent1_call_remove_account (agent, id, NULL, on_remove_account_ready, g_object_ref (self));
}

static void
remove_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);
  RdDBusAccount1 *account = rd_model_find_account (rd_window_get_model (RD_WINDOW (widget)), id);
  g_autofree char *heading = NULL;
  GtkWindow *dialog;

  if (account == NULL)
    return;
  /* Translators: %s is an account's name */
  heading = g_strdup_printf (_ ("Remove “%s”?"), rd_dbus_account1_get_name (account));
  dialog = rd_confirm_dialog_new (GTK_WINDOW (widget), heading,
                                  _ ("Its calls and payments will no longer be seen here, and its token is forgotten."),
                                  _ ("_Remove"));
  g_object_set_data_full (G_OBJECT (dialog), "account", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_remove_confirmed), widget, 0);
  gtk_window_present (dialog);
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (rd_shortcuts_window_new (GTK_WINDOW (widget)));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *authors[] = { "The Ringdown authors", NULL };

  gtk_show_about_dialog (GTK_WINDOW (widget), "program-name", _ ("Ringdown"), "version", RD_VERSION, "logo-icon-name",
                         RD_APP_ID, "comments", _ ("A telephone line that rings by itself."), "license-type",
                         GTK_LICENSE_GPL_3_0, "copyright", "© 2026 The Ringdown authors", "authors", authors, NULL);
}

static void
on_quit_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  /* An agent that is gone before its reply has done what was asked. */
  if (rd_dbus_agent1_call_quit_finish (RD_DBUS_AGENT1 (source), result, &error) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    gtk_window_close (GTK_WINDOW (self));
  else
    toast_error (self, error);
}

static void
quit_agent_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdDBusAgent1 *agent = rd_model_get_agent (rd_window_get_model (RD_WINDOW (widget)));

  if (agent != NULL)
    rd_dbus_agent1_call_quit (agent, NULL, on_quit_ready, g_object_ref (widget));
  else
    gtk_window_close (GTK_WINDOW (widget));
}

void
rd_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-call", NULL, new_call_action);
  gtk_widget_class_install_action (widget_class, "win.call", "(ssb)", call_action);
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.add-account", NULL, add_account_action);
  gtk_widget_class_install_action (widget_class, "win.set-token", "s", set_token_action);
  gtk_widget_class_install_action (widget_class, "win.remove-account", "s", remove_account_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
  gtk_widget_class_install_action (widget_class, "win.quit-agent", NULL, quit_agent_action);
}
