/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-fetch.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-site-uri.h"

#include <string.h>

/* One HTTP exchange that ends by its deadline, is bounded, and takes tokens and cookies nowhere but to their own
 * origin. Knows nothing of what is asked or answered. */

#define CHUNK (64 * 1024)
#define MAX_REDIRECTS 5

typedef struct
{
  SoupSession *session;
  GUri *uri;
  char *method;
  char *content_type;
  GBytes *body;            /* (nullable) */
  char **headers;          /* (nullable): the request's own, names and values in turn */
  char **secret_headers;   /* (nullable) */
  RdCookies *cookies;      /* (nullable) */
  gboolean pages;
  gsize max;
  char *where;
  char *host;
  GCancellable *cancellable;
  GCancellable *caller;    /* (nullable) */
  gulong caller_handler;
  guint deadline;
  gboolean timed_out;
  gint64 sent_at;
  guint redirects;
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *received;
} Exchange;

static void
free_secret_bytes (gpointer data)
{
  rd_clean_secret (data);
}

static void
free_secret_strv (char **strings)
{
  for (guint i = 0; strings[i] != NULL; i++)
    rd_clean_secret (strings[i]);
  g_free (strings);
}

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  g_assert (self->deadline == 0);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->caller);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_byte_array_unref (self->received);
  g_clear_object (&self->cookies);
  g_clear_pointer (&self->headers, g_strfreev);
  g_clear_pointer (&self->secret_headers, free_secret_strv);
  g_free (self->method);
  g_free (self->content_type);
  g_free (self->where);
  g_free (self->host);
  g_free (self);
}

/* (transfer full) @task, and one of @reply and @error */
static void
end (GTask *task, RdReply *reply, GError *error)
{
  Exchange *self = g_task_get_task_data (task);

  g_clear_handle_id (&self->deadline, g_source_remove);
  g_cancellable_disconnect (self->caller, self->caller_handler);
  self->caller_handler = 0;
  /* Ends what is still on its way: an unread body, the rest of one that is too large. */
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->stream);
  if (reply != NULL)
    g_task_return_pointer (task, reply, (GDestroyNotify) rd_reply_free);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
end_with_fault (GTask *task, RdFaultCode code, guint status, const char *said)
{
  Exchange *self = g_task_get_task_data (task);

  end (task, NULL, rd_fault_new (code, self->host, status, said, self->where));
}

static RdFaultCode
code_of_error (const GError *error)
{
  if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF)
    return RD_FAULT_TLS;
  if (error->domain == SOUP_SESSION_ERROR || error->domain == G_CONVERT_ERROR ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return RD_FAULT_BAD_REPLY;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ? RD_FAULT_TIMED_OUT : RD_FAULT_UNREACHABLE;
}

static void
end_with_error (GTask *task, const GError *error)
{
  Exchange *self = g_task_get_task_data (task);

  g_debug ("%s: %s: %s", self->host, self->where, error->message);
  if (self->timed_out)
    end_with_fault (task, RD_FAULT_TIMED_OUT, 0, NULL);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    end (task, NULL, g_error_copy (error));
  else
    end_with_fault (task, code_of_error (error), 0, NULL);
}

static gboolean
on_deadline (gpointer data)
{
  Exchange *self = data;

  self->deadline = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_caller_cancelled (GCancellable *caller, gpointer data)
{
  g_cancellable_cancel (data);
}

/* A reply that a cache kept says what the clock was then. */
static gint64
get_date (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) date = NULL;

  if (text == NULL || soup_message_headers_get_one (headers, "Age") != NULL)
    return 0;
  date = soup_date_time_new_from_http_string (text);
  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : 0;
}

static void
end_with_reply (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  RdReply *reply = rd_reply_new (soup_message_get_status (self->message));

  reply->type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  reply->date = get_date (self->message);
  reply->sent_at = self->sent_at;
  reply->received_at = g_get_real_time ();
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->received));
  self->received = g_byte_array_new ();
  end (task, reply, NULL);
}

static void
on_chunk_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    end_with_error (task, error);
  else if (g_bytes_get_size (chunk) == 0)
    end_with_reply (task);
  else if (self->received->len + g_bytes_get_size (chunk) > self->max)
    end_with_fault (task, RD_FAULT_TOO_LARGE, soup_message_get_status (self->message), NULL);
  else
    {
      g_byte_array_append (self->received, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
      g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->cancellable, on_chunk_ready,
                                       task);
    }
}

/* (nullable) (transfer full): where the reply leads to, if it leads somewhere */
static GUri *
dup_redirect (Exchange *self)
{
  guint status = soup_message_get_status (self->message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");

  if (location == NULL || !SOUP_STATUS_IS_REDIRECTION (status) || status == SOUP_STATUS_NOT_MODIFIED)
    return NULL;
  return g_uri_parse_relative (self->uri, location, SOUP_HTTP_URI_FLAGS, NULL);
}

static gboolean
keeps_method (Exchange *self)
{
  guint status = soup_message_get_status (self->message);

  return g_str_equal (self->method, "GET") || status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/* A POST that became a GET would be something else than what was asked for, unless it was for a page. */
static gboolean
may_follow (Exchange *self, GUri *to)
{
  return self->redirects < MAX_REDIRECTS && rd_site_uri_same_origin (self->uri, to) &&
         (keeps_method (self) || self->pages);
}

static void
follow (Exchange *self, GUri *to)
{
  if (!keeps_method (self))
    {
      g_free (self->method);
      self->method = g_strdup ("GET");
      g_clear_pointer (&self->body, g_bytes_unref);
    }
  self->redirects++;
  g_uri_unref (self->uri);
  self->uri = g_uri_ref (to);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
}

/* The other place is named, without its path and query: they may hold anything. */
static void
end_with_redirect (GTask *task, GUri *to)
{
  Exchange *self = g_task_get_task_data (task);
  g_autofree char *host = g_uri_get_host (to) != NULL ? rd_site_uri_dup_host (to) : NULL;
  g_autofree char *said = g_strdup_printf ("Location: %s://%s", g_uri_get_scheme (to), host != NULL ? host : "");

  end_with_fault (task, RD_FAULT_BAD_REPLY, soup_message_get_status (self->message), said);
}

/* What a profile or a page gives goes into a header only if it can: nothing else may follow from it. */
static void
add_headers (SoupMessageHeaders *headers, char **pairs)
{
  for (guint i = 0; pairs != NULL && pairs[i] != NULL && pairs[i + 1] != NULL; i += 2)
    if (*pairs[i] != '\0' && strpbrk (pairs[i], " \t\r\n:") == NULL && strpbrk (pairs[i + 1], "\r\n") == NULL)
      soup_message_headers_replace (headers, pairs[i], pairs[i + 1]);
}

static void
add_cookies (Exchange *self, SoupMessageHeaders *headers)
{
  char *cookies = self->cookies != NULL ? rd_cookies_dup_header (self->cookies, self->uri) : NULL;

  if (cookies != NULL)
    soup_message_headers_replace (headers, "Cookie", cookies);
  rd_clean_secret (cookies);
}

static SoupMessage *
build_message (Exchange *self)
{
  SoupMessage *message = soup_message_new_from_uri (self->method, self->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  soup_message_disable_feature (message, SOUP_TYPE_AUTH_MANAGER);
  soup_message_disable_feature (message, SOUP_TYPE_COOKIE_JAR);
  soup_message_disable_feature (message, SOUP_TYPE_CACHE);
  soup_message_headers_replace (headers, "Accept",
                                self->pages ? "application/json, text/html;q=0.9" : "application/json");
  if (soup_session_get_user_agent (self->session) == NULL)
    soup_message_headers_replace (headers, "User-Agent", "ringdown/" RD_VERSION);
  add_headers (headers, self->headers);
  add_headers (headers, self->secret_headers);
  add_cookies (self, headers);
  if (self->body != NULL)
    soup_message_set_request_body_from_bytes (message, self->content_type, self->body);
  return message;
}

/* Also called without a @result, to begin. */
static void
on_message_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) to = NULL;

  if (result != NULL)
    {
      self->stream = soup_session_send_finish (self->session, result, &error);
      if (self->stream == NULL)
        {
          end_with_error (task, error);
          return;
        }
      if (self->cookies != NULL)
        rd_cookies_take (self->cookies, self->uri, soup_message_get_response_headers (self->message));
      to = dup_redirect (self);
      if (to == NULL || !may_follow (self, to))
        {
          if (to != NULL)
            end_with_redirect (task, to);
          else
            g_input_stream_read_bytes_async (self->stream, CHUNK, G_PRIORITY_DEFAULT, self->cancellable, on_chunk_ready,
                                             task);
          return;
        }
      follow (self, to);
    }
  self->message = build_message (self);
  self->sent_at = g_get_real_time ();
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, self->cancellable, on_message_sent, task);
}

static Exchange *
exchange_new (const RdFetch *fetch, GCancellable *cancellable)
{
  Exchange *self = g_new0 (Exchange, 1);

  self->session = g_object_ref (fetch->session);
  self->uri = g_uri_ref (fetch->uri);
  self->method = g_strdup (fetch->request->method);
  self->content_type = g_strdup (fetch->request->content_type);
  if (fetch->request->body != NULL)
    {
      char *body = g_strdup (fetch->request->body);

      /* may hold a refresh token */
      self->body = g_bytes_new_with_free_func (body, strlen (body), free_secret_bytes, body);
    }
  self->headers = g_strdupv (fetch->request->headers);
  self->secret_headers = g_strdupv (fetch->headers);
  self->cookies = fetch->cookies != NULL ? g_object_ref (fetch->cookies) : NULL;
  self->pages = fetch->pages;
  self->max = fetch->max > 0 ? fetch->max : RD_FETCH_MAX;
  self->where = g_strdup (fetch->where);
  self->host = rd_site_uri_dup_host (fetch->uri);
  self->received = g_byte_array_new ();
  self->cancellable = g_cancellable_new ();
  self->deadline = g_timeout_add (fetch->deadline, on_deadline, self);
  if (cancellable == NULL)
    return self;
  self->caller = g_object_ref (cancellable);
  self->caller_handler = g_cancellable_connect (cancellable, G_CALLBACK (on_caller_cancelled),
                                                g_object_ref (self->cancellable), g_object_unref);
  return self;
}

void
rd_fetch_async (const RdFetch *fetch, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rd_fetch_async);
  g_task_set_task_data (task, exchange_new (fetch, cancellable), exchange_free);
  on_message_sent (NULL, NULL, task);
}

RdReply *
rd_fetch_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
