/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "part-fixture.h"
#include "rd-people.h"

#include <string.h>

/* Who is there: members of channels and what a site lists, as one; our user's own status; when the site is
 * asked. */

#define PEOPLE "GET /api/user-presence/online_users/"
#define STATUS "PATCH /api/user-presence/7/"
#define BEAT "POST /api/jitsi-calls/heartbeat/"

typedef struct
{
  PartFixture part;
  RdPeople *people;
} Fixture;

static void
on_person_changed (RdPeople *people, GVariant *person, Fixture *f)
{
  const char *id = NULL;
  const char *status = NULL;

  g_assert_true (g_variant_lookup (person, "id", "&s", &id));
  g_assert_true (g_variant_lookup (person, "status", "&s", &status));
  part_fixture_tell (&f->part, "person %s %s", id, status);
}

static void
on_reset (RdPeople *people, Fixture *f)
{
  part_fixture_tell (&f->part, "reset");
}

static void
on_notify (RdPeople *people, GParamSpec *pspec, Fixture *f)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (people), pspec->name, &value);
  g_value_init (&text, G_TYPE_STRING);
  g_value_transform (&value, &text);
  part_fixture_tell (&f->part, "%s %s", pspec->name, g_value_get_string (&text));
}

static void
set_up (Fixture *f, gconstpointer profile)
{
  part_fixture_set_up (&f->part, profile);
  f->people = rd_people_new (f->part.site.site, "account-1");
  rd_people_set_clock (f->people, RD_CLOCK (f->part.clock));
  rd_people_set_own_user (f->people, "7", "Grace");
  /* plain: the fixture outlives them */
  g_signal_connect (f->people, "person-changed", G_CALLBACK (on_person_changed), f);
  g_signal_connect (f->people, "people-reset", G_CALLBACK (on_reset), f);
  g_signal_connect (f->people, "notify", G_CALLBACK (on_notify), f);
}

static void
tear_down (Fixture *f, gconstpointer profile)
{
  rd_people_stop (f->people);
  rd_test_drain ();
  rd_site_set_heartbeat (f->part.site.site, FALSE);
  g_assert_finalize_object (f->people);
  part_fixture_tear_down (&f->part);
}

static RdEvent *
member (const char *id, const char *name)
{
  RdEvent *event = rd_event_new (RD_EVENT_PERSON);

  event->person_id = g_strdup (id);
  event->person_name = g_strdup (name);
  return event;
}

/* @names: ids, that are their names too */
static void
members (Fixture *f, const char *channel, const char *names)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_event_unref);
  g_auto (GStrv) parts = g_strsplit (names, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (all, member (parts[i], parts[i]));
  rd_people_set_members (f->people, channel, all);
}

static void
come (Fixture *f, const char *channel, const char *id)
{
  g_autoptr (RdEvent) event = member (id, id);

  rd_people_add_member (f->people, channel, event);
}

static char *
list (Fixture *f, const char *search, guint offset, guint limit, const char *key, gboolean *more)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) people = NULL;

  rd_people_list_async (f->people, search, offset, limit, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  people = rd_people_list_finish (f->people, result, more, &error);
  g_assert_no_error (error);
  return part_fixture_column (people, key);
}

static void
assert_list (Fixture *f, const char *key, const char *expected)
{
  g_autofree char *got = list (f, "", 0, 200, key, NULL);

  g_assert_cmpstr (got, ==, expected);
}

static void
say (Fixture *f, const char *text)
{
  mock_site_say_text (f->part.site.mock, PEOPLE, 200, "application/json", text);
}

static void
test_members (Fixture *f, gconstpointer data)
{
  members (f, "presence-a", "ada bob 7");
  part_fixture_told (&f->part, "online 3; status online; person ada online; person bob online; person 7 online");
  come (f, "presence-b", "ada");
  come (f, "presence-b", "ada");
  part_fixture_told (&f->part, "");
  /* In another channel he still is. */
  rd_people_drop_member (f->people, "presence-a", "ada");
  part_fixture_told (&f->part, "");
  rd_people_drop_member (f->people, "presence-b", "ada");
  rd_people_drop_member (f->people, "presence-b", "ada");
  rd_people_drop_member (f->people, "presence-c", "nobody");
  part_fixture_told (&f->part, "online 2; person ada offline");
  assert_list (f, "id", "7 bob ada");
  assert_list (f, "self", "true false false");
  assert_list (f, "status", "online online offline");
  /* The line came back: who is there now. */
  members (f, "presence-a", "cy 7");
  part_fixture_told (&f->part, "person bob offline; person cy online");
  members (f, "presence-a", "");
  part_fixture_told (&f->part, "online 0; status offline; person cy offline; person 7 offline");
}

static void
test_merged (Fixture *f, gconstpointer data)
{
  g_autofree char *name = NULL;
  gboolean more = TRUE;

  mock_site_say_text (f->part.site.mock, STATUS, 200, "application/json", "{}");
  say (f, "[{\"id\":3,\"full_name\":\"Ada\",\"status\":\"busy\",\"available_for_calls\":false,"
          "\"status_message\":\"In a meeting\",\"current_call_id\":41},{\"id\":\"4\",\"username\":\"bob\"},"
          "{\"id\":5,\"full_name\":\"cy\",\"status\":\"away\"},{\"id\":6,\"full_name\":\"dee\",\"status\":\"offline\"},"
          "{\"full_name\":\"no id\"},7,null]");
  members (f, "presence-a", "3 9");
  assert_list (f, "name", "9 Ada bob cy dee");
  assert_list (f, "status", "online busy online away offline");
  assert_list (f, "available", "true false true true true");
  assert_list (f, "in-call", "false true false false false");
  assert_list (f, "status-message", " In a meeting   ");
  g_free (list (f, "AD", 0, 1, "id", &more));
  g_assert_false (more);
  g_free (list (f, "", 0, 4, "id", &more));
  g_assert_true (more);
  name = list (f, "", 4, 4, "name", &more);
  g_assert_cmpstr (name, ==, "dee");
  g_assert_false (more);
  g_free (name);
  name = list (f, "", G_MAXUINT, G_MAXUINT, "name", &more);
  g_assert_cmpstr (name, ==, "");
  g_free (name);
  name = rd_people_dup_name (f->people, "3");
  g_assert_cmpstr (name, ==, "Ada");
  /* One who is listed and gone from the channel is as the list says. */
  rd_people_drop_member (f->people, "presence-a", "3");
  assert_list (f, "status", "online busy online away offline");
  g_assert_cmpuint (mock_site_count (f->part.site.mock, PEOPLE), ==, 1);
}

static void
test_who_left (Fixture *f, gconstpointer data)
{
  say (f, "[{\"id\":3,\"full_name\":\"Ada\",\"status\":\"busy\",\"status_message\":\"Away soon\"},"
          "{\"id\":4,\"full_name\":\"Bob\",\"status\":\"online\"}]");
  say (f, "[{\"id\":3,\"full_name\":\"Ada\",\"status\":\"online\",\"status_message\":\"\"}]");
  assert_list (f, "status", "busy online");
  g_ptr_array_set_size (f->part.told, 0);
  rd_test_clock_advance (f->part.clock, 60000);
  part_fixture_await (&f->part, PEOPLE, 2);
  rd_test_await (f->part.told->len >= 2);
  part_fixture_told (&f->part, "online 1; person 3 online; person 4 offline");
  assert_list (f, "status-message", " ");
}

static void
test_asked_while_looked_at (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  say (f, "[]");
  assert_list (f, "id", "");
  assert_list (f, "id", "");
  part_fixture_await (&f->part, PEOPLE, 1);
  for (int i = 0; i < 30; i++)
    {
      rd_test_clock_advance (f->part.clock, 60000);
      rd_test_await (mock_site_get_live (mock) == 0);
      rd_test_drain ();
    }
  /* Nobody has looked for two minutes. */
  g_assert_cmpuint (mock_site_count (mock, PEOPLE), <=, 4);
  g_assert_cmpuint (rd_test_clock_get_timers (f->part.clock), ==, 0);
  assert_list (f, "id", "");
  g_assert_cmpuint (mock_site_count (mock, PEOPLE), >=, 4);
}

static void
test_list_fails (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mock_site_say_text (f->part.site.mock, PEOPLE, 200, "text/html", "<html>");
  rd_people_list_async (f->people, "", 0, 10, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_null (rd_people_list_finish (f->people, result, NULL, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
  members (f, "presence-a", "ada");
  assert_list (f, "id", "ada");
}

static void
set_status (Fixture *f, const char *status, gboolean available, const char *message, int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rd_people_set_status_async (f->people, status, available, message, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  g_assert_cmpint (rd_people_set_status_finish (f->people, result, &error), ==, code < 0);
  if (code >= 0)
    g_assert_error (error, RD_FAULT, code);
}

static void
test_own_status (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  mock_site_say_text (mock, STATUS, 200, "application/json", "{}");
  mock_site_say_text (mock, BEAT, 200, "application/json", "{}");
  say (f, "[{\"id\":7,\"full_name\":\"Grace\",\"status\":\"online\",\"available_for_calls\":true}]");
  assert_list (f, "status", "online");
  g_ptr_array_set_size (f->part.told, 0);
  set_status (f, "busy", FALSE, "Back at \"two\"", -1);
  part_fixture_told (&f->part,
                     "available FALSE; status-message Back at \"two\"; status busy; person 7 busy");
  part_fixture_asked (&f->part, STATUS, 0, "\"status\":\"busy\"");
  part_fixture_asked (&f->part, STATUS, 0, "\"available_for_calls\":false");
  part_fixture_asked (&f->part, STATUS, 0, "Back at \\\"two\\\"");
  /* Another program of our user's made the site take him for online: ours stays, and is said in place of the beat. */
  rd_people_set_present (f->people, TRUE);
  rd_test_clock_advance (f->part.clock, 30000);
  part_fixture_await (&f->part, STATUS, 2);
  part_fixture_asked (&f->part, STATUS, 1, "\"status\":\"busy\"");
  g_assert_cmpuint (mock_site_count (mock, BEAT), ==, 0);
  rd_test_clock_advance (f->part.clock, 30000);
  part_fixture_await (&f->part, STATUS, 3);
  rd_test_await (mock_site_get_live (mock) == 0);
  rd_test_drain ();
  set_status (f, "online", TRUE, "", -1);
  rd_people_set_present (f->people, FALSE);
  rd_test_clock_advance (f->part.clock, 300000);
  rd_test_await (mock_site_get_live (mock) == 0);
  g_assert_cmpuint (mock_site_count (mock, STATUS), ==, 4);
}

static void
test_status_refused (Fixture *f, gconstpointer data)
{
  mock_site_say_text (f->part.site.mock, STATUS, 400, "application/json", "{\"detail\":\"No such status\"}");
  set_status (f, "busy", TRUE, "", RD_FAULT_REFUSED);
  set_status (f, "dancing", TRUE, "", RD_FAULT_BAD_INPUT);
  set_status (f, "", TRUE, "", RD_FAULT_BAD_INPUT);
  g_assert_cmpuint (mock_site_count (f->part.site.mock, STATUS), ==, 1);
  part_fixture_told (&f->part, "");
}

/* A list that was asked for before does not undo it. */
static void
test_status_and_old_list (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;

  mock_site_say_text (mock, STATUS, 200, "application/json", "{}");
  mock_site_hang (mock, PEOPLE);
  rd_people_list_async (f->people, "", 0, 10, NULL, NULL);
  part_fixture_await (&f->part, PEOPLE, 1);
  set_status (f, "busy", TRUE, "", -1);
  part_fixture_told (&f->part, "status busy");
  mock_site_answer (mock, 200,
                    "[{\"id\":7,\"full_name\":\"Grace\",\"status\":\"away\"},{\"id\":3,\"status\":\"online\"}]");
  rd_test_await (f->part.told->len > 0);
  part_fixture_told (&f->part, "online 1; person 3 online");
}

static void
test_no_people_there (Fixture *f, gconstpointer data)
{
  g_autofree char *got = list (f, "", 0, 10, "id", NULL);

  g_assert_cmpstr (got, ==, "");
  set_status (f, "busy", TRUE, "", RD_FAULT_UNSUPPORTED);
}

static void
test_stopped (Fixture *f, gconstpointer data)
{
  MockSite *mock = f->part.site.mock;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) set = NULL;

  mock_site_hang (mock, PEOPLE);
  mock_site_hang (mock, STATUS);
  rd_people_list_async (f->people, "", 0, 10, rd_test_store_result, &listed);
  rd_people_set_status_async (f->people, "busy", TRUE, "", rd_test_store_result, &set);
  rd_people_set_present (f->people, TRUE);
  rd_people_stop (f->people);
  rd_test_await (listed != NULL && set != NULL);
  g_assert_true (g_task_had_error (G_TASK (listed)));
  g_assert_true (g_task_had_error (G_TASK (set)));
  members (f, "presence-a", "ada");
  rd_people_catch_up (f->people);
  rd_people_set_present (f->people, FALSE);
  rd_people_set_present (f->people, TRUE);
  g_assert_cmpuint (rd_test_clock_get_timers (f->part.clock), ==, 0);
  part_fixture_told (&f->part, "");
}

/* Many, and as strange as they come. */
static void
test_strangers (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) out = g_string_new ("[");
  g_autofree char *name = g_strnfill (300, 'x');
  g_autofree char *got = NULL;
  gboolean more = FALSE;

  g_string_append_printf (out, "{\"id\":\"a/..%%2f\",\"full_name\":\"<i>%s\xe2\x80\xae\",\"status\":[],\"email\":7,"
                               "\"available_for_calls\":\"no\",\"status_message\":{},\"current_call_id\":\"\"}", name);
  for (int i = 0; i < 5000; i++)
    g_string_append_printf (out, ",{\"id\":%d,\"status\":\"%s\"}", i + 10, i % 3 == 0 ? "offline" : "online");
  g_string_append_c (out, ']');
  say (f, out->str);
  got = list (f, "", 0, 200, "id", &more);
  g_assert_true (more);
  g_assert_cmpuint (f->part.told->len, <, 60);
  g_free (got);
  got = list (f, "<I>X", 0, 2, "name", &more);
  g_assert_cmpint (g_utf8_strlen (got, -1), ==, 200);
  g_assert_null (strstr (got, "\xe2\x80\xae"));
}

static void
add (const char *name, const char *profile, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/agent/people/", name, NULL);

  g_test_add (path, Fixture, profile, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("members", "team", test_members);
  add ("merged", "crm", test_merged);
  add ("who-left", "crm", test_who_left);
  add ("asked-while-looked-at", "crm", test_asked_while_looked_at);
  add ("list-fails", "crm", test_list_fails);
  add ("own-status", "crm", test_own_status);
  add ("status-refused", "crm", test_status_refused);
  add ("status-and-old-list", "crm", test_status_and_old_list);
  add ("no-people-there", "team", test_no_people_there);
  add ("stopped", "crm", test_stopped);
  add ("strangers", "crm", test_strangers);
  return g_test_run ();
}
