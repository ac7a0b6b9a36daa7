/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-window-private.h"

#include <glib/gi18n.h>

#include "rd-account-preferences.h"
#include "rd-confirm-dialog.h"
#include "rd-dial-dialog.h"
#include "rd-message-text.h"
#include "rd-platform.h"
#include "rd-preferences-window.h"
#include "rd-setup-dialog.h"
#include "rd-shortcuts.h"
#include "rd-sign-in-dialog.h"

/* What the window's menu, its keys and its rows ask for: the "win." actions. */

static void
toast_error (RdWindow *self, const GError *error)
{
  g_autofree char *sentence = rd_dup_error_sentence (error);

  /* The window was closed meanwhile. */
  if (rd_window_get_toaster (self) == NULL)
    return;
  rd_toaster_say_failure (rd_window_get_toaster (self), sentence);
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

/* account, person */
static void
message_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *account, *person;

  g_variant_get (parameter, "(&s&s)", &account, &person);
  rd_window_show_person (RD_WINDOW (widget), account, person);
}

/* account, invoice */
static void
show_invoice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *account, *invoice;

  g_variant_get (parameter, "(&s&s)", &account, &invoice);
  rd_window_show_invoice (RD_WINDOW (widget), account, invoice);
}

/* account, conversation */
static void
conversation_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *account, *conversation;

  g_variant_get (parameter, "(&s&s)", &account, &conversation);
  rd_window_show_conversation (RD_WINDOW (widget), account, conversation);
}

static void
on_link_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    rd_toaster_say_failure (rd_window_get_toaster (self), _ ("No program could open this link."));
}

static void
open_link (GtkWidget *widget, const char *uri)
{
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));

  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_link_opened,
                                           g_object_ref (widget));
}

static void
on_link_confirmed (RdConfirmDialog *dialog, GtkWidget *widget)
{
  open_link (widget, g_object_get_data (G_OBJECT (dialog), "uri"));
}

/* A link of a message, which is looked at here once more: nothing but the web is opened. */
static void
open_link_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *uri = g_variant_get_string (parameter, NULL);
  g_autofree char *body = NULL;
  GtkWindow *dialog;

  if (!rd_message_text_is_link (uri))
    return;
  if (!rd_message_text_hides_host (uri))
    {
      open_link (widget, uri);
      return;
    }
  /* Translators: %s is a web address */
  body = g_strdup_printf (_ ("The letters of this link can be taken for others. It leads to:\n\n%s"), uri);
  dialog = rd_confirm_dialog_new (GTK_WINDOW (widget), _ ("Open This Link?"), body, _ ("_Open"), FALSE);
  g_object_set_data_full (G_OBJECT (dialog), "uri", g_strdup (uri), g_free);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_link_confirmed), widget, 0);
  gtk_window_present (dialog);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rd_window_start_search (RD_WINDOW (widget));
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rd_window_show_page (RD_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rd_toaster_say_failure (rd_window_get_toaster (RD_WINDOW (widget)), g_variant_get_string (parameter, NULL));
}

static void
tell_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rd_toaster_say_news (rd_window_get_toaster (RD_WINDOW (widget)), g_variant_get_string (parameter, NULL));
}

static void
details_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_present (rd_confirm_dialog_new (GTK_WINDOW (widget), _ ("What Happened"),
                                             g_variant_get_string (parameter, NULL), NULL, FALSE));
}

static void
add_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdDBusAgent1 *agent = rd_model_get_agent (rd_window_get_model (RD_WINDOW (widget)));

  if (agent != NULL)
    gtk_window_present (rd_setup_dialog_new (GTK_WINDOW (widget), agent, NULL));
}

static void
account_preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdModel *model = rd_window_get_model (RD_WINDOW (widget));
  RdDBusAccount1 *account = rd_model_find_account (model, g_variant_get_string (parameter, NULL));

  if (account != NULL)
    gtk_window_present (rd_account_preferences_new (GTK_WINDOW (widget), account));
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdModel *model = rd_window_get_model (RD_WINDOW (widget));
  RdDBusAccount1 *account = rd_model_find_account (model, g_variant_get_string (parameter, NULL));

  if (account != NULL)
    gtk_window_present (rd_sign_in_dialog_new (GTK_WINDOW (widget), account));
}

static void
on_open_page_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_account1_call_open_page_finish (RD_DBUS_ACCOUNT1 (source), result, &error))
    toast_error (self, error);
}

/* account, kind, id: a page of the site, in the browser */
static void
open_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *id, *kind, *item;
  RdDBusAccount1 *account;
  g_autofree char *token = NULL;
  GVariantDict options;

  g_variant_get (parameter, "(&s&s&s)", &id, &kind, &item);
  account = rd_model_find_account (rd_window_get_model (RD_WINDOW (widget)), id);
  if (account == NULL)
    return;
  token = rd_dup_activation_token (widget);
  g_variant_dict_init (&options, NULL);
  if (*token != '\0')
    g_variant_dict_insert (&options, "activation-token", "s", token);
  rd_dbus_account1_call_open_page (account, kind, item, g_variant_dict_end (&options), NULL, on_open_page_ready,
                                   g_object_ref (widget));
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
                                  _ ("_Remove"), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "account", g_strdup (id), g_free);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_remove_confirmed), widget, 0);
  gtk_window_present (dialog);
}

/* A room on a host that is to be trusted first. */
typedef struct
{
  RdWindow *window;
  char *account;
  char *call;
  char *host;
} TrustRequest;

static void
trust_request_free (gpointer data)
{
  TrustRequest *request = data;

  g_object_unref (request->window);
  g_free (request->account);
  g_free (request->call);
  g_free (request->host);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TrustRequest, trust_request_free)

static TrustRequest *
trust_request_new (RdWindow *window, const char *account, const char *call, const char *host)
{
  TrustRequest *request = g_new0 (TrustRequest, 1);

  request->window = g_object_ref (window);
  request->account = g_strdup (account);
  request->call = g_strdup (call);
  request->host = g_strdup (host);
  return request;
}

static void
on_host_trusted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TrustRequest) request = user_data;
  RdCallCard *card;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!rd_dbus_account1_call_trust_room_host_finish (RD_DBUS_ACCOUNT1 (source), result, &error))
    {
      toast_error (request->window, error);
      return;
    }
  if (rd_window_get_toaster (request->window) == NULL)
    return;
  card = rd_window_find_card (request->window, request->account, request->call);
  if (card != NULL)
    {
      rd_call_card_open_room (card);
      return;
    }
  /* Translators: %s is a host's name */
  text = g_strdup_printf (_ ("Rooms on %s will open from now on."), request->host);
  rd_toaster_say_news (rd_window_get_toaster (request->window), text);
}

static void
on_trust_confirmed (RdConfirmDialog *dialog, RdWindow *self)
{
  const TrustRequest *asked = g_object_get_data (G_OBJECT (dialog), "request");
  RdDBusAccount1 *account = rd_model_find_account (rd_window_get_model (self), asked->account);

  if (account != NULL)
    rd_dbus_account1_call_trust_room_host (account, asked->host, NULL, on_host_trusted,
                                           trust_request_new (self, asked->account, asked->call, asked->host));
}

/* account, call, host */
static void
trust_room_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *account, *call, *host;
  g_autofree char *body = NULL;
  GtkWindow *dialog;

  g_variant_get (parameter, "(&s&s&s)", &account, &call, &host);
  /* Translators: %s is a host's name */
  body = g_strdup_printf (_ ("%s\n\nThis account has not opened a room there before. Your browser will go there, with "
                             "your name and the invitation. Trust it only if you know whose host it is."),
                          host);
  dialog = rd_confirm_dialog_new (GTK_WINDOW (widget), _ ("Trust This Host?"), body, _ ("_Trust"), FALSE);
  g_object_set_data_full (G_OBJECT (dialog), "request", trust_request_new (RD_WINDOW (widget), account, call, host),
                          trust_request_free);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_trust_confirmed), widget, 0);
  gtk_window_present (dialog);
}

/* page: "": as it was */
static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdWindow *self = RD_WINDOW (widget);
  GtkWindow *window = rd_find_window_over (GTK_WINDOW (self), "RdPreferencesWindow");

  if (window == NULL)
    window = rd_preferences_window_new (GTK_WINDOW (self), rd_window_get_model (self), rd_window_get_settings (self));
  rd_preferences_window_show_page (RD_PREFERENCES_WINDOW (window), g_variant_get_string (parameter, NULL));
  gtk_window_present (window);
}

static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *window = rd_find_window_over (GTK_WINDOW (widget), "shortcuts");

  gtk_window_present (window != NULL ? window : rd_shortcuts_window_new (GTK_WINDOW (widget)));
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
  gtk_widget_class_install_action (widget_class, "win.message", "(ss)", message_action);
  gtk_widget_class_install_action (widget_class, "win.show-invoice", "(ss)", show_invoice_action);
  gtk_widget_class_install_action (widget_class, "win.conversation", "(ss)", conversation_action);
  gtk_widget_class_install_action (widget_class, "win.open-link", "s", open_link_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.tell", "s", tell_action);
  gtk_widget_class_install_action (widget_class, "win.details", "s", details_action);
  gtk_widget_class_install_action (widget_class, "win.trust-room", "(sss)", trust_room_action);
  gtk_widget_class_install_action (widget_class, "win.add-account", NULL, add_account_action);
  gtk_widget_class_install_action (widget_class, "win.account-preferences", "s", account_preferences_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in", "s", sign_in_action);
  gtk_widget_class_install_action (widget_class, "win.open-page", "(sss)", open_page_action);
  gtk_widget_class_install_action (widget_class, "win.remove-account", "s", remove_account_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", "s", preferences_action);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
  gtk_widget_class_install_action (widget_class, "win.quit-agent", NULL, quit_agent_action);
}
