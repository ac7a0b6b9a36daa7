/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile.h"

G_BEGIN_DECLS

/* What came back over HTTP, whatever its status. */
typedef struct
{
  guint status;
  char *type;         /* (nullable): "application/json" */
  GBytes *body;
  gint64 date;        /* µs since the epoch, from its Date header; 0: none that is of use */
  gint64 sent_at;     /* µs since the epoch, by our clock */
  gint64 received_at;
} RdReply;

RdReply  *rd_reply_new  (guint status) G_GNUC_WARN_UNUSED_RESULT;
void      rd_reply_free (RdReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdReply, rd_reply_free)

/* A 401, or Laravel's 419 */
gboolean  rd_reply_is_signed_out (const RdReply *self);
/* A page for people, by its type or its looks */
gboolean  rd_reply_is_page       (const RdReply *self);
/* (nullable) (transfer full): its JSON; NULL without error for an empty one. Else the RD_FAULT that it means, with the
 * site's own words, but for those that hold one of @secrets (NULL-terminated). */
JsonNode *rd_reply_judge         (const RdReply *self, RdProfile *profile, const char *host, const char *where,
                                  const char * const *secrets, GError **error);

G_END_DECLS
