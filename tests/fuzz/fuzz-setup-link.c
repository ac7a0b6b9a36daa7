/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <gio/gio.h>
#include <string.h>

#include "rd-fault.h"
#include "rd-setup.h"

/* What sets an account up: a link that somebody clicked, a document that somebody handed out or a site serves. What is
 * read may be acted upon, so it must keep what rd-setup.h promises. */

#define SITE "https://crm.example.org"

static void
check_address (GVariant *settings, const char *name)
{
  const char *text = NULL;
  g_autoptr (GUri) uri = NULL;

  if (!g_variant_lookup (settings, name, "&s", &text))
    return;
  uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  g_assert (uri != NULL && g_uri_get_host (uri) != NULL && g_uri_get_userinfo (uri) == NULL);
  if (g_uri_get_scheme (uri)[4] != 's')
    g_assert (rd_setup_is_loopback (g_uri_get_host (uri)));
}

static void
check_settings (GVariant *settings)
{
  gboolean tls = TRUE;
  const char *host = NULL;

  g_assert (g_variant_is_of_type (settings, G_VARIANT_TYPE_VARDICT));
  g_assert (g_variant_is_normal_form (settings));
  check_address (settings, "site");
  check_address (settings, "profile-url");
  g_variant_lookup (settings, "tls", "b", &tls);
  g_variant_lookup (settings, "host", "&s", &host);
  if (!tls)
    g_assert (rd_setup_is_loopback (host));
}

static void
check_read (GVariant *settings, const GError *error)
{
  fuzz_check_outcome (settings != NULL, error, RD_FAULT);
  if (settings != NULL)
    check_settings (settings);
}

/* Read once more, it is the same. */
static void
check_site (const char *data, gsize length)
{
  g_autofree char *typed = g_strndup (data, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *site = rd_setup_dup_site (typed, &error);
  g_autofree char *again = NULL;

  fuzz_check_outcome (site != NULL, error, RD_FAULT);
  if (site == NULL)
    return;
  again = rd_setup_dup_site (site, NULL);
  g_assert (g_strcmp0 (site, again) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = size > 0 ? (const char *) data : "";
  g_autoptr (GVariant) settings = NULL;
  g_autoptr (GVariant) served = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) served_error = NULL;

  settings = rd_setup_read (text, (gssize) size, &error);
  check_read (settings, error);
  served = rd_setup_read_well_known (text, (gssize) size, SITE, &served_error);
  check_read (served, served_error);
  check_site (text, size);
  return 0;
}
