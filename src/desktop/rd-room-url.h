/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_ROOM_ERROR (rd_room_error_quark ())

typedef enum
{
  RD_ROOM_ERROR_REFUSED,   /* not a legal room URL; message: why, in English */
  RD_ROOM_ERROR_UNTRUSTED, /* the host is not on the list; message: the host */
  RD_ROOM_ERROR_EXPIRED,   /* the token's exp has passed */
  RD_ROOM_ERROR_NO_BROWSER,
} RdRoomError;

GQuark rd_room_error_quark (void);

typedef struct
{
  const char         *url;              /* untrusted */
  const char         *token;            /* (nullable): joined as ?jwt=; a JWT's three base64url parts, or refused */
  const char * const *trusted_hosts;    /* exact, "host" or "host:port" */
  gboolean            allow_loopback;   /* http (and any port) on loopback: developer mode, the demo */
  gboolean            audio;            /* adds config.startAudioOnly=true */
  const char         *display_name;     /* (nullable) userInfo.displayName */
  gint64              now;              /* µs since the epoch, to check the token's exp */
} RdRoom;

/* The one place where a room's URL is checked and built (desktop.md, "Rooms in the browser"). https only, exact
 * hosts, no userinfo, no control characters, at most 2048 characters before the token; no shell anywhere. */
char *rd_room_build_url (const RdRoom *room, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): @url without its query and fragment: what may be logged */
char *rd_room_redact    (const char *url);

G_END_DECLS
