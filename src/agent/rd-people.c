/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-people-private.h"

/* Who is there, as channels, events and the site's list tell; what is asked, and when, stands in the files beside. */

#define MAX_PEOPLE 2000
/* More changes at once than this are told as one. */
#define MANY 50

typedef enum
{
  PROP_ONLINE = 1,
  PROP_STATUS,
  PROP_STATUS_MESSAGE,
  PROP_AVAILABLE,
} RdPeopleProps;

enum
{
  PERSON_CHANGED,
  PEOPLE_RESET,
  N_SIGNALS,
};

static GParamSpec *props[PROP_AVAILABLE + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdPeople, rd_people, G_TYPE_OBJECT)

void
rd_people_set_own (RdPeople *self, RdEventPresence status, const char *message, gboolean available)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->status != status)
    {
      self->status = status;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS]);
    }
  if (g_strcmp0 (self->status_message, message != NULL ? message : "") != 0)
    {
      g_free (self->status_message);
      self->status_message = g_strdup (message != NULL ? message : "");
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS_MESSAGE]);
    }
  if (self->available != available)
    {
      self->available = available;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_AVAILABLE]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* Whoever has stopped it hears nothing more. */
static gboolean
is_stopped (RdPeople *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

static void
update (RdPeople *self)
{
  guint online = rd_roster_count_online (self->roster);
  const RdPerson *own = self->own_id != NULL ? rd_roster_lookup (self->roster, self->own_id) : NULL;

  if (self->online != online)
    {
      self->online = online;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ONLINE]);
    }
  if (own == NULL)
    return;
  /* Another program of our user's may make the site take him for online. Anything else he chose elsewhere. */
  if (self->chosen && rd_person_get_presence (own) != RD_EVENT_PRESENCE_ONLINE
      && rd_person_get_presence (own) != RD_EVENT_PRESENCE_OFFLINE)
    self->chosen = FALSE;
  if (!self->chosen)
    rd_people_set_own (self, rd_person_get_presence (own), own->message, own->available != RD_EVENT_NO);
}

static void
emit_person (RdPeople *self, const RdPerson *person)
{
  g_autoptr (GVariant) value = NULL;

  if (person == NULL)
    return;
  value = g_variant_ref_sink (rd_roster_to_variant (self->roster, person));
  g_signal_emit (self, signals[PERSON_CHANGED], 0, value);
}

void
rd_people_emit_changes (RdPeople *self, GPtrArray *ids)
{
  update (self);
  if (ids->len > MANY)
    {
      g_signal_emit (self, signals[PEOPLE_RESET], 0);
      return;
    }
  for (guint i = 0; i < ids->len; i++)
    emit_person (self, rd_roster_lookup (self->roster, ids->pdata[i]));
}

/*
 * GObject
 */
static void
rd_people_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdPeople *self = RD_PEOPLE (object);

  switch ((RdPeopleProps) id)
    {
    case PROP_ONLINE:
      g_value_set_uint (value, self->online);
      break;
    case PROP_STATUS:
      g_value_set_string (value, rd_presence_to_string (self->status));
      break;
    case PROP_STATUS_MESSAGE:
      g_value_set_string (value, self->status_message);
      break;
    case PROP_AVAILABLE:
      g_value_set_boolean (value, self->available);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_people_dispose (GObject *object)
{
  rd_people_stop (RD_PEOPLE (object));

  G_OBJECT_CLASS (rd_people_parent_class)->dispose (object);
}

static void
rd_people_finalize (GObject *object)
{
  RdPeople *self = RD_PEOPLE (object);

  g_clear_object (&self->site);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->roster, rd_roster_free);
  g_free (self->account);
  g_free (self->own_id);
  g_free (self->status_message);

  G_OBJECT_CLASS (rd_people_parent_class)->finalize (object);
}

static void
rd_people_class_init (RdPeopleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rd_people_get_property;
  object_class->dispose = rd_people_dispose;
  object_class->finalize = rd_people_finalize;

  props[PROP_ONLINE] = g_param_spec_uint ("online", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  props[PROP_STATUS_MESSAGE] = g_param_spec_string ("status-message", NULL, NULL, NULL, flags);
  props[PROP_AVAILABLE] = g_param_spec_boolean ("available", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[PERSON_CHANGED] = g_signal_new ("person-changed", RD_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_VARIANT);
  signals[PEOPLE_RESET]
    = g_signal_new ("people-reset", RD_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_people_init (RdPeople *self)
{
  self->clock = rd_clock_new ();
  self->cancellable = g_cancellable_new ();
  self->roster = rd_roster_new (MAX_PEOPLE);
  self->status_message = g_strdup ("");
  self->available = TRUE;
  g_queue_init (&self->listings);
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
rd_people_set_clock (RdPeople *self, RdClock *clock)
{
  g_return_if_fail (RD_IS_PEOPLE (self));
  g_return_if_fail (RD_IS_CLOCK (clock));

  g_set_object (&self->clock, clock);
}

void
rd_people_set_own_user (RdPeople *self, const char *id, const char *name)
{
  g_return_if_fail (RD_IS_PEOPLE (self));

  g_free (self->own_id);
  self->own_id = g_strdup (id);
  rd_roster_set_own (self->roster, id);
  update (self);
}

void
rd_people_handle (RdPeople *self, RdEvent *event)
{
  const RdPerson *person;

  g_return_if_fail (RD_IS_PEOPLE (self));
  g_return_if_fail (event != NULL);

  if ((event->kind != RD_EVENT_PERSON_STATUS && event->kind != RD_EVENT_PERSON) || is_stopped (self))
    return;
  person = rd_roster_learn (self->roster, event);
  if (person == NULL)
    return;
  update (self);
  emit_person (self, person);
}

void
rd_people_set_members (RdPeople *self, const char *channel, GPtrArray *members)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (RD_IS_PEOPLE (self));
  g_return_if_fail (channel != NULL && members != NULL);

  if (is_stopped (self))
    return;
  rd_roster_set_members (self->roster, channel, members, changed);
  rd_people_emit_changes (self, changed);
}

void
rd_people_add_member (RdPeople *self, const char *channel, RdEvent *member)
{
  const RdPerson *person;

  g_return_if_fail (RD_IS_PEOPLE (self));
  g_return_if_fail (channel != NULL && member != NULL);

  if (is_stopped (self))
    return;
  person = rd_roster_add_member (self->roster, channel, member);
  update (self);
  emit_person (self, person);
}

void
rd_people_drop_member (RdPeople *self, const char *channel, const char *id)
{
  const RdPerson *person;

  g_return_if_fail (RD_IS_PEOPLE (self));
  g_return_if_fail (channel != NULL && id != NULL);

  if (is_stopped (self))
    return;
  person = rd_roster_drop_member (self->roster, channel, id);
  update (self);
  emit_person (self, person);
}

void
rd_people_stop (RdPeople *self)
{
  g_return_if_fail (RD_IS_PEOPLE (self));

  g_cancellable_cancel (self->cancellable);
  rd_people_stop_listing (self);
  rd_people_stop_beating (self);
}

char *
rd_people_dup_name (RdPeople *self, const char *id)
{
  const RdPerson *person;

  g_return_val_if_fail (RD_IS_PEOPLE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  person = rd_roster_lookup (self->roster, id);
  return person != NULL ? g_strdup (person->name) : NULL;
}

GVariant *
rd_people_lookup_all (RdPeople *self, const char * const *ids)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  g_return_val_if_fail (RD_IS_PEOPLE (self), g_variant_builder_end (&builder));
  g_return_val_if_fail (ids != NULL, g_variant_builder_end (&builder));

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const RdPerson *person = rd_roster_lookup (self->roster, ids[i]);

      if (person != NULL)
        g_variant_builder_add_value (&builder, rd_roster_to_variant (self->roster, person));
    }
  return g_variant_builder_end (&builder);
}
