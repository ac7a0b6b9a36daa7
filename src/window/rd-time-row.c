/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-time-row.h"

#include <glib/gi18n.h>

#include "rd-platform.h"

/* Hours and minutes, each of which runs over into the other end of the day. */

#define DAY (24 * 60)

enum
{
  PROP_MINUTES = 1,
  N_PROPS,
};

struct _RdTimeRow
{
  AdwActionRow parent_instance;

  GtkSpinButton *hours;
  GtkSpinButton *minutes;
  guint shown;
};

G_DEFINE_FINAL_TYPE (RdTimeRow, rd_time_row, ADW_TYPE_ACTION_ROW)

static GParamSpec *properties[N_PROPS];

static gboolean
on_output (GtkSpinButton *button)
{
  g_autofree char *text = g_strdup_printf ("%02d", gtk_spin_button_get_value_as_int (button));

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (button)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (button), text);
  return TRUE;
}

static void
on_value_changed (RdTimeRow *self)
{
  guint minutes = (guint) gtk_spin_button_get_value_as_int (self->hours) * 60 +
                  (guint) gtk_spin_button_get_value_as_int (self->minutes);

  if (self->shown == minutes)
    return;
  self->shown = minutes;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINUTES]);
}

/* "Hours" alone does not tell of what. */
static void
on_title_changed (RdTimeRow *self)
{
  g_autofree char *title = rd_dup_plain_label (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->hours), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->minutes), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
}

static GtkSpinButton *
add_button (RdTimeRow *self, GtkWidget *box, double max, double page, const char *name)
{
  GtkWidget *button = gtk_spin_button_new_with_range (0, max, 1);

  gtk_spin_button_set_increments (GTK_SPIN_BUTTON (button), 1, page);
  gtk_spin_button_set_wrap (GTK_SPIN_BUTTON (button), TRUE);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (button), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (button), 2);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (button), 2);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "output", G_CALLBACK (on_output), NULL); /* it knows nobody */
  g_signal_connect_object (button, "value-changed", G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), button);
  return GTK_SPIN_BUTTON (button);
}

/* GObject */

static void
rd_time_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MINUTES:
      g_value_set_uint (value, RD_TIME_ROW (object)->shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_time_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_MINUTES:
      rd_time_row_set_minutes (RD_TIME_ROW (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_time_row_class_init (RdTimeRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_time_row_get_property;
  object_class->set_property = rd_time_row_set_property;

  properties[PROP_MINUTES] = g_param_spec_uint ("minutes", NULL, NULL, 0, DAY - 1, 0,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rd_time_row_init (RdTimeRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  /* A time is written in this order from right to left, too. */
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  self->hours = add_button (self, box, 23, 3, _ ("Hours"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (":"));
  self->minutes = add_button (self, box, 59, 15, _ ("Minutes"));
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title_changed), NULL); /* its own signal */
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), box);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->hours));
}

guint
rd_time_row_get_minutes (RdTimeRow *self)
{
  g_return_val_if_fail (RD_IS_TIME_ROW (self), 0);
  return self->shown;
}

void
rd_time_row_set_minutes (RdTimeRow *self, guint minutes)
{
  g_return_if_fail (RD_IS_TIME_ROW (self));
  g_return_if_fail (minutes < DAY);

  if (self->shown == minutes)
    return;
  /* Of the two steps only the last is told. */
  self->shown = minutes;
  g_signal_handlers_block_by_func (self->hours, on_value_changed, self);
  g_signal_handlers_block_by_func (self->minutes, on_value_changed, self);
  gtk_spin_button_set_value (self->hours, minutes / 60);
  gtk_spin_button_set_value (self->minutes, minutes % 60);
  g_signal_handlers_unblock_by_func (self->hours, on_value_changed, self);
  g_signal_handlers_unblock_by_func (self->minutes, on_value_changed, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MINUTES]);
}
