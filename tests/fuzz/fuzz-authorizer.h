/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "channels-authorizer.h"

G_BEGIN_DECLS

#define FUZZ_TYPE_AUTHORIZER (fuzz_authorizer_get_type ())
G_DECLARE_FINAL_TYPE (FuzzAuthorizer, fuzz_authorizer, FUZZ, AUTHORIZER, GObject)

/* A site that signs: it answers what it was asked first, when it is told to. */
FuzzAuthorizer *fuzz_authorizer_new    (void) G_GNUC_WARN_UNUSED_RESULT;
/* @body: the reply; (nullable): a refusal. FALSE: nobody has asked */
gboolean        fuzz_authorizer_answer (FuzzAuthorizer *self, const char *body);

G_END_DECLS
