/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-check-private.h"

#include "rd-fault.h"
#include "rd-fields.h"
#include "rd-json.h"
#include "rd-template.h"

#include <string.h>

/* How a profile's lists and objects are checked. A fault in one element is none of the next. */

#define MAX_LIST 64
#define MAX_NAME 200

static gboolean
check_element (RdCheck *check, guint index, JsonNode *node, const RdRule *rule)
{
  gsize mark = rd_check_enter_element (check, index);
  gboolean good = rule->check (check, node, rule);

  rd_check_leave (check, mark);
  return good;
}

static char **
dup_names (JsonNode *object)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  JsonObjectIter iter;
  const char *name = NULL;

  if (object != NULL && JSON_NODE_HOLDS_OBJECT (object))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (object));
      while (json_object_iter_next_ordered (&iter, &name, NULL))
        g_strv_builder_add (names, name);
    }
  return g_strv_builder_end (names);
}

/* @known: (transfer full): what might stand there */
static gboolean
fail_unknown (RdCheck *check, const char *name, char **known)
{
  gsize mark = rd_check_enter (check, name);

  rd_check_fail_known (check, "is not known here", known);
  rd_check_leave (check, mark);
  return FALSE;
}

gboolean
rd_check_list (RdCheck *check, JsonNode *node, const RdRule *element)
{
  JsonArray *array;
  gboolean good = TRUE;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return rd_check_fail (check, "must be a list");
  array = json_node_get_array (node);
  if (json_array_get_length (array) > MAX_LIST)
    return rd_check_fail (check, "too long");
  for (guint i = 0; i < json_array_get_length (array); i++)
    good &= check_element (check, i, json_array_get_element (array, i), element);
  return good;
}

gboolean
rd_check_texts (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule text = { "", rd_check_text };

  return rd_check_list (check, node, &text);
}

gboolean
rd_check_headers (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule template = { "", rd_check_template };
  JsonObjectIter iter;
  const char *name = NULL;
  gboolean good = TRUE;

  if (!rd_check_map (check, node, NULL, &template))
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (strlen (name) > 64 || strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-") != strlen (name))
      good = rd_check_fail_at (check, name, "not the name of an HTTP header");
  return good;
}

gboolean
rd_check_metas (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule text = { "", rd_check_text };

  return rd_check_map (check, node, NULL, &text);
}

gboolean
rd_check_words (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule word = { "", rd_check_word, FALSE, NULL, rule->words };

  return rd_check_list (check, node, &word);
}

gboolean
rd_check_pages (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule page = { "", rd_check_page };
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;
  gboolean good = TRUE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return rd_check_fail (check, "must be an object");
  /* Not a map as the others: the site's start has the name "". */
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    good &= g_strv_contains (rule->words, name) ? rd_check_member (check, name, member, &page)
                                                : fail_unknown (check, name, g_strdupv ((char **) rule->words));
  return good;
}

gboolean
rd_check_variables (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule variable = { "", rd_check_variable };

  return rd_check_list (check, node, &variable);
}

gboolean
rd_check_channels (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule channel = { "", rd_check_template };

  return rd_check_list (check, node, &channel);
}

gboolean
rd_check_hosts (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule host = { "", rd_check_host };

  return rd_check_list (check, node, &host);
}

gboolean
rd_check_key (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule field = { "", rd_check_word, FALSE, NULL, rd_fields_get_names () };

  if (!rd_check_list (check, node, &field))
    return FALSE;
  if (json_array_get_length (json_node_get_array (node)) == 0)
    return rd_check_fail (check, "names no field");
  return TRUE;
}

static const RdRule *
find_rule (const RdShape *shape, const char *name)
{
  for (const RdRule *rule = shape->rules; rule->name != NULL; rule++)
    if (g_str_equal (rule->name, name))
      return rule;
  return NULL;
}

static char **
dup_rules (const RdShape *shape)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (const RdRule *rule = shape->rules; rule->name != NULL; rule++)
    g_strv_builder_add (names, rule->name);
  return g_strv_builder_end (names);
}

gboolean
rd_check_object (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;
  gboolean good = TRUE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return rd_check_fail (check, "must be an object");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      const RdRule *known = find_rule (rule->shape, name);

      good &= known != NULL ? rd_check_member (check, name, member, known)
                            : fail_unknown (check, name, dup_rules (rule->shape));
    }
  for (const RdRule *known = rule->shape->rules; known->name != NULL; known++)
    if (known->required && rd_json_member (node, known->name) == NULL)
      good = rd_check_fail_at (check, known->name, "is missing");
  return good;
}

/* Every member of a map by the same rule; where @words is given, only these keys. */
gboolean
rd_check_map (RdCheck *check, JsonNode *node, const char *const *words, const RdRule *each)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;
  gboolean good = TRUE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return rd_check_fail (check, "must be an object");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (words != NULL && !g_strv_contains (words, name))
      good = fail_unknown (check, name, g_strdupv ((char **) words));
    else if (*name == '\0' || strlen (name) > MAX_NAME)
      good = rd_check_fail (check, "a member's name is empty or too long");
    else
      good &= rd_check_member (check, name, member, each);
  return good;
}

gboolean
rd_check_objects (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule object = { "", rd_check_object, FALSE, rule->shape };

  return rd_check_map (check, node, rule->words, &object);
}

gboolean
rd_check_templates (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule template = { "", rd_check_template };

  return rd_check_map (check, node, NULL, &template);
}

gboolean
rd_check_values (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule value = { "", rd_check_value };

  return rd_check_map (check, node, NULL, &value);
}

static gboolean
check_field_set (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule value = { "", rd_check_value };

  return rd_check_map (check, node, rd_fields_get_names (), &value);
}

gboolean
rd_check_field_sets (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule set = { "", check_field_set };

  return rd_check_map (check, node, NULL, &set);
}

/* A JSON object that is sent as it is. */
gboolean
rd_check_frame (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return JSON_NODE_HOLDS_OBJECT (node) || rd_check_fail (check, "must be an object");
}

gboolean
rd_check_object_list (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule object = { "", rd_check_object, FALSE, rule->shape };

  return rd_check_list (check, node, &object);
}

/* A set of its own, or the name of one in the profile's "fields". */
gboolean
rd_check_fields (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *name = rd_json_string (node);

  if (name == NULL)
    return check_field_set (check, node, rule);
  if (rd_json_member (rd_json_member (check->root, "fields"), name) == NULL)
    {
      g_autofree char *said = g_strdup_printf ("“%s” is not among “fields”", name);

      return rd_check_fail_known (check, said, dup_names (rd_json_member (check->root, "fields")));
    }
  return TRUE;
}

/* Any JSON, with templates for strings. */
gboolean
rd_check_body (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule inner = { "", rd_check_body };
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTemplate) template = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return rd_check_map (check, node, NULL, &inner);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return rd_check_list (check, node, &inner);
  if (rd_json_string (node) == NULL)
    return TRUE;
  template = rd_template_new (rd_json_string (node), &error);
  return template != NULL || rd_check_fail (check, "%s", rd_fault_get_said (error));
}
