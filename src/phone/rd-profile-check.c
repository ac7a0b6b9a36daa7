/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-check.h"

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

struct _RdCheck
{
  JsonNode *root;
  const char *source;
  GString *place;
  GError *error;
};

static gboolean G_GNUC_PRINTF (2, 3)
fail (RdCheck *check, const char *format, ...)
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
static gboolean
check_member (RdCheck *check, const char *name, JsonNode *node, const RdRule *rule)
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

static gboolean
fail_at (RdCheck *check, const char *name, const char *reason)
{
  if (check->place->len > 0)
    g_string_append_c (check->place, '.');
  g_string_append (check->place, name);
  return fail (check, "%s", reason);
}

/* Scalars */

static gboolean
check_format (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return fail (check, "must be a number");
  if (json_node_get_int (node) != 1)
    return fail (check, "only format 1 is known");
  return TRUE;
}

static gboolean
check_boolean (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return fail (check, "must be true or false");
  return TRUE;
}

/* Any string that fits on a line; may be empty. */
static gboolean
check_line (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);
  g_autofree char *clean = NULL;

  if (text == NULL)
    return fail (check, "must be a string");
  clean = rd_clean_text (text, MAX_TEXT);
  if (!g_str_equal (clean, text))
    return fail (check, "too long, or has control characters");
  return TRUE;
}

static gboolean
check_text (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!check_line (check, node, rule))
    return FALSE;
  if (*rd_json_string (node) == '\0')
    return fail (check, "must not be empty");
  return TRUE;
}

/* A text all of whose characters are in @set. */
static gboolean
check_set (RdCheck *check, JsonNode *node, const char *set, gsize max, const char *what)
{
  const char *text = rd_json_string (node);
  gsize length = text != NULL ? strlen (text) : 0;

  if (text == NULL)
    return fail (check, "must be a string");
  if (length == 0 || length > max || strspn (text, set) != length)
    return fail (check, "not %s", what);
  return TRUE;
}

static gboolean
check_id (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  return check_set (check, node, G_CSET_a_2_z G_CSET_DIGITS "-", 64, "an id of lower-case letters, digits and hyphens");
}

static gboolean
check_header (RdCheck *check, JsonNode *node, const RdRule *rule)
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
    return fail (check, "must be a string");
  if (!rd_template_is_variable (text, strlen (text)))
    return fail (check, "not a variable's name");
  return TRUE;
}

static gboolean
check_word (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (text == NULL)
    return fail (check, "must be a string");
  if (!g_strv_contains (rule->words, text))
    return fail (check, "“%s” is none of those known", text);
  return TRUE;
}

static gboolean
check_kind (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (text == NULL)
    return fail (check, "must be a string");
  if (!rd_event_kind_from_string (text, NULL))
    return fail (check, "“%s” is no kind of event", text);
  return TRUE;
}

static gboolean
check_template (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTemplate) template = NULL;

  if (!check_line (check, node, rule))
    return FALSE;
  template = rd_template_new (rd_json_string (node), &error);
  if (template == NULL)
    return fail (check, "%s", rd_fault_get_said (error));
  if (rd_template_is_number (template))
    return fail (check, "“number:” has a place only in a JSON body");
  return TRUE;
}

static gboolean
check_path_template (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *text = rd_json_string (node);

  if (!check_template (check, node, rule))
    return FALSE;
  if (text[0] != '/' || text[1] == '/')
    return fail (check, "must start with one /");
  if (strpbrk (text, "?# \\") != NULL)
    return fail (check, "must be a path alone; values of the query stand in “query”");
  return TRUE;
}

static gboolean
check_plain_path (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  if (!check_path_template (check, node, rule))
    return FALSE;
  if (strchr (rd_json_string (node), '{') != NULL)
    return fail (check, "takes no placeholder");
  return TRUE;
}

static gboolean
check_value (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdValue) value = rd_value_new (node, &error);
  const char *inner;

  if (value != NULL)
    return TRUE;
  inner = rd_fault_get_where (error);
  g_string_append (check->place, inner != NULL ? inner : "");
  return fail (check, "%s", rd_fault_get_said (error));
}

/* Lists and objects */

static gboolean
check_list (RdCheck *check, JsonNode *node, const RdRule *element)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail (check, "must be a list");
  array = json_node_get_array (node);
  if (json_array_get_length (array) > MAX_LIST)
    return fail (check, "too long");
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!check_element (check, i, json_array_get_element (array, i), element))
      return FALSE;
  return TRUE;
}

static gboolean
check_texts (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule text = { "", check_text };

  return check_list (check, node, &text);
}

static gboolean
check_variables (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule variable = { "", check_variable };

  return check_list (check, node, &variable);
}

static gboolean
check_channels (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule channel = { "", check_template };

  return check_list (check, node, &channel);
}

static gboolean
check_hosts (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule host = { "", check_host };

  return check_list (check, node, &host);
}

static gboolean
check_key (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule field = { "", check_word, FALSE, NULL, rd_fields_get_names () };

  if (!check_list (check, node, &field))
    return FALSE;
  if (json_array_get_length (json_node_get_array (node)) == 0)
    return fail (check, "names no field");
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

static gboolean
check_object (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (check, "must be an object");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      const RdRule *known = find_rule (rule->shape, name);

      if (known == NULL)
        return fail_at (check, name, "is not known here");
      if (!check_member (check, name, member, known))
        return FALSE;
    }
  for (const RdRule *known = rule->shape->rules; known->name != NULL; known++)
    if (known->required && rd_json_member (node, known->name) == NULL)
      return fail_at (check, known->name, "is missing");
  return TRUE;
}

/* Every member of a map by the same rule; where @words is given, only these keys. */
static gboolean
check_map (RdCheck *check, JsonNode *node, const char *const *words, const RdRule *each)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail (check, "must be an object");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (words != NULL && !g_strv_contains (words, name))
        return fail_at (check, name, "is not known here");
      if (*name == '\0' || strlen (name) > MAX_TEXT)
        return fail (check, "a member's name is empty or too long");
      if (!check_member (check, name, member, each))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_objects (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule object = { "", check_object, FALSE, rule->shape };

  return check_map (check, node, rule->words, &object);
}

static gboolean
check_templates (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule template = { "", check_template };

  return check_map (check, node, NULL, &template);
}

static gboolean
check_values (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule value = { "", check_value };

  return check_map (check, node, NULL, &value);
}

static gboolean
check_field_set (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule value = { "", check_value };

  return check_map (check, node, rd_fields_get_names (), &value);
}

static gboolean
check_field_sets (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule set = { "", check_field_set };

  return check_map (check, node, NULL, &set);
}

/* A set of its own, or the name of one in the profile's "fields". */
static gboolean
check_fields (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const char *name = rd_json_string (node);

  if (name == NULL)
    return check_field_set (check, node, rule);
  if (rd_json_member (rd_json_member (check->root, "fields"), name) == NULL)
    return fail (check, "“%s” is not among “fields”", name);
  return TRUE;
}

/* Any JSON, with templates for strings. */
static gboolean
check_body (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  static const RdRule inner = { "", check_body };
  g_autoptr (GError) error = NULL;
  g_autoptr (RdTemplate) template = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return check_map (check, node, NULL, &inner);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return check_list (check, node, &inner);
  if (rd_json_string (node) == NULL)
    return TRUE;
  template = rd_template_new (rd_json_string (node), &error);
  return template != NULL || fail (check, "%s", rd_fault_get_said (error));
}

/* The tables */

static const char *const encodings[] = { "json", "form", NULL };
static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };
static const char *const action_names[] = {
  "place", "place-by-email", "answer", "reject", "end", "active-call", "calls", "heartbeat", "refresh", "user",
  "invoices", NULL
};

static const RdRule token_rules[] = { { "header", check_header, TRUE }, { "prefix", check_line, TRUE }, { NULL } };

static const RdRule authorise_rules[] = {
  { "path", check_plain_path, TRUE },
  { "encoding", check_word, TRUE, NULL, encodings },
  { NULL },
};

static const RdRule room_rules[] = { { "hosts", check_hosts, TRUE }, { NULL } };

static const RdRule failed_rules[] = { { "path", check_value, TRUE }, { "is", check_boolean, TRUE }, { NULL } };

static const RdShape failed_shape = { "failed", failed_rules };

static const RdRule errors_rules[] = {
  { "said", check_value, TRUE },
  { "failed", check_object, FALSE, &failed_shape },
  { NULL },
};

static const RdRule statuses_rules[] = {
  { "pending", check_texts },
  { "active", check_texts },
  { "rejected", check_texts },
  { "completed", check_texts },
  { NULL },
};

static const RdRule event_rules[] = {
  { "is", check_kind, TRUE },
  { "also", check_texts },
  { "fields", check_fields, TRUE },
  { "key", check_key },
  { NULL },
};

static const RdRule calls_rules[] = { { "at", check_value, TRUE }, { "fields", check_fields, TRUE }, { NULL } };

static const RdShape calls_shape = { "calls", calls_rules };

static const RdRule reply_rules[] = {
  { "calls", check_object, FALSE, &calls_shape },
  { "values", check_values },
  { "lists", check_values },
  { NULL },
};

static const RdShape reply_shape = { "reply", reply_rules };

static const RdRule action_rules[] = {
  { "method", check_word, TRUE, NULL, methods },
  { "path", check_path_template, TRUE },
  { "query", check_templates },
  { "encoding", check_word, FALSE, NULL, encodings },
  { "body", check_body },
  { "reply", check_object, FALSE, &reply_shape },
  { NULL },
};

static const RdShape token_shape = { "token", token_rules };
static const RdShape authorise_shape = { "authorise", authorise_rules };
static const RdShape room_shape = { "room", room_rules };
static const RdShape errors_shape = { "errors", errors_rules };
static const RdShape statuses_shape = { "statuses", statuses_rules };
static const RdShape event_shape = { "event", event_rules };
static const RdShape action_shape = { "action", action_rules };

/* An action's body must fit its method and encoding. */
static gboolean
check_action (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  JsonNode *body = rd_json_member (node, "body");
  const char *encoding = rd_json_string (rd_json_member (node, "encoding"));

  if (!check_object (check, node, rule))
    return FALSE;
  if ((body == NULL) != (encoding == NULL))
    return fail_at (check, body == NULL ? "body" : "encoding", "“encoding” and “body” stand together");
  if (body != NULL && g_str_equal (rd_json_string (rd_json_member (node, "method")), "GET"))
    return fail_at (check, "body", "a GET has none");
  if (body != NULL && !JSON_NODE_HOLDS_OBJECT (body))
    return fail_at (check, "body", "must be an object");
  if (g_strcmp0 (encoding, "form") == 0)
    return check_member (check, "body", body, &(const RdRule){ "body", check_templates });
  return TRUE;
}

static gboolean
check_actions (RdCheck *check, JsonNode *node, const RdRule *rule)
{
  const RdRule action = { "", check_action, FALSE, rule->shape };

  return check_map (check, node, rule->words, &action);
}

static const RdRule profile_rules[] = {
  { "$schema", check_text },
  { "format", check_format, TRUE },
  { "id", check_id, TRUE },
  { "name", check_text, TRUE },
  { "token", check_object, FALSE, &token_shape },
  { "authorise", check_object, FALSE, &authorise_shape },
  { "channels", check_channels, TRUE },
  { "needs", check_variables },
  { "room", check_object, FALSE, &room_shape },
  { "errors", check_object, FALSE, &errors_shape },
  { "statuses", check_object, FALSE, &statuses_shape },
  { "fields", check_field_sets },
  { "events", check_objects, TRUE, &event_shape },
  { "actions", check_actions, FALSE, &action_shape, action_names },
  { NULL },
};

static const RdShape profile_shape = { "", profile_rules };

static const RdShape *const shapes[] = {
  &profile_shape, &token_shape, &authorise_shape, &room_shape,   &errors_shape, &failed_shape,
  &statuses_shape, &event_shape, &action_shape,   &reply_shape, &calls_shape,  NULL,
};

const RdShape *const *
rd_profile_get_shapes (void)
{
  return shapes;
}

const char *const *
rd_profile_get_actions (void)
{
  return action_names;
}

gboolean
rd_profile_check (JsonNode *root, const char *source, GError **error)
{
  static const RdRule profile = { "", check_object, TRUE, &profile_shape };
  RdCheck check = { root, source, g_string_new (NULL), NULL };

  g_return_val_if_fail (root != NULL, FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  check_object (&check, root, &profile);
  g_string_free (check.place, TRUE);
  if (check.error == NULL)
    return TRUE;
  g_propagate_error (error, check.error);
  return FALSE;
}
