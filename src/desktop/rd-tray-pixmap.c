/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-tray"

#include "config.h"

#include "rd-tray-pixmap.h"

#include <math.h>

/* The tray's icons as pixels: a host that does not find an icon's name in its theme needs them, and the agent has
 * nothing else to draw with. */

static float
to_radians (float degrees)
{
  return degrees * (float) G_PI / 180;
}

static float
distance_to_box (const RdTrayShape *shape, float x, float y)
{
  float out_x = fabsf (x - shape->x) - shape->a + shape->c;
  float out_y = fabsf (y - shape->y) - shape->b + shape->c;
  float outside = hypotf (fmaxf (out_x, 0), fmaxf (out_y, 0));

  return outside + fminf (fmaxf (out_x, out_y), 0) - shape->c;
}

static float
distance_to_line (const RdTrayShape *shape, float x, float y)
{
  float along_x = shape->a - shape->x;
  float along_y = shape->b - shape->y;
  float at = ((x - shape->x) * along_x + (y - shape->y) * along_y) / (along_x * along_x + along_y * along_y);

  at = CLAMP (at, 0, 1);
  return hypotf (x - shape->x - at * along_x, y - shape->y - at * along_y) - shape->c;
}

static float
distance_to_arc (const RdTrayShape *shape, float x, float y)
{
  float aside = fabsf (x - shape->x);
  float above = shape->y - y;
  float end = to_radians (shape->b);

  if (atan2f (aside, above) <= end)
    return fabsf (hypotf (aside, above) - shape->a) - shape->c;
  return hypotf (aside - shape->a * sinf (end), above - shape->a * cosf (end)) - shape->c;
}

/* How far the point is from the shape's edge; inside of it: negative. */
static float
distance_to (const RdTrayShape *shape, float x, float y)
{
  switch (shape->kind)
    {
    case RD_TRAY_BOX:
      return distance_to_box (shape, x, y);
    case RD_TRAY_DISC:
      return hypotf (x - shape->x, y - shape->y) - shape->a;
    case RD_TRAY_LINE:
      return distance_to_line (shape, x, y);
    case RD_TRAY_ARC:
      return distance_to_arc (shape, x, y);
    case RD_TRAY_END:
    default:
      g_return_val_if_reached ((float) RD_TRAY_CANVAS);
    }
}

/* A pixel's colour is that of what covers it, by how much of it that does. */
static void
paint_pixel (const RdTrayShape *shapes, float x, float y, float scale, guint8 *argb)
{
  float alpha = 0;
  float channels[3] = { 0, 0, 0 };

  for (const RdTrayShape *shape = shapes; shape->kind != RD_TRAY_END; shape++)
    {
      float cover = CLAMP (0.5f - distance_to (shape, x, y) * scale, 0, 1);
      float total = cover + alpha * (1 - cover);

      if (cover <= 0)
        continue;
      for (guint i = 0; i < 3; i++)
        {
          float channel = (float) ((shape->colour >> (16 - 8 * i)) & 0xff);

          channels[i] = (channel * cover + channels[i] * alpha * (1 - cover)) / total;
        }
      alpha = total;
    }
  argb[0] = (guint8) lroundf (alpha * 255);
  for (guint i = 0; i < 3; i++)
    argb[1 + i] = (guint8) lroundf (channels[i]);
}

/* (transfer floating): (iiay) */
static GVariant *
new_pixmap (const RdTrayShape *shapes, int size)
{
  gsize length = (gsize) size * size * 4;
  guint8 *pixels = g_malloc0 (length);
  float scale = (float) size / (float) RD_TRAY_CANVAS;

  for (int y = 0; y < size; y++)
    for (int x = 0; x < size; x++)
      paint_pixel (shapes, ((float) x + 0.5f) / scale, ((float) y + 0.5f) / scale, scale,
                   pixels + 4 * ((gsize) y * size + x));
  /* Trusted, as bytes are: two such values are compared by their bytes. g_variant_new_fixed_array() makes no trusted
   * ones, and they would be printed to be compared, at every change of the icon. */
  return g_variant_new ("(ii@ay)", size, size,
                        g_variant_new_from_data (G_VARIANT_TYPE_BYTESTRING, pixels, length, TRUE, g_free, pixels));
}

GVariant *
rd_tray_pixmap_new (RdTrayLook look)
{
  static const int sizes[] = { 16, 22, 24, 32, 48 };
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(iiay)"));

  const RdTrayShape *shapes = rd_tray_look_get_shapes (look);

  g_return_val_if_fail (shapes != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_variant_builder_add_value (&builder, new_pixmap (shapes, sizes[i]));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}
