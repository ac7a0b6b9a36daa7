/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-past.h"

#include "rd-history-feed.h"
#include "rd-history-object.h"
#include "rd-reminder-policy.h"

/* The wiring of what outlives the agent for the user to look at. */

#define CLOSE_MS 2000

enum
{
  SET_ASIDE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdPast
{
  GObject parent_instance;

  RdHistory *history;
  RdHistoryFeed *feed;
  RdReminders *reminders;
  RdReminderPolicy *policy;
  RdHistoryObject *object;
  GError *unread; /* (nullable): of the reminders' file; told when somebody listens */
};

G_DEFINE_FINAL_TYPE (RdPast, rd_past, G_TYPE_OBJECT)

static void
on_days_changed (RdPreferences *preferences, const char *key, RdPast *self)
{
  rd_history_set_keep_days (self->history, rd_preferences_get_uint (preferences, "history-days"));
}

/* Who has looked need not be told once more when do-not-disturb ends. */
static void
on_history_missed_changed (RdHistory *history, GParamSpec *pspec, RdBurst *burst)
{
  if (rd_history_get_missed (history) == 0)
    rd_burst_drop_held (burst, "missed");
}

static void
on_history_set_aside (RdHistory *history, const GError *error, RdPast *self)
{
  g_signal_emit (self, signals[SET_ASIDE], 0, error);
}

/*
 * GObject
 */
static void
rd_past_finalize (GObject *object)
{
  RdPast *self = RD_PAST (object);

  g_clear_object (&self->object);
  g_clear_object (&self->policy);
  g_clear_object (&self->feed);
  g_clear_object (&self->reminders);
  g_clear_object (&self->history);
  g_clear_error (&self->unread);

  G_OBJECT_CLASS (rd_past_parent_class)->finalize (object);
}

static void
rd_past_class_init (RdPastClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_past_finalize;

  signals[SET_ASIDE] = g_signal_new ("set-aside", RD_TYPE_PAST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                     G_TYPE_ERROR);
}

static void
rd_past_init (RdPast *self)
{
}

RdPast *
rd_past_new (RdPolicyContext *context, const char *data_dir)
{
  g_autofree char *folder = NULL;
  g_autofree char *history = NULL;
  g_autofree char *reminders = NULL;
  g_autoptr (RdClock) clock = rd_clock_new ();
  RdPast *self;

  g_return_val_if_fail (context != NULL, NULL);

  folder = data_dir != NULL ? g_strdup (data_dir) : g_build_filename (g_get_user_data_dir (), "ringdown", NULL);
  history = g_build_filename (folder, "history.db", NULL);
  reminders = g_build_filename (folder, "reminders.json", NULL);
  self = g_object_new (RD_TYPE_PAST, NULL);
  self->history = rd_history_new (history, RD_HISTORY_MAX_SIZE);
  self->feed = rd_history_feed_new (self->history, context->phone, context->lines);
  self->reminders = rd_reminders_new (clock, reminders);
  rd_reminders_load (self->reminders, &self->unread);
  context->reminders = self->reminders;
  self->policy = rd_reminder_policy_new (context);
  self->object = rd_history_object_new (self->history, self->reminders);
  g_signal_connect_object (self->history, "notify::missed", G_CALLBACK (on_history_missed_changed), context->burst, 0);
  g_signal_connect_object (self->history, "set-aside", G_CALLBACK (on_history_set_aside), self, 0);
  g_signal_connect_object (context->preferences, "changed::history-days", G_CALLBACK (on_days_changed), self, 0);
  on_days_changed (context->preferences, NULL, self);
  return self;
}

GDBusInterfaceSkeleton *
rd_past_get_object (RdPast *self)
{
  g_return_val_if_fail (RD_IS_PAST (self), NULL);

  return G_DBUS_INTERFACE_SKELETON (self->object);
}

RdHistory *
rd_past_get_history (RdPast *self)
{
  g_return_val_if_fail (RD_IS_PAST (self), NULL);

  return self->history;
}

void
rd_past_start (RdPast *self)
{
  g_return_if_fail (RD_IS_PAST (self));

  rd_history_open (self->history);
  rd_reminders_start (self->reminders);
  if (self->unread != NULL)
    g_signal_emit (self, signals[SET_ASIDE], 0, self->unread);
  g_clear_error (&self->unread);
}

gboolean
rd_past_is_writing (RdPast *self)
{
  g_return_val_if_fail (RD_IS_PAST (self), FALSE);

  return rd_history_is_writing (self->history) || rd_reminders_is_writing (self->reminders);
}

void
rd_past_close (RdPast *self)
{
  g_return_if_fail (RD_IS_PAST (self));

  rd_history_close (self->history, CLOSE_MS);
}
