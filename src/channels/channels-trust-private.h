/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* (nullable) (transfer full): what is wrong with a server's certificate, for logs; %NULL if nothing is known of it */
char *channels_trust_describe (GTlsCertificateFlags flags);

G_END_DECLS
