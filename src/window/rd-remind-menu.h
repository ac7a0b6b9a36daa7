/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "Remind me in…", as a section of a menu. @id: 0: the action takes the minutes alone, "u"; else (@id, minutes),
 * "(tu)". @minutes: what the user has set, beside an hour */
void  rd_remind_menu_append   (GMenu *menu, const char *action, guint64 id, guint minutes);
/* (transfer full): that it was taken in: "You will be reminded in 10 minutes." */
char *rd_remind_menu_dup_news (guint minutes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
