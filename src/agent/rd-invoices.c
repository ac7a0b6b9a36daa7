/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-invoices-private.h"

#include "rd-fault.h"
#include "rd-money.h"

/* One account's invoices, as others see them: what is known stands in the book, what is not is asked for. */

/* How many invoices at once the site is asked about without anybody having asked here. */
#define MAX_LOOKED_UP 50

enum
{
  INVOICE_CHANGED,
  INVOICES_RESET,
  MISSED,
  OPEN_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdInvoices, rd_invoices, G_TYPE_OBJECT)

static gboolean
on_open_changed (gpointer user_data)
{
  RdInvoices *self = RD_INVOICES (user_data);

  self->news = 0;
  g_signal_emit (self, signals[OPEN_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

void
rd_invoices_emit_open (RdInvoices *self)
{
  if (self->news == 0)
    self->news = g_idle_add (on_open_changed, self);
}

RdInvoice *
rd_invoices_take (RdInvoices *self, const RdEvent *event, gboolean quiet)
{
  gboolean changed;
  RdInvoice *invoice = rd_invoice_book_take (self->book, event, rd_clock_get_real_time (self->clock), &changed);

  if (invoice == NULL || !changed)
    return invoice;
  rd_invoices_emit_open (self);
  if (!quiet)
    {
      g_autoptr (GVariant) variant = g_variant_ref_sink (rd_invoice_to_variant (invoice));

      g_signal_emit (self, signals[INVOICE_CHANGED], 0, variant);
    }
  return invoice;
}

void
rd_invoices_emit_missed (RdInvoices *self, RdEvent *event)
{
  g_signal_emit (self, signals[MISSED], 0, event);
}

void
rd_invoices_emit_reset (RdInvoices *self)
{
  g_clear_pointer (&self->filtered, rd_invoices_query_unref);
  g_signal_emit (self, signals[INVOICES_RESET], 0);
}

gboolean
rd_invoices_uses (RdInvoices *self, const char *variable)
{
  const RdAction *action = rd_profile_get_action (rd_site_get_profile (self->site), "invoices");

  return action != NULL && rd_action_uses (action, variable);
}

static gboolean
site_filters (RdInvoices *self, const char *search, const char *status)
{
  return (*search == '\0' || rd_invoices_uses (self, "search"))
         && (*status == '\0' || rd_invoices_uses (self, "status"));
}

/* Asked for anew whenever somebody begins to look at it. */
static RdInvoicesQuery *
find_query (RdInvoices *self, const char *search, const char *status, guint offset)
{
  if (*search == '\0' && *status == '\0')
    return self->all;
  if (offset > 0 && self->filtered != NULL && g_str_equal (self->filtered->search, search)
      && g_str_equal (self->filtered->status, status))
    return self->filtered;
  g_clear_pointer (&self->filtered, rd_invoices_query_unref);
  self->filtered = rd_invoices_query_new (self, search, status);
  return self->filtered;
}

static void
insert_text (GVariantDict *dict, const char *key, const char *text)
{
  if (text != NULL && *text != '\0')
    g_variant_dict_insert (dict, key, "s", text);
}

/* An invoice with what is worth knowing of one, and not worth keeping of thousands. */
static GVariant *
format_details (const RdInvoice *invoice, const RdEvent *event)
{
  g_autoptr (GVariant) known = g_variant_ref_sink (rd_invoice_to_variant (invoice));
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (known);

  if (event != NULL)
    {
      insert_text (&dict, "code", event->invoice_code);
      insert_text (&dict, "memo", event->invoice_memo);
      insert_text (&dict, "network", event->invoice_network);
    }
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* @event: (nullable): what the site just said of it */
static void
return_known (RdInvoices *self, GTask *task, const char *id, const RdEvent *event, GError *error)
{
  RdInvoice *invoice = rd_invoice_book_lookup (self->book, id);

  if (error != NULL)
    g_task_return_error (task, error);
  else if (invoice == NULL)
    g_task_return_error (task, rd_fault_new (RD_FAULT_NOT_FOUND, rd_site_get_host (self->site), 0, NULL, "invoice"));
  else
    g_task_return_pointer (task, format_details (invoice, event), (GDestroyNotify) g_variant_unref);
}

static void
on_invoice_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdInvoices *self = g_task_get_source_object (task);
  const char *id = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RdPage) page = rd_site_list_finish (RD_SITE (source), result, &error);
  RdEvent *found = NULL;

  /* An answer about another one is none. */
  for (guint i = 0; page != NULL && i < page->items->len; i++)
    if (g_strcmp0 (((RdEvent *) page->items->pdata[i])->invoice_id, id) == 0)
      {
        found = page->items->pdata[i];
        rd_invoices_take (self, found, FALSE);
      }
  return_known (self, task, id, found, error);
}

static gboolean
knows_amount (const RdInvoice *invoice)
{
  gint64 money;

  return rd_invoice_is_paid (invoice) ? rd_invoice_get_money (invoice, &money)
                                      : *rd_invoice_get (invoice, RD_INVOICE_AMOUNT) != '\0';
}

static void
on_amount_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *id = user_data;
  g_autoptr (GVariant) invoice = rd_invoices_get_finish (RD_INVOICES (source), result, NULL);

  g_hash_table_remove (RD_INVOICES (source)->looked_up, id);
}

/* An event may say that it was paid, or that there is a new one, and not how much nor by which number. It comes by two
 * channels. */
static void
look_up_amount (RdInvoices *self, RdInvoice *invoice)
{
  const char *id = rd_invoice_get (invoice, RD_INVOICE_ID);

  if (knows_amount (invoice) || !rd_site_can (self->site, "invoice")
      || g_hash_table_size (self->looked_up) >= MAX_LOOKED_UP || !g_hash_table_add (self->looked_up, g_strdup (id)))
    return;
  rd_invoices_get_async (self, id, on_amount_ready, g_strdup (id));
}

/*
 * GObject
 */
static void
rd_invoices_finalize (GObject *object)
{
  RdInvoices *self = RD_INVOICES (object);

  g_clear_handle_id (&self->news, g_source_remove);
  rd_invoices_pause (self);
  g_clear_pointer (&self->looked_up, g_hash_table_unref);
  g_clear_pointer (&self->walk, rd_invoices_walk_free);
  g_clear_pointer (&self->all, rd_invoices_query_unref);
  g_clear_pointer (&self->filtered, rd_invoices_query_unref);
  g_clear_pointer (&self->paid, rd_invoices_query_unref);
  g_clear_pointer (&self->book, rd_invoice_book_free);
  g_clear_object (&self->site);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_strfreev (self->restored);
  g_free (self->account);

  G_OBJECT_CLASS (rd_invoices_parent_class)->finalize (object);
}

static void
rd_invoices_class_init (RdInvoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_invoices_finalize;

  signals[INVOICE_CHANGED] = g_signal_new ("invoice-changed", RD_TYPE_INVOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_VARIANT);
  signals[INVOICES_RESET] = g_signal_new ("invoices-reset", RD_TYPE_INVOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
  signals[MISSED] = g_signal_new ("missed", RD_TYPE_INVOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  RD_TYPE_EVENT);
  signals[OPEN_CHANGED] = g_signal_new ("open-changed", RD_TYPE_INVOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 0);
}

static void
rd_invoices_init (RdInvoices *self)
{
  self->clock = rd_clock_new ();
  self->cancellable = g_cancellable_new ();
  self->looked_up = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->book = rd_invoice_book_new (RD_INVOICES_LIMIT);
  self->all = rd_invoices_query_new (self, "", "");
}

RdInvoices *
rd_invoices_new (RdSite *site, const char *account)
{
  RdInvoices *self;

  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (RD_TYPE_INVOICES, NULL);
  self->site = g_object_ref (site);
  self->account = g_strdup (account);
  return self;
}

void
rd_invoices_set_clock (RdInvoices *self, RdClock *clock)
{
  g_return_if_fail (RD_IS_INVOICES (self));
  g_return_if_fail (RD_IS_CLOCK (clock));

  g_set_object (&self->clock, clock);
}

void
rd_invoices_handle (RdInvoices *self, RdEvent *event)
{
  RdInvoice *invoice;

  g_return_if_fail (RD_IS_INVOICES (self));
  g_return_if_fail (event != NULL);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  invoice = rd_invoices_take (self, event, FALSE);
  if (invoice == NULL)
    return;
  rd_invoices_query_insert (self->all, invoice);
  rd_invoices_walk_insert (self, invoice);
  look_up_amount (self, invoice);
}

void
rd_invoices_stop (RdInvoices *self)
{
  g_return_if_fail (RD_IS_INVOICES (self));

  self->due = FALSE;
  rd_invoices_pause (self);
  g_clear_handle_id (&self->news, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

void
rd_invoices_list_async (RdInvoices *self, const char *search, const char *status, guint offset, guint limit,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RD_IS_INVOICES (self));
  g_return_if_fail (search != NULL && status != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_invoices_list_async);
  if (rd_site_can (self->site, "invoices") && site_filters (self, search, status))
    {
      rd_invoices_query_answer (find_query (self, search, status, offset), task, offset, limit);
      return;
    }
  {
    g_autoptr (GPtrArray) known = rd_invoice_book_list (self->book, search, status);

    g_task_return_pointer (task, rd_invoices_query_format (known, offset, limit, FALSE),
                           (GDestroyNotify) g_variant_unref);
    g_object_unref (task);
  }
}

GVariant *
rd_invoices_list_finish (RdInvoices *self, GAsyncResult *result, gboolean *more, GError **error)
{
  g_autoptr (GVariant) answer = NULL;
  GVariant *invoices;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (more != NULL, NULL);

  answer = g_task_propagate_pointer (G_TASK (result), error);
  if (answer == NULL)
    return NULL;
  g_variant_get (answer, "(@aa{sv}b)", &invoices, more);
  return invoices;
}

void
rd_invoices_get_async (RdInvoices *self, const char *id, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RdVars) vars = NULL;

  g_return_if_fail (RD_IS_INVOICES (self));
  g_return_if_fail (id != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rd_invoices_get_async);
  g_task_set_task_data (task, g_strdup (id), g_free);
  if (!rd_site_can (self->site, "invoice") || *id == '\0')
    {
      return_known (self, task, id, NULL, NULL);
      return;
    }
  vars = rd_vars_new ();
  rd_vars_set (vars, "invoice.id", id);
  rd_site_list_async (self->site, "invoice", RD_EVENT_INVOICE, vars, self->cancellable, on_invoice_ready,
                      g_steal_pointer (&task));
}

GVariant *
rd_invoices_get_finish (RdInvoices *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GVariant *
rd_invoices_sum_income (RdInvoices *self, gboolean weeks, guint count, guint *without_amount, guint *without_date)
{
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) next = NULL;
  g_autoptr (GArray) starts = NULL;
  g_autoptr (GArray) after = NULL;

  g_return_val_if_fail (RD_IS_INVOICES (self), NULL);
  g_return_val_if_fail (without_amount != NULL && without_date != NULL, NULL);

  now = g_date_time_new_from_unix_local (rd_clock_get_real_time (self->clock) / G_USEC_PER_SEC);
  starts = rd_income_starts (now, weeks, count);
  next = g_date_time_add_days (now, weeks ? 7 : 1);
  after = rd_income_starts (next, weeks, 1);
  if (self->paid == NULL)
    self->paid = rd_invoices_uses (self, "status") ? rd_invoices_query_new (self, "", "paid")
                                                   : rd_invoices_query_ref (self->all);
  /* Also if it failed before. */
  if (rd_site_can (self->site, "invoices") && !g_cancellable_is_cancelled (self->cancellable))
    rd_invoices_query_fill (self->paid);
  return rd_invoice_book_sum_income (self->book, (const gint64 *) (gpointer) starts->data, starts->len,
                                     g_array_index (after, gint64, 0), without_amount, without_date);
}

gboolean
rd_invoices_get_payment (RdInvoices *self, const RdEvent *event, gint64 *money, char **currency)
{
  RdInvoice *invoice;

  g_return_val_if_fail (RD_IS_INVOICES (self), FALSE);
  g_return_val_if_fail (event != NULL && money != NULL && currency != NULL, FALSE);

  invoice = event->invoice_id != NULL ? rd_invoice_book_lookup (self->book, event->invoice_id) : NULL;
  if (invoice == NULL || !rd_invoice_get_money (invoice, money))
    return FALSE;
  *currency = g_strdup (rd_invoice_get (invoice, RD_INVOICE_CURRENCY));
  return TRUE;
}

char **
rd_invoices_dup_open (RdInvoices *self)
{
  g_return_val_if_fail (RD_IS_INVOICES (self), NULL);

  return rd_invoice_book_dup_open (self->book, RD_INVOICES_OPEN_LIMIT);
}

void
rd_invoices_restore_open (RdInvoices *self, const char * const *ids)
{
  g_return_if_fail (RD_IS_INVOICES (self));

  g_strfreev (self->restored);
  self->restored = g_strdupv ((char **) ids);
}
