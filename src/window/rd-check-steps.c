/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-check-steps.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-record.h"
#include "rd-text.h"

/* A row for each step, in the order of the agent. */

#define STEPS_MAX 50

static const struct
{
  const char *result;
  const char *icon;
  const char *css_class;
  const char *word; /* what the icon means */
} looks[] = {
  { "ok", "rd-ok-symbolic", "success", N_ ("Fine") },
  { "warning", "dialog-warning-symbolic", "warning", N_ ("Warning") },
  { "failed", "rd-cancelled-symbolic", "error", N_ ("Failed") },
  { "skipped", "rd-none-symbolic", "dim-label", N_ ("Not tried") },
};

struct _RdCheckSteps
{
  GtkWidget parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RdCheckSteps, rd_check_steps, GTK_TYPE_WIDGET)

static GtkWidget *
create_icon (const char *result)
{
  GtkWidget *icon;
  gsize i;

  for (i = 0; i + 1 < G_N_ELEMENTS (looks) && g_strcmp0 (looks[i].result, result) != 0; i++)
    ;
  icon = gtk_image_new_from_icon_name (looks[i].icon);
  gtk_widget_add_css_class (icon, looks[i].css_class);
  gtk_widget_set_tooltip_text (icon, _ (looks[i].word));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (looks[i].word), -1);
  return icon;
}

static GtkWidget *
create_row (GVariant *step)
{
  g_autoptr (RdRecord) record = rd_record_new (step);
  g_autofree char *title = rd_text_for_check (rd_record_get_string (record, "step"));
  g_autofree char *text = rd_text_for_check_result (step);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 10, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), create_icon (rd_record_get_string (record, "result")));
  return row;
}

/* GObject */

static void
rd_check_steps_dispose (GObject *object)
{
  RdCheckSteps *self = RD_CHECK_STEPS (object);

  g_clear_pointer ((GtkWidget **) &self->list, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_check_steps_parent_class)->dispose (object);
}

static void
rd_check_steps_class_init (RdCheckStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_check_steps_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rd_check_steps_init (RdCheckSteps *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
rd_check_steps_show (RdCheckSteps *self, GVariant *steps)
{
  gsize i, n = steps != NULL ? g_variant_n_children (steps) : 0;
  GtkWidget *row;

  g_return_if_fail (RD_IS_CHECK_STEPS (self));
  g_return_if_fail (steps == NULL || g_variant_is_of_type (steps, G_VARIANT_TYPE ("aa{sv}")));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (i = 0; i < MIN (n, STEPS_MAX); i++)
    {
      g_autoptr (GVariant) step = g_variant_get_child_value (steps, i);

      gtk_list_box_append (self->list, create_row (step));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}
