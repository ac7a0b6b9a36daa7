/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-event.h"

G_BEGIN_DECLS

/* The people of one account, from all that tells of them, bounded. No I/O. */
typedef struct _RdRoster RdRoster;

typedef struct
{
  char *id;
  char *name;    /* (nullable) */
  char *detail;  /* (nullable) */
  char *message; /* (nullable): of the status */
  char *key;     /* the name's, to sort by */
  guint channels; /* that this person is in */
  RdEventPresence presence; /* as the site's list says; UNKNOWN: it does not */
  RdEventAnswer available : 3;
  gboolean in_call : 1;
  gboolean listed : 1;
  gboolean seen : 1;   /* by the list that is being taken */
} RdPerson;

RdRoster   *rd_roster_new       (guint max) G_GNUC_WARN_UNUSED_RESULT;
void        rd_roster_free      (RdRoster *self);
void        rd_roster_set_own   (RdRoster *self, const char *id);
/* (nullable) */
RdPerson   *rd_roster_lookup    (RdRoster *self, const char *id);
guint       rd_roster_count_online (RdRoster *self);
/* What a list, or an event, says of somebody. (nullable): whom it changed */
RdPerson   *rd_roster_learn     (RdRoster *self, const RdEvent *event);
/* A list begins, and has ended: who was listed before and is no more is off. The ids of those whom it changed are added
 * to @changed (element-type utf8) (transfer full). */
void        rd_roster_begin_list (RdRoster *self);
void        rd_roster_end_list   (RdRoster *self, GPtrArray *changed);
/* Members of a presence channel; as above. */
void        rd_roster_set_members (RdRoster *self, const char *channel, GPtrArray *members, GPtrArray *changed);
RdPerson   *rd_roster_add_member  (RdRoster *self, const char *channel, const RdEvent *member);
RdPerson   *rd_roster_drop_member (RdRoster *self, const char *channel, const char *id);
/* How many match @search (rd_match_prepare()): by name, those online first; those from @offset, at most @limit, are
 * added to @builder as PERSONs. */
guint       rd_roster_list      (RdRoster *self, const char *search, guint offset, guint limit,
                                 GVariantBuilder *builder);
RdEventPresence rd_person_get_presence (const RdPerson *self);
/* "online", "busy", "away", "offline", or "" */
const char *rd_presence_to_string  (RdEventPresence presence);
gboolean    rd_presence_from_string (const char *text, RdEventPresence *presence);
/* (transfer floating): a PERSON */
GVariant   *rd_roster_to_variant (RdRoster *self, const RdPerson *person);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdRoster, rd_roster_free)

G_END_DECLS
