/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
#include "rd-reply.h"
#include "rd-tokens.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RD_TYPE_SITE_SESSION (rd_site_session_get_type ())
G_DECLARE_FINAL_TYPE (RdSiteSession, rd_site_session, RD, SITE_SESSION, GObject)

/* An account's credentials at a site: gets them, sends requests with them, and renews them before they run out or when
 * they are refused.
 *
 * Properties: `signed-out` (gboolean, notified), `clock-skew` (int64 µs, notified).
 * ::tokens-changed (const RdTokens *) */
RdSiteSession *rd_site_session_new            (RdProfile *profile, SoupSession *session,
                                               GUri *base) G_GNUC_WARN_UNUSED_RESULT;
/* @tokens: (nullable); copied */
void           rd_site_session_set_tokens     (RdSiteSession *self, const RdTokens *tokens);
gboolean       rd_site_session_has_tokens     (RdSiteSession *self);
/* Says now what ::tokens-changed would say later. */
void           rd_site_session_flush          (RdSiteSession *self);
/* The values that steps may want; a reference is kept. */
void           rd_site_session_set_vars       (RdSiteSession *self, RdVars *vars);
void           rd_site_session_set_deadline   (RdSiteSession *self, guint ms);
void           rd_site_session_set_clock      (RdSiteSession *self, RdClock *clock);
gboolean       rd_site_session_get_signed_out (RdSiteSession *self);
gboolean       rd_site_session_is_renewing    (RdSiteSession *self);
gint64         rd_site_session_get_clock_skew (RdSiteSession *self);
const char    *rd_site_session_get_host       (RdSiteSession *self);
GUri          *rd_site_session_get_base       (RdSiteSession *self);
void           rd_site_session_sign_in_async  (RdSiteSession *self, const char *login, const char *password,
                                               GCancellable *cancellable, GAsyncReadyCallback callback,
                                               gpointer user_data);
/* (transfer full): all that the steps gave, but for the credentials */
RdVars        *rd_site_session_sign_in_finish (RdSiteSession *self, GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @request: (transfer full) */
void           rd_site_session_send_async     (RdSiteSession *self, RdRequest *request, const char *where,
                                               GCancellable *cancellable, GAsyncReadyCallback callback,
                                               gpointer user_data);
/* (transfer full): whatever reply it is, but for one that refuses the credentials: RD_FAULT_SIGNED_OUT */
RdReply       *rd_site_session_send_finish    (RdSiteSession *self, GAsyncResult *result,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Has the credentials ready for use outside: renewed, if they have run out. */
void           rd_site_session_ready_async    (RdSiteSession *self, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
gboolean       rd_site_session_ready_finish   (RdSiteSession *self, GAsyncResult *result, GError **error);
/* The credentials are taken to have run out, whatever is known of them. */
void           rd_site_session_doubt          (RdSiteSession *self);
/* (transfer full) (element-type utf8 utf8): what a GET of @uri carries */
GHashTable    *rd_site_session_dup_headers    (RdSiteSession *self, GUri *uri) G_GNUC_WARN_UNUSED_RESULT;
/* rd_reply_judge() with this site's host and secrets */
JsonNode      *rd_site_session_judge          (RdSiteSession *self, const RdReply *reply, const char *where,
                                               GError **error);

G_END_DECLS
