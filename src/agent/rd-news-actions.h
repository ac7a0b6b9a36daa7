/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"

G_BEGIN_DECLS

#define RD_TYPE_NEWS_ACTIONS (rd_news_actions_get_type ())
G_DECLARE_FINAL_TYPE (RdNewsActions, rd_news_actions, RD, NEWS_ACTIONS, GObject)

/* What becomes of a toast: what the user does with it, and that it goes when there is no need for it any more. */
RdNewsActions *rd_news_actions_new (const RdPolicyContext *context) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
