/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "connect-proxy.h"

#include <string.h>

#include "rd-test.h"

#define OK "HTTP/1.1 200 Connection established\r\n\r\n"
#define WHO "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"
#define NO "HTTP/1.1 405 Only CONNECT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

struct _ConnectProxy
{
  GSocketService *service;
  GCancellable *cancellable;
  guint port;
  char *credentials; /* (nullable): as they stand in the header */
  char *request;
  guint n_tunnels;
  guint n_refused;
  guint n_guests;
};

typedef struct
{
  ConnectProxy *proxy;
  GIOStream *near_end;
  GDataInputStream *head;
  char *line;
  gboolean known;
} Guest;

static void read_head (Guest *guest);

static void
guest_free (Guest *guest)
{
  guest->proxy->n_guests--;
  g_object_unref (guest->head);
  g_object_unref (guest->near_end);
  g_free (guest->line);
  g_free (guest);
}

static void
on_splice_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_io_stream_splice_finish (result, NULL);
  guest_free (user_data);
}

static void
say (Guest *guest, const char *text)
{
  /* a few bytes into an empty socket: never waits */
  g_output_stream_write_all (g_io_stream_get_output_stream (guest->near_end), text, strlen (text), NULL, NULL, NULL);
}

static void
answer (Guest *guest)
{
  ConnectProxy *self = guest->proxy;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) far_end = NULL;
  const char *port = strrchr (guest->line, ':');

  g_free (self->request);
  self->request = g_steal_pointer (&guest->line);
  if (!g_str_has_prefix (self->request, "CONNECT ") || port == NULL)
    {
      self->n_refused++;
      say (guest, NO);
      guest_free (guest);
      return;
    }
  if (self->credentials != NULL && !guest->known)
    {
      self->n_refused++;
      say (guest, WHO);
      read_head (guest);
      return;
    }
  g_socket_client_set_enable_proxy (client, FALSE);
  far_end = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) g_ascii_strtoull (port + 1, NULL, 10), NULL,
                                             NULL);
  if (far_end == NULL)
    {
      guest_free (guest);
      return;
    }
  self->n_tunnels++;
  say (guest, OK);
  g_io_stream_splice_async (guest->near_end, G_IO_STREAM (far_end),
                            G_IO_STREAM_SPLICE_CLOSE_STREAM1 | G_IO_STREAM_SPLICE_CLOSE_STREAM2, G_PRIORITY_DEFAULT,
                            self->cancellable, on_splice_ready, guest);
}

static void
on_line_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Guest *guest = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (guest->head, result, NULL, NULL);

  if (line == NULL)
    {
      guest_free (guest);
      return;
    }
  if (*line == '\0')
    {
      answer (guest);
      return;
    }
  if (guest->line == NULL)
    guest->line = g_steal_pointer (&line);
  else if (g_ascii_strncasecmp (line, "Proxy-Authorization: ", 21) == 0)
    guest->known = g_strcmp0 (line + 21, guest->proxy->credentials) == 0;
  read_head (guest);
}

static void
read_head (Guest *guest)
{
  g_data_input_stream_read_line_async (guest->head, G_PRIORITY_DEFAULT, guest->proxy->cancellable, on_line_ready,
                                       guest);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *near_end, GObject *source, ConnectProxy *self)
{
  Guest *guest = g_new0 (Guest, 1);

  guest->proxy = self;
  guest->near_end = g_object_ref (G_IO_STREAM (near_end));
  guest->head = g_data_input_stream_new (g_io_stream_get_input_stream (guest->near_end));
  /* What comes behind the head is the tunnel's. The clients wait for the answer before they send it. */
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (guest->head), FALSE);
  g_data_input_stream_set_newline_type (guest->head, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  self->n_guests++;
  read_head (guest);
  return TRUE;
}

ConnectProxy *
connect_proxy_new (const char *user, const char *password)
{
  ConnectProxy *self = g_new0 (ConnectProxy, 1);
  g_autoptr (GError) error = NULL;

  if (user != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s:%s", user, password);
      g_autofree char *encoded = g_base64_encode ((const guchar *) both, strlen (both));

      self->credentials = g_strdup_printf ("Basic %s", encoded);
    }
  self->cancellable = g_cancellable_new ();
  self->service = g_socket_service_new ();
  self->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  return self;
}

void
connect_proxy_free (ConnectProxy *self)
{
  g_signal_handlers_disconnect_by_data (self->service, self);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->cancellable);
  rd_test_await (self->n_guests == 0);
  g_object_unref (self->service);
  g_object_unref (self->cancellable);
  g_free (self->credentials);
  g_free (self->request);
  g_free (self);
}

char *
connect_proxy_dup_uri (ConnectProxy *self)
{
  return g_strdup_printf ("http://127.0.0.1:%u", self->port);
}

guint
connect_proxy_get_n_tunnels (ConnectProxy *self)
{
  return self->n_tunnels;
}

guint
connect_proxy_get_n_refused (ConnectProxy *self)
{
  return self->n_refused;
}

const char *
connect_proxy_get_request (ConnectProxy *self)
{
  return self->request;
}
