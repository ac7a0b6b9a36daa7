/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rd-tray-menu-rows.h"

/* What the menu says. A menu as text: a line a row, "[x]" what comes of it, "(…)" what cannot be chosen. */

static void
print_rows (GString *out, GPtrArray *rows, const char *indent)
{
  g_autofree char *deeper = g_strconcat (indent, "  ", NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      const RdTrayRow *row = rows->pdata[i];

      if (row->label == NULL)
        {
          g_string_append_printf (out, "%s--\n", indent);
          continue;
        }
      g_string_append_printf (out, row->enabled ? "%s%s" : "%s(%s)", indent, row->label);
      if (row->verb != NULL)
        g_string_append_printf (out, " [%s%s%s%s%s]", row->verb, row->what != NULL ? " " : "",
                                row->what != NULL ? row->what : "", row->text != NULL ? ": " : "",
                                row->text != NULL ? row->text : "");
      g_string_append_c (out, '\n');
      if (row->rows != NULL)
        print_rows (out, row->rows, deeper);
    }
}

static char *
print (const RdTrayFacts *facts)
{
  g_autoptr (GPtrArray) rows = rd_tray_menu_rows_new (facts);
  GString *out = g_string_new (NULL);

  print_rows (out, rows, "");
  return g_string_free (out, FALSE);
}

static gboolean
has (const RdTrayFacts *facts, const char *text)
{
  g_autofree char *menu = print (facts);

  g_test_message ("%s", menu);
  return strstr (menu, text) != NULL;
}

static void
test_first_start (void)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_facts_new ();
  g_autofree char *menu = print (facts);
  g_autofree char *tip = rd_tray_menu_dup_tip (facts);

  g_assert_cmpstr (menu, ==,
                   "No Account Yet [open accounts]\n"
                   "--\n"
                   "Do Not Disturb\n"
                   "  For 30 Minutes [quiet 30m]\n"
                   "  For 1 Hour [quiet 1h]\n"
                   "  Until Tomorrow [quiet tomorrow]\n"
                   "  Until Turned Off [quiet on]\n"
                   "--\n"
                   "Open Ringdown [open ]\n"
                   "Quit [quit]\n");
  g_assert_cmpstr (tip, ==, "No account yet");
}

static RdTrayFacts *
make_busy_day (void)
{
  RdTrayFacts *facts = rd_tray_facts_new ();
  RdTrayCall *call;

  rd_tray_facts_add_line (facts, "a1", "CRM", "connected");
  rd_tray_facts_add_line (facts, "a2", "Team", "waiting");
  call = rd_tray_facts_add_call (facts, "a1/42", "Ada", RD_TRAY_CALL_RINGING_IN);
  call->can_answer = TRUE;
  call = rd_tray_facts_add_call (facts, "a2/7", "Bob", RD_TRAY_CALL_ACTIVE);
  facts->missed = 2;
  rd_tray_facts_add_person (facts, "a1/9", "Cyd");
  rd_tray_facts_add_person (facts, "a1/10", "");
  return facts;
}

static void
test_busy_day (void)
{
  g_autoptr (RdTrayFacts) facts = make_busy_day ();
  g_autofree char *menu = print (facts);
  g_autofree char *tip = rd_tray_menu_dup_tip (facts);

  g_assert_true (g_str_has_prefix (menu,
                                   "(Ada Is Calling)\n"
                                   "Answer [answer a1/42]\n"
                                   "Decline [decline a1/42]\n"
                                   "Silence [silence a1/42]\n"
                                   "--\n"
                                   "(In a Call with Bob)\n"
                                   "Hang Up [hang-up a2/7]\n"
                                   "--\n"
                                   "CRM: Connected [open accounts]\n"
                                   "Team: Offline [open accounts]\n"
                                   "2 missed calls [open calls]\n"
                                   "--\n"));
  g_assert_true (g_str_has_suffix (menu,
                                   "Call Again\n"
                                   "  Cyd [call a1/9]\n"
                                   "  Unknown caller [call a1/10]\n"
                                   "--\n"
                                   "Open Ringdown [open ]\n"
                                   "Quit [quit]\n"));
  g_assert_cmpstr (tip, ==, "Incoming Call · Call · 2 missed calls · 1 account is not connected");
}

/* The icon's look, too, goes by what is fine. */
static void
test_lines (void)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_facts_new ();
  g_autofree char *tip = NULL;

  rd_tray_facts_add_line (facts, "a", "SMS", "polling");
  g_assert_true (has (facts, "SMS: No line, asks the site [open accounts]\n"));
  g_assert_false (rd_tray_line_is_fine (facts->lines->pdata[0]));
  tip = rd_tray_menu_dup_tip (facts);
  g_assert_cmpstr (tip, ==, "No line, asks the site");
  rd_tray_facts_add_line (facts, "b", "CRM", "stopped");
  g_assert_true (has (facts, "CRM: Switched off [open accounts]\n"));
  g_assert_true (rd_tray_line_is_fine (facts->lines->pdata[1]));
}

/* Who may look at a locked screen is told that somebody calls, and can act, but not who it is. */
static void
test_locked (void)
{
  g_autoptr (RdTrayFacts) facts = make_busy_day ();

  rd_tray_facts_add_call (facts, "a1/43", "Eve", RD_TRAY_CALL_RINGING_OUT);
  facts->hide_names = TRUE;
  g_assert_false (has (facts, "Ada"));
  g_assert_false (has (facts, "Bob"));
  g_assert_false (has (facts, "Cyd"));
  g_assert_false (has (facts, "Eve"));
  g_assert_true (has (facts, "(Incoming Call)\nAnswer [answer a1/42]\n"));
  g_assert_true (has (facts, "(Call)\nHang Up [hang-up a2/7]\n"));
  g_assert_true (has (facts, "(Outgoing Call)\nHang Up [hang-up a1/43]\n"));
}

static void
test_calls (void)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_facts_new ();
  RdTrayCall *call = rd_tray_facts_add_call (facts, "a/1", "Ada", RD_TRAY_CALL_RINGING_IN);

  /* It can only be taken at the site. */
  g_assert_true (has (facts, "(Ada Is Calling)\nSilence [silence a/1]\n--\n"));
  call->can_answer = TRUE;
  call->silenced = TRUE;
  g_assert_true (has (facts, "(Ada Is Calling)\nAnswer [answer a/1]\nDecline [decline a/1]\n--\n"));
  call->busy = TRUE;
  g_assert_true (has (facts, "(Answer) [answer a/1]\n(Decline) [decline a/1]\n"));
  call->state = RD_TRAY_CALL_RINGING_OUT;
  call->busy = FALSE;
  g_assert_true (has (facts, "(Calling Ada…)\nHang Up [hang-up a/1]\n--\n"));
}

static void
test_texts (void)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_facts_new ();
  RdTrayCall *call = rd_tray_facts_add_call (facts, "a/1", "Ada", RD_TRAY_CALL_RINGING_IN);

  call->can_answer = TRUE;
  facts->remind_minutes = 10;
  g_ptr_array_add (facts->texts, g_strdup ("Later"));
  g_assert_true (has (facts, "Silence [silence a/1]\nRemind Me in 10 Minutes [remind a/1]\n--\n"));
  /* The site takes none. */
  g_assert_false (has (facts, "Later"));
  call->can_write = TRUE;
  g_assert_true (has (facts, "Decline [decline a/1]\nDecline with a Message\n  Later [decline-with a/1: Later]\nSil"));
  facts->hide_names = TRUE;
  g_assert_false (has (facts, "Later"));
  facts->hide_names = FALSE;
  for (guint i = 0; i < 100; i++)
    g_ptr_array_add (facts->texts, g_strdup_printf ("Text %u", i));
  g_assert_true (has (facts, "Text 10 ["));
  g_assert_false (has (facts, "Text 11 ["));
}

static void
test_quiet (void)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_facts_new ();
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 3, 2, 14, 0, 0);
  g_autoptr (GDateTime) soon = g_date_time_new_local (2026, 3, 2, 14, 30, 0);
  g_autoptr (GDateTime) later = g_date_time_new_local (2026, 3, 3, 7, 5, 0);

  facts->now = g_date_time_to_unix (now) * G_USEC_PER_SEC;
  facts->quiet = TRUE;
  g_assert_true (has (facts, "Do Not Disturb (On)\n  (On Until Turned Off)\n  Turn Off [quiet off]\n  --\n  For 30"));
  facts->quiet_until = g_date_time_to_unix (soon) * G_USEC_PER_SEC;
  g_assert_true (has (facts, "  (On Until 14:30)\n"));
  facts->quiet_until = g_date_time_to_unix (later) * G_USEC_PER_SEC;
  g_assert_true (has (facts, "  (On Until Tuesday 07:05)\n"));
  /* Of no calendar */
  facts->quiet_until = G_MAXINT64;
  g_assert_true (has (facts, "  (On Until Turned Off)\n"));
}

/* What does not fit the screen is in the window. */
static void
test_many (void)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_facts_new ();

  for (guint i = 1; i <= 32; i++)
    {
      g_autofree char *name = g_strdup_printf ("N%u", i);

      rd_tray_facts_add_call (facts, name, name, RD_TRAY_CALL_RINGING_IN);
      rd_tray_facts_add_line (facts, name, name, "connected");
    }
  g_assert_true (has (facts, "(N3 Is Calling)\n"));
  g_assert_false (has (facts, "N4 Is Calling"));
  g_assert_true (has (facts, "N8: Connected [open accounts]\n24 More Accounts… [open accounts]\n--\n"));
}

static void
test_hostile_names (void)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_facts_new ();
  g_autofree char *long_name = g_strnfill (100000, 'x');
  g_autoptr (GPtrArray) rows = NULL;

  rd_tray_facts_add_call (facts, "a/1", "A\nb\t\xff\xe2\x80\xae" "c", RD_TRAY_CALL_RINGING_IN);
  rd_tray_facts_add_call (facts, "a/2", long_name, RD_TRAY_CALL_ACTIVE);
  rd_tray_facts_add_person (facts, "a/3", "%s%n");
  rows = rd_tray_menu_rows_new (facts);
  for (guint i = 0; i < rows->len; i++)
    {
      const RdTrayRow *row = rows->pdata[i];

      if (row->label == NULL)
        continue;
      g_assert_true (g_utf8_validate (row->label, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (row->label, -1), <, 100);
      g_assert_null (strpbrk (row->label, "\n\t"));
      g_assert_null (strstr (row->label, "\xe2\x80\xae"));
    }
  g_assert_true (has (facts, "  %s%n [call a/3]\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tray-menu-rows/first-start", test_first_start);
  g_test_add_func ("/tray-menu-rows/busy-day", test_busy_day);
  g_test_add_func ("/tray-menu-rows/lines", test_lines);
  g_test_add_func ("/tray-menu-rows/locked", test_locked);
  g_test_add_func ("/tray-menu-rows/calls", test_calls);
  g_test_add_func ("/tray-menu-rows/texts", test_texts);
  g_test_add_func ("/tray-menu-rows/quiet", test_quiet);
  g_test_add_func ("/tray-menu-rows/many", test_many);
  g_test_add_func ("/tray-menu-rows/hostile-names", test_hostile_names);
  return g_test_run ();
}
