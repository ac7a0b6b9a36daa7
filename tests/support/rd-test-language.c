/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test-language.h"

#include <libintl.h>
#include <locale.h>

gboolean
rd_test_speak (const char *language, const char *locale)
{
  g_setenv ("LOCPATH", RD_TEST_LOCALES, TRUE);
  g_setenv ("LANGUAGE", language, TRUE);
  if (setlocale (LC_ALL, locale) == NULL)
    {
      g_test_skip ("the package with the sources of locales is not installed");
      return FALSE;
    }
  bindtextdomain (GETTEXT_PACKAGE, RD_TEST_CATALOGUES);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  return TRUE;
}
