/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-credentials.h"

#include "rd-clean.h"

#include <string.h>

/* Tokens, cookies and a page's CSRF token: which of them a request carries, and how those of a reply are taken. */

#define MAX_TOKEN 16384
/* Renewed so much before the end: a request may be long under way, and clocks differ. */
#define MARGIN_S 60
/* Ten years: more is nonsense. */
#define MAX_LIFETIME_S (10 * 366 * 24 * 3600)

/* A token goes into a header. */
static char *
dup_legal_token (const char *token)
{
  gsize length = 0;

  if (token == NULL)
    return NULL;
  while (length <= MAX_TOKEN && g_ascii_isgraph (token[length]))
    length++;
  if (length == 0 || length > MAX_TOKEN || token[length] != '\0')
    {
      if (*token != '\0')
        g_message ("A token with illegal characters is not used");
      return NULL;
    }
  return g_strdup (token);
}

static void
take_string (char **where, char *value)
{
  rd_clean_secret (*where);
  *where = value;
}

static void
take_lifetime (RdCredentials *self, const char *text, gint64 now)
{
  gint64 lifetime = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  self->expires_at = 0;
  self->renew_at = 0;
  if (lifetime <= 0 || lifetime > MAX_LIFETIME_S)
    return;
  self->expires_at = now + lifetime * G_USEC_PER_SEC;
  /* One that lives for a minute only is not renewed with every request. */
  self->renew_at = self->expires_at - MIN (MARGIN_S, lifetime / 4) * G_USEC_PER_SEC;
}

void
rd_credentials_clear (RdCredentials *self)
{
  g_clear_pointer (&self->token, rd_clean_secret);
  g_clear_pointer (&self->refresh_token, rd_clean_secret);
  g_clear_pointer (&self->csrf, rd_clean_secret);
  g_clear_object (&self->cookies);
}

void
rd_credentials_set (RdCredentials *self, RdProfile *profile, const RdTokens *tokens)
{
  rd_credentials_clear (self);
  self->expires_at = 0;
  self->renew_at = 0;
  self->serial++;
  if (rd_profile_uses_cookies (profile))
    self->cookies = rd_cookies_new (tokens != NULL ? tokens->cookies : NULL);
  self->had_cookies = self->cookies != NULL && tokens != NULL && tokens->cookies != NULL;
  if (tokens == NULL)
    return;
  self->token = dup_legal_token (tokens->token);
  self->refresh_token = dup_legal_token (tokens->refresh_token);
  self->expires_at = self->token != NULL ? tokens->expires_at : 0;
  if (self->expires_at > 0)
    self->renew_at = MAX (self->expires_at - MARGIN_S * G_USEC_PER_SEC, 1);
}

gboolean
rd_credentials_take (RdCredentials *self, RdProfile *profile, RdVars *gave, RdCookies *cookies, gint64 now)
{
  gboolean uses_cookies = rd_profile_uses_cookies (profile);
  char *token = dup_legal_token (rd_vars_get (gave, "access"));
  char *refresh_token = dup_legal_token (rd_vars_get (gave, "refresh"));
  char *csrf = dup_legal_token (rd_vars_get (gave, "csrf"));

  if (uses_cookies ? cookies == NULL || rd_cookies_is_empty (cookies) : token == NULL)
    {
      rd_clean_secret (token);
      rd_clean_secret (refresh_token);
      rd_clean_secret (csrf);
      return FALSE;
    }
  if (uses_cookies)
    g_set_object (&self->cookies, cookies);
  self->had_cookies = uses_cookies;
  if (token != NULL)
    {
      take_string (&self->token, token);
      take_lifetime (self, rd_vars_get (gave, "expires-in"), now);
    }
  /* A site that does not rotate them leaves the old one good. */
  if (refresh_token != NULL)
    take_string (&self->refresh_token, refresh_token);
  take_string (&self->csrf, csrf);
  self->serial++;
  return TRUE;
}

RdTokens *
rd_credentials_dup_tokens (const RdCredentials *self)
{
  RdTokens *tokens = rd_tokens_new (self->token, self->refresh_token);

  tokens->cookies = self->cookies != NULL ? rd_cookies_dup_text (self->cookies) : NULL;
  tokens->expires_at = self->expires_at;
  return tokens;
}

gboolean
rd_credentials_are_empty (const RdCredentials *self)
{
  return self->token == NULL && (self->cookies == NULL || rd_cookies_is_empty (self->cookies));
}

char **
rd_credentials_dup_headers (const RdCredentials *self, RdProfile *profile, const char *method)
{
  const char *csrf_header = rd_profile_get_csrf_header (profile);
  char **headers = g_new0 (char *, 5);
  guint n = 0;

  if (self->token != NULL)
    {
      headers[n++] = g_strdup (rd_profile_get_token_header (profile));
      headers[n++] = g_strconcat (rd_profile_get_token_prefix (profile), self->token, NULL);
    }
  if (self->csrf != NULL && csrf_header != NULL && !g_str_equal (method, "GET"))
    {
      headers[n++] = g_strdup (csrf_header);
      headers[n++] = g_strdup (self->csrf);
    }
  return headers;
}

void
rd_credentials_free_headers (char **headers)
{
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++)
    rd_clean_secret (headers[i]);
  g_free (headers);
}

static void
add_secret (GPtrArray *out, const char *secret)
{
  if (secret != NULL && *secret != '\0')
    g_ptr_array_add (out, g_strdup (secret));
}

GPtrArray *
rd_credentials_dup_secrets (const RdCredentials *self)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_clean_secret);

  add_secret (out, self->token);
  add_secret (out, self->refresh_token);
  add_secret (out, self->csrf);
  if (self->cookies != NULL)
    rd_cookies_add_secrets (self->cookies, out);
  return out;
}
