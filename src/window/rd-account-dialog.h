/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_ACCOUNT_DIALOG (rd_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RdAccountDialog, rd_account_dialog, RD, ACCOUNT_DIALOG, AdwWindow)

/**
 * RdAccountDialog:
 *
 * Adds an account. Which fields it asks for follows the chosen profile; what is wrong with them the agent says, and
 * that sentence stands in the dialog until the next try.
 */
GtkWindow *rd_account_dialog_new (GtkWindow *parent, RdDBusAgent1 *agent);

G_END_DECLS
