/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-profile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-profiles.h"
#include "rd-text.h"

/* `ringdown profile …`: for those who write profiles, without an agent. */

#define MAX_TEXT 200
/* What a Channels server carries is far below it. */
#define MAX_DATA (1024 * 1024)

typedef struct
{
  char *event;
  char *channel;
  char *data;
  gboolean json;
} CheckOptions;

typedef struct
{
  gboolean json;
} ListOptions;

/* Files */

static gboolean
fail_file (const char *shown, const char *reason, GError **error)
{
  g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, "%s: %s", shown, reason);
  return FALSE;
}

/* A pipe that nobody writes to is not waited for, unless it is our input. */
static int
open_file (const char *file, const char *shown, GError **error)
{
  struct stat info;
  int fd;

  if (g_str_equal (file, "-"))
    return STDIN_FILENO;
  fd = open (file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0)
    {
      fail_file (shown, g_strerror (errno), error);
      return -1;
    }
  if (fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
    return fd;
  fail_file (shown, _ ("This is no regular file. Give one, or - for standard input."), error);
  close (fd);
  return -1;
}

/* (nullable): at most @max bytes and one: of a file that is larger, no more is read than shows it. */
static GBytes *
read_file (const char *file, gsize max, const char *shown, GError **error)
{
  g_autofree char *data = g_malloc (max + 2);
  int fd = open_file (file, shown, error);
  gsize length = 0;
  gssize got = 1;

  if (fd < 0)
    return NULL;
  while (got != 0 && length <= max)
    {
      got = read (fd, data + length, max + 1 - length);
      if (got > 0)
        length += (gsize) got;
      else if (got < 0 && errno != EINTR)
        {
          fail_file (shown, g_strerror (errno), error);
          break;
        }
    }
  if (fd != STDIN_FILENO)
    close (fd);
  if (got < 0)
    return NULL;
  data[length] = '\0';
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static char *
dup_shown (const char *file)
{
  return g_str_equal (file, "-") ? g_strdup (_ ("Standard input")) : g_filename_display_name (file);
}

/* `profile check` */

static void
free_check (RdCliProfileCheck *self)
{
  g_free (self->file);
  g_clear_object (&self->profile);
  g_ptr_array_unref (self->faults);
  g_ptr_array_unref (self->doubts);
  g_free (self->event);
  g_free (self->channel);
  g_clear_pointer (&self->report, rd_event_report_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdCliProfileCheck, free_check)

/* What is no JSON has one fault, without a path. */
static gboolean
check_profile (RdCliProfileCheck *self, const char *file, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (file, RD_PROFILE_MAX_SIZE, self->file, error);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) reason = NULL;
  const char *data;
  gsize length = 0;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  if (length > RD_PROFILE_MAX_SIZE)
    return fail_file (self->file, _ ("Larger than 256 KiB: this is no profile."), error);
  root = rd_json_parse (data, (gssize) length, &reason);
  if (root == NULL)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED,
                   /* TRANSLATORS: a file, LINE:COLUMN: reason */
                   _ ("%s:%s. That is no JSON: correct it there."), self->file, rd_fault_get_said (reason));
      return FALSE;
    }
  g_ptr_array_unref (self->faults);
  self->faults = rd_profile_find_faults (root);
  if (self->faults->len > 0)
    return TRUE;
  self->profile = rd_profile_new_from_data (data, (gssize) length, self->file, &reason);
  if (self->profile == NULL)
    return fail_file (self->file, rd_fault_get_said (reason), error);
  g_ptr_array_unref (self->doubts);
  self->doubts = rd_profile_find_doubts (root);
  return TRUE;
}

static gboolean
report_data (RdCliProfileCheck *self, const CheckOptions *options, JsonNode *json, GError **error)
{
  g_autoptr (JsonNode) data = NULL;
  g_autofree char *channel = NULL;

  if (options->event != NULL)
    {
      self->event = g_strdup (options->event);
      data = json_node_ref (json);
    }
  else
    data = rd_profile_read_frame (self->profile, json, &self->event, &channel, error);
  if (data == NULL)
    return FALSE;
  self->channel = options->channel != NULL ? g_strdup (options->channel) : g_steal_pointer (&channel);
  self->report = rd_profile_report_event (self->profile, self->channel, self->event, data, error);
  return *error == NULL;
}

static gboolean
check_event (RdCliProfileCheck *self, const CheckOptions *options, GError **error)
{
  g_autofree char *shown = dup_shown (options->data);
  g_autoptr (GBytes) bytes = read_file (options->data, MAX_DATA, shown, error);
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GError) reason = NULL;
  const char *text;
  gsize length = 0;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  if (length > MAX_DATA)
    return fail_file (shown, _ ("Larger than 1 MiB: no event is."), error);
  json = rd_json_parse (text, (gssize) length, &reason);
  if (json == NULL)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s:%s. That is no JSON: correct it there."), shown,
                   rd_fault_get_said (reason));
      return FALSE;
    }
  if (report_data (self, options, json, &reason))
    return TRUE;
  if (g_strcmp0 (rd_fault_get_where (reason), "event") == 0)
    return fail_file (shown, _ ("It does not say which event this is: give --event NAME."), error);
  return fail_file (shown, _ ("An event’s data must be a JSON object."), error);
}

static gboolean
judge (const RdCliProfileCheck *self, GError **error)
{
  guint n = self->faults->len;

  if (n > 0)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED,
                 ngettext ("%s has %u fault: it cannot be used.", "%s has %u faults: it cannot be used.", n),
                 self->file, n);
  else if (self->event != NULL && self->report == NULL)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED,
                 _ ("The profile does not name the event “%s”: add it to “events”."), self->event);
  else if (self->report != NULL && *self->report->missing != NULL)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("The event “%s” lacks what it cannot do without."),
                 self->event);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_options (const CheckOptions *options, const char *file, GError **error)
{
  const char *wrong = NULL;

  if (options->data == NULL && (options->event != NULL || options->channel != NULL))
    wrong = _ ("Something is missing: --data FILE, or - for standard input.");
  else if (options->data != NULL && g_str_equal (options->data, "-") && g_str_equal (file, "-"))
    wrong = _ ("Standard input holds the profile or the event’s data, not both.");
  if (wrong != NULL)
    g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, wrong);
  return wrong == NULL;
}

static gboolean
run_check (RdCli *cli, gpointer options, char **args, GError **error)
{
  const CheckOptions *given = options;
  g_autoptr (RdCliProfileCheck) self = NULL;

  if (!check_options (given, args[0], error))
    return FALSE;
  self = g_new0 (RdCliProfileCheck, 1);
  self->file = dup_shown (args[0]);
  self->faults = g_ptr_array_new ();
  self->doubts = g_ptr_array_new ();
  if (!check_profile (self, args[0], error))
    return FALSE;
  if (self->profile != NULL && given->data != NULL && !check_event (self, given, error))
    return FALSE;
  if (given->json)
    rd_cli_profile_print_json (self);
  else
    rd_cli_profile_print_text (self);
  return judge (self, error);
}

/* `profile list` */

static void
print_list_json (RdProfiles *profiles, GPtrArray *list)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  GPtrArray *faults = rd_profiles_get_faults (profiles);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "profiles");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      RdProfile *profile = g_ptr_array_index (list, i);

      json_builder_begin_object (builder);
      rd_cli_add_string (builder, "id", rd_profile_get_id (profile));
      rd_cli_add_string (builder, "name", rd_profile_get_name (profile));
      json_builder_set_member_name (builder, "own");
      json_builder_add_boolean_value (builder, rd_profiles_is_own (profiles, rd_profile_get_id (profile)));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "faults");
  json_builder_begin_array (builder);
  for (guint i = 0; i < faults->len; i++)
    {
      const GError *fault = g_ptr_array_index (faults, i);

      json_builder_begin_object (builder);
      rd_cli_add_string (builder, "where", rd_fault_get_where (fault));
      rd_cli_add_string (builder, "wrong", rd_fault_get_said (fault));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static void
print_list (RdProfiles *profiles, GPtrArray *list)
{
  GPtrArray *faults = rd_profiles_get_faults (profiles);
  guint width = 0;

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < list->len; i++)
      {
        RdProfile *profile = g_ptr_array_index (list, i);
        g_autofree char *id = NULL;
        g_autofree char *name = NULL;

        width = MAX (width, rd_cli_get_width (rd_profile_get_id (profile)));
        if (pass == 0)
          continue;
        id = rd_cli_pad (rd_profile_get_id (profile), width);
        name = rd_text_clean (rd_profile_get_name (profile), MAX_TEXT);
        rd_cli_print_line ("%s  %s%s", id, name,
                           /* TRANSLATORS: behind a profile’s name: it is the user's, it did not come with Ringdown */
                           rd_profiles_is_own (profiles, rd_profile_get_id (profile)) ? _ (" (your own)") : "");
      }
  for (guint i = 0; i < faults->len; i++)
    {
      g_autofree char *where = rd_text_clean (rd_fault_get_where (g_ptr_array_index (faults, i)), MAX_TEXT);
      g_autofree char *said = rd_text_clean (rd_fault_get_said (g_ptr_array_index (faults, i)), MAX_TEXT);

      rd_cli_print_line (_ ("Left out: %s: %s"), where, said);
    }
}

static gboolean
run_list (RdCli *cli, gpointer options, char **args, GError **error)
{
  const ListOptions *self = options;
  g_autofree char *dir = g_build_filename (g_get_user_data_dir (), "ringdown", "profiles", NULL);
  g_autoptr (RdProfiles) profiles = rd_profiles_new (dir);
  g_autoptr (GPtrArray) list = rd_profiles_dup_list (profiles);

  if (self->json)
    print_list_json (profiles, list);
  else
    print_list (profiles, list);
  return TRUE;
}

static const GOptionEntry check_entries[] = {
  { "event", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (CheckOptions, event), N_ ("A recorded event’s name"),
    N_ ("NAME") },
  { "data", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (CheckOptions, data),
    N_ ("Its data as JSON, or all of it as “ringdown watch --json” printed it; - for stdin"), N_ ("FILE") },
  { "channel", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (CheckOptions, channel), N_ ("The channel that it came over"),
    N_ ("CHANNEL") },
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (CheckOptions, json), N_ ("As one JSON object"), NULL },
  { NULL },
};

static const GOptionEntry list_entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (ListOptions, json), N_ ("As one JSON object"), NULL },
  { NULL },
};

const RdCliVerb rd_cli_verb_profile_check = {
  .name = "profile check",
  .params = N_ ("FILE"),
  .summary = N_ ("Say what is wrong with a profile, and what it makes of an event"),
  .description = N_ ("It needs no agent. With 1 it ends if anything is wrong."),
  .min_args = 1,
  .max_args = 1,
  .options = check_entries,
  .options_size = sizeof (CheckOptions),
  .run = run_check,
};

const RdCliVerb rd_cli_verb_profile_list = {
  .name = "profile list",
  .params = "",
  .summary = N_ ("List the profiles: those that ship, and your own"),
  .options = list_entries,
  .options_size = sizeof (ListOptions),
  .run = run_list,
};
