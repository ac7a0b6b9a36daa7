/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-reply.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RD_FETCH_MAX (2 * 1024 * 1024)

/* One exchange over HTTP. */
typedef struct
{
  SoupSession *session;      /* (not owned) */
  GUri *uri;                 /* (not owned) */
  const RdRequest *request;  /* method, content type and body; its path is in @uri already */
  const char *header;        /* (nullable): the token's header… */
  const char *value;         /* (nullable): …and what stands in it */
  const char *where;         /* what faults name */
  guint deadline;            /* ms, for all of it */
} RdFetch;

/* Copies what it needs of @fetch. The reply is bounded (RD_FETCH_MAX); cookies, caches and HTTP authentication are off;
 * redirects are followed within the origin only, and for other methods than GET only if the request stays the same. */
void     rd_fetch_async  (const RdFetch *fetch, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
/* (transfer full): RD_FAULT_UNREACHABLE, TLS, TIMED_OUT, TOO_LARGE, BAD_REPLY; or G_IO_ERROR_CANCELLED */
RdReply *rd_fetch_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
