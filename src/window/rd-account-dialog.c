/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-account-dialog.h"

#include <glib/gi18n.h>

#include "rd-platform.h"
#include "rd-record.h"

/* The form of a new account. It checks only what can be seen without the agent: that a field is filled in. */

struct _RdAccountDialog
{
  AdwWindow parent_instance;

  RdDBusAgent1 *agent;
  GCancellable *cancellable;
  GPtrArray *profiles; /* of GVariant a{sv}, as ListProfiles sent them */
  gboolean busy;

  AdwComboRow *profile;
  GtkEditable *name;
  GtkEditable *site;
  GtkEditable *user_id;
  GtkWidget *token_group;
  GtkEditable *token;
  GtkEditable *refresh_token;
  GtkEditable *key;
  AdwComboRow *server;
  GtkEditable *cluster;
  GtkEditable *host;
  GtkEditable *port;
  GtkEditable *path;
  GtkWidget *tls_row;
  GtkSwitch *tls;
  GtkWidget *insecure_row;
  GtkSwitch *insecure;
  AdwPreferencesGroup *vars_group;
  GPtrArray *vars; /* of AdwEntryRow, not owned; the variable's name as its widget name */
  GtkWidget *add;
  GtkWidget *error_box;
  GtkLabel *error;
  GtkScrolledWindow *scroller;
};

G_DEFINE_FINAL_TYPE (RdAccountDialog, rd_account_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

static gboolean
is_filled (GtkEditable *editable)
{
  g_autofree char *text = dup_text (editable);

  return *text != '\0';
}

static gboolean
is_own_host (RdAccountDialog *self)
{
  return adw_combo_row_get_selected (self->server) == 1;
}

/* (nullable) */
static GVariant *
get_profile (RdAccountDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->profile);

  return selected < self->profiles->len ? g_ptr_array_index (self->profiles, selected) : NULL;
}

static void
update (RdAccountDialog *self)
{
  gboolean own_host = is_own_host (self);
  gboolean complete = get_profile (self) != NULL && is_filled (self->site) && is_filled (self->key) &&
                      is_filled (own_host ? self->host : self->cluster);
  guint i;

  for (i = 0; i < self->vars->len; i++)
    complete = complete && is_filled (g_ptr_array_index (self->vars, i));

  gtk_widget_set_visible (GTK_WIDGET (self->cluster), !own_host);
  gtk_widget_set_visible (GTK_WIDGET (self->host), own_host);
  gtk_widget_set_visible (GTK_WIDGET (self->port), own_host);
  gtk_widget_set_visible (GTK_WIDGET (self->path), own_host);
  gtk_widget_set_visible (self->tls_row, own_host);
  gtk_widget_set_visible (self->insecure_row, own_host && !gtk_switch_get_active (self->tls));
  gtk_widget_set_sensitive (self->add, complete && !self->busy);
}

static void
on_field_changed (RdAccountDialog *self)
{
  update (self);
}

static void
show_vars (RdAccountDialog *self, GVariant *profile)
{
  g_autofree const char **needs = NULL;
  guint i;

  for (i = 0; i < self->vars->len; i++)
    adw_preferences_group_remove (self->vars_group, g_ptr_array_index (self->vars, i));
  g_ptr_array_set_size (self->vars, 0);

  g_variant_lookup (profile, "needs", "^a&s", &needs);
  for (i = 0; needs != NULL && needs[i] != NULL; i++)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", FALSE, "name", needs[i], NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), needs[i]);
      g_signal_connect_object (row, "changed", G_CALLBACK (on_field_changed), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->vars_group, row);
      g_ptr_array_add (self->vars, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->vars_group), self->vars->len > 0);
}

static void
on_profile_changed (RdAccountDialog *self)
{
  GVariant *profile = get_profile (self);
  gboolean is_private = FALSE;

  if (profile == NULL)
    return;
  g_variant_lookup (profile, "private", "b", &is_private);
  gtk_widget_set_visible (self->token_group, is_private);
  show_vars (self, profile);
  update (self);
}

static void
show_error (RdAccountDialog *self, const char *sentence)
{
  if (sentence != NULL)
    {
      gtk_label_set_text (self->error, sentence);
      gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
    }
  gtk_widget_set_visible (self->error_box, sentence != NULL);
}

static void
on_list_profiles_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdAccountDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autoptr (GVariant) profiles = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GVariantIter iter;
  GVariant *profile;

  if (!rd_dbus_agent1_call_list_profiles_finish (RD_DBUS_AGENT1 (source), &profiles, result, &error))
    {
      g_autofree char *sentence = rd_dup_error_sentence (error);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_error (self, sentence);
      return;
    }

  g_variant_iter_init (&iter, profiles);
  while ((profile = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (RdRecord) record = rd_record_new (profile);

      gtk_string_list_append (names, rd_record_get_string (record, "name"));
      g_ptr_array_add (self->profiles, profile);
    }
  adw_combo_row_set_model (self->profile, G_LIST_MODEL (names));
  on_profile_changed (self);
}

static void
insert_text (GVariantDict *settings, const char *key, GtkEditable *editable)
{
  g_autofree char *text = dup_text (editable);

  if (*text != '\0')
    g_variant_dict_insert (settings, key, "s", text);
}

static void
insert_server (RdAccountDialog *self, GVariantDict *settings)
{
  g_autofree char *port = dup_text (self->port);
  guint64 number = 0;
  gboolean tls = gtk_switch_get_active (self->tls);

  if (!is_own_host (self))
    {
      insert_text (settings, "cluster", self->cluster);
      return;
    }
  insert_text (settings, "host", self->host);
  insert_text (settings, "path", self->path);
  if (*port == '\0')
    number = tls ? 443 : 80;
  else if (!g_ascii_string_to_unsigned (port, 10, 1, 65535, &number, NULL))
    number = 0; /* the agent says what a port is */
  g_variant_dict_insert (settings, "port", "u", (guint32) number);
  g_variant_dict_insert (settings, "tls", "b", tls);
  if (!tls && gtk_switch_get_active (self->insecure))
    g_variant_dict_insert (settings, "insecure", "b", TRUE);
}

static GVariant *
collect_vars (RdAccountDialog *self)
{
  GVariantBuilder vars;
  guint i;

  g_variant_builder_init (&vars, G_VARIANT_TYPE ("a{ss}"));
  for (i = 0; i < self->vars->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->vars, i);
      g_autofree char *text = dup_text (GTK_EDITABLE (row));

      g_variant_builder_add (&vars, "{ss}", gtk_widget_get_name (row), text);
    }
  return g_variant_builder_end (&vars);
}

static GVariant *
collect (RdAccountDialog *self)
{
  GVariantDict settings;
  const char *profile = "";

  g_variant_lookup (get_profile (self), "id", "&s", &profile);
  g_variant_dict_init (&settings, NULL);
  g_variant_dict_insert (&settings, "profile", "s", profile);
  insert_text (&settings, "name", self->name);
  insert_text (&settings, "site", self->site);
  insert_text (&settings, "user-id", self->user_id);
  insert_text (&settings, "key", self->key);
  insert_server (self, &settings);
  if (gtk_widget_get_visible (self->token_group))
    {
      insert_text (&settings, "token", self->token);
      insert_text (&settings, "refresh-token", self->refresh_token);
    }
  if (self->vars->len > 0)
    g_variant_dict_insert_value (&settings, "vars", collect_vars (self));
  return g_variant_dict_end (&settings);
}

static void
on_add_account_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdAccountDialog *self = user_data; /* not owned: cancelled when the dialog goes */
  g_autofree char *account = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (rd_dbus_agent1_call_add_account_finish (RD_DBUS_AGENT1 (source), &account, result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->busy = FALSE;
  sentence = rd_dup_error_sentence (error);
  show_error (self, sentence);
  update (self);
}

static void
on_add_clicked (RdAccountDialog *self)
{
  if (self->busy || get_profile (self) == NULL)
    return;
  self->busy = TRUE;
  show_error (self, NULL);
  update (self);
  rd_dbus_agent1_call_add_account (self->agent, collect (self), self->cancellable, on_add_account_ready, self);
}

/* GObject */

static void
rd_account_dialog_dispose (GObject *object)
{
  RdAccountDialog *self = RD_ACCOUNT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->agent);

  G_OBJECT_CLASS (rd_account_dialog_parent_class)->dispose (object);
}

static void
rd_account_dialog_finalize (GObject *object)
{
  RdAccountDialog *self = RD_ACCOUNT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  g_clear_pointer (&self->vars, g_ptr_array_unref);

  G_OBJECT_CLASS (rd_account_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, profile);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, site);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, user_id);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, token_group);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, token);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, refresh_token);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, key);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, server);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, cluster);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, host);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, port);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, path);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, tls_row);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, tls);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, insecure_row);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, insecure);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, vars_group);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, add);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, error_box);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, error);
  gtk_widget_class_bind_template_child (widget_class, RdAccountDialog, scroller);
}

static void
rd_account_dialog_class_init (RdAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rd_account_dialog_dispose;
  object_class->finalize = rd_account_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-account-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_field_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_profile_changed);
}

static void
rd_account_dialog_init (RdAccountDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  self->vars = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
  update (self);
}

GtkWindow *
rd_account_dialog_new (GtkWindow *parent, RdDBusAgent1 *agent)
{
  RdAccountDialog *self;

  g_return_val_if_fail (RD_DBUS_IS_AGENT1 (agent), NULL);

  self = g_object_new (RD_TYPE_ACCOUNT_DIALOG, "transient-for", parent, NULL);
  self->agent = g_object_ref (agent);
  rd_dbus_agent1_call_list_profiles (agent, self->cancellable, on_list_profiles_ready, self);
  return GTK_WINDOW (self);
}
