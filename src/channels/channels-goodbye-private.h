/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Lets go of @socket (transfer full), which lives on for as long as libsoup needs to say goodbye, but no longer than
 * @ms. @polite: with a close frame, if the socket is still open. */
void channels_goodbye (SoupWebsocketConnection *socket,
                       gboolean                 polite,
                       guint                    ms);

G_END_DECLS
