/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A network namespace for this process alone, in which it can do to packets what it likes. It needs no privilege where
 * the kernel lets users have namespaces. */

/* First of all in main(), before there is a second thread. FALSE with the reason in @why (static) where that is not
 * permitted, or where tc or ip (iproute2) are missing. */
gboolean private_network_enter        (const char **why);
/* Packets over the loopback interface vanish, or no longer do. */
void     private_network_set_dropping (gboolean dropping);
/* As with a cable: there is no way to anywhere, and programs are told so. */
void     private_network_set_plugged  (gboolean plugged);
/* A network of IPv6 in which nobody answers, 2001:db8::1/64 being this side's address; FALSE if that cannot be had. */
gboolean private_network_add_deaf_ipv6 (void);

G_END_DECLS
