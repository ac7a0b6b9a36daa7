/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-events-api.h"

#include "rd-demo-json.h"

#include <string.h>

/* The server side's way into the Channels server: signed HTTP requests. */

#define MAX_CLOCK_SKEW 600
#define MAX_CHANNELS 100
#define MAX_CHANNEL_NAME 200
#define MAX_EVENT_NAME 200
#define MAX_DATA_BYTES 10240
#define MAX_BATCH 10

typedef struct
{
  RdDemoAppLookup lookup;
  gpointer user_data;
} Api;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* (transfer full): `POST\npath\nsorted query`, which is what the signature is over */
static char *
text_to_sign (RdDemoRequest *request)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (request->query), compare_names);
  GString *text = g_string_new ("POST\n");
  const char *separator = "";

  g_string_append_printf (text, "%s\n", request->path);
  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *name = g_ascii_strdown (l->data, -1);

      if (strcmp (name, "auth_signature") == 0)
        continue;
      g_string_append_printf (text, "%s%s=%s", separator, name, (char *) g_hash_table_lookup (request->query, l->data));
      separator = "&";
    }
  return g_string_free (text, FALSE);
}

/* (nullable): what is wrong with the request's credentials */
static const char *
find_auth_fault (RdDemoRequest *request, RdDemoApp *app)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (request->message));
  g_autofree char *md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, body);
  const char *timestamp = rd_demo_request_get_query (request, "auth_timestamp");
  g_autofree char *text = NULL;
  gint64 seconds = 0;

  if (request->query == NULL
      || g_strcmp0 (rd_demo_request_get_query (request, "auth_key"), rd_demo_app_get_key (app)) != 0
      || g_strcmp0 (rd_demo_request_get_query (request, "auth_version"), "1.0") != 0)
    return "The key or the version of the authentication is missing or wrong";
  if (timestamp == NULL || !g_ascii_string_to_signed (timestamp, 10, 0, G_MAXINT64, &seconds, NULL)
      || ABS (seconds - g_get_real_time () / G_USEC_PER_SEC) > MAX_CLOCK_SKEW)
    return "The timestamp is not within 600 s of the server's time";
  if (g_strcmp0 (rd_demo_request_get_query (request, "body_md5"), md5) != 0)
    return "The body's checksum does not match";
  text = text_to_sign (request);
  if (!rd_demo_app_verify (app, text, rd_demo_request_get_query (request, "auth_signature")))
    return "The secret authentication failed";
  return NULL;
}

static gboolean
is_channel_name (JsonNode *node)
{
  const char *name;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  name = json_node_get_string (node);
  return *name != '\0' && strlen (name) <= MAX_CHANNEL_NAME;
}

/* (transfer container) (nullable): the event's channels; NULL if they are not what they should be */
static GPtrArray *
read_channels (JsonObject *event)
{
  GPtrArray *names = g_ptr_array_new ();
  JsonNode *node = json_object_get_member (event, "channels");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL && json_object_has_member (event, "channel")
      && is_channel_name (json_object_get_member (event, "channel")))
    g_ptr_array_add (names, (char *) rd_demo_json_get_string (event, "channel"));
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      if (is_channel_name (json_array_get_element (array, i)))
        g_ptr_array_add (names, (char *) json_node_get_string (json_array_get_element (array, i)));
      else
        g_ptr_array_set_size (names, MAX_CHANNELS + 1);
    }
  if (names->len >= 1 && names->len <= MAX_CHANNELS)
    return names;
  g_ptr_array_unref (names);
  return NULL;
}

/* Triggers one event; else says which status it deserves. */
static guint
trigger (RdDemoApp *app, JsonObject *event)
{
  g_autoptr (GPtrArray) channels = read_channels (event);
  const char *name = rd_demo_json_get_string (event, "name");
  JsonNode *node = json_object_get_member (event, "data");
  const char *text = rd_demo_json_get_string (event, "data");
  g_autofree char *inner = text == NULL && node != NULL ? rd_demo_json_to_text (node) : g_strdup (text);

  if (channels == NULL || name == NULL || *name == '\0' || strlen (name) > MAX_EVENT_NAME || inner == NULL)
    return 400;
  if (strlen (inner) > MAX_DATA_BYTES)
    return 413;
  for (guint i = 0; i < channels->len; i++)
    rd_demo_app_trigger (app, g_ptr_array_index (channels, i), name, inner,
                         rd_demo_json_get_string (event, "socket_id"));
  return 200;
}

static void
fail (RdDemoRequest *request, guint status, const char *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", text);
  json_object_set_int_member (object, "code", status);
  rd_demo_request_reply (request, status, rd_demo_json_take (object));
}

static void
finish (RdDemoRequest *request, guint status)
{
  JsonObject *object;

  if (status == 413)
    fail (request, 413, "The event data should be less than 10 KB.");
  else if (status != 200)
    fail (request, status, "The received data is incorrect");
  else
    {
      object = json_object_new ();
      json_object_set_boolean_member (object, "ok", TRUE);
      rd_demo_request_reply (request, 200, rd_demo_json_take (object));
    }
}

/* (nullable): the application, once the request has proved to be its server's; answers otherwise */
static RdDemoApp *
authenticate (Api *api, RdDemoRequest *request)
{
  RdDemoApp *app = api->lookup (request->args[0], api->user_data);
  const char *fault = app != NULL ? find_auth_fault (request, app) : NULL;

  if (app == NULL)
    fail (request, 404, "The app could not be found.");
  else if (fault != NULL)
    fail (request, 401, fault);
  return fault == NULL ? app : NULL;
}

static void
on_events (RdDemoRequest *request, gpointer user_data)
{
  RdDemoApp *app = authenticate (user_data, request);

  if (app != NULL)
    finish (request, trigger (app, request->body));
}

static void
on_batch_events (RdDemoRequest *request, gpointer user_data)
{
  RdDemoApp *app = authenticate (user_data, request);
  JsonNode *node = json_object_get_member (request->body, "batch");
  JsonArray *batch = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint status = 200;

  if (app == NULL)
    return;
  if (batch == NULL || json_array_get_length (batch) > MAX_BATCH)
    status = 400;
  for (guint i = 0; status == 200 && i < json_array_get_length (batch); i++)
    {
      JsonNode *event = json_array_get_element (batch, i);

      status = JSON_NODE_HOLDS_OBJECT (event) ? trigger (app, json_node_get_object (event)) : 400;
    }
  finish (request, status);
}

void
rd_demo_events_api_install (RdDemoSite *site, RdDemoAppLookup lookup, gpointer user_data)
{
  Api *api;

  g_return_if_fail (RD_IS_DEMO_SITE (site));
  g_return_if_fail (lookup != NULL);

  api = g_new0 (Api, 1);
  api->lookup = lookup;
  api->user_data = user_data;
  g_object_set_data_full (G_OBJECT (site), "rd-demo-events-api", api, g_free);
  rd_demo_site_add_route (site, "POST", "/apps/*/events", RD_DEMO_ROUTE_PUBLIC, on_events, api);
  rd_demo_site_add_route (site, "POST", "/apps/*/batch_events", RD_DEMO_ROUTE_PUBLIC, on_batch_events, api);
}
