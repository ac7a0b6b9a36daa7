/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-payments-overview.h"

#include <adwaita.h>

#include "rd-payment-row.h"

/* The chart above the activity; each is there when there is something for it. */

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

struct _RdPaymentsOverview
{
  GtkWidget parent_instance;

  RdModel *model;
  gboolean folded;

  GtkWidget *content;
  GtkWidget *head;
  RdIncomeCard *card;
  GtkWidget *activity;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RdPaymentsOverview, rd_payments_overview, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
show_parts (RdPaymentsOverview *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->card),
                          g_list_model_get_n_items (rd_model_get_invoices (self->model)) > 0);
  gtk_widget_set_visible (self->activity, g_list_model_get_n_items (rd_model_get_payments (self->model)) > 0);
}

static GtkWidget *
create_payment_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = rd_payment_row_new (item);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), *rd_record_get_string (item, "invoice-id") != '\0');
  return row;
}

static void
on_row_activated (RdPaymentsOverview *self, GtkListBoxRow *row)
{
  RdRecord *payment = rd_payment_row_get_payment (RD_PAYMENT_ROW (row));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-invoice", "(ss)", rd_record_get_string (payment, "account"),
                              rd_record_get_string (payment, "invoice-id"));
}

static void
on_back_clicked (RdPaymentsOverview *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/* GObject */

static void
rd_payments_overview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, RD_PAYMENTS_OVERVIEW (object)->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_payments_overview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdPaymentsOverview *self = RD_PAYMENTS_OVERVIEW (object);

  switch (id)
    {
    case PROP_FOLDED:
      self->folded = g_value_get_boolean (value);
      gtk_widget_set_visible (self->head, self->folded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_payments_overview_dispose (GObject *object)
{
  RdPaymentsOverview *self = RD_PAYMENTS_OVERVIEW (object);

  if (self->model != NULL)
    {
      g_signal_handlers_disconnect_by_data (rd_model_get_invoices (self->model), self);
      g_signal_handlers_disconnect_by_data (rd_model_get_payments (self->model), self);
    }
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_payments_overview_parent_class)->dispose (object);
}

static void
rd_payments_overview_class_init (RdPaymentsOverviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rd_payments_overview_get_property;
  object_class->set_property = rd_payments_overview_set_property;
  object_class->dispose = rd_payments_overview_dispose;

  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BACK] =
    g_signal_new ("back", RD_TYPE_PAYMENTS_OVERVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RD_TYPE_INCOME_CARD);
  gtk_widget_class_set_css_name (widget_class, "paymentsoverview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-payments-overview.ui");
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsOverview, content);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsOverview, head);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsOverview, card);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsOverview, activity);
  gtk_widget_class_bind_template_child (widget_class, RdPaymentsOverview, list);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
rd_payments_overview_init (RdPaymentsOverview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rd_payments_overview_set_model (RdPaymentsOverview *self, RdModel *model)
{
  g_return_if_fail (RD_IS_PAYMENTS_OVERVIEW (self));
  g_return_if_fail (RD_IS_MODEL (model) && self->model == NULL);

  self->model = g_object_ref (model);
  rd_income_card_set_invoices (self->card, rd_model_get_invoices (model));
  gtk_list_box_bind_model (self->list, rd_model_get_payments (model), create_payment_row, NULL, NULL);
  g_signal_connect_object (rd_model_get_invoices (model), "items-changed", G_CALLBACK (show_parts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rd_model_get_payments (model), "items-changed", G_CALLBACK (show_parts), self,
                           G_CONNECT_SWAPPED);
  show_parts (self);
}

RdIncomeCard *
rd_payments_overview_get_card (RdPaymentsOverview *self)
{
  g_return_val_if_fail (RD_IS_PAYMENTS_OVERVIEW (self), NULL);
  return self->card;
}
