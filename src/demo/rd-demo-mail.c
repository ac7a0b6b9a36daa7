/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-mail.h"

/* Messages and their order; who is told of them is the CRM's business. */

#define MAX_MESSAGES 200000

struct _RdDemoMail
{
  GPtrArray *messages;       /* oldest first; a message's id is its place here, from 1 */
  GHashTable *conversations; /* its pair's key → RdDemoConversation */
  GQueue order;              /* newest first */
  GHashTable *unread;        /* user → how many */
};

static void
message_free (gpointer data)
{
  RdDemoMessage *message = data;

  g_free (message->text);
  g_free (message->subject);
  g_free (message);
}

static void
conversation_free (gpointer data)
{
  RdDemoConversation *conversation = data;

  g_ptr_array_unref (conversation->messages);
  g_free (conversation);
}

static char *
pair_key (gint64 one, gint64 other)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, MIN (one, other), MAX (one, other));
}

static void
count (RdDemoMail *self, gint64 user, int change)
{
  guint before = rd_demo_mail_count_unread (self, user);

  g_hash_table_replace (self->unread, g_memdup2 (&user, sizeof user), GUINT_TO_POINTER (before + (guint) change));
}

static RdDemoConversation *
take_conversation (RdDemoMail *self, gint64 one, gint64 other)
{
  RdDemoConversation *conversation = rd_demo_mail_find (self, one, other);

  if (conversation != NULL)
    {
      g_queue_unlink (&self->order, &conversation->link);
      return conversation;
    }
  conversation = g_new0 (RdDemoConversation, 1);
  conversation->id = g_hash_table_size (self->conversations) + 1;
  conversation->one = MIN (one, other);
  conversation->other = MAX (one, other);
  conversation->messages = g_ptr_array_new ();
  conversation->link.data = conversation;
  g_hash_table_insert (self->conversations, pair_key (one, other), conversation);
  return conversation;
}

RdDemoMail *
rd_demo_mail_new (void)
{
  RdDemoMail *self = g_new0 (RdDemoMail, 1);

  self->messages = g_ptr_array_new_with_free_func (message_free);
  self->conversations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, conversation_free);
  self->unread = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->order);
  return self;
}

void
rd_demo_mail_free (RdDemoMail *self)
{
  g_hash_table_unref (self->conversations);
  g_ptr_array_unref (self->messages);
  g_hash_table_unref (self->unread);
  g_free (self);
}

RdDemoMessage *
rd_demo_mail_add (RdDemoMail *self, gint64 from, gint64 to, const char *text, const char *subject, gint64 created_at)
{
  RdDemoConversation *conversation;
  RdDemoMessage *message;

  g_return_val_if_fail (from != to && text != NULL, NULL);

  if (self->messages->len >= MAX_MESSAGES)
    return NULL;
  message = g_new0 (RdDemoMessage, 1);
  message->id = self->messages->len + 1;
  message->from = from;
  message->to = to;
  message->text = g_strdup (text);
  message->subject = g_strdup (subject);
  message->created_at = created_at;
  g_ptr_array_add (self->messages, message);
  conversation = take_conversation (self, from, to);
  g_ptr_array_add (conversation->messages, message);
  g_queue_push_head_link (&self->order, &conversation->link);
  count (self, to, 1);
  return message;
}

RdDemoMessage *
rd_demo_mail_lookup (RdDemoMail *self, gint64 id)
{
  return id >= 1 && id <= self->messages->len ? g_ptr_array_index (self->messages, id - 1) : NULL;
}

RdDemoConversation *
rd_demo_mail_find (RdDemoMail *self, gint64 one, gint64 other)
{
  g_autofree char *key = pair_key (one, other);

  return g_hash_table_lookup (self->conversations, key);
}

GQueue *
rd_demo_mail_get_conversations (RdDemoMail *self)
{
  return &self->order;
}

GPtrArray *
rd_demo_mail_get_messages (RdDemoMail *self)
{
  return self->messages;
}

gboolean
rd_demo_mail_mark_read (RdDemoMail *self, RdDemoMessage *message)
{
  if (message->read_at != 0)
    return FALSE;
  message->read_at = g_get_real_time ();
  count (self, message->to, -1);
  return TRUE;
}

guint
rd_demo_mail_count_unread (RdDemoMail *self, gint64 user)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->unread, &user));
}

gboolean
rd_demo_conversation_includes (const RdDemoConversation *self, gint64 user)
{
  return self->one == user || self->other == user;
}

gint64
rd_demo_conversation_get_peer (const RdDemoConversation *self, gint64 user)
{
  return self->one == user ? self->other : self->one;
}

guint
rd_demo_conversation_count_unread (const RdDemoConversation *self, gint64 user)
{
  guint unread = 0;

  for (guint i = 0; i < self->messages->len; i++)
    {
      const RdDemoMessage *message = g_ptr_array_index (self->messages, i);

      if (message->to == user && message->read_at == 0)
        unread++;
    }
  return unread;
}
