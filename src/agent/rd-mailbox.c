/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

/* What the line brings of messages, into what is known of them. What is asked from the site, and when, stands in the
 * files beside this one: lists, histories, sending, marking as read, typing, catching up. */

#define MAX_SEEN 256
#define MAX_HEARD 200

typedef enum
{
  PROP_UNREAD = 1,
} RdMailboxProps;

enum
{
  CONVERSATION_CHANGED,
  CONVERSATIONS_RESET,
  MESSAGE_CHANGED,
  TYPING_CHANGED,
  MISSED,
  N_SIGNALS,
};

static GParamSpec *props[PROP_UNREAD + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdMailbox, rd_mailbox, G_TYPE_OBJECT)

/* Replies still come in then, if only to say that nobody waits for them: whoever has stopped it hears nothing more. */
static gboolean
is_stopped (RdMailbox *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

void
rd_mailbox_emit_conversation (RdMailbox *self, const RdConversation *conversation)
{
  g_autoptr (GVariant) value = NULL;

  if (is_stopped (self))
    return;
  value = g_variant_ref_sink (rd_conversation_to_variant (conversation));
  g_signal_emit (self, signals[CONVERSATION_CHANGED], 0, value);
}

void
rd_mailbox_emit_message (RdMailbox *self, const RdStretch *stretch, const RdMessage *message)
{
  g_autoptr (GVariant) value = NULL;

  if (is_stopped (self))
    return;
  value = g_variant_ref_sink (rd_message_to_variant (message, stretch->conversation));
  g_signal_emit (self, signals[MESSAGE_CHANGED], 0, value);
}

void
rd_mailbox_emit_reset (RdMailbox *self)
{
  if (!is_stopped (self))
    g_signal_emit (self, signals[CONVERSATIONS_RESET], 0);
}

void
rd_mailbox_emit_typing (RdMailbox *self, const char *conversation, char **names)
{
  g_signal_emit (self, signals[TYPING_CHANGED], 0, conversation, names);
}

void
rd_mailbox_emit_missed (RdMailbox *self, RdEvent *event)
{
  g_signal_emit (self, signals[MISSED], 0, event);
}

void
rd_mailbox_set_unread (RdMailbox *self, guint unread)
{
  if (self->unread == unread || is_stopped (self))
    return;
  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNREAD]);
}

void
rd_mailbox_sum_unread (RdMailbox *self)
{
  if (!self->counted)
    rd_mailbox_set_unread (self, rd_conversations_sum_unread (self->conversations));
}

gboolean
rd_mailbox_uses (RdMailbox *self, const char *action, const char *variable)
{
  const RdAction *found = rd_profile_get_action (rd_site_get_profile (self->site), action);

  return found != NULL && rd_action_uses (found, variable);
}

static void
set_vars (const RdConversation *conversation, RdVars *vars)
{
  /* Said to be empty, or the account's own values would step in: those of another conversation. */
  rd_vars_set (vars, "conversation.id", rd_conversation_get_site_id (conversation));
  rd_vars_set (vars, "peer.id", conversation->peer_id != NULL ? conversation->peer_id : "");
}

RdVars *
rd_mailbox_new_vars (RdConversation *conversation)
{
  RdVars *vars = rd_vars_new ();

  set_vars (conversation, vars);
  return vars;
}

GTask *
rd_mailbox_new_task (RdMailbox *self, GAsyncReadyCallback callback, gpointer user_data, gpointer tag)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (!g_cancellable_is_cancelled (self->cancellable))
    return g_steal_pointer (&task);
  rd_mailbox_return_fault (g_steal_pointer (&task), RD_FAULT_NOT_FOUND, "account");
  return NULL;
}

void
rd_mailbox_return_fault (GTask *task, RdFaultCode code, const char *where)
{
  g_autoptr (GTask) owned = task;

  g_task_return_error (owned, rd_fault_new (code, NULL, 0, NULL, where));
}

/* A conversation that no list has named yet is called after the one whom it is with. */
static void
name_after (RdMailbox *self, RdConversation *conversation, const RdEvent *event, gboolean ours)
{
  const char *name = event->peer_name;

  if (name == NULL && !conversation->group)
    name = ours ? event->recipient_name : event->sender_name;
  if (conversation->name == NULL)
    conversation->name = g_strdup (name);
  if (conversation->detail == NULL)
    conversation->detail = g_strdup (event->peer_detail);
}

/* Whether a message that is not at hand can be put there without a hole beside it. */
static gboolean
has_place (RdMailbox *self, RdStretch *stretch, const RdEvent *event)
{
  const RdMessage *first = stretch->messages->len > 0 ? stretch->messages->pdata[0] : NULL;

  /* A site may tell once more of what was said long ago, when it has been delivered. */
  if (stretch->loaded && !stretch->whole && first != NULL && event->at > 0 && event->at < first->at)
    return FALSE;
  if (stretch->newer == 0)
    return TRUE;
  /* Its place is behind those that were let go: one more of them, if it is told of for the first time. */
  if (!rd_seen_contains (self->seen, event->message_id))
    stretch->newer++;
  return FALSE;
}

void
rd_mailbox_keep_message (RdMailbox *self, RdStretch *stretch, const RdEvent *event)
{
  gboolean ours = rd_conversations_is_ours (event, self->own_id);
  gint64 now = rd_clock_get_real_time (self->clock);
  RdMessage *message;

  if (rd_stretch_index (stretch, event->message_id) < 0 && !has_place (self, stretch, event))
    return;
  message = rd_messages_take (self->messages, stretch, event, ours, now);
  if (message == NULL)
    return;
  rd_mailbox_emit_message (self, stretch, message);
  /* Last: it may be the oldest. */
  rd_messages_trim (self->messages, stretch, FALSE);
}

static void
count_message (RdMailbox *self, RdConversation *conversation, const RdEvent *event, gboolean ours)
{
  gboolean seen = rd_seen_check (self->seen, event->message_id, 0, RD_SEEN_ALWAYS);

  if (seen || ours || event->is_read == RD_EVENT_YES)
    return;
  conversation->unread++;
  conversation->arrived++;
  self->told_unread++;
  /* The site's own count follows, or says the same. */
  if (self->counted)
    rd_mailbox_set_unread (self, self->unread + 1);
}

/* When it was said. What is said to have been said later than now was said now: else it would be the last for ever. */
static gint64
get_time (RdMailbox *self, const RdEvent *event)
{
  gint64 now = rd_clock_get_real_time (self->clock);

  return event->at > 0 && event->at <= now + G_TIME_SPAN_DAY ? event->at : now;
}

static void
handle_message (RdMailbox *self, RdEvent *event)
{
  RdConversation *conversation = rd_conversations_ensure (self->conversations, event, self->own_id);
  gboolean ours = rd_conversations_is_ours (event, self->own_id);
  gboolean known;
  RdStretch *stretch;

  if (conversation == NULL || event->message_id == NULL)
    return;
  stretch = rd_messages_use (self->messages, conversation->id);
  known = rd_stretch_index (stretch, event->message_id) >= 0;
  name_after (self, conversation, event, ours);
  if (!ours || !rd_mailbox_take_echo (self, stretch, event))
    rd_mailbox_keep_message (self, stretch, event);
  if (event->sender_id != NULL)
    rd_mailbox_end_typing (self, conversation->id, event->sender_id);
  rd_mailbox_note_heard (self, conversation, event);
  if (known)
    return;
  count_message (self, conversation, event, ours);
  rd_conversations_note (self->conversations, conversation, event->text, get_time (self, event), ours);
  if (event->unread >= 0)
    conversation->unread = (guint32) MIN (event->unread, G_MAXINT32);
  rd_mailbox_emit_conversation (self, conversation);
  rd_mailbox_sum_unread (self);
}

static void
handle_read (RdMailbox *self, const RdEvent *event)
{
  RdStretch *stretch = NULL;
  RdMessage *message =
      event->message_id != NULL ? rd_messages_find (self->messages, event->message_id, &stretch) : NULL;
  RdConversation *conversation;

  if (message == NULL)
    return;
  /* One of theirs is read when our user has read it, whoever else has. */
  if (!message->ours && event->sender_id != NULL && g_strcmp0 (event->sender_id, self->own_id) != 0)
    return;
  if (message->ours)
    {
      if (rd_message_advance (message, RD_EVENT_DELIVERY_READ))
        rd_mailbox_emit_message (self, stretch, message);
      return;
    }
  /* Our user has read it on another device. */
  conversation = rd_conversations_lookup (self->conversations, stretch->conversation);
  if (message->read == RD_EVENT_YES || conversation == NULL || conversation->unread == 0)
    return;
  message->read = RD_EVENT_YES;
  conversation->unread--;
  rd_mailbox_emit_conversation (self, conversation);
  rd_mailbox_sum_unread (self);
}

static void
handle_conversation (RdMailbox *self, const RdEvent *event)
{
  gboolean changed = FALSE;
  RdConversation *conversation = rd_mailbox_keep_conversation (self, event, &changed);

  if (conversation == NULL || !changed)
    return;
  rd_mailbox_emit_conversation (self, conversation);
  rd_mailbox_sum_unread (self);
}

static void
handle_unread (RdMailbox *self, const RdEvent *event)
{
  if (event->unread < 0)
    return;
  if (event->conversation_id != NULL)
    {
      handle_conversation (self, event);
      return;
    }
  self->counted = TRUE;
  self->told_unread++;
  rd_mailbox_set_unread (self, (guint) MIN (event->unread, G_MAXINT32));
}

/*
 * GObject
 */
static void
rd_mailbox_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdMailbox *self = RD_MAILBOX (object);

  switch ((RdMailboxProps) id)
    {
    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_mailbox_dispose (GObject *object)
{
  RdMailbox *self = RD_MAILBOX (object);

  rd_mailbox_stop (self);

  G_OBJECT_CLASS (rd_mailbox_parent_class)->dispose (object);
}

static void
rd_mailbox_finalize (GObject *object)
{
  RdMailbox *self = RD_MAILBOX (object);

  g_clear_object (&self->site);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->conversations, rd_conversations_free);
  g_clear_pointer (&self->messages, rd_messages_free);
  g_clear_pointer (&self->seen, rd_seen_free);
  g_clear_pointer (&self->heard, rd_seen_free);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->typists, g_ptr_array_unref);
  g_free (self->account);
  g_free (self->own_id);
  g_free (self->own_name);
  g_free (self->typing_in);
  g_free (self->page_start);

  G_OBJECT_CLASS (rd_mailbox_parent_class)->finalize (object);
}

static void
rd_mailbox_class_init (RdMailboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GSignalFlags flags = G_SIGNAL_RUN_LAST;

  object_class->get_property = rd_mailbox_get_property;
  object_class->dispose = rd_mailbox_dispose;
  object_class->finalize = rd_mailbox_finalize;

  props[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0,
                                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[CONVERSATION_CHANGED] = g_signal_new ("conversation-changed", RD_TYPE_MAILBOX, flags, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, G_TYPE_VARIANT);
  signals[CONVERSATIONS_RESET]
    = g_signal_new ("conversations-reset", RD_TYPE_MAILBOX, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MESSAGE_CHANGED] = g_signal_new ("message-changed", RD_TYPE_MAILBOX, flags, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                           1, G_TYPE_VARIANT);
  signals[TYPING_CHANGED] = g_signal_new ("typing-changed", RD_TYPE_MAILBOX, flags, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                          2, G_TYPE_STRING, G_TYPE_STRV);
  signals[MISSED]
    = g_signal_new ("missed", RD_TYPE_MAILBOX, flags, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RD_TYPE_EVENT);
}

static void
rd_mailbox_init (RdMailbox *self)
{
  self->clock = rd_clock_new ();
  self->cancellable = g_cancellable_new ();
  self->conversations = rd_conversations_new (RD_MAILBOX_MAX_CONVERSATIONS);
  self->messages = rd_messages_new (RD_MAILBOX_MAX_MESSAGES);
  self->seen = rd_seen_new (MAX_SEEN);
  self->heard = rd_seen_new (MAX_HEARD);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_event_unref);
  self->typists = g_ptr_array_new_with_free_func (rd_typist_free);
  g_queue_init (&self->listings);
  g_queue_init (&self->tellings);
}

RdMailbox *
rd_mailbox_new (RdSite *site, const char *account)
{
  RdMailbox *self;

  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (RD_TYPE_MAILBOX, NULL);
  self->site = g_object_ref (site);
  self->account = g_strdup (account);
  return self;
}

void
rd_mailbox_set_clock (RdMailbox *self, RdClock *clock)
{
  g_return_if_fail (RD_IS_MAILBOX (self));
  g_return_if_fail (RD_IS_CLOCK (clock));

  g_set_object (&self->clock, clock);
}

void
rd_mailbox_set_own_user (RdMailbox *self, const char *id, const char *name)
{
  g_return_if_fail (RD_IS_MAILBOX (self));

  g_free (self->own_id);
  g_free (self->own_name);
  self->own_id = g_strdup (id);
  self->own_name = g_strdup (name);
}

void
rd_mailbox_handle (RdMailbox *self, RdEvent *event)
{
  g_return_if_fail (RD_IS_MAILBOX (self));
  g_return_if_fail (event != NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (event->kind == RD_EVENT_MESSAGE_NEW || event->kind == RD_EVENT_MESSAGE_SENT || event->kind == RD_EVENT_MESSAGE)
    handle_message (self, event);
  else if (event->kind == RD_EVENT_MESSAGE_READ)
    handle_read (self, event);
  else if (event->kind == RD_EVENT_CONVERSATION || event->kind == RD_EVENT_CONVERSATION_UPDATED)
    handle_conversation (self, event);
  else if (event->kind == RD_EVENT_UNREAD_COUNT)
    handle_unread (self, event);
  else if (event->kind == RD_EVENT_TYPING)
    rd_mailbox_handle_typing (self, event);
}

void
rd_mailbox_stop (RdMailbox *self)
{
  g_return_if_fail (RD_IS_MAILBOX (self));

  g_cancellable_cancel (self->cancellable);
  rd_mailbox_stop_listing (self);
  rd_mailbox_stop_typing (self);
  rd_mailbox_stop_catching_up (self);
}

const char *
rd_mailbox_get_account (RdMailbox *self)
{
  g_return_val_if_fail (RD_IS_MAILBOX (self), NULL);

  return self->account;
}

guint
rd_mailbox_get_unread (RdMailbox *self)
{
  g_return_val_if_fail (RD_IS_MAILBOX (self), 0);

  return self->unread;
}

char *
rd_mailbox_dup_conversation_id (RdMailbox *self, const RdEvent *event)
{
  const RdConversation *conversation;

  g_return_val_if_fail (RD_IS_MAILBOX (self), NULL);
  g_return_val_if_fail (event != NULL, NULL);

  conversation = rd_conversations_find (self->conversations, event, self->own_id);
  return conversation != NULL ? g_strdup (conversation->id) : NULL;
}

char *
rd_mailbox_dup_room_name (RdMailbox *self, const char *conversation)
{
  const RdConversation *found;

  g_return_val_if_fail (RD_IS_MAILBOX (self), NULL);
  g_return_val_if_fail (conversation != NULL, NULL);

  found = rd_conversations_lookup (self->conversations, conversation);
  return found != NULL && found->group ? g_strdup (found->name) : NULL;
}

char *
rd_mailbox_dup_name (RdMailbox *self, const char *conversation)
{
  const RdConversation *found;

  g_return_val_if_fail (RD_IS_MAILBOX (self), NULL);
  g_return_val_if_fail (conversation != NULL, NULL);

  found = rd_conversations_lookup (self->conversations, conversation);
  return found != NULL ? g_strdup (found->name) : NULL;
}

gboolean
rd_mailbox_set_vars (RdMailbox *self, const char *conversation, RdVars *vars)
{
  const RdConversation *found;

  g_return_val_if_fail (RD_IS_MAILBOX (self), FALSE);
  g_return_val_if_fail (conversation != NULL, FALSE);
  g_return_val_if_fail (vars != NULL, FALSE);

  found = rd_conversations_lookup (self->conversations, conversation);
  if (found != NULL)
    set_vars (found, vars);
  return found != NULL;
}
