/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-site.h"

G_BEGIN_DECLS

/* What a site tells of an account before its channels can be named. Every field is nullable. */
typedef struct
{
  char *user_id;
  char *user_name;
  char **invoices;
  GError *invoices_error; /* why the invoices could not be listed: no reason not to go on */
} RdIntroduction;

void rd_introduction_free (RdIntroduction *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdIntroduction, rd_introduction_free)

/* Asks the site who the user is (if @user) and which invoices there are (if @invoices), as far as its profile can. */
void            rd_introduction_ask_async  (RdSite *site, gboolean user, gboolean invoices, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer user_data);
RdIntroduction *rd_introduction_ask_finish (RdSite *site, GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
