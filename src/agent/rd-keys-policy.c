/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-keys-policy.h"

#include "rd-errand.h"
#include "rd-text.h"

/* Keys are proposed that no desktop has taken, as far as anybody knows; the desktop lets the user choose others. */

#define SETTING "global-shortcuts"

static const struct
{
  const char *id;
  const char *trigger;
} keys[] = {
  { "answer", "LOGO+SHIFT+a" }, { "decline", "LOGO+SHIFT+d" }, { "silence", "LOGO+SHIFT+s" },
  { "hang-up", "LOGO+SHIFT+h" }, { "quiet", "LOGO+SHIFT+n" },
};

struct _RdKeysPolicy
{
  GObject parent_instance;

  RdGlobalShortcuts *shortcuts;
  RdPreferences *preferences;
  RdPhone *phone;
  RdOperator *operator;
  RdNotices *notices;
  RdQuiet *quiet;
};

G_DEFINE_FINAL_TYPE (RdKeysPolicy, rd_keys_policy, G_TYPE_OBJECT)

/* (nullable) (transfer full): the oldest that is to be rung for, or that is to be ended */
static RdCall *
find_call (RdKeysPolicy *self, gboolean ringing)
{
  g_autoptr (GPtrArray) live = rd_phone_dup_live (self->phone);

  for (guint i = 0; i < live->len; i++)
    if ((rd_call_get_state (live->pdata[i]) == RD_CALL_RINGING_IN) == ringing)
      return g_object_ref (live->pdata[i]);
  return NULL;
}

static void
act (RdKeysPolicy *self, const char *id, const char *token)
{
  gboolean hang_up = g_str_equal (id, "hang-up");
  g_autoptr (RdCall) call = find_call (self, !hang_up);

  if (call == NULL)
    return;
  if (hang_up)
    rd_errand_hang_up (self->operator, self->notices, call);
  else if (g_str_equal (id, "answer"))
    rd_errand_answer (self->operator, self->notices, call, token);
  else if (g_str_equal (id, "decline"))
    rd_errand_decline (self->operator, self->notices, call, NULL);
  else if (g_str_equal (id, "silence"))
    rd_phone_silence (self->phone, call);
}

static void
on_activated (RdGlobalShortcuts *shortcuts, const char *id, const char *token, RdKeysPolicy *self)
{
  if (g_str_equal (id, "quiet"))
    rd_quiet_set (self->quiet, rd_quiet_get_why (self->quiet) == RD_QUIET_NOT, 0);
  else
    act (self, id, token);
}

static void
follow (RdKeysPolicy *self)
{
  RdGlobalShortcut wanted[G_N_ELEMENTS (keys)];

  if (!rd_preferences_get_boolean (self->preferences, SETTING))
    {
      rd_global_shortcuts_set (self->shortcuts, NULL, 0);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      wanted[i].id = keys[i].id;
      wanted[i].description = rd_text_for_key (keys[i].id);
      wanted[i].trigger = keys[i].trigger;
    }
  rd_global_shortcuts_set (self->shortcuts, wanted, G_N_ELEMENTS (wanted));
}

/*
 * GObject
 */
static void
rd_keys_policy_finalize (GObject *object)
{
  RdKeysPolicy *self = RD_KEYS_POLICY (object);

  g_clear_object (&self->shortcuts);
  g_clear_object (&self->preferences);
  g_clear_object (&self->phone);
  g_clear_object (&self->operator);
  g_clear_object (&self->notices);
  g_clear_object (&self->quiet);

  G_OBJECT_CLASS (rd_keys_policy_parent_class)->finalize (object);
}

static void
rd_keys_policy_class_init (RdKeysPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_keys_policy_finalize;
}

static void
rd_keys_policy_init (RdKeysPolicy *self)
{
}

RdKeysPolicy *
rd_keys_policy_new (const RdPolicyContext *context, RdGlobalShortcuts *shortcuts)
{
  RdKeysPolicy *self;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (RD_IS_GLOBAL_SHORTCUTS (shortcuts), NULL);

  self = g_object_new (RD_TYPE_KEYS_POLICY, NULL);
  self->shortcuts = g_object_ref (shortcuts);
  self->preferences = g_object_ref (context->preferences);
  self->phone = g_object_ref (context->phone);
  self->operator = g_object_ref (context->operator);
  self->notices = g_object_ref (context->notices);
  self->quiet = g_object_ref (context->quiet);
  g_signal_connect_object (shortcuts, "activated", G_CALLBACK (on_activated), self, 0);
  g_signal_connect_object (self->preferences, "changed::" SETTING, G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  return self;
}

void
rd_keys_policy_start (RdKeysPolicy *self)
{
  g_return_if_fail (RD_IS_KEYS_POLICY (self));

  follow (self);
}
