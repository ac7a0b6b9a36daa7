/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* For rd-account-settings.c only. None of the values is empty. */

extern const char * const rd_account_toast_kinds[];

/* UTF-8 of at most @max bytes without control characters */
gboolean rd_account_is_text (const char *value, gsize max);
/* (nullable): http or https, a host, and nothing that could be a secret */
GUri    *rd_account_parse_site (const char *value) G_GNUC_WARN_UNUSED_RESULT;

gboolean rd_account_check_id (const char *value);
gboolean rd_account_check_name (const char *value);
gboolean rd_account_check_profile (const char *value);
gboolean rd_account_check_user_id (const char *value);
gboolean rd_account_check_key (const char *value);
gboolean rd_account_check_cluster (const char *value);
gboolean rd_account_check_host (const char *value);
gboolean rd_account_check_path (const char *value);
gboolean rd_account_check_room_host (const char *value);
gboolean rd_account_check_var_name (const char *value);
gboolean rd_account_check_colour (const char *value);
gboolean rd_account_check_sound (const char *value);
gboolean rd_account_check_threshold (const char *value);
gboolean rd_account_check_toast (const char *value);
gboolean rd_account_check_site (const char *value);

G_END_DECLS
