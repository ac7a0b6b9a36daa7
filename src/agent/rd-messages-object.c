/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-messages-object.h"

/* On the bus, and answers nothing yet. */

struct _RdMessagesObject
{
  RdDBusMessages1Skeleton parent_instance;

  RdMailbox *mailbox;
};

G_DEFINE_FINAL_TYPE (RdMessagesObject, rd_messages_object, RD_DBUS_TYPE_MESSAGES1_SKELETON)

/*
 * GObject
 */
static void
rd_messages_object_finalize (GObject *object)
{
  g_clear_object (&RD_MESSAGES_OBJECT (object)->mailbox);

  G_OBJECT_CLASS (rd_messages_object_parent_class)->finalize (object);
}

static void
rd_messages_object_class_init (RdMessagesObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_messages_object_finalize;
}

static void
rd_messages_object_init (RdMessagesObject *self)
{
}

RdMessagesObject *
rd_messages_object_new (RdMailbox *mailbox)
{
  RdMessagesObject *self;

  g_return_val_if_fail (RD_IS_MAILBOX (mailbox), NULL);

  self = g_object_new (RD_TYPE_MESSAGES_OBJECT, NULL);
  self->mailbox = g_object_ref (mailbox);
  return self;
}
