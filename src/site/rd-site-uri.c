/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-site-uri.h"

#include "rd-fault.h"

#include <libsoup/soup.h>
#include <string.h>

/* Addresses: which a site may have, and which belong to it. A token goes only where these functions say. */

#define MAX_LENGTH 500

static GError *
bad_input (const char *where)
{
  return rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, where);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
is_printable (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

static gboolean
scheme_is_allowed (GUri *uri, gboolean insecure)
{
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return g_str_equal (g_uri_get_scheme (uri), "http") && (insecure || is_loopback (g_uri_get_host (uri)));
}

GUri *
rd_site_uri_new (const char *text, gboolean insecure, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *prefix = NULL;

  if (strlen (text) <= MAX_LENGTH && is_printable (text))
    uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL ||
      !scheme_is_allowed (uri, insecure))
    {
      g_propagate_error (error, bad_input ("site"));
      return NULL;
    }
  prefix = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (prefix, "/"))
    prefix[strlen (prefix) - 1] = '\0';
  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                      prefix, NULL, NULL);
}

GUri *
rd_site_uri_join (GUri *base, const char *path, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "?", 2);
  g_autofree char *whole = NULL;

  if (*path != '/' || g_str_has_prefix (path, "//") || !is_printable (path) || strchr (path, '#') != NULL)
    {
      g_propagate_error (error, bad_input ("path"));
      return NULL;
    }
  whole = g_strconcat (g_uri_get_path (base), parts[0], NULL);
  return g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (base), NULL, g_uri_get_host (base), g_uri_get_port (base),
                      whole, parts[1], NULL);
}

char *
rd_site_uri_dup_host (GUri *uri)
{
  int usual = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  gboolean is_v6 = strchr (g_uri_get_host (uri), ':') != NULL;
  g_autofree char *host = g_strdup_printf (is_v6 ? "[%s]" : "%s", g_uri_get_host (uri));

  if (g_uri_get_port (uri) <= 0 || g_uri_get_port (uri) == usual)
    return g_steal_pointer (&host);
  return g_strdup_printf ("%s:%d", host, g_uri_get_port (uri));
}

static int
get_port (GUri *uri)
{
  if (g_uri_get_port (uri) > 0)
    return g_uri_get_port (uri);
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

gboolean
rd_site_uri_same_origin (GUri *one, GUri *other)
{
  return g_str_equal (g_uri_get_scheme (one), g_uri_get_scheme (other)) && get_port (one) == get_port (other) &&
         g_uri_get_userinfo (other) == NULL && g_uri_get_host (other) != NULL &&
         g_ascii_strcasecmp (g_uri_get_host (one), g_uri_get_host (other)) == 0;
}
