/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-people-object.h"

/* On the bus, and answers nothing yet. */

struct _RdPeopleObject
{
  RdDBusPeople1Skeleton parent_instance;

  RdPeople *people;
};

G_DEFINE_FINAL_TYPE (RdPeopleObject, rd_people_object, RD_DBUS_TYPE_PEOPLE1_SKELETON)

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
  RdPeopleObject *self;

  g_return_val_if_fail (RD_IS_PEOPLE (people), NULL);

  self = g_object_new (RD_TYPE_PEOPLE_OBJECT, NULL);
  self->people = g_object_ref (people);
  return self;
}
