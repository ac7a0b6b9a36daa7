/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-queue.h"

/* A worker that waits for a server for half a minute finds what is still true then, not a history. */

/* Notifications but calls that wait: the oldest give way. */
#define MAX_WAITING 64

struct _RdNotifierQueue
{
  GMutex lock;
  GQueue commands;
  guint waiting;
  gboolean awake;
  gboolean stopping;
};

static gboolean
is_minor (const RdNotifierCommand *command)
{
  return command->order == RD_NOTIFIER_SHOW && command->notice->kind != RD_NOTICE_CALL;
}

static void
remove_link (RdNotifierQueue *self, GList *link)
{
  RdNotifierCommand *command = link->data;

  if (is_minor (command))
    self->waiting--;
  rd_notifier_command_free (command);
  g_queue_delete_link (&self->commands, link);
}

/* A show that waits is overtaken by whatever comes for the same key. */
static void
remove_show (RdNotifierQueue *self, const char *key)
{
  for (GList *l = self->commands.head; l != NULL; l = l->next)
    {
      RdNotifierCommand *command = l->data;

      if (command->order != RD_NOTIFIER_SHOW || !g_str_equal (command->key, key))
        continue;
      remove_link (self, l);
      return;
    }
}

static void
limit (RdNotifierQueue *self)
{
  GList *l = self->commands.head;

  while (self->waiting > MAX_WAITING && l != NULL)
    {
      GList *next = l->next;

      if (is_minor (l->data))
        remove_link (self, l);
      l = next;
    }
}

void
rd_notifier_command_free (RdNotifierCommand *command)
{
  g_clear_pointer (&command->notice, rd_notice_unref);
  g_free (command->key);
  g_free (command);
}

RdNotifierQueue *
rd_notifier_queue_new (void)
{
  RdNotifierQueue *self = g_new0 (RdNotifierQueue, 1);

  g_mutex_init (&self->lock);
  g_queue_init (&self->commands);
  return self;
}

void
rd_notifier_queue_free (RdNotifierQueue *self)
{
  g_queue_clear_full (&self->commands, (GDestroyNotify) rd_notifier_command_free);
  g_mutex_clear (&self->lock);
  g_free (self);
}

gboolean
rd_notifier_queue_push (RdNotifierQueue *self, RdNotifierOrder order, RdNotice *notice, const char *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  RdNotifierCommand *command;
  gboolean wake = !self->awake;

  if (self->stopping)
    return FALSE;
  if (key != NULL)
    remove_show (self, key);
  command = g_new0 (RdNotifierCommand, 1);
  command->order = order;
  command->notice = notice != NULL ? rd_notice_ref (notice) : NULL;
  command->key = g_strdup (key);
  g_queue_push_tail (&self->commands, command);
  if (is_minor (command))
    self->waiting++;
  limit (self);
  self->awake = TRUE;
  self->stopping = order == RD_NOTIFIER_STOP;
  return wake;
}

RdNotifierCommand *
rd_notifier_queue_pop (RdNotifierQueue *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  RdNotifierCommand *command = g_queue_pop_head (&self->commands);

  if (command == NULL)
    self->awake = FALSE;
  else if (is_minor (command))
    self->waiting--;
  return command;
}

gboolean
rd_notifier_queue_has_close (RdNotifierQueue *self, const char *key)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (GList *l = self->commands.head; l != NULL; l = l->next)
    {
      RdNotifierCommand *command = l->data;

      if (command->order == RD_NOTIFIER_STOP
          || (command->order == RD_NOTIFIER_CLOSE && g_str_equal (command->key, key)))
        return TRUE;
    }
  return FALSE;
}
