/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-keyring-value"

#include "config.h"

#include "rd-keyring-value.h"

#include "rd-clean.h"

#include <string.h>

/* Tokens as a secret, "TOKEN\nREFRESH-TOKEN\nEXPIRES-AT\nCOOKIES": only the cookies may have line breaks, and nothing
 * needs to be parsed into copies that nobody wipes. The first two lines alone are what older versions wrote, and what
 * is written where there is no more to say. */

#define MAX_SECRET (128 * 1024)

static void
wipe (gpointer secret)
{
  rd_clean_secret (secret);
}

/* (nullable) (transfer full): the line at *@text, or all the @rest; *@text moves on, to NULL behind the last line */
static char *
take_line (const char **text, const char *end, gboolean rest)
{
  const char *start = *text;
  const char *stop = start != NULL && !rest ? memchr (start, '\n', (gsize) (end - start)) : NULL;

  *text = stop != NULL ? stop + 1 : NULL;
  if (stop == NULL)
    stop = end;
  return start != NULL && stop > start ? g_strndup (start, (gsize) (stop - start)) : NULL;
}

SecretValue *
rd_keyring_value_new (const RdTokens *tokens)
{
  const char *token = tokens->token != NULL ? tokens->token : "";
  const char *refresh_token = tokens->refresh_token != NULL ? tokens->refresh_token : "";
  char expires_at[24];
  char *text;

  if (tokens->expires_at > 0 || tokens->cookies != NULL)
    {
      g_snprintf (expires_at, sizeof expires_at, "%" G_GINT64_FORMAT, tokens->expires_at);
      text = g_strconcat (token, "\n", refresh_token, "\n", expires_at, "\n",
                          tokens->cookies != NULL ? tokens->cookies : "", NULL);
    }
  else
    text = g_strconcat (token, "\n", refresh_token, NULL);
  return secret_value_new_full (text, (gssize) strlen (text), "text/plain", wipe);
}

RdTokens *
rd_keyring_value_read (SecretValue *value)
{
  gsize length = 0;
  const char *text = secret_value_get (value, &length);
  const char *end = text + length;
  g_autofree char *expires_at = NULL;
  RdTokens *tokens;

  if (text == NULL || length > MAX_SECRET || memchr (text, '\n', length) == NULL)
    return NULL;
  tokens = rd_tokens_new (NULL, NULL);
  tokens->token = take_line (&text, end, FALSE);
  tokens->refresh_token = take_line (&text, end, FALSE);
  expires_at = take_line (&text, end, FALSE);
  if (expires_at != NULL)
    tokens->expires_at = MAX (g_ascii_strtoll (expires_at, NULL, 10), 0);
  tokens->cookies = take_line (&text, end, TRUE);
  return tokens;
}
