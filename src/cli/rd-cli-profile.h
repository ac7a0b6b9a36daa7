/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile-check.h"
#include "rd-profile-report.h"

G_BEGIN_DECLS

/* What `ringdown profile check` has found out. */
typedef struct
{
  char *file;            /* to be shown */
  RdProfile *profile;    /* (nullable): NULL: it has faults */
  GPtrArray *faults;     /* RdProfileFault */
  GPtrArray *doubts;     /* RdProfileFault */
  char *event;           /* (nullable): the recorded event's name */
  char *channel;         /* (nullable) */
  RdEventReport *report; /* (nullable): NULL: there is no recorded event, or the profile does not name it */
} RdCliProfileCheck;

void rd_cli_profile_print_text (const RdCliProfileCheck *self);
void rd_cli_profile_print_json (const RdCliProfileCheck *self);

/* rd-cli-profile-advice.c */
/* (transfer full): what to do about it, in one sentence */
char *rd_cli_profile_advise    (const RdProfileFault *fault) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): the one of @words that is most like @word, if any is */
const char *rd_cli_find_like   (const char *word, const char *const *words);

G_END_DECLS
