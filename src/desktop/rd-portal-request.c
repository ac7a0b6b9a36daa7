/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-portal-request.h"

/* The response may come before the method's reply: its path is foretold by a token, and listened at first. A portal
 * that knows nothing of tokens names another path in its reply. */

#define REQUEST "org.freedesktop.portal.Request"

enum
{
  RESPONSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdPortalRequest
{
  GObject parent_instance;

  GDBusConnection *connection;
  GCancellable *cancellable;
  char *path;
  guint subscription;
  gboolean done;
};

G_DEFINE_FINAL_TYPE (RdPortalRequest, rd_portal_request, G_TYPE_OBJECT)

static void
stop_listening (RdPortalRequest *self)
{
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  self->subscription = 0;
}

static void
respond (RdPortalRequest *self, RdPortalResponse response, GVariant *results)
{
  g_autoptr (RdPortalRequest) kept = g_object_ref (self);

  if (kept->done)
    return;
  kept->done = TRUE;
  stop_listening (kept);
  g_signal_emit (kept, signals[RESPONSE], 0, response, results);
}

static void
on_response (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
             const char *signal, GVariant *parameters, gpointer user_data)
{
  g_autoptr (GVariant) results = NULL;
  guint32 response;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  respond (RD_PORTAL_REQUEST (user_data), MIN (response, RD_PORTAL_FAILED), results);
}

static void
listen_at (RdPortalRequest *self, const char *path)
{
  stop_listening (self);
  g_free (self->path);
  self->path = g_strdup (path);
  self->subscription = g_dbus_connection_signal_subscribe (self->connection, RD_PORTAL_NAME, REQUEST, "Response", path,
                                                           NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_response, self, NULL);
}

static void
on_called_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdPortalRequest *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  const char *path;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      g_debug ("The portal: %s", error->message);
      respond (self, RD_PORTAL_FAILED, NULL);
      return;
    }
  g_variant_get (reply, "(&o)", &path);
  if (!self->done && !g_str_equal (path, self->path))
    listen_at (self, path);
}

static char *
make_path (GDBusConnection *connection, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (connection) + 1);

  return g_strdup_printf (RD_PORTAL_PATH "/request/%s/%s", g_strdelimit (sender, ".", '_'), token);
}

/*
 * GObject
 */
static void
rd_portal_request_dispose (GObject *object)
{
  RdPortalRequest *self = RD_PORTAL_REQUEST (object);

  g_cancellable_cancel (self->cancellable);
  stop_listening (self);

  G_OBJECT_CLASS (rd_portal_request_parent_class)->dispose (object);
}

static void
rd_portal_request_finalize (GObject *object)
{
  RdPortalRequest *self = RD_PORTAL_REQUEST (object);

  g_clear_object (&self->connection);
  g_clear_object (&self->cancellable);
  g_free (self->path);

  G_OBJECT_CLASS (rd_portal_request_parent_class)->finalize (object);
}

static void
rd_portal_request_class_init (RdPortalRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rd_portal_request_dispose;
  object_class->finalize = rd_portal_request_finalize;

  signals[RESPONSE] = g_signal_new ("response", RD_TYPE_PORTAL_REQUEST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_VARIANT);
}

static void
rd_portal_request_init (RdPortalRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

/* (transfer floating): @arguments, and @options with our token after them */
static GVariant *
build_parameters (GVariant *arguments, GVariant *options, const char *token)
{
  GVariantBuilder builder;
  GVariantDict dict;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_TUPLE);
  for (gsize i = 0; arguments != NULL && i < g_variant_n_children (arguments); i++)
    {
      g_autoptr (GVariant) argument = g_variant_get_child_value (arguments, i);

      g_variant_builder_add_value (&builder, argument);
    }
  g_variant_dict_init (&dict, options);
  g_variant_dict_insert (&dict, "handle_token", "s", token);
  g_variant_builder_add_value (&builder, g_variant_dict_end (&dict));
  return g_variant_builder_end (&builder);
}

RdPortalRequest *
rd_portal_request_new (GDBusConnection *connection, const char *interface, const char *method, GVariant *options)
{
  return rd_portal_request_new_with (connection, interface, method, g_variant_new ("(s)", ""), options);
}

RdPortalRequest *
rd_portal_request_new_with (GDBusConnection *connection, const char *interface, const char *method,
                            GVariant *arguments, GVariant *options)
{
  RdPortalRequest *self;
  g_autoptr (GVariant) before = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  g_autoptr (GVariant) owned = NULL;
  g_autofree char *token = g_strdup_printf ("ringdown%u", g_random_int ());
  g_autofree char *path = NULL;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (options != NULL, NULL);

  owned = g_variant_ref_sink (options);
  self = g_object_new (RD_TYPE_PORTAL_REQUEST, NULL);
  self->connection = g_object_ref (connection);
  path = make_path (connection, token);
  listen_at (self, path);
  g_dbus_connection_call (connection, RD_PORTAL_NAME, RD_PORTAL_PATH, interface, method,
                          build_parameters (before, owned, token), G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, on_called_ready, self);
  return self;
}
