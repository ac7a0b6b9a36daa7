/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-browser.h"
#include "rd-lines.h"

G_BEGIN_DECLS

#define RD_TYPE_ROOMS (rd_rooms_get_type ())
G_DECLARE_FINAL_TYPE (RdRooms, rd_rooms, RD, ROOMS, GObject)

/**
 * RdRooms:
 *
 * Opens the room of each local call in the browser: exactly once, when it becomes active; again when asked to.
 *
 * ::problem-changed (RdCall *call): dup_problem() of a live call is another one than before.
 */
RdRooms *rd_rooms_new         (RdPhone *phone, RdLines *lines, RdBrowser *browser,
                               RdNotices *notices) G_GNUC_WARN_UNUSED_RESULT;
/* The activation token (nullable) of the click that answered @call, for its room's first opening. */
void     rd_rooms_expect      (RdRooms *self, RdCall *call, const char *activation_token);
/* @call is another one than before: opens its room if that is due. */
void     rd_rooms_consider    (RdRooms *self, RdCall *call);
/* The user asks for it (again). RD_FAULT on failure. */
void     rd_rooms_open_async  (RdRooms *self, RdCall *call, const char *activation_token,
                               GAsyncReadyCallback callback, gpointer user_data);
gboolean rd_rooms_open_finish (RdRooms *self, GAsyncResult *result, GError **error);
/* (transfer full) (not floating): why @call's room could not be opened last time, a{sv}; empty: nothing is wrong */
GVariant *rd_rooms_dup_problem (RdRooms *self, RdCall *call) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
