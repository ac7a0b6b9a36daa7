/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-call-policy.h"
#include "rd-dbus.h"

G_BEGIN_DECLS

/* What a checkup looks at. Borrowed for the constructor's call; kept by reference. */
typedef struct
{
  RdPolicyContext policy;
  RdDBusAgent1 *agent;      /* what the agent says of itself */
  GNetworkMonitor *monitor;
} RdCheckupContext;

#define RD_TYPE_CHECKUP (rd_checkup_get_type ())
G_DECLARE_FINAL_TYPE (RdCheckup, rd_checkup, RD, CHECKUP, GObject)

/**
 * RdCheckup:
 *
 * Why does nothing arrive? Goes the way of an event, step by step and truly: reaches the hosts, has the site accept the
 * credentials, asks the line for a frame; then looks at what would show and sound it here. Nothing is changed by it.
 */
/* @line: (nullable): of this desktop alone */
RdCheckup *rd_checkup_new        (const RdCheckupContext *context, RdLine *line) G_GNUC_WARN_UNUSED_RESULT;
/* Once only; within half a minute, whatever the servers do. */
void       rd_checkup_run_async  (RdCheckup *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
/* (transfer full): aa{sv} as Diagnostics1.Check returns it; G_IO_ERROR_CANCELLED */
GVariant  *rd_checkup_run_finish (RdCheckup *self, GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
