/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "door.h"

#include <string.h>

#define MAX_REQUEST 65536
#define N_JAMMING 8 /* a queue of none holds one or two */

struct _Door
{
  GSocket *socket;
  GSource *source; /* (nullable) */
  GPtrArray *sockets;
  char *answer;
  guint n;
};

/* Reads what there is, and answers once it is a whole head. */
static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Door *self = user_data;
  char head[MAX_REQUEST + 1];
  gssize length = g_socket_receive (socket, head, MAX_REQUEST, NULL, NULL);

  if (length <= 0)
    return G_SOURCE_REMOVE;
  head[length] = '\0';
  if (strstr (head, "\r\n\r\n") == NULL)
    return G_SOURCE_CONTINUE;
  g_socket_send (socket, self->answer, strlen (self->answer), NULL, NULL);
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  return G_SOURCE_REMOVE;
}

static void
watch (GSocket *socket, GSocketSourceFunc func, gpointer data, GSource **source)
{
  *source = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (*source, (GSourceFunc) (void (*) (void)) func, data, NULL);
  g_source_attach (*source, NULL);
}

typedef struct
{
  GSocket *socket;
  GSource *source; /* (nullable) */
} Caller;

static void
caller_free (gpointer data)
{
  Caller *caller = data;

  if (caller->source != NULL)
    g_source_destroy (caller->source);
  g_clear_pointer (&caller->source, g_source_unref);
  g_object_unref (caller->socket);
  g_free (caller);
}

static gboolean
on_incoming (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Door *self = user_data;
  Caller *caller = g_new0 (Caller, 1);

  caller->socket = g_socket_accept (socket, NULL, NULL);
  g_assert_nonnull (caller->socket);
  g_ptr_array_add (self->sockets, caller);
  self->n++;
  if (self->answer != NULL)
    watch (caller->socket, on_readable, self, &caller->source);
  return G_SOURCE_CONTINUE;
}

static Door *
create (const char *address, guint port, int backlog)
{
  Door *self = g_new0 (Door, 1);
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GError) error = NULL;

  self->sockets = g_ptr_array_new_with_free_func (caller_free);
  self->socket = g_socket_new (g_socket_address_get_family (place), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                               &error);
  g_assert_no_error (error);
  g_socket_set_blocking (self->socket, FALSE);
  g_socket_set_listen_backlog (self->socket, backlog);
  g_socket_bind (self->socket, place, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->socket, &error);
  g_assert_no_error (error);
  return self;
}

Door *
door_new (const char *address, guint port, const char *answer)
{
  Door *self = create (address, port, 16);

  self->answer = g_strdup (answer);
  watch (self->socket, on_incoming, self, &self->source);
  return self;
}

Door *
door_new_jammed (const char *address, guint port)
{
  Door *self = create (address, port, 0);
  g_autoptr (GSocketAddress) place = g_inet_socket_address_new_from_string (address, door_get_port (self));

  for (guint i = 0; i < N_JAMMING; i++)
    {
      Caller *caller = g_new0 (Caller, 1);

      caller->socket = g_socket_new (g_socket_address_get_family (place), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                     NULL);
      g_socket_set_blocking (caller->socket, FALSE);
      g_socket_connect (caller->socket, place, NULL, NULL);
      g_ptr_array_add (self->sockets, caller);
    }
  return self;
}

void
door_free (Door *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_ptr_array_unref (self->sockets);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_free (self->answer);
  g_free (self);
}

guint
door_get_port (Door *self)
{
  g_autoptr (GSocketAddress) place = g_socket_get_local_address (self->socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (place));
}

guint
door_get_n (Door *self)
{
  return self->n;
}
