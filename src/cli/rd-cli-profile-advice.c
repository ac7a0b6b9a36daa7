/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-cli"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rd-cli-profile.h"
#include "rd-text.h"

/* From what is wrong with a profile to what its writer does about it. */

#define MAX_WORD 60
#define MAX_LISTED 12
/* So many slips of the pen may lie between a word and the one that was meant. */
#define MAX_SLIPS 3

static const struct
{
  const char *said;
  const char *advice;
} advices[] = {
  { "must be a number", N_ ("Write a whole number, without quotes.") },
  { "must be a number from 1 to 1000", N_ ("Write such a number, without quotes.") },
  { "only format 1 is known", N_ ("Write \"format\": 1.") },
  { "must be true or false", N_ ("Write true or false, without quotes.") },
  { "must be a string", N_ ("Put it into quotes.") },
  { "must be a list", N_ ("Put it into [ ], also if there is only one.") },
  { "must be an object", N_ ("Write { } with members in it.") },
  { "must not be empty", N_ ("Write something, or leave the member out.") },
  { "too long, or has control characters", N_ ("Write at most 200 characters, on one line.") },
  { "too long", N_ ("Write at most 64 of them.") },
  { "is missing", N_ ("Add it.") },
  { "not an id of lower-case letters, digits and hyphens", N_ ("Write something like \"help-desk\".") },
  { "not the name of an HTTP header", N_ ("Write the name alone, such as \"X-Api-Key\".") },
  { "not a host, in lower case", N_ ("Write the host alone, such as \"meet.example.org\".") },
  { "not a variable's name", N_ ("Write lower-case words with dots, such as \"team.id\".") },
  { "a placeholder is not closed", N_ ("Write it as {user.id}.") },
  { "a placeholder names no variable", N_ ("Write lower-case words with dots, such as {user.id}.") },
  { "a } without its {", N_ ("Write a placeholder as {user.id}; braces have no other use here.") },
  { "“number:” has a place only in a JSON body", N_ ("Leave “number:” out: here all is text.") },
  { "“boolean:” has a place only in a JSON body", N_ ("Leave “boolean:” out: here all is text.") },
  { "must start with one /", N_ ("Write the path behind the site’s address, such as \"/api/me\".") },
  { "must be a path alone; values of the query stand in “query”", N_ ("Move what follows the ? into “query”.") },
  { "has letters beyond ASCII", N_ ("Percent-encode them, as a browser does in an address that is copied.") },
  { "takes no placeholder", N_ ("Write the path as it is.") },
  { "not an address", N_ ("Write a path such as \"/tickets/{conversation.id}\".") },
  { "must hold one {field} of text", N_ ("Write the channel’s name with one field’s name in braces, such as "
                                         "\"ticket-{conversation.id}\".") },
  { "must be a JSON path", N_ ("Write a path such as \"$.user.id\".") },
  { "must be a JSON path, {\"join\": [paths]} or {\"const\": text}", N_ ("Write one of these, or a list of them.") },
  { "{\"const\": …} holds one text", N_ ("Write it as {\"const\": \"audio\"}, and nothing beside it.") },
  { "joins two or more paths", N_ ("Write it as {\"join\": [\"$.first\", \"$.last\"]}.") },
  { "holds no path, or too many", N_ ("Write 1 to 16 paths into the list.") },
  { "a JSON path starts with $", N_ ("Write \"$.name\" for the member “name”, \"$\" for all of it.") },
  { "a name is missing after the dot", N_ ("Write a member’s name behind the dot.") },
  { "unexpected character in a JSON path", N_ ("Put a name with odd characters into brackets: \"$['a b']\".") },
  { "names no field", N_ ("Name a field in the list, or leave “key” out.") },
  { "“encoding” and “body” stand together", N_ ("Add the one, or take out the other.") },
  { "a GET has none", N_ ("Move its members to “query”, or choose another “method”.") },
  { "“password” among “ways” needs steps", N_ ("Say in “steps” which requests sign somebody in.") },
  { "stands for two events", N_ ("Leave it out at one of them.") },
  { "is not among “actions”", N_ ("Add that action, or take out this poll.") },
  { "larger than 256 KiB", N_ ("This is no profile: give the file that holds one.") },
};

/* How many characters must be put in, taken out or changed to make one of the other; at most @max + 1. */
static guint
count_slips (const char *one, const char *other, guint max)
{
  gsize n_one = strlen (one), n_other = strlen (other);
  guint row[MAX_WORD + 1];

  if (n_one > MAX_WORD || n_other > MAX_WORD)
    return max + 1;
  for (guint j = 0; j <= n_other; j++)
    row[j] = j;
  for (guint i = 1; i <= n_one; i++)
    {
      guint diagonal = row[0];

      row[0] = i;
      for (guint j = 1; j <= n_other; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (row[j - 1], above) + 1, diagonal + (one[i - 1] != other[j - 1]));
          diagonal = above;
        }
    }
  return MIN (row[n_other], max + 1);
}

const char *
rd_cli_find_like (const char *word, const char *const *words)
{
  const char *best = NULL;
  guint least = MIN (MAX_SLIPS, (guint) strlen (word) / 2) + 1;

  for (; words != NULL && *words != NULL; words++)
    {
      guint slips = count_slips (word, *words, MAX_SLIPS);

      if (slips < least)
        {
          least = slips;
          best = *words;
        }
    }
  return best;
}

/* The word that is not known: what the reason quotes, or the place's last member. */
static char *
dup_wrong_word (const RdProfileFault *fault)
{
  const char *quote = strstr (fault->said, "“");
  const char *brace = strchr (fault->said, '{');
  const char *dot;

  if (brace != NULL)
    return g_strndup (brace + 1, strcspn (brace + 1, "}"));
  if (quote != NULL)
    {
      const char *end = strstr (quote, "”");

      quote += strlen ("“");
      return end != NULL ? g_strndup (quote, (gsize) (end - quote)) : g_strdup (quote);
    }
  if (g_str_has_suffix (fault->place, "']"))
    {
      dot = g_strrstr (fault->place, "['");
      return dot != NULL ? g_strndup (dot + 2, strlen (dot + 2) - 2) : g_strdup ("");
    }
  dot = strrchr (fault->place, '.');
  return g_strdup (dot != NULL ? dot + 1 : fault->place);
}

static char *
advise_word (const RdProfileFault *fault)
{
  const char *const *known = (const char *const *) fault->known;
  g_autofree char *wrong = dup_wrong_word (fault);
  const char *like = rd_cli_find_like (wrong, known);
  g_autofree char *shown = NULL;
  g_autoptr (GString) list = g_string_new (NULL);

  if (like != NULL)
    {
      shown = rd_text_clean (like, MAX_WORD);
      return g_strdup_printf (_ ("Did you mean “%s”?"), shown);
    }
  for (guint i = 0; known[i] != NULL && i < MAX_LISTED; i++)
    {
      g_autofree char *word = rd_text_clean (known[i], MAX_WORD);

      g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", word);
    }
  if (list->len == 0)
    return g_strdup (_ ("Nothing is known here: take it out."));
  return g_strdup_printf (g_strv_length (fault->known) > MAX_LISTED ? _ ("Known here, among others: %s.")
                                                                    : _ ("Known here: %s."),
                          list->str);
}

char *
rd_cli_profile_advise (const RdProfileFault *fault)
{
  g_return_val_if_fail (fault != NULL, NULL);

  if (fault->known != NULL)
    return advise_word (fault);
  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    if (g_str_equal (advices[i].said, fault->said))
      return g_strdup (_ (advices[i].advice));
  if (strstr (fault->said, "is of no use without") != NULL)
    return g_strdup (_ ("Say where that stands in the data, or in the channel’s name."));
  if (strstr (fault->said, "cannot be joined without") != NULL)
    return g_strdup (_ ("Say in “authorise” where the site signs for channels."));
  return g_strdup (_ ("PROFILES.md tells what may stand here."));
}
