/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-text.h"

/* The sentences of a check: one for each thing that can be, and none empty. */

static void
assert_result (const char *step, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, step, NULL, NULL, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = rd_text_for_check_result (variant);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

static void
test_steps (void)
{
  static const char * const steps[] = { "network", "address", "sign-in",       "connection", "channels",
                                        "frame",   "quiet",   "notifications", "sound",      "background" };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *title = rd_text_for_check (steps[i]);
      g_autofree char *fine = g_strdup_printf ("{'step': <'%s'>, 'result': <'ok'>}", steps[i]);
      g_autoptr (GVariant) step = g_variant_ref_sink (g_variant_new_parsed (fine));
      g_autofree char *text = rd_text_for_check_result (step);

      g_assert_cmpstr (title, !=, steps[i]);
      g_assert_cmpstr (text, !=, "");
    }
}

static void
test_results (void)
{
  assert_result ("{'step': <'network'>, 'result': <'failed'>, 'code': <'no-network'>}", "no network");
  assert_result ("{'step': <'sign-in'>, 'result': <'failed'>, 'code': <'signed-out'>, 'host': <'a.example'>}",
                 "a.example");
  assert_result ("{'step': <'address'>, 'result': <'failed'>, 'code': <'unreachable'>, 'host': <'a.example'>, "
                 "'where': <'dns'>}",
                 "The name a.example is not known");
  assert_result ("{'step': <'channels'>, 'result': <'failed'>, 'code': <'forbidden'>, 'channel': <'private-\\n7'>}",
                 "“private- 7”");
  assert_result ("{'step': <'connection'>, 'result': <'ok'>, 'code': <'polling'>}", "every few seconds");
  assert_result ("{'step': <'frame'>, 'result': <'skipped'>}", "Not tried");
  assert_result ("{'step': <'sound'>, 'result': <'warning'>, 'code': <'no-volume'>}", "zero");
  assert_result ("{'step': <'notifications'>, 'result': <'failed'>, 'code': <'absent'>}", "notification");
  assert_result ("{'step': <'sound'>, 'result': <'failed'>, 'code': <'no-device'>}", "ound");
}

/* What a bus client, or a newer agent, may send. */
static void
test_strange (void)
{
  assert_result ("{}", "");
  assert_result ("{'step': <7>, 'result': <true>, 'code': <''>}", "");
  assert_result ("{'step': <'moon'>, 'result': <'failed'>, 'code': <'eclipse'>}", "eclipse");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text-check/steps", test_steps);
  g_test_add_func ("/text-check/results", test_results);
  g_test_add_func ("/text-check/strange", test_strange);
  return g_test_run ();
}
