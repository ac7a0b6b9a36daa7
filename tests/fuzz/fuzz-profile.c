/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <string.h>

#include "fuzz-reading.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-profile-check.h"

/* A profile that somebody wrote or a site serves; after a NUL, data that it is to read. A profile without faults works,
 * whatever it says: every request is built, every name filled in. */

#define NAME "fuzz"

static RdVars *
create_vars (void)
{
  static const char *const names[] = { "user.id", "call.id",    "recipient.id", "recipient.email", "conversation.id",
                                       "peer.id", "message.id", "invoice.id",   "text",            "login",
                                       "password" };
  RdVars *vars = rd_vars_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    rd_vars_set (vars, names[i], "7/\"ä&{x}%");
  rd_vars_set (vars, "typing", "true");
  rd_vars_set (vars, "media", "audio");
  return vars;
}

/* What goes out must be a request, and nothing that its values could have made of it. */
static void
check_request (const RdRequest *request)
{
  g_assert (request->path[0] == '/');
  for (const char *c = request->path; *c != '\0'; c++)
    g_assert (g_ascii_isgraph (*c));
  g_assert (request->body == NULL || g_utf8_validate (request->body, -1, NULL));
}

static void
build (const RdAction *action, RdVars *vars)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdRequest) request = rd_action_build (action, vars, &error);

  fuzz_check_outcome (request != NULL, error, RD_FAULT);
  if (request != NULL)
    check_request (request);
}

static void
build_all (RdProfile *profile, RdVars *vars)
{
  const char *const *actions = rd_profile_get_actions ();
  const RdAction *const *steps;
  guint n = 0;

  for (gsize i = 0; actions[i] != NULL; i++)
    if (rd_profile_get_action (profile, actions[i]) != NULL)
      build (rd_profile_get_action (profile, actions[i]), vars);
  steps = rd_profile_get_sign_in_steps (profile, &n);
  for (guint i = 0; i < n; i++)
    build (steps[i], vars);
  steps = rd_profile_get_renewal_steps (profile, &n);
  for (guint i = 0; i < n; i++)
    build (steps[i], vars);
}

static void
use (RdProfile *profile)
{
  g_autoptr (RdVars) vars = create_vars ();
  g_auto (GStrv) channels = rd_profile_dup_channels (profile, vars);
  g_autofree const char **abilities = rd_profile_dup_abilities (profile, TRUE);
  g_autofree char *page = rd_profile_dup_page (profile, "invoice", vars);

  g_assert (rd_profile_get_id (profile) != NULL && rd_profile_get_name (profile) != NULL);
  g_assert (abilities != NULL);
  build_all (profile, vars);
  if (rd_profile_get_plain_line (profile) != NULL)
    g_free (rd_profile_dup_plain_path (profile, vars, NULL));
}

static void
read_data (RdProfile *profile, const char *data, gsize length)
{
  g_autoptr (JsonNode) node = rd_json_parse (data, (gssize) length, NULL);

  if (node != NULL)
    fuzz_reading_try (profile, "private-user.7", "new", node);
}

/* The faults and doubts that are told apart from loading agree with it. */
static void
check_faults (const char *text, gsize length, gboolean loaded)
{
  g_autoptr (JsonNode) root = rd_json_parse (text, (gssize) length, NULL);
  g_autoptr (GPtrArray) faults = root != NULL ? rd_profile_find_faults (root) : NULL;
  g_autoptr (GPtrArray) doubts = NULL;

  if (faults == NULL || length > RD_PROFILE_MAX_SIZE)
    return;
  g_assert (loaded == (faults->len == 0));
  if (loaded)
    doubts = rd_profile_find_doubts (root);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  const char *end = size > 0 ? memchr (text, '\0', size) : NULL;
  gsize length = end != NULL ? (gsize) (end - text) : size;
  g_autoptr (GError) error = NULL;
  g_autoptr (RdProfile) profile = NULL;

  if (size == 0)
    return 0;
  profile = rd_profile_new_from_data (text, (gssize) length, NAME, &error);
  fuzz_check_outcome (profile != NULL, error, RD_FAULT);
  check_faults (text, length, profile != NULL);
  if (profile == NULL)
    return 0;
  use (profile);
  if (end != NULL)
    read_data (profile, end + 1, size - length - 1);
  return 0;
}
