/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-media-pause.h"

#include "rd-media-player.h"

/* Which players there are when it begins, and when it has ended. What one player does is RdMediaPlayer's. */

#define PREFIX "org.mpris.MediaPlayer2."
/* Speaks for the others, and would be asked twice. */
#define PROXY PREFIX "playerctld"
#define MAX_PLAYERS 32
#define END_MS 1500

struct _RdMediaPause
{
  GObject parent_instance;

  GDBusConnection *connection;
  GCancellable *cancellable;
  GPtrArray *players; /* of RdMediaPlayer */
  gboolean wanted;
  guint end;
};

G_DEFINE_FINAL_TYPE (RdMediaPause, rd_media_pause, G_TYPE_OBJECT)

static gboolean
on_end (gpointer user_data)
{
  RdMediaPause *self = RD_MEDIA_PAUSE (user_data);

  self->end = 0;
  for (guint i = 0; i < self->players->len; i++)
    rd_media_player_resume (self->players->pdata[i]);
  g_ptr_array_set_size (self->players, 0);
  return G_SOURCE_REMOVE;
}

static gboolean
is_known (RdMediaPause *self, const char *name)
{
  for (guint i = 0; i < self->players->len; i++)
    if (g_str_equal (rd_media_player_get_name (self->players->pdata[i]), name))
      return TRUE;
  return FALSE;
}

static void
on_names_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdMediaPause *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree const char **names = NULL;

  if (reply == NULL)
    return;
  g_variant_get (reply, "(^a&s)", &names);
  for (guint i = 0; names[i] != NULL && self->players->len < MAX_PLAYERS; i++)
    if (g_str_has_prefix (names[i], PREFIX) && !g_str_equal (names[i], PROXY) && !is_known (self, names[i]))
      g_ptr_array_add (self->players, rd_media_player_new (self->connection, names[i]));
}

/* Asks whoever is not known yet. */
static void
look (RdMediaPause *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "ListNames", NULL, G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable,
                          on_names_ready, self);
}

/*
 * GObject
 */
static void
rd_media_pause_dispose (GObject *object)
{
  RdMediaPause *self = RD_MEDIA_PAUSE (object);

  g_clear_handle_id (&self->end, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->players, 0);

  G_OBJECT_CLASS (rd_media_pause_parent_class)->dispose (object);
}

static void
rd_media_pause_finalize (GObject *object)
{
  RdMediaPause *self = RD_MEDIA_PAUSE (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->players, g_ptr_array_unref);

  G_OBJECT_CLASS (rd_media_pause_parent_class)->finalize (object);
}

static void
rd_media_pause_class_init (RdMediaPauseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_media_pause_dispose;
  object_class->finalize = rd_media_pause_finalize;
}

static void
rd_media_pause_init (RdMediaPause *self)
{
  self->players = g_ptr_array_new_with_free_func (g_object_unref);
}

RdMediaPause *
rd_media_pause_new (GDBusConnection *connection)
{
  RdMediaPause *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (RD_TYPE_MEDIA_PAUSE, NULL);
  self->connection = g_object_ref (connection);
  return self;
}

void
rd_media_pause_set_wanted (RdMediaPause *self, gboolean wanted)
{
  g_return_if_fail (RD_IS_MEDIA_PAUSE (self));

  if (self->wanted == wanted)
    return;
  self->wanted = wanted;
  if (!wanted)
    {
      self->end = g_timeout_add (END_MS, on_end, self);
      return;
    }
  /* If it goes on, who was paused is known; somebody may have begun to play since. */
  if (self->end == 0)
    g_ptr_array_set_size (self->players, 0);
  g_clear_handle_id (&self->end, g_source_remove);
  look (self);
}

void
rd_media_pause_shut_down (RdMediaPause *self)
{
  g_return_if_fail (RD_IS_MEDIA_PAUSE (self));

  g_clear_handle_id (&self->end, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  self->wanted = FALSE;
  on_end (self);
}
