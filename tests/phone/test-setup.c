/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-fault.h"
#include "rd-setup.h"
#include "rd-test.h"

#include <string.h>

/* What a set-up document or link makes of an account, and what it must not. */

#define WHOLE                                                                                                     \
  "{\"ringdown\":1,\"site\":\"https://crm.example.org/\",\"profile\":\"crm\",\"name\":\"Sales\",\"user-id\":7,"    \
  "\"key\":\"app-key\",\"host\":\"ws.example.org\",\"port\":443,\"path\":\"/live\",\"tls\":true,"                  \
  "\"vars\":{\"workspace.id\":\"w1\",\"phone-number.id\":12}}"
#define SAME_LINK                                                                                                  \
  " Ringdown://setup?ringdown=1&site=https%3A%2F%2Fcrm.example.org%2F&profile=crm&name=Sales&user-id=7&key=app-key" \
  "&host=ws.example.org&port=443&path=/live&tls=true&vars.workspace.id=w1&vars.phone-number.id=12\n"

static void
assert_text (GVariant *settings, const char *name, const char *expected)
{
  const char *text = NULL;

  g_variant_lookup (settings, name, "&s", &text);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_document_and_link (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) document = rd_setup_read (WHOLE, -1, &error);
  g_autoptr (GVariant) link = rd_setup_read (SAME_LINK, -1, &error);
  g_autoptr (GVariant) vars = NULL;
  gboolean tls = FALSE;
  guint32 port = 0;

  g_assert_no_error (error);
  g_assert_true (g_variant_is_of_type (document, G_VARIANT_TYPE_VARDICT));
  assert_text (document, "site", "https://crm.example.org");
  assert_text (document, "profile", "crm");
  assert_text (document, "name", "Sales");
  assert_text (document, "user-id", "7");
  assert_text (document, "key", "app-key");
  assert_text (document, "host", "ws.example.org");
  assert_text (document, "path", "/live");
  assert_text (document, "ringdown", NULL);
  g_assert_true (g_variant_lookup (document, "port", "u", &port));
  g_assert_cmpuint (port, ==, 443);
  g_assert_true (g_variant_lookup (document, "tls", "b", &tls));
  g_assert_true (tls);
  vars = g_variant_lookup_value (document, "vars", G_VARIANT_TYPE ("a{ss}"));
  g_assert_cmpuint (g_variant_n_children (vars), ==, 2);
  assert_text (vars, "phone-number.id", "12");
  for (gsize i = 0; i < g_variant_n_children (document); i++)
    {
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GVariant) other = NULL;
      const char *name = NULL;

      g_variant_get_child (document, i, "{&sv}", &name, &value);
      other = g_variant_lookup_value (link, name, NULL);
      g_assert_cmpvariant (value, other);
    }
  g_assert_cmpuint (g_variant_n_children (link), ==, g_variant_n_children (document));
}

#define HEAD "{\"ringdown\":1,\"site\":\"https://a.example\",\"profile\":\"crm\""

static const struct
{
  const char *text;
  const char *where;
} bad[] = {
  { "", "setup" },
  { "null", "ringdown" },
  { "[1]", "ringdown" },
  { "{\"site\":\"https://a.example\"}", "ringdown" },
  { "{\"ringdown\":2,\"site\":\"https://a.example\",\"profile\":\"crm\"}", "ringdown" },
  { "{\"ringdown\":1,\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"https://a.example\"}", "profile" },
  { "{\"ringdown\":1,\"site\":\"http://a.example\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"ftp://a.example\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"javascript:alert(1)\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"https://ada:pw@a.example\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"https://a.example/?x=1\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"https://127.0.0.1.example/#\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"http://localhost.evil.example\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"https://[fe80::1%25eth0]\",\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":7,\"profile\":\"crm\"}", "site" },
  { "{\"ringdown\":1,\"site\":\"https://a.example\",\"profile\":\"../crm\"}", "profile" },
  { HEAD ",\"profile-url\":\"https://a.example/p.json\"}", "profile" },
  { "{\"ringdown\":1,\"site\":\"https://a.example\",\"profile-url\":\"https://b.example/p.json\"}", "profile-url" },
  { "{\"ringdown\":1,\"site\":\"https://a.example\",\"profile-url\":\"https://nota.example/p.json\"}", "profile-url" },
  { "{\"ringdown\":1,\"site\":\"https://a.example\",\"profile-url\":\"http://a.example/p.json\"}", "profile-url" },
  { "{\"ringdown\":1,\"site\":\"https://a.example\",\"profile-url\":\"file:///etc/passwd\"}", "profile-url" },
  { HEAD ",\"token\":\"t\"}", "token" },
  { HEAD ",\"refresh-token\":\"t\"}", "refresh-token" },
  { HEAD ",\"password\":\"t\"}", "password" },
  { HEAD ",\"app-secret\":\"t\"}", "app-secret" },
  { HEAD ",\"vars\":{\"token\":\"t\"}}", "vars" },
  { HEAD ",\"vars\":{\"Bad Name\":\"t\"}}", "vars" },
  { HEAD ",\"vars\":{\"a\":[]}}", "vars" },
  { HEAD ",\"vars\":[]}", "vars" },
  { HEAD ",\"insecure\":true}", "insecure" },
  { HEAD ",\"port\":0}", "port" },
  { HEAD ",\"port\":65536}", "port" },
  { HEAD ",\"port\":\"80 \"}", "port" },
  { HEAD ",\"host\":\"a b\"}", "host" },
  { HEAD ",\"host\":\"a:80\"}", "host" },
  { HEAD ",\"host\":\"a\",\"cluster\":\"eu\"}", "host" },
  { HEAD ",\"path\":\"live\"}", "path" },
  { HEAD ",\"tls\":\"no\"}", "tls" },
  { HEAD ",\"tls\":false}", "tls" },
  { HEAD ",\"tls\":false,\"host\":\"ws.example.org\"}", "tls" },
  { HEAD ",\"user-id\":{}}", "user-id" },
  { HEAD ",\"key\":\"\"}", "key" },
  { "ringdown://setup?", "site" },
  { "ringdown://setup?site=http://a.example&profile=crm", "site" },
  { "ringdown://setup?site=https://a.example&site=https://b.example&profile=crm", "site" },
  { "ringdown://setup?site=https://a.example&profile=crm&token=t", "token" },
  { "ringdown://setup?site=https://a.example&profile=crm&vars=x", "vars" },
  { "ringdown://setup?site=https://a.example&profile=crm&vars.a=1&vars.a=2", "vars" },
  { "ringdown://setup?site=https://a.example&profile=%zz", "setup" },
  { "ringdown://call?whom=7", "setup" },
  { "ringdown:setup", "setup" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) settings = rd_setup_read (bad[i].text, -1, &error);

      g_test_message ("%s", bad[i].text);
      g_assert_null (settings);
      g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
      g_assert_cmpstr (rd_fault_get_where (error), ==, bad[i].where);
      g_assert_nonnull (rd_fault_get_said (error));
      g_assert_null (strstr (error->message, "pw"));
    }
}

static void
test_too_large (void)
{
  g_autofree char *big = g_strnfill (50 * 1024 * 1024, ' ');
  g_autofree char *deep = g_strnfill (60000, '[');
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nested = NULL;
  g_autoptr (GError) binary = NULL;

  g_assert_null (rd_setup_read (big, 50 * 1024 * 1024, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_TOO_LARGE);
  g_assert_null (rd_setup_read (deep, -1, &nested));
  g_assert_error (nested, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_null (rd_setup_read ("\xff\xfe{", 3, &binary));
  g_assert_error (binary, RD_FAULT, RD_FAULT_BAD_INPUT);
}

static void
test_strange_name (void)
{
  g_autoptr (GString) text = g_string_new (HEAD ",\"name\":\"\xe2\x80\xae<b>");
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = NULL;
  const char *name = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, "ü");
  g_string_append (text, "\"}");
  settings = rd_setup_read (text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (settings, "name", "&s", &name));
  g_assert_cmpint (g_utf8_strlen (name, -1), ==, 200);
  g_assert_true (g_str_has_prefix (name, "<b>ü"));
}

/* On this machine, as the demo is, there may be no TLS. */
static void
test_loopback (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings
    = rd_setup_read ("ringdown://setup?site=http://127.0.0.1:8080&profile-url=http://127.0.0.1:8080/p.json&host=::1"
                     "&port=6001&tls=false",
                     -1, &error);

  g_assert_no_error (error);
  assert_text (settings, "site", "http://127.0.0.1:8080");
  assert_text (settings, "profile-url", "http://127.0.0.1:8080/p.json");
  g_assert_true (rd_setup_is_loopback ("localhost"));
  g_assert_true (rd_setup_is_loopback ("127.9.9.9"));
  g_assert_false (rd_setup_is_loopback ("127.0.0.1.example.org"));
  g_assert_false (rd_setup_is_loopback (""));
}

static void
test_well_known (void)
{
  static const char site[] = "https://example.org";
  static const char own[] = "{\"ringdown\":1,\"profile\":\"crm\",\"key\":\"k\",\"cluster\":\"eu\"}";
  static const char below[] = "{\"ringdown\":1,\"profile\":\"crm\",\"site\":\"https://crm.example.org\"}";
  static const char other[] = "{\"ringdown\":1,\"profile\":\"crm\",\"site\":\"https://evil.example\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) settings = rd_setup_read_well_known (own, -1, site, &error);
  g_autoptr (GVariant) lower = rd_setup_read_well_known (below, -1, site, &error);

  g_assert_no_error (error);
  assert_text (settings, "site", site);
  assert_text (lower, "site", "https://crm.example.org");
  g_assert_null (rd_setup_read_well_known (other, -1, site, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
  g_assert_cmpstr (rd_fault_get_where (error), ==, "site");
  g_clear_error (&error);
  /* A page where the document might be. */
  g_assert_null (rd_setup_read_well_known ("<!DOCTYPE html>", -1, site, &error));
  g_assert_error (error, RD_FAULT, RD_FAULT_BAD_INPUT);
}

static void
test_typed (void)
{
  static const struct
  {
    const char *typed;
    const char *site;
  } typed[] = {
    { " crm.example.org ", "https://crm.example.org" },
    { "https://crm.example.org/a/b/", "https://crm.example.org/a/b" },
    { "HTTPS://CRM.example.org", "https://crm.example.org" },
    { "localhost:8080", "https://localhost:8080" },
    { "http://localhost:8080", "http://localhost:8080" },
    { "http://crm.example.org", NULL },
    { "", NULL },
    { "https://", NULL },
    { "a b", NULL },
    { "ada@example.org", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *site = rd_setup_dup_site (typed[i].typed, &error);

      g_test_message ("%s", typed[i].typed);
      g_assert_cmpstr (site, ==, typed[i].site);
      g_assert_true ((site == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/document-and-link", test_document_and_link);
  g_test_add_func ("/setup/bad", test_bad);
  g_test_add_func ("/setup/too-large", test_too_large);
  g_test_add_func ("/setup/strange-name", test_strange_name);
  g_test_add_func ("/setup/loopback", test_loopback);
  g_test_add_func ("/setup/well-known", test_well_known);
  g_test_add_func ("/setup/typed", test_typed);
  return g_test_run ();
}
