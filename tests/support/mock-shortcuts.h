/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mock-service.h"

G_BEGIN_DECLS

/* The portal's keys that work everywhere. */
typedef struct
{
  MockService *service;
  guint32 session_response; /* 0: granted, 1: refused, 2: failed */
  guint32 bind_response;
  gboolean nothing; /* granted, and not one key */
} MockShortcuts;

MockShortcuts *mock_shortcuts_new   (const char *address) G_GNUC_WARN_UNUSED_RESULT;
void           mock_shortcuts_free  (MockShortcuts *self);
/* How often keys were asked for */
guint          mock_shortcuts_count (MockShortcuts *self);
/* The user presses what is bound to @id, in the session that was opened last. */
void           mock_shortcuts_press (MockShortcuts *self, const char *id, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockShortcuts, mock_shortcuts_free)

G_END_DECLS
