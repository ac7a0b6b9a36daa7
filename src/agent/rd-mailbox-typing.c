/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

/* Who types where. A site says that somebody types, and may never say that he stopped: it holds for a while. Of our own
 * user the site hears no more than keeps up what it shows, and that he stopped, once. */

#define EXPIRY_MS 2000
#define TELL_MS 1600
/* After this without a key our user has stopped, whether or not anybody says so. */
#define PAUSE_MS 3000
#define MAX_TYPISTS 100
#define MAX_NAMES 20
#define MS G_GINT64_CONSTANT (1000)

void
rd_typist_free (gpointer data)
{
  RdTypist *typist = data;

  g_free (typist->conversation);
  g_free (typist->sender);
  g_free (typist->name);
  g_free (typist);
}

static void
emit (RdMailbox *self, const char *conversation)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->typists->len && names->len < MAX_NAMES; i++)
    {
      const RdTypist *typist = self->typists->pdata[i];

      if (g_str_equal (typist->conversation, conversation))
        g_ptr_array_add (names, typist->name);
    }
  g_ptr_array_add (names, NULL);
  rd_mailbox_emit_typing (self, conversation, (char **) names->pdata);
}

static void
remove_typist (RdMailbox *self, guint index)
{
  g_autofree char *conversation = g_strdup (((const RdTypist *) self->typists->pdata[index])->conversation);

  g_ptr_array_remove_index (self->typists, index);
  emit (self, conversation);
}

static gboolean
on_typists_timeout (gpointer user_data)
{
  g_autoptr (RdMailbox) self = g_object_ref (RD_MAILBOX (user_data));
  gint64 now = rd_clock_get_real_time (self->clock);

  self->typists_timer = 0;
  for (guint i = self->typists->len; i > 0; i--)
    if (i <= self->typists->len && ((const RdTypist *) self->typists->pdata[i - 1])->until <= now)
      remove_typist (self, i - 1);
  rd_mailbox_time_typists (self);
  return G_SOURCE_REMOVE;
}

static int
find (RdMailbox *self, const char *conversation, const char *sender)
{
  for (guint i = 0; i < self->typists->len; i++)
    {
      const RdTypist *typist = self->typists->pdata[i];

      if (g_str_equal (typist->sender, sender) && g_str_equal (typist->conversation, conversation))
        return (int) i;
    }
  return -1;
}

static const char *
get_name (const RdConversation *conversation, const RdEvent *event)
{
  if (event->sender_name != NULL)
    return event->sender_name;
  return !conversation->group && conversation->name != NULL ? conversation->name : "";
}

/* (nullable): who types. There are sites that say no more than a name. */
static const char *
get_sender (const RdEvent *event)
{
  return event->sender_id != NULL ? event->sender_id : event->sender_name;
}

static gboolean
is_own (RdMailbox *self, const RdEvent *event)
{
  if (event->sender_id != NULL)
    return g_strcmp0 (event->sender_id, self->own_id) == 0;
  return g_strcmp0 (event->sender_name, self->own_name) == 0;
}

static void
add_typist (RdMailbox *self, const RdConversation *conversation, const RdEvent *event)
{
  int index = find (self, conversation->id, get_sender (event));
  RdTypist *typist;

  if (index < 0 && self->typists->len >= MAX_TYPISTS)
    return;
  if (index < 0)
    {
      typist = g_new0 (RdTypist, 1);
      typist->conversation = g_strdup (conversation->id);
      typist->sender = g_strdup (get_sender (event));
      typist->name = g_strdup (get_name (conversation, event));
      g_ptr_array_add (self->typists, typist);
    }
  else
    typist = self->typists->pdata[index];
  typist->until = rd_clock_get_real_time (self->clock) + EXPIRY_MS * MS;
  rd_mailbox_time_typists (self);
  if (index < 0)
    emit (self, conversation->id);
}

/* Our own user */

typedef struct
{
  RdVars *vars;
  char *conversation;
} Telling;

static void
free_telling (gpointer data)
{
  Telling *telling = data;

  rd_vars_unref (telling->vars);
  g_free (telling->conversation);
  g_free (telling);
}

/* Two that follow each other. */
static void tell_next (RdMailbox *self);

static void
on_typing_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdMailbox) self = RD_MAILBOX (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rd_site_act_finish (RD_SITE (source), result, &error);

  if (error != NULL)
    g_debug ("Typing: %s", error->message);
  self->telling = FALSE;
  tell_next (self);
}

static void
tell_next (RdMailbox *self)
{
  Telling *telling = self->telling ? NULL : g_queue_pop_head (&self->tellings);

  if (telling == NULL)
    return;
  self->telling = TRUE;
  rd_site_act_async (self->site, "typing", telling->vars, self->cancellable, on_typing_told, g_object_ref (self));
  free_telling (telling);
}

/* (nullable): what the site is to be told of this conversation, and has not been yet */
static Telling *
find_telling (RdMailbox *self, const char *conversation)
{
  for (GList *l = self->tellings.head; l != NULL; l = l->next)
    if (g_str_equal (((const Telling *) l->data)->conversation, conversation))
      return l->data;
  return NULL;
}

/* One after the other: if it heard first that our user has stopped, he would type for ever. */
static void
tell (RdMailbox *self, gboolean typing)
{
  RdConversation *conversation = rd_conversations_lookup (self->conversations, self->typing_in);
  Telling *telling;

  if (conversation == NULL)
    return;
  telling = find_telling (self, conversation->id);
  if (telling == NULL)
    {
      telling = g_new0 (Telling, 1);
      telling->vars = rd_mailbox_new_vars (conversation);
      telling->conversation = g_strdup (conversation->id);
      g_queue_push_tail (&self->tellings, telling);
    }
  rd_vars_set (telling->vars, "typing", typing ? "true" : "false");
  tell_next (self);
}

static void
end_own (RdMailbox *self)
{
  if (self->typing_timer != 0)
    rd_clock_remove_timeout (self->clock, self->typing_timer);
  self->typing_timer = 0;
  if (self->typing_in == NULL)
    return;
  tell (self, FALSE);
  g_clear_pointer (&self->typing_in, g_free);
}

static gboolean
on_typing_timeout (gpointer user_data)
{
  RdMailbox *self = RD_MAILBOX (user_data);

  self->typing_timer = 0;
  end_own (self);
  return G_SOURCE_REMOVE;
}

static void
go_on (RdMailbox *self, const char *conversation)
{
  gint64 now = rd_clock_get_real_time (self->clock);

  if (g_strcmp0 (self->typing_in, conversation) != 0)
    {
      end_own (self);
      self->typing_in = g_strdup (conversation);
      self->typing_told = 0;
    }
  if (self->typing_timer != 0)
    rd_clock_remove_timeout (self->clock, self->typing_timer);
  self->typing_timer = rd_clock_add_timeout (self->clock, PAUSE_MS, on_typing_timeout, self);
  /* Also if somebody has set the clock back. */
  if (ABS (now - self->typing_told) < TELL_MS * MS)
    return;
  self->typing_told = now;
  tell (self, TRUE);
}

void
rd_mailbox_time_typists (RdMailbox *self)
{
  gint64 now = rd_clock_get_real_time (self->clock);
  gint64 next = G_MAXINT64;

  if (self->typists_timer != 0)
    rd_clock_remove_timeout (self->clock, self->typists_timer);
  self->typists_timer = 0;
  for (guint i = 0; i < self->typists->len; i++)
    next = MIN (next, ((const RdTypist *) self->typists->pdata[i])->until);
  if (self->typists->len > 0)
    self->typists_timer = rd_clock_add_timeout (self->clock, (guint) CLAMP ((next - now) / MS, 1, EXPIRY_MS),
                                                on_typists_timeout, self);
}

void
rd_mailbox_handle_typing (RdMailbox *self, const RdEvent *event)
{
  const RdConversation *conversation;
  int index;

  if (get_sender (event) == NULL || is_own (self, event))
    return;
  conversation = rd_conversations_find (self->conversations, event, self->own_id);
  if (conversation == NULL && event->conversation_id != NULL)
    conversation = rd_conversations_ensure_room (self->conversations, event->conversation_id);
  if (conversation == NULL)
    return;
  index = find (self, conversation->id, get_sender (event));
  if (event->is_typing != RD_EVENT_NO)
    add_typist (self, conversation, event);
  else if (index >= 0)
    {
      remove_typist (self, (guint) index);
      rd_mailbox_time_typists (self);
    }
}

void
rd_mailbox_end_typing (RdMailbox *self, const char *conversation, const char *sender)
{
  int index = find (self, conversation, sender);

  if (index < 0)
    return;
  remove_typist (self, (guint) index);
  rd_mailbox_time_typists (self);
}

void
rd_mailbox_end_own_typing (RdMailbox *self, const char *conversation)
{
  if (g_strcmp0 (self->typing_in, conversation) == 0)
    end_own (self);
}

void
rd_mailbox_stop_typing (RdMailbox *self)
{
  g_ptr_array_set_size (self->typists, 0);
  rd_mailbox_time_typists (self);
  if (self->typing_timer != 0)
    rd_clock_remove_timeout (self->clock, self->typing_timer);
  self->typing_timer = 0;
  g_clear_pointer (&self->typing_in, g_free);
  g_queue_clear_full (&self->tellings, free_telling);
}

gboolean
rd_mailbox_set_typing (RdMailbox *self, const char *conversation, gboolean typing, GError **error)
{
  g_return_val_if_fail (RD_IS_MAILBOX (self), FALSE);
  g_return_val_if_fail (conversation != NULL, FALSE);

  if (g_cancellable_is_cancelled (self->cancellable)
      || rd_conversations_lookup (self->conversations, conversation) == NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "conversation"));
      return FALSE;
    }
  if (!rd_site_can (self->site, "typing"))
    return TRUE;
  if (typing)
    go_on (self, conversation);
  else
    rd_mailbox_end_own_typing (self, conversation);
  return TRUE;
}
