/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-quiet-button.h"

#include <glib/gi18n.h>

#include "rd-quiet-state.h"

/* The switch of do-not-disturb. What it comes to is seen in its icon and its name, and said by RdQuietBanner. */

struct _RdQuietButton
{
  GtkWidget parent_instance;

  RdModel *model;
  RdDBusQuiet1 *quiet; /* (nullable) */
  GtkMenuButton *button;
};

G_DEFINE_FINAL_TYPE (RdQuietButton, rd_quiet_button, GTK_TYPE_WIDGET)

static void
show_state (RdQuietButton *self)
{
  g_autofree char *sentence = rd_quiet_state_dup_sentence (self->quiet);
  gboolean on = *sentence != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self), self->quiet != NULL);
  gtk_menu_button_set_icon_name (self->button, on ? "rd-quiet-symbolic" : "rd-bell-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), on ? sentence : _ ("Do Not Disturb"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  on ? sentence : _ ("Do not disturb: off"), -1);
}

static void
on_quiet_changed (RdQuietButton *self)
{
  g_autoptr (RdDBusQuiet1) quiet = g_list_model_get_item (rd_model_get_quiet (self->model), 0);

  if (quiet != self->quiet && self->quiet != NULL)
    g_signal_handlers_disconnect_by_data (self->quiet, self);
  if (g_set_object (&self->quiet, quiet) && quiet != NULL)
    g_signal_connect_object (quiet, "notify", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
}

static void
append (GMenu *section, const char *label, const char *how)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.quiet", "s", how);
  g_menu_append_item (section, item);
}

static void
append_section (GMenu *menu, const char *label, GMenu *section)
{
  g_menu_append_section (menu, label, G_MENU_MODEL (section));
}

static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  RdQuietButton *self = RD_QUIET_BUTTON (gtk_widget_get_parent (GTK_WIDGET (button)));
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) off = g_menu_new ();
  g_autoptr (GMenu) on = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  if (rd_quiet_state_is_on (self->quiet))
    {
      append (off, _ ("Turn O_ff"), "off");
      append_section (menu, NULL, off);
    }
  append (on, _ ("For _30 Minutes"), "30m");
  append (on, _ ("For _1 Hour"), "1h");
  append (on, _ ("Until _Tomorrow"), "tomorrow");
  append (on, _ ("Until T_urned Off"), "on");
  append_section (menu, _ ("Do Not Disturb"), on);
  g_menu_append (more, _ ("_Settings…"), "win.preferences('quiet')");
  append_section (menu, NULL, more);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* GObject */

static void
rd_quiet_button_dispose (GObject *object)
{
  RdQuietButton *self = RD_QUIET_BUTTON (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (rd_model_get_quiet (self->model), self);
  g_clear_object (&self->quiet);
  g_clear_object (&self->model);
  g_clear_pointer ((GtkWidget **) &self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_quiet_button_parent_class)->dispose (object);
}

static void
rd_quiet_button_class_init (RdQuietButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_quiet_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rd_quiet_button_init (RdQuietButton *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, create_menu, NULL, NULL);
  show_state (self);
}

void
rd_quiet_button_set_model (RdQuietButton *self, RdModel *model)
{
  g_return_if_fail (RD_IS_QUIET_BUTTON (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (rd_model_get_quiet (model), "items-changed", G_CALLBACK (on_quiet_changed), self,
                           G_CONNECT_SWAPPED);
  on_quiet_changed (self);
}

void
rd_quiet_button_popup (RdQuietButton *self)
{
  g_return_if_fail (RD_IS_QUIET_BUTTON (self));

  if (self->quiet != NULL)
    gtk_menu_button_popup (self->button);
}
