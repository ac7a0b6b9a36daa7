/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_BROWSER (rd_browser_get_type ())
G_DECLARE_FINAL_TYPE (RdBrowser, rd_browser, RD, BROWSER, GObject)

/* Opens checked addresses in the user's default browser, with the click's activation token. */
RdBrowser *rd_browser_new         (void) G_GNUC_WARN_UNUSED_RESULT;
/* @url: from rd_room_build_url(). @activation_token: (nullable). RD_ROOM_ERROR_NO_BROWSER on failure. */
void       rd_browser_open_async  (RdBrowser *self, const char *url, const char *activation_token,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   rd_browser_open_finish (RdBrowser *self, GAsyncResult *result, GError **error);

G_END_DECLS
