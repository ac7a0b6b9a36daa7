/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-session.h"

#include "rd-demo-json.h"

#include <string.h>

/* Sessions as web frameworks keep them: an id that nobody can guess, in a cookie. */

#define MAX_SESSIONS 500

struct _RdDemoSessions
{
  char *cookie;
  guint seconds;
  GHashTable *by_id;
  GQueue order;  /* oldest first; borrows */
};

static void
session_free (gpointer data)
{
  RdDemoSession *session = data;

  g_free (session->id);
  g_free (session->csrf);
  g_free (session);
}

RdDemoSessions *
rd_demo_sessions_new (const char *cookie, guint seconds)
{
  RdDemoSessions *self = g_new0 (RdDemoSessions, 1);

  self->cookie = g_strdup (cookie);
  self->seconds = seconds;
  self->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, session_free);
  g_queue_init (&self->order);
  return self;
}

void
rd_demo_sessions_free (RdDemoSessions *self)
{
  g_queue_clear (&self->order);
  g_hash_table_unref (self->by_id);
  g_free (self->cookie);
  g_free (self);
}

RdDemoSession *
rd_demo_sessions_find (RdDemoSessions *self, SoupServerMessage *message)
{
  g_autofree char *id = rd_demo_cookie_dup (message, self->cookie);

  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

RdDemoSession *
rd_demo_sessions_begin (RdDemoSessions *self, gint64 user)
{
  RdDemoSession *session = g_new0 (RdDemoSession, 1);

  if (self->order.length >= MAX_SESSIONS)
    rd_demo_sessions_end (self, self->order.head->data);
  session->id = rd_demo_random_hex (20);
  session->csrf = rd_demo_random_hex (20);
  session->user = user;
  g_hash_table_insert (self->by_id, session->id, session);
  g_queue_push_tail (&self->order, session);
  return session;
}

void
rd_demo_sessions_end (RdDemoSessions *self, RdDemoSession *session)
{
  if (session == NULL)
    return;
  g_queue_remove (&self->order, session);
  g_hash_table_remove (self->by_id, session->id);
}

void
rd_demo_sessions_end_user (RdDemoSessions *self, gint64 user)
{
  GList *next;

  for (GList *l = self->order.head; l != NULL; l = next)
    {
      RdDemoSession *session = l->data;

      next = l->next;
      if (session->user == user)
        rd_demo_sessions_end (self, session);
    }
}

void
rd_demo_sessions_renew_csrf (RdDemoSessions *self, gint64 user)
{
  for (GList *l = self->order.head; l != NULL; l = l->next)
    {
      RdDemoSession *session = l->data;

      if (session->user != user)
        continue;
      g_free (session->csrf);
      session->csrf = rd_demo_random_hex (20);
    }
}

void
rd_demo_sessions_set_cookie (RdDemoSessions *self, RdDemoSession *session, SoupServerMessage *message)
{
  g_autofree char *attributes = g_strdup_printf ("; Max-Age=%u; HttpOnly", self->seconds);

  rd_demo_cookie_set (message, self->cookie, session->id, attributes);
}

char *
rd_demo_cookie_dup (SoupServerMessage *message, const char *name)
{
  const char *header =
      soup_message_headers_get_list (soup_server_message_get_request_headers (message), "Cookie");
  g_auto (GStrv) cookies = header != NULL ? g_strsplit (header, ";", 64) : NULL;

  for (guint i = 0; cookies != NULL && cookies[i] != NULL; i++)
    {
      const char *cookie = g_strstrip (cookies[i]);
      const char *equals = strchr (cookie, '=');

      if (equals != NULL && (gsize) (equals - cookie) == strlen (name) && g_str_has_prefix (cookie, name))
        return g_uri_unescape_string (equals + 1, NULL);
    }
  return NULL;
}

void
rd_demo_cookie_set (SoupServerMessage *message, const char *name, const char *value, const char *attributes)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);
  g_autofree char *cookie = g_strconcat (name, "=", escaped, "; Path=/; SameSite=Lax", attributes, NULL);

  soup_message_headers_append (soup_server_message_get_response_headers (message), "Set-Cookie", cookie);
}
