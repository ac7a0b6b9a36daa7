/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include <string.h>

#include "channels-event-private.h"
#include "channels-json-find-private.h"
#include "channels-json-private.h"
#include "channels-json-reader-private.h"
#include "rd-test.h"

/* One value of an event's data: the same that stands in the whole tree, and nothing of what is no document. */

#define MUTATIONS 40000

#define ORDER                                                                                                    \
  "{\"id\": 7, \"customer\": {\"name\": \"Ada\", \"mail\": null},"                                                    \
  " \"items\": [{\"sku\": \"A-0\"}, {\"sku\": \"A-1\"}],"                                                             \
  " \"a/b\": {\"m~n\": 1.5}, \"twice\": {\"x\": 1}, \"twice\": [true, {}], \"caf\xc3\xa9\": \"\\u00e9\", \"0\": []}"

static const struct
{
  const char *document;
  const char *pointer;
  const char *value; /* (nullable) */
} lookups[] = {
  { ORDER, "/id", "7" },
  { ORDER, "/customer", "{\"name\":\"Ada\",\"mail\":null}" },
  { ORDER, "/customer/name", "\"Ada\"" },
  { ORDER, "/customer/mail", "null" },
  { ORDER, "/customer/mail/at", NULL },
  { ORDER, "/customer/nam", NULL },
  { ORDER, "/customer/names", NULL },
  { ORDER, "/customer/", NULL },
  { ORDER, "/items/0/sku", "\"A-0\"" },
  { ORDER, "/items/1", "{\"sku\":\"A-1\"}" },
  { ORDER, "/items/2", NULL },
  { ORDER, "/items/01", NULL },
  { ORDER, "/items/-", NULL },
  { ORDER, "/items/-1", NULL },
  { ORDER, "/items/4294967296", NULL },
  { ORDER, "/items/", NULL },
  { ORDER, "/a~1b/m~0n", "1.5" },
  { ORDER, "/a/b", NULL },
  { ORDER, "/a~1b/m~2n", NULL },
  { ORDER, "/a~1b/m~", NULL },
  { ORDER, "/twice/0", "true" },
  { ORDER, "/twice/1", "{}" },
  { ORDER, "/twice/x", NULL },
  { ORDER, "/caf\xc3\xa9", "\"\xc3\xa9\"" },
  { ORDER, "/0", "[]" },
  { ORDER, "/0/0", NULL },
  { ORDER, "id", NULL },
  { ORDER, "customer/name", NULL },
  { ORDER, "/", NULL },
  { ORDER, "//", NULL },
  { "[[[1]]]", "/0/0/0", "1" },
  { "[[[1]]]", "", "[[[1]]]" },
  { " [ 1 , 2 ] ", "/1", "2" },
  { "7", "", "7" },
  { "7", "/0", NULL },
  { "plain", "", "\"plain\"" },
  { "plain", "/0", NULL },
  { "{}", "/a", NULL },
  /* only a parser knows */
  { "{\"a\": 1e3, \"b\": 2}", "/b", "2" },
  { "{\"\\u0061\": 1}", "/a", "1" },
  { "{\"a\": 12345678901234567890, \"b\": 2}", "/b", "2" },
  /* What is no document is a string, in which nothing is found. */
  { "{\"a\": 1", "/a", NULL },
  { "{\"a\": 1} x", "/a", NULL },
  { "{\"a\": 1}{\"a\": 2}", "/a", NULL },
  { "{\"a\": 1, \"b\"}", "/a", NULL },
  { "{\"a\": 1, \"b\": [1, ]}", "/a", NULL },
  { "{\"a\": 1, \"b\": \"\\x\"}", "/a", NULL },
  { "{\"a\": 1, \"b\": 1e999}", "/a", NULL },
  { "{\"a\": 1, \"b\": tru}", "/a", NULL },
};

static ChannelsEvent *
create_event (const char *document)
{
  g_autoptr (JsonNode) data = json_node_init_string (json_node_alloc (), document);
  g_autofree char *string = json_to_string (data, FALSE);
  g_autofree char *text = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"c\",\"data\":%s}", string);
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));
  g_auto (ChannelsFrame) frame = { 0 };
  g_autoptr (GError) error = NULL;

  channels_frame_read (&frame, message, &error);
  g_assert_no_error (error);
  return channels_event_new_for_frame (&frame, frame.event);
}

static void
assert_value (ChannelsEvent *event, const char *pointer, const char *value)
{
  g_autoptr (JsonNode) node = channels_event_lookup (event, pointer);
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

  g_test_message ("%s in %s", pointer, channels_event_get_text (event));
  g_assert_cmpstr (text, ==, value);
}

/* Before and after somebody has asked for the whole. */
static void
test_lookup (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lookups); i++)
    {
      g_autoptr (ChannelsEvent) event = create_event (lookups[i].document);

      assert_value (event, lookups[i].pointer, lookups[i].value);
      g_assert_nonnull (channels_event_get_data (event));
      assert_value (event, lookups[i].pointer, lookups[i].value);
    }
}

/* Right in the frame, not in a string */
static void
test_lookup_in_frame (void)
{
  const char *text = "{\"event\":\"e\",\"channel\":\"c\",\"data\":{\"a\":{\"b\":[1,2]}}}";
  g_autoptr (GBytes) message = g_bytes_new_static (text, strlen (text));
  g_auto (ChannelsFrame) frame = { 0 };
  g_autoptr (ChannelsEvent) event = NULL;

  g_assert_true (channels_frame_read (&frame, message, NULL));
  event = channels_event_new_for_frame (&frame, frame.event);
  assert_value (event, "/a/b/1", "2");
  assert_value (event, "/a/c", NULL);
}

static void
test_no_data (void)
{
  const char *text = "{\"event\":\"e\",\"channel\":\"c\"}";
  g_autoptr (GBytes) message = g_bytes_new_static (text, strlen (text));
  g_auto (ChannelsFrame) frame = { 0 };
  g_autoptr (ChannelsEvent) event = NULL;

  g_assert_true (channels_frame_read (&frame, message, NULL));
  event = channels_event_new_for_frame (&frame, frame.event);
  assert_value (event, "/a", NULL);
  assert_value (event, "", "null");
}

/* As deep as a document may be, and one more */
static void
test_depth (void)
{
  for (guint depth = CHANNELS_JSON_MAX_DEPTH - 1; depth <= CHANNELS_JSON_MAX_DEPTH + 1; depth++)
    {
      g_autoptr (GString) document = g_string_new ("{\"a\":");
      g_autoptr (ChannelsEvent) event = NULL;

      for (guint i = 1; i < depth; i++)
        g_string_append_c (document, '[');
      for (guint i = 1; i < depth; i++)
        g_string_append_c (document, ']');
      g_string_append (document, ",\"b\":1}");
      event = create_event (document->str);
      assert_value (event, "/b", depth <= CHANNELS_JSON_MAX_DEPTH ? "1" : NULL);
    }
}

static void
test_many_members (void)
{
  for (guint more = 0; more <= 1; more++)
    {
      g_autoptr (GString) document = g_string_new ("{\"b\":1");
      g_autoptr (ChannelsEvent) event = NULL;

      for (guint i = 1; i < CHANNELS_JSON_MAX_MEMBERS + more; i++)
        g_string_append_printf (document, ",\"a%u\":0", i);
      g_string_append_c (document, '}');
      event = create_event (document->str);
      assert_value (event, "/b", more == 0 ? "1" : NULL);
    }
}

/* What is found without a parser is what a parser finds. */
static void
check (const char *text, const char *pointer)
{
  g_autoptr (JsonNode) root = channels_json_parse_thoroughly (text, strlen (text), NULL);
  JsonNode *expected = root != NULL ? channels_json_find_node (root, pointer) : NULL;
  g_autoptr (JsonNode) found = NULL;
  ChannelsSlice value;

  switch (channels_json_find (text, pointer, &value))
    {
    case CHANNELS_JSON_FOUND:
      found = channels_json_parse_thoroughly (value.start, value.length, NULL);
      g_assert_nonnull (found);
      g_assert_nonnull (expected);
      g_assert_true (json_node_equal (found, expected));
      break;
    case CHANNELS_JSON_ABSENT:
      g_assert_nonnull (root);
      g_assert_null (expected);
      break;
    case CHANNELS_JSON_UNUSUAL:
    default:
      break;
    }
}

static void
test_same_as_parser (void)
{
  static const char bytes[] = "{}[]\",:\\/0123456789-+.eE tfnul\n\x01";
  static const char *const pointers[] = { "/id", "/customer/name", "/items/1/sku", "/twice/0", "/0", "/b/0" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);

  for (guint i = 0; i < MUTATIONS; i++)
    {
      g_autofree char *text = g_strdup (ORDER);

      for (guint changes = (guint) g_rand_int_range (rand, 0, 4); changes > 0; changes--)
        text[g_rand_int_range (rand, 0, (gint32) strlen (text))]
            = bytes[g_rand_int_range (rand, 0, (gint32) sizeof bytes - 1)];
      if (g_utf8_validate (text, -1, NULL))
        check (text, pointers[i % G_N_ELEMENTS (pointers)]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/channels/lookup/values", test_lookup);
  g_test_add_func ("/channels/lookup/frame", test_lookup_in_frame);
  g_test_add_func ("/channels/lookup/no-data", test_no_data);
  g_test_add_func ("/channels/lookup/depth", test_depth);
  g_test_add_func ("/channels/lookup/members", test_many_members);
  g_test_add_func ("/channels/lookup/parser", test_same_as_parser);
  return g_test_run ();
}
