/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

/* What our user has read, and how much is left. There are sites that mark whole conversations, and sites that mark one
 * message after the other. It counts as read at once; if the site cannot be told, it is unread again. */

#define MAX_MARKED 50

typedef struct
{
  char *conversation;
  guint unread;   /* before */
  GPtrArray *ids; /* of messages that are left to be marked */
} Reading;

static void
free_reading (gpointer data)
{
  Reading *reading = data;

  g_free (reading->conversation);
  g_ptr_array_unref (reading->ids);
  g_free (reading);
}

static void
on_unread_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdMailbox) self = RD_MAILBOX (user_data);
  const RdAction *action = rd_profile_get_action (rd_site_get_profile (self->site), "unread");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) reply = rd_site_act_finish (RD_SITE (source), result, &error);
  g_autofree char *count = reply != NULL ? rd_action_dup_value (action, reply, "unread") : NULL;
  guint64 unread = 0;

  self->asking_unread = FALSE;
  if (error != NULL)
    g_debug ("%s: counting what is unread: %s", self->account, error->message);
  if (count == NULL || !g_ascii_string_to_unsigned (count, 10, 0, G_MAXINT32, &unread, NULL))
    return;
  if (self->asked_unread != self->told_unread)
    {
      /* Something came meanwhile: nobody knows whether it is among these. */
      rd_mailbox_ask_unread (self);
      return;
    }
  self->counted = TRUE;
  rd_mailbox_set_unread (self, (guint) unread);
}

void
rd_mailbox_ask_unread (RdMailbox *self)
{
  if (self->asking_unread || !rd_site_can (self->site, "unread") || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->asking_unread = TRUE;
  self->asked_unread = self->told_unread;
  rd_site_act_async (self->site, "unread", NULL, self->cancellable, on_unread_ready, g_object_ref (self));
}

/* Where the site counts all that is unread, its count follows later. */
static void
set_unread (RdMailbox *self, RdConversation *conversation, guint unread)
{
  guint before = conversation->unread;

  if (before == unread && conversation->counted)
    return;
  conversation->unread = unread;
  conversation->counted = TRUE;
  rd_mailbox_emit_conversation (self, conversation);
  if (self->counted)
    rd_mailbox_set_unread (self, self->unread - MIN (self->unread, before) + unread);
  else
    rd_mailbox_sum_unread (self);
}

static void
complete (RdMailbox *self, GTask *task)
{
  const Reading *reading = g_task_get_task_data (task);
  RdConversation *conversation = rd_conversations_lookup (self->conversations, reading->conversation);
  RdStretch *stretch = rd_messages_lookup (self->messages, reading->conversation);
  guint arrived = conversation != NULL ? conversation->arrived : 0;

  /* What came in meanwhile has not been read by that. */
  for (guint i = stretch != NULL ? stretch->messages->len : 0; i > 0; i--)
    {
      RdMessage *message = stretch->messages->pdata[i - 1];

      if (!message->ours && arrived > 0)
        arrived--;
      else if (!message->ours)
        message->read = RD_EVENT_YES;
    }
  if (conversation != NULL)
    set_unread (self, conversation, conversation->arrived);
  rd_mailbox_ask_unread (self);
  g_task_return_boolean (task, TRUE);
}

/* @error: (transfer full) */
static void
undo (RdMailbox *self, GTask *task, GError *error)
{
  const Reading *reading = g_task_get_task_data (task);
  RdConversation *conversation = rd_conversations_lookup (self->conversations, reading->conversation);

  if (conversation != NULL)
    set_unread (self, conversation, reading->unread + conversation->arrived);
  rd_mailbox_ask_unread (self);
  g_task_return_error (task, error);
}

/* Ids of what others wrote and our user has not read, newest first: those the site says so of, and where it says
 * nothing, as many as it counts. */
static void
gather (RdMailbox *self, Reading *reading)
{
  const RdConversation *conversation = rd_conversations_lookup (self->conversations, reading->conversation);
  RdStretch *stretch = rd_messages_lookup (self->messages, reading->conversation);
  guint unsaid = conversation != NULL ? MAX (reading->unread, 1) : 0;

  g_ptr_array_set_size (reading->ids, 0);
  for (guint i = stretch != NULL ? stretch->messages->len : 0; i > 0 && reading->ids->len < MAX_MARKED; i--)
    {
      const RdMessage *message = stretch->messages->pdata[i - 1];

      if (message->ours || message->id == NULL || message->read == RD_EVENT_YES)
        continue;
      if (message->read == RD_EVENT_UNSAID && unsaid == 0)
        continue;
      unsaid -= unsaid > 0;
      g_ptr_array_add (reading->ids, g_strdup (message->id));
    }
}

static void
on_marked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdMailbox *self = g_task_get_source_object (task);
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) reply = rd_site_act_finish (RD_SITE (source), result, &error);

  /* A message that is gone is none that is unread. */
  if (error != NULL && !(reading->ids->len > 0 && rd_fault_get_status (error) == 404))
    {
      undo (self, task, g_steal_pointer (&error));
      return;
    }
  if (reading->ids->len > 0)
    g_ptr_array_remove_index (reading->ids, 0);
  if (reading->ids->len > 0)
    rd_mailbox_ask_mark (self, g_steal_pointer (&task));
  else
    complete (self, task);
}

void
rd_mailbox_ask_mark (RdMailbox *self, GTask *task)
{
  const Reading *reading = g_task_get_task_data (task);
  RdConversation *conversation = rd_conversations_lookup (self->conversations, reading->conversation);
  g_autoptr (RdVars) vars = NULL;

  if (conversation == NULL)
    {
      rd_mailbox_return_fault (task, RD_FAULT_NOT_FOUND, "conversation");
      return;
    }
  vars = rd_mailbox_new_vars (conversation);
  if (reading->ids->len > 0)
    rd_vars_set (vars, "message.id", reading->ids->pdata[0]);
  rd_site_act_async (self->site, "mark-read", vars, self->cancellable, on_marked, task);
}

/* @task: (transfer full) */
static void
mark_messages (RdMailbox *self, GTask *task)
{
  g_autoptr (GTask) owned = task;
  Reading *reading = g_task_get_task_data (owned);

  gather (self, reading);
  /* Where the conversation is named, too, the last message stands for all. */
  if (reading->ids->len > 1
      && (rd_mailbox_uses (self, "mark-read", "conversation.id") || rd_mailbox_uses (self, "mark-read", "peer.id")))
    g_ptr_array_set_size (reading->ids, 1);
  if (reading->ids->len > 0)
    rd_mailbox_ask_mark (self, g_steal_pointer (&owned));
  else
    complete (self, owned);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdMailbox *self = RD_MAILBOX (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entries = rd_mailbox_list_finish (self, result, NULL, &error);

  if (entries == NULL)
    undo (self, task, g_steal_pointer (&error));
  else
    mark_messages (self, g_steal_pointer (&task));
}

void
rd_mailbox_mark_read_async (RdMailbox           *self,
                            const char          *conversation,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  RdConversation *found;
  Reading *reading;

  g_return_if_fail (RD_IS_MAILBOX (self));
  g_return_if_fail (conversation != NULL);

  task = rd_mailbox_new_task (self, callback, user_data, rd_mailbox_mark_read_async);
  if (task == NULL)
    return;
  found = rd_conversations_lookup (self->conversations, conversation);
  if (found == NULL)
    {
      rd_mailbox_return_fault (g_steal_pointer (&task), RD_FAULT_NOT_FOUND, "conversation");
      return;
    }
  reading = g_new0 (Reading, 1);
  reading->conversation = g_strdup (conversation);
  reading->ids = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, reading, free_reading);
  if (found->counted && found->unread == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  reading->unread = found->unread;
  found->arrived = 0;
  set_unread (self, found, 0);
  if (!rd_site_can (self->site, "mark-read"))
    {
      complete (self, task);
      return;
    }
  if (!rd_mailbox_uses (self, "mark-read", "message.id"))
    {
      rd_mailbox_ask_mark (self, g_steal_pointer (&task));
      return;
    }
  gather (self, reading);
  if (reading->ids->len < MIN (reading->unread, MAX_MARKED) && rd_site_can (self->site, "messages"))
    rd_mailbox_list_messages_async (self, conversation, "", MAX_MARKED, on_looked, g_steal_pointer (&task));
  else
    mark_messages (self, g_steal_pointer (&task));
}

gboolean
rd_mailbox_mark_read_finish (RdMailbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
