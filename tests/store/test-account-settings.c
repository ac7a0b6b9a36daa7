/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-accounts.h"
#include "rd-fault.h"

#include <string.h>

/* What a bus client may give as an account, and what not. */

#define BASE "'profile': <'crm'>, 'site': <'https://crm.example.com'>, 'key': <'k'>"
#define GOOD "{" BASE ", 'cluster': <'eu'>"

static RdAccountSettings *
read_text (const char *text, GError **error)
{
  g_autoptr (GError) parse_error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &parse_error);

  g_assert_no_error (parse_error);
  return rd_account_settings_from_variant (variant, error);
}

static void
test_full (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountSettings) copy = NULL;
  g_autoptr (RdAccountSettings) settings
      = read_text ("{" BASE ", 'name': <'Zoë'>, 'user-id': <'7'>, 'host': <'line.example.com'>, 'port': <uint32 6001>, "
                   "'path': <'/ws'>, 'tls': <false>, 'insecure': <true>, 'vars': <{'invoice.id': '7,8'}>, "
                   "'token': <'secret'>, 'refresh-token': <'secret'>}",
                   &error);

  g_assert_no_error (error);
  copy = rd_account_settings_copy (settings);
  g_assert_null (copy->id);
  g_assert_cmpstr (copy->name, ==, "Zoë");
  g_assert_cmpstr (copy->profile, ==, "crm");
  g_assert_cmpstr (copy->site, ==, "https://crm.example.com");
  g_assert_cmpstr (copy->user_id, ==, "7");
  g_assert_cmpstr (copy->key, ==, "k");
  g_assert_null (copy->cluster);
  g_assert_cmpstr (copy->host, ==, "line.example.com");
  g_assert_cmpuint (copy->port, ==, 6001);
  g_assert_cmpstr (copy->path, ==, "/ws");
  g_assert_false (copy->tls);
  g_assert_true (copy->insecure);
  g_assert_nonnull (copy->room_hosts);
  g_assert_null (copy->room_hosts[0]);
  g_assert_cmpstr (g_hash_table_lookup (copy->vars, "invoice.id"), ==, "7,8");
  g_assert_null (g_hash_table_lookup (copy->vars, "token"));
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountSettings) settings = read_text (GOOD ", 'host': <''>, 'name': <''>, 'port': <uint32 0>}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (settings->name, ==, "crm.example.com");
  g_assert_true (settings->tls);
  g_assert_false (settings->insecure);
  g_assert_null (settings->host);
  g_assert_null (settings->user_id);
  g_assert_cmpuint (settings->port, ==, 0);
}

typedef struct
{
  const char *text;
  const char *where;
} Refused;

static const Refused refused[] = {
  { "@a{sv} {}", "profile" },
  { "{'profile': <'crm'>, 'key': <'k'>, 'cluster': <'eu'>}", "site" },
  { "{'profile': <'crm'>, 'site': <'https://a.example'>, 'cluster': <'eu'>}", "key" },
  { "{'profile': <'crm'>, 'site': <'https://a.example'>, 'host': <'line.example'>}", "key" },
  { GOOD ", 'colour': <'red'>}", "colour" },
  { GOOD ", 'colour': <'#12345g'>}", "colour" },
  { GOOD ", 'sound': <'loud'>}", "sound" },
  { GOOD ", 'paused': <'yes'>}", "paused" },
  { GOOD ", 'toasts': <{'message': 'no'}>}", "toasts" },
  { GOOD ", 'toasts': <{'surprise': true}>}", "toasts" },
  { GOOD ", 'threshold': <'-1'>}", "threshold" },
  { GOOD ", 'threshold': <'1e9'>}", "threshold" },
  { GOOD ", 'threshold': <'1.'>}", "threshold" },
  { GOOD ", 'threshold': <'1.23456'>}", "threshold" },
  { GOOD ", 'threshold': <'1,5'>}", "threshold" },
  { GOOD ", 'threshold': <'9999999999999'>}", "threshold" },
  { "{" BASE "}", "host" },
  { GOOD ", 'host': <'line.example.com'>}", "cluster" },
  { "{" BASE ", 'host': <'line.example.com'>, 'tls': <false>}", "tls" },
  { GOOD ", 'surprise': <'x'>}", "surprise" },
  { GOOD ", 'id': <'x'>}", "id" },
  { GOOD ", 'room-hosts': <['evil.example']>}", "room-hosts" },
  { GOOD ", 'port': <'6001'>}", "port" },
  { GOOD ", 'port': <uint32 65536>}", "port" },
  { GOOD ", 'port': <6001>}", "port" },
  { GOOD ", 'tls': <'no'>}", "tls" },
  { GOOD ", 'name': <7>}", "name" },
  { GOOD ", 'name': <'a\\nb'>}", "name" },
  { GOOD ", 'name': <'a\\u0007'>}", "name" },
  { GOOD ", 'user-id': <'7\\r\\nX: y'>}", "user-id" },
  { GOOD ", 'path': <'socket'>}", "path" },
  { GOOD ", 'path': <'/a?b'>}", "path" },
  { GOOD ", 'vars': <'x'>}", "vars" },
  { GOOD ", 'vars': <{'a b': 'x'}>}", "vars" },
  { GOOD ", 'vars': <{'': 'x'}>}", "vars" },
  { GOOD ", 'vars': <{'a': 'x\\ny'}>}", "vars" },
  { GOOD ", 'vars': <{'a': <'x'>}>}", "vars" },
  { "{'profile': <'../x'>, 'site': <'https://a.example'>, 'key': <'k'>, 'cluster': <'eu'>}", "profile" },
  { "{'profile': <'crm'>, 'site': <'https://a.example'>, 'key': <'k/../x'>, 'cluster': <'eu'>}", "key" },
  { "{'profile': <'crm'>, 'site': <'https://a.example'>, 'key': <'k?x'>, 'cluster': <'eu'>}", "key" },
  { "{" BASE ", 'cluster': <'eu.evil.example/'>}", "cluster" },
  { "{" BASE ", 'host': <'a b'>}", "host" },
  { "{" BASE ", 'host': <'user@host'>}", "host" },
  { "{" BASE ", 'host': <'host:80'>}", "host" },
};

static const char * const bad_sites[] = {
  "crm.example.com",
  "ftp://crm.example.com",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "https://",
  "https:///path",
  "https://user@crm.example.com",
  "https://user:word@crm.example.com",
  "https://crm.example.com?x=y",
  "https://crm.example.com#x",
  "https://crm.example.com/\\nx",
  "https://crm.example.com:99999",
  " https://crm.example.com",
};

static void
assert_refused (const char *text, const char *where)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  g_autoptr (RdAccountSettings) settings = NULL;

  g_assert_nonnull (variant);
  settings = rd_account_settings_from_variant (variant, &error);
  g_test_message ("%s", text);
  g_assert_null (settings);
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_cmpstr (rd_fault_get_where (error), ==, where);
}

static void
test_hostile (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, refused[i].where);
  for (guint i = 0; i < G_N_ELEMENTS (bad_sites); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("{'profile': <'crm'>, 'key': <'k'>, 'cluster': <'eu'>, 'site': <'%s'>}", bad_sites[i]);

      assert_refused (text, "site");
    }
}

static void
test_not_a_dictionary (void)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_string ("x"));
  g_autoptr (GError) error = NULL;

  g_assert_null (rd_account_settings_from_variant (variant, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
}

static void
test_over_long (void)
{
  static const char * const names[] = { "name", "user-id", "key", "cluster", "host", "path", "profile", "site" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = g_strnfill (100000, 'a');
      g_autoptr (GVariantDict) dict = g_variant_dict_new (NULL);
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (GError) error = NULL;

      g_variant_dict_insert (dict, names[i], "s", text);
      variant = g_variant_ref_sink (g_variant_dict_end (dict));
      g_assert_null (rd_account_settings_from_variant (variant, &error));
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
      g_assert_cmpstr (rd_fault_get_where (error), ==, names[i]);
    }
}

static void
test_too_many_vars (void)
{
  GVariantBuilder vars;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;

  g_variant_builder_init (&vars, G_VARIANT_TYPE ("a{ss}"));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *name = g_strdup_printf ("v%u", i);

      g_variant_builder_add (&vars, "{ss}", name, "x");
    }
  variant = g_variant_ref_sink (g_variant_new_parsed ("{'vars': <%v>}", g_variant_builder_end (&vars)));
  g_assert_null (rd_account_settings_from_variant (variant, &error));
  g_assert_cmpstr (rd_fault_get_where (error), ==, "vars");
}

static void
test_copy_of_a_bare_one (void)
{
  RdAccountSettings bare = { 0 };
  g_autoptr (RdAccountSettings) copy = rd_account_settings_copy (&bare);

  g_assert_null (copy->id);
  g_assert_nonnull (copy->vars);
  g_assert_nonnull (copy->room_hosts);
  g_assert_cmpstr (copy->sound, ==, "full");
  g_assert_true (rd_account_settings_wants (&bare, "message"));
}

static gboolean
apply (RdAccountSettings *settings, const char *text, GError **error)
{
  g_autoptr (GVariant) changes = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);

  g_assert_nonnull (changes);
  return rd_account_settings_apply (settings, changes, error);
}

static void
test_options (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountSettings) settings = read_text (GOOD ", 'colour': <'#1a2B3c'>, 'threshold': <'99.5'>}", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (settings->colour, ==, "#1a2B3c");
  g_assert_cmpstr (settings->sound, ==, "full");
  g_assert_cmpstr (settings->threshold, ==, "99.5");
  g_assert_false (settings->paused);
  g_assert_true (rd_account_settings_wants (settings, "payment"));

  g_assert_true (apply (settings,
                        "{'colour': <''>, 'paused': <true>, 'sound': <'soft'>, 'name': <'Work'>, "
                        "'toasts': <{'payment': false, 'message': true}>}",
                        &error));
  g_assert_true (apply (settings, "{'toasts': <{'notice': false}>}", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (settings->colour, ==, "");
  g_assert_cmpstr (settings->sound, ==, "soft");
  g_assert_cmpstr (settings->name, ==, "Work");
  g_assert_cmpstr (settings->threshold, ==, "99.5");
  g_assert_true (settings->paused);
  g_assert_false (rd_account_settings_wants (settings, "payment"));
  g_assert_true (rd_account_settings_wants (settings, "message"));
  g_assert_false (rd_account_settings_wants (settings, "notice"));

  g_assert_true (apply (settings, "{'name': <''>, 'sound': <''>, 'threshold': <''>}", &error));
  g_assert_cmpstr (settings->name, ==, "crm.example.com");
  g_assert_cmpstr (settings->sound, ==, "full");
  g_assert_cmpstr (settings->threshold, ==, "");
}

static void
test_no_such_change (void)
{
  static const Refused changes[] = {
    { "{'paused': <true>, 'site': <'https://evil.example'>}", "site" },
    { "{'paused': <true>, 'id': <'x'>}", "id" },
    { "{'paused': <true>, 'token': <'x'>}", "token" },
    { "{'paused': <true>, 'sound': <'loud'>}", "sound" },
    { "{'paused': <true>, 'toasts': <{'message': false, 'x': true}>}", "toasts" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (RdAccountSettings) settings = read_text (GOOD "}", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (apply (settings, changes[i].text, &error));
      g_assert_cmpstr (rd_fault_get_where (error), ==, changes[i].where);
      g_assert_false (settings->paused);
      g_assert_true (rd_account_settings_wants (settings, "message"));
    }
}

/* A site that is only asked has no Channels server. */
static void
test_no_server (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RdAccountSettings) settings = read_text ("{'profile': <'x'>, 'site': <'https://a.example'>}", &error);

  g_assert_no_error (error);
  g_assert_null (settings->key);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/account-settings/full", test_full);
  g_test_add_func ("/store/account-settings/defaults", test_defaults);
  g_test_add_func ("/store/account-settings/hostile", test_hostile);
  g_test_add_func ("/store/account-settings/not-a-dictionary", test_not_a_dictionary);
  g_test_add_func ("/store/account-settings/over-long", test_over_long);
  g_test_add_func ("/store/account-settings/too-many-vars", test_too_many_vars);
  g_test_add_func ("/store/account-settings/copy-of-a-bare-one", test_copy_of_a_bare_one);
  g_test_add_func ("/store/account-settings/options", test_options);
  g_test_add_func ("/store/account-settings/no-such-change", test_no_such_change);
  g_test_add_func ("/store/account-settings/no-server", test_no_server);
  return g_test_run ();
}
