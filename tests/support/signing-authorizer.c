/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "signing-authorizer.h"

#include <sodium.h>
#include <string.h>

/* The other end of a ChannelsAuthorizer, without the way there. */

#define USER_DATA "{\"id\":\"" SIGNING_USER "\", \"watchlist\":[\"bea\"]}"
/* Spaces and order are the application's business: it is signed and passed on as it stands. */
#define CHANNEL_DATA "{ \"user_info\" : {\"name\":\"Sven \\u00e9\"}, \"user_id\":\"" SIGNING_USER "\" }"

struct _SigningAuthorizer
{
  GObject parent_instance;

  gboolean forged;
  guint n;
  guint8 key[crypto_secretbox_KEYBYTES];
};

static void
signing_authorizer_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id, const char *channel_name,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  SigningAuthorizer *self = SIGNING_AUTHORIZER (authorizer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const char *channel_data = g_str_has_prefix (channel_name, "presence-") ? CHANNEL_DATA : NULL;
  g_autofree char *text = g_strjoin (":", socket_id, channel_name, channel_data, NULL);
  g_autofree char *auth = signing_authorizer_sign (self->forged ? "something else" : text);
  g_autofree char *key = NULL;

  if (g_str_has_prefix (channel_name, "private-encrypted-"))
    key = g_base64_encode (self->key, sizeof self->key);
  self->n++;
  g_task_return_pointer (task, channels_authorization_new (auth, channel_data, key),
                         (GDestroyNotify) channels_authorization_free);
}

static ChannelsAuthorization *
signing_authorizer_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
signing_authorizer_authenticate_user_async (ChannelsAuthorizer *authorizer, const char *socket_id,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data)
{
  SigningAuthorizer *self = SIGNING_AUTHORIZER (authorizer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *text = g_strjoin ("::", socket_id, "user", USER_DATA, NULL);
  g_autofree char *auth = signing_authorizer_sign (self->forged ? "something else" : text);

  g_task_return_pointer (task, channels_authorization_new_for_user (auth, USER_DATA),
                         (GDestroyNotify) channels_authorization_free);
}

static ChannelsAuthorization *
signing_authorizer_authenticate_user_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
signing_authorizer_authorizer_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = signing_authorizer_authorize_async;
  iface->authorize_finish = signing_authorizer_authorize_finish;
  iface->authenticate_user_async = signing_authorizer_authenticate_user_async;
  iface->authenticate_user_finish = signing_authorizer_authenticate_user_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SigningAuthorizer, signing_authorizer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_AUTHORIZER, signing_authorizer_authorizer_init))

static void
signing_authorizer_class_init (SigningAuthorizerClass *klass)
{
}

static void
signing_authorizer_init (SigningAuthorizer *self)
{
}

SigningAuthorizer *
signing_authorizer_new (void)
{
  return g_object_new (SIGNING_TYPE_AUTHORIZER, NULL);
}

void
signing_authorizer_set_forged (SigningAuthorizer *self, gboolean forged)
{
  self->forged = forged;
}

void
signing_authorizer_rotate (SigningAuthorizer *self)
{
  self->key[0]++;
}

char *
signing_authorizer_seal (SigningAuthorizer *self, const char *text)
{
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  gsize length = strlen (text) + crypto_secretbox_MACBYTES;
  g_autofree guint8 *sealed = g_malloc (length);
  g_autofree char *nonce_text = NULL;
  g_autofree char *sealed_text = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  randombytes_buf (nonce, sizeof nonce);
  g_assert_cmpint (crypto_secretbox_easy (sealed, (const guint8 *) text, strlen (text), nonce, self->key), ==, 0);
  nonce_text = g_base64_encode (nonce, sizeof nonce);
  sealed_text = g_base64_encode (sealed, length);
  return g_strdup_printf ("{\"nonce\":\"%s\",\"ciphertext\":\"%s\"}", nonce_text, sealed_text);
}

guint
signing_authorizer_get_n (SigningAuthorizer *self)
{
  return self->n;
}

char *
signing_authorizer_sign (const char *text)
{
  g_autofree char *hex = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) SIGNING_SECRET,
                                                    strlen (SIGNING_SECRET), text, -1);

  return g_strconcat (SIGNING_KEY ":", hex, NULL);
}
