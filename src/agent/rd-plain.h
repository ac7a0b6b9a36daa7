/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-plain.h"
#include "rd-site.h"

G_BEGIN_DECLS

#define RD_PLAIN_CHANNEL "line"

#define RD_TYPE_PLAIN (rd_plain_get_type ())
G_DECLARE_FINAL_TYPE (RdPlain, rd_plain, RD, PLAIN, GObject)

/* A site's plain line as its profile describes it, signed in as the site's other requests are. */
RdPlain *rd_plain_new (RdSite *site) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
