/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fault.h"
#include "rd-json.h"
#include "rd-profiles.h"
#include "rd-test.h"

#include <string.h>

/* What the shipped profiles make of everything that their sites send, and what they send themselves. */

#define NOON G_GINT64_CONSTANT (1767614400000000) /* 2026-01-05 12:00 */
#define SECOND G_GINT64_CONSTANT (1000000)

typedef struct
{
  RdProfiles *profiles;
  RdProfile *crm;
  RdProfile *invoices;
  RdProfile *seed;
  RdVars *vars;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->profiles = rd_profiles_new (NULL);
  fixture->crm = rd_profiles_lookup (fixture->profiles, "crm");
  fixture->invoices = rd_profiles_lookup (fixture->profiles, "invoices");
  fixture->seed = rd_profiles_lookup (fixture->profiles, "invoices-seed");
  fixture->vars = rd_vars_new ();
  rd_vars_set (fixture->vars, "user.id", "7");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_vars_unref (fixture->vars);
  g_assert_finalize_object (fixture->profiles);
}

static RdEvent *
map (RdProfile *profile, const char *event, const char *file, const char *packet)
{
  g_autoptr (JsonNode) data = rd_test_fixture (file, packet);
  g_autoptr (GError) error = NULL;
  RdEvent *mapped = rd_profile_map_event (profile, "channel", event, data, &error);

  g_assert_no_error (error);
  g_assert_nonnull (mapped);
  g_assert_cmpstr (mapped->channel, ==, "channel");
  return mapped;
}

static void
test_call_initiated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEvent) event = map (fixture->crm, "call-initiated", "crm.json", "call-initiated");
  g_autoptr (RdEvent) audio = map (fixture->crm, "call-initiated", "crm.json", "call-initiated-audio");
  g_autoptr (RdEvent) group = map (fixture->crm, "call-initiated", "crm.json", "call-initiated-group");

  g_assert_cmpint (event->kind, ==, RD_EVENT_CALL_INITIATED);
  g_assert_cmpstr (event->call_id, ==, "41");
  g_assert_cmpstr (event->initiator_id, ==, "3");
  g_assert_cmpstr (event->initiator_name, ==, "Ada Lovelace");
  g_assert_cmpstr (event->recipient_id, ==, "7");
  g_assert_cmpstr (event->recipient_name, ==, "Grace Hopper");
  g_assert_false (event->audio);
  g_assert_cmpint (event->status, ==, RD_EVENT_STATUS_PENDING);
  g_assert_cmpint (event->created_at, ==, NOON + SECOND / 4);
  g_assert_cmpint (event->at, ==, event->created_at);
  g_assert_cmpint (event->started_at, ==, 0);
  g_assert_cmpstr (event->room_url, ==, "https://8x8.vc/vpaas-test/crm-20260105120000-0a1b2c3d");
  g_assert_cmpstr (event->room_token, ==, "aaaa.bbbb.cccc");
  g_assert_null (event->room_error);
  g_assert_true (audio->audio);
  g_assert_cmpstr (audio->call_id, ==, "42");
  g_assert_null (audio->room_url);
  g_assert_cmpstr (audio->room_error, ==, "no signing key");
  g_assert_cmpint (audio->created_at, ==, NOON + 60 * SECOND);
  g_assert_null (group->recipient_id);
  g_assert_null (group->room_token);
  g_assert_cmpint (group->created_at, ==, NOON + 120 * SECOND);
  g_assert_cmpstr (event->key, !=, audio->key);
}

static void
test_call_others (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEvent) answered = map (fixture->crm, "call-answered", "crm.json", "call-answered");
  g_autoptr (RdEvent) rejected = map (fixture->crm, "call-rejected", "crm.json", "call-rejected");
  g_autoptr (RdEvent) ended = map (fixture->crm, "call-ended", "crm.json", "call-ended");

  g_assert_cmpint (answered->kind, ==, RD_EVENT_CALL_ANSWERED);
  g_assert_cmpint (answered->status, ==, RD_EVENT_STATUS_ACTIVE);
  g_assert_cmpint (answered->started_at, ==, NOON + 9 * SECOND);
  g_assert_cmpint (answered->at, ==, NOON + 9 * SECOND);
  g_assert_cmpstr (answered->room_token, ==, "dddd.eeee.ffff");
  g_assert_cmpint (rejected->kind, ==, RD_EVENT_CALL_REJECTED);
  g_assert_cmpint (rejected->ended_at, ==, NOON + 7 * SECOND);
  g_assert_cmpint (ended->kind, ==, RD_EVENT_CALL_ENDED);
  g_assert_cmpint (ended->at, ==, NOON + 309 * SECOND);
  g_assert_null (ended->room_url);
}

static void
test_messages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEvent) nested = map (fixture->crm, "new-message", "crm.json", "new-message");
  g_autoptr (RdEvent) flat = map (fixture->crm, "new-message", "crm.json", "new-message-flat");
  g_autoptr (RdEvent) updated = map (fixture->crm, "conversation-updated", "crm.json", "conversation-updated");
  g_autoptr (RdEvent) was_read = map (fixture->crm, "message-read", "crm.json", "message-read");
  g_autoptr (RdEvent) unread = map (fixture->crm, "unread-count-updated", "crm.json", "unread-count-updated");

  g_assert_cmpint (nested->kind, ==, RD_EVENT_MESSAGE_NEW);
  g_assert_cmpstr (nested->message_id, ==, "501");
  g_assert_cmpstr (nested->sender_id, ==, "3");
  g_assert_cmpstr (nested->sender_name, ==, "Ada Lovelace");
  g_assert_cmpstr (nested->text, ==, "See you at noon");
  g_assert_cmpint (nested->at, ==, NOON - 3600 * SECOND);
  g_assert_cmpstr (flat->sender_name, ==, "ada@example.org");
  g_assert_cmpstr (flat->title, ==, "Lunch");
  /* Sent twice in two shapes, it is one message. */
  g_assert_cmpstr (flat->key, ==, nested->key);
  g_assert_cmpint (updated->kind, ==, RD_EVENT_CONVERSATION_UPDATED);
  g_assert_cmpstr (updated->conversation_id, ==, "9");
  g_assert_cmpstr (updated->text, ==, "See you at noon");
  g_assert_cmpint (was_read->kind, ==, RD_EVENT_MESSAGE_READ);
  g_assert_cmpstr (was_read->sender_id, ==, "7");
  g_assert_cmpint (unread->unread, ==, 4);
}

static void
test_issues (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdEvent) created = map (fixture->crm, "issue-created", "crm.json", "issue-created");
  g_autoptr (RdEvent) updated = map (fixture->crm, "issue-updated", "crm.json", "issue-created");
  g_autoptr (RdEvent) changed = map (fixture->crm, "issue-status-changed", "crm.json", "issue-status-changed");

  g_assert_cmpint (created->kind, ==, RD_EVENT_NOTICE);
  g_assert_cmpstr (created->title, ==, "ISS-12 Printer on fire");
  g_assert_cmpstr (created->type, ==, "issue-created");
  g_assert_cmpstr (updated->key, !=, created->key);
  g_assert_cmpstr (changed->body, ==, "closed");
}

static void
check_payments (RdProfile *profile)
{
  g_autoptr (RdEvent) payment = map (profile, "payment.received", "invoices.json", "payment");
  g_autoptr (RdEvent) again = map (profile, "payment.received", "invoices.json", "payment-again");
  g_autoptr (RdEvent) later = map (profile, "payment.received", "invoices.json", "payment-later");
  g_autoptr (RdEvent) created = map (profile, "invoice.created", "invoices.json", "created");
  g_autoptr (RdEvent) updated = map (profile, "invoice.updated", "invoices.json", "updated");
  g_autoptr (RdEvent) changed = map (profile, "invoice.status.changed", "invoices.json", "status-changed");

  g_assert_cmpint (payment->kind, ==, RD_EVENT_PAYMENT_RECEIVED);
  g_assert_cmpstr (payment->invoice_id, ==, "7");
  g_assert_cmpstr (payment->title, ==, "Payment received");
  g_assert_cmpstr (payment->body, ==, "Invoice 7 has been paid");
  g_assert_cmpstr (payment->type, ==, "invoice_completed");
  g_assert_cmpstr (payment->invoice_status, ==, "paid");
  g_assert_cmpint (payment->at, ==, NOON);
  /* On the other channel, the id as a string; the time is the phone's business. */
  g_assert_cmpstr (again->key, ==, payment->key);
  g_assert_cmpstr (later->key, ==, payment->key);
  g_assert_cmpint (later->at, ==, NOON + 600 * SECOND);
  g_assert_cmpint (created->kind, ==, RD_EVENT_INVOICE_CREATED);
  g_assert_cmpint (updated->kind, ==, RD_EVENT_INVOICE_UPDATED);
  g_assert_cmpint (changed->kind, ==, RD_EVENT_INVOICE_STATUS);
  g_assert_cmpstr (changed->invoice_status, ==, "expired");
}

static void
test_payments (Fixture *fixture, gconstpointer data)
{
  check_payments (fixture->invoices);
  check_payments (fixture->seed);
}

static void
test_later_events (Fixture *fixture, gconstpointer data)
{
  static const char *const notices[] = { "withdrawal_completed", "withdrawal_approved", "merchant_approved",
                                         "withdrawal_address_approved", "sweep_completed" };
  g_autoptr (RdEvent) completed = map (fixture->invoices, "payment_completed", "invoices.json", "payment-completed");
  g_autoptr (RdEvent) expired = map (fixture->invoices, "invoice_expired", "invoices.json", "payment-completed");
  g_autoptr (RdEvent) rejected = map (fixture->invoices, "withdrawal_rejected", "invoices.json", "withdrawal-rejected");

  g_assert_cmpint (completed->kind, ==, RD_EVENT_PAYMENT_RECEIVED);
  g_assert_cmpstr (completed->body, ==, "Your payment was received");
  g_assert_cmpstr (completed->invoice_id, ==, "INV-8");
  g_assert_cmpint (expired->kind, ==, RD_EVENT_INVOICE_STATUS);
  g_assert_cmpint (rejected->kind, ==, RD_EVENT_NOTICE);
  g_assert_cmpstr (rejected->body, ==, "Your withdrawal was rejected. Address not verified");
  for (guint i = 0; i < G_N_ELEMENTS (notices); i++)
    {
      g_autoptr (RdEvent) notice = map (fixture->invoices, notices[i], "invoices.json", "notice");

      g_assert_cmpint (notice->kind, ==, RD_EVENT_NOTICE);
      g_assert_cmpstr (notice->type, ==, notices[i]);
      g_assert_cmpstr (notice->body, ==, "You may begin");
    }
}

static void
test_access (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (rd_profile_get_token_header (fixture->crm), ==, "Authorization");
  g_assert_cmpstr (rd_profile_get_token_prefix (fixture->crm), ==, "Bearer ");
  g_assert_cmpstr (rd_profile_get_authorise_path (fixture->crm), ==, "/api/pusher/auth/");
  g_assert_cmpstr (rd_profile_get_authorise_path (fixture->invoices), ==, "/api/pusher/auth");
  g_assert_true (rd_profile_get_authorise_is_json (fixture->invoices));
  g_assert_null (rd_profile_get_authorise_path (fixture->seed));
  g_assert_cmpstr (rd_profile_get_token_prefix (fixture->seed), ==, "Bearer ");
  g_assert_cmpuint (g_strv_length ((char **) rd_profile_get_needs (fixture->crm)), ==, 0);
  g_assert_true (g_strv_contains (rd_profile_get_room_hosts (fixture->crm), "meet.jit.si"));
  g_assert_true (g_strv_contains (rd_profile_get_room_hosts (fixture->crm), "8x8.vc"));
}

static void
assert_channels (RdProfile *profile, RdVars *vars, const char *expected)
{
  g_auto (GStrv) channels = rd_profile_dup_channels (profile, vars);
  g_autofree char *joined = g_strjoinv (" ", channels);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_channels (Fixture *fixture, gconstpointer data)
{
  const char *const invoices[] = { "1", "2", "2", "no/such", NULL };

  assert_channels (fixture->crm, fixture->vars, "private-user-7");
  assert_channels (fixture->invoices, fixture->vars,
                   "private-user.7.notifications private-user.7.invoices private-system.notifications");
  assert_channels (fixture->seed, fixture->vars, "user.7.invoices");
  rd_vars_set_list (fixture->vars, "invoice.id", invoices);
  assert_channels (fixture->invoices, fixture->vars,
                   "private-user.7.notifications private-user.7.invoices private-invoice.1 private-invoice.2 "
                   "private-system.notifications");
  assert_channels (fixture->seed, fixture->vars, "user.7.invoices invoice.1 invoice.2");
  rd_vars_set (fixture->vars, "user.id", NULL);
  assert_channels (fixture->crm, fixture->vars, "");
}

typedef struct
{
  const char *action;
  const char *method;
  const char *path;
  const char *body;
} Expected;

static void
test_requests (Fixture *fixture, gconstpointer data)
{
  static const Expected expected[] = {
    { "place", "POST", "/api/jitsi-calls/initiate_call/", "{\"recipient_id\":3,\"call_type\":\"audio\"}" },
    { "place-by-email", "POST", "/api/jitsi-calls/initiate_call_by_email/",
      "{\"recipient_email\":\"a\\\"b@example.org\",\"call_type\":\"audio\"}" },
    { "answer", "POST", "/api/jitsi-calls/4%2F1/update_status/", "{\"action\":\"answer\"}" },
    { "reject", "POST", "/api/jitsi-calls/4%2F1/update_status/", "{\"action\":\"reject\"}" },
    { "end", "POST", "/api/jitsi-calls/4%2F1/update_status/", "{\"action\":\"end\"}" },
    { "active-call", "GET", "/api/jitsi-calls/my_active_call/", NULL },
    { "calls", "GET", "/api/jitsi-calls/?my_calls=true", NULL },
    { "heartbeat", "POST", "/api/jitsi-calls/heartbeat/", NULL },
    { "refresh", "POST", "/api/auth/token/refresh/", "{\"refresh\":\"r.e.f\"}" },
    { "user", "GET", "/api/users/me/", NULL },
  };

  rd_vars_set (fixture->vars, "recipient.id", "3");
  rd_vars_set (fixture->vars, "recipient.email", "a\"b@example.org");
  rd_vars_set (fixture->vars, "media", "audio");
  rd_vars_set (fixture->vars, "call.id", "4/1");
  rd_vars_set (fixture->vars, "token.refresh", "r.e.f");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const RdAction *action = rd_profile_get_action (fixture->crm, expected[i].action);
      g_autoptr (GError) error = NULL;
      g_autoptr (RdRequest) request = rd_action_build (action, fixture->vars, &error);

      g_test_message ("%s", expected[i].action);
      g_assert_no_error (error);
      g_assert_cmpstr (request->method, ==, expected[i].method);
      g_assert_cmpstr (request->path, ==, expected[i].path);
      g_assert_cmpstr (request->body, ==, expected[i].body);
      g_assert_cmpstr (request->content_type, ==, expected[i].body != NULL ? "application/json" : NULL);
    }
  {
    const RdAction *action = rd_profile_get_action (fixture->invoices, "invoices");
    g_autoptr (RdRequest) plain = rd_action_build (action, fixture->vars, NULL);
    g_autoptr (RdRequest) request = NULL;

    g_assert_cmpstr (plain->path, ==, "/api/v1/invoices");
    rd_vars_set (fixture->vars, "page", "2");
    rd_vars_set (fixture->vars, "limit", "50");
    rd_vars_set (fixture->vars, "search", "a&b");
    request = rd_action_build (action, fixture->vars, NULL);
    g_assert_cmpstr (request->path, ==, "/api/v1/invoices?page=2&limit=50&q=a%26b");
  }
  g_assert_null (rd_profile_get_action (fixture->invoices, "place"));
  {
    g_autofree const char **later = rd_profile_dup_abilities (fixture->invoices, TRUE);
    g_autofree const char **seed = rd_profile_dup_abilities (fixture->seed, FALSE);

    g_assert_true (g_strv_contains (later, "invoices") && g_strv_contains (later, "list-invoices"));
    g_assert_true (g_strv_contains (seed, "invoices") && !g_strv_contains (seed, "list-invoices"));
    g_assert_true (rd_profile_is_sign_in_optional (fixture->seed));
    g_assert_false (rd_profile_is_sign_in_optional (fixture->invoices));
  }
}

static void
test_bad_values (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { NULL, "", "..", "." };
  const RdAction *answer = rd_profile_get_action (fixture->crm, "answer");
  const RdAction *place = rd_profile_get_action (fixture->crm, "place");
  g_autoptr (RdRequest) request = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;

      rd_vars_set (fixture->vars, "call.id", ids[i]);
      g_assert_null (rd_action_build (answer, fixture->vars, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
      g_assert_cmpstr (rd_fault_get_where (error), ==, i < 2 ? "call.id" : "answer");
    }
  /* What is no whole number stays a string. */
  rd_vars_set (fixture->vars, "recipient.id", "007\", \"x\": \"");
  rd_vars_set (fixture->vars, "media", "video");
  request = rd_action_build (place, fixture->vars, NULL);
  g_assert_cmpstr (request->body, ==, "{\"recipient_id\":\"007\\\", \\\"x\\\": \\\"\",\"call_type\":\"video\"}");
}

#define OWN                                                                                            \
  "{\"format\":1,\"id\":\"own\",\"name\":\"Own\",\"channels\":[],\"events\":{},\"actions\":{"          \
  "\"place\":{\"method\":\"POST\",\"path\":\"/call/{recipient.id}\",\"query\":{\"a b\":\"{media}&\"}," \
  "\"encoding\":\"form\",\"body\":{\"who\":\"{recipient.id}\",\"x&\":\"1&ü\"}},"                       \
  "\"end\":{\"method\":\"PATCH\",\"path\":\"/\",\"encoding\":\"json\",\"body\":"                       \
  "{\"a\":[1,null,true,\"{call.id}\"],\"b\":{\"c\":\"{number:call.id}!\"}}}}}"

static void
test_own_profile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdProfile) own = rd_profile_new_from_data (OWN, -1, "own.json", &error);
  g_autofree char *fixed = NULL;
  g_autoptr (RdRequest) place = NULL;
  g_autoptr (RdRequest) sparse = NULL;
  g_autoptr (RdRequest) end = NULL;
  g_auto (GStrv) parts = NULL;

  /* "number:" stands alone or not at all. */
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_PROFILE);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "own.json: actions.end.body.b.c");
  g_clear_error (&error);
  parts = g_strsplit (OWN, "}!", -1);
  fixed = g_strjoinv ("}", parts);
  own = rd_profile_new_from_data (fixed, -1, "own.json", &error);
  g_assert_no_error (error);
  rd_vars_set (fixture->vars, "recipient.id", "a b/ü");
  rd_vars_set (fixture->vars, "media", "video");
  rd_vars_set (fixture->vars, "call.id", "-12");
  place = rd_action_build (rd_profile_get_action (own, "place"), fixture->vars, NULL);
  g_assert_cmpstr (place->path, ==, "/call/a%20b%2F%C3%BC?a%20b=video%26");
  g_assert_cmpstr (place->content_type, ==, "application/x-www-form-urlencoded");
  g_assert_cmpstr (place->body, ==, "who=a%20b%2F%C3%BC&x%26=1%26%C3%BC");
  rd_vars_set (fixture->vars, "media", "");
  sparse = rd_action_build (rd_profile_get_action (own, "place"), fixture->vars, NULL);
  g_assert_cmpstr (sparse->path, ==, "/call/a%20b%2F%C3%BC");
  g_assert_true (rd_action_uses (rd_profile_get_action (own, "place"), "media"));
  g_assert_true (rd_action_uses (rd_profile_get_action (own, "end"), "call.id"));
  g_assert_false (rd_action_uses (rd_profile_get_action (own, "end"), "media"));
  end = rd_action_build (rd_profile_get_action (own, "end"), fixture->vars, NULL);
  g_assert_cmpstr (end->body, ==, "{\"a\":[1,null,true,\"-12\"],\"b\":{\"c\":-12}}");
}

static void
test_replies (Fixture *fixture, gconstpointer data)
{
  const RdAction *place = rd_profile_get_action (fixture->crm, "place");
  const RdAction *calls = rd_profile_get_action (fixture->crm, "calls");
  const RdAction *active = rd_profile_get_action (fixture->crm, "active-call");
  const RdAction *user = rd_profile_get_action (fixture->crm, "user");
  const RdAction *refresh = rd_profile_get_action (fixture->crm, "refresh");
  g_autoptr (JsonNode) placed_reply = rd_test_fixture ("crm.json", "initiate-reply");
  g_autoptr (JsonNode) calls_reply = rd_test_fixture ("crm.json", "calls-reply");
  g_autoptr (JsonNode) user_reply = rd_test_fixture ("crm.json", "user-reply");
  g_autoptr (JsonNode) refresh_reply = rd_test_fixture ("crm.json", "refresh-reply");
  g_autoptr (JsonNode) error_reply = rd_test_fixture ("crm.json", "error-reply");
  g_autoptr (GPtrArray) placed = rd_action_map_calls (fixture->crm, place, placed_reply, NULL);
  g_autoptr (GPtrArray) listed = rd_action_map_calls (fixture->crm, calls, calls_reply, NULL);
  g_autoptr (GPtrArray) none = rd_action_map_calls (fixture->crm, active, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = rd_action_dup_value (user, user_reply, "id");
  g_autofree char *name = rd_action_dup_value (user, user_reply, "name");
  g_autofree char *access = rd_action_dup_value (refresh, refresh_reply, "access");
  g_autofree char *rotated = rd_action_dup_value (refresh, refresh_reply, "refresh");
  const RdEventKind kinds[] = { RD_EVENT_CALL_ENDED, RD_EVENT_CALL_REJECTED, RD_EVENT_CALL_ANSWERED,
                                RD_EVENT_CALL_ENDED };

  g_assert_cmpuint (placed->len, ==, 1);
  g_assert_cmpstr (((RdEvent *) g_ptr_array_index (placed, 0))->call_id, ==, "44");
  g_assert_cmpint (((RdEvent *) g_ptr_array_index (placed, 0))->kind, ==, RD_EVENT_CALL_INITIATED);
  g_assert_cmpuint (listed->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < listed->len; i++)
    g_assert_cmpint (((RdEvent *) g_ptr_array_index (listed, i))->kind, ==, kinds[i]);
  g_assert_cmpint (((RdEvent *) g_ptr_array_index (listed, 0))->at, ==, NOON - 3 * 3600 * SECOND + 40 * SECOND);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (id, ==, "7");
  g_assert_cmpstr (name, ==, "Grace Hopper");
  g_assert_cmpstr (access, ==, "header.payload.signature");
  g_assert_cmpstr (rotated, ==, "rotated.refresh.token");
  g_assert_null (rd_action_dup_value (user, user_reply, "nothing"));
  g_assert_null (rd_action_dup_value (user, error_reply, "id"));
  g_assert_null (rd_action_map_calls (fixture->crm, place, error_reply, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
  g_clear_error (&error);
  g_assert_null (rd_action_map_calls (fixture->crm, active, error_reply, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
}

static void
test_lists_and_errors (Fixture *fixture, gconstpointer data)
{
  const RdAction *invoices = rd_profile_get_action (fixture->invoices, "invoices");
  const char *const expected[] = { "7", "8", NULL };
  const char *const expected_older[] = { "a1", "a2", NULL };
  g_autoptr (JsonNode) reply = rd_test_fixture ("invoices.json", "invoices-reply");
  g_autoptr (JsonNode) older = rd_test_fixture ("invoices.json", "invoices-reply-older");
  g_autoptr (JsonNode) failed = rd_test_fixture ("invoices.json", "failed-reply");
  g_autoptr (JsonNode) refused = rd_test_fixture ("crm.json", "error-reply");
  g_autoptr (JsonNode) login = rd_test_fixture ("crm.json", "login-error-reply");
  g_auto (GStrv) ids = rd_action_dup_list (invoices, reply, "invoice.id");
  g_auto (GStrv) older_ids = rd_action_dup_list (invoices, older, "invoice.id");
  g_auto (GStrv) no_ids = rd_action_dup_list (invoices, NULL, "invoice.id");
  g_autofree char *failed_said = rd_profile_dup_error (fixture->invoices, failed);
  g_autofree char *refused_said = rd_profile_dup_error (fixture->crm, refused);
  g_autofree char *login_said = rd_profile_dup_error (fixture->crm, login);

  g_assert_cmpstrv (ids, expected);
  g_assert_cmpstrv (older_ids, expected_older);
  g_assert_cmpuint (g_strv_length (no_ids), ==, 0);
  g_assert_true (rd_profile_reply_failed (fixture->invoices, failed));
  g_assert_false (rd_profile_reply_failed (fixture->invoices, reply));
  g_assert_false (rd_profile_reply_failed (fixture->invoices, older));
  g_assert_false (rd_profile_reply_failed (fixture->crm, failed));
  g_assert_false (rd_profile_reply_failed (fixture->invoices, NULL));
  g_assert_cmpstr (failed_said, ==, "No such merchant");
  g_assert_cmpstr (refused_said, ==, "Call is not in answerable state");
  g_assert_cmpstr (login_said, ==, "Unable to log in with provided credentials.");
  g_assert_null (rd_profile_dup_error (fixture->crm, NULL));
}

/* Whoever listens to these hears all that the profile can make something of. */
static void
test_events (Fixture *fixture, gconstpointer data)
{
  g_autofree const char **events = rd_profile_dup_events (fixture->crm);

  g_assert_true (g_strv_contains (events, "call-initiated"));
  g_assert_true (g_strv_contains (events, "new-message"));
  g_assert_false (g_strv_contains (events, "order-updated"));
  for (guint i = 0; events[i] != NULL; i++)
    {
      g_autoptr (RdEvent) event = NULL;
      g_autoptr (GError) error = NULL;

      /* without data of no use, but known */
      event = rd_profile_map_event (fixture->crm, "c", events[i], NULL, &error);
      g_assert_null (event);
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
    }
}

static void
test_unknown_and_unusable (Fixture *fixture, gconstpointer data)
{
  static const char *const shapes[] = {
    "{}", "[]", "null", "1", "true", "\"text\"", "[[]]", "{\"id\":null}", "{\"id\":{}}", "{\"id\":[1]}", "{\"id\":-5}",
    "{\"id\":\"\"}", "{\"id\":\"a\\u0007\"}", "{\"id\":1e99}", "{\"message\":[],\"sender\":7}", "{\"issue\":\"x\"}",
  };
  static const char *const events[] = { "call-initiated", "new-message", "issue-created", "unread-count-updated",
                                        "message-read", "conversation-updated" };

  g_assert_null (rd_profile_map_event (fixture->crm, "c", "__proto__", NULL, NULL));
  g_assert_null (rd_profile_map_event (fixture->crm, "c", "", NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (events); j++)
      {
        g_autoptr (JsonNode) node = rd_json_parse (shapes[i], -1, NULL);
        g_autoptr (GError) error = NULL;

        g_test_message ("%s %s", events[j], shapes[i]);
        g_assert_nonnull (node);
        g_assert_null (rd_profile_map_event (fixture->crm, "c", events[j], node, &error));
        g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
        g_assert_cmpstr (rd_fault_get_where (error), ==, events[j]);
      }
  {
    g_autoptr (JsonNode) nobody = rd_json_parse ("{\"id\":7,\"initiator\":{\"id\":3}}", -1, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (rd_profile_map_event (fixture->crm, "c", "call-initiated", nobody, NULL));
    g_assert_null (rd_profile_map_event (fixture->crm, "c", "call-ended", NULL, &error));
    g_assert_error (error, RD_FAULT, RD_FAULT_BAD_REPLY);
  }
}

/* Every field of a good call replaced by what does not belong there: still a call, and still within bounds. */
static void
test_hostile_fields (Fixture *fixture, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (100000, 'x');
  g_autofree char *huge_json = g_strdup_printf ("\"%s\"", huge);
  const char *const values[] = { "null", "[]", "{}", "true", "-1", "1e308", "\"\"", "\"\\u0000\"", "\"a\\nb\\u202e\"",
                                 "[[[[]]]]", "99999999999999999999999", huge_json };
  g_autoptr (JsonNode) good = rd_test_fixture ("crm.json", "call-initiated");
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (good));

  for (GList *member = members; member != NULL; member = member->next)
    for (guint i = 0; i < G_N_ELEMENTS (values); i++)
      {
        g_autoptr (JsonNode) bad = rd_test_fixture ("crm.json", "call-initiated");
        g_autoptr (RdEvent) event = NULL;

        json_object_set_member (json_node_get_object (bad), member->data, rd_json_parse (values[i], -1, NULL));
        event = rd_profile_map_event (fixture->crm, "c", "call-ended", bad, NULL);
        if (event == NULL)
          {
            g_assert_cmpstr (member->data, ==, "id");
            continue;
          }
        g_assert_cmpuint (strlen (event->call_id), <=, 128);
        g_assert_true (event->initiator_name == NULL || strlen (event->initiator_name) <= 200);
        g_assert_true (event->initiator_name == NULL || strpbrk (event->initiator_name, "\n\r\t") == NULL);
        g_assert_true (event->room_url == NULL || strlen (event->room_url) <= 2048);
      }
}

#define CASE(name, func) g_test_add ("/profile/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CASE ("crm/call-initiated", test_call_initiated);
  CASE ("crm/call-others", test_call_others);
  CASE ("crm/messages", test_messages);
  CASE ("crm/issues", test_issues);
  CASE ("invoices/payments", test_payments);
  CASE ("invoices/later-events", test_later_events);
  CASE ("access", test_access);
  CASE ("channels", test_channels);
  CASE ("requests", test_requests);
  CASE ("bad-values", test_bad_values);
  CASE ("own-profile", test_own_profile);
  CASE ("replies", test_replies);
  CASE ("lists-and-errors", test_lists_and_errors);
  CASE ("events", test_events);
  CASE ("unknown-and-unusable", test_unknown_and_unusable);
  CASE ("hostile-fields", test_hostile_fields);
  return g_test_run ();
}
