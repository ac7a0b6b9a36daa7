/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The user that the demo's agent signs in as. */
#define RD_DEMO_YOU 7
/* How many there are to begin with. */
#define RD_DEMO_STAFF 5

/* Somebody the demo CRM knows. */
typedef struct
{
  gint64 id;
  char *username;
  char *first_name;
  char *last_name;
  char *full_name;
  char *email;
  char *password;       /* made at run time */
  char *access;         /* (nullable): the tokens of the last sign-in */
  char *refresh;
  char *status;         /* "online", "busy", "away", "offline" */
  char *status_message;
  gboolean available;
} RdDemoPerson;

/* (transfer full) (element-type RdDemoPerson): Ada Lovelace, Grace Hopper… and you, user 7 */
GPtrArray    *rd_demo_people_new     (void) G_GNUC_WARN_UNUSED_RESULT;
/* @count more, by invented names */
void          rd_demo_people_add     (GPtrArray *people, guint count);
/* Both nullable: it stays as it was */
void          rd_demo_person_set_presence (RdDemoPerson *person, const char *status, const char *message);
/* (nullable) (transfer none) each */
RdDemoPerson *rd_demo_people_lookup  (GPtrArray *people, gint64 id);
/* by user name or e-mail address */
RdDemoPerson *rd_demo_people_find    (GPtrArray *people, const char *name);
/* (transfer full): as `GET /api/users/me/` shows it */
JsonObject   *rd_demo_person_to_json (const RdDemoPerson *person) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
