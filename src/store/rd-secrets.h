/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-tokens.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_SECRETS (rd_secrets_get_type ())
G_DECLARE_DERIVABLE_TYPE (RdSecrets, rd_secrets, RD, SECRETS, GObject)

/**
 * RdSecrets:
 *
 * Where accounts' credentials are kept. Implementations: keyring (libsecret; 10 s deadline; locked, absent and
 * dismissed are told apart), memory (this run only), file (opt-in, 0600). The keyring falls back to memory, visibly.
 *
 * Property `backend` (string, notified): "keyring", "keyring-locked", "memory", "file".
 */
struct _RdSecretsClass
{
  GObjectClass parent_class;

  void (*load_async) (RdSecrets *self, const char *account, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
  RdTokens *(*load_finish)  (RdSecrets *self, GAsyncResult *result, GError **error);
  void (*store_async) (RdSecrets *self, const char *account, const RdTokens *tokens, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  gboolean  (*store_finish) (RdSecrets *self, GAsyncResult *result, GError **error);
};

/* @namespace: the bus name, so that the demo's secrets stay apart */
RdSecrets  *rd_secrets_new_keyring  (const char *namespace) G_GNUC_WARN_UNUSED_RESULT;
RdSecrets  *rd_secrets_new_memory   (void) G_GNUC_WARN_UNUSED_RESULT;
RdSecrets  *rd_secrets_new_file     (const char *path) G_GNUC_WARN_UNUSED_RESULT;
const char *rd_secrets_get_backend  (RdSecrets *self);
void        rd_secrets_load_async   (RdSecrets *self, const char *account, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (nullable): NULL without error: none kept */
RdTokens   *rd_secrets_load_finish  (RdSecrets *self, GAsyncResult *result, GError **error);
/* @tokens NULL removes */
void        rd_secrets_store_async  (RdSecrets *self, const char *account, const RdTokens *tokens,
                                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean    rd_secrets_store_finish (RdSecrets *self, GAsyncResult *result, GError **error);

G_END_DECLS
