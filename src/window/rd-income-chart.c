/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-income-chart.h"

#include <math.h>

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-amount.h"
#include "rd-income-scale.h"
#include "rd-platform.h"
#include "rd-when.h"

/* Draws; knows nothing of where the figures come from. Time runs as text does. The bars have the widget's colour, which
 * style.css gives, the writing has that of what is around it. */

/* px */
#define MIN_WIDTH 120
#define NATURAL_WIDTH 420
#define PLOT_HEIGHT 110
#define LABEL_GAP 4
#define BAR_MAX 36
#define RADIUS 3

enum
{
  PROP_SELECTED = 1,
  N_PROPS,
};

struct _RdIncomeChart
{
  GtkWidget parent_instance;

  GArray *bars; /* of RdIncomeBar */
  char *currency;
  gboolean weeks;
  RdIncomeScale scale;
  int selected;
  int hovered;
};

G_DEFINE_FINAL_TYPE (RdIncomeChart, rd_income_chart, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* Where the plot is within the widget. */
typedef struct
{
  float top;
  float height;
  float width;
  float slot; /* the width that a bar has for itself */
  int line;   /* the height of a line of text */
  gboolean rtl;
} Plot;

static const RdIncomeBar *
get_bar (RdIncomeChart *self, guint i)
{
  return &g_array_index (self->bars, RdIncomeBar, i);
}

static PangoLayout *
create_layout (RdIncomeChart *self, const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

static int
get_line_height (RdIncomeChart *self)
{
  g_autoptr (PangoLayout) layout = create_layout (self, "0");
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* The largest amount stands above the plot, the dates below it. */
static void
get_plot (RdIncomeChart *self, Plot *plot)
{
  plot->line = get_line_height (self);
  plot->top = (float) plot->line + LABEL_GAP;
  plot->width = (float) gtk_widget_get_width (GTK_WIDGET (self));
  plot->height = MAX ((float) gtk_widget_get_height (GTK_WIDGET (self)) - 2 * plot->top, 1);
  plot->slot = self->bars->len > 0 ? plot->width / (float) self->bars->len : plot->width;
  plot->rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static float
get_slot_x (RdIncomeChart *self, const Plot *plot, guint i)
{
  guint place = plot->rtl ? self->bars->len - 1 - i : i;

  return plot->slot * (float) place;
}

static float
get_y (RdIncomeChart *self, const Plot *plot, gint64 amount)
{
  return plot->top + plot->height * (float) (1 - rd_income_scale_place (&self->scale, amount));
}

/* -1: none there */
static int
find_bar (RdIncomeChart *self, double x)
{
  Plot plot;
  int place;

  get_plot (self, &plot);
  place = (int) (x / plot.slot);
  if (self->bars->len == 0 || x < 0 || place >= (int) self->bars->len)
    return -1;
  return plot.rtl ? (int) self->bars->len - 1 - place : place;
}

static char *
dup_axis_text (RdIncomeChart *self, guint i)
{
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_local (get_bar (self, i)->start / G_USEC_PER_SEC);

  /* Translators: day and month, as g_date_time_format() has them */
  return day != NULL ? g_date_time_format (day, _ ("%-d %b")) : g_strdup ("");
}

static void
append_line (GtkSnapshot *snapshot, const Plot *plot, float y, const GdkRGBA *colour)
{
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (0, roundf (y) - 1, plot->width, 1));
}

static void
append_text (GtkSnapshot *snapshot, PangoLayout *layout, float x, float y, const GdkRGBA *colour)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x), roundf (y)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
append_bar (RdIncomeChart *self, GtkSnapshot *snapshot, const Plot *plot, guint i, const GdkRGBA *colour,
            const GdkRGBA *text_colour)
{
  float width = MIN (BAR_MAX, MAX (plot->slot - MAX (2, plot->slot / 4), 1));
  float x = get_slot_x (self, plot, i) + (plot->slot - width) / 2;
  float zero = get_y (self, plot, 0), y = get_y (self, plot, get_bar (self, i)->sum);
  float top = MIN (zero, y), height = fabsf (zero - y);
  gboolean picked = (int) i == self->selected || (int) i == self->hovered;
  GdkRGBA fill = *colour;
  GskRoundedRect shape;

  if (get_bar (self, i)->count == 0)
    return;
  /* What came in is to be seen, however little it is beside the rest. */
  if (height < 2)
    {
      top = zero - 2;
      height = 2;
    }
  if (!picked && (self->selected >= 0 || self->hovered >= 0) &&
      !adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    fill.alpha *= 0.55f;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (x, top, width, height), MIN (RADIUS, height / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &fill, &shape.bounds);
  gtk_snapshot_pop (snapshot);
  if (picked)
    {
      const float widths[4] = { 1, 1, 1, 1 };
      const GdkRGBA colours[4] = { *text_colour, *text_colour, *text_colour, *text_colour };

      gtk_snapshot_append_border (snapshot, &shape, widths, colours);
    }
}

/* As many dates as there is room for, the newest one in any case. */
static void
append_dates (RdIncomeChart *self, GtkSnapshot *snapshot, const Plot *plot, const GdkRGBA *colour)
{
  float room = 0;
  guint step, i;

  for (i = 0; i < self->bars->len; i++)
    {
      g_autofree char *text = dup_axis_text (self, i);
      g_autoptr (PangoLayout) layout = create_layout (self, text);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      room = MAX (room, (float) width + 2 * LABEL_GAP);
    }
  step = MAX ((guint) ceilf (room / plot->slot), 1);
  for (i = 0; i < self->bars->len; i++)
    {
      g_autofree char *text = dup_axis_text (self, i);
      g_autoptr (PangoLayout) layout = create_layout (self, text);
      float x;
      int width;

      if ((self->bars->len - 1 - i) % step != 0)
        continue;
      pango_layout_get_pixel_size (layout, &width, NULL);
      x = get_slot_x (self, plot, i) + (plot->slot - (float) width) / 2;
      x = CLAMP (x, 0, MAX (plot->width - (float) width, 0));
      append_text (snapshot, layout, x, plot->top + plot->height + LABEL_GAP, colour);
    }
}

static void
append_scale (RdIncomeChart *self, GtkSnapshot *snapshot, const Plot *plot, const GdkRGBA *text_colour,
              const GdkRGBA *line_colour)
{
  g_autofree char *text = rd_amount_to_text (self->scale.top, self->currency);
  g_autoptr (PangoLayout) layout = create_layout (self, text);
  int width;

  append_line (snapshot, plot, get_y (self, plot, self->scale.top), line_colour);
  append_line (snapshot, plot, get_y (self, plot, rd_income_scale_get_middle (&self->scale)), line_colour);
  append_line (snapshot, plot, get_y (self, plot, 0), line_colour);
  if (self->scale.top == 0)
    return;
  pango_layout_set_width (layout, (int) plot->width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_pixel_size (layout, &width, NULL);
  append_text (snapshot, layout, 0, 0, text_colour);
}

static void
show_description (RdIncomeChart *self)
{
  g_autoptr (GString) description = g_string_new (NULL);
  g_autofree char *bar = self->selected >= 0 ? rd_income_chart_dup_text (self, (guint) self->selected) : NULL;
  guint i;

  for (i = 0; i < self->bars->len; i++)
    if (get_bar (self, i)->count > 0)
      {
        g_autofree char *text = rd_income_chart_dup_text (self, i);

        g_string_append_printf (description, "%s%s", description->len > 0 ? "; " : "", text);
      }
  if (description->len == 0)
    g_string_assign (description, _ ("Nothing came in."));
  /* The name of what has the focus is what is read out when it changes. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  bar != NULL   ? bar
                                  : self->weeks ? _ ("What came in, by weeks")
                                                : _ ("What came in, by days"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description->str, -1);
}

static void
set_selected (RdIncomeChart *self, int selected)
{
  if (self->selected == selected)
    return;
  self->selected = selected;
  show_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
set_hovered (RdIncomeChart *self, int hovered)
{
  if (self->hovered == hovered)
    return;
  self->hovered = hovered;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, RdIncomeChart *self)
{
  set_hovered (self, find_bar (self, x));
}

static void
on_leave (GtkEventControllerMotion *controller, RdIncomeChart *self)
{
  set_hovered (self, -1);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, RdIncomeChart *self)
{
  int bar = find_bar (self, x);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  set_selected (self, bar != self->selected ? bar : -1);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, RdIncomeChart *self)
{
  int forward = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int last = (int) self->bars->len - 1;
  int selected = self->selected;

  if (last < 0 || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Escape && selected >= 0)
    selected = -1;
  else if (key == GDK_KEY_Home || key == GDK_KEY_KP_Home)
    selected = 0;
  else if (key == GDK_KEY_End || key == GDK_KEY_KP_End)
    selected = last;
  else if (key != GDK_KEY_Left && key != GDK_KEY_KP_Left && key != GDK_KEY_Right && key != GDK_KEY_KP_Right)
    return GDK_EVENT_PROPAGATE;
  else if (selected < 0)
    selected = last;
  else
    selected = CLAMP (selected + (key == GDK_KEY_Left || key == GDK_KEY_KP_Left ? -forward : forward), 0, last);
  set_selected (self, selected);
  return GDK_EVENT_STOP;
}

static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  RdIncomeChart *self = RD_INCOME_CHART (widget);
  int bar = keyboard ? self->selected : find_bar (self, x);
  g_autofree char *text = NULL;

  if (bar < 0)
    return FALSE;
  text = rd_income_chart_dup_text (self, (guint) bar);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* GtkWidget */

static void
rd_income_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  *minimum = *natural = PLOT_HEIGHT + 2 * (get_line_height (RD_INCOME_CHART (widget)) + LABEL_GAP);
}

static void
rd_income_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RdIncomeChart *self = RD_INCOME_CHART (widget);
  gboolean high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA colour, text_colour, line_colour;
  Plot plot;
  guint i;

  get_plot (self, &plot);
  rd_get_colour (widget, &colour);
  rd_get_colour (gtk_widget_get_parent (widget), &text_colour);
  line_colour = text_colour;
  line_colour.alpha *= high_contrast ? 0.5f : 0.15f;
  append_scale (self, snapshot, &plot, &text_colour, &line_colour);
  for (i = 0; i < self->bars->len; i++)
    append_bar (self, snapshot, &plot, i, &colour, &text_colour);
  append_dates (self, snapshot, &plot, &text_colour);
}

/* GObject */

static void
rd_income_chart_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SELECTED:
      g_value_set_int (value, RD_INCOME_CHART (object)->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_income_chart_finalize (GObject *object)
{
  RdIncomeChart *self = RD_INCOME_CHART (object);

  g_array_unref (self->bars);
  g_free (self->currency);

  G_OBJECT_CLASS (rd_income_chart_parent_class)->finalize (object);
}

static void
rd_income_chart_class_init (RdIncomeChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_income_chart_get_property;
  object_class->finalize = rd_income_chart_finalize;
  widget_class->measure = rd_income_chart_measure;
  widget_class->snapshot = rd_income_chart_snapshot;

  properties[PROP_SELECTED] = g_param_spec_int ("selected", NULL, NULL, -1, G_MAXINT, -1,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "incomechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rd_income_chart_init (RdIncomeChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->bars = g_array_new (FALSE, FALSE, sizeof (RdIncomeBar));
  self->currency = g_strdup ("");
  self->selected = self->hovered = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL); /* its own signal */
  g_signal_connect_object (motion, "enter", G_CALLBACK (on_motion), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, 0);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_leave), self, 0);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  show_description (self);
}

void
rd_income_chart_set_bars (RdIncomeChart *self, const RdIncomeBar *bars, guint n, const char *currency, gboolean weeks)
{
  gboolean other;
  guint i;

  g_return_if_fail (RD_IS_INCOME_CHART (self));
  g_return_if_fail (currency != NULL);

  other = n != self->bars->len || self->weeks != !!weeks || g_strcmp0 (currency, self->currency) != 0;
  g_array_set_size (self->bars, 0);
  if (n > 0)
    g_array_append_vals (self->bars, bars, n);
  g_free (self->currency);
  self->currency = g_strdup (currency);
  self->weeks = !!weeks;
  rd_income_scale_init (&self->scale);
  for (i = 0; i < n; i++)
    rd_income_scale_take (&self->scale, bars[i].sum);
  rd_income_scale_round (&self->scale);
  self->hovered = -1;
  if (other)
    set_selected (self, -1);
  show_description (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

int
rd_income_chart_get_selected (RdIncomeChart *self)
{
  g_return_val_if_fail (RD_IS_INCOME_CHART (self), -1);
  return self->selected;
}

char *
rd_income_chart_dup_text (RdIncomeChart *self, guint bar)
{
  const RdIncomeBar *it;
  g_autofree char *day = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *payments = NULL;

  g_return_val_if_fail (RD_IS_INCOME_CHART (self), NULL);
  g_return_val_if_fail (bar < self->bars->len, NULL);

  it = get_bar (self, bar);
  day = rd_when_to_day (it->start, g_get_real_time ());
  if (self->weeks)
    {
      g_autofree char *monday = g_steal_pointer (&day);

      /* Translators: %s is the day that a week begins with, "Monday, 2 November" */
      day = g_strdup_printf (_ ("Week from %s"), monday);
    }
  if (it->count == 0)
    /* Translators: %s is a day, or "Week from …" */
    return g_strdup_printf (_ ("%s: nothing"), day);
  amount = rd_amount_to_text (it->sum, self->currency);
  payments = g_strdup_printf (ngettext ("%u payment", "%u payments", it->count), it->count);
  /* Translators: a day, or "Week from …"; an amount of money; "2 payments" */
  return g_strdup_printf (_ ("%s: %s, %s"), day, amount, payments);
}
