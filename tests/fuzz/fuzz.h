/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What every target is made of: libFuzzer calls it, and so does fuzz-replay.c where there is no libFuzzer. The input
 * has exactly @size bytes: nothing may count on a NUL behind them. */
int   LLVMFuzzerTestOneInput  (const uint8_t *data, size_t size);
/* Once, before the first input: what GLib warns of is a finding, too. */
int   LLVMFuzzerInitialize    (int *argc, char ***argv);

/* An input that has several parts, one a line. */
typedef struct
{
  const char *data;
  gsize length;
} FuzzLines;

/* (nullable) (transfer full): the next line, without its end; NULL: there is none */
char *fuzz_lines_next         (FuzzLines *self);
/* (nullable) (transfer none): all that is left, with @length */
const char *fuzz_lines_rest   (FuzzLines *self, gsize *length);

/* Rules that hold whatever came in; who breaks one ends the program. */
/* UTF-8 of at most @max_chars characters, none of them a control character */
void  fuzz_check_text         (const char *text, gsize max_chars);
/* The outcome is one of two: something and no error, or nothing and an error of @domain, whose message may be shown: it
 * is short and printable. */
void  fuzz_check_outcome      (gboolean succeeded, const GError *error, GQuark domain);
/* (nullable): @error quotes nothing that could be a token. */
void  fuzz_check_discreet     (const GError *error);

G_END_DECLS
