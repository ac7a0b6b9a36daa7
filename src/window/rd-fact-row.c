/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-fact-row.h"

#include <glib/gi18n.h>

/* A row of a list of facts. */

enum
{
  PROP_TITLE = 1,
  PROP_COPYABLE,
  N_PROPS,
};

struct _RdFactRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *value;
  GtkWidget *copy;
};

G_DEFINE_FINAL_TYPE (RdFactRow, rd_fact_row, GTK_TYPE_LIST_BOX_ROW)

static GParamSpec *properties[N_PROPS];

static void
on_copy_clicked (RdFactRow *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), rd_fact_row_get_value (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", _ ("Copied"));
}

static void
set_title (RdFactRow *self, const char *title)
{
  g_autofree char *label = NULL;

  gtk_label_set_text (self->title, title);
  /* Translators: a button that copies something: "Copy Number" */
  label = g_strdup_printf (_ ("Copy %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* GObject */

static void
rd_fact_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdFactRow *self = RD_FACT_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_text (self->title));
      break;
    case PROP_COPYABLE:
      g_value_set_boolean (value, gtk_widget_get_visible (self->copy));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_fact_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdFactRow *self = RD_FACT_ROW (object);

  switch (id)
    {
    case PROP_TITLE:
      set_title (self, g_value_get_string (value));
      break;
    case PROP_COPYABLE:
      gtk_widget_set_visible (self->copy, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_fact_row_class_init (RdFactRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_fact_row_get_property;
  object_class->set_property = rd_fact_row_set_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COPYABLE] =
    g_param_spec_boolean ("copyable", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-fact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RdFactRow, title);
  gtk_widget_class_bind_template_child (widget_class, RdFactRow, value);
  gtk_widget_class_bind_template_child (widget_class, RdFactRow, copy);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
rd_fact_row_init (RdFactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rd_fact_row_set_value (RdFactRow *self, const char *value)
{
  g_return_if_fail (RD_IS_FACT_ROW (self));
  g_return_if_fail (value != NULL);

  gtk_label_set_text (self->value, value);
  gtk_widget_set_visible (GTK_WIDGET (self), *value != '\0');
}

const char *
rd_fact_row_get_value (RdFactRow *self)
{
  g_return_val_if_fail (RD_IS_FACT_ROW (self), "");
  return gtk_label_get_text (self->value);
}
