/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-cookies.h"
#include "rd-profile.h"

G_BEGIN_DECLS

/* A profile's requests in their order, as signing in and renewing take them: what one gives, those after it may use. */
typedef struct
{
  SoupSession *session;           /* (not owned), as all that follow */
  RdProfile *profile;
  GUri *base;
  const RdAction * const *actions;
  guint n_actions;
  RdVars *vars;                   /* copied */
  RdCookies *cookies;             /* (nullable): sent along and filled; a reference is kept */
  const char *where;              /* what faults name */
  guint deadline;                 /* ms, for each of them */
} RdSteps;

/* The token's header goes along only once a step gave one: some sites refuse whatever comes with a token that has
 * expired. */
void    rd_steps_run_async  (const RdSteps *steps, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
/* (transfer full): all that the steps gave, by its name. RD_FAULT_REFUSED, with the site's own words, also for a reply
 * without what it must give; what else rd_fetch_finish() and rd_reply_judge() say. */
RdVars *rd_steps_run_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
