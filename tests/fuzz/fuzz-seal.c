/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz-seal.h"

#include <sodium.h>
#include <string.h>

static void
make_key (guint8 bytes[crypto_secretbox_KEYBYTES], guint key)
{
  memset (bytes, (int) (key & 0xff), crypto_secretbox_KEYBYTES);
}

char *
fuzz_seal_dup_secret (guint key)
{
  guint8 bytes[crypto_secretbox_KEYBYTES];

  make_key (bytes, key);
  return g_base64_encode (bytes, sizeof bytes);
}

JsonNode *
fuzz_seal (guint key, const char *text, gsize length, gssize flip)
{
  const guint8 nonce[crypto_secretbox_NONCEBYTES] = { 7 };
  gsize size = length + crypto_secretbox_MACBYTES;
  guint8 bytes[crypto_secretbox_KEYBYTES];
  g_autofree guint8 *sealed = g_malloc (size);
  g_autofree char *nonce_text = g_base64_encode (nonce, sizeof nonce);
  g_autofree char *sealed_text = NULL;
  g_autoptr (JsonObject) object = json_object_new ();

  make_key (bytes, key);
  g_assert (sodium_init () >= 0);
  g_assert (crypto_secretbox_easy (sealed, (const guint8 *) (length > 0 ? text : ""), length, nonce, bytes) == 0);
  if (flip >= 0)
    sealed[((gsize) flip / 8) % size] ^= (guint8) (1 << (flip % 8));
  sealed_text = g_base64_encode (sealed, size);
  json_object_set_string_member (object, "nonce", nonce_text);
  json_object_set_string_member (object, "ciphertext", sealed_text);
  return json_node_init_object (json_node_alloc (), object);
}
