/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-sight.h"

#include "rd-demo-json.h"

/* The JSON that the control page draws. */

#define SHOWN_CALLS 12

static JsonArray *
list_people (const RdDemoSight *self)
{
  GPtrArray *people = rd_demo_crm_get_people (self->crm);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      RdDemoPerson *person = g_ptr_array_index (people, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "id", person->id);
      json_object_set_string_member (object, "name", person->full_name);
      json_object_set_string_member (object, "email", person->email);
      json_object_set_boolean_member (object, "you", person->id == RD_DEMO_YOU);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
list_calls (const RdDemoSight *self)
{
  GPtrArray *calls = rd_demo_crm_get_calls (self->crm);
  JsonArray *array = json_array_new ();

  for (guint i = calls->len; i > 0 && calls->len - i < SHOWN_CALLS; i--)
    {
      RdDemoCall *call = g_ptr_array_index (calls, i - 1);
      RdDemoPerson *peer = rd_demo_call_get_peer (call, RD_DEMO_YOU);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "id", call->id);
      json_object_set_boolean_member (object, "incoming", call->initiator->id != RD_DEMO_YOU);
      rd_demo_json_set_text (object, "peer", peer != NULL ? peer->full_name : NULL);
      json_object_set_boolean_member (object, "audio", call->audio);
      json_object_set_string_member (object, "status", call->status);
      json_object_set_string_member (object, "room", call->room_name);
      json_object_set_boolean_member (object, "live", rd_demo_call_is_live (call));
      rd_demo_json_set_time (object, "created_at", call->created_at);
      rd_demo_json_set_time (object, "started_at", call->started_at);
      rd_demo_json_set_time (object, "ended_at", call->ended_at);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonArray *
list_invoices (const RdDemoSight *self)
{
  JsonArray *array = json_array_new ();
  const char *status;

  for (guint i = 1; (status = rd_demo_invoices_get_status (self->invoices, i)) != NULL; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "number", i);
      json_object_set_string_member (object, "status", status);
      json_array_add_object_element (array, object);
    }
  return array;
}

JsonObject *
rd_demo_sight_to_json (const RdDemoSight *self, gint64 after)
{
  JsonObject *state = json_object_new ();
  g_autofree char *channel = g_strdup_printf ("private-user-%d", RD_DEMO_YOU);

  json_object_set_boolean_member (state, "on_the_line",
                                  rd_demo_channels_count (self->channels, self->crm_app, channel) > 0);
  json_object_set_array_member (state, "people", list_people (self));
  json_object_set_array_member (state, "calls", list_calls (self));
  json_object_set_array_member (state, "invoices", list_invoices (self));
  json_object_set_array_member (state, "log", rd_demo_log_to_json (self->log, after));
  return state;
}
