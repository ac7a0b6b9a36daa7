/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What kept GIO from connecting, for logs */
const char *channels_obstacle_describe          (const GError         *error);
/* (nullable) (transfer full): what is wrong with a server's certificate; %NULL if nothing is known of it */
char       *channels_obstacle_describe_distrust (GTlsCertificateFlags  flags);

G_END_DECLS
