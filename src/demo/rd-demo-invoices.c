/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-invoices-private.h"

#include "rd-demo-json.h"
#include "rd-demo-people.h"

#include <string.h>

/* The invoice site: its invoices and its events. */

#define APP_INVOICES 10
#define FIRST_TO_PAY 7
#define MAX_INVOICES 50000
#define MAX_NOTIFICATIONS 200

static const char *const what[] = { "Design review", "Hosting", "Support hours", "Translation", "Workshop" };

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoInvoices
{
  GObject parent_instance;

  RdDemoSite *site;
  RdDemoChannels *channels;
  char *app_id;
  RdDemoInvoicesRevision revision;
  char *token;
  GPtrArray *invoices;       /* an invoice's id is its place here, from 1 */
  GPtrArray *by_date;        /* oldest first; borrows */
  GPtrArray *notifications;  /* JsonObject, oldest first */
  gint64 last_notification;
  guint last_paid;           /* the next one to pay comes after it */
};

G_DEFINE_FINAL_TYPE (RdDemoInvoices, rd_demo_invoices, G_TYPE_OBJECT)

static void
invoice_free (gpointer data)
{
  RdDemoInvoice *invoice = data;

  g_free (invoice->amount);
  g_free (invoice->description);
  g_free (invoice);
}

static RdDemoInvoice *
add_invoice (RdDemoInvoices *self, const char *amount, const char *description, gint64 created_at)
{
  RdDemoInvoice *invoice = g_new0 (RdDemoInvoice, 1);

  invoice->id = self->invoices->len + 1;
  invoice->status = "pending";
  invoice->amount = g_strdup (amount);
  invoice->description = g_strdup (description);
  invoice->created_at = created_at;
  g_ptr_array_add (self->invoices, invoice);
  g_ptr_array_add (self->by_date, invoice);
  return invoice;
}

static JsonObject *
make_metadata (const char *reference)
{
  JsonObject *metadata = json_object_new ();

  json_object_set_string_member (metadata, "referenceId", reference);
  return metadata;
}

/* @reference: (nullable): of what it is */
static void
note (RdDemoInvoices *self, const char *type, const char *title, const char *message, const char *reference)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, ++self->last_notification);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "type", type);
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "message", message);
  if (reference != NULL)
    json_object_set_object_member (object, "metadata", make_metadata (reference));
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
tell_invoice (RdDemoInvoices *self, const RdDemoInvoice *invoice, const char *event, const char *data)
{
  const char *prefix = self->revision == RD_DEMO_INVOICES_SEED ? "" : "private-";
  g_autofree char *channel = g_strdup_printf ("%sinvoice.%u", prefix, invoice->id);

  rd_demo_channels_trigger (self->channels, self->app_id, channel, event, data);
}

/* The data of all the seed's events; the id is a string here and a number there, as on the real site */
static char *
event_data (const RdDemoInvoice *invoice, const char *type, const char *title, const char *body)
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
change (RdDemoInvoices *self, RdDemoInvoice *invoice, const char *status, const char *event, const char *type,
        const char *title, const char *body)
{
  g_autofree char *data = NULL;

  invoice->status = g_intern_string (status);
  if (strcmp (status, "paid") == 0)
    invoice->paid_at = g_get_real_time ();
  note (self, type, title, body, NULL);
  data = event_data (invoice, type, title, body);
  tell_invoice (self, invoice, event, data);
  tell_user (self, event, data);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
may_join (RdDemoInvoices *self, const char *channel)
{
  const char *number = strrchr (channel, '.');
  g_autofree char *user = g_strdup_printf ("private-user.%d.notifications", RD_DEMO_YOU);
  g_autofree char *guide = g_strdup_printf ("private-user.%d.invoices", RD_DEMO_YOU);

  if (g_str_has_prefix (channel, "private-invoice.") && number != NULL)
    return rd_demo_invoices_lookup (self, g_ascii_strtoll (number + 1, NULL, 10)) != NULL;
  return strcmp (channel, user) == 0 || strcmp (channel, guide) == 0
         || strcmp (channel, "private-system.notifications") == 0;
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  const RdDemoInvoice *one = *(RdDemoInvoice *const *) a;
  const RdDemoInvoice *other = *(RdDemoInvoice *const *) b;

  return one->created_at < other->created_at ? -1 : one->created_at > other->created_at;
}

static gboolean
is_pending (const RdDemoInvoice *invoice)
{
  return strcmp (invoice->status, "pending") == 0;
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
  g_clear_pointer (&self->by_date, g_ptr_array_unref);
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
  self->site = rd_demo_site_new ();
  self->last_paid = FIRST_TO_PAY - 1;
  self->token = rd_demo_random_hex (24);
  self->invoices = g_ptr_array_new_with_free_func (invoice_free);
  self->by_date = g_ptr_array_new ();
  self->notifications = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  for (guint i = 0; i < APP_INVOICES; i++)
    {
      g_autofree char *amount = g_strdup_printf ("%u.00", 60 + 20 * i);

      add_invoice (self, amount, what[i % G_N_ELEMENTS (what)], g_get_real_time ());
    }
  rd_demo_site_set_unauthorized (self->site, "{\"success\":false,\"message\":\"Unauthorized\"}");
  rd_demo_site_grant (self->site, self->token, RD_DEMO_YOU);
  rd_demo_invoices_install_api (self);
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

RdDemoInvoice *
rd_demo_invoices_lookup (RdDemoInvoices *self, gint64 id)
{
  return id >= 1 && id <= self->invoices->len ? g_ptr_array_index (self->invoices, id - 1) : NULL;
}

GPtrArray *
rd_demo_invoices_get_by_date (RdDemoInvoices *self)
{
  return self->by_date;
}

GPtrArray *
rd_demo_invoices_get_notifications (RdDemoInvoices *self)
{
  return self->notifications;
}

char *
rd_demo_invoices_authorize (RdDemoInvoices *self, const char *socket_id, const char *channel)
{
  return may_join (self, channel)
             ? rd_demo_channels_authorize (self->channels, self->app_id, socket_id, channel, NULL)
             : NULL;
}

RdDemoSite *
rd_demo_invoices_get_site (RdDemoInvoices *self)
{
  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), NULL);

  return self->site;
}

RdDemoInvoicesRevision
rd_demo_invoices_get_revision (RdDemoInvoices *self)
{
  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), RD_DEMO_INVOICES_SEED);

  return self->revision;
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
  RdDemoInvoice *found;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), NULL);

  found = rd_demo_invoices_lookup (self, invoice);
  return found != NULL ? found->status : NULL;
}

gboolean
rd_demo_invoices_pay (RdDemoInvoices *self, guint id)
{
  RdDemoInvoice *invoice;
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), FALSE);

  invoice = rd_demo_invoices_lookup (self, id);
  if (invoice == NULL || !is_pending (invoice))
    return FALSE;
  self->last_paid = id;
  number = rd_demo_invoice_dup_number (invoice);
  body = g_strdup_printf ("Invoice %s has been paid", number);
  change (self, invoice, "paid", "payment.received", "invoice_completed", "Payment Received! 🎉", body);
  return TRUE;
}

gboolean
rd_demo_invoices_set_status (RdDemoInvoices *self, guint id, const char *status)
{
  RdDemoInvoice *invoice;
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;
  g_autofree char *type = NULL;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), FALSE);
  g_return_val_if_fail (status != NULL, FALSE);

  invoice = rd_demo_invoices_lookup (self, id);
  if (invoice == NULL)
    return FALSE;
  number = rd_demo_invoice_dup_number (invoice);
  body = g_strdup_printf ("Invoice %s is now %s", number, status);
  type = g_strdup_printf ("invoice_%s", status);
  change (self, invoice, status, "invoice.status.changed", type, "Status Changed", body);
  return TRUE;
}

guint
rd_demo_invoices_create (RdDemoInvoices *self, const char *amount, const char *description)
{
  RdDemoInvoice *invoice;
  g_autofree char *number = NULL;
  g_autofree char *body = NULL;
  g_autofree char *data = NULL;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), 0);
  g_return_val_if_fail (self->invoices->len < MAX_INVOICES, 0);

  invoice = add_invoice (self, amount, description, g_get_real_time ());
  number = rd_demo_invoice_dup_number (invoice);
  body = g_strdup_printf ("Invoice %s for %s", number, amount);
  note (self, "invoice_created", "New Invoice", body, NULL);
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
  g_autofree char *text = NULL;

  g_return_if_fail (RD_IS_DEMO_INVOICES (self));

  data = json_object_new ();
  json_object_set_string_member (data, "title", title);
  json_object_set_string_member (data, "message", message);
  json_object_set_string_member (data, "type", event);
  json_object_set_object_member (data, "metadata", make_metadata (reference));
  note (self, event, title, message, reference);
  text = rd_demo_json_take_text (data);
  tell_user (self, event, text);
}

guint
rd_demo_invoices_count (RdDemoInvoices *self)
{
  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), 0);

  return self->invoices->len;
}

guint
rd_demo_invoices_count_pending (RdDemoInvoices *self)
{
  guint count = 0;

  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), 0);

  for (guint i = 0; i < self->invoices->len; i++)
    count += is_pending (g_ptr_array_index (self->invoices, i)) ? 1 : 0;
  return count;
}

guint
rd_demo_invoices_get_next (RdDemoInvoices *self)
{
  g_return_val_if_fail (RD_IS_DEMO_INVOICES (self), 0);

  for (guint i = 0; i < self->invoices->len; i++)
    {
      const RdDemoInvoice *invoice = g_ptr_array_index (self->invoices, (self->last_paid + i) % self->invoices->len);

      if (is_pending (invoice))
        return invoice->id;
    }
  return 0;
}

void
rd_demo_invoices_add_history (RdDemoInvoices *self, guint count)
{
  static const char *const statuses[] = { "paid", "paid", "expired", "paid", "cancelled", "paid", "paid" };
  gint64 now = g_get_real_time ();

  g_return_if_fail (RD_IS_DEMO_INVOICES (self));

  for (guint i = 0; i < count && self->invoices->len < MAX_INVOICES; i++)
    {
      g_autofree char *amount = g_strdup_printf ("%u.%02u", 20 + i * 37 % 480, i * 13 % 100);
      gint64 at = now - (gint64) (i + 3) * 9 * G_TIME_SPAN_HOUR;
      RdDemoInvoice *invoice = add_invoice (self, amount, what[i % G_N_ELEMENTS (what)], at);

      invoice->status = statuses[i % G_N_ELEMENTS (statuses)];
      invoice->paid_at = strcmp (invoice->status, "paid") == 0 ? at + 2 * G_TIME_SPAN_HOUR : 0;
    }
  g_ptr_array_sort (self->by_date, compare_dates);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
rd_demo_invoices_renew_token (RdDemoInvoices *self)
{
  g_return_if_fail (RD_IS_DEMO_INVOICES (self));

  rd_demo_site_revoke_user (self->site, RD_DEMO_YOU);
  g_free (self->token);
  self->token = rd_demo_random_hex (24);
  rd_demo_site_grant (self->site, self->token, RD_DEMO_YOU);
}
