/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_CONFIRM_DIALOG (rd_confirm_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RdConfirmDialog, rd_confirm_dialog, RD, CONFIRM_DIALOG, AdwWindow)

/**
 * RdConfirmDialog:
 *
 * Asks before something that should not happen by accident. Signal `confirmed`; anything else just closes it. (What
 * libadwaita has for this is deprecated on one of the ends that Ringdown builds on, and missing on the other.)
 */
/* @verb: (nullable): NULL: there is nothing to decide, only to read. @destructive: it cannot be undone. */
GtkWindow *rd_confirm_dialog_new (GtkWindow *parent, const char *heading, const char *body, const char *verb,
                                  gboolean destructive);

G_END_DECLS
