/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-colour-mark.h"

/* Draws one dot. */

#define SIZE 12

struct _RdColourMark
{
  GtkWidget parent_instance;

  GdkRGBA colour;
};

G_DEFINE_FINAL_TYPE (RdColourMark, rd_colour_mark, GTK_TYPE_WIDGET)

/* GtkWidget */

static void
rd_colour_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                        int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE;
}

static void
rd_colour_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RdColourMark *self = RD_COLOUR_MARK (widget);
  float x = (float) (gtk_widget_get_width (widget) - SIZE) / 2;
  float y = (float) (gtk_widget_get_height (widget) - SIZE) / 2;
  GskRoundedRect dot;

  gsk_rounded_rect_init_from_rect (&dot, &GRAPHENE_RECT_INIT (x, y, SIZE, SIZE), (float) SIZE / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, &self->colour, &dot.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
rd_colour_mark_class_init (RdColourMarkClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = rd_colour_mark_measure;
  widget_class->snapshot = rd_colour_mark_snapshot;

  gtk_widget_class_set_css_name (widget_class, "colourmark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rd_colour_mark_init (RdColourMark *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
rd_colour_mark_new (const char *colour)
{
  RdColourMark *self = g_object_new (RD_TYPE_COLOUR_MARK, NULL);

  rd_colour_mark_set_colour (self, colour);
  return GTK_WIDGET (self);
}

void
rd_colour_mark_set_colour (RdColourMark *self, const char *colour)
{
  gboolean shown;

  g_return_if_fail (RD_IS_COLOUR_MARK (self));

  shown = colour != NULL && *colour == '#' && gdk_rgba_parse (&self->colour, colour);
  gtk_widget_set_visible (GTK_WIDGET (self), shown);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
