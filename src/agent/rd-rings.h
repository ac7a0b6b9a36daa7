/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"

G_BEGIN_DECLS

#define RD_TYPE_RINGS (rd_rings_get_type ())
G_DECLARE_FINAL_TYPE (RdRings, rd_rings, RD, RINGS, GObject)

/**
 * RdRings:
 *
 * The calls that ring here: each has its notification and may open the window, unless the user is not to be disturbed
 * by it. One that is held back rings on without a sight or sound, and comes forth if do-not-disturb ends while it does.
 */
RdRings *rd_rings_new        (const RdPolicyContext *context) G_GNUC_WARN_UNUSED_RESULT;
/* @key: as of rd_record_dup_call_key() */
void     rd_rings_add        (RdRings *self, RdCall *call, const char *key);
void     rd_rings_remove     (RdRings *self, const char *key);
/* (nullable) (transfer none) */
RdCall  *rd_rings_lookup     (RdRings *self, const char *key);
/* A click has taken its notification away, and it rings on. */
void     rd_rings_show_again (RdRings *self, RdCall *call, const char *key);

G_END_DECLS
