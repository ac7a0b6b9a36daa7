/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"
#include "rd-recent-people.h"
#include "rd-tray-facts.h"
#include "rd-tray-look.h"

G_BEGIN_DECLS

#define RD_TYPE_TRAY_SURVEY (rd_tray_survey_get_type ())
G_DECLARE_FINAL_TYPE (RdTraySurvey, rd_tray_survey, RD, TRAY_SURVEY, GObject)

/* How everything is at this moment, as plain facts for the tray. */
RdTraySurvey *rd_tray_survey_new         (const RdPolicyContext *context, RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* All but the missed calls. @lines: of RdLine */
RdTrayFacts  *rd_tray_survey_gather      (RdTraySurvey *self, GPtrArray *lines,
                                          RdRecentPeople *people) G_GNUC_WARN_UNUSED_RESULT;
/* The user should look: somebody calls who may disturb, and it was not turned off. */
gboolean      rd_tray_survey_is_pressing (RdTraySurvey *self);
RdTrayLook    rd_tray_survey_choose_look (const RdTrayFacts *facts);

G_END_DECLS
