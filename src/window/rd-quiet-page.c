/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-quiet-page.h"

#include <glib/gi18n.h>

#include "rd-contact-list.h"
#include "rd-days-row.h"
#include "rd-platform.h"
#include "rd-settings.h"
#include "rd-switch-row.h"
#include "rd-time-row.h"
#include "rd-when.h"

/* The rules are settings. Whether it is quiet now, and who is exempt, is Quiet1's: what it refuses goes back. */

struct _RdQuietPage
{
  AdwPreferencesPage parent_instance;

  RdModel *model;
  gboolean showing; /* what changes meanwhile was not the user */

  RdSwitchRow *now;
  GtkWidget *hours_group;
  RdSwitchRow *hours;
  RdTimeRow *from;
  RdTimeRow *to;
  RdDaysRow *days;
  GtkWidget *desktop_group;
  AdwComboRow *banners;
  AdwComboRow *sounds;
  RdContactList *vips;
  RdContactList *muted;
};

G_DEFINE_FINAL_TYPE (RdQuietPage, rd_quiet_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *const treatments[] = { "always", "respect", "never", NULL };

/* (nullable) */
static RdDBusQuiet1 *
get_quiet (RdQuietPage *self)
{
  RdDBusObject *object = self->model != NULL ? rd_model_get_agent_object (self->model) : NULL;

  return object != NULL ? rd_dbus_object_peek_quiet1 (object) : NULL;
}

static char *
dup_now_text (RdDBusQuiet1 *quiet)
{
  const char *why = quiet != NULL ? rd_dbus_quiet1_get_why (quiet) : NULL;
  gint64 until = quiet != NULL ? rd_dbus_quiet1_get_until (quiet) : 0;
  g_autofree char *when = until > 0 ? rd_when_to_moment (until) : NULL;

  if (why == NULL || *why == '\0')
    return g_strdup (_ ("Nothing is shown and nothing sounds, but all of it is listed"));
  if (when == NULL)
    return g_strdup (_ ("Until you turn it off"));
  if (g_strcmp0 (why, "schedule") == 0)
    /* Translators: %s is a date and a time */
    return g_strdup_printf (_ ("By the clock, until %s"), when);
  /* Translators: %s is a date and a time */
  return g_strdup_printf (_ ("Until %s"), when);
}

static const char *
get_account_name (const char *id, gpointer user_data)
{
  RdQuietPage *self = user_data;
  RdDBusAccount1 *account = rd_model_find_account (self->model, id);

  return account != NULL ? rd_dbus_account1_get_name (account) : _ ("Of an account that was removed");
}

static void
show (RdQuietPage *self)
{
  RdDBusQuiet1 *quiet = get_quiet (self);
  const char *why = quiet != NULL ? rd_dbus_quiet1_get_why (quiet) : NULL;
  g_autofree char *text = dup_now_text (quiet);

  if (self->model == NULL)
    return;
  self->showing = TRUE;
  rd_switch_row_set_active (self->now, why != NULL && *why != '\0');
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->now), text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->now), quiet != NULL);
  self->showing = FALSE;
}

static void
show_contacts (RdQuietPage *self)
{
  RdDBusQuiet1 *quiet = get_quiet (self);

  if (self->model == NULL)
    return;
  rd_contact_list_set_contacts (self->vips, quiet != NULL ? rd_dbus_quiet1_get_vips (quiet) : NULL, get_account_name,
                                self);
  rd_contact_list_set_contacts (self->muted, quiet != NULL ? rd_dbus_quiet1_get_muted (quiet) : NULL,
                                get_account_name, self);
}

/* Both requests end here: Quiet1's properties tell their success. */
static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdQuietPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autofree char *sentence = NULL;

  if (reply != NULL)
    return;
  sentence = rd_dup_error_sentence (error);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
  show (self);
}

static void
on_now_changed (RdQuietPage *self)
{
  RdDBusQuiet1 *quiet = get_quiet (self);

  if (!self->showing && quiet != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (quiet), "Set",
                       g_variant_new ("(bx)", rd_switch_row_get_active (self->now), (gint64) 0),
                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_request_ready, g_object_ref (self));
}

static void
on_remove (RdQuietPage *self, const char *account, const char *person, const char *name)
{
  RdDBusQuiet1 *quiet = get_quiet (self);

  if (quiet != NULL)
    g_dbus_proxy_call (G_DBUS_PROXY (quiet), "SetContact",
                       g_variant_new ("(ssss)", account, person, name, "normal"), G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                       on_request_ready, g_object_ref (self));
}

static void
on_model_state_changed (RdQuietPage *self)
{
  RdDBusQuiet1 *quiet = get_quiet (self);

  if (quiet != NULL)
    {
      g_signal_connect_object (quiet, "notify::why", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (quiet, "notify::until", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (quiet, "notify::vips", G_CALLBACK (show_contacts), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (quiet, "notify::muted", G_CALLBACK (show_contacts), self, G_CONNECT_SWAPPED);
    }
  show (self);
  show_contacts (self);
}

static void
bind_settings (RdQuietPage *self, GSettings *settings)
{
  const GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT;

  g_settings_bind (settings, "quiet-hours", self->hours, "active", flags);
  g_settings_bind (settings, "quiet-from", self->from, "minutes", flags | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_settings_bind (settings, "quiet-to", self->to, "minutes", flags | G_SETTINGS_BIND_NO_SENSITIVITY);
  g_settings_bind (settings, "quiet-days", self->days, "days", flags | G_SETTINGS_BIND_NO_SENSITIVITY);
  rd_settings_bind_choice (settings, "banners-in-desktop-quiet", self->banners, treatments);
  rd_settings_bind_choice (settings, "sounds-in-desktop-quiet", self->sounds, treatments);
}

/* GObject */

static void
rd_quiet_page_dispose (GObject *object)
{
  g_clear_object (&RD_QUIET_PAGE (object)->model);

  G_OBJECT_CLASS (rd_quiet_page_parent_class)->dispose (object);
}

static void
rd_quiet_page_class_init (RdQuietPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_quiet_page_dispose;

  g_type_ensure (RD_TYPE_CONTACT_LIST);
  g_type_ensure (RD_TYPE_DAYS_ROW);
  g_type_ensure (RD_TYPE_SWITCH_ROW);
  g_type_ensure (RD_TYPE_TIME_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-quiet-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, now);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, hours_group);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, hours);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, from);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, to);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, days);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, desktop_group);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, banners);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, sounds);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, vips);
  gtk_widget_class_bind_template_child (widget_class, RdQuietPage, muted);
  gtk_widget_class_bind_template_callback (widget_class, on_now_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
}

static void
rd_quiet_page_init (RdQuietPage *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;
}

GtkWidget *
rd_quiet_page_new (RdModel *model, GSettings *settings)
{
  RdQuietPage *self;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RD_TYPE_QUIET_PAGE, NULL);
  self->model = g_object_ref (model);
  gtk_widget_set_sensitive (self->hours_group, settings != NULL);
  gtk_widget_set_sensitive (self->desktop_group, settings != NULL);
  if (settings != NULL)
    bind_settings (self, settings);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (on_model_state_changed), self, G_CONNECT_SWAPPED);
  on_model_state_changed (self);
  return GTK_WIDGET (self);
}
