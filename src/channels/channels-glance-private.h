/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-json-text-private.h"

G_BEGIN_DECLS

#define CHANNELS_GLANCE_MAX_NAME 200 /* bytes, of each of the first three */

/* An event's parts, where they stand in the frame's text. */
typedef struct
{
  ChannelsSlice event;
  ChannelsSlice channel;
  ChannelsSlice user_id; /* none: nobody is named */
  ChannelsSlice data;    /* between the quotes, escapes as they are; none: there is no data */
} ChannelsGlance;

/* Whether @text is UTF-8 and a frame of a channel in the shape in which nearly all of them come. %FALSE says nothing
 * about the text but that it takes more than a glance (channels_frame_parse()). */
gboolean channels_glance (ChannelsGlance *self,
                          const char     *text,
                          gsize           length);

G_END_DECLS
