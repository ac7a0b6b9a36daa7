/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-credentials.h"
#include "rd-site-session.h"
#include "rd-skew.h"
#include "rd-waiting.h"

G_BEGIN_DECLS

/* For rd-site-session.c and rd-site-session-send.c only. */

struct _RdSiteSession
{
  GObject parent_instance;

  RdProfile *profile;
  SoupSession *session;
  RdClock *clock;
  GUri *base;
  char *host;
  RdVars *vars;           /* (nullable) */
  guint deadline;
  RdCredentials credentials;
  gboolean signed_out;
  RdWaiting *waiting;     /* for the renewal under way */
  gboolean renewing;
  guint renewal_serial;
  guint told_cookies;     /* the jar's serial when it was last told of */
  gint64 told_at;
  guint tell;
  RdSkew skew;
  gint64 clock_skew;
};

/* FALSE: a refusal is final. */
gboolean rd_site_session_can_renew      (RdSiteSession *self);
/* Any number of these share one renewal; rd_waiting_finish(). */
void     rd_site_session_renew_async    (RdSiteSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data);
void     rd_site_session_set_signed_out (RdSiteSession *self, gboolean signed_out);
void     rd_site_session_note_date      (RdSiteSession *self, const RdReply *reply);
/* A reply may have changed the jar. */
void     rd_site_session_note_cookies   (RdSiteSession *self);

G_END_DECLS
