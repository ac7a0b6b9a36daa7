/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rd-event.h"
#include "rd-vars.h"

G_BEGIN_DECLS

#define RD_TYPE_PROFILE (rd_profile_get_type ())
G_DECLARE_FINAL_TYPE (RdProfile, rd_profile, RD, PROFILE, GObject)

/**
 * RdProfile:
 *
 * What one kind of site sends and takes, read from JSON (data/profiles, schema
 * data/profiles/profile-1.schema.json). Immutable. No I/O but reading a given file.
 */

/* One REST action, checked when the profile was read. */
typedef struct _RdAction RdAction;

/* A request that an action becomes with values put in: path and query are percent-encoded. */
typedef struct
{
  char *method;          /* "GET", "POST", "PATCH" */
  char *path;            /* absolute path, with query if any */
  char *content_type;    /* (nullable) */
  char *body;            /* (nullable) */
} RdRequest;

void rd_request_free (RdRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdRequest, rd_request_free)

/* @source: what errors name, e.g. the file. RD_FAULT_BAD_PROFILE with file, place and reason. */
RdProfile  *rd_profile_new_from_data (const char *data, gssize length, const char *source,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
RdProfile  *rd_profile_new_from_file (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *rd_profile_get_id        (RdProfile *self);
const char *rd_profile_get_name      (RdProfile *self);
/* (array zero-terminated) (transfer none): variables that an account must give beyond the user's id */
const char * const *rd_profile_get_needs (RdProfile *self);

/* Which header carries the token: "Authorization", and what stands before it: "Bearer " */
const char *rd_profile_get_token_header (RdProfile *self);
const char *rd_profile_get_token_prefix (RdProfile *self);
/* Channel authorisation. (nullable): NULL = public channels only */
const char *rd_profile_get_authorise_path    (RdProfile *self);
gboolean    rd_profile_get_authorise_is_json (RdProfile *self);
/* The API's base path ("/api/v1") is part of the actions' paths. */

/* (transfer full) (array zero-terminated): the channels to join with these values; a name whose variable
 * has several values comes once for each; one with a missing variable is left out. */
char      **rd_profile_dup_channels  (RdProfile *self, RdVars *vars) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable) (transfer full): NULL without error if the profile does not name the event;
 * RD_FAULT_BAD_REPLY if it does and a field it cannot do without is missing or wrong. Never aborts. */
RdEvent    *rd_profile_map_event     (RdProfile *self, const char *channel, const char *event, JsonNode *data,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The action: "place", "place-by-email", "answer", "reject", "end", "active-call", "calls", "heartbeat",
 * "refresh", "user", "invoices"… (nullable) */
const RdAction *rd_profile_get_action (RdProfile *self, const char *name);
/* RD_FAULT_BAD_INPUT naming the variable if one is missing. Values are put in percent-encoded (path, query,
 * form) or as JSON strings; a body member written "{number:recipient.id}" becomes a JSON number if the value
 * is one, else a string. */
RdRequest  *rd_action_build          (const RdAction *self, RdVars *vars, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Every call (one, or an array) in a reply, as events of kind initiated, answered, rejected or ended
 * according to each one's status. (element-type RdEvent). @body NULL (204) gives an empty array. */
GPtrArray  *rd_action_map_calls      (RdProfile *profile, const RdAction *self, JsonNode *body,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): a named reply value, e.g. "id", "name", "access", "refresh" */
char       *rd_action_dup_value      (const RdAction *self, JsonNode *body, const char *name);
/* (transfer full) (array zero-terminated): a named reply list, e.g. "invoice.id" */
char      **rd_action_dup_list       (const RdAction *self, JsonNode *body, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): the site's own words in an error reply; and whether a 200 reply says it failed */
char       *rd_profile_dup_error     (RdProfile *self, JsonNode *body);
gboolean    rd_profile_reply_failed  (RdProfile *self, JsonNode *body);

/* Hosts whose rooms may be opened without asking. (array zero-terminated) */
const char * const *rd_profile_get_room_hosts (RdProfile *self);

G_END_DECLS
