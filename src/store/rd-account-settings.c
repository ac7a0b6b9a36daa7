/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-account-settings"

#include "config.h"

#include "rd-account-settings-private.h"

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
} FieldKind;

typedef struct
{
  const char *name;
  FieldKind kind;
  gsize offset;
  gboolean (*check) (const char *value);
  gboolean kept_only;
} Field;

G_DEFINE_BOXED_TYPE (RdAccountSettings, rd_account_settings, rd_account_settings_copy, rd_account_settings_free)

/* Only @extra and ASCII letters and digits, at most @max of them. */
static gboolean
is_word (const char *value, const char *extra, gsize max)
{
  if (strlen (value) > max)
    return FALSE;
  for (const char *p = value; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (extra, *p) == NULL)
      return FALSE;
  return TRUE;
}

/* UTF-8 of at most @max bytes without control characters. */
static gboolean
is_text (const char *value, gsize max)
{
  if (strlen (value) > max || !g_utf8_validate (value, -1, NULL))
    return FALSE;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static gboolean
check_id (const char *value)
{
  gsize length = strspn (value, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length >= 1 && length <= 64 && value[length] == '\0';
}

static gboolean
check_name (const char *value)
{
  return is_text (value, 200);
}

static gboolean
check_profile (const char *value)
{
  return is_word (value, "-_.", 64);
}

static gboolean
check_user_id (const char *value)
{
  return is_text (value, 128);
}

static gboolean
check_key (const char *value)
{
  return is_word (value, "-_.:", 200);
}

static gboolean
check_cluster (const char *value)
{
  return is_word (value, "-", 32);
}

static gboolean
check_host (const char *value)
{
  if (strchr (value, ':') != NULL)
    return g_hostname_is_ip_address (value);
  return is_word (value, "-_.", 253);
}

static gboolean
check_path (const char *value)
{
  if (*value == '\0')
    return TRUE;
  return *value == '/' && is_word (value, "/-_.~", 200);
}

/* "host" or "host:port" */
static gboolean
check_room_host (const char *value)
{
  return *value != '\0' && is_word (value, "-_.:[]", 260);
}

static gboolean
check_var_name (const char *value)
{
  return g_ascii_isalpha (*value) && is_word (value, "-_.", 64);
}

static GUri *
parse_site (const char *value)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (value) > 500 || !is_text (value, 500))
    return NULL;
  uri = g_uri_parse (value, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return NULL;
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

static gboolean
check_site (const char *value)
{
  g_autoptr (GUri) uri = parse_site (value);

  return uri != NULL;
}

#define FIELD(name, kind, member, check, kept) { name, kind, G_STRUCT_OFFSET (RdAccountSettings, member), check, kept }

static const Field fields[] = {
  FIELD ("id", FIELD_STRING, id, check_id, TRUE),
  FIELD ("name", FIELD_STRING, name, check_name, FALSE),
  FIELD ("profile", FIELD_STRING, profile, check_profile, FALSE),
  FIELD ("site", FIELD_STRING, site, check_site, FALSE),
  FIELD ("user-id", FIELD_STRING, user_id, check_user_id, FALSE),
  FIELD ("key", FIELD_STRING, key, check_key, FALSE),
  FIELD ("cluster", FIELD_STRING, cluster, check_cluster, FALSE),
  FIELD ("host", FIELD_STRING, host, check_host, FALSE),
  FIELD ("port", FIELD_PORT, port, NULL, FALSE),
  FIELD ("path", FIELD_STRING, path, check_path, FALSE),
  FIELD ("tls", FIELD_BOOLEAN, tls, NULL, FALSE),
  FIELD ("insecure", FIELD_BOOLEAN, insecure, NULL, FALSE),
  FIELD ("room-hosts", FIELD_STRINGS, room_hosts, check_room_host, TRUE),
  FIELD ("vars", FIELD_VARS, vars, check_var_name, FALSE),
};

static gboolean
is_secret (const char *name)
{
  return g_str_equal (name, "token") || g_str_equal (name, "refresh-token");
}

static const Field *
find_field (const char *name, gboolean kept)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].name, name) && (kept || !fields[i].kept_only))
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
  if (*text == '\0')
    return !field->kept_only;
  if (!field->check (text))
    return FALSE;
  /* a dictionary from the bus may name a key twice */
  g_free (*place);
  *place = g_strdup (text);
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
      if (!field->check (name) || !is_text (text, MAX_VAR))
        return FALSE;
      g_hash_table_replace (place, g_strdup (name), g_strdup (text));
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
  if (self->key == NULL)
    return "key";
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
  uri = parse_site (self->site);
  self->name = g_strdup (g_uri_get_host (uri));
}

RdAccountSettings *
rd_account_settings_new (void)
{
  RdAccountSettings *self = g_new0 (RdAccountSettings, 1);

  self->tls = TRUE;
  self->room_hosts = g_new0 (char *, 1);
  self->vars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

RdAccountSettings *
rd_account_settings_copy (const RdAccountSettings *self)
{
  RdAccountSettings *copy = rd_account_settings_new ();
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_return_val_if_fail (self != NULL, copy);

  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->profile = g_strdup (self->profile);
  copy->site = g_strdup (self->site);
  copy->user_id = g_strdup (self->user_id);
  copy->key = g_strdup (self->key);
  copy->cluster = g_strdup (self->cluster);
  copy->host = g_strdup (self->host);
  copy->port = self->port;
  copy->path = g_strdup (self->path);
  copy->tls = self->tls;
  copy->insecure = self->insecure;
  if (self->room_hosts != NULL)
    {
      g_strfreev (copy->room_hosts);
      copy->room_hosts = g_strdupv (self->room_hosts);
    }
  if (self->vars == NULL)
    return copy;
  g_hash_table_iter_init (&iter, self->vars);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (copy->vars, g_strdup (name), g_strdup (value));
  return copy;
}

void
rd_account_settings_free (RdAccountSettings *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->profile);
  g_free (self->site);
  g_free (self->user_id);
  g_free (self->key);
  g_free (self->cluster);
  g_free (self->host);
  g_free (self->path);
  g_strfreev (self->room_hosts);
  g_clear_pointer (&self->vars, g_hash_table_unref);
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

      if (!is_secret (name) && (field == NULL || !read_field (self, field, value)))
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

  switch (field->kind)
    {
    case FIELD_STRING:
      return *(char **) place != NULL && **(char **) place != '\0' ? g_variant_new_string (*(char **) place) : NULL;
    case FIELD_BOOLEAN:
      return g_variant_new_boolean (*(gboolean *) place);
    case FIELD_PORT:
      return *(guint *) place != 0 ? g_variant_new_uint32 (*(guint *) place) : NULL;
    case FIELD_STRINGS:
      strings = *(const char * const **) place;
      return strings != NULL ? g_variant_new_strv (strings, -1) : NULL;
    case FIELD_VARS:
      return vars_to_variant (*(GHashTable **) place);
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
  return id != NULL && check_id (id);
}

char *
rd_account_settings_suggest_id (const RdAccountSettings *self)
{
  g_autoptr (GUri) uri = self->site != NULL ? parse_site (self->site) : NULL;
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
