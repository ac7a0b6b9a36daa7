/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-mood.h"
#include "rd-demo-request.h"

G_BEGIN_DECLS

typedef enum
{
  RD_DEMO_ROUTE_NONE = 0,
  RD_DEMO_ROUTE_PUBLIC = 1 << 0, /* needs no token */
  RD_DEMO_ROUTE_SECRET = 1 << 1, /* its body never reaches ::request */
  RD_DEMO_ROUTE_QUIET = 1 << 2,  /* no ::request at all */
  RD_DEMO_ROUTE_COOKIE = 1 << 3, /* needs a session's cookie, a token is not enough: where a site has both */
} RdDemoRouteFlags;

typedef void (*RdDemoHandler) (RdDemoRequest *request, gpointer user_data);
/* Says whose request it is: sets its user and session. What may not pass it answers itself, and returns FALSE. */
typedef gboolean (*RdDemoGuard) (RdDemoRequest *request, RdDemoRouteFlags flags, gpointer user_data);

#define RD_TYPE_DEMO_SITE (rd_demo_site_get_type ())
G_DECLARE_FINAL_TYPE (RdDemoSite, rd_demo_site, RD, DEMO_SITE, GObject)

/**
 * RdDemoSite:
 *
 * A small JSON-over-HTTP server on 127.0.0.1: routes, tokens, bounded bodies, a log. What a site *means* is its owner's
 * business. It answers only requests whose Host is its own address, so that no page in a browser reaches it by a name.
 *
 * ::request (const char *method, const char *path, const char *body, guint status): after each answer; body is the
 *   request's as it came, at most 2000 characters, NULL where there is none or it holds a secret.
 */
RdDemoSite *rd_demo_site_new        (void) G_GNUC_WARN_UNUSED_RESULT;
/* @port 0: any that is free */
gboolean    rd_demo_site_listen     (RdDemoSite *self, guint port, GError **error);
/* Stops listening; requests that wait are answered 503. rd_demo_site_listen() with the same port begins again. */
void        rd_demo_site_stop       (RdDemoSite *self);
gboolean    rd_demo_site_is_listening (RdDemoSite *self);
guint       rd_demo_site_get_port   (RdDemoSite *self);
/* "http://127.0.0.1:PORT"; "" before it listens */
const char *rd_demo_site_get_url    (RdDemoSite *self);
void        rd_demo_site_set_mood   (RdDemoSite *self, RdDemoMood mood);
RdDemoMood  rd_demo_site_get_mood   (RdDemoSite *self);
/* Instead of the tokens of rd_demo_site_grant(), which rd_demo_site_find_user() knows */
void        rd_demo_site_set_guard  (RdDemoSite *self, RdDemoGuard guard, gpointer user_data);
/* Whose token @message carries; 0: nobody's */
gint64      rd_demo_site_find_user  (RdDemoSite *self, SoupServerMessage *message);
/* The JSON body of a 401; the default is Django's */
void        rd_demo_site_set_unauthorized (RdDemoSite *self, const char *json);
/* "Bearer @token" and "Token @token" are @user's from now on */
void        rd_demo_site_grant      (RdDemoSite *self, const char *token, gint64 user);
/* Their tokens are no good any more. */
void        rd_demo_site_revoke_user (RdDemoSite *self, gint64 user);
/* @pattern: a path; a segment "*" stands for anything and becomes one of the request's args */
void        rd_demo_site_add_route  (RdDemoSite       *self,
                                     const char       *method,
                                     const char       *pattern,
                                     RdDemoRouteFlags  flags,
                                     RdDemoHandler     handler,
                                     gpointer          user_data);

/* A WebSocket handler for @path and what is below it; before rd_demo_site_listen(). @guarded: it needs a token. */
void        rd_demo_site_set_websocket (RdDemoSite *self, const char *path, gboolean guarded,
                                        SoupServerWebsocketCallback callback, gpointer user_data);

G_END_DECLS
