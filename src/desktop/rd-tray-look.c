/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-tray"

#include "config.h"

#include "rd-tray-look.h"

/* The tray's icons as drawings of a few shapes. They stand on a plate, since nobody knows how light the panel is. */

#define GREEN 0x157a5c
#define BLUE 0x3d4f7a
#define GREY 0x6e6e73
#define ORANGE 0xc64600
#define RED 0xc01c28
#define WHITE 0xffffff

#define PLATE(colour) { RD_TRAY_BOX, 24, 24, 22, 22, 10, colour }

#define HANDSET(y)                                                                                                   \
  { RD_TRAY_ARC, 24, (y) + 6, 14, 66, 3.2f, WHITE }, { RD_TRAY_BOX, 11.3f, (y) + 2.5f, 4.6f, 5.2f, 2.2f, WHITE }, \
    { RD_TRAY_BOX, 36.7f, (y) + 2.5f, 4.6f, 5.2f, 2.2f, WHITE }

#define LINE { RD_TRAY_LINE, 13, 37.5f, 35, 37.5f, 1.9f, WHITE }

#define WAVES                                                                                                        \
  { RD_TRAY_ARC, 24, 21.5f, 6, 54, 1.9f, WHITE }, { RD_TRAY_ARC, 24, 21.5f, 13, 54, 1.9f, WHITE }

#define MOON(plate)                                                                                                  \
  { RD_TRAY_DISC, 23, 25, 14.5f, 0, 0, WHITE }, { RD_TRAY_DISC, 30, 19.5f, 12.5f, 0, 0, plate }

#define STRUCK_OUT(plate)                                                                                            \
  { RD_TRAY_LINE, 9, 11, 38, 40, 5, plate }, { RD_TRAY_LINE, 9, 11, 38, 40, 2, WHITE }

/* An exclamation mark in the corner. */
#define BADGE                                                                                                        \
  { RD_TRAY_DISC, 35.5f, 35.5f, 12.5f, 0, 0, WHITE }, { RD_TRAY_DISC, 35.5f, 35.5f, 10.5f, 0, 0, RED },          \
    { RD_TRAY_LINE, 35.5f, 30, 35.5f, 36, 1.9f, WHITE }, { RD_TRAY_DISC, 35.5f, 41, 2, 0, 0, WHITE }

static const RdTrayShape connected[] = { PLATE (GREEN), HANDSET (24), LINE, { RD_TRAY_END } };
static const RdTrayShape connected_missed[] = { PLATE (GREEN), HANDSET (24), LINE, BADGE, { RD_TRAY_END } };
static const RdTrayShape quiet[] = { PLATE (BLUE), MOON (BLUE), { RD_TRAY_END } };
static const RdTrayShape quiet_missed[] = { PLATE (BLUE), MOON (BLUE), BADGE, { RD_TRAY_END } };
static const RdTrayShape offline[] = { PLATE (GREY), HANDSET (24), STRUCK_OUT (GREY), { RD_TRAY_END } };
static const RdTrayShape offline_missed[] = { PLATE (GREY), HANDSET (24), STRUCK_OUT (GREY), BADGE, { RD_TRAY_END } };
static const RdTrayShape ringing[] = { PLATE (ORANGE), HANDSET (34), WAVES, { RD_TRAY_END } };

static const struct
{
  const char *icon_name;
  const RdTrayShape *shapes;
} looks[RD_TRAY_N_LOOKS] = {
  [RD_TRAY_LOOK_CONNECTED] = { RD_APP_ID "-tray-connected", connected },
  [RD_TRAY_LOOK_CONNECTED_MISSED] = { RD_APP_ID "-tray-connected-missed", connected_missed },
  [RD_TRAY_LOOK_QUIET] = { RD_APP_ID "-tray-quiet", quiet },
  [RD_TRAY_LOOK_QUIET_MISSED] = { RD_APP_ID "-tray-quiet-missed", quiet_missed },
  [RD_TRAY_LOOK_OFFLINE] = { RD_APP_ID "-tray-offline", offline },
  [RD_TRAY_LOOK_OFFLINE_MISSED] = { RD_APP_ID "-tray-offline-missed", offline_missed },
  [RD_TRAY_LOOK_RINGING] = { RD_APP_ID "-tray-ringing", ringing },
};

const char *
rd_tray_look_get_icon_name (RdTrayLook look)
{
  g_return_val_if_fail (look < RD_TRAY_N_LOOKS, NULL);

  return looks[look].icon_name;
}

const RdTrayShape *
rd_tray_look_get_shapes (RdTrayLook look)
{
  g_return_val_if_fail (look < RD_TRAY_N_LOOKS, NULL);

  return looks[look].shapes;
}
