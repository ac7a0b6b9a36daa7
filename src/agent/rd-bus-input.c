/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-bus-input.h"

#include "rd-clean.h"
#include "rd-dbus-error.h"
#include "rd-fault.h"

#include <string.h>

gboolean
rd_bus_is_text (const char *text, gsize max)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return strlen (text) <= max * 4 && g_utf8_strlen (text, -1) <= (glong) max;
}

gboolean
rd_bus_is_line (const char *text, gsize max)
{
  if (!rd_bus_is_text (text, max))
    return FALSE;
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

gboolean
rd_bus_is_id (const char *text, gsize max)
{
  g_autofree char *exact = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  exact = rd_clean_exact (text, max);
  return exact != NULL && *exact != '\0';
}

gboolean
rd_bus_check (GDBusMethodInvocation *invocation, gboolean good, const char *where)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (G_IS_DBUS_METHOD_INVOCATION (invocation), FALSE);

  if (good)
    return TRUE;
  error = rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, where);
  rd_dbus_error_return (invocation, error);
  return FALSE;
}
