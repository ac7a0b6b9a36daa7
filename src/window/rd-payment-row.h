/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-record.h"

G_BEGIN_DECLS

#define RD_TYPE_PAYMENT_ROW (rd_payment_row_get_type ())
G_DECLARE_FINAL_TYPE (RdPaymentRow, rd_payment_row, RD, PAYMENT_ROW, AdwActionRow)

/**
 * RdPaymentRow:
 *
 * One event of an invoice (a PAYMENT): what the site says of it, the amount if it sent one, and when.
 */
GtkWidget *rd_payment_row_new         (RdRecord *payment);
RdRecord  *rd_payment_row_get_payment (RdPaymentRow *self);
/* (transfer full): the site's own title, or what it must have meant. Plain text. */
char      *rd_payment_row_dup_title   (RdRecord *payment);

G_END_DECLS
