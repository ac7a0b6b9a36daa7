/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_PEOPLE_PAGE (rd_people_page_get_type ())
G_DECLARE_FINAL_TYPE (RdPeoplePage, rd_people_page, RD, PEOPLE_PAGE, GtkWidget)

/**
 * RdPeoplePage:
 *
 * The page of the people whom the sites know, those online first, and of the user's own status.
 */
void rd_people_page_set_model    (RdPeoplePage *self, RdModel *model);
void rd_people_page_start_search (RdPeoplePage *self);

G_END_DECLS
