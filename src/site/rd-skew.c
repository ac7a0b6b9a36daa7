/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-skew.h"

/* The site's clock against ours. A Date header is cut to whole seconds and read somewhere between request and reply, so
 * that a single one says little, and a difference within 2 s nothing. */

#define NOISE (2 * G_USEC_PER_SEC)
#define SLOWEST (5 * G_USEC_PER_SEC)

void
rd_skew_add (RdSkew *self, gint64 date, gint64 sent_at, gint64 received_at)
{
  /* Our own clock may have been set in between. */
  if (received_at < sent_at || received_at - sent_at > SLOWEST)
    return;
  self->samples[self->next] = date + G_USEC_PER_SEC / 2 - (sent_at + (received_at - sent_at) / 2);
  self->next = (self->next + 1) % RD_SKEW_SAMPLES;
  self->n = MIN (self->n + 1, RD_SKEW_SAMPLES);
}

gint64
rd_skew_get (const RdSkew *self)
{
  gint64 sorted[RD_SKEW_SAMPLES];
  gint64 median;

  if (self->n == 0)
    return 0;
  for (guint i = 0; i < self->n; i++)
    {
      guint at = i;

      for (; at > 0 && sorted[at - 1] > self->samples[i]; at--)
        sorted[at] = sorted[at - 1];
      sorted[at] = self->samples[i];
    }
  median = sorted[(self->n - 1) / 2];
  return ABS (median) > NOISE ? median : 0;
}
