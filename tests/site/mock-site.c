/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-site.h"

#include "rd-test.h"

#include <string.h>

/* Stands in for the CRM and the invoice site. */

#define FLOOD_CHUNK (256 * 1024)

typedef enum
{
  REPLY_PLAIN,
  REPLY_HANG,
  REPLY_FLOOD,
  REPLY_MADE,
} ReplyKind;

typedef struct
{
  ReplyKind kind;
  guint status;
  char *type;
  char *text;     /* (nullable) */
  char *location; /* (nullable) */
  char **cookies; /* (nullable) */
  MockReplyFunc func;
  gpointer data;
} Reply;

struct _MockSite
{
  SoupServer *server;
  char *base;
  char *token;
  char *date;
  GHashTable *scripts; /* what → GQueue of Reply */
  GPtrArray *seen;     /* MockRequest */
  GPtrArray *paused;   /* SoupServerMessage */
  guint64 flooded;
  guint live;
  gboolean silent; /* sets no cookies but those that are scripted */
};

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_free (reply->type);
  g_free (reply->text);
  g_free (reply->location);
  g_strfreev (reply->cookies);
  g_free (reply);
}

static void
script_free (gpointer data)
{
  g_queue_free_full (data, reply_free);
}

static void
request_free (gpointer data)
{
  MockRequest *request = data;

  g_free (request->what);
  g_free (request->query);
  g_free (request->authorization);
  g_free (request->accept);
  g_free (request->user_agent);
  g_free (request->cookie);
  g_free (request->csrf);
  g_free (request->content_type);
  g_free (request->body);
  g_free (request);
}

static Reply *
add_reply (MockSite *self, const char *what, ReplyKind kind, guint status, const char *type, const char *text,
           const char *location)
{
  GQueue *script = g_hash_table_lookup (self->scripts, what);
  Reply *reply = g_new0 (Reply, 1);

  reply->kind = kind;
  reply->status = status;
  reply->type = g_strdup (type);
  reply->text = g_strdup (text);
  reply->location = g_strdup (location);
  if (script == NULL)
    {
      script = g_queue_new ();
      g_hash_table_insert (self->scripts, g_strdup (what), script);
    }
  g_queue_push_tail (script, reply);
  return reply;
}

static void
record (MockSite *self, SoupServerMessage *message, const char *what)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  MockRequest *request = g_new0 (MockRequest, 1);

  request->what = g_strdup (what);
  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  request->authorization = g_strdup (soup_message_headers_get_list (headers, "Authorization"));
  request->accept = g_strdup (soup_message_headers_get_list (headers, "Accept"));
  request->user_agent = g_strdup (soup_message_headers_get_list (headers, "User-Agent"));
  request->cookie = g_strdup (soup_message_headers_get_list (headers, "Cookie"));
  request->csrf = g_strdup (soup_message_headers_get_one (headers, "X-CSRF-TOKEN"));
  request->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  request->body = g_strndup (body->data != NULL ? body->data : "", (gsize) body->length);
  g_ptr_array_add (self->seen, request);
}

static gboolean
token_is_good (MockSite *self, const MockRequest *request)
{
  g_autofree char *expected = g_strconcat ("Bearer ", self->token, NULL);

  if (self->token == NULL || g_str_has_suffix (request->what, "/token/refresh/"))
    return TRUE;
  return g_strcmp0 (request->authorization, expected) == 0;
}

static void
on_got_headers_date (SoupServerMessage *message, MockSite *self)
{
  if (self->date != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Date", self->date);
}

static void
on_wrote_chunk (SoupServerMessage *message, MockSite *self)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  char *chunk = g_strnfill (FLOOD_CHUNK, ' ');

  self->flooded += FLOOD_CHUNK;
  soup_message_body_append_take (body, (guchar *) chunk, FLOOD_CHUNK);
}

static void
flood (MockSite *self, SoupServerMessage *message)
{
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  /* plain: the server outlives its messages, and this struct the server */
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), self);
  on_wrote_chunk (message, self);
}

static void
answer (MockSite *self, SoupServerMessage *message, const Reply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, reply->status, NULL);
  for (guint i = 0; reply->cookies != NULL && reply->cookies[i] != NULL; i++)
    soup_message_headers_append (headers, "Set-Cookie", reply->cookies[i]);
  if (reply->cookies == NULL && !self->silent)
    soup_message_headers_replace (headers, "Set-Cookie", "session=tracked; Path=/");
  if (reply->location != NULL)
    soup_message_headers_replace (headers, "Location", reply->location);
  if (reply->text != NULL)
    soup_server_message_set_response (message, reply->type, SOUP_MEMORY_COPY, reply->text, strlen (reply->text));
}

static void
make (MockSite *self, SoupServerMessage *message, const Reply *reply, const MockRequest *request)
{
  guint status = 200;
  g_autofree char *text = reply->func (request, &status, reply->data);
  Reply made = { .status = status, .type = reply->type, .text = text };

  answer (self, message, &made);
}

static void
on_finished (SoupServerMessage *message, MockSite *self)
{
  self->live--;
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  MockSite *self = data;
  g_autofree char *what = g_strdup_printf ("%s %s", soup_server_message_get_method (message),
                                           g_uri_get_path (soup_server_message_get_uri (message)));
  GQueue *script = g_hash_table_lookup (self->scripts, what);
  Reply expired = { .status = 401, .type = (char *) "application/json" };
  g_autoptr (JsonNode) words = rd_test_fixture ("site-replies.json", "expired");
  g_autofree char *words_text = json_to_string (words, FALSE);
  Reply *reply;

  self->live++;
  g_signal_connect (message, "finished", G_CALLBACK (on_finished), self);
  record (self, message, what);
  expired.text = words_text;
  if (!token_is_good (self, self->seen->pdata[self->seen->len - 1]))
    {
      answer (self, message, &expired);
      return;
    }
  if (script == NULL)
    {
      soup_server_message_set_status (message, 404, NULL);
      return;
    }
  reply = g_queue_peek_head (script);
  if (reply->kind == REPLY_HANG)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->paused, g_object_ref (message));
    }
  else if (reply->kind == REPLY_FLOOD)
    flood (self, message);
  else if (reply->kind == REPLY_MADE)
    make (self, message, reply, self->seen->pdata[self->seen->len - 1]);
  else
    answer (self, message, reply);
  if (script->length > 1)
    reply_free (g_queue_pop_head (script));
}

static void
on_request_started (SoupServer *server, SoupServerMessage *message, MockSite *self)
{
  /* after libsoup's own handler, which sets the header */
  g_signal_connect_after (message, "got-headers", G_CALLBACK (on_got_headers_date), self);
  g_signal_connect_after (message, "wrote-informational", G_CALLBACK (on_got_headers_date), self);
}

MockSite *
mock_site_new (void)
{
  MockSite *self = g_new0 (MockSite, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, script_free);
  self->seen = g_ptr_array_new_with_free_func (request_free);
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  g_signal_connect (self->server, "request-started", G_CALLBACK (on_request_started), self);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->base = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

void
mock_site_free (MockSite *self)
{
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->paused);
  g_object_unref (self->server);
  rd_test_drain ();
  g_hash_table_unref (self->scripts);
  g_ptr_array_unref (self->seen);
  g_free (self->base);
  g_free (self->token);
  g_free (self->date);
  g_free (self);
}

const char *
mock_site_get_base (MockSite *self)
{
  return self->base;
}

void
mock_site_set_token (MockSite *self, const char *token)
{
  g_free (self->token);
  self->token = g_strdup (token);
}

void
mock_site_set_date (MockSite *self, GDateTime *date)
{
  g_free (self->date);
  self->date = soup_date_time_to_string (date, SOUP_DATE_HTTP);
}

void
mock_site_say (MockSite *self, const char *what, guint status, const char *fixture)
{
  g_autoptr (JsonNode) node = fixture != NULL ? rd_test_fixture ("site-replies.json", fixture) : NULL;
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

  add_reply (self, what, REPLY_PLAIN, status, "application/json", text, NULL);
}

void
mock_site_say_text (MockSite *self, const char *what, guint status, const char *type, const char *text)
{
  add_reply (self, what, REPLY_PLAIN, status, type, text, NULL);
}

void
mock_site_cookies (MockSite *self, const char *what, const char * const *cookies)
{
  Reply *reply = g_queue_peek_tail (g_hash_table_lookup (self->scripts, what));

  g_strfreev (reply->cookies);
  reply->cookies = g_strdupv ((char **) cookies);
}

void
mock_site_track (MockSite *self, gboolean on)
{
  self->silent = !on;
}

void
mock_site_redirect (MockSite *self, const char *what, guint status, const char *location)
{
  add_reply (self, what, REPLY_PLAIN, status, NULL, NULL, location);
}

void
mock_site_hang (MockSite *self, const char *what)
{
  add_reply (self, what, REPLY_HANG, 0, NULL, NULL, NULL);
}

void
mock_site_go_on (MockSite *self)
{
  for (guint i = 0; i < self->paused->len; i++)
    {
      soup_server_message_set_status (self->paused->pdata[i], 204, NULL);
      soup_server_message_unpause (self->paused->pdata[i]);
    }
  g_ptr_array_set_size (self->paused, 0);
}

void
mock_site_answer (MockSite *self, guint status, const char *text)
{
  Reply reply = { .status = status, .type = (char *) "application/json", .text = (char *) text };
  g_autoptr (SoupServerMessage) message = NULL;

  g_assert_cmpuint (self->paused->len, >, 0);
  message = g_ptr_array_steal_index (self->paused, 0);
  answer (self, message, &reply);
  soup_server_message_unpause (message);
}

void
mock_site_make (MockSite *self, const char *what, MockReplyFunc func, gpointer data)
{
  Reply *reply = add_reply (self, what, REPLY_MADE, 200, "application/json", NULL, NULL);

  reply->func = func;
  reply->data = data;
}

void
mock_site_flood (MockSite *self, const char *what)
{
  add_reply (self, what, REPLY_FLOOD, 200, NULL, NULL, NULL);
}

guint
mock_site_count (MockSite *self, const char *what)
{
  guint n = 0;

  for (guint i = 0; i < self->seen->len; i++)
    n += g_str_equal (((MockRequest *) self->seen->pdata[i])->what, what);
  return n;
}

MockRequest *
mock_site_seen (MockSite *self, const char *what, guint n)
{
  for (guint i = 0; i < self->seen->len; i++)
    if (g_str_equal (((MockRequest *) self->seen->pdata[i])->what, what) && n-- == 0)
      return self->seen->pdata[i];
  g_error ("There was no such request: %s", what);
}

guint64
mock_site_get_flooded (MockSite *self)
{
  return self->flooded;
}

guint
mock_site_get_live (MockSite *self)
{
  return self->live;
}
