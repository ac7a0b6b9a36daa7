/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rd-model.h"

G_BEGIN_DECLS

#define RD_TYPE_LINK_BANNER (rd_link_banner_get_type ())
G_DECLARE_FINAL_TYPE (RdLinkBanner, rd_link_banner, RD, LINK_BANNER, GtkWidget)

/**
 * RdLinkBanner:
 *
 * Visible while some account's line or site has a problem: says which and why, counts down to the next try, and leads
 * to the account ("win.page" or, where a sign-in helps, "win.set-token").
 */
GtkWidget *rd_link_banner_new       (void);
void       rd_link_banner_set_model (RdLinkBanner *self, RdModel *model);

G_END_DECLS
