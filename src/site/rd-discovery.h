/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-profile.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a site says of itself: its /.well-known/ringdown.json, and the profile that this may name. Neither tokens nor
 * cookies go along; redirects stay on the site. */

/* @address: as people write it: "crm.example.org" */
void       rd_discovery_look_async    (SoupSession *session, const char *address, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): a{sv} as rd_setup_read_well_known() gives it. RD_FAULT_NOT_FOUND: the site says nothing;
 * RD_FAULT_TOO_LARGE; RD_FAULT_BAD_REPLY for a redirect to another host, said = where to; RD_FAULT_BAD_INPUT for what
 * it says and cannot be used; what rd_fetch_finish() says of the network. */
GVariant  *rd_discovery_look_finish   (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @url: the document's "profile-url": https on @address's own host, or http where that is this machine */
void       rd_discovery_fetch_async   (SoupSession *session, const char *address, const char *url,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): a profile that is good; its text in @text (nullable), for a file of the user's. RD_FAULT_BAD_PROFILE
 * and the above. */
RdProfile *rd_discovery_fetch_finish  (GAsyncResult *result, GBytes **text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
