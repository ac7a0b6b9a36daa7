/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What bus clients send, before anything else looks at it. The bus lets valid UTF-8 through, and nothing else. */

/* Whether @text has at most @max characters. */
gboolean rd_bus_is_text (const char *text, gsize max);
/* One line of a text: the same, and no control character in it. */
gboolean rd_bus_is_line (const char *text, gsize max);
/* Somebody's id, as a site may have given it: not empty, one line. */
gboolean rd_bus_is_id   (const char *text, gsize max);
/* Answers @invocation (transfer full) with BadInput, which names @where, unless @good. Returns @good. */
gboolean rd_bus_check   (GDBusMethodInvocation *invocation, gboolean good, const char *where);

G_END_DECLS
