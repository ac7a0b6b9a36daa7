/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "desk.h"

/* What is one news, and what is two: of invoices and their payments. */

static void
tell (Desk *desk, RdEventKind kind, const char *invoice, const char *status, const char *key, int at_s)
{
  g_autoptr (RdEvent) event = rd_event_new (kind);

  event->invoice_id = g_strdup (invoice);
  event->invoice_status = g_strdup (status);
  g_free (event->key);
  event->key = g_strdup (key);
  event->at = at_s != 0 ? NOW + at_s * SECOND : 0;
  rd_phone_handle (desk->phone, "crm", event, RD_ORIGIN_LIVE);
}

static void
test_both_channels (Desk *desk, gconstpointer data)
{
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 1);
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 2);
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", -3);
  g_assert_cmpuint (desk->n_news, ==, 1);
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 60);
  g_assert_cmpuint (desk->n_news, ==, 2);
}

static void
test_payment_then_status (Desk *desk, gconstpointer data)
{
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 0);
  tell (desk, RD_EVENT_INVOICE_STATUS, "7", "paid", "s", 0);
  tell (desk, RD_EVENT_INVOICE_UPDATED, "7", "paid", "u", 0);
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 0);
  g_assert_cmpuint (desk->n_news, ==, 1);
}

static void
test_status_then_payment (Desk *desk, gconstpointer data)
{
  tell (desk, RD_EVENT_INVOICE_STATUS, "7", "paid", "s", 0);
  rd_test_clock_advance (desk->clock, 3000);
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", NULL, "p", 0);
  g_assert_cmpuint (desk->n_news, ==, 1);
}

static void
test_update_hides_no_payment (Desk *desk, gconstpointer data)
{
  tell (desk, RD_EVENT_INVOICE_UPDATED, "7", "paid", "u", 0);
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 0);
  g_assert_cmpuint (desk->n_news, ==, 2);
}

static void
test_two_payments (Desk *desk, gconstpointer data)
{
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", NULL, "half", 0);
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", NULL, "the other half", 0);
  tell (desk, RD_EVENT_INVOICE_STATUS, "7", "paid", "s", 0);
  g_assert_cmpuint (desk->n_news, ==, 2);
}

static void
test_other_things (Desk *desk, gconstpointer data)
{
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 0);
  tell (desk, RD_EVENT_INVOICE_STATUS, "8", "paid", "s8", 0);
  tell (desk, RD_EVENT_INVOICE_STATUS, "7", "expired", "x", 0);
  g_assert_cmpuint (desk->n_news, ==, 3);
  rd_test_clock_advance (desk->clock, 6000);
  tell (desk, RD_EVENT_INVOICE_STATUS, "7", "paid", "s", 0);
  g_assert_cmpuint (desk->n_news, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SCENE ("news/both-channels", test_both_channels);
  SCENE ("news/payment-then-status", test_payment_then_status);
  SCENE ("news/status-then-payment", test_status_then_payment);
  SCENE ("news/update-hides-no-payment", test_update_hides_no_payment);
  SCENE ("news/two-payments", test_two_payments);
  SCENE ("news/other-things", test_other_things);
  return g_test_run ();
}
