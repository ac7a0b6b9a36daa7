/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-cookies.h"
#include "rd-reply.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RD_FETCH_MAX (2 * 1024 * 1024)

/* One exchange over HTTP. */
typedef struct
{
  SoupSession *session;      /* (not owned) */
  GUri *uri;                 /* (not owned) */
  const RdRequest *request;  /* method, content type, body, its own headers; its path is in @uri already */
  char **headers;            /* (nullable): names and values in turn, over those of the request: tokens */
  RdCookies *cookies;        /* (nullable): sent along, and what replies set goes there */
  gboolean pages;            /* pages are welcome: a POST may end in one, by a redirect that asks for it by GET */
  const char *where;         /* what faults name */
  guint deadline;            /* ms, for all of it */
  gsize max;                 /* of the reply, in bytes; 0: RD_FETCH_MAX */
} RdFetch;

/* Copies what it needs of @fetch. The reply is bounded; the session's own cookies, caches and HTTP authentication
 * are off; redirects are followed within the origin only, and for other methods than GET only if the request stays
 * the same or @pages are welcome: what was posted is not sent again then. */
void     rd_fetch_async  (const RdFetch *fetch, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* (transfer full): RD_FAULT_UNREACHABLE, TLS, TIMED_OUT, TOO_LARGE, BAD_REPLY; or G_IO_ERROR_CANCELLED */
RdReply *rd_fetch_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
