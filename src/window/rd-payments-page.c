/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-payments-page.h"

#include "rd-payment-row.h"

/* Payments of this run, newest first. */

struct _RdPaymentsPage
{
  GtkWidget parent_instance;

  RdModel *model;

  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RdPaymentsPage, rd_payments_page, GTK_TYPE_WIDGET)

static void
on_payments_changed (RdPaymentsPage *self)
{
  gboolean has_payments = g_list_model_get_n_items (rd_model_get_payments (self->model)) > 0;

  gtk_stack_set_visible_child_name (self->stack, has_payments ? "list" : "empty");
}

static GtkWidget *
create_payment_row (gpointer item, gpointer user_data)
{
  return rd_payment_row_new (item);
}

/* GObject */

static void
rd_payments_page_dispose (GObject *object)
{
  RdPaymentsPage *self = RD_PAYMENTS_PAGE (object);

  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_payments_page_parent_class)->dispose (object);
}

static void
rd_payments_page_class_init (RdPaymentsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_payments_page_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-payments-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsPage, list);
}

static void
rd_payments_page_init (RdPaymentsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rd_payments_page_set_model (RdPaymentsPage *self, RdModel *model)
{
  GListModel *payments;

  g_return_if_fail (RD_IS_PAYMENTS_PAGE (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  payments = rd_model_get_payments (model);
  gtk_list_box_bind_model (self->list, payments, create_payment_row, self, NULL);
  g_signal_connect_object (payments, "items-changed", G_CALLBACK (on_payments_changed), self, G_CONNECT_SWAPPED);
  on_payments_changed (self);
}
