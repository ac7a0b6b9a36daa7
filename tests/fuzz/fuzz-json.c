/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "channels-error.h"
#include "channels-json-find-private.h"
#include "channels-json-private.h"
#include "channels-json-reader-private.h"

/* JSON from the network: what the short way takes, the long way by json-glib's parser takes, too, and makes the same of
 * it; what is found in the text alone is what stands in the tree. */

static void
check_same (JsonNode *quick, JsonNode *thorough)
{
  g_autofree char *quick_text = json_to_string (quick, FALSE);
  g_autofree char *thorough_text = json_to_string (thorough, FALSE);

  g_assert (json_node_equal (quick, thorough));
  g_assert (g_str_equal (quick_text, thorough_text));
  g_assert (g_utf8_validate (quick_text, -1, NULL));
}

static void
check_find (const char *text, JsonNode *root, const char *pointer)
{
  ChannelsSlice value;
  ChannelsJsonFound found = channels_json_find (text, pointer, &value);
  JsonNode *expected = root != NULL ? channels_json_find_node (root, pointer) : NULL;
  g_autoptr (JsonNode) node = NULL;

  if (found == CHANNELS_JSON_UNUSUAL)
    return;
  g_assert (root != NULL);
  g_assert ((found == CHANNELS_JSON_FOUND) == (expected != NULL));
  if (expected == NULL)
    return;
  node = channels_json_parse (value.start, (gssize) value.length, NULL);
  g_assert (node != NULL && json_node_equal (node, expected));
}

/* Where the first element of each array and the last member of each object stand, from the outside in */
static void
check_way (const char *text, JsonNode *root)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  JsonNode *node = root;

  while (node != NULL && pointer->len < 100)
    {
      if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > 0)
        {
          g_string_append (pointer, "/0");
          node = json_array_get_element (json_node_get_array (node), 0);
        }
      else if (JSON_NODE_HOLDS_OBJECT (node) && json_object_get_size (json_node_get_object (node)) > 0)
        {
          g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));
          g_autoptr (GString) name = g_string_new (g_list_last (names)->data);

          node = json_object_get_member (json_node_get_object (node), name->str);
          g_string_replace (name, "~", "~0", 0);
          g_string_replace (name, "/", "~1", 0);
          g_string_append_printf (pointer, "/%s", name->str);
        }
      else
        break;
      check_find (text, root, pointer->str);
    }
}

static void
check_lookups (const char *data, size_t size, JsonNode *root)
{
  static const char *const pointers[] = { "", "/a", "/0", "/a/0", "/a/b", "/data/id", "a", "/~", "/~1" };
  g_autofree char *text = g_strndup (data, size);

  if (strlen (text) != size)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (pointers); i++)
    check_find (text, root, pointers[i]);
  check_way (text, root);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  gboolean valid = size > 0 && g_utf8_validate_len (text, size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) thorough = channels_json_parse_thoroughly (text, size, &error);
  g_autoptr (JsonNode) quick = valid ? channels_json_read (text, size) : NULL;

  fuzz_check_outcome (thorough != NULL, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  if (valid)
    check_lookups (text, size, thorough);
  if (quick == NULL)
    return 0;
  g_assert (thorough != NULL);
  check_same (quick, thorough);
  return 0;
}
