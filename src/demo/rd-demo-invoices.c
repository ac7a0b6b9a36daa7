/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-invoices.h"

#include "rd-demo-json.h"
#include "rd-demo-people.h"

#include <string.h>

/* The invoice site: its invoices, its REST API, its events. */

#define APP_INVOICES 10
#define MAX_INVOICES 1000
#define MAX_NOTIFICATIONS 200

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct
{
  guint id;
  const char *status;
  char *amount;
  char *description;
  gint64 created_at;
} Invoice;

struct _RdDemoInvoices
{
  GObject parent_instance;

  RdDemoSite *site;
  RdDemoChannels *channels;
  char *app_id;
  RdDemoInvoicesRevision revision;
  char *token;
  GPtrArray *invoices;
  GPtrArray *notifications;  /* JsonObject, oldest first */
  gint64 last_notification;
};

G_DEFINE_FINAL_TYPE (RdDemoInvoices, rd_demo_invoices, G_TYPE_OBJECT)

static void
invoice_free (gpointer data)
{
  Invoice *invoice = data;

  g_free (invoice->amount);
  g_free (invoice->description);
  g_free (invoice);
}

static Invoice *
add_invoice (RdDemoInvoices *self, const char *amount, const char *description)
{
  Invoice *invoice = g_new0 (Invoice, 1);

  invoice->id = self->invoices->len + 1;
  invoice->status = "pending";
  invoice->amount = g_strdup (amount);
  invoice->description = g_strdup (description);
  invoice->created_at = g_get_real_time ();
  g_ptr_array_add (self->invoices, invoice);
  return invoice;
}

static Invoice *
find_invoice (RdDemoInvoices *self, gint64 id)
{
  return id >= 1 && id <= self->invoices->len ? g_ptr_array_index (self->invoices, id - 1) : NULL;
}

static char *
invoice_number (const Invoice *invoice)
{
  return g_strdup_printf ("INV-%04u", invoice->id);
}

static JsonObject *
invoice_to_json (const Invoice *invoice)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%u", invoice->id);
  g_autofree char *number = invoice_number (invoice);
  g_autofree char *code = g_compute_checksum_for_string (G_CHECKSUM_MD5, number, -1);
  gboolean paid = strcmp (invoice->status, "paid") == 0;

  code[8] = '\0';
  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "invoiceId", id);
  json_object_set_string_member (object, "invoiceNumber", number);
  json_object_set_string_member (object, "publicCode", code);
  json_object_set_string_member (object, "status", invoice->status);
  json_object_set_string_member (object, "amount", invoice->amount);
  json_object_set_string_member (object, "paidAmount", paid ? invoice->amount : "0.00");
  rd_demo_json_set_time (object, "createdAt", invoice->created_at);
  rd_demo_json_set_time (object, "expiresAt", invoice->created_at + 7 * G_TIME_SPAN_DAY);
  json_object_set_string_member (object, "description", invoice->description);
  json_object_set_string_member (object, "memo", "");
  json_object_set_string_member (object, "coinNetwork", "TRC20");
  return object;
}

static void
note (RdDemoInvoices *self, const char *type, const char *title, const char *message)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, ++self->last_notification);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "message", message);
  json_object_set_boolean_member (object, "isRead", FALSE);
  rd_demo_json_set_time (object, "createdAt", g_get_real_time ());
  if (self->notifications->len >= MAX_NOTIFICATIONS)
    g_ptr_array_remove_index (self->notifications, 0);
  g_ptr_array_add (self->notifications, object);
}

static void
tell_user (RdDemoInvoices *self, const char *event, const char *data)
{
  g_autofree char *channel = self->revision == RD_DEMO_INVOICES_SEED
                                 ? g_strdup_printf ("user.%d.invoices", RD_DEMO_YOU)
                                 : g_strdup_printf ("private-user.%d.notifications", RD_DEMO_YOU);

  rd_demo_channels_trigger (self->channels, self->app_id, channel, event, data);
}

static void
tell_invoice (RdDemoInvoices *self, const Invoice *invoice, const char *event, const char *data)
{
  const char *prefix = self->revision == RD_DEMO_INVOICES_SEED ? "" : "private-";
  g_autofree char *channel = g_strdup_printf ("%sinvoice.%u", prefix, invoice->id);

  rd_demo_channels_trigger (self->channels, self->app_id, channel, event, data);
}

/* The data of all the seed's events; the id is a string here and a number there, as on the real site */
static char *
event_data (const Invoice *invoice, const char *type, const char *title, const char *body)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "body", body);
  json_object_set_string_member (object, "type", type);
  json_object_set_int_member (object, "invoiceId", invoice->id);
  json_object_set_string_member (object, "status", invoice->status);
  rd_demo_json_set_time (object, "sentAt", g_get_real_time ());
  return rd_demo_json_take_text (object);
}

static void
change (RdDemoInvoices *self, Invoice *invoice, const char *status, const char *event, const char *type,
        const char *title, const char *body)
{
  g_autofree char *data = NULL;

  invoice->status = g_intern_string (status);
  note (self, type, title, body);
  data = event_data (invoice, type, title, body);
  tell_invoice (self, invoice, event, data);
  tell_user (self, event, data);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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

static void
on_invoices (RdDemoRequest *request, gpointer user_data)
{
  RdDemoInvoices *self = RD_DEMO_INVOICES (user_data);
  const char *status = rd_demo_request_get_query (request, "status");
  const char *limit_text = rd_demo_request_get_query (request, "limit");
  const char *page_text = rd_demo_request_get_query (request, "page");
  gint64 limit = CLAMP (limit_text != NULL ? g_ascii_strtoll (limit_text, NULL, 10) : 20, 1, 100);
  gint64 page = CLAMP (page_text != NULL ? g_ascii_strtoll (page_text, NULL, 10) : 1, 1, MAX_INVOICES);
  JsonObject *data = json_object_new ();
  JsonObject *pagination = json_object_new ();
  JsonArray *items = json_array_new ();
  gint64 total = 0;

  for (guint i = self->invoices->len; i > 0; i--)
    {
      Invoice *invoice = g_ptr_array_index (self->invoices, i - 1);

      if (status != NULL && *status != '\0' && strcmp (status, invoice->status) != 0)
        continue;
      if (total >= (page - 1) * limit && total < page * limit)
        json_array_add_object_element (items, invoice_to_json (invoice));
      total++;
    }
  json_object_set_int_member (pagination, "page", page);
  json_object_set_int_member (pagination, "limit", limit);
  json_object_set_int_member (pagination, "total", total);
  json_object_set_array_member (data, "items", items);
  json_object_set_object_member (data, "pagination", pagination);
  reply_data (request, data);
}

static void
on_invoice (RdDemoRequest *request, gpointer user_data)
{
  Invoice *invoice = find_invoice (user_data, rd_demo_request_get_id (request, 0));
  JsonObject *data;

  if (invoice == NULL)
    {
      reply_failure (request, 404, "Invoice not found");
      return;
    }
  data = json_object_new ();
  json_object_set_object_member (data, "invoice", invoice_to_json (invoice));
  reply_data (request, data);
}

static gint64
count_unread (RdDemoInvoices *self)
{
  gint64 count = 0;

  for (guint i = 0; i < self->notifications->len; i++)
    if (!json_object_get_boolean_member (g_ptr_array_index (self->notifications, i), "isRead"))
      count++;
  return count;
}

static void
on_notifications (RdDemoRequest *request, gpointer user_data)
{
  RdDemoInvoices *self = RD_DEMO_INVOICES (user_data);
  JsonObject *data = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = self->notifications->len; i > 0; i--)
    json_array_add_object_element (array, json_object_ref (g_ptr_array_index (self->notifications, i - 1)));
  json_object_set_array_member (data, "notifications", array);
  json_object_set_int_member (data, "unreadCount", count_unread (self));
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
  RdDemoInvoices *self = RD_DEMO_INVOICES (user_data);
  JsonNode *node = json_object_get_member (request->body, "notificationIds");
  JsonArray *ids = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (ids == NULL)
    {
      reply_failure (request, 400, "notificationIds must be an array");
      return;
    }
  for (guint i = 0; i < self->notifications->len; i++)
    for (guint j = 0; j < json_array_get_length (ids); j++)
      {
        JsonObject *notification = g_ptr_array_index (self->notifications, i);
        JsonNode *id = json_array_get_element (ids, j);

        if (JSON_NODE_HOLDS_VALUE (id) && json_node_get_value_type (id) == G_TYPE_STRING
            && g_strcmp0 (json_node_get_string (id), rd_demo_json_get_string (notification, "id")) == 0)
          json_object_set_boolean_member (notification, "isRead", TRUE);
      }
  reply_data (request, json_object_new ());
}

static gboolean
may_join (RdDemoInvoices *self, const char *channel)
{
  const char *number = strrchr (channel, '.');
  g_autofree char *user = g_strdup_printf ("private-user.%d.notifications", RD_DEMO_YOU);
  g_autofree char *guide = g_strdup_printf ("private-user.%d.invoices", RD_DEMO_YOU);

  if (g_str_has_prefix (channel, "private-invoice.") && number != NULL)
    return find_invoice (self, g_ascii_strtoll (number + 1, NULL, 10)) != NULL;
  return strcmp (channel, user) == 0 || strcmp (channel, guide) == 0
         || strcmp (channel, "private-system.notifications") == 0;
}

/* JSON only, as the later revision's server has it */
static void
on_pusher_auth (RdDemoRequest *request, gpointer user_data)
{
  RdDemoInvoices *self = RD_DEMO_INVOICES (user_data);
  const char *type =
      soup_message_headers_get_content_type (soup_server_message_get_request_headers (request->message), NULL);
  const char *socket_id = rd_demo_json_get_string (request->body, "socket_id");
  const char *channel = rd_demo_json_get_string (request->body, "channel_name");
  g_autofree char *auth = NULL;
  JsonObject *data;

  if (g_strcmp0 (type, "application/json") != 0 || socket_id == NULL || channel == NULL)
    {
      reply_failure (request, 400, "socket_id and channel_name are required");
      return;
    }
  if (!may_join (self, channel))
    {
      reply_failure (request, 403, "Forbidden");
      return;
    }
  auth = rd_demo_channels_authorize (self->channels, self->app_id, socket_id, channel, NULL);
  data = json_object_new ();
  json_object_set_string_member (data, "auth", auth);
  reply_data (request, data);
}

static void
install_routes (RdDemoInvoices *self)
{
  rd_demo_site_add_route (self->site, "POST", "/api/v1/auth/login", RD_DEMO_ROUTE_PUBLIC | RD_DEMO_ROUTE_SECRET,
                          on_login, self);
  rd_demo_site_add_route (self->site, "GET", "/api/v1/invoices", RD_DEMO_ROUTE_NONE, on_invoices, self);
  rd_demo_site_add_route (self->site, "GET", "/api/v1/invoices/*", RD_DEMO_ROUTE_NONE, on_invoice, self);
  rd_demo_site_add_route (self->site, "GET", "/api/v1/user/notifications", RD_DEMO_ROUTE_NONE, on_notifications, self);
  rd_demo_site_add_route (self->site, "GET", "/api/v1/user/notifications/unread-count", RD_DEMO_ROUTE_NONE,
                          on_unread_count, self);
  rd_demo_site_add_route (self->site, "PATCH", "/api/v1/user/notifications/mark-as-read", RD_DEMO_ROUTE_NONE,
                          on_mark_as_read, self);
  rd_demo_site_add_route (self->site, "POST", "/api/pusher/auth", RD_DEMO_ROUTE_NONE, on_pusher_auth, self);
}

/* GObject */

static void
rd_demo_invoices_dispose (GObject *object)
{
  RdDemoInvoices *self = RD_DEMO_INVOICES (object);

  if (self->site != NULL)
    rd_demo_site_stop (self->site);
  g_clear_object (&self->site);
  g_clear_object (&self->channels);
  G_OBJECT_CLASS (rd_demo_invoices_parent_class)->dispose (object);
}

static void
rd_demo_invoices_finalize (GObject *object)
{
  RdDemoInvoices *self = RD_DEMO_INVOICES (object);

  g_clear_pointer (&self->app_id, g_free);
  g_clear_pointer (&self->token, g_free);
  g_clear_pointer (&self->invoices, g_ptr_array_unref);
  g_clear_pointer (&self->notifications, g_ptr_array_unref);
  G_OBJECT_CLASS (rd_demo_invoices_parent_class)->finalize (object);
}

static void
rd_demo_invoices_class_init (RdDemoInvoicesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_invoices_dispose;
  object_class->finalize = rd_demo_invoices_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", RD_TYPE_DEMO_INVOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
rd_demo_invoices_init (RdDemoInvoices *self)
{
  static const char *const what[] = { "Design review", "Hosting", "Support hours", "Translation", "Workshop" };

  self->site = rd_demo_site_new ();
  self->token = rd_demo_random_hex (24);
  self->invoices = g_ptr_array_new_with_free_func (invoice_free);
  self->notifications = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  for (guint i = 0; i < APP_INVOICES; i++)
    {
      g_autofree char *amount = g_strdup_printf ("%u.00", 60 + 20 * i);

      add_invoice (self, amount, what[i % G_N_ELEMENTS (what)]);
    }
  rd_demo_site_set_unauthorized (self->site, "{\"success\":false,\"message\":\"Unauthorized\"}");
  rd_demo_site_grant (self->site, self->token, RD_DEMO_YOU);
  install_routes (self);
}

RdDemoInvoices *
rd_demo_invoices_new (RdDemoChannels *channels, const char *app_id, RdDemoInvoicesRevision revision)
{
  RdDemoInvoices *self;

  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (channels), NULL);
  g_return_val_if_fail (app_id != NULL, NULL);

  self = g_object_new (RD_TYPE_DEMO_INVOICES, NULL);
  self->channels = g_object_ref (channels);
  self->app_id = g_strdup (app_id);
  self->revision = revision;
  return self;
}

RdDemoSite *
rd_demo_invoices_get_site (RdDemoInvoices *self)
{
  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), NULL);

  return self->site;
}

const char *
rd_demo_invoices_get_token (RdDemoInvoices *self)
{
  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), NULL);

  return self->token;
}

const char *
rd_demo_invoices_get_status (RdDemoInvoices *self, guint invoice)
{
  Invoice *found;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), NULL);

  found = find_invoice (self, invoice);
  return found != NULL ? found->status : NULL;
}

gboolean
rd_demo_invoices_pay (RdDemoInvoices *self, guint id)
{
  Invoice *invoice;
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), FALSE);

  invoice = find_invoice (self, id);
  if (invoice == NULL || strcmp (invoice->status, "pending") != 0)
    return FALSE;
  number = invoice_number (invoice);
  body = g_strdup_printf ("Invoice %s has been paid", number);
  change (self, invoice, "paid", "payment.received", "invoice_completed", "Payment Received! 🎉", body);
  return TRUE;
}

gboolean
rd_demo_invoices_set_status (RdDemoInvoices *self, guint id, const char *status)
{
  Invoice *invoice;
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;
  g_autofree char *type = NULL;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  invoice = find_invoice (self, id);
  if (invoice == NULL)
    return FALSE;
  number = invoice_number (invoice);
  body = g_strdup_printf ("Invoice %s is now %s", number, status);
  type = g_strdup_printf ("invoice_%s", status);
  change (self, invoice, status, "invoice.status.changed", type, "Status Changed", body);
  return TRUE;
}

guint
rd_demo_invoices_create (RdDemoInvoices *self, const char *amount, const char *description)
{
  Invoice *invoice;
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;
  g_autofree char *data = NULL;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), 0);
  g_return_val_if_fail (self->invoices->len < MAX_INVOICES, 0);

  invoice = add_invoice (self, amount, description);
  number = invoice_number (invoice);
  body = g_strdup_printf ("Invoice %s for %s", number, amount);
  note (self, "invoice_created", "New Invoice", body);
  data = event_data (invoice, "invoice_created", "New Invoice", body);
  tell_user (self, "invoice.created", data);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return invoice->id;
}

void
rd_demo_invoices_notify (RdDemoInvoices *self, const char *event, const char *title, const char *message,
                         const char *reference)
{
  JsonObject *data;
  JsonObject *metadata;
  g_autofree char *text = NULL;

  g_return_if_fail (RD_IS_DEMO_INVOICES (self));

  data = json_object_new ();
  metadata = json_object_new ();
  json_object_set_string_member (data, "title", title);
  json_object_set_string_member (data, "message", message);
  json_object_set_string_member (data, "type", event);
  json_object_set_string_member (metadata, "referenceId", reference);
  json_object_set_object_member (data, "metadata", metadata);
  note (self, event, title, message);
  text = rd_demo_json_take_text (data);
  tell_user (self, event, text);
}
