/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mailbox-fixture.h"

#include <string.h>

/* What our user writes: shown at once, accepted or not, told of by the site in whatever order; its delivery; and who
 * types. */

#define SEND "POST /api/messages/send/"
#define SMS "POST /messenger/send"

static void
begin (MailboxFixture *f, const char *conversation, const char *text, GAsyncResult **result)
{
  rd_mailbox_send_async (f->mailbox, conversation, text, rd_test_store_result, result);
}

/* Asserts that the message that @result holds is this one. */
static void
sent (MailboxFixture *f, GAsyncResult **result, const char *id, const char *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) message = NULL;
  const char *got = NULL;

  rd_test_await (*result != NULL);
  message = rd_mailbox_send_finish (f->mailbox, *result, &error);
  g_clear_object (result);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (message, "id", "&s", &got));
  g_assert_cmpstr (got, ==, id);
  g_assert_true (g_variant_lookup (message, "state", "&s", &got));
  g_assert_cmpstr (got, ==, state);
}

static void
failed (MailboxFixture *f, GAsyncResult **result, int code)
{
  rd_test_await (*result != NULL);
  mailbox_fixture_expect (f, *result, code);
  g_clear_object (result);
}

static void
answer (MailboxFixture *f, int id, const char *text)
{
  g_autofree char *at = part_fixture_time (1);
  g_autofree char *json = g_strdup_printf ("{\"id\":%d,\"sender\":7,\"recipient\":3,\"content\":\"%s\","
                                           "\"created_at\":\"%s\"}",
                                           id, text, at);

  mock_site_answer (f->part.site.mock, 201, json);
}

static void
start (MailboxFixture *f)
{
  mailbox_fixture_new (f, 1, 3, 7, "Hi", -10);
  g_ptr_array_set_size (f->part.told, 0);
}

/* All of what is at hand, as "id text state" of each. */
static void
assert_history (MailboxFixture *f, const char *conversation, const char *ids)
{
  g_autofree char *got = mailbox_fixture_history (f, conversation, "", 50, "id", NULL);

  g_assert_cmpstr (got, ==, ids);
}

static void
test_reply_first (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (f);
  mock_site_hang (f->part.site.mock, SEND);
  begin (f, "~3", "Hello\nyou", &result);
  part_fixture_told (&f->part, "message local-1 sending Hello you");
  part_fixture_await (&f->part, SEND, 1);
  part_fixture_asked (&f->part, SEND, 0, "\"recipient_id\":3");
  part_fixture_asked (&f->part, SEND, 0, "\"content\":\"Hello\\nyou\"");
  answer (f, 2, "Hello you");
  sent (f, &result, "2", "sent");
  part_fixture_told (&f->part, "message 2 sent Hello you; conversation ~3 1 Hello you");
  mailbox_fixture_new (f, 2, 7, 3, "Hello you", 1);
  mailbox_fixture_new (f, 2, 7, 3, "Hello you", 1);
  part_fixture_told (&f->part, "");
}

static void
test_event_first (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (f);
  mock_site_hang (f->part.site.mock, SEND);
  begin (f, "~3", "Hello", &result);
  part_fixture_await (&f->part, SEND, 1);
  mailbox_fixture_new (f, 2, 7, 3, "Hello", 1);
  mailbox_fixture_new (f, 2, 7, 3, "Hello", 1);
  part_fixture_told (&f->part, "message local-1 sending Hello; conversation ~3 1 Hello; conversation ~3 1 Hello");
  answer (f, 2, "Hello");
  sent (f, &result, "2", "sent");
  part_fixture_told (&f->part, "message 2 sent Hello; conversation ~3 1 Hello");
  mailbox_fixture_new (f, 2, 7, 3, "Hello", 1);
  part_fixture_told (&f->part, "");
}

static void
test_same_text_twice (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) other = NULL;

  start (f);
  mock_site_say_text (f->part.site.mock, "GET /api/messages/with_user/", 200, "application/json",
                      "[{\"id\":1,\"sender\":3,\"content\":\"Hi\",\"created_at\":\"2026-01-05T11:59:50Z\"},"
                      "{\"id\":2,\"sender\":7,\"content\":\"ok\",\"created_at\":\"2026-01-05T12:00:01Z\"},"
                      "{\"id\":3,\"sender\":7,\"content\":\"ok\",\"created_at\":\"2026-01-05T12:00:01Z\"},"
                      "{\"id\":4,\"sender\":7,\"content\":\"ok\",\"created_at\":\"2026-01-05T12:00:02Z\"}]");
  mock_site_hang (f->part.site.mock, SEND);
  begin (f, "~3", "ok", &one);
  part_fixture_await (&f->part, SEND, 1);
  begin (f, "~3", "ok", &other);
  part_fixture_await (&f->part, SEND, 2);
  /* And a third from another device. */
  mailbox_fixture_new (f, 3, 7, 3, "ok", 1);
  mailbox_fixture_new (f, 2, 7, 3, "ok", 1);
  mailbox_fixture_new (f, 4, 7, 3, "ok", 2);
  answer (f, 2, "ok");
  sent (f, &one, "2", "sent");
  answer (f, 3, "ok");
  sent (f, &other, "3", "sent");
  assert_history (f, "~3", "1 2 3 4");
}

/* The site says no more than that it has it. */
static void
test_no_echo (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;

  mailbox_fixture_take (f, "user-7", "said", "{\"id\":\"a\",\"in\":\"r/1\",\"from\":\"3\",\"text\":\"Hi\","
                                              "\"at\":\"2026-01-05T11:00:00Z\"}");
  g_ptr_array_set_size (f->part.told, 0);
  mock_site_say_text (mock, "POST /conversations/r%2F1", 204, NULL, NULL);
  begin (f, "r/1", " Hello ", &result);
  sent (f, &result, "", "sent");
  part_fixture_told (&f->part, "message local-1 sending Hello; message local-1 sent Hello; conversation r/1 1 Hello");
  /* Its id is learnt from wherever it turns up first. */
  mock_site_say_text (mock, "GET /conversations/r%2F1", 200, "application/json",
                      "{\"items\":[{\"id\":\"b\",\"from\":7,\"text\":\"Hello\",\"at\":\"2026-01-05T11:59:59Z\"},"
                      "{\"id\":\"a\",\"from\":3,\"text\":\"Hi\",\"at\":\"2026-01-05T11:00:00Z\"}]}");
  assert_history (f, "r/1", "a b");
  part_fixture_told (&f->part, "message b sent Hello");
  begin (f, "r/1", "Hello", &result);
  sent (f, &result, "", "sent");
  mailbox_fixture_take (f, "user-7", "said", "{\"id\":\"c\",\"in\":\"r/1\",\"from\":\"7\",\"text\":\"Hello\"}");
  assert_history (f, "r/1", "a b c");
}

static void
test_refused_and_again (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;

  start (f);
  mock_site_say_text (mock, SEND, 403, "application/json", "{\"error\":\"Not in your organization\"}");
  mock_site_say_text (mock, SEND, 201, "application/json",
                      "{\"id\":9,\"sender\":7,\"recipient\":3,\"content\":\"Hello\","
                      "\"created_at\":\"2026-01-05T12:00:09Z\"}");
  begin (f, "~3", "Hello", &result);
  failed (f, &result, RD_FAULT_FORBIDDEN);
  part_fixture_told (&f->part, "message local-1 sending Hello; message local-1 failed Hello");
  /* It stands where it was tried, and takes its place again. */
  begin (f, "~3", "Hello", &result);
  sent (f, &result, "9", "sent");
  part_fixture_told (&f->part,
                     "message local-1 sending Hello; message 9 sent Hello; conversation ~3 1 Hello");
  /* Another one is another one. */
  begin (f, "~3", "Hello", &result);
  failed (f, &result, -1);
}

/* No reply, and the site has it after all. */
static void
test_failed_and_there (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (f);
  mock_site_hang (f->part.site.mock, SEND);
  begin (f, "~3", "Hello", &result);
  part_fixture_await (&f->part, SEND, 1);
  mock_site_answer (f->part.site.mock, 502, "<html>");
  failed (f, &result, RD_FAULT_SITE_ERROR);
  mailbox_fixture_new (f, 2, 7, 3, "Hello", 3);
  part_fixture_told (&f->part, "message local-1 sending Hello; message local-1 failed Hello; message 2 sent Hello; "
                               "conversation ~3 1 Hello");
  begin (f, "~3", "Again", &result);
  part_fixture_await (&f->part, SEND, 2);
  mailbox_fixture_new (f, 3, 7, 3, "Again", 4);
  mock_site_answer (f->part.site.mock, 502, "<html>");
  sent (f, &result, "3", "sent");
}

static void
test_refusals (MailboxFixture *f, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (5000, 'x');
  g_autofree char *too_long = g_strnfill (5001, 'x');
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GAsyncResult) result = NULL;

  start (f);
  mock_site_say_text (f->part.site.mock, SEND, 201, "application/json", "{\"id\":2}");
  begin (f, "nobody", "Hello", &result);
  failed (f, &result, RD_FAULT_NOT_FOUND);
  begin (f, "~3", "", &result);
  failed (f, &result, RD_FAULT_BAD_INPUT);
  begin (f, "~3", " \n\xe2\x80\xae ", &result);
  failed (f, &result, RD_FAULT_BAD_INPUT);
  begin (f, "~3", "\xff", &result);
  failed (f, &result, RD_FAULT_BAD_INPUT);
  begin (f, "~3", too_long, &result);
  failed (f, &result, RD_FAULT_BAD_INPUT);
  begin (f, "~3", huge, &result);
  failed (f, &result, RD_FAULT_BAD_INPUT);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, SEND), ==, 0);
  begin (f, "~3", longest, &result);
  failed (f, &result, -1);
}

/* However many fail, and however many are kept. */
static void
test_bounded (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  start (f);
  mock_site_hang (f->part.site.mock, SEND);
  begin (f, "~3", "Being sent", &result);
  for (int i = 0; i < 1100; i++)
    mailbox_fixture_new (f, 100 + i, 3, 7, "x", 10 + i);
  /* Older than all that is at hand, while no more is kept. */
  mailbox_fixture_new (f, 5000, 3, 7, "old", -5000);
  part_fixture_await (&f->part, SEND, 1);
  answer (f, 2, "Being sent");
  sent (f, &result, "2", "sent");
}

static void
test_delivery (MailboxFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *status;
    const char *told;
  } steps[] = {
    { "queued", "message 32 queued Soon; conversation 9 0 Soon" },
    { "sending", "" },
    { "sent", "message 32 sent Soon" },
    { "queued", "" },
    { "\\u0000", "" },
    { "failed", "message 32 failed Soon" },
    { "delivered", "message 32 delivered Soon" },
    { "sent", "" },
    { "failed", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{\"message\":{\"id\":%s,\"conversation_id\":9,\"direction\":\"outbound\",\"content\":\"Soon\","
        "\"status\":\"%s\",\"created_at\":\"2026-01-05T12:00:00Z\"}}",
        i % 2 == 0 ? "32" : "\"32\"", steps[i].status);

      mailbox_fixture_take (f, "messenger.9", i % 2 == 0 ? "message.sent" : "App\\Events\\MessageSent", json);
      part_fixture_told (&f->part, steps[i].told);
    }
}

/* The portal tells of a message by its event while the reply to sending it is on its way. */
static void
test_delivered_first (MailboxFixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RdVars) vars = rd_vars_new ();
  g_autoptr (RdTokens) tokens = rd_tokens_new (NULL, NULL);

  tokens->cookies = g_strdup ("1\nportal_session\tsession-1\t127.0.0.1\t/\t2500000000\th-\n");
  rd_site_set_tokens (f->part.site.site, tokens);
  rd_vars_set (vars, "user.id", "7");
  rd_vars_set (vars, "phone-number.id", "5");
  rd_site_set_vars (f->part.site.site, vars);
  mock_site_say_text (f->part.site.mock, "GET /", 200, "text/html",
                      "<meta name=\"csrf-token\" content=\"c1\"><meta name=\"user-id\" content=\"7\">");
  mock_site_hang (f->part.site.mock, SMS);
  mailbox_fixture_handle (f, "user.7", "message.received", "sites.json", "sms-received");
  g_ptr_array_set_size (f->part.told, 0);
  begin (f, "9", "Soon", &result);
  part_fixture_await (&f->part, SMS, 1);
  part_fixture_asked (&f->part, SMS, 0, "\"contact_id\":7");
  part_fixture_asked (&f->part, SMS, 0, "\"from_phone_number_id\":5");
  mailbox_fixture_take (f, "messenger.9", "message.sent",
                        "{\"message\":{\"id\":32,\"direction\":\"outbound\",\"content\":\"Soon\","
                        "\"status\":\"queued\"}}");
  mailbox_fixture_take (f, "messenger.9", "message.sent",
                        "{\"message\":{\"id\":32,\"direction\":\"outbound\",\"content\":\"Soon\","
                        "\"status\":\"delivered\"}}");
  mock_site_answer (f->part.site.mock, 200,
                    "{\"success\":true,\"message\":{\"id\":32,\"conversation_id\":9,\"direction\":\"outbound\","
                    "\"content\":\"Soon\",\"status\":\"queued\"}}");
  sent (f, &result, "32", "delivered");
  /* 422, and a 200 that says that it failed. */
  begin (f, "9", "No", &result);
  part_fixture_await (&f->part, SMS, 2);
  mock_site_answer (f->part.site.mock, 200, "{\"success\":false,\"errors\":{\"content\":[\"Too long\"]}}");
  rd_test_await (result != NULL);
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (rd_mailbox_send_finish (f->mailbox, result, &error));
    g_assert_error (error, RD_FAULT, RD_FAULT_REFUSED);
    g_assert_cmpstr (rd_fault_get_said (error), ==, "Too long");
  }
}

/* Typing */

#define TYPING "POST /api/messages/typing"

static void
types (MailboxFixture *f, const char *who, const char *name, gboolean on)
{
  g_autofree char *json = g_strdup_printf ("{\"userId\":\"%s\",\"userName\":\"%s\",\"isTyping\":%s}", who, name,
                                           on ? "true" : "false");

  mailbox_fixture_take (f, "presence-workspace-w1", "typing", json);
}

static void
test_typing (MailboxFixture *f, gconstpointer data)
{
  types (f, "u-3", "Ada", TRUE);
  part_fixture_told (&f->part, "typing w1 Ada");
  rd_test_clock_advance (f->part.clock, 1500);
  types (f, "u-3", "Ada", TRUE);
  types (f, "u-4", "Bob", TRUE);
  part_fixture_told (&f->part, "typing w1 Ada,Bob");
  rd_test_clock_advance (f->part.clock, 1999);
  part_fixture_told (&f->part, "");
  types (f, "u-4", "Bob", TRUE);
  rd_test_clock_advance (f->part.clock, 1);
  part_fixture_told (&f->part, "typing w1 Bob");
  types (f, "u-4", "Bob", FALSE);
  part_fixture_told (&f->part, "typing w1 ");
  types (f, "u-4", "Bob", FALSE);
  types (f, "7", "Grace", TRUE);
  part_fixture_told (&f->part, "");
  /* What was typed is here. */
  types (f, "u-3", "Ada", TRUE);
  mailbox_fixture_handle (f, "presence-workspace-w1", "new-message", "sites.json", "team-message");
  part_fixture_told (&f->part, "typing w1 Ada; message m-1  Ready?; typing w1 ; conversation w1 1 Ready?; unread 1");
  g_assert_cmpuint (rd_test_clock_get_timers (f->part.clock), ==, 0);
  /* The clock was set back: it still ends. */
  types (f, "u-3", "Ada", TRUE);
  rd_test_clock_set_time (f->part.clock, PART_NOON - PART_MINUTE);
  for (int i = 0; i < 40; i++)
    rd_test_clock_advance (f->part.clock, 2000);
  part_fixture_told (&f->part, "typing w1 Ada; typing w1 ");
}

static void
test_many_type (MailboxFixture *f, gconstpointer data)
{
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *who = g_strdup_printf ("u%d", i);

      types (f, who, who, TRUE);
    }
  g_assert_cmpuint (f->part.told->len, <=, 100);
  g_ptr_array_set_size (f->part.told, 0);
  rd_test_clock_advance (f->part.clock, 2000);
  g_assert_cmpstr (f->part.told->pdata[f->part.told->len - 1], ==, "typing w1 ");
}

/* A site that says no more than a name. */
static void
test_typing_by_name (MailboxFixture *f, gconstpointer data)
{
  mailbox_fixture_take (f, "user-7", "types", "{\"in\":\"r\",\"who\":\"Ada\",\"on\":1}");
  mailbox_fixture_take (f, "user-7", "types", "{\"in\":\"r\",\"who\":\"Grace\",\"on\":1}");
  part_fixture_told (&f->part, "typing r Ada");
  mailbox_fixture_take (f, "user-7", "types", "{\"in\":\"r\",\"who\":\"Ada\",\"on\":\"false\"}");
  part_fixture_told (&f->part, "typing r ");
}

static void
press (MailboxFixture *f, gboolean on)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rd_mailbox_set_typing (f->mailbox, "w1", on, &error));
  g_assert_no_error (error);
}

/* Waits until the last that the site has heard is this. */
static void
heard (MailboxFixture *f, gboolean on)
{
  MockSite *mock = f->part.site.mock;
  const char *expected = on ? "\"isTyping\":true" : "\"isTyping\":false";

  rd_test_await (mock_site_count (mock, TYPING) > 0
                 && strstr (mock_site_seen (mock, TYPING, mock_site_count (mock, TYPING) - 1)->body, expected) != NULL);
}

static void
test_own_typing (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_say_text (mock, TYPING, 200, "application/json", "{\"success\":true}");
  mock_site_say_text (mock, "POST /api/messages", 200, "application/json",
                      "{\"success\":true,\"message\":{\"id\":\"m-9\",\"content\":\"Yes\"}}");
  g_assert_false (rd_mailbox_set_typing (f->mailbox, "w1", TRUE, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_NOT_FOUND);
  mailbox_fixture_handle (f, "presence-workspace-w1", "new-message", "sites.json", "team-message");
  /* A key every 100 ms, for eight seconds. */
  for (int i = 0; i < 80; i++)
    {
      press (f, TRUE);
      rd_test_clock_advance (f->part.clock, 100);
      rd_test_await (mock_site_count (mock, TYPING) == 1 + (guint) i / 16 && mock_site_get_live (mock) == 0);
      rd_test_drain ();
    }
  g_assert_cmpuint (mock_site_count (mock, TYPING), ==, 5);
  /* Said once that it is over, by whom it may be. */
  press (f, FALSE);
  press (f, FALSE);
  heard (f, FALSE);
  press (f, FALSE);
  press (f, TRUE);
  heard (f, TRUE);
  g_assert_cmpuint (mock_site_count (mock, TYPING), ==, 7);
  rd_test_clock_advance (f->part.clock, 3000);
  heard (f, FALSE);
  press (f, TRUE);
  heard (f, TRUE);
  /* Sent: so it is over. */
  rd_mailbox_send_async (f->mailbox, "w1", "Yes", rd_test_store_result, &result);
  rd_test_await (result != NULL);
  heard (f, FALSE);
  rd_test_clock_advance (f->part.clock, 10000);
  rd_test_drain ();
  g_assert_cmpuint (mock_site_count (mock, TYPING), ==, 10);
}

/* However slow the site is, it hears last what is so. */
static void
test_slow_typing (MailboxFixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  mock_site_hang (mock, TYPING);
  mailbox_fixture_handle (f, "presence-workspace-w1", "new-message", "sites.json", "team-message");
  press (f, TRUE);
  part_fixture_await (&f->part, TYPING, 1);
  press (f, FALSE);
  press (f, TRUE);
  press (f, FALSE);
  rd_test_drain ();
  g_assert_cmpuint (mock_site_count (mock, TYPING), ==, 1);
  mock_site_answer (mock, 200, "{}");
  part_fixture_await (&f->part, TYPING, 2);
  part_fixture_asked (&f->part, TYPING, 1, "\"isTyping\":false");
  mock_site_answer (mock, 500, "{}");
  rd_test_await (mock_site_get_live (mock) == 0);
}

static void
add (const char *name, const char *profile, void (*test) (MailboxFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/agent/mailbox-send/", name, NULL);

  g_test_add (path, MailboxFixture, profile, mailbox_fixture_set_up, test, mailbox_fixture_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("reply-first", "crm", test_reply_first);
  add ("event-first", "crm", test_event_first);
  add ("same-text-twice", "crm", test_same_text_twice);
  add ("no-echo", "mail-sites.json#by-id", test_no_echo);
  add ("refused-and-again", "crm", test_refused_and_again);
  add ("failed-and-there", "crm", test_failed_and_there);
  add ("refusals", "crm", test_refusals);
  add ("bounded", "crm", test_bounded);
  add ("delivery", "sms", test_delivery);
  add ("delivered-first", "sms", test_delivered_first);
  add ("typing", "team", test_typing);
  add ("many-type", "team", test_many_type);
  add ("typing-by-name", "mail-sites.json#by-id", test_typing_by_name);
  add ("own-typing", "team", test_own_typing);
  add ("slow-typing", "team", test_slow_typing);
  return g_test_run ();
}
