/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <stdarg.h>
#include <stdio.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* Output. What came from a network goes to a terminal only through here. */

#define MAX_ERROR 1000

static gboolean
needs_escape (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
      return TRUE;
    case G_UNICODE_FORMAT:
      return c != 0x200c && c != 0x200d;
    default:
      return FALSE;
    }
}

char *
rd_cli_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *escaped = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!needs_escape (c))
        g_string_append_unichar (escaped, c);
      else if (c < 0x10000)
        g_string_append_printf (escaped, "\\u%04x", c);
      else
        g_string_append_printf (escaped, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                                0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  return g_string_free (escaped, FALSE);
}

void
rd_cli_print_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  g_autofree char *escaped = rd_cli_escape (text);

  /* not g_print(): JSON is UTF-8 whatever the locale is */
  fputs (escaped, stdout);
  fputc ('\n', stdout);
  fflush (stdout);
}

char *
rd_cli_format_time (gint64 time)
{
  g_autoptr (GDateTime) seconds = NULL;
  g_autofree char *text = NULL;

  if (time <= 0)
    return NULL;
  seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  if (seconds == NULL)
    return NULL;
  text = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%03dZ", text, (int) (time % G_USEC_PER_SEC / 1000));
}

void
rd_cli_add_time (JsonBuilder *builder, const char *name, gint64 time)
{
  g_autofree char *text = rd_cli_format_time (time);

  rd_cli_add_string (builder, name, text);
}

void
rd_cli_add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_value (JsonBuilder *builder, GVariant *value)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    json_builder_add_string_value (builder, g_variant_get_string (value, NULL));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    json_builder_add_boolean_value (builder, g_variant_get_boolean (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    json_builder_add_int_value (builder, g_variant_get_int32 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    json_builder_add_int_value (builder, g_variant_get_uint32 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    json_builder_add_int_value (builder, g_variant_get_int64 (value));
  else
    json_builder_add_null_value (builder);
}

void
rd_cli_add_dictionary (JsonBuilder *builder, GVariant *dictionary)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  json_builder_begin_object (builder);
  if (dictionary != NULL)
    {
      g_variant_iter_init (&iter, dictionary);
      while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
        {
          json_builder_set_member_name (builder, name);
          add_value (builder, value);
        }
    }
  json_builder_end_object (builder);
}

void
rd_cli_print_line (const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s\n", g_strchomp (line));
}

void
rd_cli_print_error (const char *text)
{
  g_autofree char *line = rd_text_clean (text, MAX_ERROR);

  fflush (stdout);
  g_printerr ("ringdown: %s\n", line);
}

guint
rd_cli_get_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

char *
rd_cli_pad (const char *text, guint width)
{
  guint own = rd_cli_get_width (text);

  return g_strdup_printf ("%s%*s", text, own < width ? (int) (width - own) : 0, "");
}
