/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-template"

#include "config.h"

#include "rd-template.h"

#include "rd-clean.h"
#include "rd-fault.h"

#include <string.h>

/* Texts of a profile with placeholders, taken apart once. */

#define NUMBER_PREFIX "number:"
#define BOOLEAN_PREFIX "boolean:"

typedef struct
{
  gboolean variable;
  char *text; /* the variable's name, or literal text */
} Part;

struct _RdTemplate
{
  GArray *parts; /* Part */
  gboolean number;
  gboolean boolean;
};

static void
clear_part (gpointer data)
{
  Part *part = data;

  g_free (part->text);
}

static void
add_part (RdTemplate *self, gboolean variable, const char *text, gsize length)
{
  Part part = { variable, g_strndup (text, length) };

  g_array_append_val (self->parts, part);
}

/* Takes the placeholder at @at ("{…"); returns what stands behind it, or NULL with @reason. */
static const char *
parse_placeholder (RdTemplate *self, const char *at, gboolean first, const char **reason)
{
  const char *name = at + 1;
  const char *end = strchr (name, '}');

  if (end == NULL)
    {
      *reason = "a placeholder is not closed";
      return NULL;
    }
  if (first && end[1] == '\0' && g_str_has_prefix (name, NUMBER_PREFIX))
    {
      self->number = TRUE;
      name += strlen (NUMBER_PREFIX);
    }
  else if (first && end[1] == '\0' && g_str_has_prefix (name, BOOLEAN_PREFIX))
    {
      self->boolean = TRUE;
      name += strlen (BOOLEAN_PREFIX);
    }
  if (!rd_template_is_variable (name, (gsize) (end - name)))
    {
      *reason = "a placeholder names no variable";
      return NULL;
    }
  add_part (self, TRUE, name, (gsize) (end - name));
  return end + 1;
}

static const char *
parse (RdTemplate *self, const char *text)
{
  const char *reason = NULL;
  const char *at = text;

  while (at != NULL && *at != '\0')
    {
      gsize length = strcspn (at, "{}");

      if (length > 0)
        add_part (self, FALSE, at, length);
      else if (*at == '{')
        at = parse_placeholder (self, at, at == text, &reason);
      else
        return "a } without its {";
      at = at != NULL ? at + length : NULL;
    }
  return reason;
}

/* Variables: "user.id", "token.refresh" */
gboolean
rd_template_is_variable (const char *name, gsize length)
{
  if (length == 0 || length > 64 || !g_ascii_islower (name[0]) || !g_ascii_isalnum (name[length - 1]))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i]) && strchr (".-_", name[i]) == NULL)
      return FALSE;
  return TRUE;
}

RdTemplate *
rd_template_new (const char *text, GError **error)
{
  g_autoptr (RdTemplate) self = g_new0 (RdTemplate, 1);
  const char *reason;

  g_return_val_if_fail (text != NULL, NULL);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, clear_part);
  reason = parse (self, text);
  if (reason != NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, reason, NULL));
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
rd_template_free (RdTemplate *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->parts);
  g_free (self);
}

gboolean
rd_template_is_number (RdTemplate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->number;
}

gboolean
rd_template_uses (RdTemplate *self, const char *variable)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (variable != NULL, FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      if (part->variable && g_str_equal (part->text, variable))
        return TRUE;
    }
  return FALSE;
}

gboolean
rd_template_is_boolean (RdTemplate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->boolean;
}

const char *
rd_template_get_only (RdTemplate *self, const char **prefix, const char **suffix)
{
  const char *name = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  *prefix = *suffix = "";
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      if (part->variable && name != NULL)
        return NULL;
      if (part->variable)
        name = part->text;
      else if (name == NULL)
        *prefix = part->text;
      else
        *suffix = part->text;
    }
  return name;
}

gboolean
rd_template_is_empty (RdTemplate *self, RdVars *vars)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (vars != NULL, FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);

      if (part->variable && g_strcmp0 (rd_vars_get (vars, part->text), "") == 0)
        return TRUE;
    }
  return FALSE;
}

char *
rd_template_expand (RdTemplate *self, RdVars *vars, gboolean percent, GError **error)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (vars != NULL, NULL);

  out = g_string_new (NULL);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const Part *part = &g_array_index (self->parts, Part, i);
      const char *value = part->variable ? rd_vars_get (vars, part->text) : part->text;

      if (value == NULL || (part->variable && *value == '\0'))
        {
          g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, "no value given", part->text));
          /* What is there already may hold a token. */
          rd_clean_secret (g_string_free (out, FALSE));
          return NULL;
        }
      if (part->variable && percent)
        g_string_append_uri_escaped (out, value, NULL, FALSE);
      else
        g_string_append (out, value);
    }
  return g_string_free (out, FALSE);
}

/* Puts the parts from @at on behind @start, in every combination. */
static void
expand_from (RdTemplate *self, guint at, const char *start, RdVars *vars, GPtrArray *out, guint max)
{
  const Part *part;
  const char *literal[] = { NULL, NULL };
  const char *const *values = literal;

  if (at == self->parts->len)
    {
      if (out->len < max)
        g_ptr_array_add (out, g_strdup (start));
      return;
    }
  part = &g_array_index (self->parts, Part, at);
  literal[0] = part->text;
  if (part->variable)
    values = rd_vars_get_list (vars, part->text);
  for (; values != NULL && *values != NULL && out->len < max; values++)
    {
      g_autofree char *longer = NULL;

      if (**values == '\0')
        continue;
      longer = g_strconcat (start, *values, NULL);
      expand_from (self, at + 1, longer, vars, out, max);
    }
}

void
rd_template_expand_all (RdTemplate *self, RdVars *vars, GPtrArray *out, guint max)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (vars != NULL);
  g_return_if_fail (out != NULL);

  expand_from (self, 0, "", vars, out, max);
}
