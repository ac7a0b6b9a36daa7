/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-amount.h"

#include "rd-text.h"

/* What to do with the amounts that the agent sends as text: read, add, show again. */

#define PLACES 4
#define UNIT 10000

static gboolean
take_digit (gint64 *value, char digit)
{
  return !__builtin_mul_overflow (*value, 10, value) && !__builtin_add_overflow (*value, digit - '0', value);
}

gboolean
rd_amount_parse (const char *text, gint64 *amount)
{
  gboolean negative = FALSE, has_digits = FALSE, in_fraction = FALSE;
  guint places = 0;
  gint64 value = 0;
  const char *p;

  g_return_val_if_fail (amount != NULL, FALSE);

  if (text == NULL)
    return FALSE;
  negative = *text == '-';
  for (p = negative ? text + 1 : text; *p != '\0'; p++)
    {
      if (*p == '.' && has_digits && !in_fraction)
        in_fraction = TRUE;
      else if (!g_ascii_isdigit (*p) || (in_fraction && places == PLACES) || !take_digit (&value, *p))
        return FALSE;
      else
        {
          has_digits = TRUE;
          places += in_fraction ? 1 : 0;
        }
    }
  for (; places < PLACES; places++)
    if (!take_digit (&value, '0'))
      return FALSE;
  if (!has_digits)
    return FALSE;
  *amount = negative ? -value : value;
  return TRUE;
}

gboolean
rd_amount_add (gint64 *sum, gint64 amount)
{
  gint64 total;

  g_return_val_if_fail (sum != NULL, FALSE);

  if (__builtin_add_overflow (*sum, amount, &total))
    return FALSE;
  *sum = total;
  return TRUE;
}

char *
rd_amount_to_text (gint64 amount, const char *currency)
{
  guint64 size = amount < 0 ? -(guint64) amount : (guint64) amount;
  guint fraction = (guint) (size % UNIT);
  g_autofree char *number = NULL;

  /* Two places, unless the others say something. */
  if (fraction % 100 == 0)
    number = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%02u", amount < 0 ? "-" : "", size / UNIT, fraction / 100);
  else
    number = g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%04u", amount < 0 ? "-" : "", size / UNIT, fraction);
  return rd_text_for_amount (number, currency);
}
