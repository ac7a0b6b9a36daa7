/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-income.h"

#include "rd-amount.h"
#include "rd-model.h"
#include "rd-platform.h"

/* Puts the accounts' answers to ListIncome together. The agent has added what is of one currency and one account; what
 * cannot be added to that is counted, never guessed. */

#define DAYS 14
#define WEEKS 12
/* What one account may answer: as many rows as a few currencies make. */
#define MAX_ROWS 2000
#define MAX_CURRENCIES 12
/* Invoices often change several at a time. */
#define RELOAD_DELAY_MS 300

enum
{
  CHANGED,
  N_SIGNALS,
};

typedef struct
{
  char *currency;
  GArray *bars; /* of RdIncomeBar, one for each of the starts */
  guint count;
} Series;

/* One row of an answer. */
typedef struct
{
  gint64 start;
  const char *currency; /* interned by the answer's currencies */
  gint64 sum;
  guint count;
} Row;

struct _RdIncome
{
  GObject parent_instance;

  GListModel *invoices;
  char *account; /* (nullable) */
  gboolean weeks;

  GCancellable *cancellable; /* (nullable): while asking */
  guint asked;               /* accounts that have not answered yet */
  guint reload;
  gboolean wanted;           /* somebody has asked */

  /* until all have answered */
  GArray *rows;           /* of Row */
  GHashTable *currencies; /* of char * */
  guint new_no_amount;
  guint new_no_date;
  char *new_error;

  gboolean known;
  GPtrArray *series; /* of Series */
  GPtrArray *names;  /* of their currencies, NULL at the end */
  guint no_amount;
  guint no_date;
  char *error; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (RdIncome, rd_income, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
series_free (gpointer data)
{
  Series *series = data;

  g_free (series->currency);
  g_array_unref (series->bars);
  g_free (series);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static int
compare_series (gconstpointer a, gconstpointer b)
{
  const Series *left = *(const Series *const *) a, *right = *(const Series *const *) b;

  if (left->count != right->count)
    return left->count < right->count ? 1 : -1;
  return g_strcmp0 (left->currency, right->currency);
}

/* (transfer full): of gint64, when the periods begin. Two accounts that are asked around midnight may differ. */
static GArray *
collect_starts (RdIncome *self)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = 0, i;

  for (i = 0; i < self->rows->len; i++)
    g_array_append_val (starts, g_array_index (self->rows, Row, i).start);
  g_array_sort (starts, compare_times);
  for (i = 0; i < starts->len; i++)
    if (n == 0 || g_array_index (starts, gint64, n - 1) != g_array_index (starts, gint64, i))
      g_array_index (starts, gint64, n++) = g_array_index (starts, gint64, i);
  g_array_set_size (starts, n);
  if (n > (self->weeks ? WEEKS : DAYS) + 1u)
    g_array_remove_range (starts, 0, n - (self->weeks ? WEEKS : DAYS));
  return starts;
}

static Series *
series_for (RdIncome *self, const char *currency, GArray *starts)
{
  Series *series;
  guint i;

  for (i = 0; i < self->series->len; i++)
    {
      series = g_ptr_array_index (self->series, i);
      if (g_strcmp0 (series->currency, currency) == 0)
        return series;
    }
  series = g_new0 (Series, 1);
  series->currency = g_strdup (currency);
  series->bars = g_array_new (FALSE, TRUE, sizeof (RdIncomeBar));
  g_array_set_size (series->bars, starts->len);
  for (i = 0; i < starts->len; i++)
    g_array_index (series->bars, RdIncomeBar, i).start = g_array_index (starts, gint64, i);
  g_ptr_array_add (self->series, series);
  return series;
}

static void
add_row (RdIncome *self, GArray *starts, const Row *row)
{
  Series *series = series_for (self, row->currency, starts);
  RdIncomeBar *bar;
  guint position;

  if (!g_array_binary_search (starts, &row->start, compare_times, &position))
    return;
  bar = &g_array_index (series->bars, RdIncomeBar, position);
  if (!rd_amount_add (&bar->sum, row->sum))
    {
      self->no_amount += row->count;
      return;
    }
  bar->count += row->count;
  series->count += row->count;
}

static void
finish (RdIncome *self)
{
  g_autoptr (GArray) starts = collect_starts (self);
  guint i;

  g_clear_object (&self->cancellable);
  self->known = TRUE;
  self->no_amount = self->new_no_amount;
  self->no_date = self->new_no_date;
  g_free (self->error);
  self->error = g_steal_pointer (&self->new_error);

  g_ptr_array_set_size (self->series, 0);
  for (i = 0; i < self->rows->len; i++)
    if (g_array_index (self->rows, Row, i).count > 0)
      add_row (self, starts, &g_array_index (self->rows, Row, i));
  /* A chart without anything in it has its days all the same. */
  if (self->series->len == 0 && starts->len > 0)
    series_for (self, "", starts);
  g_ptr_array_sort (self->series, compare_series);

  g_ptr_array_set_size (self->names, 0);
  for (i = 0; i < self->series->len; i++)
    g_ptr_array_add (self->names, ((Series *) g_ptr_array_index (self->series, i))->currency);
  g_ptr_array_add (self->names, NULL);
  g_array_set_size (self->rows, 0);
  g_hash_table_remove_all (self->currencies);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* (nullable): more of them than anybody is paid in */
static const char *
intern (RdIncome *self, const char *currency)
{
  const char *known = g_hash_table_lookup (self->currencies, currency);
  char *copy;

  if (known != NULL)
    return known;
  if (g_hash_table_size (self->currencies) >= MAX_CURRENCIES)
    return NULL;
  copy = g_strdup (currency);
  g_hash_table_insert (self->currencies, copy, copy);
  return copy;
}

static void
take_rows (RdIncome *self, GVariant *income)
{
  gsize i, n = MIN (g_variant_n_children (income), MAX_ROWS);

  for (i = 0; i < n; i++)
    {
      const char *currency, *sum;
      Row row = { 0 };

      g_variant_get_child (income, i, "(x&s&su)", &row.start, &currency, &sum, &row.count);
      row.currency = intern (self, row.count > 0 ? currency : "");
      if (row.currency == NULL || !rd_amount_parse (sum, &row.sum))
        {
          self->new_no_amount += row.count;
          continue;
        }
      g_array_append_val (self->rows, row);
    }
}

static void
on_income_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdIncome) self = user_data;
  g_autoptr (GVariant) income = NULL;
  g_autoptr (GError) error = NULL;
  guint no_amount = 0, no_date = 0;

  if (!rd_dbus_invoices1_call_list_income_finish (RD_DBUS_INVOICES1 (source), &income, &no_amount, &no_date, result,
                                                  &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      g_free (self->new_error);
      self->new_error = rd_dup_error_sentence (error);
    }
  else
    {
      self->new_no_amount += no_amount;
      self->new_no_date += no_date;
      take_rows (self, income);
    }
  if (--self->asked == 0)
    finish (self);
}

static gboolean
is_wanted (RdIncome *self, gpointer interface)
{
  RdDBusAccount1 *account = rd_model_get_account_of (interface);

  return self->account == NULL ||
         (account != NULL && g_strcmp0 (rd_dbus_account1_get_id (account), self->account) == 0);
}

static gboolean
on_reload_due (gpointer user_data)
{
  RdIncome *self = user_data;

  self->reload = 0;
  rd_income_reload (self);
  return G_SOURCE_REMOVE;
}

static void
reload_soon (RdIncome *self)
{
  if (self->wanted && self->reload == 0)
    self->reload = g_timeout_add (RELOAD_DELAY_MS, on_reload_due, self);
}

static void
on_invoices_changed (GListModel *invoices, guint position, guint removed, guint added, RdIncome *self)
{
  guint i;

  for (i = position; i < position + added; i++)
    {
      g_autoptr (GObject) interface = g_list_model_get_item (invoices, i);

      g_signal_connect_object (interface, "invoice-changed", G_CALLBACK (reload_soon), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (interface, "invoices-reset", G_CALLBACK (reload_soon), self, G_CONNECT_SWAPPED);
    }
  reload_soon (self);
}

/* (nullable) */
static Series *
find_series (RdIncome *self, const char *currency)
{
  guint i;

  for (i = 0; i < self->series->len; i++)
    {
      Series *series = g_ptr_array_index (self->series, i);

      if (g_strcmp0 (series->currency, currency) == 0)
        return series;
    }
  return NULL;
}

/* GObject */

static void
rd_income_dispose (GObject *object)
{
  RdIncome *self = RD_INCOME (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->reload, g_source_remove);
  g_clear_object (&self->invoices);

  G_OBJECT_CLASS (rd_income_parent_class)->dispose (object);
}

static void
rd_income_finalize (GObject *object)
{
  RdIncome *self = RD_INCOME (object);

  g_array_unref (self->rows);
  g_hash_table_unref (self->currencies);
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->names);
  g_free (self->account);
  g_free (self->new_error);
  g_free (self->error);

  G_OBJECT_CLASS (rd_income_parent_class)->finalize (object);
}

static void
rd_income_class_init (RdIncomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_income_dispose;
  object_class->finalize = rd_income_finalize;

  signals[CHANGED] = g_signal_new ("changed", RD_TYPE_INCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_income_init (RdIncome *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->currencies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->series = g_ptr_array_new_with_free_func (series_free);
  self->names = g_ptr_array_new ();
  g_ptr_array_add (self->names, NULL);
}

RdIncome *
rd_income_new (GListModel *invoices)
{
  RdIncome *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (invoices), NULL);

  self = g_object_new (RD_TYPE_INCOME, NULL);
  self->invoices = g_object_ref (invoices);
  g_signal_connect_object (invoices, "items-changed", G_CALLBACK (on_invoices_changed), self, 0);
  on_invoices_changed (invoices, 0, 0, g_list_model_get_n_items (invoices), self);
  return self;
}

void
rd_income_set_account (RdIncome *self, const char *account)
{
  g_return_if_fail (RD_IS_INCOME (self));

  if (g_strcmp0 (self->account, account) == 0)
    return;
  g_free (self->account);
  self->account = g_strdup (account);
  if (self->wanted)
    rd_income_reload (self);
}

void
rd_income_set_weeks (RdIncome *self, gboolean weeks)
{
  g_return_if_fail (RD_IS_INCOME (self));

  if (self->weeks == !!weeks)
    return;
  self->weeks = !!weeks;
  if (self->wanted)
    rd_income_reload (self);
}

gboolean
rd_income_get_weeks (RdIncome *self)
{
  g_return_val_if_fail (RD_IS_INCOME (self), FALSE);
  return self->weeks;
}

void
rd_income_reload (RdIncome *self)
{
  guint i;

  g_return_if_fail (RD_IS_INCOME (self));

  self->wanted = TRUE;
  g_clear_handle_id (&self->reload, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->asked = 0;
  self->new_no_amount = self->new_no_date = 0;
  g_clear_pointer (&self->new_error, g_free);
  g_array_set_size (self->rows, 0);
  g_hash_table_remove_all (self->currencies);
  for (i = 0; i < g_list_model_get_n_items (self->invoices); i++)
    {
      g_autoptr (RdDBusInvoices1) interface = g_list_model_get_item (self->invoices, i);

      if (!is_wanted (self, interface))
        continue;
      self->asked++;
      rd_dbus_invoices1_call_list_income (interface, self->weeks ? "week" : "day", self->weeks ? WEEKS : DAYS,
                                          self->cancellable, on_income_ready, g_object_ref (self));
    }
  if (self->asked == 0)
    finish (self);
}

gboolean
rd_income_get_loading (RdIncome *self)
{
  g_return_val_if_fail (RD_IS_INCOME (self), FALSE);
  return !self->known;
}

const char *
rd_income_get_error (RdIncome *self)
{
  g_return_val_if_fail (RD_IS_INCOME (self), NULL);
  return self->error;
}

const char * const *
rd_income_get_currencies (RdIncome *self)
{
  g_return_val_if_fail (RD_IS_INCOME (self), NULL);
  return (const char * const *) self->names->pdata;
}

const RdIncomeBar *
rd_income_get_bars (RdIncome *self, const char *currency, guint *n)
{
  Series *series;

  g_return_val_if_fail (RD_IS_INCOME (self), NULL);
  g_return_val_if_fail (n != NULL, NULL);

  series = find_series (self, currency);
  *n = series != NULL ? series->bars->len : 0;
  return *n > 0 ? &g_array_index (series->bars, RdIncomeBar, 0) : NULL;
}

gboolean
rd_income_get_total (RdIncome *self, const char *currency, gint64 *sum)
{
  const RdIncomeBar *bars;
  guint i, n;

  g_return_val_if_fail (RD_IS_INCOME (self), FALSE);
  g_return_val_if_fail (sum != NULL, FALSE);

  *sum = 0;
  bars = rd_income_get_bars (self, currency, &n);
  for (i = 0; i < n; i++)
    if (!rd_amount_add (sum, bars[i].sum))
      return FALSE;
  return TRUE;
}

guint
rd_income_get_no_amount (RdIncome *self)
{
  g_return_val_if_fail (RD_IS_INCOME (self), 0);
  return self->no_amount;
}

guint
rd_income_get_no_date (RdIncome *self)
{
  g_return_val_if_fail (RD_IS_INCOME (self), 0);
  return self->no_date;
}
