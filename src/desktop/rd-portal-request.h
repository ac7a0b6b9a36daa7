/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_PORTAL_NAME "org.freedesktop.portal.Desktop"
#define RD_PORTAL_PATH "/org/freedesktop/portal/desktop"

typedef enum
{
  RD_PORTAL_GRANTED,
  RD_PORTAL_REFUSED, /* by the user, or by the desktop */
  RD_PORTAL_FAILED,  /* there is no such portal, or it went wrong */
} RdPortalResponse;

#define RD_TYPE_PORTAL_REQUEST (rd_portal_request_get_type ())
G_DECLARE_FINAL_TYPE (RdPortalRequest, rd_portal_request, RD, PORTAL_REQUEST, GObject)

/**
 * RdPortalRequest:
 *
 * One question to the desktop's portal, whose answer comes by a signal, since it may have to ask the user: nothing
 * waits for it. Whoever lets go of it does not want to know any more.
 *
 * ::response (uint RdPortalResponse, GVariant *results): once; results: a{sv}, nullable
 */
/* @method of @interface takes a parent window, for which we have none, and @options (a{sv}; floating is taken). */
RdPortalRequest *rd_portal_request_new (GDBusConnection *connection, const char *interface, const char *method,
                                        GVariant *options) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a method that takes other @arguments before its options: (nullable) a tuple; floating is taken. */
RdPortalRequest *rd_portal_request_new_with (GDBusConnection *connection, const char *interface, const char *method,
                                             GVariant *arguments, GVariant *options) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
