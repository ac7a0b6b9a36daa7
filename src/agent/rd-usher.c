/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-usher.h"

#include "rd-text.h"

/* Between what happened and the toasts, as do-not-disturb has it. */

#define SUMMARY_ID "while-quiet"

struct _RdUsher
{
  GObject parent_instance;

  RdQuiet *quiet;
  RdBurst *burst;
  RdNotifier *notifier;
};

G_DEFINE_FINAL_TYPE (RdUsher, rd_usher, G_TYPE_OBJECT)

/* In the order in which they are summed up. */
static const char * const types[] = {
  "missed", "message", "payment", "invoice-created", "invoice-updated", "invoice-status", "notice",
};

static char *
dup_line (const char *type, guint count)
{
  g_autofree char *kind = NULL;

  if (g_str_equal (type, "missed"))
    return rd_text_for_missed (count, NULL);
  if (g_str_equal (type, "message"))
    return rd_text_for_messages (count, 0, NULL);
  if (g_str_equal (type, "payment"))
    return rd_text_for_payments (count, NULL);
  kind = g_strdelimit (g_strdup (type), "-", '.');
  return rd_text_for_invoices (kind, count);
}

static guint
count_type (GPtrArray *toasts, const char *type)
{
  guint count = 0;

  for (guint i = 0; i < toasts->len; i++)
    {
      const RdToast *toast = toasts->pdata[i];

      if (!g_str_equal (toast->type, type))
        continue;
      /* Calls and messages are counted one by one; of one invoice there may be several news. */
      count += g_str_equal (type, "missed") || g_str_equal (type, "message") ? toast->items->len
                                                                              : rd_toast_count_subjects (toast);
    }
  return count;
}

static void
sum_up (RdUsher *self)
{
  g_autoptr (GPtrArray) held = rd_burst_take_held (self->burst);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      guint count = count_type (held, types[i]);

      if (count > 0)
        g_ptr_array_add (lines, dup_line (types[i], count));
    }
  if (lines->len == 0)
    return;
  g_ptr_array_add (lines, NULL);
  title = rd_text_for_quiet_time ();
  body = g_strjoinv ("\n", (char **) lines->pdata);
  rd_notifier_show_notice (self->notifier, SUMMARY_ID, "notice", title, body, NULL);
}

static void
on_quiet_changed (RdQuiet *quiet, RdUsher *self)
{
  if (rd_quiet_get_why (quiet) == RD_QUIET_NOT)
    sum_up (self);
}

/*
 * GObject
 */
static void
rd_usher_finalize (GObject *object)
{
  RdUsher *self = RD_USHER (object);

  g_clear_object (&self->quiet);
  g_clear_object (&self->burst);
  g_clear_object (&self->notifier);

  G_OBJECT_CLASS (rd_usher_parent_class)->finalize (object);
}

static void
rd_usher_class_init (RdUsherClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_usher_finalize;
}

static void
rd_usher_init (RdUsher *self)
{
}

RdUsher *
rd_usher_new (RdQuiet *quiet, RdBurst *burst, RdNotifier *notifier)
{
  RdUsher *self;

  g_return_val_if_fail (RD_IS_QUIET (quiet), NULL);
  g_return_val_if_fail (RD_IS_BURST (burst), NULL);
  g_return_val_if_fail (RD_IS_NOTIFIER (notifier), NULL);

  self = g_object_new (RD_TYPE_USHER, NULL);
  self->quiet = g_object_ref (quiet);
  self->burst = g_object_ref (burst);
  self->notifier = g_object_ref (notifier);
  g_signal_connect_object (quiet, "changed", G_CALLBACK (on_quiet_changed), self, 0);
  return self;
}

void
rd_usher_tell (RdUsher *self, const char *account, const char *person, const char *type, gboolean away,
               RdToastItem *item)
{
  g_return_if_fail (RD_IS_USHER (self));
  g_return_if_fail (account != NULL && type != NULL);
  g_return_if_fail (item != NULL);

  item->sounds = item->sounds && rd_quiet_allows (self->quiet, RD_QUIET_SOUND, account, person);
  if (rd_quiet_allows (self->quiet, RD_QUIET_TOAST, account, person))
    rd_burst_add (self->burst, account, type, away, item);
  else if (rd_quiet_get_treatment (self->quiet, account, person) != RD_TREATMENT_MUTED)
    rd_burst_hold (self->burst, account, type, item);
  else
    rd_toast_item_free (item);
}

void
rd_usher_flush (RdUsher *self)
{
  g_return_if_fail (RD_IS_USHER (self));

  sum_up (self);
}
