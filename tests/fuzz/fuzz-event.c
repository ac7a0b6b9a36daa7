/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include "fuzz-reading.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-profiles.h"

/* What a site sends, read by the profiles that ship: lines of a profile's id, a channel and an event's name, then the
 * event's data or a reply. */

static RdProfile *
find_profile (const char *id)
{
  static RdProfiles *profiles = NULL; /* libFuzzer never ends what it begins */
  RdProfile *profile;

  if (profiles == NULL)
    profiles = rd_profiles_new (NULL);
  profile = rd_profiles_lookup (profiles, id);
  return profile != NULL ? profile : rd_profiles_lookup (profiles, "crm");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzLines lines = { (const char *) data, size };
  g_autofree char *id = fuzz_lines_next (&lines);
  g_autofree char *channel = fuzz_lines_next (&lines);
  g_autofree char *event = fuzz_lines_next (&lines);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize length;
  const char *rest = fuzz_lines_rest (&lines, &length);

  if (rest == NULL || !g_utf8_validate (channel, -1, NULL) || !g_utf8_validate (event, -1, NULL))
    return 0;
  node = rd_json_parse (rest, (gssize) length, &error);
  fuzz_check_outcome (node != NULL, error, RD_FAULT);
  fuzz_check_discreet (error);
  if (node != NULL)
    fuzz_reading_try (find_profile (id), channel, event, node);
  return 0;
}
