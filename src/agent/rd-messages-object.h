/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-mailbox.h"
#include "rd-people.h"

G_BEGIN_DECLS

#define RD_TYPE_MESSAGES_OBJECT (rd_messages_object_get_type ())
G_DECLARE_FINAL_TYPE (RdMessagesObject, rd_messages_object, RD, MESSAGES_OBJECT, RdDBusMessages1Skeleton)

/* io.github.ringdown.Messages1 of one account. @people: (nullable): who knows names */
RdMessagesObject *rd_messages_object_new (RdMailbox *mailbox, RdPeople *people) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
