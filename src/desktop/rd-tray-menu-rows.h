/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-tray-facts.h"

G_BEGIN_DECLS

/* A row of the tray's menu: what it says, and what comes of choosing it. */
typedef struct
{
  char *id;        /* the same row has the same one the next time */
  char *label;     /* plain; NULL: a separator */
  const char *verb; /* static; NULL: nothing can be chosen, or there is a menu behind it */
  char *what;      /* (nullable): of the verb */
  char *text;      /* (nullable): of "decline-with" */
  gboolean enabled;
  GPtrArray *rows; /* (nullable): of RdTrayRow, those of the menu behind it */
} RdTrayRow;

/* (transfer full) (element-type RdTrayRow)
 *
 * Verbs: "open" (a page as of Agent1.OpenWindow, or ""), "answer", "decline", "decline-with", "remind", "hang-up",
 * "silence" (an RdTrayCall's key), "quiet" ("30m", "1h", "tomorrow", "on", "off"), "call" (an RdTrayPerson's key),
 * "quit". */
GPtrArray *rd_tray_menu_rows_new (const RdTrayFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
/* How all is, in one line without names: for the icon's tip. */
char      *rd_tray_menu_dup_tip  (const RdTrayFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
