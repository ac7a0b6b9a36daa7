/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile.h"

G_BEGIN_DECLS

/* Has @profile read @data in every way it can: as an event, as a member, as the reply to each action. Whatever comes
 * of it keeps what rd-event.h promises. */
void fuzz_reading_try (RdProfile *profile, const char *channel, const char *event, JsonNode *data);

G_END_DECLS
