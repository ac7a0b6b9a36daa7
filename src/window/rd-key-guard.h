/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_KEY_GUARD (rd_key_guard_get_type ())
G_DECLARE_FINAL_TYPE (RdKeyGuard, rd_key_guard, RD, KEY_GUARD, GObject)

/* 700 ms: longer than anybody needs between two keys of a word, shorter than reading who calls. */
#define RD_KEY_GUARD_TIME (700 * G_TIME_SPAN_MILLISECOND)

/* The monotonic time in µs, as g_get_monotonic_time(). */
typedef gint64 (*RdClockFunc) (void);

/**
 * RdKeyGuard:
 *
 * Keeps keys from a window for a moment after something that can be answered appeared in it, so that the Space or
 * Enter that was being typed decides nothing. A key held down stays without effect until it is released.
 */
RdKeyGuard *rd_key_guard_new      (GtkWidget *window, RdClockFunc clock);
void        rd_key_guard_arm      (RdKeyGuard *self);
/* Whether the key is to be swallowed. Called by the guard's own event controller. */
gboolean    rd_key_guard_pressed  (RdKeyGuard *self, guint keycode);
void        rd_key_guard_released (RdKeyGuard *self, guint keycode);

G_END_DECLS
