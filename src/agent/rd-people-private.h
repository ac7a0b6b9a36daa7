/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-fault.h"
#include "rd-people.h"
#include "rd-roster.h"

G_BEGIN_DECLS

/* For rd-people.c and rd-people-*.c only. */

#define RD_PEOPLE_MS G_GINT64_CONSTANT (1000)

struct _RdPeople
{
  GObject parent_instance;

  RdSite *site;
  char *account;
  RdClock *clock;
  GCancellable *cancellable;
  RdRoster *roster;
  char *own_id; /* (nullable) */

  guint online;
  RdEventPresence status;
  char *status_message;
  gboolean available;
  gboolean chosen; /* our user chose a status that the heartbeat must not undo */

  GQueue listings;  /* GTask: who waits for the list */
  gboolean asking;
  gboolean outdated; /* our user has chosen a status since the list was asked for */
  guint page;
  gint64 asked_at;  /* when the list was got; 0: never */
  gint64 looked_at; /* when somebody asked */
  guint refresh;

  gboolean present;
  guint assertion;
};

/* rd-people.c */
void     rd_people_set_own      (RdPeople *self, RdEventPresence status, const char *message, gboolean available);
/* (element-type utf8): ids of those who are other than they were */
void     rd_people_emit_changes (RdPeople *self, GPtrArray *ids);

/* rd-people-list.c */
gboolean rd_people_can_ask      (RdPeople *self);
void     rd_people_ask          (RdPeople *self);
void     rd_people_ask_page     (RdPeople *self);
void     rd_people_stop_listing (RdPeople *self);

/* rd-people-status.c: says what the site should take our user for, by heartbeat or by the status itself. */
void     rd_people_beat         (RdPeople *self);
void     rd_people_stop_beating (RdPeople *self);

G_END_DECLS
