/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile.h"

G_BEGIN_DECLS

/* What a profile makes of a recorded event, for those who write one: (transfer full) (nullable) (array
 * zero-terminated): the names and values of the fields that were found, in turn; @kind: (out) (optional): what it is.
 * NULL without error: the profile does not name the event. Errors as rd_profile_map_event()'s. @channel: (nullable) */
char **rd_profile_report_event (RdProfile *profile, const char *channel, const char *event, JsonNode *data,
                                RdEventKind *kind, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
