/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-conversations.h"

#include "rd-clean.h"
#include "rd-match.h"

/* Who our user talks with. Ten thousand of them are kept: what each holds is short, and nothing is held twice. */

#define PREVIEW 160
/* Stands before a person's id where that is all there is. */
#define BY_PEER "~"

struct _RdConversations
{
  GHashTable *by_id;   /* RdConversation.id → RdConversation, owned by the sequence */
  GHashTable *by_site; /* RdConversation.site_id, of those that have another on the bus */
  GHashTable *by_peer; /* RdConversation.peer_id */
  GSequence *order;    /* RdConversation, newest first */
  guint max;
  guint32 ranks;
};

static void
free_conversation (gpointer data)
{
  RdConversation *conversation = data;

  g_free (conversation->id);
  g_free (conversation->site_id);
  g_free (conversation->peer_id);
  g_free (conversation->name);
  g_free (conversation->detail);
  g_free (conversation->text);
  g_free (conversation);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RdConversation *one = a;
  const RdConversation *other = b;

  if (one->at != other->at)
    return one->at > other->at ? -1 : 1;
  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  return 0;
}

static gboolean
replace (char **field, const char *text)
{
  if (text == NULL || *text == '\0' || g_strcmp0 (*field, text) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (text);
  return TRUE;
}

static void
remove_entry (GHashTable *table, const char *key, RdConversation *conversation)
{
  if (key != NULL && g_hash_table_lookup (table, key) == conversation)
    g_hash_table_remove (table, key);
}

static void
forget_oldest (RdConversations *self)
{
  GSequenceIter *iter = g_sequence_iter_prev (g_sequence_get_end_iter (self->order));
  RdConversation *conversation = g_sequence_get (iter);

  remove_entry (self->by_id, conversation->id, conversation);
  remove_entry (self->by_site, conversation->site_id, conversation);
  remove_entry (self->by_peer, conversation->peer_id, conversation);
  g_sequence_remove (iter);
}

/* The last of them, until something is known to have been said in it. */
static RdConversation *
add (RdConversations *self, const char *id, const char *peer_id)
{
  RdConversation *conversation;

  if (self->max == 0)
    return NULL;
  while (g_hash_table_size (self->by_id) >= self->max)
    forget_oldest (self);
  conversation = g_new0 (RdConversation, 1);
  conversation->id = g_strdup (id);
  conversation->peer_id = g_strdup (peer_id);
  conversation->group = peer_id == NULL;
  conversation->rank = ++self->ranks;
  g_hash_table_insert (self->by_id, conversation->id, conversation);
  if (peer_id != NULL && !g_hash_table_contains (self->by_peer, peer_id))
    g_hash_table_insert (self->by_peer, conversation->peer_id, conversation);
  conversation->iter = g_sequence_insert_sorted (self->order, conversation, compare, NULL);
  return conversation;
}

/* (nullable): whom a message, or an entry of a list, is from or to */
static const char *
get_peer (const RdEvent *event, const char *own)
{
  if (event->peer_id != NULL)
    return event->peer_id;
  if (event->sender_id == NULL || (event->recipient_id == NULL && event->conversation_id != NULL))
    return NULL;
  return rd_conversations_is_ours (event, own) ? event->recipient_id : event->sender_id;
}

static RdConversation *
lookup_site (RdConversations *self, const char *site_id)
{
  RdConversation *conversation = g_hash_table_lookup (self->by_site, site_id);

  if (conversation != NULL)
    return conversation;
  conversation = g_hash_table_lookup (self->by_id, site_id);
  return conversation != NULL && g_str_equal (rd_conversation_get_site_id (conversation), site_id) ? conversation
                                                                                                  : NULL;
}

static RdConversation *
find (RdConversations *self, const char *site_id, const char *peer)
{
  RdConversation *conversation = site_id != NULL ? lookup_site (self, site_id) : NULL;

  if (conversation != NULL || peer == NULL)
    return conversation;
  conversation = g_hash_table_lookup (self->by_peer, peer);
  /* With one person there may be several: by other numbers, say. */
  if (conversation != NULL && site_id != NULL && *rd_conversation_get_site_id (conversation) != '\0')
    return NULL;
  return conversation;
}

/* What was known by one of its two ids gets the other. */
static void
take_ids (RdConversations *self, RdConversation *conversation, const char *site_id, const char *peer)
{
  if (site_id != NULL && *rd_conversation_get_site_id (conversation) == '\0')
    {
      conversation->site_id = g_strdup (site_id);
      g_hash_table_insert (self->by_site, conversation->site_id, conversation);
    }
  if (peer == NULL || conversation->peer_id != NULL)
    return;
  conversation->peer_id = g_strdup (peer);
  conversation->group = FALSE;
  if (!g_hash_table_contains (self->by_peer, peer))
    g_hash_table_insert (self->by_peer, conversation->peer_id, conversation);
}

/* (transfer full): an id on the bus that nothing else has */
static char *
make_id (RdConversations *self, const char *prefix, const char *id)
{
  g_autoptr (GString) made = g_string_new (prefix);

  g_string_append (made, id);
  while (g_hash_table_contains (self->by_id, made->str))
    g_string_prepend (made, BY_PEER);
  return g_string_free (g_steal_pointer (&made), FALSE);
}

static RdConversation *
add_with_ids (RdConversations *self, const char *site_id, const char *peer)
{
  g_autofree char *id = site_id != NULL ? make_id (self, "", site_id) : make_id (self, BY_PEER, peer);
  RdConversation *conversation = add (self, id, peer);

  if (conversation == NULL)
    return NULL;
  conversation->made = g_strcmp0 (id, site_id) != 0;
  take_ids (self, conversation, site_id, NULL);
  return conversation;
}

static void
set_at (RdConversations *self, RdConversation *conversation, gint64 at)
{
  if (conversation->at == at)
    return;
  conversation->at = at;
  g_sequence_sort_changed (conversation->iter, compare, NULL);
}

static gboolean
set_preview (RdConversation *conversation, const char *text)
{
  g_autofree char *preview = NULL;

  if (text == NULL)
    return FALSE;
  preview = rd_clean_text (text, PREVIEW);
  return replace (&conversation->text, preview);
}

static gboolean
matches (const RdConversation *conversation, const char *search)
{
  return rd_match_text (search, conversation->name) || rd_match_text (search, conversation->detail)
         || rd_match_text (search, conversation->text);
}

RdConversations *
rd_conversations_new (guint max)
{
  RdConversations *self = g_new0 (RdConversations, 1);

  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_site = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_peer = g_hash_table_new (g_str_hash, g_str_equal);
  self->order = g_sequence_new (free_conversation);
  self->max = max;
  return self;
}

void
rd_conversations_free (RdConversations *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_site);
  g_hash_table_unref (self->by_peer);
  g_sequence_free (self->order);
  g_free (self);
}

guint
rd_conversations_get_size (RdConversations *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->by_id);
}

RdConversation *
rd_conversations_lookup (RdConversations *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

RdConversation *
rd_conversations_lookup_peer (RdConversations *self, const char *peer_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (peer_id != NULL, NULL);

  return g_hash_table_lookup (self->by_peer, peer_id);
}

RdConversation *
rd_conversations_find (RdConversations *self, const RdEvent *event, const char *own)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (event != NULL, NULL);

  return find (self, event->conversation_id, get_peer (event, own));
}

RdConversation *
rd_conversations_ensure (RdConversations *self, const RdEvent *event, const char *own)
{
  const char *peer;
  RdConversation *conversation;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (event != NULL, NULL);

  peer = get_peer (event, own);
  conversation = find (self, event->conversation_id, peer);
  if (conversation != NULL)
    take_ids (self, conversation, event->conversation_id, peer);
  else if (event->conversation_id != NULL || peer != NULL)
    conversation = add_with_ids (self, event->conversation_id, peer);
  return conversation;
}

RdConversation *
rd_conversations_ensure_peer (RdConversations *self, const char *peer_id, const char *name)
{
  RdConversation *conversation;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (peer_id != NULL, NULL);

  conversation = g_hash_table_lookup (self->by_peer, peer_id);
  if (conversation == NULL)
    conversation = add_with_ids (self, NULL, peer_id);
  if (conversation != NULL && conversation->name == NULL)
    replace (&conversation->name, name);
  return conversation;
}

RdConversation *
rd_conversations_ensure_room (RdConversations *self, const char *id)
{
  RdConversation *conversation;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  conversation = lookup_site (self, id);
  if (conversation == NULL)
    conversation = add_with_ids (self, id, NULL);
  if (conversation != NULL)
    conversation->begun = TRUE;
  return conversation;
}

gboolean
rd_conversations_learn (RdConversations *self, RdConversation *conversation, const RdEvent *event, const char *own,
                        gint64 latest)
{
  gboolean changed = FALSE;
  gint64 at;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (conversation != NULL, FALSE);
  g_return_val_if_fail (event != NULL, FALSE);

  at = event->at <= latest ? event->at : 0;
  changed |= replace (&conversation->name, event->peer_name);
  changed |= replace (&conversation->detail, event->peer_detail);
  changed |= !conversation->begun;
  conversation->begun = TRUE;
  if (event->unread >= 0)
    {
      guint32 unread = (guint32) MIN (event->unread, G_MAXINT32);

      changed |= conversation->unread != unread;
      conversation->unread = unread;
      conversation->counted = TRUE;
    }
  /* A reply may be older than what the line has brought meanwhile. */
  if (at >= conversation->at)
    {
      changed |= at != conversation->at;
      changed |= set_preview (conversation, event->text);
      if (event->text != NULL)
        conversation->ours = rd_conversations_is_ours (event, own);
      set_at (self, conversation, at);
    }
  return changed;
}

gboolean
rd_conversations_note (RdConversations *self, RdConversation *conversation, const char *text, gint64 at, gboolean ours)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (conversation != NULL, FALSE);

  conversation->begun = TRUE;
  if (at < conversation->at)
    return FALSE;
  set_preview (conversation, text);
  conversation->ours = ours;
  set_at (self, conversation, at);
  return TRUE;
}

guint
rd_conversations_list (RdConversations *self, const char *search, guint offset, guint limit, GVariantBuilder *builder)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (search != NULL, 0);

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    {
      const RdConversation *conversation = g_sequence_get (iter);

      if (!conversation->begun || !matches (conversation, search))
        continue;
      if (builder != NULL && n >= offset && n - offset < limit)
        g_variant_builder_add_value (builder, rd_conversation_to_variant (conversation));
      n++;
    }
  return n;
}

guint
rd_conversations_sum_unread (RdConversations *self)
{
  guint64 sum = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (GSequenceIter *iter = g_sequence_get_begin_iter (self->order); !g_sequence_iter_is_end (iter);
       iter = g_sequence_iter_next (iter))
    sum += ((const RdConversation *) g_sequence_get (iter))->unread;
  return (guint) MIN (sum, G_MAXINT32);
}

gboolean
rd_conversations_is_ours (const RdEvent *event, const char *own)
{
  g_return_val_if_fail (event != NULL, FALSE);

  if (event->direction != RD_EVENT_DIRECTION_UNKNOWN)
    return event->direction == RD_EVENT_DIRECTION_OUT;
  if (event->sender_id == NULL)
    return event->kind == RD_EVENT_MESSAGE_SENT;
  return own != NULL && g_str_equal (event->sender_id, own);
}

const char *
rd_conversation_get_site_id (const RdConversation *self)
{
  g_return_val_if_fail (self != NULL, "");

  if (self->site_id != NULL)
    return self->site_id;
  return self->made ? "" : self->id;
}

GVariant *
rd_conversation_to_variant (const RdConversation *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  g_variant_dict_insert (&dict, "id", "s", self->id);
  g_variant_dict_insert (&dict, "name", "s", self->name != NULL ? self->name : "");
  g_variant_dict_insert (&dict, "detail", "s", self->detail != NULL ? self->detail : "");
  g_variant_dict_insert (&dict, "person", "s", self->peer_id != NULL ? self->peer_id : "");
  g_variant_dict_insert (&dict, "group", "b", (gboolean) self->group);
  g_variant_dict_insert (&dict, "text", "s", self->text != NULL ? self->text : "");
  g_variant_dict_insert (&dict, "ours", "b", (gboolean) self->ours);
  g_variant_dict_insert (&dict, "at", "x", self->at);
  g_variant_dict_insert (&dict, "unread", "u", (guint) self->unread);
  return g_variant_dict_end (&dict);
}
