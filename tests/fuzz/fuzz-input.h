/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FUZZ_TYPE_INPUT (fuzz_input_get_type ())
G_DECLARE_FINAL_TYPE (FuzzInput, fuzz_input, FUZZ, INPUT, GMemoryInputStream)

/* What a socket reads: bytes that come as they are put in, and no end before it is said. */
FuzzInput *fuzz_input_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void       fuzz_input_put  (FuzzInput *self, const void *data, gsize length);
void       fuzz_input_end  (FuzzInput *self);

G_END_DECLS
