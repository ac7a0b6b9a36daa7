/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-sight.h"

G_BEGIN_DECLS

#define RD_TYPE_DEMO_CONTROL (rd_demo_control_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoControl, rd_demo_control, RD, DEMO_CONTROL, GObject)

/**
 * RdDemoControl:
 *
 * The demo's control page: the other side of everything, in a browser. The page and its small JSON API stand below
 * /control/TOKEN/; the token cannot be guessed, and what changes something must come as JSON and from the page's own
 * origin, so that no other page in the browser can make the demo ring.
 *
 * GET  state?after=N   everything the page shows, and the log's entries after N. Waits up to 20 s for news, if
 *                      `serial` still is the one given as `&serial=`.
 * POST outage          {"seconds"?: 1…60, "all"?: bool}: the Channels server goes away for a while; all: the sites, too
 * POST ACT             what else can happen: rd-demo-acts.h
 * Errors: 4xx {"error": text}.
 */
RdDemoControl *rd_demo_control_new       (const RdDemoSight *sight) G_GNUC_WARN_UNUSED_RESULT;
/* @port 0: any that is free */
gboolean       rd_demo_control_listen    (RdDemoControl *self, guint port, GError **error);
/* (transfer full): the page's address, with its token */
char          *rd_demo_control_dup_url   (RdDemoControl *self) G_GNUC_WARN_UNUSED_RESULT;
const char    *rd_demo_control_get_token (RdDemoControl *self);
/* Adds a line to the log. @kind: "request", "event", "act", "agent" */
void           rd_demo_control_note      (RdDemoControl *self, const char *kind, const char *text);

G_END_DECLS
