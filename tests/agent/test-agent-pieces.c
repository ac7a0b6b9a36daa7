/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-dbus-error.h"

#include "channels-error.h"
#include "rd-fault.h"
#include "rd-journal.h"
#include "rd-line-settings.h"
#include "rd-news-policy.h"
#include "rd-records.h"
#include "rd-test.h"

/* The agent's parts that need no bus. */

static void
test_error_names (void)
{
  g_autofree char *one = rd_dbus_error_dup_name ("tls");
  g_autofree char *two = rd_dbus_error_dup_name ("wrong-state");
  g_autofree char *three = rd_dbus_error_dup_name ("not-found");

  g_assert_cmpstr (one, ==, "io.github.ringdown.Error.Tls");
  g_assert_cmpstr (two, ==, "io.github.ringdown.Error.WrongState");
  g_assert_cmpstr (three, ==, "io.github.ringdown.Error.NotFound");
  g_assert_true (g_dbus_is_name (two));
}

static void
assert_code (const GError *error, const char *expected)
{
  g_autoptr (GVariant) detail = rd_dbus_error_dup_detail (error);
  const char *code = NULL;

  g_assert_true (g_variant_lookup (detail, "code", "&s", &code));
  g_assert_cmpstr (code, ==, expected);
}

static void
test_error_details (void)
{
  g_autoptr (GError) fault = rd_fault_new (RD_FAULT_SITE_ERROR, "crm.example", 502, "Bad Gateway", "answer");
  g_autoptr (GError) line = g_error_new_literal (CHANNELS_ERROR, CHANNELS_ERROR_NOT_CHANNELS, "HTML");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "?");

  assert_code (fault, "site-error");
  assert_code (line, "not-channels");
  assert_code (other, "internal");
}

static GVariant *
record (const char *account, int id)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *text = g_strdup_printf ("%d", id);

  g_variant_dict_insert (&dict, "account", "s", account);
  g_variant_dict_insert (&dict, "id", "s", text);
  return g_variant_dict_end (&dict);
}

static void
assert_first (GVariant *list, gsize length, const char *id)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (list);
  g_autoptr (GVariant) first = NULL;
  const char *found = NULL;

  g_assert_cmpuint (g_variant_n_children (owned), ==, length);
  if (length == 0)
    return;
  first = g_variant_get_child_value (owned, 0);
  g_variant_lookup (first, "id", "&s", &found);
  g_assert_cmpstr (found, ==, id);
}

static void
test_journal_is_bounded (void)
{
  RdJournal *journal = rd_journal_new ();

  assert_first (rd_journal_list_calls (journal), 0, NULL);
  for (int i = 0; i < RD_JOURNAL_LIMIT + 20; i++)
    rd_journal_add_call (journal, record ("crm", i));
  assert_first (rd_journal_list_calls (journal), RD_JOURNAL_LIMIT, "519");
  assert_first (rd_journal_list_payments (journal), 0, NULL);
  g_assert_finalize_object (journal);
}

static void
test_journal_drops_an_account (void)
{
  RdJournal *journal = rd_journal_new ();

  rd_journal_add_call (journal, record ("crm", 1));
  rd_journal_add_call (journal, record ("invoices", 2));
  rd_journal_add_payment (journal, record ("invoices", 3));
  rd_journal_drop_account (journal, "invoices");
  assert_first (rd_journal_list_calls (journal), 1, "1");
  assert_first (rd_journal_list_payments (journal), 0, NULL);
  g_assert_finalize_object (journal);
}

static void
assert_tone (RdEventKind kind, const char *type, const char *status, gboolean plays, RdTone expected)
{
  g_autoptr (RdEvent) event = rd_event_new (kind);
  RdTone tone;

  event->type = g_strdup (type);
  event->invoice_status = g_strdup (status);
  g_assert_cmpint (rd_news_policy_choose_tone (event, &tone), ==, plays);
  if (plays)
    g_assert_cmpint (tone, ==, expected);
}

static void
test_tones (void)
{
  assert_tone (RD_EVENT_PAYMENT_RECEIVED, NULL, NULL, TRUE, RD_TONE_SUCCESS);
  assert_tone (RD_EVENT_INVOICE_CREATED, "invoice_created", NULL, TRUE, RD_TONE_INFO);
  assert_tone (RD_EVENT_INVOICE_UPDATED, "invoice_updated", "paid", FALSE, RD_TONE_INFO);
  assert_tone (RD_EVENT_INVOICE_STATUS, "invoice_completed", NULL, TRUE, RD_TONE_SUCCESS);
  assert_tone (RD_EVENT_INVOICE_STATUS, NULL, "paid", TRUE, RD_TONE_SUCCESS);
  assert_tone (RD_EVENT_INVOICE_STATUS, NULL, "expired", TRUE, RD_TONE_WARNING);
  assert_tone (RD_EVENT_INVOICE_STATUS, NULL, "pending", TRUE, RD_TONE_INFO);
  assert_tone (RD_EVENT_NOTICE, "withdrawal_rejected", NULL, TRUE, RD_TONE_WARNING);
  assert_tone (RD_EVENT_NOTICE, "withdrawal_completed", NULL, TRUE, RD_TONE_SUCCESS);
}

static void
test_payment_record (void)
{
  g_autoptr (RdEvent) event = rd_event_new (RD_EVENT_PAYMENT_RECEIVED);
  g_autoptr (GVariant) payment = NULL;
  const char *amount = NULL;
  gint64 at = 0;

  g_free (event->key);
  event->key = g_strdup ("k");
  event->amount = g_strdup ("12.50");
  event->currency = g_strdup ("USD");
  payment = rd_record_new_for_payment (event, "invoices", 99);
  g_variant_lookup (payment, "amount", "&s", &amount);
  g_variant_lookup (payment, "at", "x", &at);
  g_assert_cmpstr (amount, ==, "12.50 USD");
  g_assert_cmpint (at, ==, 99);
}

static RdAccountSettings *
settings_for (const char *host, gboolean tls)
{
  RdAccountSettings *settings = rd_account_settings_new ();

  g_free (settings->key);
  settings->key = g_strdup ("app-key");
  g_free (settings->host);
  settings->host = g_strdup (host);
  settings->port = 6001;
  settings->tls = tls;
  return settings;
}

static RdProfile *
new_profile (const char *more)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("{\"format\":1,\"id\":\"x\",\"name\":\"X\",\"channels\":[\"all\"],"
                                           "\"events\":{}%s}",
                                           more);
  RdProfile *profile = rd_profile_new_from_data (text, -1, "x.json", &error);

  g_assert_no_error (error);
  return profile;
}

static void
test_plain_link_only_to_loopback (void)
{
  g_autoptr (RdAccountSettings) far = settings_for ("ws.example.org", FALSE);
  g_autoptr (RdAccountSettings) near = settings_for ("127.0.0.1", FALSE);
  g_autoptr (ChannelsEndpoint) refused = NULL;
  g_autoptr (ChannelsEndpoint) local = NULL;
  g_autoptr (ChannelsEndpoint) allowed = NULL;
  g_autoptr (RdProfile) profile = new_profile ("");
  g_autoptr (GError) error = NULL;

  refused = rd_line_settings_build_endpoint (far, profile, &error);
  g_assert_null (refused);
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "tls");
  g_clear_error (&error);

  far->insecure = TRUE;
  allowed = rd_line_settings_build_endpoint (far, profile, &error);
  g_assert_no_error (error);
  local = rd_line_settings_build_endpoint (near, profile, &error);
  g_assert_no_error (error);
}

static void
test_lists_of_values (void)
{
  g_autoptr (RdAccountSettings) settings = settings_for ("127.0.0.1", FALSE);
  g_autoptr (RdVars) vars = NULL;
  const char * const *values;

  g_clear_pointer (&settings->vars, g_hash_table_unref);
  settings->vars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (settings->vars, g_strdup ("invoice.id"), g_strdup ("7, 8"));
  vars = rd_line_settings_build_vars (settings);
  values = rd_vars_get_list (vars, "invoice.id");
  g_assert_cmpstr (values[0], ==, "7");
  g_assert_cmpstr (values[1], ==, "8");
  g_assert_null (values[2]);
}

static void
test_hosts (void)
{
  static const char * const good[] = { "meet.example.org", "meet.example.org:8443", "127.0.0.1:80", "[::1]:8080", "x" };
  static const char * const bad[] = {
    "", "a/b", "user@host", "https://host", "host:port", "host:99999999", "host\n", "*.example.org", "a b", "[::1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (rd_line_settings_is_host (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rd_line_settings_is_host (bad[i]));
  g_assert_false (rd_line_settings_is_host (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/error/names", test_error_names);
  g_test_add_func ("/agent/error/details", test_error_details);
  g_test_add_func ("/agent/journal/bounded", test_journal_is_bounded);
  g_test_add_func ("/agent/journal/drops-account", test_journal_drops_an_account);
  g_test_add_func ("/agent/news/tones", test_tones);
  g_test_add_func ("/agent/records/payment", test_payment_record);
  g_test_add_func ("/agent/settings/plain-link", test_plain_link_only_to_loopback);
  g_test_add_func ("/agent/settings/lists", test_lists_of_values);
  g_test_add_func ("/agent/settings/hosts", test_hosts);
  return g_test_run ();
}
