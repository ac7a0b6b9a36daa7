/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_SETUP_SERVER (rd_setup_server_get_type ())
G_DECLARE_FINAL_TYPE (RdSetupServer, rd_setup_server, RD, SETUP_SERVER, GtkWidget)

/**
 * RdSetupServer:
 *
 * The assistant's form of what a site is and where it sends its events. It checks only what can be seen without the
 * agent: that a field is filled in.
 *
 * Signal `changed`: the user has changed something.
 */
/* @profiles: aa{sv}, as Agent1.ListProfiles sends them */
void        rd_setup_server_set_profiles (RdSetupServer *self, GVariant *profiles);
/* Fills the form with @settings (AddAccount's); what they do not name is emptied. */
void        rd_setup_server_fill         (RdSetupServer *self, GVariant *settings);
gboolean    rd_setup_server_is_complete  (RdSetupServer *self);
/* Puts what the form says into @settings, and takes out what it says no longer. */
void        rd_setup_server_collect      (RdSetupServer *self, GVariantDict *settings);
/* (nullable) (transfer none): the chosen profile, a{sv} of ListProfiles */
GVariant   *rd_setup_server_get_profile  (RdSetupServer *self);
void        rd_setup_server_focus        (RdSetupServer *self);

G_END_DECLS
