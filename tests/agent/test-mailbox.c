/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mailbox-fixture.h"

/* Conversations: who wrote, how many are unread, what is listed and found; and marking them as read. */

#define LIST "GET /api/conversations/"
#define UNREAD "GET /api/messages/unread_count/"

static void
assert_column (char *column, const char *expected)
{
  g_assert_cmpstr (column, ==, expected);
  g_free (column);
}

/* One page of the CRM's list, out of so many conversations with people from 1001 on. */
static char *
make_list (const MockRequest *request, guint *status, gpointer data)
{
  guint total = GPOINTER_TO_UINT (data);
  g_autofree char *page = part_fixture_parameter (request, "page");
  guint first = (guint) (g_ascii_strtoull (page, NULL, 10) - 1) * 25;
  GString *out = g_string_new ("{\"results\":[");

  g_assert_cmpuint (first, <=, total);
  for (guint i = first; i < MIN (first + 25, total); i++)
    {
      g_autofree char *at = part_fixture_time (-(int) i * 60);

      g_string_append_printf (out,
                              "%s{\"id\":%u,\"other_participant\":{\"id\":%u,\"first_name\":\"Person\","
                              "\"last_name\":\"%u\"},\"last_message\":{\"content\":\"Text %u\"},"
                              "\"last_message_at\":\"%s\",\"unread_count\":%u}",
                              i > first ? "," : "", 1 + i, 1001 + i, i, i, at, i % 2);
    }
  g_string_append_printf (out, "],\"next\":%s}", first + 25 < total ? "\"https://x/?page=2\"" : "null");
  return g_string_free (out, FALSE);
}

static void
list_is (MailboxFixture *f, guint total)
{
  mock_site_make (f->part.site.mock, LIST, make_list, GUINT_TO_POINTER (total));
}

static void
test_new_message (MailboxFixture *f, gconstpointer data)
{
  mailbox_fixture_handle (f, "private-user-7", "new-message", "crm.json", "new-message");
  part_fixture_told (&f->part, "message 501  See you at noon; conversation ~3 1 See you at noon; unread 1");
  /* Sent twice, and once more in the guide's shape. */
  mailbox_fixture_handle (f, "private-user-7", "new-message", "crm.json", "new-message");
  part_fixture_told (&f->part, "");
  mailbox_fixture_handle (f, "private-user-7", "conversation-updated", "crm.json", "conversation-updated");
  part_fixture_told (&f->part, "");
  mailbox_fixture_handle (f, "private-user-7", "unread-count-updated", "crm.json", "unread-count-updated");
  part_fixture_told (&f->part, "unread 4");
}

static void
test_both_sides (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (RdEvent) event = rd_event_new (RD_EVENT_MESSAGE_NEW);
  g_autofree char *conversation = NULL;

  /* Our user wrote it elsewhere. */
  mailbox_fixture_new (f, 1, 7, 3, "Hello", 0);
  part_fixture_told (&f->part, "message 1 sent Hello; conversation ~3 0 Hello");
  mailbox_fixture_new (f, 2, 3, 7, "Hi", 1);
  part_fixture_told (&f->part, "message 2  Hi; conversation ~3 1 Hi; unread 1");
  event->sender_id = g_strdup ("3");
  conversation = rd_mailbox_dup_conversation_id (f->mailbox, event);
  g_assert_cmpstr (conversation, ==, "~3");
  /* One that is late is not the last. */
  mailbox_fixture_new (f, 3, 3, 7, "Earlier", -60);
  part_fixture_told (&f->part, "message 3  Earlier; conversation ~3 2 Hi; unread 2");
  /* That it was read. */
  mailbox_fixture_take (f, "private-user-7", "message-read", "{\"message_id\":1,\"read_by\":3}");
  part_fixture_told (&f->part, "message 1 read Hello");
  mailbox_fixture_take (f, "private-user-7", "message-read", "{\"message_id\":2,\"read_by\":9}");
  part_fixture_told (&f->part, "");
  mailbox_fixture_take (f, "private-user-7", "message-read", "{\"message_id\":2,\"read_by\":7}");
  part_fixture_told (&f->part, "conversation ~3 1 Hi; unread 1");
  mailbox_fixture_take (f, "private-user-7", "message-read", "{\"message_id\":2,\"read_by\":7}");
  mailbox_fixture_take (f, "private-user-7", "message-read", "{\"message_id\":99}");
  part_fixture_told (&f->part, "");
}

static void
test_ids (MailboxFixture *f, gconstpointer data)
{
  gboolean more = TRUE;

  list_is (f, 2);
  /* Known by whom it is with, then listed with an id of its own: it stays one, under the id that clients have. */
  mailbox_fixture_new (f, 1, 1001, 7, "New", 30);
  part_fixture_told (&f->part, "message 1  New; conversation ~1001 1 New; unread 1");
  assert_column (mailbox_fixture_list (f, "", 0, 10, "id", &more), "~1001 2");
  g_assert_false (more);
  /* The list was older than the message. */
  assert_column (mailbox_fixture_list (f, "", 0, 10, "text", NULL), "New Text 1");
  assert_column (mailbox_fixture_list (f, "", 0, 10, "person", NULL), "1001 1002");
  mailbox_fixture_take (f, "private-user-7", "conversation-updated",
                        "{\"conversation_id\":1,\"sender_id\":1001,\"last_message\":{\"content\":\"Newer\","
                        "\"created_at\":\"2026-01-05T12:05:00Z\"}}");
  assert_column (mailbox_fixture_list (f, "", 0, 10, "text", NULL), "Newer Text 1");
}

static void
test_pages (MailboxFixture *f, gconstpointer data)
{
  gboolean more = FALSE;

  list_is (f, 60);
  assert_column (mailbox_fixture_list (f, "", 0, 3, "name", &more), "Person 0 Person 1 Person 2");
  g_assert_true (more);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 1);
  /* Nothing is asked twice. */
  assert_column (mailbox_fixture_list (f, "", 22, 3, "name", &more), "Person 22 Person 23 Person 24");
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 1);
  assert_column (mailbox_fixture_list (f, "", 24, 3, "name", &more), "Person 24 Person 25 Person 26");
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 2);
  assert_column (mailbox_fixture_list (f, "", 58, 3, "name", &more), "Person 58 Person 59");
  g_assert_false (more);
  assert_column (mailbox_fixture_list (f, "", 60, 3, "name", &more), "");
  assert_column (mailbox_fixture_list (f, "", G_MAXUINT, G_MAXUINT, "name", &more), "");
  g_assert_false (more);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 3);
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 30);
}

/* A site that gives all there is, whichever page is asked for. */
static void
test_one_page_again_and_again (MailboxFixture *f, gconstpointer data)
{
  GString *out = g_string_new ("{\"results\":[");
  gboolean more = TRUE;

  for (int i = 0; i < 30; i++)
    g_string_append_printf (out, "%s{\"id\":%d}", i > 0 ? "," : "", i);
  g_string_append (out, "]}");
  mock_site_say_text (f->part.site.mock, LIST, 200, "application/json", out->str);
  g_string_free (out, TRUE);
  assert_column (mailbox_fixture_list (f, "", 28, 10, "id", &more), "28 29");
  g_assert_false (more);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 2);
}

static void
test_together (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) other = NULL;

  list_is (f, 30);
  rd_mailbox_list_conversations_async (f->mailbox, "", 0, 5, rd_test_store_result, &one);
  rd_mailbox_list_conversations_async (f->mailbox, "", 26, 5, rd_test_store_result, &other);
  rd_test_await (one != NULL && other != NULL);
  mailbox_fixture_expect (f, one, -1);
  mailbox_fixture_expect (f, other, -1);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 2);
}

static void
test_search (MailboxFixture *f, gconstpointer data)
{
  gboolean more = TRUE;

  list_is (f, 60);
  assert_column (mailbox_fixture_list (f, "PERSON 5", 0, 20, "name", &more),
                 "Person 5 Person 50 Person 51 Person 52 Person 53 Person 54 Person 55 Person 56 Person 57 Person 58 "
                 "Person 59");
  g_assert_false (more);
  assert_column (mailbox_fixture_list (f, "  text 7 ", 0, 20, "name", &more), "Person 7");
  assert_column (mailbox_fixture_list (f, "person 5", 9, 1, "name", &more), "Person 58");
  g_assert_true (more);
  assert_column (mailbox_fixture_list (f, "nobody", 0, 20, "name", &more), "");
  mailbox_fixture_new (f, 1, 3, 7, "\xc3\x84RGER", 30);
  assert_column (mailbox_fixture_list (f, "\xc3\xa4rger", 0, 20, "id", &more), "~3");
}

static void
test_order (MailboxFixture *f, gconstpointer data)
{
  list_is (f, 3);
  assert_column (mailbox_fixture_list (f, "", 0, 10, "id", NULL), "1 2 3");
  mailbox_fixture_new (f, 1, 1003, 7, "Last", 10);
  assert_column (mailbox_fixture_list (f, "", 0, 10, "id", NULL), "3 1 2");
  /* What is said to have been said in the year 2099 was said now. */
  rd_test_clock_advance (f->part.clock, 1000);
  mailbox_fixture_new (f, 2, 1002, 7, "Future", 2000000000);
  assert_column (mailbox_fixture_list (f, "", 0, 10, "id", NULL), "3 2 1");
  mailbox_fixture_new (f, 3, 1002, 7, "Now", 5);
  assert_column (mailbox_fixture_list (f, "", 0, 10, "text", NULL), "Last Now Text 0");
}

static void
test_unread (MailboxFixture *f, gconstpointer data)
{
  list_is (f, 4);
  mailbox_fixture_new (f, 1, 1001, 7, "a", 10);
  mailbox_fixture_new (f, 2, 1001, 7, "b", 11);
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 2);
  /* The list knows better: none of the first's, one of the second's and of the fourth's. */
  assert_column (mailbox_fixture_list (f, "", 0, 10, "unread", NULL), "0 1 0 1");
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 2);
  /* The site counts all; what comes then is one more of them. */
  mailbox_fixture_take (f, "private-user-7", "unread-count-updated", "{\"unread_count\":\"9\"}");
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 9);
  mailbox_fixture_new (f, 3, 1003, 7, "c", 12);
  mailbox_fixture_new (f, 3, 1003, 7, "c", 12);
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 10);
}

static void
test_list_fails (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean more = FALSE;

  mock_site_say_text (f->part.site.mock, LIST, 200, "text/html", "<html>Please sign in</html>");
  rd_mailbox_list_conversations_async (f->mailbox, "", 0, 10, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  mailbox_fixture_expect (f, result, RD_FAULT_BAD_REPLY);
  /* What is known is better than nothing. */
  mailbox_fixture_new (f, 1, 3, 7, "a", 0);
  assert_column (mailbox_fixture_list (f, "", 0, 10, "id", &more), "~3");
  g_assert_true (more);
}

static void
mark (MailboxFixture *f, const char *conversation, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rd_mailbox_mark_read_async (f->mailbox, conversation, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  rd_mailbox_mark_read_finish (f->mailbox, result, &error);
  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, RD_FAULT, code);
}

static void
test_mark_read (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;

  mock_site_say_text (mock, UNREAD, 200, "application/json", "{\"unread_count\":1}");
  mock_site_hang (mock, "POST /api/messages/2/mark_read/");
  mock_site_say_text (mock, "POST /api/messages/1/mark_read/", 404, "application/json", "{}");
  mailbox_fixture_new (f, 1, 3, 7, "a", 1);
  mailbox_fixture_new (f, 2, 3, 7, "b", 2);
  g_ptr_array_set_size (f->part.told, 0);
  rd_mailbox_mark_read_async (f->mailbox, "~3", rd_test_store_result, &result);
  /* At once. */
  part_fixture_told (&f->part, "conversation ~3 0 b; unread 0");
  part_fixture_await (&f->part, "POST /api/messages/2/mark_read/", 1);
  /* What comes in meanwhile was not read by that; and a message that is gone is in nobody's way. */
  mailbox_fixture_new (f, 3, 3, 7, "c", 3);
  part_fixture_told (&f->part, "message 3  c; conversation ~3 1 c; unread 1");
  mock_site_answer (mock, 200, "{}");
  rd_test_await (result != NULL);
  g_assert_true (rd_mailbox_mark_read_finish (f->mailbox, result, NULL));
  rd_test_await (mock_site_count (mock, UNREAD) == 1);
  part_fixture_told (&f->part, "");
  g_assert_cmpuint (rd_mailbox_get_unread (f->mailbox), ==, 1);
}

static void
test_mark_read_fails (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_hang (mock, "POST /api/messages/1/mark_read/");
  mailbox_fixture_new (f, 1, 3, 7, "a", 1);
  mailbox_fixture_take (f, "private-user-7", "unread-count-updated", "{\"unread_count\":5}");
  g_ptr_array_set_size (f->part.told, 0);
  rd_mailbox_mark_read_async (f->mailbox, "~3", rd_test_store_result, &result);
  part_fixture_told (&f->part, "conversation ~3 0 a; unread 4");
  part_fixture_await (&f->part, "POST /api/messages/1/mark_read/", 1);
  mailbox_fixture_new (f, 2, 3, 7, "b", 2);
  part_fixture_told (&f->part, "message 2  b; unread 5; conversation ~3 1 b");
  mock_site_answer (mock, 403, "{\"error\":\"No\"}");
  rd_test_await (result != NULL);
  g_assert_false (rd_mailbox_mark_read_finish (f->mailbox, result, &error));
  g_assert_cmpstr (rd_fault_get_said (error), ==, "No");
  part_fixture_told (&f->part, "conversation ~3 2 b; unread 6");
  mark (f, "nobody", RD_FAULT_NOT_FOUND);
  mark (f, "", RD_FAULT_NOT_FOUND);
}

/* To this site asking for a history means that it was read: it is asked only where somebody looks. */
static void
test_nothing_is_asked_unseen (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  list_is (f, 3);
  g_free (mailbox_fixture_list (f, "", 0, 10, "id", NULL));
  mailbox_fixture_new (f, 1, 1001, 7, "a", 1);
  mailbox_fixture_take (f, "private-user-7", "conversation-updated", "{\"conversation_id\":2,\"sender_id\":1002}");
  rd_test_drain ();
  g_assert_cmpuint (mock_site_count (mock, "GET /api/messages/with_user/"), ==, 0);
}

static void
find (MailboxFixture *f, const char *person, const char *name, int code, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) found = NULL;
  g_autoptr (GError) error = NULL;
  const char *got = NULL;

  rd_mailbox_find_conversation_async (f->mailbox, person, name, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  found = rd_mailbox_find_conversation_finish (f->mailbox, result, &error);
  if (code >= 0)
    {
      g_assert_error (error, RD_FAULT, code);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (found, "id", "&s", &got));
  g_assert_cmpstr (got, ==, id);
}

static void
test_find (MailboxFixture *f, gconstpointer data)
{
  list_is (f, 2);
  find (f, "55", "Ada", -1, "~55");
  find (f, "7", NULL, RD_FAULT_BAD_INPUT, NULL);
  find (f, "", NULL, RD_FAULT_BAD_INPUT, NULL);
  /* It has not begun: it is not listed until it has. */
  assert_column (mailbox_fixture_list (f, "", 0, 10, "id", NULL), "1 2");
  find (f, "1002", NULL, -1, "2");
  mailbox_fixture_new (f, 1, 55, 7, "a", 60);
  assert_column (mailbox_fixture_list (f, "", 0, 10, "name", NULL), "Ada Person 0 Person 1");
}

/* Where one writes to conversations, the one with a person is looked for. */
static void
test_find_listed (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  mock_site_say_text (mock, "GET /conversations", 200, "application/json",
                      "{\"items\":[{\"id\":\"a\",\"with\":\"3\"}],\"more\":true}");
  mock_site_say_text (mock, "GET /conversations", 200, "application/json",
                      "{\"items\":[{\"id\":\"b\",\"with\":4}],\"more\":false}");
  find (f, "4", NULL, -1, "b");
  find (f, "5", NULL, RD_FAULT_NOT_FOUND, NULL);
  g_assert_cmpuint (mock_site_count (mock, "GET /conversations"), ==, 2);
}

/* A site that searches itself. */
static void
test_site_searches (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  gboolean more = FALSE;

  mock_site_say_text (mock, "GET /conversations", 200, "application/json",
                      "{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}],\"more\":true}");
  assert_column (mailbox_fixture_list (f, "o & p", 1, 2, "id", &more), "b c");
  part_fixture_asked (&f->part, "GET /conversations", 0, "q=o%20%26%20p");
  g_assert_true (more);
}

static void
test_stopped (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) history = NULL;
  g_autoptr (GAsyncResult) marked = NULL;
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_hang (mock, LIST);
  mock_site_hang (mock, UNREAD);
  mock_site_hang (mock, "GET /api/messages/");
  mock_site_hang (mock, "GET /api/messages/with_user/");
  mock_site_hang (mock, "POST /api/messages/1/mark_read/");
  mock_site_hang (mock, "POST /api/messages/send/");
  mailbox_fixture_new (f, 1, 3, 7, "a", 1);
  rd_mailbox_catch_up (f->mailbox, PART_NOON - PART_MINUTE);
  mailbox_fixture_new (f, 2, 3, 7, "b", 1);
  rd_mailbox_list_conversations_async (f->mailbox, "", 0, 10, rd_test_store_result, &listed);
  rd_mailbox_list_messages_async (f->mailbox, "~3", "", 10, rd_test_store_result, &history);
  rd_mailbox_mark_read_async (f->mailbox, "~3", rd_test_store_result, &marked);
  rd_mailbox_send_async (f->mailbox, "~3", "Hello", rd_test_store_result, &sent);
  g_ptr_array_set_size (f->part.told, 0);
  rd_mailbox_stop (f->mailbox);
  rd_test_await (listed != NULL && history != NULL && marked != NULL && sent != NULL);
  mailbox_fixture_expect (f, listed, RD_FAULT_NOT_FOUND);
  g_assert_true (g_task_had_error (G_TASK (history)));
  g_assert_true (g_task_had_error (G_TASK (marked)));
  g_assert_true (g_task_had_error (G_TASK (sent)));
  /* And nothing more is asked or told. */
  mailbox_fixture_new (f, 3, 3, 7, "c", 1);
  rd_mailbox_catch_up (f->mailbox, PART_NOON);
  rd_mailbox_poll (f->mailbox, "conversations", 0);
  g_assert_false (rd_mailbox_set_typing (f->mailbox, "~3", TRUE, &error));
  rd_mailbox_list_conversations_async (f->mailbox, "", 0, 10, rd_test_store_result, &late);
  rd_test_await (late != NULL);
  mailbox_fixture_expect (f, late, RD_FAULT_NOT_FOUND);
  g_assert_cmpuint (rd_test_clock_get_timers (f->part.clock), ==, 0);
  part_fixture_told (&f->part, "");
}

/* It may go while something is asked: the reply finds nobody. */
static void
test_dropped (MailboxFixture *f, gconstpointer data)
{
  RdMailbox *mailbox = f->mailbox;

  list_is (f, 3);
  mock_site_hang (f->part.site.mock, LIST);
  rd_mailbox_list_conversations_async (mailbox, "", 0, 10, NULL, NULL);
  mailbox_fixture_new (f, 1, 3, 7, "a", 1);
  f->mailbox = NULL;
  g_object_add_weak_pointer (G_OBJECT (mailbox), (gpointer *) &mailbox);
  rd_mailbox_stop (mailbox);
  g_object_unref (mailbox);
  rd_test_await (mailbox == NULL);
}

static void
add (const char *name, const char *profile, void (*test) (MailboxFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/agent/mailbox/", name, NULL);

  g_test_add (path, MailboxFixture, profile, mailbox_fixture_set_up, test, mailbox_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("new-message", "crm", test_new_message);
  add ("both-sides", "crm", test_both_sides);
  add ("ids", "crm", test_ids);
  add ("pages", "crm", test_pages);
  add ("one-page-again", "crm", test_one_page_again_and_again);
  add ("together", "crm", test_together);
  add ("search", "crm", test_search);
  add ("site-searches", "mail-sites.json#by-offset", test_site_searches);
  add ("order", "crm", test_order);
  add ("unread", "crm", test_unread);
  add ("list-fails", "crm", test_list_fails);
  add ("mark-read", "crm", test_mark_read);
  add ("mark-read-fails", "crm", test_mark_read_fails);
  add ("nothing-is-asked-unseen", "crm", test_nothing_is_asked_unseen);
  add ("find", "crm", test_find);
  add ("find-listed", "mail-sites.json#by-id", test_find_listed);
  add ("stopped", "crm", test_stopped);
  add ("dropped", "crm", test_dropped);
  return g_test_run ();
}
