/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How an agent is set up; all but @bus_name and @libexec_dir nullable. */
typedef struct
{
  const char *bus_name;
  const char *config_dir;  /* NULL: the user's */
  const char *data_dir;    /* NULL: the user's */
  const char *libexec_dir; /* where ringdown-window is */
  const char *secrets;     /* "keyring" (NULL), "memory", "file" */
  const char *sink;        /* GStreamer's; NULL: as the preferences say */
  gboolean no_window;
} RdAgentOptions;

#define RD_TYPE_AGENT (rd_agent_get_type ())
G_DECLARE_FINAL_TYPE (RdAgent, rd_agent, RD, AGENT, GObject)

/**
 * RdAgent:
 *
 * All parts of the agent, put together.
 *
 * ::quit (): a bus client wants it to end.
 */
/* Reads the accounts and profiles (blocking: before the loop runs) and puts the objects on @connection. */
RdAgent  *rd_agent_new         (const RdAgentOptions *options, GDBusConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
/* Once the bus name is owned. */
void      rd_agent_start       (RdAgent *self);
/* Opens the window; @activation_token: (nullable). */
void      rd_agent_open_window (RdAgent *self, const char *activation_token);
/* The same for a set-up link or file, for the user to confirm; one that is not good is said to be so in a notice. */
void      rd_agent_open_setup  (RdAgent *self, GFile *file, const char *activation_token);
/* Silences the ringer, closes the lines politely. */
void      rd_agent_stop        (RdAgent *self);
/* Whether something is still being written. */
gboolean  rd_agent_is_writing  (RdAgent *self);
/* Closes the ringing calls' notifications, within @timeout_ms; after the loop has run. */
void      rd_agent_shut_down   (RdAgent *self, guint timeout_ms);

G_END_DECLS
