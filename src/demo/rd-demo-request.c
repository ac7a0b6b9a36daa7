/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-request.h"

#include "rd-demo-json.h"

#include <string.h>

/* What came with a request, read with care, and the shapes of replies. */

static JsonObject *
form_to_object (const char *text)
{
  g_autoptr (GHashTable) form = soup_form_decode (text);
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_utf8_validate (name, -1, NULL) && g_utf8_validate (value, -1, NULL))
      json_object_set_string_member (object, name, value);
  return object;
}

static gboolean
has_type (RdDemoRequest *request, const char *type)
{
  const char *given =
      soup_message_headers_get_content_type (soup_server_message_get_request_headers (request->message), NULL);

  return given != NULL && g_ascii_strcasecmp (given, type) == 0;
}

JsonObject *
rd_demo_request_read_body (SoupServerMessage *message, char **text)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (JsonNode) node = NULL;

  *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (g_bytes_get_size (bytes) == 0)
    return json_object_new ();
  if (type != NULL && g_ascii_strcasecmp (type, "application/x-www-form-urlencoded") == 0)
    return form_to_object (*text);
  node = rd_demo_json_parse (*text, g_bytes_get_size (bytes));
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_dup_object (node) : NULL;
}

void
rd_demo_request_reply (RdDemoRequest *request, guint status, JsonNode *reply)
{
  g_autoptr (JsonNode) node = reply;
  char *text;

  g_return_if_fail (request != NULL);

  soup_server_message_set_status (request->message, status, NULL);
  if (node == NULL)
    return;
  text = rd_demo_json_to_text (node);
  soup_server_message_set_response (request->message, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
}

void
rd_demo_request_reply_object (RdDemoRequest *request, guint status, JsonObject *reply)
{
  rd_demo_request_reply (request, status, rd_demo_json_take (reply));
}

void
rd_demo_request_reply_array (RdDemoRequest *request, guint status, JsonArray *reply)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, reply);
  rd_demo_request_reply (request, status, node);
}

void
rd_demo_request_fail (RdDemoRequest *request, guint status, const char *name, const char *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, name, text);
  rd_demo_request_reply_object (request, status, object);
}

void
rd_demo_request_reply_html (RdDemoRequest *request, guint status, const char *html)
{
  soup_server_message_set_response (request->message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, html,
                                    strlen (html));
  soup_server_message_set_status (request->message, status, NULL);
}

void
rd_demo_request_redirect (RdDemoRequest *request, const char *where)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), "Location", where);
  soup_server_message_set_status (request->message, SOUP_STATUS_FOUND, NULL);
}

const char *
rd_demo_request_get_query (RdDemoRequest *request, const char *name)
{
  const char *value;

  g_return_val_if_fail (request != NULL, NULL);

  value = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;
  return value != NULL && g_utf8_validate (value, -1, NULL) ? value : NULL;
}

gint64
rd_demo_request_get_number (RdDemoRequest *request, const char *name, gint64 otherwise, gint64 least)
{
  const char *text = rd_demo_request_get_query (request, name);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT32, G_MAXINT32, &number, NULL))
    return otherwise;
  return MAX (number, least);
}

gint64
rd_demo_request_get_id (RdDemoRequest *request, guint arg)
{
  guint64 id = 0;

  g_return_val_if_fail (request != NULL, 0);
  g_return_val_if_fail (arg < g_strv_length (request->args), 0);

  g_ascii_string_to_unsigned (request->args[arg], 10, 1, G_MAXINT64, &id, NULL);
  return (gint64) id;
}

gboolean
rd_demo_request_is_form (RdDemoRequest *request)
{
  return has_type (request, "application/x-www-form-urlencoded");
}

gboolean
rd_demo_request_is_json (RdDemoRequest *request)
{
  return has_type (request, "application/json");
}

gboolean
rd_demo_request_wants_json (RdDemoRequest *request)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (request->message);
  const char *accept = soup_message_headers_get_list (headers, "Accept");
  const char *with = soup_message_headers_get_one (headers, "X-Requested-With");

  return (accept != NULL && strstr (accept, "json") != NULL) || g_strcmp0 (with, "XMLHttpRequest") == 0;
}
