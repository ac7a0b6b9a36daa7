/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-authorizer.h"

G_BEGIN_DECLS

#define SIGNING_KEY "key"
#define SIGNING_SECRET "secret"
/* The user it signs presence channels for; digits, since some servers make a number of that */
#define SIGNING_USER "7"

#define SIGNING_TYPE_AUTHORIZER (signing_authorizer_get_type ())
G_DECLARE_FINAL_TYPE (SigningAuthorizer, signing_authorizer, SIGNING, AUTHORIZER, GObject)

/* An application's authorising server: answers at once, and signs what it is asked for. */
SigningAuthorizer *signing_authorizer_new        (void);
/* Its signatures are wrong from now on (or right again). */
void               signing_authorizer_set_forged (SigningAuthorizer *self,
                                                  gboolean           forged);
/* Encrypted channels have another key from now on. */
void               signing_authorizer_rotate     (SigningAuthorizer *self);
/* How often it was asked for a channel */
guint              signing_authorizer_get_n      (SigningAuthorizer *self);
/* (transfer full): @text as an encrypted channel's event data has it */
char              *signing_authorizer_seal       (SigningAuthorizer *self,
                                                  const char        *text) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): KEY:hex, made here and not by what is tested */
char              *signing_authorizer_sign       (const char        *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
