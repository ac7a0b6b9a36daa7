/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What presets an account but for its secrets, as a site or an administrator hands it out: a .ringdown file or a
 * site's /.well-known/ringdown.json {"ringdown": 1, "site": "https://crm.example.org", "profile": "crm" (or
 * "profile-url": an https address on the site's host), "name", "user-id", "key", "cluster" or "host", "port", "path",
 * "tls", "vars": {NAME: VALUE}} or a link: ringdown://setup?site=…&profile=…&vars.NAME=… Hostile until it is read
 * here: bounded, strict, without secrets, without plain http but to this machine. */

#define RD_SETUP_MAX_SIZE (64 * 1024)

/* A link, or a document's text; @length: -1 if it ends with NUL. (transfer full): a{sv} as AddAccount takes it, with
 * "profile-url" s in place of "profile" where the document has that. RD_FAULT_TOO_LARGE; RD_FAULT_BAD_INPUT with
 * where = the member and said = the reason. */
GVariant *rd_setup_read            (const char *text, gssize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* A document that @site (its address, as people write it: rd_setup_dup_site()) serves: what it says is of its host or
 * of those below it. */
GVariant *rd_setup_read_well_known (const char *text, gssize length, const char *site,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): a site's address in full, from what somebody typed: "crm.example.org" is https. */
char     *rd_setup_dup_site        (const char *typed, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean  rd_setup_is_loopback     (const char *host);

G_END_DECLS
