/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-clock.h"

G_BEGIN_DECLS

/* The oldest of more is forgotten. */
#define RD_REMINDERS_MAX 100
#define RD_REMINDERS_MAX_MINUTES 1440

#define RD_TYPE_REMINDERS (rd_reminders_get_type ())
G_DECLARE_FINAL_TYPE (RdReminders, rd_reminders, RD, REMINDERS, GObject)

/**
 * RdReminders:
 *
 * Calls that the user wants to be reminded of, kept over restarts in a small file that is written in a thread. One that
 * fell due while no agent ran is told once rd_reminders_start() was called.
 *
 * ::due (GVariant *call): the LISTED CALL of rd_reminders_add(), which is forgotten by then.
 */
/* @path: (nullable): NULL: in memory alone */
RdReminders *rd_reminders_new       (RdClock *clock, const char *path) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the file. Blocking: before the loop runs. One that cannot be read is set aside: FALSE, RD_FAULT_STORAGE */
gboolean     rd_reminders_load      (RdReminders *self, GError **error);
/* From here on it tells what is due. Again: timers have stood still, as in a sleep. */
void         rd_reminders_start     (RdReminders *self);
/* @call: a LISTED CALL, live or over (rd_record_new_for_call(), or an ENTRY of the history with "id" the site's); one
 * reminder a call: a later one replaces it. @minutes: 1 to RD_REMINDERS_MAX_MINUTES. FALSE: RD_FAULT_BAD_INPUT */
gboolean     rd_reminders_add       (RdReminders *self, GVariant *call, guint minutes, GError **error);
/* @call: the site's id. FALSE: there was none */
gboolean     rd_reminders_remove    (RdReminders *self, const char *account, const char *call);
/* The user talks, or has talked, to @peer (nullable, or ""), or took @call (nullable): no need to be reminded of any
 * call of theirs. */
void         rd_reminders_take      (RdReminders *self, const char *account, const char *call, const char *peer);
/* Nothing of an account, or (NULL) of anything, is kept. */
void         rd_reminders_clear     (RdReminders *self, const char *account);
/* When, in µs since the epoch; 0: there is none */
gint64       rd_reminders_get_due   (RdReminders *self, const char *account, const char *call);
gboolean     rd_reminders_is_writing (RdReminders *self);

G_END_DECLS
