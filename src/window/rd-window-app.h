/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_WINDOW_APP (rd_window_app_get_type ())
G_DECLARE_FINAL_TYPE (RdWindowApp, rd_window_app, RD, WINDOW_APP, AdwApplication)

/**
 * RdWindowApp:
 *
 * The program ringdown-window: one window, one instance per agent. It owns the agent's bus name with ".Window" behind
 * it. Options: `--bus-name NAME` (the agent's), `--page PAGE`, `--setup TEXT`.
 */
AdwApplication *rd_window_app_new (const char *agent_bus_name);
/* The name of the agent that @argv names, or the default one. */
char           *rd_window_app_parse_bus_name (int argc, char **argv);

G_END_DECLS
