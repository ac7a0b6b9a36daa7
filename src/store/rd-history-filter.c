/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-filter.h"

#include "rd-clean.h"
#include "rd-fault.h"

/* What a bus client may ask of the history: bounded and typed here, once. */

#define MAX_SEARCH 200
#define MAX_KINDS 16

typedef struct
{
  RdHistoryFilter filter;
  gatomicrefcount refs;
} Counted;

G_DEFINE_BOXED_TYPE (RdHistoryFilter, rd_history_filter, rd_history_filter_ref, rd_history_filter_unref)

static const struct
{
  RdHistoryKinds kind;
  const char *nick;
} kinds[] = {
  { RD_HISTORY_CALL, "call" },     { RD_HISTORY_PAYMENT, "payment" }, { RD_HISTORY_INVOICE, "invoice" },
  { RD_HISTORY_NOTICE, "notice" }, { RD_HISTORY_MESSAGE, "message" },
};

RdHistoryKinds
rd_history_kind_from_string (const char *nick)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].nick, nick) == 0)
      return kinds[i].kind;
  return 0;
}

const char *
rd_history_kind_to_string (RdHistoryKinds kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      return kinds[i].nick;
  return "";
}

/* What is there must be of its type; what is "" says nothing. */
static gboolean
take_text (GVariant *value, gsize max_chars, char **text)
{
  const char *given;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return FALSE;
  given = g_variant_get_string (value, NULL);
  if (g_utf8_strlen (given, -1) > (glong) max_chars)
    return FALSE;
  g_clear_pointer (text, g_free);
  if (*given != '\0')
    *text = g_strdup (given);
  return TRUE;
}

static gboolean
take_kinds (GVariant *value, RdHistoryKinds *taken)
{
  g_autofree const char **nicks = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY) || g_variant_n_children (value) > MAX_KINDS)
    return FALSE;
  nicks = g_variant_get_strv (value, NULL);
  *taken = 0;
  for (guint i = 0; nicks[i] != NULL; i++)
    {
      RdHistoryKinds kind = rd_history_kind_from_string (nicks[i]);

      if (kind == 0)
        return FALSE;
      *taken |= kind;
    }
  return TRUE;
}

static gboolean
take_time (GVariant *value, gint64 *time)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return FALSE;
  *time = g_variant_get_int64 (value);
  return *time >= 0;
}

static gboolean
take_direction (GVariant *value, char **direction)
{
  return take_text (value, 3, direction)
         && (*direction == NULL || g_str_equal (*direction, "in") || g_str_equal (*direction, "out"));
}

static gboolean
take_boolean (GVariant *value, gboolean *taken)
{
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return FALSE;
  *taken = g_variant_get_boolean (value);
  return TRUE;
}

/* Who asks for what we do not know would be told what was not asked for: an erasure must not take more. */
static gboolean
take (RdHistoryFilter *self, const char *key, GVariant *value)
{
  if (g_str_equal (key, "kinds"))
    return take_kinds (value, &self->kinds);
  if (g_str_equal (key, "account"))
    return take_text (value, RD_CLEAN_ID, &self->account);
  if (g_str_equal (key, "peer"))
    return take_text (value, RD_CLEAN_ID, &self->peer);
  if (g_str_equal (key, "direction"))
    return take_direction (value, &self->direction);
  if (g_str_equal (key, "missed"))
    return take_boolean (value, &self->missed);
  if (g_str_equal (key, "search"))
    return take_text (value, MAX_SEARCH, &self->search);
  if (g_str_equal (key, "since"))
    return take_time (value, &self->since);
  if (g_str_equal (key, "until"))
    return take_time (value, &self->until);
  return FALSE;
}

RdHistoryFilter *
rd_history_filter_new (GVariant *filter, GError **error)
{
  Counted *counted = g_new0 (Counted, 1);
  g_autoptr (RdHistoryFilter) self = &counted->filter;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_atomic_ref_count_init (&counted->refs);
  if (filter == NULL)
    return g_steal_pointer (&self);
  g_return_val_if_fail (g_variant_is_of_type (filter, G_VARIANT_TYPE_VARDICT), NULL);

  g_variant_iter_init (&iter, filter);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      gboolean taken = take (self, key, value);

      g_variant_unref (value);
      if (!taken)
        {
          g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, key));
          return NULL;
        }
    }
  if (self->peer != NULL && self->account == NULL)
    {
      /* Ids of people are their site's. */
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "account"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

RdHistoryFilter *
rd_history_filter_ref (RdHistoryFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((Counted *) self)->refs);
  return self;
}

void
rd_history_filter_unref (RdHistoryFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&((Counted *) self)->refs))
    return;
  g_free (self->account);
  g_free (self->peer);
  g_free (self->direction);
  g_free (self->search);
  g_free (self);
}

gboolean
rd_history_filter_is_empty (const RdHistoryFilter *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kinds == 0 && self->account == NULL && self->peer == NULL && self->direction == NULL
         && self->search == NULL && !self->missed && self->since == 0 && self->until == 0;
}
