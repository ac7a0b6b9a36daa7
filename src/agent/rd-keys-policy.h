/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"
#include "rd-global-shortcuts.h"

G_BEGIN_DECLS

#define RD_TYPE_KEYS_POLICY (rd_keys_policy_get_type ())
G_DECLARE_FINAL_TYPE (RdKeysPolicy, rd_keys_policy, RD, KEYS_POLICY, GObject)

/* What keys that work everywhere do: "answer", "decline" and "silence" the call that has rung longest, "hang-up" the
 * one that is active or rings at the other side, "quiet" turns do-not-disturb on or off. As far as the setting
 * "global-shortcuts" wants them. A key has no caller to tell of a failure: a notice does. */
RdKeysPolicy *rd_keys_policy_new   (const RdPolicyContext *context,
                                    RdGlobalShortcuts *shortcuts) G_GNUC_WARN_UNUSED_RESULT;
/* Once the loop runs: asks the desktop for them, if they are wanted. */
void          rd_keys_policy_start (RdKeysPolicy *self);

G_END_DECLS
