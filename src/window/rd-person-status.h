/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-record.h"

G_BEGIN_DECLS

/* What a PERSON's status looks like: a shape and a word, so that it is never told by a colour alone. */

/* "Online", "Busy", "Away", "Offline"; what is not known is offline. (transfer none) */
const char *rd_person_status_word  (const char *status);
/* The word, with the person's own message and that they are in a call. */
char       *rd_person_dup_status   (RdRecord *person);
/* Shows the icon of a status, in its colour. */
void        rd_person_status_paint (GtkImage *image, const char *status);
/* Whatever it is that they are doing there. */
gboolean    rd_person_is_online    (RdRecord *person);
/* Whether a person may be called; if not, @reason (transfer full) says why. */
gboolean    rd_person_can_be_called (RdRecord *person, char **reason);
/* How People1 sorts: those online first, then by name. */
int         rd_person_compare      (RdRecord *a, RdRecord *b);

G_END_DECLS
