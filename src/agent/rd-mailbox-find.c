/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

/* The conversation with a person. Where one writes to people it need not have begun; where one writes to conversations
 * it is looked for in the list. */

#define MAX_ROUNDS 10
#define ROUND 100

typedef struct
{
  char *person;
  guint rounds;
} Finding;

static void
free_finding (gpointer data)
{
  Finding *finding = data;

  g_free (finding->person);
  g_free (finding);
}

static void
return_conversation (GTask *task, const RdConversation *conversation)
{
  if (conversation != NULL)
    g_task_return_pointer (task, g_variant_ref_sink (rd_conversation_to_variant (conversation)),
                           (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task, rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "conversation"));
}

/* Nothing is in the way of a new one if the site takes the person's id for it. */
static gboolean
can_begin (RdMailbox *self)
{
  return rd_mailbox_uses (self, "send", "peer.id") && !rd_mailbox_uses (self, "send", "conversation.id");
}

static void
on_round_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdMailbox *self = RD_MAILBOX (source);
  Finding *finding = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;
  g_autoptr (GVariant) entries = rd_mailbox_list_finish (self, result, &more, &error);
  const RdConversation *found = rd_conversations_lookup_peer (self->conversations, finding->person);

  if (entries == NULL && found == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (found == NULL && more && ++finding->rounds < MAX_ROUNDS)
    {
      rd_mailbox_list_conversations_async (self, "", finding->rounds * ROUND, ROUND, on_round_ready,
                                           g_steal_pointer (&task));
      return;
    }
  return_conversation (task, found);
}

void
rd_mailbox_find_conversation_async (RdMailbox           *self,
                                    const char          *person,
                                    const char          *name,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  const RdConversation *found;
  Finding *finding;

  g_return_if_fail (RD_IS_MAILBOX (self));
  g_return_if_fail (person != NULL);

  task = rd_mailbox_new_task (self, callback, user_data, rd_mailbox_find_conversation_async);
  if (task == NULL)
    return;
  if (*person == '\0' || g_strcmp0 (person, self->own_id) == 0)
    {
      rd_mailbox_return_fault (g_steal_pointer (&task), RD_FAULT_BAD_INPUT, "person");
      return;
    }
  found = rd_conversations_lookup_peer (self->conversations, person);
  if (found == NULL && can_begin (self))
    found = rd_conversations_ensure_peer (self->conversations, person, name);
  if (found != NULL)
    {
      return_conversation (task, found);
      return;
    }
  finding = g_new0 (Finding, 1);
  finding->person = g_strdup (person);
  g_task_set_task_data (task, finding, free_finding);
  rd_mailbox_list_conversations_async (self, "", 0, ROUND, on_round_ready, g_steal_pointer (&task));
}

GVariant *
rd_mailbox_find_conversation_finish (RdMailbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
