/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-client.h"
#include "rd-accounts.h"
#include "rd-site.h"

G_BEGIN_DECLS

/* (transfer full): an account's connection, not started: to its Channels server, or to its site where the line is the
 * site's own. Not for a site that is only asked. RD_FAULT_BAD_INPUT */
ChannelsClient *rd_line_link_new (const RdAccountSettings *settings, RdSite *site, SoupSession *session,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
