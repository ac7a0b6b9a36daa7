/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-auth-queue-private.h"
#include "channels-clock.h"
#include "channels-event.h"
#include "channels-secretbox-private.h"

G_BEGIN_DECLS

/* Opens the events of one encrypted channel, in the order in which they came. Reference counted, for whoever is told of
 * an event may take the channel away. */
typedef struct _ChannelsDecryptor ChannelsDecryptor;

typedef struct
{
  void (*deliver) (gpointer owner, ChannelsEvent *event);
  void (*fail)    (gpointer owner, const char *name, const GError *error);
} ChannelsDecryptorFuncs;

/* @owner is called until channels_decryptor_retire(). */
ChannelsDecryptor *channels_decryptor_new        (const char                   *channel,
                                                  ChannelsAuthQueue            *auth_queue,
                                                  ChannelsClock                *clock,
                                                  const ChannelsDecryptorFuncs *funcs,
                                                  gpointer                      owner) G_GNUC_WARN_UNUSED_RESULT;
ChannelsDecryptor *channels_decryptor_ref        (ChannelsDecryptor            *self);
void               channels_decryptor_unref      (ChannelsDecryptor            *self);
/* Nobody wants the channel any more: what waits is dropped, the key wiped. */
void               channels_decryptor_retire     (ChannelsDecryptor            *self);
/* Takes @key, which came with the authorisation for the socket @socket_id; nothing is delivered yet. */
void               channels_decryptor_set_key    (ChannelsDecryptor            *self,
                                                  ChannelsSecretbox            *key,
                                                  const char                   *socket_id);
/* The socket is gone, and nothing can be asked. What waits does so until there is another. */
void               channels_decryptor_leave      (ChannelsDecryptor            *self);
/* Delivers what has waited. */
void               channels_decryptor_drain      (ChannelsDecryptor            *self);
/* One event; @user_id: (nullable) */
void               channels_decryptor_take       (ChannelsDecryptor            *self,
                                                  const char                   *name,
                                                  const char                   *user_id,
                                                  JsonNode                     *data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChannelsDecryptor, channels_decryptor_unref)

G_END_DECLS
