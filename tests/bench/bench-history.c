/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-history.h"

#include <fcntl.h>
#include <glib/gstdio.h>

/* How long somebody waits for a history of 100,000 entries (or so many as the second argument says). Prints one JSON
 * object: milliseconds, medians of several. The file that the first argument names is made, and kept for whoever wants
 * to go on with it; a third argument has it erased at the end. */

#define ROUNDS 15

static const char *const first_names[] = { "Ada", "Grace", "Jürgen", "Zoé", "Mohammed", "Aiko", "Priya", "Carlos" };
static const char *const last_names[] = {
  "Lovelace", "Hopper", "Müller", "Dupont", "Haddad", "Tanaka", "Sharma", "Silva",
};

static RdHistory *history;
static guint added;

static void
on_entry_added (RdHistory *self, GVariant *entry, gpointer user_data)
{
  added++;
}

static void
store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GVariant *
make_entry (guint i, gint64 newest, guint n)
{
  g_autofree char *ref = g_strdup_printf ("ref-%u", i);
  g_autofree char *name = NULL;
  g_autofree char *peer = g_strdup_printf ("%u", i * 7919 % 4000);
  GVariantDict dict;

  name = g_strdup_printf ("%s %s %u", first_names[i % G_N_ELEMENTS (first_names)],
                          last_names[i / 8 % G_N_ELEMENTS (last_names)], i * 7919 % 4000);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "account", "s", i % 3 == 0 ? "crm" : "team");
  g_variant_dict_insert (&dict, "account-name", "s", i % 3 == 0 ? "The CRM" : "The team space");
  g_variant_dict_insert (&dict, "ref", "s", ref);
  g_variant_dict_insert (&dict, "at", "x", newest - (gint64) (n - i) * 5 * G_TIME_SPAN_MINUTE);
  if (i % 10 < 6)
    {
      g_variant_dict_insert (&dict, "kind", "s", "call");
      g_variant_dict_insert (&dict, "direction", "s", i % 2 == 0 ? "in" : "out");
      g_variant_dict_insert (&dict, "state", "s", i % 7 == 0 ? "missed" : "ended");
      g_variant_dict_insert (&dict, "peer-id", "s", peer);
      g_variant_dict_insert (&dict, "peer-name", "s", name);
    }
  else if (i % 10 < 8)
    {
      g_variant_dict_insert (&dict, "kind", "s", "message");
      g_variant_dict_insert (&dict, "direction", "s", "in");
      g_variant_dict_insert (&dict, "peer-id", "s", peer);
      g_variant_dict_insert (&dict, "peer-name", "s", name);
    }
  else
    {
      g_autofree char *title = g_strdup_printf ("Invoice %u paid", i);
      g_autofree char *amount = g_strdup_printf ("%u.%02u USD", i % 5000, i % 100);

      g_variant_dict_insert (&dict, "kind", "s", "payment");
      g_variant_dict_insert (&dict, "title", "s", title);
      g_variant_dict_insert (&dict, "amount", "s", amount);
    }
  return g_variant_dict_end (&dict);
}

static double
get_ms (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000.0;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return difference < 0 ? -1 : difference > 0;
}

static double
list_once (const char *text, guint64 before)
{
  g_autoptr (GVariant) given = g_variant_ref_sink (g_variant_new_parsed (text));
  g_autoptr (RdHistoryFilter) filter = rd_history_filter_new (given, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) entries = NULL;
  gint64 began = g_get_monotonic_time ();
  gboolean more;

  rd_history_list_async (history, filter, before, 50, store_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  entries = rd_history_list_finish (history, result, &more, NULL);
  g_assert (entries != NULL);
  return get_ms (began);
}

static void
print_list (const char *name, const char *filter, guint64 before)
{
  double took[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    took[i] = list_once (filter, before);
  qsort (took, ROUNDS, sizeof took[0], compare);
  g_print (",\n \"%s\": %.3f, \"%s_worst\": %.3f", name, took[ROUNDS / 2], name, took[ROUNDS - 1]);
}

static void
fill (guint n)
{
  gint64 newest = g_get_real_time ();
  gint64 began = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    {
      rd_history_add (history, make_entry (i, newest, n));
      while (i - added > RD_HISTORY_MAX_WAITING / 2)
        g_main_context_iteration (NULL, TRUE);
    }
  while (added < n)
    g_main_context_iteration (NULL, TRUE);
  g_print (" \"entries\": %u, \"fill\": %.1f", n, get_ms (began));
}

static void
print_write (guint n)
{
  double took[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      guint before = added;
      gint64 began;

      began = g_get_monotonic_time ();
      rd_history_add (history, make_entry (n + i, g_get_real_time (), n + i));
      while (added == before)
        g_main_context_iteration (NULL, TRUE);
      took[i] = get_ms (began);
    }
  qsort (took, ROUNDS, sizeof took[0], compare);
  g_print (",\n \"write\": %.3f, \"write_worst\": %.3f", took[ROUNDS / 2], took[ROUNDS - 1]);
}

static GAsyncResult *
await_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
print_export (const char *path)
{
  g_autofree char *file = g_strconcat (path, ".csv", NULL);
  g_autoptr (RdHistoryFilter) filter = rd_history_filter_new (NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 began = g_get_monotonic_time ();
  int fd = g_open (file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  gint64 count;

  rd_history_export_async (history, filter, fd, "csv", store_result, &result);
  count = rd_history_export_finish (history, await_result (&result), NULL);
  g_print (",\n \"exported\": %" G_GINT64_FORMAT ", \"export\": %.1f", count, get_ms (began));
  g_unlink (file);
}

static void
print_erase (const char *name, const char *text)
{
  g_autoptr (GVariant) given = g_variant_ref_sink (g_variant_new_parsed (text));
  g_autoptr (RdHistoryFilter) filter = rd_history_filter_new (given, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  gint64 began = g_get_monotonic_time ();
  gint64 count;

  rd_history_erase_async (history, filter, store_result, &result);
  count = rd_history_erase_finish (history, await_result (&result), NULL, NULL);
  g_print (",\n \"%s\": %.1f, \"%s_count\": %" G_GINT64_FORMAT, name, get_ms (began), name, count);
}

static void
open_history (const char *path)
{
  history = rd_history_new (path, RD_HISTORY_MAX_SIZE);
  g_signal_connect (history, "entry-added", G_CALLBACK (on_entry_added), NULL);
  rd_history_open (history);
}

static void
close_history (void)
{
  rd_history_close (history, 60000);
  g_clear_object (&history);
}

int
main (int argc, char **argv)
{
  guint n = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 100000;
  gint64 began;
  GStatBuf info;

  if (argc < 2)
    return 2;
  g_print ("{");
  open_history (argv[1]);
  fill (n);
  close_history ();
  g_stat (argv[1], &info);
  g_print (",\n \"megabytes\": %.1f", (double) info.st_size / 1e6);

  began = g_get_monotonic_time ();
  open_history (argv[1]);
  list_once ("@a{sv} {}", 0);
  g_print (",\n \"open_and_first_page\": %.3f", get_ms (began));
  print_list ("page", "@a{sv} {}", 0);
  print_list ("old_page", "@a{sv} {}", (guint64) (g_get_real_time () - (gint64) n / 2 * 5 * G_TIME_SPAN_MINUTE));
  print_list ("missed", "{'missed': <true>}", 0);
  print_list ("payments", "{'kinds': <['payment']>}", 0);
  print_list ("person", "{'account': <'crm'>, 'peer': <'42'>}", 0);
  print_list ("search_common", "{'search': <'ada'>}", 0);
  print_list ("search_letter", "{'search': <'a'>}", 0);
  print_list ("search_rare", "{'search': <'ada 17'>}", 0);
  print_list ("search_none", "{'search': <'nobodyatall'>}", 0);
  print_list ("search_amount", "{'search': <'4711.11'>, 'kinds': <['payment']>}", 0);
  print_write (n);
  print_export (argv[1]);
  if (argc > 3)
    {
      print_erase ("erase_few", "{'search': <'invoice 472'>}");
      print_erase ("erase_few_more", "{'search': <'invoice 473'>}");
      print_erase ("erase_all", "@a{sv} {}");
    }
  close_history ();
  g_print ("\n}\n");
  return 0;
}
