/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-people.h"

/* Knows its site, and nothing of people yet. */

struct _RdPeople
{
  GObject parent_instance;

  RdSite *site;
  char *account;
};

G_DEFINE_FINAL_TYPE (RdPeople, rd_people, G_TYPE_OBJECT)

/*
 * GObject
 */
static void
rd_people_finalize (GObject *object)
{
  RdPeople *self = RD_PEOPLE (object);

  g_clear_object (&self->site);
  g_free (self->account);

  G_OBJECT_CLASS (rd_people_parent_class)->finalize (object);
}

static void
rd_people_class_init (RdPeopleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_people_finalize;
}

static void
rd_people_init (RdPeople *self)
{
}

RdPeople *
rd_people_new (RdSite *site, const char *account)
{
  RdPeople *self;

  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (RD_TYPE_PEOPLE, NULL);
  self->site = g_object_ref (site);
  self->account = g_strdup (account);
  return self;
}

void
rd_people_set_own_user (RdPeople *self, const char *id, const char *name)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
}

void
rd_people_handle (RdPeople *self, RdEvent *event)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
}

void
rd_people_set_members (RdPeople *self, const char *channel, GPtrArray *members)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
}

void
rd_people_add_member (RdPeople *self, const char *channel, RdEvent *member)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
}

void
rd_people_drop_member (RdPeople *self, const char *channel, const char *id)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
}

void
rd_people_catch_up (RdPeople *self)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
}

void
rd_people_stop (RdPeople *self)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
}
