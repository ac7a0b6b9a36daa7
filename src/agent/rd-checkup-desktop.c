/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-checkup-desktop.h"

/* What becomes of an event once it is here. */

static void
add_notifications (const RdCheckupContext *context, RdCheckupSteps *steps)
{
  const char *health = rd_notifier_get_health (context->policy.notifier);

  if (g_str_equal (health, "ok"))
    rd_checkup_steps_add (steps, "notifications", "ok", NULL, NULL);
  else if (g_str_equal (health, "unknown") || g_str_equal (health, "no-actions"))
    rd_checkup_steps_add (steps, "notifications", "warning", health, NULL);
  else
    rd_checkup_steps_add (steps, "notifications", "failed", health, NULL);
}

static void
add_sound (const RdCheckupContext *context, RdLine *line, RdCheckupSteps *steps)
{
  const char *health = rd_ringer_get_health (context->policy.ringer);
  g_autofree char *sound = NULL;

  if (line != NULL)
    g_object_get (line, "sound", &sound, NULL);
  if (g_str_equal (health, "no-device") || g_str_equal (health, "failed"))
    rd_checkup_steps_add (steps, "sound", "failed", health, NULL);
  else if (g_strcmp0 (sound, "silent") == 0)
    rd_checkup_steps_add (steps, "sound", "warning", "silent-account", NULL);
  else if (rd_preferences_get_double (context->policy.preferences, "ring-volume") <= 0)
    rd_checkup_steps_add (steps, "sound", "warning", "no-volume", NULL);
  else if (g_str_equal (health, "unused"))
    rd_checkup_steps_add (steps, "sound", "ok", "unused", NULL);
  else
    rd_checkup_steps_add (steps, "sound", "ok", NULL, NULL);
}

static void
add_quiet (const RdCheckupContext *context, RdCheckupSteps *steps)
{
  RdQuiet *quiet = context->policy.quiet;
  RdQuietWhy why = rd_quiet_get_why (quiet);
  GVariantDict dict;

  if (why != RD_QUIET_NOT)
    {
      g_variant_dict_init (&dict, NULL);
      g_variant_dict_insert (&dict, "until", "x", rd_quiet_get_until (quiet));
      rd_checkup_steps_add (steps, "quiet", "warning", why == RD_QUIET_SWITCH ? "switch" : "schedule",
                            g_variant_dict_end (&dict));
    }
  else if (rd_quiet_get_desktop (quiet)
           && (!rd_quiet_allows (quiet, RD_QUIET_CALL, "", NULL) || !rd_quiet_allows (quiet, RD_QUIET_SOUND, "", NULL)))
    rd_checkup_steps_add (steps, "quiet", "warning", "desktop", NULL);
  else
    rd_checkup_steps_add (steps, "quiet", "ok", NULL, NULL);
}

static void
add_background (const RdCheckupContext *context, RdCheckupSteps *steps)
{
  const char *autostart = rd_dbus_agent1_get_autostart (context->agent);

  if (g_strcmp0 (autostart, "on") == 0)
    rd_checkup_steps_add (steps, "background", "ok", NULL, NULL);
  else if (g_strcmp0 (autostart, "off") == 0 || g_strcmp0 (autostart, "denied") == 0)
    rd_checkup_steps_add (steps, "background", "warning", autostart, NULL);
  else
    rd_checkup_steps_add (steps, "background", "skipped", NULL, NULL);
}

void
rd_checkup_desktop_add (const RdCheckupContext *context, RdLine *line, RdCheckupSteps *steps)
{
  g_return_if_fail (context != NULL);
  g_return_if_fail (line == NULL || RD_IS_LINE (line));
  g_return_if_fail (steps != NULL);

  add_notifications (context, steps);
  add_sound (context, line, steps);
  add_quiet (context, steps);
  add_background (context, steps);
}
