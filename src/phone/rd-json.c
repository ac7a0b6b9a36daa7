/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-json"

#include "config.h"

#include "rd-json.h"

#include "rd-clean.h"
#include "rd-fault.h"

#include <math.h>
#include <string.h>

/* The one way from bytes to JSON and from JSON to typed scalars in this layer. Nothing that a stranger sends may make
 * json-glib log a warning, recurse without bound or lose a digit unnoticed. */

#define MAX_REASON 90 /* characters of json-glib's */
#define LOSSLESS 9007199254740992.0 /* 2^53 */
#define EARLIEST G_GINT64_CONSTANT (946684800000000)  /* 2000 */
#define LATEST   G_GINT64_CONSTANT (4102444800000000) /* 2100 */

static GError *
syntax_error (guint line, guint column, const char *reason)
{
  g_autofree char *said = g_strdup_printf ("%u:%u: %s", line, column, reason);

  return rd_fault_new (RD_FAULT_BAD_REPLY, NULL, 0, said, NULL);
}

/* What begins a value or goes on with it, at the top: a bracket, a quote, or a character of a number or a word. */
static gboolean
begins_value (const char *data, gsize i)
{
  gboolean in_word = i > 0 && (g_ascii_isalnum (data[i - 1]) || strchr ("+-.", data[i - 1]) != NULL);

  return strchr ("\"{[", data[i]) != NULL || (!g_ascii_isspace (data[i]) && !in_word);
}

/* How many bytes behind the backslash at @at belong to it; 0: that is no escape of JSON's. json-glib would make bytes
 * of it that are no UTF-8. */
static gsize
measure_escape (const char *data, gsize length, gsize at)
{
  gsize end = at + 2;

  if (end > length || data[at + 1] == '\0' || strchr ("\"\\/bfnrtu", data[at + 1]) == NULL)
    return 0;
  if (data[at + 1] != 'u')
    return 1;
  while (end < length && end < at + 6 && g_ascii_isxdigit (data[end]))
    end++;
  return end == at + 6 ? 5 : 0;
}

typedef struct
{
  guint depth;
  guint members[RD_JSON_DEPTH + 1]; /* how many each of what is open has had */
} Nesting;

/* (nullable): what is wrong with @c, which stands outside all strings */
static const char *
check_mark (char c, Nesting *nesting)
{
  if (c == '[' || c == '{')
    {
      if (nesting->depth == RD_JSON_DEPTH)
        return "nested too deep";
      nesting->members[++nesting->depth] = 0;
    }
  else if (c == ']' || c == '}')
    nesting->depth -= nesting->depth > 0;
  else if (c == ':')
    return ++nesting->members[nesting->depth] > RD_JSON_MEMBERS ? "too many members" : NULL;
  else if (!g_ascii_isalnum (c) && !g_ascii_isspace (c) && strchr (",+-.", c) == NULL)
    return "unexpected character";
  return NULL;
}

/* Looks for what json-glib would accept although it is no JSON, and for what would exhaust its stack, its memory or
 * people's patience: it reads one document after the other, and frees only the last one. */
static gboolean
check_structure (const char *data, gsize length, GError **error)
{
  guint line = 1, column = 1, n_values = 0;
  Nesting nesting = { 0 };
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++, column++)
    {
      char c = data[i];
      const char *reason = NULL;

      if (nesting.depth == 0 && !quoted && c != '\0' && begins_value (data, i) && ++n_values > 1)
        reason = "more than one document";
      else if (c == '\n')
        line++, column = 0;
      else if (c == '\0')
        reason = "NUL byte";
      else if (quoted && c == '\\')
        {
          gsize more = measure_escape (data, length, i);

          reason = more == 0 ? "unknown escape" : NULL;
          i += more, column += (guint) more;
        }
      else if (c == '"')
        quoted = !quoted;
      else if (!quoted)
        reason = check_mark (c, &nesting);
      if (reason != NULL)
        {
          g_propagate_error (error, syntax_error (line, column, reason));
          return FALSE;
        }
    }
  return TRUE;
}

/* The code unit of the escape \uHHHH at @at, or -1 if there is another one, or none. */
static int
read_unit (const char *data, gsize length, gsize at)
{
  int unit = 0;

  if (at + 6 > length || data[at] != '\\' || data[at + 1] != 'u')
    return -1;
  for (gsize i = at + 2; i < at + 6; i++)
    unit = unit * 16 + g_ascii_xdigit_value (data[i]);
  return unit;
}

/* (nullable) (transfer full): a copy of @data in which U+FFFD stands for each escape that is no character: half a
 * surrogate pair, or NUL. json-glib would end a text there, and lose memory. @data: check_structure() has passed it. */
static char *
mend_escapes (const char *data, gsize length)
{
  char *mended = NULL;
  gsize next;

  for (gsize i = 0; i < length; i = next)
    {
      int unit = read_unit (data, length, i);
      int low = unit >= 0xd800 && unit <= 0xdbff ? read_unit (data, length, i + 6) : -1;
      gboolean paired = low >= 0xdc00 && low <= 0xdfff;

      next = i + (data[i] != '\\' ? 1 : unit < 0 ? 2 : paired ? 12 : 6);
      if (unit != 0 && (unit < 0xd800 || unit > 0xdfff || paired))
        continue;
      if (mended == NULL)
        mended = g_memdup2 (data, length);
      memcpy (mended + i, "\\ufffd", 6);
    }
  return mended;
}

/* json-glib writes "<data>:3:5: Parse error: reason", and quotes the word that it does not know, which helps who wrote
 * it; a very long one is none that people write, but perhaps a token. */
static GError *
translate_error (const GError *parser_error)
{
  const char *place = strstr (parser_error->message, "<data>:");
  const char *reason;
  char *end = NULL;
  guint64 line, column;

  if (place == NULL)
    return syntax_error (1, 1, parser_error->message);
  line = g_ascii_strtoull (place + strlen ("<data>:"), &end, 10);
  column = *end == ':' ? g_ascii_strtoull (end + 1, &end, 10) : 0;
  reason = strstr (end, "error: ");
  if (reason == NULL || strlen (reason) > MAX_REASON)
    return syntax_error ((guint) line, (guint) column, "not JSON");
  return syntax_error ((guint) line, (guint) column, reason + strlen ("error: "));
}

JsonNode *
rd_json_parse (const char *data, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) parser_error = NULL;
  g_autofree char *mended = NULL;
  JsonNode *root;

  g_return_val_if_fail (data != NULL, NULL);

  if (length < 0)
    length = (gssize) strlen (data);
  if (!g_utf8_validate (data, length, NULL))
    {
      g_propagate_error (error, syntax_error (1, 1, "not UTF-8"));
      return NULL;
    }
  if (!check_structure (data, (gsize) length, error))
    return NULL;
  mended = mend_escapes (data, (gsize) length);
  if (!json_parser_load_from_data (parser, mended != NULL ? mended : data, length, &parser_error))
    {
      g_propagate_error (error, translate_error (parser_error));
      return NULL;
    }
  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_propagate_error (error, syntax_error (1, 1, "empty"));
  return root;
}

JsonNode *
rd_json_member (JsonNode *node, const char *name)
{
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return json_object_get_member (json_node_get_object (node), name);
}

const char *
rd_json_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static GType
value_type (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
}

char *
rd_json_dup_id (JsonNode *node)
{
  GType type = value_type (node);

  if (type == G_TYPE_STRING)
    return rd_clean_exact (json_node_get_string (node), RD_CLEAN_ID);
  if (type == G_TYPE_INT64)
    {
      gint64 number = json_node_get_int (node);

      /* json-glib 1.6 lets a number beyond 64 bits wrap to below zero, 1.10 makes the largest of it: two such ids would
       * become one. */
      return number >= 0 && number < G_MAXINT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;
    }
  if (type == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);

      if (isfinite (number) && number >= 0 && number < LOSSLESS && floor (number) >= number)
        return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number);
    }
  return NULL;
}

/* A number as a string, in @buffer; NULL if @node is none. */
static const char *
format_number (JsonNode *node, char *buffer, gsize size)
{
  GType type = value_type (node);

  if (type == G_TYPE_INT64)
    g_snprintf (buffer, (gulong) size, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE && isfinite (json_node_get_double (node)))
    g_ascii_formatd (buffer, (int) size, "%.15g", json_node_get_double (node));
  else
    return NULL;
  return buffer;
}

char *
rd_json_dup_text (JsonNode *node, gsize max_chars)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  const char *text = rd_json_string (node);

  if (text == NULL)
    text = format_number (node, buffer, sizeof buffer);
  return text != NULL ? rd_clean_text (text, max_chars) : NULL;
}

char *
rd_json_dup_exact (JsonNode *node, gsize max_chars)
{
  const char *text = rd_json_string (node);

  return text != NULL ? rd_clean_exact (text, max_chars) : NULL;
}

/* Seconds, milliseconds or microseconds: of what size the number is tells. */
static gint64
time_from_number (double number)
{
  if (!isfinite (number) || number <= 0)
    return 0;
  if (number < 1e11)
    number *= 1e6;
  else if (number < 1e14)
    number *= 1e3;
  return number < 9e18 ? (gint64) number : 0;
}

static gint64
time_from_string (const char *text)
{
  g_autoptr (GTimeZone) utc = NULL;
  g_autoptr (GDateTime) when = NULL;
  char *end = NULL;
  double number;

  if (strnlen (text, 65) > 64 || !g_ascii_isdigit (*text))
    return 0;
  number = g_ascii_strtod (text, &end);
  if (*end == '\0')
    return time_from_number (number);
  utc = g_time_zone_new_utc ();
  when = g_date_time_new_from_iso8601 (text, utc);
  if (when == NULL)
    return 0;
  return g_date_time_to_unix (when) * G_USEC_PER_SEC + g_date_time_get_microsecond (when);
}

gint64
rd_json_get_time (JsonNode *node)
{
  GType type = value_type (node);
  gint64 when = 0;

  if (type == G_TYPE_STRING)
    when = time_from_string (json_node_get_string (node));
  else if (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE)
    when = time_from_number (json_node_get_double (node));
  return when >= EARLIEST && when < LATEST ? when : 0;
}

gint64
rd_json_get_count (JsonNode *node)
{
  g_autofree char *text = rd_json_dup_id (node);
  gint64 count = -1;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT32, &count, NULL))
    return -1;
  return count;
}

