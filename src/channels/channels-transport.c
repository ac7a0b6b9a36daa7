/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-transport-private.h"

#include <string.h>

#include "channels-error.h"
#include "channels-message-limit-private.h"
#include "channels-tunnel-private.h"

/* From a few words about the network to a libsoup session that obeys them. */

#define DIRECT "direct"

struct _ChannelsTransport
{
  GObject parent_instance;

  GProxyResolver *proxies;      /* (nullable): the system's */
  GTlsDatabase *authorities;    /* (nullable): the system's */
  GTlsCertificate *certificate; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ChannelsTransport, channels_transport, G_TYPE_OBJECT)

static gboolean
is_host (const char *host)
{
  static const char legal[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:";

  return host != NULL && *host != '\0' && strspn (host, legal) == strlen (host);
}

/* NULL with an error that does not repeat @uri: it may hold a password. */
static char *
build_proxy_uri (const char *uri, const char *user, const char *password, GError **error)
{
  static const char *const schemes[] = { DIRECT, "http", "https", "socks", "socks4", "socks4a", "socks5", NULL };
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD, NULL);
  const char *scheme = parsed != NULL ? g_uri_get_scheme (parsed) : NULL;
  const char *host = parsed != NULL ? g_uri_get_host (parsed) : NULL;

  if (scheme == NULL || !g_strv_contains (schemes, scheme) || (strcmp (scheme, DIRECT) != 0 && !is_host (host)))
    {
      g_set_error_literal (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "Not the address of a proxy");
      return NULL;
    }
  if (strcmp (scheme, DIRECT) == 0)
    return g_strdup (DIRECT "://");
  return g_uri_join_with_user (G_URI_FLAGS_NONE, scheme, user != NULL ? user : g_uri_get_user (parsed),
                               password != NULL ? password : g_uri_get_password (parsed), NULL, host,
                               g_uri_get_port (parsed), "", NULL, NULL);
}

/* Of whatever the session asks for: the WebSocket, and who signs for it. */
static void
on_request_queued (SoupSession *session, SoupMessage *message, gpointer user_data)
{
  soup_message_set_tls_client_certificate (message, user_data);
}

static void
on_session_gone (gpointer certificate, GClosure *closure)
{
  g_object_unref (certificate);
}

/* GObject */

static void
channels_transport_finalize (GObject *object)
{
  ChannelsTransport *self = CHANNELS_TRANSPORT (object);

  g_clear_object (&self->proxies);
  g_clear_object (&self->authorities);
  g_clear_object (&self->certificate);
  G_OBJECT_CLASS (channels_transport_parent_class)->finalize (object);
}

static void
channels_transport_class_init (ChannelsTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = channels_transport_finalize;
}

static void
channels_transport_init (ChannelsTransport *self)
{
}

ChannelsTransport *
channels_transport_new (void)
{
  return g_object_new (CHANNELS_TYPE_TRANSPORT, NULL);
}

gboolean
channels_transport_set_proxy (ChannelsTransport *self, const char *uri, const char *user, const char *password,
                              GError **error)
{
  g_autofree char *checked = NULL;

  g_return_val_if_fail (CHANNELS_IS_TRANSPORT (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (uri != NULL && (checked = build_proxy_uri (uri, user, password, error)) == NULL)
    return FALSE;
  g_clear_object (&self->proxies);
  if (checked != NULL)
    self->proxies = g_simple_proxy_resolver_new (checked, NULL);
  return TRUE;
}

gboolean
channels_transport_set_authorities_file (ChannelsTransport *self, const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GTlsDatabase) database = NULL;
  g_autolist (GTlsCertificate) certificates = NULL;
  g_autofree char *absolute = NULL;

  g_return_val_if_fail (CHANNELS_IS_TRANSPORT (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (path != NULL)
    {
      absolute = g_canonicalize_filename (path, NULL);
      certificates = g_tls_certificate_list_new_from_file (absolute, &cause);
      if (certificates != NULL)
        database = g_tls_file_database_new (absolute, &cause);
      if (database == NULL)
        {
          g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "No certificates of authorities: %s",
                       cause != NULL ? cause->message : "there are none in the file");
          return FALSE;
        }
    }
  g_set_object (&self->authorities, database);
  return TRUE;
}

void
channels_transport_set_client_certificate (ChannelsTransport *self, GTlsCertificate *certificate)
{
  g_return_if_fail (CHANNELS_IS_TRANSPORT (self));
  g_return_if_fail (certificate == NULL || G_IS_TLS_CERTIFICATE (certificate));

  g_set_object (&self->certificate, certificate);
}

gboolean
channels_transport_load_client_certificate (ChannelsTransport *self, const char *certificate_path,
                                            const char *key_path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GTlsCertificate) certificate = NULL;

  g_return_val_if_fail (CHANNELS_IS_TRANSPORT (self), FALSE);
  g_return_val_if_fail (certificate_path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  certificate = g_tls_certificate_new_from_files (certificate_path, key_path != NULL ? key_path : certificate_path,
                                                  &cause);
  if (certificate == NULL)
    {
      g_set_error (error, CHANNELS_ERROR, CHANNELS_ERROR_INVALID, "No certificate with its key: %s", cause->message);
      return FALSE;
    }
  channels_transport_set_client_certificate (self, certificate);
  return TRUE;
}

SoupSession *
channels_transport_create_session (ChannelsTransport *self)
{
  SoupSession *session;

  g_return_val_if_fail (CHANNELS_IS_TRANSPORT (self), NULL);

  session = soup_session_new ();
  if (self->proxies != NULL)
    soup_session_set_proxy_resolver (session, self->proxies);
  if (self->authorities != NULL)
    soup_session_set_tls_database (session, self->authorities);
  if (self->certificate != NULL)
    g_signal_connect_data (session, "request-queued", G_CALLBACK (on_request_queued), g_object_ref (self->certificate),
                           on_session_gone, 0);
  channels_transport_prepare_session (session);
  return session;
}

void
channels_transport_prepare_session (SoupSession *session)
{
  GProxyResolver *resolver = soup_session_get_proxy_resolver (session);

  channels_message_limit_prepare (session);
  if (!CHANNELS_IS_TUNNEL (resolver))
    {
      g_autoptr (ChannelsTunnel) tunnel = channels_tunnel_new (resolver);

      soup_session_set_proxy_resolver (session, G_PROXY_RESOLVER (tunnel));
    }
}

void
channels_transport_prepare_way (SoupSession *session, ChannelsEndpoint *endpoint)
{
  GProxyResolver *resolver = soup_session_get_proxy_resolver (session);

  if (CHANNELS_IS_TUNNEL (resolver))
    channels_tunnel_add_socket (CHANNELS_TUNNEL (resolver), channels_endpoint_get_tls (endpoint),
                                channels_endpoint_get_host (endpoint), channels_endpoint_get_port (endpoint));
}
