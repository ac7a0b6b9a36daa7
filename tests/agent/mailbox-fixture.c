/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mailbox-fixture.h"

/* What the mailbox's tests share. */

static const char *
look_up (GVariant *entry, const char *key)
{
  const char *text = "";

  g_variant_lookup (entry, key, "&s", &text);
  return text;
}

static void
on_conversation_changed (RdMailbox *mailbox, GVariant *conversation, MailboxFixture *f)
{
  guint unread = 0;

  g_variant_lookup (conversation, "unread", "u", &unread);
  part_fixture_tell (&f->part, "conversation %s %u %s", look_up (conversation, "id"), unread,
                     look_up (conversation, "text"));
}

static void
on_message_changed (RdMailbox *mailbox, GVariant *message, MailboxFixture *f)
{
  const char *id = look_up (message, "id");

  part_fixture_tell (&f->part, "message %s %s %s", *id != '\0' ? id : look_up (message, "local-id"),
                     look_up (message, "state"), look_up (message, "text"));
}

static void
on_typing_changed (RdMailbox *mailbox, const char *conversation, char **names, MailboxFixture *f)
{
  g_autofree char *all = g_strjoinv (",", names);

  part_fixture_tell (&f->part, "typing %s %s", conversation, all);
}

static void
on_reset (RdMailbox *mailbox, MailboxFixture *f)
{
  part_fixture_tell (&f->part, "reset");
}

static void
on_missed (RdMailbox *mailbox, RdEvent *event, MailboxFixture *f)
{
  g_assert_cmpint (event->kind, ==, RD_EVENT_MESSAGE_NEW);
  g_assert_nonnull (event->key);
  part_fixture_tell (&f->part, "missed %s %s", event->message_id, event->text);
}

static void
on_unread_changed (RdMailbox *mailbox, GParamSpec *pspec, MailboxFixture *f)
{
  part_fixture_tell (&f->part, "unread %u", rd_mailbox_get_unread (mailbox));
}

void
mailbox_fixture_set_up (MailboxFixture *f, gconstpointer profile)
{
  part_fixture_set_up (&f->part, profile);
  f->mailbox = rd_mailbox_new (f->part.site.site, "account-1");
  rd_mailbox_set_clock (f->mailbox, RD_CLOCK (f->part.clock));
  rd_mailbox_set_own_user (f->mailbox, "7", "Grace");
  /* plain: the fixture outlives the mailbox */
  g_signal_connect (f->mailbox, "conversation-changed", G_CALLBACK (on_conversation_changed), f);
  g_signal_connect (f->mailbox, "message-changed", G_CALLBACK (on_message_changed), f);
  g_signal_connect (f->mailbox, "typing-changed", G_CALLBACK (on_typing_changed), f);
  g_signal_connect (f->mailbox, "conversations-reset", G_CALLBACK (on_reset), f);
  g_signal_connect (f->mailbox, "missed", G_CALLBACK (on_missed), f);
  g_signal_connect (f->mailbox, "notify::unread", G_CALLBACK (on_unread_changed), f);
}

void
mailbox_fixture_tear_down (MailboxFixture *f, gconstpointer profile)
{
  if (f->mailbox != NULL)
    {
      rd_mailbox_stop (f->mailbox);
      rd_test_drain ();
      g_assert_finalize_object (f->mailbox);
    }
  part_fixture_tear_down (&f->part);
}

void
mailbox_fixture_handle (MailboxFixture *f, const char *channel, const char *event, const char *file,
                        const char *packet)
{
  g_autoptr (RdEvent) mapped = part_fixture_event (&f->part, channel, event, file, packet);

  rd_mailbox_handle (f->mailbox, mapped);
}

void
mailbox_fixture_take (MailboxFixture *f, const char *channel, const char *event, const char *json)
{
  g_autoptr (RdEvent) mapped = part_fixture_map (&f->part, channel, event, json);

  rd_mailbox_handle (f->mailbox, mapped);
}

void
mailbox_fixture_new (MailboxFixture *f, int id, int from, int to, const char *text, int seconds)
{
  g_autofree char *at = part_fixture_time (seconds);
  g_autofree char *json = g_strdup_printf (
    "{\"message\":{\"id\":%d,\"sender_id\":%d,\"recipient_id\":%d,\"content\":\"%s\",\"subject\":null,"
    "\"created_at\":\"%s\",\"is_read\":false},\"sender\":{\"id\":%d,\"first_name\":\"N%d\",\"last_name\":\"\"}}",
    id, from, to, text, at, from, from);

  mailbox_fixture_take (f, "private-user-7", "new-message", json);
}

static char *
finish (MailboxFixture *f, GAsyncResult *result, const char *key, gboolean *more)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) entries = rd_mailbox_list_finish (f->mailbox, result, more, &error);

  g_assert_no_error (error);
  return part_fixture_column (entries, key);
}

char *
mailbox_fixture_list (MailboxFixture *f, const char *search, guint offset, guint limit, const char *key,
                      gboolean *more)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_mailbox_list_conversations_async (f->mailbox, search, offset, limit, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return finish (f, result, key, more);
}

char *
mailbox_fixture_history (MailboxFixture *f, const char *conversation, const char *before, guint limit,
                         const char *key, gboolean *more)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_mailbox_list_messages_async (f->mailbox, conversation, before, limit, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return finish (f, result, key, more);
}

void
mailbox_fixture_expect (MailboxFixture *f, GAsyncResult *result, int code)
{
  g_autoptr (GError) error = NULL;

  if (g_task_had_error (G_TASK (result)))
    {
      g_assert_null (g_task_propagate_pointer (G_TASK (result), &error));
      g_assert_error (error, RD_FAULT, code);
    }
  else
    g_assert_cmpint (code, ==, -1);
}
