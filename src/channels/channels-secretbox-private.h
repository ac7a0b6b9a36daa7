/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* An encrypted channel's key, wiped when it is freed */
typedef struct _ChannelsSecretbox ChannelsSecretbox;

/* @shared_secret: (nullable): base64 of exactly 32 bytes; CHANNELS_ERROR_DECRYPTION otherwise */
ChannelsSecretbox *channels_secretbox_new   (const char              *shared_secret,
                                             GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* @channel's key, as a server derives it from the application's */
ChannelsSecretbox *channels_secretbox_new_for_channel (const ChannelsSecretbox *application,
                                                       const char              *channel) G_GNUC_WARN_UNUSED_RESULT;
void               channels_secretbox_free  (ChannelsSecretbox       *self);
gboolean           channels_secretbox_equal (const ChannelsSecretbox *self,
                                             const ChannelsSecretbox *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsSecretbox, channels_secretbox_free)

/* What an event of an encrypted channel carries: a nonce and bytes */
typedef struct _ChannelsSealed ChannelsSealed;

/* Of `{nonce, ciphertext}` in base64; CHANNELS_ERROR_DECRYPTION if no key could ever open it. */
ChannelsSealed    *channels_sealed_new      (JsonNode                *data,
                                             GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void               channels_sealed_free     (ChannelsSealed          *self);
/* bytes */
gsize              channels_sealed_get_size (const ChannelsSealed    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsSealed, channels_sealed_free)

/* (transfer full): the text, valid UTF-8; CHANNELS_ERROR_DECRYPTION if the key does not fit. */
char              *channels_secretbox_open  (const ChannelsSecretbox *self,
                                             const ChannelsSealed    *sealed,
                                             GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): an event's data that carries @text: what channels_sealed_new() reads */
char              *channels_secretbox_seal  (const ChannelsSecretbox *self,
                                             const char              *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
