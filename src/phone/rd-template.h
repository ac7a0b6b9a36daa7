/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-vars.h"

G_BEGIN_DECLS

/* A text with {placeholders}: "private-user-{user.id}". */
typedef struct _RdTemplate RdTemplate;

/* RD_FAULT_BAD_INPUT, said = reason */
RdTemplate *rd_template_new        (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        rd_template_free       (RdTemplate *self);
/* "{number:NAME}", and nothing beside it */
gboolean    rd_template_is_number  (RdTemplate *self);
gboolean    rd_template_uses       (RdTemplate *self, const char *variable);
/* Whether one of its variables was given the value "". */
gboolean    rd_template_is_empty   (RdTemplate *self, RdVars *vars);
/* "{boolean:NAME}", likewise */
gboolean    rd_template_is_boolean (RdTemplate *self);
/* (nullable) (transfer none): the variable, if there is exactly one; @prefix and @suffix: what stands around it */
const char *rd_template_get_only   (RdTemplate *self, const char **prefix, const char **suffix);
/* (nullable) (transfer full): NULL and RD_FAULT_BAD_INPUT, where = the variable, if one has no value.
 * @percent: values are percent-encoded */
char       *rd_template_expand     (RdTemplate *self, RdVars *vars, gboolean percent,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Adds to @out (element-type utf8) one text for each combination of values, none if a variable has no value; stops at
 * @max. */
void        rd_template_expand_all (RdTemplate *self, RdVars *vars, GPtrArray *out, guint max);
gboolean    rd_template_is_variable (const char *name, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdTemplate, rd_template_free)

G_END_DECLS
