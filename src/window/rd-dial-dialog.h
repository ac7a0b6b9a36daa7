/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_DIAL_DIALOG (rd_dial_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RdDialDialog, rd_dial_dialog, RD, DIAL_DIALOG, AdwWindow)

/**
 * RdDialDialog:
 *
 * Places a call: whom, audio or video, from which account. Closes when the site has accepted; says in place why not.
 */
GtkWindow *rd_dial_dialog_new (GtkWindow *parent, RdModel *model);

G_END_DECLS
