/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-days-row.h"

/* Seven toggles, in the words of the user's language. */

#define DAYS 7

enum
{
  PROP_DAYS = 1,
  N_PROPS,
};

struct _RdDaysRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *title;
  GtkToggleButton *days[DAYS];
  guint shown;
};

G_DEFINE_FINAL_TYPE (RdDaysRow, rd_days_row, ADW_TYPE_PREFERENCES_ROW)

static GParamSpec *properties[N_PROPS];

static void
on_toggled (RdDaysRow *self)
{
  guint days = 0, i;

  for (i = 0; i < DAYS; i++)
    if (gtk_toggle_button_get_active (self->days[i]))
      days |= 1u << i;
  if (self->shown == days)
    return;
  self->shown = days;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAYS]);
}

static void
add_day (RdDaysRow *self, GtkFlowBox *box, guint i)
{
  /* the first of January 2024 was a Monday */
  g_autoptr (GDateTime) day = g_date_time_new_local (2024, 1, (int) i + 1, 12, 0, 0);
  g_autofree char *name = g_date_time_format (day, "%a");
  g_autofree char *whole = g_date_time_format (day, "%A");
  GtkWidget *button = gtk_toggle_button_new_with_label (name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  gtk_widget_set_tooltip_text (button, whole);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_flow_box_append (box, button);
  /* The button has the focus, not what the box puts around it. */
  gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  self->days[i] = GTK_TOGGLE_BUTTON (button);
}

/* GObject */

static void
rd_days_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DAYS:
      g_value_set_uint (value, RD_DAYS_ROW (object)->shown);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_days_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_DAYS:
      rd_days_row_set_days (RD_DAYS_ROW (object), g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_days_row_class_init (RdDaysRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_days_row_get_property;
  object_class->set_property = rd_days_row_set_property;

  properties[PROP_DAYS] = g_param_spec_uint ("days", NULL, NULL, 0, (1u << DAYS) - 1, 0,
                                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rd_days_row_init (RdDaysRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *days = gtk_flow_box_new ();
  guint i;

  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title, 0);
  g_object_bind_property (self, "title", self->title, "label", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_widget_add_css_class (days, "days");
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (days), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (days), TRUE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (days), DAYS);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (days), 3);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (days), 3);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (days), GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->title, NULL, -1);
  gtk_box_append (GTK_BOX (box), days);
  for (i = 0; i < DAYS; i++)
    add_day (self, GTK_FLOW_BOX (days), i);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}

guint
rd_days_row_get_days (RdDaysRow *self)
{
  g_return_val_if_fail (RD_IS_DAYS_ROW (self), 0);
  return self->shown;
}

void
rd_days_row_set_days (RdDaysRow *self, guint days)
{
  guint i;

  g_return_if_fail (RD_IS_DAYS_ROW (self));
  g_return_if_fail (days < 1u << DAYS);

  if (self->shown == days)
    return;
  self->shown = days;
  for (i = 0; i < DAYS; i++)
    {
      g_signal_handlers_block_by_func (self->days[i], on_toggled, self);
      gtk_toggle_button_set_active (self->days[i], (days & (1u << i)) != 0);
      g_signal_handlers_unblock_by_func (self->days[i], on_toggled, self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DAYS]);
}
