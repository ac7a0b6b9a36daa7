/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_TOKEN_DIALOG (rd_token_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RdTokenDialog, rd_token_dialog, RD, TOKEN_DIALOG, AdwWindow)

/**
 * RdTokenDialog:
 *
 * Gives an account a new token. The token goes to the agent and is kept nowhere here.
 */
GtkWindow *rd_token_dialog_new (GtkWindow *parent, RdDBusAccount1 *account);

G_END_DECLS
