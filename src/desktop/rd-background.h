/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How this program is started at login. Copied. */
typedef struct
{
  gboolean sandboxed;        /* in a Flatpak: the portal does it */
  const char *file;          /* (nullable): else the desktop file to write; NULL: never, for a demo's agent */
  const char *program;       /* what that starts: a path */
  const char *const *command; /* what the portal is to start, inside the sandbox */
  const char *reason;        /* a sentence for the user, for the portal's question */
} RdBackgroundTerms;

#define RD_TYPE_BACKGROUND (rd_background_get_type ())
G_DECLARE_FINAL_TYPE (RdBackground, rd_background, RD, BACKGROUND, GObject)

/**
 * RdBackground:
 *
 * Being there without a window: starting at login, and in a Flatpak the leave to run in the background at all. Off the
 * main loop.
 *
 * Property `autostart` (string, notified): what came of it: "on", "off", "denied", "unknown" (nobody has answered yet,
 * or nobody can)
 */
RdBackground *rd_background_new           (GDBusConnection *connection,
                                           const RdBackgroundTerms *terms) G_GNUC_WARN_UNUSED_RESULT;
/* What the user wants, as remembered: at start. What a desktop's own settings have turned off stays off. */
void          rd_background_start         (RdBackground *self, gboolean autostart);
/* What the user wants, just now. */
void          rd_background_set_autostart (RdBackground *self, gboolean autostart);
const char   *rd_background_get_autostart (RdBackground *self);
/* Whether something is still being written. */
gboolean      rd_background_is_writing    (RdBackground *self);

G_END_DECLS
