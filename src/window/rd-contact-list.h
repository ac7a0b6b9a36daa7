/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RD_TYPE_CONTACT_LIST (rd_contact_list_get_type ())
G_DECLARE_FINAL_TYPE (RdContactList, rd_contact_list, RD, CONTACT_LIST, AdwPreferencesGroup)

/**
 * RdContactList:
 *
 * People who are treated in some way, each of whom can be taken off the list.
 *
 * Property: `nobody` (string): what is said where there is none. Signal `remove` (account, person, name).
 */
typedef const char *(*RdAccountNameFunc) (const char *account, gpointer user_data);

/* @contacts: (nullable): a(sss) of account, person, name. @get_account_name: (nullable): what to say of an account;
 * NULL: nothing */
void rd_contact_list_set_contacts (RdContactList *self, GVariant *contacts, RdAccountNameFunc get_account_name,
                                   gpointer user_data);

G_END_DECLS
