/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-mock-agent.h"

G_BEGIN_DECLS

#define RD_TYPE_MOCK_DESK (rd_mock_desk_get_type ())
G_DECLARE_FINAL_TYPE (RdMockDesk, rd_mock_desk, RD, MOCK_DESK, GObject)

/**
 * RdMockDesk:
 *
 * What preferences and diagnostics ask the agent for: Quiet1, Sounds1, History1's Erase and Diagnostics1 of
 * RdMockAgent, which counts and fails. Sets itself quiet, and the tested sound, as it is asked to.
 */
RdMockDesk   *rd_mock_desk_new        (RdMockAgent *agent);
RdDBusQuiet1 *rd_mock_desk_get_quiet  (RdMockDesk *self);
RdDBusSounds1 *rd_mock_desk_get_sounds (RdMockDesk *self);
/* What Check answers, and ListErrors: "aa{sv}" as g_variant_parse() reads it */
void          rd_mock_desk_set_steps  (RdMockDesk *self, const char *steps);
void          rd_mock_desk_set_errors (RdMockDesk *self, const char *errors);

G_END_DECLS
