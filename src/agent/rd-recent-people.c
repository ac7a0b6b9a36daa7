/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-recent-people.h"

/* A short list in the order of the last call, each person once. */

struct _RdRecentPeople
{
  GPtrArray *people; /* of RdRecentPerson, newest first */
};

static void
person_free (gpointer data)
{
  RdRecentPerson *person = data;

  g_free (person->account);
  g_free (person->id);
  g_free (person->name);
  g_free (person);
}

/* (nullable): who called nameless cannot be called */
static RdRecentPerson *
person_new (GVariant *call)
{
  RdRecentPerson *person;
  const char *account = NULL;
  const char *id = NULL;
  const char *name = "";
  gboolean audio = FALSE;

  if (!g_variant_lookup (call, "account", "&s", &account) || !g_variant_lookup (call, "peer-id", "&s", &id)
      || *account == '\0' || *id == '\0')
    return NULL;
  g_variant_lookup (call, "peer-name", "&s", &name);
  g_variant_lookup (call, "audio", "b", &audio);
  person = g_new0 (RdRecentPerson, 1);
  person->account = g_strdup (account);
  person->id = g_strdup (id);
  person->name = g_strdup (name);
  person->audio = audio;
  return person;
}

static gboolean
find (RdRecentPeople *self, const RdRecentPerson *person, guint *index)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      const RdRecentPerson *known = self->people->pdata[i];

      if (!g_str_equal (known->account, person->account) || !g_str_equal (known->id, person->id))
        continue;
      *index = i;
      return TRUE;
    }
  return FALSE;
}

RdRecentPeople *
rd_recent_people_new (void)
{
  RdRecentPeople *self = g_new0 (RdRecentPeople, 1);

  self->people = g_ptr_array_new_with_free_func (person_free);
  return self;
}

void
rd_recent_people_free (RdRecentPeople *self)
{
  g_ptr_array_unref (self->people);
  g_free (self);
}

gboolean
rd_recent_people_note (RdRecentPeople *self, GVariant *call)
{
  RdRecentPerson *person;
  guint index;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (g_variant_is_of_type (call, G_VARIANT_TYPE_VARDICT), FALSE);

  person = person_new (call);
  if (person == NULL)
    return FALSE;
  if (find (self, person, &index))
    g_ptr_array_remove_index (self->people, index);
  g_ptr_array_insert (self->people, 0, person);
  if (self->people->len > RD_RECENT_PEOPLE_MAX)
    g_ptr_array_set_size (self->people, RD_RECENT_PEOPLE_MAX);
  return TRUE;
}

void
rd_recent_people_add_old (RdRecentPeople *self, GVariant *calls)
{
  GVariantIter iter;
  GVariant *call;

  g_return_if_fail (self != NULL);
  g_return_if_fail (g_variant_is_of_type (calls, G_VARIANT_TYPE ("aa{sv}")));

  g_variant_iter_init (&iter, calls);
  while (self->people->len < RD_RECENT_PEOPLE_MAX && (call = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) owned = call;
      RdRecentPerson *person = person_new (owned);
      guint index;

      if (person != NULL && !find (self, person, &index))
        g_ptr_array_add (self->people, person);
      else if (person != NULL)
        person_free (person);
    }
}

void
rd_recent_people_drop (RdRecentPeople *self, const char *account)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (account != NULL);

  for (guint i = self->people->len; i > 0; i--)
    if (g_str_equal (((const RdRecentPerson *) self->people->pdata[i - 1])->account, account))
      g_ptr_array_remove_index (self->people, i - 1);
}

void
rd_recent_people_clear (RdRecentPeople *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_set_size (self->people, 0);
}

const RdRecentPerson *
rd_recent_people_get (RdRecentPeople *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return index < self->people->len ? self->people->pdata[index] : NULL;
}
