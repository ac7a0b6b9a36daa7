/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_PEOPLE_STATUS (rd_people_status_get_type ())
G_DECLARE_FINAL_TYPE (RdPeopleStatus, rd_people_status, RD, PEOPLE_STATUS, GtkWidget)

/**
 * RdPeopleStatus:
 *
 * The user's own status, and a popover to change it; not to be seen where no site lets one. Signal `failed` (a
 * sentence).
 */
/* @people: of RdDBusPeople1 */
void rd_people_status_set_people  (RdPeopleStatus *self, GListModel *people);
/* @account: (nullable): an id; the one it speaks of. %NULL: all of them, and it shows the first one's */
void rd_people_status_set_account (RdPeopleStatus *self, const char *account);

G_END_DECLS
