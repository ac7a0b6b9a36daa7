/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-endpoint.h"
#include "rd-accounts.h"
#include "rd-profile.h"

G_BEGIN_DECLS

/* What a line makes of its account's settings. Pure functions, no I/O. */

/* RD_FAULT_BAD_INPUT (where = the key) for what cannot be used, also for a plain link to another machine that was not
 * explicitly allowed. */
ChannelsEndpoint *rd_line_settings_build_endpoint (const RdAccountSettings *settings, RdProfile *profile,
                                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether there is no line at all, so that the site is asked again and again. */
gboolean          rd_line_settings_is_asked_only  (const RdAccountSettings *settings, RdProfile *profile);
/* The account's variables, without "user.id". */
RdVars           *rd_line_settings_build_vars     (const RdAccountSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @settings hold all that @profile needs to know beforehand: RD_FAULT_BAD_INPUT naming what is missing. */
gboolean          rd_line_settings_check          (const RdAccountSettings *settings, RdProfile *profile,
                                                   GError **error);
/* The same but for the user's id, which signing in may bring. */
gboolean          rd_line_settings_check_needs    (const RdAccountSettings *settings, RdProfile *profile,
                                                   GError **error);
/* Whether nothing can be heard without credentials: else the site's public channels go on, whatever its API wants. */
gboolean          rd_line_settings_needs_credentials (const RdAccountSettings *settings, RdProfile *profile);
/* (transfer floating): a{sb} of all kinds, as of Account1's Toasts */
GVariant         *rd_line_settings_list_toasts    (const RdAccountSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
/* @profile: (nullable); as of Account1's SignInWays */
char            **rd_line_settings_dup_sign_in_ways (RdProfile *profile) G_GNUC_WARN_UNUSED_RESULT;
/* "host", "host:port" or "[::1]:port", and nothing else */
gboolean          rd_line_settings_is_host        (const char *host);

G_END_DECLS
