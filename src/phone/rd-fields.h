/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-event.h"
#include "rd-value.h"

G_BEGIN_DECLS

/* A profile's set of fields: for each field of RdEvent that it names, where its value stands. Reference counted. */
typedef struct _RdFields RdFields;

/* The words by which a site says a call's status. (element-type utf8 RdEventCallStatus) */
typedef GHashTable RdStatuses;

/* (array zero-terminated): every field there is, as profiles write it: "call.id", "room.url"… */
const char *const *rd_fields_get_names (void);
/* @json is checked already: an object of names and values. */
RdFields *rd_fields_new   (JsonNode *json) G_GNUC_WARN_UNUSED_RESULT;
RdFields *rd_fields_ref   (RdFields *self);
void      rd_fields_unref (RdFields *self);
/* Reads @data into @event. @statuses (nullable): the profile's own words. */
void      rd_fields_fill  (RdFields *self, RdEvent *event, JsonNode *data, RdStatuses *statuses);
/* A call says when it began, started and ended: which of these is when the event happened, its kind says. */
void      rd_fields_infer_at (RdEvent *event);
/* What rd_fields_fill() found of what an event of its kind cannot do without: (nullable): the field that is missing */
const char *rd_fields_missing (const RdEvent *event);
/* Makes @event's key of its kind and these fields. (array zero-terminated) (nullable): NULL = by its kind */
void      rd_fields_make_key (RdEvent *event, const char *const *names);

G_END_DECLS
