/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-operator.h"
#include "rd-reminders.h"

G_BEGIN_DECLS

#define RD_TYPE_CALL_OBJECT (rd_call_object_get_type ())
G_DECLARE_FINAL_TYPE (RdCallObject, rd_call_object, RD, CALL_OBJECT, RdDBusCall1Skeleton)

/* io.github.ringdown.Call1 of one live call. @account_name: shown to people */
RdCallObject *rd_call_object_new    (RdCall *call, const char *account_name, RdPhone *phone, RdOperator *operator,
                                     RdRooms *rooms, RdReminders *reminders) G_GNUC_WARN_UNUSED_RESULT;
/* Takes over what the call says of itself that it does not notify (its room, whether the site is being asked). */
void          rd_call_object_update (RdCallObject *self);

G_END_DECLS
