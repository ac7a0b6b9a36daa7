/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_RECENT_PEOPLE_MAX 20

typedef struct
{
  char *account;
  char *id;
  char *name;
  gboolean audio; /* the last call was one */
} RdRecentPerson;

typedef struct _RdRecentPeople RdRecentPeople;

/* Whom the user has last talked to, or tried to, or was called by: those that can be called. Newest first. */
RdRecentPeople       *rd_recent_people_new     (void) G_GNUC_WARN_UNUSED_RESULT;
void                  rd_recent_people_free    (RdRecentPeople *self);
/* @call: a LISTED CALL, newer than all others. FALSE: nothing has changed. */
gboolean              rd_recent_people_note    (RdRecentPeople *self, GVariant *call);
/* @calls: aa{sv}, newest first, older than all others: of earlier runs */
void                  rd_recent_people_add_old (RdRecentPeople *self, GVariant *calls);
void                  rd_recent_people_drop    (RdRecentPeople *self, const char *account);
void                  rd_recent_people_clear   (RdRecentPeople *self);
/* (nullable) (transfer none): the one at @index, from 0 */
const RdRecentPerson *rd_recent_people_get     (RdRecentPeople *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdRecentPeople, rd_recent_people_free)

G_END_DECLS
