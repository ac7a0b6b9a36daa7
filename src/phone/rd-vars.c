/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-vars"

#include "config.h"

#include "rd-vars.h"

#include "rd-clean.h"

/* Names and their values, for a profile's placeholders. A value may be a secret: all are wiped when they go. */

struct _RdVars
{
  GHashTable *values; /* utf8 → GStrv, never empty */
};

static void
free_values (gpointer data)
{
  char **values = data;

  for (char **value = values; *value != NULL; value++)
    rd_clean_secret (*value);
  g_free (values);
}

static void
clear (gpointer data)
{
  RdVars *self = data;

  g_clear_pointer (&self->values, g_hash_table_unref);
}

RdVars *
rd_vars_new (void)
{
  RdVars *self = g_atomic_rc_box_new0 (RdVars);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_values);
  return self;
}

RdVars *
rd_vars_copy (RdVars *self)
{
  RdVars *copy = rd_vars_new ();
  GHashTableIter iter;
  gpointer name, values;

  g_return_val_if_fail (self != NULL, copy);

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &values))
    g_hash_table_insert (copy->values, g_strdup (name), g_strdupv (values));
  return copy;
}

RdVars *
rd_vars_ref (RdVars *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rd_vars_unref (RdVars *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear);
}

void
rd_vars_set (RdVars *self, const char *name, const char *value)
{
  const char *values[] = { value, NULL };

  rd_vars_set_list (self, name, values);
}

void
rd_vars_set_list (RdVars *self, const char *name, const char *const *values)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (values == NULL || values[0] == NULL)
    g_hash_table_remove (self->values, name);
  else
    g_hash_table_insert (self->values, g_strdup (name), g_strdupv ((char **) values));
}

void
rd_vars_merge (RdVars *self, RdVars *other)
{
  GHashTableIter iter;
  gpointer name, values;

  g_return_if_fail (self != NULL);
  g_return_if_fail (other != NULL && other != self);

  g_hash_table_iter_init (&iter, other->values);
  while (g_hash_table_iter_next (&iter, &name, &values))
    g_hash_table_insert (self->values, g_strdup (name), g_strdupv (values));
}

const char *
rd_vars_get (RdVars *self, const char *name)
{
  const char *const *values = rd_vars_get_list (self, name);

  return values != NULL ? values[0] : NULL;
}

const char *const *
rd_vars_get_list (RdVars *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->values, name);
}
