/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Profiles come from people: every member is checked against these tables before anything is built from it. The
 * published schema (data/profiles/profile-1.schema.json) says the same; a test keeps both in step. */

#define RD_PROFILE_MAX_SIZE (256 * 1024)

typedef struct _RdCheck RdCheck;
typedef struct _RdRule RdRule;
typedef struct _RdShape RdShape;

/* One member of an object. */
struct _RdRule
{
  const char *name;
  gboolean (*check) (RdCheck *check, JsonNode *node, const RdRule *rule);
  gboolean required;
  const RdShape *shape;     /* of an object, or of each in a map of them */
  const char *const *words; /* the only strings, or the only keys of a map */
};

/* An object: all the members that it may have, ended by a rule without a name. */
struct _RdShape
{
  const char *name; /* its name in the schema's $defs; "" is the whole profile */
  const RdRule *rules;
};

/* (array NULL-terminated): for the test */
const RdShape *const *rd_profile_get_shapes  (void);
const char *const    *rd_profile_get_actions (void);

/* (array zero-terminated): the variables that an action may use; beside those every one may, with the account's
 * own. (nullable): NULL: there is no such action */
const char *const    *rd_profile_get_action_variables  (const char *action);
const char *const    *rd_profile_get_account_variables (void);

/* What is wrong with a profile, and where. */
typedef struct
{
  char *place;  /* its JSON path without the "$." before it: "events['a.b'].is"; "" for the whole */
  char *said;   /* the reason, in English, as errors say it */
  char **known; /* (nullable): the words that are known there */
} RdProfileFault;

void rd_profile_fault_free (RdProfileFault *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdProfileFault, rd_profile_fault_free)

/* (transfer full) (element-type RdProfileFault): all of them, the first 100; empty: it may be built */
GPtrArray *rd_profile_find_faults (JsonNode *root) G_GNUC_WARN_UNUSED_RESULT;
/* The same for what may be read but can never work. @root: without faults. */
GPtrArray *rd_profile_find_doubts (JsonNode *root) G_GNUC_WARN_UNUSED_RESULT;
/* The first of them as RD_FAULT_BAD_PROFILE, where = "@source: place", said = reason */
gboolean   rd_profile_check       (JsonNode *root, const char *source, GError **error);

G_END_DECLS
