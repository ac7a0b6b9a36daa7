/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define TYPE_SCRIPTED_RESOLVER (scripted_resolver_get_type ())
G_DECLARE_FINAL_TYPE (ScriptedResolver, scripted_resolver, SCRIPTED, RESOLVER, GResolver)

/* The DNS as a test has it: every name has the addresses that it was given, none at first. g_resolver_set_default()
 * puts it in the system's place. */
ScriptedResolver *scripted_resolver_new           (void);
/* @addresses: (nullable): apart by spaces; %NULL: nothing is found. */
void              scripted_resolver_set_addresses (ScriptedResolver *self, const char *addresses);
/* Lookups go unanswered from now on, until they are given up. */
void              scripted_resolver_set_silent    (ScriptedResolver *self, gboolean silent);
guint             scripted_resolver_get_n         (ScriptedResolver *self);

G_END_DECLS
