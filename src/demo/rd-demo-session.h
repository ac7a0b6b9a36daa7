/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One browser's session, as a cookie names it. */
typedef struct
{
  char *id;
  char *csrf;
  gint64 user;  /* 0: nobody is signed in (yet) */
} RdDemoSession;

/* The sessions of a site that works with cookies, a bounded number of them. */
typedef struct _RdDemoSessions RdDemoSessions;

/* @cookie: the cookie's name. @seconds: how long the browser keeps it */
RdDemoSessions *rd_demo_sessions_new        (const char *cookie, guint seconds) G_GNUC_WARN_UNUSED_RESULT;
void            rd_demo_sessions_free       (RdDemoSessions *self);
/* (nullable) (transfer none): the one that this request's cookie names */
RdDemoSession  *rd_demo_sessions_find       (RdDemoSessions *self, SoupServerMessage *message);
/* (transfer none): a new one, with a CSRF token of its own */
RdDemoSession  *rd_demo_sessions_begin      (RdDemoSessions *self, gint64 user);
/* @session: (nullable) */
void            rd_demo_sessions_end        (RdDemoSessions *self, RdDemoSession *session);
void            rd_demo_sessions_end_user   (RdDemoSessions *self, gint64 user);
/* Their sessions stay, with other CSRF tokens. */
void            rd_demo_sessions_renew_csrf (RdDemoSessions *self, gint64 user);
/* Has the reply set the session's cookie, out of reach of the page's scripts. */
void            rd_demo_sessions_set_cookie (RdDemoSessions *self, RdDemoSession *session, SoupServerMessage *message);

/* (nullable) (transfer full): a request's cookie, decoded */
char           *rd_demo_cookie_dup          (SoupServerMessage *message, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a cookie to the reply; @attributes: "; HttpOnly"… */
void            rd_demo_cookie_set          (SoupServerMessage *message, const char *name, const char *value,
                                             const char *attributes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdDemoSessions, rd_demo_sessions_free)

G_END_DECLS
