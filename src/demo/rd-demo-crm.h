/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-call.h"
#include "rd-demo-channels.h"

G_BEGIN_DECLS

#define RD_DEMO_ERROR (rd_demo_error_quark ())

/* What the CRM refuses; the message is what it says. */
typedef enum
{
  RD_DEMO_ERROR_BAD_REQUEST,
  RD_DEMO_ERROR_FORBIDDEN,
  RD_DEMO_ERROR_NOT_FOUND,
} RdDemoError;

GQuark rd_demo_error_quark (void);

#define RD_TYPE_DEMO_CRM (rd_demo_crm_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoCrm, rd_demo_crm, RD, DEMO_CRM, GObject)

/**
 * RdDemoCrm:
 *
 * The CRM of backends.md, 1: its paths, its rules, its events on `private-user-ID`, calls also over its own
 * WebSocket at /ws/video-call/ID/. What the functions
 * below do for a person is what the REST API does when that person asks: the demo's control page is the other side.
 *
 * ::changed: a call or a person's presence changed
 */
RdDemoCrm    *rd_demo_crm_new           (RdDemoChannels *channels, const char *app_id) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none): to listen, to stop, to set its mood, to watch its requests */
RdDemoSite   *rd_demo_crm_get_site      (RdDemoCrm *self);
/* (transfer none) (element-type RdDemoPerson) */
GPtrArray    *rd_demo_crm_get_people    (RdDemoCrm *self);
/* (transfer none) (element-type RdDemoCall): oldest first */
GPtrArray    *rd_demo_crm_get_calls     (RdDemoCrm *self);
/* (nullable) (transfer none) */
RdDemoCall   *rd_demo_crm_lookup_call   (RdDemoCrm *self, gint64 id);
/* (nullable) (transfer none): the latest live call */
RdDemoCall   *rd_demo_crm_find_active   (RdDemoCrm *self, gint64 user);
/* A fresh pair of tokens, as a sign-in gives; they stand in the person. Earlier ones stay good. */
RdDemoPerson *rd_demo_crm_sign_in       (RdDemoCrm *self, gint64 user);
/* The access tokens have run out; the refresh tokens are still good. */
void          rd_demo_crm_expire_access (RdDemoCrm *self, gint64 user);
/* None is good any more. */
void          rd_demo_crm_sign_out      (RdDemoCrm *self, gint64 user);

/* @to 0: nobody. (nullable) (transfer none) */
RdDemoCall   *rd_demo_crm_place         (RdDemoCrm *self, gint64 from, gint64 to, gboolean audio, GError **error);
/* @action: "answer", "reject", "end" */
gboolean      rd_demo_crm_act           (RdDemoCrm *self, gint64 user, gint64 call, const char *action, GError **error);
/* Sends the call's event again, as it stands: "call-initiated"… (a double, for tests) */
void          rd_demo_crm_announce      (RdDemoCrm *self, RdDemoCall *call, const char *event);
/* Returns the message's id, 0 on error */
gint64        rd_demo_crm_send_message  (RdDemoCrm *self, gint64 from, gint64 to, const char *text, GError **error);
/* @subject: (nullable) */
gint64        rd_demo_crm_send_message_with_subject (RdDemoCrm *self, gint64 from, gint64 to, const char *text,
                                                     const char *subject, GError **error);
/* @user reads all that @other has written: `message-read` to @other. Returns how many that were. */
guint         rd_demo_crm_read          (RdDemoCrm *self, gint64 user, gint64 other);
/* What was written in the last days, so that there is something to look at; it is read */
void          rd_demo_crm_add_history   (RdDemoCrm *self);
/* How many messages @user has not read */
guint         rd_demo_crm_count_unread  (RdDemoCrm *self, gint64 user);
/* (transfer full): the newest, as REST lists them */
JsonArray    *rd_demo_crm_list_messages (RdDemoCrm *self, guint count) G_GNUC_WARN_UNUSED_RESULT;
/* How many of the site's own sockets there are */
guint         rd_demo_crm_count_line    (RdDemoCrm *self);
/* @status: "online", "busy", "away", "offline". No event: the site's page asks for the list. */
void          rd_demo_crm_set_presence  (RdDemoCrm *self, gint64 user, const char *status, gboolean available,
                                         const char *message);
/* @event: "issue-created", "issue-updated", "issue-status-changed", to you */
void          rd_demo_crm_tell_issue    (RdDemoCrm *self, const char *event, const char *title, const char *status);
/* Many: strangers by name, and conversations of yours with them. */
void          rd_demo_crm_add_people    (RdDemoCrm *self, guint count);
void          rd_demo_crm_add_conversations (RdDemoCrm *self, guint count);
/* The site's own line goes down: its sockets are dropped. */
void          rd_demo_crm_drop_line     (RdDemoCrm *self);

G_END_DECLS
