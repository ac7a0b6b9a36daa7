/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mailbox-fixture.h"

#include <string.h>

/* Histories, from sites that page in all the ways there are: no gap and no double, whatever comes in meanwhile. */

#define ROOM "9"

/* A site's one conversation: messages 1 to total, one each minute. */
typedef struct
{
  guint total;
  gboolean same_time; /* all at once */
} Room;

typedef struct
{
  MailboxFixture mailbox;
  Room room;
} Fixture;

static const char *
what (Fixture *f)
{
  const char *id = rd_profile_get_id (rd_site_get_profile (f->mailbox.part.site.site));

  if (g_str_equal (id, "sms"))
    return "GET /messenger/conversation/9/messages";
  if (g_str_equal (id, "team"))
    return "GET /api/messages";
  return g_str_equal (id, "crm") ? "GET /api/messages/with_user/" : "GET /conversations/9";
}

static guint
get_number (const MockRequest *request, const char *name, guint otherwise)
{
  g_autofree char *text = part_fixture_parameter (request, name);

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static char *
time_of (const Room *room, guint id)
{
  return part_fixture_time (room->same_time ? -60 : ((int) id - 10000) * 60);
}

static void
append (GString *out, const Room *room, guint id)
{
  g_autofree char *at = time_of (room, id);

  g_string_append_printf (out,
                          "%s{\"id\":%u,\"from\":3,\"senderId\":3,\"sender\":3,\"recipient\":7,\"conversation_id\":9,"
                          "\"direction\":\"inbound\",\"text\":\"t%u\",\"content\":\"t%u\",\"at\":\"%s\","
                          "\"createdAt\":\"%s\",\"created_at\":\"%s\"}",
                          out->str[out->len - 1] == '[' ? "" : ",", id, id, id, at, at, at);
}

/* The newest that is older than what the request names, and how many. */
static guint
find_last (const Room *room, const MockRequest *request, guint size)
{
  g_autofree char *before = part_fixture_parameter (request, "before");
  guint passed = get_number (request, "offset", (get_number (request, "page", 1) - 1) * size);
  guint last = room->total;

  if (before != NULL && strchr (before, 'T') == NULL)
    return get_number (request, "before", 0) - 1;
  while (before != NULL && last > 0)
    {
      g_autofree char *at = time_of (room, last);

      /* Both are UTC; ours has milliseconds. */
      if (strncmp (at, before, strlen ("2026-01-05T12:00:00")) < 0 || strstr (before, ".001Z") != NULL)
        if (strncmp (at, before, strlen ("2026-01-05T12:00:00")) <= 0)
          break;
      last--;
    }
  return last > passed ? last - passed : 0;
}

static char *
make_page (const MockRequest *request, guint *status, gpointer data)
{
  const Room *room = data;
  gboolean by_page = strstr (request->what, "/messenger/") != NULL;
  gboolean all = strstr (request->what, "with_user") != NULL;
  guint size = by_page ? 20 : get_number (request, "limit", all ? G_MAXUINT : 25);
  guint last = find_last (room, request, size);
  guint first = last > size ? last - size + 1 : 1;
  gboolean up = strstr (request->what, "/api/") != NULL;
  GString *out = g_string_new (NULL);

  if (all)
    g_string_append_c (out, '[');
  else
    g_string_append_printf (out, "{\"success\":true,\"%s\":[", by_page || up ? "messages" : "items");
  for (guint i = 0; last > 0 && i <= last - first; i++)
    append (out, room, up ? first + i : last - i);
  if (all)
    g_string_append_c (out, ']');
  else
    g_string_append_printf (out, "],\"pagination\":{\"has_more\":%s}}", first > 1 ? "true" : "false");
  return g_string_free (out, FALSE);
}

/* The line brings message @id, and the conversation is known. */
static void
bring (Fixture *f, guint id)
{
  const char *profile = rd_profile_get_id (rd_site_get_profile (f->mailbox.part.site.site));
  g_autofree char *at = time_of (&f->room, id);
  g_autofree char *json = g_strdup_printf (
    "{\"id\":%u,\"in\":9,\"from\":3,\"senderId\":3,\"text\":\"t%u\",\"content\":\"t%u\",\"at\":\"%s\","
    "\"createdAt\":\"%s\",\"message\":{\"id\":%u,\"conversation_id\":9,\"direction\":\"inbound\",\"content\":\"t%u\","
    "\"created_at\":\"%s\"},"
    "\"conversation\":{\"id\":9}}",
    id, id, id, at, at, id, id, at);

  if (g_str_equal (profile, "sms"))
    mailbox_fixture_take (&f->mailbox, "user.7", "message.received", json);
  else if (g_str_equal (profile, "team"))
    mailbox_fixture_take (&f->mailbox, "presence-workspace-9", "new-message", json);
  else
    mailbox_fixture_take (&f->mailbox, "user-7", "said", json);
}

static void
set_up (Fixture *f, gconstpointer profile)
{
  mailbox_fixture_set_up (&f->mailbox, profile);
  mock_site_make (f->mailbox.part.site.mock, what (f), make_page, &f->room);
  mock_site_say_text (f->mailbox.part.site.mock, "GET /conversations", 200, "application/json", "{\"items\":[]}");
}

static void
tear_down (Fixture *f, gconstpointer profile)
{
  mailbox_fixture_tear_down (&f->mailbox, profile);
}

static char *
history (Fixture *f, const char *before, guint limit, gboolean *more)
{
  return mailbox_fixture_history (&f->mailbox, ROOM, before, limit, "id", more);
}

/* "12 13 14" */
static char *
numbers (guint first, guint last)
{
  GString *out = g_string_new (NULL);

  for (guint i = first; i <= last; i++)
    g_string_append_printf (out, "%s%u", i > first ? " " : "", i);
  return g_string_free (out, FALSE);
}

static void
assert_numbers (char *got, guint first, guint last)
{
  g_autofree char *owned = got;
  g_autofree char *expected = numbers (first, last);

  g_assert_cmpstr (owned, ==, expected);
}

/* Scrolls back to the beginning; each time one comes in, and before every other page the site has one more that the
 * line brings only after it. Returns how many were seen. */
static void
scroll (Fixture *f, guint step)
{
  gboolean more = TRUE;
  guint oldest = 0;
  guint rounds = 0;

  bring (f, f->room.total);
  while (more)
    {
      g_autofree char *before = oldest > 0 ? g_strdup_printf ("%u", oldest) : g_strdup ("");
      guint last = oldest > 0 ? oldest - 1 : f->room.total;
      guint first = last > step ? last - step + 1 : 1;
      gboolean ahead = rounds++ % 2 == 1;

      if (ahead)
        f->room.total++;
      assert_numbers (history (f, before, step, &more), first, last);
      g_assert_cmpint (more, ==, first > 1);
      if (!ahead)
        f->room.total++;
      bring (f, f->room.total);
      oldest = first;
      g_assert_cmpuint (rounds, <, 200);
    }
  assert_numbers (history (f, "", 20, &more), f->room.total - 19, f->room.total);
  g_assert_true (more);
}

static void
test_scroll (Fixture *f, gconstpointer data)
{
  f->room.total = 137;
  scroll (f, 15);
}

static void
test_short (Fixture *f, gconstpointer data)
{
  gboolean more = TRUE;

  f->room.total = 3;
  bring (f, 3);
  assert_numbers (history (f, "", 50, &more), 1, 3);
  g_assert_false (more);
  assert_numbers (history (f, "2", 50, &more), 1, 1);
  g_assert_false (more);
  assert_numbers (history (f, "1", 50, &more), 1, 0);
  g_assert_false (more);
  /* All is at hand now. */
  g_assert_cmpuint (mock_site_count (f->mailbox.part.site.mock, what (f)), ==, 1);
}

/* The page was made before the message came, and arrives after it. */
static void
test_message_between (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->mailbox.part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) entries = NULL;
  MockRequest request = { .what = (char *) "GET /conversations/9", .query = (char *) "limit=10" };
  g_autofree char *early = NULL;
  guint status;

  f->room.total = 40;
  early = make_page (&request, &status, &f->room);
  bring (f, 40);
  mock_site_hang (mock, "GET /conversations/8");
  mailbox_fixture_take (&f->mailbox, "user-7", "said", "{\"id\":\"z\",\"in\":8,\"from\":3,\"text\":\"z\"}");
  rd_mailbox_catch_up (f->mailbox.mailbox, 0);
  rd_mailbox_list_messages_async (f->mailbox.mailbox, "8", "", 10, rd_test_store_result, &result);
  part_fixture_await (&f->mailbox.part, "GET /conversations/8", 1);
  mailbox_fixture_take (&f->mailbox, "user-7", "said",
                        "{\"id\":41,\"in\":8,\"from\":3,\"text\":\"t\",\"at\":\"2026-01-05T11:58:00Z\"}");
  mock_site_answer (mock, 200, early);
  rd_test_await (result != NULL);
  entries = rd_mailbox_list_finish (f->mailbox.mailbox, result, NULL, NULL);
  assert_numbers (part_fixture_column (entries, "id"), 32, 41);
}

/* A gap falls into the asking: the page that comes then is older than it. */
static void
test_gap_between (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->mailbox.part.site.mock;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) entries = NULL;
  MockRequest request = { .what = (char *) "GET /conversations/8", .query = (char *) "limit=10" };
  g_autofree char *early = NULL;
  guint status;

  f->room.total = 40;
  early = make_page (&request, &status, &f->room);
  mock_site_hang (mock, "GET /conversations/8");
  mock_site_make (mock, "GET /conversations/8", make_page, &f->room);
  mailbox_fixture_take (&f->mailbox, "user-7", "said",
                        "{\"id\":40,\"in\":8,\"from\":3,\"text\":\"t\",\"at\":\"2026-01-05T11:57:00Z\"}");
  rd_mailbox_list_messages_async (f->mailbox.mailbox, "8", "", 10, rd_test_store_result, &result);
  part_fixture_await (&f->mailbox.part, "GET /conversations/8", 1);
  f->room.total = 80;
  rd_mailbox_catch_up (f->mailbox.mailbox, 0);
  mock_site_answer (mock, 200, early);
  rd_test_await (result != NULL);
  entries = rd_mailbox_list_finish (f->mailbox.mailbox, result, NULL, NULL);
  assert_numbers (part_fixture_column (entries, "id"), 71, 80);
}

/* Told of once more, long after: it does not stand beside what was said much later. */
static void
test_told_again (Fixture *f, gconstpointer data)
{
  gboolean more = FALSE;

  f->room.total = 103;
  bring (f, 103);
  bring (f, 7);
  assert_numbers (history (f, "", 20, &more), 84, 103);
  bring (f, 5);
  assert_numbers (history (f, "", 20, &more), 84, 103);
  assert_numbers (history (f, "84", 40, &more), 44, 83);
  assert_numbers (history (f, "44", 43, &more), 1, 43);
  g_assert_false (more);
}

/* Further back than is kept, and to the newest again. */
static void
test_far (Fixture *f, gconstpointer data)
{
  gboolean more = TRUE;
  guint oldest = 1204;

  f->room.total = 1303;
  bring (f, 1303);
  assert_numbers (history (f, "", 100, &more), 1204, 1303);
  while (more)
    {
      g_autofree char *before = g_strdup_printf ("%u", oldest);
      guint first = oldest > 101 ? oldest - 100 : 1;

      assert_numbers (history (f, before, 100, &more), first, oldest - 1);
      oldest = first;
      /* Meanwhile somebody writes, twice told. */
      f->room.total++;
      bring (f, f->room.total);
      bring (f, f->room.total);
    }
  g_assert_cmpuint (oldest, ==, 1);
  assert_numbers (history (f, "", 100, &more), f->room.total - 99, f->room.total);
  g_assert_true (more);
}

static void
test_unknown_place (Fixture *f, gconstpointer data)
{
  static const char * const places[] = { "nothing", "..", "9%2F", "' or 1=1" };

  f->room.total = 30;
  bring (f, 30);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      rd_mailbox_list_messages_async (f->mailbox.mailbox, ROOM, places[i], 10, rd_test_store_result, &result);
      rd_test_await (result != NULL);
      mailbox_fixture_expect (&f->mailbox, result, RD_FAULT_NOT_FOUND);
      g_clear_object (&result);
      rd_mailbox_list_messages_async (f->mailbox.mailbox, places[i], "", 10, rd_test_store_result, &result);
      rd_test_await (result != NULL);
      mailbox_fixture_expect (&f->mailbox, result, RD_FAULT_NOT_FOUND);
    }
  /* Once the whole of it is at hand the site is not asked again. */
  g_assert_cmpuint (mock_site_count (f->mailbox.part.site.mock, what (f)), <=, 4);
}

/* All of one second: only their numbers tell them apart. */
static void
test_one_second (Fixture *f, gconstpointer data)
{
  gboolean more = FALSE;

  f->room.total = 30;
  f->room.same_time = TRUE;
  bring (f, 30);
  assert_numbers (history (f, "", 12, &more), 19, 30);
  assert_numbers (history (f, "19", 12, &more), 7, 18);
  assert_numbers (history (f, "7", 12, &more), 1, 6);
  g_assert_false (more);
}

/* The CRM gives all there is, whoever many. */
static void
test_all_at_once (Fixture *f, gconstpointer data)
{
  MailboxFixture *m = &f->mailbox;
  gboolean more = FALSE;

  f->room.total = 3000;
  mailbox_fixture_new (m, 3000, 3, 7, "t3000", (3000 - 10000) * 60);
  assert_numbers (mailbox_fixture_history (m, "~3", "", 100, "id", &more), 2901, 3000);
  g_assert_true (more);
  assert_numbers (mailbox_fixture_history (m, "~3", "2901", 200, "id", &more), 2701, 2900);
  for (guint oldest = 2701; oldest > 1; oldest -= 100)
    {
      g_autofree char *before = g_strdup_printf ("%u", oldest);

      assert_numbers (mailbox_fixture_history (m, "~3", before, 100, "id", &more), oldest - 100, oldest - 1);
      g_assert_cmpint (more, ==, oldest > 101);
    }
  g_assert_cmpuint (mock_site_count (m->part.site.mock, what (f)), <, 8);
  part_fixture_asked (&m->part, what (f), 0, "user_id=3");
  assert_numbers (mailbox_fixture_history (m, "~3", "", 100, "id", &more), 2901, 3000);
}

static void
add (const char *name, const char *profile, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/agent/mailbox-history/", name, NULL);

  g_test_add (path, Fixture, profile, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("by-page", "sms", test_scroll);
  add ("by-time", "team", test_scroll);
  add ("by-id", "mail-sites.json#by-id", test_scroll);
  add ("by-offset", "mail-sites.json#by-offset", test_scroll);
  add ("short/by-page", "sms", test_short);
  add ("short/by-time", "team", test_short);
  add ("short/by-id", "mail-sites.json#by-id", test_short);
  add ("message-between", "mail-sites.json#by-id", test_message_between);
  add ("gap-between", "mail-sites.json#by-id", test_gap_between);
  add ("told-again/by-page", "sms", test_told_again);
  add ("told-again/by-offset", "mail-sites.json#by-offset", test_told_again);
  add ("far/by-page", "sms", test_far);
  add ("far/by-id", "mail-sites.json#by-id", test_far);
  add ("far/by-offset", "mail-sites.json#by-offset", test_far);
  add ("unknown-place", "mail-sites.json#by-id", test_unknown_place);
  add ("one-second/by-page", "sms", test_one_second);
  add ("one-second/by-id", "mail-sites.json#by-id", test_one_second);
  add ("all-at-once", "crm", test_all_at_once);
  return g_test_run ();
}
