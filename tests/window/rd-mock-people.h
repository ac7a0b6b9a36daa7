/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-mock-agent.h"

G_BEGIN_DECLS

#define RD_TYPE_MOCK_PEOPLE (rd_mock_people_get_type ())
G_DECLARE_FINAL_TYPE (RdMockPeople, rd_mock_people, RD, MOCK_PEOPLE, GObject)

/**
 * RdMockPeople:
 *
 * People1 of an account of RdMockAgent. Texts are as g_variant_parse() reads them.
 */
/* Adds "people", "set-status" and "call" to the account's abilities. */
RdMockPeople  *rd_mock_people_new          (RdMockAgent *agent, RdDBusAccount1 *account);
RdDBusPeople1 *rd_mock_people_get_skeleton (RdMockPeople *self);
/* @n people "p0", "p1"…, the first few in other states than offline */
void           rd_mock_people_fill         (RdMockPeople *self, guint n);
/* Adds a person, or changes the one with the id, and tells of it. */
void           rd_mock_people_change       (RdMockPeople *self, const char *person);

G_END_DECLS
