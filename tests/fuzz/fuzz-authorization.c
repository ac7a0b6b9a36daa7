/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "channels-authorizer.h"
#include "channels-error.h"
#include "channels-frame-private.h"
#include "channels-json-private.h"

/* A site's reply to an authorisation request, of one channel or of many, and the frame that is made of it: what was
 * signed goes out byte by byte as it came in. */

static void
check_member (JsonObject *data, const char *name, const char *expected)
{
  g_assert (g_strcmp0 (channels_json_get_string (data, name), expected) == 0);
}

static void
check_subscribe (const ChannelsAuthorization *authorization)
{
  g_autofree char *text =
      channels_frame_subscribe ("presence-room", authorization->auth, authorization->channel_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = channels_json_parse (text, -1, &error);
  JsonObject *data;

  g_assert_no_error (error);
  g_assert (authorization->auth[0] != '\0');
  data = json_object_get_object_member (json_node_get_object (root), "data");
  check_member (data, "channel", "presence-room");
  check_member (data, "auth", authorization->auth);
  check_member (data, "channel_data", authorization->channel_data);
}

static void
check_table (const char *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) table = channels_authorization_table_new_from_json (data, (gssize) length, &error);
  GHashTableIter iter;
  gpointer authorization;

  fuzz_check_outcome (table != NULL, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  if (table == NULL)
    return;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &authorization))
    check_subscribe (authorization);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (ChannelsAuthorization) authorization = NULL;
  g_autoptr (GError) error = NULL;

  authorization = channels_authorization_new_from_json ((const char *) data, (gssize) size, &error);
  fuzz_check_outcome (authorization != NULL, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  if (authorization != NULL)
    check_subscribe (authorization);
  check_table ((const char *) data, size);
  return 0;
}
