/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history-format.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* CSV as RFC 4180 has it, and JSON. Both hold the words of strangers: a cell that begins like a formula would be run by
 * a spreadsheet, so that it gets an apostrophe before it; JSON is made by json-glib. */

/* The cells of a line; those of type "x" are times. */
static const struct
{
  const char *key;
  const char *title;
} cells[] = {
  { "at", "time" },
  { "kind", "kind" },
  { "account", "account" },
  { "account-name", "account_name" },
  { "direction", "direction" },
  { "state", "state" },
  { "reason", "reason" },
  { "peer-id", "person" },
  { "peer-name", "name" },
  { "audio", "audio" },
  { "started-at", "started" },
  { "ended-at", "ended" },
  { "event", "event" },
  { "invoice-id", "invoice" },
  { "title", "title" },
  { "body", "text" },
  { "type", "type" },
  { "status", "status" },
  { "amount", "amount" },
  { "conversation", "conversation" },
  { "ref", "id" },
};

/* (transfer full): ISO 8601, UTC; "" for none */
static char *
make_time (gint64 time)
{
  g_autoptr (GDateTime) date = NULL;

  if (time > 0)
    date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}

/* The values of an entry in the order of the cells; (nullable) each. All at once: to look each of them up would go
 * through the whole entry every time. */
typedef struct
{
  GVariant *values[G_N_ELEMENTS (cells)];
} Line;

static void
line_init (Line *line, GVariant *entry)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  memset (line, 0, sizeof *line);
  g_variant_iter_init (&iter, entry);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (cells) && !g_str_equal (cells[i].key, key))
        i++;
      if (i < G_N_ELEMENTS (cells))
        line->values[i] = g_steal_pointer (&value);
      else
        g_variant_unref (value);
    }
}

static void
line_clear (Line *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_clear_pointer (&line->values[i], g_variant_unref);
}

/* (transfer full) @value: (nullable) */
static char *
make_cell (GVariant *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return make_time (g_variant_get_int64 (value));
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (value) ? "yes" : "no");
  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (value, NULL) : g_strdup ("");
}

static void
append_cell (GString *text, const char *cell)
{
  /* What spreadsheets take for the beginning of a formula, also after white space */
  const char *first = cell + strspn (cell, " \t\r\n");
  gboolean formula = *first != '\0' && strchr ("=+-@", *first) != NULL;
  gboolean quoted = strpbrk (cell, ",\"\r\n\t") != NULL || *cell == ' ' || g_str_has_suffix (cell, " ");

  if (quoted)
    g_string_append_c (text, '"');
  if (formula)
    g_string_append_c (text, '\'');
  for (const char *p = cell; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *p);
    }
  if (quoted)
    g_string_append_c (text, '"');
}

static void
append_line (GString *text, const Line *line)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *cell = line != NULL ? make_cell (line->values[i]) : g_strdup (cells[i].title);

      if (i > 0)
        g_string_append_c (text, ',');
      append_cell (text, cell);
    }
  g_string_append (text, "\r\n");
}

static void
add_member (JsonBuilder *builder, const char *title, GVariant *value)
{
  g_autofree char *cell = NULL;

  if (value == NULL)
    return;
  json_builder_set_member_name (builder, title);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    {
      json_builder_add_boolean_value (builder, g_variant_get_boolean (value));
      return;
    }
  cell = make_cell (value);
  if (*cell == '\0' && g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, cell);
}

static void
append_object (GString *text, const Line *line)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *object = NULL;

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    add_member (builder, cells[i].title, line->values[i]);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  object = json_to_string (root, FALSE);
  g_string_append (text, object);
}

gboolean
rd_history_format_from_string (const char *nick, RdHistoryFormat *format)
{
  g_return_val_if_fail (nick != NULL && format != NULL, FALSE);

  *format = g_str_equal (nick, "json") ? RD_HISTORY_JSON : RD_HISTORY_CSV;
  return *format == RD_HISTORY_JSON || g_str_equal (nick, "csv");
}

void
rd_history_format_begin (RdHistoryFormat format, GString *text)
{
  if (format == RD_HISTORY_CSV)
    append_line (text, NULL);
  else
    g_string_append_c (text, '[');
}

void
rd_history_format_entry (RdHistoryFormat format, GVariant *entry, gboolean first, GString *text)
{
  Line line;

  g_return_if_fail (entry != NULL);

  line_init (&line, entry);
  if (format == RD_HISTORY_CSV)
    append_line (text, &line);
  else
    {
      g_string_append (text, first ? "\n" : ",\n");
      append_object (text, &line);
    }
  line_clear (&line);
}

void
rd_history_format_end (RdHistoryFormat format, gboolean empty, GString *text)
{
  if (format == RD_HISTORY_JSON)
    g_string_append (text, empty ? "]\n" : "\n]\n");
}
