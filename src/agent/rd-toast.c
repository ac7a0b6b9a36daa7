/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-toast.h"

#include "rd-money.h"
#include "rd-text.h"

/* What can be said of several things at once. Nothing is said that is not true of all of them. */

#define MAX_LINES 3
#define MAX_LINE 120
#define MAX_NAME 80

RdToastItem *
rd_toast_item_new (void)
{
  return g_new0 (RdToastItem, 1);
}

void
rd_toast_item_free (RdToastItem *self)
{
  g_free (self->subject);
  g_free (self->person);
  g_free (self->name);
  g_free (self->title);
  g_free (self->text);
  g_free (self->currency);
  g_free (self->amount);
  g_clear_object (&self->thing);
  g_free (self);
}

RdToast *
rd_toast_new (const char *id, const char *account, const char *type, gboolean away)
{
  RdToast *self = g_new0 (RdToast, 1);

  self->id = g_strdup (id);
  self->account = g_strdup (account);
  self->type = g_strdup (type);
  self->away = away;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_toast_item_free);
  return self;
}

void
rd_toast_free (RdToast *self)
{
  g_free (self->id);
  g_free (self->account);
  g_free (self->type);
  g_ptr_array_unref (self->items);
  g_free (self);
}

const char *
rd_toast_get_kind (const RdToast *self)
{
  static const char * const own[] = { "message", "missed", "notice", NULL };

  g_return_val_if_fail (self != NULL, NULL);

  if (g_str_equal (self->type, "unsent"))
    return "message";
  return g_strv_contains (own, self->type) ? self->type : "payment";
}

const RdToastItem *
rd_toast_get_last (const RdToast *self)
{
  g_return_val_if_fail (self != NULL && self->items->len > 0, NULL);

  return self->items->pdata[self->items->len - 1];
}

const char *
rd_toast_get_subject (const RdToast *self)
{
  const char *subject;

  g_return_val_if_fail (self != NULL, NULL);

  subject = self->items->len > 0 ? rd_toast_get_last (self)->subject : NULL;
  return subject != NULL && rd_toast_count_subjects (self) == 1 ? subject : NULL;
}

const RdToastItem *
rd_toast_get_seen (const RdToast *self)
{
  const RdToastItem *seen = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      const RdToastItem *item = self->items->pdata[i];

      if (!item->told)
        continue;
      if (item->subject == NULL || (seen != NULL && !g_str_equal (seen->subject, item->subject)))
        return NULL;
      seen = item;
    }
  return seen;
}

guint
rd_toast_count_subjects (const RdToast *self)
{
  g_autoptr (GHashTable) subjects = g_hash_table_new (g_str_hash, g_str_equal);
  guint unknown = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      const RdToastItem *item = self->items->pdata[i];

      if (item->subject != NULL)
        g_hash_table_add (subjects, item->subject);
      else
        unknown++;
    }
  return g_hash_table_size (subjects) + unknown;
}

guint
rd_toast_count_people (const RdToast *self)
{
  g_autoptr (GHashTable) people = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      const RdToastItem *item = self->items->pdata[i];

      if (item->person == NULL)
        return 0;
      g_hash_table_add (people, item->person);
    }
  return g_hash_table_size (people);
}

typedef struct
{
  const char *currency;
  gint64 money;
} Sum;

static gboolean
add_to_sums (GArray *sums, const RdToastItem *item)
{
  Sum sum = { item->currency != NULL ? item->currency : "", item->money };

  /* A sum of who knows what is none. A site that names no currency has one. */
  if (!item->known || item->money <= 0)
    return FALSE;
  if (sums->len > 0 && (*sum.currency == '\0') != (*g_array_index (sums, Sum, 0).currency == '\0'))
    return FALSE;
  for (guint i = 0; i < sums->len; i++)
    {
      Sum *known = &g_array_index (sums, Sum, i);

      if (g_ascii_strcasecmp (known->currency, sum.currency) == 0)
        return rd_money_add (known->money, sum.money, &known->money);
    }
  g_array_append_val (sums, sum);
  return TRUE;
}

/* What an invoice has come to twice over is more than came in. */
static gboolean
counts_twice (const RdToast *self, guint index)
{
  const RdToastItem *item = self->items->pdata[index];

  for (guint i = 0; item->so_far && i < self->items->len; i++)
    if (i != index && g_strcmp0 (((const RdToastItem *) self->items->pdata[i])->subject, item->subject) == 0)
      return TRUE;
  return FALSE;
}

char **
rd_toast_dup_sums (const RdToast *self)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (Sum));
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (counts_twice (self, i) || !add_to_sums (sums, self->items->pdata[i]))
      return NULL;
  for (guint i = 0; i < sums->len; i++)
    {
      const Sum *sum = &g_array_index (sums, Sum, i);
      g_autofree char *number = rd_money_to_string (sum->money);
      g_autofree char *text = rd_text_for_amount (number, sum->currency);

      g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

char *
rd_toast_dup_lines (const RdToast *self)
{
  GString *lines = g_string_new (NULL);
  gboolean several;

  g_return_val_if_fail (self != NULL, NULL);

  several = rd_toast_count_people (self) != 1;
  for (guint i = self->items->len > MAX_LINES ? self->items->len - MAX_LINES : 0; i < self->items->len; i++)
    {
      const RdToastItem *item = self->items->pdata[i];
      g_autofree char *text = rd_text_clean (item->text != NULL ? item->text : item->title, MAX_LINE);
      g_autofree char *name = rd_text_clean (item->name, MAX_NAME);
      g_autofree char *line = several ? rd_text_for_said (name, text) : NULL;

      if (*text == '\0' && *name == '\0')
        continue;
      if (lines->len > 0)
        g_string_append_c (lines, '\n');
      g_string_append (lines, line != NULL ? line : text);
    }
  return g_string_free (lines, FALSE);
}
