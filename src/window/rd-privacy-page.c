/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-privacy-page.h"

#include <glib/gi18n.h>

#include "rd-confirm-dialog.h"
#include "rd-platform.h"
#include "rd-switch-row.h"

/* What is hidden, and how long what is kept. */

/* days */
static const guint usual[] = { 30, 90, 365, 1825, 0 };

struct _RdPrivacyPage
{
  AdwPreferencesPage parent_instance;

  RdModel *model;
  GSettings *settings; /* (nullable) */
  GCancellable *cancellable;
  GArray *days; /* guint, as the list has them */
  gboolean filling;

  GtkWidget *lock_group;
  RdSwitchRow *hide;
  AdwComboRow *keep;
  AdwActionRow *erase_row;
  GtkWidget *erase;
};

G_DEFINE_FINAL_TYPE (RdPrivacyPage, rd_privacy_page, ADW_TYPE_PREFERENCES_PAGE)

/* (nullable) */
static RdDBusHistory1 *
get_history (RdPrivacyPage *self)
{
  RdDBusObject *object = self->model != NULL ? rd_model_get_agent_object (self->model) : NULL;

  return object != NULL ? rd_dbus_object_peek_history1 (object) : NULL;
}

static char *
dup_days_text (guint days)
{
  if (days == 0)
    return g_strdup (_ ("Ever"));
  if (days % 365 == 0)
    return g_strdup_printf (ngettext ("%u year", "%u years", days / 365), days / 365);
  return g_strdup_printf (ngettext ("%u day", "%u days", days), days);
}

static void
add_days (RdPrivacyPage *self, GtkStringList *list, guint days)
{
  g_autofree char *text = dup_days_text (days);

  gtk_string_list_append (list, text);
  g_array_append_val (self->days, days);
}

/* The usual ones, and what is set. */
static void
show_keep (RdPrivacyPage *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint wanted = g_settings_get_uint (self->settings, "history-days");
  gboolean added = FALSE;
  guint i;

  self->filling = TRUE;
  g_array_set_size (self->days, 0);
  for (i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      if (!added && wanted != 0 && (usual[i] == 0 || wanted <= usual[i]))
        {
          if (wanted != usual[i])
            add_days (self, list, wanted);
          added = TRUE;
        }
      add_days (self, list, usual[i]);
    }
  adw_combo_row_set_model (self->keep, G_LIST_MODEL (list));
  for (i = 0; i < self->days->len; i++)
    if (g_array_index (self->days, guint, i) == wanted)
      adw_combo_row_set_selected (self->keep, i);
  self->filling = FALSE;
}

static void
on_keep_selected (RdPrivacyPage *self)
{
  guint selected = adw_combo_row_get_selected (self->keep);

  if (!self->filling && self->settings != NULL && selected < self->days->len)
    g_settings_set_uint (self->settings, "history-days", g_array_index (self->days, guint, selected));
}

static void
on_days_changed (RdPrivacyPage *self)
{
  guint selected = adw_combo_row_get_selected (self->keep);

  if (selected >= self->days->len ||
      g_array_index (self->days, guint, selected) != g_settings_get_uint (self->settings, "history-days"))
    show_keep (self);
}

static void
on_erase_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdPrivacyPage *self = user_data; /* not owned: cancelled when the page goes */
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;
  guint64 count = 0;

  if (rd_dbus_history1_call_erase_finish (RD_DBUS_HISTORY1 (source), &count, result, &error))
    text = g_strdup_printf (ngettext ("%lu entry was erased", "%lu entries were erased", (gulong) count),
                            (gulong) count);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else
    text = rd_dup_error_sentence (error);
  markup = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->erase_row, markup);
  gtk_widget_set_sensitive (self->erase, TRUE);
}

static void
on_erase_confirmed (RdConfirmDialog *dialog, RdPrivacyPage *self)
{
  RdDBusHistory1 *history = get_history (self);

  if (history == NULL)
    return;
  gtk_widget_set_sensitive (self->erase, FALSE);
  rd_dbus_history1_call_erase (history, g_variant_new_parsed ("@a{sv} {}"), self->cancellable, on_erase_ready, self);
}

static void
on_erase_clicked (RdPrivacyPage *self)
{
  GtkWindow *dialog = rd_confirm_dialog_new (
    GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Erase the History?"),
    _ ("All calls, payments and messages in it are gone for good. What the sites keep stays there."), _ ("_Erase"),
    TRUE);

  g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_erase_confirmed), self, 0);
  gtk_window_present (dialog);
}

static void
on_model_state_changed (RdPrivacyPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->erase_row), get_history (self) != NULL);
}

/* GObject */

static void
rd_privacy_page_dispose (GObject *object)
{
  RdPrivacyPage *self = RD_PRIVACY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_privacy_page_parent_class)->dispose (object);
}

static void
rd_privacy_page_finalize (GObject *object)
{
  RdPrivacyPage *self = RD_PRIVACY_PAGE (object);

  g_clear_object (&self->cancellable);
  g_array_unref (self->days);

  G_OBJECT_CLASS (rd_privacy_page_parent_class)->finalize (object);
}

static void
rd_privacy_page_class_init (RdPrivacyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_privacy_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_privacy_page_finalize;

  g_type_ensure (RD_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-privacy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdPrivacyPage, lock_group);
  gtk_widget_class_bind_template_child (widget_class, RdPrivacyPage, hide);
  gtk_widget_class_bind_template_child (widget_class, RdPrivacyPage, keep);
  gtk_widget_class_bind_template_child (widget_class, RdPrivacyPage, erase_row);
  gtk_widget_class_bind_template_child (widget_class, RdPrivacyPage, erase);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_erase_clicked);
}

static void
rd_privacy_page_init (RdPrivacyPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->days = g_array_new (FALSE, FALSE, sizeof (guint));
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWidget *
rd_privacy_page_new (RdModel *model, GSettings *settings)
{
  RdPrivacyPage *self;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RD_TYPE_PRIVACY_PAGE, NULL);
  self->model = g_object_ref (model);
  gtk_widget_set_sensitive (self->lock_group, settings != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->keep), settings != NULL);
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      g_settings_bind (settings, "hide-when-locked", self->hide, "active", G_SETTINGS_BIND_DEFAULT);
      show_keep (self);
      g_signal_connect_object (settings, "changed::history-days", G_CALLBACK (on_days_changed), self,
                               G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (model, "notify::state", G_CALLBACK (on_model_state_changed), self, G_CONNECT_SWAPPED);
  on_model_state_changed (self);
  return GTK_WIDGET (self);
}
