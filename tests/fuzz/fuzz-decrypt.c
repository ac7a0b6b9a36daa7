/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "channels-error.h"
#include "channels-json-private.h"
#include "channels-secretbox-private.h"
#include "fuzz-seal.h"

/* An encrypted event: a line with the key as a site sends it, then the event's data. What is no key opens nothing, what
 * was sealed comes out as it went in, and what was changed on the way does not come out at all. */

#define KEY 7

static void
try_open (ChannelsSecretbox *box, const char *data, gsize length)
{
  g_autoptr (JsonNode) node = channels_json_parse (data, (gssize) length, NULL);
  g_autoptr (ChannelsSealed) sealed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (node == NULL)
    return;
  sealed = channels_sealed_new (node, &error);
  fuzz_check_outcome (sealed != NULL, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  if (sealed == NULL || box == NULL)
    return;
  text = channels_secretbox_open (box, sealed, &error);
  fuzz_check_outcome (text != NULL, error, CHANNELS_ERROR);
  g_assert (text == NULL || g_utf8_validate (text, -1, NULL));
}

/* (transfer full): what comes out; @flip: as fuzz_seal() */
static char *
pass_through (const char *data, gsize length, gssize flip)
{
  g_autofree char *secret = fuzz_seal_dup_secret (KEY);
  g_autoptr (ChannelsSecretbox) box = channels_secretbox_new (secret, NULL);
  g_autoptr (JsonNode) node = fuzz_seal (KEY, data, length, flip);
  g_autoptr (ChannelsSealed) sealed = channels_sealed_new (node, NULL);
  g_autoptr (GError) error = NULL;
  char *text = channels_secretbox_open (box, sealed, &error);

  fuzz_check_outcome (text != NULL, error, CHANNELS_ERROR);
  return text;
}

static void
check_way (const char *data, gsize length, gsize flip)
{
  g_autofree char *whole = pass_through (data, length, -1);
  g_autofree char *changed = pass_through (data, length, (gssize) (flip & 0xffff));

  g_assert ((whole != NULL) == g_utf8_validate_len (length > 0 ? data : "", length, NULL));
  g_assert (whole == NULL || (strlen (whole) == length && memcmp (whole, length > 0 ? data : "", length) == 0));
  g_assert (changed == NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzLines lines = { (const char *) data, size };
  g_autofree char *secret = fuzz_lines_next (&lines);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChannelsSecretbox) box = NULL;
  gsize length;
  const char *rest = fuzz_lines_rest (&lines, &length);

  if (secret == NULL)
    return 0;
  box = channels_secretbox_new (secret, &error);
  fuzz_check_outcome (box != NULL, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  if (rest != NULL)
    try_open (box, rest, length);
  check_way (rest, length, g_str_hash (secret));
  return 0;
}
