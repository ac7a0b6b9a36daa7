/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-colour-choice.h"

#include <glib/gi18n.h>

#include "rd-colour-mark.h"

/* A row of buttons, one for each colour. */

enum
{
  CHANGED,
  N_SIGNALS,
};

struct _RdColourChoice
{
  GtkWidget parent_instance;

  GtkFlowBox *box;
  GPtrArray *buttons; /* of GtkToggleButton, not owned; the colour as its data */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (RdColourChoice, rd_colour_choice, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static const char *const palette[][2] = {
  { "", N_ ("No colour") },     { "#3584e4", N_ ("Blue") },   { "#2190a4", N_ ("Teal") },
  { "#2ec27e", N_ ("Green") },  { "#e5a50a", N_ ("Yellow") }, { "#e66100", N_ ("Orange") },
  { "#e01b24", N_ ("Red") },    { "#d56199", N_ ("Pink") },   { "#9141ac", N_ ("Purple") },
  { "#865e3c", N_ ("Brown") },
};

static void
on_toggled (GtkToggleButton *button, RdColourChoice *self)
{
  if (gtk_toggle_button_get_active (button) && !self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static GtkToggleButton *
add_button (RdColourChoice *self, const char *colour, const char *name)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *child;

  if (*colour == '\0')
    gtk_button_set_icon_name (GTK_BUTTON (button), "rd-none-symbolic");
  else
    gtk_button_set_child (GTK_BUTTON (button), rd_colour_mark_new (colour));
  if (self->buttons->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), g_ptr_array_index (self->buttons, 0));
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "colour", g_strdup (colour), g_free);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, 0);
  g_ptr_array_add (self->buttons, button);
  gtk_flow_box_insert (self->box, button, -1);
  child = gtk_widget_get_parent (button);
  gtk_widget_set_focusable (child, FALSE); /* the button is */
  return GTK_TOGGLE_BUTTON (button);
}

/* GObject */

static void
rd_colour_choice_dispose (GObject *object)
{
  RdColourChoice *self = RD_COLOUR_CHOICE (object);

  g_clear_pointer ((GtkWidget **) &self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_colour_choice_parent_class)->dispose (object);
}

static void
rd_colour_choice_finalize (GObject *object)
{
  g_ptr_array_unref (RD_COLOUR_CHOICE (object)->buttons);

  G_OBJECT_CLASS (rd_colour_choice_parent_class)->finalize (object);
}

static void
rd_colour_choice_class_init (RdColourChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_colour_choice_dispose;
  object_class->finalize = rd_colour_choice_finalize;

  signals[CHANGED] = g_signal_new ("changed", RD_TYPE_COLOUR_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rd_colour_choice_init (RdColourChoice *self)
{
  gsize i;

  self->buttons = g_ptr_array_new ();
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, G_N_ELEMENTS (palette));
  gtk_flow_box_set_min_children_per_line (self->box, 5);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
  for (i = 0; i < G_N_ELEMENTS (palette); i++)
    add_button (self, palette[i][0], _ (palette[i][1]));
  rd_colour_choice_set_colour (self, "");
}

const char *
rd_colour_choice_get_colour (RdColourChoice *self)
{
  guint i;

  g_return_val_if_fail (RD_IS_COLOUR_CHOICE (self), "");

  for (i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, i)))
      return g_object_get_data (g_ptr_array_index (self->buttons, i), "colour");
  return "";
}

void
rd_colour_choice_set_colour (RdColourChoice *self, const char *colour)
{
  GtkToggleButton *button = NULL;
  guint i;

  g_return_if_fail (RD_IS_COLOUR_CHOICE (self));

  if (colour == NULL)
    colour = "";
  for (i = 0; button == NULL && i < self->buttons->len; i++)
    if (g_ascii_strcasecmp (g_object_get_data (g_ptr_array_index (self->buttons, i), "colour"), colour) == 0)
      button = g_ptr_array_index (self->buttons, i);
  self->setting = TRUE;
  if (button == NULL)
    button = add_button (self, colour, colour);
  gtk_toggle_button_set_active (button, TRUE);
  self->setting = FALSE;
}
