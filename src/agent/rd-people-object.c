/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-people-object.h"

#include "rd-bus-input.h"
#include "rd-dbus-error.h"
#include "rd-fault.h"

#include <string.h>

/* Who is there, on the bus. */

#define MAX_SEARCH 200
#define MAX_LIMIT 200
#define MAX_MESSAGE 100

struct _RdPeopleObject
{
  RdDBusPeople1Skeleton parent_instance;

  RdPeople *people;
};

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;
  g_autoptr (GVariant) people = rd_people_list_finish (RD_PEOPLE (source), result, &more, &error);

  if (people != NULL)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aa{sv}b)", people, more));
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_list_people (RdDBusPeople1         *object,
                       GDBusMethodInvocation *invocation,
                       const char            *search,
                       guint                  offset,
                       guint                  limit)
{
  if (rd_bus_check (invocation, rd_bus_is_text (search, MAX_SEARCH), "search")
      && rd_bus_check (invocation, limit > 0 && limit <= MAX_LIMIT, "limit"))
    rd_people_list_async (RD_PEOPLE_OBJECT (object)->people, search, offset, limit, on_listed, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_get_people (RdDBusPeople1 *object, GDBusMethodInvocation *invocation, const char * const *ids)
{
  if (rd_bus_check (invocation, g_strv_length ((char **) ids) <= MAX_LIMIT, "ids"))
    rd_dbus_people1_complete_get_people (object, invocation,
                                         rd_people_lookup_all (RD_PEOPLE_OBJECT (object)->people, ids));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
on_status_set (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  g_autoptr (GError) error = NULL;

  if (rd_people_set_status_finish (RD_PEOPLE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    rd_dbus_error_return (invocation, error);
}

static gboolean
on_handle_set_status (RdDBusPeople1         *object,
                      GDBusMethodInvocation *invocation,
                      const char            *status,
                      gboolean               available,
                      const char            *message)
{
  if (rd_bus_check (invocation, rd_bus_is_line (message, MAX_MESSAGE), "message"))
    rd_people_set_status_async (RD_PEOPLE_OBJECT (object)->people, status, available, message, on_status_set,
                                invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
people1_iface_init (RdDBusPeople1Iface *iface)
{
  iface->handle_list_people = on_handle_list_people;
  iface->handle_get_people = on_handle_get_people;
  iface->handle_set_status = on_handle_set_status;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdPeopleObject, rd_people_object, RD_DBUS_TYPE_PEOPLE1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_PEOPLE1, people1_iface_init))

/*
 * GObject
 */
static void
rd_people_object_finalize (GObject *object)
{
  g_clear_object (&RD_PEOPLE_OBJECT (object)->people);

  G_OBJECT_CLASS (rd_people_object_parent_class)->finalize (object);
}

static void
rd_people_object_class_init (RdPeopleObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_people_object_finalize;
}

static void
rd_people_object_init (RdPeopleObject *self)
{
}

RdPeopleObject *
rd_people_object_new (RdPeople *people)
{
  static const char * const names[] = { "online", "status", "status-message", "available" };
  RdPeopleObject *self;

  g_return_val_if_fail (RD_IS_PEOPLE (people), NULL);

  self = g_object_new (RD_TYPE_PEOPLE_OBJECT, NULL);
  self->people = g_object_ref (people);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_bind_property (people, names[i], self, names[i], G_BINDING_SYNC_CREATE);
  g_signal_connect_object (people, "person-changed", G_CALLBACK (rd_dbus_people1_emit_person_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (people, "people-reset", G_CALLBACK (rd_dbus_people1_emit_people_reset), self,
                           G_CONNECT_SWAPPED);
  return self;
}
