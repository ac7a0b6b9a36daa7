/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-account-settings"

#include "config.h"

#include "rd-account-checks.h"

#include <string.h>

/* What each of an account's settings may look like: pure functions of one value. */

const char * const rd_account_toast_kinds[] = {
  "message", "payment", "invoice-created", "invoice-updated", "invoice-status", "notice", NULL,
};

/* Only @extra and ASCII letters and digits, at most @max of them. */
static gboolean
is_word (const char *value, const char *extra, gsize max)
{
  if (strlen (value) > max)
    return FALSE;
  for (const char *p = value; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (extra, *p) == NULL)
      return FALSE;
  return TRUE;
}

/* UTF-8 of at most @max bytes without control characters. */
gboolean
rd_account_is_text (const char *value, gsize max)
{
  if (strlen (value) > max || !g_utf8_validate (value, -1, NULL))
    return FALSE;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

gboolean
rd_account_check_id (const char *value)
{
  gsize length = strspn (value, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length >= 1 && length <= 64 && value[length] == '\0';
}

gboolean
rd_account_check_name (const char *value)
{
  return rd_account_is_text (value, 200);
}

gboolean
rd_account_check_profile (const char *value)
{
  return is_word (value, "-_.", 64);
}

gboolean
rd_account_check_user_id (const char *value)
{
  return rd_account_is_text (value, 128);
}

gboolean
rd_account_check_key (const char *value)
{
  return is_word (value, "-_.:", 200);
}

gboolean
rd_account_check_cluster (const char *value)
{
  return is_word (value, "-", 32);
}

gboolean
rd_account_check_host (const char *value)
{
  if (strchr (value, ':') != NULL)
    return g_hostname_is_ip_address (value);
  return is_word (value, "-_.", 253);
}

gboolean
rd_account_check_path (const char *value)
{
  if (*value == '\0')
    return TRUE;
  return *value == '/' && is_word (value, "/-_.~", 200);
}

/* "host" or "host:port" */
gboolean
rd_account_check_room_host (const char *value)
{
  return *value != '\0' && is_word (value, "-_.:[]", 260);
}

gboolean
rd_account_check_var_name (const char *value)
{
  return g_ascii_isalpha (*value) && is_word (value, "-_.", 64);
}

gboolean
rd_account_check_colour (const char *value)
{
  if (*value != '#' || strlen (value) != 7)
    return FALSE;
  for (const char *p = value + 1; *p != '\0'; p++)
    if (!g_ascii_isxdigit (*p))
      return FALSE;
  return TRUE;
}

gboolean
rd_account_check_sound (const char *value)
{
  static const char * const sounds[] = { "full", "soft", "silent", NULL };

  return g_strv_contains (sounds, value);
}

/* "250", "99.5": at most twelve digits and four decimal places */
gboolean
rd_account_check_threshold (const char *value)
{
  gsize whole = strspn (value, "0123456789");
  const char *rest = value + whole;

  if (whole < 1 || whole > 12)
    return FALSE;
  if (*rest == '\0')
    return TRUE;
  return *rest == '.' && strspn (rest + 1, "0123456789") == strlen (rest + 1) && strlen (rest + 1) >= 1
         && strlen (rest + 1) <= 4;
}

gboolean
rd_account_check_toast (const char *value)
{
  return g_strv_contains (rd_account_toast_kinds, value);
}

GUri *
rd_account_parse_site (const char *value)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (value) > 500 || !rd_account_is_text (value, 500))
    return NULL;
  uri = g_uri_parse (value, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return NULL;
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

gboolean
rd_account_check_site (const char *value)
{
  g_autoptr (GUri) uri = rd_account_parse_site (value);

  return uri != NULL;
}
