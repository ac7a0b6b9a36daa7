/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-event.h"
#include "rd-value.h"
#include "rd-words.h"

G_BEGIN_DECLS

/* A profile's set of fields: for each field of RdEvent that it names, where its value stands. Reference counted. */
typedef struct _RdFields RdFields;

/* (array zero-terminated): every field there is, as profiles write it: "call.id", "room.url"… */
const char *const *rd_fields_get_names (void);
/* @json is checked already: an object of names and values. */
RdFields *rd_fields_new   (JsonNode *json) G_GNUC_WARN_UNUSED_RESULT;
RdFields *rd_fields_ref   (RdFields *self);
void      rd_fields_unref (RdFields *self);
/* Reads @data into @event. @words (nullable): the profile's own. */
void      rd_fields_fill  (RdFields *self, RdEvent *event, JsonNode *data, RdWords *words);
/* Sets a field of text that @event has not got: an id, a name. FALSE if there is no such field, or @text is no such
 * thing. */
gboolean  rd_fields_set   (RdEvent *event, const char *name, const char *text);
gboolean  rd_fields_has   (RdFields *self, const char *name);
/* Whether rd_fields_set() takes it. */
gboolean  rd_fields_is_text (const char *name);
/* (nullable) (transfer full): a field as text, for people who write profiles; NULL: @event has not got it. A secret is
 * "***". */
char     *rd_fields_dup_shown (const RdEvent *event, const char *name);
/* A call that is listed, or told of by its status, becomes one of the four kinds by how it stands. */
void      rd_fields_settle_call (RdEvent *event);
/* A call says when it began, started and ended, an invoice when it was made and paid: which of these is when the event
 * happened, its kind says. */
void      rd_fields_infer_at (RdEvent *event);
/* What an event of @kind cannot do without: "call.id,initiator.id", "title|body" for either of them */
const char *rd_fields_get_needed (RdEventKind kind);
/* What rd_fields_fill() found of what an event of its kind cannot do without: (nullable): the field that is missing */
const char *rd_fields_missing (const RdEvent *event);
/* The same, all of them: (array zero-terminated): one a line of alternatives with "|" between */
char     **rd_fields_dup_all_missing (const RdEvent *event) G_GNUC_WARN_UNUSED_RESULT;
/* For those who write profiles. (nullable) (transfer full) each: the alternative of the field @name that reads @shown
 * in @data; all its alternatives; what stands there, as it is, but for a secret. */
char      *rd_fields_dup_origin (RdFields *self, const char *name, JsonNode *data, RdWords *words,
                                 const char *shown) G_GNUC_WARN_UNUSED_RESULT;
char      *rd_fields_dup_paths  (RdFields *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;
char      *rd_fields_dup_raw    (RdFields *self, const char *name, JsonNode *data) G_GNUC_WARN_UNUSED_RESULT;
/* Makes @event's key of its kind and these fields. (array zero-terminated) (nullable): NULL = by its kind */
void      rd_fields_make_key (RdEvent *event, const char *const *names);

G_END_DECLS
