/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-people-presence.h"

#include "rd-model.h"

/* Remembers what those are like who were asked for, and hears when that changes. */

/* how many the agent tells of at once */
#define ASK_MAX 200
/* more than any list shows; those who were asked for are asked for again when it is full */
#define KNOWN_MAX 1000

enum
{
  CHANGED,
  N_SIGNALS,
};

struct _RdPeoplePresence
{
  GObject parent_instance;

  GListModel *people;
  GCancellable *cancellable;
  GHashTable *known;  /* RdDBusPeople1 → (id → RdRecord, NULL: asked for) */
  GHashTable *wanted; /* RdDBusPeople1 → ids that are to be asked for (element-type utf8) */
  guint asking;
};

G_DEFINE_FINAL_TYPE (RdPeoplePresence, rd_people_presence, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
clear_record (gpointer data)
{
  g_clear_object ((RdRecord **) &data);
}

static GHashTable *
known_of (RdPeoplePresence *self, gpointer people)
{
  GHashTable *known = g_hash_table_lookup (self->known, people);

  if (known == NULL)
    {
      known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, clear_record);
      g_hash_table_insert (self->known, people, known);
    }
  return known;
}

static GPtrArray *
wanted_of (RdPeoplePresence *self, gpointer people)
{
  GPtrArray *wanted = g_hash_table_lookup (self->wanted, people);

  if (wanted == NULL)
    {
      wanted = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->wanted, people, wanted);
    }
  return wanted;
}

static void
on_get_people_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdPeoplePresence) self = user_data;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GError) error = NULL;
  gsize i;

  if (!rd_dbus_people1_call_get_people_finish (RD_DBUS_PEOPLE1 (source), &list, result, &error))
    {
      /* Names stand there without a status, as those of people whom nobody knows. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("GetPeople: %s", error->message);
      return;
    }
  for (i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) fields = g_variant_get_child_value (list, i);
      g_autoptr (RdRecord) record = rd_record_new (fields);

      g_hash_table_insert (known_of (self, source), g_strdup (rd_record_get_string (record, "id")),
                           g_object_ref (record));
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ask (RdPeoplePresence *self, RdDBusPeople1 *people, GPtrArray *ids)
{
  guint from;

  for (from = 0; from < ids->len; from += ASK_MAX)
    {
      g_autoptr (GPtrArray) some = g_ptr_array_new ();
      guint i;

      for (i = from; i < MIN (from + ASK_MAX, ids->len); i++)
        g_ptr_array_add (some, g_ptr_array_index (ids, i));
      g_ptr_array_add (some, NULL);
      rd_dbus_people1_call_get_people (people, (const char *const *) some->pdata, self->cancellable,
                                       on_get_people_ready, g_object_ref (self));
    }
}

static gboolean
on_ask (gpointer user_data)
{
  RdPeoplePresence *self = user_data;
  GHashTableIter iter;
  gpointer people, ids;

  self->asking = 0;
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, &people, &ids))
    {
      ask (self, people, ids);
      g_hash_table_iter_remove (&iter);
    }
  return G_SOURCE_REMOVE;
}

/* All who are asked for at the same time are one question. */
static void
want (RdPeoplePresence *self, gpointer people, const char *id)
{
  g_ptr_array_add (wanted_of (self, people), g_strdup (id));
  if (self->asking == 0)
    self->asking = g_idle_add (on_ask, self);
}

static void
on_person_changed (RdDBusPeople1 *people, GVariant *fields, RdPeoplePresence *self)
{
  g_autoptr (RdRecord) record = rd_record_new (fields);
  const char *id = rd_record_get_string (record, "id");
  GHashTable *known = known_of (self, people);

  if (!g_hash_table_contains (known, id))
    return;
  g_hash_table_insert (known, g_strdup (id), g_object_ref (record));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What is known stands until the agent has answered. */
static void
on_people_reset (RdDBusPeople1 *people, RdPeoplePresence *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, known_of (self, people));
  while (g_hash_table_iter_next (&iter, &id, NULL))
    want (self, people, id);
}

static gboolean
is_gone (gpointer people, gpointer value, gpointer user_data)
{
  RdPeoplePresence *self = user_data;
  guint i;

  for (i = 0; i < g_list_model_get_n_items (self->people); i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->people, i);

      if (item == people)
        return FALSE;
    }
  return TRUE;
}

static void
on_people_changed (GListModel *list, guint position, guint removed, guint added, RdPeoplePresence *self)
{
  guint i;

  g_hash_table_foreach_remove (self->known, is_gone, self);
  g_hash_table_foreach_remove (self->wanted, is_gone, self);
  for (i = position; i < position + added; i++)
    {
      g_autoptr (RdDBusPeople1) people = g_list_model_get_item (list, i);

      g_signal_connect_object (people, "person-changed", G_CALLBACK (on_person_changed), self, 0);
      g_signal_connect_object (people, "people-reset", G_CALLBACK (on_people_reset), self, 0);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GObject */

static void
rd_people_presence_dispose (GObject *object)
{
  RdPeoplePresence *self = RD_PEOPLE_PRESENCE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->asking, g_source_remove);
  g_clear_object (&self->people);

  G_OBJECT_CLASS (rd_people_presence_parent_class)->dispose (object);
}

static void
rd_people_presence_finalize (GObject *object)
{
  RdPeoplePresence *self = RD_PEOPLE_PRESENCE (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->wanted);

  G_OBJECT_CLASS (rd_people_presence_parent_class)->finalize (object);
}

static void
rd_people_presence_class_init (RdPeoplePresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_people_presence_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_people_presence_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", RD_TYPE_PEOPLE_PRESENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_people_presence_init (RdPeoplePresence *self)
{
  self->cancellable = g_cancellable_new ();
  self->known = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  self->wanted = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
}

RdPeoplePresence *
rd_people_presence_new (GListModel *people)
{
  RdPeoplePresence *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (people), NULL);

  self = g_object_new (RD_TYPE_PEOPLE_PRESENCE, NULL);
  self->people = g_object_ref (people);
  g_signal_connect_object (people, "items-changed", G_CALLBACK (on_people_changed), self, 0);
  on_people_changed (people, 0, 0, g_list_model_get_n_items (people), self);
  return self;
}

RdRecord *
rd_people_presence_find (RdPeoplePresence *self, RdDBusAccount1 *account, const char *person)
{
  gpointer people, record = NULL;
  GHashTable *known;

  g_return_val_if_fail (RD_IS_PEOPLE_PRESENCE (self), NULL);

  if (account == NULL || person == NULL || *person == '\0')
    return NULL;
  people = rd_model_find_interface (self->people, rd_dbus_account1_get_id (account));
  if (people == NULL)
    return NULL;
  known = known_of (self, people);
  if (g_hash_table_lookup_extended (known, person, NULL, &record))
    return record;
  if (g_hash_table_size (known) >= KNOWN_MAX)
    g_hash_table_remove_all (known);
  g_hash_table_insert (known, g_strdup (person), NULL);
  want (self, people, person);
  return NULL;
}
