/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-authorizer.h"
#include "rd-phone.h"
#include "rd-profile.h"
#include "rd-tokens.h"
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RD_TYPE_SITE (rd_site_get_type ())
G_DECLARE_FINAL_TYPE (RdSite, rd_site, RD, SITE, GObject)

/**
 * RdSite:
 *
 * One account's REST API, as its profile describes it; also the ChannelsAuthorizer of its line. Every request
 * has a 10 s deadline and a bounded reply; a 401 or 419 (with cookies also a page where there should be data) renews
 * the credentials once (one renewal for any number of requests that wait for it) and tries once more; what is known to
 * run out is renewed before. Cookies are the account's own, and go to its site only. Errors are RD_FAULT (for
 * authorize: CHANNELS_ERROR as its interface says). Plain http only to loopback, or with `insecure`. Redirects to
 * another origin are refused.
 *
 * Properties: `signed-out` (gboolean, notified): the site refuses this account's token, also after a refresh.
 * `clock-skew` (int64 µs, notified): the site's clock minus ours, from Date headers; 0 below 2 s.
 * `problem` (GError, nullable, notified): what is wrong with the site, by the last request that showed it; NULL
 * again with the next success. What a site refuses to one request (RD_FAULT_REFUSED, RD_FAULT_FORBIDDEN but for
 * authorize) is said to its caller alone.
 * Write-only: `deadline` (ms, of one exchange; 10000), `heartbeat-interval` (s; 30), `clock` (RdClock).
 *
 * ::tokens-changed (const RdTokens *): rotated, or a jar of cookies that changed; the owner stores them. A site may set
 * new cookies with every reply: those are told of once in a few minutes, and by rd_site_flush_tokens().
 */
RdSite    *rd_site_new                 (RdProfile   *profile,
                                        SoupSession *session,
                                        const char  *base_uri,
                                        gboolean     insecure,
                                        GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable); copied; clears signed-out. */
void       rd_site_set_tokens          (RdSite *self, const RdTokens *tokens);
/* The account's values; @vars is copied. */
void       rd_site_set_vars            (RdSite *self, RdVars *vars);
/* Before the end: ::tokens-changed now, if it would come later. */
void       rd_site_flush_tokens        (RdSite *self);
RdProfile *rd_site_get_profile         (RdSite *self);
const char *rd_site_get_host           (RdSite *self);
gboolean   rd_site_get_signed_out      (RdSite *self);
/* Whether the site was asked for a new token and has not answered yet: ::tokens-changed may follow. */
gboolean   rd_site_is_renewing         (RdSite *self);
gint64     rd_site_get_clock_skew      (RdSite *self);
/* (nullable) (transfer none) */
const GError *rd_site_get_problem      (RdSite *self);
/* Whether it may be asked for nothing: there is no token, and the profile can do without. */
gboolean   rd_site_is_anonymous        (RdSite *self);
/* Whether the profile has such an action, and it may be asked for. */
gboolean   rd_site_can                 (RdSite *self, const char *action);

/* Signs in as the profile says: what the user typed is used once and not kept. RD_FAULT_REFUSED with the site's own
 * words for a wrong password. ::tokens-changed before it returns. */
void       rd_site_sign_in_async       (RdSite *self, const char *login, const char *password,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): what the steps gave: "id" and "name" of the user, if they said so */
RdVars    *rd_site_sign_in_finish      (RdSite *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One page of a list. */
typedef struct
{
  GPtrArray *items;   /* (element-type RdEvent) */
  gboolean more;      /* there is another page */
} RdPage;

void       rd_page_free                (RdPage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdPage, rd_page_free)

/* An action that lists @kind. */
void       rd_site_list_async          (RdSite *self, const char *action, RdEventKind kind, RdVars *extra,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RdPage    *rd_site_list_finish         (RdSite *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): the address of one of the site's pages, for the browser */
char      *rd_site_dup_page            (RdSite *self, const char *kind, RdVars *extra);
/* What a request of the account's carries besides: its token's header, its cookies, its Origin. Renewed first if they
 * have run out. For a plain line's handshake. */
void       rd_site_get_headers_async   (RdSite *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer user_data);
/* (transfer full) (element-type utf8 utf8) */
GHashTable *rd_site_get_headers_finish (RdSite *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Something else than its API refused what these headers let in by: renewed before the next use, if it can be. */
void       rd_site_doubt_tokens        (RdSite *self);
/* (transfer full): what a plain line asks its host for, with the account's values; RD_FAULT_BAD_INPUT naming one that
 * is missing */
char      *rd_site_dup_line_path       (RdSite *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Any action of the profile: @extra (nullable) adds to the account's values. */
void       rd_site_act_async           (RdSite              *self,
                                        const char          *action,
                                        RdVars              *extra,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
/* (transfer full) (nullable): the reply's JSON; NULL without error for an empty one (204) */
JsonNode  *rd_site_act_finish          (RdSite *self, GAsyncResult *result, GError **error);
/* An action whose reply holds calls ("place", "answer", "reject", "end", "active-call", "calls"):
 * (transfer container) (element-type RdEvent) */
GPtrArray *rd_site_act_finish_calls    (RdSite *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* place: @whom is a user id, or an e-mail address if it has an @ and the profile can. */
void       rd_site_place_async         (RdSite              *self,
                                        const char          *whom,
                                        gboolean             audio,
                                        GCancellable        *cancellable,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
/* (transfer full): the placed call, as a call.initiated event */
RdEvent   *rd_site_place_finish        (RdSite *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The site's heartbeat action every 30 s while on; harmless if the profile has none. A failure is only logged. */
void       rd_site_set_heartbeat       (RdSite *self, gboolean on);

G_END_DECLS
