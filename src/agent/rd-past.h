/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"
#include "rd-history.h"
#include "rd-reminders.h"

G_BEGIN_DECLS

#define RD_TYPE_PAST (rd_past_get_type ())
G_DECLARE_FINAL_TYPE (RdPast, rd_past, RD, PAST, GObject)

/**
 * RdPast:
 *
 * What happened and what is to be remembered of it, put together: the history with what feeds it, reminders, and
 * History1.
 *
 * ::set-aside (GError *error): a file of theirs could not be read.
 */
/* @context: gets its reminders from it. @data_dir: (nullable): the user's. Blocking (reminders): before the loop
 * runs. */
RdPast      *rd_past_new           (RdPolicyContext *context, const char *data_dir) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer none): History1 */
GDBusInterfaceSkeleton *rd_past_get_object (RdPast *self);
/* (transfer none): History1.Missed is its property */
RdHistory   *rd_past_get_history   (RdPast *self);
/* From here on the history is kept, and what is due is told. */
void         rd_past_start         (RdPast *self);
gboolean     rd_past_is_writing    (RdPast *self);
/* Finishes what is under way, within a bound. */
void         rd_past_close         (RdPast *self);

G_END_DECLS
