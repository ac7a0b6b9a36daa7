/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-profile"

#include "config.h"

#include "rd-profile-report.h"

#include "rd-fields.h"

/* Shows people what their profile does. */

char **
rd_profile_report_event (RdProfile *profile, const char *channel, const char *event, JsonNode *data, RdEventKind *kind,
                         GError **error)
{
  g_autoptr (RdEvent) mapped = NULL;
  GPtrArray *lines;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (event != NULL, NULL);

  mapped = rd_profile_map_event (profile, channel, event, data, error);
  if (mapped == NULL)
    return NULL;
  lines = g_ptr_array_new ();
  for (const char *const *name = rd_fields_get_names (); *name != NULL; name++)
    {
      char *value = rd_fields_dup_shown (mapped, *name);

      if (value == NULL)
        continue;
      g_ptr_array_add (lines, g_strdup (*name));
      g_ptr_array_add (lines, value);
    }
  g_ptr_array_add (lines, NULL);
  if (kind != NULL)
    *kind = mapped->kind;
  return (char **) g_ptr_array_free (lines, FALSE);
}
