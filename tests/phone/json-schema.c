/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "json-schema.h"

#include "rd-json.h"

#include <string.h>

/* A small JSON Schema validator: enough to hold the shipped profiles to their schema without a package more. */

typedef struct
{
  JsonNode *root;
  JsonNode *schema;
  JsonNode *instance;
  const char *place;
} Check;

static char *check (JsonNode *root, JsonNode *schema, JsonNode *instance, const char *place);

static char *
fail (const Check *self, const char *keyword)
{
  return g_strdup_printf ("%s: %s", *self->place != '\0' ? self->place : "/", keyword);
}

static guint
count (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node));
  return rd_json_string (node) != NULL ? (guint) g_utf8_strlen (rd_json_string (node), -1) : 0;
}

static gboolean
is_type (JsonNode *node, const char *type)
{
  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (node);
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (node);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  if (g_str_equal (type, "string"))
    return json_node_get_value_type (node) == G_TYPE_STRING;
  if (g_str_equal (type, "integer"))
    return json_node_get_value_type (node) == G_TYPE_INT64;
  g_assert_cmpstr (type, ==, "boolean");
  return json_node_get_value_type (node) == G_TYPE_BOOLEAN;
}

static gboolean
is_among (JsonNode *list, JsonNode *instance)
{
  JsonArray *array = json_node_get_array (list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (json_node_equal (json_array_get_element (array, i), instance))
      return TRUE;
  return FALSE;
}

static char *
check_names (const Check *self, JsonNode *names, const char *keyword)
{
  JsonArray *array = json_node_get_array (names);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (rd_json_member (self->instance, json_array_get_string_element (array, i)) == NULL)
      return fail (self, keyword);
  return NULL;
}

static char *
check_dependent (const Check *self, JsonNode *rules)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *names = NULL;
  char *wrong = NULL;

  json_object_iter_init (&iter, json_node_get_object (rules));
  while (wrong == NULL && json_object_iter_next (&iter, &name, &names))
    if (rd_json_member (self->instance, name) != NULL)
      wrong = check_names (self, names, "dependentRequired");
  return wrong;
}

static char *
check_members (const Check *self)
{
  JsonNode *properties = rd_json_member (self->schema, "properties");
  JsonNode *additional = rd_json_member (self->schema, "additionalProperties");
  JsonNode *names = rd_json_member (self->schema, "propertyNames");
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;
  char *wrong = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (self->instance));
  while (wrong == NULL && json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *place = g_strdup_printf ("%s/%s", self->place, name);
      g_autoptr (JsonNode) name_node = json_node_init_string (json_node_alloc (), name);
      JsonNode *known = rd_json_member (properties, name);

      if (names != NULL)
        wrong = check (self->root, names, name_node, place);
      if (wrong == NULL && known != NULL)
        wrong = check (self->root, known, member, place);
      else if (wrong == NULL && additional != NULL && JSON_NODE_HOLDS_OBJECT (additional))
        wrong = check (self->root, additional, member, place);
      else if (wrong == NULL && additional != NULL)
        wrong = g_strdup_printf ("%s: additionalProperties", place);
    }
  return wrong;
}

static char *
check_items (const Check *self, JsonNode *items)
{
  JsonArray *array = json_node_get_array (self->instance);
  char *wrong = NULL;

  for (guint i = 0; wrong == NULL && i < json_array_get_length (array); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s/%u", self->place, i);

      wrong = check (self->root, items, json_array_get_element (array, i), place);
    }
  return wrong;
}

static char *
check_any (const Check *self, JsonNode *list)
{
  JsonArray *array = json_node_get_array (list);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *wrong = check (self->root, json_array_get_element (array, i), self->instance, self->place);

      if (wrong == NULL)
        return NULL;
    }
  return fail (self, "anyOf");
}

static char *
check_ref (const Check *self, const char *ref)
{
  JsonNode *defs = rd_json_member (self->root, "$defs");

  g_assert_true (g_str_has_prefix (ref, "#/$defs/"));
  return check (self->root, rd_json_member (defs, ref + strlen ("#/$defs/")), self->instance, self->place);
}

static char *
check_keyword (const Check *self, const char *keyword, JsonNode *value)
{
  const gboolean is_object = JSON_NODE_HOLDS_OBJECT (self->instance);
  const gboolean is_array = JSON_NODE_HOLDS_ARRAY (self->instance);
  const char *text = rd_json_string (self->instance);
  gboolean good = TRUE;

  if (g_str_equal (keyword, "type"))
    good = is_type (self->instance, rd_json_string (value));
  else if (g_str_equal (keyword, "const"))
    good = json_node_equal (value, self->instance);
  else if (g_str_equal (keyword, "enum"))
    good = is_among (value, self->instance);
  else if (g_str_equal (keyword, "pattern"))
    good = text == NULL || g_regex_match_simple (rd_json_string (value), text, G_REGEX_DOLLAR_ENDONLY, 0);
  else if (g_str_equal (keyword, "minLength"))
    good = text == NULL || count (self->instance) >= json_node_get_int (value);
  else if (g_str_equal (keyword, "maxLength"))
    good = text == NULL || count (self->instance) <= json_node_get_int (value);
  else if (g_str_equal (keyword, "minItems"))
    good = !is_array || count (self->instance) >= json_node_get_int (value);
  else if (g_str_equal (keyword, "maxItems"))
    good = !is_array || count (self->instance) <= json_node_get_int (value);
  else if (g_str_equal (keyword, "minimum"))
    good = !is_type (self->instance, "integer") || json_node_get_int (self->instance) >= json_node_get_int (value);
  else if (g_str_equal (keyword, "maximum"))
    good = !is_type (self->instance, "integer") || json_node_get_int (self->instance) <= json_node_get_int (value);
  else if (g_str_equal (keyword, "required"))
    return is_object ? check_names (self, value, keyword) : NULL;
  else if (g_str_equal (keyword, "dependentRequired"))
    return is_object ? check_dependent (self, value) : NULL;
  else if (g_str_equal (keyword, "properties") || g_str_equal (keyword, "additionalProperties")
           || g_str_equal (keyword, "propertyNames"))
    return is_object ? check_members (self) : NULL;
  else if (g_str_equal (keyword, "items"))
    return is_array ? check_items (self, value) : NULL;
  else if (g_str_equal (keyword, "anyOf"))
    return check_any (self, value);
  else if (g_str_equal (keyword, "$ref"))
    return check_ref (self, rd_json_string (value));
  else if (strstr (" description title $schema $id $defs ", keyword) == NULL)
    g_error ("keyword %s of the schema is not known to the test", keyword);
  return good ? NULL : fail (self, keyword);
}

static char *
check (JsonNode *root, JsonNode *schema, JsonNode *instance, const char *place)
{
  const Check self = { root, schema, instance, place };
  JsonObjectIter iter;
  const char *keyword = NULL;
  JsonNode *value = NULL;
  char *wrong = NULL;

  g_assert_nonnull (schema);
  json_object_iter_init_ordered (&iter, json_node_get_object (schema));
  while (wrong == NULL && json_object_iter_next_ordered (&iter, &keyword, &value))
    wrong = check_keyword (&self, keyword, value);
  return wrong;
}

char *
json_schema_check (JsonNode *schema, JsonNode *instance)
{
  return check (schema, schema, instance, "");
}
