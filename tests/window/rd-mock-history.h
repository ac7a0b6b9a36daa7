/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-mock-agent.h"

G_BEGIN_DECLS

#define RD_TYPE_MOCK_HISTORY (rd_mock_history_get_type ())
G_DECLARE_FINAL_TYPE (RdMockHistory, rd_mock_history, RD, MOCK_HISTORY, GObject)

/**
 * RdMockHistory:
 *
 * History1 of RdMockAgent: keeps what a test puts into it, newest first, and forgets what it is told to.
 */
RdMockHistory  *rd_mock_history_new          (RdMockAgent *agent);
RdDBusHistory1 *rd_mock_history_get_skeleton (RdMockHistory *self);
/* @n entries of account "crm", newest first, with ids from @n down to 1: calls, of which each third was missed, but
 * each tenth is a payment and each tenth after that a message; half an hour apart. */
void            rd_mock_history_fill         (RdMockHistory *self, guint n);
/* Puts an ENTRY (text as g_variant_parse() reads it) above all others, without a word of it; its "id" must be new. */
void            rd_mock_history_put          (RdMockHistory *self, const char *entry);
/* The same, and tells. */
void            rd_mock_history_add          (RdMockHistory *self, const char *entry);
guint           rd_mock_history_get_n        (RdMockHistory *self);

G_END_DECLS
