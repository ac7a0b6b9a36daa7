/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

#include "rd-clean.h"

/* What our user writes: shown at once, then what the site makes of it. The site tells of it twice over: by its reply,
 * and by its events, which may come first and more than once. An event that may be the echo of what is being sent
 * waits for the reply: that one says for certain. */

#define MAX_HELD 64
/* Clocks differ. What is older than this before it was sent is no echo of it. */
#define ECHO_TOLERANCE (120 * G_USEC_PER_SEC)

typedef struct
{
  char *conversation;
  char *local_id;
  char *text; /* as it is shown */
} Sending;

static void
free_sending (gpointer data)
{
  Sending *sending = data;

  g_free (sending->conversation);
  g_free (sending->local_id);
  g_free (sending->text);
  g_free (sending);
}

/* Texts as the site's come in, so that they can be told to be the same. */
static char *
dup_shown (const char *text)
{
  return g_strstrip (rd_clean_text (text, RD_MAILBOX_MAX_TEXT));
}

static RdMessage *
find_sent (RdStretch *stretch, const RdEvent *event, const char *text, RdEventDelivery state)
{
  RdMessage *message = rd_stretch_find_sent (stretch, text, state);

  return message != NULL && (event->at == 0 || event->at >= message->at - ECHO_TOLERANCE) ? message : NULL;
}

/* TRUE: it was held already. The last that is told of it is what counts. */
static gboolean
replace_held (RdMailbox *self, RdEvent *event)
{
  for (guint i = 0; i < self->held->len; i++)
    if (g_strcmp0 (((const RdEvent *) self->held->pdata[i])->message_id, event->message_id) == 0)
      {
        rd_event_unref (self->held->pdata[i]);
        self->held->pdata[i] = rd_event_ref (event);
        return TRUE;
      }
  return FALSE;
}

gboolean
rd_mailbox_take_echo (RdMailbox *self, RdStretch *stretch, RdEvent *event)
{
  g_autofree char *text = dup_shown (event->text != NULL ? event->text : "");
  RdMessage *message;

  if (event->message_id == NULL || rd_stretch_index (stretch, event->message_id) >= 0)
    return FALSE;
  if (replace_held (self, event))
    return TRUE;
  if (find_sent (stretch, event, text, RD_EVENT_DELIVERY_SENDING) != NULL && self->held->len < MAX_HELD)
    {
      g_ptr_array_add (self->held, rd_event_ref (event));
      return TRUE;
    }
  message = find_sent (stretch, event, text, RD_EVENT_DELIVERY_SENT);
  /* There was no reply, and the site has it after all. */
  if (message == NULL)
    message = find_sent (stretch, event, text, RD_EVENT_DELIVERY_FAILED);
  if (message == NULL)
    return FALSE;
  rd_messages_settle (self->messages, stretch, message, event);
  rd_mailbox_emit_message (self, stretch, message);
  return TRUE;
}

/* (nullable) (transfer full): the first held event of this conversation with this text, or with this id */
static RdEvent *
steal_held (RdMailbox *self, const Sending *sending, const char *id)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      RdEvent *event = self->held->pdata[i];
      g_autofree char *text = dup_shown (event->text != NULL ? event->text : "");
      g_autofree char *conversation = rd_mailbox_dup_conversation_id (self, event);

      if (g_strcmp0 (conversation, sending->conversation) == 0
          && (id != NULL ? g_strcmp0 (event->message_id, id) == 0 : g_str_equal (text, sending->text)))
        return g_ptr_array_steal_index (self->held, i);
    }
  return NULL;
}

/* Nobody waits any more for what is left with this text: it was sent from somewhere else. */
static void
release_held (RdMailbox *self, RdStretch *stretch, const Sending *sending)
{
  RdEvent *event;

  if (rd_stretch_find_sent (stretch, sending->text, RD_EVENT_DELIVERY_SENDING) != NULL)
    return;
  while ((event = steal_held (self, sending, NULL)) != NULL)
    {
      rd_mailbox_keep_message (self, stretch, event);
      rd_event_unref (event);
    }
}

static void
take_reply (RdMailbox *self, RdStretch *stretch, RdMessage *message, const Sending *sending, const RdEvent *reply)
{
  const char *id = reply != NULL ? reply->message_id : NULL;
  RdEvent *echo = steal_held (self, sending, id);

  rd_messages_settle (self->messages, stretch, message, id != NULL ? reply : echo);
  /* What the event said may be newer than the reply. */
  if (echo != NULL && id != NULL && echo->delivery != RD_EVENT_DELIVERY_UNKNOWN)
    rd_message_advance (message, echo->delivery);
  g_clear_pointer (&echo, rd_event_unref);
}

static void
note_sent (RdMailbox *self, const RdMessage *message, const Sending *sending)
{
  RdConversation *conversation = rd_conversations_lookup (self->conversations, sending->conversation);

  if (conversation == NULL)
    return;
  rd_conversations_note (self->conversations, conversation, sending->text, message->at, TRUE);
  rd_mailbox_emit_conversation (self, conversation);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdMailbox *self = g_task_get_source_object (task);
  const Sending *sending = g_task_get_task_data (task);
  RdStretch *stretch = rd_messages_use (self->messages, sending->conversation);
  RdMessage *message = rd_stretch_find_local (stretch, sending->local_id);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) reply = rd_site_list_finish (RD_SITE (source), result, &error);
  g_autoptr (RdEvent) echo = NULL;

  if (message == NULL)
    {
      rd_mailbox_return_fault (g_steal_pointer (&task), RD_FAULT_NOT_FOUND, "message");
      return;
    }
  /* No reply is no proof that nothing was sent. */
  if (reply == NULL)
    echo = steal_held (self, sending, NULL);
  if (reply != NULL)
    take_reply (self, stretch, message, sending, reply->items->len > 0 ? reply->items->pdata[0] : NULL);
  else if (echo != NULL)
    rd_messages_settle (self->messages, stretch, message, echo);
  else
    message->state = RD_EVENT_DELIVERY_FAILED;
  rd_mailbox_emit_message (self, stretch, message);
  if (message->state != RD_EVENT_DELIVERY_FAILED)
    note_sent (self, message, sending);
  if (reply != NULL || echo != NULL)
    g_task_return_pointer (task, g_variant_ref_sink (rd_message_to_variant (message, sending->conversation)),
                           (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  release_held (self, stretch, sending);
}

/* (transfer none): what is shown of it from now on */
static RdMessage *
add_message (RdMailbox *self, RdStretch *stretch, const char *shown)
{
  gint64 now = rd_clock_get_real_time (self->clock);
  RdMessage *message = rd_stretch_find_sent (stretch, shown, RD_EVENT_DELIVERY_FAILED);
  g_autofree char *local_id = NULL;

  if (message != NULL)
    {
      rd_messages_retry (self->messages, stretch, message, now);
      return message;
    }
  if (stretch->newer > 0)
    rd_messages_reset (self->messages, stretch);
  local_id = g_strdup_printf ("local-%u", ++self->sent);
  message = rd_message_new_sent (local_id, self->own_id, self->own_name, shown, now);
  rd_messages_add_sent (self->messages, stretch, message);
  return message;
}

guint
rd_mailbox_get_max_text (RdMailbox *self)
{
  g_return_val_if_fail (RD_IS_MAILBOX (self), RD_MAILBOX_MAX_TEXT);

  return MIN (rd_action_get_text_limit (rd_profile_get_action (rd_site_get_profile (self->site), "send")),
              RD_MAILBOX_MAX_TEXT);
}

static gboolean
is_text (RdMailbox *self, const char *text)
{
  return g_utf8_validate (text, -1, NULL) && g_utf8_strlen (text, -1) <= (glong) rd_mailbox_get_max_text (self);
}

void
rd_mailbox_send_async (RdMailbox           *self,
                       const char          *conversation,
                       const char          *text,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RdVars) vars = NULL;
  g_autofree char *shown = NULL;
  RdConversation *found;
  RdStretch *stretch;
  RdMessage *message;
  Sending *sending;

  g_return_if_fail (RD_IS_MAILBOX (self));
  g_return_if_fail (conversation != NULL && text != NULL);

  task = rd_mailbox_new_task (self, callback, user_data, rd_mailbox_send_async);
  if (task == NULL)
    return;
  found = rd_conversations_lookup (self->conversations, conversation);
  shown = is_text (self, text) ? dup_shown (text) : NULL;
  if (found == NULL || shown == NULL || *shown == '\0' || !rd_site_can (self->site, "send"))
    {
      RdFaultCode code = RD_FAULT_UNSUPPORTED;

      if (found == NULL || shown == NULL || *shown == '\0')
        code = found == NULL ? RD_FAULT_NOT_FOUND : RD_FAULT_BAD_INPUT;
      rd_mailbox_return_fault (g_steal_pointer (&task), code, found == NULL ? "conversation" : "text");
      return;
    }
  rd_mailbox_end_own_typing (self, conversation);
  stretch = rd_messages_use (self->messages, conversation);
  message = add_message (self, stretch, shown);
  sending = g_new0 (Sending, 1);
  sending->conversation = g_strdup (conversation);
  sending->local_id = g_strdup (message->local_id);
  sending->text = g_steal_pointer (&shown);
  g_task_set_task_data (task, sending, free_sending);
  rd_mailbox_emit_message (self, stretch, message);

  vars = rd_mailbox_new_vars (found);
  rd_vars_set (vars, "text", text);
  rd_site_list_async (self->site, "send", RD_EVENT_MESSAGE, vars, self->cancellable, on_sent, g_steal_pointer (&task));
}

GVariant *
rd_mailbox_send_finish (RdMailbox *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
