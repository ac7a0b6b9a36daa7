/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RD_TYPE_LAUNCH_CONTEXT (rd_launch_context_get_type ())
G_DECLARE_FINAL_TYPE (RdLaunchContext, rd_launch_context, RD, LAUNCH_CONTEXT, GAppLaunchContext)

/* @activation_token: (nullable): handed to the program that is launched; one that is not plain text is dropped. */
GAppLaunchContext *rd_launch_context_new (const char *activation_token) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
