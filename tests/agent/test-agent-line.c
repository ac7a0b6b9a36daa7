/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "agent-world.h"
#include "rd-test.h"

/* Accounts and their lines through the real agent: how one comes, fails, heals and goes. */

#define ADA 11

static void
test_connected (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autoptr (GVariant) channels = NULL;
  const char *name, *state, *reason;

  g_assert_cmpstr (rd_dbus_account1_get_id (account), ==, id);
  g_assert_cmpstr (rd_dbus_account1_get_name (account), ==, "Demo CRM");
  /* Not given: asked from the site. */
  g_assert_cmpstr (rd_dbus_account1_get_user_id (account), ==, "7");
  g_assert_true (rd_dbus_account1_get_can_call (account));
  g_assert_cmpstr (rd_dbus_account1_get_reason (account), ==, "");
  channels = g_variant_get_child_value (rd_dbus_account1_get_channels (account), 0);
  g_variant_get (channels, "(&s&s&s)", &name, &state, &reason);
  g_assert_cmpstr (name, ==, "private-user-7");
  rd_test_await (g_strcmp0 (rd_dbus_agent1_get_notifications (world->agent1), "ok") == 0);
  g_assert_cmpstr (rd_dbus_agent1_get_secrets (world->agent1), ==, "file");
  g_assert_cmpstr (rd_dbus_agent1_get_sound (world->agent1), ==, "unused");
}

static gint64
read_last_frame (AgentWorld *world, RdDBusAccount1 *account)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_call (world->connection, RD_APP_ID, g_dbus_proxy_get_object_path (G_DBUS_PROXY (account)),
                          "org.freedesktop.DBus.Properties", "Get",
                          g_variant_new ("(ss)", "io.github.ringdown.Account1", "LastFrame"), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  reply = g_dbus_connection_call_finish (world->connection, result, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(v)", &value);
  return g_variant_get_int64 (value);
}

static void
test_last_frame_is_read_on_demand (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  gint64 first = read_last_frame (world, account);
  gint64 later = first;

  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (first, <=, g_get_real_time ());
  rd_demo_channels_trigger (world->channels, "crm", "private-user-7", "anything", "{}");
  while (later == first)
    later = read_last_frame (world, account);
  g_assert_cmpint (later, >, first);
}

static void
test_outage (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GError) error = NULL;
  RdDemoCall *call;
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);

  rd_demo_channels_stop (world->channels);
  rd_test_await (agent_world_account_is (world, "waiting"));
  g_assert_cmpstr (rd_dbus_account1_get_reason (account), !=, "");

  /* Ada calls in vain while nobody can hear her, and gives up; then she calls again. */
  call = rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  g_assert_no_error (error);
  rd_demo_crm_act (world->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  g_assert_no_error (error);

  rd_demo_channels_listen (world->channels, 0, &error);
  g_assert_no_error (error);
  agent_world_call_method (world, account, "Reconnect", NULL, NULL);
  rd_test_await (agent_world_account_is (world, "connected"));
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
  /* Both are missed, which is said once, and neither rings. */
  rd_test_await (agent_world_find_notification (world, "2 missed calls from") >= 0);
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 1);
  g_assert_true (agent_world_call_is (world, NULL));
  g_assert_true (agent_world_ring_is (world, "silent"));
  g_assert_cmpstr (rd_dbus_agent1_get_sound (world->agent1), ==, "unused");
}

static void
test_call_ended_during_outage (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GError) error = NULL;
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  RdDemoCall *call = rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);

  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  rd_demo_channels_stop (world->channels);
  rd_test_await (!agent_world_account_is (world, "connected"));
  rd_demo_crm_act (world->crm, ADA, call->id, "end", &error);
  g_assert_no_error (error);
  rd_demo_channels_listen (world->channels, 0, &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, NULL));
  rd_test_await (agent_world_ring_is (world, "silent"));
  /* The ringing one went, the missed one came. */
  rd_test_await (mock_notifications_count_shown (world->notifications) == 2);
}

static void
test_token_refused (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, "no-such-token", "signed-out");
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  RdDemoPerson *you = rd_demo_crm_sign_in (world->crm, RD_DEMO_YOU);
  g_autofree char *long_token = g_strnfill (9000, 'x');

  g_assert_cmpstr (rd_dbus_account1_get_reason (account), ==, "signed-out");
  agent_world_call_method (world, account, "SetToken", g_variant_new ("(ss)", "line\nbreak", ""), "BadInput");
  agent_world_call_method (world, account, "SetToken", g_variant_new ("(ss)", long_token, ""), "BadInput");
  agent_world_call_method (world, account, "SetToken", g_variant_new ("(ss)", you->access, you->refresh), NULL);
  rd_test_await (agent_world_account_is (world, "connected"));
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
  g_assert_cmpstr (rd_dbus_account1_get_reason (account), ==, "");
}

static void
test_signed_out_later (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  rd_demo_crm_sign_out (world->crm, RD_DEMO_YOU);
  rd_demo_channels_drop (world->channels);
  rd_test_await (agent_world_account_is (world, "signed-out"));
}

static void
test_token_is_renewed_and_kept (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  rd_demo_crm_expire_access (world->crm, RD_DEMO_YOU);
  rd_demo_channels_drop (world->channels);
  rd_test_await (agent_world_count_requests (world, "POST /api/auth/token/refresh/") == 1);
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
  rd_test_await (agent_world_account_is (world, "connected"));

  /* After a restart, the account and its new tokens are there. */
  agent_world_quit (world);
  agent_world_start_agent (world);
  rd_test_await (agent_world_account_is (world, "connected"));
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
}

static void
refuse (AgentWorld *world, GVariant *settings, const char *code)
{
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *expected = g_strconcat ("io.github.ringdown.Error.", code, NULL);
  g_autofree char *id = agent_world_add_account (world, settings, &name, &sentence);

  g_assert_null (id);
  g_assert_cmpstr (name, ==, expected);
  g_assert_cmpuint (strlen (sentence), >, 10);
}

static GVariant *
with (AgentWorld *world, const char *key, GVariant *value)
{
  g_autoptr (GVariant) base = g_variant_ref_sink (agent_world_crm_settings (world, "abc"));
  GVariantDict dict;

  g_variant_dict_init (&dict, base);
  if (value != NULL)
    g_variant_dict_insert_value (&dict, key, value);
  else
    g_variant_dict_remove (&dict, key);
  return g_variant_dict_end (&dict);
}

static void
test_hostile_settings (AgentWorld *world, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (70000, 'a');
  g_autofree char *long_token = g_strnfill (9000, 'a');

  refuse (world, g_variant_new_parsed ("@a{sv} {}"), "BadInput");
  refuse (world, with (world, "profile", NULL), "BadInput");
  refuse (world, with (world, "profile", g_variant_new_string ("../../etc/passwd")), "BadInput");
  refuse (world, with (world, "profile", g_variant_new_uint32 (7)), "BadInput");
  refuse (world, with (world, "site", NULL), "BadInput");
  refuse (world, with (world, "site", g_variant_new_string ("http://crm.example.org")), "BadInput");
  refuse (world, with (world, "site", g_variant_new_string ("file:///etc/passwd")), "BadInput");
  refuse (world, with (world, "site", g_variant_new_string ("https://user:pw@crm.example.org")), "BadInput");
  refuse (world, with (world, "host", g_variant_new_string ("ws.example.org")), "BadInput");
  refuse (world, with (world, "key", g_variant_new_string ("a/b?c")), "BadInput");
  refuse (world, with (world, "key", NULL), "BadInput");
  refuse (world, with (world, "port", g_variant_new_uint32 (70000)), "BadInput");
  refuse (world, with (world, "no-such-key", g_variant_new_string ("x")), "BadInput");
  refuse (world, with (world, "token", g_variant_new_string (long_token)), "BadInput");
  refuse (world, with (world, "token", g_variant_new_string ("a\r\nCookie: b")), "BadInput");
  refuse (world, with (world, "token", g_variant_new_uint32 (1)), "BadInput");
  refuse (world, with (world, "name", g_variant_new_string (huge)), "BadInput");
  g_assert_null (agent_world_dup_account (world));
  agent_world_call_method (world, world->agent1, "RemoveAccount", g_variant_new ("(s)", "nobody"), "NotFound");
  agent_world_call_method (world, world->agent1, "OpenWindow",
                           g_variant_new ("(s@a{sv})", "../x", g_variant_new_parsed ("@a{sv} {}")), "BadInput");
}

static void
test_same_account_twice (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id =
      agent_world_add_account (world, with (world, "user-id", g_variant_new_string ("7")), NULL, NULL);

  g_assert_nonnull (id);
  refuse (world, with (world, "user-id", g_variant_new_string ("7")), "Exists");
}

static void
test_removed (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GError) error = NULL;
  g_autoptr (RdDBusAccount1) account = NULL;

  rd_demo_crm_place (world->crm, ADA, RD_DEMO_YOU, FALSE, &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_call_is (world, "ringing-in"));
  rd_test_await (mock_notifications_count_standing (world->notifications) == 1);

  agent_world_call_method (world, world->agent1, "RemoveAccount", g_variant_new ("(s)", id), NULL);
  rd_test_await (agent_world_call_is (world, NULL));
  rd_test_await (rd_demo_channels_count (world->channels, "crm", NULL) == 0);
  rd_test_await (mock_notifications_count_standing (world->notifications) == 0);
  rd_test_await (agent_world_ring_is (world, "silent"));
  account = agent_world_dup_account (world);
  g_assert_null (account);

  agent_world_quit (world);
  agent_world_start_agent (world);
  account = agent_world_dup_account (world);
  g_assert_null (account);
}

static void
test_trusted_host_is_kept (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (RdDBusAccount1) account = agent_world_dup_account (world);
  g_autofree char *path = g_build_filename (world->dir, "config", "ringdown", "accounts.json", NULL);
  g_autofree char *text = NULL;

  agent_world_call_method (world, account, "TrustRoomHost", g_variant_new ("(s)", "https://x/"), "BadInput");
  agent_world_call_method (world, account, "TrustRoomHost", g_variant_new ("(s)", "Meet.Example.org"), NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "meet.example.org"));
  g_assert_null (strstr (text, "oken"));

  rd_test_await (g_strv_contains (rd_dbus_account1_get_room_hosts (account), "meet.example.org"));
  agent_world_call_method (world, account, "DistrustRoomHost", g_variant_new ("(s)", "another.example"), "BadInput");
  agent_world_call_method (world, account, "DistrustRoomHost", g_variant_new ("(s)", "meet.example.org"), NULL);
  rd_test_await (*rd_dbus_account1_get_room_hosts (account) == NULL);
  g_clear_pointer (&text, g_free);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "meet.example.org"));
}

static GVariant *
invoice_settings (AgentWorld *world)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "profile", "s", "invoices");
  g_variant_dict_insert (&dict, "site", "s", rd_demo_site_get_url (rd_demo_invoices_get_site (world->invoices)));
  g_variant_dict_insert (&dict, "user-id", "s", "7");
  g_variant_dict_insert (&dict, "key", "s", "crm-key");
  g_variant_dict_insert (&dict, "host", "s", "127.0.0.1");
  g_variant_dict_insert (&dict, "port", "u", rd_demo_channels_get_port (world->channels));
  g_variant_dict_insert (&dict, "tls", "b", FALSE);
  g_variant_dict_insert (&dict, "token", "s", rd_demo_invoices_get_token (world->invoices));
  return g_variant_dict_end (&dict);
}

static void
test_payment_on_both_channels (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_account (world, invoice_settings (world), NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant) payments = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (id);
  /* Which invoices there are is asked from the site. */
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-invoice.7") == 1);
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user.7.notifications") == 1);
  g_assert_true (rd_demo_invoices_pay (world->invoices, 7));
  rd_test_await (mock_notifications_count_shown (world->notifications) == 1);
  rd_dbus_agent1_call_list_payments (world->agent1, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  rd_dbus_agent1_call_list_payments_finish (world->agent1, &payments, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_variant_n_children (payments), ==, 1);
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 1);
}

static void
test_new_invoice_is_followed (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_account (world, invoice_settings (world), NULL, NULL);
  g_autofree char *channel = NULL;

  g_assert_nonnull (id);
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user.7.notifications") == 1);
  channel = g_strdup_printf ("private-invoice.%u", rd_demo_invoices_create (world->invoices, "9.90", "Tea"));
  rd_test_await (mock_notifications_count_shown (world->notifications) == 1);
  rd_test_await (rd_demo_channels_count (world->channels, "crm", channel) == 1);
}

/* The link stands, and nothing will ever come over it. */
static void
test_refused_channel_is_no_line (AgentWorld *world, gconstpointer data)
{
  RdDemoPerson *you = rd_demo_crm_sign_in (world->crm, RD_DEMO_YOU);
  g_autoptr (GVariant) settings = g_variant_ref_sink (with (world, "token", g_variant_new_string (you->access)));
  g_autoptr (RdDBusAccount1) account = NULL;
  g_autofree char *id = NULL;
  GVariantDict dict;

  g_variant_dict_init (&dict, settings);
  g_variant_dict_insert (&dict, "user-id", "s", "99");
  id = agent_world_add_account (world, g_variant_dict_end (&dict), NULL, NULL);
  rd_test_await (agent_world_account_is (world, "failed"));
  account = agent_world_dup_account (world);
  g_assert_cmpstr (rd_dbus_account1_get_reason (account), ==, "forbidden");
  g_assert_cmpuint (rd_demo_channels_count (world->channels, "crm", NULL), ==, 1);
  agent_world_call_method (world, account, "Reconnect", NULL, NULL);
  rd_test_await (agent_world_count_requests (world, "POST /api/pusher/auth/") == 2);
  rd_test_await (agent_world_account_is (world, "failed"));
  /* Nobody is told that this user is there for calls. */
  g_assert_cmpuint (agent_world_count_requests (world, "POST /api/jitsi-calls/heartbeat/"), ==, 0);
}

/* The old refresh token is no good any more once the site has answered: the new one must not be lost. */
static void
test_token_renewed_at_the_end (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");

  rd_demo_crm_expire_access (world->crm, RD_DEMO_YOU);
  rd_demo_channels_drop (world->channels);
  rd_test_await (agent_world_count_requests (world, "POST /api/auth/token/refresh/") == 1);
  agent_world_quit (world);
  agent_world_start_agent (world);
  rd_test_await (agent_world_account_is (world, "connected"));
  rd_test_await (rd_demo_channels_count (world->channels, "crm", "private-user-7") == 1);
}

static void
test_user_is_kept_at_the_end (AgentWorld *world, gconstpointer data)
{
  g_autofree char *path = g_build_filename (world->dir, "config", "ringdown", "accounts.json", NULL);
  g_autofree char *id = agent_world_add_account (world, agent_world_crm_settings (world, NULL), NULL, NULL);
  g_autoptr (RdDBusAccount1) account = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (id);
  rd_test_await ((account = agent_world_dup_account (world)) != NULL);
  rd_test_await (g_strcmp0 (rd_dbus_account1_get_user_id (account), "7") == 0);
  agent_world_quit (world);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\"7\""));
}

static void
test_messages (AgentWorld *world, gconstpointer data)
{
  g_autofree char *id = agent_world_add_crm (world, NULL, "connected");
  g_autoptr (GError) error = NULL;

  rd_demo_crm_send_message (world->crm, RD_DEMO_YOU, ADA, "From me", &error);
  g_assert_no_error (error);
  rd_demo_crm_send_message (world->crm, ADA, RD_DEMO_YOU, "Hello there", &error);
  g_assert_no_error (error);
  rd_test_await (agent_world_find_notification (world, "Hello there") >= 0);
  g_assert_cmpint (agent_world_find_notification (world, "From me"), ==, -1);
  g_assert_cmpuint (mock_notifications_count_shown (world->notifications), ==, 1);
}

static void
add (const char *name, void (*test) (AgentWorld *, gconstpointer))
{
  g_test_add (name, AgentWorld, NULL, agent_world_set_up, test, agent_world_tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/agent/line/connected", test_connected);
  add ("/agent/line/last-frame", test_last_frame_is_read_on_demand);
  add ("/agent/line/outage", test_outage);
  add ("/agent/line/ended-during-outage", test_call_ended_during_outage);
  add ("/agent/line/token-refused", test_token_refused);
  add ("/agent/line/signed-out", test_signed_out_later);
  add ("/agent/line/token-renewed", test_token_is_renewed_and_kept);
  add ("/agent/line/refused", test_refused_channel_is_no_line);
  add ("/agent/line/token-renewed-at-the-end", test_token_renewed_at_the_end);
  add ("/agent/line/user-kept-at-the-end", test_user_is_kept_at_the_end);
  add ("/agent/accounts/hostile", test_hostile_settings);
  add ("/agent/accounts/twice", test_same_account_twice);
  add ("/agent/accounts/removed", test_removed);
  add ("/agent/accounts/trusted-host", test_trusted_host_is_kept);
  add ("/agent/news/payment", test_payment_on_both_channels);
  add ("/agent/news/invoice-created", test_new_invoice_is_followed);
  add ("/agent/news/messages", test_messages);
  return g_test_run ();
}
