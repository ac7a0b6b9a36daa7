/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RdVars:
 *
 * The values that a profile's `{placeholders}` take: "user.id", "call.id", "recipient.id",
 * "recipient.email", "media" ("video" or "audio"), "token.refresh"… A variable may hold several values
 * ("invoice.id" of an account that follows several invoices). Reference counted.
 */
typedef struct _RdVars RdVars;

RdVars             *rd_vars_new      (void) G_GNUC_WARN_UNUSED_RESULT;
RdVars             *rd_vars_copy     (RdVars *self) G_GNUC_WARN_UNUSED_RESULT;
RdVars             *rd_vars_ref      (RdVars *self);
void                rd_vars_unref    (RdVars *self);
/* @value NULL removes */
void                rd_vars_set      (RdVars *self, const char *name, const char *value);
void                rd_vars_set_list (RdVars *self, const char *name, const char * const *values);
/* Every value of @other comes over @self's. */
void                rd_vars_merge    (RdVars *self, RdVars *other);
/* (nullable): the first value */
const char         *rd_vars_get      (RdVars *self, const char *name);
/* (nullable) */
const char * const *rd_vars_get_list (RdVars *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdVars, rd_vars_unref)

G_END_DECLS
