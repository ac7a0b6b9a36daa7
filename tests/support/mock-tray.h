/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "menu-client.h"

G_BEGIN_DECLS

/**
 * MockTray:
 *
 * An org.kde.StatusNotifierWatcher, and the host beside it, on a connection and in a thread of its own. It shows
 * nothing: it keeps who has registered, and asks items as a host would. Functions are for the test's thread.
 */
typedef struct _MockTray MockTray;

/* Has the name when it returns. */
MockTray *mock_tray_new            (const char *address) G_GNUC_WARN_UNUSED_RESULT;
/* It dies: nobody has the name when it returns. */
void      mock_tray_free           (MockTray *self);
/* Whether there is a host; tells of a change. */
void      mock_tray_set_hosted     (MockTray *self, gboolean hosted);
/* It answers registrations with an error. */
void      mock_tray_set_refusing   (MockTray *self, gboolean refusing);
/* How often somebody has registered, also in vain. */
guint     mock_tray_count          (MockTray *self);
/* (transfer full) (nullable): what came with the last registration */
char     *mock_tray_dup_service    (MockTray *self);
/* Asks the item that registered last, at @path; runs the main context meanwhile, since the item may be here.
 * @reply_type: (nullable). Asserts that it answers. */
GVariant *mock_tray_call           (MockTray *self, const char *path, const char *interface, const char *method,
                                    GVariant *parameters, const char *reply_type) G_GNUC_WARN_UNUSED_RESULT;
/* A property of the item */
GVariant *mock_tray_get            (MockTray *self, const char *property) G_GNUC_WARN_UNUSED_RESULT;
/* A method of the item: "Activate"… */
void      mock_tray_click          (MockTray *self, const char *method);
/* The item's menu, where it says that it is; until the next such call */
const MenuClient *mock_tray_get_menu (MockTray *self);
/* How many signals of the item by this name there were: "NewIcon"… */
guint     mock_tray_count_signals  (MockTray *self, const char *signal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockTray, mock_tray_free)

G_END_DECLS
