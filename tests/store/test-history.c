/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "history-fixture.h"
#include "rd-fault.h"
#include "rd-test.h"

/* What is put into the history, and what is asked of it. */

static void
add_day (HistoryFixture *self)
{
  history_fixture_open (self, 0);
  rd_history_add (self->history, history_call ("c1", "ended", "7", "Ada Lovelace", 1000));
  rd_history_add (self->history, history_call ("c2", "missed", "8", "Éva Müller", 2000));
  rd_history_add (self->history, history_money ("i1", "payment", "Invoice 4711 paid", "1,250.00 USD", 3000));
  rd_history_add (self->history, history_message ("m1", "+49 171 234-567", "Ada Lovelace", 4000));
  rd_history_add (self->history, history_call ("c3", "missed", "7", "田中太郎", 5000));
  history_fixture_await (self, 5);
}

static void
test_listed (HistoryFixture *self, gconstpointer data)
{
  add_day (self);
  history_assert (self, NULL, "ref", "c3 m1 i1 c2 c1");
  history_assert (self, "{'kinds': <['call']>}", "ref", "c3 c2 c1");
  history_assert (self, "{'kinds': <['payment', 'message']>}", "ref", "m1 i1");
  history_assert (self, "{'missed': <true>}", "ref", "c3 c2");
  history_assert (self, "{'account': <'crm'>, 'peer': <'7'>}", "ref", "c3 c1");
  history_assert (self, "{'account': <'other'>}", "ref", "");
  history_assert (self, "{'direction': <'out'>}", "ref", "");
  history_assert (self, "{'since': <int64 2000000000>, 'until': <int64 4000000000>}", "ref", "i1 c2");
  g_assert_cmpint (history_count (self, NULL), ==, 5);
  g_assert_cmpint (history_count (self, "{'search': <'ada'>}"), ==, 2);
}

static void
test_kept (HistoryFixture *self, gconstpointer data)
{
  add_day (self);
  g_assert_cmpuint (rd_history_get_missed (self->history), ==, 2);
  history_fixture_close (self);
  history_fixture_open (self, 0);
  history_assert (self, NULL, "ref", "c3 m1 i1 c2 c1");
  g_assert_cmpuint (rd_history_get_missed (self->history), ==, 2);
  rd_history_mark_seen (self->history);
  rd_test_await (rd_history_get_missed (self->history) == 0);
  history_fixture_close (self);
  history_fixture_open (self, 0);
  history_assert (self, "{'missed': <true>}", "ref", "c3 c2");
  g_assert_cmpuint (rd_history_get_missed (self->history), ==, 0);
}

static void
test_searched (HistoryFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    const char *found;
  } searches[] = {
    { "ada", "m1 c1" },       { "LOVE", "m1 c1" },      { "lace", "" },         { "love ada", "m1 c1" },
    { "eva", "c2" },          { "muller", "c2" },       { "太郎", "c3" },       { "田", "c3" },
    { "4711", "i1" },         { "1250", "i1" },         { "1,250.00", "i1" },   { "171", "m1" },
    { "49171234567", "m1" },  { "234-5", "m1" },        { "paid ada", "" },     { "\"", "" },
    { "ada\"", "m1 c1" },     { "* OR *", "" },         { "NEAR(", "" },        { "words:ada", "" },
    { "ada*", "m1 c1" },      { "-ada", "m1 c1" },      { "^ada", "m1 c1" },    { "ada AND", "" },
    { "(((", "" },
  };

  add_day (self);
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GVariant) filter = g_variant_ref_sink (g_variant_new_parsed ("{'search': <%s>}", searches[i].typed));
      g_autofree char *text = g_variant_print (filter, FALSE);

      g_test_message ("%s", searches[i].typed);
      history_assert (self, text, "ref", searches[i].found);
    }
}

/* Whatever people type or paste is no error. */
static void
test_any_text (HistoryFixture *self, gconstpointer data)
{
  add_day (self);
  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autoptr (GVariant) filter = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GVariant) entries = NULL;

      for (int n = g_test_rand_int_range (1, 20); n > 0; n--)
        g_string_append_unichar (typed, g_test_rand_bit () ? (gunichar) g_test_rand_int_range (1, 0x80)
                                                           : (gunichar) g_test_rand_int_range (0x80, 0xd800));
      filter = g_variant_ref_sink (g_variant_new_parsed ("{'search': <%s>}", typed->str));
      text = g_variant_print (filter, FALSE);
      entries = history_list (self, text, 0, 10, NULL);
      g_assert_nonnull (entries);
    }
}

static void
test_paged (HistoryFixture *self, gconstpointer data)
{
  guint64 before = 0;
  guint total = 0;
  gboolean more = TRUE;

  history_fixture_open (self, 0);
  for (guint i = 0; i < 250; i++)
    {
      g_autofree char *ref = g_strdup_printf ("c%u", i);

      /* Many of one moment, and not in their order */
      rd_history_add (self->history, history_call (ref, "ended", "7", "Ada", 1000 + (gint64) (i * 7 % 10)));
    }
  history_fixture_await (self, 250);
  while (more)
    {
      g_autoptr (GVariant) entries = history_list (self, NULL, before, 60, &more);

      g_assert_cmpuint (g_variant_n_children (entries), ==, more ? 60 : 10);
      for (gsize i = 0; i < g_variant_n_children (entries); i++)
        {
          g_autoptr (GVariant) entry = g_variant_get_child_value (entries, i);
          g_autofree char *cursor = NULL;
          guint64 id = 0;

          g_assert_true (g_variant_lookup (entry, "id", "t", &id));
          g_assert_true (g_variant_lookup (entry, "cursor", "s", &cursor));
          g_assert_cmpuint (g_ascii_strtoull (cursor, NULL, 10), ==, id);
          g_assert_true (before == 0 || id < before);
          before = id;
          total++;
        }
    }
  g_assert_cmpuint (total, ==, 250);
}

static void
test_doubles (HistoryFixture *self, gconstpointer data)
{
  history_fixture_open (self, 0);
  rd_history_add (self->history, history_call ("c1", "ended", "7", "Ada", 1000));
  rd_history_add (self->history, history_call ("c1", "ended", "7", "Ada", 1010));
  /* A site that counts from 1 again */
  rd_history_add (self->history, history_call ("c1", "ended", "9", "Bob", 9000));
  /* What has no id is never a double. */
  rd_history_add (self->history, history_money ("", "notice", "Hello", "", 1000));
  rd_history_add (self->history, history_money ("", "notice", "Hello", "", 1000));
  history_assert (self, NULL, "kind", "call notice notice call");
}

/* What a site says of the time must not put anything beyond reach. */
static void
test_times (HistoryFixture *self, gconstpointer data)
{
  history_fixture_open (self, 0);
  rd_history_add (self->history, history_call ("future", "ended", "7", "Ada", G_MAXINT64 / G_USEC_PER_SEC - 100));
  rd_history_add (self->history, history_call ("none", "ended", "7", "Ada", 0));
  rd_history_add (self->history, history_call ("past", "ended", "7", "Ada", -5));
  history_fixture_await (self, 3);
  rd_history_add (self->history, history_call ("old", "ended", "7", "Ada", 10));
  history_fixture_await (self, 4);
  history_assert (self, NULL, "ref", "past none future old");
}

static void
test_wrong_filters (void)
{
  static const char *const wrong[] = {
    "{'kinds': <['call', 'fax']>}", "{'kinds': <'call'>}",      "{'since': <int64 -1>}",  "{'missed': <'yes'>}",
    "{'direction': <'up'>}",        "{'peer': <'7'>}",          "{'limit': <uint32 5>}",  "{'search': <5>}",
    "{'account': <['crm']>}",       "{'until': <uint64 5>}",
  };
  g_autofree char *longer = g_strnfill (201, 'x');
  g_autoptr (GVariant) search = g_variant_ref_sink (g_variant_new_parsed ("{'search': <%s>}", longer));
  g_autoptr (GError) too_long = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GVariant) filter = g_variant_parse (G_VARIANT_TYPE_VARDICT, wrong[i], NULL, NULL, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (filter);
      g_assert_null (rd_history_filter_new (filter, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
    }
  g_assert_null (rd_history_filter_new (search, &too_long));
  g_assert_error (too_long, RD_FAULT, RD_FAULT_BAD_INPUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test)                                                                                                \
  g_test_add (path, HistoryFixture, NULL, history_fixture_set_up, test, history_fixture_tear_down)
  ADD ("/store/history/listed", test_listed);
  ADD ("/store/history/kept", test_kept);
  ADD ("/store/history/searched", test_searched);
  ADD ("/store/history/any-text", test_any_text);
  ADD ("/store/history/paged", test_paged);
  ADD ("/store/history/doubles", test_doubles);
  ADD ("/store/history/times", test_times);
  g_test_add_func ("/store/history/wrong-filters", test_wrong_filters);
  return g_test_run ();
}
