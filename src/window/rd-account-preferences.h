/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_ACCOUNT_PREFERENCES (rd_account_preferences_get_type ())
G_DECLARE_FINAL_TYPE (RdAccountPreferences, rd_account_preferences, RD, ACCOUNT_PREFERENCES, AdwWindow)

/**
 * RdAccountPreferences:
 *
 * What the user may change of an account: its name, its colour, what it may sound like and tell. Each change is asked
 * for at once, by Account1.Configure; what the agent refuses goes back, with its sentence.
 */
GtkWindow *rd_account_preferences_new (GtkWindow *parent, RdDBusAccount1 *account);

G_END_DECLS
