/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-error-log.h"
#include "rd-fault.h"
#include "rd-report.h"

/* What a report says, and what it never does; and the errors that it tells of. */

static void
test_scrub (void)
{
  static const char * const secrets[] = {
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl",
    "eyJhbGciOiJIUzI1NiJ9",
    "0123456789abcdef0123456789abcdef",
    "1|Zq8fVh2kTn0yLwB7cXr5pQe9uAo3dGj6sMi",
    "jane.doe@example.org",
    "+49 170 1234567",
    "/home/jane",
  };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    {
      g_autofree char *text = g_strdup_printf ("before %s after", secrets[i]);
      g_autofree char *scrubbed = rd_report_scrub (text);

      g_test_message ("%s", scrubbed);
      g_assert_null (strstr (scrubbed, secrets[i]));
      g_assert_true (g_str_has_prefix (scrubbed, "before "));
      g_assert_true (g_str_has_suffix (scrubbed, " after"));
    }
}

static void
test_scrub_pairs (void)
{
  static const char * const pairs[] = { "Authorization: Bearer hunter2", "cookie=hunter2", "\"password\":\"hunter2\"",
                                        "?jwt=hunter2&x", "session: hunter2", "api_key hunter2" };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *scrubbed = rd_report_scrub (pairs[i]);

      g_test_message ("%s", scrubbed);
      g_assert_null (strstr (scrubbed, "hunter2"));
    }
}

/* What helps stays as it is. */
static void
test_scrub_leaves (void)
{
  static const char * const lines[] = {
    "2026-11-21T19:00:58Z warning unreachable, host crm.example.org, status 502, 12 times\n",
    "System: Debian GNU/Linux 12 (bookworm), GLib 2.74.6, desktop XFCE, x11 session, no Flatpak\n",
    "  banners-in-desktop-quiet 'respect'\n",
    "  check sign-in: failed signed-out, host 127.0.0.1:40123\n",
    "Notifications ok, sound unused, secrets keyring, tray no-host, autostart off\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *scrubbed = rd_report_scrub (lines[i]);

      g_assert_cmpstr (scrubbed, ==, lines[i]);
    }
}

static void
test_scrub_hostile (void)
{
  g_autofree char *text = g_strnfill (200000, 'a');
  g_autofree char *digits = g_strnfill (100000, '1');
  g_autofree char *scrubbed = rd_report_scrub (text);
  g_autofree char *invalid = rd_report_scrub ("\xff token=\xfe\xfd");
  g_autofree char *long_number = rd_report_scrub (digits);

  g_assert_true (g_utf8_validate (scrubbed, -1, NULL));
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
  g_assert_null (strstr (long_number, "11111"));
}

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (G_VARIANT_TYPE ("aa{sv}"), text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

/* Others' words, and a room's host, are left out: whatever they are. */
static void
test_errors_told (void)
{
  g_autoptr (GVariant) errors = parse (
    "[{'at': <int64 1000000000000000>, 'severity': <'error'>, 'account': <'crm'>, 'code': <'refused'>, 'host': "
    "<'crm.example.org'>, 'status': <uint32 409>, 'said': <'Jane is in another call'>, 'where': <'answer'>},"
    "{'severity': <'error'>, 'code': <'room-untrusted'>, 'host': <'rooms.example.org'>, 'where': <'Jane/7'>, 'count': "
    "<uint32 3>}]");
  g_autoptr (GString) text = g_string_new (NULL);

  rd_report_add_errors (text, errors);
  g_assert_nonnull (strstr (text->str, "2001-09-09T01:46:40Z error refused, host crm.example.org, status 409, "
                                       "at answer, said [23 characters]\n"));
  g_assert_nonnull (strstr (text->str, "room-untrusted, at [left out], 3 times\n"));
  g_assert_null (strstr (text->str, "Jane"));
  g_assert_null (strstr (text->str, "rooms.example.org"));
}

static void
test_steps_told (void)
{
  g_autoptr (GVariant) steps
    = parse ("[{'step': <'channels'>, 'result': <'failed'>, 'code': <'forbidden'>, 'channel': <'private-user-7'>}]");
  g_autoptr (GString) text = g_string_new (NULL);

  rd_report_add_steps (text, steps);
  g_assert_cmpstr (text->str, ==, "  check channels: failed forbidden\n");
}

static const char *
get_string (GVariant *errors, gsize i, const char *key)
{
  g_autoptr (GVariant) error = g_variant_get_child_value (errors, i);
  const char *value = "";

  g_variant_lookup (error, key, "&s", &value);
  return value;
}

/* The newest first, the same one once, and no more than are wanted. */
static void
test_error_log (void)
{
  g_autoptr (RdNotices) notices = rd_notices_new ();
  g_autoptr (RdClock) clock = rd_clock_new ();
  g_autoptr (RdErrorLog) log = rd_error_log_new (notices, NULL, clock);
  g_autoptr (GError) refused = rd_fault_new (RD_FAULT_REFUSED, "a.example", 409, "No", "answer");
  g_autoptr (GError) again = rd_fault_new (RD_FAULT_REFUSED, "a.example", 409, "Still no", "answer");
  g_autoptr (GVariant) errors = NULL;
  g_autoptr (GVariant) newest = NULL;
  g_autoptr (GVariant) many = NULL;
  guint32 count = 0;

  rd_notices_say (notices, "error", "crm", "7", refused);
  rd_error_log_add (log, NULL, "warning", g_variant_new_parsed ("{'code': <'tls'>}"));
  rd_notices_say (notices, "error", "crm", "8", again);
  errors = g_variant_ref_sink (rd_error_log_list (log));
  g_assert_cmpuint (g_variant_n_children (errors), ==, 2);
  g_assert_cmpstr (get_string (errors, 0, "code"), ==, "refused");
  g_assert_cmpstr (get_string (errors, 0, "said"), ==, "Still no");
  g_assert_cmpstr (get_string (errors, 0, "account"), ==, "crm");
  g_assert_cmpstr (get_string (errors, 1, "account"), ==, "");
  newest = g_variant_get_child_value (errors, 0);
  g_assert_true (g_variant_lookup (newest, "count", "u", &count));
  g_assert_cmpuint (count, ==, 2);

  for (guint i = 0; i < 3 * RD_ERROR_LOG_MAX; i++)
    {
      g_autofree char *host = g_strdup_printf ("h%u.example", i);

      rd_error_log_add (log, "crm", "error", g_variant_new_parsed ("{'code': <'tls'>, 'host': <%s>}", host));
    }
  many = g_variant_ref_sink (rd_error_log_list (log));
  g_assert_cmpuint (g_variant_n_children (many), ==, RD_ERROR_LOG_MAX);
  g_assert_cmpstr (get_string (many, 0, "host"), ==, "h299.example");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/scrub", test_scrub);
  g_test_add_func ("/report/scrub-pairs", test_scrub_pairs);
  g_test_add_func ("/report/scrub-leaves", test_scrub_leaves);
  g_test_add_func ("/report/scrub-hostile", test_scrub_hostile);
  g_test_add_func ("/report/errors-told", test_errors_told);
  g_test_add_func ("/report/steps-told", test_steps_told);
  g_test_add_func ("/report/error-log", test_error_log);
  return g_test_run ();
}
