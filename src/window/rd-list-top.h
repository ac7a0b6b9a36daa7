/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void rd_list_top_go   (GtkListView *view);
void rd_list_top_keep (GtkListView *view);

G_END_DECLS
