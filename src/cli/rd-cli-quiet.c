/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"

/* The verb for do-not-disturb. */

#define QUIET_INTERFACE "io.github.ringdown.Quiet1"
#define MAX_MINUTES (366 * 24 * 60)
/* Until tomorrow is until its morning; who says so in the night means the morning after it. */
#define NIGHT_ENDS 5
#define MORNING 7

typedef struct
{
  gboolean json;
} QuietOptions;

/* "90", "90m", "1h", "1h30m", "2d": minutes; 0: it is none */
static guint
parse_minutes (const char *text)
{
  guint64 minutes = 0;

  if (!g_ascii_isdigit (*text))
    return 0;
  while (*text != '\0')
    {
      char *unit = NULL;
      guint64 number = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, &unit, 10) : 0;

      if (unit == NULL || number > MAX_MINUTES)
        return 0;
      minutes += number * (*unit == 'h' ? 60 : *unit == 'd' ? 24 * 60 : 1);
      if (*unit != '\0' && strchr ("mhd", *unit) == NULL)
        return 0;
      text = *unit != '\0' ? unit + 1 : unit;
    }
  return minutes <= MAX_MINUTES ? (guint) minutes : 0;
}

static gint64
get_time_of_day (GDateTime *now, int days, int hour, int minute)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (now, days);
  g_autoptr (GDateTime) moment
    = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                             g_date_time_get_day_of_month (day), hour, minute, 0);

  return moment != NULL ? g_date_time_to_unix (moment) * G_USEC_PER_SEC : 0;
}

/* "7:30", "22:00": the next time that the clock shows this; 0: it is no such thing */
static gint64
parse_time_of_day (const char *text, GDateTime *now)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  guint64 hour;
  guint64 minute;
  gint64 moment;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 10, 0, 23, &hour, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 10, 0, 59, &minute, NULL))
    return 0;
  moment = get_time_of_day (now, 0, (int) hour, (int) minute);
  return moment > g_date_time_to_unix (now) * G_USEC_PER_SEC ? moment
                                                             : get_time_of_day (now, 1, (int) hour, (int) minute);
}

static gboolean
parse_wish (const char *text, gboolean *on, gint64 *until)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  guint minutes = parse_minutes (text);

  *on = !g_str_equal (text, "off");
  *until = 0;
  if (g_str_equal (text, "on") || g_str_equal (text, "off"))
    return TRUE;
  if (minutes > 0)
    *until = g_get_real_time () + (gint64) minutes * 60 * G_USEC_PER_SEC;
  else if (g_str_equal (text, "tomorrow"))
    *until = get_time_of_day (now, g_date_time_get_hour (now) < NIGHT_ENDS ? 0 : 1, MORNING, 0);
  else
    *until = parse_time_of_day (text, now);
  return *until != 0;
}

/* The hour alone if it is today's. */
static char *
dup_moment (gint64 moment)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (moment / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (local == NULL)
    return g_strdup ("?");
  return g_date_time_format (local, g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now)
                                        && g_date_time_get_year (local) == g_date_time_get_year (now)
                                      ? "%R"
                                      : "%x %R");
}

static void
print_quiet (GVariant *quiet)
{
  const char *why = rd_cli_get_string (quiet, "Why");
  gint64 until = rd_cli_get_int64 (quiet, "Until");
  g_autofree char *moment = until > 0 ? dup_moment (until) : NULL;

  if (*why == '\0')
    rd_cli_print_line ("%s", _ ("Do not disturb is off."));
  else if (g_str_equal (why, "schedule") && moment != NULL)
    rd_cli_print_line (_ ("Quiet hours are on until %s."), moment);
  else if (moment != NULL)
    rd_cli_print_line (_ ("Do not disturb is on until %s."), moment);
  else
    rd_cli_print_line ("%s", _ ("Do not disturb is on until you turn it off."));
  if (*why == '\0' && rd_cli_get_boolean (quiet, "Desktop"))
    rd_cli_print_line ("%s", _ ("The desktop is not to disturb you."));
}

static void
print_json (GVariant *quiet)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  static const char * const flags[][2] = { { "Desktop", "desktop" }, { "Banners", "banners" }, { "Sounds", "sounds" } };

  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "why", rd_cli_get_string (quiet, "Why"));
  rd_cli_add_time (builder, "until", rd_cli_get_int64 (quiet, "Until"));
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      json_builder_set_member_name (builder, flags[i][1]);
      json_builder_add_boolean_value (builder, rd_cli_get_boolean (quiet, flags[i][0]));
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static gboolean
run_dnd (RdCli *cli, gpointer options, char **args, GError **error)
{
  QuietOptions *self = options;
  g_autoptr (GVariant) objects = NULL;
  g_autoptr (GPtrArray) quiet = NULL;
  gboolean on = FALSE;
  gint64 until = 0;

  if (args[0] != NULL && !parse_wish (args[0], &on, &until))
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE,
                   _ ("“%s” is no time for do-not-disturb: say on, off, 30m, 1h, 22:00 or tomorrow."), args[0]);
      return FALSE;
    }
  if (!rd_cli_start_agent (cli, error)
      || (args[0] != NULL
          && !rd_cli_do (cli, RD_CLI_AGENT_PATH, QUIET_INTERFACE, "Set", g_variant_new ("(bx)", on, until), error)))
    return FALSE;
  objects = rd_cli_dup_objects (cli, error);
  if (objects == NULL)
    return FALSE;
  quiet = rd_cli_list_objects (objects, QUIET_INTERFACE);
  if (quiet->len == 0)
    {
      g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED,
                           _ ("The agent that runs is another version’s. End it, then try again."));
      return FALSE;
    }
  if (self->json)
    print_json (((RdCliObject *) quiet->pdata[0])->properties);
  else
    print_quiet (((RdCliObject *) quiet->pdata[0])->properties);
  return TRUE;
}

static const GOptionEntry dnd_options[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (QuietOptions, json), N_ ("As one JSON object"), NULL },
  { NULL },
};

const RdCliVerb rd_cli_verb_dnd = {
  .name = "dnd",
  .params = N_ ("[on|off|TIME]"),
  .summary = N_ ("Say whether calls may disturb you, or change it"),
  .description = N_ ("TIME is how long (30m, 1h, 1h30m), until when (22:00), or “tomorrow”. What happens meanwhile is "
                     "listed, and people who may always reach you still ring. “off” also ends quiet hours, until they "
                     "begin anew."),
  .max_args = 1,
  .options = dnd_options,
  .options_size = sizeof (QuietOptions),
  .run = run_dnd,
};
