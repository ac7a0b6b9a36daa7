/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-crm.h"

G_BEGIN_DECLS

/* For the files that make up the CRM. */

void rd_demo_crm_install_sign_in  (RdDemoCrm *self);
void rd_demo_crm_install_calls    (RdDemoCrm *self);
void rd_demo_crm_install_messages (RdDemoCrm *self);

/* (element-type JsonObject): the messages, oldest first */
GPtrArray      *rd_demo_crm_get_messages (RdDemoCrm *self);
RdDemoChannels *rd_demo_crm_get_channels (RdDemoCrm *self);
const char     *rd_demo_crm_get_app_id   (RdDemoCrm *self);
/* Triggers @event on @user's channel; takes @data. */
void            rd_demo_crm_tell         (RdDemoCrm *self, gint64 user, const char *event, JsonObject *data);
void            rd_demo_crm_emit_changed (RdDemoCrm *self);
/* Answers with what @error is over HTTP: `{"error": …}` */
void            rd_demo_crm_refuse       (RdDemoRequest *request, const GError *error);

G_END_DECLS
