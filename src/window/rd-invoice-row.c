/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-invoice-row.h"

#include <glib/gi18n.h>

#include "rd-colour-mark.h"
#include "rd-invoice-kind.h"
#include "rd-text.h"
#include "rd-when.h"

/* What for, how much, and how it stands. */

#define NAME_CHARS 80

struct _RdInvoiceRow
{
  GtkWidget parent_instance;

  RdPagedItem *item; /* (nullable) */
  gboolean show_account;

  GtkWidget *content;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *amount;
  GtkLabel *detail;
  GtkLabel *date;
  GtkWidget *account;
  RdColourMark *colour;
  GtkLabel *account_name;
};

G_DEFINE_FINAL_TYPE (RdInvoiceRow, rd_invoice_row, GTK_TYPE_WIDGET)

static void
show_account (RdInvoiceRow *self)
{
  RdDBusAccount1 *account = self->show_account ? rd_paged_item_get_account (self->item) : NULL;
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->account, account != NULL);
  if (account == NULL)
    return;
  name = rd_text_clean (rd_dbus_account1_get_name (account), NAME_CHARS);
  rd_colour_mark_set_colour (self->colour, rd_dbus_account1_get_colour (account));
  gtk_label_set_text (self->account_name, name);
}

static void
show_icon (RdInvoiceRow *self, const char *status)
{
  const char *css_class = rd_invoice_status_to_css_class (status);
  const char *classes[] = { css_class, NULL };

  gtk_image_set_from_icon_name (self->icon, rd_invoice_status_to_icon (status));
  gtk_widget_set_css_classes (GTK_WIDGET (self->icon), classes);
}

/* The list's own widget around this one has the focus, so it is what a screen reader asks. */
static void
set_accessible_name (RdInvoiceRow *self, const char *title, const char *amount, const char *detail)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *label = NULL;

  /* Translators: an invoice's title, an amount of money, then its status and number */
  label = *amount != '\0' ? g_strdup_printf (_ ("%s, %s, %s"), title, amount, detail)
                          : g_strdup_printf ("%s, %s", title, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (parent != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
show_item (RdInvoiceRow *self)
{
  RdRecord *record = rd_paged_item_get_record (self->item);
  const char *status = rd_record_get_string (record, "status");
  g_autofree char *title = rd_invoice_dup_title (record);
  g_autofree char *plain_number = rd_invoice_dup_number (record);
  g_autofree char *number = rd_text_isolate (plain_number);
  g_autofree char *amount = rd_invoice_dup_amount (record, "amount");
  g_autofree char *word = rd_invoice_status_to_text (status);
  g_autofree char *date = rd_when_to_string (rd_invoice_get_time (record), g_get_real_time ());
  g_autofree char *detail = NULL;

  /* The number is the title of one that has no other. */
  if (*rd_record_get_string (record, "title") == '\0')
    detail = g_strdup (word);
  else if (*word == '\0')
    detail = g_strdup (number);
  else
    detail = g_strdup_printf ("%s · %s", word, number);
  show_icon (self, status);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->amount, amount);
  gtk_label_set_text (self->detail, detail);
  gtk_label_set_text (self->date, date);
  show_account (self);
  set_accessible_name (self, title, amount, detail);
}

/* GObject */

static void
rd_invoice_row_dispose (GObject *object)
{
  RdInvoiceRow *self = RD_INVOICE_ROW (object);

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_clear_object (&self->item);
  g_clear_pointer (&self->content, gtk_widget_unparent);

  G_OBJECT_CLASS (rd_invoice_row_parent_class)->dispose (object);
}

static void
rd_invoice_row_class_init (RdInvoiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_invoice_row_dispose;

  g_type_ensure (RD_TYPE_COLOUR_MARK);
  gtk_widget_class_set_css_name (widget_class, "invoicerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-invoice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, content);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, title);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, detail);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, date);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, account);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, colour);
  gtk_widget_class_bind_template_child (widget_class, RdInvoiceRow, account_name);
}

static void
rd_invoice_row_init (RdInvoiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rd_invoice_row_new (void)
{
  return g_object_new (RD_TYPE_INVOICE_ROW, NULL);
}

void
rd_invoice_row_set_item (RdInvoiceRow *self, RdPagedItem *item, gboolean with_account)
{
  g_return_if_fail (RD_IS_INVOICE_ROW (self));
  g_return_if_fail (item == NULL || RD_IS_PAGED_ITEM (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  self->show_account = with_account;
  if (item == NULL)
    return;
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), self, G_CONNECT_SWAPPED);
  show_item (self);
}
