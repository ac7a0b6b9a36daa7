/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-preferences-window.h"

#include <glib/gi18n.h>

#include "rd-accounts-page.h"
#include "rd-diagnostics-page.h"
#include "rd-general-page.h"
#include "rd-panes.h"
#include "rd-privacy-page.h"
#include "rd-quiet-page.h"
#include "rd-ringing-page.h"
#include "rd-toaster.h"

/* The frame of the pages: their list beside them, or before them where there is no room. */

struct _RdPreferencesWindow
{
  AdwWindow parent_instance;

  RdToaster *toaster;
  guint update;

  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *unset;
  AdwToastOverlay *toasts;
  RdPanes *panes;
  GtkListBox *list;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (RdPreferencesWindow, rd_preferences_window, ADW_TYPE_WINDOW)

/* What rows in here ask the main window for. */
static const struct
{
  const char *name;
  const char *parameter;
} forwarded[] = {
  { "win.account-preferences", "s" }, { "win.add-account", NULL }, { "win.details", "s" }, { "win.page", "s" },
  { "win.preferences", "s" },         { "win.remove-account", "s" }, { "win.sign-in", "s" },
};

static void
forward (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), name, parameter);
}

/* What is said in answer to something that was done here is said here: the main window may be behind this one. */
static void
toast_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdPreferencesWindow *self = RD_PREFERENCES_WINDOW (widget);

  if (self->toaster != NULL)
    rd_toaster_say_failure (self->toaster, g_variant_get_string (parameter, NULL));
}

static void
tell_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdPreferencesWindow *self = RD_PREFERENCES_WINDOW (widget);

  if (self->toaster != NULL)
    rd_toaster_say_news (self->toaster, g_variant_get_string (parameter, NULL));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RdPreferencesWindow *self = RD_PREFERENCES_WINDOW (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!rd_panes_get_folded (self->panes) || !rd_panes_get_show_content (self->panes))
    return;
  rd_panes_set_show_content (self->panes, FALSE);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static const char *
get_shown_title (RdPreferencesWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (page == NULL || (rd_panes_get_folded (self->panes) && !rd_panes_get_show_content (self->panes)))
    return _ ("Preferences");
  return adw_preferences_page_get_title (ADW_PREFERENCES_PAGE (page));
}

static void
update (RdPreferencesWindow *self)
{
  gtk_widget_set_visible (self->back, rd_panes_get_folded (self->panes) && rd_panes_get_show_content (self->panes));
  adw_window_title_set_title (self->title, get_shown_title (self));
}

static gboolean
on_update_due (gpointer user_data)
{
  RdPreferencesWindow *self = user_data;

  self->update = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* The panes fold while they are given their place: too late to ask for another. */
static void
on_folded_changed (RdPreferencesWindow *self)
{
  if (self->update == 0)
    self->update = g_idle_add (on_update_due, self);
}

static void
on_row_selected (RdPreferencesWindow *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  gtk_stack_set_visible_child_name (self->stack, gtk_widget_get_name (GTK_WIDGET (row)));
  update (self);
}

static void
on_row_activated (RdPreferencesWindow *self, GtkListBoxRow *row)
{
  on_row_selected (self, row);
  rd_panes_set_show_content (self->panes, TRUE);
  if (rd_panes_get_folded (self->panes))
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
}

/* @page: (transfer floating) */
static void
add_page (RdPreferencesWindow *self, GtkWidget *page, const char *name, const char *title, const char *icon)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (title);

  adw_preferences_page_set_title (ADW_PREFERENCES_PAGE (page), title);
  gtk_stack_add_named (self->stack, page, name);
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, name);
  gtk_list_box_append (self->list, row);
}

static GtkListBoxRow *
find_row (RdPreferencesWindow *self, const char *page)
{
  GtkListBoxRow *row;
  int i;

  for (i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (row)), page) == 0)
      return row;
  return NULL;
}

/* GObject */

static void
rd_preferences_window_dispose (GObject *object)
{
  RdPreferencesWindow *self = RD_PREFERENCES_WINDOW (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_object (&self->toaster);

  G_OBJECT_CLASS (rd_preferences_window_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RdPreferencesWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RdPreferencesWindow, back);
  gtk_widget_class_bind_template_child (widget_class, RdPreferencesWindow, unset);
  gtk_widget_class_bind_template_child (widget_class, RdPreferencesWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RdPreferencesWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, RdPreferencesWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RdPreferencesWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_folded_changed);
}

static void
rd_preferences_window_class_init (RdPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  gsize i;

  G_OBJECT_CLASS (klass)->dispose = rd_preferences_window_dispose;

  g_type_ensure (RD_TYPE_PANES);
  gtk_widget_class_install_action (widget_class, "preferences.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);
  gtk_widget_class_install_action (widget_class, "win.tell", "s", tell_action);
  for (i = 0; i < G_N_ELEMENTS (forwarded); i++)
    gtk_widget_class_install_action (widget_class, forwarded[i].name, forwarded[i].parameter, forward);
  bind_template (widget_class);
}

static void
rd_preferences_window_init (RdPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->toaster = rd_toaster_new (self->toasts, NULL);
}

GtkWindow *
rd_preferences_window_new (GtkWindow *parent, RdModel *model, GSettings *settings)
{
  RdPreferencesWindow *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RD_IS_MODEL (model), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RD_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
  gtk_widget_set_visible (self->unset, settings == NULL);
  add_page (self, rd_general_page_new (model, settings), "general", _ ("General"), "rd-general-symbolic");
  add_page (self, rd_ringing_page_new (model, settings), "ringing", _ ("Ringing"), "rd-ringing-symbolic");
  add_page (self, rd_quiet_page_new (model, settings), "quiet", _ ("Do Not Disturb"), "rd-quiet-symbolic");
  add_page (self, rd_privacy_page_new (model, settings), "privacy", _ ("Privacy"), "rd-privacy-symbolic");
  add_page (self, rd_accounts_page_new (model), "accounts", _ ("Accounts"), "rd-accounts-symbolic");
  add_page (self, rd_diagnostics_page_new (model), "diagnostics", _ ("Diagnostics"), "rd-diagnostics-symbolic");
  gtk_list_box_select_row (self->list, find_row (self, "general"));
  return GTK_WINDOW (self);
}

void
rd_preferences_window_show_page (RdPreferencesWindow *self, const char *page)
{
  GtkListBoxRow *row;

  g_return_if_fail (RD_IS_PREFERENCES_WINDOW (self));

  row = find_row (self, page);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  rd_panes_set_show_content (self->panes, TRUE);
}
