/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-invoice-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rd-amount.h"
#include "rd-fact-row.h"
#include "rd-invoice-kind.h"
#include "rd-payment-row.h"
#include "rd-platform.h"
#include "rd-text.h"
#include "rd-when.h"

/* What the list knows of an invoice is shown at once; the site's answer takes its place, and what the line tells later
 * takes the place of that. */

#define TEXT_MAX 5000
#define NAME_CHARS 200
/* Who runs through the list does not want each of them from the site. */
#define FETCH_DELAY_MS 150

enum
{
  PROP_FOLDED = 1,
  N_PROPS,
};

enum
{
  BACK,
  N_SIGNALS,
};

struct _RdInvoiceView
{
  GtkWidget parent_instance;

  RdPagedItem *item;         /* (nullable) */
  RdRecord *record;          /* (nullable): what was heard of it last */
  RdRecord *details;         /* (nullable): what the site answered */
  GCancellable *cancellable; /* (nullable): while it is asked */
  guint fetch;
  GtkFilterListModel *heard; /* (nullable) */
  gboolean folded;

  GtkWidget *content;
  GtkWidget *back;
  GtkLabel *title;
  GtkSpinner *spinner;
  GtkWidget *open;
  GtkWidget *notice;
  GtkLabel *notice_text;
  GtkWidget *scroller;
  GtkLabel *amount;
  GtkWidget *status;
  GtkImage *status_icon;
  GtkLabel *status_text;
  GtkWidget *facts;
  RdFactRow *description;
  RdFactRow *number;
  RdFactRow *code;
  RdFactRow *paid_amount;
  RdFactRow *created;
  RdFactRow *paid_at;
  RdFactRow *expires;
  RdFactRow *network;
  RdFactRow *memo;
  RdFactRow *account;
  GtkWidget *history;
  GtkListBox *history_list;
};

G_DEFINE_FINAL_TYPE (RdInvoiceView, rd_invoice_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_status (RdInvoiceView *self)
{
  const char *status = rd_record_get_string (self->record, "status");
  const char *css_class = rd_invoice_status_to_css_class (status);
  const char *classes[] = { css_class, NULL };
  g_autofree char *word = rd_invoice_status_to_text (status);

  gtk_widget_set_visible (self->status, *word != '\0');
  gtk_image_set_from_icon_name (self->status_icon, rd_invoice_status_to_icon (status));
  gtk_widget_set_css_classes (self->status, classes);
  gtk_label_set_text (self->status_text, word);
}

static void
show_text (RdFactRow *row, RdRecord *record, const char *key)
{
  g_autofree char *text = rd_text_clean (record != NULL ? rd_record_get_string (record, key) : "", TEXT_MAX);

  rd_fact_row_set_value (row, text);
}

static void
show_moment (RdFactRow *row, RdRecord *record, const char *key)
{
  g_autofree char *text = rd_when_to_moment (rd_record_get_time (record, key));

  rd_fact_row_set_value (row, text);
}

/* What was paid is said where it differs from what was to be: sites write 0 for nothing. */
static void
show_amounts (RdInvoiceView *self)
{
  g_autofree char *amount = rd_invoice_dup_amount (self->record, "amount");
  g_autofree char *paid = rd_invoice_dup_amount (self->record, "paid-amount");
  gint64 number;
  gboolean nothing = rd_amount_parse (rd_record_get_string (self->record, "paid-amount"), &number) && number == 0;

  gtk_label_set_text (self->amount, *amount != '\0' ? amount : _ ("Amount not known"));
  rd_fact_row_set_value (self->paid_amount, nothing || g_strcmp0 (amount, paid) == 0 ? "" : paid);
}

static void
show_account (RdInvoiceView *self)
{
  RdDBusAccount1 *account = rd_paged_item_get_account (self->item);
  g_autofree char *name = rd_text_clean (account != NULL ? rd_dbus_account1_get_name (account) : "", NAME_CHARS);

  rd_fact_row_set_value (self->account, name);
}

static void
show_record (RdInvoiceView *self)
{
  g_autofree char *title = rd_invoice_dup_title (self->record);
  g_autofree char *number = rd_invoice_dup_number (self->record);

  gtk_label_set_text (self->title, title);
  show_amounts (self);
  show_status (self);
  show_text (self->description, self->record, "title");
  rd_fact_row_set_value (self->number, number);
  show_text (self->code, self->details, "code");
  show_moment (self->created, self->record, "created-at");
  show_moment (self->paid_at, self->record, "paid-at");
  if (g_strcmp0 (rd_record_get_string (self->record, "status"), "paid") != 0)
    show_moment (self->expires, self->record, "expires-at");
  else
    rd_fact_row_set_value (self->expires, "");
  show_text (self->network, self->details, "network");
  show_text (self->memo, self->details, "memo");
  show_account (self);
}

static void
show_history (RdInvoiceView *self)
{
  gtk_widget_set_visible (self->history,
                          self->heard != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->heard)) > 0);
}

static gboolean
is_heard_of_it (gpointer payment, gpointer user_data)
{
  RdInvoiceView *self = user_data;
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  return account != NULL &&
         g_strcmp0 (rd_record_get_string (payment, "account"), rd_dbus_account1_get_id (account)) == 0 &&
         g_strcmp0 (rd_record_get_string (payment, "invoice-id"), rd_paged_item_get_string (self->item, "id")) == 0;
}

static GtkWidget *
create_history_row (gpointer payment, gpointer user_data)
{
  return rd_payment_row_new (payment);
}

static void
show_notice (RdInvoiceView *self, const char *sentence)
{
  gtk_widget_set_visible (self->notice, sentence != NULL);
  gtk_label_set_text (self->notice_text, sentence != NULL ? sentence : "");
}

static void
on_invoice_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdInvoiceView) self = user_data;
  g_autoptr (GVariant) details = NULL;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_invoices1_call_get_invoice_finish (RD_DBUS_INVOICES1 (source), &details, result, &error))
    {
      g_autofree char *sentence = NULL;

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      sentence = rd_dup_error_sentence (error);
      show_notice (self, sentence);
    }
  else
    {
      g_clear_object (&self->details);
      self->details = rd_record_new (details);
      g_set_object (&self->record, self->details);
      show_record (self);
    }
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
}

static void
fetch (RdInvoiceView *self)
{
  g_clear_handle_id (&self->fetch, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_notice (self, NULL);
  gtk_spinner_start (self->spinner);
  rd_dbus_invoices1_call_get_invoice (RD_DBUS_INVOICES1 (rd_paged_item_get_proxy (self->item)),
                                      rd_paged_item_get_string (self->item, "id"), self->cancellable,
                                      on_invoice_ready, g_object_ref (self));
}

static gboolean
on_fetch_due (gpointer user_data)
{
  RdInvoiceView *self = user_data;

  self->fetch = 0;
  fetch (self);
  return G_SOURCE_REMOVE;
}

static void
on_invoice_changed (RdDBusInvoices1 *invoices, GVariant *invoice, RdInvoiceView *self)
{
  g_autoptr (RdRecord) record = rd_record_new (invoice);

  if (g_strcmp0 (rd_record_get_string (record, "id"), rd_paged_item_get_string (self->item, "id")) != 0)
    return;
  g_set_object (&self->record, record);
  show_record (self);
}

static void
on_invoices_reset (RdDBusInvoices1 *invoices, RdInvoiceView *self)
{
  fetch (self);
}

/* The line is back: what the site could not be asked then, it can be now. */
static void
on_account_changed (RdDBusAccount1 *account, GParamSpec *pspec, RdInvoiceView *self)
{
  show_account (self);
  if (gtk_widget_get_visible (self->notice) && g_strcmp0 (rd_dbus_account1_get_state (account), "connected") == 0)
    fetch (self);
}

static void
connect_item (RdInvoiceView *self)
{
  RdDBusAccount1 *account = rd_paged_item_get_account (self->item);
  GDBusProxy *proxy = rd_paged_item_get_proxy (self->item);

  g_signal_connect_object (proxy, "invoice-changed", G_CALLBACK (on_invoice_changed), self, 0);
  g_signal_connect_object (proxy, "invoices-reset", G_CALLBACK (on_invoices_reset), self, 0);
  if (account == NULL)
    return;
  g_signal_connect_object (account, "notify::state", G_CALLBACK (on_account_changed), self, 0);
  g_signal_connect_object (account, "notify::name", G_CALLBACK (on_account_changed), self, 0);
}

static void
disconnect_item (RdInvoiceView *self)
{
  RdDBusAccount1 *account;

  g_clear_handle_id (&self->fetch, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->item == NULL)
    return;
  account = rd_paged_item_get_account (self->item);
  g_signal_handlers_disconnect_by_data (rd_paged_item_get_proxy (self->item), self);
  if (account != NULL)
    g_signal_handlers_disconnect_by_data (account, self);
}

static void
on_back_clicked (RdInvoiceView *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
on_retry_clicked (RdInvoiceView *self)
{
  if (self->item != NULL)
    fetch (self);
}

static void
on_open_clicked (RdInvoiceView *self)
{
  RdDBusAccount1 *account = self->item != NULL ? rd_paged_item_get_account (self->item) : NULL;

  if (account != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-page", "(sss)", rd_dbus_account1_get_id (account),
                                "invoice", rd_paged_item_get_string (self->item, "id"));
}

/* GObject */

static void
rd_invoice_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, RD_INVOICE_VIEW (object)->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_invoice_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdInvoiceView *self = RD_INVOICE_VIEW (object);

  switch (id)
    {
    case PROP_FOLDED:
      self->folded = g_value_get_boolean (value);
      gtk_widget_set_visible (self->back, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_invoice_view_dispose (GObject *object)
{
  RdInvoiceView *self = RD_INVOICE_VIEW (object);

  disconnect_item (self);
  if (self->heard != NULL)
    g_signal_handlers_disconnect_by_data (self->heard, self);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->heard);
  g_clear_object (&self->item);
  g_clear_object (&self->record);
  g_clear_object (&self->details);

  G_OBJECT_CLASS (rd_invoice_view_parent_class)->dispose (object);
}

static void
bind_facts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, facts);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, description);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, number);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, code);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, paid_amount);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, created);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, paid_at);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, expires);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, network);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, memo);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, account);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-invoice-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, content);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, back);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, title);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, open);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, notice);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, notice_text);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, amount);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, status);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, status_icon);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, status_text);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, history);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceView, history_list);
  bind_facts (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_clicked);
}

static void
rd_invoice_view_class_init (RdInvoiceViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_invoice_view_get_property;
  object_class->set_property = rd_invoice_view_set_property;
  object_class->dispose = rd_invoice_view_dispose;

  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BACK] = g_signal_new ("back", RD_TYPE_INVOICE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RD_TYPE_FACT_ROW);
  gtk_widget_class_set_css_name (widget_class, "invoiceview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
rd_invoice_view_init (RdInvoiceView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

void
rd_invoice_view_set_payments (RdInvoiceView *self, GListModel *payments)
{
  GtkCustomFilter *filter;

  g_return_if_fail (RD_IS_INVOICE_VIEW (self));
  g_return_if_fail (G_IS_LIST_MODEL (payments) && self->heard == NULL);

  filter = gtk_custom_filter_new (is_heard_of_it, self, NULL);
  self->heard = gtk_filter_list_model_new (g_object_ref (payments), GTK_FILTER (filter));
  gtk_list_box_bind_model (self->history_list, G_LIST_MODEL (self->heard), create_history_row, NULL, NULL);
  g_signal_connect_object (self->heard, "items-changed", G_CALLBACK (show_history), self, G_CONNECT_SWAPPED);
}

void
rd_invoice_view_set_item (RdInvoiceView *self, RdPagedItem *item)
{
  g_return_if_fail (RD_IS_INVOICE_VIEW (self));
  g_return_if_fail (item == NULL || RD_IS_PAGED_ITEM (item));

  if (self->item == item)
    return;
  disconnect_item (self);
  g_set_object (&self->item, item);
  g_clear_object (&self->details);
  g_clear_object (&self->record);
  if (self->heard != NULL)
    gtk_filter_changed (gtk_filter_list_model_get_filter (self->heard), GTK_FILTER_CHANGE_DIFFERENT);
  show_history (self);
  if (item == NULL)
    return;
  self->record = g_object_ref (rd_paged_item_get_record (item));
  connect_item (self);
  show_record (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  show_notice (self, NULL);
  gtk_spinner_start (self->spinner);
  self->fetch = g_timeout_add (FETCH_DELAY_MS, on_fetch_due, self);
}

RdPagedItem *
rd_invoice_view_get_item (RdInvoiceView *self)
{
  g_return_val_if_fail (RD_IS_INVOICE_VIEW (self), NULL);
  return self->item;
}

void
rd_invoice_view_focus (RdInvoiceView *self)
{
  g_return_if_fail (RD_IS_INVOICE_VIEW (self));
  gtk_widget_grab_focus (self->folded ? self->back : self->open);
}
