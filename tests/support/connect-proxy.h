/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An HTTP proxy on 127.0.0.1 that does CONNECT and nothing else. Whatever name it is asked for is this machine: who
 * gets through with a name that does not exist has left the looking up to the proxy. In the default main context. */
typedef struct _ConnectProxy ConnectProxy;

/* @user, @password: (nullable): whom it lets through */
ConnectProxy *connect_proxy_new            (const char *user, const char *password) G_GNUC_WARN_UNUSED_RESULT;
void          connect_proxy_free           (ConnectProxy *self);
/* (transfer full): http://127.0.0.1:PORT */
char         *connect_proxy_dup_uri        (ConnectProxy *self);
/* How many tunnels there have been, how many requests were turned away, and the newest one's first line (nullable) */
guint         connect_proxy_get_n_tunnels  (ConnectProxy *self);
guint         connect_proxy_get_n_refused  (ConnectProxy *self);
const char   *connect_proxy_get_request    (ConnectProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConnectProxy, connect_proxy_free)

G_END_DECLS
