/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-recent-people.h"
#include "rd-tray-choice.h"

/* Whom to call again, and when tomorrow begins. */

/* Central Europe, by its rule: a bare machine knows no zones by name. */
#define ZONE "CET-1CEST,M3.5.0,M10.5.0/3"

static GVariant *
make_call (const char *account, const char *id, const char *name)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "account", "s", account);
  g_variant_dict_insert (&dict, "peer-id", "s", id);
  g_variant_dict_insert (&dict, "peer-name", "s", name);
  g_variant_dict_insert (&dict, "audio", "b", TRUE);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

static gboolean
note (RdRecentPeople *people, const char *account, const char *id, const char *name)
{
  g_autoptr (GVariant) call = make_call (account, id, name);

  return rd_recent_people_note (people, call);
}

static char *
print (RdRecentPeople *people)
{
  GString *out = g_string_new (NULL);
  const RdRecentPerson *person;

  for (guint i = 0; (person = rd_recent_people_get (people, i)) != NULL; i++)
    g_string_append_printf (out, "%s/%s=%s ", person->account, person->id, person->name);
  return g_string_free (out, FALSE);
}

static void
assert_people (RdRecentPeople *people, const char *expected)
{
  g_autofree char *found = print (people);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_people (void)
{
  g_autoptr (RdRecentPeople) people = rd_recent_people_new ();

  g_assert_null (rd_recent_people_get (people, 0));
  g_assert_true (note (people, "a", "1", "Ada"));
  g_assert_true (note (people, "a", "2", "Bob"));
  g_assert_true (note (people, "b", "1", "Cyd"));
  assert_people (people, "b/1=Cyd a/2=Bob a/1=Ada ");
  /* Each once, by the newest name; who called nameless cannot be called. */
  g_assert_true (note (people, "a", "1", "Ada L."));
  g_assert_false (note (people, "a", "", "Nobody"));
  assert_people (people, "a/1=Ada L. b/1=Cyd a/2=Bob ");
  g_assert_true (rd_recent_people_get (people, 0)->audio);
  rd_recent_people_drop (people, "a");
  assert_people (people, "b/1=Cyd ");
}

static void
test_old_people (void)
{
  g_autoptr (RdRecentPeople) people = rd_recent_people_new ();
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GVariant) ada = make_call ("a", "1", "Ada (old)");
  g_autoptr (GVariant) bob = make_call ("a", "2", "Bob");
  g_autoptr (GVariant) older = make_call ("a", "2", "Bob (older)");
  g_autoptr (GVariant) calls = NULL;

  note (people, "a", "1", "Ada");
  g_variant_builder_add_value (&builder, ada);
  g_variant_builder_add_value (&builder, bob);
  g_variant_builder_add_value (&builder, older);
  calls = g_variant_ref_sink (g_variant_builder_end (&builder));
  rd_recent_people_add_old (people, calls);
  assert_people (people, "a/1=Ada a/2=Bob ");
}

static void
test_many_people (void)
{
  g_autoptr (RdRecentPeople) people = rd_recent_people_new ();

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      note (people, "a", id, id);
    }
  g_assert_cmpstr (rd_recent_people_get (people, 0)->id, ==, "999");
  g_assert_nonnull (rd_recent_people_get (people, RD_RECENT_PEOPLE_MAX - 1));
  g_assert_null (rd_recent_people_get (people, RD_RECENT_PEOPLE_MAX));
}

static void
assert_tomorrow (const char *now, const char *expected)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (ZONE);
  g_autoptr (GDateTime) from = g_date_time_new_from_iso8601 (now, zone);
  g_autoptr (GDateTime) until = g_date_time_new_from_iso8601 (expected, zone);

  g_assert_cmpint (rd_tray_choice_get_tomorrow (zone, g_date_time_to_unix (from) * G_USEC_PER_SEC), ==,
                   g_date_time_to_unix (until) * G_USEC_PER_SEC);
}

static void
test_tomorrow (void)
{
  assert_tomorrow ("2026-03-02T14:00:00", "2026-03-03T07:00:00");
  assert_tomorrow ("2026-12-31T23:59:59", "2027-01-01T07:00:00");
  /* Up late */
  assert_tomorrow ("2026-03-03T01:30:00", "2026-03-03T07:00:00");
  assert_tomorrow ("2026-03-03T06:30:00", "2026-03-04T07:00:00");
  /* The nights in which the clocks change */
  assert_tomorrow ("2026-03-28T22:00:00", "2026-03-29T07:00:00");
  assert_tomorrow ("2026-10-24T22:00:00", "2026-10-25T07:00:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tray-pieces/people", test_people);
  g_test_add_func ("/tray-pieces/old-people", test_old_people);
  g_test_add_func ("/tray-pieces/many-people", test_many_people);
  g_test_add_func ("/tray-pieces/tomorrow", test_tomorrow);
  return g_test_run ();
}
