/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-dbus.h"
#include "rd-paged-source.h"

G_BEGIN_DECLS

#define RD_TYPE_PEOPLE_PRESENCE (rd_people_presence_get_type ())
G_DECLARE_FINAL_TYPE (RdPeoplePresence, rd_people_presence, RD, PEOPLE_PRESENCE, GObject)

/**
 * RdPeoplePresence:
 *
 * Who is there, for those who show others' names: the agent names those online first, so this asks for no more than
 * them. Signal `changed`.
 */
/* @people: of RdDBusPeople1 */
RdPeoplePresence  *rd_people_presence_new  (GListModel *people);
/* (nullable) (transfer none): a PERSON, if they are online or known by chance */
RdRecord          *rd_people_presence_find (RdPeoplePresence *self, RdDBusAccount1 *account, const char *person);
/* ListPeople, for an RdPagedList. */
const RdPagedKind *rd_people_kind          (void);

G_END_DECLS
