/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include "rd-cli-history.h"

#include <glib/gi18n-lib.h>

/* `ringdown history`: what the agent has kept, listed, exported or erased. */

#define DEFAULT_LIMIT 50
#define MAX_LIMIT 100000
#define PAGE 200

typedef struct
{
  gboolean json;
  char *search;
  gboolean missed;
  char **kinds;
  int limit;
  char *file;
  gboolean erase;
  gboolean yes;
} Options;

static gboolean
check (const Options *self, GError **error)
{
  if (self->limit < 0 || self->limit > MAX_LIMIT)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("--limit takes a number from 1 to %d."), MAX_LIMIT);
      return FALSE;
    }
  if (self->erase + (self->file != NULL) + self->json > 1)
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE,
                   _ ("Only one of --json, --export and --erase can be done at once."));
      return FALSE;
    }
  return TRUE;
}

/* (transfer full) (not floating) */
static GVariant *
make_filter (const Options *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (self->search != NULL)
    g_variant_dict_insert (&dict, "search", "s", self->search);
  if (self->missed)
    g_variant_dict_insert (&dict, "missed", "b", TRUE);
  if (self->kinds != NULL)
    g_variant_dict_insert (&dict, "kinds", "^as", self->kinds);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* (element-type GVariant): newest first, at most @limit */
static GPtrArray *
list (RdCli *cli, GVariant *filter, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  g_autofree char *before = g_strdup ("");
  gboolean more = TRUE;

  while (more && entries->len < limit)
    {
      g_autoptr (GVariant) page = NULL;
      g_autoptr (GVariant) reply = NULL;

      reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_HISTORY_INTERFACE, "List",
                           g_variant_new ("(@a{sv}su)", filter, before, MIN (limit - entries->len, PAGE)),
                           G_VARIANT_TYPE ("(aa{sv}b)"), error);
      if (reply == NULL)
        return NULL;
      g_variant_get (reply, "(@aa{sv}b)", &page, &more);
      for (gsize i = 0; i < g_variant_n_children (page); i++)
        g_ptr_array_add (entries, g_variant_get_child_value (page, i));
      if (g_variant_n_children (page) == 0)
        break;
      g_free (before);
      before = g_strdup (rd_cli_get_string (entries->pdata[entries->len - 1], "cursor"));
    }
  return g_steal_pointer (&entries);
}

static void
print_json (GPtrArray *entries)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "history");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    rd_cli_history_add_json (builder, entries->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  rd_cli_print_json (root);
}

static gboolean
print (RdCli *cli, const Options *self, GVariant *filter, GError **error)
{
  g_autoptr (GPtrArray) entries = list (cli, filter, self->limit > 0 ? (guint) self->limit : DEFAULT_LIMIT, error);

  if (entries == NULL)
    return FALSE;
  if (self->json)
    print_json (entries);
  else if (entries->len == 0)
    rd_cli_print_line ("%s", _ ("There is nothing in the history."));
  for (guint i = 0; !self->json && i < entries->len; i++)
    rd_cli_history_print (entries->pdata[i]);
  return TRUE;
}

static gboolean
export (RdCli *cli, const Options *self, GVariant *filter, GError **error)
{
  gint64 count = rd_cli_history_export (cli, filter, self->file, error);

  if (count < 0)
    return FALSE;
  rd_cli_print_line (ngettext ("%u entry written to %s.", "%u entries written to %s.", (guint) count), (guint) count,
                     self->file);
  return TRUE;
}

/* What @method says of @filter: a number; -1 with @error */
static gint64
ask_number (RdCli *cli, const char *method, GVariant *filter, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  guint64 count = 0;

  reply = rd_cli_call (cli, RD_CLI_AGENT_PATH, RD_CLI_HISTORY_INTERFACE, method, g_variant_new ("(@a{sv})", filter),
                       G_VARIANT_TYPE ("(t)"), error);
  if (reply == NULL)
    return -1;
  g_variant_get (reply, "(t)", &count);
  return (gint64) MIN (count, (guint64) G_MAXINT64);
}

/* @wanted: the user is sure. FALSE with @error: it cannot be known */
static gboolean
confirm (RdCli *cli, GVariant *filter, gboolean *wanted, GError **error)
{
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;
  gint64 count;

  if (!rd_cli_may_ask ())
    {
      g_set_error (error, RD_CLI_ERROR, RD_CLI_ERROR_USAGE, _ ("Erasing is for good. Say --yes if you are sure."));
      return FALSE;
    }
  count = ask_number (cli, "Count", filter, error);
  if (count < 0)
    return FALSE;
  /* TRANSLATORS: "y" for yes, "n" for no; the answer is read as typed */
  question = g_strdup_printf (ngettext ("Erase %u entry for good? y or n", "Erase %u entries for good? y or n",
                                        (guint) count),
                              (guint) count);
  answer = rd_cli_ask (question, "n", error);
  *wanted = answer != NULL && g_ascii_tolower (*answer) == 'y';
  return answer != NULL;
}

static gboolean
erase (RdCli *cli, const Options *self, GVariant *filter, GError **error)
{
  gboolean wanted = self->yes;
  gint64 count;

  if (!wanted && !confirm (cli, filter, &wanted, error))
    return FALSE;
  if (!wanted)
    {
      rd_cli_print_line ("%s", _ ("Nothing was erased."));
      return TRUE;
    }
  count = ask_number (cli, "Erase", filter, error);
  if (count < 0)
    return FALSE;
  rd_cli_print_line (ngettext ("%u entry erased.", "%u entries erased.", (guint) count), (guint) count);
  return TRUE;
}

static gboolean
run_history (RdCli *cli, gpointer options, char **args, GError **error)
{
  const Options *self = options;
  g_autoptr (GVariant) filter = NULL;

  /* What was kept is there also when no agent runs. */
  if (!check (self, error) || !rd_cli_start_agent (cli, error))
    return FALSE;
  filter = make_filter (self);
  if (self->erase)
    return erase (cli, self, filter, error);
  return self->file != NULL ? export (cli, self, filter, error) : print (cli, self, filter, error);
}

static const GOptionEntry history_options[] = {
  { "search", 0, 0, G_OPTION_ARG_STRING, RD_CLI_OPTION (Options, search),
    N_ ("Only what has words that begin so: names, titles, numbers, amounts"), N_ ("TEXT") },
  { "missed", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, missed), N_ ("Only missed calls"), NULL },
  { "kind", 0, 0, G_OPTION_ARG_STRING_ARRAY, RD_CLI_OPTION (Options, kinds),
    N_ ("Only these: call, payment, invoice, notice, message; may be given several times"), N_ ("KIND") },
  { "limit", 0, 0, G_OPTION_ARG_INT, RD_CLI_OPTION (Options, limit), N_ ("At most so many (default: 50)"), N_ ("N") },
  { "json", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, json), N_ ("As one JSON object"), NULL },
  { "export", 0, 0, G_OPTION_ARG_FILENAME, RD_CLI_OPTION (Options, file),
    N_ ("Write all of it into a file that ends in .csv or .json, oldest first"), N_ ("FILE") },
  { "erase", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, erase), N_ ("Erase it for good"), NULL },
  { "yes", 0, 0, G_OPTION_ARG_NONE, RD_CLI_OPTION (Options, yes), N_ ("Do not ask before erasing"), NULL },
  { NULL },
};

const RdCliVerb rd_cli_verb_history = {
  .name = "history",
  .params = "",
  .summary = N_ ("List, export or erase what has happened"),
  .options = history_options,
  .options_size = sizeof (Options),
  .run = run_history,
};
