/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "part-fixture.h"

#include <string.h>

/* What the tests of mailbox, people and invoices share. */

void
part_fixture_set_up (PartFixture *f, const char *profile)
{
  f->clock = rd_test_clock_new (PART_NOON);
  f->told = g_ptr_array_new_with_free_func (g_free);
  site_fixture_set_up (&f->site, profile);
  mock_site_track (f->site.mock, FALSE);
}

void
part_fixture_tear_down (PartFixture *f)
{
  site_fixture_tear_down (&f->site, NULL);
  g_assert_cmpuint (rd_test_clock_get_timers (f->clock), ==, 0);
  g_assert_finalize_object (f->clock);
  g_ptr_array_unref (f->told);
}

void
part_fixture_tell (PartFixture *f, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (f->told, g_strdup_vprintf (format, args));
  va_end (args);
}

void
part_fixture_told (PartFixture *f, const char *expected)
{
  g_autofree char *told = NULL;

  g_ptr_array_add (f->told, NULL);
  told = g_strjoinv ("; ", (char **) f->told->pdata);
  g_ptr_array_set_size (f->told, 0);
  g_assert_cmpstr (told, ==, expected);
}

static RdEvent *
map (PartFixture *f, const char *channel, const char *event, JsonNode *data)
{
  g_autoptr (GError) error = NULL;
  RdEvent *mapped = rd_profile_map_event (rd_site_get_profile (f->site.site), channel, event, data, &error);

  g_assert_no_error (error);
  g_assert_nonnull (mapped);
  return mapped;
}

RdEvent *
part_fixture_event (PartFixture *f, const char *channel, const char *event, const char *file, const char *packet)
{
  g_autoptr (JsonNode) data = rd_test_fixture (file, packet);

  return map (f, channel, event, data);
}

RdEvent *
part_fixture_map (PartFixture *f, const char *channel, const char *event, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) data = json_from_string (json, &error);

  g_assert_no_error (error);
  return map (f, channel, event, data);
}

char *
part_fixture_time (int seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (PART_NOON / G_USEC_PER_SEC + seconds);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
}

void
part_fixture_await (PartFixture *f, const char *what, guint n)
{
  rd_test_await (mock_site_count (f->site.mock, what) >= n);
  g_assert_cmpuint (mock_site_count (f->site.mock, what), ==, n);
}

void
part_fixture_asked (PartFixture *f, const char *what, guint n, const char *text)
{
  const MockRequest *request = mock_site_seen (f->site.mock, what, n);

  if (strstr (request->body, text) == NULL && (request->query == NULL || strstr (request->query, text) == NULL))
    g_error ("%s: neither %s nor %s says %s", what, request->query, request->body, text);
}

char *
part_fixture_parameter (const MockRequest *request, const char *name)
{
  g_autoptr (GHashTable) query = NULL;

  if (request->query == NULL)
    return NULL;
  query = g_uri_parse_params (request->query, -1, "&", G_URI_PARAMS_NONE, NULL);
  g_assert_nonnull (query);
  return g_strdup (g_hash_table_lookup (query, name));
}

char *
part_fixture_column (GVariant *entries, const char *key)
{
  GString *column = g_string_new (NULL);
  gboolean first = TRUE;
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, entries);
  while (g_variant_iter_loop (&iter, "@a{sv}", &entry))
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (entry, key, NULL);
      g_autofree char *printed = NULL;

      if (value != NULL && !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        printed = g_variant_print (value, FALSE);
      if (!first)
        g_string_append_c (column, ' ');
      first = FALSE;
      if (printed != NULL)
        g_string_append (column, printed);
      else
        g_string_append (column, value != NULL ? g_variant_get_string (value, NULL) : "-");
    }
  return g_string_free (column, FALSE);
}
