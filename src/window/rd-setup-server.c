/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-setup-server.h"

#include <glib/gi18n.h>

#include "rd-record.h"
#include "rd-text.h"

/* The form for those who know more of a site than it says of itself. */

#define VAR_NAME_MAX 40
#define PROFILE_NAME_MAX 60

enum
{
  CHANGED,
  N_SIGNALS,
};

struct _RdSetupServer
{
  GtkWidget parent_instance;

  GPtrArray *profiles; /* of GVariant a{sv} */

  GtkWidget *content;
  AdwComboRow *profile;
  GtkEditable *site;
  GtkEditable *user_id;
  AdwPreferencesGroup *vars_group;
  GPtrArray *vars; /* of AdwEntryRow, not owned; the variable's name as its widget name */
  GtkWidget *key_group;
  GtkEditable *key;
  GtkWidget *server_group;
  AdwComboRow *server;
  GtkEditable *cluster;
  GtkEditable *host;
  GtkEditable *port;
  GtkEditable *path;
  GtkWidget *tls_row;
  GtkSwitch *tls;
  GtkWidget *insecure_row;
  GtkSwitch *insecure;
};

G_DEFINE_FINAL_TYPE (RdSetupServer, rd_setup_server, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

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
is_own_host (RdSetupServer *self)
{
  return adw_combo_row_get_selected (self->server) == 1;
}

/* A site whose line is its own has no Channels server to name. */
static gboolean
needs_server (RdSetupServer *self)
{
  GVariant *profile = rd_setup_server_get_profile (self);
  gboolean plain_line = FALSE;

  if (profile != NULL)
    g_variant_lookup (profile, "plain-line", "b", &plain_line);
  return !plain_line;
}

static void
update (RdSetupServer *self)
{
  gboolean own_host = is_own_host (self);

  gtk_widget_set_visible (self->key_group, needs_server (self));
  gtk_widget_set_visible (self->server_group, needs_server (self));
  gtk_widget_set_visible (GTK_WIDGET (self->cluster), !own_host);
  gtk_widget_set_visible (GTK_WIDGET (self->host), own_host);
  gtk_widget_set_visible (GTK_WIDGET (self->port), own_host);
  gtk_widget_set_visible (GTK_WIDGET (self->path), own_host);
  gtk_widget_set_visible (self->tls_row, own_host);
  gtk_widget_set_visible (self->insecure_row, own_host && !gtk_switch_get_active (self->tls));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_field_changed (RdSetupServer *self)
{
  update (self);
}

static void
show_vars (RdSetupServer *self, GVariant *profile)
{
  g_autofree const char **needs = NULL;
  guint i;

  for (i = 0; i < self->vars->len; i++)
    adw_preferences_group_remove (self->vars_group, g_ptr_array_index (self->vars, i));
  g_ptr_array_set_size (self->vars, 0);

  g_variant_lookup (profile, "needs", "^a&s", &needs);
  for (i = 0; needs != NULL && needs[i] != NULL; i++)
    {
      GtkWidget *row = g_object_new (ADW_TYPE_ENTRY_ROW, "use-markup", FALSE, "name", needs[i], "activates-default",
                                     TRUE, NULL);
      g_autofree char *title = rd_text_clean (needs[i], VAR_NAME_MAX);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      g_signal_connect_object (row, "changed", G_CALLBACK (on_field_changed), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->vars_group, row);
      g_ptr_array_add (self->vars, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->vars_group), self->vars->len > 0);
}

static void
on_profile_changed (RdSetupServer *self)
{
  GVariant *profile = rd_setup_server_get_profile (self);

  if (profile != NULL)
    show_vars (self, profile);
  update (self);
}

static void
show_profiles (RdSetupServer *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint i;

  for (i = 0; i < self->profiles->len; i++)
    {
      g_autoptr (RdRecord) record = rd_record_new (g_ptr_array_index (self->profiles, i));
      g_autofree char *name = rd_text_clean (rd_record_get_string (record, "name"), PROFILE_NAME_MAX);

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->profile, G_LIST_MODEL (names));
}

/* The place of the profile with this id; one that a site brings along is put behind the others. */
static guint
find_profile (RdSetupServer *self, const char *id, GVariant *settings)
{
  g_autoptr (GVariant) entry = NULL;
  GVariantDict dict;
  guint i;

  for (i = 0; i < self->profiles->len; i++)
    {
      g_autoptr (RdRecord) record = rd_record_new (g_ptr_array_index (self->profiles, i));

      if (g_strcmp0 (rd_record_get_string (record, "id"), id) == 0)
        return i;
    }
  entry = g_variant_lookup_value (settings, "profile-entry", G_VARIANT_TYPE_VARDICT);
  g_variant_dict_init (&dict, entry);
  g_variant_dict_insert (&dict, "id", "s", id);
  if (!g_variant_dict_contains (&dict, "name"))
    g_variant_dict_insert (&dict, "name", "s", id);
  g_ptr_array_add (self->profiles, g_variant_ref_sink (g_variant_dict_end (&dict)));
  show_profiles (self);
  return i;
}

static void
insert_text (GVariantDict *settings, const char *key, GtkEditable *editable)
{
  g_autofree char *text = dup_text (editable);

  if (*text != '\0')
    g_variant_dict_insert (settings, key, "s", text);
}

static void
collect_host (RdSetupServer *self, GVariantDict *settings)
{
  g_autofree char *port = dup_text (self->port);
  guint64 number = 0;
  gboolean tls = gtk_switch_get_active (self->tls);

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
collect_vars (RdSetupServer *self)
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

/* GObject */

static void
rd_setup_server_dispose (GObject *object)
{
  RdSetupServer *self = RD_SETUP_SERVER (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_setup_server_parent_class)->dispose (object);
}

static void
rd_setup_server_finalize (GObject *object)
{
  RdSetupServer *self = RD_SETUP_SERVER (object);

  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  g_clear_pointer (&self->vars, g_ptr_array_unref);

  G_OBJECT_CLASS (rd_setup_server_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-setup-server.ui");
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, content);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, profile);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, site);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, user_id);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, vars_group);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, key_group);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, key);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, server_group);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, server);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, cluster);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, host);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, port);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, path);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, tls_row);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, tls);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, insecure_row);
  gtk_widget_class_bind_template_child (widget_class, RdSetupServer, insecure);
  gtk_widget_class_bind_template_callback (widget_class, on_field_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_profile_changed);
}

static void
rd_setup_server_class_init (RdSetupServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_setup_server_dispose;
  object_class->finalize = rd_setup_server_finalize;

  signals[CHANGED] = g_signal_new ("changed", RD_TYPE_SETUP_SERVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rd_setup_server_init (RdSetupServer *self)
{
  self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  self->vars = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
rd_setup_server_set_profiles (RdSetupServer *self, GVariant *profiles)
{
  GVariantIter iter;
  GVariant *profile;

  g_return_if_fail (RD_IS_SETUP_SERVER (self));
  g_return_if_fail (g_variant_is_of_type (profiles, G_VARIANT_TYPE ("aa{sv}")));

  g_ptr_array_set_size (self->profiles, 0);
  g_variant_iter_init (&iter, profiles);
  while ((profile = g_variant_iter_next_value (&iter)) != NULL)
    g_ptr_array_add (self->profiles, profile);
  show_profiles (self);
  on_profile_changed (self);
}

static void
fill_vars (RdSetupServer *self, GVariant *settings)
{
  g_autoptr (GVariant) vars = g_variant_lookup_value (settings, "vars", G_VARIANT_TYPE ("a{ss}"));
  guint i;

  for (i = 0; i < self->vars->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->vars, i);
      const char *value = "";

      if (vars != NULL)
        g_variant_lookup (vars, gtk_widget_get_name (row), "&s", &value);
      gtk_editable_set_text (GTK_EDITABLE (row), value);
    }
}

void
rd_setup_server_fill (RdSetupServer *self, GVariant *settings)
{
  g_autoptr (RdRecord) record = NULL;
  g_autofree char *port = NULL;
  const char *profile;
  guint32 number = 0;
  gboolean tls = TRUE;

  g_return_if_fail (RD_IS_SETUP_SERVER (self));

  record = rd_record_new (settings);
  profile = rd_record_get_string (record, "profile");
  if (*profile != '\0')
    adw_combo_row_set_selected (self->profile, find_profile (self, profile, settings));
  on_profile_changed (self);
  fill_vars (self, settings);
  gtk_editable_set_text (self->site, rd_record_get_string (record, "site"));
  gtk_editable_set_text (self->user_id, rd_record_get_string (record, "user-id"));
  gtk_editable_set_text (self->key, rd_record_get_string (record, "key"));
  gtk_editable_set_text (self->cluster, rd_record_get_string (record, "cluster"));
  gtk_editable_set_text (self->host, rd_record_get_string (record, "host"));
  gtk_editable_set_text (self->path, rd_record_get_string (record, "path"));
  adw_combo_row_set_selected (self->server, *rd_record_get_string (record, "host") != '\0' ? 1 : 0);
  g_variant_lookup (settings, "port", "u", &number);
  port = number != 0 ? g_strdup_printf ("%u", number) : g_strdup ("");
  gtk_editable_set_text (self->port, port);
  g_variant_lookup (settings, "tls", "b", &tls);
  gtk_switch_set_active (self->tls, tls);
  gtk_switch_set_active (self->insecure, rd_record_get_boolean (record, "insecure"));
  update (self);
}

gboolean
rd_setup_server_is_complete (RdSetupServer *self)
{
  guint i;

  g_return_val_if_fail (RD_IS_SETUP_SERVER (self), FALSE);

  if (rd_setup_server_get_profile (self) == NULL || !is_filled (self->site))
    return FALSE;
  if (needs_server (self) &&
      !(is_filled (self->key) && is_filled (is_own_host (self) ? self->host : self->cluster)))
    return FALSE;
  for (i = 0; i < self->vars->len; i++)
    if (!is_filled (g_ptr_array_index (self->vars, i)))
      return FALSE;
  return TRUE;
}

void
rd_setup_server_collect (RdSetupServer *self, GVariantDict *settings)
{
  const char *const keys[] = { "site", "user-id", "key", "cluster", "host", "port", "path", "tls", "insecure" };
  GVariant *profile;
  const char *id = "";
  gsize i;

  g_return_if_fail (RD_IS_SETUP_SERVER (self));
  g_return_if_fail (settings != NULL);

  for (i = 0; i < G_N_ELEMENTS (keys); i++)
    g_variant_dict_remove (settings, keys[i]);
  profile = rd_setup_server_get_profile (self);
  if (profile != NULL)
    g_variant_lookup (profile, "id", "&s", &id);
  g_variant_dict_insert (settings, "profile", "s", id);
  insert_text (settings, "site", self->site);
  insert_text (settings, "user-id", self->user_id);
  if (needs_server (self))
    {
      insert_text (settings, "key", self->key);
      if (is_own_host (self))
        collect_host (self, settings);
      else
        insert_text (settings, "cluster", self->cluster);
    }
  if (self->vars->len > 0)
    g_variant_dict_insert_value (settings, "vars", collect_vars (self));
}

GVariant *
rd_setup_server_get_profile (RdSetupServer *self)
{
  guint selected;

  g_return_val_if_fail (RD_IS_SETUP_SERVER (self), NULL);

  selected = adw_combo_row_get_selected (self->profile);
  return selected < self->profiles->len ? g_ptr_array_index (self->profiles, selected) : NULL;
}

void
rd_setup_server_focus (RdSetupServer *self)
{
  g_return_if_fail (RD_IS_SETUP_SERVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->profile));
}
