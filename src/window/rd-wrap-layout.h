/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_WRAP_LAYOUT (rd_wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (RdWrapLayout, rd_wrap_layout, RD, WRAP_LAYOUT, GtkLayoutManager)

/**
 * RdWrapLayout:
 *
 * Children of equal width side by side, or one below the other where the longest of them does not fit its share:
 * buttons whose labels are longer in another language. (AdwWrapBox is newer than what Ringdown builds on.)
 *
 * Property `spacing` (int), in px.
 */

G_END_DECLS
