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

/* RD_FAULT_BAD_PROFILE, where = "@source: place", said = reason */
gboolean rd_profile_check (JsonNode *root, const char *source, GError **error);

G_END_DECLS
