/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_PAYMENTS_PAGE (rd_payments_page_get_type ())
G_DECLARE_FINAL_TYPE (RdPaymentsPage, rd_payments_page, RD, PAYMENTS_PAGE, GtkWidget)

/**
 * RdPaymentsPage:
 *
 * The page of what came in.
 */
void rd_payments_page_set_model (RdPaymentsPage *self, RdModel *model);

G_END_DECLS
