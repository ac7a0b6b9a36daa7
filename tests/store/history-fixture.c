/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "history-fixture.h"

#include "rd-test.h"

#include <string.h>

static void
on_entry_added (RdHistory *history, GVariant *entry, HistoryFixture *self)
{
  g_ptr_array_add (self->added, g_variant_ref (entry));
}

static void
on_entries_reset (RdHistory *history, HistoryFixture *self)
{
  self->resets++;
}

static void
on_set_aside (RdHistory *history, const GError *error, HistoryFixture *self)
{
  g_ptr_array_add (self->aside, g_error_copy (error));
}

void
history_fixture_set_up (HistoryFixture *self, gconstpointer data)
{
  self->folder = rd_test_make_dir ();
  self->path = g_build_filename (self->folder, "history.db", NULL);
  self->added = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  self->aside = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
}

void
history_fixture_tear_down (HistoryFixture *self, gconstpointer data)
{
  history_fixture_close (self);
  rd_test_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_ptr_array_unref (self->added);
  g_ptr_array_unref (self->aside);
}

void
history_fixture_open (HistoryFixture *self, gint64 max_size)
{
  self->history = rd_history_new (self->path, max_size != 0 ? max_size : RD_HISTORY_MAX_SIZE);
  /* The fixture outlives it. */
  g_signal_connect (self->history, "entry-added", G_CALLBACK (on_entry_added), self);
  g_signal_connect (self->history, "entries-reset", G_CALLBACK (on_entries_reset), self);
  g_signal_connect (self->history, "set-aside", G_CALLBACK (on_set_aside), self);
  g_ptr_array_set_size (self->added, 0);
  rd_history_open (self->history);
}

void
history_fixture_close (HistoryFixture *self)
{
  if (self->history == NULL)
    return;
  rd_history_close (self->history, RD_TEST_PATIENCE_S * 1000);
  /* What its thread told last may still be on its way here, and keeps it for so long. */
  g_object_add_weak_pointer (G_OBJECT (self->history), (gpointer *) &self->history);
  g_object_unref (self->history);
  rd_test_await (self->history == NULL);
  rd_test_drain ();
}

void
history_fixture_await (HistoryFixture *self, guint n)
{
  rd_test_await (self->added->len >= n);
  g_assert_cmpuint (self->added->len, ==, n);
}

static void
begin (GVariantDict *dict, const char *kind, const char *ref, gint64 at)
{
  g_variant_dict_init (dict, NULL);
  g_variant_dict_insert (dict, "kind", "s", kind);
  g_variant_dict_insert (dict, "account", "s", "crm");
  g_variant_dict_insert (dict, "account-name", "s", "The CRM");
  g_variant_dict_insert (dict, "ref", "s", ref);
  g_variant_dict_insert (dict, "at", "x", at * G_USEC_PER_SEC);
}

GVariant *
history_call (const char *ref, const char *state, const char *peer, const char *name, gint64 at)
{
  GVariantDict dict;

  begin (&dict, "call", ref, at);
  g_variant_dict_insert (&dict, "direction", "s", "in");
  g_variant_dict_insert (&dict, "state", "s", state);
  g_variant_dict_insert (&dict, "reason", "s", "");
  g_variant_dict_insert (&dict, "peer-id", "s", peer);
  g_variant_dict_insert (&dict, "peer-name", "s", name);
  g_variant_dict_insert (&dict, "audio", "b", TRUE);
  g_variant_dict_insert (&dict, "created-at", "x", at * G_USEC_PER_SEC);
  g_variant_dict_insert (&dict, "started-at", "x", g_str_equal (state, "ended") ? (at + 5) * G_USEC_PER_SEC : 0);
  g_variant_dict_insert (&dict, "ended-at", "x", (at + 65) * G_USEC_PER_SEC);
  return g_variant_dict_end (&dict);
}

GVariant *
history_money (const char *ref, const char *kind, const char *title, const char *amount, gint64 at)
{
  GVariantDict dict;

  begin (&dict, kind, ref, at);
  g_variant_dict_insert (&dict, "event", "s", "payment.received");
  g_variant_dict_insert (&dict, "invoice-id", "s", ref);
  g_variant_dict_insert (&dict, "title", "s", title);
  g_variant_dict_insert (&dict, "amount", "s", amount);
  return g_variant_dict_end (&dict);
}

GVariant *
history_message (const char *ref, const char *peer, const char *name, gint64 at)
{
  GVariantDict dict;

  begin (&dict, "message", ref, at);
  g_variant_dict_insert (&dict, "direction", "s", "in");
  g_variant_dict_insert (&dict, "peer-id", "s", peer);
  g_variant_dict_insert (&dict, "peer-name", "s", name);
  g_variant_dict_insert (&dict, "conversation", "s", "c1");
  return g_variant_dict_end (&dict);
}

RdHistoryFilter *
history_filter (const char *filter)
{
  g_autoptr (GVariant) parsed = NULL;
  g_autoptr (GError) error = NULL;
  RdHistoryFilter *made;

  if (filter != NULL)
    parsed = g_variant_parse (G_VARIANT_TYPE_VARDICT, filter, NULL, NULL, &error);
  g_assert_no_error (error);
  made = rd_history_filter_new (parsed, &error);
  g_assert_no_error (error);
  return made;
}

GVariant *
history_list (HistoryFixture *self, const char *filter, guint64 before, guint limit, gboolean *more)
{
  g_autoptr (RdHistoryFilter) made = history_filter (filter);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean any_more = FALSE;
  GVariant *entries;

  rd_history_list_async (self->history, made, before, limit, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  entries = rd_history_list_finish (self->history, result, more != NULL ? more : &any_more, &error);
  g_assert_no_error (error);
  return entries;
}

gint64
history_count (HistoryFixture *self, const char *filter)
{
  g_autoptr (RdHistoryFilter) made = history_filter (filter);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  rd_history_count_async (self->history, made, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  count = rd_history_count_finish (self->history, result, &error);
  g_assert_no_error (error);
  return count;
}

gint64
history_erase (HistoryFixture *self, const char *filter)
{
  g_autoptr (RdHistoryFilter) made = history_filter (filter);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  rd_history_erase_async (self->history, made, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  count = rd_history_erase_finish (self->history, result, NULL, &error);
  g_assert_no_error (error);
  return count;
}

char *
history_column (HistoryFixture *self, const char *filter, const char *key)
{
  g_autoptr (GVariant) entries = history_list (self, filter, 0, RD_HISTORY_MAX_PAGE, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, entries);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      const char *value = "?";

      g_variant_lookup (entry, key, "&s", &value);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", value);
      g_variant_unref (entry);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
history_contains (HistoryFixture *self, const char *text)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while (!found && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_autofree char *data = NULL;
      gsize length = 0;

      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      found = memmem (data, length, text, strlen (text)) != NULL;
    }
  return found;
}
