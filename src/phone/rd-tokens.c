/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-tokens"

#include "config.h"

#include "rd-tokens.h"

#include "rd-clean.h"

/* What an account is let in with: carried between the site, which gets it, and the secrets, which keep it. */

G_DEFINE_BOXED_TYPE (RdTokens, rd_tokens, rd_tokens_copy, rd_tokens_free)

static char *
dup_unless_empty (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

RdTokens *
rd_tokens_new (const char *token, const char *refresh_token)
{
  RdTokens *self = g_new0 (RdTokens, 1);

  self->token = dup_unless_empty (token);
  self->refresh_token = dup_unless_empty (refresh_token);
  return self;
}

RdTokens *
rd_tokens_copy (const RdTokens *self)
{
  RdTokens *copy;

  if (self == NULL)
    return NULL;
  copy = rd_tokens_new (self->token, self->refresh_token);
  copy->cookies = dup_unless_empty (self->cookies);
  copy->expires_at = self->expires_at;
  return copy;
}

void
rd_tokens_free (RdTokens *self)
{
  if (self == NULL)
    return;
  rd_clean_secret (self->token);
  rd_clean_secret (self->refresh_token);
  rd_clean_secret (self->cookies);
  g_free (self);
}

gboolean
rd_tokens_is_empty (const RdTokens *self)
{
  return self == NULL || (self->token == NULL && self->refresh_token == NULL && self->cookies == NULL);
}
