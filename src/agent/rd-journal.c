/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-journal.h"

/* The calls and payments of this run, newest first, bounded. It keeps records and knows nothing of what they mean;
 * what outlives the agent is the store's business. */

enum
{
  CALL,
  PAYMENT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdJournal
{
  GObject parent_instance;

  GQueue calls;
  GQueue payments;
};

G_DEFINE_FINAL_TYPE (RdJournal, rd_journal, G_TYPE_OBJECT)

static void
add (RdJournal *self, GQueue *queue, GVariant *record, guint signal)
{
  g_queue_push_head (queue, g_variant_ref_sink (record));
  if (queue->length > RD_JOURNAL_LIMIT)
    g_variant_unref (g_queue_pop_tail (queue));
  g_signal_emit (self, signals[signal], 0, record);
}

static GVariant *
list (GQueue *queue)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (GList *l = queue->head; l != NULL; l = l->next)
    g_variant_builder_add_value (&builder, l->data);
  return g_variant_builder_end (&builder);
}

static void
drop (GQueue *queue, const char *account)
{
  GList *next;

  for (GList *l = queue->head; l != NULL; l = next)
    {
      const char *owner = NULL;

      next = l->next;
      if (!g_variant_lookup (l->data, "account", "&s", &owner) || g_strcmp0 (owner, account) != 0)
        continue;
      g_variant_unref (l->data);
      g_queue_delete_link (queue, l);
    }
}

/*
 * GObject
 */
static void
rd_journal_finalize (GObject *object)
{
  RdJournal *self = RD_JOURNAL (object);

  g_queue_clear_full (&self->calls, (GDestroyNotify) g_variant_unref);
  g_queue_clear_full (&self->payments, (GDestroyNotify) g_variant_unref);

  G_OBJECT_CLASS (rd_journal_parent_class)->finalize (object);
}

static void
rd_journal_class_init (RdJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_journal_finalize;

  signals[CALL] = g_signal_new ("call", RD_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_VARIANT);
  signals[PAYMENT] = g_signal_new ("payment", RD_TYPE_JOURNAL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_VARIANT);
}

static void
rd_journal_init (RdJournal *self)
{
  g_queue_init (&self->calls);
  g_queue_init (&self->payments);
}

RdJournal *
rd_journal_new (void)
{
  return g_object_new (RD_TYPE_JOURNAL, NULL);
}

void
rd_journal_add_call (RdJournal *self, GVariant *record)
{
  g_return_if_fail (RD_IS_JOURNAL (self));
  g_return_if_fail (g_variant_is_of_type (record, G_VARIANT_TYPE_VARDICT));

  add (self, &self->calls, record, CALL);
}

void
rd_journal_add_payment (RdJournal *self, GVariant *record)
{
  g_return_if_fail (RD_IS_JOURNAL (self));
  g_return_if_fail (g_variant_is_of_type (record, G_VARIANT_TYPE_VARDICT));

  add (self, &self->payments, record, PAYMENT);
}

GVariant *
rd_journal_list_calls (RdJournal *self)
{
  g_return_val_if_fail (RD_IS_JOURNAL (self), NULL);

  return list (&self->calls);
}

GVariant *
rd_journal_list_payments (RdJournal *self)
{
  g_return_val_if_fail (RD_IS_JOURNAL (self), NULL);

  return list (&self->payments);
}

void
rd_journal_drop_account (RdJournal *self, const char *account)
{
  g_return_if_fail (RD_IS_JOURNAL (self));
  g_return_if_fail (account != NULL);

  drop (&self->calls, account);
  drop (&self->payments, account);
}
