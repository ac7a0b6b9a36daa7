/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-tickets.h"

#include "rd-fault.h"

/* Credentials that belong to no account yet. They are wiped when their time is over, whoever still looks at a page of
 * the assistant's. */

#define LIFE_S 600
#define MAX_TICKETS 8

typedef struct
{
  RdTicket ticket;
  char *name;
  guint timeout;
  RdTickets *owner; /* not owned */
} Entry;

struct _RdTickets
{
  GObject parent_instance;

  GPtrArray *entries; /* oldest first */
};

G_DEFINE_FINAL_TYPE (RdTickets, rd_tickets, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_handle_id (&entry->timeout, g_source_remove);
  g_free (entry->ticket.site);
  g_free (entry->ticket.profile);
  g_free (entry->ticket.user_id);
  rd_tokens_free (entry->ticket.tokens);
  g_free (entry->name);
  g_free (entry);
}

static gboolean
on_entry_timeout (gpointer user_data)
{
  Entry *entry = user_data;

  entry->timeout = 0;
  g_ptr_array_remove (entry->owner->entries, entry);
  return G_SOURCE_REMOVE;
}

static Entry *
find_entry (RdTickets *self, const char *name)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = self->entries->pdata[i];

      if (strcmp (entry->name, name) == 0)
        return entry;
    }
  return NULL;
}

/*
 * GObject
 */
static void
rd_tickets_finalize (GObject *object)
{
  g_clear_pointer (&RD_TICKETS (object)->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (rd_tickets_parent_class)->finalize (object);
}

static void
rd_tickets_class_init (RdTicketsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_tickets_finalize;
}

static void
rd_tickets_init (RdTickets *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

RdTickets *
rd_tickets_new (void)
{
  return g_object_new (RD_TYPE_TICKETS, NULL);
}

char *
rd_tickets_put (RdTickets *self, const RdTicket *ticket)
{
  Entry *entry;

  g_return_val_if_fail (RD_IS_TICKETS (self), NULL);
  g_return_val_if_fail (ticket != NULL && ticket->site != NULL && ticket->profile != NULL, NULL);

  if (self->entries->len == MAX_TICKETS)
    g_ptr_array_remove_index (self->entries, 0);
  entry = g_new0 (Entry, 1);
  entry->owner = self;
  entry->name = g_uuid_string_random ();
  entry->ticket.site = g_strdup (ticket->site);
  entry->ticket.profile = g_strdup (ticket->profile);
  entry->ticket.user_id = g_strdup (ticket->user_id);
  entry->ticket.tokens = rd_tokens_copy (ticket->tokens);
  entry->timeout = g_timeout_add_seconds (LIFE_S, on_entry_timeout, entry);
  g_ptr_array_add (self->entries, entry);
  return g_strdup (entry->name);
}

const RdTicket *
rd_tickets_find (RdTickets *self, const char *name, const char *site, const char *profile, GError **error)
{
  Entry *entry;

  g_return_val_if_fail (RD_IS_TICKETS (self), NULL);
  g_return_val_if_fail (name != NULL && site != NULL && profile != NULL, NULL);

  entry = find_entry (self, name);
  if (entry != NULL && strcmp (entry->ticket.site, site) == 0 && strcmp (entry->ticket.profile, profile) == 0)
    return &entry->ticket;
  g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "ticket"));
  return NULL;
}

void
rd_tickets_drop (RdTickets *self, const char *name)
{
  Entry *entry;

  g_return_if_fail (RD_IS_TICKETS (self));
  g_return_if_fail (name != NULL);

  entry = find_entry (self, name);
  if (entry != NULL)
    g_ptr_array_remove (self->entries, entry);
}
