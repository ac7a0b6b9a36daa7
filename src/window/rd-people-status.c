/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-people-status.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-model.h"
#include "rd-person-status.h"
#include "rd-platform.h"
#include "rd-text.h"

/* What others see of the user. */

#define MESSAGE_MAX 100

enum
{
  FAILED,
  N_SIGNALS,
};

struct _RdPeopleStatus
{
  GtkWidget parent_instance;

  GListModel *people;
  char *account; /* (nullable) */

  GtkWidget *button;
  GtkImage *icon;
  GtkLabel *word;
  GtkPopover *popover;
  GtkCheckButton *online;
  GtkCheckButton *busy;
  GtkCheckButton *away;
  GtkCheckButton *offline;
  GtkCheckButton *available;
  GtkEditable *message;
};

G_DEFINE_FINAL_TYPE (RdPeopleStatus, rd_people_status, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

/* (nullable) (transfer full): the nth that can be set */
static RdDBusPeople1 *
dup_settable (RdPeopleStatus *self, guint n)
{
  guint i;

  for (i = 0; self->people != NULL && i < g_list_model_get_n_items (self->people); i++)
    {
      g_autoptr (RdDBusPeople1) people = g_list_model_get_item (self->people, i);
      RdDBusAccount1 *account = rd_model_get_account_of (people);

      if (account == NULL || !rd_model_account_can (account, "set-status"))
        continue;
      if (self->account != NULL && g_strcmp0 (rd_dbus_account1_get_id (account), self->account) != 0)
        continue;
      if (n-- == 0)
        return g_steal_pointer (&people);
    }
  return NULL;
}

static void
show_status (RdPeopleStatus *self)
{
  g_autoptr (RdDBusPeople1) people = dup_settable (self, 0);
  const char *status = people != NULL ? rd_dbus_people1_get_status (people) : NULL;
  g_autofree char *message = NULL;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;
  const char *word;

  gtk_widget_set_visible (GTK_WIDGET (self), people != NULL);
  if (people == NULL)
    return;
  word = status != NULL && *status != '\0' ? rd_person_status_word (status) : _ ("Set a status");
  message = rd_text_clean (rd_dbus_people1_get_status_message (people), MESSAGE_MAX);
  text = *message != '\0' ? g_strdup_printf (_ ("%s · %s"), word, message) : g_strdup (word);
  label = g_strdup_printf (_ ("Your status: %s"), text);
  rd_person_status_paint (self->icon, status);
  gtk_label_set_text (self->word, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
on_popover_shown (RdPeopleStatus *self)
{
  g_autoptr (RdDBusPeople1) people = dup_settable (self, 0);
  const char *status = people != NULL ? rd_dbus_people1_get_status (people) : NULL;
  const char *message = people != NULL ? rd_dbus_people1_get_status_message (people) : NULL;

  gtk_check_button_set_active (self->busy, g_strcmp0 (status, "busy") == 0);
  gtk_check_button_set_active (self->away, g_strcmp0 (status, "away") == 0);
  gtk_check_button_set_active (self->offline, g_strcmp0 (status, "offline") == 0);
  gtk_check_button_set_active (self->online, g_strcmp0 (status, "busy") != 0 && g_strcmp0 (status, "away") != 0 &&
                                               g_strcmp0 (status, "offline") != 0);
  gtk_check_button_set_active (self->available, people != NULL && rd_dbus_people1_get_available (people));
  gtk_editable_set_text (self->message, message != NULL ? message : "");
}

static void
on_set_status_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdPeopleStatus) self = user_data;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_dbus_people1_call_set_status_finish (RD_DBUS_PEOPLE1 (source), result, &error))
    return;
  sentence = rd_dup_error_sentence (error);
  g_signal_emit (self, signals[FAILED], 0, sentence);
}

static void
on_set_clicked (RdPeopleStatus *self)
{
  const char *status = gtk_check_button_get_active (self->busy)      ? "busy"
                       : gtk_check_button_get_active (self->away)    ? "away"
                       : gtk_check_button_get_active (self->offline) ? "offline"
                                                                     : "online";
  guint i;

  for (i = 0;; i++)
    {
      g_autoptr (RdDBusPeople1) people = dup_settable (self, i);

      if (people == NULL)
        break;
      rd_dbus_people1_call_set_status (people, status, gtk_check_button_get_active (self->available),
                                       gtk_editable_get_text (self->message), NULL, on_set_status_ready,
                                       g_object_ref (self));
    }
  gtk_popover_popdown (self->popover);
}

static void
on_people_changed (GListModel *list, guint position, guint removed, guint added, RdPeopleStatus *self)
{
  guint i;

  for (i = position; i < position + added; i++)
    {
      g_autoptr (RdDBusPeople1) people = g_list_model_get_item (list, i);
      RdDBusAccount1 *account = rd_model_get_account_of (people);

      g_signal_connect_object (people, "notify", G_CALLBACK (show_status), self, G_CONNECT_SWAPPED);
      if (account != NULL)
        g_signal_connect_object (account, "notify::abilities", G_CALLBACK (show_status), self, G_CONNECT_SWAPPED);
    }
  show_status (self);
}

/* GObject */

static void
rd_people_status_dispose (GObject *object)
{
  RdPeopleStatus *self = RD_PEOPLE_STATUS (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->people);

  G_OBJECT_CLASS (rd_people_status_parent_class)->dispose (object);
}

static void
rd_people_status_finalize (GObject *object)
{
  g_free (RD_PEOPLE_STATUS (object)->account);

  G_OBJECT_CLASS (rd_people_status_parent_class)->finalize (object);
}

static void
rd_people_status_class_init (RdPeopleStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rd_people_status_dispose;
  object_class->finalize = rd_people_status_finalize;

  signals[FAILED] = g_signal_new ("failed", RD_TYPE_PEOPLE_STATUS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-people-status.ui");
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, button);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, word);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, popover);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, online);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, busy);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, away);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, offline);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, available);
  gtk_widget_class_bind_template_child (widget_class, RdPeopleStatus, message);
  gtk_widget_class_bind_template_callback (widget_class, on_popover_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_set_clicked);
}

static void
rd_people_status_init (RdPeopleStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self->popover));
}

void
rd_people_status_set_people (RdPeopleStatus *self, GListModel *people)
{
  g_return_if_fail (RD_IS_PEOPLE_STATUS (self));
  g_return_if_fail (G_IS_LIST_MODEL (people) && self->people == NULL);

  self->people = g_object_ref (people);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (on_people_changed), self, 0);
  on_people_changed (people, 0, 0, g_list_model_get_n_items (people), self);
}

void
rd_people_status_set_account (RdPeopleStatus *self, const char *account)
{
  g_return_if_fail (RD_IS_PEOPLE_STATUS (self));

  g_free (self->account);
  self->account = g_strdup (account);
  show_status (self);
}
