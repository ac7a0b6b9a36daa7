/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mailbox-fixture.h"
#include "rd-mailbox-private.h"

#include <malloc.h>
#include <string.h>

/* What was missed, and what strangers may send. */

#define INBOX "GET /api/messages/"
#define LIST "GET /api/conversations/"
#define UNREAD "GET /api/messages/unread_count/"

/* The CRM's newest messages of all conversations: @first to @last, newest first; ids are minutes after noon. */
static char *
inbox (int first, int last, gboolean more)
{
  GString *out = g_string_new ("{\"results\":[");

  for (int i = last; i >= first; i--)
    {
      g_autofree char *at = part_fixture_time (i * 60);

      g_string_append_printf (out,
                              "%s{\"id\":%d,\"sender\":%d,\"recipient\":7,\"content\":\"t%d\",\"created_at\":\"%s\","
                              "\"is_read\":%s}",
                              i < last ? "," : "", i, i % 5 == 0 ? 7 : 3, i, at, i % 4 == 0 ? "true" : "false");
    }
  g_string_append_printf (out, "],\"next\":%s}", more ? "\"https://x/?page=2\"" : "null");
  return g_string_free (out, FALSE);
}

static void
say_inbox (MailboxFixture *f, int first, int last, gboolean more)
{
  g_autofree char *text = inbox (first, last, more);

  mock_site_say_text (f->part.site.mock, INBOX, 200, "application/json", text);
}

/* How many were told of as missed since the last time. */
static guint
count_missed (MailboxFixture *f)
{
  guint n = 0;

  for (guint i = 0; i < f->part.told->len; i++)
    n += g_str_has_prefix (f->part.told->pdata[i], "missed");
  g_ptr_array_set_size (f->part.told, 0);
  return n;
}

static void
await_caught_up (MailboxFixture *f)
{
  rd_test_await (!rd_mailbox_is_behind (f->mailbox));
  rd_test_drain ();
}

static void
test_missed (MailboxFixture *f, gconstpointer data)
{
  mock_site_say_text (f->part.site.mock, UNREAD, 200, "application/json", "{\"unread_count\":2}");
  say_inbox (f, 1, 6, FALSE);
  mailbox_fixture_new (f, 2, 3, 7, "t2", 120);
  g_ptr_array_set_size (f->part.told, 0);
  rd_mailbox_catch_up (f->mailbox, PART_NOON + PART_MINUTE + PART_MINUTE / 2);
  await_caught_up (f);
  /* Not our user's own, nor what he has read; what the line had told already is the phone's to know. */
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), >=, 2);
  g_assert_cmpuint (count_missed (f), ==, 3);
  part_fixture_asked (&f->part, INBOX, 0, "page=1");
}

/* The user has paused the account while the site was asked: nobody asks it again by himself. */
static void
test_paused (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  mock_site_say_text (mock, UNREAD, 200, "application/json", "{\"unread_count\":2}");
  mock_site_hang (mock, INBOX);
  say_inbox (f, 1, 6, FALSE);
  rd_mailbox_catch_up (f->mailbox, PART_NOON);
  part_fixture_await (&f->part, INBOX, 1);
  rd_mailbox_pause (f->mailbox);
  mock_site_answer (mock, 500, "{}");
  rd_test_await (!f->mailbox->catching_up);
  rd_test_clock_advance (f->part.clock, 600000);
  rd_test_drain ();
  g_assert_cmpuint (mock_site_count (mock, INBOX), ==, 1);
  rd_mailbox_catch_up (f->mailbox, PART_NOON);
  await_caught_up (f);
  g_assert_cmpuint (mock_site_count (mock, INBOX), ==, 2);
}

/* Nothing was before: nothing is missed. */
static void
test_first_time (MailboxFixture *f, gconstpointer data)
{
  mock_site_say_text (f->part.site.mock, UNREAD, 200, "application/json", "{\"unread_count\":\"12\"}");
  rd_mailbox_catch_up (f->mailbox, 0);
  rd_test_await (rd_mailbox_get_unread (f->mailbox) == 12);
  part_fixture_told (&f->part, "unread 12");
  g_assert_cmpuint (mock_site_count (f->part.site.mock, INBOX), ==, 0);
}

static void
test_bounded_and_resumed (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  mock_site_say_text (mock, UNREAD, 500, "text/html", "<html>");
  say_inbox (f, 176, 200, TRUE);
  mock_site_say_text (mock, INBOX, 503, "application/json", "{\"error\":\"Later\"}");
  say_inbox (f, 176, 200, TRUE);
  say_inbox (f, 151, 175, TRUE);
  say_inbox (f, 126, 150, TRUE);
  say_inbox (f, 101, 125, TRUE);
  rd_mailbox_catch_up (f->mailbox, PART_NOON);
  part_fixture_await (&f->part, INBOX, 2);
  rd_test_await (rd_test_clock_get_timers (f->part.clock) == 1);
  g_assert_true (rd_mailbox_is_behind (f->mailbox));
  g_assert_cmpuint (count_missed (f), ==, 0);
  rd_test_clock_advance (f->part.clock, 18000);
  await_caught_up (f);
  part_fixture_await (&f->part, INBOX, 6);
  g_assert_cmpuint (count_missed (f), ==, 60);
}

/* A second gap while the first is asked for. */
static void
test_gap_in_gap (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autofree char *first = inbox (1, 3, FALSE);

  mock_site_say_text (mock, UNREAD, 200, "application/json", "{}");
  mock_site_hang (mock, INBOX);
  say_inbox (f, 1, 8, FALSE);
  rd_mailbox_catch_up (f->mailbox, PART_NOON);
  part_fixture_await (&f->part, INBOX, 1);
  rd_mailbox_catch_up (f->mailbox, PART_NOON + 5 * PART_MINUTE);
  mock_site_answer (mock, 200, first);
  await_caught_up (f);
  part_fixture_await (&f->part, INBOX, 2);
  g_assert_cmpuint (count_missed (f), ==, 3 + 2);
}

static char *
entry (int id, const char *text, int at, int unread)
{
  g_autofree char *time = part_fixture_time (at);

  return g_strdup_printf ("{\"conversations\":[{\"id\":9,\"contact\":{\"id\":7,\"phone_e164\":\"+1555\"},"
                          "\"last_message\":{\"id\":%d,\"content\":\"%s\",\"direction\":\"inbound\","
                          "\"created_at\":\"%s\"},"
                          "\"unread_count\":%d}]}",
                          id, text, time, unread);
}

static void
poll (MailboxFixture *f, const char *text)
{
  MockSite *mock = f->part.site.mock;
  guint n = mock_site_count (mock, "GET /api/conversations");

  mock_site_hang (mock, "GET /api/conversations");
  rd_mailbox_poll (f->mailbox, "conversations", 0);
  part_fixture_await (&f->part, "GET /api/conversations", n + 1);
  mock_site_answer (mock, 200, text);
  rd_test_await (mock_site_get_live (mock) == 0);
  rd_test_drain ();
}

static void
test_poll (MailboxFixture *f, gconstpointer data)
{
  g_autofree char *first = entry (1, "a", 0, 1);
  g_autofree char *second = entry (2, "b", 60, 2);
  g_autofree char *future = entry (3, "c", 2000000000, 3);
  g_autofree char *third = entry (4, "d", 120, 4);

  poll (f, first);
  g_assert_cmpuint (count_missed (f), ==, 0);
  poll (f, second);
  g_assert_cmpuint (count_missed (f), ==, 1);
  poll (f, second);
  g_assert_cmpuint (count_missed (f), <=, 1);
  /* A date of another century does not make all that follows look old. */
  poll (f, future);
  count_missed (f);
  poll (f, third);
  g_assert_cmpuint (count_missed (f), ==, 1);
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 4);
  poll (f, "{\"success\":false,\"message\":\"No\"}");
  g_assert_cmpuint (rd_test_clock_get_timers (f->part.clock), ==, 0);
}

/* Thousands at once are told of as one. */
static void
test_flood_of_conversations (MailboxFixture *f, gconstpointer data)
{
  GString *out = g_string_new ("{\"conversations\":[");
  g_autofree char *none = entry (1, "a", 0, 0);

  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *at = part_fixture_time (i);

      g_string_append_printf (out,
                              "%s{\"id\":%d,\"contact_id\":%d,\"last_message\":{\"content\":\"x\","
                              "\"direction\":\"inbound\",\"created_at\":\"%s\"},\"unread_count\":1}",
                              i > 0 ? "," : "", 10 + i, 10 + i, at);
    }
  g_string_append (out, "],\"pagination\":{\"has_more\":false}}");
  poll (f, none);
  g_ptr_array_set_size (f->part.told, 0);
  poll (f, out->str);
  rd_test_await (rd_mailbox_get_unread (f->mailbox) > 0);
  g_string_free (out, TRUE);
  g_assert_cmpuint (f->part.told->len, <, 200);
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 3000);
}

/* Strangers */

static void
test_texts (MailboxFixture *f, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (300, 'N');
  g_autofree char *mega = g_strnfill (1024 * 1024, 'x');
  g_autofree char *json = g_strdup_printf (
    "{\"message\":{\"id\":1,\"sender_id\":3,\"recipient_id\":7,\"content\":\"%s\","
    "\"created_at\":\"+040000-01-01T00:00:00Z\"},\"sender\":{\"id\":3,\"first_name\":\"<b>%s\","
    "\"last_name\":\"\xe2\x80\xae\xe2\x81\xa6x\"}}",
    mega, long_name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) entries = NULL;
  g_autoptr (GVariant) found = NULL;
  const char *text = NULL;
  gint64 at = 0;

  mock_site_say_text (f->part.site.mock, LIST, 200, "application/json", "[]");
  mailbox_fixture_take (f, "private-user-7", "new-message", json);
  rd_mailbox_list_conversations_async (f->mailbox, "", 0, 10, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  entries = rd_mailbox_list_finish (f->mailbox, result, NULL, NULL);
  found = g_variant_get_child_value (entries, 0);
  g_assert_true (g_variant_lookup (found, "name", "&s", &text));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 200);
  g_assert_null (strstr (text, "\xe2\x80\xae"));
  g_assert_true (g_variant_lookup (found, "text", "&s", &text));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 160);
  g_assert_true (g_variant_lookup (found, "at", "x", &at));
  g_assert_cmpint (at, ==, PART_NOON);
}

/* As wrong as they come: no crash, and nothing is made of what has no id. */
static void
test_wrong_types (MailboxFixture *f, gconstpointer data)
{
  static const char * const values[] = {
    "null", "true", "-1", "1e308", "123456789012345678901234567890", "\"\"", "\" \"", "[]", "{}", "[[[[[[{}]]]]]]",
    "\"../../x?y=%2e#\"", "\"a\\nb\"", "\"\\u0000\"", "\"\\u202e\"",
  };
  static const char * const events[] = {
    "new-message", "conversation-updated", "message-read", "unread-count-updated",
  };
  RdProfile *profile = rd_site_get_profile (f->part.site.site);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_autofree char *json = g_strdup_printf (
          "{\"message\":{\"id\":%1$s,\"sender_id\":%2$s,\"recipient_id\":%2$s,\"content\":%1$s,\"created_at\":%2$s,"
          "\"is_read\":%1$s},\"sender\":%2$s,\"message_id\":%1$s,\"read_by\":%2$s,\"unread_count\":%1$s,"
          "\"conversation_id\":%1$s,\"last_message\":%2$s,\"sender_id\":%1$s}",
          values[i], values[j]);
        g_autoptr (JsonNode) node = json_from_string (json, NULL);

        for (guint k = 0; node != NULL && k < G_N_ELEMENTS (events); k++)
          {
            g_autoptr (RdEvent) event = rd_profile_map_event (profile, "private-user-7", events[k], node, NULL);

            if (event != NULL)
              rd_mailbox_handle (f->mailbox, event);
          }
      }
  for (guint i = 0; i < f->part.told->len; i++)
    g_assert_true (g_utf8_validate (f->part.told->pdata[i], -1, NULL));
}

/* An id that is no id of an URL's: it is asked for as what it is. */
static void
test_ids_in_urls (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *history = NULL;

  mailbox_fixture_take (f, "user-7", "said", "{\"id\":1,\"in\":\"a/../b?c#%2f \\u00e9\",\"from\":3,\"text\":\"t\"}");
  mock_site_say_text (mock, "GET /conversations/a%2F..%2Fb%3Fc%23%252f%20%C3%A9", 200, "application/json",
                      "{\"items\":[{\"id\":1,\"from\":3,\"text\":\"t\"}]}");
  history = mailbox_fixture_history (f, "a/../b?c#%2f \xc3\xa9", "", 10, "id", NULL);
  g_assert_cmpstr (history, ==, "1");
  /* One that would be another folder. */
  mailbox_fixture_take (f, "user-7", "said", "{\"id\":2,\"in\":\"..\",\"from\":3,\"text\":\"t\"}");
  rd_mailbox_mark_read_async (f->mailbox, "..", rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_true (g_task_had_error (G_TASK (result)));
  g_assert_cmpuint (mock_site_count (mock, "POST /read"), ==, 0);
}

static void
reply (MailboxFixture *f, const char *text, int code)
{
  g_autoptr (GAsyncResult) result = NULL;

  mock_site_hang (f->part.site.mock, LIST);
  rd_mailbox_catch_up (f->mailbox, 0);
  rd_mailbox_list_conversations_async (f->mailbox, "", 0, 200, rd_test_store_result, &result);
  rd_test_await (result != NULL || mock_site_get_live (f->part.site.mock) > 0);
  mock_site_answer (f->part.site.mock, 200, text);
  rd_test_await (result != NULL);
  mailbox_fixture_expect (f, result, code);
}

static void
test_replies (MailboxFixture *f, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  GString *many = g_string_new ("{\"results\":[");

  mock_site_say_text (f->part.site.mock, UNREAD, 200, "application/json", "{}");
  reply (f, "<html>Please sign in</html>", RD_FAULT_BAD_REPLY);
  reply (f, "", -1);
  reply (f, deep, RD_FAULT_BAD_REPLY);
  reply (f, "{\"results\":{\"a\":1},\"next\":7}", RD_FAULT_BAD_REPLY);
  reply (f, "[1,null,\"x\",[],{},{\"id\":\"\"},{\"id\":null}]", -1);
  reply (f, "{\"results\":[{\"id\":5},{\"id\":5},{\"id\":\"5\"}],\"next\":null}", -1);
  for (int i = 0; i < 100000; i++)
    g_string_append (many, i > 0 ? ",{}" : "{}");
  g_string_append (many, "]}");
  reply (f, many->str, -1);
  g_string_free (many, TRUE);
}

/* More conversations than are kept: those that were said something in last. */
static void
test_bound (void)
{
  g_autoptr (RdConversations) conversations = rd_conversations_new (20000);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GVariant) first = NULL;
  g_autofree char *id = NULL;

  for (int i = 0; i < 25000; i++)
    {
      g_autoptr (RdEvent) event = rd_event_new (RD_EVENT_CONVERSATION);

      event->conversation_id = g_strdup_printf ("c%d", i);
      event->peer_id = g_strdup_printf ("p%d", i % 7000);
      event->at = PART_NOON + (i % 2 == 0 ? i : -i);
      rd_conversations_learn (conversations, rd_conversations_ensure (conversations, event, "7"), event, "7",
                              PART_NOON + G_USEC_PER_SEC);
    }
  g_assert_cmpuint (rd_conversations_get_size (conversations), ==, 20000);
  g_assert_cmpuint (rd_conversations_list (conversations, "", 0, 1, &builder), ==, 20000);
  first = g_variant_ref_sink (g_variant_builder_end (&builder));
  id = part_fixture_column (first, "id");
  g_assert_cmpstr (id, ==, "c24998");
  g_assert_null (rd_conversations_lookup (conversations, "c19999"));
}

/* Said, not judged: what 10,000 of them cost. */
static void
test_cost (void)
{
  g_autoptr (RdConversations) conversations = NULL;
  struct mallinfo2 before = mallinfo2 ();

  conversations = rd_conversations_new (20000);
  for (int i = 0; i < 10000; i++)
    {
      g_autoptr (RdEvent) event = rd_event_new (RD_EVENT_CONVERSATION);

      event->conversation_id = g_strdup_printf ("%d", 100000 + i);
      event->peer_id = g_strdup_printf ("%d", 500000 + i);
      event->peer_name = g_strdup_printf ("Person Number %d", i);
      event->peer_detail = g_strdup_printf ("person%d@example.org", i);
      event->text = g_strdup ("What was said last here is a sentence or two, as they are.");
      event->at = PART_NOON + i;
      rd_conversations_learn (conversations, rd_conversations_ensure (conversations, event, "7"), event, "7",
                              G_MAXINT64);
    }
  g_test_message ("%zu bytes a conversation", (mallinfo2 ().uordblks - before.uordblks) / 10000);
  g_assert_cmpuint (rd_conversations_get_size (conversations), ==, 10000);
}

static void
add (const char *name, const char *profile, void (*test) (MailboxFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/agent/mailbox-missed/", name, NULL);

  g_test_add (path, MailboxFixture, profile, mailbox_fixture_set_up, test, mailbox_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("missed", "crm", test_missed);
  add ("paused", "crm", test_paused);
  add ("first-time", "crm", test_first_time);
  add ("bounded-and-resumed", "crm", test_bounded_and_resumed);
  add ("gap-in-gap", "crm", test_gap_in_gap);
  add ("poll", "sms", test_poll);
  add ("flood-of-conversations", "sms", test_flood_of_conversations);
  add ("texts", "crm", test_texts);
  add ("wrong-types", "crm", test_wrong_types);
  add ("ids-in-urls", "mail-sites.json#by-id", test_ids_in_urls);
  add ("replies", "crm", test_replies);
  g_test_add_func ("/agent/conversations/bound", test_bound);
  g_test_add_func ("/agent/conversations/cost", test_cost);
  return g_test_run ();
}
