/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"

G_BEGIN_DECLS

#define RD_TYPE_NEWS_POLICY (rd_news_policy_get_type ())
G_DECLARE_FINAL_TYPE (RdNewsPolicy, rd_news_policy, RD, NEWS_POLICY, GObject)

/**
 * RdNewsPolicy:
 *
 * How payments, invoices, messages and notices show: a toast and a tone.
 *
 * ::message (GVariant *message): as of Agent1's MessageReceived.
 */
RdNewsPolicy *rd_news_policy_new (const RdPolicyContext *context) G_GNUC_WARN_UNUSED_RESULT;

/* Which tone goes with a payment event; FALSE: none. */
gboolean      rd_news_policy_choose_tone (const RdEvent *event, RdTone *tone);

G_END_DECLS
