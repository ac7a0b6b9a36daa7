/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "json-schema.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-profile-check.h"
#include "rd-profile-report.h"
#include "rd-test.h"

/* A site of somebody's own: its profile, written from PROFILES.md alone, and what it makes of what that site sends. */

typedef struct
{
  RdProfile *desk;
  RdVars *vars;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "sixth-site.json", NULL);
  g_autoptr (GError) error = NULL;

  fixture->desk = rd_profile_new_from_file (path, &error);
  g_assert_no_error (error);
  fixture->vars = rd_vars_new ();
  rd_vars_set (fixture->vars, "user.id", "7");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_vars_unref (fixture->vars);
  g_assert_finalize_object (fixture->desk);
}

static RdEvent *
map (Fixture *fixture, const char *event, const char *packet)
{
  g_autoptr (JsonNode) data = rd_test_fixture ("sixth.json", packet);
  g_autoptr (GError) error = NULL;
  RdEvent *mapped = rd_profile_map_event (fixture->desk, "private-agent-7", event, data, &error);

  g_assert_no_error (error);
  g_assert_nonnull (mapped);
  return mapped;
}

static RdEventReport *
report (Fixture *fixture, const char *event, const char *packet)
{
  g_autoptr (JsonNode) data = rd_test_fixture ("sixth.json", packet);
  g_autoptr (GError) error = NULL;
  RdEventReport *result = rd_profile_report_event (fixture->desk, "private-agent-7", event, data, &error);

  g_assert_no_error (error);
  return result;
}

/* One without a name if there is no such field. */
static const RdFieldReport *
get_field (const RdEventReport *result, const char *name)
{
  static const RdFieldReport none = { NULL };

  for (guint i = 0; i < result->fields->len; i++)
    {
      const RdFieldReport *field = g_ptr_array_index (result->fields, i);

      if (g_str_equal (field->name, name))
        return field;
    }
  return &none;
}

static void
test_schema (void)
{
  g_autoptr (JsonNode) schema = NULL;
  g_autoptr (JsonNode) profile = NULL;
  g_autofree char *schema_text = NULL;
  g_autofree char *text = NULL;
  g_autofree char *wrong = NULL;
  g_autoptr (GPtrArray) doubts = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (PROFILES_DIR "/profile-1.schema.json", &schema_text, &length, NULL));
  schema = rd_json_parse (schema_text, (gssize) length, NULL);
  text = rd_test_fixture_text ("sixth-site.json", &length);
  profile = rd_json_parse (text, (gssize) length, NULL);
  wrong = json_schema_check (schema, profile);
  g_assert_cmpstr (wrong, ==, NULL);
  doubts = rd_profile_find_doubts (profile);
  g_assert_cmpuint (doubts->len, ==, 0);
}

/* One event for every stage of a call. */
static void
test_calls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEvent) waiting = map (fixture, "phone", "phone-waiting");
  g_autoptr (RdEvent) talking = map (fixture, "phone", "phone-talking");
  g_autoptr (RdEvent) over = map (fixture, "phone", "phone-given-up");
  g_autoptr (RdEvent) unknown = map (fixture, "phone", "phone-new-word");

  g_assert_cmpint (waiting->kind, ==, RD_EVENT_CALL_INITIATED);
  g_assert_cmpstr (waiting->call_id, ==, "501");
  g_assert_cmpstr (waiting->initiator_id, ==, "42");
  g_assert_cmpstr (waiting->initiator_name, ==, "Mira Vance");
  g_assert_true (waiting->audio);
  g_assert_cmpstr (waiting->room_url, ==, "https://rooms.example.org/501");
  g_assert_cmpint (talking->kind, ==, RD_EVENT_CALL_ANSWERED);
  g_assert_false (talking->audio);
  g_assert_cmpint (talking->at, ==, talking->started_at);
  g_assert_cmpint (over->kind, ==, RD_EVENT_CALL_ENDED);
  g_assert_cmpint (unknown->kind, ==, RD_EVENT_CALL_ANSWERED);
}

static void
test_messages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEvent) reply = map (fixture, "ticket-reply", "reply");
  g_autoptr (RdEvent) sparse = map (fixture, "ticket-reply", "reply-sparse");
  g_autoptr (RdEvent) ticket = map (fixture, "ticket-opened", "ticket");

  g_assert_cmpint (reply->kind, ==, RD_EVENT_MESSAGE_NEW);
  g_assert_cmpstr (reply->conversation_id, ==, "88");
  g_assert_cmpstr (reply->key, ==, sparse->key);
  g_assert_cmpint (sparse->at, ==, 0);
  g_assert_cmpint (ticket->kind, ==, RD_EVENT_NOTICE);
  g_assert_cmpstr (ticket->title, ==, "88 Printer on fire");
  g_assert_cmpstr (ticket->type, ==, "ticket");
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  const RdAction *action = rd_profile_get_action (fixture->desk, "conversations");
  const RdAction *people = rd_profile_get_action (fixture->desk, "people");
  g_autoptr (JsonNode) body = rd_test_fixture ("sixth.json", "tickets");
  g_autoptr (JsonNode) last = rd_test_fixture ("sixth.json", "tickets-last");
  g_autoptr (JsonNode) agents = rd_test_fixture ("sixth.json", "agents");
  g_autoptr (GPtrArray) tickets = rd_action_map_items (fixture->desk, action, RD_EVENT_CONVERSATION, body, NULL);
  g_autoptr (GPtrArray) team = rd_action_map_items (fixture->desk, people, RD_EVENT_PERSON, agents, NULL);
  const RdEvent *fire = g_ptr_array_index (tickets, 0);
  const RdEvent *quiet = g_ptr_array_index (tickets, 1);

  g_assert_cmpuint (tickets->len, ==, 2);
  g_assert_cmpstr (fire->peer_detail, ==, "mira@example.org");
  g_assert_cmpint (fire->unread, ==, 2);
  g_assert_cmpstr (quiet->conversation_id, ==, "89");
  g_assert_cmpint (quiet->at, !=, 0);
  g_assert_cmpint (rd_action_has_more (action, body), ==, RD_EVENT_YES);
  g_assert_cmpint (rd_action_has_more (action, last), ==, RD_EVENT_NO);
  g_assert_cmpint (((const RdEvent *) g_ptr_array_index (team, 0))->presence, ==, RD_EVENT_PRESENCE_BUSY);
}

static void
test_requests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdRequest) place = NULL;
  g_autoptr (RdRequest) send = NULL;
  g_autoptr (RdRequest) list = NULL;
  g_autoptr (RdRequest) refuse = NULL;
  g_autoptr (RdRequest) explain = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *page = NULL;

  rd_vars_set (fixture->vars, "recipient.id", "42");
  rd_vars_set (fixture->vars, "media", "audio");
  rd_vars_set (fixture->vars, "conversation.id", "T/9");
  rd_vars_set (fixture->vars, "text", "Use \"foam\"");
  rd_vars_set (fixture->vars, "page", "2");
  rd_vars_set (fixture->vars, "search", "");
  place = rd_action_build (rd_profile_get_action (fixture->desk, "place"), fixture->vars, NULL);
  send = rd_action_build (rd_profile_get_action (fixture->desk, "send"), fixture->vars, NULL);
  list = rd_action_build (rd_profile_get_action (fixture->desk, "conversations"), fixture->vars, NULL);
  rd_vars_set (fixture->vars, "call.id", "501");
  g_assert_null (rd_action_build (rd_profile_get_action (fixture->desk, "reject"), fixture->vars, &error));
  g_assert_cmpstr (rd_fault_get_where (error), ==, "message");
  rd_vars_set (fixture->vars, "message", "");
  refuse = rd_action_build (rd_profile_get_action (fixture->desk, "reject"), fixture->vars, NULL);
  rd_vars_set (fixture->vars, "message", "In a meeting");
  explain = rd_action_build (rd_profile_get_action (fixture->desk, "reject"), fixture->vars, NULL);
  page = rd_profile_dup_page (fixture->desk, "conversation", fixture->vars);

  g_assert_cmpstr (place->body, ==, "{\"to\":42,\"kind\":\"audio\"}");
  g_assert_cmpstr (send->path, ==, "/api/tickets/T%2F9/replies");
  g_assert_cmpstr (send->body, ==, "{\"words\":\"Use \\\"foam\\\"\",\"visible\":true}");
  g_assert_cmpstr (send->headers[0], ==, "X-Client");
  g_assert_cmpstr (refuse->body, ==, "why=");
  g_assert_cmpstr (explain->body, ==, "why=In%20a%20meeting");
  g_assert_cmpstr (list->path, ==, "/api/tickets?mine=yes&page=2");
  g_assert_cmpstr (page, ==, "/tickets/T%2F9");
}

/* What `ringdown profile check` shows. */
static void
test_report (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEventReport) call = report (fixture, "phone", "phone-waiting");
  g_autoptr (RdEventReport) sparse = report (fixture, "ticket-reply", "reply-sparse");
  g_autoptr (RdEventReport) nameless = report (fixture, "ticket-reply", "reply-nameless");
  g_autoptr (RdEventReport) ticket = report (fixture, "ticket-opened", "ticket");

  g_assert_cmpint (call->kind, ==, RD_EVENT_CALL_INITIATED);
  g_assert_null (*call->missing);
  g_assert_cmpstr (get_field (call, "initiator.id")->value, ==, "42");
  g_assert_cmpstr (get_field (call, "initiator.id")->from, ==, "$.from.no");
  g_assert_cmpstr (get_field (call, "media")->value, ==, "audio");
  g_assert_cmpstr (get_field (call, "status")->value, ==, "pending");
  g_assert_cmpstr (get_field (call, "room.token")->value, ==, "***");
  g_assert_cmpstr (get_field (call, "at")->value, ==, "2026-01-05T12:00:00Z");
  g_assert_cmpint (get_field (call, "at")->origin, ==, RD_FIELD_INFERRED);
  g_assert_null (get_field (call, "started-at")->value);
  g_assert_null (get_field (call, "started-at")->raw);
  g_assert_cmpstr (get_field (call, "started-at")->from, ==, "$.taken");
  g_assert_null (get_field (call, "text")->name);
  g_assert_null (get_field (sparse, "at")->value);
  g_assert_cmpstr (get_field (sparse, "at")->raw, ==, "40000-01-01T00:00:00Z");
  g_assert_cmpstr (nameless->missing[0], ==, "message.id");
  g_assert_cmpstr (get_field (ticket, "title")->from, ==, "{\"join\": [\"$.ticket.no\", \"$.ticket.subject\"]}");
  g_assert_cmpstr (get_field (ticket, "type")->from, ==, "{\"const\": \"ticket\"}");
}

static void
test_report_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) list = rd_json_parse ("[]", -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (report (fixture, "unheard-of", "reply"));
  g_assert_null (rd_profile_report_event (fixture->desk, NULL, "phone", list, &error));
  g_assert_nonnull (error);
}

/* As the protocol has it, with the data in a string. */
static void
test_frame (Fixture *fixture, gconstpointer data)
{
  static const char *const bad[] = { "[]", "{}", "{\"event\": 7}", "{\"event\": \"phone\", \"data\": \"{\"}" };
  g_autoptr (JsonNode) frame = rd_test_fixture ("sixth.json", "frame");
  g_autofree char *event = NULL;
  g_autofree char *channel = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) inner = rd_profile_read_frame (fixture->desk, frame, &event, &channel, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (event, ==, "ticket-reply");
  g_assert_cmpstr (channel, ==, "private-agent-7");
  g_assert_nonnull (rd_json_member (inner, "words"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonNode) wrong = rd_json_parse (bad[i], -1, NULL);
      g_autoptr (GError) refused = NULL;
      char *name = NULL, *place = NULL;

      g_assert_null (rd_profile_read_frame (fixture->desk, wrong, &name, &place, &refused));
      g_assert_nonnull (refused);
      g_assert_null (name);
      g_assert_null (place);
    }
}

#define ADD(name, func) g_test_add ("/sixth/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sixth/schema", test_schema);
  ADD ("calls", test_calls);
  ADD ("messages", test_messages);
  ADD ("lists", test_lists);
  ADD ("requests", test_requests);
  ADD ("report", test_report);
  ADD ("report/nothing", test_report_nothing);
  ADD ("frame", test_frame);
  return g_test_run ();
}
