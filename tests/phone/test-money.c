/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-money.h"

/* Amounts are right or not known. */

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    gint64 money;
    const char *again;
  } good[] = {
    { "0", 0, "0" },
    { "12", 120000, "12" },
    { "12.5", 125000, "12.50" },
    { "1240.00", 12400000, "1240" },
    { "-3", -30000, "-3" },
    { "-0.05", -500, "-0.05" },
    { "0.1234", 1234, "0.1234" },
    { "0.125", 1250, "0.125" },
    { "007", 70000, "7" },
    { "922337203685477.5807", G_MAXINT64, "922337203685477.5807" },
  };
  static const char *const bad[] = {
    "", "-", ".", "1.", ".5", "+1", " 1", "1 ", "1,240.50", "1.24050", "1e3", "0x10", "12.5.1", "1-", "--1", "NaN",
    "١٢", "1\n", "922337203685477.5808", "99999999999999999999", "9223372036854775808",
  };
  gint64 money = 7;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *again = NULL;

      g_assert_true (rd_money_parse (good[i].text, &money));
      g_assert_cmpint (money, ==, good[i].money);
      again = rd_money_to_string (money);
      g_assert_cmpstr (again, ==, good[i].again);
    }
  money = 7;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rd_money_parse (bad[i], &money));
  g_assert_false (rd_money_parse (NULL, &money));
  g_assert_cmpint (money, ==, 7);
}

static void
test_add (void)
{
  g_autofree char *least = rd_money_to_string (G_MININT64);
  gint64 sum = 7;

  g_assert_true (rd_money_add (125000, -5000, &sum));
  g_assert_cmpint (sum, ==, 120000);
  g_assert_false (rd_money_add (G_MAXINT64, 1, &sum));
  g_assert_false (rd_money_add (G_MININT64, -1, &sum));
  g_assert_cmpint (sum, ==, 120000);
  g_assert_cmpstr (least, ==, "-922337203685477.5808");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/add", test_add);
  return g_test_run ();
}
