/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-call.h"

#include "rd-demo-json.h"

#include <string.h>

/* A call as the CRM keeps it, and the two shapes it sends of it. */

#define APP_ID "ringdown-demo"
#define TOKEN_SECONDS 3600

static char *
base64url (const char *data, gsize length)
{
  char *text = g_base64_encode ((const guchar *) data, length);
  gsize end = strlen (text);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  while (end > 0 && text[end - 1] == '=')
    text[--end] = '\0';
  return text;
}

/* Shaped like the real thing (RS256, an hour, one's own), but signed with noise: it opens nothing. */
static char *
make_room_token (gint64 user)
{
  static const char header[] = "{\"alg\":\"RS256\",\"kid\":\"demo\",\"typ\":\"JWT\"}";
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  JsonObject *claims = json_object_new ();
  JsonObject *context = json_object_new ();
  JsonObject *who = json_object_new ();
  g_autofree char *user_id = g_strdup_printf ("%" G_GINT64_FORMAT, user);
  g_autofree char *claims_text = NULL;
  g_autofree char *noise = rd_demo_random_hex (32);
  g_autofree char *first = base64url (header, strlen (header));
  g_autofree char *second = NULL;
  g_autofree char *third = base64url (noise, strlen (noise));

  json_object_set_string_member (who, "id", user_id);
  json_object_set_object_member (context, "user", who);
  json_object_set_string_member (claims, "iss", "chat");
  json_object_set_string_member (claims, "sub", APP_ID);
  json_object_set_string_member (claims, "aud", "jitsi");
  json_object_set_string_member (claims, "room", "*");
  json_object_set_int_member (claims, "nbf", now - 10);
  json_object_set_int_member (claims, "exp", now + TOKEN_SECONDS);
  json_object_set_object_member (claims, "context", context);
  claims_text = rd_demo_json_take_text (claims);
  second = base64url (claims_text, strlen (claims_text));
  return g_strjoin (".", first, second, third, NULL);
}

static JsonObject *
make_room (const RdDemoCall *self, gint64 user, const char *site_url)
{
  JsonObject *room = json_object_new ();
  g_autofree char *url = g_strdup_printf ("%s/room/%s", site_url, self->room_name);
  g_autofree char *token = make_room_token (user);
  const char *host = strstr (site_url, "://");

  json_object_set_string_member (room, "video_url", url);
  json_object_set_string_member (room, "jwt_token", token);
  json_object_set_string_member (room, "room_name", self->room_name);
  json_object_set_string_member (room, "app_id", APP_ID);
  json_object_set_string_member (room, "server_domain", host != NULL ? host + strlen ("://") : site_url);
  json_object_set_null_member (room, "error");
  return room;
}

/* What both shapes have in common */
static JsonObject *
to_json (const RdDemoCall *self, gint64 user, const char *site_url)
{
  JsonObject *object = json_object_new ();
  JsonArray *participants = json_array_new ();

  json_array_add_int_element (participants, self->initiator->id);
  if (self->recipient != NULL)
    json_array_add_int_element (participants, self->recipient->id);
  json_object_set_int_member (object, "id", self->id);
  json_object_set_string_member (object, "room_name", self->room_name);
  json_object_set_string_member (object, "call_type", self->audio ? "audio" : "video");
  json_object_set_string_member (object, "status", self->status);
  json_object_set_int_member (object, "initiator", self->initiator->id);
  json_object_set_string_member (object, "initiator_name", self->initiator->full_name);
  if (self->recipient != NULL)
    json_object_set_int_member (object, "recipient", self->recipient->id);
  else
    json_object_set_null_member (object, "recipient");
  rd_demo_json_set_text (object, "recipient_name", self->recipient != NULL ? self->recipient->full_name : NULL);
  json_object_set_object_member (object, "jitsi_url", make_room (self, user, site_url));
  rd_demo_json_set_time (object, "created_at", self->created_at);
  rd_demo_json_set_time (object, "started_at", self->started_at);
  rd_demo_json_set_time (object, "ended_at", self->ended_at);
  if (self->started_at != 0 && self->ended_at != 0)
    json_object_set_int_member (object, "duration_seconds", (self->ended_at - self->started_at) / G_USEC_PER_SEC);
  else
    json_object_set_null_member (object, "duration_seconds");
  json_object_set_array_member (object, "participants", participants);
  return object;
}

RdDemoCall *
rd_demo_call_new (gint64 id, RdDemoPerson *initiator, RdDemoPerson *recipient, gboolean audio)
{
  RdDemoCall *self = g_new0 (RdDemoCall, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d%H%M%S");
  g_autofree char *random = rd_demo_random_hex (4);

  self->id = id;
  self->room_name = g_strdup_printf ("crm-%s-%s", stamp, random);
  self->session_id = g_uuid_string_random ();
  self->audio = audio;
  self->status = "pending";
  self->initiator = initiator;
  self->recipient = recipient;
  self->created_at = self->updated_at = g_get_real_time ();
  return self;
}

void
rd_demo_call_free (RdDemoCall *self)
{
  g_free (self->room_name);
  g_free (self->session_id);
  g_free (self);
}

gboolean
rd_demo_call_is_live (const RdDemoCall *self)
{
  return g_str_equal (self->status, "pending") || g_str_equal (self->status, "active");
}

gboolean
rd_demo_call_includes (const RdDemoCall *self, gint64 user)
{
  return self->initiator->id == user || (self->recipient != NULL && self->recipient->id == user);
}

RdDemoPerson *
rd_demo_call_get_peer (const RdDemoCall *self, gint64 user)
{
  return self->initiator->id == user ? self->recipient : self->initiator;
}

void
rd_demo_call_set_status (RdDemoCall *self, const char *status)
{
  self->status = g_intern_string (status);
  self->updated_at = g_get_real_time ();
  if (g_str_equal (status, "active"))
    self->started_at = self->updated_at;
  else
    self->ended_at = self->updated_at;
}

JsonObject *
rd_demo_call_to_event (const RdDemoCall *self, gint64 user, const char *site_url)
{
  return to_json (self, user, site_url);
}

JsonObject *
rd_demo_call_to_session (const RdDemoCall *self, gint64 user, const char *site_url)
{
  JsonObject *object = to_json (self, user, site_url);
  const char *host = strstr (site_url, "://");

  json_object_set_string_member (object, "session_id", self->session_id);
  json_object_set_string_member (object, "jitsi_server", host != NULL ? host + strlen ("://") : site_url);
  rd_demo_json_set_time (object, "updated_at", self->updated_at);
  return object;
}
