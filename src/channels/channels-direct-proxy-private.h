/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CHANNELS_TYPE_DIRECT_PROXY (channels_direct_proxy_get_type ())
G_DECLARE_FINAL_TYPE (ChannelsDirectProxy, channels_direct_proxy, CHANNELS, DIRECT_PROXY, GObject)

/* The scheme of a proxy's URI by which GIO finds this type */
#define CHANNELS_DIRECT_PROXY_PROTOCOL "channels-direct"

/* Makes it known to GIO; as often as one likes. */
void channels_direct_proxy_register (void);

G_END_DECLS
