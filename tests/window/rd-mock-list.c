/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-list.h"

#include <string.h>

/* A list that is as long as a test wants it. */

struct _RdMockList
{
  GPtrArray *entries; /* of GVariant */
};

static const char *
get_text (GVariant *entry, const char *key)
{
  const char *text = "";

  g_variant_lookup (entry, key, "&s", &text);
  return text;
}

static gboolean
find (RdMockList *self, const char *id, guint *position)
{
  for (*position = 0; *position < self->entries->len; (*position)++)
    if (strcmp (get_text (g_ptr_array_index (self->entries, *position), "id"), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
holds (GVariant *entry, const char *const *keys, const char *search)
{
  g_autofree char *needle = g_utf8_casefold (search, -1);
  guint i;

  for (i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = g_utf8_casefold (get_text (entry, keys[i]), -1);

      if (strstr (text, needle) != NULL)
        return TRUE;
    }
  return FALSE;
}

RdMockList *
rd_mock_list_new (void)
{
  RdMockList *self = g_new0 (RdMockList, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  return self;
}

void
rd_mock_list_free (RdMockList *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

GVariant *
rd_mock_list_put (RdMockList *self, GVariant *entry)
{
  guint position;

  g_variant_ref_sink (entry);
  if (find (self, get_text (entry, "id"), &position))
    {
      g_variant_unref (g_ptr_array_index (self->entries, position));
      g_ptr_array_index (self->entries, position) = entry;
    }
  else
    g_ptr_array_add (self->entries, entry);
  return entry;
}

void
rd_mock_list_put_last (RdMockList *self, GVariant *entry)
{
  g_ptr_array_add (self->entries, g_variant_ref_sink (entry));
}

GVariant *
rd_mock_list_put_first (RdMockList *self, GVariant *entry)
{
  guint position;

  g_variant_ref_sink (entry);
  if (find (self, get_text (entry, "id"), &position))
    g_ptr_array_remove_index (self->entries, position);
  g_ptr_array_insert (self->entries, 0, entry);
  return entry;
}

void
rd_mock_list_clear (RdMockList *self)
{
  g_ptr_array_set_size (self->entries, 0);
}

GVariant *
rd_mock_list_find (RdMockList *self, const char *id)
{
  guint position;

  return find (self, id, &position) ? g_ptr_array_index (self->entries, position) : NULL;
}

GVariant *
rd_mock_list_page (RdMockList *self, const char *const *keys, const char *search, guint offset, guint limit,
                   gboolean *more)
{
  return rd_mock_list_page_of (self, "", "", keys, search, offset, limit, more);
}

GVariant *
rd_mock_list_page_of (RdMockList *self, const char *key, const char *value, const char *const *keys,
                      const char *search, guint offset, guint limit, gboolean *more)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  guint i, matches = 0;

  *more = FALSE;
  for (i = 0; i < self->entries->len && !*more; i++)
    {
      GVariant *entry = g_ptr_array_index (self->entries, i);

      if ((*search != '\0' && !holds (entry, keys, search)) ||
          (*value != '\0' && strcmp (get_text (entry, key), value) != 0))
        continue;
      matches++;
      if (matches > offset + limit)
        *more = TRUE;
      else if (matches > offset)
        g_variant_builder_add_value (&builder, entry);
    }
  return g_variant_builder_end (&builder);
}

GVariant *
rd_mock_list_before (RdMockList *self, const char *before, guint limit, gboolean *more)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  guint end = self->entries->len;
  guint i;

  if (*before != '\0')
    find (self, before, &end);
  i = end > limit ? end - limit : 0;
  *more = i > 0;
  for (; i < end; i++)
    g_variant_builder_add_value (&builder, g_ptr_array_index (self->entries, i));
  return g_variant_builder_end (&builder);
}
