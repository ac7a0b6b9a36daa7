/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-client.h"
#include "rd-accounts.h"
#include "rd-invoices.h"
#include "rd-mailbox.h"
#include "rd-memory.h"
#include "rd-people.h"
#include "rd-secrets.h"
#include "rd-site.h"

G_BEGIN_DECLS

/* What all lines share. Borrowed for the call only; a line keeps its own references. */
typedef struct
{
  SoupSession *session;
  RdAccounts *accounts;
  RdSecrets *secrets;
  RdPhone *phone;
  RdMemory *memory;
} RdLineContext;

#define RD_TYPE_LINE (rd_line_get_type ())
G_DECLARE_FINAL_TYPE (RdLine, rd_line, RD, LINE, GObject)

/**
 * RdLine:
 *
 * One account at work: its site, its connection, its channels, its credentials, and the truth about them.
 *
 * Properties, all notified only when they change, named and typed as those of io.github.ringdown.Account1: `id`,
 * `name`, `profile`, `site`, `user-id`, `can-call`, `abilities`, `sign-in-ways`, `login`, `colour`, `paused`, `sound`,
 * `toasts`, `threshold`, `delivery`, `state`, `reason`, `reason-detail`, `next-try`, `channels`, `site-problem`.
 * ::call-touched (RdCall): an event of this call came in.
 */

/* @profile: (nullable): none: the line is there, and failed with RD_FAULT_BAD_PROFILE. */
RdLine     *rd_line_new           (const RdAccountSettings *settings, RdProfile *profile,
                                   const RdLineContext *context) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer none): why this line can never work as its settings are */
const GError *rd_line_get_fault   (RdLine *self);
/* @tokens: (nullable): NULL: those that are kept */
void        rd_line_start         (RdLine *self, const RdTokens *tokens);
/* Closes politely, for good. */
void        rd_line_stop          (RdLine *self);
/* The same, for an account that goes: nothing of it is kept from now on. */
void        rd_line_retire        (RdLine *self);
/* Whether something is on its way to the disk or the keyring, or will be: the site is renewing a token. */
gboolean    rd_line_is_writing    (RdLine *self);
/* Another way to the network; @slept: the machine has slept. */
void        rd_line_probe         (RdLine *self, gboolean slept);
/* The user wants it now. */
void        rd_line_reconnect     (RdLine *self);
/* Keeps new tokens and goes on with them. */
void        rd_line_set_tokens_async  (RdLine *self, const RdTokens *tokens, GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean    rd_line_set_tokens_finish (RdLine *self, GAsyncResult *result, GError **error);
/* Signs in with what the user typed, which is used once and not kept, and goes on with what the site gives. */
void        rd_line_sign_in_async     (RdLine *self, const char *login, const char *password,
                                       GAsyncReadyCallback callback, gpointer user_data);
gboolean    rd_line_sign_in_finish    (RdLine *self, GAsyncResult *result, GError **error);
/* RD_FAULT_BAD_INPUT for what nobody can sign in with */
gboolean    rd_line_check_sign_in     (const char *login, const char *password, GError **error);
/* @changes: a{sv} as of Account1.Configure */
void        rd_line_configure_async   (RdLine *self, GVariant *changes, GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean    rd_line_configure_finish  (RdLine *self, GAsyncResult *result, GError **error);
/* (transfer full): the address of a page of the site's, as of Account1.OpenPage; RD_FAULT_UNSUPPORTED: it has none */
char       *rd_line_dup_page          (RdLine *self, const char *kind, const char *id,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @host "host" or "host:port": RD_FAULT_BAD_INPUT if it is not one */
void        rd_line_trust_room_host_async  (RdLine *self, const char *host, GAsyncReadyCallback callback,
                                            gpointer user_data);
/* One that is not among those that the user trusts: RD_FAULT_BAD_INPUT. Ends with rd_line_trust_room_host_finish(),
 * too. */
void        rd_line_distrust_room_host_async (RdLine *self, const char *host, GAsyncReadyCallback callback,
                                              gpointer user_data);
gboolean    rd_line_trust_room_host_finish (RdLine *self, GAsyncResult *result, GError **error);

const RdAccountSettings *rd_line_get_settings (RdLine *self);
const char *rd_line_get_id         (RdLine *self);
const char *rd_line_get_name       (RdLine *self);
/* The user's own name at the site, "" if it is not known. */
const char *rd_line_get_user_name  (RdLine *self);
const char *rd_line_get_state      (RdLine *self);
gboolean    rd_line_get_can_call   (RdLine *self);
gint64      rd_line_get_last_frame (RdLine *self);
/* As Account1's PollEvery. */
guint       rd_line_get_poll_interval (RdLine *self);
/* (nullable) */
RdSite     *rd_line_get_site       (RdLine *self);
/* (nullable) (transfer none) each: NULL where the site has no such thing; they stay for the line's life */
RdMailbox  *rd_line_get_mailbox    (RdLine *self);
RdPeople   *rd_line_get_people     (RdLine *self);
RdInvoices *rd_line_get_invoices   (RdLine *self);
/* (transfer container) (array zero-terminated): hosts whose rooms may be opened */
const char **rd_line_dup_room_hosts (RdLine *self) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the site itself is on this machine. */
gboolean    rd_line_is_loopback    (RdLine *self);

G_END_DECLS
