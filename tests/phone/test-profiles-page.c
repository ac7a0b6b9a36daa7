/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "json-schema.h"
#include "rd-event.h"
#include "rd-fault.h"
#include "rd-fields.h"
#include "rd-json.h"
#include "rd-profile-check.h"
#include "rd-profile-report.h"
#include "rd-setup.h"
#include "rd-test.h"

#include <string.h>

/* PROFILES.md says what the code says: its tables name every word that the code knows and no other, and all that it
 * shows in JSON is good. */

typedef struct
{
  char *page;
  JsonNode *schema;
  JsonNode *sixth;
  char *sixth_text;
} Fixture;

static char *
read_source (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *schema = read_source ("data/profiles/profile-1.schema.json");

  fixture->page = read_source ("PROFILES.md");
  fixture->schema = rd_json_parse (schema, -1, NULL);
  fixture->sixth_text = rd_test_fixture_text ("sixth-site.json", NULL);
  fixture->sixth = rd_json_parse (fixture->sixth_text, -1, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->page);
  g_free (fixture->sixth_text);
  json_node_unref (fixture->schema);
  json_node_unref (fixture->sixth);
}

/* Tables */

/* The words between backquotes in a cell. */
static char **
find_words (const char *cell)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (cell, "`", -1);

  for (guint i = 1; parts[i] != NULL && i < g_strv_length (parts); i += 2)
    g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

/* (element-type GStrv): the cells of each row behind "<!-- table: @name -->", but for its head */
static GPtrArray *
find_table (Fixture *fixture, const char *name)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autofree char *mark = g_strdup_printf ("<!-- table: %s -->\n", name);
  const char *at = strstr (fixture->page, mark);
  g_auto (GStrv) lines = NULL;

  g_test_message ("table: %s", name);
  g_assert_nonnull (at);
  lines = g_strsplit (at + strlen (mark), "\n", 200);
  for (guint i = 2; lines[i] != NULL && *lines[i] == '|'; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i] + 1, "|", -1));
  g_assert_cmpuint (rows->len, >, 0);
  return rows;
}

static char *
dup_first_word (GPtrArray *rows, guint row, guint cell)
{
  g_auto (GStrv) words = find_words (((char **) g_ptr_array_index (rows, row))[cell]);

  g_assert_nonnull (words[0]);
  return g_strdup (words[0]);
}

static void
assert_first_column (Fixture *fixture, const char *name, const char *const *known)
{
  g_autoptr (GPtrArray) rows = find_table (fixture, name);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *word = dup_first_word (rows, i, 0);

      g_assert_cmpstr (word, ==, known[i]);
    }
  g_assert_null (known[rows->len]);
}

/* Every member that a profile may have, and which it must have. */
static void
test_members (Fixture *fixture, gconstpointer data)
{
  const RdShape *const *shapes = rd_profile_get_shapes ();

  for (; *shapes != NULL; shapes++)
    {
      const char *name = *(*shapes)->name != '\0' ? (*shapes)->name : "profile";
      g_autoptr (GPtrArray) rows = NULL;
      guint n = 0;

      /* its one member is told of in the row that names it */
      if (g_str_equal (name, "members"))
        continue;
      rows = find_table (fixture, name);
      for (const RdRule *rule = (*shapes)->rules; rule->name != NULL; rule++, n++)
        {
          g_autofree char *word = NULL;

          g_assert_cmpuint (n, <, rows->len);
          word = dup_first_word (rows, n, 0);
          g_assert_cmpstr (word, ==, rule->name);
          g_assert_cmpint (strstr (((char **) rows->pdata[n])[1], "needed") != NULL, ==, rule->required);
        }
      g_assert_cmpuint (rows->len, ==, n);
    }
}

static void
assert_needs (GPtrArray *rows, guint row, RdEventKind kind)
{
  g_auto (GStrv) said = find_words (((char **) g_ptr_array_index (rows, row))[1]);
  g_autofree char *needed = g_strdelimit (g_strdup (rd_fields_get_needed (kind)), "|", ',');
  g_autofree char *list = g_strjoinv (",", said);

  g_assert_cmpstr (list, ==, needed);
}

static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = find_table (fixture, "kinds");
  g_autoptr (GPtrArray) listed = find_table (fixture, "listed");

  g_assert_cmpuint (rows->len, ==, RD_EVENT_PERSON_STATUS + 1);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *word = dup_first_word (rows, i, 0);

      g_assert_cmpstr (word, ==, rd_event_kind_to_string ((RdEventKind) i));
      assert_needs (rows, i, (RdEventKind) i);
    }
  g_assert_cmpuint (listed->len, ==, RD_EVENT_INVOICE - RD_EVENT_PERSON_STATUS);
  for (guint i = 0; i < listed->len; i++)
    {
      g_autofree char *word = dup_first_word (listed, i, 0);

      g_assert_cmpstr (word, ==, rd_event_kind_to_string ((RdEventKind) (RD_EVENT_MESSAGE + i)));
      assert_needs (listed, i, (RdEventKind) (RD_EVENT_MESSAGE + i));
    }
}

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  assert_first_column (fixture, "fields", rd_fields_get_names ());
}

static void
test_actions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = find_table (fixture, "actions");
  const char *const *names = rd_profile_get_actions ();

  assert_first_column (fixture, "variables", rd_profile_get_account_variables ());
  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *word = dup_first_word (rows, i, 0);
      g_auto (GStrv) said = find_words (((char **) rows->pdata[i])[1]);
      const char *const *variables = rd_profile_get_action_variables (word);

      g_test_message ("%s", word);
      g_assert_cmpstr (word, ==, names[i]);
      g_assert_cmpuint (g_strv_length (said), ==, g_strv_length ((char **) variables));
      for (guint j = 0; said[j] != NULL; j++)
        g_assert_cmpstr (said[j], ==, variables[j]);
    }
  g_assert_null (names[rows->len]);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = find_table (fixture, "pages");
  JsonNode *defs = rd_json_member (fixture->schema, "$defs");
  JsonNode *names = rd_json_member (rd_json_member (defs, "pages"), "propertyNames");
  JsonArray *known = json_node_get_array (rd_json_member (names, "enum"));

  g_assert_cmpuint (rows->len, ==, json_array_get_length (known));
  for (guint i = 1; i < rows->len; i++)
    {
      g_autofree char *word = dup_first_word (rows, i, 0);

      g_assert_cmpstr (word, ==, json_array_get_string_element (known, i));
    }
}

/* Each of them is known to who reads such documents. */
static void
test_setup_members (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = find_table (fixture, "setup");

  for (guint i = 0; i < rows->len; i++)
    {
      g_autofree char *word = dup_first_word (rows, i, 0);
      g_autofree char *document = g_strdup_printf ("{\"%s\": [], \"ringdown\": 1}", word);
      g_autoptr (GError) error = NULL;

      if (g_str_equal (word, "ringdown"))
        continue;
      g_assert_null (rd_setup_read (document, -1, &error));
      g_assert_cmpstr (rd_fault_get_where (error), ==, word);
      g_assert_cmpstr (rd_fault_get_said (error), !=, "is not known here");
    }
}

/* What is shown in JSON */

static void
assert_good (Fixture *fixture, JsonNode *profile)
{
  g_autoptr (GPtrArray) faults = rd_profile_find_faults (profile);
  g_autoptr (GPtrArray) doubts = NULL;
  g_autofree char *wrong = json_schema_check (fixture->schema, profile);

  g_assert_cmpstr (wrong, ==, NULL);
  for (guint i = 0; i < faults->len; i++)
    g_error ("%s: %s", ((RdProfileFault *) faults->pdata[i])->place, ((RdProfileFault *) faults->pdata[i])->said);
  doubts = rd_profile_find_doubts (profile);
  for (guint i = 0; i < doubts->len; i++)
    g_error ("%s: %s", ((RdProfileFault *) doubts->pdata[i])->place, ((RdProfileFault *) doubts->pdata[i])->said);
}

/* All that @part says @whole says, too. */
static void
assert_part (JsonNode *part, JsonNode *whole, const char *place)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (whole == NULL)
    g_error ("%s: the file has no such member", place);
  if (!JSON_NODE_HOLDS_OBJECT (part))
    {
      if (!json_node_equal (part, whole))
        g_error ("%s: the file has something else", place);
      return;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (part));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *inner = g_strdup_printf ("%s.%s", place, name);

      assert_part (member, rd_json_member (whole, name), inner);
    }
}

/* Members of a profile, with what every profile needs beside them. */
static void
check_part (Fixture *fixture, JsonNode *part)
{
  g_autofree char *start = g_strdup ("{\"format\": 1, \"id\": \"x\", \"name\": \"X\", \"channels\": [\"x\"], "
                                     "\"events\": {}}");
  g_autoptr (JsonNode) base = json_from_string (start, NULL);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (part));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (json_node_get_object (base), name, json_node_copy (member));
  assert_good (fixture, base);
}

static void
check_event (Fixture *fixture, JsonNode *event, const char *name)
{
  g_autoptr (RdProfile) profile = rd_profile_new_from_data (fixture->sixth_text, -1, "sixth", NULL);
  g_autoptr (RdEventReport) report = rd_profile_report_event (profile, NULL, name, event, NULL);

  g_assert_nonnull (report);
  g_assert_null (*report->missing);
}

static void
check_block (Fixture *fixture, const char *what, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rd_json_parse (text, -1, &error);
  g_autoptr (GVariant) settings = NULL;

  g_test_message ("%s", what);
  g_assert_no_error (error);
  if (g_str_equal (what, "profile"))
    {
      g_assert_cmpstr (text, ==, fixture->sixth_text);
      assert_good (fixture, node);
    }
  else if (g_str_equal (what, "sixth"))
    assert_part (node, fixture->sixth, "$");
  else if (g_str_equal (what, "part"))
    check_part (fixture, node);
  else if (g_str_has_prefix (what, "event "))
    check_event (fixture, node, what + strlen ("event "));
  else if (g_str_equal (what, "setup"))
    {
      settings = rd_setup_read (text, -1, &error);
      g_assert_no_error (error);
    }
  else
    g_error ("what is “json %s”?", what);
}

static void
test_blocks (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) parts = g_strsplit (fixture->page, "\n```json", -1);
  guint n = g_strv_length (parts);

  g_assert_cmpuint (n, >, 10);
  for (guint i = 1; i < n; i++)
    {
      char *line = strchr (parts[i], '\n');
      char *end = strstr (parts[i], "\n```\n");

      g_assert_nonnull (line);
      g_assert_nonnull (end);
      *line = '\0';
      end[1] = '\0';
      check_block (fixture, g_strstrip (parts[i]), line + 1);
    }
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  const char *link = strstr (fixture->page, "\nringdown://setup?site=");
  g_autofree char *text = g_strndup (link + 1, strcspn (link + 1, "\n"));
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = rd_setup_read (text, -1, &error);

  g_assert_no_error (error);
}

#define ADD(name, func) g_test_add ("/profiles-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("members", test_members);
  ADD ("kinds", test_kinds);
  ADD ("fields", test_fields);
  ADD ("actions", test_actions);
  ADD ("pages", test_pages);
  ADD ("setup-members", test_setup_members);
  ADD ("blocks", test_blocks);
  ADD ("link", test_link);
  return g_test_run ();
}
