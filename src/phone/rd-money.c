/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-money"

#include "config.h"

#include "rd-money.h"

#include <string.h>

/* Decimal numbers as strangers write amounts of money. No locale has a say in it. */

#define PLACES 4

/* The digits at @text, which moves past them; FALSE if there are none, or too many to hold. */
static gboolean
read_digits (const char **text, gint64 *number, guint *n_digits)
{
  const char *at = *text;

  *number = 0;
  for (; g_ascii_isdigit (*at); at++)
    if (__builtin_mul_overflow (*number, 10, number) || __builtin_add_overflow (*number, *at - '0', number))
      return FALSE;
  *n_digits = (guint) (at - *text);
  *text = at;
  return *n_digits > 0;
}

gboolean
rd_money_parse (const char *text, gint64 *money)
{
  gboolean negative;
  gint64 whole = 0;
  gint64 part = 0;
  gint64 value;
  guint digits = 0;

  g_return_val_if_fail (money != NULL, FALSE);

  if (text == NULL)
    return FALSE;
  negative = *text == '-';
  if (negative)
    text++;
  if (!read_digits (&text, &whole, &digits))
    return FALSE;
  if (*text == '.')
    {
      text++;
      if (strlen (text) > PLACES || !read_digits (&text, &part, &digits))
        return FALSE;
      for (; digits < PLACES; digits++)
        part *= 10;
    }
  if (*text != '\0' || __builtin_mul_overflow (whole, RD_MONEY_UNIT, &value)
      || __builtin_add_overflow (value, part, &value))
    return FALSE;
  *money = negative ? -value : value;
  return TRUE;
}

gboolean
rd_money_add (gint64 one, gint64 other, gint64 *sum)
{
  gint64 value;

  g_return_val_if_fail (sum != NULL, FALSE);

  if (__builtin_add_overflow (one, other, &value))
    return FALSE;
  *sum = value;
  return TRUE;
}

char *
rd_money_to_string (gint64 money)
{
  const char *sign = money < 0 ? "-" : "";
  guint64 value = money < 0 ? -(guint64) money : (guint64) money;
  guint64 whole = value / RD_MONEY_UNIT;
  guint part = (guint) (value % RD_MONEY_UNIT);

  if (part == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT, sign, whole);
  if (part % 100 == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", sign, whole, part / 100);
  if (part % 10 == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%03u", sign, whole, part / 10);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%04u", sign, whole, part);
}
