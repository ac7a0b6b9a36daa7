/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RD_TYPE_TOKENS (rd_tokens_get_type ())

/* An account's credentials. Strings nullable; an empty one becomes NULL. Boxed; wiped when freed. */
typedef struct
{
  char *token;
  char *refresh_token;
  char *cookies;      /* a jar, as RdCookies writes it: printable ASCII in lines */
  gint64 expires_at;  /* of the token, µs since the epoch; 0: not known */
} RdTokens;

GType     rd_tokens_get_type (void);
RdTokens *rd_tokens_new      (const char *token, const char *refresh_token) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) in, (nullable) out */
RdTokens *rd_tokens_copy     (const RdTokens *self) G_GNUC_WARN_UNUSED_RESULT;
void      rd_tokens_free     (RdTokens *self);
/* (nullable): whether there is nothing in it to be let in with */
gboolean  rd_tokens_is_empty (const RdTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdTokens, rd_tokens_free)

G_END_DECLS
