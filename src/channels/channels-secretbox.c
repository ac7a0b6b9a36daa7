/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-secretbox-private.h"

#include <sodium.h>
#include <string.h>

#include "channels-error.h"
#include "channels-json-private.h"

/* NaCl's secretbox, as encrypted channels use it. Lengths are exact: libsodium takes whatever it is given for a key. */

struct _ChannelsSecretbox
{
  guint8 key[crypto_secretbox_KEYBYTES];
};

G_STATIC_ASSERT (crypto_hash_sha256_BYTES == crypto_secretbox_KEYBYTES);

struct _ChannelsSealed
{
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  guint8 *bytes;
  gsize length;
};

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_DECRYPTION, message);
  return FALSE;
}

/* Standard base64 with its padding, of at most @size bytes, and nothing beside it. */
static gboolean
decode (guint8 *bytes, gsize size, const char *text, gsize *length)
{
  return sodium_base642bin (bytes, size, text, strlen (text), NULL, length, NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}

ChannelsSecretbox *
channels_secretbox_new (const char *shared_secret, GError **error)
{
  g_autoptr (ChannelsSecretbox) self = g_new0 (ChannelsSecretbox, 1);
  gsize length = 0;

  if (sodium_init () < 0)
    {
      fail (error, "There is no cryptography on this machine");
      return NULL;
    }
  if (shared_secret == NULL)
    {
      fail (error, "The authorisation holds no key");
      return NULL;
    }
  if (!decode (self->key, sizeof self->key, shared_secret, &length) || length != sizeof self->key)
    {
      fail (error, "The authorisation's key is not 32 bytes in base64");
      return NULL;
    }
  return g_steal_pointer (&self);
}

ChannelsSecretbox *
channels_secretbox_new_for_channel (const ChannelsSecretbox *application, const char *channel)
{
  ChannelsSecretbox *self = g_new0 (ChannelsSecretbox, 1);
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *) channel, strlen (channel));
  crypto_hash_sha256_update (&state, application->key, sizeof application->key);
  crypto_hash_sha256_final (&state, self->key);
  sodium_memzero (&state, sizeof state);
  return self;
}

void
channels_secretbox_free (ChannelsSecretbox *self)
{
  if (self == NULL)
    return;
  sodium_memzero (self->key, sizeof self->key);
  g_free (self);
}

gboolean
channels_secretbox_equal (const ChannelsSecretbox *self, const ChannelsSecretbox *other)
{
  return sodium_memcmp (self->key, other->key, sizeof self->key) == 0;
}

ChannelsSealed *
channels_sealed_new (JsonNode *data, GError **error)
{
  g_autoptr (ChannelsSealed) self = g_new0 (ChannelsSealed, 1);
  JsonObject *object = channels_json_get_object (data);
  const char *nonce = channels_json_get_string (object, "nonce");
  const char *ciphertext = channels_json_get_string (object, "ciphertext");
  gsize length = 0;
  gsize size;

  if (nonce == NULL || ciphertext == NULL)
    {
      fail (error, "The event is not encrypted");
      return NULL;
    }
  if (!decode (self->nonce, sizeof self->nonce, nonce, &length) || length != sizeof self->nonce)
    {
      fail (error, "The event's nonce is not 24 bytes in base64");
      return NULL;
    }
  size = strlen (ciphertext) / 4 * 3;
  self->bytes = g_malloc (size + 1);
  if (!decode (self->bytes, size, ciphertext, &self->length) || self->length < crypto_secretbox_MACBYTES)
    {
      fail (error, "The event's ciphertext is too short, or not in base64");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
channels_sealed_free (ChannelsSealed *self)
{
  if (self == NULL)
    return;
  g_free (self->bytes);
  g_free (self);
}

gsize
channels_sealed_get_size (const ChannelsSealed *self)
{
  return sizeof *self + self->length;
}

char *
channels_secretbox_open (const ChannelsSecretbox *self, const ChannelsSealed *sealed, GError **error)
{
  gsize length = sealed->length - crypto_secretbox_MACBYTES;
  g_autofree char *text = g_malloc (length + 1);

  if (crypto_secretbox_open_easy ((guint8 *) text, sealed->bytes, sealed->length, sealed->nonce, self->key) != 0)
    {
      fail (error, "The channel's key does not open the event");
      return NULL;
    }
  text[length] = '\0';
  if (!g_utf8_validate_len (text, length, NULL))
    {
      fail (error, "What the event holds is no text");
      return NULL;
    }
  return g_steal_pointer (&text);
}

char *
channels_secretbox_seal (const ChannelsSecretbox *self, const char *text)
{
  const gsize length = strlen (text);
  g_autofree guint8 *bytes = g_malloc (length + crypto_secretbox_MACBYTES);
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  g_autofree char *nonce_text = NULL;
  g_autofree char *ciphertext = NULL;

  randombytes_buf (nonce, sizeof nonce);
  crypto_secretbox_easy (bytes, (const guint8 *) text, length, nonce, self->key);
  nonce_text = g_base64_encode (nonce, sizeof nonce);
  ciphertext = g_base64_encode (bytes, length + crypto_secretbox_MACBYTES);
  return g_strdup_printf ("{\"nonce\":\"%s\",\"ciphertext\":\"%s\"}", nonce_text, ciphertext);
}
