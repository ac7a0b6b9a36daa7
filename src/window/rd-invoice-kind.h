/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-paged-source.h"

G_BEGIN_DECLS

/* How Invoices1 is asked for pages, for RdPagedList; its filter is a status, "" for all. */
extern const RdPagedKind rd_invoice_kind;

/* What a status looks like; one that Ringdown does not know is shown in the site's own words. */
/* (transfer full) */
char       *rd_invoice_status_to_text (const char *status);
const char *rd_invoice_status_to_icon (const char *status);
/* (nullable) */
const char *rd_invoice_status_to_css_class (const char *status);
/* (nullable): the statuses that there are, from 0 */
const char *rd_invoice_get_status     (guint n);
/* (transfer full): its title, or its number */
char       *rd_invoice_dup_title      (RdRecord *invoice);
/* (transfer full): its number, or its id */
char       *rd_invoice_dup_number     (RdRecord *invoice);
/* (transfer full): @key: "amount" or "paid-amount"; "" if it is not known */
char       *rd_invoice_dup_amount     (RdRecord *invoice, const char *key);
/* By which it stands in the list; 0: not known */
gint64      rd_invoice_get_time       (RdRecord *invoice);

G_END_DECLS
