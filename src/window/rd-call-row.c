/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-call-row.h"

#include <glib/gi18n.h>

#include "rd-text.h"
#include "rd-when.h"

/* One line of the recent calls. */

struct _RdCallRow
{
  AdwActionRow parent_instance;

  RdRecord *call;
};

G_DEFINE_FINAL_TYPE (RdCallRow, rd_call_row, ADW_TYPE_ACTION_ROW)

static const char *
icon_for (RdRecord *call)
{
  const char *state = rd_record_get_string (call, "state");

  if (g_strcmp0 (state, "missed") == 0)
    return "rd-call-missed-symbolic";
  if (g_strcmp0 (state, "answered-elsewhere") == 0)
    return "rd-devices-symbolic";
  if (g_strcmp0 (rd_record_get_string (call, "direction"), "out") == 0)
    return "rd-call-outgoing-symbolic";
  return "rd-call-incoming-symbolic";
}

static char *
dup_subtitle (RdRecord *call, const char *account_name)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  gint64 started = rd_record_get_time (call, "started-at");
  gint64 ended = rd_record_get_time (call, "ended-at");

  g_ptr_array_add (parts, rd_text_for_call (rd_record_get_string (call, "state"), rd_record_get_string (call, "reason"),
                                            g_strcmp0 (rd_record_get_string (call, "direction"), "in") == 0,
                                            rd_record_get_string (call, "peer-name")));
  g_ptr_array_add (parts, rd_text_for_media (rd_record_get_boolean (call, "audio")));
  if (started > 0 && ended > started)
    g_ptr_array_add (parts, rd_text_for_duration (ended - started));
  if (account_name != NULL && *account_name != '\0')
    g_ptr_array_add (parts, g_strdup (account_name));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
on_call_back_clicked (GtkButton *button, RdCallRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.call", "(ssb)", rd_record_get_string (self->call, "account"),
                              rd_record_get_string (self->call, "peer-id"),
                              rd_record_get_boolean (self->call, "audio"));
}

static void
add_call_back (RdCallRow *self, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("rd-call-answer-symbolic");
  g_autofree char *label = NULL;

  label = g_strdup_printf (_ ("Call %s back"), name);
  gtk_widget_set_tooltip_text (button, _ ("Call back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_call_back_clicked), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
}

static void
rd_call_row_dispose (GObject *object)
{
  g_clear_object (&RD_CALL_ROW (object)->call);

  G_OBJECT_CLASS (rd_call_row_parent_class)->dispose (object);
}

static void
rd_call_row_class_init (RdCallRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_call_row_dispose;
}

static void
rd_call_row_init (RdCallRow *self)
{
}

GtkWidget *
rd_call_row_new (RdRecord *call, const char *account_name)
{
  RdCallRow *self;
  GtkWidget *icon;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  g_return_val_if_fail (RD_IS_RECORD (call), NULL);

  title = rd_text_for_peer (rd_record_get_string (call, "peer-name"));
  subtitle = dup_subtitle (call, account_name);
  /* The names come from the network: never markup. Properties set together are told in any order, hence two steps. */
  self = g_object_new (RD_TYPE_CALL_ROW, "use-markup", FALSE, "title-lines", 2, "subtitle-lines", 2, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  self->call = g_object_ref (call);

  icon = gtk_image_new_from_icon_name (icon_for (call));
  if (g_strcmp0 (rd_record_get_string (call, "state"), "missed") == 0)
    gtk_widget_add_css_class (icon, "error");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), rd_when_label_new (rd_record_get_time (call, "created-at")));
  if (*rd_record_get_string (call, "peer-id") != '\0')
    add_call_back (self, title);
  return GTK_WIDGET (self);
}
