/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-people-presence.h"

#include "rd-model.h"
#include "rd-paged-list.h"
#include "rd-person-status.h"

/* An RdPagedList that nobody scrolls. */

enum
{
  CHANGED,
  N_SIGNALS,
};

struct _RdPeoplePresence
{
  GObject parent_instance;

  GListModel *people;
  RdPagedList *list;
};

G_DEFINE_FINAL_TYPE (RdPeoplePresence, rd_people_presence, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static GVariant *
dup_arguments (const char *search, const char *filter, guint offset, guint limit)
{
  return g_variant_new ("(suu)", search, offset, limit);
}

static const RdPagedKind kind = {
  .method = "ListPeople",
  .changed_signal = "PersonChanged",
  .reset_signal = "PeopleReset",
  .search_keys = { "name", "detail" },
  .dup_arguments = dup_arguments,
  .compare = rd_person_compare,
};

static void
on_items_changed (GListModel *list, guint position, guint removed, guint added, RdPeoplePresence *self)
{
  guint n = g_list_model_get_n_items (list);
  g_autoptr (RdPagedItem) last = n > 0 ? g_list_model_get_item (list, n - 1) : NULL;

  /* The last one known is there still: others may be, after them. */
  if (last != NULL && g_strcmp0 (rd_paged_item_get_string (last, "status"), "offline") != 0)
    rd_paged_list_fetch_more (self->list);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* GObject */

static void
rd_people_presence_finalize (GObject *object)
{
  RdPeoplePresence *self = RD_PEOPLE_PRESENCE (object);

  g_clear_object (&self->list);
  g_clear_object (&self->people);

  G_OBJECT_CLASS (rd_people_presence_parent_class)->finalize (object);
}

static void
rd_people_presence_class_init (RdPeoplePresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_people_presence_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", RD_TYPE_PEOPLE_PRESENCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_people_presence_init (RdPeoplePresence *self)
{
}

RdPeoplePresence *
rd_people_presence_new (GListModel *people)
{
  RdPeoplePresence *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (people), NULL);

  self = g_object_new (RD_TYPE_PEOPLE_PRESENCE, NULL);
  self->people = g_object_ref (people);
  self->list = rd_paged_list_new (&kind, people);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  return self;
}

RdRecord *
rd_people_presence_find (RdPeoplePresence *self, RdDBusAccount1 *account, const char *person)
{
  GDBusProxy *proxy;
  RdPagedItem *item;

  g_return_val_if_fail (RD_IS_PEOPLE_PRESENCE (self), NULL);

  if (account == NULL || person == NULL || *person == '\0')
    return NULL;
  proxy = rd_model_find_interface (self->people, rd_dbus_account1_get_id (account));
  item = proxy != NULL ? rd_paged_list_find (self->list, proxy, person, NULL) : NULL;
  return item != NULL ? rd_paged_item_get_record (item) : NULL;
}

const RdPagedKind *
rd_people_kind (void)
{
  return &kind;
}
