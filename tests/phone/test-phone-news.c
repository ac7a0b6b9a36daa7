/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "desk.h"

/* What is one news, and what is two, and what is none: our own. */

static void
tell_by (Desk *desk, RdEventKind kind, const char *invoice, const char *status, const char *key, int at_s,
         RdOrigin origin)
{
  g_autoptr (RdEvent) event = rd_event_new (kind);

  event->invoice_id = g_strdup (invoice);
  event->invoice_status = g_strdup (status);
  g_free (event->key);
  event->key = g_strdup (key);
  event->at = at_s != 0 ? NOW + at_s * SECOND : 0;
  rd_phone_handle (desk->phone, "crm", event, origin);
}

static void
tell (Desk *desk, RdEventKind kind, const char *invoice, const char *status, const char *key, int at_s)
{
  tell_by (desk, kind, invoice, status, key, at_s, RD_ORIGIN_LIVE);
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

/* What the line told is no news when it is found in a list; what it did not tell is, once, and as missed. */
static void
test_caught_up (Desk *desk, gconstpointer data)
{
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 0);
  tell (desk, RD_EVENT_INVOICE_STATUS, "9", "expired", "x", 0);
  tell (desk, RD_EVENT_INVOICE_CREATED, "10", "pending", "c", 0);
  rd_test_clock_advance (desk->clock, 3600 * 1000);
  tell_by (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "list", 0, RD_ORIGIN_CATCH_UP);
  tell_by (desk, RD_EVENT_PAYMENT_RECEIVED, "8", "paid", "list 8", 0, RD_ORIGIN_CATCH_UP);
  tell_by (desk, RD_EVENT_PAYMENT_RECEIVED, "8", "paid", "list 8", 0, RD_ORIGIN_CATCH_UP);
  tell_by (desk, RD_EVENT_INVOICE_STATUS, "9", "expired", "list 9", 0, RD_ORIGIN_CATCH_UP);
  tell_by (desk, RD_EVENT_INVOICE_CREATED, "10", "pending", "list 10", 0, RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_news, ==, 3);
  g_assert_cmpuint (desk->n_missed, ==, 1);
  /* Of the same invoice, hours later by what the site says. */
  tell_by (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "later", 7200, RD_ORIGIN_CATCH_UP);
  g_assert_cmpuint (desk->n_missed, ==, 2);
}

/* An earlier run told it. */
static gboolean
recall (const char *account, const char *key, gint64 at, gint64 tolerance, gpointer data)
{
  return g_hash_table_contains (data, key);
}

static void
note (const char *account, const char *key, gint64 at, gpointer data)
{
  g_assert_cmpstr (account, ==, "crm");
  g_hash_table_add (data, g_strdup (key));
}

static void
hear_message (RdPhone *phone, const char *id, const char *key)
{
  g_autoptr (RdEvent) event = rd_event_new (RD_EVENT_MESSAGE_NEW);

  event->message_id = g_strdup (id);
  g_free (event->key);
  event->key = g_strdup (key);
  rd_phone_handle (phone, "crm", event, RD_ORIGIN_CATCH_UP);
}

static void
on_unexpected (RdPhone *phone, RdEvent *event, const char *account, gpointer data)
{
  g_assert_not_reached ();
}

static void
test_second_run (Desk *desk, gconstpointer data)
{
  static const RdPhoneMemory memory = { recall, note };
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (RdPhone) second = rd_phone_new (RD_CLOCK (desk->clock));
  g_autoptr (RdEvent) call = desk_make (desk, RD_EVENT_CALL_INITIATED, "1", ADA, ME, 0);
  g_autoptr (RdEvent) typing = rd_event_new (RD_EVENT_TYPING);

  rd_phone_set_memory (desk->phone, &memory, kept);
  hear_message (desk->phone, "5", "by the line");
  tell (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "p", 0);
  rd_phone_handle (desk->phone, "crm", typing, RD_ORIGIN_LIVE);
  desk_ring_in (desk, "1");
  desk_live_event (desk, RD_EVENT_CALL_ENDED, "1");
  g_assert_cmpuint (g_hash_table_size (kept), ==, 4);

  rd_phone_set_own_user (second, "crm", ME);
  rd_phone_set_memory (second, &memory, kept);
  g_set_object (&desk->phone, second);
  g_signal_connect (second, "missed", G_CALLBACK (on_unexpected), NULL);
  hear_message (second, "5", "by a list");
  tell_by (desk, RD_EVENT_PAYMENT_RECEIVED, "7", "paid", "list", 0, RD_ORIGIN_CATCH_UP);
  g_assert_null (rd_phone_handle (second, "crm", call, RD_ORIGIN_CATCH_UP));
  rd_phone_set_memory (second, NULL, NULL);
}

static void
hear_from (Desk *desk, RdEventKind kind, const char *id, const char *sender, RdEventDirection direction)
{
  g_autoptr (RdEvent) event = rd_event_new (kind);

  event->message_id = g_strdup (id);
  event->sender_id = g_strdup (sender);
  event->direction = direction;
  event->delivery = RD_EVENT_DELIVERY_SENT;
  g_free (event->key);
  event->key = g_strconcat ("message.new\x1f", id, NULL);
  rd_phone_handle (desk->phone, "crm", event, RD_ORIGIN_LIVE);
}

/* What the site says of the direction counts for more than whose id it is: a contact of an SMS portal may have the
 * number of a user. */
static void
test_direction (Desk *desk, gconstpointer data)
{
  hear_from (desk, RD_EVENT_MESSAGE_NEW, "1", ME, RD_EVENT_DIRECTION_UNKNOWN);
  hear_from (desk, RD_EVENT_MESSAGE_NEW, "2", ADA, RD_EVENT_DIRECTION_OUT);
  hear_from (desk, RD_EVENT_MESSAGE_NEW, "3", NULL, RD_EVENT_DIRECTION_OUT);
  hear_from (desk, RD_EVENT_MESSAGE_SENT, "4", NULL, RD_EVENT_DIRECTION_UNKNOWN);
  hear_from (desk, RD_EVENT_MESSAGE_SENT, "4", NULL, RD_EVENT_DIRECTION_OUT);
  g_assert_cmpuint (desk->n_news, ==, 0);
  hear_from (desk, RD_EVENT_MESSAGE_NEW, "5", ADA, RD_EVENT_DIRECTION_UNKNOWN);
  hear_from (desk, RD_EVENT_MESSAGE_NEW, "5", ADA, RD_EVENT_DIRECTION_UNKNOWN);
  g_assert_cmpuint (desk->n_news, ==, 1);
  hear_from (desk, RD_EVENT_MESSAGE_NEW, "6", ME, RD_EVENT_DIRECTION_IN);
  hear_from (desk, RD_EVENT_MESSAGE_NEW, "7", NULL, RD_EVENT_DIRECTION_UNKNOWN);
  g_assert_cmpuint (desk->n_news, ==, 3);
}

/* A call between two telephone numbers, neither of which is a user's id. */
static void
test_call_direction (Desk *desk, gconstpointer data)
{
  RdEvent *in = desk_make (desk, RD_EVENT_CALL_INITIATED, "1", "+15550001", "+15550002", 1);
  RdEvent *out = desk_make (desk, RD_EVENT_CALL_INITIATED, "2", "+15550002", "+15550001", 1);
  RdEvent *others = desk_make (desk, RD_EVENT_CALL_INITIATED, "3", "+15550001", "+15550002", 1);
  RdCall *call;

  in->direction = RD_EVENT_DIRECTION_IN;
  out->direction = RD_EVENT_DIRECTION_OUT;
  call = desk_hear (desk, in, RD_ORIGIN_LIVE);
  g_assert_true (rd_call_get_incoming (call));
  g_assert_cmpstr (rd_call_get_peer_id (call), ==, "+15550001");
  assert_ring (desk, FULL);
  call = desk_hear (desk, out, RD_ORIGIN_LIVE);
  g_assert_false (rd_call_get_incoming (call));
  g_assert_cmpstr (rd_call_get_peer_id (call), ==, "+15550001");
  g_assert_null (desk_hear (desk, others, RD_ORIGIN_LIVE));
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
  SCENE ("news/caught-up", test_caught_up);
  SCENE ("news/second-run", test_second_run);
  SCENE ("news/direction", test_direction);
  SCENE ("news/call-direction", test_call_direction);
  return g_test_run ();
}
