/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-account-preferences.h"

#include <glib/gi18n.h>

#include "rd-colour-choice.h"
#include "rd-model.h"
#include "rd-platform.h"
#include "rd-text-list.h"

/* The form of an account's options. It holds none of them: it shows the account's properties and asks for others. */

struct _RdAccountPreferences
{
  AdwWindow parent_instance;

  RdDBusAccount1 *account;
  GCancellable *cancellable;
  gboolean showing; /* what changes meanwhile was not the user */

  GtkWidget *error_box;
  GtkLabel *error;
  GtkEditable *name;
  RdColourChoice *colour;
  GtkSwitch *paused;
  AdwComboRow *sound;
  AdwPreferencesGroup *toasts_group;
  GHashTable *toasts; /* type of toast → GtkSwitch, not owned */
  GtkEditable *threshold;
  RdTextList *room_hosts;
  GtkWidget *sign_in;
};

G_DEFINE_FINAL_TYPE (RdAccountPreferences, rd_account_preferences, ADW_TYPE_WINDOW)

static const char *const sounds[] = { "full", "soft", "silent" };

typedef struct
{
  const char *type;
  const char *title;
  const char *subtitle;
} Toast;

static const Toast toasts[] = {
  { "message", N_ ("Messages"), N_ ("Somebody wrote to you") },
  { "payment", N_ ("Payments"), N_ ("An invoice was paid") },
  { "invoice-created", N_ ("New invoices"), NULL },
  { "invoice-updated", N_ ("Changed invoices"), NULL },
  { "invoice-status", N_ ("Status of invoices"), N_ ("Expired, cancelled and the like") },
  { "notice", N_ ("Notices"), N_ ("What the site itself has to say") },
};

static void
show_error (RdAccountPreferences *self, const char *sentence)
{
  gtk_label_set_text (self->error, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (self->error_box, sentence != NULL);
}

static void
set_text (GtkEditable *editable, const char *text)
{
  if (g_strcmp0 (gtk_editable_get_text (editable), text) != 0)
    gtk_editable_set_text (editable, text != NULL ? text : "");
}

static void
show_toasts (RdAccountPreferences *self)
{
  GVariant *wanted = rd_dbus_account1_get_toasts (self->account);
  GHashTableIter iter;
  gpointer type, toggle;

  g_hash_table_iter_init (&iter, self->toasts);
  while (g_hash_table_iter_next (&iter, &type, &toggle))
    {
      gboolean is_wanted = TRUE;

      if (wanted != NULL)
        g_variant_lookup (wanted, type, "b", &is_wanted);
      gtk_switch_set_active (toggle, is_wanted);
    }
}

static void
show_room_hosts (RdAccountPreferences *self)
{
  static const char *const none[] = { NULL };
  const char *const *hosts = rd_dbus_account1_get_room_hosts (self->account);

  rd_text_list_set_texts (self->room_hosts, hosts != NULL ? hosts : none);
}

/* What the account is, in the widgets. */
static void
show (RdAccountPreferences *self)
{
  const char *sound = rd_dbus_account1_get_sound (self->account);
  guint i;

  self->showing = TRUE;
  set_text (self->name, rd_dbus_account1_get_name (self->account));
  rd_colour_choice_set_colour (self->colour, rd_dbus_account1_get_colour (self->account));
  gtk_switch_set_active (self->paused, rd_dbus_account1_get_paused (self->account));
  for (i = 0; i < G_N_ELEMENTS (sounds); i++)
    if (g_strcmp0 (sounds[i], sound) == 0)
      adw_combo_row_set_selected (self->sound, i);
  show_toasts (self);
  set_text (self->threshold, rd_dbus_account1_get_threshold (self->account));
  show_room_hosts (self);
  self->showing = FALSE;
}

static void
on_configure_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdAccountPreferences *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (rd_dbus_account1_call_configure_finish (RD_DBUS_ACCOUNT1 (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = rd_dup_error_sentence (error);
  show_error (self, sentence);
  show (self);
}

static void
configure (RdAccountPreferences *self, const char *key, GVariant *value)
{
  GVariantDict settings;

  g_variant_dict_init (&settings, NULL);
  g_variant_dict_insert_value (&settings, key, value);
  show_error (self, NULL);
  rd_dbus_account1_call_configure (self->account, g_variant_dict_end (&settings), self->cancellable,
                                   on_configure_ready, self);
}

static void
configure_text (RdAccountPreferences *self, const char *key, GtkEditable *editable)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (editable)));

  configure (self, key, g_variant_new_string (text));
}

static void
on_name_applied (RdAccountPreferences *self)
{
  configure_text (self, "name", self->name);
}

static void
on_threshold_applied (RdAccountPreferences *self)
{
  configure_text (self, "threshold", self->threshold);
}

static void
on_colour_changed (RdAccountPreferences *self)
{
  if (!self->showing)
    configure (self, "colour", g_variant_new_string (rd_colour_choice_get_colour (self->colour)));
}

static void
on_paused_changed (RdAccountPreferences *self)
{
  if (!self->showing)
    configure (self, "paused", g_variant_new_boolean (gtk_switch_get_active (self->paused)));
}

static void
on_sound_changed (RdAccountPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->sound);

  if (!self->showing && selected < G_N_ELEMENTS (sounds))
    configure (self, "sound", g_variant_new_string (sounds[selected]));
}

static void
on_toast_changed (GtkSwitch *toggle, GParamSpec *pspec, RdAccountPreferences *self)
{
  GVariantBuilder builder;

  if (self->showing)
    return;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  g_variant_builder_add (&builder, "{sb}", gtk_widget_get_name (GTK_WIDGET (toggle)), gtk_switch_get_active (toggle));
  configure (self, "toasts", g_variant_builder_end (&builder));
}

/* Both requests about a room's host end here. */
static void
on_host_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdAccountPreferences *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autofree char *sentence = NULL;

  if (reply != NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = rd_dup_error_sentence (error);
  show_error (self, sentence);
  show (self);
}

/* Asks @method for those of @some that are not among @others. */
static void
ask_for_hosts (RdAccountPreferences *self, const char *method, const char *const *some, const char *const *others)
{
  for (; some != NULL && *some != NULL; some++)
    if (others == NULL || !g_strv_contains (others, *some))
      g_dbus_proxy_call (G_DBUS_PROXY (self->account), method, g_variant_new ("(s)", *some), G_DBUS_CALL_FLAGS_NONE,
                         -1, self->cancellable, on_host_ready, self);
}

static void
on_room_hosts_changed (RdAccountPreferences *self)
{
  const char *const *hosts = rd_dbus_account1_get_room_hosts (self->account);
  const char *const *wanted = rd_text_list_get_texts (self->room_hosts);

  if (self->showing)
    return;
  show_error (self, NULL);
  ask_for_hosts (self, "DistrustRoomHost", hosts, wanted);
  ask_for_hosts (self, "TrustRoomHost", wanted, hosts);
}

static void
on_sign_in_clicked (RdAccountPreferences *self)
{
  g_autofree char *id = rd_dbus_account1_dup_id (self->account);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.sign-in", "s", id);
}

static void
on_remove_clicked (RdAccountPreferences *self)
{
  g_autofree char *id = rd_dbus_account1_dup_id (self->account);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_close (GTK_WINDOW (self));
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.remove-account", "s", id);
}

/* A site without invoices has no switches for them. */
static gboolean
is_for_account (RdAccountPreferences *self, const char *type)
{
  GVariant *wanted = rd_dbus_account1_get_toasts (self->account);
  gboolean value;

  return wanted == NULL || g_variant_n_children (wanted) == 0 || g_variant_lookup (wanted, type, "b", &value);
}

/* Whether there are calls, or hosts that were trusted once. */
static gboolean
has_rooms (RdDBusAccount1 *account)
{
  const char *const *hosts = rd_dbus_account1_get_room_hosts (account);

  return rd_model_account_can (account, "answer") || rd_dbus_account1_get_can_call (account) ||
         (hosts != NULL && *hosts != NULL);
}

static void
add_toasts (RdAccountPreferences *self)
{
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (toasts); i++)
    {
      GtkWidget *row, *toggle;

      if (!is_for_account (self, toasts[i].type))
        continue;
      row = g_object_new (ADW_TYPE_ACTION_ROW, "title", _ (toasts[i].title), NULL);
      toggle = gtk_switch_new ();
      if (toasts[i].subtitle != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (toasts[i].subtitle));
      gtk_widget_set_name (toggle, toasts[i].type);
      gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
      g_signal_connect_object (toggle, "notify::active", G_CALLBACK (on_toast_changed), self, 0);
      adw_preferences_group_add (self->toasts_group, row);
      g_hash_table_insert (self->toasts, (gpointer) toasts[i].type, toggle);
    }
}

/* GObject */

static void
rd_account_preferences_dispose (GObject *object)
{
  RdAccountPreferences *self = RD_ACCOUNT_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (rd_account_preferences_parent_class)->dispose (object);
}

static void
rd_account_preferences_finalize (GObject *object)
{
  g_hash_table_unref (RD_ACCOUNT_PREFERENCES (object)->toasts);

  G_OBJECT_CLASS (rd_account_preferences_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/ringdown/Ringdown/rd-account-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, error_box);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, error);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, name);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, colour);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, paused);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, sound);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, toasts_group);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, threshold);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, room_hosts);
  gtk_widget_class_bind_template_child (widget_class, RdAccountPreferences, sign_in);
  gtk_widget_class_bind_template_callback (widget_class, on_name_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_threshold_applied);
  gtk_widget_class_bind_template_callback (widget_class, on_colour_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_paused_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sound_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_room_hosts_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
}

static void
rd_account_preferences_class_init (RdAccountPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_account_preferences_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_account_preferences_finalize;

  g_type_ensure (RD_TYPE_COLOUR_CHOICE);
  g_type_ensure (RD_TYPE_TEXT_LIST);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rd_account_preferences_init (RdAccountPreferences *self)
{
  self->cancellable = g_cancellable_new ();
  self->toasts = g_hash_table_new (g_str_hash, g_str_equal);
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWindow *
rd_account_preferences_new (GtkWindow *parent, RdDBusAccount1 *account)
{
  RdAccountPreferences *self;
  const char *const *ways;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RD_DBUS_IS_ACCOUNT1 (account), NULL);

  self = g_object_new (RD_TYPE_ACCOUNT_PREFERENCES, "transient-for", parent, NULL);
  self->account = g_object_ref (account);
  add_toasts (self);
  gtk_widget_set_visible (GTK_WIDGET (self->threshold), is_for_account (self, "payment"));
  gtk_widget_set_visible (GTK_WIDGET (self->room_hosts), has_rooms (account));
  ways = rd_dbus_account1_get_sign_in_ways (account);
  gtk_widget_set_visible (self->sign_in, ways == NULL || *ways != NULL);
  show (self);
  g_signal_connect_object (account, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  return GTK_WINDOW (self);
}
