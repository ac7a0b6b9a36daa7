/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_DECLINE_DIALOG (rd_decline_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RdDeclineDialog, rd_decline_dialog, RD, DECLINE_DIALOG, AdwWindow)

/**
 * RdDeclineDialog:
 *
 * Asks for a text to decline a call with, and closes by itself when there is nothing to decline any more. Signal
 * `decline` (the text).
 */
/* @settings: (nullable): where the user's own texts are kept */
GtkWindow *rd_decline_dialog_new (GtkWindow *parent, RdDBusCall1 *call, GSettings *settings);

G_END_DECLS
