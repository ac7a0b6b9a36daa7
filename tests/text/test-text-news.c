/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-text.h"

/* Amounts, and several things said as one. */

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_amounts (void)
{
  assert_text (rd_text_for_amount ("1240", "EUR"), "€1,240");
  assert_text (rd_text_for_amount ("1240.00", "eur"), "€1,240");
  assert_text (rd_text_for_amount ("1234567.50", "USD"), "$1,234,567.50");
  assert_text (rd_text_for_amount ("999", "GBP"), "£999");
  assert_text (rd_text_for_amount ("-1000", "EUR"), "-€1,000");
  assert_text (rd_text_for_amount ("-100", NULL), "-100");
  assert_text (rd_text_for_amount ("1240.5", "USDT"), "1,240.5 USDT");
  assert_text (rd_text_for_amount ("12", ""), "12");
  assert_text (rd_text_for_amount ("", "EUR"), "");
  assert_text (rd_text_for_amount (NULL, NULL), "");
  /* What a stranger makes of it stays as it is, cleaned. */
  assert_text (rd_text_for_amount ("a lot", "EUR"), "a lot EUR");
  assert_text (rd_text_for_amount ("1,240.50", "EUR"), "1,240.50 EUR");
  assert_text (rd_text_for_amount ("12.", NULL), "12.");
  assert_text (rd_text_for_amount ("1\xe2\x80\xae" "2", "\nEUR"), "€12");
}

static void
test_payments (void)
{
  static const char * const one[] = { "€1,240", NULL };
  static const char * const two[] = { "€1,240", "$300", NULL };
  static const char * const none[] = { NULL };

  assert_text (rd_text_for_payments (5, one), "5 invoices paid, €1,240 in total");
  assert_text (rd_text_for_payments (5, two), "5 invoices paid, €1,240 + $300 in total");
  assert_text (rd_text_for_payments (1, one), "1 invoice paid, €1,240");
  assert_text (rd_text_for_payments (5, none), "5 invoices paid");
  assert_text (rd_text_for_payments (2, NULL), "2 invoices paid");
  assert_text (rd_text_for_invoices ("invoice.created", 3), "3 new invoices");
  assert_text (rd_text_for_invoices ("invoice.updated", 1), "1 invoice updated");
  assert_text (rd_text_for_invoices ("invoice.status", 2), "2 invoices have another status");
  assert_text (rd_text_for_invoices ("notice", 2), "2 notices");
  assert_text (rd_text_for_invoices (NULL, 2), "2 notices");
}

static void
test_messages (void)
{
  assert_text (rd_text_for_messages (12, 3, NULL), "12 messages from 3 people");
  assert_text (rd_text_for_messages (3, 1, "Jane"), "3 messages from Jane");
  assert_text (rd_text_for_messages (3, 1, "{count}"), "3 messages from {count}");
  assert_text (rd_text_for_messages (3, 1, ""), "3 messages");
  assert_text (rd_text_for_messages (3, 0, NULL), "3 messages");
  assert_text (rd_text_for_messages (2, 1, "\xd7\x93\xd7\x99"),
               "2 messages from \xe2\x81\xa8\xd7\x93\xd7\x99\xe2\x81\xa9");
}

static void
test_several (void)
{
  assert_text (rd_text_for_missed (4, NULL), "4 missed calls");
  assert_text (rd_text_for_missed (2, "Jane"), "2 missed calls from Jane");
  assert_text (rd_text_while_away ("3 messages"), "3 messages while you were away");
  assert_text (rd_text_while_away ("{what}"), "{what} while you were away");
}

static void
test_people (void)
{
  assert_text (rd_text_for_said ("Jane", "Lunch?"), "Jane: Lunch?");
  assert_text (rd_text_for_said (NULL, "Lunch?"), "Lunch?");
  assert_text (rd_text_for_said ("Jane", ""), "Jane");
  assert_text (rd_text_for_said (NULL, NULL), "");
  assert_text (rd_text_for_sender ("Jane", "General"), "Jane in General");
  assert_text (rd_text_for_sender ("Jane", NULL), "Jane");
  assert_text (rd_text_for_sender (NULL, "General"), "General");
  assert_text (rd_text_for_sender ("\n", "\xe2\x80\xae"), "");
  assert_text (rd_text_for_unsent ("Jane"), "Your message to Jane was not sent");
  assert_text (rd_text_for_unsent (NULL), "Your message was not sent");
  assert_text (rd_text_for_lost ("It failed.", "Yes, at {reason}"), "It failed.\nYou wrote: “Yes, at {reason}”");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/amounts", test_amounts);
  g_test_add_func ("/text/payments", test_payments);
  g_test_add_func ("/text/messages", test_messages);
  g_test_add_func ("/text/several", test_several);
  g_test_add_func ("/text/people", test_people);
  return g_test_run ();
}
