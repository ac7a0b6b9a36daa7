/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define RD_TYPE_COOKIES (rd_cookies_get_type ())
G_DECLARE_FINAL_TYPE (RdCookies, rd_cookies, RD, COOKIES, GObject)

/* One account's cookies. Bounded: RD_COOKIES_MAX characters of text, beyond which no more are taken. */
#define RD_COOKIES_MAX 32768

/* @text: (nullable): what rd_cookies_dup_text() gave; what is no cookie in it is passed over */
RdCookies *rd_cookies_new         (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable) (transfer full): for the keyring: printable ASCII in lines; NULL if there are none */
char      *rd_cookies_dup_text    (RdCookies *self);
/* (nullable) (transfer full): the Cookie header of a request to @uri */
char      *rd_cookies_dup_header  (RdCookies *self, GUri *uri);
/* What a reply from @uri sets. */
void       rd_cookies_take        (RdCookies *self, GUri *uri, SoupMessageHeaders *reply);
gboolean   rd_cookies_is_empty    (RdCookies *self);
/* Grows with whatever really changes. */
guint      rd_cookies_get_serial  (RdCookies *self);
/* Adds to @out (element-type utf8) those values that are long enough to be secret. */
void       rd_cookies_add_secrets (RdCookies *self, GPtrArray *out);

G_END_DECLS
