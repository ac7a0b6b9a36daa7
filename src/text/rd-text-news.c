/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-text"

#include "config.h"

#include "rd-text.h"

#include <limits.h>
#include <locale.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-text-private.h"

/* Amounts of money, and what is said of several payments or messages at once. */

#define MAX_AMOUNT 40
#define MAX_CURRENCY 12
#define MAX_SUMS 4

/* Signs that stand for one currency wherever one reads them. */
static const struct
{
  const char *code;
  const char *sign;
} signs[] = {
  { "EUR", "€" }, { "GBP", "£" }, { "INR", "₹" }, { "KRW", "₩" }, { "TRY", "₺" }, { "USD", "$" },
};

static const char *
find_sign (const char *currency)
{
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_ascii_strcasecmp (currency, signs[i].code) == 0)
      return signs[i].sign;
  return NULL;
}

/* The digits of a plain decimal number, "-1240.50": its length before the point; 0: it is none. */
static gsize
measure (const char *amount)
{
  const char *digits = amount + (*amount == '-' ? 1 : 0);
  gsize whole = strspn (digits, "0123456789");
  const char *rest = digits + whole;

  if (whole == 0 || strlen (amount) > MAX_AMOUNT)
    return 0;
  if (*rest == '.' && rest[1] != '\0')
    rest += 1 + strspn (rest + 1, "0123456789");
  return *rest == '\0' ? (gsize) (digits - amount) + whole : 0;
}

/* Whether a separator stands in front of the last @behind digits, by groups as lconv(3) has them: "\3" is by threes,
 * "\3\2" the Indian way, 12,34,567. */
static gboolean
ends_group (const char *groups, gsize behind)
{
  gsize at = 0;

  while (at < behind && *groups > 0 && *groups != CHAR_MAX)
    {
      at += *groups;
      if (groups[1] != '\0')
        groups++;
    }
  return at == behind;
}

/* What a locale says of money, or else of numbers, or else @fallback: "C" knows only the point. */
static const char *
choose (const char *of_money, const char *of_numbers, const char *fallback)
{
  if (of_money != NULL && *of_money != '\0')
    return of_money;
  return of_numbers != NULL && *of_numbers != '\0' ? of_numbers : fallback;
}

static char *
group (const char *amount, gsize whole)
{
  const struct lconv *convention = localeconv ();
  const char *point = choose (convention->mon_decimal_point, convention->decimal_point, ".");
  const char *separator = choose (convention->mon_thousands_sep, convention->thousands_sep,
                                  g_str_equal (point, ",") ? "." : ",");
  const char *groups = choose (convention->mon_grouping, convention->grouping, "\3");
  gsize first = *amount == '-' ? 1 : 0;
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < whole; i++)
    {
      if (i > first && ends_group (groups, whole - i))
        g_string_append (text, separator);
      g_string_append_c (text, amount[i]);
    }
  /* "1240.00" is no more than 1240. */
  if (amount[whole] == '.' && strspn (amount + whole + 1, "0") != strlen (amount + whole + 1))
    {
      g_string_append (text, point);
      g_string_append (text, amount + whole + 1);
    }
  return g_string_free (text, FALSE);
}

/* A name to stand in a sentence; (nullable) if there is none. */
static char *
dup_name (const char *name)
{
  g_autofree char *plain = rd_text_clean (name, RD_TEXT_MAX_NAME);

  return *plain != '\0' ? rd_text_isolate (plain) : NULL;
}

char *
rd_text_for_amount (const char *amount, const char *currency)
{
  g_autofree char *name = rd_text_clean (currency, MAX_CURRENCY);
  g_autofree char *number = rd_text_clean (amount, MAX_AMOUNT);
  const char *sign = find_sign (name);
  gsize whole = measure (number);
  g_autofree char *grouped = NULL;
  g_autofree char *text = NULL;
  gboolean negative;

  if (whole > 0)
    grouped = group (number, whole);
  else if (*number == '\0' || *name == '\0')
    return g_steal_pointer (&number);
  if (*name == '\0')
    return g_steal_pointer (&grouped);
  if (grouped == NULL || sign == NULL)
    /* TRANSLATORS: an amount of money and the currency's name: "1,240 USDT" */
    return rd_text_fill (_ ("{amount} {currency}"), "amount", grouped != NULL ? grouped : number, "currency", name,
                         NULL);
  negative = *grouped == '-';
  /* TRANSLATORS: an amount of money with the currency's sign, without a name: "€1,240" */
  text = rd_text_fill (C_ ("money", "{sign}{amount}"), "sign", sign, "amount", grouped + (negative ? 1 : 0), NULL);
  return negative ? g_strconcat ("-", text, NULL) : g_steal_pointer (&text);
}

char *
rd_text_for_payments (guint count, const char * const *sums)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  guint n_sums = sums != NULL ? g_strv_length ((char **) sums) : 0;
  g_autofree char *total = NULL;

  if (n_sums == 0 || n_sums > MAX_SUMS)
    return rd_text_fill (ngettext ("{count} invoice paid", "{count} invoices paid", count), "count", number, NULL);
  /* TRANSLATORS: between sums in several currencies: "€1,240 + $300" */
  total = g_strjoinv (_ (" + "), (char **) sums);
  return rd_text_fill (ngettext ("{count} invoice paid, {sum}", "{count} invoices paid, {sum} in total", count),
                       "count", number, "sum", total, NULL);
}

char *
rd_text_for_invoices (const char *kind, guint count)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  const char *format;

  if (g_strcmp0 (kind, "invoice.created") == 0)
    format = ngettext ("{count} new invoice", "{count} new invoices", count);
  else if (g_strcmp0 (kind, "invoice.updated") == 0)
    format = ngettext ("{count} invoice updated", "{count} invoices updated", count);
  else if (g_strcmp0 (kind, "invoice.status") == 0)
    format = ngettext ("{count} invoice has another status", "{count} invoices have another status", count);
  else
    format = ngettext ("{count} notice", "{count} notices", count);
  return rd_text_fill (format, "count", number, NULL);
}

char *
rd_text_for_messages (guint count, guint people, const char *name)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *others = g_strdup_printf ("%u", people);
  g_autofree char *plain = rd_text_clean (name, RD_TEXT_MAX_NAME);
  g_autofree char *peer = rd_text_isolate (plain);

  if (people > 1)
    /* TRANSLATORS: there are always at least two people */
    return rd_text_fill (ngettext ("{count} message from {people} people", "{count} messages from {people} people",
                                   count),
                         "count", number, "people", others, NULL);
  if (*peer != '\0')
    return rd_text_fill (ngettext ("{count} message from {name}", "{count} messages from {name}", count), "count",
                         number, "name", peer, NULL);
  return rd_text_fill (ngettext ("{count} message", "{count} messages", count), "count", number, NULL);
}

char *
rd_text_for_missed (guint count, const char *name)
{
  g_autofree char *number = g_strdup_printf ("%u", count);
  g_autofree char *peer = dup_name (name);

  if (peer == NULL)
    return rd_text_fill (ngettext ("{count} missed call", "{count} missed calls", count), "count", number, NULL);
  return rd_text_fill (ngettext ("{count} missed call from {name}", "{count} missed calls from {name}", count), "count",
                       number, "name", peer, NULL);
}

char *
rd_text_while_away (const char *what)
{
  /* TRANSLATORS: {what} is "3 messages", "4 missed calls from Jane"… */
  return rd_text_fill (_ ("{what} while you were away"), "what", what, NULL);
}

char *
rd_text_for_quiet_time (void)
{
  /* TRANSLATORS: a title; below it stand "2 missed calls", "3 messages"… */
  return g_strdup (_ ("While you were not to be disturbed"));
}

char *
rd_text_for_said (const char *name, const char *text)
{
  g_autofree char *peer = dup_name (name);

  if (peer == NULL)
    return g_strdup (text != NULL ? text : "");
  if (text == NULL || *text == '\0')
    return g_steal_pointer (&peer);
  /* TRANSLATORS: a person's name and what they wrote */
  return rd_text_fill (_ ("{name}: {text}"), "name", peer, "text", text, NULL);
}

char *
rd_text_for_sender (const char *name, const char *room)
{
  g_autofree char *peer = dup_name (name);
  g_autofree char *place = dup_name (room);

  if (peer == NULL || place == NULL)
    return peer != NULL ? g_steal_pointer (&peer) : g_strdup (place != NULL ? place : "");
  /* TRANSLATORS: who wrote, in which room: "Jane in General" */
  return rd_text_fill (_ ("{name} in {room}"), "name", peer, "room", place, NULL);
}

char *
rd_text_for_unsent (const char *name)
{
  g_autofree char *peer = dup_name (name);

  if (peer == NULL)
    return g_strdup (_ ("Your message was not sent"));
  return rd_text_fill (_ ("Your message to {name} was not sent"), "name", peer, NULL);
}

char *
rd_text_for_lost (const char *reason, const char *text)
{
  /* TRANSLATORS: why a message could not be sent, and the message */
  return rd_text_fill (_ ("{reason}\nYou wrote: “{text}”"), "reason", reason, "text", text, NULL);
}
