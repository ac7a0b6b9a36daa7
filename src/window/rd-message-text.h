/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A message as Pango markup: what it says, escaped, with its http and https addresses as links that show where they
 * lead. Nothing else of it is markup, and what turns the reading direction round is left out. */
char    *rd_message_text_to_markup (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the browser may be shown it: http or https, a host, no user or password in it. */
gboolean rd_message_text_is_link   (const char *uri);
/* Whether its host is written in letters that the address itself has not: they may look like others. */
gboolean rd_message_text_hides_host (const char *uri);

G_END_DECLS
