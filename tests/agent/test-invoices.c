/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "part-fixture.h"
#include "rd-invoices-private.h"
#include "rd-money.h"

#include <string.h>

/* An account's invoices in front of its site: pages, filters, details, payments by whatever way they are told of, what
 * came in, and what was missed. */

#define LIST "GET /api/v1/invoices"
#define NOTICES "GET /api/v1/user/notifications"
#define CHANNEL "private-user.7.notifications"

/* Invoices 1 to total, the newest last; every third is paid, and each is of one hour after the one before. */
typedef struct
{
  guint total;
  guint fails; /* this page is refused */
} Ledger;

typedef struct
{
  PartFixture part;
  RdInvoices *invoices;
  Ledger ledger;
} Fixture;

static void
on_invoice_changed (RdInvoices *invoices, GVariant *invoice, Fixture *f)
{
  const char *id = "";
  const char *status = "";
  const char *amount = "";

  g_variant_lookup (invoice, "id", "&s", &id);
  g_variant_lookup (invoice, "status", "&s", &status);
  g_variant_lookup (invoice, "amount", "&s", &amount);
  part_fixture_tell (&f->part, "invoice %s %s %s", id, status, amount);
}

static void
on_reset (RdInvoices *invoices, Fixture *f)
{
  part_fixture_tell (&f->part, "reset");
}

static void
on_missed (RdInvoices *invoices, RdEvent *event, Fixture *f)
{
  g_assert_nonnull (event->key);
  part_fixture_tell (&f->part, "missed %s %s", rd_event_kind_to_string (event->kind),
                     event->invoice_id != NULL ? event->invoice_id : event->title);
}

static void
on_open_changed (RdInvoices *invoices, Fixture *f)
{
  g_auto (GStrv) open = rd_invoices_dup_open (invoices);
  g_autofree char *all = g_strjoinv (",", open);

  part_fixture_tell (&f->part, "open %s", all);
}

static void
set_up (Fixture *f, gconstpointer profile)
{
  part_fixture_set_up (&f->part, profile);
  f->invoices = rd_invoices_new (f->part.site.site, "account-1");
  rd_invoices_set_clock (f->invoices, RD_CLOCK (f->part.clock));
  /* plain: the fixture outlives them */
  g_signal_connect (f->invoices, "invoice-changed", G_CALLBACK (on_invoice_changed), f);
  g_signal_connect (f->invoices, "invoices-reset", G_CALLBACK (on_reset), f);
  g_signal_connect (f->invoices, "missed", G_CALLBACK (on_missed), f);
  g_signal_connect (f->invoices, "open-changed", G_CALLBACK (on_open_changed), f);
}

static void
tear_down (Fixture *f, gconstpointer profile)
{
  rd_invoices_stop (f->invoices);
  rd_test_drain ();
  g_assert_finalize_object (f->invoices);
  part_fixture_tear_down (&f->part);
}

static void
append (GString *out, guint id)
{
  g_autofree char *at = part_fixture_time (((int) id - 1000) * 3600);

  g_string_append_printf (out,
                          "%s{\"id\":%u,\"invoiceNumber\":\"INV-%u\",\"status\":\"%s\",\"amount\":\"%u.50\","
                          "\"currency\":\"EUR\",\"createdAt\":\"%s\",\"description\":\"Work %u\"%s%s%s}",
                          out->str[out->len - 1] == '[' ? "" : ",", id, id, id % 3 == 0 ? "paid" : "pending", id, at,
                          id, id % 3 == 0 ? ",\"paidAt\":\"" : "", id % 3 == 0 ? at : "", id % 3 == 0 ? "\"" : "");
}

static gboolean
is_listed (guint id, const char *status, const char *search)
{
  g_autofree char *number = g_strdup_printf ("INV-%u", id);

  if (status != NULL && !g_str_equal (status, id % 3 == 0 ? "paid" : "pending"))
    return FALSE;
  return search == NULL || strstr (number, search) != NULL;
}

static char *
make_list (const MockRequest *request, guint *http, gpointer data)
{
  const Ledger *ledger = data;
  g_autofree char *page_text = part_fixture_parameter (request, "page");
  g_autofree char *limit_text = part_fixture_parameter (request, "limit");
  g_autofree char *status = part_fixture_parameter (request, "status");
  g_autofree char *search = part_fixture_parameter (request, "q");
  guint page = (guint) g_ascii_strtoull (page_text, NULL, 10);
  guint limit = (guint) g_ascii_strtoull (limit_text, NULL, 10);
  GString *out = g_string_new ("{\"success\":true,\"data\":{\"items\":[");
  guint n = 0;

  if (page == ledger->fails)
    {
      g_string_free (out, TRUE);
      return g_strdup ("{\"success\":false,\"message\":\"Not now\"}");
    }
  for (guint id = ledger->total; id > 0; id--)
    if (is_listed (id, status, search) && n++ / limit == page - 1)
      append (out, id);
  g_string_append_printf (out, "],\"pagination\":{\"hasMore\":%s}}}", n > page * limit ? "true" : "false");
  return g_string_free (out, FALSE);
}

static void
ledger_is (Fixture *f, guint total)
{
  f->ledger.total = total;
  mock_site_make (f->part.site.mock, LIST, make_list, &f->ledger);
}

static char *
list (Fixture *f, const char *search, const char *status, guint offset, guint limit, gboolean *more)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) invoices = NULL;

  rd_invoices_list_async (f->invoices, search, status, offset, limit, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  invoices = rd_invoices_list_finish (f->invoices, result, more, &error);
  g_assert_no_error (error);
  return part_fixture_column (invoices, "id");
}

static void
assert_list (Fixture *f, const char *search, const char *status, guint offset, guint limit, const char *expected,
             gboolean more)
{
  gboolean got_more = !more;
  g_autofree char *got = list (f, search, status, offset, limit, &got_more);

  g_assert_cmpstr (got, ==, expected);
  g_assert_cmpint (got_more, ==, more);
}

static void
take (Fixture *f, const char *event, const char *json)
{
  g_autoptr (RdEvent) mapped = part_fixture_map (&f->part, CHANNEL, event, json);

  rd_invoices_handle (f->invoices, mapped);
}

/* The lines so far, without waiting for what comes of itself. */
static guint
count_told (Fixture *f, const char *prefix)
{
  guint n = 0;

  for (guint i = 0; i < f->part.told->len; i++)
    n += g_str_has_prefix (f->part.told->pdata[i], prefix);
  return n;
}

static void
forget_told (Fixture *f)
{
  rd_test_drain ();
  g_ptr_array_set_size (f->part.told, 0);
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  ledger_is (f, 120);
  assert_list (f, "", "", 0, 3, "120 119 118", TRUE);
  assert_list (f, "", "", 47, 2, "73 72", TRUE);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 1);
  assert_list (f, "", "", 49, 3, "71 70 69", TRUE);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 2);
  assert_list (f, "", "", 118, 5, "2 1", FALSE);
  assert_list (f, "", "", 120, 5, "", FALSE);
  assert_list (f, "", "", G_MAXUINT, G_MAXUINT, "", FALSE);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 3);
}

/* Nobody gets a site asked for a thousand pages by asking for what is not there. */
static void
test_far_offset (Fixture *f, gconstpointer data)
{
  gboolean more = FALSE;
  g_autofree char *got = NULL;

  ledger_is (f, 20000);
  got = list (f, "", "", G_MAXUINT - 1, 200, &more);
  g_assert_cmpstr (got, ==, "");
  g_assert_true (more);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), <=, 50);
}

static void
test_filters (Fixture *f, gconstpointer data)
{
  ledger_is (f, 60);
  assert_list (f, "", "paid", 0, 3, "60 57 54", TRUE);
  part_fixture_asked (&f->part, LIST, 0, "status=paid");
  assert_list (f, "", "paid", 18, 3, "6 3", FALSE);
  assert_list (f, "INV-5", "", 0, 20, "59 58 57 56 55 54 53 52 51 50 5", FALSE);
  assert_list (f, "INV-5", "paid", 0, 20, "57 54 51", FALSE);
  assert_list (f, "a&b=c#", "", 0, 20, "", FALSE);
  part_fixture_asked (&f->part, LIST, mock_site_count (f->part.site.mock, LIST) - 1, "q=a%26b%3Dc%23");
}

/* Where the site lists nothing, what the line told is all there is. */
static void
test_without_list (Fixture *f, gconstpointer data)
{
  /* Without a token, which it may do without, nothing is asked. */
  site_fixture_give (f->part.site.site, NULL, NULL);
  take (f, "invoice.created",
        "{\"invoiceId\":1,\"title\":\"New\",\"status\":\"pending\",\"sentAt\":\"2026-01-05T11:00:00Z\"}");
  take (f, "invoice.created", "{\"invoiceId\":\"2\",\"title\":\"New Invoice\",\"sentAt\":\"2026-01-05T11:30:00Z\"}");
  take (f, "payment.received", "{\"invoiceId\":\"1\",\"title\":\"Payment\",\"type\":\"invoice_completed\"}");
  assert_list (f, "", "", 0, 10, "2 1", FALSE);
  assert_list (f, "", "paid", 0, 10, "1", FALSE);
  assert_list (f, "2", "", 0, 10, "2", FALSE);
}

static void
test_line_and_list (Fixture *f, gconstpointer data)
{
  ledger_is (f, 120);
  /* Before anything was listed: it comes in its place. */
  take (f, "invoice.updated", "{\"invoiceId\":10,\"title\":\"Invoice Updated\"}");
  assert_list (f, "", "", 0, 2, "120 119", TRUE);
  /* A new one is the first. */
  take (f, "invoice.created", "{\"invoiceId\":121,\"title\":\"New Invoice\",\"sentAt\":\"2026-01-05T11:00:00Z\"}");
  assert_list (f, "", "", 0, 2, "121 120", TRUE);
  f->ledger.total = 121;
  /* One whose place is further on is not put in front of it. */
  take (f, "payment.received", "{\"invoiceId\":10,\"title\":\"Payment\",\"status\":\"paid\"}");
  assert_list (f, "", "", 0, 2, "121 120", TRUE);
  assert_list (f, "", "", 110, 3, "11 10 9", TRUE);
  assert_list (f, "", "", 119, 3, "2 1", FALSE);
}

/* Two events on two channels, and the same once more: one invoice, paid once. */
static void
test_one_payment (Fixture *f, gconstpointer data)
{
  guint without_amount, without_date;
  g_autoptr (GVariant) income = NULL;
  g_autoptr (RdEvent) event = NULL;
  g_autofree char *currency = NULL;
  const char *sum = NULL;
  guint count = 0;
  gint64 money = 0;
  gint64 start;

  mock_site_say_text (f->part.site.mock, "GET /api/v1/invoices/7", 200, "application/json",
                      "{\"success\":true,\"data\":{\"invoice\":{\"id\":7,\"status\":\"paid\",\"amount\":12.5,"
                      "\"currency\":\"EUR\"}}}");
  mock_site_say_text (f->part.site.mock, LIST, 200, "application/json", "{\"data\":{\"items\":[]}}");
  event = part_fixture_map (&f->part, CHANNEL, "payment.received",
                            "{\"invoiceId\":7,\"title\":\"P\",\"status\":\"paid\"}");
  g_assert_false (rd_invoices_get_payment (f->invoices, event, &money, &currency));
  rd_invoices_handle (f->invoices, event);
  rd_invoices_handle (f->invoices, event);
  take (f, "invoice.status.changed", "{\"invoiceId\":\"7\",\"title\":\"S\",\"status\":\"paid\"}");
  part_fixture_told (&f->part, "invoice 7 paid ");
  /* How much, the site is asked, once. */
  rd_test_await (count_told (f, "invoice 7 paid 12.5") == 1);
  rd_test_await (mock_site_get_live (f->part.site.mock) == 0);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, "GET /api/v1/invoices/7"), ==, 1);
  g_assert_true (rd_invoices_get_payment (f->invoices, event, &money, &currency));
  g_assert_cmpint (money, ==, 125000);
  g_assert_cmpstr (currency, ==, "EUR");
  income = g_variant_ref_sink (rd_invoices_sum_income (f->invoices, FALSE, 1, &without_amount, &without_date));
  g_variant_get_child (income, 0, "(x&s&su)", &start, NULL, &sum, &count);
  g_assert_cmpstr (sum, ==, "12.50");
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpuint (without_amount + without_date, ==, 0);
  rd_test_drain ();
}

static char *
sum (Fixture *f, gboolean weeks, guint count)
{
  guint without_amount, without_date;
  g_autoptr (GVariant) income
    = g_variant_ref_sink (rd_invoices_sum_income (f->invoices, weeks, count, &without_amount, &without_date));
  GString *out = g_string_new (NULL);
  GVariantIter iter;
  const char *currency;
  const char *amount;
  gint64 start;
  guint n;

  g_variant_iter_init (&iter, income);
  while (g_variant_iter_next (&iter, "(x&s&su)", &start, &currency, &amount, &n))
    g_string_append_printf (out, "%s%s/%u ", currency, amount, n);
  g_string_append_printf (out, "%u %u", without_amount, without_date);
  return g_string_free (out, FALSE);
}

/* A page that fails makes no sum that is too small for good. */
static void
test_income_after_failure (Fixture *f, gconstpointer data)
{
  g_autofree char *early = NULL;
  g_autofree char *late = NULL;

  ledger_is (f, 300);
  f->ledger.fails = 2;
  early = sum (f, TRUE, 1);
  rd_test_await (mock_site_count (f->part.site.mock, LIST) == 2 && mock_site_get_live (f->part.site.mock) == 0);
  rd_test_drain ();
  g_assert_cmpuint (count_told (f, "reset"), ==, 0);
  f->ledger.fails = 0;
  g_free (sum (f, TRUE, 1));
  rd_test_await (count_told (f, "reset") == 1);
  rd_test_clock_set_time (f->part.clock, PART_NOON - 700 * G_TIME_SPAN_HOUR);
  late = sum (f, TRUE, 3);
  g_assert_cmpstr (early, !=, late);
  g_assert_nonnull (strstr (late, "EUR"));
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 3);
}

static void
get (Fixture *f, const char *id, int code, const char *key, const char *expected)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) invoice = NULL;
  const char *got = NULL;

  rd_invoices_get_async (f->invoices, id, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  invoice = rd_invoices_get_finish (f->invoices, result, &error);
  if (code >= 0)
    {
      g_assert_error (error, RD_FAULT, code);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (invoice, key, "&s", &got));
  g_assert_cmpstr (got, ==, expected);
}

static void
test_details (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  mock_site_say_text (mock, "GET /api/v1/invoices/7", 200, "application/json",
                      "{\"success\":true,\"data\":{\"invoice\":{\"id\":\"7\",\"status\":\"PAID\",\"amount\":-12.5}}}");
  mock_site_say_text (mock, "GET /api/v1/invoices/8", 200, "application/json",
                      "{\"success\":false,\"message\":\"Invoice not found\"}");
  mock_site_say_text (mock, "GET /api/v1/invoices/9", 200, "application/json",
                      "{\"success\":true,\"data\":{\"invoice\":{\"id\":7,\"status\":\"paid\"}}}");
  mock_site_say_text (mock, "GET /api/v1/invoices/a%2Fb%0A%25", 200, "application/json",
                      "{\"data\":{\"invoice\":{\"id\":\"a/b\",\"status\":\"paid\"}}}");
  mock_site_say_text (mock, "GET /api/v1/invoices/html", 200, "text/html", "<html>");
  get (f, "7", -1, "status", "paid");
  get (f, "8", RD_FAULT_REFUSED, NULL, NULL);
  get (f, "9", RD_FAULT_NOT_FOUND, NULL, NULL);
  get (f, "a/b\n%", RD_FAULT_NOT_FOUND, NULL, NULL);
  get (f, "html", RD_FAULT_BAD_REPLY, NULL, NULL);
  get (f, "", RD_FAULT_NOT_FOUND, NULL, NULL);
  get (f, "..", RD_FAULT_BAD_INPUT, NULL, NULL);
  g_assert_cmpuint (mock_site_count (mock, "GET /api/v1/"), ==, 0);
}

/* Amounts */

static void
payment_is (Fixture *f, const char *fields, const char *expected)
{
  g_autofree char *json = g_strdup_printf ("{\"invoiceId\":1,\"title\":\"P\",\"status\":\"paid\",%s}", fields);
  g_autoptr (RdEvent) event = part_fixture_map (&f->part, CHANNEL, "payment.received", json);
  g_autoptr (RdInvoices) invoices = rd_invoices_new (f->part.site.site, "account-1");
  g_autofree char *currency = NULL;
  gint64 money = 0;
  gboolean known;

  rd_invoices_handle (invoices, event);
  known = rd_invoices_get_payment (invoices, event, &money, &currency);
  rd_invoices_stop (invoices);
  g_assert_cmpint (known, ==, expected != NULL);
  if (known)
    {
      g_autofree char *text = rd_money_to_string (money);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_amounts (Fixture *f, gconstpointer data)
{
  payment_is (f, "\"amount\":\"1240.50\"", "1240.50");
  payment_is (f, "\"amount\":1240.5,\"currency\":\"EUR\"", "1240.50");
  payment_is (f, "\"amount\":\"1,240.50\"", NULL);
  payment_is (f, "\"amount\":-3", NULL);
  payment_is (f, "\"amount\":\"-0.01\"", NULL);
  payment_is (f, "\"amount\":\"99999999999999999999\"", NULL);
  payment_is (f, "\"amount\":1e308", NULL);
  payment_is (f, "\"amount\":\"NaN\"", NULL);
  payment_is (f, "\"amount\":[]", NULL);
  /* What came in counts, and not what was to come; if it cannot be read, nobody knows. */
  payment_is (f, "\"amount\":\"100\",\"paidAmount\":\"40\"", "40");
  payment_is (f, "\"amount\":\"100\",\"paidAmount\":0", NULL);
  payment_is (f, "\"amount\":\"100\",\"paidAmount\":\"1,040\"", NULL);
  payment_is (f, "\"amount\":\"100\",\"paidAmount\":-5", NULL);
  rd_test_await (mock_site_get_live (f->part.site.mock) == 0);
}

/* Missed */

static void
catch_up (Fixture *f, gint64 since)
{
  rd_invoices_catch_up (f->invoices, since);
  rd_test_await (rd_invoices_is_known (f->invoices) && !rd_invoices_is_behind (f->invoices));
  rd_test_drain ();
}

static void
no_notices (Fixture *f)
{
  mock_site_say_text (f->part.site.mock, NOTICES, 200, "application/json", "{\"data\":{\"items\":[]}}");
}

static void
test_first_time (Fixture *f, gconstpointer data)
{
  ledger_is (f, 120);
  catch_up (f, 0);
  g_assert_cmpuint (count_told (f, "missed"), ==, 0);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, LIST), ==, 1);
  g_assert_true (rd_invoices_is_known (f->invoices));
}

static void
test_missed (Fixture *f, gconstpointer data)
{
  static const char * const open[] = { "50", "51", NULL };

  no_notices (f);
  ledger_is (f, 1000);
  /* Open in an earlier run: 50 still is, 51 was paid meanwhile. 999 and 1000 are of the last hour and a half. */
  rd_invoices_restore_open (f->invoices, open);
  mock_site_say_text (f->part.site.mock, "GET /api/v1/invoices/51", 200, "application/json",
                      "{\"data\":{\"invoice\":{\"id\":51,\"status\":\"paid\",\"amount\":\"5\"}}}");
  mock_site_say_text (f->part.site.mock, "GET /api/v1/invoices/50", 200, "application/json",
                      "{\"data\":{\"invoice\":{\"id\":50,\"status\":\"pending\",\"amount\":\"5\"}}}");
  catch_up (f, PART_NOON - 90 * PART_MINUTE);
  g_assert_cmpuint (count_told (f, "missed payment.received 999"), ==, 1);
  g_assert_cmpuint (count_told (f, "missed invoice.created 1000"), ==, 1);
  g_assert_cmpuint (count_told (f, "missed payment.received 51"), ==, 1);
  g_assert_cmpuint (count_told (f, "missed"), ==, 3);
  forget_told (f);
  /* The same again: nothing is new. */
  catch_up (f, PART_NOON - 90 * PART_MINUTE);
  g_assert_cmpuint (count_told (f, "missed"), ==, 0);
}

/* What the line brings while it is asked is not lost with the list that it was in. */
static void
test_live_while_asking (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  no_notices (f);
  mock_site_hang (mock, LIST);
  rd_invoices_catch_up (f->invoices, 0);
  part_fixture_await (&f->part, LIST, 1);
  take (f, "invoice.created", "{\"invoiceId\":2,\"title\":\"New\",\"sentAt\":\"2026-01-05T11:59:00Z\"}");
  mock_site_answer (mock, 200,
                    "{\"data\":{\"items\":[{\"id\":1,\"status\":\"pending\",\"createdAt\":\"2026-01-05T10:00:00Z\"}],"
                    "\"pagination\":{\"hasMore\":false}}}");
  rd_test_await (rd_invoices_is_known (f->invoices));
  assert_list (f, "", "", 0, 10, "2 1", FALSE);
}

static void
test_missed_fails (Fixture *f, gconstpointer data)
{
  no_notices (f);
  mock_site_say_text (f->part.site.mock, LIST, 200, "application/json", "{\"success\":false,\"message\":\"Not now\"}");
  ledger_is (f, 1000);
  rd_invoices_catch_up (f->invoices, PART_NOON - 90 * PART_MINUTE);
  rd_test_await (rd_test_clock_get_timers (f->part.clock) == 1);
  g_assert_true (rd_invoices_is_behind (f->invoices));
  g_assert_cmpuint (count_told (f, "missed"), ==, 0);
  rd_test_clock_advance (f->part.clock, 18000);
  rd_test_await (!rd_invoices_is_behind (f->invoices));
  g_assert_cmpuint (count_told (f, "missed"), ==, 2);
}

/* The user has paused the account while the site was asked: nobody asks it again by himself. */
static void
test_missed_paused (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  no_notices (f);
  mock_site_hang (mock, LIST);
  ledger_is (f, 1000);
  rd_invoices_catch_up (f->invoices, PART_NOON - 90 * PART_MINUTE);
  part_fixture_await (&f->part, LIST, 1);
  rd_invoices_pause (f->invoices);
  mock_site_answer (mock, 500, "{}");
  rd_test_await (f->invoices->walk == NULL);
  rd_test_clock_advance (f->part.clock, 600000);
  rd_test_drain ();
  g_assert_cmpuint (rd_test_clock_get_timers (f->part.clock), ==, 0);
  g_assert_cmpuint (mock_site_count (mock, LIST), ==, 1);
  rd_invoices_catch_up (f->invoices, PART_NOON - 30 * PART_MINUTE);
  rd_test_await (!rd_invoices_is_behind (f->invoices));
  g_assert_cmpuint (count_told (f, "missed"), ==, 2);
}

static void
test_notices (Fixture *f, gconstpointer data)
{
  ledger_is (f, 1);
  mock_site_say_text (f->part.site.mock, NOTICES, 200, "application/json",
                      "{\"data\":{\"items\":["
                      "{\"title\":\"B\",\"type\":\"sweep_completed\",\"createdAt\":\"2026-01-05T11:59:00Z\"},"
                      "{\"title\":\"A\",\"type\":\"merchant_approved\",\"createdAt\":\"2026-01-05T11:58:00Z\"},"
                      "{\"title\":\"Paid\",\"type\":\"invoice_completed\",\"createdAt\":\"2026-01-05T11:58:00Z\"},"
                      "{\"title\":\"Old\",\"type\":\"sweep_completed\",\"createdAt\":\"2026-01-04T11:58:00Z\"},"
                      "{\"title\":\"Undated\",\"type\":\"sweep_completed\"}]}}");
  catch_up (f, PART_NOON - 10 * PART_MINUTE);
  g_assert_cmpuint (count_told (f, "missed notice"), ==, 2);
  g_assert_true (g_str_equal (f->part.told->pdata[0], "missed notice A"));
}

static void
test_stopped (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) got = NULL;

  mock_site_hang (f->part.site.mock, LIST);
  mock_site_hang (f->part.site.mock, "GET /api/v1/invoices/7");
  rd_invoices_catch_up (f->invoices, PART_NOON);
  rd_invoices_list_async (f->invoices, "", "paid", 0, 10, rd_test_store_result, &listed);
  rd_invoices_get_async (f->invoices, "7", rd_test_store_result, &got);
  g_free (sum (f, FALSE, 7));
  take (f, "invoice.created", "{\"invoiceId\":1,\"title\":\"New\"}");
  forget_told (f);
  rd_invoices_stop (f->invoices);
  rd_test_await (listed != NULL && got != NULL);
  g_assert_true (g_task_had_error (G_TASK (listed)));
  g_assert_true (g_task_had_error (G_TASK (got)));
  take (f, "invoice.created", "{\"invoiceId\":2,\"title\":\"New\"}");
  rd_invoices_catch_up (f->invoices, PART_NOON);
  rd_test_drain ();
  part_fixture_told (&f->part, "");
  g_assert_cmpuint (rd_test_clock_get_timers (f->part.clock), ==, 0);
}

/* Strangers */

static void
test_strangers (Fixture *f, gconstpointer data)
{
  static const char * const values[] = {
    "null", "true", "-1", "1e308", "123456789012345678901234567890", "\"\"", "[]", "{}", "\"../..\"", "\"a\\nb\"",
    "\"\\u202e<b>x\"", "\"+040000-01-01T00:00:00Z\"", "[[[[[[[[{}]]]]]]]]",
  };
  static const char * const events[] = {
    "payment.received", "invoice.created", "invoice.updated", "invoice.status.changed", "payment_completed",
    "withdrawal_rejected",
  };
  RdProfile *profile = rd_site_get_profile (f->part.site.site);
  g_autoptr (GVariant) income = NULL;
  guint without_amount, without_date;

  mock_site_say_text (f->part.site.mock, LIST, 200, "application/json", "{\"data\":{\"items\":[]}}");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      {
        g_autofree char *json = g_strdup_printf (
          "{\"invoiceId\":%1$s,\"title\":%2$s,\"status\":%2$s,\"amount\":%1$s,\"paidAmount\":%2$s,\"currency\":%1$s,"
          "\"sentAt\":%2$s,\"invoiceNumber\":%1$s,\"metadata\":%1$s}", values[i], values[j]);
        g_autoptr (JsonNode) node = json_from_string (json, NULL);

        for (guint k = 0; node != NULL && k < G_N_ELEMENTS (events); k++)
          {
            g_autoptr (RdEvent) event = rd_profile_map_event (profile, CHANNEL, events[k], node, NULL);

            if (event != NULL)
              rd_invoices_handle (f->invoices, event);
          }
      }
  income = g_variant_ref_sink (rd_invoices_sum_income (f->invoices, TRUE, 400, &without_amount, &without_date));
  g_assert_cmpuint (g_variant_n_children (income), >=, 400);
  rd_test_await (mock_site_get_live (f->part.site.mock) == 0);
  rd_test_drain ();
}

static void
test_strange_lists (Fixture *f, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (50000, '[');
  const char *replies[] = {
    "<html>", "7", "{\"data\":{\"items\":7}}", "{\"data\":{\"items\":{\"a\":1}}}", deep, "{\"success\":false}", "null",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autoptr (RdInvoices) fresh = rd_invoices_new (f->part.site.site, "account-1");
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GVariant) invoices = NULL;
      gboolean more = TRUE;

      mock_site_hang (f->part.site.mock, LIST);
      rd_invoices_list_async (fresh, "", "", 0, 10, rd_test_store_result, &result);
      part_fixture_await (&f->part, LIST, i + 1);
      mock_site_answer (f->part.site.mock, 200, replies[i]);
      rd_test_await (result != NULL);
      invoices = rd_invoices_list_finish (fresh, result, &more, NULL);
      g_assert_true (invoices == NULL || (g_variant_n_children (invoices) == 0 && !more));
    }
}

static void
add (const char *name, const char *profile, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/agent/invoices/", name, NULL);

  g_test_add (path, Fixture, profile, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  add ("pages", "invoices", test_pages);
  add ("far-offset", "invoices", test_far_offset);
  add ("filters", "invoices", test_filters);
  add ("without-list", "invoices-seed", test_without_list);
  add ("line-and-list", "invoices", test_line_and_list);
  add ("one-payment", "invoices", test_one_payment);
  add ("income-after-failure", "invoices", test_income_after_failure);
  add ("details", "invoices", test_details);
  add ("amounts", "invoices", test_amounts);
  add ("first-time", "invoices", test_first_time);
  add ("missed", "invoices", test_missed);
  add ("live-while-asking", "invoices", test_live_while_asking);
  add ("missed-fails", "invoices", test_missed_fails);
  add ("missed-paused", "invoices", test_missed_paused);
  add ("notices", "invoices", test_notices);
  add ("stopped", "invoices", test_stopped);
  add ("strangers", "invoices", test_strangers);
  add ("strange-lists", "invoices", test_strange_lists);
  return g_test_run ();
}
