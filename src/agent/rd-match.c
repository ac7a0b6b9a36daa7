/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-match.h"

#include <string.h>

/* Searching in short texts of strangers. */

/* As strcasestr(), in whatever language the desktop is: to some of them "I" is not the capital of "i". */
static gboolean
contains_ascii (const char *text, const char *prepared)
{
  gsize length = strlen (prepared);

  for (; *text != '\0'; text++)
    if (g_ascii_strncasecmp (text, prepared, length) == 0)
      return TRUE;
  return FALSE;
}

char *
rd_match_prepare (const char *search)
{
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (search != NULL, NULL);

  stripped = g_strstrip (g_strdup (search));
  return g_utf8_casefold (stripped, -1);
}

gboolean
rd_match_text (const char *prepared, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (prepared != NULL, FALSE);

  if (*prepared == '\0')
    return TRUE;
  if (text == NULL)
    return FALSE;
  /* Thousands are looked at per key that is typed, and most are plain. */
  if (g_str_is_ascii (text))
    return contains_ascii (text, prepared);
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, prepared) != NULL;
}
