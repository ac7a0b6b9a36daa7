/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-channels.h"

#include "rd-demo-events-api.h"

#include <string.h>

/* The Channels server as a whole: where it listens, which application a socket belongs to, how it fails. */

#define MAX_SOCKETS 500

enum
{
  SIGNAL_SUBSCRIBED,
  SIGNAL_LOG,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdDemoChannels
{
  GObject parent_instance;

  RdDemoSite *site;
  GPtrArray *apps;
  GPtrArray *strays;  /* sockets that belong to no application (yet) */
  gboolean mute;
  int refusal;
};

G_DEFINE_FINAL_TYPE (RdDemoChannels, rd_demo_channels, G_TYPE_OBJECT)

static RdDemoApp *
find_by_key (RdDemoChannels *self, const char *key)
{
  for (guint i = 0; i < self->apps->len; i++)
    {
      RdDemoApp *app = g_ptr_array_index (self->apps, i);

      if (strcmp (rd_demo_app_get_key (app), key) == 0)
        return app;
    }
  return NULL;
}

/* (transfer container): every socket there is */
static GPtrArray *
dup_all_sockets (RdDemoChannels *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->apps->len; i++)
    g_ptr_array_extend_and_steal (all, rd_demo_app_dup_sockets (g_ptr_array_index (self->apps, i), NULL));
  for (guint i = 0; i < self->strays->len; i++)
    g_ptr_array_add (all, g_object_ref (g_ptr_array_index (self->strays, i)));
  return all;
}

static void
on_stray_closed (RdDemoSocket *socket, gpointer user_data)
{
  RdDemoChannels *self = RD_DEMO_CHANNELS (user_data);

  g_ptr_array_remove (self->strays, socket);
}

static void
keep_stray (RdDemoChannels *self, RdDemoSocket *socket)
{
  g_ptr_array_add (self->strays, g_object_ref (socket));
  g_signal_connect_object (socket, "closed", G_CALLBACK (on_stray_closed), self, 0);
}

static void
refuse (RdDemoChannels *self, RdDemoSocket *socket, int code, const char *message)
{
  keep_stray (self, socket);
  rd_demo_socket_send_error (socket, code, message);
  rd_demo_socket_close (socket, code);
}

static void
on_websocket (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *connection,
              gpointer user_data)
{
  RdDemoChannels *self = RD_DEMO_CHANNELS (user_data);
  g_autoptr (RdDemoSocket) socket = rd_demo_socket_new (connection, soup_server_message_get_socket (message));
  const char *key = g_str_has_prefix (path, "/app/") ? path + strlen ("/app/") : "";
  RdDemoApp *app = find_by_key (self, key);
  g_autoptr (GPtrArray) all = dup_all_sockets (self);

  if (self->mute)
    keep_stray (self, socket);
  else if (self->refusal != 0)
    refuse (self, socket, self->refusal, "The server refuses connections.");
  else if (app == NULL)
    {
      g_autofree char *text = g_strdup_printf ("App key %.64s does not exist.", key);
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      refuse (self, socket, 4001, valid);
    }
  else if (all->len >= MAX_SOCKETS)
    refuse (self, socket, 4100, "The current concurrent connections quota has been reached.");
  else
    rd_demo_app_add_socket (app, socket);
}

static void
on_app_log (RdDemoApp *app, const char *text, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_LOG], 0, text);
}

static void
on_app_subscribed (RdDemoApp *app, const char *socket_id, const char *channel, gpointer user_data)
{
  g_signal_emit (user_data, signals[SIGNAL_SUBSCRIBED], 0, rd_demo_app_get_id (app), channel, socket_id);
}

static RdDemoApp *
lookup_app (const char *id, gpointer user_data)
{
  return rd_demo_channels_lookup (user_data, id);
}

/* GObject */

static void
rd_demo_channels_dispose (GObject *object)
{
  RdDemoChannels *self = RD_DEMO_CHANNELS (object);

  if (self->site != NULL)
    rd_demo_channels_stop (self);
  g_clear_object (&self->site);
  g_clear_pointer (&self->apps, g_ptr_array_unref);
  g_clear_pointer (&self->strays, g_ptr_array_unref);
  G_OBJECT_CLASS (rd_demo_channels_parent_class)->dispose (object);
}

static void
rd_demo_channels_class_init (RdDemoChannelsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_demo_channels_dispose;

  signals[SIGNAL_SUBSCRIBED] = g_signal_new ("subscribed", RD_TYPE_DEMO_CHANNELS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_LOG] = g_signal_new ("log", RD_TYPE_DEMO_CHANNELS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rd_demo_channels_init (RdDemoChannels *self)
{
  self->site = rd_demo_site_new ();
  self->apps = g_ptr_array_new_with_free_func (g_object_unref);
  self->strays = g_ptr_array_new_with_free_func (g_object_unref);
  rd_demo_site_set_websocket (self->site, "/app/", FALSE, on_websocket, self);
  rd_demo_events_api_install (self->site, lookup_app, self);
}

RdDemoChannels *
rd_demo_channels_new (void)
{
  return g_object_new (RD_TYPE_DEMO_CHANNELS, NULL);
}

void
rd_demo_channels_add_app (RdDemoChannels *self, const char *id, const char *key, const char *secret)
{
  RdDemoApp *app;

  g_return_if_fail (RD_IS_DEMO_CHANNELS (self));
  g_return_if_fail (rd_demo_channels_lookup (self, id) == NULL);

  app = rd_demo_app_new (id, key, secret);
  g_signal_connect_object (app, "log", G_CALLBACK (on_app_log), self, 0);
  g_signal_connect_object (app, "subscribed", G_CALLBACK (on_app_subscribed), self, 0);
  g_ptr_array_add (self->apps, app);
}

RdDemoApp *
rd_demo_channels_lookup (RdDemoChannels *self, const char *id)
{
  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->apps->len; i++)
    {
      RdDemoApp *app = g_ptr_array_index (self->apps, i);

      if (strcmp (rd_demo_app_get_id (app), id) == 0)
        return app;
    }
  return NULL;
}

gboolean
rd_demo_channels_listen (RdDemoChannels *self, guint port, GError **error)
{
  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (self), FALSE);

  return rd_demo_site_listen (self->site, port != 0 ? port : rd_demo_site_get_port (self->site), error);
}

void
rd_demo_channels_stop (RdDemoChannels *self)
{
  g_return_if_fail (RD_IS_DEMO_CHANNELS (self));

  rd_demo_site_stop (self->site);
  rd_demo_channels_drop (self);
}

guint
rd_demo_channels_get_port (RdDemoChannels *self)
{
  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (self), 0);

  return rd_demo_site_get_port (self->site);
}

guint
rd_demo_channels_drop (RdDemoChannels *self)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (self), 0);

  all = dup_all_sockets (self);
  for (guint i = 0; i < all->len; i++)
    rd_demo_socket_drop (g_ptr_array_index (all, i));
  return all->len;
}

void
rd_demo_channels_close_all (RdDemoChannels *self, int code, const char *message)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (RD_IS_DEMO_CHANNELS (self));

  all = dup_all_sockets (self);
  for (guint i = 0; i < all->len; i++)
    {
      if (message != NULL)
        rd_demo_socket_send_error (g_ptr_array_index (all, i), code, message);
      rd_demo_socket_close (g_ptr_array_index (all, i), code);
    }
}

void
rd_demo_channels_send_raw (RdDemoChannels *self, const char *text)
{
  g_autoptr (GPtrArray) all = NULL;

  g_return_if_fail (RD_IS_DEMO_CHANNELS (self));

  all = dup_all_sockets (self);
  for (guint i = 0; i < all->len; i++)
    rd_demo_socket_send (g_ptr_array_index (all, i), text);
}

void
rd_demo_channels_set_mute (RdDemoChannels *self, gboolean mute)
{
  g_return_if_fail (RD_IS_DEMO_CHANNELS (self));

  self->mute = mute;
}

void
rd_demo_channels_set_refusal (RdDemoChannels *self, int code)
{
  g_return_if_fail (RD_IS_DEMO_CHANNELS (self));

  self->refusal = code;
}

void
rd_demo_channels_trigger (RdDemoChannels *self, const char *app_id, const char *channel, const char *event,
                          const char *data)
{
  RdDemoApp *app;

  g_return_if_fail (RD_IS_DEMO_CHANNELS (self));

  app = rd_demo_channels_lookup (self, app_id);
  g_return_if_fail (app != NULL);
  rd_demo_app_trigger (app, channel, event, data, NULL);
}

guint
rd_demo_channels_count (RdDemoChannels *self, const char *app_id, const char *channel)
{
  g_autoptr (GPtrArray) sockets = NULL;
  RdDemoApp *app;

  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (self), 0);

  app = rd_demo_channels_lookup (self, app_id);
  g_return_val_if_fail (app != NULL, 0);
  sockets = rd_demo_app_dup_sockets (app, channel);
  return sockets->len;
}

char *
rd_demo_channels_authorize (RdDemoChannels *self, const char *app_id, const char *socket_id, const char *channel,
                            const char *channel_data)
{
  RdDemoApp *app;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (RD_IS_DEMO_CHANNELS (self), NULL);
  g_return_val_if_fail (socket_id != NULL && channel != NULL, NULL);

  app = rd_demo_channels_lookup (self, app_id);
  g_return_val_if_fail (app != NULL, NULL);
  text = g_strjoin (":", socket_id, channel, channel_data, NULL);
  signature = rd_demo_app_sign (app, text);
  return g_strconcat (rd_demo_app_get_key (app), ":", signature, NULL);
}
