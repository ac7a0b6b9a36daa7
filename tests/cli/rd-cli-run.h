/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What one run of the real `ringdown` did. */
typedef struct
{
  int   status;
  char *out;
  char *err;
} RdCliRun;

void rd_cli_run_free (RdCliRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdCliRun, rd_cli_run_free)

/* Runs it to its end, while the main context goes on serving mocks. @address: (nullable): the session bus; NULL: there
 * is none. @input: (nullable): its stdin. Then its arguments, as after env(1): first those like "NAME=value" for its
 * environment; then NULL. */
RdCliRun *rd_cli_run_command (const char *address,
                              const char *input,
                              ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
RdCliRun *rd_cli_run_argv    (const char         *address,
                              const char         *input,
                              const char * const *args) G_GNUC_WARN_UNUSED_RESULT;
/* In two halves, for what runs until it is told to end. */
GSubprocess *rd_cli_run_start  (const char *address, const char * const *args) G_GNUC_WARN_UNUSED_RESULT;
RdCliRun    *rd_cli_run_finish (GSubprocess *process, const char *input) G_GNUC_WARN_UNUSED_RESULT;
/* The path of the command. */
char     *rd_cli_run_path    (void);

/* Ended with 0 and nothing on stderr. */
void      rd_cli_run_assert_done   (RdCliRun *self);
/* Ended with @status and exactly one line on stderr, which starts with "ringdown: " and holds @part. */
void      rd_cli_run_assert_failed (RdCliRun *self, int status, const char *part);
void      rd_cli_assert_contains   (const char *text, const char *part);
/* No character but the lines' ends moves a terminal. */
void      rd_cli_assert_harmless   (const char *text);

G_END_DECLS
