/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-cookies.h"
#include "rd-profile.h"
#include "rd-tokens.h"

G_BEGIN_DECLS

/* What an account's requests carry, and how long it is good. */
typedef struct
{
  char *token;         /* (nullable) */
  char *refresh_token; /* (nullable) */
  char *csrf;          /* (nullable): of a page; never kept longer than this run */
  RdCookies *cookies;  /* (nullable): where the profile uses them */
  gint64 expires_at;   /* of the token; µs since the epoch, 0: not known */
  gint64 renew_at;     /* somewhat earlier; 0: not known */
  gboolean had_cookies; /* there were some, if only to have run out by now */
  guint serial;        /* of all this: another one is another session */
} RdCredentials;

void      rd_credentials_clear        (RdCredentials *self);
/* @tokens: (nullable): as they were kept */
void      rd_credentials_set          (RdCredentials *self, RdProfile *profile, const RdTokens *tokens);
/* What the steps of signing in or of a renewal gave; @cookies (nullable): the jar that was filled on the way.
 * FALSE if there is nothing in it to be let in with; all stays as it was then. */
gboolean  rd_credentials_take         (RdCredentials *self, RdProfile *profile, RdVars *gave, RdCookies *cookies,
                                       gint64 now);
RdTokens *rd_credentials_dup_tokens   (const RdCredentials *self) G_GNUC_WARN_UNUSED_RESULT;
/* Neither token nor cookies */
gboolean  rd_credentials_are_empty    (const RdCredentials *self);
/* (transfer full) (array zero-terminated): the headers of a request with @method, names and values in turn; wipe them
 * with rd_credentials_free_headers() */
char    **rd_credentials_dup_headers  (const RdCredentials *self, RdProfile *profile,
                                       const char *method) G_GNUC_WARN_UNUSED_RESULT;
void      rd_credentials_free_headers (char **headers);
/* (transfer container) (element-type utf8): what no message may hold */
GPtrArray *rd_credentials_dup_secrets (const RdCredentials *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
