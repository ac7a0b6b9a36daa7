/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rd-dbus.h"
#include "rd-record.h"

G_BEGIN_DECLS

#define RD_TYPE_PEOPLE_PRESENCE (rd_people_presence_get_type ())
G_DECLARE_FINAL_TYPE (RdPeoplePresence, rd_people_presence, RD, PEOPLE_PRESENCE, GObject)

/**
 * RdPeoplePresence:
 *
 * Who is there, for those who show others' names: it asks the agent for those, and for nobody else, however many people
 * a site has.
 *
 * Signal `changed`: look again.
 */
/* @people: of RdDBusPeople1 */
RdPeoplePresence *rd_people_presence_new  (GListModel *people);
/* (nullable) (transfer none): a PERSON, if it is known; what is not known yet is asked for. */
RdRecord         *rd_people_presence_find (RdPeoplePresence *self, RdDBusAccount1 *account, const char *person);

G_END_DECLS
