/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-client.h"

G_BEGIN_DECLS

/* What Account1 says of a line: `State`, `Reason`, `ReasonDetail`, `NextTry`. */
typedef struct
{
  const char *state;  /* static */
  const char *reason; /* static */
  GVariant *detail;
  gint64 next_try;
} RdLineStatus;

RdLineStatus *rd_line_status_new       (const char *state) G_GNUC_WARN_UNUSED_RESULT;
/* @error: (nullable): any layer's */
RdLineStatus *rd_line_status_new_fault (const char *state, const GError *error,
                                        gint64 next_try) G_GNUC_WARN_UNUSED_RESULT;
/* @refusal: (nullable): why a channel is refused; @deaf: all of them are */
RdLineStatus *rd_line_status_new_client (ChannelsClient *client, const GError *refusal,
                                         gboolean deaf) G_GNUC_WARN_UNUSED_RESULT;
void          rd_line_status_free      (RdLineStatus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdLineStatus, rd_line_status_free)

G_END_DECLS
