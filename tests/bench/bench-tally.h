/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BenchTally:
 *
 * Counts the events that a program receives, and what they cost it: processor time (user and system) and wall time from
 * the first event to the last, memory before and after, and how old the events were that say when they were sent.
 */
typedef struct _BenchTally BenchTally;

/* @expected: how many events; 0: without an end. @stay: print, and count from zero again, after each so many. The clock
 * of the connection begins here. */
BenchTally *bench_tally_new        (const char *program,
                                    guint       expected,
                                    gboolean    stay) G_GNUC_WARN_UNUSED_RESULT;
void        bench_tally_free       (BenchTally *self);
/* The channel stands; what follows are events. Printed at once by who stays. */
void        bench_tally_subscribed (BenchTally *self);
/* One event. @text: (nullable): bytes with `"sent_us":` (quoted or not) and the time at which it was sent in them, µs
 * since the epoch. %TRUE: it was the last one, and who does not stay has it printed. */
gboolean    bench_tally_count      (BenchTally *self,
                                    const char *text,
                                    gsize       length);
/* Prints one JSON object in one line. */
void        bench_tally_print      (BenchTally *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchTally, bench_tally_free)

G_END_DECLS
