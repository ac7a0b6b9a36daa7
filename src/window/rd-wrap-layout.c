/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-wrap-layout.h"

/* One row or one column, by the width there is. */

typedef enum
{
  RD_WRAP_LAYOUT_PROP_SPACING = 1,
} RdWrapLayoutProps;

static GParamSpec *properties[RD_WRAP_LAYOUT_PROP_SPACING + 1];

struct _RdWrapLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (RdWrapLayout, rd_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static guint
count_children (GtkWidget *widget)
{
  GtkWidget *child;
  guint n = 0;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      n++;
  return n;
}

/* The widest child, and the sum of its like. */
static int
measure_row (RdWrapLayout *self, GtkWidget *widget, int *widest)
{
  guint n = count_children (widget);
  GtkWidget *child;

  *widest = 0;
  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      *widest = MAX (*widest, minimum);
    }
  return n > 0 ? (int) n * *widest + ((int) n - 1) * self->spacing : 0;
}

static gboolean
is_column (RdWrapLayout *self, GtkWidget *widget, int width)
{
  int widest;

  return width >= 0 && measure_row (self, widget, &widest) > width;
}

/* GtkLayoutManager */

static GtkSizeRequestMode
rd_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rd_wrap_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  RdWrapLayout *self = RD_WRAP_LAYOUT (manager);
  gboolean column;
  GtkWidget *child;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = measure_row (self, widget, minimum);
      return;
    }
  column = is_column (self, widget, for_size);
  *minimum = *natural = 0;
  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = column ? *minimum + child_minimum : MAX (*minimum, child_minimum);
      *natural = column ? *natural + child_natural : MAX (*natural, child_natural);
    }
  if (column)
    {
      *minimum += ((int) count_children (widget) - 1) * self->spacing;
      *natural += ((int) count_children (widget) - 1) * self->spacing;
    }
}

static void
rd_wrap_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  RdWrapLayout *self = RD_WRAP_LAYOUT (manager);
  gboolean column = is_column (self, widget, width);
  gboolean backwards = !column && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int n = (int) count_children (widget);
  int share = n > 0 ? ((column ? height : width) - (n - 1) * self->spacing) / n : 0;
  GtkWidget *child;
  int i = 0;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int at = (backwards ? n - 1 - i : i) * (share + self->spacing);
      GtkAllocation place = { column ? 0 : at, column ? at : 0, column ? width : share, column ? share : height };

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_size_allocate (child, &place, -1);
      i++;
    }
}

/* GObject */

static void
rd_wrap_layout_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RdWrapLayoutProps) id)
    {
    case RD_WRAP_LAYOUT_PROP_SPACING:
      g_value_set_int (value, RD_WRAP_LAYOUT (object)->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_wrap_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdWrapLayout *self = RD_WRAP_LAYOUT (object);

  switch ((RdWrapLayoutProps) id)
    {
    case RD_WRAP_LAYOUT_PROP_SPACING:
      if (self->spacing == g_value_get_int (value))
        return;
      self->spacing = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_wrap_layout_class_init (RdWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = rd_wrap_layout_get_property;
  object_class->set_property = rd_wrap_layout_set_property;
  manager_class->get_request_mode = rd_wrap_layout_get_request_mode;
  manager_class->measure = rd_wrap_layout_measure;
  manager_class->allocate = rd_wrap_layout_allocate;
  properties[RD_WRAP_LAYOUT_PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rd_wrap_layout_init (RdWrapLayout *self)
{
}
