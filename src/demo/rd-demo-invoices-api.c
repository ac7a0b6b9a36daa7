/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-invoices-private.h"

#include "rd-demo-json.h"

#include <string.h>

/* The invoice site's REST API (backends.md, 4). It says most of its failures with HTTP 200. */

#define DEFAULT_LIMIT 20
#define MAX_LIMIT 100

char *
rd_demo_invoice_dup_number (const RdDemoInvoice *self)
{
  return g_strdup_printf ("INV-%04u", self->id);
}

JsonObject *
rd_demo_invoice_to_json (const RdDemoInvoice *self)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%u", self->id);
  g_autofree char *number = rd_demo_invoice_dup_number (self);
  g_autofree char *code = g_compute_checksum_for_string (G_CHECKSUM_MD5, number, -1);
  gboolean paid = strcmp (self->status, "paid") == 0;

  code[8] = '\0';
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "invoiceId", id);
  json_object_set_string_member (object, "invoiceNumber", number);
  json_object_set_string_member (object, "publicCode", code);
  json_object_set_string_member (object, "status", self->status);
  json_object_set_string_member (object, "amount", self->amount);
  json_object_set_string_member (object, "currency", "EUR");
  json_object_set_string_member (object, "paidAmount", paid ? self->amount : "0.00");
  rd_demo_json_set_time (object, "createdAt", self->created_at);
  rd_demo_json_set_time (object, "paidAt", self->paid_at);
  rd_demo_json_set_time (object, "expiresAt", self->created_at + 7 * G_TIME_SPAN_DAY);
  json_object_set_string_member (object, "description", self->description);
  json_object_set_string_member (object, "memo", "");
  json_object_set_string_member (object, "coinNetwork", "TRC20");
  return object;
}

/* {"success": true, "data": …}, the shape of all its replies */
static void
reply_data (RdDemoRequest *request, JsonObject *data)
{
  JsonObject *reply = json_object_new ();

  json_object_set_boolean_member (reply, "success", TRUE);
  json_object_set_object_member (reply, "data", data);
  rd_demo_request_reply (request, 200, rd_demo_json_take (reply));
}

/* This site says most of its failures with HTTP 200. */
static void
reply_failure (RdDemoRequest *request, guint status, const char *message)
{
  JsonObject *reply = json_object_new ();

  json_object_set_boolean_member (reply, "success", FALSE);
  json_object_set_string_member (reply, "message", message);
  rd_demo_request_reply (request, status, rd_demo_json_take (reply));
}

static void
on_login (RdDemoRequest *request, gpointer user_data)
{
  reply_failure (request, 200, "Please complete the captcha");
}

/* Somewhere in what people would look for */
static gboolean
contains (const RdDemoInvoice *invoice, const char *query)
{
  g_autofree char *number = rd_demo_invoice_dup_number (invoice);
  g_autofree char *text = g_strjoin ("\n", number, invoice->description, invoice->amount, NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, query) != NULL;
}

/* µs since the epoch; @otherwise where there is none */
static gint64
get_date (RdDemoRequest *request, const char *name, gint64 otherwise)
{
  const char *text = rd_demo_request_get_query (request, name);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *stamp =
      text != NULL && strlen (text) == 10 ? g_strconcat (text, "T00:00:00Z", NULL) : g_strdup (text);
  g_autoptr (GDateTime) time = stamp != NULL ? g_date_time_new_from_iso8601 (stamp, utc) : NULL;

  return time != NULL ? g_date_time_to_unix (time) * G_USEC_PER_SEC : otherwise;
}

/* (transfer container): those that were asked for, newest first */
static GPtrArray *
filter (RdDemoInvoices *self, RdDemoRequest *request)
{
  GPtrArray *all = rd_demo_invoices_get_by_date (self);
  GPtrArray *found = g_ptr_array_new ();
  const char *status = rd_demo_request_get_query (request, "status");
  const char *query = rd_demo_request_get_query (request, "q");
  g_autofree char *folded = query != NULL && *query != '\0' ? g_utf8_casefold (query, -1) : NULL;
  gint64 from = get_date (request, "dateFrom", 0);
  gint64 to = get_date (request, "dateTo", G_MAXINT64);

  for (guint i = all->len; i > 0; i--)
    {
      RdDemoInvoice *invoice = g_ptr_array_index (all, i - 1);

      if (status != NULL && *status != '\0' && strcmp (status, invoice->status) != 0)
        continue;
      if (invoice->created_at >= from && invoice->created_at <= to && (folded == NULL || contains (invoice, folded)))
        g_ptr_array_add (found, invoice);
    }
  return found;
}

static void
on_invoices (RdDemoRequest *request, gpointer user_data)
{
  g_autoptr (GPtrArray) found = filter (user_data, request);
  gint64 limit = MIN (rd_demo_request_get_number (request, "limit", DEFAULT_LIMIT, 1), MAX_LIMIT);
  gint64 page = rd_demo_request_get_number (request, "page", 1, 1);
  JsonObject *data = json_object_new ();
  JsonObject *pagination = json_object_new ();
  JsonArray *items = json_array_new ();

  for (gint64 i = (page - 1) * limit; i < MIN (page * limit, found->len); i++)
    json_array_add_object_element (items, rd_demo_invoice_to_json (g_ptr_array_index (found, i)));
  json_object_set_int_member (pagination, "page", page);
  json_object_set_int_member (pagination, "limit", limit);
  json_object_set_int_member (pagination, "total", found->len);
  json_object_set_int_member (pagination, "totalPages", (found->len + limit - 1) / limit);
  json_object_set_boolean_member (pagination, "hasNext", page * limit < found->len);
  json_object_set_array_member (data, "items", items);
  json_object_set_object_member (data, "pagination", pagination);
  reply_data (request, data);
}

static void
on_invoice (RdDemoRequest *request, gpointer user_data)
{
  RdDemoInvoice *invoice = rd_demo_invoices_lookup (user_data, rd_demo_request_get_id (request, 0));
  JsonObject *data;

  if (invoice == NULL)
    {
      reply_failure (request, 404, "Invoice not found");
      return;
    }
  data = json_object_new ();
  json_object_set_object_member (data, "invoice", rd_demo_invoice_to_json (invoice));
  reply_data (request, data);
}

static gboolean
is_read (JsonObject *notification)
{
  return json_object_get_boolean_member (notification, "isRead");
}

static gint64
count_unread (RdDemoInvoices *self)
{
  GPtrArray *notifications = rd_demo_invoices_get_notifications (self);
  gint64 count = 0;

  for (guint i = 0; i < notifications->len; i++)
    count += is_read (g_ptr_array_index (notifications, i)) ? 0 : 1;
  return count;
}

/* Newest first; without the read ones if the page says so */
static void
on_notifications (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *notifications = rd_demo_invoices_get_notifications (user_data);
  gboolean all = g_strcmp0 (rd_demo_request_get_query (request, "includeRead"), "false") != 0;
  gint64 limit = MIN (rd_demo_request_get_number (request, "limit", DEFAULT_LIMIT, 1), MAX_LIMIT);
  gint64 offset = rd_demo_request_get_number (request, "offset", 0, 0);
  JsonObject *data = json_object_new ();
  JsonArray *array = json_array_new ();
  gint64 place = 0;

  for (guint i = notifications->len; i > 0; i--)
    {
      JsonObject *notification = g_ptr_array_index (notifications, i - 1);

      if (!all && is_read (notification))
        continue;
      if (place >= offset && place < offset + limit)
        json_array_add_object_element (array, json_object_ref (notification));
      place++;
    }
  json_object_set_array_member (data, "notifications", array);
  json_object_set_int_member (data, "total", place);
  json_object_set_int_member (data, "unreadCount", count_unread (user_data));
  reply_data (request, data);
}

static void
on_unread_count (RdDemoRequest *request, gpointer user_data)
{
  JsonObject *data = json_object_new ();

  json_object_set_int_member (data, "unreadCount", count_unread (user_data));
  reply_data (request, data);
}

static void
on_mark_as_read (RdDemoRequest *request, gpointer user_data)
{
  GPtrArray *notifications = rd_demo_invoices_get_notifications (user_data);
  JsonNode *node = json_object_get_member (request->body, "notificationIds");
  JsonArray *ids = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (ids == NULL)
    {
      reply_failure (request, 400, "notificationIds must be an array");
      return;
    }
  for (guint i = 0; i < notifications->len; i++)
    for (guint j = 0; j < json_array_get_length (ids); j++)
      {
        JsonObject *notification = g_ptr_array_index (notifications, i);
        JsonNode *id = json_array_get_element (ids, j);

        if (JSON_NODE_HOLDS_VALUE (id) && json_node_get_value_type (id) == G_TYPE_STRING
            && g_strcmp0 (json_node_get_string (id), rd_demo_json_get_string (notification, "id")) == 0)
          json_object_set_boolean_member (notification, "isRead", TRUE);
      }
  reply_data (request, json_object_new ());
}

/* JSON only, as the later revision's server has it */
static void
on_pusher_auth (RdDemoRequest *request, gpointer user_data)
{
  const char *socket_id = rd_demo_json_get_string (request->body, "socket_id");
  const char *channel = rd_demo_json_get_string (request->body, "channel_name");
  g_autofree char *auth = NULL;
  JsonObject *data;

  if (!rd_demo_request_is_json (request) || socket_id == NULL || channel == NULL)
    {
      reply_failure (request, 400, "socket_id and channel_name are required");
      return;
    }
  auth = rd_demo_invoices_authorize (user_data, socket_id, channel);
  if (auth == NULL)
    {
      reply_failure (request, 403, "Forbidden");
      return;
    }
  data = json_object_new ();
  json_object_set_string_member (data, "auth", auth);
  reply_data (request, data);
}

void
rd_demo_invoices_install_api (RdDemoInvoices *self)
{
  RdDemoSite *site = rd_demo_invoices_get_site (self);

  rd_demo_site_add_route (site, "POST", "/api/v1/auth/login", RD_DEMO_ROUTE_PUBLIC | RD_DEMO_ROUTE_SECRET,
                          on_login, self);
  rd_demo_site_add_route (site, "GET", "/api/v1/invoices", RD_DEMO_ROUTE_NONE, on_invoices, self);
  rd_demo_site_add_route (site, "GET", "/api/v1/invoices/*", RD_DEMO_ROUTE_NONE, on_invoice, self);
  rd_demo_site_add_route (site, "GET", "/api/v1/user/notifications", RD_DEMO_ROUTE_NONE, on_notifications, self);
  rd_demo_site_add_route (site, "GET", "/api/v1/user/notifications/unread-count", RD_DEMO_ROUTE_NONE,
                          on_unread_count, self);
  rd_demo_site_add_route (site, "PATCH", "/api/v1/user/notifications/mark-as-read", RD_DEMO_ROUTE_NONE,
                          on_mark_as_read, self);
  rd_demo_site_add_route (site, "POST", "/api/pusher/auth", RD_DEMO_ROUTE_NONE, on_pusher_auth, self);
}

