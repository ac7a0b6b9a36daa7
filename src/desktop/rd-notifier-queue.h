/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-notifier-notice.h"

G_BEGIN_DECLS

typedef enum
{
  RD_NOTIFIER_PROBE,
  RD_NOTIFIER_SHOW,
  RD_NOTIFIER_CLOSE,
  RD_NOTIFIER_HIDE,
  RD_NOTIFIER_REVEAL,
  RD_NOTIFIER_STOP,
} RdNotifierOrder;

typedef struct
{
  RdNotifierOrder order;
  RdNotice *notice; /* to show */
  char *key;        /* to show or close */
} RdNotifierCommand;

void rd_notifier_command_free (RdNotifierCommand *command);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdNotifierCommand, rd_notifier_command_free)

/**
 * RdNotifierQueue:
 *
 * What the worker is still to do, for both threads. Commands for the same key cancel each other out while they wait.
 */
typedef struct _RdNotifierQueue RdNotifierQueue;

RdNotifierQueue   *rd_notifier_queue_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void               rd_notifier_queue_free      (RdNotifierQueue *self);
/* TRUE: the worker sleeps and has to be woken. Nothing is taken after STOP. */
gboolean           rd_notifier_queue_push      (RdNotifierQueue *self, RdNotifierOrder order, RdNotice *notice,
                                                const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): NULL: nothing is left, and the next push wakes. */
RdNotifierCommand *rd_notifier_queue_pop       (RdNotifierQueue *self) G_GNUC_WARN_UNUSED_RESULT;
/* What stands under @key is to go. */
gboolean           rd_notifier_queue_has_close (RdNotifierQueue *self, const char *key);

G_END_DECLS
