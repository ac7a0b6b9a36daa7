/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-media-policy.h"

struct _RdMediaPolicy
{
  GObject parent_instance;

  RdPhone *phone;
  RdRinger *ringer;
  RdPreferences *preferences;
  RdMediaPause *pause;
};

G_DEFINE_FINAL_TYPE (RdMediaPolicy, rd_media_policy, G_TYPE_OBJECT)

/* What somebody talks about elsewhere disturbs no music here. */
static gboolean
is_ours (RdCall *call)
{
  RdCallState state = rd_call_get_state (call);

  return rd_call_get_local (call) && (state == RD_CALL_ACTIVE || state == RD_CALL_RINGING_OUT);
}

static gboolean
is_busy (RdMediaPolicy *self)
{
  g_autoptr (GPtrArray) calls = NULL;

  if (rd_ringer_get_target (self->ringer) != RD_RINGER_SILENT)
    return TRUE;
  calls = rd_phone_dup_live (self->phone);
  for (guint i = 0; i < calls->len; i++)
    if (is_ours (calls->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
update (RdMediaPolicy *self)
{
  rd_media_pause_set_wanted (self->pause,
                             rd_preferences_get_boolean (self->preferences, "pause-media") && is_busy (self));
}

static void
on_call_added (RdPhone *phone, RdCall *call, RdMediaPolicy *self)
{
  g_signal_connect_object (call, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "notify::local", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
on_call_ended (RdPhone *phone, RdCall *call, RdMediaPolicy *self)
{
  update (self);
}

/*
 * GObject
 */
static void
rd_media_policy_finalize (GObject *object)
{
  RdMediaPolicy *self = RD_MEDIA_POLICY (object);

  g_clear_object (&self->phone);
  g_clear_object (&self->ringer);
  g_clear_object (&self->preferences);
  g_clear_object (&self->pause);

  G_OBJECT_CLASS (rd_media_policy_parent_class)->finalize (object);
}

static void
rd_media_policy_class_init (RdMediaPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_media_policy_finalize;
}

static void
rd_media_policy_init (RdMediaPolicy *self)
{
}

RdMediaPolicy *
rd_media_policy_new (RdPhone *phone, RdRinger *ringer, RdPreferences *preferences, RdMediaPause *pause)
{
  RdMediaPolicy *self;

  g_return_val_if_fail (RD_IS_PHONE (phone), NULL);
  g_return_val_if_fail (RD_IS_RINGER (ringer), NULL);
  g_return_val_if_fail (RD_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (RD_IS_MEDIA_PAUSE (pause), NULL);

  self = g_object_new (RD_TYPE_MEDIA_POLICY, NULL);
  self->phone = g_object_ref (phone);
  self->ringer = g_object_ref (ringer);
  self->preferences = g_object_ref (preferences);
  self->pause = g_object_ref (pause);
  g_signal_connect_object (phone, "call-added", G_CALLBACK (on_call_added), self, 0);
  g_signal_connect_object (phone, "call-ended", G_CALLBACK (on_call_ended), self, 0);
  g_signal_connect_object (ringer, "notify::target-state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "changed::pause-media", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}
