/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-rings.h"

#include "rd-fault.h"

/* Which ringing calls are seen and heard. */

struct _RdRings
{
  GObject parent_instance;

  RdPhone *phone;
  RdLines *lines;
  RdNotifier *notifier;
  RdPreferences *preferences;
  RdQuiet *quiet;
  RdWindowLauncher *launcher;
  RdNotices *notices;

  GHashTable *calls;   /* key → RdCall */
  GHashTable *shown;   /* the keys of those that have a notification */
  gboolean complained; /* that a call can be shown nowhere */
};

G_DEFINE_FINAL_TYPE (RdRings, rd_rings, G_TYPE_OBJECT)

static gboolean
notifications_fail (RdRings *self)
{
  const char *health = rd_notifier_get_health (self->notifier);

  return !g_str_equal (health, "ok") && !g_str_equal (health, "unknown");
}

/* Somebody must be able to answer: without notifications the window opens, unless it is never to. */
static void
show_window (RdRings *self)
{
  RdWindowOnCall wish = rd_preferences_get_window_on_call (self->preferences);
  gboolean blind = notifications_fail (self);
  g_autoptr (GError) error = NULL;

  if (wish == RD_WINDOW_ON_CALL_NEVER)
    {
      if (!blind || self->complained)
        return;
      self->complained = TRUE;
      error = rd_fault_new (RD_FAULT_UNSUPPORTED, NULL, 0, NULL, "notifications");
      rd_notices_say (self->notices, "warning", NULL, NULL, error);
      return;
    }
  if (wish == RD_WINDOW_ON_CALL_WITHOUT_NOTIFICATION && !blind)
    return;
  if (!rd_window_launcher_get_enabled (self->launcher) || rd_window_launcher_is_open (self->launcher))
    return;
  if (!rd_window_launcher_open_for_call (self->launcher, &error))
    g_message ("The window: %s", error->message);
}

/* Some sites only tell of calls: they are taken in the browser. */
static gboolean
can_answer (RdRings *self, RdCall *call)
{
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (call));

  return line == NULL || rd_line_get_site (line) == NULL || rd_site_can (rd_line_get_site (line), "answer");
}

static void
notify (RdRings *self, RdCall *call, const char *key)
{
  rd_notifier_show_call (self->notifier, key, rd_call_get_peer_name (call),
                         rd_lines_get_label (self->lines, rd_call_get_account (call)), rd_call_get_audio (call),
                         rd_call_get_soft (call), can_answer (self, call));
}

static gboolean
may_disturb (RdRings *self, RdCall *call, RdQuietWhat what)
{
  return rd_quiet_allows (self->quiet, what, rd_call_get_account (call), rd_call_get_peer_id (call));
}

/* As do-not-disturb has it now. */
static void
consider (RdRings *self, RdCall *call, const char *key)
{
  gboolean shown = g_hash_table_contains (self->shown, key);
  gboolean may_show = may_disturb (self, call, RD_QUIET_CALL);

  if (may_show && !shown)
    {
      g_hash_table_add (self->shown, g_strdup (key));
      notify (self, call, key);
      show_window (self);
    }
  else if (!may_show && shown)
    {
      g_hash_table_remove (self->shown, key);
      rd_notifier_close_call (self->notifier, key);
    }
  rd_phone_set_hushed (self->phone, call, !may_disturb (self, call, RD_QUIET_SOUND));
}

static void
on_quiet_changed (RdQuiet *quiet, RdRings *self)
{
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (self->calls, NULL);

  for (gsize i = 0; keys[i] != NULL; i++)
    consider (self, g_hash_table_lookup (self->calls, keys[i]), keys[i]);
}

static void
on_notifier_health_changed (RdNotifier *notifier, GParamSpec *pspec, RdRings *self)
{
  if (g_str_equal (rd_notifier_get_health (notifier), "ok"))
    self->complained = FALSE;
  else if (g_hash_table_size (self->shown) > 0)
    show_window (self);
}

/*
 * GObject
 */
static void
rd_rings_finalize (GObject *object)
{
  RdRings *self = RD_RINGS (object);

  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->notifier);
  g_clear_object (&self->preferences);
  g_clear_object (&self->quiet);
  g_clear_object (&self->launcher);
  g_clear_object (&self->notices);

  G_OBJECT_CLASS (rd_rings_parent_class)->finalize (object);
}

static void
rd_rings_class_init (RdRingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_rings_finalize;
}

static void
rd_rings_init (RdRings *self)
{
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RdRings *
rd_rings_new (const RdPolicyContext *context)
{
  RdRings *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_RINGS, NULL);
  self->phone = g_object_ref (context->phone);
  self->lines = g_object_ref (context->lines);
  self->notifier = g_object_ref (context->notifier);
  self->preferences = g_object_ref (context->preferences);
  self->quiet = g_object_ref (context->quiet);
  self->launcher = g_object_ref (context->launcher);
  self->notices = g_object_ref (context->notices);
  g_signal_connect_object (self->quiet, "changed", G_CALLBACK (on_quiet_changed), self, 0);
  g_signal_connect_object (self->notifier, "notify::health", G_CALLBACK (on_notifier_health_changed), self, 0);
  return self;
}

void
rd_rings_add (RdRings *self, RdCall *call, const char *key)
{
  g_return_if_fail (RD_IS_RINGS (self));
  g_return_if_fail (RD_IS_CALL (call));
  g_return_if_fail (key != NULL);

  if (g_hash_table_contains (self->calls, key))
    return;
  g_hash_table_insert (self->calls, g_strdup (key), g_object_ref (call));
  consider (self, call, key);
  /* Some desktops tell of their quiet only when they are asked: it may be over. */
  if (!g_hash_table_contains (self->shown, key) && rd_quiet_get_desktop (self->quiet))
    rd_notifier_warm_up (self->notifier);
}

void
rd_rings_remove (RdRings *self, const char *key)
{
  g_return_if_fail (RD_IS_RINGS (self));
  g_return_if_fail (key != NULL);

  g_hash_table_remove (self->calls, key);
  if (g_hash_table_remove (self->shown, key))
    rd_notifier_close_call (self->notifier, key);
}

RdCall *
rd_rings_lookup (RdRings *self, const char *key)
{
  g_return_val_if_fail (RD_IS_RINGS (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return g_hash_table_lookup (self->calls, key);
}

void
rd_rings_show_again (RdRings *self, RdCall *call, const char *key)
{
  g_return_if_fail (RD_IS_RINGS (self));
  g_return_if_fail (RD_IS_CALL (call));
  g_return_if_fail (key != NULL);

  if (g_hash_table_lookup (self->calls, key) == call && g_hash_table_contains (self->shown, key))
    notify (self, call, key);
}
