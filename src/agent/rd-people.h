/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
#include "rd-site.h"

G_BEGIN_DECLS

#define RD_TYPE_PEOPLE (rd_people_get_type ())
G_DECLARE_FINAL_TYPE (RdPeople, rd_people, RD, PEOPLE, GObject)

/**
 * RdPeople:
 *
 * Who is there at one account's site: presence channels' members and what the site lists, as one. Behind People1.
 * What no channel tells is asked again every minute, while somebody looks.
 *
 * Properties, notified, as People1's: `online`, `status`, `status-message`, `available`.
 * ::person-changed (GVariant *) · ::people-reset ()
 */
RdPeople *rd_people_new          (RdSite *site, const char *account) G_GNUC_WARN_UNUSED_RESULT;
/* Before anything else; the system's by default. */
void      rd_people_set_clock    (RdPeople *self, RdClock *clock);
void      rd_people_set_own_user (RdPeople *self, const char *id, const char *name);
/* An event of the line, of any kind. */
void      rd_people_handle       (RdPeople *self, RdEvent *event);
/* A presence channel: all its members (element-type RdEvent, RD_EVENT_PERSON), or one that came or went. */
void      rd_people_set_members  (RdPeople *self, const char *channel, GPtrArray *members);
void      rd_people_add_member   (RdPeople *self, const char *channel, RdEvent *member);
void      rd_people_drop_member  (RdPeople *self, const char *channel, const char *id);
/* The line stands (again). */
void      rd_people_catch_up     (RdPeople *self);
/* Whether our user is there to be called: the site hears of it every half minute. There are sites to which that means
 * that the user is "online": while another status was chosen, that one is said instead. */
void      rd_people_set_present  (RdPeople *self, gboolean present);
/* Nothing is asked until somebody looks again. */
void      rd_people_pause        (RdPeople *self);
void      rd_people_stop         (RdPeople *self);

/* (nullable) (transfer full): what somebody is called */
char     *rd_people_dup_name     (RdPeople *self, const char *id);
/* (transfer floating): aa{sv}, the PERSONs with these ids that are known */
GVariant *rd_people_lookup_all   (RdPeople *self, const char * const *ids);
/* PERSONs of People1: aa{sv} */
void      rd_people_list_async   (RdPeople *self, const char *search, guint offset, guint limit,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full). @more: (out) */
GVariant *rd_people_list_finish  (RdPeople *self, GAsyncResult *result, gboolean *more,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @status: "online", "busy", "away", "offline" */
void      rd_people_set_status_async  (RdPeople *self, const char *status, gboolean available, const char *message,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean  rd_people_set_status_finish (RdPeople *self, GAsyncResult *result, GError **error);

G_END_DECLS
