/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-account-settings"

#include "config.h"

#include "rd-account-settings-private.h"

#include "rd-account-checks.h"
#include "rd-fault.h"

#include <string.h>

/* What is kept of an account, and the one place where it is checked: what a bus client gives and what stands in the
 * accounts file pass through the same table of fields. Knows nothing of files or of what a profile asks for. */

#define MAX_LIST 50
#define MAX_VAR 2000

typedef enum
{
  FIELD_STRING,
  FIELD_BOOLEAN,
  FIELD_PORT,
  FIELD_STRINGS,
  FIELD_VARS,
  FIELD_TOASTS,
} FieldKind;

typedef enum
{
  FIELD_KEPT_ONLY = 1 << 0, /* of the accounts file, not for bus clients */
  FIELD_CHANGES = 1 << 1,   /* the user may change it at any time */
} FieldFlags;

typedef struct
{
  const char *name;
  FieldKind kind;
  gsize offset;
  gboolean (*check) (const char *value);
  FieldFlags flags;
  const char *fallback; /* (nullable): what an empty string is */
} Field;

G_DEFINE_BOXED_TYPE (RdAccountSettings, rd_account_settings, rd_account_settings_copy, rd_account_settings_free)

#define FIELD(name, kind, member, check, flags, fallback) \
  { name, kind, G_STRUCT_OFFSET (RdAccountSettings, member), check, flags, fallback }

static const Field fields[] = {
  FIELD ("id", FIELD_STRING, id, rd_account_check_id, FIELD_KEPT_ONLY, NULL),
  FIELD ("name", FIELD_STRING, name, rd_account_check_name, FIELD_CHANGES, NULL),
  FIELD ("profile", FIELD_STRING, profile, rd_account_check_profile, 0, NULL),
  FIELD ("site", FIELD_STRING, site, rd_account_check_site, 0, NULL),
  FIELD ("user-id", FIELD_STRING, user_id, rd_account_check_user_id, 0, NULL),
  FIELD ("key", FIELD_STRING, key, rd_account_check_key, 0, NULL),
  FIELD ("cluster", FIELD_STRING, cluster, rd_account_check_cluster, 0, NULL),
  FIELD ("host", FIELD_STRING, host, rd_account_check_host, 0, NULL),
  FIELD ("port", FIELD_PORT, port, NULL, 0, NULL),
  FIELD ("path", FIELD_STRING, path, rd_account_check_path, 0, NULL),
  FIELD ("tls", FIELD_BOOLEAN, tls, NULL, 0, NULL),
  FIELD ("insecure", FIELD_BOOLEAN, insecure, NULL, 0, NULL),
  FIELD ("room-hosts", FIELD_STRINGS, room_hosts, rd_account_check_room_host, FIELD_KEPT_ONLY, NULL),
  FIELD ("vars", FIELD_VARS, vars, rd_account_check_var_name, 0, NULL),
  FIELD ("colour", FIELD_STRING, colour, rd_account_check_colour, FIELD_CHANGES, ""),
  FIELD ("paused", FIELD_BOOLEAN, paused, NULL, FIELD_CHANGES, NULL),
  FIELD ("sound", FIELD_STRING, sound, rd_account_check_sound, FIELD_CHANGES, "full"),
  FIELD ("toasts", FIELD_TOASTS, toasts, rd_account_check_toast, FIELD_CHANGES, NULL),
  FIELD ("threshold", FIELD_STRING, threshold, rd_account_check_threshold, FIELD_CHANGES, ""),
};

/* What a bus client gives with an account, and this layer never sees. */
static gboolean
is_passed_over (const char *name)
{
  static const char * const names[]
    = { "token", "refresh-token", "login", "password", "ticket", "profile-data", "profile-entry", "profile-url", NULL };

  return g_strv_contains (names, name);
}

static const Field *
find_field (const char *name, gboolean kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name) && (kept || (fields[i].flags & FIELD_KEPT_ONLY) == 0))
      return &fields[i];
  return NULL;
}

/* An empty string is the same as none. */
static gboolean
read_string (const Field *field, GVariant *value, char **place)
{
  const char *text;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return FALSE;
  text = g_variant_get_string (value, NULL);
  if (*text == '\0' && (field->flags & FIELD_KEPT_ONLY) != 0)
    return FALSE;
  if (*text != '\0' && !field->check (text))
    return FALSE;
  /* a dictionary from the bus may name a key twice */
  g_free (*place);
  *place = g_strdup (*text != '\0' ? text : field->fallback);
  return TRUE;
}

static gboolean
read_strings (const Field *field, GVariant *value, char ***place)
{
  g_auto (GStrv) strings = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY) || g_variant_n_children (value) > MAX_LIST)
    return FALSE;
  strings = g_variant_dup_strv (value, NULL);
  for (guint i = 0; strings[i] != NULL; i++)
    if (!field->check (strings[i]))
      return FALSE;
  g_strfreev (*place);
  *place = g_steal_pointer (&strings);
  return TRUE;
}

static gboolean
read_vars (const Field *field, GVariant *value, GHashTable *place)
{
  GVariantIter iter;
  const char *name;
  const char *text;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("a{ss}")) || g_variant_n_children (value) > MAX_LIST)
    return FALSE;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &text))
    {
      if (!field->check (name) || !rd_account_is_text (text, MAX_VAR))
        return FALSE;
      g_hash_table_replace (place, g_strdup (name), g_strdup (text));
    }
  return TRUE;
}

static gboolean
read_toasts (const Field *field, GVariant *value, GHashTable *place)
{
  GVariantIter iter;
  const char *kind;
  gboolean wanted;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("a{sb}")) || g_variant_n_children (value) > MAX_LIST)
    return FALSE;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&sb}", &kind, &wanted))
    {
      if (!field->check (kind))
        return FALSE;
      g_hash_table_replace (place, g_strdup (kind), GINT_TO_POINTER (wanted));
    }
  return TRUE;
}

static gboolean
read_field (RdAccountSettings *self, const Field *field, GVariant *value)
{
  gpointer place = G_STRUCT_MEMBER_P (self, field->offset);

  switch (field->kind)
    {
    case FIELD_STRING:
      return read_string (field, value, place);
    case FIELD_BOOLEAN:
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
        return FALSE;
      *(gboolean *) place = g_variant_get_boolean (value);
      return TRUE;
    case FIELD_PORT:
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32) || g_variant_get_uint32 (value) > 65535)
        return FALSE;
      *(guint *) place = g_variant_get_uint32 (value);
      return TRUE;
    case FIELD_STRINGS:
      return read_strings (field, value, place);
    case FIELD_VARS:
      return read_vars (field, value, *(GHashTable **) place);
    case FIELD_TOASTS:
      return read_toasts (field, value, *(GHashTable **) place);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* (nullable): the field that is missing, or does not go with the others */
static const char *
find_gap (const RdAccountSettings *self, gboolean kept)
{
  if (kept && self->id == NULL)
    return "id";
  if (self->profile == NULL)
    return "profile";
  if (self->site == NULL)
    return "site";
  /* A site that is only asked, or that has a line of its own, has neither. */
  if (self->key == NULL)
    return self->cluster != NULL || self->host != NULL ? "key" : NULL;
  if ((self->cluster == NULL) == (self->host == NULL))
    return self->cluster != NULL ? "cluster" : "host";
  if (self->host != NULL && !self->tls && !self->insecure && !is_loopback (self->host))
    return "tls";
  return NULL;
}

static void
set_default_name (RdAccountSettings *self)
{
  g_autoptr (GUri) uri = NULL;

  if (self->name != NULL)
    return;
  uri = rd_account_parse_site (self->site);
  self->name = g_strdup (g_uri_get_host (uri));
}

static void
copy_table (GHashTable *to, GHashTable *from, gboolean strings)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  if (from == NULL)
    return;
  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (to, g_strdup (name), strings ? g_strdup (value) : value);
}

static void
copy_field (const Field *field, gpointer to, gpointer from)
{
  switch (field->kind)
    {
    case FIELD_STRING:
      g_free (*(char **) to);
      *(char **) to = g_strdup (*(char **) from != NULL ? *(char **) from : field->fallback);
      break;
    case FIELD_BOOLEAN:
      *(gboolean *) to = *(gboolean *) from;
      break;
    case FIELD_PORT:
      *(guint *) to = *(guint *) from;
      break;
    case FIELD_STRINGS:
      if (*(char ***) from == NULL)
        break;
      g_strfreev (*(char ***) to);
      *(char ***) to = g_strdupv (*(char ***) from);
      break;
    case FIELD_VARS:
    case FIELD_TOASTS:
      copy_table (*(GHashTable **) to, *(GHashTable **) from, field->kind == FIELD_VARS);
      break;
    default:
      g_assert_not_reached ();
    }
}

RdAccountSettings *
rd_account_settings_new (void)
{
  RdAccountSettings *self = g_new0 (RdAccountSettings, 1);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].fallback != NULL)
      G_STRUCT_MEMBER (char *, self, fields[i].offset) = g_strdup (fields[i].fallback);
  self->tls = TRUE;
  self->room_hosts = g_new0 (char *, 1);
  self->vars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->toasts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

RdAccountSettings *
rd_account_settings_copy (const RdAccountSettings *self)
{
  RdAccountSettings *copy = rd_account_settings_new ();

  g_return_val_if_fail (self != NULL, copy);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    copy_field (&fields[i], G_STRUCT_MEMBER_P (copy, fields[i].offset), G_STRUCT_MEMBER_P (self, fields[i].offset));
  return copy;
}

void
rd_account_settings_free (RdAccountSettings *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].kind == FIELD_STRING)
      g_free (G_STRUCT_MEMBER (char *, self, fields[i].offset));
  g_strfreev (self->room_hosts);
  g_clear_pointer (&self->vars, g_hash_table_unref);
  g_clear_pointer (&self->toasts, g_hash_table_unref);
  g_free (self);
}

RdAccountSettings *
rd_account_settings_read (GVariant *settings, gboolean kept, GError **error)
{
  g_autoptr (RdAccountSettings) self = rd_account_settings_new ();
  const char *wrong = NULL;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_assert (g_variant_is_of_type (settings, G_VARIANT_TYPE_VARDICT));

  g_variant_iter_init (&iter, settings);
  while (wrong == NULL && g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      const Field *field = find_field (name, kept);

      if (!is_passed_over (name) && (field == NULL || !read_field (self, field, value)))
        wrong = name;
      g_variant_unref (value);
    }
  if (wrong == NULL)
    wrong = find_gap (self, kept);
  if (wrong != NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, wrong));
      return NULL;
    }
  set_default_name (self);
  return g_steal_pointer (&self);
}

RdAccountSettings *
rd_account_settings_from_variant (GVariant *settings, GError **error)
{
  g_return_val_if_fail (settings != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_variant_is_of_type (settings, G_VARIANT_TYPE_VARDICT))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "settings"));
      return NULL;
    }
  return rd_account_settings_read (settings, FALSE, error);
}

gboolean
rd_account_settings_apply (RdAccountSettings *self, GVariant *changes, GError **error)
{
  g_autoptr (RdAccountSettings) tried = NULL;
  const char *wrong = NULL;
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (changes != NULL && g_variant_is_of_type (changes, G_VARIANT_TYPE_VARDICT), FALSE);

  tried = rd_account_settings_copy (self);
  g_variant_iter_init (&iter, changes);
  while (wrong == NULL && g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      const Field *field = find_field (name, FALSE);

      if (field == NULL || (field->flags & FIELD_CHANGES) == 0 || !read_field (tried, field, value))
        wrong = name;
      g_variant_unref (value);
    }
  if (wrong != NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, wrong));
      return FALSE;
    }
  set_default_name (tried);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if ((fields[i].flags & FIELD_CHANGES) != 0)
      copy_field (&fields[i], G_STRUCT_MEMBER_P (self, fields[i].offset), G_STRUCT_MEMBER_P (tried, fields[i].offset));
  return TRUE;
}

gboolean
rd_account_settings_wants (const RdAccountSettings *self, const char *toast)
{
  gpointer wanted;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (toast != NULL, FALSE);

  if (self->toasts == NULL || !g_hash_table_lookup_extended (self->toasts, toast, NULL, &wanted))
    return TRUE;
  return GPOINTER_TO_INT (wanted);
}

const char * const *
rd_account_settings_get_toasts (void)
{
  return rd_account_toast_kinds;
}

static GVariant *
toasts_to_variant (GHashTable *toasts)
{
  GVariantBuilder builder;
  gpointer wanted;

  if (toasts == NULL || g_hash_table_size (toasts) == 0)
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  for (const char * const *kind = rd_account_toast_kinds; *kind != NULL; kind++)
    if (g_hash_table_lookup_extended (toasts, *kind, NULL, &wanted))
      g_variant_builder_add (&builder, "{sb}", *kind, GPOINTER_TO_INT (wanted));
  return g_variant_builder_end (&builder);
}

static GVariant *
vars_to_variant (GHashTable *vars)
{
  g_autoptr (GList) names = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  if (vars != NULL)
    names = g_list_sort (g_hash_table_get_keys (vars), (GCompareFunc) strcmp);
  for (GList *l = names; l != NULL; l = l->next)
    g_variant_builder_add (&builder, "{ss}", l->data, g_hash_table_lookup (vars, l->data));
  return g_variant_builder_end (&builder);
}

static GVariant *
field_to_variant (const Field *field, gpointer place)
{
  const char * const *strings;
  const char *text;

  switch (field->kind)
    {
    case FIELD_STRING:
      text = *(char **) place;
      if (text == NULL || *text == '\0' || g_strcmp0 (text, field->fallback) == 0)
        return NULL;
      return g_variant_new_string (text);
    case FIELD_BOOLEAN:
      return g_variant_new_boolean (*(gboolean *) place);
    case FIELD_PORT:
      return *(guint *) place != 0 ? g_variant_new_uint32 (*(guint *) place) : NULL;
    case FIELD_STRINGS:
      strings = *(const char * const **) place;
      return strings != NULL ? g_variant_new_strv (strings, -1) : NULL;
    case FIELD_VARS:
      return vars_to_variant (*(GHashTable **) place);
    case FIELD_TOASTS:
      return toasts_to_variant (*(GHashTable **) place);
    default:
      g_assert_not_reached ();
    }
}

GVariant *
rd_account_settings_to_variant (const RdAccountSettings *self)
{
  GVariantBuilder builder;

  g_assert (self != NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GVariant *value = field_to_variant (&fields[i], G_STRUCT_MEMBER_P (self, fields[i].offset));

      if (value != NULL)
        g_variant_builder_add (&builder, "{sv}", fields[i].name, value);
    }
  return g_variant_builder_end (&builder);
}

gboolean
rd_account_settings_id_is_legal (const char *id)
{
  return id != NULL && rd_account_check_id (id);
}

char *
rd_account_settings_suggest_id (const RdAccountSettings *self)
{
  g_autoptr (GUri) uri = self->site != NULL ? rd_account_parse_site (self->site) : NULL;
  g_autoptr (GString) id = NULL;

  if (uri == NULL)
    return NULL;
  id = g_string_new (NULL);
  for (const char *p = g_uri_get_host (uri); *p != '\0' && id->len < 56; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (id, g_ascii_tolower (*p));
      else if (id->len > 0 && id->str[id->len - 1] != '-')
        g_string_append_c (id, '-');
    }
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  return g_strdup (id->len > 0 ? id->str : "account");
}
