/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-messages.h"
#include "rd-model.h"
#include "rd-paged-list.h"
#include "window-fixture.h"

/* Long lists of several accounts as one. */

typedef struct
{
  RdWindowFixture window;
  RdMockMessages *messages[2];
  RdPagedList *list;
  guint signals;
} Fixture;

static GVariant *
dup_arguments (const char *search, const char *filter, guint offset, guint limit)
{
  return g_variant_new ("(suu)", search, offset, limit);
}

static int
compare_at (RdRecord *a, RdRecord *b)
{
  gint64 left = rd_record_get_time (a, "at"), right = rd_record_get_time (b, "at");

  return (left < right) - (left > right);
}

static const RdPagedKind kind = {
  .method = "ListConversations",
  .changed_signal = "ConversationChanged",
  .reset_signal = "ConversationsReset",
  .search_keys = { "name", "detail", "text" },
  .dup_arguments = dup_arguments,
  .compare = compare_at,
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  rd_window_fixture_set_up (&fixture->window, NULL);
  fixture->messages[0] =
    rd_mock_messages_new (fixture->window.mock, rd_mock_agent_add_account (fixture->window.mock, "a", "One"));
  fixture->messages[1] =
    rd_mock_messages_new (fixture->window.mock, rd_mock_agent_add_account (fixture->window.mock, "b", "Two"));
}

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->signals++;
}

static void
start (Fixture *fixture)
{
  fixture->window.model = rd_model_new (fixture->window.connection, RD_FIXTURE_BUS_NAME);
  fixture->list = rd_paged_list_new (&kind, rd_model_get_messages (fixture->window.model));
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
  rd_test_await (g_list_model_get_n_items (rd_model_get_messages (fixture->window.model)) == 2);
  rd_test_await (!rd_paged_list_get_loading (fixture->list));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->list));
  g_clear_object (&fixture->messages[0]);
  g_clear_object (&fixture->messages[1]);
  rd_window_fixture_tear_down (&fixture->window, NULL);
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->list));
}

static char *
dup_id (Fixture *fixture, guint position)
{
  g_autoptr (RdPagedItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), position);

  return g_strdup (item != NULL ? rd_paged_item_get_string (item, "id") : "none");
}

static void
assert_sorted (Fixture *fixture)
{
  guint i;

  for (i = 1; i < count (fixture); i++)
    {
      g_autoptr (RdPagedItem) before = g_list_model_get_item (G_LIST_MODEL (fixture->list), i - 1);
      g_autoptr (RdPagedItem) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

      g_assert_cmpint (compare_at (rd_paged_item_get_record (before), rd_paged_item_get_record (item)), <=, 0);
    }
}

/* All entries of both accounts, in order, none twice, each page asked for only when it is wanted. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  guint n;

  rd_mock_messages_fill (fixture->messages[0], 130);
  rd_mock_messages_fill (fixture->messages[1], 70);
  start (fixture);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->window.mock, "ListConversations"), ==, 2);
  g_assert_cmpuint (count (fixture), >=, 99);
  g_assert_cmpuint (count (fixture), <=, 100);
  while (rd_paged_list_get_more (fixture->list))
    {
      n = count (fixture);
      rd_paged_list_fetch_more (fixture->list);
      rd_paged_list_fetch_more (fixture->list); /* asked for once */
      rd_test_await (count (fixture) != n || !rd_paged_list_get_more (fixture->list));
      assert_sorted (fixture);
    }
  rd_test_await (count (fixture) == 200);
  assert_sorted (fixture);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->window.mock, "ListConversations"), <=, 6);
}

/* What changes moves, as the same object; what is further down than anything known waits for its page. */
static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdPagedItem) item = NULL;
  g_autofree char *first = NULL;
  g_autofree char *text = NULL;
  guint position;

  rd_mock_messages_fill (fixture->messages[0], 200);
  start (fixture);
  rd_test_await (count (fixture) == 50);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->list), 20);
  text = g_strdup_printf ("{'id': <'c20'>, 'name': <'Ada'>, 'at': <int64 %" G_GINT64_FORMAT ">, 'text': <'new'>}",
                          g_get_real_time ());
  fixture->signals = 0;
  rd_mock_messages_change (fixture->messages[0], text, TRUE);
  rd_test_await (g_strcmp0 (rd_paged_item_get_string (item, "text"), "new") == 0);
  g_assert_cmpuint (fixture->signals, ==, 1);
  g_assert_true (rd_paged_list_find (fixture->list, rd_paged_item_get_proxy (item), "c20", &position) == item);
  g_assert_cmpuint (position, ==, 0);

  rd_mock_messages_change (fixture->messages[0], "{'id': <'old'>, 'name': <'Old'>, 'at': <int64 5>}", FALSE);
  rd_mock_messages_change (fixture->messages[0],
                           "{'id': <'far'>, 'name': <'F'>, 'at': <int64 253402300799000000>}", TRUE);
  rd_test_await (count (fixture) == 51);
  first = dup_id (fixture, 0);
  g_assert_cmpstr (first, ==, "far");
  g_assert_null (rd_paged_list_find (fixture->list, rd_paged_item_get_proxy (item), "old", NULL));
  assert_sorted (fixture);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;

  rd_mock_messages_fill (fixture->messages[0], 200);
  rd_mock_messages_fill (fixture->messages[1], 10);
  start (fixture);
  rd_paged_list_set_search (fixture->list, "LOVE");
  rd_paged_list_set_search (fixture->list, "Lovelace 16");
  rd_test_await (count (fixture) == 3);
  first = dup_id (fixture, 0);
  g_assert_cmpstr (first, ==, "c16");
  /* asked once for each account, not for each key */
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->window.mock, "ListConversations"), ==, 4);
  rd_mock_messages_change (fixture->messages[1], "{'id': <'x'>, 'name': <'Else'>, 'at': <int64 5>}", FALSE);
  rd_mock_messages_change (fixture->messages[1], "{'id': <'y'>, 'name': <'ada LOVELACE 163'>, 'at': <int64 5>}", FALSE);
  rd_test_await (count (fixture) == 4);

  rd_paged_list_set_search (fixture->list, "");
  rd_test_await (count (fixture) > 50);
  rd_paged_list_set_account (fixture->list, "b");
  g_assert_cmpuint (count (fixture), ==, 12);
  rd_paged_list_set_account (fixture->list, NULL);
  rd_test_await (count (fixture) > 50);
  assert_sorted (fixture);
}

/* As many entries as before, the same objects; and what changes while they are fetched again is not lost. */
static void
test_reset (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdPagedItem) item = NULL;

  rd_mock_messages_fill (fixture->messages[0], 150);
  start (fixture);
  rd_paged_list_fetch_more (fixture->list);
  rd_test_await (count (fixture) == 100);
  item = g_list_model_get_item (G_LIST_MODEL (fixture->list), 70);
  fixture->signals = 0;
  rd_dbus_messages1_emit_conversations_reset (rd_mock_messages_get_skeleton (fixture->messages[0]));
  rd_test_await (rd_mock_agent_get_count (fixture->window.mock, "ListConversations") == 5);
  rd_mock_messages_change (fixture->messages[0], "{'id': <'c70'>, 'name': <'Ada'>, 'at': <int64 5>}", FALSE);
  rd_test_await (rd_paged_list_find (fixture->list, rd_paged_item_get_proxy (item), "c70", NULL) == NULL);
  g_assert_cmpuint (count (fixture), ==, 99);

  rd_mock_messages_reset (fixture->messages[0]);
  rd_test_await (count (fixture) == 0);
  rd_mock_agent_remove_account (fixture->window.mock, "a");
  rd_test_await (g_list_model_get_n_items (rd_model_get_messages (fixture->window.model)) == 1);
}

static void
on_failed (RdPagedList *list, const char *sentence, char **said)
{
  g_free (*said);
  *said = g_strdup (sentence);
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account;
  g_autofree char *said = NULL;

  rd_mock_messages_fill (fixture->messages[0], 10);
  rd_mock_agent_set_failure (fixture->window.mock, "ListConversations", "The site is asleep.");
  fixture->window.model = rd_model_new (fixture->window.connection, RD_FIXTURE_BUS_NAME);
  fixture->list = rd_paged_list_new (&kind, rd_model_get_messages (fixture->window.model));
  g_signal_connect (fixture->list, "failed", G_CALLBACK (on_failed), &said);
  rd_test_await (g_strcmp0 (said, "The site is asleep.") == 0);
  rd_test_await (!rd_paged_list_get_loading (fixture->list));
  g_assert_cmpuint (count (fixture), ==, 0);

  /* the line comes back */
  rd_mock_agent_set_failure (fixture->window.mock, "ListConversations", NULL);
  account = rd_mock_agent_find_account (fixture->window.mock, "a");
  rd_dbus_account1_set_state (account, "waiting");
  rd_test_await (g_strcmp0 (rd_dbus_account1_get_state (rd_model_find_account (fixture->window.model, "a")),
                            "waiting") == 0);
  rd_dbus_account1_set_state (account, "connected");
  rd_test_await (count (fixture) == 10);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_init (&argc, &argv);
  ADD ("/paged-list/pages", test_pages);
  ADD ("/paged-list/changes", test_changes);
  ADD ("/paged-list/search", test_search);
  ADD ("/paged-list/reset", test_reset);
  ADD ("/paged-list/failure", test_failure);
  return g_test_run ();
}
