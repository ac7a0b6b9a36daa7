/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A client of com.canonical.dbusmenu, as a host is. What it asks runs the main context meanwhile: the menu may be in
 * the same process. */
typedef struct
{
  GDBusConnection *connection; /* borrowed */
  const char *service;         /* borrowed */
  const char *path;            /* borrowed */
} MenuClient;

/* (nullable): NULL: it was refused */
GVariant *menu_client_call       (const MenuClient *self, const char *method, GVariant *parameters,
                                  const char *reply_type) G_GNUC_WARN_UNUSED_RESULT;
/* The labels of all items, those of submenus too, with a bar behind each; one that cannot be chosen in brackets */
char     *menu_client_dup_labels (const MenuClient *self) G_GNUC_WARN_UNUSED_RESULT;
/* The id of the item with @label, -1: there is none. @properties: (nullable) (out) */
int       menu_client_find       (const MenuClient *self, const char *label, GVariant **properties);
/* FALSE: there is no such item, or it was refused */
gboolean  menu_client_click      (const MenuClient *self, int id);
gboolean  menu_client_choose     (const MenuClient *self, const char *label);

G_END_DECLS
