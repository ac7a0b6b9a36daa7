/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* The verbs for calls: place one, and act on the one that is meant. */

#define MAX_TEXT 200

typedef struct
{
  gboolean audio;
  char *account;
} CallOptions;

typedef struct
{
  char *message;
} DeclineOptions;

typedef struct
{
  int remind;
} SilenceOptions;

typedef struct
{
  const char *verb;
  const char *const *states; /* of the calls that are meant when no id is given */
  gboolean only_sounding;
  const char *none;
  const char *several;
} Choice;

static const char *const ringing_in[] = { "ringing-in", NULL };
static const char *const going_on[] = { "active", "ringing-out", NULL };

static const Choice choice_answer = { "answer", ringing_in, FALSE, N_ ("No call rings here."),
                                      N_ ("Several calls ring") };
static const Choice choice_decline = { "decline", ringing_in, FALSE, N_ ("No call rings here."),
                                       N_ ("Several calls ring") };
static const Choice choice_silence = { "silence", ringing_in, TRUE, N_ ("No call rings here."),
                                       N_ ("Several calls ring") };
static const Choice choice_hangup = { "hangup", going_on, FALSE, N_ ("There is no call to hang up."),
                                      N_ ("There are several calls") };

static gboolean
is_meant (RdCliObject *call, const Choice *choice)
{
  return g_strv_contains (choice->states, rd_cli_get_string (call->properties, "State")) &&
         !(choice->only_sounding && rd_cli_get_boolean (call->properties, "Silenced"));
}

/* ID is the site's; ACCOUNT/ID tells two sites' calls with the same id apart. */
static gboolean
has_id (RdCliObject *call, const char *id)
{
  const char *own = rd_cli_get_string (call->properties, "Id");
  g_autofree char *full = g_strdup_printf ("%s/%s", rd_cli_get_string (call->properties, "Account"), own);

  return g_str_equal (own, id) || g_str_equal (full, id);
}

static char *
name_calls (GPtrArray *calls)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < calls->len; i++)
    {
      RdCliObject *call = g_ptr_array_index (calls, i);
      g_autofree char *account = rd_text_clean (rd_cli_get_string (call->properties, "Account"), MAX_TEXT);
      g_autofree char *id = rd_text_clean (rd_cli_get_string (call->properties, "Id"), MAX_TEXT);
      g_autofree char *peer = rd_text_for_peer (rd_cli_get_string (call->properties, "PeerName"));

      g_string_append_printf (names, "%s%s/%s (%s)", i > 0 ? ", " : "", account, id, peer);
    }
  return g_string_free (names, FALSE);
}

/* The path of the call that is meant by @id, or without one (NULL) the only one that can be. */
static char *
find_call (RdCli *cli, const Choice *choice, const char *id, GError **error)
{
  g_autoptr (GVariant) objects = rd_cli_dup_objects (cli, error);
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GPtrArray) meant = g_ptr_array_new ();
  g_autofree char *names = NULL;

  if (objects == NULL)
    return NULL;
  calls = rd_cli_list_objects (objects, RD_CLI_CALL_INTERFACE);
  for (guint i = 0; i < calls->len; i++)
    {
      RdCliObject *call = g_ptr_array_index (calls, i);

      if (id != NULL ? has_id (call, id) : is_meant (call, choice))
        g_ptr_array_add (meant, call);
    }
  if (meant->len == 1)
    return g_strdup (((RdCliObject *) g_ptr_array_index (meant, 0))->path);

  names = name_calls (meant->len > 0 ? meant : calls);
  if (meant->len > 1)
    /* TRANSLATORS: "Several calls ring: work/41 (Ada), work/42 (Bob). Say which: ringdown answer ID" */
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("%s: %s. Say which: ringdown %s ID"), _ (choice->several),
                 names, choice->verb);
  else if (id == NULL)
    g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ (choice->none));
  else if (calls->len == 0)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("There is no call “%s”: there is none at all."), id);
  else
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("There is no call “%s”. There is: %s."), id, names);
  return NULL;
}

static gboolean
act (RdCli *cli, const Choice *choice, const char *id, const char *method, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) sunk = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  g_autofree char *path = find_call (cli, choice, id, error);

  return path != NULL && rd_cli_do (cli, path, RD_CLI_CALL_INTERFACE, method, sunk, error);
}

/* Without --account only one account may be able to call: the agent knows that, too, but not how to say it here. */
static gboolean
check_one_can_call (RdCli *cli, GError **error)
{
  g_autoptr (GVariant) objects = rd_cli_dup_objects (cli, error);
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GString) ids = g_string_new (NULL);
  guint n = 0;

  if (objects == NULL)
    return FALSE;
  accounts = rd_cli_list_objects (objects, RD_CLI_ACCOUNT_INTERFACE);
  for (guint i = 0; i < accounts->len; i++)
    {
      RdCliObject *account = g_ptr_array_index (accounts, i);

      if (!rd_cli_get_boolean (account->properties, "CanCall"))
        continue;
      g_string_append_printf (ids, "%s%s", n > 0 ? ", " : "", rd_cli_get_string (account->properties, "Id"));
      n++;
    }
  if (n > 1)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED,
                 _ ("Several accounts can call: %s. Say which: ringdown call --account ID WHOM"), ids->str);
  else if (n == 0)
    g_set_error_literal (error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("There is no account that can call."));
  return n == 1;
}

static gboolean
run_call (RdCli *cli, gpointer options, char **args, GError **error)
{
  CallOptions *self = options;
  g_autoptr (GVariant) reply = NULL;
  g_autofree char *whom = rd_text_clean (args[0], MAX_TEXT);
  g_autofree char *id = NULL;
  GVariantBuilder how;

  if (!rd_cli_start_agent (cli, error) || (self->account == NULL && !check_one_can_call (cli, error)))
    return FALSE;
  g_variant_builder_init (&how, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&how, "{sv}", "audio", g_variant_new_boolean (self->audio));
  reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_AGENT_INTERFACE, "PlaceCall",
                       g_variant_new ("(ssa{sv})", self->account != NULL ? self->account : "", args[0], &how),
                       G_VARIANT_TYPE ("(s)"), error);
  if (reply == NULL)
    return FALSE;
  {
    const char *raw;

    g_variant_get (reply, "(&s)", &raw);
    id = rd_text_clean (raw, MAX_TEXT);
  }
  rd_cli_print_line (_ ("Calling %s (call %s)."), whom, id);
  return TRUE;
}

static GVariant *
make_options (const char *name, const char *value)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  if (value != NULL)
    g_variant_builder_add (&builder, "{sv}", name, g_variant_new_string (value));
  return g_variant_new ("(a{sv})", &builder);
}

static gboolean
run_answer (RdCli *cli, gpointer options, char **args, GError **error)
{
  const char *token = g_getenv ("XDG_ACTIVATION_TOKEN");

  if (token != NULL && !g_utf8_validate (token, -1, NULL))
    token = NULL;
  return act (cli, &choice_answer, args[0], "Answer", make_options ("activation-token", token), error);
}

static gboolean
run_decline (RdCli *cli, gpointer options, char **args, GError **error)
{
  DeclineOptions *self = options;

  return act (cli, &choice_decline, args[0], "Decline", make_options ("message", self->message), error);
}

static gboolean
run_hangup (RdCli *cli, gpointer options, char **args, GError **error)
{
  return act (cli, &choice_hangup, args[0], "HangUp", NULL, error);
}

static gboolean
run_silence (RdCli *cli, gpointer options, char **args, GError **error)
{
  SilenceOptions *self = options;

  if (self->remind == 0)
    return act (cli, &choice_silence, args[0], "Silence", NULL, error);
  return act (cli, &choice_silence, args[0], "Remind", g_variant_new ("(u)", (guint) MAX (self->remind, 0)), error);
}

static const GOptionEntry call_options[] = {
  { "audio", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (CallOptions, audio), N_ ("Without video"), NULL },
  { "account", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (CallOptions, account),
    N_ ("The account to call with, if several can"), N_ ("ID") },
  { NULL },
};

static const GOptionEntry decline_options[] = {
  { "message", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (DeclineOptions, message),
    N_ ("What to tell the caller, where the site can"), N_ ("TEXT") },
  { NULL },
};

static const GOptionEntry silence_options[] = {
  { "remind", 0, 0, G_OPTION_ARG_INT, RD_CLI_OPTION (SilenceOptions, remind),
    N_ ("Remind me of it in so many minutes, if I did not take it"), N_ ("MINUTES") },
  { NULL },
};

#define ID_DESCRIPTION                                                                                                 \
  N_ ("ID is the site’s id of a call, or ACCOUNT/ID. Without it the only call that can be meant is taken.")

const RdCliVerb rd_cli_verb_call = {
  .name = "call",
  .params = N_ ("WHOM"),
  .summary = N_ ("Call somebody"),
  .description = N_ ("WHOM is the site’s id of a user, or an e-mail address. The agent is started if it does not run."),
  .min_args = 1,
  .max_args = 1,
  .options = call_options,
  .options_size = sizeof (CallOptions),
  .run = run_call,
};

const RdCliVerb rd_cli_verb_answer = {
  .name = "answer",
  .params = N_ ("[ID]"),
  .summary = N_ ("Answer the call that rings"),
  .description = ID_DESCRIPTION,
  .max_args = 1,
  .run = run_answer,
};

const RdCliVerb rd_cli_verb_decline = {
  .name = "decline",
  .params = N_ ("[ID]"),
  .summary = N_ ("Decline the call that rings"),
  .description = ID_DESCRIPTION,
  .max_args = 1,
  .options = decline_options,
  .options_size = sizeof (DeclineOptions),
  .run = run_decline,
};

const RdCliVerb rd_cli_verb_hangup = {
  .name = "hangup",
  .params = N_ ("[ID]"),
  .summary = N_ ("End the call, or stop calling"),
  .description = ID_DESCRIPTION,
  .max_args = 1,
  .run = run_hangup,
};

const RdCliVerb rd_cli_verb_silence = {
  .name = "silence",
  .params = N_ ("[ID]"),
  .summary = N_ ("Stop the ringing, and let the call wait"),
  .description = ID_DESCRIPTION,
  .max_args = 1,
  .options = silence_options,
  .options_size = sizeof (SilenceOptions),
  .run = run_silence,
};
