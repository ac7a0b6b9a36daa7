/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-call-card-private.h"

#include "rd-call-menu.h"
#include "rd-decline-dialog.h"
#include "rd-platform.h"
#include "rd-remind-menu.h"
#include "rd-window.h"

/* What the user asks of a call by its card. */

static void
fail (RdCallCard *self, const GError *error)
{
  g_autofree char *sentence = rd_dup_error_sentence (error);

  rd_call_card_set_failure (self, sentence);
}

/* Every request ends here: the call's properties tell its success, so only a failure is worth a word. */
static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdCallCard) self = user_data;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  if (reply == NULL && rd_call_card_get_call (self) != NULL)
    fail (self, error);
}

static void
request (RdCallCard *self, const char *method, GVariant *arguments)
{
  rd_call_card_set_failure (self, NULL);
  g_dbus_proxy_call (G_DBUS_PROXY (rd_call_card_get_call (self)), method, arguments, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                     on_request_ready, g_object_ref (self));
}

static GVariant *
options_with_token (RdCallCard *self)
{
  g_autofree char *token = rd_dup_activation_token (GTK_WIDGET (self));
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  if (*token != '\0')
    g_variant_dict_insert (&options, "activation-token", "s", token);
  return g_variant_new ("(@a{sv})", g_variant_dict_end (&options));
}

static void
on_answer_clicked (RdCallCard *self)
{
  request (self, "Answer", options_with_token (self));
}

static void
on_decline_clicked (RdCallCard *self)
{
  request (self, "Decline", g_variant_new ("(a{sv})", NULL));
}

static void
decline_with (RdCallCard *self, const char *text)
{
  GVariantDict options;

  if (rd_call_card_get_call (self) == NULL)
    return;
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "message", "s", text);
  request (self, "Decline", g_variant_new ("(@a{sv})", g_variant_dict_end (&options)));
}

static void
decline_with_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  decline_with (RD_CALL_CARD (widget), g_variant_get_string (parameter, NULL));
}

static void
on_decline_text (RdDeclineDialog *dialog, const char *text, RdCallCard *self)
{
  decline_with (self, text);
}

/* (nullable): a card may stand alone, in a test */
static RdWindow *
get_window (RdCallCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return RD_IS_WINDOW (root) ? RD_WINDOW (root) : NULL;
}

static void
decline_other_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdCallCard *self = RD_CALL_CARD (widget);
  RdWindow *window = get_window (self);
  GtkWindow *dialog;

  if (window == NULL)
    return;
  dialog = rd_decline_dialog_new (GTK_WINDOW (window), rd_call_card_get_call (self), rd_window_get_settings (window));
  g_signal_connect_object (dialog, "decline", G_CALLBACK (on_decline_text), self, 0);
  gtk_window_present (dialog);
}

typedef struct
{
  RdCallCard *card;
  guint minutes;
} Reminder;

static void
reminder_free (Reminder *reminder)
{
  g_object_unref (reminder->card);
  g_free (reminder);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reminder, reminder_free)

/* A reminder is seen nowhere, so that it was taken in is said. */
static void
on_remind_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Reminder) reminder = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *news = NULL;

  if (!rd_dbus_call1_call_remind_finish (RD_DBUS_CALL1 (source), result, &error))
    {
      if (rd_call_card_get_call (reminder->card) != NULL)
        fail (reminder->card, error);
      return;
    }
  news = rd_remind_menu_dup_news (reminder->minutes);
  gtk_widget_activate_action (GTK_WIDGET (reminder->card), "win.tell", "s", news);
}

/* minutes */
static void
remind_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdCallCard *self = RD_CALL_CARD (widget);
  Reminder *reminder;

  if (rd_call_card_get_call (self) == NULL)
    return;
  rd_call_card_set_failure (self, NULL);
  reminder = g_new0 (Reminder, 1);
  reminder->card = g_object_ref (self);
  reminder->minutes = g_variant_get_uint32 (parameter);
  rd_dbus_call1_call_remind (rd_call_card_get_call (self), reminder->minutes, NULL, on_remind_ready, reminder);
}

static void
on_site_clicked (RdCallCard *self)
{
  RdDBusCall1 *call = rd_call_card_get_call (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-page", "(sss)", rd_dbus_call1_get_account (call), "call",
                              rd_dbus_call1_get_id (call));
}

static void
on_silence_clicked (RdCallCard *self)
{
  request (self, "Silence", NULL);
}

static void
on_hang_up_clicked (RdCallCard *self)
{
  request (self, "HangUp", NULL);
}

static void
on_room_clicked (RdCallCard *self)
{
  rd_call_card_open_room (self);
}

static void
on_trust_clicked (RdCallCard *self)
{
  RdDBusCall1 *call = rd_call_card_get_call (self);
  const char *host = rd_call_card_find_untrusted_host (call);

  if (host != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.trust-room", "(sss)", rd_dbus_call1_get_account (call),
                                rd_dbus_call1_get_id (call), host);
}

const char *
rd_call_card_find_untrusted_host (RdDBusCall1 *call)
{
  GVariant *problem;
  const char *code = NULL, *host = NULL;

  g_return_val_if_fail (RD_DBUS_IS_CALL1 (call), NULL);

  problem = rd_dbus_call1_get_room_problem (call);
  if (problem == NULL || g_strcmp0 (rd_dbus_call1_get_state (call), "active") != 0 ||
      !g_variant_lookup (problem, "code", "&s", &code) || !g_variant_lookup (problem, "host", "&s", &host))
    return NULL;
  return g_strcmp0 (code, "room-untrusted") == 0 && *host != '\0' ? host : NULL;
}

void
rd_call_card_create_menu (GtkMenuButton *button, gpointer user_data)
{
  /* Made anew each time: texts and treatments change. */
  RdCallCard *self = RD_CALL_CARD (gtk_widget_get_ancestor (GTK_WIDGET (button), RD_TYPE_CALL_CARD));
  RdWindow *window = get_window (self);
  g_autoptr (GMenuModel) menu = NULL;

  if (window == NULL || rd_call_card_get_call (self) == NULL)
    return;
  menu = rd_call_menu_new (rd_call_card_get_call (self), rd_window_get_model (window), rd_window_get_settings (window));
  gtk_menu_button_set_menu_model (button, menu);
}

void
rd_call_card_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "call.decline-with", "s", decline_with_action);
  gtk_widget_class_install_action (widget_class, "call.decline-other", NULL, decline_other_action);
  gtk_widget_class_install_action (widget_class, "call.remind", "u", remind_action);
  gtk_widget_class_bind_template_callback (widget_class, on_answer_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_decline_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_site_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_silence_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_hang_up_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_room_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_trust_clicked);
}

void
rd_call_card_open_room (RdCallCard *self)
{
  g_return_if_fail (RD_IS_CALL_CARD (self));
  if (rd_call_card_get_call (self) != NULL)
    request (self, "OpenRoom", options_with_token (self));
}
