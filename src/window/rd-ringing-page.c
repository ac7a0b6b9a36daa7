/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-ringing-page.h"

#include <glib/gi18n.h>

#include "rd-platform.h"
#include "rd-switch-row.h"
#include "rd-text-list.h"
#include "rd-text.h"
#include "rd-tone-row.h"

/* The settings of what sounds. Which tones and outputs there are the agent knows, and it plays them, too. */

#define NAME_MAX_CHARS 80

struct _RdRingingPage
{
  AdwPreferencesPage parent_instance;

  RdModel *model;
  GSettings *settings; /* (nullable) */
  GCancellable *cancellable;
  GPtrArray *devices; /* char *: ids, as the list of outputs has them */
  gboolean filling;

  GtkWidget *call_group;
  RdToneRow *ring_tone;
  AdwComboRow *device;
  RdSwitchRow *on_speakers;
  GtkAdjustment *volume;
  GtkAdjustment *fade_in;
  AdwActionRow *test_row;
  GtkButton *test;
  GtkWidget *message_group;
  RdToneRow *message_tone;
  RdSwitchRow *tones;
  GtkWidget *meanwhile_group;
  RdSwitchRow *pause_media;
  GtkAdjustment *remind_minutes;
  RdTextList *decline_texts;
};

G_DEFINE_FINAL_TYPE (RdRingingPage, rd_ringing_page, ADW_TYPE_PREFERENCES_PAGE)

/* (nullable) */
static RdDBusSounds1 *
get_sounds (RdRingingPage *self)
{
  RdDBusObject *object = self->model != NULL ? rd_model_get_agent_object (self->model) : NULL;

  return object != NULL ? rd_dbus_object_peek_sounds1 (object) : NULL;
}

static void
show_testing (RdRingingPage *self)
{
  RdDBusSounds1 *sounds = get_sounds (self);
  const char *testing = sounds != NULL ? rd_dbus_sounds1_get_testing (sounds) : NULL;
  gboolean rings = g_strcmp0 (testing, "ring") == 0;

  rd_tone_row_set_playing (self->ring_tone, rings);
  rd_tone_row_set_playing (self->message_tone, g_strcmp0 (testing, "message") == 0);
  gtk_button_set_label (self->test, rings ? _ ("_Stop") : _ ("_Test Ring"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->test_row), sounds != NULL);
  rd_name_buttons (GTK_WIDGET (self->test));
}

static void
show_problem (RdRingingPage *self, const char *sentence)
{
  g_autofree char *markup = g_markup_escape_text (sentence != NULL ? sentence : "", -1);

  adw_action_row_set_subtitle (self->test_row, markup);
  if (sentence != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->test_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->test_row), "error");
}

static void
on_test_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdRingingPage *self = user_data; /* not owned: cancelled when the page goes */
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (rd_dbus_sounds1_call_test_finish (RD_DBUS_SOUNDS1 (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = rd_dup_error_sentence (error);
  show_problem (self, sentence);
}

/* The same button stops it. */
static void
try (RdRingingPage *self, const char *what)
{
  RdDBusSounds1 *sounds = get_sounds (self);

  if (sounds == NULL)
    return;
  if (g_strcmp0 (rd_dbus_sounds1_get_testing (sounds), what) == 0)
    what = "";
  show_problem (self, NULL);
  rd_dbus_sounds1_call_test (sounds, what, self->cancellable, on_test_ready, self);
}

static void
on_ring_tried (RdRingingPage *self)
{
  try (self, "ring");
}

static void
on_message_tried (RdRingingPage *self)
{
  try (self, "message");
}

static void
add_device (RdRingingPage *self, GtkStringList *list, const char *id, const char *name)
{
  g_autofree char *clean = rd_text_clean (name, NAME_MAX_CHARS);

  gtk_string_list_append (list, clean);
  g_ptr_array_add (self->devices, g_strdup (id));
}

static gboolean
find_device (RdRingingPage *self, const char *id, guint *position)
{
  return g_ptr_array_find_with_equal_func (self->devices, id, g_str_equal, position);
}

/* @devices: (nullable): a(ss); NULL: not known */
static void
fill_devices (RdRingingPage *self, GVariant *devices)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *chosen = NULL;
  guint position = 0;
  GVariantIter iter;
  const char *id, *name;

  if (self->settings == NULL)
    return;
  self->filling = TRUE;
  chosen = g_settings_get_string (self->settings, "ring-device");
  g_ptr_array_set_size (self->devices, 0);
  add_device (self, list, "", _ ("As everything else"));
  if (devices != NULL)
    {
      g_variant_iter_init (&iter, devices);
      while (g_variant_iter_next (&iter, "(&s&s)", &id, &name))
        if (*id != '\0')
          add_device (self, list, id, name);
    }
  /* A headset that is not plugged in stays chosen. */
  if (!find_device (self, chosen, &position))
    {
      g_autofree char *absent = g_strdup_printf (_ ("%s (not there now)"), chosen);

      add_device (self, list, chosen, absent);
      position = self->devices->len - 1;
    }
  adw_combo_row_set_model (self->device, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->device, position);
  self->filling = FALSE;
}

static void
on_device_selected (RdRingingPage *self)
{
  guint selected = adw_combo_row_get_selected (self->device);

  if (!self->filling && self->settings != NULL && selected < self->devices->len)
    g_settings_set_string (self->settings, "ring-device", g_ptr_array_index (self->devices, selected));
}

static void
on_list_devices_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdRingingPage *self = user_data; /* not owned: cancelled when the page goes */
  g_autoptr (GVariant) devices = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_dbus_sounds1_call_list_devices_finish (RD_DBUS_SOUNDS1 (source), &devices, result, &error))
    fill_devices (self, devices);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("ListDevices: %s", error->message);
}

static void
on_list_tones_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdRingingPage *self = user_data; /* not owned: cancelled when the page goes */
  g_auto (GStrv) rings = NULL;
  g_auto (GStrv) messages = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_dbus_sounds1_call_list_tones_finish (RD_DBUS_SOUNDS1 (source), &rings, &messages, result, &error))
    {
      rd_tone_row_set_tones (self->ring_tone, (const char *const *) rings);
      rd_tone_row_set_tones (self->message_tone, (const char *const *) messages);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("ListTones: %s", error->message);
}

static void
on_model_state_changed (RdRingingPage *self)
{
  RdDBusSounds1 *sounds = get_sounds (self);

  show_testing (self);
  if (sounds == NULL)
    return;
  g_signal_connect_object (sounds, "notify::testing", G_CALLBACK (show_testing), self, G_CONNECT_SWAPPED);
  rd_dbus_sounds1_call_list_tones (sounds, self->cancellable, on_list_tones_ready, self);
  rd_dbus_sounds1_call_list_devices (sounds, self->cancellable, on_list_devices_ready, self);
}

static void
bind_settings (RdRingingPage *self)
{
  const GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT;

  g_settings_bind (self->settings, "ring-tone", self->ring_tone, "tone", flags);
  g_settings_bind (self->settings, "ring-on-speakers", self->on_speakers, "active", flags);
  g_settings_bind (self->settings, "ring-volume", self->volume, "value", flags);
  g_settings_bind (self->settings, "ring-fade-in", self->fade_in, "value", flags);
  g_settings_bind (self->settings, "message-tone", self->message_tone, "tone", flags);
  g_settings_bind (self->settings, "tones", self->tones, "active", flags);
  g_settings_bind (self->settings, "pause-media", self->pause_media, "active", flags);
  g_settings_bind (self->settings, "remind-minutes", self->remind_minutes, "value", flags);
  g_settings_bind (self->settings, "decline-texts", self->decline_texts, "texts", flags);
}

/* GObject */

static void
rd_ringing_page_dispose (GObject *object)
{
  RdRingingPage *self = RD_RINGING_PAGE (object);
  RdDBusSounds1 *sounds = get_sounds (self);

  /* Who closes the page has heard enough. */
  if (sounds != NULL && g_strcmp0 (rd_dbus_sounds1_get_testing (sounds), "ring") == 0)
    rd_dbus_sounds1_call_test (sounds, "", NULL, NULL, NULL);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->model);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rd_ringing_page_parent_class)->dispose (object);
}

static void
rd_ringing_page_finalize (GObject *object)
{
  RdRingingPage *self = RD_RINGING_PAGE (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->devices);

  G_OBJECT_CLASS (rd_ringing_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-ringing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, call_group);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, ring_tone);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, device);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, on_speakers);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, volume);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, fade_in);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, test_row);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, test);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, message_group);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, message_tone);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, tones);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, meanwhile_group);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, pause_media);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, remind_minutes);
  gtk_widget_class_bind_template_child (widget_class, RdRingingPage, decline_texts);
  gtk_widget_class_bind_template_callback (widget_class, on_ring_tried);
  gtk_widget_class_bind_template_callback (widget_class, on_message_tried);
  gtk_widget_class_bind_template_callback (widget_class, on_device_selected);
}

static void
rd_ringing_page_class_init (RdRingingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_ringing_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_ringing_page_finalize;

  g_type_ensure (RD_TYPE_SWITCH_ROW);
  g_type_ensure (RD_TYPE_TEXT_LIST);
  g_type_ensure (RD_TYPE_TONE_ROW);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rd_ringing_page_init (RdRingingPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->devices = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->decline_texts, "max", RD_TEXT_DECLINE_OWN_MAX, NULL);
  self->filling = FALSE;
}

GtkWidget *
rd_ringing_page_new (RdModel *model, GSettings *settings)
{
  RdRingingPage *self;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);
  g_return_val_if_fail (settings == NULL || G_IS_SETTINGS (settings), NULL);

  self = g_object_new (RD_TYPE_RINGING_PAGE, NULL);
  self->model = g_object_ref (model);
  if (settings != NULL)
    {
      self->settings = g_object_ref (settings);
      bind_settings (self);
    }
  gtk_widget_set_sensitive (self->call_group, settings != NULL);
  gtk_widget_set_sensitive (self->message_group, settings != NULL);
  gtk_widget_set_sensitive (self->meanwhile_group, settings != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->decline_texts), settings != NULL);
  fill_devices (self, NULL);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (on_model_state_changed), self, G_CONNECT_SWAPPED);
  on_model_state_changed (self);
  return GTK_WIDGET (self);
}
