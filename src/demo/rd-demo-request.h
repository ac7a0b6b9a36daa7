/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-demo-session.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One request, for the time of its handler. */
typedef struct
{
  SoupServerMessage *message;
  const char *path;
  GHashTable *query;       /* (nullable) */
  JsonObject *body;        /* never NULL: JSON, or a form's fields as strings; empty where there was neither */
  gint64 user;             /* whose token or session it came with; 0: nobody's */
  char **args;             /* the path's segments that stood for a "*" */
  RdDemoSession *session;  /* (nullable): of a site with cookies */
} RdDemoRequest;

/* (nullable) (transfer full): the body as an object; NULL for one that is no form and no JSON object. @text: (out): as
 * it came */
JsonObject *rd_demo_request_read_body  (SoupServerMessage *message, char **text) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): valid UTF-8 */
const char *rd_demo_request_get_query  (RdDemoRequest *request, const char *name);
/* A number of the query, at least @least; @otherwise where there is none */
gint64      rd_demo_request_get_number (RdDemoRequest *request, const char *name, gint64 otherwise, gint64 least);
/* The argument as an id; 0 if it is none */
gint64      rd_demo_request_get_id     (RdDemoRequest *request, guint arg);
gboolean    rd_demo_request_is_form    (RdDemoRequest *request);
gboolean    rd_demo_request_is_json    (RdDemoRequest *request);
/* Whether it is a program's rather than a page's: it takes JSON */
gboolean    rd_demo_request_wants_json (RdDemoRequest *request);

/* Takes @reply (nullable: no body). */
void        rd_demo_request_reply       (RdDemoRequest *request, guint status, JsonNode *reply);
/* The same with an object, or an array */
void        rd_demo_request_reply_object (RdDemoRequest *request, guint status, JsonObject *reply);
void        rd_demo_request_reply_array (RdDemoRequest *request, guint status, JsonArray *reply);
/* `{"name": text}` */
void        rd_demo_request_fail        (RdDemoRequest *request, guint status, const char *name, const char *text);
void        rd_demo_request_reply_html  (RdDemoRequest *request, guint status, const char *html);
/* @where: absolute, or a path of the site */
void        rd_demo_request_redirect    (RdDemoRequest *request, const char *where);

G_END_DECLS
