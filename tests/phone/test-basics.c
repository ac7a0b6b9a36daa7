/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-clean.h"
#include "rd-event.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-path.h"
#include "rd-template.h"
#include "rd-test.h"
#include "rd-vars.h"

#include <string.h>

/* The small things that everything else of the phone stands on. */

static void
test_vars (void)
{
  const char *const several[] = { "1", "2", NULL };
  const char *const none[] = { NULL };
  g_autoptr (RdVars) vars = rd_vars_new ();
  g_autoptr (RdVars) copy = NULL;

  g_assert_null (rd_vars_get (vars, "user.id"));
  rd_vars_set (vars, "user.id", "7");
  rd_vars_set_list (vars, "invoice.id", several);
  copy = rd_vars_copy (vars);
  rd_vars_set (vars, "user.id", NULL);
  rd_vars_set_list (vars, "invoice.id", none);
  g_assert_null (rd_vars_get (vars, "user.id"));
  g_assert_null (rd_vars_get_list (vars, "invoice.id"));
  g_assert_cmpstr (rd_vars_get (copy, "user.id"), ==, "7");
  g_assert_cmpstr (rd_vars_get (copy, "invoice.id"), ==, "1");
  g_assert_cmpstrv (rd_vars_get_list (copy, "invoice.id"), several);
  rd_vars_unref (rd_vars_ref (copy));
}

static void
test_fault (void)
{
  g_autoptr (GError) error = rd_fault_new (RD_FAULT_REFUSED, "crm.example", 400, "No\x1b[31m\nway ", "answer");
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) bare = rd_fault_new (RD_FAULT_SECRETS, NULL, 0, "  ", NULL);
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autoptr (GError) cut = rd_fault_new (RD_FAULT_BAD_REPLY, NULL, 0, long_text, NULL);
  g_autoptr (GVariant) details = g_variant_ref_sink (rd_fault_to_variant (copy));
  g_autofree char *printed = g_variant_print (details, TRUE);
  g_autoptr (GVariant) foreign = g_variant_ref_sink (rd_fault_to_variant (other));
  const char *code = NULL;

  g_assert_error (copy, RD_FAULT, RD_FAULT_REFUSED);
  g_assert_cmpstr (rd_fault_get_host (copy), ==, "crm.example");
  g_assert_cmpuint (rd_fault_get_status (copy), ==, 400);
  g_assert_cmpstr (rd_fault_get_said (copy), ==, "No[31m way");
  g_assert_cmpstr (rd_fault_get_where (copy), ==, "answer");
  g_assert_cmpstr (copy->message, ==, "refused: answer at crm.example (HTTP 400): No[31m way");
  g_assert_true (g_variant_lookup (details, "code", "&s", &code));
  g_assert_cmpstr (code, ==, "refused");
  g_assert_nonnull (strstr (printed, "'status': <uint32 400>"));
  g_assert_null (rd_fault_get_said (bare));
  g_assert_cmpstr (bare->message, ==, "secrets");
  g_assert_null (rd_fault_get_where (other));
  g_assert_true (g_variant_lookup (foreign, "code", "&s", &code));
  g_assert_cmpstr (code, ==, "internal");
  g_assert_cmpuint (strlen (rd_fault_get_said (cut)), ==, RD_CLEAN_SAID);
  for (guint i = 0; i <= RD_FAULT_INTERNAL; i++)
    g_assert_nonnull (rd_fault_code_to_string ((RdFaultCode) i));
}

static void
test_event (void)
{
  RdEvent *event = rd_event_new (RD_EVENT_TYPING);
  RdEventKind kind = RD_EVENT_NOTICE;
  GValue value = G_VALUE_INIT;

  g_assert_cmpint (event->unread, ==, -1);
  g_assert_nonnull (event->key);
  event->room_token = g_strdup ("secret");
  g_value_init (&value, RD_TYPE_EVENT);
  g_value_take_boxed (&value, rd_event_ref (event));
  g_value_unset (&value);
  rd_event_unref (event);
  for (guint i = 0; i <= RD_EVENT_NOTICE; i++)
    {
      g_assert_true (rd_event_kind_from_string (rd_event_kind_to_string ((RdEventKind) i), &kind));
      g_assert_cmpuint (kind, ==, i);
    }
  g_assert_false (rd_event_kind_from_string ("call.started", &kind));
  g_assert_false (rd_event_kind_from_string (NULL, &kind));
}

static void
test_clean (void)
{
  g_autofree char *text = rd_clean_text ("a\tb\nc\x07\x7f" "d\xe2\x80\xae" "e\xff", 100);
  g_autofree char *cut = rd_clean_text ("äöüß", 3);
  g_autofree char *kept = rd_clean_exact ("äöü", 3);

  g_assert_cmpstr (text, ==, "a b cde\xef\xbf\xbd");
  g_assert_cmpstr (cut, ==, "äöü");
  g_assert_cmpstr (kept, ==, "äöü");
  g_assert_null (rd_clean_exact ("äöüß", 3));
  g_assert_null (rd_clean_exact ("", 3));
  g_assert_null (rd_clean_exact ("a\n", 3));
  g_assert_null (rd_clean_exact ("\xff", 3));
  rd_clean_secret (NULL);
}

static void
test_ids (void)
{
  static const struct
  {
    const char *json;
    const char *id;
  } ids[] = {
    { "7", "7" },      { "\"7\"", "7" },       { "7.0", "7" },     { "0", "0" },
    { "-1", NULL },    { "7.5", NULL },        { "1e400", NULL },  { "9223372036854775806", "9223372036854775806" },
    { "null", NULL },  { "true", NULL },       { "\"\"", NULL },   { "9223372036854775807", NULL },
    { "9223372036854775808", NULL },
    { "[7]", NULL },   { "{\"id\":7}", NULL }, { "1e15", "1000000000000000" }, { "1e17", NULL },
    { "\"a\\nb\"", NULL },
    { "99999999999999999999999", NULL },
  };
  g_autofree char *long_text = g_strnfill (129, '7');
  g_autoptr (JsonNode) long_node = json_node_init_string (json_node_alloc (), long_text);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (JsonNode) node = rd_json_parse (ids[i].json, -1, NULL);
      g_autofree char *id = rd_json_dup_id (node);

      g_test_message ("%s", ids[i].json);
      g_assert_nonnull (node);
      g_assert_cmpstr (id, ==, ids[i].id);
    }
  g_assert_null (rd_json_dup_id (long_node));
  g_assert_null (rd_json_dup_id (NULL));
}

static void
test_times (void)
{
  const gint64 noon = G_GINT64_CONSTANT (1767614400000000);
  const struct
  {
    const char *json;
    gint64 time;
  } times[] = {
    { "\"2026-01-05T12:00:00Z\"", noon },
    { "\"2026-01-05T12:00:00\"", noon },
    { "\"2026-01-05 12:00:00\"", noon },
    { "\"2026-01-05T13:00:00+01:00\"", noon },
    { "\"2026-01-05T12:00:00.250000Z\"", noon + 250000 },
    { "\"2026-01-05T12:00:00.25\"", noon + 250000 },
    { "1767614400", noon },
    { "1767614400.5", noon + 500000 },
    { "1767614400000", noon },
    { "1767614400000000", noon },
    { "\"1767614400\"", noon },
    { "-1", 0 },
    { "0", 0 },
    { "1e300", 0 },
    { "\"40000-01-01T00:00:00Z\"", 0 },
    { "\"9999-01-01T00:00:00Z\"", 0 },
    { "\"1969-01-01T00:00:00Z\"", 0 },
    { "\"2026-13-45T99:00:00Z\"", 0 },
    { "\"yesterday\"", 0 },
    { "\"\"", 0 },
    { "\"nan\"", 0 },
    { "null", 0 },
    { "{}", 0 },
    { "true", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (JsonNode) node = rd_json_parse (times[i].json, -1, NULL);

      g_test_message ("%s", times[i].json);
      g_assert_cmpint (rd_json_get_time (node), ==, times[i].time);
    }
  g_assert_cmpint (rd_json_get_time (NULL), ==, 0);
}

static void
test_parse (void)
{
  static const char *const bad[] = { "",      "{",    "[1,]",      "nul",         "'a'",         "/**/1",
                                     "[1] 2", "{}{}", "\"a\"\"b\"", "\"\\ud8*d\"", "\"\\377\"",   "\"\\x41\"",
                                     "7 8",   "7{}",  "{\"a\":1 \"b\":2}", "\"\xff\"" };
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autofree char *quoted = g_strdup_printf ("{\"text\":\"%.*s\\\"\"}", 1000, deep);
  g_autoptr (JsonNode) good = rd_json_parse (quoted, -1, NULL);
  g_autoptr (JsonNode) mended = rd_json_parse ("\"\\ud83dT\\u0000\\ud83d\\ude00\\\\ud83d\"", -1, NULL);

  g_assert_nonnull (good);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *printable = g_utf8_make_valid (bad[i], -1);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", printable);
      g_assert_null (rd_json_parse (bad[i], -1, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
    }
  g_assert_cmpstr (rd_json_string (mended), ==, "\xef\xbf\xbdT\xef\xbf\xbd\xf0\x9f\x98\x80\\ud83d");
  g_assert_null (rd_json_parse (deep, -1, NULL));
  g_assert_null (rd_json_parse ("\"a\0b\"", 5, NULL));
}

/* An object of @n members, the last of which is an object, too */
static char *
format_members (guint n, const char *last)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, "\"name-%u\":%u, ", i, i);
  g_string_append_printf (text, "\"a: b\": %s}", last);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What would take minutes is not begun; how many there are altogether is no matter. */
static void
test_members (void)
{
  g_autofree char *inner = format_members (RD_JSON_MEMBERS, "[1, 2]");
  g_autofree char *largest = format_members (RD_JSON_MEMBERS, inner);
  g_autofree char *larger = format_members (RD_JSON_MEMBERS + 1, "[1, 2]");
  g_autofree char *larger_inside = format_members (2, larger);
  g_autoptr (JsonNode) good = rd_json_parse (largest, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (good);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (good)), ==, RD_JSON_MEMBERS);
  g_assert_null (rd_json_parse (larger, -1, NULL));
  g_assert_null (rd_json_parse (larger_inside, -1, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
  g_assert_true (g_str_has_suffix (rd_fault_get_said (error), "too many members"));
}

static char *
match (const char *path_text, JsonNode *root)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdPath) path = rd_path_new (path_text, &error);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  JsonNode *first;

  g_assert_no_error (error);
  found = rd_path_find_all (path, root, 100);
  for (guint i = 0; i < found->len; i++)
    {
      g_autofree char *text = json_to_string (g_ptr_array_index (found, i), FALSE);

      g_string_append_printf (out, "%s%s", i > 0 ? " " : "", text);
    }
  first = rd_path_find (path, root);
  g_assert_true (first == (found->len > 0 ? g_ptr_array_index (found, 0) : NULL));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_paths (void)
{
  static const struct
  {
    const char *path;
    const char *found;
  } paths[] = {
    { "$.a.b", "1" },         { "$.a.c", "" },       { "$.l[0]", "{\"id\":1}" }, { "$.l[9]", "" },
    { "$.l[*].id", "1 2" },   { "$['a']['b']", "1" }, { "$.a[0]", "" },          { "$.e[0]", "" },
    { "$..id", "1 2 3" },     { "$.m.*.id", "3" },   { "$.l.id", "" },           { "$.n.x", "" },
    { "$.n", "null" },        { "$.l[2].x.y[3]", "" }, { "$.m.k-1.id", "3" },    { "$['x y']", "4" },
  };
  static const char *const json = "{\"a\":{\"b\":1},\"l\":[{\"id\":1},{\"id\":2},7],\"e\":[],\"n\":null,"
                                  "\"m\":{\"k-1\":{\"id\":3}},\"x y\":4}";
  static const char *const others[] = { "{}", "[]", "[[]]", "null", "1", "\"x\"", "{\"a\":[]}", "{\"l\":{}}" };
  g_autoptr (JsonNode) root = rd_json_parse (json, -1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *found = match (paths[i].path, root);

      g_assert_cmpstr (found, ==, paths[i].found);
      for (guint j = 0; j < G_N_ELEMENTS (others); j++)
        {
          g_autoptr (JsonNode) other = rd_json_parse (others[j], -1, NULL);
          g_autofree char *ignored = match (paths[i].path, other);
        }
    }
}

static void
test_templates (void)
{
  const char *const invoices[] = { "1", "2", "", NULL };
  g_autoptr (RdVars) vars = rd_vars_new ();
  g_autoptr (RdTemplate) template = rd_template_new ("private-{user.id}.{invoice.id}", NULL);
  g_autoptr (RdTemplate) plain = rd_template_new ("", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *empty = rd_template_expand (plain, vars, FALSE, NULL);

  g_assert_cmpstr (empty, ==, "");
  rd_vars_set (vars, "user.id", "a/b c?&=%ä");
  g_assert_null (rd_template_expand (template, vars, TRUE, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "invoice.id");
  rd_template_expand_all (template, vars, names, 10);
  g_assert_cmpuint (names->len, ==, 0);
  rd_vars_set_list (vars, "invoice.id", invoices);
  text = rd_template_expand (template, vars, TRUE, NULL);
  g_assert_cmpstr (text, ==, "private-a%2Fb%20c%3F%26%3D%25%C3%A4.1");
  rd_template_expand_all (template, vars, names, 10);
  g_assert_cmpuint (names->len, ==, 2);
  rd_template_expand_all (template, vars, names, 3);
  g_assert_cmpuint (names->len, ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone-basics/vars", test_vars);
  g_test_add_func ("/phone-basics/fault", test_fault);
  g_test_add_func ("/phone-basics/event", test_event);
  g_test_add_func ("/phone-basics/clean", test_clean);
  g_test_add_func ("/phone-basics/ids", test_ids);
  g_test_add_func ("/phone-basics/times", test_times);
  g_test_add_func ("/phone-basics/parse", test_parse);
  g_test_add_func ("/phone-basics/members", test_members);
  g_test_add_func ("/phone-basics/paths", test_paths);
  g_test_add_func ("/phone-basics/templates", test_templates);
  return g_test_run ();
}
