/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-mood.h"

#include <string.h>

/* The ways in which a site fails, whatever it is about. */

static const char *const moods[] = { "fine", "error", "html", "silent", "signed-out", "slow", "no-sign-in" };

static void
reply_text (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  soup_server_message_set_response (message, type, SOUP_MEMORY_STATIC, text, strlen (text));
  soup_server_message_set_status (message, status, NULL);
}

gboolean
rd_demo_mood_from_string (const char *word, RdDemoMood *mood)
{
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    if (g_strcmp0 (moods[i], word) == 0)
      {
        *mood = (RdDemoMood) i;
        return TRUE;
      }
  return FALSE;
}

const char *
rd_demo_mood_to_string (RdDemoMood mood)
{
  return moods[mood];
}

gboolean
rd_demo_mood_answer (RdDemoMood mood, SoupServerMessage *message)
{
  switch (mood)
    {
    case RD_DEMO_MOOD_ERROR:
      reply_text (message, 500, "application/json", "{\"error\":\"Internal server error\"}");
      return TRUE;
    case RD_DEMO_MOOD_HTML:
      reply_text (message, 200, "text/html", "<!DOCTYPE html><title>Welcome</title><p>Please sign in to the Wi-Fi.");
      return TRUE;
    case RD_DEMO_MOOD_SILENT:
      soup_server_message_pause (message);
      return TRUE;
    case RD_DEMO_MOOD_FINE:
    case RD_DEMO_MOOD_SIGNED_OUT:
    case RD_DEMO_MOOD_SLOW:
    case RD_DEMO_MOOD_NO_SIGN_IN:
    default:
      return FALSE;
    }
}
