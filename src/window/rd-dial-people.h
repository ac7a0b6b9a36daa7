/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RD_TYPE_DIAL_PEOPLE (rd_dial_people_get_type ())
G_DECLARE_FINAL_TYPE (RdDialPeople, rd_dial_people, RD, DIAL_PEOPLE, GtkWidget)

/**
 * RdDialPeople:
 *
 * The first few people of an account whom what is typed may mean; there only when there are any.
 *
 * Signals: `chosen` (a person's id and name), `left`: upwards, by keyboard.
 */
/* @people: of RdDBusPeople1 */
void        rd_dial_people_set_people  (RdDialPeople *self, GListModel *people);
/* @account: (nullable): an id; none: nobody is shown */
void        rd_dial_people_set_account (RdDialPeople *self, const char *account);
/* "": nobody is shown */
void        rd_dial_people_set_search  (RdDialPeople *self, const char *text);
/* (nullable) (transfer full): the id of the one who is called exactly so */
char       *rd_dial_people_dup_match   (RdDialPeople *self, const char *name);
/* Gives the first one the focus; %FALSE: nobody is there. */
gboolean    rd_dial_people_enter       (RdDialPeople *self);

G_END_DECLS
