/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a site is in the mood to answer: the ways a real one fails. */
typedef enum
{
  RD_DEMO_MOOD_FINE,
  RD_DEMO_MOOD_ERROR,      /* 500 with a JSON error */
  RD_DEMO_MOOD_HTML,       /* 200 with an HTML page, as a captive portal does */
  RD_DEMO_MOOD_SILENT,     /* takes the request and never answers */
  RD_DEMO_MOOD_SIGNED_OUT, /* 401 for whatever needs a token */
  RD_DEMO_MOOD_SLOW,       /* answers after three seconds */
  RD_DEMO_MOOD_NO_SIGN_IN, /* 403 for who signs in or renews; who is in stays in */
} RdDemoMood;

/* "fine", "error", "html", "silent", "signed-out", "slow", "no-sign-in"; FALSE for another word */
gboolean    rd_demo_mood_from_string (const char *word, RdDemoMood *mood);
const char *rd_demo_mood_to_string   (RdDemoMood mood);
/* Answers @message as a site in this mood does; FALSE: it is to be answered as it should. A silent site's is paused. */
gboolean    rd_demo_mood_answer      (RdDemoMood mood, SoupServerMessage *message);

G_END_DECLS
