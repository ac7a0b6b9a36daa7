/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-check-private.h"

#include "rd-clean.h"
#include "rd-event.h"
#include "rd-fault.h"
#include "rd-fields.h"
#include "rd-json.h"
#include "rd-template.h"
#include "rd-value.h"

#include <string.h>

/* Says of a profile whether it may be built, or exactly where and why not. Strict: what it does not know is an error,
 * so that a slip of the pen is found by its writer and not by a call that does not ring. */

#define MAX_LIST 64
#define MAX_TEXT 200
#define MAX_COUNT 1000

gboolean
rd_check_fail (RdCheck *check, const char *format, ...)
{
  g_autofree char *said = NULL;
  g_autofree char *where = NULL;
  va_list args;

  va_start (args, format);
  said = g_strdup_vprintf (format, args);
  va_end (args);
  if (check->place->len > 0)
    where = g_strdup_printf ("%s: %s", check->source, check->place->str);
  g_assert (check->error == NULL);
  check->error = rd_fault_new (RD_FAULT_BAD_PROFILE, NULL, 0, said, where != NULL ? where : check->source);
  return FALSE;
}

/* Checks @node as the member @name of the place so far. */
gboolean
rd_check_member (RdCheck *check, const char *name, JsonNode *node, const RdRule *rule)
{
  gsize mark = check->place->len;

  if (mark > 0)
    g_string_append_c (check->place, '.');
  g_string_append (check->place, name);
  if (!rule->check (check, node, rule))
    return FALSE;
  g_string_truncate (check->place, mark);
  return TRUE;
}

static gboolean
check_element (RdCheck *check, guint index, JsonNode *node, const RdRule *rule)
{
  gsize mark = check->place->len;

  g_string_append_printf (check->place, "[%u]", index);
  if (!rule->check (check, node, rule))
    return FALSE;
  g_string_truncate (check->place, mark);
  return TRUE;
}

gboolean
rd_check_fail_at (RdCheck *check, const char *name, const char *reason)
{
  if (check->place->len > 0)
    g_string_append_c (check->place, '.');
  g_string_append (check->place, name);
  return rd_check_fail (check, "%s", reason);
}

/* Scalars */

gboolean
rd_check_format (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return rd_check_fail (check, "must be a number");
  if (json_node_get_int (node) != 1)
    return rd_check_fail (check, "only format 1 is known");
  return TRUE;
}

/* Seconds, or items of a page. */
gboolean
rd_check_count (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return rd_check_fail (check, "must be a number");
  if (json_node_get_int (node) < 1 || json_node_get_int (node) > MAX_COUNT)
    return rd_check_fail (check, "must be a number from 1 to 1000");
  return TRUE;
}

gboolean
rd_check_boolean (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return rd_check_fail (check, "must be true or false");
  return TRUE;
}

/* Any string that fits on a line; may be empty. */
gboolean
rd_check_line (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);
  g_autofree char *clean = NULL;

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  clean = rd_clean_text (text, MAX_TEXT);
  if (!g_str_equal (clean, text))
    return rd_check_fail (check, "too long, or has control characters");
  return TRUE;
}

gboolean
rd_check_text (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!rd_check_line (check, node, rule))
    return FALSE;
  if (*rd_json_string (node) == '\0')
    return rd_check_fail (check, "must not be empty");
  return TRUE;
}

/* A text all of whose characters are in @set. */
static gboolean
check_set (RdCheck *check, JsonNode *node, const char *set, gsize max, const char *what)
{
  const char *text = rd_json_string (node);
  gsize length = text != NULL ? strlen (text) : 0;

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  if (length == 0 || length > max || strspn (text, set) != length)
    return rd_check_fail (check, "not %s", what);
  return TRUE;
}

gboolean
rd_check_id (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_set (check, node, G_CSET_a_2_z G_CSET_DIGITS "-", 64, "an id of lower-case letters, digits and hyphens");
}

gboolean
rd_check_header (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_set (check, node, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-", 64, "the name of an HTTP header");
}

static gboolean
check_host (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_set (check, node, G_CSET_a_2_z G_CSET_DIGITS ".-:[]", 253, "a host, in lower case");
}

static gboolean
check_variable (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  if (!rd_template_is_variable (text, strlen (text)))
    return rd_check_fail (check, "not a variable's name");
  return TRUE;
}

gboolean
rd_check_word (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  if (!g_strv_contains (rule->words, text))
    return rd_check_fail (check, "“%s” is none of those known", text);
  return TRUE;
}

gboolean
rd_check_kind (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);
  RdEventKind kind = RD_EVENT_NOTICE;

  if (text == NULL)
    return rd_check_fail (check, "must be a string");
  /* Those after it are what replies list. */
  if (!rd_event_kind_from_string (text, &kind) || kind > RD_EVENT_PERSON_STATUS)
    return rd_check_fail (check, "“%s” is no kind of event", text);
  return TRUE;
}

static gboolean
check_template (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTemplate) template = NULL;

  if (!rd_check_line (check, node, rule))
    return FALSE;
  template = rd_template_new (rd_json_string (node), &error);
  if (template == NULL)
    return rd_check_fail (check, "%s", rd_fault_get_said (error));
  if (rd_template_is_number (template))
    return rd_check_fail (check, "“number:” has a place only in a JSON body");
  if (rd_template_is_boolean (template))
    return rd_check_fail (check, "“boolean:” has a place only in a JSON body");
  return TRUE;
}

gboolean
rd_check_path_template (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (!check_template (check, node, rule))
    return FALSE;
  if (text[0] != '/' || text[1] == '/')
    return rd_check_fail (check, "must start with one /");
  if (strpbrk (text, "?# \\") != NULL)
    return rd_check_fail (check, "must be a path alone; values of the query stand in “query”");
  return TRUE;
}

gboolean
rd_check_plain_path (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!rd_check_path_template (check, node, rule))
    return FALSE;
  if (strchr (rd_json_string (node), '{') != NULL)
    return rd_check_fail (check, "takes no placeholder");
  return TRUE;
}

/* For a browser: a query may stand behind it. */
gboolean
rd_check_page (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (!check_template (check, node, rule))
    return FALSE;
  if (text[0] != '/' || text[1] == '/')
    return rd_check_fail (check, "must start with one /");
  if (strpbrk (text, " \\") != NULL)
    return rd_check_fail (check, "not an address");
  return TRUE;
}

/* A channel's name with one field in it. */
gboolean
rd_check_channel_field (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (RdTemplate) template = NULL;
  const char *prefix, *suffix, *field;

  if (!check_template (check, node, rule))
    return FALSE;
  template = rd_template_new (rd_json_string (node), NULL);
  field = rd_template_get_only (template, &prefix, &suffix);
  if (field == NULL || !rd_fields_is_text (field))
    return rd_check_fail (check, "must hold one {field} of text");
  return TRUE;
}

gboolean
rd_check_value (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdValue) value = rd_value_new (node, &error);
  const char *inner;

  if (value != NULL)
    return TRUE;
  inner = rd_fault_get_where (error);
  g_string_append (check->place, inner != NULL ? inner : "");
  return rd_check_fail (check, "%s", rd_fault_get_said (error));
}

/* Lists and objects */

gboolean
rd_check_list (RdCheck *check, JsonNode *node, const RdRule *element)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return rd_check_fail (check, "must be a list");
  array = json_node_get_array (node);
  if (json_array_get_length (array) > MAX_LIST)
    return rd_check_fail (check, "too long");
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!check_element (check, i, json_array_get_element (array, i), element))
      return FALSE;
  return TRUE;
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
  static const RdRule template = { "", check_template };
  JsonObjectIter iter;
  const char *name = NULL;

  if (!rd_check_map (check, node, NULL, &template))
    return FALSE;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    if (strlen (name) > 64 || strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-") != strlen (name))
      return rd_check_fail_at (check, name, "not the name of an HTTP header");
  return TRUE;
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

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return rd_check_fail (check, "must be an object");
  /* Not a map as the others: the site's start has the name "". */
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!g_strv_contains (rule->words, name))
        return rd_check_fail_at (check, name, "is not known here");
      if (!rd_check_member (check, name, member, &page))
        return FALSE;
    }
  return TRUE;
}

gboolean
rd_check_variables (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule variable = { "", check_variable };

  return rd_check_list (check, node, &variable);
}

gboolean
rd_check_channels (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule channel = { "", check_template };

  return rd_check_list (check, node, &channel);
}

gboolean
rd_check_hosts (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule host = { "", check_host };

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

gboolean
rd_check_object (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return rd_check_fail (check, "must be an object");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      const RdRule *known = find_rule (rule->shape, name);

      if (known == NULL)
        return rd_check_fail_at (check, name, "is not known here");
      if (!rd_check_member (check, name, member, known))
        return FALSE;
    }
  for (const RdRule *known = rule->shape->rules; known->name != NULL; known++)
    if (known->required && rd_json_member (node, known->name) == NULL)
      return rd_check_fail_at (check, known->name, "is missing");
  return TRUE;
}

/* Every member of a map by the same rule; where @words is given, only these keys. */
gboolean
rd_check_map (RdCheck *check, JsonNode *node, const char *const *words, const RdRule *each)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return rd_check_fail (check, "must be an object");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (words != NULL && !g_strv_contains (words, name))
        return rd_check_fail_at (check, name, "is not known here");
      if (*name == '\0' || strlen (name) > MAX_TEXT)
        return rd_check_fail (check, "a member's name is empty or too long");
      if (!rd_check_member (check, name, member, each))
        return FALSE;
    }
  return TRUE;
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
  static const RdRule template = { "", check_template };

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
    return rd_check_fail (check, "“%s” is not among “fields”", name);
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
