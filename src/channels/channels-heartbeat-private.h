/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-clock.h"

G_BEGIN_DECLS

typedef struct
{
  /* Have the other side show that it lives. */
  void (*ask)     (gpointer owner);
  /* It has, after it was asked. */
  void (*relax)   (gpointer owner);
  /* It has not, in time. */
  void (*give_up) (gpointer owner);
} ChannelsHeartbeatFuncs;

/* Whether the other side of one socket still lives. Its owner's, and part of it. */
typedef struct
{
  ChannelsClock *clock; /* (unowned) */
  const ChannelsHeartbeatFuncs *funcs;
  gpointer owner; /* (unowned) */
  guint idle;     /* s without a frame before it is asked */
  guint patience; /* ms for its answer */
  gboolean regular;
  guint timer;
  gboolean asking;
  gint64 due;             /* monotonic, while asking */
  gint64 heard;           /* real, µs; 0: never */
  gint64 heard_monotonic; /* µs */
} ChannelsHeartbeat;

void channels_heartbeat_init  (ChannelsHeartbeat            *self,
                               ChannelsClock                *clock,
                               const ChannelsHeartbeatFuncs *funcs,
                               gpointer                      owner);
/* @idle: s; @patience: ms; @regular: it is asked that often, however much it has to say */
void channels_heartbeat_start (ChannelsHeartbeat *self,
                               guint              idle,
                               guint              patience,
                               gboolean           regular);
void channels_heartbeat_stop  (ChannelsHeartbeat *self);
/* Something came. */
void channels_heartbeat_note  (ChannelsHeartbeat *self);
/* Asks now; the answer has @ms. */
void channels_heartbeat_probe (ChannelsHeartbeat *self,
                               guint              ms);

G_END_DECLS
