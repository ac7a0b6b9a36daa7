/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-app.h"
#include "rd-demo-site.h"

G_BEGIN_DECLS

typedef RdDemoApp *(*RdDemoAppLookup) (const char *id, gpointer user_data);

/* Adds the HTTP API for triggering events (protocol.md, "HTTP API") to @site: `POST /apps/ID/events` and
 * `/apps/ID/batch_events`. The signature, the body's checksum and the timestamp (± 600 s) are checked. */
void rd_demo_events_api_install (RdDemoSite *site, RdDemoAppLookup lookup, gpointer user_data);

G_END_DECLS
