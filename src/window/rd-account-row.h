/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_ACCOUNT_ROW (rd_account_row_get_type ())
G_DECLARE_FINAL_TYPE (RdAccountRow, rd_account_row, RD, ACCOUNT_ROW, AdwExpanderRow)

/**
 * RdAccountRow:
 *
 * An account and the truth about its line. Activates "win.set-token" and "win.remove-account" with the account's id.
 */
GtkWidget *rd_account_row_new          (RdDBusAccount1 *account);
/* (transfer full): what the row says of the line now, plain text */
char      *rd_account_row_dup_status   (RdAccountRow *self);
/* The same for any account: state, reason, next try. @now: µs since the epoch */
char      *rd_account_dup_status       (RdDBusAccount1 *account, gint64 now);
/* Whether all is well with it. */
gboolean   rd_account_is_fine          (RdDBusAccount1 *account);

G_END_DECLS
