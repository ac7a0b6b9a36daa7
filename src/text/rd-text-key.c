/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-text"

#include "config.h"

#include "rd-text.h"

#include <glib/gi18n.h>

/* What a key that works everywhere does, as the desktop lists it among its other keys. */

static const struct
{
  const char *id;
  const char *text;
} keys[] = {
  { "answer", N_ ("Answer") },   { "decline", N_ ("Decline") },      { "silence", N_ ("Silence") },
  { "hang-up", N_ ("Hang Up") }, { "quiet", N_ ("Do Not Disturb") },
};

const char *
rd_text_for_key (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].id, id))
      return _ (keys[i].text);
  g_return_val_if_reached (NULL);
}
