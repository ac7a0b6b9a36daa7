/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RD_MEDIA_PLAYER_ASKED,  /* what it does, or to pause: it has not answered yet */
  RD_MEDIA_PLAYER_PAUSED, /* by us */
  RD_MEDIA_PLAYER_NOT_OURS, /* it did not play, or somebody has done something with it since */
} RdMediaPlayerState;

#define RD_TYPE_MEDIA_PLAYER (rd_media_player_get_type ())
G_DECLARE_FINAL_TYPE (RdMediaPlayer, rd_media_player, RD, MEDIA_PLAYER, GObject)

/**
 * RdMediaPlayer:
 *
 * One player, from the moment on at which it is to be paused: asks whether it plays, pauses it, and follows what
 * becomes of it then.
 */
/* @name: its name on the bus */
RdMediaPlayer     *rd_media_player_new       (GDBusConnection *connection, const char *name) G_GNUC_WARN_UNUSED_RESULT;
const char        *rd_media_player_get_name  (RdMediaPlayer *self);
RdMediaPlayerState rd_media_player_get_state (RdMediaPlayer *self);
/* Plays on, if it is paused by us still; it is not ours any more. */
void               rd_media_player_resume    (RdMediaPlayer *self);

G_END_DECLS
