/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile.h"

G_BEGIN_DECLS

/* Where a field's value comes from. */
typedef enum
{
  RD_FIELD_FROM_DATA,    /* the event's data */
  RD_FIELD_FROM_CHANNEL, /* the channel's name */
  RD_FIELD_INFERRED,     /* another field, or the event's name */
} RdFieldOrigin;

/* One field that a profile names for an event, or that follows from others. */
typedef struct
{
  const char *name;
  char *value;          /* (nullable): NULL: not found, or of no use; a secret is "***" */
  char *from;           /* (nullable): the place it was found at, or all places where it was looked for */
  char *raw;            /* (nullable): what stands there and is of no use */
  RdFieldOrigin origin;
} RdFieldReport;

/* What a profile makes of a recorded event, for those who write one. */
typedef struct
{
  RdEventKind kind;
  GPtrArray *fields; /* RdFieldReport, in the order of rd_fields_get_names() */
  char **missing;    /* what it cannot do without: "title|body" is either of them; empty: it is of use */
} RdEventReport;

/* (nullable): NULL without error: the profile does not name the event. RD_FAULT_BAD_INPUT: @data is no object.
 * @channel: (nullable) */
RdEventReport *rd_profile_report_event (RdProfile *profile, const char *channel, const char *event, JsonNode *data,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void           rd_event_report_free    (RdEventReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdEventReport, rd_event_report_free)

/* What a WebSocket carried of an event, as `ringdown watch --json` prints it, as the Channels protocol has it (data in
 * a string), or as the profile's plain line: (transfer full): its data. @event: (out) (transfer full); @channel: (out)
 * (nullable) (transfer full). RD_FAULT_BAD_INPUT. */
JsonNode      *rd_profile_read_frame   (RdProfile *profile, JsonNode *frame, char **event, char **channel,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
