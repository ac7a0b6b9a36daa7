/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_QUIET_BANNER (rd_quiet_banner_get_type ())
G_DECLARE_FINAL_TYPE (RdQuietBanner, rd_quiet_banner, RD, QUIET_BANNER, GtkWidget)

/**
 * RdQuietBanner:
 *
 * Says that calls do not ring, and until when; hidden while they do. A telephone that keeps silent without a word is
 * one that is taken for broken.
 */
void rd_quiet_banner_set_model (RdQuietBanner *self, RdModel *model);

G_END_DECLS
