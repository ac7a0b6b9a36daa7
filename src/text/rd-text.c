/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-text"

#include "config.h"

#include "rd-text.h"

#include <locale.h>

#include <glib/gi18n-lib.h>

#include "rd-text-private.h"

/* The short texts: states, times, calls, health. Faults stand in rd-text-fault.c. */

typedef struct
{
  const char *code;
  const char *text;
} CodeText;

typedef struct
{
  const char *what;
  const char *health;
  const char *text;
} HealthText;

typedef struct
{
  const char *state;
  const char *reason; /* NULL: any */
  int incoming;       /* -1: either way */
  const char *text;
} CallText;

static const CodeText link_texts[] = {
  { "connected", N_ ("Connected") }, { "connecting", N_ ("Connecting…") }, { "waiting", N_ ("Offline") },
  { "failed", N_ ("Failed") },       { "signed-out", N_ ("Signed out") },  { "stopped", N_ ("Switched off") },
};

/* The first row that fits counts. */
static const CallText call_texts[] = {
  { "ringing-in", NULL, -1, N_ ("Incoming call") },
  { "ringing-out", NULL, -1, N_ ("Calling…") },
  { "active", NULL, -1, N_ ("Active") },
  { "answered-elsewhere", NULL, -1, N_ ("Answered on another device") },
  { "declined", "declined-by-us", -1, N_ ("You declined the call") },
  { "declined", "declined-by-peer", -1, N_ ("{name} declined your call") },
  { "declined", NULL, TRUE, N_ ("You declined the call") },
  { "declined", NULL, FALSE, N_ ("{name} declined your call") },
  { "cancelled", "cancelled-by-us", -1, N_ ("You cancelled the call") },
  { "cancelled", "cancelled-by-peer", -1, N_ ("{name} cancelled the call") },
  { "cancelled", NULL, TRUE, N_ ("{name} cancelled the call") },
  { "cancelled", NULL, FALSE, N_ ("You cancelled the call") },
  { "missed", NULL, -1, N_ ("Missed call") },
  { "ended", "no-answer", FALSE, N_ ("{name} did not answer") },
  { "ended", "ring-deadline", FALSE, N_ ("{name} did not answer") },
  { "ended", NULL, -1, N_ ("Call ended") },
  { "failed", NULL, -1, N_ ("Call failed") },
};

static const HealthText health_texts[] = {
  { "notifications", "absent", N_ ("This session shows no notifications: incoming calls are shown in the window.") },
  { "notifications", "not-answering",
    N_ ("The session’s notifications do not answer: incoming calls are shown in the window.") },
  { "notifications", "no-actions",
    N_ ("The session’s notifications have no buttons now: answer in the window or with “ringdown answer”.") },
  { "sound", "no-device", N_ ("No sound device works: calls do not ring.") },
  { "sound", "failed", N_ ("Sound has failed: calls do not ring.") },
  { "secrets", "keyring-locked", N_ ("The keyring is locked: unlock it, or accounts stay signed out.") },
  { "secrets", "memory", N_ ("There is no keyring: tokens are kept until Ringdown ends, then asked for again.") },
  { "secrets", "file", N_ ("Tokens are kept in a plain file that only you can read.") },
};

char *
rd_text_for_link (const char *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (link_texts); i++)
    {
      if (g_strcmp0 (link_texts[i].code, state) == 0)
        return g_strdup (_ (link_texts[i].text));
    }
  return g_strdup (_ ("Unknown"));
}

/* Seconds as one number and its unit; @seconds is not negative. */
static char *
make_span (gint64 seconds)
{
  if (seconds < 60)
    /* TRANSLATORS: a span of time in seconds, minutes, hours, days */
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds < 60 * 60)
    return g_strdup_printf (_ ("%d min"), (int) (seconds / 60));
  if (seconds < 48 * 60 * 60)
    return g_strdup_printf (_ ("%d h"), (int) (seconds / (60 * 60)));
  return g_strdup_printf (_ ("%d d"), (int) (seconds / (24 * 60 * 60)));
}

char *
rd_text_for_next_try (gint64 next_try, gint64 now)
{
  g_autofree char *span = NULL;

  now = MAX (now, 0);
  if (next_try <= now)
    return g_strdup ("");
  /* rounded up: "in 0 s" would say nothing */
  span = make_span ((next_try - now - 1) / G_USEC_PER_SEC + 1);
  return rd_text_fill (_ ("next try in {span}"), "span", span, NULL);
}

char *
rd_text_for_age (gint64 then, gint64 now)
{
  g_autofree char *span = NULL;

  if (then <= 0)
    return g_strdup (_ ("never"));
  if (now - then < G_USEC_PER_SEC)
    return g_strdup (_ ("just now"));
  span = make_span ((now - then) / G_USEC_PER_SEC);
  return rd_text_fill (_ ("{span} ago"), "span", span, NULL);
}

char *
rd_text_for_duration (gint64 microseconds)
{
  gint64 seconds = MAX (microseconds, 0) / G_USEC_PER_SEC;
  gint64 hours = seconds / 3600;

  if (hours > 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT ":%02d:%02d", hours, (int) (seconds / 60 % 60), (int) (seconds % 60));
  return g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));
}

char *
rd_text_for_call (const char *state, const char *reason, gboolean incoming, const char *peer_name)
{
  g_autofree char *peer = rd_text_for_peer (peer_name);
  g_autofree char *name = rd_text_isolate (peer);

  for (guint i = 0; i < G_N_ELEMENTS (call_texts); i++)
    {
      const CallText *row = &call_texts[i];

      if (g_strcmp0 (row->state, state) == 0 && (row->reason == NULL || g_strcmp0 (row->reason, reason) == 0) &&
          (row->incoming == -1 || row->incoming == !!incoming))
        return rd_text_fill (_ (row->text), "name", name, NULL);
    }
  return g_strdup (_ ("Unknown"));
}

char *
rd_text_for_peer (const char *peer_name)
{
  g_autofree char *name = rd_text_clean (peer_name, RD_TEXT_MAX_NAME);

  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (_ ("Unknown caller"));
}

char *
rd_text_for_media (gboolean audio)
{
  return g_strdup (audio ? _ ("Audio call") : _ ("Video call"));
}

char *
rd_text_for_health (const char *what, const char *health)
{
  for (guint i = 0; i < G_N_ELEMENTS (health_texts); i++)
    {
      if (g_strcmp0 (health_texts[i].what, what) == 0 && g_strcmp0 (health_texts[i].health, health) == 0)
        return g_strdup (_ (health_texts[i].text));
    }
  return g_strdup ("");
}

const char *
rd_text_for_background (void)
{
  return _("Ringdown keeps its lines open, so that calls reach you while its window is closed.");
}

void
rd_text_init (void)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, RD_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

char *
rd_text_for_step (const char *step)
{
  static const struct
  {
    const char *step;
    const char *text;
  } known[] = {
    { "address", N_ ("The site’s address") },
    { "profile", N_ ("What kind of site it is") },
    { "sign-in", N_ ("Sign-in") },
    { "user", N_ ("Who you are there") },
    { "connection", N_ ("The line for events") },
    { "channels", N_ ("Your channels") },
  };

  for (guint i = 0; step != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (step, known[i].step))
      return g_strdup (_ (known[i].text));
  return g_strdup (step != NULL ? step : "");
}
