/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-dbus.h"

G_BEGIN_DECLS

#define RD_TYPE_SETUP_DIALOG (rd_setup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RdSetupDialog, rd_setup_dialog, RD, SETUP_DIALOG, AdwWindow)

/**
 * RdSetupDialog:
 *
 * The assistant for a new account: asks for a site's address (or takes a set-up link or file), has the agent ask the
 * site, asks for what it does not say, signs in, tests, and adds the account. What was typed stays typed, whatever
 * fails; secrets are in their entries until the agent has signed in with them.
 */
/* @setup: (nullable): the text of a set-up link or file, to be looked at first */
GtkWindow *rd_setup_dialog_new (GtkWindow *parent, RdDBusAgent1 *agent, const char *setup);

G_END_DECLS
