/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-background-status.h"

#include <string.h>

#include "rd-portal-request.h"

/* One at a time, and of several texts the last one: a portal that hangs is not flooded. One that is older than the
 * method refuses it, and is asked no more. */

#define PORTAL "org.freedesktop.portal.Background"
/* The portal's limit: characters, counted as bytes to be sure. */
#define MAX_TEXT 96
#define ELLIPSIS "…"

typedef enum
{
  RD_BACKGROUND_STATUS_PROP_TEXT = 1,
} RdBackgroundStatusProps;

static GParamSpec *properties[RD_BACKGROUND_STATUS_PROP_TEXT + 1];

struct _RdBackgroundStatus
{
  GObject parent_instance;

  GDBusConnection *connection;
  GCancellable *cancellable;
  char *text;
  char *told; /* what the portal knows */
  gboolean telling;
  gboolean refused;
};

G_DEFINE_FINAL_TYPE (RdBackgroundStatus, rd_background_status, G_TYPE_OBJECT)

static char *
dup_bounded (const char *text)
{
  const char *end = text;

  if (strlen (text) <= MAX_TEXT)
    return g_strdup (text);
  while ((gsize) (g_utf8_next_char (end) - text) <= MAX_TEXT - strlen (ELLIPSIS))
    end = g_utf8_next_char (end);
  return g_strdup_printf ("%.*s%s", (int) (end - text), text, ELLIPSIS);
}

/* Also called without a @result, to begin. */
static void
on_told_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdBackgroundStatus *self = user_data; /* gone if it is cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
    = result != NULL ? g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error) : NULL;
  GVariantDict options;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->telling = FALSE;
  if (error != NULL)
    {
      g_debug ("The background portal takes no status: %s", error->message);
      self->refused = g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
                      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_INTERFACE)
                      || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED);
    }
  if (self->refused || g_strcmp0 (self->text, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_strdup (self->text);
  self->telling = TRUE;
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "message", "s", self->told);
  g_dbus_connection_call (self->connection, RD_PORTAL_NAME, RD_PORTAL_PATH, PORTAL, "SetStatus",
                          g_variant_new ("(@a{sv})", g_variant_dict_end (&options)), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          self->cancellable, on_told_ready, self);
}

static void
set_text (RdBackgroundStatus *self, const char *text)
{
  if (text == NULL)
    return;
  g_free (self->text);
  self->text = dup_bounded (text);
  if (!self->telling)
    on_told_ready (NULL, NULL, self);
}

/*
 * GObject
 */
static void
rd_background_status_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((RdBackgroundStatusProps) id)
    {
    case RD_BACKGROUND_STATUS_PROP_TEXT:
      set_text (RD_BACKGROUND_STATUS (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_background_status_finalize (GObject *object)
{
  RdBackgroundStatus *self = RD_BACKGROUND_STATUS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  g_free (self->text);
  g_free (self->told);

  G_OBJECT_CLASS (rd_background_status_parent_class)->finalize (object);
}

static void
rd_background_status_class_init (RdBackgroundStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = rd_background_status_set_property;
  object_class->finalize = rd_background_status_finalize;

  properties[RD_BACKGROUND_STATUS_PROP_TEXT]
    = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rd_background_status_init (RdBackgroundStatus *self)
{
  self->cancellable = g_cancellable_new ();
}

RdBackgroundStatus *
rd_background_status_new (GDBusConnection *connection)
{
  RdBackgroundStatus *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (RD_TYPE_BACKGROUND_STATUS, NULL);
  self->connection = g_object_ref (connection);
  return self;
}
