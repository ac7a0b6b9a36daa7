/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-path"

#include "config.h"

#include "rd-path.h"

#include "rd-fault.h"

#include <string.h>

/* A compiled JsonPath. Own code, for two reasons: a match runs for every field of every event, and json-glib's
 * JsonPath cannot be given untrusted input (1.6: "[0]" of an empty array is a critical, an open quote in an
 * expression aborts). */

#define MAX_STEPS 32
#define MAX_INDEX 100000

typedef enum
{
  STEP_MEMBER,  /* .name */
  STEP_INDEX,   /* [0] */
  STEP_EACH,    /* [*] and .* */
  STEP_ANYWHERE /* ..name */
} StepKind;

typedef struct
{
  StepKind kind;
  guint index;
  char *name;
} Step;

struct _RdPath
{
  GArray *steps; /* Step */
};

static void
clear_step (gpointer data)
{
  Step *step = data;

  g_free (step->name);
}

static void
add_step (RdPath *self, StepKind kind, const char *name, gsize length, guint index)
{
  Step step = { kind, index, name != NULL ? g_strndup (name, length) : NULL };

  g_array_append_val (self->steps, step);
}

/* ".name", "..name", ".*"; each parser below moves *@at behind what it took, or returns why it cannot. */
static const char *
parse_dot (RdPath *self, const char **at)
{
  StepKind kind = STEP_MEMBER;
  const char *name = *at + 1;
  gsize length;

  if (*name == '.')
    {
      /* Two of them would match in as many ways as the data cares to nest. */
      for (guint i = 0; i < self->steps->len; i++)
        if (g_array_index (self->steps, Step, i).kind == STEP_ANYWHERE)
          return "\"..\" stands twice";
      kind = STEP_ANYWHERE;
      name++;
    }
  if (*name == '*')
    {
      if (kind == STEP_ANYWHERE)
        return "\"..\" needs a name";
      add_step (self, STEP_EACH, NULL, 0, 0);
      *at = name + 1;
      return NULL;
    }
  length = strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-");
  if (length == 0)
    return "a name is missing after the dot";
  add_step (self, kind, name, length, 0);
  *at = name + length;
  return NULL;
}

/* "[0]", "[*]", "['any name']" */
static const char *
parse_bracket (RdPath *self, const char **at)
{
  const char *inner = *at + 1;
  const char *end;
  char *after = NULL;

  if (*inner == '\'')
    {
      end = strchr (++inner, '\'');
      if (end == NULL || end == inner || end[1] != ']')
        return "a quoted name is not closed";
      add_step (self, STEP_MEMBER, inner, (gsize) (end - inner), 0);
      *at = end + 2;
      return NULL;
    }
  if (g_str_has_prefix (inner, "*]"))
    {
      add_step (self, STEP_EACH, NULL, 0, 0);
      *at = inner + 2;
      return NULL;
    }
  if (!g_ascii_isdigit (*inner))
    return "a bracket holds neither a number, a star nor a quoted name";
  {
    guint64 index = g_ascii_strtoull (inner, &after, 10);

    if (*after != ']' || index > MAX_INDEX)
      return "not an index";
    add_step (self, STEP_INDEX, NULL, 0, (guint) index);
  }
  *at = after + 1;
  return NULL;
}

static const char *
parse (RdPath *self, const char *text)
{
  const char *at = text;
  const char *reason = NULL;

  if (*at++ != '$')
    return "a JSON path starts with $";
  while (reason == NULL && *at != '\0')
    {
      if (*at == '.')
        reason = parse_dot (self, &at);
      else if (*at == '[')
        reason = parse_bracket (self, &at);
      else
        reason = "unexpected character in a JSON path";
      if (self->steps->len > MAX_STEPS)
        reason = "too many steps";
    }
  return reason;
}

typedef struct
{
  const Step *steps;
  guint n_steps;
  guint max;
  GPtrArray *found;
} Match;

/* The two below call each other. */
static void walk (Match *match, guint at, JsonNode *node);

/* Tries the rest of the path on every child of @node. Ordered as the site wrote them. */
static void
walk_children (Match *match, guint at, JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint length = json_array_get_length (array);

      for (guint i = 0; i < length && match->found->len < match->max; i++)
        walk (match, at, json_array_get_element (array, i));
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name = NULL; /* json-glib 1.6 crashes without */
      JsonNode *child = NULL;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (match->found->len < match->max && json_object_iter_next_ordered (&iter, &name, &child))
        walk (match, at, child);
    }
}

static JsonNode *
get_member (JsonNode *node, const char *name)
{
  return JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), name) : NULL;
}

static JsonNode *
get_element (JsonNode *node, guint index)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  return array != NULL && index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

static void
walk (Match *match, guint at, JsonNode *node)
{
  const Step *step;

  if (node == NULL || match->found->len >= match->max)
    return;
  if (at == match->n_steps)
    {
      g_ptr_array_add (match->found, node);
      return;
    }
  step = &match->steps[at];
  switch (step->kind)
    {
    case STEP_MEMBER:
      walk (match, at + 1, get_member (node, step->name));
      break;
    case STEP_INDEX:
      walk (match, at + 1, get_element (node, step->index));
      break;
    case STEP_EACH:
      walk_children (match, at + 1, node);
      break;
    case STEP_ANYWHERE:
      walk (match, at + 1, get_member (node, step->name));
      walk_children (match, at, node);
      break;
    default:
      g_assert_not_reached ();
    }
}

RdPath *
rd_path_new (const char *text, GError **error)
{
  g_autoptr (RdPath) self = g_new0 (RdPath, 1);
  const char *reason;

  g_return_val_if_fail (text != NULL, NULL);

  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
  reason = parse (self, text);
  if (reason != NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, reason, NULL));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
rd_path_free (RdPath *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->steps);
  g_free (self);
}

static gboolean
is_plain (const char *name)
{
  return strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-") == strlen (name);
}

char *
rd_path_to_string (RdPath *self)
{
  GString *text = g_string_new ("$");

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  for (guint i = 0; i < self->steps->len; i++)
    {
      const Step *step = &g_array_index (self->steps, Step, i);

      if (step->kind == STEP_INDEX)
        g_string_append_printf (text, "[%u]", step->index);
      else if (step->kind == STEP_EACH)
        g_string_append (text, "[*]");
      else if (step->kind == STEP_ANYWHERE)
        g_string_append_printf (text, "..%s", step->name);
      else
        g_string_append_printf (text, is_plain (step->name) ? ".%s" : "['%s']", step->name);
    }
  return g_string_free (text, FALSE);
}

JsonNode *
rd_path_find (RdPath *self, JsonNode *root)
{
  g_autoptr (GPtrArray) found = NULL;
  JsonNode *node = root;
  const Step *steps;
  guint i;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (root != NULL, NULL);

  /* Nearly every path is plain: no list of matches for those. */
  steps = (const Step *) (gpointer) self->steps->data;
  for (i = 0; i < self->steps->len && node != NULL && steps[i].kind <= STEP_INDEX; i++)
    node = steps[i].kind == STEP_MEMBER ? get_member (node, steps[i].name) : get_element (node, steps[i].index);
  if (i == self->steps->len || node == NULL)
    return node;
  found = rd_path_find_all (self, root, 1);
  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

GPtrArray *
rd_path_find_all (RdPath *self, JsonNode *root, guint max)
{
  Match match = { NULL, 0, max, g_ptr_array_new () };

  g_return_val_if_fail (self != NULL, match.found);
  g_return_val_if_fail (root != NULL, match.found);

  match.steps = (const Step *) (gpointer) self->steps->data;
  match.n_steps = self->steps->len;
  walk (&match, 0, root);
  return match.found;
}
