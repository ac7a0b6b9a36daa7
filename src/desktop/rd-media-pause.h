/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_MEDIA_PAUSE (rd_media_pause_get_type ())
G_DECLARE_FINAL_TYPE (RdMediaPause, rd_media_pause, RD, MEDIA_PAUSE, GObject)

/**
 * RdMediaPause:
 *
 * Pauses the session's media players (MPRIS) for a while. Paused are those that play when the while begins, and can be
 * paused; resumed are those of them that are still paused as we left them: one that the user has started, stopped or
 * paused since is the user's. Nothing waits for a player.
 */
/* @connection: the session bus */
RdMediaPause *rd_media_pause_new        (GDBusConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
/* The end of it counts when it has lasted: between a ring and its call nothing plays for a moment. */
void          rd_media_pause_set_wanted (RdMediaPause *self, gboolean wanted);
/* Resumes at once what is to be resumed, for a program that ends. Replies are not waited for. */
void          rd_media_pause_shut_down  (RdMediaPause *self);

G_END_DECLS
