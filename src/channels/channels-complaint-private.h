/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-close-private.h"
#include "channels-frame-private.h"

G_BEGIN_DECLS

/* The last `pusher:error` of one socket; all zero: there was none */
typedef struct
{
  int code;
  char *message; /* (nullable) */
  gint64 time;   /* monotonic, µs; 0: it says nothing any more */
} ChannelsComplaint;

void     channels_complaint_note     (ChannelsComplaint       *self,
                                      const ChannelsFrame     *frame,
                                      gint64                   now);
/* It was about one request. */
void     channels_complaint_forget   (ChannelsComplaint       *self);
void     channels_complaint_clear    (ChannelsComplaint       *self);
/* Whether it says why the socket ends @now; @established: whether the server had taken the socket */
gboolean channels_complaint_explains (const ChannelsComplaint *self,
                                      gint64                   now,
                                      gboolean                 established);

G_END_DECLS
