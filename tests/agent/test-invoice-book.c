/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-invoice-book.h"

#include <malloc.h>

/* What is known of invoices, and what came in by them. */

#define NOON G_GINT64_CONSTANT (1767614400000000) /* Monday 2026-01-05, 12:00 UTC */
#define DAY G_TIME_SPAN_DAY

static RdEvent *
make (RdEventKind kind, const char *id, const char *status)
{
  RdEvent *event = rd_event_new (kind);

  event->invoice_id = g_strdup (id);
  event->invoice_status = g_strdup (status);
  return event;
}

static RdInvoice *
take (RdInvoiceBook *book, RdEvent *event, gboolean expected)
{
  gboolean changed;
  RdInvoice *invoice = rd_invoice_book_take (book, event, NOON, &changed);

  g_assert_cmpint (changed, ==, expected);
  rd_event_unref (event);
  return invoice;
}

static RdEvent *
listed (const char *id, const char *status, const char *amount, const char *currency, gint64 created, gint64 paid)
{
  RdEvent *event = make (RD_EVENT_INVOICE, id, status);

  event->amount = g_strdup (amount);
  event->currency = g_strdup (currency);
  event->created_at = created;
  event->paid_at = paid;
  return event;
}

static void
test_list_and_line (void)
{
  g_autoptr (RdInvoiceBook) book = rd_invoice_book_new (100);
  g_autoptr (GVariant) variant = NULL;
  RdEvent *event = make (RD_EVENT_PAYMENT_RECEIVED, "7", NULL);
  RdInvoice *invoice;
  const char *text = NULL;
  gint64 money = 0;
  gint64 at = 0;

  g_assert_null (take (book, make (RD_EVENT_PAYMENT_RECEIVED, NULL, NULL), FALSE));
  g_assert_null (take (book, make (RD_EVENT_MESSAGE_NEW, "7", NULL), FALSE));
  event->title = g_strdup ("Payment Received!");
  event->at = NOON - 5;
  invoice = take (book, event, TRUE);
  g_assert_true (rd_invoice_is_paid (invoice));
  g_assert_cmpstr (rd_invoice_get (invoice, RD_INVOICE_TITLE), ==, "");
  g_assert_false (rd_invoice_get_money (invoice, &money));
  /* A list from before the payment does not take it back, and the amount is learnt from it. */
  g_assert_true (take (book, listed ("7", "pending", "12.50", "EUR", NOON - DAY, 0), TRUE) == invoice);
  g_assert_true (rd_invoice_is_paid (invoice));
  g_assert_true (rd_invoice_get_money (invoice, &money));
  g_assert_cmpint (money, ==, 125000);
  take (book, listed ("7", "paid", "12.50", "EUR", NOON - DAY, 0), FALSE);
  g_assert_cmpuint (rd_invoice_book_get_count (book), ==, 1);

  variant = g_variant_ref_sink (rd_invoice_to_variant (invoice));
  g_assert_true (g_variant_lookup (variant, "status", "&s", &text));
  g_assert_cmpstr (text, ==, "paid");
  g_assert_true (g_variant_lookup (variant, "paid-at", "x", &at));
  g_assert_cmpint (at, ==, NOON - 5);
  g_assert_false (g_variant_lookup (variant, "number", "&s", &text));
}

static void
test_part_of_a_payment (void)
{
  g_autoptr (RdInvoiceBook) book = rd_invoice_book_new (100);
  RdInvoice *invoice = take (book, listed ("7", "pending", "100", NULL, NOON, 0), TRUE);

  take (book, make (RD_EVENT_PAYMENT_RECEIVED, "7", "pending"), FALSE);
  g_assert_true (rd_invoice_is_open (invoice));
  take (book, make (RD_EVENT_INVOICE_STATUS, "7", "expired"), TRUE);
  g_assert_false (rd_invoice_is_open (invoice));
  g_assert_false (rd_invoice_is_paid (invoice));
}

static void
assert_ids (GPtrArray *list, const char *expected)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < list->len; i++)
    g_string_append_printf (ids, "%s ", rd_invoice_get (list->pdata[i], RD_INVOICE_ID));
  g_assert_cmpstr (ids->str, ==, expected);
  g_string_free (ids, TRUE);
  g_ptr_array_unref (list);
}

static void
test_order_and_search (void)
{
  g_autoptr (RdInvoiceBook) book = rd_invoice_book_new (100);
  g_auto (GStrv) open = NULL;
  RdEvent *event = listed ("1", "pending", "1", NULL, NOON - 3 * DAY, 0);

  event->title = g_strdup ("Übersetzung");
  take (book, event, TRUE);
  take (book, listed ("2", "paid", "1", NULL, NOON - DAY, 0), TRUE);
  take (book, listed ("10", "pending", "1", NULL, NOON - 2 * DAY, 0), TRUE);
  take (book, listed ("9", "pending", "1", NULL, NOON - 2 * DAY, 0), TRUE);
  assert_ids (rd_invoice_book_list (book, "", ""), "2 10 9 1 ");
  assert_ids (rd_invoice_book_list (book, "", "pending"), "10 9 1 ");
  assert_ids (rd_invoice_book_list (book, "übersetz", ""), "1 ");
  assert_ids (rd_invoice_book_list (book, "1", "pending"), "10 1 ");
  assert_ids (rd_invoice_book_list (book, "nothing", ""), "");
  open = rd_invoice_book_dup_open (book, 2);
  g_assert_cmpuint (g_strv_length (open), ==, 2);
  g_assert_cmpstr (open[0], ==, "10");
}

static void
test_oldest_is_forgotten (void)
{
  g_autoptr (RdInvoiceBook) book = rd_invoice_book_new (16);

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *id = g_strdup_printf ("%d", i);

      take (book, listed (id, "pending", "1", NULL, NOON + i, 0), TRUE);
      g_assert_cmpuint (rd_invoice_book_get_count (book), <=, 16);
    }
  g_assert_nonnull (rd_invoice_book_lookup (book, "39"));
  g_assert_null (rd_invoice_book_lookup (book, "1"));
}

static void
assert_income (RdInvoiceBook *book, const gint64 *starts, guint n, gint64 end, const char *expected, guint amountless,
               guint dateless)
{
  guint without_amount;
  guint without_date;
  g_autoptr (GVariant) income
    = g_variant_ref_sink (rd_invoice_book_sum_income (book, starts, n, end, &without_amount, &without_date));
  GString *text = g_string_new (NULL);
  GVariantIter iter;
  const char *currency;
  const char *sum;
  gint64 start;
  guint count;

  g_variant_iter_init (&iter, income);
  while (g_variant_iter_next (&iter, "(x&s&su)", &start, &currency, &sum, &count))
    g_string_append_printf (text, "%d:%s%s/%u ", (int) ((start - starts[0]) / DAY), currency, sum, count);
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_cmpuint (without_amount, ==, amountless);
  g_assert_cmpuint (without_date, ==, dateless);
  g_string_free (text, TRUE);
}

static void
test_income (void)
{
  const gint64 starts[] = { NOON - 2 * DAY, NOON - DAY, NOON };
  g_autoptr (RdInvoiceBook) book = rd_invoice_book_new (100);
  RdEvent *event;

  take (book, listed ("1", "paid", "10.50", "EUR", NOON - 9 * DAY, NOON + 5), TRUE);
  take (book, listed ("2", "paid", "2.25", "EUR", NOON, NOON + 6), TRUE);
  take (book, listed ("3", "paid", "7", "USD", NOON, NOON + 7), TRUE);
  take (book, listed ("4", "paid", "1,000", "EUR", NOON, NOON + 7), TRUE);
  take (book, listed ("5", "paid", "-3", "EUR", NOON, NOON + 7), TRUE);
  take (book, listed ("6", "paid", "99", "EUR", NOON, 0), TRUE);
  take (book, listed ("7", "paid", "99", "EUR", NOON, G_GINT64_CONSTANT (1200000000000000000)), TRUE);
  take (book, listed ("8", "pending", "99", "EUR", NOON, NOON), TRUE);
  take (book, listed ("9", "paid", "5", NULL, NOON, NOON - 2 * DAY), TRUE);
  take (book, listed ("10", "paid", "5", NULL, NOON, NOON - 2 * DAY - 1), TRUE);
  /* Seen, and then listed without a date: once. */
  event = make (RD_EVENT_PAYMENT_RECEIVED, "11", "paid");
  event->at = NOON - DAY + 1;
  take (book, event, TRUE);
  event = listed ("11", "paid", "50", "EUR", NOON - 9 * DAY, 0);
  event->paid_amount = g_strdup ("40");
  take (book, event, TRUE);
  assert_income (book, starts, 3, NOON + DAY, "0:5/1 1:EUR40/1 2:EUR12.75/2 2:USD7/1 ", 2, 2);
}

static void
test_income_that_overflows (void)
{
  const gint64 starts[] = { NOON };
  g_autoptr (RdInvoiceBook) book = rd_invoice_book_new (100);

  take (book, listed ("1", "paid", "900000000000000", "EUR", NOON, NOON), TRUE);
  take (book, listed ("2", "paid", "900000000000000", "EUR", NOON, NOON), TRUE);
  assert_income (book, starts, 1, NOON + DAY, "0:EUR900000000000000/1 ", 1, 0);
  assert_income (book, starts, 0, NOON + DAY, "", 0, 0);
}

static void
assert_starts (const char *now_text, const char *zone_name, gboolean weeks, guint count, const char *first,
               const char *last)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (GDateTime) now = g_date_time_new_from_iso8601 (now_text, zone);
  g_autoptr (GArray) starts = rd_income_starts (now, weeks, count);
  const char *expected[] = { first, last };

  g_assert_cmpuint (starts->len, ==, count);
  for (guint i = 0; i < 2; i++)
    {
      gint64 at = g_array_index (starts, gint64, i == 0 ? 0 : count - 1);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / G_USEC_PER_SEC);
      g_autofree char *text = g_date_time_format (utc, "%F %R");

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

static void
test_periods (void)
{
  assert_starts ("2026-01-05T12:00:00", "UTC", FALSE, 3, "2026-01-03 00:00", "2026-01-05 00:00");
  assert_starts ("2026-01-05T12:00:00", "UTC", TRUE, 2, "2025-12-29 00:00", "2026-01-05 00:00");
  assert_starts ("2026-01-04T23:00:00", "UTC", TRUE, 2, "2025-12-22 00:00", "2025-12-29 00:00");
  /* Summer time begins on the 29th: that day has 23 hours. By rule: a bare machine knows no zones by name. */
  assert_starts ("2026-03-30T12:00:00", "CET-1CEST,M3.5.0,M10.5.0/3", FALSE, 3, "2026-03-27 23:00", "2026-03-29 22:00");
}

static void
test_compact (void)
{
  struct mallinfo2 before = mallinfo2 ();
  struct mallinfo2 after;
  g_autoptr (RdInvoiceBook) book = rd_invoice_book_new (20000);

  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%08d-0000-4000-8000-000000000000", i);
      RdEvent *event = listed (id, "pending", "1240.50", "EUR", NOON - i, 0);

      event->title = g_strnfill (100, 'x');
      event->invoice_number = g_strdup (id);
      take (book, event, TRUE);
    }
  after = mallinfo2 ();
  g_test_message ("10000 invoices: %zu bytes", after.uordblks - before.uordblks);
  /* The sanitizers' allocator does not say. */
  g_assert_cmpuint (after.uordblks - before.uordblks, <, 6 * 1000 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/invoice-book/list-and-line", test_list_and_line);
  g_test_add_func ("/agent/invoice-book/part-of-a-payment", test_part_of_a_payment);
  g_test_add_func ("/agent/invoice-book/order", test_order_and_search);
  g_test_add_func ("/agent/invoice-book/oldest", test_oldest_is_forgotten);
  g_test_add_func ("/agent/invoice-book/income", test_income);
  g_test_add_func ("/agent/invoice-book/overflow", test_income_that_overflows);
  g_test_add_func ("/agent/invoice-book/periods", test_periods);
  g_test_add_func ("/agent/invoice-book/compact", test_compact);
  return g_test_run ();
}
