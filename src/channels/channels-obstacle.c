/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-trust-private.h"

/* Why a certificate is not trusted, in words: "unacceptable" helps nobody. A clock that is wrong looks like the second
 * and third, a captive portal like the first and fourth. */

static const struct
{
  GTlsCertificateFlags flag;
  const char *words;
} faults[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, "who signed its certificate is not known here" },
  { G_TLS_CERTIFICATE_EXPIRED, "its certificate has expired" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "its certificate is not valid yet" },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "its certificate is another host's" },
  { G_TLS_CERTIFICATE_REVOKED, "its certificate was revoked" },
  { G_TLS_CERTIFICATE_INSECURE, "its certificate is not safe" },
};

char *
channels_trust_describe (GTlsCertificateFlags flags)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    if (flags & faults[i].flag)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", faults[i].words);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
