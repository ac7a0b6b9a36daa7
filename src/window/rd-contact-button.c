/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-contact-button.h"

#include <glib/gi18n.h>

#include "rd-contact-menu.h"

/* The dots beside a name; in their place the sign of how somebody is treated. */

struct _RdContactButton
{
  GtkWidget parent_instance;

  RdModel *model;
  RdDBusQuiet1 *quiet; /* (nullable) */
  char *account;       /* (nullable) */
  char *person;
  char *name;
  char *page;
  char *page_id;
  GtkMenuButton *button;
};

G_DEFINE_FINAL_TYPE (RdContactButton, rd_contact_button, GTK_TYPE_WIDGET)

static void
show_state (RdContactButton *self)
{
  const char *treatment = "normal", *tooltip = _ ("More"), *icon = "view-more-symbolic";
  g_autofree char *label = NULL;

  if (self->account == NULL)
    return;
  if (*self->person != '\0')
    treatment = rd_contact_get_treatment (self->model, self->account, self->person);
  if (g_str_equal (treatment, "muted"))
    {
      icon = "rd-muted-symbolic";
      tooltip = _ ("Never rings");
    }
  else if (g_str_equal (treatment, "vip"))
    {
      icon = "rd-vip-symbolic";
      tooltip = _ ("Always rings");
    }
  gtk_menu_button_set_icon_name (self->button, icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), tooltip);
  label = g_strdup_printf (_ ("More about %s"), self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, tooltip, -1);
}

static void
on_quiet_changed (RdContactButton *self)
{
  g_autoptr (RdDBusQuiet1) quiet = g_list_model_get_item (rd_model_get_quiet (self->model), 0);

  if (quiet != self->quiet && self->quiet != NULL)
    g_signal_handlers_disconnect_by_data (self->quiet, self);
  if (g_set_object (&self->quiet, quiet) && quiet != NULL)
    {
      g_signal_connect_object (quiet, "notify::muted", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (quiet, "notify::vips", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
    }
  show_state (self);
}

static void
create_menu (GtkMenuButton *button, gpointer user_data)
{
  RdContactButton *self = RD_CONTACT_BUTTON (gtk_widget_get_parent (GTK_WIDGET (button)));
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) section = g_menu_new ();
  g_autoptr (GMenuItem) item = NULL;

  if (self->account == NULL)
    return;
  item = g_menu_item_new (_ ("Open on the _Site"), NULL);
  g_menu_item_set_action_and_target (item, "win.open-page", "(sss)", self->account, self->page, self->page_id);
  g_menu_append_item (section, item);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  rd_contact_menu_append (menu, self->model, self->account, self->person, self->name);
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* GObject */

static void
rd_contact_button_dispose (GObject *object)
{
  RdContactButton *self = RD_CONTACT_BUTTON (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (rd_model_get_quiet (self->model), self);
  g_clear_object (&self->quiet);
  g_clear_object (&self->model);
  g_clear_pointer ((GtkWidget **) &self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_contact_button_parent_class)->dispose (object);
}

static void
rd_contact_button_finalize (GObject *object)
{
  RdContactButton *self = RD_CONTACT_BUTTON (object);

  g_free (self->account);
  g_free (self->person);
  g_free (self->name);
  g_free (self->page);
  g_free (self->page_id);

  G_OBJECT_CLASS (rd_contact_button_parent_class)->finalize (object);
}

static void
rd_contact_button_class_init (RdContactButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_contact_button_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_contact_button_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rd_contact_button_init (RdContactButton *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "view-more-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "circular");
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->button, create_menu, NULL, NULL);
}

void
rd_contact_button_set_model (RdContactButton *self, RdModel *model)
{
  g_return_if_fail (RD_IS_CONTACT_BUTTON (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (rd_model_get_quiet (model), "items-changed", G_CALLBACK (on_quiet_changed), self,
                           G_CONNECT_SWAPPED);
  on_quiet_changed (self);
}

void
rd_contact_button_set_contact (RdContactButton *self, const char *account, const char *person, const char *name,
                               const char *page, const char *page_id)
{
  g_return_if_fail (RD_IS_CONTACT_BUTTON (self) && self->model != NULL);
  g_return_if_fail (account != NULL && person != NULL && name != NULL && page != NULL && page_id != NULL);

  g_free (self->account);
  g_free (self->person);
  g_free (self->name);
  g_free (self->page);
  g_free (self->page_id);
  self->account = g_strdup (account);
  self->person = g_strdup (person);
  self->name = g_strdup (name);
  self->page = g_strdup (page);
  self->page_id = g_strdup (page_id);
  show_state (self);
}

void
rd_contact_button_popup (RdContactButton *self)
{
  g_return_if_fail (RD_IS_CONTACT_BUTTON (self));
  gtk_menu_button_popup (self->button);
}
