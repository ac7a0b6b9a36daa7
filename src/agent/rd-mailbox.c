/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-mailbox.h"

/* Knows its site, and nothing of conversations yet. */

struct _RdMailbox
{
  GObject parent_instance;

  RdSite *site;
  char *account;
};

G_DEFINE_FINAL_TYPE (RdMailbox, rd_mailbox, G_TYPE_OBJECT)

/*
 * GObject
 */
static void
rd_mailbox_finalize (GObject *object)
{
  RdMailbox *self = RD_MAILBOX (object);

  g_clear_object (&self->site);
  g_free (self->account);

  G_OBJECT_CLASS (rd_mailbox_parent_class)->finalize (object);
}

static void
rd_mailbox_class_init (RdMailboxClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_mailbox_finalize;

  g_signal_new ("missed", RD_TYPE_MAILBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RD_TYPE_EVENT);
}

static void
rd_mailbox_init (RdMailbox *self)
{
}

RdMailbox *
rd_mailbox_new (RdSite *site, const char *account)
{
  RdMailbox *self;

  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (RD_TYPE_MAILBOX, NULL);
  self->site = g_object_ref (site);
  self->account = g_strdup (account);
  return self;
}

void
rd_mailbox_set_own_user (RdMailbox *self, const char *id, const char *name)
{
  g_return_if_fail (RD_IS_MAILBOX (self));
}

void
rd_mailbox_handle (RdMailbox *self, RdEvent *event)
{
  g_return_if_fail (RD_IS_MAILBOX (self));
}

void
rd_mailbox_catch_up (RdMailbox *self, gint64 since)
{
  g_return_if_fail (RD_IS_MAILBOX (self));
}

void
rd_mailbox_stop (RdMailbox *self)
{
  g_return_if_fail (RD_IS_MAILBOX (self));
}
