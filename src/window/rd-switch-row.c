/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-switch-row.h"

/* A title, what it means, and a switch. */

enum
{
  PROP_ACTIVE = 1,
  N_PROPS,
};

struct _RdSwitchRow
{
  AdwActionRow parent_instance;

  GtkSwitch *toggle;
};

G_DEFINE_FINAL_TYPE (RdSwitchRow, rd_switch_row, ADW_TYPE_ACTION_ROW)

static GParamSpec *properties[N_PROPS];

static void
on_toggle_changed (RdSwitchRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/* GObject */

static void
rd_switch_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, rd_switch_row_get_active (RD_SWITCH_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_switch_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACTIVE:
      rd_switch_row_set_active (RD_SWITCH_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_switch_row_class_init (RdSwitchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_switch_row_get_property;
  object_class->set_property = rd_switch_row_set_property;

  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rd_switch_row_init (RdSwitchRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 5);
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (on_toggle_changed), self, G_CONNECT_SWAPPED);
}

gboolean
rd_switch_row_get_active (RdSwitchRow *self)
{
  g_return_val_if_fail (RD_IS_SWITCH_ROW (self), FALSE);
  return gtk_switch_get_active (self->toggle);
}

void
rd_switch_row_set_active (RdSwitchRow *self, gboolean active)
{
  g_return_if_fail (RD_IS_SWITCH_ROW (self));

  gtk_switch_set_active (self->toggle, active);
}
