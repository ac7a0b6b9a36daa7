/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A site's address as an account names it: https, or http to loopback or with @insecure; no user, query or fragment;
 * its path, if any, is a prefix. RD_FAULT_BAD_INPUT, where = "site". */
GUri    *rd_site_uri_new         (const char *text, gboolean insecure, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @path: absolute, encoded, with its query. RD_FAULT_BAD_INPUT, where = "path", for what leads elsewhere. */
GUri    *rd_site_uri_join        (GUri *base, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* (transfer full): "host", or "host:port" where the port is not the scheme's */
char    *rd_site_uri_dup_host    (GUri *uri) G_GNUC_WARN_UNUSED_RESULT;
gboolean rd_site_uri_same_origin (GUri *one, GUri *other);

G_END_DECLS
