/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-tray-look.h"

G_BEGIN_DECLS

/* (transfer full): a(iiay), the icon at 16, 22, 24, 32 and 48 pixels: straight ARGB32 in network byte order, as of
 * org.kde.StatusNotifierItem */
GVariant *rd_tray_pixmap_new (RdTrayLook look) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
