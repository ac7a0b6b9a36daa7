/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What keeps cookies and shows redirects instead of following them. */
typedef struct
{
  SoupSession *session;
  SoupCookieJar *jar;
  char *base;
  gboolean wants_json;  /* says so, as a program does */
  char *csrf;           /* (nullable): goes with everything as X-CSRF-TOKEN */
  char *token;          /* (nullable): a bearer token */
  /* of the last reply */
  guint status;
  char *text;
  char *location;       /* (nullable) */
  JsonNode *json;       /* (nullable) */
} DemoBrowser;

DemoBrowser *demo_browser_new    (const char *base);
void         demo_browser_free   (DemoBrowser *self);
/* @body: (nullable): a form if it does not begin with a brace. The reply must have @status. (nullable) (transfer none):
 * it as an object */
JsonObject  *demo_browser_ask    (DemoBrowser *self, const char *method, const char *path, const char *body,
                                  guint status);
/* (nullable) (transfer full): a cookie's value */
char        *demo_browser_cookie (DemoBrowser *self, const char *name);
/* (nullable) (transfer full): what a page's <meta name=@name> holds */
char        *demo_browser_meta   (DemoBrowser *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DemoBrowser, demo_browser_free)

G_END_DECLS
