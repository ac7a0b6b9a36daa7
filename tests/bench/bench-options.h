/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What every receiving program of a comparison is told. */
typedef struct
{
  char *host;
  int port;
  char *key;
  char *channel;
  int events;
  gboolean stay;
  char *bind; /* (nullable): listen to events of this name only */
  gboolean read;
  gboolean tree;
  gboolean latency;
} BenchOptions;

/* Prints what is wrong with them to stderr, and says %FALSE. */
gboolean bench_options_parse (BenchOptions *self,
                              int           argc,
                              char        **argv);
void     bench_options_clear (BenchOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenchOptions, bench_options_clear)

G_END_DECLS
