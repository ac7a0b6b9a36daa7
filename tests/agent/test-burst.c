/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-burst.h"

#include "rd-money.h"
#include "rd-test-clock.h"

/* What comes together is told together. A line of the log is a showing: "TYPE COUNT", with "!" at the first of a toast,
 * or a withdrawal: "-TYPE". */

typedef struct
{
  RdTestClock *clock;
  RdBurst *burst;
  GString *log;
  char *id; /* of the last toast that was shown */
} Fixture;

static void
on_show (RdBurst *burst, const RdToast *toast, gboolean first, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "%s %u%s\n", toast->type, toast->items->len, first ? "!" : "");
  g_free (fixture->id);
  fixture->id = g_strdup (toast->id);
  g_assert_true (rd_burst_lookup (burst, toast->id) == toast);
}

static void
on_withdraw (RdBurst *burst, const RdToast *toast, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "-%s\n", toast->type);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->clock = rd_test_clock_new (G_GINT64_CONSTANT (1700000000000000));
  fixture->burst = rd_burst_new (RD_CLOCK (fixture->clock));
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->burst, "show", G_CALLBACK (on_show), fixture);
  g_signal_connect (fixture->burst, "withdraw", G_CALLBACK (on_withdraw), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->burst);
  g_assert_cmpuint (rd_test_clock_get_timers (fixture->clock), ==, 0);
  g_assert_finalize_object (fixture->clock);
  g_string_free (fixture->log, TRUE);
  g_free (fixture->id);
}

static void
assert_log (Fixture *fixture, const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static RdToastItem *
new_item (const char *subject, const char *person)
{
  RdToastItem *item = rd_toast_item_new ();

  item->subject = g_strdup (subject);
  item->person = g_strdup (person);
  item->name = g_strdup (person);
  item->text = g_strdup ("Lunch?");
  return item;
}

static void
add (Fixture *fixture, const char *subject)
{
  rd_burst_add (fixture->burst, "crm", "message", FALSE, new_item (subject, subject));
}

static void
test_joins (Fixture *fixture, gconstpointer data)
{
  /* The first at once, what follows in its place, but no more often than once a second. */
  add (fixture, "1");
  assert_log (fixture, "message 1!\n");
  rd_test_clock_advance (fixture->clock, 200);
  add (fixture, "2");
  add (fixture, "3");
  assert_log (fixture, "");
  rd_test_clock_advance (fixture->clock, 800);
  assert_log (fixture, "message 3\n");
  rd_test_clock_advance (fixture->clock, 1900);
  add (fixture, "4");
  rd_test_clock_advance (fixture->clock, 1000);
  assert_log (fixture, "message 4\n");
  /* Once it is quiet, the next begins another one. */
  rd_test_clock_advance (fixture->clock, 3000);
  assert_log (fixture, "");
  g_assert_cmpuint (rd_test_clock_get_timers (fixture->clock), ==, 0);
  add (fixture, "5");
  assert_log (fixture, "message 1!\n");
}

static void
test_ends (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 8; i++)
    {
      add (fixture, "1");
      rd_test_clock_advance (fixture->clock, 2000);
    }
  /* It does not grow for more than 15 s, however steadily they come. */
  assert_log (fixture, "message 1!\nmessage 2\nmessage 3\nmessage 4\nmessage 5\nmessage 6\nmessage 7\nmessage 8\n");
  add (fixture, "1");
  assert_log (fixture, "message 1!\n");
}

static void
test_flood (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < RD_BURST_MAX_ITEMS + 1; i++)
    add (fixture, "1");
  assert_log (fixture, "message 1!\nmessage 500\nmessage 1!\n");
  for (guint i = 0; i < 3 * RD_BURST_MAX_TOASTS; i++)
    {
      g_autofree char *account = g_strdup_printf ("account-%u", i);

      rd_burst_add (fixture->burst, account, "payment", FALSE, new_item (NULL, NULL));
    }
  g_assert_cmpuint (rd_test_clock_get_timers (fixture->clock), ==, RD_BURST_MAX_TOASTS);
}

static void
test_apart (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1");
  rd_burst_add (fixture->burst, "crm", "payment", FALSE, new_item ("1", NULL));
  rd_burst_add (fixture->burst, "sms", "message", FALSE, new_item ("1", NULL));
  rd_burst_add_alone (fixture->burst, "crm", "message", new_item ("1", NULL));
  assert_log (fixture, "message 1!\npayment 1!\nmessage 1!\nmessage 1!\n");
  add (fixture, "2");
  rd_test_clock_advance (fixture->clock, 3000);
  assert_log (fixture, "message 2\n");
}

static void
test_away (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      rd_burst_add (fixture->burst, "crm", "message", TRUE, new_item ("1", "Ada"));
      rd_test_clock_advance (fixture->clock, 1500);
    }
  /* What comes meanwhile is not late. */
  add (fixture, "1");
  assert_log (fixture, "message 1!\n");
  rd_test_clock_advance (fixture->clock, 1500);
  assert_log (fixture, "message 3!\n");
  rd_burst_add (fixture->burst, "crm", "message", TRUE, new_item ("1", "Ada"));
  rd_burst_flush (fixture->burst);
  assert_log (fixture, "message 1!\n");
}

static void
test_withdraw (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1");
  add (fixture, "2");
  add (fixture, "2");
  assert_log (fixture, "message 1!\n");
  rd_burst_drop (fixture->burst, "crm", "message", "1");
  rd_burst_drop (fixture->burst, "sms", "message", "2");
  rd_burst_drop (fixture->burst, "crm", "payment", NULL);
  assert_log (fixture, "");
  rd_test_clock_advance (fixture->clock, 1000);
  assert_log (fixture, "message 2\n");
  g_assert_cmpstr (rd_toast_get_subject (rd_burst_lookup (fixture->burst, fixture->id)), ==, "2");
  rd_burst_drop (fixture->burst, "crm", "message", "2");
  assert_log (fixture, "-message\n");
  g_assert_null (rd_burst_lookup (fixture->burst, fixture->id));

  /* What was never shown need not be taken down. */
  rd_burst_add (fixture->burst, "crm", "message", TRUE, new_item ("1", NULL));
  rd_burst_drop (fixture->burst, "crm", NULL, NULL);
  rd_test_clock_advance (fixture->clock, 20000);
  assert_log (fixture, "");
}

static void
test_forgets (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1");
  rd_burst_forget (fixture->burst, fixture->id);
  add (fixture, "1");
  assert_log (fixture, "message 1!\nmessage 1!\n");
  /* Whoever deals with the toast has not seen what is to be joined to it. */
  add (fixture, "2");
  add (fixture, "3");
  rd_burst_forget (fixture->burst, fixture->id);
  assert_log (fixture, "message 1!\n");
  rd_test_clock_advance (fixture->clock, 1000);
  assert_log (fixture, "message 2\n");
}

static void
test_clock_goes_back (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1");
  rd_test_clock_set_time (fixture->clock, G_GINT64_CONSTANT (1600000000000000));
  add (fixture, "2");
  rd_test_clock_advance (fixture->clock, 15000);
  assert_log (fixture, "message 1!\nmessage 2\n");
  add (fixture, "3");
  assert_log (fixture, "message 1!\n");
}

static const char *
get_seen (Fixture *fixture)
{
  const RdToastItem *seen = rd_toast_get_seen (rd_burst_lookup (fixture->burst, fixture->id));

  return seen != NULL ? seen->subject : NULL;
}

/* A reply is for whom the toast showed, and not for who came to it since. */
static void
test_seen (Fixture *fixture, gconstpointer data)
{
  add (fixture, "1");
  g_assert_cmpstr (get_seen (fixture), ==, "1");
  add (fixture, "2");
  g_assert_cmpstr (get_seen (fixture), ==, "1");
  rd_burst_drop (fixture->burst, "crm", "message", "1");
  g_assert_cmpstr (get_seen (fixture), ==, NULL);
  rd_test_clock_advance (fixture->clock, 1000);
  g_assert_cmpstr (get_seen (fixture), ==, "2");
  add (fixture, "3");
  rd_test_clock_advance (fixture->clock, 1000);
  g_assert_cmpstr (get_seen (fixture), ==, NULL);
}

static void
add_money (RdToast *toast, const char *invoice, const char *amount, const char *currency)
{
  RdToastItem *item = new_item (invoice, NULL);

  item->known = rd_money_parse (amount, &item->money);
  item->currency = g_strdup (currency);
  g_ptr_array_add (toast->items, item);
}

static void
assert_sums (RdToast *toast, const char *expected)
{
  g_auto (GStrv) sums = rd_toast_dup_sums (toast);
  g_autofree char *joined = sums != NULL ? g_strjoinv (" + ", sums) : NULL;

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_sums (void)
{
  g_autoptr (RdToast) toast = rd_toast_new ("1", "pay", "payment", FALSE);
  g_autoptr (RdToast) nameless = rd_toast_new ("2", "pay", "payment", FALSE);
  g_autoptr (RdToast) huge = rd_toast_new ("3", "pay", "payment", FALSE);

  add_money (toast, "1", "1000", "EUR");
  assert_sums (toast, "€1,000");
  add_money (toast, "2", "240.50", "eur");
  assert_sums (toast, "€1,240.50");
  add_money (toast, "2", "9.5", "EUR");
  g_assert_cmpuint (rd_toast_count_subjects (toast), ==, 2);
  add_money (toast, "3", "7", "USD");
  assert_sums (toast, "€1,250 + $7");
  /* One that nobody knows, and there is no total. */
  add_money (toast, "4", "a lot", "EUR");
  assert_sums (toast, NULL);

  add_money (nameless, "1", "5", "");
  add_money (nameless, "2", "7", NULL);
  assert_sums (nameless, "12");
  add_money (nameless, "3", "7", "EUR");
  assert_sums (nameless, NULL);
  add_money (huge, "1", "900000000000000", "EUR");
  assert_sums (huge, "€900,000,000,000,000");
  add_money (huge, "2", "900000000000000", "EUR");
  assert_sums (huge, NULL);
}

/* Parts of one invoice's payment, of which it is only known what the invoice has come to. */
static void
test_parts_are_no_sum (void)
{
  g_autoptr (RdToast) toast = rd_toast_new ("1", "pay", "payment", FALSE);

  add_money (toast, "1", "50", "EUR");
  ((RdToastItem *) toast->items->pdata[0])->so_far = TRUE;
  assert_sums (toast, "€50");
  add_money (toast, "2", "7", "EUR");
  assert_sums (toast, "€57");
  add_money (toast, "1", "100", "EUR");
  assert_sums (toast, NULL);
}

static void
test_negative_is_no_sum (void)
{
  g_autoptr (RdToast) toast = rd_toast_new ("1", "pay", "payment", FALSE);

  add_money (toast, "1", "10", "EUR");
  add_money (toast, "2", "-5", "EUR");
  assert_sums (toast, NULL);
}

static void
test_lines (void)
{
  g_autoptr (RdToast) toast = rd_toast_new ("1", "crm", "message", FALSE);
  g_autofree char *one = NULL;
  g_autofree char *several = NULL;

  g_ptr_array_add (toast->items, new_item ("1", "Ada"));
  g_ptr_array_add (toast->items, new_item ("1", "Ada"));
  one = rd_toast_dup_lines (toast);
  g_assert_cmpstr (one, ==, "Lunch?\nLunch?");
  g_assert_cmpuint (rd_toast_count_people (toast), ==, 1);
  g_ptr_array_add (toast->items, new_item ("2", "Bob"));
  g_ptr_array_add (toast->items, new_item ("2", "Bob"));
  several = rd_toast_dup_lines (toast);
  g_assert_cmpstr (several, ==, "Ada: Lunch?\nBob: Lunch?\nBob: Lunch?");
  g_assert_cmpuint (rd_toast_count_people (toast), ==, 2);
  g_assert_null (rd_toast_get_subject (toast));
  g_ptr_array_add (toast->items, new_item (NULL, NULL));
  g_assert_cmpuint (rd_toast_count_people (toast), ==, 0);
}

/* Kept without a word, and given out once. */
static void
test_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) held = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const RdToast *toast;

  for (guint i = 0; i < RD_BURST_MAX_ITEMS + 3; i++)
    rd_burst_hold (fixture->burst, "crm", "message", new_item (i % 2 == 0 ? "1" : "2", NULL));
  rd_burst_hold (fixture->burst, "crm", "missed", new_item (NULL, "1"));
  rd_burst_hold (fixture->burst, "sms", "message", new_item ("1", NULL));
  rd_burst_drop (fixture->burst, "crm", "message", "1");
  rd_burst_drop (fixture->burst, "sms", NULL, NULL);
  rd_burst_hold (fixture->burst, "sms", "payment", new_item ("1", NULL));
  rd_burst_hold (fixture->burst, "crm", "payment", new_item ("1", NULL));
  rd_burst_drop_held (fixture->burst, "payment");
  rd_burst_flush (fixture->burst);
  rd_test_clock_advance (fixture->clock, 60000);
  assert_log (fixture, "");
  held = rd_burst_take_held (fixture->burst);
  g_assert_cmpuint (held->len, ==, 2);
  toast = held->pdata[0];
  g_assert_cmpstr (toast->type, ==, "message");
  g_assert_cmpuint (toast->items->len, ==, RD_BURST_MAX_ITEMS / 2);
  none = rd_burst_take_held (fixture->burst);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/burst/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("joins", test_joins);
  ADD ("ends", test_ends);
  ADD ("flood", test_flood);
  ADD ("apart", test_apart);
  ADD ("away", test_away);
  ADD ("withdraw", test_withdraw);
  ADD ("forgets", test_forgets);
  ADD ("clock-goes-back", test_clock_goes_back);
  ADD ("seen", test_seen);
  ADD ("held", test_held);
#undef ADD
  g_test_add_func ("/toast/sums", test_sums);
  g_test_add_func ("/toast/parts", test_parts_are_no_sum);
  g_test_add_func ("/toast/negative", test_negative_is_no_sum);
  g_test_add_func ("/toast/lines", test_lines);
  return g_test_run ();
}
