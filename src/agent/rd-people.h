/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-site.h"

G_BEGIN_DECLS

#define RD_TYPE_PEOPLE (rd_people_get_type ())
G_DECLARE_FINAL_TYPE (RdPeople, rd_people, RD, PEOPLE, GObject)

/**
 * RdPeople:
 *
 * Who is there at one account's site: presence channels' members and what the site lists, as one. Behind People1.
 *
 * Properties, notified, as People1's: `online`, `status`, `status-message`, `available`.
 * ::person-changed (GVariant *) · ::people-reset ()
 */
RdPeople *rd_people_new          (RdSite *site, const char *account) G_GNUC_WARN_UNUSED_RESULT;
void      rd_people_set_own_user (RdPeople *self, const char *id, const char *name);
/* An event of the line, of any kind. */
void      rd_people_handle       (RdPeople *self, RdEvent *event);
/* A presence channel: all its members (element-type RdEvent, RD_EVENT_PERSON), or one that came or went. */
void      rd_people_set_members  (RdPeople *self, const char *channel, GPtrArray *members);
void      rd_people_add_member   (RdPeople *self, const char *channel, RdEvent *member);
void      rd_people_drop_member  (RdPeople *self, const char *channel, const char *id);
/* The line stands (again). */
void      rd_people_catch_up     (RdPeople *self);
void      rd_people_stop         (RdPeople *self);

G_END_DECLS
