/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Relay:
 *
 * A way over the network that can die as a sleep, a router or a VPN lets one die: what went over it goes nowhere from
 * then on, and neither end hears of it. New connections take a new way. In the default main context.
 */
typedef struct _Relay Relay;

/* To @port on this machine. */
Relay *relay_new        (guint port) G_GNUC_WARN_UNUSED_RESULT;
void   relay_free       (Relay *self);
guint  relay_get_port   (Relay *self);
/* Kills what stands. */
void   relay_kill       (Relay *self);
guint  relay_get_opened (Relay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Relay, relay_free)

G_END_DECLS
