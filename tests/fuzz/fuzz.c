/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#define MAX_MESSAGE 1000 /* characters of an error */
#define MAX_WORD 64      /* what is longer, and has no other characters, may be a token */

static gboolean
is_of_token (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-_+=", c) != NULL);
}

/* GLib would end the program by SIGTRAP, of which libFuzzer knows nothing. */
static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0)
    return;
  g_printerr ("%s: %s\n", domain != NULL ? domain : "fuzz", message);
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_default_handler (on_log, NULL);
  return 0;
}

char *
fuzz_lines_next (FuzzLines *self)
{
  const char *line = self->data;
  const char *end;
  gsize length;

  if (self->length == 0)
    return NULL;
  end = memchr (line, '\n', self->length);
  length = end != NULL ? (gsize) (end - line) : self->length;
  self->data += length + (end != NULL);
  self->length -= length + (end != NULL);
  return g_strndup (line, length);
}

const char *
fuzz_lines_rest (FuzzLines *self, gsize *length)
{
  *length = self->length;
  return self->length > 0 ? self->data : NULL;
}

void
fuzz_check_text (const char *text, gsize max_chars)
{
  if (!g_utf8_validate (text, -1, NULL))
    g_error ("Not UTF-8");
  if ((gsize) g_utf8_strlen (text, -1) > max_chars)
    g_error ("Of more than %" G_GSIZE_FORMAT " characters: %s", max_chars, text);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      g_error ("A control character in: %s", text);
}

void
fuzz_check_outcome (gboolean succeeded, const GError *error, GQuark domain)
{
  g_assert (succeeded == (error == NULL));
  if (error == NULL)
    return;
  g_assert (error->domain == domain);
  g_assert (error->message[0] != '\0');
  fuzz_check_text (error->message, MAX_MESSAGE);
}

void
fuzz_check_discreet (const GError *error)
{
  gsize length = 0;

  for (const char *c = error != NULL ? error->message : ""; *c != '\0'; c++)
    {
      length = is_of_token (*c) ? length + 1 : 0;
      if (length > MAX_WORD)
        g_error ("This may be a secret: %s", error->message);
    }
}
