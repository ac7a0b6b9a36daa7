/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-seen"

#include "config.h"

#include "rd-seen.h"

/* A bounded memory of keys with times. Those of one key hang together, newest first, and all stand in one queue. */

typedef struct _Entry Entry;

struct _Entry
{
  char *key;
  gint64 at;
  Entry *older; /* of the same key */
  Entry *newer;
};

struct _RdSeen
{
  GHashTable *newest; /* key (of the entry) → Entry */
  GQueue order;       /* Entry, oldest at the head */
  guint max;
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_free (entry);
}

/* The oldest of all is the oldest of its key, too. */
static void
forget_oldest (RdSeen *self)
{
  Entry *entry = g_queue_pop_head (&self->order);

  if (entry->newer != NULL)
    entry->newer->older = NULL;
  else
    g_hash_table_remove (self->newest, entry->key);
  free_entry (entry);
}

static void
remember (RdSeen *self, const char *key, gint64 at, Entry *older)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = g_strdup (key);
  entry->at = at;
  entry->older = older;
  if (older != NULL)
    older->newer = entry;
  g_hash_table_replace (self->newest, entry->key, entry);
  g_queue_push_tail (&self->order, entry);
  if (self->order.length > self->max)
    forget_oldest (self);
}

RdSeen *
rd_seen_new (guint max)
{
  RdSeen *self = g_new0 (RdSeen, 1);

  self->newest = g_hash_table_new (g_str_hash, g_str_equal);
  self->max = max;
  g_queue_init (&self->order);
  return self;
}

void
rd_seen_free (RdSeen *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->newest);
  g_queue_clear_full (&self->order, free_entry);
  g_free (self);
}

gboolean
rd_seen_near (RdSeen *self, const char *key, gint64 at, gint64 tolerance)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  for (const Entry *entry = g_hash_table_lookup (self->newest, key); entry != NULL; entry = entry->older)
    if (MAX (at, entry->at) - MIN (at, entry->at) <= tolerance)
      return TRUE;
  return FALSE;
}

gboolean
rd_seen_check (RdSeen *self, const char *key, gint64 at, gint64 tolerance)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  if (rd_seen_near (self, key, at, tolerance))
    return TRUE;
  remember (self, key, at, g_hash_table_lookup (self->newest, key));
  return FALSE;
}

gboolean
rd_seen_contains (RdSeen *self, const char *key)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  return g_hash_table_contains (self->newest, key);
}
