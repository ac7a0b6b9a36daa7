/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a server does for encrypted channels. Keys are numbered. */
/* (transfer full): the key as an authorisation's `shared_secret` */
char     *fuzz_seal_dup_secret (guint key) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the `{nonce, ciphertext}` of a text, with the bit @flip of its bytes turned round; -1: none */
JsonNode *fuzz_seal            (guint key, const char *text, gsize length, gssize flip) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
