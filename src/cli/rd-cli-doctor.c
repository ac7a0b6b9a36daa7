/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* `ringdown doctor`: why nothing arrives. */

#define DIAGNOSTICS_INTERFACE "io.github.ringdown.Diagnostics1"
#define WIDTH_TITLE 20
#define MAX_NAME 80

typedef struct
{
  gboolean report;
  gboolean try_out;
  gboolean json;
} Options;

static const char *
get_mark (const char *result)
{
  if (g_str_equal (result, "ok"))
    return "✓";
  if (g_str_equal (result, "warning"))
    return "!";
  return g_str_equal (result, "failed") ? "✗" : "–";
}

static void
print_step (GVariant *step)
{
  g_autofree char *title = rd_text_for_check (rd_cli_get_string (step, "step"));
  g_autofree char *padded = rd_cli_pad (title, WIDTH_TITLE);
  g_autofree char *text = rd_text_for_check_result (step);

  rd_cli_print_line ("  %s %s  %s", get_mark (rd_cli_get_string (step, "result")), padded, text);
}

static gboolean
has_step (GVariant *steps, GVariant *step)
{
  for (gsize i = 0; i < g_variant_n_children (steps); i++)
    {
      g_autoptr (GVariant) other = g_variant_get_child_value (steps, i);

      if (g_variant_equal (step, other))
        return TRUE;
    }
  return FALSE;
}

/* @said: (nullable): what has been printed before. TRUE: nothing has failed. */
static gboolean
print_steps (GVariant *steps, GVariant *said)
{
  gboolean fine = TRUE;

  for (gsize i = 0; i < g_variant_n_children (steps); i++)
    {
      g_autoptr (GVariant) step = g_variant_get_child_value (steps, i);

      if (said != NULL && has_step (said, step))
        continue;
      print_step (step);
      fine &= !g_str_equal (rd_cli_get_string (step, "result"), "failed");
    }
  return fine;
}

static void
add_steps (JsonBuilder *builder, const char *account, GVariant *steps)
{
  json_builder_begin_object (builder);
  rd_cli_add_string (builder, "account", account);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < g_variant_n_children (steps); i++)
    {
      g_autoptr (GVariant) step = g_variant_get_child_value (steps, i);
      g_autofree char *sentence = rd_text_for_check_result (step);

      json_builder_begin_object (builder);
      rd_cli_add_string (builder, "step", rd_cli_get_string (step, "step"));
      rd_cli_add_string (builder, "result", rd_cli_get_string (step, "result"));
      rd_cli_add_string (builder, "code", rd_cli_get_string (step, "code"));
      rd_cli_add_string (builder, "sentence", sentence);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* (nullable) (transfer full): aa{sv} */
static GVariant *
check (RdCli *cli, const char *account, GError **error)
{
  g_autoptr (GVariant) reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, DIAGNOSTICS_INTERFACE, "Check",
                                            g_variant_new ("(s)", account), G_VARIANT_TYPE ("(aa{sv})"), error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

/* What all of them share. */
typedef struct
{
  RdCli *cli;
  JsonBuilder *builder; /* (nullable): for people */
  GVariant *desktop;    /* the steps of this computer alone */
  gboolean fine;
} Doctor;

static void
doctor_clear (Doctor *self)
{
  g_clear_pointer (&self->desktop, g_variant_unref);
  g_clear_object (&self->builder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Doctor, doctor_clear)

/* This computer, which is the same for all accounts. */
static gboolean
check_desktop (Doctor *self, GError **error)
{
  self->desktop = check (self->cli, "", error);
  if (self->desktop == NULL)
    return FALSE;
  if (self->builder != NULL)
    {
      add_steps (self->builder, "", self->desktop);
      return TRUE;
    }
  rd_cli_print_line ("%s", _ ("This computer"));
  self->fine &= print_steps (self->desktop, NULL);
  return TRUE;
}

static gboolean
check_account (Doctor *self, RdCliObject *account, GError **error)
{
  const char *id = rd_cli_get_string (account->properties, "Id");
  g_autofree char *name = rd_text_clean (rd_cli_get_string (account->properties, "Name"), MAX_NAME);
  g_autoptr (GVariant) steps = NULL;

  if (self->builder == NULL)
    rd_cli_print_line ("%s", name);
  steps = check (self->cli, id, error);
  if (steps == NULL)
    return FALSE;
  if (self->builder != NULL)
    add_steps (self->builder, id, steps);
  else
    self->fine &= print_steps (steps, self->desktop);
  return TRUE;
}

static gboolean
check_all (Doctor *self, GPtrArray *accounts, const char *only, GError **error)
{
  if (!check_desktop (self, error))
    return FALSE;
  for (guint i = 0; i < accounts->len; i++)
    {
      RdCliObject *account = accounts->pdata[i];

      if (only != NULL && !g_str_equal (rd_cli_get_string (account->properties, "Id"), only))
        continue;
      if (!check_account (self, account, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_report (RdCli *cli, GError **error)
{
  g_autoptr (GVariant) reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, DIAGNOSTICS_INTERFACE, "Report", NULL,
                                            G_VARIANT_TYPE ("(s)"), error);
  const char *report;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(&s)", &report);
  g_print ("%s", report);
  return TRUE;
}

static gboolean
try_out (RdCli *cli, GError **error)
{
  if (!rd_cli_do (cli, RD_CLI_AGENT_PATH, DIAGNOSTICS_INTERFACE, "Try", NULL, error))
    return FALSE;
  rd_cli_print_line ("%s", _ ("A notification should stand on the screen now, and it should ring."));
  return TRUE;
}

static void
print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;

  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static gboolean
run_doctor (RdCli *cli, gpointer options, char **args, GError **error)
{
  Options *self = options;
  g_autoptr (GPtrArray) accounts = rd_cli_dup_accounts (cli, error);
  g_auto (Doctor) doctor = { .cli = cli, .fine = TRUE };

  if (accounts == NULL || (args[0] != NULL && rd_cli_find_account (accounts, args[0], error) == NULL))
    return FALSE;
  if (self->report)
    return print_report (cli, error);
  if (self->try_out)
    return try_out (cli, error);
  if (self->json)
    {
      doctor.builder = json_builder_new ();
      json_builder_begin_object (doctor.builder);
      json_builder_set_member_name (doctor.builder, "checks");
      json_builder_begin_array (doctor.builder);
    }
  if (!check_all (&doctor, accounts, args[0], error))
    return FALSE;
  if (self->json)
    print_json (doctor.builder);
  if (doctor.fine)
    return TRUE;
  g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("Something is wrong: see above."));
  return FALSE;
}

static const GOptionEntry doctor_options[] = {
  { "report", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, report),
    N_ ("Print a report for somebody who helps you, without anything private"), NULL },
  { "try", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, try_out),
    N_ ("Show a notification and ring, as a call would"), NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, json), N_ ("As one JSON object"), NULL },
  { NULL },
};

const RdCliVerb rd_cli_verb_doctor = {
  .name = "doctor",
  .params = N_ ("[ACCOUNT]"),
  .summary = N_ ("Find out why nothing arrives, step by step"),
  .max_args = 1,
  .options = doctor_options,
  .options_size = sizeof (Options),
  .run = run_doctor,
};
