/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-mock-agent.h"

G_BEGIN_DECLS

#define RD_TYPE_MOCK_MESSAGES (rd_mock_messages_get_type ())
G_DECLARE_FINAL_TYPE (RdMockMessages, rd_mock_messages, RD, MOCK_MESSAGES, GObject)

/**
 * RdMockMessages:
 *
 * Messages1 of an account of RdMockAgent. Texts are as g_variant_parse() reads them.
 */
/* Adds "messages", "send" and "typing" to the account's abilities. */
RdMockMessages *rd_mock_messages_new          (RdMockAgent *agent, RdDBusAccount1 *account);
RdDBusMessages1 *rd_mock_messages_get_skeleton (RdMockMessages *self);
/* @n conversations "c0", "c1"…, newest first, with people whose names are known to the demo, the first ones unread. */
void            rd_mock_messages_fill         (RdMockMessages *self, guint n);
/* @n messages "m0"…, oldest first */
void            rd_mock_messages_fill_messages (RdMockMessages *self, const char *conversation, guint n);
/* Becomes the newest, or stays where it is, and is told. */
void            rd_mock_messages_change       (RdMockMessages *self, const char *conversation, gboolean newest);
/* Adds a message, or changes the one with its id, and tells of it. */
void            rd_mock_messages_say          (RdMockMessages *self, const char *message);
/* Everything is gone, and told by ConversationsReset. */
void            rd_mock_messages_reset        (RdMockMessages *self);

G_END_DECLS
