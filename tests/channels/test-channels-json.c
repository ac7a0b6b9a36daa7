/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-error.h"
#include "channels-json-private.h"
#include "channels-json-reader-private.h"
#include "channels-json-text-private.h"
#include "rd-test.h"

/* The quick reader against json-glib: it takes nothing that json-glib does not take, and makes the same of it. */

#define MUTATIONS 40000

/* Each is read quickly. */
static const char *const usual[] = {
  "{}",
  "[]",
  " { } ",
  "[ [ ] , { } ]",
  "{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\"}}",
  "\"a string\"",
  "\"\"",
  "0",
  "-0",
  "-17",
  "999999999999999999",
  "-999999999999999999",
  "0.5",
  "-0.25",
  "12.75e2",
  "1e3",
  "1E+3",
  "25e-2",
  "1.7976931348623157e308",
  "0.1234567890123456789",
  "true",
  "null",
  "\t[1 ,\r\n2]",
  "{\"a\":1,\"b\":2,\"a\":3}",
  "{\"a\":{\"x\":1},\"a\":{\"y\":2}}",
  "{\"caf\xc3\xa9\":\"\xf0\x9f\x98\x80\"}",
  "[\"\\u00e9\",\"\\ud83d\\ude00\",\"\\/\\b\\f\\n\\r\\t\\\\\\\"\",\"\\u0000\",\"\\ud83d\",\"\\ude00x\"]",
  "{\"id\":123456,\"name\":\"Grace Hopper\",\"items\":[{\"sku\":\"A-0\",\"n\":1,\"price\":1.25}],\"text\":\"xxx\"}",
};

/* None of them is, whether json-glib takes it or not. */
static const char *const unusual[] = {
  "",
  " ",
  "{",
  "[",
  "]",
  "{]",
  "[}",
  "{\"a\"}",
  "{\"a\":}",
  "{\"a\":1,}",
  "{,}",
  "{1:2}",
  "{\"\":1}",
  "{a:1}",
  "[1,]",
  "[,1]",
  "[1 2]",
  "[1]]",
  "1 2",
  "01",
  "-",
  "-01",
  "+1",
  ".5",
  "1.",
  "1.e3",
  "1e",
  "1e+",
  "1e999",
  "0x10",
  "NaN",
  "Infinity",
  "1234567890123456789",
  "tru",
  "truefalse",
  "True",
  "'a'",
  "\"a",
  "\"a\nb\"",
  "\"\\x\"",
  "\"\\u12\"",
  "[1] // comment",
  "[1 /* comment */]",
};

static JsonNode *
read_quickly (const char *text, gsize length)
{
  return g_utf8_validate_len (text, length, NULL) ? channels_json_read (text, length) : NULL;
}

/* Returns whether it was read quickly. */
static gboolean
compare (const char *text, gsize length)
{
  g_autoptr (JsonNode) quick = read_quickly (text, length);
  g_autoptr (JsonNode) thorough = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (quick == NULL)
    return FALSE;
  thorough = channels_json_parse_thoroughly (text, length, &error);
  if (thorough == NULL)
    g_test_message ("only the quick way takes %s", g_strescape (text, NULL));
  g_assert_no_error (error);
  /* as text, too: the order of members is part of it */
  one = json_to_string (quick, FALSE);
  other = json_to_string (thorough, FALSE);
  g_assert_cmpstr (one, ==, other);
  g_assert_true (json_node_equal (quick, thorough));
  return TRUE;
}

static void
test_usual (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    {
      g_test_message ("usual %zu", i);
      g_assert_true (compare (usual[i], strlen (usual[i])));
    }
}

static void
test_unusual (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (unusual); i++)
    {
      g_autoptr (JsonNode) node = read_quickly (unusual[i], strlen (unusual[i]));

      g_test_message ("unusual %zu", i);
      g_assert_null (node);
    }
}

static void
test_nul (void)
{
  static const char after[] = "[1]\0";
  static const char inside[] = "\"a\0b\"";

  g_assert_null (channels_json_read (after, sizeof after));
  g_assert_null (channels_json_read (inside, sizeof inside - 1));
  g_assert_null (channels_json_parse (inside, sizeof inside - 1, NULL));
}

static void
test_depth (void)
{
  g_autofree char *open = g_strnfill (CHANNELS_JSON_MAX_DEPTH, '[');
  g_autofree char *close = g_strnfill (CHANNELS_JSON_MAX_DEPTH, ']');
  g_autofree char *deepest = g_strconcat (open, close, NULL);
  g_autofree char *deeper = g_strconcat ("[", open, close, "]", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (compare (deepest, strlen (deepest)));
  g_assert_null (channels_json_read (deeper, strlen (deeper)));
  g_assert_null (channels_json_parse (deeper, -1, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

static char *
create_object (guint members)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < members; i++)
    g_string_append_printf (text, "%s\"name-%u\":{\"a\":%u}", i > 0 ? "," : "", i, i);
  return g_strdup (g_string_append_c (text, '}')->str);
}

/* What would take minutes is not begun. */
static void
test_members (void)
{
  g_autofree char *largest = create_object (CHANNELS_JSON_MAX_MEMBERS);
  g_autofree char *larger = create_object (CHANNELS_JSON_MAX_MEMBERS + 1);
  g_autofree char *several = g_strconcat ("[", largest, ",", largest, "]", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (compare (largest, strlen (largest)));
  g_assert_true (compare (several, strlen (several)));
  g_assert_null (channels_json_read (larger, strlen (larger)));
  g_assert_null (channels_json_parse (larger, -1, &error));
  g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
}

/* What the quick way leaves is taken as it always was. */
static void
test_thorough (void)
{
  g_autoptr (JsonNode) large = channels_json_parse ("1234567890123456789", -1, NULL);

  g_assert_nonnull (large);
  g_assert_cmpint (json_node_get_int (large), ==, G_GINT64_CONSTANT (1234567890123456789));
}

/* What is made of it could not be written as JSON again. */
static void
test_infinite (void)
{
  static const char *const texts[] = { "1e999", "-1e999", "[1, [2, 1e400]]", "{\"a\":{\"b\":-1e400}}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (channels_json_parse (texts[i], -1, &error));
      g_assert_error (error, CHANNELS_ERROR, CHANNELS_ERROR_MALFORMED);
    }
}

/* Wherever in a word an escape stands, elsewhere or in place. */
static void
test_unescape (void)
{
  static const char *const escapes[][2] = {
    { "\\\"", "\"" },
    { "\\\\", "\\" },
    { "\\u20ac", "\xe2\x82\xac" },
    { "\\ud83d\\ude00", "\xf0\x9f\x98\x80" },
  };

  for (guint i = 0; i < 40 * G_N_ELEMENTS (escapes); i++)
    {
      const char *const *escape = escapes[i % G_N_ELEMENTS (escapes)];
      g_autofree char *before = g_strnfill (i / 4 % 10, 'a');
      g_autofree char *after = g_strnfill (i / 16, 'b');
      g_autofree char *raw = g_strconcat (before, escape[0], escape[0], after, escape[0], before, NULL);
      g_autofree char *expected = g_strconcat (before, escape[1], escape[1], after, escape[1], before, NULL);
      const ChannelsSlice slice = { raw, strlen (raw) };
      g_autofree char *apart = g_malloc (slice.length + 1);

      g_assert_cmpuint (channels_json_unescape (slice, apart), ==, strlen (expected));
      g_assert_cmpstr (apart, ==, expected);
      g_assert_cmpuint (channels_json_unescape (slice, raw), ==, strlen (expected));
      g_assert_cmpstr (raw, ==, expected);
    }
}

static void
test_mutations (void)
{
  guint taken = 0;

  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autoptr (GString) text = g_string_new (usual[i % G_N_ELEMENTS (usual)]);

      for (int n = g_test_rand_int_range (1, 4); n > 0; n--)
        rd_test_mutate (text);
      taken += compare (text->str, text->len);
    }
  /* Else nothing was compared. */
  g_assert_cmpuint (taken, >, MUTATIONS / 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/channels/json/usual", test_usual);
  g_test_add_func ("/channels/json/unusual", test_unusual);
  g_test_add_func ("/channels/json/nul", test_nul);
  g_test_add_func ("/channels/json/depth", test_depth);
  g_test_add_func ("/channels/json/members", test_members);
  g_test_add_func ("/channels/json/thorough", test_thorough);
  g_test_add_func ("/channels/json/infinite", test_infinite);
  g_test_add_func ("/channels/json/unescape", test_unescape);
  g_test_add_func ("/channels/json/mutations", test_mutations);

  return g_test_run ();
}
