/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

/* What an account's site has besides calls, as far as its profile knows how to ask: messages, people, invoices. They hear
 * every event before the phone does, and what they find to have been missed goes to the phone as all else that is caught
 * up with, so that doubles are told in one place. */

static gboolean
can_any (RdLine *self, const char * const *actions)
{
  for (guint i = 0; actions[i] != NULL; i++)
    if (rd_site_can (self->site, actions[i]))
      return TRUE;
  return FALSE;
}

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

void
rd_line_build_parts (RdLine *self)
{
  static const char * const message_actions[] = { "conversations", "messages", "inbox", "send", NULL };
  static const char * const people_actions[] = { "people", "set-status", NULL };
  static const char * const invoice_actions[] = { "invoices", NULL };

  if (can_any (self, message_actions))
    {
      self->mailbox = rd_mailbox_new (self->site, self->settings->id);
      g_signal_connect_object (self->mailbox, "missed", G_CALLBACK (on_missed), self, 0);
    }
  if (can_any (self, people_actions))
    self->people = rd_people_new (self->site, self->settings->id);
  if (can_any (self, invoice_actions))
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
rd_line_catch_up_parts (RdLine *self, gint64 since)
{
  if (self->mailbox != NULL)
    rd_mailbox_catch_up (self->mailbox, since);
  if (self->people != NULL)
    rd_people_catch_up (self->people);
  if (self->invoices != NULL)
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
