/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-payment-row.h"

#include <glib/gi18n.h>

#include "rd-when.h"

/* One line of the payments. */

struct _RdPaymentRow
{
  AdwActionRow parent_instance;

  RdRecord *payment;
};

G_DEFINE_FINAL_TYPE (RdPaymentRow, rd_payment_row, ADW_TYPE_ACTION_ROW)

static gboolean
is_paid (RdRecord *payment)
{
  return g_strcmp0 (rd_record_get_string (payment, "kind"), "payment.received") == 0 ||
         g_strcmp0 (rd_record_get_string (payment, "status"), "paid") == 0 ||
         g_strcmp0 (rd_record_get_string (payment, "type"), "invoice_completed") == 0;
}

/* GObject */

static void
rd_payment_row_finalize (GObject *object)
{
  g_clear_object (&RD_PAYMENT_ROW (object)->payment);

  G_OBJECT_CLASS (rd_payment_row_parent_class)->finalize (object);
}

static void
rd_payment_row_class_init (RdPaymentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_payment_row_finalize;
}

static void
rd_payment_row_init (RdPaymentRow *self)
{
}

GtkWidget *
rd_payment_row_new (RdRecord *payment)
{
  RdPaymentRow *self;
  GtkWidget *icon;
  g_autofree char *title = NULL;
  const char *amount;

  g_return_val_if_fail (RD_IS_RECORD (payment), NULL);

  title = rd_payment_row_dup_title (payment);
  self = g_object_new (RD_TYPE_PAYMENT_ROW, "use-markup", FALSE, "title-lines", 2, "subtitle-lines", 3, NULL);
  self->payment = g_object_ref (payment);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), rd_record_get_string (payment, "body"));

  icon = gtk_image_new_from_icon_name (is_paid (payment) ? "rd-paid-symbolic" : "rd-invoice-symbolic");
  if (is_paid (payment))
    gtk_widget_add_css_class (icon, "success");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), icon);

  amount = rd_record_get_string (payment, "amount");
  if (*amount != '\0')
    {
      GtkWidget *label = gtk_label_new (amount);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_suffix (ADW_ACTION_ROW (self), label);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), rd_when_label_new (rd_record_get_time (payment, "at")));
  return GTK_WIDGET (self);
}

RdRecord *
rd_payment_row_get_payment (RdPaymentRow *self)
{
  g_return_val_if_fail (RD_IS_PAYMENT_ROW (self), NULL);
  return self->payment;
}

char *
rd_payment_row_dup_title (RdRecord *payment)
{
  const char *title;

  g_return_val_if_fail (RD_IS_RECORD (payment), g_strdup (""));

  title = rd_record_get_string (payment, "title");
  if (*title != '\0')
    return g_strdup (title);
  if (is_paid (payment))
    return g_strdup (_ ("Invoice paid"));
  if (g_strcmp0 (rd_record_get_string (payment, "kind"), "invoice.created") == 0)
    return g_strdup (_ ("New invoice"));
  return g_strdup (_ ("Invoice updated"));
}
