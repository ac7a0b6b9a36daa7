/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notices.h"
#include "rd-operator.h"

G_BEGIN_DECLS

/* What a click or a key asks the operator for. It has no caller to tell of a failure: a notice does. */

/* @token: (nullable): the click's */
void rd_errand_answer  (RdOperator *operator, RdNotices *notices, RdCall *call, const char *token);
/* @message: (nullable): to the caller */
void rd_errand_decline (RdOperator *operator, RdNotices *notices, RdCall *call, const char *message);
void rd_errand_hang_up (RdOperator *operator, RdNotices *notices, RdCall *call);
/* @about: (nullable): the id of the call that is called back */
void rd_errand_place   (RdOperator *operator, RdNotices *notices, const char *account, const char *whom, gboolean audio,
                        const char *about);

G_END_DECLS
