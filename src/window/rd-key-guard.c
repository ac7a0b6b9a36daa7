/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-key-guard.h"

/* Swallows a window's keys for a moment. Pointer and touch are not its business: nobody clicks by accident. */

struct _RdKeyGuard
{
  GObject parent_instance;

  RdClockFunc clock;
  gint64 until;
  GHashTable *held; /* keycodes pressed while armed */
};

G_DEFINE_FINAL_TYPE (RdKeyGuard, rd_key_guard, G_TYPE_OBJECT)

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, RdKeyGuard *self)
{
  return rd_key_guard_pressed (self, keycode) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
on_key_released (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                 RdKeyGuard *self)
{
  rd_key_guard_released (self, keycode);
}

static void
rd_key_guard_finalize (GObject *object)
{
  RdKeyGuard *self = RD_KEY_GUARD (object);

  g_clear_pointer (&self->held, g_hash_table_unref);

  G_OBJECT_CLASS (rd_key_guard_parent_class)->finalize (object);
}

static void
rd_key_guard_class_init (RdKeyGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_key_guard_finalize;
}

static void
rd_key_guard_init (RdKeyGuard *self)
{
  self->held = g_hash_table_new (NULL, NULL);
}

/**
 * rd_key_guard_new:
 * @window: the window, which gets an event controller
 * @clock: (nullable): where the time comes from; %NULL: g_get_monotonic_time()
 */
RdKeyGuard *
rd_key_guard_new (GtkWidget *window, RdClockFunc clock)
{
  RdKeyGuard *self;
  GtkEventController *controller;

  g_return_val_if_fail (GTK_IS_WIDGET (window), NULL);

  self = g_object_new (RD_TYPE_KEY_GUARD, NULL);
  self->clock = clock != NULL ? clock : g_get_monotonic_time;

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  g_signal_connect_object (controller, "key-released", G_CALLBACK (on_key_released), self, 0);
  gtk_widget_add_controller (window, controller);
  return self;
}

void
rd_key_guard_arm (RdKeyGuard *self)
{
  g_return_if_fail (RD_IS_KEY_GUARD (self));
  self->until = self->clock () + RD_KEY_GUARD_TIME;
}

gboolean
rd_key_guard_pressed (RdKeyGuard *self, guint keycode)
{
  g_return_val_if_fail (RD_IS_KEY_GUARD (self), FALSE);

  if (self->clock () < self->until)
    g_hash_table_add (self->held, GUINT_TO_POINTER (keycode));
  return g_hash_table_contains (self->held, GUINT_TO_POINTER (keycode));
}

void
rd_key_guard_released (RdKeyGuard *self, guint keycode)
{
  g_return_if_fail (RD_IS_KEY_GUARD (self));
  g_hash_table_remove (self->held, GUINT_TO_POINTER (keycode));
}
