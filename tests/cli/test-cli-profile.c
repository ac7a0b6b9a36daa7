/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rd-cli-profile.h"
#include "rd-cli-run.h"
#include "rd-test.h"

/* `ringdown profile check` and `ringdown profile list`, as who writes a profile uses them: no agent, no bus. */

typedef struct
{
  char *dir;
  char *good;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = rd_test_make_dir ();
  fixture->good = g_test_build_filename (G_TEST_DIST, "fixtures", "sixth-site.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
  g_free (fixture->good);
}

static char *
write_file (Fixture *fixture, const char *name, const char *text, gssize length)
{
  char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
  return path;
}

static char *
packet (const char *name)
{
  g_autoptr (JsonNode) node = rd_test_fixture ("sixth.json", name);

  return json_to_string (node, FALSE);
}

static JsonObject *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) text = rd_cli_run_command (NULL, NULL, "profile", "check", fixture->good, NULL);
  g_autoptr (RdCliRun) json = rd_cli_run_command (NULL, NULL, "profile", "check", "--json", fixture->good, NULL);
  g_autofree char *content = rd_test_fixture_text ("sixth-site.json", NULL);
  g_autoptr (RdCliRun) piped = rd_cli_run_command (NULL, content, "profile", "check", "-", NULL);
  g_autoptr (JsonObject) root = NULL;

  rd_cli_run_assert_done (text);
  rd_cli_assert_contains (text->out, "Help desk (help-desk) is a good profile.\n");
  rd_cli_assert_contains (text->out, "email + password, token");
  rd_cli_assert_contains (text->out, "call, answer, messages, send, people");
  rd_cli_run_assert_done (piped);
  rd_cli_assert_contains (piped->out, "Standard input: Help desk");
  rd_cli_run_assert_done (json);
  root = parse (json->out);
  g_assert_true (json_object_get_boolean_member (root, "valid"));
  g_assert_cmpstr (json_object_get_string_member (root, "id"), ==, "help-desk");
  g_assert_true (json_object_get_null_member (root, "event"));
}

#define WRONG \
  "{\"format\": 1, \"nmae\": \"x\", \"channels\": [\"a{\"], \"events\": {\"a.b\": {\"is\": \"mesage.new\", " \
  "\"fields\": {\"text\": \"\033[31mx\"}}}}"

/* All at once, each with its path, the reason and what to do. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_file (fixture, "wrong.json", WRONG, -1);
  g_autoptr (RdCliRun) text = rd_cli_run_command (NULL, NULL, "profile", "check", path, NULL);
  g_autoptr (RdCliRun) json = rd_cli_run_command (NULL, NULL, "profile", "check", path, "--json", NULL);
  g_autoptr (JsonObject) root = NULL;
  JsonObject *fault;

  rd_cli_run_assert_failed (text, 1, "6 faults: it cannot be used.");
  rd_cli_assert_harmless (text->out);
  rd_cli_assert_contains (text->out, "$.nmae: is not known here\n    Did you mean “name”?\n");
  rd_cli_assert_contains (text->out, "$.channels[0]: a placeholder is not closed\n    Write it as {user.id}.\n");
  rd_cli_assert_contains (text->out,
                          "$.events['a.b'].is: “mesage.new” is no kind of event\n    Did you mean “message.new”?\n");
  rd_cli_assert_contains (text->out, "$.id: is missing\n    Add it.\n");
  rd_cli_run_assert_failed (json, 1, "6 faults");
  root = parse (json->out);
  g_assert_false (json_object_get_boolean_member (root, "valid"));
  fault = json_array_get_object_element (json_object_get_array_member (root, "faults"), 1);
  g_assert_cmpstr (json_object_get_string_member (fault, "path"), ==, "$.channels[0]");
  g_assert_cmpstr (json_object_get_string_member (fault, "wrong"), ==, "a placeholder is not closed");
  g_assert_cmpstr (json_object_get_string_member (fault, "advice"), ==, "Write it as {user.id}.");
}

static void
test_doubts (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      write_file (fixture, "doubtful.json",
                  "{\"format\": 1, \"id\": \"x\", \"name\": \"X\", \"channels\": [\"team-{usr.id}\"], \"events\": {}}",
                  -1);
  g_autoptr (RdCliRun) run = rd_cli_run_command (NULL, NULL, "profile", "check", path, NULL);

  rd_cli_run_assert_done (run);
  rd_cli_assert_contains (run->out,
                          "$.channels[0]: nothing is known here as {usr.id}\n    Did you mean “user.id”?\n");
}

static void
test_event (Fixture *fixture, gconstpointer data)
{
  g_autofree char *call = packet ("phone-waiting");
  g_autofree char *path = write_file (fixture, "call.json", call, -1);
  g_autofree char *frame = packet ("frame");
  g_autoptr (RdCliRun) text = rd_cli_run_command (NULL, NULL, "profile", "check", fixture->good, "--event", "phone",
                                                  "--data", path, NULL);
  g_autoptr (RdCliRun) json = rd_cli_run_command (NULL, frame, "profile", "check", fixture->good, "--data", "-",
                                                  "--json", NULL);
  g_autoptr (JsonObject) root = NULL;
  JsonObject *event, *field;

  rd_cli_run_assert_done (text);
  rd_cli_assert_contains (text->out, "“phone” becomes call.initiated:\n");
  rd_cli_assert_contains (text->out, "$.from.display\n");
  rd_cli_assert_contains (text->out, "nothing at $.taken\n");
  rd_cli_assert_contains (text->out, "***");
  g_assert_null (strstr (text->out, "a-secret-pass"));
  rd_cli_run_assert_done (json);
  root = parse (json->out);
  event = json_object_get_object_member (root, "event");
  g_assert_cmpstr (json_object_get_string_member (event, "name"), ==, "ticket-reply");
  g_assert_cmpstr (json_object_get_string_member (event, "channel"), ==, "private-agent-7");
  g_assert_cmpstr (json_object_get_string_member (event, "kind"), ==, "message.new");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (event, "missing")), ==, 0);
  field = json_array_get_object_element (json_object_get_array_member (event, "fields"), 1);
  g_assert_cmpstr (json_object_get_string_member (field, "field"), ==, "message.id");
  g_assert_cmpstr (json_object_get_string_member (field, "value"), ==, "311");
  g_assert_cmpstr (json_object_get_string_member (field, "path"), ==, "$.no");
}

/* A path that leads nowhere is what a profile gets wrong most. */
static void
test_event_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nameless = packet ("reply-nameless");
  g_autoptr (RdCliRun) missing = rd_cli_run_command (NULL, nameless, "profile", "check", fixture->good, "--event",
                                                     "ticket-reply", "--data", "-", NULL);
  g_autoptr (RdCliRun) unnamed = rd_cli_run_command (NULL, nameless, "profile", "check", fixture->good, "--event",
                                                     "\033[31mother", "--data", "-", NULL);

  rd_cli_run_assert_failed (missing, 1, "lacks what it cannot do without");
  rd_cli_assert_contains (missing->out, "It is of no use without: message.id.");
  rd_cli_run_assert_failed (unnamed, 1, "does not name the event");
  rd_cli_assert_harmless (unnamed->out);
}

static void
assert_refused (const char *file, const char *part)
{
  g_autoptr (RdCliRun) run = rd_cli_run_command (NULL, NULL, "profile", "check", file, NULL);

  rd_cli_run_assert_failed (run, 1, part);
  g_assert_cmpstr (run->out, ==, "");
}

/* Whatever one may give for a profile: one line, and at once. */
static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *huge = write_file (fixture, "huge.json", "", 0);
  g_autofree char *latin = write_file (fixture, "latin.json", "{\"name\": \"\xe9\"}", -1);
  g_autofree char *nul = write_file (fixture, "nul.json", "{\0}", 3);
  g_autofree char *empty = write_file (fixture, "empty.json", "", 0);
  g_autofree char *deep_text = g_strnfill (200000, '[');
  g_autofree char *deep = write_file (fixture, "deep.json", deep_text, -1);
  g_autofree char *syntax = write_file (fixture, "syntax.json", "{\n  \"format\": 1,\n}\n", -1);
  g_autofree char *fifo = g_build_filename (fixture->dir, "fifo", NULL);
  g_autofree char *absent = g_build_filename (fixture->dir, "absent\033[2J", NULL);

  g_assert_cmpint (truncate (huge, 50 * 1024 * 1024), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  assert_refused (huge, "Larger than 256 KiB");
  assert_refused (latin, "not UTF-8");
  assert_refused (nul, "That is no JSON");
  assert_refused (empty, "That is no JSON");
  assert_refused (deep, ":1:65: nested too deep");
  assert_refused (syntax, "syntax.json:2:");
  assert_refused (fifo, "no regular file");
  assert_refused (fixture->dir, "no regular file");
  assert_refused ("/dev/zero", "no regular file");
  assert_refused (absent, "No such file or directory");
}

static void
test_data_files (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *data;
    const char *said;
  } rows[] = {
    { "", "That is no JSON" },
    { "[1]", "must be a JSON object" },
    { "7", "must be a JSON object" },
    { "{\"a\": ", "That is no JSON" },
  };
  g_autofree char *blank = g_strnfill (2 * 1024 * 1024, ' ');
  g_autofree char *huge = write_file (fixture, "huge.json", blank, -1);
  g_autoptr (RdCliRun) large = rd_cli_run_command (NULL, NULL, "profile", "check", fixture->good, "--event", "phone",
                                                   "--data", huge, NULL);
  g_autoptr (RdCliRun) unnamed =
      rd_cli_run_command (NULL, "{}", "profile", "check", fixture->good, "--data", "-", NULL);

  rd_cli_run_assert_failed (large, 1, "Larger than 1 MiB");
  rd_cli_run_assert_failed (unnamed, 1, "give --event NAME");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (RdCliRun) run = rd_cli_run_command (NULL, rows[i].data, "profile", "check", fixture->good, "--event",
                                                     "phone", "--data", "-", NULL);

      rd_cli_run_assert_failed (run, 1, rows[i].said);
    }
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdCliRun) nothing = rd_cli_run_command (NULL, NULL, "profile", "check", NULL);
  g_autoptr (RdCliRun) family = rd_cli_run_command (NULL, NULL, "profile", NULL);
  g_autoptr (RdCliRun) no_data = rd_cli_run_command (NULL, NULL, "profile", "check", "x", "--event", "e", NULL);
  g_autoptr (RdCliRun) both = rd_cli_run_command (NULL, NULL, "profile", "check", "-", "--data", "-", NULL);

  rd_cli_run_assert_failed (nothing, 2, "ringdown profile check FILE");
  rd_cli_run_assert_failed (family, 2, "After “profile” comes one of: check, list.");
  rd_cli_run_assert_failed (no_data, 2, "--data FILE");
  rd_cli_run_assert_failed (both, 2, "not both");
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *home = g_strconcat ("XDG_DATA_HOME=", fixture->dir, NULL);
  g_autofree char *profiles = g_build_filename (fixture->dir, "ringdown", "profiles", NULL);
  g_autofree char *own = g_build_filename (profiles, "help-desk.json", NULL);
  g_autofree char *wrong = g_build_filename (profiles, "wrong.json", NULL);
  g_autofree char *content = rd_test_fixture_text ("sixth-site.json", NULL);
  g_autoptr (RdCliRun) none = rd_cli_run_command (NULL, NULL, home, "profile", "list", NULL);
  g_autoptr (RdCliRun) text = NULL;
  g_autoptr (RdCliRun) json = NULL;
  g_autoptr (JsonObject) root = NULL;
  JsonObject *fault;

  rd_cli_run_assert_done (none);
  rd_cli_assert_contains (none->out, "crm            CRM\n");
  g_assert_null (strstr (none->out, "(your own)"));
  g_assert_cmpint (g_mkdir_with_parents (profiles, 0700), ==, 0);
  g_assert_true (g_file_set_contents (own, content, -1, NULL));
  g_assert_true (g_file_set_contents (wrong, WRONG, -1, NULL));
  text = rd_cli_run_command (NULL, NULL, home, "profile", "list", NULL);
  rd_cli_run_assert_done (text);
  rd_cli_assert_contains (text->out, "help-desk      Help desk (your own)\n");
  rd_cli_assert_contains (text->out, "Left out: wrong.json: nmae: is not known here\n");
  json = rd_cli_run_command (NULL, NULL, home, "profile", "list", "--json", NULL);
  rd_cli_run_assert_done (json);
  root = parse (json->out);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "profiles")), ==, 7);
  fault = json_array_get_object_element (json_object_get_array_member (root, "faults"), 0);
  g_assert_cmpstr (json_object_get_string_member (fault, "where"), ==, "wrong.json: nmae");
}

#define PIECE "```json sixth\n"

/* The text between @start and the end of its block in PROFILES.md. */
static char *
cut_block (const char *page, const char *start)
{
  const char *at = strstr (page, start);
  const char *end = at != NULL ? strstr (at, "\n```\n") : NULL;

  g_assert_nonnull (end);
  return g_strndup (at + strlen (start), (gsize) (end + 1 - at) - strlen (start));
}

/* The profile that a reader has written when he comes to @until: all pieces so far. */
static char *
join_pieces (const char *page, const char *until)
{
  g_autoptr (JsonObject) profile = json_object_new ();
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), profile);
  const char *end = strstr (page, until);

  g_assert_nonnull (end);
  for (const char *at = strstr (page, PIECE); at != NULL && at < end; at = strstr (at + 1, PIECE))
    {
      g_autofree char *text = cut_block (at, PIECE);
      g_autoptr (JsonObject) piece = parse (text);
      g_autoptr (GList) names = json_object_get_members (piece);

      for (GList *l = names; l != NULL; l = l->next)
        {
          g_assert_false (json_object_has_member (profile, l->data));
          json_object_set_member (profile, l->data, json_object_dup_member (piece, l->data));
        }
    }
  return json_to_string (root, FALSE);
}

/* What PROFILES.md shows of the command is what the command says of what was written until then. */
static void
test_tutorial (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "PROFILES.md", NULL);
  g_autofree char *page = NULL;
  g_autofree char *content = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *event = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *said = NULL;
  g_autoptr (RdCliRun) run = NULL;

  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  content = join_pieces (page, "\n### 4. ");
  profile = write_file (fixture, "help-desk.json", content, -1);
  event = cut_block (page, "```json event phone\n");
  shown = cut_block (page, "$ ringdown profile check help-desk.json --event phone --data phone.json\n");
  run = rd_cli_run_command (NULL, event, "profile", "check", profile, "--event", "phone", "--data", "-", NULL);
  rd_cli_run_assert_done (run);
  said = g_strconcat (fixture->dir, G_DIR_SEPARATOR_S, shown, NULL);
  g_assert_cmpstr (run->out, ==, said);
}

/* And at the end of it there is a profile that can be used. */
static void
test_tutorial_end (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "PROFILES.md", NULL);
  g_autofree char *page = NULL;
  g_autofree char *content = NULL;
  g_autofree char *profile = NULL;
  g_autoptr (RdCliRun) run = NULL;

  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  content = join_pieces (page, "\n### 6. ");
  profile = write_file (fixture, "help-desk.json", content, -1);
  run = rd_cli_run_command (NULL, NULL, "profile", "check", profile, NULL);
  rd_cli_run_assert_done (run);
  rd_cli_assert_contains (run->out, "Can       call, answer\n");
  g_assert_null (strstr (run->out, "can never work"));
}

static void
test_like (void)
{
  static const char *const words[] = { "name", "events", "channels", "call.id", NULL };
  static const char *const rows[][2] = {
    { "nmae", "name" }, { "event", "events" }, { "chanels", "channels" }, { "call.id", "call.id" },
    { "x", NULL },      { "", NULL },          { "headline", NULL },
  };
  g_autofree char *longest = g_strnfill (5000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (rd_cli_find_like (rows[i][0], words), ==, rows[i][1]);
  g_assert_null (rd_cli_find_like (longest, words));
  g_assert_null (rd_cli_find_like ("name", NULL));
}

#define ADD(name, func) g_test_add ("/cli-profile/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good", test_good);
  ADD ("faults", test_faults);
  ADD ("doubts", test_doubts);
  ADD ("event", test_event);
  ADD ("event/missing", test_event_missing);
  ADD ("files", test_files);
  ADD ("data-files", test_data_files);
  ADD ("usage", test_usage);
  ADD ("list", test_list);
  ADD ("tutorial", test_tutorial);
  ADD ("tutorial/end", test_tutorial_end);
  g_test_add_func ("/cli-profile/like", test_like);
  return g_test_run ();
}
