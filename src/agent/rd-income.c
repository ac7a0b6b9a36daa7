/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoice-book.h"

#include "rd-money.h"

/* What came in, by days or weeks. A sum is right or not there: an invoice whose amount or date nobody knows is counted
 * among those left out. */

typedef struct
{
  char *currency;
  gint64 sum;
  guint count;
} Sum;

static void
sum_clear (gpointer data)
{
  g_free (((Sum *) data)->currency);
}

static int
compare_sums (gconstpointer one, gconstpointer other)
{
  return g_strcmp0 (((const Sum *) one)->currency, ((const Sum *) other)->currency);
}

static Sum *
find_sum (GArray *sums, const char *currency)
{
  Sum sum = { NULL, 0, 0 };

  for (guint i = 0; i < sums->len; i++)
    if (g_str_equal (g_array_index (sums, Sum, i).currency, currency))
      return &g_array_index (sums, Sum, i);
  sum.currency = g_strdup (currency);
  g_array_append_val (sums, sum);
  return &g_array_index (sums, Sum, sums->len - 1);
}

/* The index of the period that @at is in; -1: none */
static int
find_period (const gint64 *starts, guint n, gint64 end, gint64 at)
{
  guint low = 0;
  guint high = n;

  if (n == 0 || at < starts[0] || at >= end)
    return -1;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (starts[middle] <= at)
        low = middle;
      else
        high = middle;
    }
  return (int) low;
}

static gboolean
count_payment (GArray *sums, const RdInvoice *invoice)
{
  gint64 money;
  Sum *sum;

  if (!rd_invoice_get_money (invoice, &money))
    return FALSE;
  sum = find_sum (sums, rd_invoice_get (invoice, RD_INVOICE_CURRENCY));
  if (!rd_money_add (sum->sum, money, &sum->sum))
    return FALSE;
  sum->count++;
  return TRUE;
}

static void
add_period (GVariantBuilder *builder, gint64 start, GArray *sums)
{
  g_array_sort (sums, compare_sums);
  if (sums->len == 0)
    g_variant_builder_add (builder, "(xssu)", start, "", "0", 0);
  for (guint i = 0; i < sums->len; i++)
    {
      const Sum *sum = &g_array_index (sums, Sum, i);
      g_autofree char *text = rd_money_to_string (sum->sum);

      g_variant_builder_add (builder, "(xssu)", start, sum->currency, text, sum->count);
    }
}

GVariant *
rd_invoice_book_sum_income (RdInvoiceBook *self, const gint64 *starts, guint n, gint64 end, guint *without_amount,
                            guint *without_date)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(xssu)"));
  g_autoptr (GPtrArray) paid = rd_invoice_book_list (self, "", "paid");
  g_autoptr (GPtrArray) periods = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  *without_amount = *without_date = 0;
  for (guint i = 0; i < n; i++)
    {
      GArray *sums = g_array_new (FALSE, FALSE, sizeof (Sum));

      g_array_set_clear_func (sums, sum_clear);
      g_ptr_array_add (periods, sums);
    }
  for (guint i = 0; i < paid->len; i++)
    {
      const RdInvoice *invoice = paid->pdata[i];
      gint64 at = invoice->paid_at > 0 ? invoice->paid_at : invoice->seen_paid_at;
      int period = find_period (starts, n, end, at);

      /* What is to be paid in the year 40000 was not paid then. */
      if (at <= 0 || at >= end)
        *without_date += 1;
      else if (period >= 0 && !count_payment (periods->pdata[period], invoice))
        *without_amount += 1;
    }
  for (guint i = 0; i < n; i++)
    add_period (&builder, starts[i], periods->pdata[i]);
  return g_variant_builder_end (&builder);
}

GArray *
rd_income_starts (GDateTime *now, gboolean weeks, guint count)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GDateTime) today = NULL;
  int back = weeks ? g_date_time_get_day_of_week (now) - 1 : 0;

  today = g_date_time_new (g_date_time_get_timezone (now), g_date_time_get_year (now), g_date_time_get_month (now),
                           g_date_time_get_day_of_month (now), 0, 0, 0);
  /* By the calendar and not by hours: a day may have 23 or 25. */
  for (guint i = count; i > 0; i--)
    {
      g_autoptr (GDateTime) start = g_date_time_add_days (today, -back - (int) (i - 1) * (weeks ? 7 : 1));
      gint64 at = g_date_time_to_unix (start) * G_USEC_PER_SEC;

      g_array_append_val (starts, at);
    }
  return starts;
}
