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
  rd_phone_handle (self->phone, self->settings->id, event, RD_ORIGIN_CATCH_UP);
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

void
rd_line_build_parts (RdLine *self)
{
  g_autofree const char **abilities = rd_profile_dup_abilities (self->profile);

  if (g_strv_contains (abilities, "messages") || g_strv_contains (abilities, "send"))
    {
      self->mailbox = rd_mailbox_new (self->site, self->settings->id);
      g_signal_connect_object (self->mailbox, "missed", G_CALLBACK (on_missed), self, 0);
    }
  if (g_strv_contains (abilities, "people") || g_strv_contains (abilities, "set-status"))
    build_people (self);
  if (g_strv_contains (abilities, "invoices"))
    {
      self->invoices = rd_invoices_new (self->site, self->settings->id);
      g_signal_connect_object (self->invoices, "missed", G_CALLBACK (on_missed), self, 0);
    }
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

void
rd_line_catch_up (RdLine *self, gint64 since)
{
  rd_catch_up_ask (self->catch_up, since);
  if (self->mailbox != NULL)
    rd_mailbox_catch_up (self->mailbox, since);
  if (self->people != NULL)
    rd_people_catch_up (self->people);
  if (self->invoices != NULL)
    rd_invoices_catch_up (self->invoices, since);
}

void
rd_line_poll (RdLine *self, const char *action, gint64 since)
{
  static const char * const of_messages[] = { "conversations", "messages", "inbox", "unread", NULL };
  static const char * const of_calls[] = { "active-call", "calls", NULL };

  if (g_strv_contains (of_calls, action))
    rd_catch_up_ask (self->catch_up, since);
  else if (g_strv_contains (of_messages, action) && self->mailbox != NULL)
    rd_mailbox_catch_up (self->mailbox, since);
  else if (g_str_equal (action, "people") && self->people != NULL)
    rd_people_catch_up (self->people);
  else if (self->invoices != NULL)
    rd_invoices_catch_up (self->invoices, since);
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
