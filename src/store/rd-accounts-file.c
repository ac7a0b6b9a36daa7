/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-accounts-file"

#include "config.h"

#include "rd-accounts-file.h"

#include "rd-account-settings-private.h"
#include "rd-fault.h"
#include "rd-json.h"

#include <string.h>

/* The accounts file's JSON to account settings and back. Each member goes through a GVariant into the one table of
 * fields, so that nothing is checked twice in two ways. */

#define FORMAT 1

/* (nullable): json-glib may make half a character of an escape, which no GVariant takes. */
static const char *
get_text (JsonNode *node)
{
  const char *text = rd_json_string (node);

  return text != NULL && g_utf8_validate (text, -1, NULL) ? text : NULL;
}

static GVariant *
strings_to_variant (JsonArray *array)
{
  guint n = json_array_get_length (array);
  GVariantBuilder builder;

  for (guint i = 0; i < n; i++)
    if (get_text (json_array_get_element (array, i)) == NULL)
      return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < n; i++)
    g_variant_builder_add (&builder, "s", get_text (json_array_get_element (array, i)));
  return g_variant_builder_end (&builder);
}

static GVariant *
vars_to_variant (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  GVariantBuilder builder;

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_utf8_validate (l->data, -1, NULL) || get_text (json_object_get_member (object, l->data)) == NULL)
      return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  for (GList *l = names; l != NULL; l = l->next)
    g_variant_builder_add (&builder, "{ss}", l->data, get_text (json_object_get_member (object, l->data)));
  return g_variant_builder_end (&builder);
}

static gboolean
is_boolean (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static GVariant *
switches_to_variant (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  GVariantBuilder builder;

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_utf8_validate (l->data, -1, NULL) || !is_boolean (json_object_get_member (object, l->data)))
      return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sb}"));
  for (GList *l = names; l != NULL; l = l->next)
    g_variant_builder_add (&builder, "{sb}", l->data, json_object_get_boolean_member (object, l->data));
  return g_variant_builder_end (&builder);
}

/* An object of texts, or one of switches: its first member tells. */
static GVariant *
object_to_variant (JsonObject *object)
{
  JsonObjectIter iter;
  JsonNode *first = NULL;

  json_object_iter_init (&iter, object);
  if (json_object_iter_next (&iter, NULL, &first) && is_boolean (first))
    return switches_to_variant (object);
  return vars_to_variant (object);
}

/* (nullable) (transfer floating): NULL for what no field can be */
static GVariant *
member_to_variant (JsonNode *node)
{
  gint64 number;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return strings_to_variant (json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node))
    return object_to_variant (json_node_get_object (node));
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_variant_new_boolean (json_node_get_boolean (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      number = json_node_get_int (node);
      return number >= 0 && number <= G_MAXUINT32 ? g_variant_new_uint32 ((guint32) number) : NULL;
    }
  return get_text (node) != NULL ? g_variant_new_string (get_text (node)) : NULL;
}

static GError *
bad_member (const char *name)
{
  return rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, g_utf8_validate (name, -1, NULL) ? name : NULL);
}

/* (nullable) (transfer floating) */
static GVariant *
entry_to_variant (JsonObject *object, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (object);
  g_autoptr (GVariantDict) dict = g_variant_dict_new (NULL);

  for (GList *l = names; l != NULL; l = l->next)
    {
      GVariant *value = NULL;

      if (g_utf8_validate (l->data, -1, NULL))
        value = member_to_variant (json_object_get_member (object, l->data));
      if (value == NULL)
        {
          g_propagate_error (error, bad_member (l->data));
          return NULL;
        }
      g_variant_dict_insert_value (dict, l->data, value);
    }
  return g_variant_dict_end (dict);
}

static RdAccountSettings *
parse_entry (JsonNode *node, GError **error)
{
  g_autoptr (GVariant) entry = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, NULL));
      return NULL;
    }
  entry = entry_to_variant (json_node_get_object (node), error);
  if (entry == NULL)
    return NULL;
  g_variant_ref_sink (entry);
  return rd_account_settings_read (entry, TRUE, error);
}

static gboolean
has_id (GPtrArray *accounts, const char *id)
{
  for (guint i = 0; i < accounts->len; i++)
    if (g_str_equal (((RdAccountSettings *) accounts->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static void
note_bad_entry (GError **bad_entry, guint index, const char *member)
{
  g_autofree char *where = NULL;

  if (bad_entry == NULL || *bad_entry != NULL)
    return;
  where = g_strdup_printf ("accounts[%u]%s%s", index, *member != '\0' ? "." : "", member);
  *bad_entry = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, where);
}

static GPtrArray *
parse_entries (JsonArray *array, GError **bad_entry)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_account_settings_free);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RdAccountSettings) settings = parse_entry (json_array_get_element (array, i), &error);

      if (settings == NULL)
        note_bad_entry (bad_entry, i, rd_fault_get_where (error) != NULL ? rd_fault_get_where (error) : "");
      else if (accounts->len >= RD_ACCOUNTS_MAX)
        note_bad_entry (bad_entry, i, "");
      else if (has_id (accounts, settings->id))
        note_bad_entry (bad_entry, i, "id");
      else
        g_ptr_array_add (accounts, g_steal_pointer (&settings));
    }
  return g_steal_pointer (&accounts);
}

static JsonNode *
variant_to_node (GVariant *value)
{
  JsonNode *node;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    return json_gvariant_serialize (value);
  node = json_node_alloc ();
  return json_node_init_int (node, g_variant_get_uint32 (value));
}

static JsonNode *
entry_to_node (const RdAccountSettings *settings)
{
  g_autoptr (GVariant) entry = g_variant_ref_sink (rd_account_settings_to_variant (settings));
  g_autoptr (JsonObject) object = json_object_new ();
  GVariantIter iter;
  const char *name;
  GVariant *value;

  g_variant_iter_init (&iter, entry);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      json_object_set_member (object, name, variant_to_node (value));
      g_variant_unref (value);
    }
  return json_node_init_object (json_node_alloc (), object);
}

GBytes *
rd_accounts_file_format (GPtrArray *accounts)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *array = json_array_new ();
  gsize length;
  char *text;

  for (guint i = 0; i < accounts->len; i++)
    json_array_add_element (array, entry_to_node (accounts->pdata[i]));
  json_object_set_int_member (object, "format", FORMAT);
  json_object_set_array_member (object, "accounts", array);
  json_node_set_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}

GPtrArray *
rd_accounts_file_parse (GBytes *text, GError **bad_entry, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  g_autoptr (JsonNode) root = rd_json_parse (data != NULL ? data : "", (gssize) length, error);
  JsonNode *format;
  JsonNode *accounts;

  if (root == NULL)
    return NULL;
  format = rd_json_member (root, "format");
  accounts = rd_json_member (root, "accounts");
  if (format == NULL || !JSON_NODE_HOLDS_VALUE (format) || json_node_get_value_type (format) != G_TYPE_INT64 ||
      json_node_get_int (format) != FORMAT)
    g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "format"));
  else if (accounts == NULL || !JSON_NODE_HOLDS_ARRAY (accounts))
    g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "accounts"));
  else
    return parse_entries (json_node_get_array (accounts), bad_entry);
  return NULL;
}
