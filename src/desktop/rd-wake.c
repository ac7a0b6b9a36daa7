/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-wake.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* Turns signs of sleep and of another network into one signal. What is probed then, and how, others know. */

#define LOGIND "org.freedesktop.login1"
#define NETWORK_MANAGER "org.freedesktop.NetworkManager"
/* A route change comes as a burst of signals. */
#define BURST_S 2
/* Its clock counts sleep: after a sleep that was longer it is due at once. */
#define LOOK_EVERY_S 30
/* Clocks are not read at the same instant. */
#define SLEPT_US (2 * G_USEC_PER_SEC)

enum
{
  WOKE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdWake
{
  GObject parent_instance;

  GNetworkMonitor *monitor;
  RdWakeSlept slept;
  gpointer slept_data;
  gint64 slept_before;
  int timer;          /* a file descriptor; -1: none */
  guint timer_source;
  guint burst;        /* running: further changes wait for its end */
  gboolean again;

  GDBusConnection *system; /* (nullable) */
  guint logind_watch;
  guint sleep_subscription;
  guint network_subscription;
};

G_DEFINE_FINAL_TYPE (RdWake, rd_wake, G_TYPE_OBJECT)

static gint64
read_clock (clockid_t clock)
{
  struct timespec now = { 0 };

  clock_gettime (clock, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
compare_clocks (gpointer user_data)
{
  return read_clock (CLOCK_BOOTTIME) - read_clock (CLOCK_MONOTONIC);
}

static void
wake (RdWake *self, const char *why, gboolean slept)
{
  g_debug ("%s: connections are looked at", why);
  g_signal_emit (self, signals[WOKE], 0, slept);
}

static gboolean
on_burst_over (gpointer user_data)
{
  RdWake *self = RD_WAKE (user_data);

  self->burst = 0;
  if (self->again)
    {
      self->again = FALSE;
      wake (self, "The network has settled", FALSE);
    }
  return G_SOURCE_REMOVE;
}

static void
begin_burst (RdWake *self, const char *why, gboolean slept)
{
  g_clear_handle_id (&self->burst, g_source_remove);
  self->burst = g_timeout_add_seconds (BURST_S, on_burst_over, self);
  wake (self, why, slept);
}

static void
on_change (RdWake *self, const char *why)
{
  if (self->burst != 0)
    self->again = TRUE;
  else
    begin_burst (self, why, FALSE);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, RdWake *self)
{
  /* Without any way out there is nothing to look for. */
  if (available)
    on_change (self, "Another network");
}

/* Sleep is over: the network seldom is there at once. */
static void
on_slept (RdWake *self, const char *why)
{
  self->slept_before = self->slept (self->slept_data);
  self->again = TRUE;
  begin_burst (self, why, TRUE);
}

static gboolean
on_timer (int fd, GIOCondition condition, gpointer user_data)
{
  guint64 ticks;

  if (read (fd, &ticks, sizeof ticks) < 0)
    return G_SOURCE_CONTINUE;
  rd_wake_look (RD_WAKE (user_data));
  return G_SOURCE_CONTINUE;
}

static void
stop_looking (RdWake *self)
{
  g_clear_handle_id (&self->timer_source, g_source_remove);
  if (self->timer >= 0)
    close (self->timer);
  self->timer = -1;
}

static void
start_looking (RdWake *self)
{
  const struct itimerspec every = { .it_interval.tv_sec = LOOK_EVERY_S, .it_value.tv_sec = LOOK_EVERY_S };

  if (self->timer >= 0)
    return;
  self->timer = timerfd_create (CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->timer < 0)
    return;
  timerfd_settime (self->timer, 0, &every, NULL);
  self->timer_source = g_unix_fd_add (self->timer, G_IO_IN, on_timer, self);
}

static void
on_prepare_for_sleep (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                      const char *signal, GVariant *parameters, gpointer user_data)
{
  gboolean begins = TRUE;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &begins);
  if (!begins)
    on_slept (RD_WAKE (user_data), "Resumed");
}

/* A VPN whose routes are in a table of their own changes nothing that the monitor sees. */
static void
on_network_manager_changed (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                            const char *signal, GVariant *parameters, gpointer user_data)
{
  RdWake *self = RD_WAKE (user_data);
  g_autoptr (GVariant) changed = NULL;
  g_autoptr (GVariant) active = NULL;
  g_autoptr (GVariant) primary = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (parameters, 1);
  active = g_variant_lookup_value (changed, "ActiveConnections", NULL);
  primary = g_variant_lookup_value (changed, "PrimaryConnection", NULL);
  if (active != NULL || primary != NULL)
    on_network_changed (self->monitor, g_network_monitor_get_network_available (self->monitor), self);
}

static void
on_logind_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  stop_looking (RD_WAKE (user_data));
}

static void
on_logind_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  start_looking (RD_WAKE (user_data));
}

/*
 * GObject
 */
static void
rd_wake_dispose (GObject *object)
{
  RdWake *self = RD_WAKE (object);

  g_clear_handle_id (&self->burst, g_source_remove);
  g_clear_handle_id (&self->logind_watch, g_bus_unwatch_name);
  if (self->sleep_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system, self->sleep_subscription);
  if (self->network_subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->system, self->network_subscription);
  self->sleep_subscription = self->network_subscription = 0;
  stop_looking (self);

  G_OBJECT_CLASS (rd_wake_parent_class)->dispose (object);
}

static void
rd_wake_finalize (GObject *object)
{
  RdWake *self = RD_WAKE (object);

  g_clear_object (&self->monitor);
  g_clear_object (&self->system);

  G_OBJECT_CLASS (rd_wake_parent_class)->finalize (object);
}

static void
rd_wake_class_init (RdWakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_wake_dispose;
  object_class->finalize = rd_wake_finalize;

  signals[WOKE] = g_signal_new ("woke", RD_TYPE_WAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_BOOLEAN);
}

static void
rd_wake_init (RdWake *self)
{
  self->timer = -1;
}

RdWake *
rd_wake_new (GNetworkMonitor *monitor, RdWakeSlept slept, gpointer user_data)
{
  RdWake *self;

  g_return_val_if_fail (G_IS_NETWORK_MONITOR (monitor), NULL);

  self = g_object_new (RD_TYPE_WAKE, NULL);
  self->monitor = g_object_ref (monitor);
  self->slept = slept != NULL ? slept : compare_clocks;
  self->slept_data = user_data;
  self->slept_before = self->slept (user_data);
  g_signal_connect_object (monitor, "network-changed", G_CALLBACK (on_network_changed), self, 0);
  start_looking (self);
  return self;
}

void
rd_wake_watch_system (RdWake *self, GDBusConnection *system)
{
  g_return_if_fail (RD_IS_WAKE (self));
  g_return_if_fail (G_IS_DBUS_CONNECTION (system));
  g_return_if_fail (self->system == NULL);

  self->system = g_object_ref (system);
  self->sleep_subscription = g_dbus_connection_signal_subscribe (
    system, LOGIND, LOGIND ".Manager", "PrepareForSleep", "/org/freedesktop/login1", NULL, G_DBUS_SIGNAL_FLAGS_NONE,
    on_prepare_for_sleep, self, NULL);
  self->network_subscription = g_dbus_connection_signal_subscribe (
    system, NETWORK_MANAGER, "org.freedesktop.DBus.Properties", "PropertiesChanged", "/org/freedesktop/NetworkManager",
    NETWORK_MANAGER, G_DBUS_SIGNAL_FLAGS_NONE, on_network_manager_changed, self, NULL);
  self->logind_watch = g_bus_watch_name_on_connection (system, LOGIND, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                       on_logind_appeared, on_logind_vanished, self, NULL);
}

void
rd_wake_look (RdWake *self)
{
  gint64 slept;

  g_return_if_fail (RD_IS_WAKE (self));

  slept = self->slept (self->slept_data);
  if (slept - self->slept_before > SLEPT_US)
    on_slept (self, "The machine has slept");
  self->slept_before = slept;
}
