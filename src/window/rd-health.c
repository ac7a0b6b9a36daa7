/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-health.h"

#include "rd-text.h"

/* What does not work on this machine, and what goes on working in its place. */

static void
add (GtkListBox *list, const char *sentence)
{
  GtkWidget *row, *icon;

  if (sentence == NULL || *sentence == '\0')
    return;
  row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 6, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (icon, "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_append (list, row);
}

void
rd_health_fill (GtkListBox *list, RdDBusAgent1 *agent)
{
  g_autofree char *notifications = NULL;
  g_autofree char *sound = NULL;
  g_autofree char *secrets = NULL;
  GVariant *problems;
  GtkWidget *row;
  gsize i;

  g_return_if_fail (GTK_IS_LIST_BOX (list));

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  if (agent == NULL)
    return;

  notifications = rd_text_for_health ("notifications", rd_dbus_agent1_get_notifications (agent));
  sound = rd_text_for_health ("sound", rd_dbus_agent1_get_sound (agent));
  secrets = rd_text_for_health ("secrets", rd_dbus_agent1_get_secrets (agent));
  add (list, notifications);
  add (list, sound);
  add (list, secrets);

  problems = rd_dbus_agent1_get_problems (agent);
  for (i = 0; problems != NULL && i < g_variant_n_children (problems); i++)
    {
      g_autoptr (GVariant) problem = g_variant_get_child_value (problems, i);
      g_autofree char *sentence = rd_text_for_fault (problem);

      add (list, sentence);
    }
}
