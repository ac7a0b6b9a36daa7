/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-value"

#include "config.h"

#include "rd-value.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-json.h"

/* One value of a reply or an event, wherever this or that revision of a site puts it. */

#define MAX_ALTERNATIVES 16
#define MAX_LIST 500

/* One alternative: one path, several to be joined, or what is always so. */
typedef struct
{
  GPtrArray *paths;   /* RdPath; empty: constant */
  JsonNode *constant; /* or NULL */
} Alternative;

struct _RdValue
{
  GPtrArray *alternatives; /* Alternative */
};

static void
set_error (GError **error, const char *reason, const char *where)
{
  g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, reason, where));
}

static void
free_alternative (gpointer data)
{
  Alternative *alternative = data;

  g_ptr_array_unref (alternative->paths);
  g_clear_pointer (&alternative->constant, json_node_unref);
  g_free (alternative);
}

static gboolean
add_path (Alternative *alternative, JsonNode *json, const char *where, GError **error)
{
  g_autoptr (GError) reason = NULL;
  const char *text = rd_json_string (json);
  RdPath *path = text != NULL ? rd_path_new (text, &reason) : NULL;

  if (path == NULL)
    {
      set_error (error, reason != NULL ? rd_fault_get_said (reason) : "must be a JSON path", where);
      return FALSE;
    }
  g_ptr_array_add (alternative->paths, path);
  return TRUE;
}

static gboolean
add_constant (Alternative *alternative, JsonNode *json, const char *where, GError **error)
{
  JsonNode *constant = rd_json_member (json, "const");

  if (rd_json_string (constant) == NULL || json_object_get_size (json_node_get_object (json)) != 1)
    {
      set_error (error, "{\"const\": …} holds one text", where);
      return FALSE;
    }
  alternative->constant = json_node_ref (constant);
  return TRUE;
}

static gboolean
add_joined (Alternative *alternative, JsonNode *json, const char *where, GError **error)
{
  JsonNode *parts = rd_json_member (json, "join");
  JsonArray *array;

  if (parts == NULL || json_object_get_size (json_node_get_object (json)) != 1 || !JSON_NODE_HOLDS_ARRAY (parts))
    {
      set_error (error, "must be a JSON path, {\"join\": [paths]} or {\"const\": text}", where);
      return FALSE;
    }
  array = json_node_get_array (parts);
  if (json_array_get_length (array) < 2 || json_array_get_length (array) > MAX_ALTERNATIVES)
    {
      set_error (error, "joins two or more paths", where);
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *inner = g_strdup_printf ("%s.join[%u]", where, i);

      if (!add_path (alternative, json_array_get_element (array, i), inner, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_alternative (RdValue *self, JsonNode *json, const char *where, GError **error)
{
  Alternative *alternative = g_new0 (Alternative, 1);

  alternative->paths = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_path_free);
  g_ptr_array_add (self->alternatives, alternative);
  if (rd_json_member (json, "const") != NULL)
    return add_constant (alternative, json, where, error);
  if (JSON_NODE_HOLDS_OBJECT (json))
    return add_joined (alternative, json, where, error);
  return add_path (alternative, json, where, error);
}

static gboolean
add_list (RdValue *self, JsonArray *array, GError **error)
{
  guint length = json_array_get_length (array);

  if (length == 0 || length > MAX_ALTERNATIVES)
    {
      set_error (error, "holds no path, or too many", "");
      return FALSE;
    }
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *where = g_strdup_printf ("[%u]", i);

      if (!add_alternative (self, json_array_get_element (array, i), where, error))
        return FALSE;
    }
  return TRUE;
}

RdValue *
rd_value_new (JsonNode *json, GError **error)
{
  g_autoptr (RdValue) self = g_new0 (RdValue, 1);
  gboolean good;

  g_return_val_if_fail (json != NULL, NULL);

  self->alternatives = g_ptr_array_new_with_free_func (free_alternative);
  if (JSON_NODE_HOLDS_ARRAY (json))
    good = add_list (self, json_node_get_array (json), error);
  else
    good = add_alternative (self, json, "", error);
  return good ? g_steal_pointer (&self) : NULL;
}

void
rd_value_free (RdValue *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->alternatives);
  g_free (self);
}

/* NULL for an empty text: the next alternative may have one. */
static char *
read_text (JsonNode *node, gsize max_chars)
{
  char *text = rd_json_dup_text (node, max_chars);

  if (text != NULL && *g_strstrip (text) == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

static char *
read_https (JsonNode *node)
{
  char *url = rd_json_dup_exact (node, RD_CLEAN_URL);

  if (url != NULL && g_ascii_strncasecmp (url, "https://", 8) != 0)
    g_clear_pointer (&url, g_free);
  return url;
}

static char *
read_as (JsonNode *node, RdValueType type)
{
  switch (type)
    {
    case RD_VALUE_ID:
      return rd_json_dup_id (node);
    case RD_VALUE_NAME:
      return read_text (node, RD_CLEAN_NAME);
    case RD_VALUE_TEXT:
      return read_text (node, RD_CLEAN_TEXT);
    case RD_VALUE_SAID:
      return read_text (node, RD_CLEAN_SAID);
    case RD_VALUE_URL:
      return rd_json_dup_exact (node, RD_CLEAN_URL);
    case RD_VALUE_HTTPS_URL:
      return read_https (node);
    case RD_VALUE_TOKEN:
      return rd_json_dup_exact (node, RD_CLEAN_TOKEN);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* (nullable): what stands where the alternative says, or first says. */
static JsonNode *
find_in (Alternative *alternative, JsonNode *root)
{
  if (alternative->constant != NULL)
    return alternative->constant;
  return rd_path_find (g_ptr_array_index (alternative->paths, 0), root);
}

/* The parts that are there, with spaces between; NULL if none is. */
static char *
join (Alternative *alternative, JsonNode *root, RdValueType type)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < alternative->paths->len; i++)
    {
      JsonNode *node = rd_path_find (g_ptr_array_index (alternative->paths, i), root);
      g_autofree char *part = node != NULL ? read_as (node, type) : NULL;

      if (part == NULL)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ' ');
      g_string_append (text, part);
    }
  if (text->len == 0)
    return NULL;
  return rd_clean_text (text->str, type == RD_VALUE_NAME ? RD_CLEAN_NAME : RD_CLEAN_TEXT);
}

char *
rd_value_dup (RdValue *self, JsonNode *root, RdValueType type)
{
  char *text = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (root != NULL, NULL);

  for (guint i = 0; text == NULL && i < self->alternatives->len; i++)
    {
      Alternative *alternative = g_ptr_array_index (self->alternatives, i);
      JsonNode *node;

      if (alternative->paths->len > 1)
        {
          text = join (alternative, root, type);
          continue;
        }
      node = find_in (alternative, root);
      text = node != NULL ? read_as (node, type) : NULL;
    }
  return text;
}

JsonNode *
rd_value_find (RdValue *self, JsonNode *root)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (root != NULL, NULL);

  for (guint i = 0; i < self->alternatives->len; i++)
    {
      Alternative *alternative = g_ptr_array_index (self->alternatives, i);
      JsonNode *node = find_in (alternative, root);

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
        return node;
    }
  return NULL;
}

gboolean
rd_value_is_said (RdValue *self, JsonNode *root)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (root != NULL, FALSE);

  for (guint i = 0; i < self->alternatives->len; i++)
    if (find_in (g_ptr_array_index (self->alternatives, i), root) != NULL)
      return TRUE;
  return FALSE;
}

gint64
rd_value_get_time (RdValue *self, JsonNode *root)
{
  gint64 when = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (root != NULL, 0);

  for (guint i = 0; when == 0 && i < self->alternatives->len; i++)
    {
      Alternative *alternative = g_ptr_array_index (self->alternatives, i);

      when = rd_json_get_time (find_in (alternative, root));
    }
  return when;
}

gint64
rd_value_get_count (RdValue *self, JsonNode *root)
{
  gint64 count = -1;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (root != NULL, -1);

  for (guint i = 0; count < 0 && i < self->alternatives->len; i++)
    {
      Alternative *alternative = g_ptr_array_index (self->alternatives, i);

      count = rd_json_get_count (find_in (alternative, root));
    }
  return count;
}

RdEventAnswer
rd_value_get_answer (RdValue *self, JsonNode *root)
{
  JsonNode *node = rd_value_find (self, root);
  const char *text = rd_json_string (node);
  gboolean yes;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return RD_EVENT_UNSAID;
  if (text != NULL)
    yes = *text != '\0' && !g_str_equal (text, "0") && g_ascii_strcasecmp (text, "false") != 0
          && g_ascii_strcasecmp (text, "no") != 0;
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    yes = json_node_get_boolean (node);
  else
    yes = json_node_get_double (node) < 0 || json_node_get_double (node) > 0;
  return yes ? RD_EVENT_YES : RD_EVENT_NO;
}

char **
rd_value_dup_list (RdValue *self, JsonNode *root)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  g_return_val_if_fail (self != NULL, g_new0 (char *, 1));
  g_return_val_if_fail (root != NULL, g_new0 (char *, 1));

  for (guint i = 0; list->len == 0 && i < self->alternatives->len; i++)
    {
      Alternative *alternative = g_ptr_array_index (self->alternatives, i);
      g_autoptr (GPtrArray) found = NULL;

      if (alternative->constant != NULL)
        continue;
      found = rd_path_find_all (g_ptr_array_index (alternative->paths, 0), root, MAX_LIST);
      for (guint j = 0; j < found->len; j++)
        {
          char *id = rd_json_dup_id (g_ptr_array_index (found, j));

          if (id != NULL)
            g_ptr_array_add (list, id);
        }
    }
  g_ptr_array_add (list, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
}

guint
rd_value_get_length (RdValue *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->alternatives->len;
}

RdValue *
rd_value_pick (RdValue *self, guint index)
{
  RdValue *one = g_new0 (RdValue, 1);

  g_return_val_if_fail (self != NULL && index < self->alternatives->len, one);

  one->alternatives = g_ptr_array_new ();
  g_ptr_array_add (one->alternatives, g_ptr_array_index (self->alternatives, index));
  return one;
}

static void
append_alternative (GString *text, Alternative *alternative)
{
  if (alternative->constant != NULL)
    {
      g_autofree char *constant = json_to_string (alternative->constant, FALSE);

      g_string_append_printf (text, "{\"const\": %s}", constant);
      return;
    }
  if (alternative->paths->len > 1)
    g_string_append (text, "{\"join\": [");
  for (guint i = 0; i < alternative->paths->len; i++)
    {
      g_autofree char *path = rd_path_to_string (g_ptr_array_index (alternative->paths, i));

      g_string_append_printf (text, alternative->paths->len > 1 ? "%s\"%s\"" : "%s%s", i > 0 ? ", " : "", path);
    }
  if (alternative->paths->len > 1)
    g_string_append (text, "]}");
}

char *
rd_value_to_string (RdValue *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  for (guint i = 0; i < self->alternatives->len; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      append_alternative (text, g_ptr_array_index (self->alternatives, i));
    }
  return g_string_free (text, FALSE);
}
