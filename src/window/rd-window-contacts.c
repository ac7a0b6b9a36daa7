/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-window-private.h"

#include <glib/gi18n.h>

#include "rd-confirm-dialog.h"
#include "rd-platform.h"
#include "rd-quiet-state.h"
#include "rd-remind-menu.h"
#include "rd-text.h"

/* What the window does about who may ring, and about entries of the history: do not disturb, mute, ring always, remind,
 * remove. */

#define NAME_CHARS 48
#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)

/* A request, and what to say when it is done. */
typedef struct
{
  RdWindow *window;
  char *news;
} Request;

static Request *
request_new (gpointer window, char *news)
{
  Request *request = g_new0 (Request, 1);

  request->window = g_object_ref (window);
  request->news = news;
  return request;
}

static void
request_free (Request *request)
{
  g_object_unref (request->window);
  g_free (request->news);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autofree char *sentence = NULL;

  /* The window was closed meanwhile. */
  if (rd_window_get_toaster (request->window) == NULL)
    return;
  if (reply != NULL)
    {
      if (request->news != NULL)
        rd_toaster_say_news (rd_window_get_toaster (request->window), request->news);
      return;
    }
  sentence = rd_dup_error_sentence (error);
  rd_toaster_say_failure (rd_window_get_toaster (request->window), sentence);
}

/* The generated calls have a callback each; what comes of these is all the same. @news: (transfer full) (nullable) */
static void
ask (gpointer window, GListModel *interfaces, const char *method, GVariant *arguments, char *news)
{
  g_autoptr (GDBusProxy) proxy = g_list_model_get_item (interfaces, 0);

  if (proxy != NULL)
    g_dbus_proxy_call (proxy, method, arguments, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_done, request_new (window, news));
  else
    {
      g_variant_unref (g_variant_ref_sink (arguments));
      g_free (news);
    }
}

static char *
dup_contact_news (const char *name, const char *treatment)
{
  g_autofree char *clean = rd_text_clean (name, NAME_CHARS);
  g_autofree char *isolated = rd_text_isolate (*clean != '\0' ? clean : _ ("This person"));

  if (g_str_equal (treatment, "muted"))
    /* Translators: %s is a person's name */
    return g_strdup_printf (_ ("%s never rings now. Calls are still listed."), isolated);
  if (g_str_equal (treatment, "vip"))
    /* Translators: %s is a person's name */
    return g_strdup_printf (_ ("%s always rings now, also while you are not to be disturbed."), isolated);
  /* Translators: %s is a person's name */
  return g_strdup_printf (_ ("%s rings like everybody else now."), isolated);
}

/* account, person, name, treatment */
static void
contact_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *name, *treatment;

  g_variant_get (parameter, "(&s&s&s&s)", NULL, NULL, &name, &treatment);
  ask (widget, rd_model_get_quiet (rd_window_get_model (RD_WINDOW (widget))), "SetContact", parameter,
       dup_contact_news (name, treatment));
}

/* "30m", "1h", "tomorrow", "on", "off", "toggle" */
static void
quiet_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GListModel *interfaces = rd_model_get_quiet (rd_window_get_model (RD_WINDOW (widget)));
  g_autoptr (RdDBusQuiet1) quiet = g_list_model_get_item (interfaces, 0);
  const char *how = g_variant_get_string (parameter, NULL);
  gint64 now = g_get_real_time (), until = 0;
  gboolean on = g_strcmp0 (how, "off") != 0;

  if (g_strcmp0 (how, "toggle") == 0)
    on = !rd_quiet_state_is_on (quiet);
  else if (g_strcmp0 (how, "30m") == 0)
    until = now + 30 * MINUTE;
  else if (g_strcmp0 (how, "1h") == 0)
    until = now + 60 * MINUTE;
  else if (g_strcmp0 (how, "tomorrow") == 0)
    until = rd_quiet_state_get_tomorrow (now);
  ask (widget, interfaces, "Set", g_variant_new ("(bx)", on, until), NULL);
}

/* id, minutes */
static void
history_remind_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint minutes;

  g_variant_get (parameter, "(tu)", NULL, &minutes);
  ask (widget, rd_model_get_history (rd_window_get_model (RD_WINDOW (widget))), "Remind", parameter,
       rd_remind_menu_dup_news (minutes));
}

static void
on_remove_confirmed (RdConfirmDialog *dialog, GtkWidget *widget)
{
  guint64 id = *(guint64 *) g_object_get_data (G_OBJECT (dialog), "entry");
  GVariantBuilder ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("at"));

  g_variant_builder_add (&ids, "t", id);
  ask (widget, rd_model_get_history (rd_window_get_model (RD_WINDOW (widget))), "Remove",
       g_variant_new ("(at)", &ids), NULL);
}

static void
history_remove_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint64 id = g_variant_get_uint64 (parameter);
  GtkWindow *dialog;

  dialog = rd_confirm_dialog_new (GTK_WINDOW (widget), _ ("Remove This Entry?"),
                                  _ ("It is removed from the history on this computer, for good."), _ ("_Remove"),
                                  TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "entry", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_remove_confirmed), widget, 0);
  gtk_window_present (dialog);
}

void
rd_window_class_install_contact_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.contact", "(ssss)", contact_action);
  gtk_widget_class_install_action (widget_class, "win.quiet", "s", quiet_action);
  gtk_widget_class_install_action (widget_class, "win.history-remind", "(tu)", history_remind_action);
  gtk_widget_class_install_action (widget_class, "win.history-remove", "t", history_remove_action);
}
