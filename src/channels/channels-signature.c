/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-signature-private.h"

#include <string.h>

/* The HTTP API's signatures, as the public Channels documents describe them. */

char *
channels_signature_sign (const char *secret, const char *text)
{
  return g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret), text, -1);
}

char *
channels_signature_api_query (const char *key, const char *secret, const char *path, const char *body,
                              gint64 timestamp)
{
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, body, -1);
  g_autofree char *query = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  /* Sorted by name, as it is signed. */
  query = g_strdup_printf ("auth_key=%s&auth_timestamp=%" G_GINT64_FORMAT "&auth_version=1.0&body_md5=%s", key,
                           timestamp, md5);
  text = g_strdup_printf ("POST\n%s\n%s", path, query);
  signature = channels_signature_sign (secret, text);
  return g_strdup_printf ("%s&auth_signature=%s", query, signature);
}
