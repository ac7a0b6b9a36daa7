/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"

G_BEGIN_DECLS

#define RD_TYPE_REMINDER_POLICY (rd_reminder_policy_get_type ())
G_DECLARE_FINAL_TYPE (RdReminderPolicy, rd_reminder_policy, RD, REMINDER_POLICY, GObject)

/* What becomes of a reminder: a notification with Call Back when it is due, and nothing once the two have talked. */
RdReminderPolicy *rd_reminder_policy_new (const RdPolicyContext *context) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
