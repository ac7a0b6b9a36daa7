/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-client.h"

G_BEGIN_DECLS

/* What can be seen of a client, changed as one. */
typedef struct
{
  ChannelsClientState state;
  GError *error; /* (nullable) */
  int close_code;
  gint64 next_try; /* monotonic, µs, 0: none */
  char *socket_id; /* (nullable) */
} ChannelsStatus;

/* Its parts in the order in which they are notified */
typedef enum
{
  CHANNELS_STATUS_ERROR,
  CHANNELS_STATUS_CLOSE_CODE,
  CHANNELS_STATUS_NEXT_TRY,
  CHANNELS_STATUS_SOCKET_ID,
  CHANNELS_STATUS_STATE,
  CHANNELS_STATUS_N_PARTS,
} ChannelsStatusPart;

/* Takes @error, copies @socket_id; returns which parts have changed, one bit each. */
guint channels_status_assign (ChannelsStatus      *self,
                              ChannelsClientState  state,
                              GError              *error,
                              int                  close_code,
                              gint64               next_try,
                              const char          *socket_id);
void  channels_status_clear  (ChannelsStatus      *self);

G_END_DECLS
