/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-text"

#include "config.h"

#include "rd-text.h"

#include <glib/gi18n.h>

/* What a call is declined with, in the words of who declines: sent as they are. */

static const char *const texts[] = {
  N_ ("Can’t talk now"),
  N_ ("I’ll call you in 10 minutes"),
  N_ ("Please write to me"),
};

const char *
rd_text_get_decline (guint n)
{
  return n < G_N_ELEMENTS (texts) ? _ (texts[n]) : NULL;
}
