/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-record.h"

G_BEGIN_DECLS

#define RD_TYPE_CALL_ROW (rd_call_row_get_type ())
G_DECLARE_FINAL_TYPE (RdCallRow, rd_call_row, RD, CALL_ROW, AdwActionRow)

/**
 * RdCallRow:
 *
 * A call that is over (a LISTED CALL), with "Call back": activates "win.call" with account, whom and audio.
 * @account_name: (nullable): shown where there are several
 */
GtkWidget *rd_call_row_new (RdRecord *call, const char *account_name);

G_END_DECLS
