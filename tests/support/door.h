/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something on a port of this machine that is not what one looks for there. In the default main context. */
typedef struct _Door Door;

/* Lets everybody in. @answer: (nullable): what it says to a request before it closes; %NULL: nothing, ever.
 * @port: 0 for any. */
Door *door_new        (const char *address, guint port, const char *answer) G_GNUC_WARN_UNUSED_RESULT;
/* Lets nobody in, and does not say so: the kernel drops what knocks, as a firewall does. */
Door *door_new_jammed (const char *address, guint port) G_GNUC_WARN_UNUSED_RESULT;
void  door_free       (Door *self);
guint door_get_port   (Door *self);
/* How many have knocked at one that lets everybody in */
guint door_get_n      (Door *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Door, door_free)

G_END_DECLS
