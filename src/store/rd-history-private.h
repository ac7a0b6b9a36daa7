/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-history-thread.h"
#include "rd-history.h"

G_BEGIN_DECLS

/* Between rd-history.c and rd-history-ask.c. (nullable) (transfer none): NULL: it is not open */
RdHistoryThread *rd_history_get_thread (RdHistory *self);

G_END_DECLS
