/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "rd-tray-pixmap.h"

/* The drawings, as pixels and as the icon theme has them. */

static float
to_radians (float degrees)
{
  return degrees * (float) G_PI / 180;
}

static void
append_number (GString *out, const char *attribute, float number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.4g", (double) number);
  g_string_append_printf (out, " %s=\"%s\"", attribute, text);
}

static void
append_number_bare (GString *out, float number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.4g ", (double) number));
}

static void
append_stroke (GString *out, const RdTrayShape *shape)
{
  append_number (out, "stroke-width", 2 * shape->c);
  g_string_append_printf (out, " stroke=\"#%06x\" stroke-linecap=\"round\" fill=\"none\"", shape->colour);
}

static void
append_arc (GString *out, const RdTrayShape *shape)
{
  float aside = shape->a * sinf (to_radians (shape->b));
  float above = shape->a * cosf (to_radians (shape->b));

  g_string_append (out, "  <path d=\"M");
  append_number_bare (out, shape->x - aside);
  append_number_bare (out, shape->y - above);
  g_string_append (out, "A");
  append_number_bare (out, shape->a);
  append_number_bare (out, shape->a);
  g_string_append (out, "0 0 1 ");
  append_number_bare (out, shape->x + aside);
  append_number_bare (out, shape->y - above);
  g_string_append (out, "\"");
  append_stroke (out, shape);
}

static void
append_shape (GString *out, const RdTrayShape *shape)
{
  switch (shape->kind)
    {
    case RD_TRAY_BOX:
      g_string_append (out, "  <rect");
      append_number (out, "x", shape->x - shape->a);
      append_number (out, "y", shape->y - shape->b);
      append_number (out, "width", 2 * shape->a);
      append_number (out, "height", 2 * shape->b);
      append_number (out, "rx", shape->c);
      g_string_append_printf (out, " fill=\"#%06x\"", shape->colour);
      break;
    case RD_TRAY_DISC:
      g_string_append (out, "  <circle");
      append_number (out, "cx", shape->x);
      append_number (out, "cy", shape->y);
      append_number (out, "r", shape->a);
      g_string_append_printf (out, " fill=\"#%06x\"", shape->colour);
      break;
    case RD_TRAY_LINE:
      g_string_append (out, "  <line");
      append_number (out, "x1", shape->x);
      append_number (out, "y1", shape->y);
      append_number (out, "x2", shape->a);
      append_number (out, "y2", shape->b);
      append_stroke (out, shape);
      break;
    case RD_TRAY_ARC:
      append_arc (out, shape);
      break;
    case RD_TRAY_END:
    default:
      g_assert_not_reached ();
    }
  g_string_append (out, "/>\n");
}

static char *
make_svg (RdTrayLook look)
{
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<!-- SPDX-FileCopyrightText: 2026 The Ringdown authors\n"
                      "     SPDX-License-Identifier: GPL-3.0-or-later\n"
                      "     Drawn as in src/desktop/rd-tray-look.c. -->\n"
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"48\" height=\"48\" viewBox=\"0 0 48 48\">\n");
  for (const RdTrayShape *shape = rd_tray_look_get_shapes (look); shape->kind != RD_TRAY_END; shape++)
    append_shape (out, shape);
  g_string_append (out, "</svg>\n");
  return g_string_free (out, FALSE);
}

static GVariant *
get_pixels (RdTrayLook look, int size)
{
  g_autoptr (GVariant) pixmaps = rd_tray_pixmap_new (look);

  for (gsize i = 0; i < g_variant_n_children (pixmaps); i++)
    {
      GVariant *pixels = NULL;
      int width;

      g_variant_get_child (pixmaps, i, "(ii@ay)", &width, NULL, &pixels);
      if (width == size)
        return pixels;
      g_variant_unref (pixels);
    }
  g_assert_not_reached ();
}

/* A pixel as seen on @ground, grey */
static int
get_brightness (GVariant *pixels, gsize index, int ground)
{
  gsize length;
  const guint8 *argb = g_variant_get_fixed_array (pixels, &length, 1);

  argb += 4 * index;
  return (((argb[1] * 30 + argb[2] * 59 + argb[3] * 11) / 100) * argb[0] + ground * (255 - argb[0])) / 255;
}

/* How many pixels are on one side of the middle between dark and light in one, and on the other in the other: what
 * somebody sees who tells no colours. */
static guint
count_different (RdTrayLook a, RdTrayLook b, int size)
{
  g_autoptr (GVariant) pixels_a = get_pixels (a, size);
  g_autoptr (GVariant) pixels_b = get_pixels (b, size);
  guint count = 0;

  for (gsize i = 0; i < (gsize) (size * size); i++)
    if ((get_brightness (pixels_a, i, 0) > 170) != (get_brightness (pixels_b, i, 0) > 170))
      count++;
  return count;
}

static void
test_shapes_differ (void)
{
  static const int sizes[] = { 16, 22, 24, 32, 48 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (RdTrayLook a = 0; a < RD_TRAY_N_LOOKS; a++)
      for (RdTrayLook b = a + 1; b < RD_TRAY_N_LOOKS; b++)
        {
          guint different = count_different (a, b, sizes[i]);

          g_test_message ("%s, %s at %d: %u", rd_tray_look_get_icon_name (a), rd_tray_look_get_icon_name (b), sizes[i],
                          different);
          g_assert_cmpuint (different, >=, sizes[i] * sizes[i] / 32);
        }
}

/* Light and dark panels both */
static void
test_stands_out (void)
{
  for (RdTrayLook look = 0; look < RD_TRAY_N_LOOKS; look++)
    for (int ground = 0; ground <= 255; ground += 255)
      {
        g_autoptr (GVariant) pixels = get_pixels (look, 16);
        guint seen = 0;

        for (gsize i = 0; i < 16 * 16; i++)
          if (ABS (get_brightness (pixels, i, ground) - ground) > 60)
            seen++;
        g_assert_cmpuint (seen, >=, 40);
      }
}

static void
test_corners (void)
{
  g_autoptr (GVariant) pixels = get_pixels (RD_TRAY_LOOK_CONNECTED, 48);
  gsize length;
  const guint8 *argb = g_variant_get_fixed_array (pixels, &length, 1);
  const guint8 *middle = argb + 4 * (48 * 30 + 24);

  /* Transparent outside of the plate; below the handset's arch there is plate, opaque and in that order of bytes. */
  g_assert_cmpuint (argb[0], ==, 0);
  g_assert_cmpuint (middle[0], ==, 0xff);
  g_assert_cmphex ((middle[1] << 16) | (middle[2] << 8) | middle[3], ==, 0x157a5c);
}

static void
test_theme (void)
{
  for (RdTrayLook look = 0; look < RD_TRAY_N_LOOKS; look++)
    {
      g_autofree char *file = g_strconcat (rd_tray_look_get_icon_name (look), ".svg", NULL);
      g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "..", "data", "icons", "hicolor",
                                                "scalable", "status", file, NULL);
      g_autofree char *expected = make_svg (look);
      g_autofree char *found = NULL;

      g_file_get_contents (path, &found, NULL, NULL);
      g_assert_cmpstr (found, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tray-pixmap/shapes-differ", test_shapes_differ);
  g_test_add_func ("/tray-pixmap/stands-out", test_stands_out);
  g_test_add_func ("/tray-pixmap/corners", test_corners);
  g_test_add_func ("/tray-pixmap/theme", test_theme);
  return g_test_run ();
}
