/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

/* What an account's site has besides calls, as far as its profile knows how to ask: messages, people, invoices. They
 * hear every event before the phone does, and what they find to have been missed goes to the phone as all else that
 * is caught up with, so that doubles are told in one place. */

static void
on_feed_event (RdFeed *feed, RdEvent *event, RdLine *self)
{
  rd_line_follow (self, event);
  if (self->mailbox != NULL)
    rd_mailbox_handle (self->mailbox, event);
  if (self->people != NULL)
    rd_people_handle (self->people, event);
  if (self->invoices != NULL)
    rd_invoices_handle (self->invoices, event);
}

static void
on_missed (gpointer part, RdEvent *event, RdLine *self)
{
  /* Paused meanwhile: it is found again when the line is wanted back. */
  if (self->stage != STAGE_ON_LINE)
    return;
  rd_line_follow (self, event);
  rd_phone_handle (self->phone, self->settings->id, event, RD_ORIGIN_CATCH_UP);
}

/* Also one that our user has begun. */
static void
on_mailbox_conversation_changed (RdMailbox *mailbox, GVariant *conversation, RdLine *self)
{
  g_autoptr (RdVars) vars = rd_vars_new ();
  const char *id = NULL;

  if (g_variant_lookup (conversation, "id", "&s", &id) && rd_mailbox_set_vars (mailbox, id, vars))
    rd_line_follow_one (self, "conversation.id", rd_vars_get (vars, "conversation.id"));
}

static void
on_invoices_open_changed (RdInvoices *invoices, RdLine *self)
{
  rd_line_keep_open (self);
}

static void
on_feed_members_reset (RdFeed *feed, const char *channel, GPtrArray *members, RdLine *self)
{
  rd_people_set_members (self->people, channel, members);
}

static void
on_feed_member_added (RdFeed *feed, const char *channel, RdEvent *member, RdLine *self)
{
  rd_people_add_member (self->people, channel, member);
}

static void
on_feed_member_removed (RdFeed *feed, const char *channel, const char *id, RdLine *self)
{
  rd_people_drop_member (self->people, channel, id);
}

static void
build_people (RdLine *self)
{
  self->people = rd_people_new (self->site, self->settings->id);
  g_signal_connect_object (self->feed, "members-reset", G_CALLBACK (on_feed_members_reset), self, 0);
  g_signal_connect_object (self->feed, "member-added", G_CALLBACK (on_feed_member_added), self, 0);
  g_signal_connect_object (self->feed, "member-removed", G_CALLBACK (on_feed_member_removed), self, 0);
}

static void
build_mailbox (RdLine *self)
{
  self->mailbox = rd_mailbox_new (self->site, self->settings->id);
  g_signal_connect_object (self->mailbox, "missed", G_CALLBACK (on_missed), self, 0);
  g_signal_connect_object (self->mailbox, "conversation-changed", G_CALLBACK (on_mailbox_conversation_changed), self,
                           0);
}

static void
build_invoices (RdLine *self)
{
  const char * const *open = rd_memory_get_open (self->memory, self->settings->id);

  self->invoices = rd_invoices_new (self->site, self->settings->id);
  if (open != NULL)
    rd_invoices_restore_open (self->invoices, open);
  g_signal_connect_object (self->invoices, "missed", G_CALLBACK (on_missed), self, 0);
  g_signal_connect_object (self->invoices, "open-changed", G_CALLBACK (on_invoices_open_changed), self, 0);
}

void
rd_line_build_parts (RdLine *self)
{
  g_autofree const char **abilities = rd_profile_dup_abilities (self->profile, TRUE);

  if (g_strv_contains (abilities, "messages") || g_strv_contains (abilities, "send"))
    build_mailbox (self);
  if (g_strv_contains (abilities, "people") || g_strv_contains (abilities, "set-status"))
    build_people (self);
  if (g_strv_contains (abilities, "invoices"))
    build_invoices (self);
  g_signal_connect_object (self->feed, "event", G_CALLBACK (on_feed_event), self, 0);
}

void
rd_line_introduce_to_parts (RdLine *self)
{
  if (self->mailbox != NULL)
    rd_mailbox_set_own_user (self->mailbox, self->settings->user_id, self->user_name);
  if (self->people != NULL)
    rd_people_set_own_user (self->people, self->settings->user_id, self->user_name);
}

/* What earlier stretches of the line still owe is older than the gap. */
static gint64
find_since (RdLine *self, gint64 since)
{
  gint64 stood = MIN (rd_memory_get_stood (self->memory, self->settings->id), g_get_real_time ());

  if (since == 0 || stood == 0)
    return MAX (since, stood);
  return MIN (since, stood);
}

void
rd_line_catch_up (RdLine *self, gint64 since)
{
  since = find_since (self, since);
  self->caught_up = TRUE;
  rd_catch_up_ask (self->catch_up, since);
  if (self->mailbox != NULL)
    rd_mailbox_catch_up (self->mailbox, since);
  if (self->people != NULL)
    rd_people_catch_up (self->people);
  if (self->invoices != NULL)
    rd_invoices_catch_up (self->invoices, since);
}

/* Since when this action has not been asked, or told by the line. */
static gint64
find_unasked (RdLine *self, const char *action)
{
  const gint64 *asked = g_hash_table_lookup (self->polled, action);

  return MAX (asked != NULL ? *asked : 0, self->turned_at);
}

static void
note_asked (RdLine *self, const char *action)
{
  self->polled_at = g_get_real_time ();
  g_hash_table_replace (self->polled, g_strdup (action), g_memdup2 (&self->polled_at, sizeof self->polled_at));
}

void
rd_line_poll (RdLine *self, const char *action)
{
  static const char * const of_messages[] = { "conversations", "messages", "inbox", "unread", NULL };
  static const char * const of_calls[] = { "active-call", "calls", NULL };
  gint64 since = find_unasked (self, action);

  note_asked (self, action);
  if (!self->caught_up)
    /* No line has come yet: this stands in for it. */
    rd_line_catch_up (self, 0);
  else if (g_strv_contains (of_calls, action))
    rd_catch_up_ask (self->catch_up, since);
  else if (g_strv_contains (of_messages, action) && self->mailbox != NULL)
    rd_mailbox_poll (self->mailbox, action, since);
  else if (g_str_equal (action, "people") && self->people != NULL)
    rd_people_catch_up (self->people);
  else if (self->invoices != NULL)
    rd_invoices_catch_up (self->invoices, since);
}

gboolean
rd_line_is_behind (RdLine *self)
{
  return rd_catch_up_is_behind (self->catch_up) || (self->mailbox != NULL && rd_mailbox_is_behind (self->mailbox))
         || (self->invoices != NULL && rd_invoices_is_behind (self->invoices));
}

void
rd_line_retry_parts (RdLine *self)
{
  rd_catch_up_retry (self->catch_up);
  if (self->mailbox != NULL)
    rd_mailbox_retry (self->mailbox);
  if (self->invoices != NULL)
    rd_invoices_retry (self->invoices);
}

void
rd_line_pause_parts (RdLine *self)
{
  rd_catch_up_pause (self->catch_up);
  if (self->mailbox != NULL)
    rd_mailbox_pause (self->mailbox);
  if (self->people != NULL)
    rd_people_pause (self->people);
  if (self->invoices != NULL)
    rd_invoices_pause (self->invoices);
}

void
rd_line_stop_parts (RdLine *self)
{
  if (self->mailbox != NULL)
    rd_mailbox_stop (self->mailbox);
  if (self->people != NULL)
    rd_people_stop (self->people);
  if (self->invoices != NULL)
    rd_invoices_stop (self->invoices);
}

RdMailbox *
rd_line_get_mailbox (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  return self->mailbox;
}

RdPeople *
rd_line_get_people (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  return self->people;
}

RdInvoices *
rd_line_get_invoices (RdLine *self)
{
  g_return_val_if_fail (RD_IS_LINE (self), NULL);

  return self->invoices;
}
