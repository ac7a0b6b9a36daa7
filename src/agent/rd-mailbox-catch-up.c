/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox-private.h"

#include "rd-clean.h"
#include "rd-fields.h"

/* What came while nobody listened: after a gap of the line, or from one poll to the next where there is none. Asked
 * from the list of the newest messages, where a site has one, else from that of its conversations, which tells the
 * last message of each. A poll asks for conversations, as the site's page does, and for messages if one has changed. A
 * history is asked for only where a conversation tells nothing, neither of its last message
 * nor of what is unread, and nothing can be marked as read either: to other sites asking for it may mean that it was
 * read. */

#define MAX_PAGES 4
#define MAX_ROOMS 10
#define MAX_MISSED 100
/* More conversations at once than this are told of as one. */
#define MANY 50
/* Clocks are compared by headers that tell whole seconds. What was seen before is told by its id. */
#define MARGIN (5 * G_USEC_PER_SEC)
/* As much of a text as tells messages of one conversation and about one time apart. */
#define GLIMPSE 160
#define RETRY_FIRST_S 15
#define RETRY_LAST_S 300

typedef struct
{
  RdMailbox *mailbox;
  const char *action;
  RdEventKind kind;
  gboolean polling;
  gboolean tells;   /* what is found was missed; else only how things stand is asked */
  gboolean found;   /* a conversation has a new message: which one it is, the list of messages says */
  gint64 since;     /* by the site's clock */
  gint64 gap;       /* as it was asked for */
  gint64 newest;    /* of what was found */
  guint page;
  guint missed;     /* how many were told of */
  guint changed;    /* how many conversations */
  GPtrArray *items; /* RdEvent, newest first as a rule */
  GPtrArray *rooms; /* conversations whose history is left to be asked for */
  char *room;       /* (nullable): as the site knows the one whose history is asked for */
} Round;

static void
free_round (Round *round)
{
  g_object_unref (round->mailbox);
  g_ptr_array_unref (round->items);
  g_ptr_array_unref (round->rooms);
  g_free (round->room);
  g_free (round);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Round, free_round)

/* As the event that was missed: what listed it made it, and nobody else has it. */
static void
become_message (RdEvent *event)
{
  event->kind = RD_EVENT_MESSAGE_NEW;
  rd_fields_make_key (event, NULL);
}

/* (transfer full): a conversation's last message, as far as the list tells of it */
static RdEvent *
new_last_message (const RdEvent *entry)
{
  RdEvent *event = rd_event_new (RD_EVENT_MESSAGE_NEW);

  event->at = entry->at;
  event->direction = RD_EVENT_DIRECTION_IN;
  event->message_id = g_strdup (entry->message_id);
  event->conversation_id = g_strdup (entry->conversation_id);
  event->peer_id = g_strdup (entry->peer_id);
  event->sender_id = g_strdup (entry->sender_id != NULL ? entry->sender_id : entry->peer_id);
  event->sender_name = g_strdup (entry->sender_name != NULL ? entry->sender_name : entry->peer_name);
  event->text = g_strdup (entry->text);
  rd_fields_make_key (event, NULL);
  if (event->message_id == NULL)
    {
      g_free (event->key);
      event->key = g_strdup_printf ("message.new\x1f%s\x1f%" G_GINT64_FORMAT, entry->conversation_id, entry->at);
    }
  return event;
}

static void
tell_missed (RdMailbox *self, Round *round, RdEvent *event)
{
  if (round->missed++ < MAX_MISSED)
    rd_mailbox_emit_missed (self, event);
}

static void
take_messages (RdMailbox *self, Round *round)
{
  for (guint i = 0; i < round->items->len; i++)
    {
      RdEvent *event = round->items->pdata[i];
      gboolean ours = rd_conversations_is_ours (event, self->own_id);

      if (event->at < round->since || !round->tells)
        continue;
      become_message (event);
      rd_mailbox_handle (self, event);
      if (!ours && event->is_read != RD_EVENT_YES)
        tell_missed (self, round, event);
    }
  /* Only the site knows which of them its own count had already. */
  rd_mailbox_ask_unread (self);
}

/* (transfer full): how a list of conversations shows this message */
static char *
make_glimpse (const RdConversation *conversation, const RdEvent *event)
{
  g_autofree char *text = rd_clean_text (event->text != NULL ? event->text : "", GLIMPSE);

  return g_strconcat (conversation->id, "\x1f", text, NULL);
}

static gboolean
was_heard (RdMailbox *self, const RdConversation *conversation, const RdEvent *entry)
{
  g_autofree char *glimpse = make_glimpse (conversation, entry);

  return rd_seen_near (self->heard, glimpse, entry->at, MARGIN);
}

static void
tell_last (RdMailbox *self, Round *round, const RdConversation *conversation, const RdEvent *entry, gboolean changed)
{
  g_autoptr (RdEvent) event = NULL;

  if (!round->tells || entry->at < round->since || entry->text == NULL || conversation->unread == 0
      || rd_conversations_is_ours (entry, self->own_id) || was_heard (self, conversation, entry))
    return;
  if (rd_site_can (self->site, "inbox"))
    {
      round->found |= changed || entry->at > self->asked_until;
      return;
    }
  event = new_last_message (entry);
  tell_missed (self, round, event);
}

/* TRUE if somebody may be looking at what has changed. */
static gboolean
take_conversation (RdMailbox *self, Round *round, const RdEvent *entry)
{
  gboolean changed = FALSE;
  const RdConversation *conversation = rd_mailbox_keep_conversation (self, entry, &changed);
  RdStretch *stretch;

  if (conversation == NULL)
    return FALSE;
  stretch = rd_messages_lookup (self->messages, conversation->id);
  if (changed && ++round->changed <= MANY)
    rd_mailbox_emit_conversation (self, conversation);
  tell_last (self, round, conversation, entry, changed);
  if (round->tells && entry->at == 0 && entry->unread < 0 && round->rooms->len < MAX_ROOMS
      && rd_site_can (self->site, "messages") && !rd_site_can (self->site, "mark-read"))
    g_ptr_array_add (round->rooms, g_strdup (conversation->id));
  if (!changed || stretch == NULL || !stretch->loaded)
    return FALSE;
  rd_messages_reset (self->messages, stretch);
  return TRUE;
}

static void
take_conversations (RdMailbox *self, Round *round)
{
  gboolean looked_at = FALSE;

  for (guint i = 0; i < round->items->len; i++)
    looked_at |= take_conversation (self, round, round->items->pdata[i]);
  rd_mailbox_sum_unread (self);
  if (looked_at || round->changed > MANY)
    rd_mailbox_emit_reset (self);
}

static void
complete (RdMailbox *self, const Round *round)
{
  self->asked_until = MAX (self->asked_until, round->newest);
  self->catching_up = FALSE;
  self->retry_s = 0;
  rd_mailbox_go_on_catching_up (self);
}

/* A wrong date must not make all that follows look old. */
static void
note_newest (RdMailbox *self, Round *round)
{
  gint64 latest = rd_clock_get_real_time (self->clock) + G_TIME_SPAN_DAY;

  for (guint i = 0; i < round->items->len; i++)
    if (((const RdEvent *) round->items->pdata[i])->at <= latest)
      round->newest = MAX (round->newest, ((const RdEvent *) round->items->pdata[i])->at);
}

/* The same again, of the list that has each message by itself. */
static void
turn_to_inbox (Round *round)
{
  round->action = "inbox";
  round->kind = RD_EVENT_MESSAGE;
  round->found = FALSE;
  round->page = 0;
  rd_mailbox_ask_round (round);
}

/* @round: (transfer full): what was asked for is here */
static void
take_round (RdMailbox *self, Round *round)
{
  g_autoptr (Round) owned = round;

  g_ptr_array_sort (round->items, rd_mailbox_compare_times);
  note_newest (self, round);
  if (round->kind == RD_EVENT_MESSAGE)
    take_messages (self, round);
  else
    take_conversations (self, round);
  g_ptr_array_set_size (round->items, 0);
  if (round->found)
    turn_to_inbox (g_steal_pointer (&owned));
  else if (round->rooms->len > 0)
    rd_mailbox_ask_room (g_steal_pointer (&owned));
  else
    complete (self, owned);
}

static gboolean
on_retry_timeout (gpointer user_data)
{
  RdMailbox *self = RD_MAILBOX (user_data);

  self->retry = 0;
  rd_mailbox_go_on_catching_up (self);
  return G_SOURCE_REMOVE;
}

static void
mark_due (RdMailbox *self, gint64 since)
{
  if (self->due)
    since = self->due_since > 0 && since > 0 ? MIN (since, self->due_since) : MAX (since, self->due_since);
  self->due = TRUE;
  self->due_since = since;
}

/* What a poll did not get, the next one will. */
static void
fail (RdMailbox *self, const Round *round, const GError *error)
{
  self->catching_up = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  g_message ("%s: asking what was missed: %s", self->account, error->message);
  if (!round->polling)
    mark_due (self, round->gap);
  if (!self->due)
    return;
  self->retry_s = CLAMP (self->retry_s * 2, RETRY_FIRST_S, RETRY_LAST_S);
  if (self->retry == 0 && !self->paused)
    self->retry = rd_clock_add_timeout (self->clock, self->retry_s * 1000, on_retry_timeout, self);
}

/* Whether what this page ends with was known already. */
static gboolean
reaches_back (const Round *round, const RdPage *page)
{
  for (guint i = 0; i < page->items->len; i++)
    if (((const RdEvent *) page->items->pdata[i])->at < round->since)
      return TRUE;
  return FALSE;
}

static void
on_round_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Round) round = user_data;
  RdMailbox *self = round->mailbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);

  if (page == NULL)
    {
      fail (self, round, error);
      return;
    }
  for (guint i = 0; i < page->items->len; i++)
    g_ptr_array_add (round->items, rd_event_ref (page->items->pdata[i]));
  if (round->tells && page->more && page->items->len > 0 && round->page < MAX_PAGES && !reaches_back (round, page)
      && (rd_mailbox_uses (self, round->action, "page") || rd_mailbox_uses (self, round->action, "offset")))
    rd_mailbox_ask_round (g_steal_pointer (&round));
  else
    take_round (self, g_steal_pointer (&round));
}

static void
on_room_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Round) round = user_data;
  RdMailbox *self = round->mailbox;
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);

  if (page == NULL)
    {
      fail (self, round, error);
      return;
    }
  round->kind = RD_EVENT_MESSAGE;
  for (guint i = 0; i < page->items->len; i++)
    {
      RdEvent *event = page->items->pdata[i];

      /* A history need not say whose it is. */
      if (event->conversation_id == NULL)
        event->conversation_id = g_strdup (round->room);
      g_ptr_array_add (round->items, rd_event_ref (event));
    }
  take_round (self, g_steal_pointer (&round));
}

void
rd_mailbox_ask_room (gpointer data)
{
  g_autoptr (Round) round = data;
  RdMailbox *self = round->mailbox;
  RdConversation *conversation = NULL;
  g_autoptr (RdVars) vars = NULL;

  /* One may have been too many since. */
  while (conversation == NULL && round->rooms->len > 0)
    {
      g_autofree char *id = g_ptr_array_steal_index (round->rooms, round->rooms->len - 1);

      conversation = rd_conversations_lookup (self->conversations, id);
    }
  if (conversation == NULL)
    {
      complete (self, round);
      return;
    }
  vars = rd_mailbox_new_page_vars (self, "messages", "", 1);
  rd_vars_set (vars, "before", "");
  rd_vars_set (vars, "before-time", "");
  rd_mailbox_set_vars (self, conversation->id, vars);
  g_free (round->room);
  round->room = g_strdup (rd_conversation_get_site_id (conversation));
  rd_site_list_async (self->site, "messages", RD_EVENT_MESSAGE, vars, self->cancellable, on_room_ready,
                      g_steal_pointer (&round));
}

void
rd_mailbox_ask_round (gpointer data)
{
  Round *round = data;
  RdMailbox *self = round->mailbox;
  g_autoptr (RdVars) vars = rd_mailbox_new_page_vars (self, round->action, "", ++round->page);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (round->since / G_USEC_PER_SEC);
  g_autofree char *since = time != NULL ? g_date_time_format_iso8601 (time) : g_strdup ("");

  rd_vars_set (vars, "since", round->tells ? since : "");
  rd_site_list_async (self->site, round->action, round->kind, vars, self->cancellable, on_round_ready, round);
}

/* As the site's clock has it. */
static gint64
by_site (RdMailbox *self, gint64 since)
{
  return since > 0 ? MAX (since + rd_site_get_clock_skew (self->site) - MARGIN, 1) : 0;
}

static void
begin (RdMailbox *self, const char *action, gint64 since, gint64 gap, gboolean polling)
{
  Round *round = g_new0 (Round, 1);

  self->catching_up = TRUE;
  self->owing = !polling && gap > 0;
  round->mailbox = g_object_ref (self);
  round->action = action;
  round->kind = g_str_equal (action, "inbox") ? RD_EVENT_MESSAGE : RD_EVENT_CONVERSATION;
  round->polling = polling;
  round->tells = since > 0;
  round->since = since;
  round->gap = gap;
  round->items = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_event_unref);
  round->rooms = g_ptr_array_new_with_free_func (g_free);
  rd_mailbox_ask_round (round);
}

void
rd_mailbox_go_on_catching_up (RdMailbox *self)
{
  gboolean inbox = rd_site_can (self->site, "inbox");
  gint64 since = self->due_since;

  if (!self->due || self->catching_up || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (self->retry != 0)
    rd_clock_remove_timeout (self->clock, self->retry);
  self->retry = 0;
  self->due = FALSE;
  rd_mailbox_ask_unread (self);
  /* Without a gap there is nothing to be missed; only how much is unread has to be known. */
  if (since <= 0 && rd_site_can (self->site, "unread"))
    return;
  inbox &= since > 0;
  if (inbox || rd_mailbox_can_list (self))
    begin (self, inbox ? "inbox" : RD_MAILBOX_LIST, by_site (self, since), since, FALSE);
}

void
rd_mailbox_catch_up (RdMailbox *self, gint64 since)
{
  g_return_if_fail (RD_IS_MAILBOX (self));

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  /* What is at hand has a hole from now on. */
  self->gaps++;
  rd_messages_forget (self->messages);
  rd_mailbox_forget_list (self);
  if (rd_conversations_get_size (self->conversations) > 0)
    rd_mailbox_emit_reset (self);
  self->paused = FALSE;
  mark_due (self, since);
  rd_mailbox_go_on_catching_up (self);
}

void
rd_mailbox_poll (RdMailbox *self, const char *action, gint64 since)
{
  gboolean inbox;

  g_return_if_fail (RD_IS_MAILBOX (self) && action != NULL);

  self->paused = FALSE;
  if (g_str_equal (action, "unread"))
    rd_mailbox_ask_unread (self);
  inbox = g_str_equal (action, "inbox") && rd_site_can (self->site, "inbox");
  if (!inbox && (!g_str_equal (action, "conversations") || !rd_mailbox_can_list (self)))
    return;
  if (!self->catching_up && !g_cancellable_is_cancelled (self->cancellable))
    begin (self, inbox ? "inbox" : RD_MAILBOX_LIST,
           self->asked_until > 0 ? MAX (self->asked_until - MARGIN, 1) : by_site (self, since), 0, TRUE);
}

gboolean
rd_mailbox_is_behind (RdMailbox *self)
{
  g_return_val_if_fail (RD_IS_MAILBOX (self), FALSE);

  return (self->due && self->due_since > 0) || (self->catching_up && self->owing);
}

void
rd_mailbox_retry (RdMailbox *self)
{
  g_return_if_fail (RD_IS_MAILBOX (self));

  self->paused = FALSE;
  rd_mailbox_go_on_catching_up (self);
}

void
rd_mailbox_pause (RdMailbox *self)
{
  g_return_if_fail (RD_IS_MAILBOX (self));

  self->paused = TRUE;
  if (self->retry != 0)
    rd_clock_remove_timeout (self->clock, self->retry);
  self->retry = 0;
}

void
rd_mailbox_note_heard (RdMailbox *self, const RdConversation *conversation, const RdEvent *event)
{
  g_autofree char *glimpse = make_glimpse (conversation, event);

  rd_seen_check (self->heard, glimpse, event->at, 0);
}

void
rd_mailbox_stop_catching_up (RdMailbox *self)
{
  self->due = FALSE;
  rd_mailbox_pause (self);
}
