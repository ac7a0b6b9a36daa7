/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-panes.h"

/* Two widgets and a line between them. Folds by its own width, so that it knows nothing of the window. */

/* px */
#define UNFOLDED_WIDTH 720
#define LIST_WIDTH_MIN 280
#define LIST_WIDTH_MAX 380

enum
{
  PROP_LIST = 1,
  PROP_CONTENT,
  PROP_SHOW_CONTENT,
  PROP_FOLDED,
  N_PROPS,
};

struct _RdPanes
{
  GtkWidget parent_instance;

  GtkWidget *list;
  GtkWidget *separator;
  GtkWidget *content;
  gboolean show_content;
  gboolean folded;
};

G_DEFINE_FINAL_TYPE (RdPanes, rd_panes, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* Without a list there is nothing else. */
static gboolean
shows_content (RdPanes *self)
{
  return self->show_content || !gtk_widget_get_visible (self->list);
}

static void
update_children (RdPanes *self)
{
  if (self->list == NULL || self->content == NULL)
    return;
  gtk_widget_set_child_visible (self->list, !self->folded || !self->show_content);
  gtk_widget_set_child_visible (self->content, !self->folded || shows_content (self));
  gtk_widget_set_child_visible (self->separator, !self->folded && gtk_widget_get_visible (self->list));
}

static void
set_folded (RdPanes *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  update_children (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
set_child (RdPanes *self, GtkWidget **child, GtkWidget *widget)
{
  g_clear_pointer (child, gtk_widget_unparent);
  *child = widget;
  if (widget != NULL)
    gtk_widget_insert_before (widget, GTK_WIDGET (self), child == &self->list ? self->separator : NULL);
  update_children (self);
}

/* GtkWidget */

static void
rd_panes_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                  int *minimum_baseline, int *natural_baseline)
{
  RdPanes *self = RD_PANES (widget);
  GtkWidget *children[] = { self->list, self->content };
  gsize i;

  *minimum = 0;
  *natural = 0;
  for (i = 0; i < G_N_ELEMENTS (children); i++)
    {
      int child_minimum, child_natural;

      if (children[i] == NULL)
        continue;
      /* for_size is not theirs when they share it, so a height is asked for any width */
      gtk_widget_measure (children[i], orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
rd_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RdPanes *self = RD_PANES (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int list_minimum, content_minimum, list_width, line;

  if (self->list == NULL || self->content == NULL)
    return;
  gtk_widget_measure (self->list, GTK_ORIENTATION_HORIZONTAL, -1, &list_minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, &content_minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->separator, GTK_ORIENTATION_HORIZONTAL, -1, &line, NULL, NULL, NULL);
  list_width = MAX (list_minimum, CLAMP (width / 3, LIST_WIDTH_MIN, LIST_WIDTH_MAX));
  /* A person's larger font may need more than the usual width for both. */
  set_folded (self, width < UNFOLDED_WIDTH || width < list_width + line + content_minimum);
  update_children (self);
  if (self->folded || !gtk_widget_get_visible (self->list))
    {
      GtkWidget *child = shows_content (self) ? self->content : self->list;

      gtk_widget_size_allocate (child, &(GtkAllocation){ 0, 0, width, height }, -1);
      return;
    }
  gtk_widget_size_allocate (self->list, &(GtkAllocation){ rtl ? width - list_width : 0, 0, list_width, height }, -1);
  gtk_widget_size_allocate (
    self->separator, &(GtkAllocation){ rtl ? width - list_width - line : list_width, 0, line, height }, -1);
  gtk_widget_size_allocate (
    self->content, &(GtkAllocation){ rtl ? 0 : list_width + line, 0, width - list_width - line, height }, -1);
}

/* GObject */

static void
rd_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdPanes *self = RD_PANES (object);

  switch (id)
    {
    case PROP_LIST:
      g_value_set_object (value, self->list);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, self->show_content);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_panes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdPanes *self = RD_PANES (object);

  switch (id)
    {
    case PROP_LIST:
      set_child (self, &self->list, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      set_child (self, &self->content, g_value_get_object (value));
      break;
    case PROP_SHOW_CONTENT:
      rd_panes_set_show_content (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_panes_dispose (GObject *object)
{
  RdPanes *self = RD_PANES (object);

  g_clear_pointer (&self->list, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_panes_parent_class)->dispose (object);
}

static void
rd_panes_class_init (RdPanesClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_panes_get_property;
  object_class->set_property = rd_panes_set_property;
  object_class->dispose = rd_panes_dispose;
  widget_class->measure = rd_panes_measure;
  widget_class->size_allocate = rd_panes_size_allocate;

  properties[PROP_LIST] = g_param_spec_object ("list", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_SHOW_CONTENT] = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, flags);
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, TRUE, flags & ~G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rd_panes_init (RdPanes *self)
{
  self->folded = TRUE;
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
}

void
rd_panes_set_show_content (RdPanes *self, gboolean show_content)
{
  g_return_if_fail (RD_IS_PANES (self));

  if (self->show_content == !!show_content)
    return;
  self->show_content = !!show_content;
  update_children (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
}

gboolean
rd_panes_get_show_content (RdPanes *self)
{
  g_return_val_if_fail (RD_IS_PANES (self), FALSE);
  return self->show_content;
}

gboolean
rd_panes_get_folded (RdPanes *self)
{
  g_return_val_if_fail (RD_IS_PANES (self), TRUE);
  return self->folded;
}
