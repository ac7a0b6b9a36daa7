/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-site.h"

G_BEGIN_DECLS

/* How many values of a variable are followed: the newest. */
#define RD_INTRODUCTION_MAX 100

/* What a site tells of an account before its channels can be named. */
typedef struct
{
  char *user_id;       /* (nullable) */
  char *user_name;     /* (nullable) */
  RdVars *lists;       /* what there is to follow: "workspace.id", "invoice.id", "conversation.id" */
  GError *lists_error; /* (nullable): why some of it could not be listed: no reason not to go on */
} RdIntroduction;

void rd_introduction_free (RdIntroduction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdIntroduction, rd_introduction_free)

/* The site's action that lists the values of a variable that channels' names take; NULL: there is none */
const char *rd_introduction_get_action (const char *variable);

/* Asks the site who the user is and what there is to follow: as far as @vars do not say it, the profile's channels take
 * it, and its actions can tell. */
void            rd_introduction_ask_async  (RdSite *site, RdVars *vars, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
RdIntroduction *rd_introduction_ask_finish (RdSite *site, GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
