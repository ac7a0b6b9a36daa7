/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-lines.h"

G_BEGIN_DECLS

#define RD_TYPE_SETUP_DESK (rd_setup_desk_get_type ())
G_DECLARE_FINAL_TYPE (RdSetupDesk, rd_setup_desk, RD, SETUP_DESK, GObject)

/**
 * RdSetupDesk:
 *
 * What Agent1 does for accounts that are not there yet. Each of these answers its invocation, sooner or later; what is
 * under way ends when its caller leaves the bus.
 */
RdSetupDesk *rd_setup_desk_new      (RdProfiles *profiles, RdLines *lines,
                                     SoupSession *session) G_GNUC_WARN_UNUSED_RESULT;
/* DiscoverSite */
void         rd_setup_desk_discover (RdSetupDesk *self, GDBusMethodInvocation *invocation, const char *address);
/* ReadSetup */
void         rd_setup_desk_read     (RdSetupDesk *self, GDBusMethodInvocation *invocation, const char *text);
/* FetchProfile */
void         rd_setup_desk_fetch    (RdSetupDesk *self, GDBusMethodInvocation *invocation, const char *site,
                                     const char *url);
/* TestAccount: one test for each caller: the next one takes the place of the last. */
void         rd_setup_desk_test     (RdSetupDesk *self, GDBusMethodInvocation *invocation, GVariant *settings);
/* AddAccount */
void         rd_setup_desk_add      (RdSetupDesk *self, GDBusMethodInvocation *invocation, GVariant *settings);

G_END_DECLS
