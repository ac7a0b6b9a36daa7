/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-mock-people.h"

#include "rd-mock-list.h"

/* A site full of people. */

typedef struct
{
  const char *name;
  const char *status;
  const char *message;
  gboolean available;
  gboolean in_call;
} Person;

static const Person people[] = {
  { "Ada Lovelace", "online", "Writing notes on the engine", TRUE, FALSE },
  { "Alan Turing", "online", "", TRUE, TRUE },
  { "Grace Hopper", "busy", "Compiling, please do not disturb before the whole thing has gone through", FALSE, FALSE },
  { "Katherine Johnson", "away", "", TRUE, FALSE },
  { "محمد الخوارزمي", "online", "", TRUE, FALSE },
  { "Hedy Lamarr", "offline", "", FALSE, FALSE },
};

struct _RdMockPeople
{
  GObject parent_instance;

  RdMockAgent *agent; /* not owned */
  RdDBusPeople1 *skeleton;
  RdMockList *people;
};

G_DEFINE_FINAL_TYPE (RdMockPeople, rd_mock_people, G_TYPE_OBJECT)

static gboolean
on_handle_list_people (RdDBusPeople1 *skeleton, GDBusMethodInvocation *invocation, const char *search, guint offset,
                       guint limit, RdMockPeople *self)
{
  const char *const keys[] = { "name", "detail", NULL };
  gboolean more;
  GVariant *page;

  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  page = rd_mock_list_page (self->people, keys, search, offset, limit, &more);
  rd_dbus_people1_complete_list_people (skeleton, invocation, page, more);
  return TRUE;
}

static gboolean
on_handle_get_people (RdDBusPeople1 *skeleton, GDBusMethodInvocation *invocation, const char *const *ids,
                      RdMockPeople *self)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  gsize i;

  if (!rd_mock_agent_take (self->agent, invocation))
    {
      g_variant_builder_clear (&builder);
      return TRUE;
    }
  for (i = 0; ids[i] != NULL; i++)
    {
      GVariant *person = rd_mock_list_find (self->people, ids[i]);

      if (person != NULL)
        g_variant_builder_add_value (&builder, person);
    }
  rd_dbus_people1_complete_get_people (skeleton, invocation, g_variant_builder_end (&builder));
  return TRUE;
}

static gboolean
on_handle_set_status (RdDBusPeople1 *skeleton, GDBusMethodInvocation *invocation, const char *status,
                      gboolean available, const char *message, RdMockPeople *self)
{
  if (!rd_mock_agent_take (self->agent, invocation))
    return TRUE;
  rd_dbus_people1_set_status (skeleton, status);
  rd_dbus_people1_set_available (skeleton, available);
  rd_dbus_people1_set_status_message (skeleton, message);
  rd_dbus_people1_complete_set_status (skeleton, invocation);
  return TRUE;
}

static void
rd_mock_people_finalize (GObject *object)
{
  RdMockPeople *self = RD_MOCK_PEOPLE (object);

  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  g_clear_object (&self->skeleton);
  rd_mock_list_free (self->people);

  G_OBJECT_CLASS (rd_mock_people_parent_class)->finalize (object);
}

static void
rd_mock_people_class_init (RdMockPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mock_people_finalize;
}

static void
rd_mock_people_init (RdMockPeople *self)
{
  self->people = rd_mock_list_new ();
}

RdMockPeople *
rd_mock_people_new (RdMockAgent *agent, RdDBusAccount1 *account)
{
  RdMockPeople *self = g_object_new (RD_TYPE_MOCK_PEOPLE, NULL);

  self->agent = agent;
  self->skeleton = rd_dbus_people1_skeleton_new ();
  rd_dbus_people1_set_status (self->skeleton, "online");
  rd_dbus_people1_set_status_message (self->skeleton, "");
  rd_dbus_people1_set_available (self->skeleton, TRUE);
  g_signal_connect (self->skeleton, "handle-list-people", G_CALLBACK (on_handle_list_people), self);
  g_signal_connect (self->skeleton, "handle-get-people", G_CALLBACK (on_handle_get_people), self);
  g_signal_connect (self->skeleton, "handle-set-status", G_CALLBACK (on_handle_set_status), self);
  rd_mock_agent_add_ability (account, "people");
  rd_mock_agent_add_ability (account, "set-status");
  rd_mock_agent_add_ability (account, "call");
  rd_mock_agent_add_interface (agent, rd_dbus_account1_get_id (account), self->skeleton);
  return self;
}

RdDBusPeople1 *
rd_mock_people_get_skeleton (RdMockPeople *self)
{
  return self->skeleton;
}

void
rd_mock_people_fill (RdMockPeople *self, guint n)
{
  guint i;

  for (i = 0; i < n; i++)
    {
      const Person *person = i < G_N_ELEMENTS (people) ? &people[i] : &people[G_N_ELEMENTS (people) - 1];
      g_autofree char *id = g_strdup_printf ("p%u", i);
      g_autofree char *detail = g_strdup_printf ("person%u@example.org", i);
      g_autofree char *name = i < G_N_ELEMENTS (people) ? g_strdup (person->name)
                                                        : g_strdup_printf ("Person %05u", i);

      rd_mock_list_put_last (self->people,
                             g_variant_new_parsed ("{'id': <%s>, 'name': <%s>, 'detail': <%s>, 'status': <%s>, "
                                                   "'status-message': <%s>, 'available': <%b>, 'in-call': <%b>}",
                                                   id, name, detail, person->status, person->message,
                                                   person->available, person->in_call));
    }
  rd_dbus_people1_set_online (self->skeleton, MIN (n, 5));
}

void
rd_mock_people_change (RdMockPeople *self, const char *person)
{
  g_autoptr (GError) error = NULL;
  GVariant *entry = g_variant_parse (G_VARIANT_TYPE_VARDICT, person, NULL, NULL, &error);

  g_assert_no_error (error);
  rd_mock_list_put (self->people, entry);
  rd_dbus_people1_emit_person_changed (self->skeleton, entry);
}
