/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-client.h"

#include "rd-demo-invoices.h"
#include "rd-demo-json.h"
#include "rd-test.h"

#define KEY "invoice-key"

typedef struct
{
  RdDemoChannels *channels;
  RdDemoInvoices *site;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  RdDemoInvoicesRevision revision = GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;

  fixture->channels = rd_demo_channels_new ();
  rd_demo_channels_add_app (fixture->channels, "invoices", KEY, "secret");
  rd_demo_channels_listen (fixture->channels, 0, &error);
  g_assert_no_error (error);
  fixture->site = rd_demo_invoices_new (fixture->channels, "invoices", revision);
  rd_demo_site_listen (rd_demo_invoices_get_site (fixture->site), 0, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_drain ();
  g_assert_finalize_object (fixture->site);
  g_assert_finalize_object (fixture->channels);
}

static JsonNode *
ask (Fixture *fixture, const char *method, const char *path, const char *body, guint status)
{
  g_autofree char *url = g_strconcat (rd_demo_site_get_url (rd_demo_invoices_get_site (fixture->site)), path, NULL);
  guint got;
  JsonNode *reply =
      demo_request (method, url, rd_demo_invoices_get_token (fixture->site), "application/json", body, &got);

  g_assert_cmpuint (got, ==, status);
  g_assert_nonnull (reply);
  return reply;
}

static JsonObject *
data_of (JsonNode *reply)
{
  return rd_demo_json_get_object (json_node_get_object (reply), "data");
}

/* The same payment comes on both channels, and the second payment of an invoice is none. */
static void
test_payment_seed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (DemoClient) client = demo_client_new (rd_demo_channels_get_port (fixture->channels), KEY, TRUE);
  g_autoptr (JsonObject) first = NULL;
  g_autoptr (JsonObject) second = NULL;

  demo_client_subscribe (client, "invoice.7", NULL, NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
  demo_client_subscribe (client, "user.7.invoices", NULL, NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));

  g_assert_true (rd_demo_invoices_pay (fixture->site, 7));
  g_assert_false (rd_demo_invoices_pay (fixture->site, 7));
  g_assert_false (rd_demo_invoices_pay (fixture->site, 0));
  g_assert_false (rd_demo_invoices_pay (fixture->site, 4711));
  first = demo_client_expect (client, "payment.received");
  second = demo_client_expect (client, "payment.received");
  g_assert_cmpstr (rd_demo_json_get_string (first, "channel"), ==, "invoice.7");
  g_assert_cmpstr (rd_demo_json_get_string (second, "channel"), ==, "user.7.invoices");
  g_assert_cmpstr (rd_demo_json_get_string (first, "data"), ==, rd_demo_json_get_string (second, "data"));
  {
    g_autoptr (JsonNode) node = demo_frame_data (g_steal_pointer (&first));
    JsonObject *payment = json_node_get_object (node);

    g_assert_cmpint (rd_demo_json_get_id (payment, "invoiceId"), ==, 7);
    g_assert_cmpstr (rd_demo_json_get_string (payment, "type"), ==, "invoice_completed");
    g_assert_cmpstr (rd_demo_json_get_string (payment, "status"), ==, "paid");
    g_assert_nonnull (rd_demo_json_get_string (payment, "sentAt"));
  }
  demo_client_expect_silence (client);
}

static char *
authorise (Fixture *fixture, DemoClient *client, const char *channel, guint status)
{
  g_autofree char *body =
      g_strdup_printf ("{\"socket_id\":\"%s\",\"channel_name\":\"%s\"}", client->socket_id, channel);
  g_autoptr (JsonNode) reply = ask (fixture, "POST", "/api/pusher/auth", body, status);
  JsonObject *wrapped = data_of (reply);

  return wrapped != NULL ? g_strdup (rd_demo_json_get_string (wrapped, "auth")) : NULL;
}

static void
test_private_later (Fixture *fixture, gconstpointer data)
{
  static const char channel[] = "private-user.7.notifications";
  g_autoptr (DemoClient) client = demo_client_new (rd_demo_channels_get_port (fixture->channels), KEY, TRUE);
  g_autofree char *auth = authorise (fixture, client, channel, 200);
  g_autofree char *foreign = authorise (fixture, client, "private-user.8.notifications", 403);
  g_autofree char *unknown = authorise (fixture, client, "private-invoice.4711", 403);
  g_autofree char *invoice = authorise (fixture, client, "private-invoice.7", 200);
  g_autofree char *url =
      g_strconcat (rd_demo_site_get_url (rd_demo_invoices_get_site (fixture->site)), "/api/pusher/auth", NULL);
  g_autoptr (JsonNode) form = NULL;
  g_autoptr (JsonNode) notice = NULL;
  guint status;

  g_assert_null (foreign);
  g_assert_null (unknown);
  g_assert_nonnull (invoice);
  demo_client_subscribe (client, channel, auth, NULL);
  json_object_unref (demo_client_expect (client, "pusher_internal:subscription_succeeded"));
  rd_demo_invoices_pay (fixture->site, 7);
  json_object_unref (demo_client_expect (client, "payment.received"));
  rd_demo_invoices_notify (fixture->site, "withdrawal_completed", "Withdrawal", "It is done", "W-1");
  notice = demo_frame_data (demo_client_expect (client, "withdrawal_completed"));
  g_assert_cmpstr (rd_demo_json_get_string (json_node_get_object (notice), "message"), ==, "It is done");
  g_assert_false (json_object_has_member (json_node_get_object (notice), "body"));

  /* this server takes no forms */
  form = demo_request ("POST", url, rd_demo_invoices_get_token (fixture->site), "application/x-www-form-urlencoded",
                       "socket_id=1.2&channel_name=private-invoice.7", &status);
  g_assert_cmpuint (status, ==, 400);
}

static void
test_rest (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url =
      g_strconcat (rd_demo_site_get_url (rd_demo_invoices_get_site (fixture->site)), "/api/v1/invoices", NULL);
  g_autoptr (JsonNode) login = ask (fixture, "POST", "/api/v1/auth/login", "{\"email\":\"a@b.c\"}", 200);
  g_autoptr (JsonNode) list = ask (fixture, "GET", "/api/v1/invoices?page=2&limit=4", NULL, 200);
  g_autoptr (JsonNode) one = ask (fixture, "GET", "/api/v1/invoices/7", NULL, 200);
  g_autoptr (JsonNode) none = ask (fixture, "GET", "/api/v1/invoices/4711", NULL, 404);
  g_autoptr (JsonNode) unread = NULL;
  g_autoptr (JsonNode) marked = NULL;
  g_autoptr (JsonNode) odd = ask (fixture, "PATCH", "/api/v1/user/notifications/mark-as-read", "{}", 400);
  g_autoptr (JsonNode) nobody = NULL;
  guint status;

  g_assert_false (json_object_get_boolean_member (json_node_get_object (login), "success"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (data_of (list), "items")), ==, 4);
  g_assert_cmpstr (rd_demo_json_get_string (rd_demo_json_get_object (data_of (one), "invoice"), "invoiceNumber"), ==,
                   "INV-0007");
  g_assert_false (json_object_get_boolean_member (json_node_get_object (none), "success"));

  rd_demo_invoices_create (fixture->site, "10.00", "Coffee");
  unread = ask (fixture, "GET", "/api/v1/user/notifications/unread-count", NULL, 200);
  g_assert_cmpint (rd_demo_json_get_id (data_of (unread), "unreadCount"), ==, 1);
  marked = ask (fixture, "PATCH", "/api/v1/user/notifications/mark-as-read", "{\"notificationIds\":[\"1\",2,null]}",
                200);
  nobody = demo_request ("GET", url, "guess", NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 401);
}

/* Who goes on paying goes on from there, and begins again only after the last. */
static void
test_next_to_pay (Fixture *fixture, gconstpointer data)
{
  static const guint order[] = { 7, 8, 9, 10, 1, 2, 3, 4, 5, 6 };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_assert_cmpuint (rd_demo_invoices_get_next (fixture->site), ==, order[i]);
      g_assert_true (rd_demo_invoices_pay (fixture->site, order[i]));
    }
  g_assert_cmpuint (rd_demo_invoices_get_next (fixture->site), ==, 0);
}

static guint
count_found (Fixture *fixture, const char *query)
{
  g_autofree char *path = g_strconcat ("/api/v1/invoices?limit=100&", query, NULL);
  g_autoptr (JsonNode) reply = ask (fixture, "GET", path, NULL, 200);

  return json_array_get_length (json_object_get_array_member (data_of (reply), "items"));
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  rd_demo_invoices_add_history (fixture->site, 70);
  g_assert_cmpuint (count_found (fixture, "status=pending"), ==, 10);
  g_assert_cmpuint (count_found (fixture, "status=expired"), ==, 10);
  g_assert_cmpuint (count_found (fixture, "q=inv-0007"), ==, 1);
  g_assert_cmpuint (count_found (fixture, "q=HOSTING&status=pending"), ==, 2);
  g_assert_cmpuint (count_found (fixture, "q=nothing+of+the+kind"), ==, 0);
  g_assert_cmpuint (count_found (fixture, "dateFrom=2999-01-01"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, revision, function) \
  g_test_add ("/demo/invoices/" name, Fixture, GINT_TO_POINTER (revision), set_up, function, tear_down)
  ADD ("payment-seed", RD_DEMO_INVOICES_SEED, test_payment_seed);
  ADD ("private-later", RD_DEMO_INVOICES_LATER, test_private_later);
  ADD ("rest", RD_DEMO_INVOICES_SEED, test_rest);
  ADD ("next-to-pay", RD_DEMO_INVOICES_SEED, test_next_to_pay);
  ADD ("search", RD_DEMO_INVOICES_LATER, test_search);
#undef ADD
  return g_test_run ();
}
