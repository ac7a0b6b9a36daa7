/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"
#include "rd-recent-people.h"

G_BEGIN_DECLS

#define RD_TYPE_TRAY_CHOICE (rd_tray_choice_get_type ())
G_DECLARE_FINAL_TYPE (RdTrayChoice, rd_tray_choice, RD, TRAY_CHOICE, GObject)

/* What comes of what the user chooses in the tray. A click has no caller to tell of a failure: a notice does. */
RdTrayChoice *rd_tray_choice_new            (const RdPolicyContext *context, RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* @verb, @what, @text: as of rd_tray_menu_rows_new(), but for "call" and "quit". @token: (nullable): the click's */
void          rd_tray_choice_take           (RdTrayChoice *self, const char *verb, const char *what, const char *text,
                                             const char *token);
/* FALSE: nothing rings that was not silenced. */
gboolean      rd_tray_choice_silence_all    (RdTrayChoice *self);
void          rd_tray_choice_call           (RdTrayChoice *self, const RdRecentPerson *person);
char         *rd_tray_choice_dup_person_key (const RdRecentPerson *person) G_GNUC_WARN_UNUSED_RESULT;
/* When "until tomorrow" is over: in the morning. @now: µs since the epoch */
gint64        rd_tray_choice_get_tomorrow   (GTimeZone *zone, gint64 now);

G_END_DECLS
