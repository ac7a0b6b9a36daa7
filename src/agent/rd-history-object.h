/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-history.h"
#include "rd-reminders.h"

G_BEGIN_DECLS

#define RD_TYPE_HISTORY_OBJECT (rd_history_object_get_type ())
G_DECLARE_FINAL_TYPE (RdHistoryObject, rd_history_object, RD, HISTORY_OBJECT, RdDBusHistory1Skeleton)

/* io.github.ringdown.History1 */
RdHistoryObject *rd_history_object_new (RdHistory *history, RdReminders *reminders) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
