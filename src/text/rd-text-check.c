/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-text"

#include "config.h"

#include "rd-text.h"

#include <glib/gi18n.h>

#include "rd-text-private.h"

/* "Why does nothing arrive?": the steps, what came of each, and what to do. */

typedef struct
{
  const char *step;
  const char *title;
  const char *fine;
} StepText;

static const StepText steps[] = {
  { "network", N_ ("The network"), N_ ("This computer is online") },
  { "address", N_ ("The servers"), N_ ("They can be reached") },
  { "sign-in", N_ ("Sign-in"), N_ ("The site knows you") },
  { "connection", N_ ("The line for events"), N_ ("It stands") },
  { "channels", N_ ("Your channels"), N_ ("The server lets you listen") },
  { "frame", N_ ("Signs of life"), N_ ("The server answered just now") },
  { "notifications", N_ ("Notifications"), N_ ("They are shown") },
  { "sound", N_ ("Sound"), N_ ("It can ring") },
  { "quiet", N_ ("Do not disturb"), N_ ("It is off") },
  { "background", N_ ("Start at login"), N_ ("Ringdown starts when you log in") },
};

static const struct
{
  const char *step;
  const char *code;
  const char *text;
} results[] = {
  { "network", "no-network", N_ ("This computer has no network. Connect it first.") },
  { "network", "portal",
    N_ ("This network wants you to sign in to it first. Open a page in the web browser, and it will ask.") },
  { "network", "limited", N_ ("This network may not reach the internet.") },
  { "network", "here", N_ ("Not needed: the site is on this computer") },
  { "sign-in", "not-needed", N_ ("Not needed: the site lets everybody listen") },
  { "sign-in", "memory",
    N_ ("You are signed in, but only until Ringdown ends, since there is no keyring here. Install one, such as GNOME "
        "Keyring.") },
  { "sign-in", "keyring-locked", N_ ("The keyring is locked. Unlock it, then connect again.") },
  { "connection", "polling", N_ ("There is none: the site is asked every few seconds") },
  { "connection", "paused", N_ ("This account is paused: nothing comes in. Resume it in Ringdown’s accounts.") },
  { "connection", "connecting", N_ ("It is being connected just now. Check again in a moment.") },
  { "channels", "pending", N_ ("The server has not answered for all of them yet. Check again in a moment.") },
  { "frame", "timed-out",
    N_ ("The line seems to stand, but nothing came back over it. Something between here and the server may have cut "
        "it; Ringdown connects again by itself.") },
  { "notifications", "unknown", N_ ("None was shown yet. Try it.") },
  { "sound", "unused", N_ ("Nothing has sounded yet. Try it.") },
  { "sound", "silent-account", N_ ("This account is silent. Let it ring in its own preferences.") },
  { "sound", "no-volume", N_ ("The volume of the ring is zero. Turn it up in the preferences.") },
  { "quiet", "switch", N_ ("It is on: nothing is shown and nothing sounds. Turn it off to hear calls.") },
  { "quiet", "schedule",
    N_ ("These are your quiet hours: nothing is shown and nothing sounds. Change them in the preferences.") },
  { "quiet", "desktop",
    N_ ("The desktop is not to disturb, and Ringdown keeps to that. Turn it off there, or change that in the "
        "preferences.") },
  { "background", "off",
    N_ ("Ringdown does not start by itself. Until somebody starts it, nothing arrives. Turn it on in the "
        "preferences.") },
  { "background", "denied",
    N_ ("The desktop does not let Ringdown start at login. Allow it in the system’s settings, where its applications "
        "are.") },
};

static const char *
get_string (GVariant *step, const char *key)
{
  const char *value = "";

  if (g_variant_is_of_type (step, G_VARIANT_TYPE_VARDICT))
    g_variant_lookup (step, key, "&s", &value);
  return value;
}

static const StepText *
find_step (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].step, name) == 0)
      return &steps[i];
  return NULL;
}

char *
rd_text_for_check (const char *step)
{
  const StepText *known = find_step (step);

  return known != NULL ? g_strdup (_ (known->title)) : rd_text_clean (step, RD_TEXT_MAX_NAME);
}

/* A refused channel is named: the others may work. */
static char *
make_refusal (GVariant *step)
{
  g_autofree char *channel = rd_text_clean (get_string (step, "channel"), RD_TEXT_MAX_HOST);

  return rd_text_fill (_ ("The server refuses “{channel}”: this account may not listen there. Ask whoever runs the "
                          "site."),
                       "channel", channel, NULL);
}

static char *
make_trouble (GVariant *step, const char *name, const char *code)
{
  g_autofree char *health = rd_text_for_health (name, code);

  if (*health != '\0')
    return g_steal_pointer (&health);
  if (*get_string (step, "channel") != '\0')
    return make_refusal (step);
  return rd_text_for_fault (step);
}

char *
rd_text_for_check_result (GVariant *step)
{
  const char *name, *result, *code;
  const StepText *known;

  g_return_val_if_fail (step != NULL, g_strdup (""));

  name = get_string (step, "step");
  result = get_string (step, "result");
  code = get_string (step, "code");
  known = find_step (name);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if (g_str_equal (results[i].step, name) && g_str_equal (results[i].code, code))
      return g_strdup (_ (results[i].text));
  if (g_str_equal (result, "skipped"))
    return g_strdup (_ ("Not tried"));
  if (g_str_equal (result, "ok"))
    return g_strdup (known != NULL ? _ (known->fine) : "");
  return make_trouble (step, name, code);
}

char *
rd_text_for_try_out (void)
{
  /* TRANSLATORS: in the place of a caller's name */
  return g_strdup (_ ("A try-out"));
}
