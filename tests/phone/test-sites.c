/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-json.h"
#include "rd-meta.h"
#include "rd-profile-report.h"
#include "rd-profiles.h"
#include "rd-test.h"

#include <string.h>

/* What the profiles make of what their sites send: presence, typing, messages, lists. */

typedef struct
{
  RdProfiles *profiles;
  RdVars *vars;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->profiles = rd_profiles_new (NULL);
  fixture->vars = rd_vars_new ();
  rd_vars_set (fixture->vars, "user.id", "7");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_vars_unref (fixture->vars);
  g_assert_finalize_object (fixture->profiles);
}

static RdProfile *
get (Fixture *fixture, const char *id)
{
  return rd_profiles_lookup (fixture->profiles, id);
}

static RdEvent *
map (RdProfile *profile, const char *channel, const char *event, const char *packet)
{
  g_autoptr (JsonNode) data = rd_test_fixture ("sites.json", packet);
  g_autoptr (GError) error = NULL;
  RdEvent *mapped = rd_profile_map_event (profile, channel, event, data, &error);

  g_assert_no_error (error);
  g_assert_nonnull (mapped);
  return mapped;
}

static GPtrArray *
list (RdProfile *profile, const char *action, RdEventKind kind, const char *packet)
{
  g_autoptr (JsonNode) body = rd_test_fixture ("sites.json", packet);
  g_autoptr (GError) error = NULL;
  GPtrArray *items = rd_action_map_items (profile, rd_profile_get_action (profile, action), kind, body, &error);

  g_assert_no_error (error);
  return items;
}

static void
test_team (Fixture *fixture, gconstpointer data)
{
  RdProfile *team = get (fixture, "team");
  g_autoptr (RdEvent) message = map (team, "presence-workspace-w1", "new-message", "team-message");
  g_autoptr (RdEvent) sparse = map (team, "presence-workspace-w1", "new-message", "team-message-number");
  g_autoptr (RdEvent) typing = map (team, "presence-workspace-w1", "typing", "team-typing");
  g_autoptr (JsonNode) info = rd_test_fixture ("sites.json", "team-member");
  g_autoptr (RdEvent) member = rd_profile_map_member (team, "presence-workspace-w1", "u-3", info);
  g_autoptr (RdEvent) nameless = rd_profile_map_member (team, "presence-workspace-w1", "u-4", NULL);

  g_assert_cmpstr (message->conversation_id, ==, "w1");
  g_assert_cmpstr (message->sender_id, ==, "u-3");
  g_assert_cmpstr (sparse->message_id, ==, "12");
  g_assert_cmpstr (sparse->sender_id, ==, "3");
  g_assert_null (sparse->sender_name);
  g_assert_cmpint (typing->is_typing, ==, RD_EVENT_YES);
  g_assert_cmpstr (typing->conversation_id, ==, "w1");
  g_assert_cmpstr (member->person_id, ==, "u-3");
  g_assert_cmpstr (member->person_detail, ==, "ada@example.org");
  g_assert_cmpint (member->presence, ==, RD_EVENT_PRESENCE_ONLINE);
  g_assert_cmpstr (nameless->person_id, ==, "u-4");
  g_assert_null (rd_profile_map_member (team, "presence-workspace-w1", "", NULL));
  g_assert_true (rd_profile_uses_cookies (team));
  g_assert_cmpint (rd_profile_get_sign_in_ways (team), ==, RD_SIGN_IN_PASSWORD);
}

static void
test_typing_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdRequest) request = NULL;

  rd_vars_set (fixture->vars, "conversation.id", "w1");
  rd_vars_set (fixture->vars, "typing", "true");
  request = rd_action_build (rd_profile_get_action (get (fixture, "team"), "typing"), fixture->vars, NULL);
  g_assert_cmpstr (request->body, ==, "{\"workspaceId\":\"w1\",\"channelId\":\"general\",\"isTyping\":true}");
}

/* An empty text is how a status message is taken back. */
static void
test_status_request (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdRequest) request = NULL;

  rd_vars_set (fixture->vars, "status", "away");
  rd_vars_set (fixture->vars, "available", "false");
  rd_vars_set (fixture->vars, "status.message", "");
  request = rd_action_build (rd_profile_get_action (get (fixture, "crm"), "set-status"), fixture->vars, NULL);
  g_assert_cmpstr (request->path, ==, "/api/user-presence/7/");
  g_assert_cmpstr (request->body, ==, "{\"status\":\"away\",\"available_for_calls\":false,\"status_message\":\"\"}");
}

static void
test_sms_messages (Fixture *fixture, gconstpointer data)
{
  static const char *const spellings[] = { "message.received", "MessageReceived", "App\\Events\\MessageReceived" };
  RdProfile *sms = get (fixture, "sms");
  g_autoptr (RdEvent) sparse = map (sms, "user.7", "message.received", "sms-received-sparse");
  g_autoptr (RdEvent) sent = map (sms, "messenger.9", "message.sent", "sms-sent");
  g_autoptr (GPtrArray) listed = list (sms, "messages", RD_EVENT_MESSAGE, "sms-messages");

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      g_autoptr (RdEvent) received = map (sms, "user.7", spellings[i], "sms-received");

      g_assert_cmpint (received->kind, ==, RD_EVENT_MESSAGE_NEW);
      g_assert_cmpint (received->direction, ==, RD_EVENT_DIRECTION_IN);
      g_assert_cmpstr (received->sender_name, ==, "+15550001");
      g_assert_cmpstr (received->peer_id, ==, "7");
      g_assert_cmpint (received->unread, ==, 2);
      g_assert_cmpint (received->delivery, ==, RD_EVENT_DELIVERY_DELIVERED);
      g_assert_cmpstr (received->key, ==, sparse->key);
    }
  g_assert_cmpint (sparse->direction, ==, RD_EVENT_DIRECTION_IN);
  g_assert_cmpint (sent->direction, ==, RD_EVENT_DIRECTION_OUT);
  g_assert_cmpstr (sent->conversation_id, ==, "9");
  g_assert_cmpuint (listed->len, ==, 2);
  g_assert_cmpint (((RdEvent *) g_ptr_array_index (listed, 1))->delivery, ==, RD_EVENT_DELIVERY_QUEUED);
}

static void
test_sms_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEvent) call = map (get (fixture, "sms"), "call-status", "call.status.updated", "sms-call");

  g_assert_cmpint (call->kind, ==, RD_EVENT_CALL_INITIATED);
  g_assert_cmpint (call->direction, ==, RD_EVENT_DIRECTION_IN);
  g_assert_cmpstr (call->call_id, ==, "5");
  g_assert_true (call->audio);
  g_assert_cmpstr (call->initiator_id, ==, "+15550001");
}

static void
test_crm_lists (Fixture *fixture, gconstpointer data)
{
  RdProfile *crm = get (fixture, "crm");
  const RdAction *action = rd_profile_get_action (crm, "conversations");
  g_autoptr (JsonNode) body = rd_test_fixture ("sites.json", "crm-conversations");
  g_autoptr (JsonNode) mere = rd_test_fixture ("sites.json", "crm-people");
  g_autoptr (GPtrArray) conversations = list (crm, "conversations", RD_EVENT_CONVERSATION, "crm-conversations");
  g_autoptr (GPtrArray) people = list (crm, "people", RD_EVENT_PERSON, "crm-people");
  const RdEvent *one = g_ptr_array_index (conversations, 0);
  const RdEvent *ada = g_ptr_array_index (people, 0);
  const RdEvent *bob = g_ptr_array_index (people, 1);

  g_assert_cmpstr (one->peer_id, ==, "3");
  g_assert_cmpstr (one->peer_name, ==, "Ada Lovelace");
  g_assert_cmpint (one->unread, ==, 2);
  g_assert_cmpint (rd_action_has_more (action, body), ==, RD_EVENT_YES);
  g_assert_cmpint (rd_action_has_more (action, mere), ==, RD_EVENT_NO);
  g_assert_cmpuint (rd_action_get_page_size (action), ==, 25);
  g_assert_cmpint (ada->presence, ==, RD_EVENT_PRESENCE_BUSY);
  g_assert_cmpint (ada->available, ==, RD_EVENT_NO);
  g_assert_cmpstr (ada->person_call_id, ==, "41");
  g_assert_cmpint (bob->available, ==, RD_EVENT_UNSAID);
  g_assert_cmpstr (bob->person_name, ==, "bob");
}

static void
test_invoices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) invoices = list (get (fixture, "invoices"), "invoices", RD_EVENT_INVOICE, "invoices-list");
  const RdEvent *paid = g_ptr_array_index (invoices, 0);
  const RdEvent *strange = g_ptr_array_index (invoices, 1);

  g_assert_cmpstr (paid->invoice_status, ==, "paid");
  g_assert_cmpstr (paid->amount, ==, "1240.50");
  g_assert_cmpstr (paid->paid_amount, ==, "1240.5");
  g_assert_cmpstr (paid->invoice_code, ==, "pc7");
  g_assert_cmpstr (paid->invoice_memo, ==, "two <b>days</b>");
  g_assert_cmpstr (paid->invoice_network, ==, "TRON");
  g_assert_null (strange->invoice_memo);
  g_assert_cmpstr (strange->invoice_status, ==, "disputed");
  g_assert_cmpstr (strange->amount, ==, "-5");
  g_assert_cmpint (strange->created_at, ==, 0);
}

static JsonNode *
read_json (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *text = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  return rd_json_parse (text, (gssize) length, NULL);
}

/* JSON has no way to share: what both say they say alike. */
static void
test_crm_twins (Fixture *fixture, gconstpointer data)
{
  static const char *const own[] = { "id", "name", "authorise", "channels", "line", "poll", NULL };
  g_autoptr (JsonNode) crm = read_json (PROFILES_DIR, "crm.json");
  g_autoptr (JsonNode) ws = read_json (PROFILES_DIR, "crm-ws.json");
  const RdPlainLine *line = rd_profile_get_plain_line (get (fixture, "crm-ws"));
  g_autofree char *path = rd_profile_dup_plain_path (get (fixture, "crm-ws"), fixture->vars, NULL);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init (&iter, json_node_get_object (crm));
  while (json_object_iter_next (&iter, &name, &member))
    if (!g_strv_contains (own, name))
      g_assert_true (json_node_equal (member, rd_json_member (ws, name)));
  g_assert_cmpstr (path, ==, "/ws/video-call/7/");
  g_assert_cmpstr (line->ping, ==, "{\"type\":\"ping\"}");
  g_assert_cmpuint (line->ping_interval, ==, 30);
}

/* What a plain line's frame says is where the profile says. */
static void
test_plain_frame (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) frame = rd_json_parse ("{\"event\": \"call-ended\", \"data\": {\"id\": 41}}", -1, NULL);
  g_autoptr (JsonNode) hello = rd_json_parse ("{\"type\": \"connection_established\"}", -1, NULL);
  RdProfile *ws = get (fixture, "crm-ws");
  g_autofree char *event = NULL;
  g_autofree char *greeting = NULL;
  g_autofree char *channel = NULL;
  g_autofree char *nowhere = NULL;
  g_autoptr (JsonNode) inner = rd_profile_read_frame (ws, frame, &event, &channel, NULL);
  g_autoptr (JsonNode) empty = rd_profile_read_frame (ws, hello, &greeting, &nowhere, NULL);
  g_autoptr (RdEventReport) report = rd_profile_report_event (ws, channel, event, inner, NULL);

  g_assert_cmpstr (event, ==, "call-ended");
  g_assert_null (channel);
  g_assert_cmpint (report->kind, ==, RD_EVENT_CALL_ENDED);
  g_assert_null (*report->missing);
  g_assert_cmpstr (greeting, ==, "connection_established");
  g_assert_nonnull (empty);
}

static void
test_meta (void)
{
  static const struct
  {
    const char *html;
    const char *content;
  } pages[] = {
    { "<html><META content='a&amp;b&#39;&#x41;' NAME=\"csrf-token\" />", "a&b'A" },
    { "<meta name=csrf-token content=abc>", "abc" },
    { "<!-- <meta name=csrf-token content=no> --><meta name=csrf-token content=yes>", "yes" },
    { "<script>'<meta name=csrf-token content=no>'</script><meta name=csrf-token content=yes>", "yes" },
    { "<meta name=other content=x>", NULL },
    { "<meta name=csrf-token>", NULL },
    { "<meta name='csrf-token' content='never closed", "never closed" },
    { "<meta = = /= name", NULL },
    { "<", NULL },
    { "<!--", NULL },
    { "<meta name=csrf-token content=&#xffffffffff;&#0;&bogus;&#>", "\xef\xbf\xbd\xef\xbf\xbd&bogus;&#" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    for (gsize length = 0; length <= strlen (pages[i].html); length++)
      {
        /* cut anywhere, in memory that ends there */
        g_autofree char *page = g_memdup2 (pages[i].html, length);
        g_autofree char *content = rd_meta_find (page, length, "csrf-token");

        if (length == strlen (pages[i].html))
          g_assert_cmpstr (content, ==, pages[i].content);
      }
}

#define ADD(name, func) g_test_add ("/sites/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("team", test_team);
  ADD ("typing-request", test_typing_request);
  ADD ("status-request", test_status_request);
  ADD ("sms-messages", test_sms_messages);
  ADD ("sms-call", test_sms_call);
  ADD ("crm-lists", test_crm_lists);
  ADD ("invoices", test_invoices);
  ADD ("crm-twins", test_crm_twins);
  ADD ("plain-frame", test_plain_frame);
  g_test_add_func ("/sites/meta", test_meta);
  return g_test_run ();
}
