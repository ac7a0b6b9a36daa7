/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"
#include "rd-dbus.h"
#include "rd-news-policy.h"
#include "rd-profiles.h"
#include "rd-setup-desk.h"

G_BEGIN_DECLS

/* What the Agent1 object speaks for. Borrowed for the constructor's call; kept by reference. */
typedef struct
{
  RdPolicyContext policy;
  RdNewsPolicy *news;
  RdProfiles *profiles;
  RdSecrets *secrets;
  RdSetupDesk *setup_desk;
} RdAgentContext;

#define RD_TYPE_AGENT_OBJECT (rd_agent_object_get_type ())
G_DECLARE_FINAL_TYPE (RdAgentObject, rd_agent_object, RD, AGENT_OBJECT, RdDBusAgent1Skeleton)

/**
 * RdAgentObject:
 *
 * io.github.ringdown.Agent1.
 *
 * ::quit (): a bus client wants the agent to end.
 */
RdAgentObject *rd_agent_object_new         (const RdAgentContext *context) G_GNUC_WARN_UNUSED_RESULT;
/* Adds to Problems. */
void           rd_agent_object_add_problem (RdAgentObject *self, const GError *error);

G_END_DECLS
