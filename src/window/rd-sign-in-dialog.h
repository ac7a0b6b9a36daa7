/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_SIGN_IN_DIALOG (rd_sign_in_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RdSignInDialog, rd_sign_in_dialog, RD, SIGN_IN_DIALOG, AdwWindow)

/**
 * RdSignInDialog:
 *
 * Signs an account in again, by password or by a new token. They go to the agent and are kept nowhere here.
 */
GtkWindow *rd_sign_in_dialog_new (GtkWindow *parent, RdDBusAccount1 *account);

G_END_DECLS
