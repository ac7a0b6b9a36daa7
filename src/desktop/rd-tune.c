/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-ringer"

#include "config.h"

#include "rd-tune.h"

#include <math.h>

/* The tunes: notes of struck or blown things, in tables. */

#define FRAMES(ms) ((guint64) (ms) *RD_TUNE_RATE / 1000)
/* Long enough not to click, short enough not to be heard. */
#define ATTACK_MS 4
#define RELEASE_MS 12

typedef struct
{
  double ratio; /* to the note's pitch */
  double level;
  double decay; /* how much sooner than the first it dies away */
} Partial;

#define MAX_PARTIALS 5

/* What is struck: partials that die away, the higher the sooner. */
typedef struct
{
  Partial partials[MAX_PARTIALS];
  gsize n_partials;
  double decay_s;
  guint note_ms;
} Voice;

static const Voice bar = { { { 1, 1, 1 }, { 2, 0.35, 2 }, { 4, 0.12, 4 } }, 3, 0.16, 600 };
/* The partials of a bell stand in no simple ratio: that is what makes it one. */
static const Voice bell
  = { { { 1, 1, 1 }, { 2.76, 0.5, 1.6 }, { 5.4, 0.22, 2.6 }, { 0.5, 0.2, 0.8 } }, 4, 0.35, 1400 };
/* The same in a telephone: a hammer comes before it has died away. */
static const Voice gong = { { { 1, 1, 1 }, { 2.32, 0.6, 1.4 }, { 4.25, 0.35, 2 } }, 3, 0.09, 180 };
static const Voice wood = { { { 1, 1, 1 }, { 3.9, 0.3, 3 } }, 2, 0.045, 200 };
static const Voice reed = { { { 1, 1, 0.2 }, { 2, 0.3, 0.2 }, { 3, 0.2, 0.2 } }, 3, 0.12, 90 };
static const Voice glass = { { { 1, 1, 1 }, { 2, 0.15, 1.5 }, { 3, 0.08, 2 } }, 3, 0.4, 1500 };

typedef struct
{
  guint offset_ms;
  double hertz;
} Note;

struct _RdTune
{
  const char *id;
  const Voice *voice;
  const Note *notes;
  gsize n_notes;
  guint length_ms;
  double gain;
};

#define NOTES(array) array, G_N_ELEMENTS (array)

static const Note classic_notes[] = {
  { 0, 659.26 },   { 160, 783.99 },  { 320, 987.77 },  { 480, 783.99 },
  { 960, 659.26 }, { 1120, 783.99 }, { 1280, 987.77 }, { 1440, 1318.51 },
};
static const Note soft_notes[] = { { 0, 659.26 }, { 200, 783.99 } };
/* Two gongs and the hammer between them, 20 strokes a second. */
static const Note telephone_notes[] = {
  { 0, 1180 },    { 50, 1420 },   { 100, 1180 },  { 150, 1420 },  { 200, 1180 },  { 250, 1420 },  { 300, 1180 },
  { 350, 1420 },  { 400, 1180 },  { 450, 1420 },  { 500, 1180 },  { 550, 1420 },  { 600, 1180 },  { 650, 1420 },
  { 700, 1180 },  { 750, 1420 },  { 800, 1180 },  { 850, 1420 },  { 900, 1180 },  { 950, 1420 },  { 1000, 1180 },
  { 1050, 1420 }, { 1100, 1180 }, { 1150, 1420 }, { 1200, 1180 }, { 1250, 1420 }, { 1300, 1180 }, { 1350, 1420 },
};
static const Note office_notes[] = {
  { 0, 853 },   { 80, 960 },  { 160, 853 }, { 240, 960 },  { 320, 853 },  { 400, 960 },
  { 900, 853 }, { 980, 960 }, { 1060, 853 }, { 1140, 960 }, { 1220, 853 }, { 1300, 960 },
};
static const Note chimes_notes[] = {
  { 0, 523.25 }, { 450, 659.26 }, { 900, 783.99 }, { 1350, 1046.5 }, { 2100, 783.99 },
};
static const Note marimba_notes[] = {
  { 0, 392 },   { 150, 493.88 }, { 300, 587.33 }, { 600, 493.88 }, { 750, 587.33 },
  { 900, 784 }, { 1200, 587.33 }, { 1350, 493.88 }, { 1500, 392 },
};
static const Note crystal_notes[] = {
  { 0, 1046.5 }, { 300, 1396.91 }, { 600, 1567.98 }, { 1400, 1046.5 }, { 1700, 1567.98 },
};

static const RdTune rings[] = {
  { RD_TUNE_RING, &bar, NOTES (classic_notes), 3000, 0.36 },
  { "telephone", &gong, NOTES (telephone_notes), 3000, 0.22 },
  { "office", &reed, NOTES (office_notes), 3000, 0.26 },
  { "chimes", &bell, NOTES (chimes_notes), 4500, 0.26 },
  { "marimba", &bar, NOTES (marimba_notes), 3000, 0.34 },
  { "crystal", &glass, NOTES (crystal_notes), 4000, 0.28 },
};

static const Note bell_notes[] = { { 0, 1318.51 } };
static const Note drop_notes[] = { { 0, 880 }, { 70, 1174.66 } };
static const Note pair_notes[] = { { 0, 783.99 }, { 130, 1046.5 } };
static const Note knock_notes[] = { { 0, 220 }, { 170, 220 } };
static const Note spark_notes[] = { { 0, 1567.98 }, { 60, 1975.53 }, { 120, 2349.32 } };

static const RdTune messages[] = {
  { RD_TUNE_MESSAGE, &bell, NOTES (bell_notes), 1500, 0.2 },
  { "drop", &bar, NOTES (drop_notes), 800, 0.26 },
  { "pair", &bar, NOTES (pair_notes), 900, 0.26 },
  { "knock", &wood, NOTES (knock_notes), 500, 0.42 },
  { "spark", &glass, NOTES (spark_notes), 1700, 0.16 },
};

static const RdTune soft = { "soft", &bar, NOTES (soft_notes), 4000, 0.07 };

static const RdTune *
find (const RdTune *tunes, gsize n_tunes, const char *id)
{
  for (gsize i = 0; i < n_tunes; i++)
    if (g_strcmp0 (tunes[i].id, id) == 0)
      return &tunes[i];
  return NULL;
}

static char **
dup_ids (const RdTune *tunes, gsize n_tunes)
{
  char **ids = g_new0 (char *, n_tunes + 1);

  for (gsize i = 0; i < n_tunes; i++)
    ids[i] = g_strdup (tunes[i].id);
  return ids;
}

static double
render_note (const Voice *voice, double hertz, double seconds)
{
  double turn = 2 * G_PI * hertz * seconds;
  double envelope = MIN (1, seconds * 1000 / ATTACK_MS);
  double left_ms = voice->note_ms - seconds * 1000;
  double sum = 0;

  for (gsize i = 0; i < voice->n_partials; i++)
    {
      const Partial *partial = &voice->partials[i];

      sum += partial->level * exp (-seconds * partial->decay / voice->decay_s) * sin (turn * partial->ratio);
    }
  return MIN (envelope, MAX (left_ms, 0) / RELEASE_MS) * sum;
}

const RdTune *
rd_tune_find_ring (const char *id)
{
  return find (rings, G_N_ELEMENTS (rings), id);
}

const RdTune *
rd_tune_find_message (const char *id)
{
  return find (messages, G_N_ELEMENTS (messages), id);
}

const RdTune *
rd_tune_get_soft (void)
{
  return &soft;
}

char **
rd_tune_dup_rings (void)
{
  return dup_ids (rings, G_N_ELEMENTS (rings));
}

char **
rd_tune_dup_messages (void)
{
  return dup_ids (messages, G_N_ELEMENTS (messages));
}

guint64
rd_tune_get_length (const RdTune *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return FRAMES (self->length_ms);
}

double
rd_tune_render (const RdTune *self, guint64 frame)
{
  double sum = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < self->n_notes; i++)
    {
      guint64 start = FRAMES (self->notes[i].offset_ms);

      if (frame >= start && frame < start + FRAMES (self->voice->note_ms))
        sum += render_note (self->voice, self->notes[i].hertz, (double) (frame - start) / RD_TUNE_RATE);
    }
  return self->gain * sum;
}
