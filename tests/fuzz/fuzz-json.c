/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include "channels-error.h"
#include "channels-json-private.h"
#include "channels-json-reader-private.h"

/* JSON from the network: what the short way takes, the long way by json-glib's parser takes, too, and makes the same of
 * it. */

static void
check_same (JsonNode *quick, JsonNode *thorough)
{
  g_autofree char *quick_text = json_to_string (quick, FALSE);
  g_autofree char *thorough_text = json_to_string (thorough, FALSE);

  g_assert (json_node_equal (quick, thorough));
  g_assert (g_str_equal (quick_text, thorough_text));
  g_assert (g_utf8_validate (quick_text, -1, NULL));
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
  if (quick == NULL)
    return 0;
  g_assert (thorough != NULL);
  check_same (quick, thorough);
  return 0;
}
