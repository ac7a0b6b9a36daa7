/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_AGENT_APP (rd_agent_app_get_type ())
G_DECLARE_FINAL_TYPE (RdAgentApp, rd_agent_app, RD, AGENT_APP, GApplication)

/* The agent as a program: its command line, its bus name, its beginning and its end. @libexec_dir: where the other
 * programs are. */
RdAgentApp *rd_agent_app_new (const char *libexec_dir) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
