/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define RD_TYPE_DEMO_LOG (rd_demo_log_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoLog, rd_demo_log, RD, DEMO_LOG, GObject)

/* The demo's log: the last lines of what happened, numbered from 1.
 *
 * ::added (const char *kind, const char *text) */
RdDemoLog *rd_demo_log_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void       rd_demo_log_add     (RdDemoLog *self, const char *kind, const char *text);
/* (transfer full): the entries after number @after, as [{n, time, kind, text}] */
JsonArray *rd_demo_log_to_json (RdDemoLog *self, gint64 after) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
