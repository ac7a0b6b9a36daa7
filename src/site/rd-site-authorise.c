/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-site-private.h"

#include "channels-error.h"
#include "rd-fault.h"

/* The authorisation of an account's channels by its site, as ChannelsAuthorizer wants it. */

static GError *
channels_error_new (const GError *fault)
{
  ChannelsError code = CHANNELS_ERROR_SERVER;

  if (g_error_matches (fault, RD_FAULT, RD_FAULT_SIGNED_OUT) || g_error_matches (fault, RD_FAULT, RD_FAULT_FORBIDDEN) ||
      g_error_matches (fault, RD_FAULT, RD_FAULT_UNSUPPORTED) ||
      (g_error_matches (fault, RD_FAULT, RD_FAULT_REFUSED) && rd_fault_get_status (fault) < 300))
    code = CHANNELS_ERROR_UNAUTHORIZED;
  else if (g_error_matches (fault, RD_FAULT, RD_FAULT_UNREACHABLE))
    code = CHANNELS_ERROR_UNREACHABLE;
  else if (g_error_matches (fault, RD_FAULT, RD_FAULT_TLS))
    code = CHANNELS_ERROR_TLS;
  else if (g_error_matches (fault, RD_FAULT, RD_FAULT_TIMED_OUT))
    code = CHANNELS_ERROR_TIMED_OUT;
  else if (g_error_matches (fault, RD_FAULT, RD_FAULT_BAD_REPLY))
    code = CHANNELS_ERROR_MALFORMED;
  else if (g_error_matches (fault, RD_FAULT, RD_FAULT_TOO_LARGE))
    code = CHANNELS_ERROR_TOO_LARGE;
  return g_error_new_literal (CHANNELS_ERROR, (int) code, fault->message);
}

/* (transfer full) @fault: becomes the problem */
static void
refuse_authorization (GTask *task, GError *fault)
{
  RdSite *self = g_task_get_source_object (task);

  if (fault->domain != RD_FAULT)
    {
      g_task_return_error (task, fault);
      return;
    }
  g_task_return_error (task, channels_error_new (fault));
  rd_site_set_problem (self, fault);
}

static void
on_authorization_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSite *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (RdReply) reply = rd_site_session_send_finish (RD_SITE_SESSION (source), result, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) unread = NULL;
  ChannelsAuthorization *authorization = NULL;
  gsize length = 0;
  const char *data;

  if (reply != NULL)
    node = rd_site_session_judge (self->session, reply, "authorise", &error);
  if (node != NULL)
    {
      data = g_bytes_get_data (reply->body, &length);
      authorization = channels_authorization_new_from_json (data, (gssize) length, &unread);
    }
  if (error == NULL && authorization == NULL)
    error = rd_fault_new (RD_FAULT_BAD_REPLY, rd_site_get_host (self), reply->status, NULL, "authorise");
  if (error != NULL)
    {
      refuse_authorization (task, error);
      return;
    }
  rd_site_set_problem (self, NULL);
  g_task_return_pointer (task, authorization, (GDestroyNotify) channels_authorization_free);
}

static char *
build_json_body (const char *socket_id, const char *channel_name)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "socket_id", socket_id);
  json_object_set_string_member (object, "channel_name", channel_name);
  json_node_take_object (node, object);
  return json_to_string (node, FALSE);
}

static RdRequest *
build_authorization (RdProfile *profile, const char *socket_id, const char *channel_name)
{
  RdRequest *request = g_new0 (RdRequest, 1);

  request->method = g_strdup ("POST");
  request->path = g_strdup (rd_profile_get_authorise_path (profile));
  if (rd_profile_get_authorise_is_json (profile))
    {
      request->content_type = g_strdup ("application/json");
      request->body = build_json_body (socket_id, channel_name);
    }
  else
    {
      request->content_type = g_strdup (SOUP_FORM_MIME_TYPE_URLENCODED);
      request->body = soup_form_encode ("socket_id", socket_id, "channel_name", channel_name, NULL);
    }
  return request;
}

static void
rd_site_authorize_async (ChannelsAuthorizer *authorizer, const char *socket_id, const char *channel_name,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RdSite *self = RD_SITE (authorizer);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rd_site_authorize_async);
  if (rd_profile_get_authorise_path (self->profile) == NULL)
    {
      refuse_authorization (task, rd_fault_new (RD_FAULT_UNSUPPORTED, rd_site_get_host (self), 0, NULL, "authorise"));
      return;
    }
  rd_site_session_send_async (self->session, build_authorization (self->profile, socket_id, channel_name), "authorise",
                              cancellable, on_authorization_ready, g_steal_pointer (&task));
}

static ChannelsAuthorization *
rd_site_authorize_finish (ChannelsAuthorizer *authorizer, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, authorizer), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_site_authorise_init (ChannelsAuthorizerInterface *iface)
{
  iface->authorize_async = rd_site_authorize_async;
  iface->authorize_finish = rd_site_authorize_finish;
}
