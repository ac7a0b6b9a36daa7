/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-demo"

#include "config.h"

#include "rd-demo-sight.h"

#include "rd-demo-json.h"

/* The JSON that the control page draws: bounded, however much the sites hold. */

#define SHOWN_CALLS 12
#define SHOWN_PEOPLE 40
#define SHOWN_MESSAGES 8
#define SHOWN_CONVERSATIONS 8
#define SHOWN_INVOICES 60

/* One company's: its shop is as the invoice site began. */
static const struct
{
  const char *id;
  const char *name;
  const char *colour;
  const char *channel;  /* yours */
} sites[RD_DEMO_N_SITES] = {
  [RD_DEMO_SITE_CRM] = { "crm", "Larkspur CRM", "#3584e4", "private-user-" G_STRINGIFY (RD_DEMO_YOU) },
  [RD_DEMO_SITE_TEAM] = { "team", "Larkspur Team", "#9141ac", "presence-workspace-" RD_DEMO_WORKSPACE },
  [RD_DEMO_SITE_SMS] = { "sms", "Larkspur SMS", "#e66100", "user." G_STRINGIFY (RD_DEMO_YOU) },
  [RD_DEMO_SITE_INVOICES] = { "invoices", "Larkspur Invoices", "#26a269",
                              "private-user." G_STRINGIFY (RD_DEMO_YOU) ".notifications" },
  [RD_DEMO_SITE_SEED] = { "seed", "Larkspur Shop", "#865e3c", "user." G_STRINGIFY (RD_DEMO_YOU) ".invoices" },
};

static JsonArray *
list_people (const RdDemoSight *self)
{
  GPtrArray *people = rd_demo_crm_get_people (self->crm);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < MIN (people->len, SHOWN_PEOPLE); i++)
    {
      RdDemoPerson *person = g_ptr_array_index (people, i);
      JsonObject *object = json_object_new ();

      json_object_set_int_member (object, "id", person->id);
      json_object_set_string_member (object, "name", person->full_name);
      json_object_set_string_member (object, "email", person->email);
      json_object_set_string_member (object, "status", person->status);
      json_object_set_string_member (object, "message", person->status_message);
      json_object_set_boolean_member (object, "available", person->available);
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

/* All of them, or where there are many those that are still to be paid */
static JsonArray *
list_invoices (RdDemoInvoices *invoices)
{
  JsonArray *array = json_array_new ();
  guint count = rd_demo_invoices_count (invoices);

  for (guint i = 1; i <= count && json_array_get_length (array) < SHOWN_INVOICES; i++)
    {
      const char *status = rd_demo_invoices_get_status (invoices, i);
      JsonObject *object;

      if (count > SHOWN_INVOICES && g_strcmp0 (status, "pending") != 0)
        continue;
      object = json_object_new ();
      json_object_set_int_member (object, "number", i);
      json_object_set_string_member (object, "status", status);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
show_invoices (RdDemoInvoices *invoices)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "count", rd_demo_invoices_count (invoices));
  json_object_set_int_member (object, "pending", rd_demo_invoices_count_pending (invoices));
  json_object_set_int_member (object, "next", rd_demo_invoices_get_next (invoices));
  return object;
}

static JsonObject *
show_site (const RdDemoSight *self, RdDemoSiteId id)
{
  const RdDemoPerson *you = rd_demo_sight_get_you (self, id);
  RdDemoSite *site = rd_demo_sight_get_site (self, id);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", sites[id].id);
  json_object_set_string_member (object, "name", sites[id].name);
  json_object_set_string_member (object, "colour", sites[id].colour);
  json_object_set_string_member (object, "url", rd_demo_site_get_url (site));
  json_object_set_string_member (object, "mood", rd_demo_mood_to_string (rd_demo_site_get_mood (site)));
  json_object_set_boolean_member (object, "on_the_line", rd_demo_sight_is_on_the_line (self, id));
  rd_demo_json_set_text (object, "login", you == NULL ? NULL : id == RD_DEMO_SITE_CRM ? you->username : you->email);
  rd_demo_json_set_text (object, "password", you != NULL ? you->password : NULL);
  return object;
}

static JsonObject *
show_team (const RdDemoSight *self)
{
  GPtrArray *people = rd_demo_team_get_people (self->team);
  GPtrArray *messages = rd_demo_team_get_messages (self->team, RD_DEMO_WORKSPACE);
  JsonObject *object = json_object_new ();
  JsonArray *members = json_array_new ();
  JsonArray *last = json_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      const RdDemoPerson *person = g_ptr_array_index (people, i);
      JsonObject *member = json_object_new ();

      json_object_set_int_member (member, "id", person->id);
      json_object_set_string_member (member, "name", person->full_name);
      json_object_set_boolean_member (member, "you", person->id == RD_DEMO_YOU);
      json_object_set_boolean_member (member, "present", rd_demo_team_is_present (self->team, person->id));
      json_array_add_object_element (members, member);
    }
  for (guint i = messages->len; i > 0 && messages->len - i < SHOWN_MESSAGES; i--)
    json_array_add_object_element (last, json_object_ref (g_ptr_array_index (messages, i - 1)));
  json_object_set_array_member (object, "members", members);
  json_object_set_array_member (object, "messages", last);
  json_object_set_int_member (object, "count", messages->len);
  json_object_set_int_member (object, "typing", rd_demo_team_get_typing (self->team));
  return object;
}

static JsonObject *
show_sms (const RdDemoSight *self)
{
  guint count = rd_demo_sms_count_conversations (self->sms);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 1; i <= MIN (count, SHOWN_CONVERSATIONS); i++)
    {
      JsonObject *conversation = json_object_new ();
      const char *status = "";
      const char *last = rd_demo_sms_get_last (self->sms, i, &status);

      json_object_set_int_member (conversation, "id", i);
      json_object_set_string_member (conversation, "contact", rd_demo_sms_get_contact (self->sms, i));
      json_object_set_int_member (conversation, "unread", rd_demo_sms_count_unread (self->sms, i));
      rd_demo_json_set_text (conversation, "last", last);
      json_object_set_string_member (conversation, "status", status);
      json_object_set_int_member (conversation, "sent", rd_demo_sms_get_last_sent (self->sms, i));
      json_array_add_object_element (array, conversation);
    }
  json_object_set_int_member (object, "count", count);
  json_object_set_array_member (object, "conversations", array);
  return object;
}

const char *
rd_demo_site_id_to_string (RdDemoSiteId id)
{
  return sites[id].id;
}

const char *
rd_demo_site_id_get_name (RdDemoSiteId id)
{
  return sites[id].name;
}

const char *
rd_demo_site_id_get_colour (RdDemoSiteId id)
{
  return sites[id].colour;
}

gboolean
rd_demo_site_id_from_string (const char *word, RdDemoSiteId *id)
{
  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    if (g_strcmp0 (sites[i].id, word) == 0)
      {
        *id = (RdDemoSiteId) i;
        return TRUE;
      }
  return FALSE;
}

RdDemoSite *
rd_demo_sight_get_site (const RdDemoSight *self, RdDemoSiteId id)
{
  switch (id)
    {
    case RD_DEMO_SITE_CRM:
      return rd_demo_crm_get_site (self->crm);
    case RD_DEMO_SITE_TEAM:
      return rd_demo_team_get_site (self->team);
    case RD_DEMO_SITE_SMS:
      return rd_demo_sms_get_site (self->sms);
    case RD_DEMO_SITE_INVOICES:
      return rd_demo_invoices_get_site (self->invoices);
    case RD_DEMO_SITE_SEED:
    case RD_DEMO_N_SITES:
    default:
      return rd_demo_invoices_get_site (self->seed);
    }
}

const RdDemoPerson *
rd_demo_sight_get_you (const RdDemoSight *self, RdDemoSiteId id)
{
  switch (id)
    {
    case RD_DEMO_SITE_CRM:
      return rd_demo_people_lookup (rd_demo_crm_get_people (self->crm), RD_DEMO_YOU);
    case RD_DEMO_SITE_TEAM:
      return rd_demo_people_lookup (rd_demo_team_get_people (self->team), RD_DEMO_YOU);
    case RD_DEMO_SITE_SMS:
      return rd_demo_sms_get_you (self->sms);
    case RD_DEMO_SITE_INVOICES:
    case RD_DEMO_SITE_SEED:
    case RD_DEMO_N_SITES:
    default:
      return NULL;
    }
}

gboolean
rd_demo_sight_is_on_the_line (const RdDemoSight *self, RdDemoSiteId id)
{
  if (rd_demo_channels_count (self->channels, sites[id].id, sites[id].channel) > 0)
    return TRUE;
  return id == RD_DEMO_SITE_CRM && rd_demo_crm_count_line (self->crm) > 0;
}

JsonObject *
rd_demo_sight_to_json (const RdDemoSight *self, gint64 after)
{
  JsonObject *state = json_object_new ();
  JsonArray *shown = json_array_new ();

  for (guint i = 0; i < RD_DEMO_N_SITES; i++)
    json_array_add_object_element (shown, show_site (self, (RdDemoSiteId) i));
  json_object_set_array_member (state, "sites", shown);
  json_object_set_boolean_member (state, "on_the_line", rd_demo_sight_is_on_the_line (self, RD_DEMO_SITE_CRM));
  json_object_set_array_member (state, "people", list_people (self));
  json_object_set_array_member (state, "calls", list_calls (self));
  json_object_set_array_member (state, "messages", rd_demo_crm_list_messages (self->crm, SHOWN_MESSAGES));
  json_object_set_int_member (state, "unread", rd_demo_crm_count_unread (self->crm, RD_DEMO_YOU));
  json_object_set_object_member (state, "team", show_team (self));
  json_object_set_object_member (state, "sms", show_sms (self));
  json_object_set_array_member (state, "invoices", list_invoices (self->invoices));
  json_object_set_object_member (state, "later", show_invoices (self->invoices));
  json_object_set_object_member (state, "seed", show_invoices (self->seed));
  json_object_set_array_member (state, "log", rd_demo_log_to_json (self->log, after));
  return state;
}
