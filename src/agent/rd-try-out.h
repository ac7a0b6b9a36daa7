/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
#include "rd-notifier.h"
#include "rd-ringer.h"

G_BEGIN_DECLS

#define RD_TYPE_TRY_OUT (rd_try_out_get_type ())
G_DECLARE_FINAL_TYPE (RdTryOut, rd_try_out, RD, TRY_OUT, GObject)

/**
 * RdTryOut:
 *
 * A call that is none: its notification and its ring, for some seconds or until somebody has had enough of it. A real
 * call that comes meanwhile rings on afterwards.
 */
RdTryOut *rd_try_out_new   (RdNotifier *notifier, RdRinger *ringer, RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* @name: who is said to call. While one is on, it starts anew. */
void      rd_try_out_start (RdTryOut *self, const char *name);
void      rd_try_out_stop  (RdTryOut *self);

G_END_DECLS
