/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the tray's icon looks like. Each has a shape of its own: none is told by its colour alone. */
typedef enum
{
  RD_TRAY_LOOK_CONNECTED,
  RD_TRAY_LOOK_CONNECTED_MISSED,
  RD_TRAY_LOOK_QUIET,
  RD_TRAY_LOOK_QUIET_MISSED,
  RD_TRAY_LOOK_OFFLINE,
  RD_TRAY_LOOK_OFFLINE_MISSED,
  RD_TRAY_LOOK_RINGING,
} RdTrayLook;

#define RD_TRAY_N_LOOKS (RD_TRAY_LOOK_RINGING + 1)

#define RD_TRAY_CANVAS 48

typedef enum
{
  RD_TRAY_END,
  RD_TRAY_BOX,  /* x, y: its centre; a, b: half its width and height; c: its corners' radius */
  RD_TRAY_DISC, /* x, y; a: radius */
  RD_TRAY_LINE, /* from x, y to a, b; c: half its width; round ends */
  RD_TRAY_ARC,  /* x, y; a: radius; c: half its width; over the top, @b degrees to each side; round ends */
} RdTrayShapeKind;

/* In a canvas of 48 units, later ones over earlier ones. */
typedef struct
{
  RdTrayShapeKind kind;
  float x, y, a, b, c;
  guint32 colour;
} RdTrayShape;

/* Its icon's name in the theme: data/icons/hicolor/scalable/status holds the same drawings. */
const char        *rd_tray_look_get_icon_name (RdTrayLook look);
/* Up to an RD_TRAY_END */
const RdTrayShape *rd_tray_look_get_shapes    (RdTrayLook look);

G_END_DECLS
