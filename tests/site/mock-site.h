/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A scripted site on 127.0.0.1, port 0. What it is asked for is named "METHOD /path"; replies are said once each in
 * their order, and the last one for ever. */
typedef struct _MockSite MockSite;

/* One request that came in. */
typedef struct
{
  char *what;
  char *query;         /* (nullable) */
  char *authorization; /* (nullable) */
  char *accept;
  char *user_agent;
  char *cookie;        /* (nullable) */
  char *csrf;          /* (nullable): X-CSRF-TOKEN */
  char *content_type;  /* (nullable) */
  char *body;
} MockRequest;

MockSite   *mock_site_new       (void);
void        mock_site_free      (MockSite *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockSite, mock_site_free)
const char *mock_site_get_base  (MockSite *self);
/* Takes no other token than this one, but for the refresh: 401 with the fixture "expired". NULL: takes any. */
void        mock_site_set_token (MockSite *self, const char *token);
/* Replaces the Date header of replies. */
void        mock_site_set_date  (MockSite *self, GDateTime *date);
/* @fixture: a member of site-replies.json; NULL: an empty body */
void        mock_site_say       (MockSite *self, const char *what, guint status, const char *fixture);
void        mock_site_say_text  (MockSite *self, const char *what, guint status, const char *type, const char *text);
/* The reply that was scripted last for @what sets these cookies: whole Set-Cookie headers. */
void        mock_site_cookies   (MockSite *self, const char *what, const char * const *cookies);
/* Whether all other replies set a cookie; they do at first. */
void        mock_site_track     (MockSite *self, gboolean on);
void        mock_site_redirect  (MockSite *self, const char *what, guint status, const char *location);
/* (transfer full) (nullable): the JSON that answers @request; @status is 200 at first */
typedef char *(*MockReplyFunc) (const MockRequest *request, guint *status, gpointer data);
/* What is asked for is made for each request. @data outlives the site. */
void        mock_site_make      (MockSite *self, const char *what, MockReplyFunc func, gpointer data);
/* Takes the request and never answers… until mock_site_go_on(), or mock_site_answer() for the one that has waited
 * longest. */
void        mock_site_hang      (MockSite *self, const char *what);
void        mock_site_go_on     (MockSite *self);
void        mock_site_answer    (MockSite *self, guint status, const char *text);
/* A body that never ends. */
void        mock_site_flood     (MockSite *self, const char *what);
guint       mock_site_count     (MockSite *self, const char *what);
/* The @n-th request for it; fails the test if there is none. */
MockRequest *mock_site_seen     (MockSite *self, const char *what, guint n);
guint64     mock_site_get_flooded (MockSite *self);
guint       mock_site_get_live  (MockSite *self);

G_END_DECLS
