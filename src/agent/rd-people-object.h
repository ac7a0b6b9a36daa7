/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-dbus.h"
#include "rd-people.h"

G_BEGIN_DECLS

#define RD_TYPE_PEOPLE_OBJECT (rd_people_object_get_type ())
G_DECLARE_FINAL_TYPE (RdPeopleObject, rd_people_object, RD, PEOPLE_OBJECT, RdDBusPeople1Skeleton)

/* io.github.ringdown.People1 of one account. */
RdPeopleObject *rd_people_object_new (RdPeople *people) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
