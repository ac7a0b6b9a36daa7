/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_FAULT (rd_fault_quark ())

/**
 * RdFaultCode:
 *
 * What went wrong, for every layer above; the sentence for people is made by src/text from
 * rd_fault_to_variant(). The GError's own message is for the log and in English.
 */
typedef enum
{
  RD_FAULT_BAD_INPUT,          /* "bad-input": what the user or a bus client gave cannot be used */
  RD_FAULT_NOT_FOUND,          /* "not-found": no such account, call, profile, person */
  RD_FAULT_EXISTS,             /* "exists" */
  RD_FAULT_UNREACHABLE,        /* "unreachable": DNS, refused, reset */
  RD_FAULT_TLS,                /* "tls" */
  RD_FAULT_TIMED_OUT,          /* "timed-out" */
  RD_FAULT_SIGNED_OUT,         /* "signed-out": 401, also after a refresh; or no token at all */
  RD_FAULT_FORBIDDEN,          /* "forbidden": 403 */
  RD_FAULT_SITE_ERROR,         /* "site-error": 5xx */
  RD_FAULT_REFUSED,            /* "refused": another 4xx, or success:false, with the site's own words */
  RD_FAULT_BAD_REPLY,          /* "bad-reply": HTML, no JSON, wrong shape */
  RD_FAULT_TOO_LARGE,          /* "too-large" */
  RD_FAULT_UNSUPPORTED,        /* "unsupported": the profile has no such action */
  RD_FAULT_WRONG_STATE,        /* "wrong-state": e.g. answering a call that does not ring */
  RD_FAULT_ROOM_REFUSED,       /* "room-refused": the URL checker said no; host = the room's host */
  RD_FAULT_ROOM_UNTRUSTED,     /* "room-untrusted": host not on the account's list: may be trusted by the user */
  RD_FAULT_INVITATION_EXPIRED, /* "invitation-expired": the room token's exp has passed */
  RD_FAULT_NO_ROOM,            /* "no-room": the site made no room; said = its error */
  RD_FAULT_NO_BROWSER,         /* "no-browser" */
  RD_FAULT_BAD_PROFILE,        /* "bad-profile": where = file and place; said = reason */
  RD_FAULT_SECRETS,            /* "secrets": keyring locked, absent, dismissed */
  RD_FAULT_STORAGE,            /* "storage": disk */
  RD_FAULT_INTERNAL,           /* "internal" */
} RdFaultCode;

GQuark      rd_fault_quark          (void);
const char *rd_fault_code_to_string (RdFaultCode code);

/**
 * rd_fault_new:
 * @host: (nullable): the host it happened at
 * @status: the HTTP status, or 0
 * @said: (nullable): the other side's own words; cut to 300 characters, control characters removed
 * @where: (nullable): the action, file or place, e.g. "answer", "crm.json: events.call-initiated.is"
 *
 * An RD_FAULT error that carries its details. Must never contain a token.
 */
GError     *rd_fault_new            (RdFaultCode code,
                                     const char *host,
                                     guint       status,
                                     const char *said,
                                     const char *where) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) each, and 0 / NULL for errors of other domains */
const char *rd_fault_get_host       (const GError *error);
guint       rd_fault_get_status     (const GError *error);
const char *rd_fault_get_said       (const GError *error);
const char *rd_fault_get_where      (const GError *error);
/* (transfer floating): a{sv} with "code" s, and where set "host" s, "status" u, "said" s, "where" s.
 * Errors of other domains become "internal". */
GVariant   *rd_fault_to_variant     (const GError *error);

G_END_DECLS
