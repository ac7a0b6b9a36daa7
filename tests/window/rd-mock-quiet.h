/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-mock-agent.h"

G_BEGIN_DECLS

#define RD_TYPE_MOCK_QUIET (rd_mock_quiet_get_type ())
G_DECLARE_FINAL_TYPE (RdMockQuiet, rd_mock_quiet, RD, MOCK_QUIET, GObject)

/**
 * RdMockQuiet:
 *
 * Quiet1 of RdMockAgent: does what it is told, and its properties say so.
 */
RdMockQuiet  *rd_mock_quiet_new          (RdMockAgent *agent);
RdDBusQuiet1 *rd_mock_quiet_get_skeleton (RdMockQuiet *self);

G_END_DECLS
