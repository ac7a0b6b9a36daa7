/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-lines.h"
#include "rd-rooms.h"

G_BEGIN_DECLS

#define RD_TYPE_OPERATOR (rd_operator_get_type ())
G_DECLARE_FINAL_TYPE (RdOperator, rd_operator, RD, OPERATOR, GObject)

/**
 * RdOperator:
 *
 * Does what the user asks of a call, whether by notification, window or command: asks the site, and tells the phone.
 * The call's state changes by what the site says, never by the click. Errors are RD_FAULT; RD_FAULT_WRONG_STATE for
 * what a call in its state cannot do, or while the site is still being asked.
 *
 * ::busy-changed (RdCall)
 */
RdOperator *rd_operator_new            (RdPhone *phone, RdLines *lines, RdRooms *rooms) G_GNUC_WARN_UNUSED_RESULT;
/* @activation_token: (nullable): goes to the browser */
void        rd_operator_answer_async   (RdOperator *self, RdCall *call, const char *activation_token,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* @message: (nullable): to the caller: with the refusal where a site takes it so, else as a message of its own, once
 * the call is declined. One that did not go out is an error whose "where" is "decline-message": the call is
 * declined. */
void        rd_operator_decline_async  (RdOperator *self, RdCall *call, const char *message,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* Also takes back a call that rings at the other side. */
void        rd_operator_hang_up_async  (RdOperator *self, RdCall *call, GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean    rd_operator_call_finish    (RdOperator *self, GAsyncResult *result, GError **error);
/* @account "": the only one that can place calls. */
void        rd_operator_place_async    (RdOperator *self, const char *account, const char *whom, gboolean audio,
                                        GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): the site's id of the call */
char       *rd_operator_place_finish   (RdOperator *self, GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* "answering", "declining", "hanging-up", or "" */
const char *rd_operator_get_busy       (RdOperator *self, RdCall *call);

G_END_DECLS
