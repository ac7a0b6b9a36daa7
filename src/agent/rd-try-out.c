/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-try-out.h"

/* A real call ends the ringer's test by itself; the notification goes when its time is over. */

#define LENGTH_MS 6000
/* No call's: those name their account first. */
#define KEY "try-out"

struct _RdTryOut
{
  GObject parent_instance;

  RdNotifier *notifier;
  RdRinger *ringer;
  RdClock *clock;
  gboolean on;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (RdTryOut, rd_try_out, G_TYPE_OBJECT)

static gboolean
on_timeout (gpointer user_data)
{
  RdTryOut *self = RD_TRY_OUT (user_data);

  self->timeout = 0;
  rd_try_out_stop (self);
  return G_SOURCE_REMOVE;
}

static void
on_call_action (RdNotifier *notifier, const char *key, const char *action, const char *token, RdTryOut *self)
{
  if (g_str_equal (key, KEY))
    rd_try_out_stop (self);
}

static void
on_call_dismissed (RdNotifier *notifier, const char *key, RdTryOut *self)
{
  if (g_str_equal (key, KEY))
    rd_try_out_stop (self);
}

/*
 * GObject
 */
static void
rd_try_out_finalize (GObject *object)
{
  RdTryOut *self = RD_TRY_OUT (object);

  if (self->timeout != 0)
    rd_clock_remove_timeout (self->clock, self->timeout);
  g_clear_object (&self->notifier);
  g_clear_object (&self->ringer);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_try_out_parent_class)->finalize (object);
}

static void
rd_try_out_class_init (RdTryOutClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_try_out_finalize;
}

static void
rd_try_out_init (RdTryOut *self)
{
}

RdTryOut *
rd_try_out_new (RdNotifier *notifier, RdRinger *ringer, RdClock *clock)
{
  RdTryOut *self;

  g_return_val_if_fail (RD_IS_NOTIFIER (notifier), NULL);
  g_return_val_if_fail (RD_IS_RINGER (ringer), NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_TRY_OUT, NULL);
  self->notifier = g_object_ref (notifier);
  self->ringer = g_object_ref (ringer);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (notifier, "call-action", G_CALLBACK (on_call_action), self, 0);
  g_signal_connect_object (notifier, "call-dismissed", G_CALLBACK (on_call_dismissed), self, 0);
  return self;
}

void
rd_try_out_start (RdTryOut *self, const char *name)
{
  g_return_if_fail (RD_IS_TRY_OUT (self));
  g_return_if_fail (name != NULL);

  if (self->timeout != 0)
    rd_clock_remove_timeout (self->clock, self->timeout);
  self->on = TRUE;
  self->timeout = rd_clock_add_timeout (self->clock, LENGTH_MS, on_timeout, self);
  rd_notifier_show_call (self->notifier, KEY, name, NULL, TRUE, FALSE, TRUE);
  rd_ringer_test (self->ringer, RD_RINGER_TEST_RING);
}

void
rd_try_out_stop (RdTryOut *self)
{
  g_return_if_fail (RD_IS_TRY_OUT (self));

  if (!self->on)
    return;
  self->on = FALSE;
  if (self->timeout != 0)
    rd_clock_remove_timeout (self->clock, self->timeout);
  self->timeout = 0;
  rd_notifier_close_call (self->notifier, KEY);
  rd_ringer_test (self->ringer, RD_RINGER_TEST_NOTHING);
}
