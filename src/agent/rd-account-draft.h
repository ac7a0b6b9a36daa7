/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-accounts.h"
#include "rd-profiles.h"
#include "rd-site.h"
#include "rd-tickets.h"

G_BEGIN_DECLS

/* An account that somebody wants, with what goes along once and is not kept as its settings are. */
typedef struct
{
  RdAccountSettings *settings; /* "profile" is not to be trusted before rd_account_draft_find_profile_async() */
  RdTokens *tokens;            /* given, or got by signing in; never NULL */
  char *login;                 /* (nullable) each */
  char *password;
  char *ticket;
  char *profile_url;
  char *profile_text; /* (nullable): of a profile that is not there yet */
  RdProfile *profile; /* (nullable): once it is found */
} RdAccountDraft;

/* @settings: a{sv} of a bus client's, as of AddAccount: what can be checked without asking anybody is checked here.
 * RD_FAULT_BAD_INPUT. */
RdAccountDraft *rd_account_draft_new  (GVariant *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            rd_account_draft_free (RdAccountDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdAccountDraft, rd_account_draft_free)

/* The profile: one that is there, the one whose text came along, or the one that the site has at "profile-url".
 * RD_FAULT_NOT_FOUND, RD_FAULT_BAD_PROFILE, and what rd_discovery_fetch_finish() says. @self must stay. */
void            rd_account_draft_find_profile_async  (RdAccountDraft *self, RdProfiles *profiles, SoupSession *session,
                                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                                      gpointer user_data);
gboolean        rd_account_draft_find_profile_finish (GAsyncResult *result, GError **error);
/* Whether there is anything to sign in with. */
gboolean        rd_account_draft_has_credentials     (const RdAccountDraft *self);
/* Has @site signed in with what there is, a password, a ticket or a token, and takes over what it gave: the tokens,
 * and who the user is. A token is not tried: there may be nothing to try it with. @self must stay. */
void            rd_account_draft_sign_in_async       (RdAccountDraft *self, RdSite *site, RdTickets *tickets,
                                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                                      gpointer user_data);
gboolean        rd_account_draft_sign_in_finish      (GAsyncResult *result, GError **error);

G_END_DECLS
