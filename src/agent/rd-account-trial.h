/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-account-draft.h"

G_BEGIN_DECLS

#define RD_TYPE_ACCOUNT_TRIAL (rd_account_trial_get_type ())
G_DECLARE_FINAL_TYPE (RdAccountTrial, rd_account_trial, RD, ACCOUNT_TRIAL, GObject)

/**
 * RdAccountTrial:
 *
 * One test of an account that is not there yet, step by step, up to the first that fails: its site answers, its profile
 * is found, the user is let in, the site says who that is, the line stands, the channels are joined. Nothing of it is
 * kept but a ticket for what signing in gave.
 */
/* @draft: (transfer full) */
RdAccountTrial *rd_account_trial_new        (RdAccountDraft *draft, RdProfiles *profiles, SoupSession *session,
                                             RdTickets *tickets) G_GNUC_WARN_UNUSED_RESULT;
/* Once only; within a minute, whatever the servers do. */
void            rd_account_trial_run_async  (RdAccountTrial *self, GAsyncReadyCallback callback, gpointer user_data);
/* It ends with G_IO_ERROR_CANCELLED, and nothing goes on. */
void            rd_account_trial_cancel     (RdAccountTrial *self);
/* (transfer full): aa{sv} as TestAccount returns it. @ticket: (out) (transfer full): "" if nobody was signed in */
GVariant       *rd_account_trial_run_finish (RdAccountTrial *self, GAsyncResult *result, char **ticket,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
