/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-messages.h"

#include <string.h>

/* What was said, as far as somebody has looked lately. Who said it is the same few people again and again: their ids
 * and names are interned. */

/* Nothing was said later than this from now: it is a wrong date. */
#define MAX_AHEAD G_TIME_SPAN_DAY

struct _RdMessages
{
  GHashTable *stretches; /* conversation (of the stretch) → RdStretch */
  GQueue uses;           /* RdStretch.link, the latest at the tail */
  guint size;
  guint max;
};

/* A state may be told late: what lies behind a message stays behind it. That it was delivered is better known than that
 * it failed. */
static const guint8 ranks[] = {
  [RD_EVENT_DELIVERY_UNKNOWN] = 0, [RD_EVENT_DELIVERY_SENDING] = 1,   [RD_EVENT_DELIVERY_QUEUED] = 2,
  [RD_EVENT_DELIVERY_SENT] = 3,    [RD_EVENT_DELIVERY_FAILED] = 4,    [RD_EVENT_DELIVERY_DELIVERED] = 5,
  [RD_EVENT_DELIVERY_READ] = 6,
};

static const char * const states[] = {
  [RD_EVENT_DELIVERY_UNKNOWN] = "",    [RD_EVENT_DELIVERY_SENDING] = "sending",
  [RD_EVENT_DELIVERY_QUEUED] = "queued", [RD_EVENT_DELIVERY_SENT] = "sent",
  [RD_EVENT_DELIVERY_DELIVERED] = "delivered", [RD_EVENT_DELIVERY_READ] = "read",
  [RD_EVENT_DELIVERY_FAILED] = "failed",
};

static void
free_message (gpointer data)
{
  RdMessage *message = data;

  g_free (message->id);
  g_free (message->local_id);
  g_clear_pointer (&message->sender_id, g_ref_string_release);
  g_clear_pointer (&message->sender_name, g_ref_string_release);
  g_free (message->title);
  g_free (message->text);
  g_free (message);
}

static void
free_stretch (gpointer data)
{
  RdStretch *stretch = data;

  g_hash_table_unref (stretch->ids);
  g_ptr_array_unref (stretch->messages);
  g_free (stretch->conversation);
  g_free (stretch);
}

static char *
intern (const char *text)
{
  return text != NULL && *text != '\0' ? g_ref_string_new_intern (text) : NULL;
}

static gboolean
is_number (const char *text)
{
  return text != NULL && text[strspn (text, G_CSET_DIGITS)] == '\0';
}

/* Those of one moment stand in the order in which they were numbered, if they were. */
static int
compare (const RdMessage *one, const RdMessage *other)
{
  if (one->at != other->at)
    return one->at < other->at ? -1 : 1;
  if (!is_number (one->id) || !is_number (other->id))
    return 0;
  if (strlen (one->id) != strlen (other->id))
    return strlen (one->id) < strlen (other->id) ? -1 : 1;
  return strcmp (one->id, other->id);
}

static void
insert (RdStretch *stretch, RdMessage *message)
{
  guint i = stretch->messages->len;

  while (i > 0 && compare (stretch->messages->pdata[i - 1], message) > 0)
    i--;
  g_ptr_array_insert (stretch->messages, (int) i, message);
  if (message->id != NULL)
    g_hash_table_insert (stretch->ids, message->id, message);
}

static void
remove_at (RdMessages *self, RdStretch *stretch, guint index)
{
  const RdMessage *message = stretch->messages->pdata[index];

  if (message->id != NULL)
    g_hash_table_remove (stretch->ids, message->id);
  g_ptr_array_remove_index (stretch->messages, index);
  self->size--;
}

static void
move (RdStretch *stretch, RdMessage *message, gint64 at)
{
  guint index = 0;

  if (!g_ptr_array_find (stretch->messages, message, &index))
    return;
  g_ptr_array_steal_index (stretch->messages, index);
  message->at = at;
  insert (stretch, message);
}

static RdEventDelivery
state_of (const RdEvent *event, gboolean ours)
{
  if (!ours)
    return RD_EVENT_DELIVERY_UNKNOWN;
  if (event->is_read == RD_EVENT_YES)
    return RD_EVENT_DELIVERY_READ;
  return event->delivery != RD_EVENT_DELIVERY_UNKNOWN ? event->delivery : RD_EVENT_DELIVERY_SENT;
}

static RdMessage *
new_message (const RdEvent *event, gboolean ours, gint64 now)
{
  RdMessage *message = g_new0 (RdMessage, 1);

  message->id = g_strdup (event->message_id);
  message->sender_id = intern (event->sender_id);
  message->sender_name = intern (event->sender_name);
  message->title = g_strdup (event->title);
  message->text = g_strdup (event->text != NULL ? event->text : "");
  message->at = event->at > 0 && (now == 0 || event->at <= now + MAX_AHEAD) ? event->at : now;
  message->ours = ours;
  message->state = state_of (event, ours);
  message->read = event->is_read;
  return message;
}

static void
drop (RdMessages *self, RdStretch *stretch)
{
  rd_messages_reset (self, stretch);
  if (stretch->messages->len > 0)
    return;
  g_queue_unlink (&self->uses, &stretch->link);
  g_hash_table_remove (self->stretches, stretch->conversation);
}

RdMessages *
rd_messages_new (guint max)
{
  RdMessages *self = g_new0 (RdMessages, 1);

  self->stretches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_stretch);
  self->max = max;
  g_queue_init (&self->uses);
  return self;
}

void
rd_messages_free (RdMessages *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->stretches);
  g_free (self);
}

guint
rd_messages_get_size (RdMessages *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

RdStretch *
rd_messages_lookup (RdMessages *self, const char *conversation)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (conversation != NULL, NULL);

  return g_hash_table_lookup (self->stretches, conversation);
}

RdStretch *
rd_messages_use (RdMessages *self, const char *conversation)
{
  RdStretch *stretch;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (conversation != NULL, NULL);

  stretch = g_hash_table_lookup (self->stretches, conversation);
  if (stretch == NULL)
    {
      stretch = g_new0 (RdStretch, 1);
      stretch->conversation = g_strdup (conversation);
      stretch->messages = g_ptr_array_new_with_free_func (free_message);
      stretch->ids = g_hash_table_new (g_str_hash, g_str_equal);
      stretch->link.data = stretch;
      g_hash_table_insert (self->stretches, stretch->conversation, stretch);
    }
  else
    g_queue_unlink (&self->uses, &stretch->link);
  g_queue_push_tail_link (&self->uses, &stretch->link);
  return stretch;
}

void
rd_messages_reset (RdMessages *self, RdStretch *stretch)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (stretch != NULL);

  for (guint i = stretch->messages->len; i > 0; i--)
    if (((RdMessage *) stretch->messages->pdata[i - 1])->id != NULL)
      remove_at (self, stretch, i - 1);
  stretch->newer = 0;
  stretch->whole = FALSE;
  stretch->loaded = FALSE;
}

void
rd_messages_forget (RdMessages *self)
{
  GList *next;

  g_return_if_fail (self != NULL);

  for (GList *l = self->uses.head; l != NULL; l = next)
    {
      next = l->next;
      drop (self, l->data);
    }
}

RdMessage *
rd_messages_find (RdMessages *self, const char *id, RdStretch **stretch)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (GList *l = self->uses.tail; l != NULL; l = l->prev)
    {
      RdMessage *message = g_hash_table_lookup (((RdStretch *) l->data)->ids, id);

      if (message != NULL && stretch != NULL)
        *stretch = l->data;
      if (message != NULL)
        return message;
    }
  return NULL;
}

int
rd_stretch_index (RdStretch *self, const char *id)
{
  const RdMessage *message;
  guint index;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (id != NULL, -1);

  message = g_hash_table_lookup (self->ids, id);
  return message != NULL && g_ptr_array_find (self->messages, message, &index) ? (int) index : -1;
}

guint
rd_stretch_count (RdStretch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return g_hash_table_size (self->ids);
}

RdMessage *
rd_stretch_find_sent (RdStretch *self, const char *text, RdEventDelivery state)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = 0; i < self->messages->len; i++)
    {
      RdMessage *message = self->messages->pdata[i];

      if (message->id == NULL && message->state == state && g_str_equal (message->text, text))
        return message;
    }
  return NULL;
}

RdMessage *
rd_stretch_find_local (RdStretch *self, const char *local_id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (local_id != NULL, NULL);

  for (guint i = 0; i < self->messages->len; i++)
    if (g_strcmp0 (((RdMessage *) self->messages->pdata[i])->local_id, local_id) == 0)
      return self->messages->pdata[i];
  return NULL;
}

RdMessage *
rd_message_new_sent (const char *local_id, const char *sender_id, const char *sender_name, const char *text, gint64 at)
{
  RdMessage *message;

  g_return_val_if_fail (local_id != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  message = g_new0 (RdMessage, 1);
  message->local_id = g_strdup (local_id);
  message->sender_id = intern (sender_id);
  message->sender_name = intern (sender_name);
  message->text = g_strdup (text);
  message->at = at;
  message->ours = TRUE;
  message->state = RD_EVENT_DELIVERY_SENDING;
  return message;
}

RdMessage *
rd_messages_take (RdMessages *self, RdStretch *stretch, const RdEvent *event, gboolean ours, gint64 now)
{
  RdMessage *message;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (stretch != NULL, NULL);
  g_return_val_if_fail (event != NULL && event->message_id != NULL, NULL);

  message = g_hash_table_lookup (stretch->ids, event->message_id);
  if (message == NULL)
    {
      message = new_message (event, ours, now);
      insert (stretch, message);
      self->size++;
      return message;
    }
  if (event->is_read != RD_EVENT_UNSAID)
    message->read = event->is_read;
  return message->ours && rd_message_advance (message, state_of (event, TRUE)) ? message : NULL;
}

void
rd_messages_add_sent (RdMessages *self, RdStretch *stretch, RdMessage *message)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (stretch != NULL);
  g_return_if_fail (message != NULL);

  insert (stretch, message);
  self->size++;
}

void
rd_messages_settle (RdMessages *self, RdStretch *stretch, RdMessage *message, const RdEvent *event)
{
  RdMessage *twin;

  g_return_if_fail (self != NULL);
  g_return_if_fail (stretch != NULL);
  g_return_if_fail (message != NULL && message->id == NULL);

  /* That it failed was our own guess: the site knows better. */
  message->state = event != NULL ? state_of (event, TRUE) : RD_EVENT_DELIVERY_SENT;
  if (event == NULL || event->message_id == NULL)
    return;
  twin = g_hash_table_lookup (stretch->ids, event->message_id);
  if (twin != NULL)
    {
      rd_message_advance (message, twin->state);
      rd_messages_remove (self, stretch, twin);
    }
  message->id = g_strdup (event->message_id);
  g_hash_table_insert (stretch->ids, message->id, message);
  if (event->at > 0)
    move (stretch, message, event->at);
}

void
rd_messages_retry (RdMessages *self, RdStretch *stretch, RdMessage *message, gint64 now)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (stretch != NULL);
  g_return_if_fail (message != NULL && message->id == NULL);

  message->state = RD_EVENT_DELIVERY_SENDING;
  move (stretch, message, now);
}

void
rd_messages_remove (RdMessages *self, RdStretch *stretch, RdMessage *message)
{
  guint index = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (stretch != NULL);

  if (g_ptr_array_find (stretch->messages, message, &index))
    remove_at (self, stretch, index);
}

void
rd_messages_cut (RdMessages *self, RdStretch *stretch, gint64 at)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (stretch != NULL);

  for (guint i = stretch->messages->len; i > 0; i--)
    {
      const RdMessage *message = stretch->messages->pdata[i - 1];

      if (message->id == NULL || message->at >= at)
        continue;
      remove_at (self, stretch, i - 1);
      stretch->whole = FALSE;
    }
}

static gboolean
is_sending (const RdMessage *message)
{
  return message->id == NULL && message->state == RD_EVENT_DELIVERY_SENDING;
}

static void
trim_newest (RdMessages *self, RdStretch *stretch)
{
  for (guint i = stretch->messages->len; i > 0 && self->size > self->max; i--)
    {
      const RdMessage *message = stretch->messages->pdata[i - 1];

      if (is_sending (message))
        continue;
      stretch->newer += message->id != NULL;
      remove_at (self, stretch, i - 1);
    }
}

static void
trim_oldest (RdMessages *self, RdStretch *stretch)
{
  for (guint i = 0; i < stretch->messages->len && self->size > self->max;)
    {
      if (is_sending (stretch->messages->pdata[i]))
        {
          i++;
          continue;
        }
      remove_at (self, stretch, i);
      stretch->whole = FALSE;
    }
}

void
rd_messages_trim (RdMessages *self, RdStretch *stretch, gboolean keep_old)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (stretch != NULL);

  for (GList *l = self->uses.head, *next; l != NULL && self->size > self->max; l = next)
    {
      next = l->next;
      if (l->data != stretch)
        drop (self, l->data);
    }
  if (self->size <= self->max)
    return;
  if (keep_old)
    trim_newest (self, stretch);
  else
    trim_oldest (self, stretch);
}

gboolean
rd_message_advance (RdMessage *self, RdEventDelivery state)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (ranks[state] <= ranks[self->state])
    return FALSE;
  self->state = state;
  return TRUE;
}

GVariant *
rd_message_to_variant (const RdMessage *self, const char *conversation)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (conversation != NULL, NULL);

  g_variant_dict_insert (&dict, "id", "s", self->id != NULL ? self->id : "");
  if (self->local_id != NULL)
    g_variant_dict_insert (&dict, "local-id", "s", self->local_id);
  g_variant_dict_insert (&dict, "conversation", "s", conversation);
  g_variant_dict_insert (&dict, "sender-id", "s", self->sender_id != NULL ? self->sender_id : "");
  g_variant_dict_insert (&dict, "sender-name", "s", self->sender_name != NULL ? self->sender_name : "");
  g_variant_dict_insert (&dict, "title", "s", self->title != NULL ? self->title : "");
  g_variant_dict_insert (&dict, "text", "s", self->text);
  g_variant_dict_insert (&dict, "at", "x", self->at);
  g_variant_dict_insert (&dict, "ours", "b", (gboolean) self->ours);
  g_variant_dict_insert (&dict, "state", "s", states[self->state]);
  return g_variant_dict_end (&dict);
}
