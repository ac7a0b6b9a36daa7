/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a site is in the mood to answer: the ways a real one fails. */
typedef enum
{
  RD_DEMO_MOOD_FINE,
  RD_DEMO_MOOD_ERROR,      /* 500 with a JSON error */
  RD_DEMO_MOOD_HTML,       /* 200 with an HTML page, as a captive portal does */
  RD_DEMO_MOOD_SILENT,     /* takes the request and never answers */
  RD_DEMO_MOOD_SIGNED_OUT, /* 401 for whatever needs a token */
} RdDemoMood;

typedef enum
{
  RD_DEMO_ROUTE_NONE = 0,
  RD_DEMO_ROUTE_PUBLIC = 1 << 0, /* needs no token */
  RD_DEMO_ROUTE_SECRET = 1 << 1, /* its body never reaches ::request */
  RD_DEMO_ROUTE_QUIET = 1 << 2,  /* no ::request at all */
} RdDemoRouteFlags;

/* One request, for the time of its handler. */
typedef struct
{
  SoupServerMessage *message;
  const char *path;
  GHashTable *query;  /* (nullable) */
  JsonObject *body;   /* never NULL: JSON, or a form's fields as strings; empty where there was nothing of the kind */
  gint64 user;        /* whose token it came with; 0: nobody's */
  char **args;        /* the path's segments that stood for a "*" */
} RdDemoRequest;

typedef void (*RdDemoHandler) (RdDemoRequest *request, gpointer user_data);

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
guint       rd_demo_site_get_port   (RdDemoSite *self);
/* "http://127.0.0.1:PORT"; "" before it listens */
const char *rd_demo_site_get_url    (RdDemoSite *self);
void        rd_demo_site_set_mood   (RdDemoSite *self, RdDemoMood mood);
/* The JSON body of a 401; the default is Django's */
void        rd_demo_site_set_unauthorized (RdDemoSite *self, const char *json);
/* "Bearer @token" and "Token @token" are @user's from now on */
void        rd_demo_site_grant      (RdDemoSite *self, const char *token, gint64 user);
void        rd_demo_site_revoke     (RdDemoSite *self, const char *token);
/* @pattern: a path; a segment "*" stands for anything and becomes one of the request's args */
void        rd_demo_site_add_route  (RdDemoSite       *self,
                                     const char       *method,
                                     const char       *pattern,
                                     RdDemoRouteFlags  flags,
                                     RdDemoHandler     handler,
                                     gpointer          user_data);

/* A WebSocket handler for @path and what is below it; before rd_demo_site_listen(). */
void        rd_demo_site_set_websocket (RdDemoSite *self, const char *path, SoupServerWebsocketCallback callback,
                                        gpointer user_data);

/* Takes @reply (nullable: no body). */
void        rd_demo_request_reply   (RdDemoRequest *request, guint status, JsonNode *reply);
/* `{"name": text}` */
void        rd_demo_request_fail    (RdDemoRequest *request, guint status, const char *name, const char *text);
/* (nullable): valid UTF-8 */
const char *rd_demo_request_get_query (RdDemoRequest *request, const char *name);
/* The argument as an id; 0 if it is none */
gint64      rd_demo_request_get_id  (RdDemoRequest *request, guint arg);

G_END_DECLS
