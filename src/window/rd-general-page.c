/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-general-page.h"

#include <glib/gi18n.h>

#include "rd-settings.h"
#include "rd-switch-row.h"

/* What the user wants is a setting; what came of it, the agent says. */

struct _RdGeneralPage
{
  AdwPreferencesPage parent_instance;

  RdModel *model;

  GtkWidget *start_group;
  GtkWidget *desktop_group;
  RdSwitchRow *autostart;
  RdSwitchRow *tray;
  RdSwitchRow *keys;
  AdwComboRow *window_on_call;
};

G_DEFINE_FINAL_TYPE (RdGeneralPage, rd_general_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *const windows[] = { "always", "without-notification", "never", NULL };

static const char *
autostart_text (RdGeneralPage *self, const char *outcome)
{
  gboolean wanted = rd_switch_row_get_active (self->autostart);

  if (wanted && g_strcmp0 (outcome, "denied") == 0)
    return _ ("The desktop does not allow it. Allow it in the system’s settings, where its applications are.");
  if (wanted && g_strcmp0 (outcome, "off") == 0)
    return _ ("It is turned off in the desktop’s own list of programs that start at login. Turn it on there.");
  return _ ("Calls ring from the moment you log in; no window opens");
}

static const char *
tray_text (RdGeneralPage *self, const char *outcome)
{
  if (rd_switch_row_get_active (self->tray) && g_strcmp0 (outcome, "no-host") == 0)
    return _ ("This desktop shows no such icons. Ringdown goes on in the background; start it again to see its "
              "window.");
  return _ ("Shows the line, and what was missed; answers and declines");
}

static const char *
keys_text (RdGeneralPage *self, const char *outcome)
{
  gboolean wanted = rd_switch_row_get_active (self->keys);

  if (wanted && g_strcmp0 (outcome, "denied") == 0)
    return _ ("The desktop does not allow it. Allow it in the system’s settings, where its applications are.");
  if (wanted && g_strcmp0 (outcome, "absent") == 0)
    return _ ("This desktop has no such keys.");
  return _ ("Answer, decline, silence, hang up, do not disturb; the desktop lets you choose the keys");
}

static void
show_outcomes (RdGeneralPage *self)
{
  RdDBusAgent1 *agent = self->model != NULL ? rd_model_get_agent (self->model) : NULL;

  adw_action_row_set_subtitle (
    ADW_ACTION_ROW (self->autostart),
    autostart_text (self, agent != NULL ? rd_dbus_agent1_get_autostart (agent) : NULL));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->tray),
                               tray_text (self, agent != NULL ? rd_dbus_agent1_get_tray (agent) : NULL));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->keys),
                               keys_text (self, agent != NULL ? rd_dbus_agent1_get_keys (agent) : NULL));
}

static void
on_model_state_changed (RdGeneralPage *self)
{
  RdDBusAgent1 *agent = rd_model_get_agent (self->model);

  if (agent != NULL)
    {
      g_signal_connect_object (agent, "notify::autostart", G_CALLBACK (show_outcomes), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (agent, "notify::tray", G_CALLBACK (show_outcomes), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (agent, "notify::keys", G_CALLBACK (show_outcomes), self, G_CONNECT_SWAPPED);
    }
  show_outcomes (self);
}

/* GObject */

static void
rd_general_page_dispose (GObject *object)
{
  g_clear_object (&RD_GENERAL_PAGE (object)->model);

  G_OBJECT_CLASS (rd_general_page_parent_class)->dispose (object);
}

static void
rd_general_page_class_init (RdGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_general_page_dispose;

  g_type_ensure (RD_TYPE_SWITCH_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdGeneralPage, start_group);
  gtk_widget_class_bind_template_child (widget_class, RdGeneralPage, desktop_group);
  gtk_widget_class_bind_template_child (widget_class, RdGeneralPage, autostart);
  gtk_widget_class_bind_template_child (widget_class, RdGeneralPage, tray);
  gtk_widget_class_bind_template_child (widget_class, RdGeneralPage, keys);
  gtk_widget_class_bind_template_child (widget_class, RdGeneralPage, window_on_call);
}

static void
rd_general_page_init (RdGeneralPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rd_general_page_new (RdModel *model, GSettings *settings)
{
  RdGeneralPage *self;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RD_TYPE_GENERAL_PAGE, NULL);
  self->model = g_object_ref (model);
  gtk_widget_set_sensitive (self->start_group, settings != NULL);
  gtk_widget_set_sensitive (self->desktop_group, settings != NULL);
  if (settings != NULL)
    {
      g_settings_bind (settings, "autostart", self->autostart, "active", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "tray", self->tray, "active", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "global-shortcuts", self->keys, "active", G_SETTINGS_BIND_DEFAULT);
      rd_settings_bind_choice (settings, "window-on-call", self->window_on_call, windows);
    }
  g_signal_connect_object (self->autostart, "notify::active", G_CALLBACK (show_outcomes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tray, "notify::active", G_CALLBACK (show_outcomes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "notify::active", G_CALLBACK (show_outcomes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (on_model_state_changed), self, G_CONNECT_SWAPPED);
  on_model_state_changed (self);
  return GTK_WIDGET (self);
}
