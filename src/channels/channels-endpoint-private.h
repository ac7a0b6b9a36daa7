/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels-endpoint.h"

G_BEGIN_DECLS

/* (transfer full): the same application over TLS, for a server that takes nothing else (close code 4000) */
ChannelsEndpoint *channels_endpoint_dup_with_tls (ChannelsEndpoint *self) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): the ws(s) address of @path, which is absolute, on its host */
char             *channels_endpoint_dup_uri_with_path (ChannelsEndpoint *self,
                                                       const char       *path) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
