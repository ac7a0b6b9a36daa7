/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-people.h"

#include "rd-demo-json.h"

/* Who works at the demo's company. */

static const struct
{
  gint64 id;
  const char *username;
  const char *first_name;
  const char *last_name;
} everybody[] = {
  { RD_DEMO_YOU, "robin", "Robin", "Vance" },
  { 11, "ada", "Ada", "Lovelace" },
  { 12, "grace", "Grace", "Hopper" },
  { 13, "katherine", "Katherine", "Johnson" },
  { 14, "linus", "Linus", "Pauling" },
};

static void
person_free (gpointer data)
{
  RdDemoPerson *person = data;

  g_free (person->username);
  g_free (person->first_name);
  g_free (person->last_name);
  g_free (person->full_name);
  g_free (person->email);
  g_free (person->password);
  g_free (person->access);
  g_free (person->refresh);
  g_free (person->status);
  g_free (person->status_message);
  g_free (person);
}

static void
add_person (GPtrArray *people, gint64 id, const char *username, const char *first_name, const char *last_name)
{
  RdDemoPerson *person = g_new0 (RdDemoPerson, 1);

  person->id = id;
  person->username = g_strdup (username);
  person->first_name = g_strdup (first_name);
  person->last_name = g_strdup (last_name);
  person->full_name = g_strdup_printf ("%s %s", first_name, last_name);
  person->email = g_strdup_printf ("%s@example.org", username);
  person->password = rd_demo_random_hex (8);
  person->status = g_strdup ("online");
  person->status_message = g_strdup ("");
  person->available = TRUE;
  g_ptr_array_add (people, person);
}

GPtrArray *
rd_demo_people_new (void)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (person_free);

  for (guint i = 0; i < G_N_ELEMENTS (everybody); i++)
    add_person (people, everybody[i].id, everybody[i].username, everybody[i].first_name, everybody[i].last_name);
  return people;
}

void
rd_demo_people_add (GPtrArray *people, guint count)
{
  static const char *const first_names[] = { "Alma", "Bruno", "Chiara", "Dmitri", "Esther", "Farid", "Gudrun",
                                             "Hiroshi",
                                             "Ines", "Jakub", "Keiko", "Lena", "Mateo", "Nadia", "Oskar", "Priya" };
  static const char *const last_names[] = { "Abbott", "Bergmann", "Costa", "Dvořák", "Eriksen", "Fontaine", "García",
                                            "Huber", "Ivanova", "Janssen", "Kowalski", "Lindqvist", "Moreau" };
  static const char *const statuses[] = { "online", "away", "online", "offline", "busy" };

  for (guint i = 0; i < count; i++)
    {
      guint number = people->len;
      g_autofree char *username = g_strdup_printf ("person%u", number);
      RdDemoPerson *person;

      add_person (people, 1000 + number, username, first_names[number % G_N_ELEMENTS (first_names)],
                  last_names[number / G_N_ELEMENTS (first_names) % G_N_ELEMENTS (last_names)]);
      person = g_ptr_array_index (people, number);
      rd_demo_person_set_presence (person, statuses[number % G_N_ELEMENTS (statuses)], NULL);
    }
}

void
rd_demo_person_set_presence (RdDemoPerson *person, const char *status, const char *message)
{
  if (status != NULL)
    {
      g_free (person->status);
      person->status = g_strdup (status);
    }
  if (message != NULL)
    {
      g_free (person->status_message);
      person->status_message = g_strdup (message);
    }
}

RdDemoPerson *
rd_demo_people_lookup (GPtrArray *people, gint64 id)
{
  for (guint i = 0; i < people->len; i++)
    {
      RdDemoPerson *person = g_ptr_array_index (people, i);

      if (person->id == id)
        return person;
    }
  return NULL;
}

RdDemoPerson *
rd_demo_people_find (GPtrArray *people, const char *name)
{
  for (guint i = 0; name != NULL && i < people->len; i++)
    {
      RdDemoPerson *person = g_ptr_array_index (people, i);

      if (g_ascii_strcasecmp (person->username, name) == 0 || g_ascii_strcasecmp (person->email, name) == 0)
        return person;
    }
  return NULL;
}

JsonObject *
rd_demo_person_to_json (const RdDemoPerson *person)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", person->id);
  json_object_set_string_member (object, "email", person->email);
  json_object_set_string_member (object, "username", person->username);
  json_object_set_string_member (object, "first_name", person->first_name);
  json_object_set_string_member (object, "last_name", person->last_name);
  json_object_set_string_member (object, "full_name", person->full_name);
  json_object_set_null_member (object, "profile_image");
  json_object_set_null_member (object, "phone");
  return object;
}
