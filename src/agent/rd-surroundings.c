/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-surroundings.h"

#include "rd-media-policy.h"
#include "rd-wake.h"

/* The session's adapters, wired to each other and to the system bus. A sandbox has no system bus, and a broken one may
 * not answer: nothing waits for it. */

struct _RdSurroundings
{
  GObject parent_instance;

  RdLines *lines;
  RdPreferences *preferences;
  RdNotifier *notifier;
  RdDesktopQuiet *desktop_quiet;
  RdSessionLock *session_lock;
  RdBackground *background;
  RdMediaPause *media_pause;
  RdMediaPolicy *media_policy; /* NULL once it stops */
  RdWake *wake; /* NULL until it starts */
  RdReminders *reminders; /* NULL until it starts */
  GCancellable *cancellable;
  gboolean discreet;
};

G_DEFINE_FINAL_TYPE (RdSurroundings, rd_surroundings, G_TYPE_OBJECT)

static void
on_notifier_health_changed (RdNotifier *notifier, GParamSpec *pspec, RdSurroundings *self)
{
  rd_desktop_quiet_set_actions_withdrawn (self->desktop_quiet,
                                          g_str_equal (rd_notifier_get_health (notifier), "no-actions"));
}

static void
update_discretion (RdSurroundings *self)
{
  gboolean discreet = rd_session_lock_get_locked (self->session_lock)
                      && rd_preferences_get_boolean (self->preferences, "hide-when-locked");

  if (self->discreet == discreet)
    return;
  self->discreet = discreet;
  rd_notifier_set_discreet (self->notifier, discreet);
}

static void
on_woke (RdWake *wake, gboolean slept, RdSurroundings *self)
{
  rd_lines_probe (self->lines, slept);
  /* Timers stand still while the machine sleeps. */
  rd_reminders_start (self->reminders);
}

static void
on_autostart_changed (RdSurroundings *self)
{
  rd_background_set_autostart (self->background, rd_preferences_get_boolean (self->preferences, "autostart"));
}

static void
on_system_bus_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdSurroundings *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) system = g_bus_get_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (system == NULL)
    {
      g_debug ("No system bus: %s", error->message);
      return;
    }
  g_dbus_connection_set_exit_on_close (system, FALSE);
  rd_session_lock_watch_logind (self->session_lock, system);
  rd_wake_watch_system (self->wake, system);
}

/*
 * GObject
 */
static void
rd_surroundings_dispose (GObject *object)
{
  g_cancellable_cancel (RD_SURROUNDINGS (object)->cancellable);

  G_OBJECT_CLASS (rd_surroundings_parent_class)->dispose (object);
}

static void
rd_surroundings_finalize (GObject *object)
{
  RdSurroundings *self = RD_SURROUNDINGS (object);

  g_clear_object (&self->wake);
  g_clear_object (&self->reminders);
  g_clear_object (&self->media_policy);
  g_clear_object (&self->media_pause);
  g_clear_object (&self->lines);
  g_clear_object (&self->preferences);
  g_clear_object (&self->notifier);
  g_clear_object (&self->desktop_quiet);
  g_clear_object (&self->session_lock);
  g_clear_object (&self->background);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rd_surroundings_parent_class)->finalize (object);
}

static void
rd_surroundings_class_init (RdSurroundingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_surroundings_dispose;
  object_class->finalize = rd_surroundings_finalize;
}

static void
rd_surroundings_init (RdSurroundings *self)
{
  self->cancellable = g_cancellable_new ();
}

RdSurroundings *
rd_surroundings_new (GDBusConnection *connection, const RdPolicyContext *context)
{
  RdSurroundings *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_SURROUNDINGS, NULL);
  self->lines = g_object_ref (context->lines);
  self->preferences = g_object_ref (context->preferences);
  self->notifier = g_object_ref (context->notifier);
  self->desktop_quiet = g_object_ref (context->desktop_quiet);
  self->session_lock = g_object_ref (context->session_lock);
  self->background = g_object_ref (context->background);
  g_signal_connect_object (self->notifier, "notify::health", G_CALLBACK (on_notifier_health_changed), self, 0);
  g_signal_connect_object (self->desktop_quiet, "stirred", G_CALLBACK (rd_notifier_warm_up), self->notifier,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session_lock, "notify::locked", G_CALLBACK (update_discretion), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "changed::hide-when-locked", G_CALLBACK (update_discretion), self,
                           G_CONNECT_SWAPPED);
  update_discretion (self);
  self->media_pause = rd_media_pause_new (connection);
  self->media_policy = rd_media_policy_new (context->phone, context->ringer, context->preferences, self->media_pause);
  return self;
}

void
rd_surroundings_start (RdSurroundings *self, RdReminders *reminders)
{
  g_return_if_fail (RD_IS_SURROUNDINGS (self));
  g_return_if_fail (RD_IS_REMINDERS (reminders));

  self->reminders = g_object_ref (reminders);
  self->wake = rd_wake_new (g_network_monitor_get_default (), NULL, NULL);
  g_signal_connect_object (self->wake, "woke", G_CALLBACK (on_woke), self, 0);
  rd_background_start (self->background, rd_preferences_get_boolean (self->preferences, "autostart"));
  g_signal_connect_object (self->preferences, "changed::autostart", G_CALLBACK (on_autostart_changed), self,
                           G_CONNECT_SWAPPED);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_system_bus_ready, self);
}

void
rd_surroundings_stop (RdSurroundings *self)
{
  g_return_if_fail (RD_IS_SURROUNDINGS (self));

  g_clear_object (&self->media_policy);
  rd_media_pause_shut_down (self->media_pause);
}

gboolean
rd_surroundings_is_writing (RdSurroundings *self)
{
  g_return_val_if_fail (RD_IS_SURROUNDINGS (self), FALSE);

  return rd_background_is_writing (self->background);
}
