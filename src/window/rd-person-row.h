/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-model.h"
#include "rd-paged-item.h"

G_BEGIN_DECLS

#define RD_TYPE_PERSON_ROW (rd_person_row_get_type ())
G_DECLARE_FINAL_TYPE (RdPersonRow, rd_person_row, RD, PERSON_ROW, GtkWidget)

/**
 * RdPersonRow:
 *
 * One person, and what can be done with them; used again and again for others. Activates "win.call" and "win.message".
 */
GtkWidget *rd_person_row_new      (RdModel *model);
/* How they are treated, and where else they are to be found. */
void       rd_person_row_show_menu (RdPersonRow *self);
/* @item: (nullable): a PERSON. @show_account: there are several, so that it says which. */
void       rd_person_row_set_item (RdPersonRow *self, RdPagedItem *item, gboolean show_account);
void       rd_person_row_set_with_account (RdPersonRow *self, gboolean with_account);

G_END_DECLS
