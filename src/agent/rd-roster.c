/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-roster.h"

#include "rd-match.h"

#include <string.h>

/* Somebody may be in several channels, and in the site's list besides: he is there as long as one of them has him. What
 * the list says of him (busy, not available) is more than that he is there. */

struct _RdRoster
{
  GHashTable *people;   /* RdPerson.id → RdPerson */
  GHashTable *channels; /* name → GHashTable, a set of ids */
  char *own;            /* (nullable) */
  guint max;
};

static const char * const presences[] = {
  [RD_EVENT_PRESENCE_UNKNOWN] = "", [RD_EVENT_PRESENCE_ONLINE] = "online",   [RD_EVENT_PRESENCE_BUSY] = "busy",
  [RD_EVENT_PRESENCE_AWAY] = "away", [RD_EVENT_PRESENCE_OFFLINE] = "offline",
};

static void
free_person (gpointer data)
{
  RdPerson *person = data;

  g_free (person->id);
  g_free (person->name);
  g_free (person->detail);
  g_free (person->message);
  g_free (person->key);
  g_free (person);
}

static gboolean
is_off (const RdPerson *person)
{
  return rd_person_get_presence (person) == RD_EVENT_PRESENCE_OFFLINE;
}

static gboolean
is_expendable (gpointer key, gpointer value, gpointer user_data)
{
  const RdRoster *self = user_data;

  return is_off (value) && g_strcmp0 (key, self->own) != 0;
}

/* (nullable): there are too many already */
static RdPerson *
ensure (RdRoster *self, const char *id)
{
  RdPerson *person = g_hash_table_lookup (self->people, id);

  if (person != NULL)
    return person;
  if (g_hash_table_size (self->people) >= self->max)
    g_hash_table_foreach_remove (self->people, is_expendable, self);
  if (g_hash_table_size (self->people) >= self->max)
    return NULL;
  person = g_new0 (RdPerson, 1);
  person->id = g_strdup (id);
  person->key = g_strdup ("");
  g_hash_table_insert (self->people, person->id, person);
  return person;
}

static gboolean
replace (char **field, const char *text)
{
  if (text == NULL || g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

static gboolean
rename_person (RdPerson *person, const RdEvent *event)
{
  gboolean changed = replace (&person->detail, event->person_detail);
  g_autofree char *folded = NULL;

  if (event->person_name == NULL || *event->person_name == '\0' || !replace (&person->name, event->person_name))
    return changed;
  folded = g_utf8_casefold (person->name, -1);
  g_free (person->key);
  person->key = g_utf8_collate_key (folded, -1);
  return TRUE;
}

static const char *
get_id (const RdEvent *event)
{
  return event->person_id != NULL ? event->person_id : event->sender_id;
}

/* TRUE if this person has just come in. */
static gboolean
enter (RdRoster *self, const char *channel, const char *id)
{
  GHashTable *ids = g_hash_table_lookup (self->channels, channel);

  if (ids == NULL)
    {
      ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_insert (self->channels, g_strdup (channel), ids);
    }
  return g_hash_table_add (ids, g_strdup (id));
}

static gboolean
leave (RdRoster *self, const char *channel, const char *id)
{
  GHashTable *ids = g_hash_table_lookup (self->channels, channel);

  return ids != NULL && g_hash_table_remove (ids, id);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const RdPerson *one = *(const RdPerson * const *) a;
  const RdPerson *other = *(const RdPerson * const *) b;
  int order;

  if (is_off (one) != is_off (other))
    return is_off (one) ? 1 : -1;
  order = strcmp (one->key, other->key);
  return order != 0 ? order : strcmp (one->id, other->id);
}

RdRoster *
rd_roster_new (guint max)
{
  RdRoster *self = g_new0 (RdRoster, 1);

  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_person);
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->max = max;
  return self;
}

void
rd_roster_free (RdRoster *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->people);
  g_hash_table_unref (self->channels);
  g_free (self->own);
  g_free (self);
}

void
rd_roster_set_own (RdRoster *self, const char *id)
{
  g_return_if_fail (self != NULL);

  g_free (self->own);
  self->own = g_strdup (id);
}

RdPerson *
rd_roster_lookup (RdRoster *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->people, id);
}

guint
rd_roster_count_online (RdRoster *self)
{
  GHashTableIter iter;
  gpointer value;
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    n += !is_off (value);
  return n;
}

RdPerson *
rd_roster_learn (RdRoster *self, const RdEvent *event)
{
  RdPerson *person;
  gboolean changed;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (event != NULL, NULL);

  person = get_id (event) != NULL ? ensure (self, get_id (event)) : NULL;
  if (person == NULL)
    return NULL;
  changed = rename_person (person, event);
  changed |= !person->listed;
  person->listed = TRUE;
  person->seen = TRUE;
  /* A list that says nothing of it lists those who are there. */
  if (event->presence != RD_EVENT_PRESENCE_UNKNOWN || event->kind == RD_EVENT_PERSON)
    {
      RdEventPresence presence = event->presence != RD_EVENT_PRESENCE_UNKNOWN ? event->presence
                                                                              : RD_EVENT_PRESENCE_ONLINE;

      changed |= person->presence != presence;
      person->presence = presence;
    }
  changed |= replace (&person->message, event->status_message);
  /* A list that says how somebody is says as well that he has nothing to add. */
  if (event->kind == RD_EVENT_PERSON && event->presence != RD_EVENT_PRESENCE_UNKNOWN && event->status_message == NULL)
    changed |= person->message != NULL && replace (&person->message, "");
  if (event->available != RD_EVENT_UNSAID)
    {
      changed |= person->available != event->available;
      person->available = event->available;
    }
  if (event->kind == RD_EVENT_PERSON || event->person_call_id != NULL)
    {
      changed |= person->in_call != (event->person_call_id != NULL);
      person->in_call = event->person_call_id != NULL;
    }
  return changed ? person : NULL;
}

void
rd_roster_begin_list (RdRoster *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((RdPerson *) value)->seen = FALSE;
}

void
rd_roster_end_list (RdRoster *self, GPtrArray *changed)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);
  g_return_if_fail (changed != NULL);

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      RdPerson *person = value;

      if (!person->listed || person->seen)
        continue;
      person->listed = FALSE;
      person->presence = RD_EVENT_PRESENCE_UNKNOWN;
      person->in_call = FALSE;
      g_ptr_array_add (changed, g_strdup (person->id));
    }
}

void
rd_roster_set_members (RdRoster *self, const char *channel, GPtrArray *members, GPtrArray *changed)
{
  g_autoptr (GHashTable) new_ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *ids;
  GHashTableIter iter;
  gpointer id;

  g_return_if_fail (self != NULL);
  g_return_if_fail (channel != NULL && members != NULL && changed != NULL);

  for (guint i = 0; i < members->len; i++)
    if (get_id (members->pdata[i]) != NULL)
      g_hash_table_add (new_ids, (gpointer) get_id (members->pdata[i]));
  ids = g_hash_table_lookup (self->channels, channel);
  if (ids != NULL)
    {
      g_hash_table_iter_init (&iter, ids);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        {
          RdPerson *person = g_hash_table_lookup (self->people, id);

          if (g_hash_table_contains (new_ids, id))
            continue;
          if (person != NULL && --person->channels == 0)
            g_ptr_array_add (changed, g_strdup (person->id));
          g_hash_table_iter_remove (&iter);
        }
    }
  for (guint i = 0; i < members->len; i++)
    {
      RdPerson *person = rd_roster_add_member (self, channel, members->pdata[i]);

      if (person != NULL)
        g_ptr_array_add (changed, g_strdup (person->id));
    }
}

RdPerson *
rd_roster_add_member (RdRoster *self, const char *channel, const RdEvent *member)
{
  RdPerson *person;
  gboolean changed;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (channel != NULL && member != NULL, NULL);

  person = get_id (member) != NULL ? ensure (self, get_id (member)) : NULL;
  if (person == NULL)
    return NULL;
  changed = rename_person (person, member);
  if (enter (self, channel, person->id) && person->channels++ == 0)
    changed = TRUE;
  return changed ? person : NULL;
}

RdPerson *
rd_roster_drop_member (RdRoster *self, const char *channel, const char *id)
{
  RdPerson *person;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (channel != NULL && id != NULL, NULL);

  person = g_hash_table_lookup (self->people, id);
  if (!leave (self, channel, id) || person == NULL)
    return NULL;
  return --person->channels == 0 ? person : NULL;
}

guint
rd_roster_list (RdRoster *self, const char *search, guint offset, guint limit, GVariantBuilder *builder)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (search != NULL && builder != NULL, 0);

  g_hash_table_iter_init (&iter, self->people);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (rd_match_text (search, ((RdPerson *) value)->name) || rd_match_text (search, ((RdPerson *) value)->detail))
      g_ptr_array_add (found, value);
  g_ptr_array_sort (found, compare);
  for (guint i = offset; i < found->len && i - offset < limit; i++)
    g_variant_builder_add_value (builder, rd_roster_to_variant (self, found->pdata[i]));
  return found->len;
}

RdEventPresence
rd_person_get_presence (const RdPerson *self)
{
  g_return_val_if_fail (self != NULL, RD_EVENT_PRESENCE_OFFLINE);

  if (self->presence != RD_EVENT_PRESENCE_UNKNOWN &&
      (self->presence != RD_EVENT_PRESENCE_OFFLINE || self->channels == 0))
    return self->presence;
  return self->channels > 0 ? RD_EVENT_PRESENCE_ONLINE : RD_EVENT_PRESENCE_OFFLINE;
}

const char *
rd_presence_to_string (RdEventPresence presence)
{
  g_return_val_if_fail ((guint) presence < G_N_ELEMENTS (presences), "");

  return presences[presence];
}

gboolean
rd_presence_from_string (const char *text, RdEventPresence *presence)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint i = RD_EVENT_PRESENCE_ONLINE; i < G_N_ELEMENTS (presences); i++)
    if (g_str_equal (text, presences[i]))
      {
        *presence = (RdEventPresence) i;
        return TRUE;
      }
  return FALSE;
}

GVariant *
rd_roster_to_variant (RdRoster *self, const RdPerson *person)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (person != NULL, NULL);

  g_variant_dict_insert (&dict, "id", "s", person->id);
  g_variant_dict_insert (&dict, "name", "s", person->name != NULL ? person->name : "");
  g_variant_dict_insert (&dict, "detail", "s", person->detail != NULL ? person->detail : "");
  g_variant_dict_insert (&dict, "status", "s", rd_presence_to_string (rd_person_get_presence (person)));
  g_variant_dict_insert (&dict, "status-message", "s", person->message != NULL ? person->message : "");
  g_variant_dict_insert (&dict, "available", "b", person->available != RD_EVENT_NO);
  g_variant_dict_insert (&dict, "in-call", "b", (gboolean) person->in_call);
  g_variant_dict_insert (&dict, "self", "b", g_strcmp0 (person->id, self->own) == 0);
  return g_variant_dict_end (&dict);
}
