/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-media-player.h"

#include <string.h>

/* Its first change to "Paused" after our Pause is our doing; every other change of what it does is the user's. It is
 * spoken to by its unique name: a player that was started anew under the same name is another one. */

#define PATH "/org/mpris/MediaPlayer2"
#define PLAYER "org.mpris.MediaPlayer2.Player"
#define PROPERTIES "org.freedesktop.DBus.Properties"
#define ANSWER_MS 3000
/* What is paused later than that was not by us. */
#define OBEY_US (5 * G_USEC_PER_SEC)

struct _RdMediaPlayer
{
  GObject parent_instance;

  GDBusConnection *connection;
  char *name;
  char *owner; /* (nullable) */
  guint watch;
  guint subscription;
  GCancellable *cancellable;
  gint64 asked_at; /* when Pause was sent, monotonic; 0: it was not */
  RdMediaPlayerState state;
};

G_DEFINE_FINAL_TYPE (RdMediaPlayer, rd_media_player, G_TYPE_OBJECT)

static void
let_go (RdMediaPlayer *self, const char *why)
{
  if (self->state == RD_MEDIA_PLAYER_NOT_OURS)
    return;
  g_debug ("%s: %s", self->name, why);
  self->state = RD_MEDIA_PLAYER_NOT_OURS;
}

static void
call (RdMediaPlayer *self, const char *interface, const char *method, GVariant *arguments, GAsyncReadyCallback callback)
{
  g_dbus_connection_call (self->connection, self->owner, PATH, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS, self->cancellable, callback, self);
}

/* It is still to obey. */
static gboolean
is_pausing (RdMediaPlayer *self)
{
  return self->state == RD_MEDIA_PLAYER_ASKED && self->asked_at != 0
         && g_get_monotonic_time () - self->asked_at < OBEY_US;
}

/* One that says "Playing" once more before it obeys has not been started by anybody. */
static void
take_status (RdMediaPlayer *self, const char *status)
{
  gboolean paused = g_str_equal (status, "Paused");

  if (paused && is_pausing (self))
    {
      g_debug ("%s: paused", self->name);
      self->state = RD_MEDIA_PLAYER_PAUSED;
    }
  else if (!paused && self->state == RD_MEDIA_PLAYER_PAUSED)
    let_go (self, "somebody else has started or stopped it");
}

static void
on_properties_changed (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
                       const char *signal, GVariant *parameters, gpointer user_data)
{
  g_autoptr (GVariant) changed = NULL;
  const char *status;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(sa{sv}as)")))
    return;
  changed = g_variant_get_child_value (parameters, 1);
  if (g_variant_lookup (changed, "PlaybackStatus", "&s", &status))
    take_status (RD_MEDIA_PLAYER (user_data), status);
}

static void
on_status_asked_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdMediaPlayer *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (reply == NULL || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(v)")))
    return;
  g_variant_get (reply, "(v)", &value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    take_status (self, g_variant_get_string (value, NULL));
}

/* Some say nothing of it by themselves. */
static void
on_paused_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdMediaPlayer *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    let_go (self, error->message);
  else if (self->state == RD_MEDIA_PLAYER_ASKED && self->owner != NULL)
    call (self, PROPERTIES, "Get", g_variant_new ("(ss)", PLAYER, "PlaybackStatus"), on_status_asked_ready);
}

static void
on_first_asked_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdMediaPlayer *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) all = NULL;
  const char *status = "";
  gboolean can_pause = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL && g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    {
      all = g_variant_get_child_value (reply, 0);
      g_variant_lookup (all, "PlaybackStatus", "&s", &status);
      g_variant_lookup (all, "CanPause", "b", &can_pause);
    }
  if (self->owner == NULL || !can_pause || !g_str_equal (status, "Playing"))
    {
      let_go (self, "is not to be paused");
      return;
    }
  self->asked_at = g_get_monotonic_time ();
  call (self, PLAYER, "Pause", NULL, on_paused_ready);
}

static void
forget_owner (RdMediaPlayer *self)
{
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  self->subscription = 0;
  g_clear_pointer (&self->owner, g_free);
}

static void
on_name_appeared (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  RdMediaPlayer *self = RD_MEDIA_PLAYER (user_data);

  if (self->state != RD_MEDIA_PLAYER_ASKED || self->owner != NULL)
    {
      let_go (self, "is another one now");
      return;
    }
  self->owner = g_strdup (owner);
  self->subscription = g_dbus_connection_signal_subscribe (connection, owner, PROPERTIES, "PropertiesChanged", PATH,
                                                           PLAYER, G_DBUS_SIGNAL_FLAGS_NONE, on_properties_changed,
                                                           self, NULL);
  call (self, PROPERTIES, "GetAll", g_variant_new ("(s)", PLAYER), on_first_asked_ready);
}

static void
on_name_vanished (GDBusConnection *connection, const char *name, gpointer user_data)
{
  RdMediaPlayer *self = RD_MEDIA_PLAYER (user_data);

  let_go (self, "is gone");
  forget_owner (self);
}

/*
 * GObject
 */
static void
rd_media_player_dispose (GObject *object)
{
  RdMediaPlayer *self = RD_MEDIA_PLAYER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  forget_owner (self);

  G_OBJECT_CLASS (rd_media_player_parent_class)->dispose (object);
}

static void
rd_media_player_finalize (GObject *object)
{
  RdMediaPlayer *self = RD_MEDIA_PLAYER (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_free (self->name);

  G_OBJECT_CLASS (rd_media_player_parent_class)->finalize (object);
}

static void
rd_media_player_class_init (RdMediaPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_media_player_dispose;
  object_class->finalize = rd_media_player_finalize;
}

static void
rd_media_player_init (RdMediaPlayer *self)
{
  self->cancellable = g_cancellable_new ();
}

RdMediaPlayer *
rd_media_player_new (GDBusConnection *connection, const char *name)
{
  RdMediaPlayer *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (RD_TYPE_MEDIA_PLAYER, NULL);
  self->connection = g_object_ref (connection);
  self->name = g_strdup (name);
  self->watch = g_bus_watch_name_on_connection (connection, name, G_BUS_NAME_WATCHER_FLAGS_NONE, on_name_appeared,
                                                on_name_vanished, self, NULL);
  return self;
}

const char *
rd_media_player_get_name (RdMediaPlayer *self)
{
  g_return_val_if_fail (RD_IS_MEDIA_PLAYER (self), NULL);

  return self->name;
}

RdMediaPlayerState
rd_media_player_get_state (RdMediaPlayer *self)
{
  g_return_val_if_fail (RD_IS_MEDIA_PLAYER (self), RD_MEDIA_PLAYER_NOT_OURS);

  return self->state;
}

void
rd_media_player_resume (RdMediaPlayer *self)
{
  g_return_if_fail (RD_IS_MEDIA_PLAYER (self));

  /* One that has not obeyed yet would pause after all, and stay so. */
  if ((self->state == RD_MEDIA_PLAYER_PAUSED || is_pausing (self)) && self->owner != NULL)
    {
      g_debug ("%s: plays on", self->name);
      g_dbus_connection_call (self->connection, self->owner, PATH, PLAYER, "Play", NULL, NULL,
                              G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS, NULL, NULL, NULL);
    }
  let_go (self, "is let go");
}
