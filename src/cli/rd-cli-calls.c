/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* `ringdown calls`: the live calls, then those that ended in this run of the agent. */

#define MAX_TEXT 200
#define WIDTH_ID 20
#define WIDTH_STATE 26

typedef struct
{
  gboolean json;
} Options;

/* A call's members: as properties of Call1 when live, in a LISTED CALL when ended. */
typedef struct
{
  const char *id;
  const char *account;
  const char *direction;
  const char *state;
  const char *reason;
  const char *peer_id;
  const char *peer_name;
  const char *audio;
  const char *created_at;
  const char *started_at;
  const char *ended_at;
} Names;

static const Names live_names = {
  "Id",       "Account", "Direction", "State",     "EndReason", "PeerId",
  "PeerName", "Audio",   "CreatedAt", "StartedAt", "EndedAt",
};

static const Names listed_names = {
  "id",        "account", "direction",  "state",      "reason",   "peer-id",
  "peer-name", "audio",   "created-at", "started-at", "ended-at",
};

static char *
make_when (GVariant *call, const Names *names)
{
  gint64 started_at = rd_cli_get_int64 (call, names->started_at);
  gint64 ended_at = rd_cli_get_int64 (call, names->ended_at);
  gint64 now = g_get_real_time ();
  g_autofree char *duration = NULL;
  g_autofree char *age = NULL;

  if (started_at > 0)
    duration = rd_text_for_duration ((ended_at > 0 ? ended_at : now) - started_at);
  if (started_at > 0 && ended_at == 0)
    return g_steal_pointer (&duration);
  age = rd_text_for_age (ended_at > 0 ? ended_at : rd_cli_get_int64 (call, names->created_at), now);
  return duration != NULL ? g_strdup_printf ("%s, %s", age, duration) : g_steal_pointer (&age);
}

static void
print_call (GVariant *call, const Names *names)
{
  gboolean incoming = g_str_equal (rd_cli_get_string (call, names->direction), "in");
  const char *peer_name = rd_cli_get_string (call, names->peer_name);
  g_autofree char *id = rd_text_clean (rd_cli_get_string (call, names->id), MAX_TEXT);
  g_autofree char *padded_id = rd_cli_pad (id, WIDTH_ID);
  g_autofree char *state = rd_text_for_call (rd_cli_get_string (call, names->state),
                                             rd_cli_get_string (call, names->reason), incoming, peer_name);
  g_autofree char *padded_state = rd_cli_pad (state, WIDTH_STATE);
  g_autofree char *peer = rd_text_for_peer (peer_name);
  g_autofree char *media = rd_text_for_media (rd_cli_get_boolean (call, names->audio));
  g_autofree char *when = make_when (call, names);

  rd_cli_print_line ("  %s %s  %s  %s (%s, %s)", incoming ? "←" : "→", padded_id, padded_state, peer, media, when);
}

void
rd_cli_print_call (GVariant *call)
{
  print_call (call, &live_names);
}

static void
add_call (JsonBuilder *builder, GVariant *call, const Names *names)
{
  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "id", rd_cli_get_string (call, names->id));
  rd_cli_add_string (builder, "account", rd_cli_get_string (call, names->account));
  rd_cli_add_string (builder, "direction", rd_cli_get_string (call, names->direction));
  rd_cli_add_string (builder, "state", rd_cli_get_string (call, names->state));
  rd_cli_add_string (builder, "reason", rd_cli_get_string (call, names->reason));
  rd_cli_add_string (builder, "peer_id", rd_cli_get_string (call, names->peer_id));
  rd_cli_add_string (builder, "peer_name", rd_cli_get_string (call, names->peer_name));
  json_builder_set_member_name (builder, "audio");
  json_builder_add_boolean_value (builder, rd_cli_get_boolean (call, names->audio));
  rd_cli_add_time (builder, "created_at", rd_cli_get_int64 (call, names->created_at));
  rd_cli_add_time (builder, "started_at", rd_cli_get_int64 (call, names->started_at));
  rd_cli_add_time (builder, "ended_at", rd_cli_get_int64 (call, names->ended_at));
  json_builder_set_member_name (builder, "live");
  json_builder_add_boolean_value (builder, names == &live_names);
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray *live, GVariant *ended)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < live->len; i++)
    add_call (builder, ((RdCliObject *) g_ptr_array_index (live, i))->properties, &live_names);
  for (gsize i = 0; i < g_variant_n_children (ended); i++)
    {
      g_autoptr (GVariant) call = g_variant_get_child_value (ended, i);

      add_call (builder, call, &listed_names);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static gboolean
run_calls (RdCli *cli, gpointer options, char **args, GError **error)
{
  Options *self = options;
  g_autoptr (GVariant) objects = rd_cli_dup_objects (cli, error);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) ended = NULL;
  g_autoptr (GPtrArray) live = NULL;

  if (objects == NULL)
    return FALSE;
  reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "ListCalls", NULL, G_VARIANT_TYPE ("(aa{sv})"),
                       error);
  if (reply == NULL)
    return FALSE;
  ended = g_variant_get_child_value (reply, 0);
  live = rd_cli_list_objects (objects, RD_CLI_CALL_INTERFACE);
  if (self->json)
    {
      print_json (live, ended);
      return TRUE;
    }
  if (live->len == 0 && g_variant_n_children (ended) == 0)
    rd_cli_print_line ("%s", _ ("No calls since the agent was started."));
  for (guint i = 0; i < live->len; i++)
    print_call (((RdCliObject *) g_ptr_array_index (live, i))->properties, &live_names);
  for (gsize i = 0; i < g_variant_n_children (ended); i++)
    {
      g_autoptr (GVariant) call = g_variant_get_child_value (ended, i);

      print_call (call, &listed_names);
    }
  return TRUE;
}

static const GOptionEntry calls_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, json), N_ ("As one JSON object"), NULL },
  { NULL },
};

const RdCliVerb rd_cli_verb_calls = {
  .name = "calls",
  .params = "",
  .summary = N_ ("List live calls and those that ended since the agent was started"),
  .options = calls_options,
  .options_size = sizeof (Options),
  .run = run_calls,
};
