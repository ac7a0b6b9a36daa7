/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "demo-browser.h"

#include "rd-demo-json.h"
#include "rd-test.h"

#include <string.h>

/* As much of a browser as the sites with sessions need. */

DemoBrowser *
demo_browser_new (const char *base)
{
  DemoBrowser *self = g_new0 (DemoBrowser, 1);

  self->base = g_strdup (base);
  self->session = soup_session_new ();
  self->jar = soup_cookie_jar_new ();
  soup_session_add_feature (self->session, SOUP_SESSION_FEATURE (self->jar));
  return self;
}

void
demo_browser_free (DemoBrowser *self)
{
  g_clear_pointer (&self->json, json_node_unref);
  g_object_unref (self->jar);
  g_object_unref (self->session);
  g_free (self->base);
  g_free (self->csrf);
  g_free (self->token);
  g_free (self->text);
  g_free (self->location);
  g_free (self);
}

static void
set_headers (DemoBrowser *self, SoupMessageHeaders *headers)
{
  if (self->wants_json)
    soup_message_headers_append (headers, "Accept", "application/json");
  if (self->csrf != NULL)
    soup_message_headers_append (headers, "X-CSRF-TOKEN", self->csrf);
  if (self->token != NULL)
    {
      g_autofree char *bearer = g_strconcat ("Bearer ", self->token, NULL);

      soup_message_headers_append (headers, "Authorization", bearer);
    }
}

JsonObject *
demo_browser_ask (DemoBrowser *self, const char *method, const char *path, const char *body, guint status)
{
  g_autofree char *url = g_strconcat (self->base, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  set_headers (self, soup_message_get_request_headers (message));
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (
          message, *body == '{' ? "application/json" : "application/x-www-form-urlencoded", bytes);
    }
  soup_session_send_and_read_async (self->session, message, G_PRIORITY_DEFAULT, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = soup_session_send_and_read_finish (self->session, result, &error);
  g_assert_no_error (error);
  g_free (self->text);
  g_free (self->location);
  g_clear_pointer (&self->json, json_node_unref);
  self->status = soup_message_get_status (message);
  self->text = g_bytes_get_size (reply) > 0 ? g_strndup (g_bytes_get_data (reply, NULL), g_bytes_get_size (reply))
                                            : g_strdup ("");
  self->location =
      g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  self->json = rd_demo_json_parse (self->text, strlen (self->text));
  g_assert_cmpuint (self->status, ==, status);
  return self->json != NULL && JSON_NODE_HOLDS_OBJECT (self->json) ? json_node_get_object (self->json) : NULL;
}

char *
demo_browser_cookie (DemoBrowser *self, const char *name)
{
  GSList *all = soup_cookie_jar_all_cookies (self->jar);
  char *value = NULL;

  for (GSList *l = all; l != NULL; l = l->next)
    if (g_str_equal (soup_cookie_get_name (l->data), name))
      value = g_strdup (soup_cookie_get_value (l->data));
  g_slist_free_full (all, (GDestroyNotify) soup_cookie_free);
  return value;
}

char *
demo_browser_meta (DemoBrowser *self, const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("<meta name=\"%s\" content=\"([^\"]*)\">", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  return g_regex_match (regex, self->text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}
