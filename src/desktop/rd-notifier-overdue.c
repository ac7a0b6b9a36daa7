/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-overdue.h"

/* A server that does not answer is asked once more at the most, so there are few. */
#define MAX_OVERDUE 8

/* Shared with GDBus' own thread, which runs the filter. */
typedef struct
{
  GMutex lock;
  guint32 newest;   /* the serial of the newest Notify */
  guint32 answered; /* the newest one that was answered … */
  guint32 id;       /* … and with what */
  guint32 overdue[MAX_OVERDUE];
  guint n_overdue;
} Serials;

struct _RdNotifierOverdue
{
  GDBusConnection *connection;
  char *server;
  char *path;
  Serials *serials; /* atomically counted */
  guint filter;
  gboolean gone;
};

typedef struct
{
  char *server;
  char *path;
  Serials *serials;
  gboolean *gone; /* set when the filter has run for the last time */
} Watch;

static void
clear_serials (gpointer data)
{
  Serials *serials = data;

  g_mutex_clear (&serials->lock);
}

static void
unref_serials (Serials *serials)
{
  g_atomic_rc_box_release_full (serials, clear_serials);
}

static void
free_watch (gpointer data)
{
  Watch *watch = data;

  g_free (watch->server);
  g_free (watch->path);
  unref_serials (watch->serials);
  *watch->gone = TRUE;
  g_free (watch);
}

static void
take_down (GDBusConnection *connection, const char *server, const char *path, guint32 id)
{
  g_dbus_connection_call (connection, server, path, server, "CloseNotification", g_variant_new ("(u)", id), NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
}

/* TRUE: @serial was given up; it is so no more. */
static gboolean
forget (Serials *serials, guint32 serial)
{
  for (guint i = 0; i < serials->n_overdue; i++)
    if (serials->overdue[i] == serial)
      {
        serials->overdue[i] = serials->overdue[--serials->n_overdue];
        return TRUE;
      }
  return FALSE;
}

static void
read_answer (GDBusConnection *connection, GDBusMessage *message, Watch *watch)
{
  guint32 serial = g_dbus_message_get_reply_serial (message);
  GVariant *body = g_dbus_message_get_body (message);
  gboolean late = FALSE;
  guint32 id = 0;

  if (body == NULL || !g_variant_is_of_type (body, G_VARIANT_TYPE ("(u)")))
    return;
  g_variant_get (body, "(u)", &id);
  g_mutex_lock (&watch->serials->lock);
  late = forget (watch->serials, serial);
  if (serial == watch->serials->newest)
    {
      watch->serials->answered = serial;
      watch->serials->id = id;
    }
  g_mutex_unlock (&watch->serials->lock);
  if (late)
    take_down (connection, watch->server, watch->path, id);
}

static GDBusMessage *
on_message (GDBusConnection *connection, GDBusMessage *message, gboolean incoming, gpointer user_data)
{
  Watch *watch = user_data;

  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_RETURN)
    read_answer (connection, message, watch);
  else if (!incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL
           && g_strcmp0 (g_dbus_message_get_member (message), "Notify") == 0
           && g_strcmp0 (g_dbus_message_get_path (message), watch->path) == 0)
    {
      g_mutex_lock (&watch->serials->lock);
      watch->serials->newest = g_dbus_message_get_serial (message);
      g_mutex_unlock (&watch->serials->lock);
    }
  return message;
}

RdNotifierOverdue *
rd_notifier_overdue_new (GDBusConnection *connection, const char *server, const char *path)
{
  RdNotifierOverdue *self = g_new0 (RdNotifierOverdue, 1);
  Watch *watch = g_new0 (Watch, 1);

  self->connection = g_object_ref (connection);
  self->server = g_strdup (server);
  self->path = g_strdup (path);
  self->serials = g_atomic_rc_box_new0 (Serials);
  g_mutex_init (&self->serials->lock);
  watch->server = g_strdup (server);
  watch->path = g_strdup (path);
  watch->serials = g_atomic_rc_box_acquire (self->serials);
  watch->gone = &self->gone;
  self->filter = g_dbus_connection_add_filter (connection, on_message, watch, free_watch);
  return self;
}

void
rd_notifier_overdue_free (RdNotifierOverdue *self)
{
  if (self == NULL)
    return;
  g_dbus_connection_remove_filter (self->connection, self->filter);
  /* GDBus' thread may be in it, and says in this context that it no longer is. */
  while (!self->gone)
    g_main_context_iteration (g_main_context_get_thread_default (), TRUE);
  unref_serials (self->serials);
  g_object_unref (self->connection);
  g_free (self->server);
  g_free (self->path);
  g_free (self);
}

void
rd_notifier_overdue_add (RdNotifierOverdue *self)
{
  Serials *serials = self->serials;
  gboolean answered;
  guint32 id;

  g_mutex_lock (&serials->lock);
  answered = serials->answered == serials->newest && serials->newest != 0;
  id = serials->id;
  if (!answered && serials->newest != 0 && serials->n_overdue < MAX_OVERDUE)
    serials->overdue[serials->n_overdue++] = serials->newest;
  g_mutex_unlock (&serials->lock);
  /* It came in the moment in which it was given up. */
  if (answered)
    take_down (self->connection, self->server, self->path, id);
}
