/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-line.h"
#include "rd-notices.h"
#include "rd-profiles.h"

G_BEGIN_DECLS

#define RD_TYPE_LINES (rd_lines_get_type ())
G_DECLARE_FINAL_TYPE (RdLines, rd_lines, RD, LINES, GObject)

/**
 * RdLines:
 *
 * All accounts at work, and how one comes and goes.
 *
 * ::line-added (RdLine) · ::line-removed (RdLine) · ::call-touched (RdCall): an event of this call came in.
 */
RdLines   *rd_lines_new           (RdProfiles *profiles, RdNotices *notices,
                                   const RdLineContext *context) G_GNUC_WARN_UNUSED_RESULT;
/* A line for each account that is kept; they start with rd_lines_start(). */
void       rd_lines_load          (RdLines *self);
void       rd_lines_start         (RdLines *self);
void       rd_lines_stop          (RdLines *self);
/* Another way to the network; @slept: the machine has slept. */
void       rd_lines_probe         (RdLines *self, gboolean slept);
/* Whether something is still being written. */
gboolean   rd_lines_is_writing    (RdLines *self);
/* (nullable) (transfer none) */
RdLine    *rd_lines_lookup        (RdLines *self, const char *account);
/* (transfer none) @account "": the only one that can place calls. RD_FAULT otherwise. */
RdLine    *rd_lines_find_caller   (RdLines *self, const char *account, GError **error);
/* (transfer full) (element-type RdLine): as they are now */
GPtrArray *rd_lines_dup_all       (RdLines *self) G_GNUC_WARN_UNUSED_RESULT;
guint      rd_lines_get_count     (RdLines *self);
/* (nullable) (transfer none): the account's name, if there are several to tell apart */
const char *rd_lines_get_label    (RdLines *self, const char *account);
/* Whether there may be such an account, as far as can be told before its user is known. RD_FAULT_BAD_INPUT,
 * RD_FAULT_EXISTS, RD_FAULT_TOO_LARGE */
gboolean   rd_lines_check         (RdLines *self, const RdAccountSettings *settings, RdProfile *profile,
                                   GError **error);
/* @tokens: may be empty. Both are copied. */
void       rd_lines_add_async     (RdLines *self, const RdAccountSettings *settings, const RdTokens *tokens,
                                   GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): the new account's id */
char      *rd_lines_add_finish    (RdLines *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void       rd_lines_remove_async  (RdLines *self, const char *account, GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean   rd_lines_remove_finish (RdLines *self, GAsyncResult *result, GError **error);
/* RD_FAULT_BAD_INPUT unless @token is printable ASCII of at most 8 KiB; @where: what the fault names. */
gboolean   rd_lines_check_token   (const char *token, const char *where, GError **error);

G_END_DECLS
