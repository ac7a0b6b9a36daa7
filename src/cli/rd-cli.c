/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-private.h"
#include "rd-text.h"

/* The command: its table of verbs, what stands before the verb, help, and errors made into one line and an exit status.
 * What a verb does stands in the file of its family. */

#define EXIT_DONE 0
#define EXIT_FAILED 1
#define EXIT_USAGE 2

#define MAX_WORD 60

static const RdCliVerb *const verbs[] = {
  &rd_cli_verb_status,
  &rd_cli_verb_call,
  &rd_cli_verb_answer,
  &rd_cli_verb_decline,
  &rd_cli_verb_hangup,
  &rd_cli_verb_silence,
  &rd_cli_verb_dnd,
  &rd_cli_verb_calls,
  &rd_cli_verb_history,
  &rd_cli_verb_account_add,
  &rd_cli_verb_account_list,
  &rd_cli_verb_account_set,
  &rd_cli_verb_account_pause,
  &rd_cli_verb_account_resume,
  &rd_cli_verb_account_sign_in,
  &rd_cli_verb_account_token,
  &rd_cli_verb_account_trust,
  &rd_cli_verb_account_test,
  &rd_cli_verb_account_remove,
  &rd_cli_verb_profile_check,
  &rd_cli_verb_profile_list,
  &rd_cli_verb_doctor,
  &rd_cli_verb_watch,
  &rd_cli_verb_trigger,
  &rd_cli_verb_demo,
  &rd_cli_verb_agent,
  &rd_cli_verb_quit,
  NULL,
};

const RdCliVerb *const *
rd_cli_get_verbs (void)
{
  return verbs;
}

/* gettext() takes "" for a question about the catalogue, and answers with its whole header. */
static const char *
get_params (const RdCliVerb *verb)
{
  return *verb->params != '\0' ? _ (verb->params) : "";
}

static void
print_help (void)
{
  guint width = 0;

  for (guint i = 0; verbs[i] != NULL; i++)
    width = MAX (width, rd_cli_get_width (verbs[i]->name) + 1 + rd_cli_get_width (get_params (verbs[i])));

  g_print ("%s\n", _ ("Usage: ringdown [--bus-name NAME] [COMMAND | SET-UP]"));
  g_print ("\n%s\n\n%s\n",
           _ ("Without a command it opens the window, and starts the agent if it does not run; with a ringdown://setup "
              "link or a .ringdown file it opens the window to set that account up."),
           _ ("Commands:"));
  for (guint i = 0; verbs[i] != NULL; i++)
    {
      g_autofree char *usage = g_strdup_printf ("%s %s", verbs[i]->name, get_params (verbs[i]));
      g_autofree char *padded = rd_cli_pad (g_strchomp (usage), width);

      g_print ("  %s  %s\n", padded, _ (verbs[i]->summary));
    }
  g_print ("\n%s\n", _ ("Options:"));
  g_print ("  --bus-name NAME  %s\n", _ ("Talk to the agent with this name (also: RINGDOWN_BUS_NAME)"));
  g_print ("  --version        %s\n", _ ("Show the version"));
  g_print ("  -h, --help       %s\n", _ ("Show this; after a command: what it takes"));
  g_print ("\n%s\n", _ ("Exit status: 0 done, 1 refused or failed, 2 not understood. More: man ringdown"));
}

static gboolean
set_bus_name (RdCli *cli, const char *name, GError **error)
{
  if (!g_dbus_is_name (name) || g_dbus_is_unique_name (name))
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("“%s” is no bus name."), name);
      return FALSE;
    }
  g_free (cli->bus_name);
  cli->bus_name = g_strdup (name);
  cli->bus_name_given = TRUE;
  return TRUE;
}

static GOptionContext *
make_context (const RdCliVerb *verb, gpointer values)
{
  const char *params = get_params (verb);
  GOptionContext *context = g_option_context_new (*params != '\0' ? params : NULL);
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (const GOptionEntry *option = verb->options; option != NULL && option->long_name != NULL; option++)
    {
      GOptionEntry entry = *option;

      entry.arg_data = (char *) values + GPOINTER_TO_SIZE (option->arg_data);
      g_array_append_val (entries, entry);
    }
  g_option_context_add_main_entries (context, (GOptionEntry *) (gpointer) entries->data, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (verb->summary));
  if (verb->description != NULL)
    g_option_context_set_description (context, _ (verb->description));
  return context;
}

static void
free_values (const RdCliVerb *verb, gpointer values)
{
  for (const GOptionEntry *option = verb->options; option != NULL && option->long_name != NULL; option++)
    {
      gpointer *field = (gpointer *) (gpointer) ((char *) values + GPOINTER_TO_SIZE (option->arg_data));

      if (option->arg == G_OPTION_ARG_STRING || option->arg == G_OPTION_ARG_FILENAME)
        g_free (*field);
      else if (option->arg == G_OPTION_ARG_STRING_ARRAY || option->arg == G_OPTION_ARG_FILENAME_ARRAY)
        g_strfreev (*field);
    }
  g_free (values);
}

/* Makes what is left of @args UTF-8 and checks their number. */
static gboolean
check_args (const RdCliVerb *verb, char **args, GError **error)
{
  guint n = 0;

  for (; args[n] != NULL; n++)
    {
      char *converted =
          g_utf8_validate (args[n], -1, NULL) ? g_strdup (args[n]) : g_locale_to_utf8 (args[n], -1, NULL, NULL, NULL);

      if (converted == NULL)
        {
          g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Argument %u is not text."), n + 1);
          return FALSE;
        }
      g_free (args[n]);
      args[n] = converted;
    }
  if (n < verb->min_args)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Something is missing: ringdown %s %s"), verb->name,
                 get_params (verb));
  else if (n > verb->max_args)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("“%s” is too much: ringdown %s %s"), args[verb->max_args],
                 verb->name, get_params (verb));
  return n >= verb->min_args && n <= verb->max_args;
}

/* @args: what follows the verb's name */
static gboolean
run_verb (RdCli *cli, const RdCliVerb *verb, char **args, GError **error)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *name = g_strdup_printf ("ringdown %s", verb->name);
  g_auto (GStrv) argv = NULL;
  gpointer values;
  gboolean ok;

  if (verb->raw)
    return verb->run (cli, NULL, args, error);

  values = g_malloc0 (MAX (verb->options_size, 1));
  context = make_context (verb, values);
  g_ptr_array_add (all, g_steal_pointer (&name));
  for (guint i = 0; args[i] != NULL; i++)
    g_ptr_array_add (all, g_strdup (args[i]));
  g_ptr_array_add (all, NULL);
  argv = (char **) g_ptr_array_steal (all, NULL);
  g_set_prgname (argv[0]);
  ok = g_option_context_parse_strv (context, &argv, &local_error);
  if (!ok)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("%s (see ringdown %s --help)"), local_error->message,
                 verb->name);
  /* "--" only says where the options end */
  if (ok && argv[1] != NULL && g_str_equal (argv[1], "--"))
    {
      g_free (argv[1]);
      for (guint i = 1; (argv[i] = argv[i + 1]) != NULL; i++)
        ;
    }
  ok = ok && check_args (verb, argv + 1, error) && verb->run (cli, values, argv + 1, error);
  free_values (verb, values);
  return ok;
}

/* Finds the verb that @args begins with. @n_words: how many words its name has. */
static const RdCliVerb *
find_verb (char **args, guint *n_words, GError **error)
{
  g_autoptr (GString) family = g_string_new (NULL);
  g_autofree char *word = rd_text_clean (args[0], MAX_WORD);
  gsize length = strlen (args[0]);

  for (guint i = 0; verbs[i] != NULL; i++)
    {
      const char *name = verbs[i]->name;

      *n_words = 1;
      if (g_str_equal (name, args[0]))
        return verbs[i];
      if (length == 0 || strncmp (name, args[0], length) != 0 || name[length] != ' ')
        continue;
      *n_words = 2;
      if (args[1] != NULL && g_str_equal (name + length + 1, args[1]))
        return verbs[i];
      g_string_append_printf (family, "%s%s", family->len > 0 ? ", " : "", name + length + 1);
    }
  *n_words = family->len > 0 ? 2 : 1;
  if (family->len > 0)
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("After “%s” comes one of: %s."), word, family->str);
  else
    g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("There is no command “%s”: see ringdown --help."), word);
  return NULL;
}

static gboolean
wants_help (const char *arg)
{
  return arg != NULL && (g_str_equal (arg, "--help") || g_str_equal (arg, "-h"));
}

/* Takes what stands before the verb. @args moves on to the verb, or is NULL when all is done. */
static gboolean
take_global_options (RdCli *cli, char ***args, GError **error)
{
  for (; **args != NULL && ***args == '-'; (*args)++)
    {
      const char *arg = **args;

      if (wants_help (arg) || g_str_equal (arg, "--version"))
        {
          if (wants_help (arg))
            print_help ();
          else
            rd_cli_print_line ("ringdown %s", RD_VERSION);
          *args = NULL;
          return TRUE;
        }
      if (g_str_has_prefix (arg, "--bus-name="))
        {
          if (!set_bus_name (cli, arg + strlen ("--bus-name="), error))
            return FALSE;
        }
      else if (g_str_equal (arg, "--bus-name") && (*args)[1] != NULL)
        {
          (*args)++;
          if (!set_bus_name (cli, **args, error))
            return FALSE;
        }
      else
        {
          g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("“%s” is not understood here: see ringdown --help."),
                       arg);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
run (RdCli *cli, char **args, GError **error)
{
  const char *name = g_getenv ("RINGDOWN_BUS_NAME");
  const RdCliVerb *verb;
  guint n_words = 0;

  if (name != NULL && *name != '\0' && !set_bus_name (cli, name, error))
    return FALSE;
  if (!take_global_options (cli, &args, error))
    return FALSE;
  if (args == NULL)
    return TRUE;
  if (*args == NULL)
    return rd_cli_open_window (cli, error);
  if (args[1] == NULL && rd_cli_is_setup (*args))
    return rd_cli_open_setup (cli, *args, error);
  verb = find_verb (args, &n_words, error);
  if (verb == NULL)
    {
      /* "account --help": the list of all has these, too */
      if (n_words != 2 || !wants_help (args[1]))
        return FALSE;
      g_clear_error (error);
      print_help ();
      return TRUE;
    }
  return run_verb (cli, verb, args + n_words, error);
}

int
rd_cli_run (int argc, char **argv)
{
  RdCli cli = { .bus_name = g_strdup (RD_APP_ID) };
  g_autoptr (GError) error = NULL;
  gboolean unread = FALSE;
  gboolean ok;

  g_return_val_if_fail (argc > 0, EXIT_USAGE);

  rd_text_init ();
  ok = run (&cli, argv + 1, &error);
  if (ok && (fflush (stdout) != 0 || ferror (stdout)))
    {
      /* `ringdown status | head -1`: nobody wants the rest, and nobody wants to hear of it */
      unread = errno == EPIPE;
      g_set_error (&error, RD_CLI_ERROR, RD_CLI_ERROR_FAILED, _ ("The output could not be written: %s"),
                   g_strerror (errno));
      ok = FALSE;
    }
  if (error != NULL && !unread)
    rd_cli_print_error (error->message);
  g_clear_object (&cli.bus);
  g_free (cli.bus_name);
  if (ok)
    return EXIT_DONE;
  return g_error_matches (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE) ? EXIT_USAGE : EXIT_FAILED;
}
