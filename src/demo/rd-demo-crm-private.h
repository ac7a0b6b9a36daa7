/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-crm.h"
#include "rd-demo-mail.h"

G_BEGIN_DECLS

/* For the files that make up the CRM. */

void rd_demo_crm_install_sign_in  (RdDemoCrm *self);
void rd_demo_crm_install_calls    (RdDemoCrm *self);
void rd_demo_crm_install_messages (RdDemoCrm *self);
void rd_demo_crm_install_line     (RdDemoCrm *self);

RdDemoMail     *rd_demo_crm_get_mail     (RdDemoCrm *self);
/* (element-type RdDemoSocket): those of its own line */
GPtrArray      *rd_demo_crm_get_sockets  (RdDemoCrm *self);
RdDemoChannels *rd_demo_crm_get_channels (RdDemoCrm *self);
const char     *rd_demo_crm_get_app_id   (RdDemoCrm *self);
/* Triggers @event on @user's channel; takes @data. */
void            rd_demo_crm_tell         (RdDemoCrm *self, gint64 user, const char *event, JsonObject *data);
/* Sends @event over @user's sockets of the site's own line; leaves @data alone. */
void            rd_demo_crm_tell_line    (RdDemoCrm *self, gint64 user, const char *event, JsonObject *data);
/* (nullable) (transfer none): who this refresh token is of, with a new pair; a token is good for once */
RdDemoPerson   *rd_demo_crm_renew        (RdDemoCrm *self, const char *refresh);
void            rd_demo_crm_emit_changed (RdDemoCrm *self);
/* Answers with what @error is over HTTP: `{"error": …}` */
void            rd_demo_crm_refuse       (RdDemoRequest *request, const GError *error);

G_END_DECLS
