/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* `ringdown status`: what the agent exports, as one answer of GetManagedObjects(), for people or as JSON. */

#define MAX_TEXT 200

typedef struct
{
  gboolean json;
} Options;

/* What LastFrame is now: the one property that is not announced, so that it may be old in GetManagedObjects(). */
static gint64
get_last_frame (RdCli *cli, RdCliObject *account)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) value = NULL;

  reply = rd_cli_call (cli, account->path, "org.freedesktop.DBus.Properties", "Get",
                       g_variant_new ("(ss)", RD_CLI_ACCOUNT_INTERFACE, "LastFrame"), G_VARIANT_TYPE ("(v)"), NULL);
  if (reply == NULL)
    return rd_cli_get_int64 (account->properties, "LastFrame");
  g_variant_get (reply, "(v)", &value);
  return g_variant_is_of_type (value, G_VARIANT_TYPE_INT64) ? g_variant_get_int64 (value) : 0;
}

static char *
make_sentence (RdCliObject *account)
{
  g_autoptr (GVariant) detail = rd_cli_dup_value (account->properties, "ReasonDetail", "a{sv}");

  return rd_text_for_link_reason (rd_cli_get_string (account->properties, "State"),
                                  rd_cli_get_string (account->properties, "Reason"), detail,
                                  rd_cli_get_string (account->properties, "Name"));
}

/* (nullable): NULL when the site's API is fine */
static GVariant *
dup_site_problem (RdCliObject *account)
{
  g_autoptr (GVariant) problem = rd_cli_dup_value (account->properties, "SiteProblem", "a{sv}");

  return problem != NULL && g_variant_n_children (problem) > 0 ? g_steal_pointer (&problem) : NULL;
}

static void
add_fault (JsonBuilder *builder, GVariant *fault)
{
  g_autofree char *sentence = rd_text_for_fault (fault);
  GVariantDict dict;

  g_variant_dict_init (&dict, fault);
  g_variant_dict_insert (&dict, "sentence", "s", sentence);
  {
    g_autoptr (GVariant) said = g_variant_ref_sink (g_variant_dict_end (&dict));

    rd_cli_add_dictionary (builder, said);
  }
}

static void
add_agent (JsonBuilder *builder, RdCliObject *agent)
{
  g_autoptr (GVariant) problems = rd_cli_dup_value (agent->properties, "Problems", "aa{sv}");
  gsize n = problems != NULL ? g_variant_n_children (problems) : 0;

  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "version", rd_cli_get_string (agent->properties, "Version"));
  rd_cli_add_string (builder, "notifications", rd_cli_get_string (agent->properties, "Notifications"));
  rd_cli_add_string (builder, "sound", rd_cli_get_string (agent->properties, "Sound"));
  rd_cli_add_string (builder, "secrets", rd_cli_get_string (agent->properties, "Secrets"));
  rd_cli_add_string (builder, "ring", rd_cli_get_string (agent->properties, "Ring"));
  rd_cli_add_string (builder, "tray", rd_cli_get_string (agent->properties, "Tray"));
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) problem = g_variant_get_child_value (problems, i);

      add_fault (builder, problem);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_channels (JsonBuilder *builder, RdCliObject *account)
{
  g_autoptr (GVariant) channels = rd_cli_dup_value (account->properties, "Channels", "a(sss)");
  gsize n = channels != NULL ? g_variant_n_children (channels) : 0;

  json_builder_begin_array (builder);
  for (gsize i = 0; i < n; i++)
    {
      const char *name;
      const char *state;
      const char *reason;

      g_variant_get_child (channels, i, "(&s&s&s)", &name, &state, &reason);
      json_builder_begin_object (builder);
      rd_cli_add_string (builder, "name", name);
      rd_cli_add_string (builder, "state", state);
      rd_cli_add_string (builder, "reason", reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* -1: the account has no messages, or the agent does not say. */
static gint64
get_unread (GVariant *objects, RdCliObject *account)
{
  g_autoptr (GPtrArray) mailboxes = rd_cli_list_objects (objects, RD_CLI_MESSAGES_INTERFACE);

  for (guint i = 0; i < mailboxes->len; i++)
    {
      RdCliObject *mailbox = g_ptr_array_index (mailboxes, i);
      g_autoptr (GVariant) unread = NULL;

      if (!g_str_equal (mailbox->path, account->path))
        continue;
      unread = rd_cli_dup_value (mailbox->properties, "Unread", "u");
      return unread != NULL ? (gint64) g_variant_get_uint32 (unread) : -1;
    }
  return -1;
}

static void
add_account (JsonBuilder *builder, RdCliObject *account, gint64 last_frame, gint64 unread)
{
  g_autoptr (GVariant) detail = rd_cli_dup_value (account->properties, "ReasonDetail", "a{sv}");
  g_autoptr (GVariant) problem = dup_site_problem (account);
  g_autofree char *sentence = make_sentence (account);

  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "id", rd_cli_get_string (account->properties, "Id"));
  rd_cli_add_string (builder, "name", rd_cli_get_string (account->properties, "Name"));
  rd_cli_add_string (builder, "site", rd_cli_get_string (account->properties, "Site"));
  rd_cli_add_string (builder, "profile", rd_cli_get_string (account->properties, "Profile"));
  rd_cli_add_string (builder, "user_id", rd_cli_get_string (account->properties, "UserId"));
  rd_cli_add_string (builder, "state", rd_cli_get_string (account->properties, "State"));
  rd_cli_add_string (builder, "reason", rd_cli_get_string (account->properties, "Reason"));
  json_builder_set_member_name (builder, "detail");
  rd_cli_add_dictionary (builder, detail);
  rd_cli_add_string (builder, "sentence", sentence);
  rd_cli_add_time (builder, "next_try", rd_cli_get_int64 (account->properties, "NextTry"));
  rd_cli_add_time (builder, "last_frame", last_frame);
  json_builder_set_member_name (builder, "last_frame_age_ms");
  if (last_frame > 0)
    json_builder_add_int_value (builder, MAX (g_get_real_time () - last_frame, 0) / 1000);
  else
    json_builder_add_null_value (builder);
  rd_cli_add_string (builder, "delivery", rd_cli_get_string (account->properties, "Delivery"));
  json_builder_set_member_name (builder, "paused");
  json_builder_add_boolean_value (builder, rd_cli_get_boolean (account->properties, "Paused"));
  json_builder_set_member_name (builder, "unread");
  if (unread >= 0)
    json_builder_add_int_value (builder, unread);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "site_problem");
  if (problem != NULL)
    add_fault (builder, problem);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "channels");
  add_channels (builder, account);
  json_builder_end_object (builder);
}

static void
add_call (JsonBuilder *builder, RdCliObject *call)
{
  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "id", rd_cli_get_string (call->properties, "Id"));
  rd_cli_add_string (builder, "account", rd_cli_get_string (call->properties, "Account"));
  rd_cli_add_string (builder, "direction", rd_cli_get_string (call->properties, "Direction"));
  rd_cli_add_string (builder, "state", rd_cli_get_string (call->properties, "State"));
  rd_cli_add_string (builder, "peer_id", rd_cli_get_string (call->properties, "PeerId"));
  rd_cli_add_string (builder, "peer_name", rd_cli_get_string (call->properties, "PeerName"));
  json_builder_set_member_name (builder, "audio");
  json_builder_add_boolean_value (builder, rd_cli_get_boolean (call->properties, "Audio"));
  rd_cli_add_time (builder, "created_at", rd_cli_get_int64 (call->properties, "CreatedAt"));
  rd_cli_add_time (builder, "started_at", rd_cli_get_int64 (call->properties, "StartedAt"));
  json_builder_set_member_name (builder, "local");
  json_builder_add_boolean_value (builder, rd_cli_get_boolean (call->properties, "Local"));
  json_builder_set_member_name (builder, "silenced");
  json_builder_add_boolean_value (builder, rd_cli_get_boolean (call->properties, "Silenced"));
  json_builder_end_object (builder);
}

static void
print_json (RdCli *cli, GVariant *objects, RdCliObject *agent, GPtrArray *accounts, GPtrArray *calls)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "agent");
  add_agent (builder, agent);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < accounts->len; i++)
    add_account (builder, g_ptr_array_index (accounts, i), get_last_frame (cli, g_ptr_array_index (accounts, i)),
                 get_unread (objects, g_ptr_array_index (accounts, i)));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "calls");
  json_builder_begin_array (builder);
  for (guint i = 0; i < calls->len; i++)
    add_call (builder, g_ptr_array_index (calls, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

/* What stands in front of rows, for the width of that column in every language. */
static const char *const agent_labels[] = { N_ ("Notifications"), N_ ("Sound"), N_ ("Tokens"), N_ ("Problem"), NULL };
static const char *const account_labels[] = { N_ ("Site"),   N_ ("Line"),    N_ ("Why"),    N_ ("Problem"),
                                              N_ ("Paused"), N_ ("Polling"), N_ ("Unread"), N_ ("Channels"), NULL };

static char *
pad_label (const char *label, const char *const *labels)
{
  guint width = 0;

  for (; *labels != NULL; labels++)
    width = MAX (width, rd_cli_get_width (_ (*labels)));
  return rd_cli_pad (label, width);
}

static void
print_row (const char *label, const char *const *labels, const char *text)
{
  g_autofree char *padded = NULL;

  if (*text == '\0')
    return;
  padded = pad_label (label, labels);
  rd_cli_print_line ("  %s  %s", padded, text);
}

static void
print_agent (RdCliObject *agent)
{
  static const struct
  {
    const char *property;
    const char *what;
    const char *label;
  } rows[] = {
    { "Notifications", "notifications", N_ ("Notifications") },
    { "Sound", "sound", N_ ("Sound") },
    { "Secrets", "secrets", N_ ("Tokens") },
  };
  g_autofree char *version = rd_text_clean (rd_cli_get_string (agent->properties, "Version"), MAX_TEXT);
  g_autoptr (GVariant) problems = rd_cli_dup_value (agent->properties, "Problems", "aa{sv}");
  gsize n = problems != NULL ? g_variant_n_children (problems) : 0;

  rd_cli_print_line (_ ("Ringdown %s is running."), version);
  /* what is fine needs no line */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
          rd_text_for_health (rows[i].what, rd_cli_get_string (agent->properties, rows[i].property));

      print_row (_ (rows[i].label), agent_labels, text);
    }
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) problem = g_variant_get_child_value (problems, i);
      g_autofree char *text = rd_text_for_fault (problem);

      print_row (_ ("Problem"), agent_labels, text);
    }
}

static void
print_channels (RdCliObject *account)
{
  g_autoptr (GVariant) channels = rd_cli_dup_value (account->properties, "Channels", "a(sss)");
  gsize n = channels != NULL ? g_variant_n_children (channels) : 0;
  guint width = 0;

  for (int pass = 0; pass < 2; pass++)
    {
      for (gsize i = 0; i < n; i++)
        {
          g_autofree char *label = NULL;
          g_autofree char *name = NULL;
          g_autofree char *padded = NULL;
          g_autofree char *state = NULL;
          g_autofree char *reason = NULL;
          const char *raw[3];

          g_variant_get_child (channels, i, "(&s&s&s)", &raw[0], &raw[1], &raw[2]);
          name = rd_text_clean (raw[0], MAX_TEXT);
          width = MAX (width, rd_cli_get_width (name));
          if (pass == 0)
            continue;
          padded = rd_cli_pad (name, width);
          state = rd_text_clean (raw[1], MAX_TEXT);
          if (*raw[2] != '\0')
            reason = rd_text_for_link_reason (raw[1], raw[2], NULL, rd_cli_get_string (account->properties, "Site"));
          label = pad_label (i == 0 ? _ ("Channels") : "", account_labels);
          rd_cli_print_line ("  %s  %s  %s%s%s", label, padded, state,
                             reason != NULL ? ": " : "", reason != NULL ? reason : "");
        }
    }
}

/* How an account hears of things, where that is not over its line; what waits to be read. */
static void
print_standing (RdCliObject *account, gint64 unread)
{
  const char *delivery = rd_cli_get_string (account->properties, "Delivery");

  if (rd_cli_get_boolean (account->properties, "Paused"))
    print_row (_ ("Paused"), account_labels, _ ("Nothing is heard of this account until it is resumed."));
  else if (g_str_equal (delivery, "polling"))
    print_row (_ ("Polling"), account_labels,
               _ ("The site is asked from time to time, as its own page does: news come late."));
  if (unread > 0)
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf (ngettext ("%u message", "%u messages", (gulong) unread), (guint) unread);
      print_row (_ ("Unread"), account_labels, text);
    }
}

static void
print_account (RdCliObject *account, gint64 last_frame, gint64 unread)
{
  gint64 now = g_get_real_time ();
  g_autofree char *id = rd_text_clean (rd_cli_get_string (account->properties, "Id"), MAX_TEXT);
  g_autofree char *name = rd_text_clean (rd_cli_get_string (account->properties, "Name"), MAX_TEXT);
  g_autofree char *site = rd_text_clean (rd_cli_get_string (account->properties, "Site"), MAX_TEXT);
  g_autofree char *link = rd_text_for_link (rd_cli_get_string (account->properties, "State"));
  g_autofree char *age = rd_text_for_age (last_frame, now);
  g_autofree char *next = rd_text_for_next_try (rd_cli_get_int64 (account->properties, "NextTry"), now);
  g_autofree char *reason = make_sentence (account);
  g_autoptr (GVariant) problem = dup_site_problem (account);
  g_autofree char *problem_text = problem != NULL ? rd_text_for_fault (problem) : g_strdup ("");
  /* TRANSLATORS: the state of a line, then when something was last heard over it: "Connected; last heard 3 s ago" */
  g_autofree char *line = g_strdup_printf (_ ("%s; last heard %s"), link, age);
  g_autofree char *line_and_next = *next != '\0' ? g_strdup_printf ("%s; %s", line, next) : g_strdup (line);

  rd_cli_print_line ("%s", "");
  rd_cli_print_line ("%s (%s)", name, id);
  print_row (_ ("Site"), account_labels, site);
  print_row (_ ("Line"), account_labels, line_and_next);
  print_row (_ ("Why"), account_labels, reason);
  print_row (_ ("Problem"), account_labels, problem_text);
  print_standing (account, unread);
  print_channels (account);
}

static gboolean
run_status (RdCli *cli, gpointer options, char **args, GError **error)
{
  Options *self = options;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GVariant) objects = rd_cli_dup_objects (cli, &local_error);
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) calls = NULL;

  agents = objects != NULL ? rd_cli_list_objects (objects, RD_CLI_AGENT_INTERFACE) : NULL;
  if (agents == NULL || agents->len == 0)
    {
      if (local_error == NULL)
        g_set_error (&local_error, RD_CLI_ERROR, RD_CLI_ERROR_NOT_RUNNING, _ ("The agent is not running."));
      if (self->json && g_error_matches (local_error, RD_CLI_ERROR, RD_CLI_ERROR_NOT_RUNNING))
        g_print ("{\"agent\":null}\n");
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  accounts = rd_cli_list_objects (objects, RD_CLI_ACCOUNT_INTERFACE);
  calls = rd_cli_list_objects (objects, RD_CLI_CALL_INTERFACE);
  if (self->json)
    {
      print_json (cli, objects, g_ptr_array_index (agents, 0), accounts, calls);
      return TRUE;
    }
  print_agent (g_ptr_array_index (agents, 0));
  if (accounts->len == 0)
    rd_cli_print_line (_ ("There is no account yet: try “ringdown account add”."));
  for (guint i = 0; i < accounts->len; i++)
    print_account (g_ptr_array_index (accounts, i), get_last_frame (cli, g_ptr_array_index (accounts, i)),
                   get_unread (objects, g_ptr_array_index (accounts, i)));
  if (calls->len > 0)
    rd_cli_print_line ("\n%s", _ ("Calls"));
  for (guint i = 0; i < calls->len; i++)
    rd_cli_print_call (((RdCliObject *) g_ptr_array_index (calls, i))->properties);
  return TRUE;
}

static const GOptionEntry status_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, json), N_ ("As one JSON object"), NULL },
  { NULL },
};

const RdCliVerb rd_cli_verb_status = {
  .name = "status",
  .params = "",
  .summary = N_ ("Show accounts, their lines and channels, and live calls"),
  .description = N_ ("It never starts the agent: if none runs, it says so and ends with 1."),
  .options = status_options,
  .options_size = sizeof (Options),
  .run = run_status,
};
