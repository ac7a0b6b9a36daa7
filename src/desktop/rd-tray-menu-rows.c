/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-tray"

#include "config.h"

#include "rd-tray-menu-rows.h"

#include <glib/gi18n-lib.h>

#include "rd-text.h"

/* What the tray's menu says. */

#define MAX_NAME 50
#define MAX_TEXT 60
/* A menu must fit the screen. */
#define MAX_CALLS 3
#define MAX_LINES 8
#define MAX_TEXTS 12 /* of the user's own and ours together */

static void
row_free (gpointer data)
{
  RdTrayRow *row = data;

  g_free (row->id);
  g_free (row->label);
  g_free (row->what);
  g_free (row->text);
  g_clear_pointer (&row->rows, g_ptr_array_unref);
  g_free (row);
}

/* @label: taken */
static RdTrayRow *
add_row (GPtrArray *rows, char *label, const char *verb, const char *what)
{
  RdTrayRow *row = g_new0 (RdTrayRow, 1);

  row->label = label;
  row->verb = verb;
  row->what = g_strdup (what);
  row->id = g_strdup_printf ("%s:%s", verb, what != NULL ? what : "");
  row->enabled = TRUE;
  g_ptr_array_add (rows, row);
  return row;
}

/* Something to read. @id: its own */
static void
add_note (GPtrArray *rows, const char *id, char *label)
{
  RdTrayRow *row = g_new0 (RdTrayRow, 1);

  row->label = label;
  row->id = g_strdup_printf ("note:%s", id);
  g_ptr_array_add (rows, row);
}

/* None at the beginning, and no two in a row. */
static void
add_separator (GPtrArray *rows, const char *id)
{
  RdTrayRow *last = rows->len > 0 ? rows->pdata[rows->len - 1] : NULL;
  RdTrayRow *row;

  if (last == NULL || last->label == NULL)
    return;
  row = g_new0 (RdTrayRow, 1);
  row->id = g_strdup_printf ("separator:%s", id);
  row->enabled = TRUE;
  g_ptr_array_add (rows, row);
}

/* (transfer full): the rows of the menu behind a new row */
static GPtrArray *
add_menu (GPtrArray *rows, const char *id, char *label)
{
  RdTrayRow *row = g_new0 (RdTrayRow, 1);

  row->label = label;
  row->id = g_strdup_printf ("menu:%s", id);
  row->enabled = TRUE;
  row->rows = g_ptr_array_new_with_free_func (row_free);
  g_ptr_array_add (rows, row);
  return row->rows;
}

static char *
dup_name (const char *untrusted)
{
  g_autofree char *cleaned = rd_text_clean (untrusted, MAX_NAME);
  g_autofree char *name = rd_text_for_peer (cleaned);

  return rd_text_isolate (name);
}

/* (transfer full): what a call's first row says */
static char *
dup_call_heading (const RdTrayCall *call, gboolean hide_names)
{
  g_autofree char *name = dup_name (call->name);

  switch (call->state)
    {
    case RD_TRAY_CALL_RINGING_IN:
      /* TRANSLATORS: in the tray's menu; %s is who calls */
      return hide_names ? g_strdup (_ ("Incoming Call")) : g_strdup_printf (_ ("%s Is Calling"), name);
    case RD_TRAY_CALL_RINGING_OUT:
      return hide_names ? g_strdup (_ ("Outgoing Call")) : g_strdup_printf (_ ("Calling %s…"), name);
    case RD_TRAY_CALL_ACTIVE:
    default:
      return hide_names ? g_strdup (_ ("Call")) : g_strdup_printf (_ ("In a Call with %s"), name);
    }
}

/* Who looks at a locked screen need not know the user's own texts. */
static void
add_texts (GPtrArray *rows, const RdTrayCall *call, const RdTrayFacts *facts)
{
  GPtrArray *texts;

  if (!call->can_write || facts->hide_names || facts->texts->len == 0)
    return;
  texts = add_menu (rows, call->key, g_strdup (_ ("Decline with a Message")));
  for (guint i = 0; i < MIN (facts->texts->len, MAX_TEXTS); i++)
    {
      const char *text = facts->texts->pdata[i];
      RdTrayRow *row = add_row (texts, rd_text_clean (text, MAX_TEXT), "decline-with", call->key);

      row->text = g_strdup (text);
      g_free (row->id);
      row->id = g_strdup_printf ("text:%u:%s", i, call->key);
      row->enabled = !call->busy;
    }
}

static void
add_remind (GPtrArray *rows, const RdTrayCall *call, guint minutes)
{
  if (minutes > 0)
    add_row (rows,
             g_strdup_printf (ngettext ("Remind Me in %u Minute", "Remind Me in %u Minutes", minutes), minutes),
             "remind", call->key);
}

static void
add_call (GPtrArray *rows, const RdTrayCall *call, const RdTrayFacts *facts)
{
  guint first;

  add_note (rows, call->key, dup_call_heading (call, facts->hide_names));
  first = rows->len;
  if (call->state != RD_TRAY_CALL_RINGING_IN)
    add_row (rows, g_strdup (_ ("Hang Up")), "hang-up", call->key);
  else
    {
      if (call->can_answer)
        {
          add_row (rows, g_strdup (_ ("Answer")), "answer", call->key);
          add_row (rows, g_strdup (_ ("Decline")), "decline", call->key);
          add_texts (rows, call, facts);
        }
      if (!call->silenced)
        add_row (rows, g_strdup (_ ("Silence")), "silence", call->key);
      add_remind (rows, call, facts->remind_minutes);
    }
  for (guint i = first; i < rows->len; i++)
    ((RdTrayRow *) rows->pdata[i])->enabled = !call->busy;
  add_separator (rows, call->key);
}

static char *
dup_link (const char *state)
{
  return g_str_equal (state, "polling") ? g_strdup (_ ("No line, asks the site")) : rd_text_for_link (state);
}

static void
add_lines (GPtrArray *rows, const RdTrayFacts *facts)
{
  if (facts->lines->len == 0)
    add_row (rows, g_strdup (_ ("No Account Yet")), "open", "accounts");
  for (guint i = 0; i < MIN (facts->lines->len, MAX_LINES); i++)
    {
      const RdTrayLine *line = facts->lines->pdata[i];
      g_autofree char *cleaned = rd_text_clean (line->name, MAX_NAME);
      g_autofree char *name = rd_text_isolate (cleaned);
      g_autofree char *link = dup_link (line->state);
      RdTrayRow *row;

      /* TRANSLATORS: in the tray's menu: an account's name, and how its link is: “CRM: Connected” */
      row = add_row (rows, g_strdup_printf (_ ("%s: %s"), name, link), "open", "accounts");
      g_free (row->id);
      row->id = g_strdup_printf ("line:%s", line->account);
    }
  if (facts->lines->len > MAX_LINES)
    {
      guint more = facts->lines->len - MAX_LINES;

      add_row (rows, g_strdup_printf (ngettext ("%u More Account…", "%u More Accounts…", more), more), "open",
               "accounts");
    }
}

static char *
dup_quiet_until (const RdTrayFacts *facts)
{
  g_autoptr (GDateTime) until = g_date_time_new_from_unix_local (facts->quiet_until / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (facts->now / G_USEC_PER_SEC);
  g_autofree char *time = NULL;
  gboolean today;

  if (facts->quiet_until == 0 || until == NULL || now == NULL)
    return g_strdup (_ ("On Until Turned Off"));
  today = g_date_time_get_year (until) == g_date_time_get_year (now)
          && g_date_time_get_day_of_year (until) == g_date_time_get_day_of_year (now);
  /* TRANSLATORS: a time of day, as of strftime; the second with its day */
  time = g_date_time_format (until, today ? _ ("%H:%M") : _ ("%A %H:%M"));
  /* TRANSLATORS: do not disturb is on until %s, a time */
  return g_strdup_printf (_ ("On Until %s"), time != NULL ? time : "");
}

static void
add_quiet (GPtrArray *rows, const RdTrayFacts *facts)
{
  GPtrArray *choices = add_menu (rows, "quiet", g_strdup (facts->quiet ? _ ("Do Not Disturb (On)")
                                                                       : _ ("Do Not Disturb")));

  if (facts->quiet)
    {
      add_note (choices, "quiet", dup_quiet_until (facts));
      add_row (choices, g_strdup (_ ("Turn Off")), "quiet", "off");
      add_separator (choices, "quiet");
    }
  add_row (choices, g_strdup (_ ("For 30 Minutes")), "quiet", "30m");
  add_row (choices, g_strdup (_ ("For 1 Hour")), "quiet", "1h");
  add_row (choices, g_strdup (_ ("Until Tomorrow")), "quiet", "tomorrow");
  add_row (choices, g_strdup (_ ("Until Turned Off")), "quiet", "on");
}

static void
add_people (GPtrArray *rows, const RdTrayFacts *facts)
{
  GPtrArray *people;

  if (facts->hide_names || facts->people->len == 0)
    return;
  people = add_menu (rows, "people", g_strdup (_ ("Call Again")));
  for (guint i = 0; i < facts->people->len; i++)
    {
      const RdTrayPerson *person = facts->people->pdata[i];

      add_row (people, dup_name (person->name), "call", person->key);
    }
}

GPtrArray *
rd_tray_menu_rows_new (const RdTrayFacts *facts)
{
  GPtrArray *rows;

  g_return_val_if_fail (facts != NULL, NULL);

  rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < MIN (facts->calls->len, MAX_CALLS); i++)
    add_call (rows, facts->calls->pdata[i], facts);
  add_lines (rows, facts);
  if (facts->missed > 0)
    add_row (rows, rd_text_for_missed (facts->missed, NULL), "open", "calls");
  add_separator (rows, "choices");
  add_quiet (rows, facts);
  add_people (rows, facts);
  add_separator (rows, "end");
  add_row (rows, g_strdup (_ ("Open Ringdown")), "open", "");
  add_row (rows, g_strdup (_ ("Quit")), "quit", NULL);
  return rows;
}

/* (transfer full): "Connected", or how many are not */
static char *
dup_lines_tip (const RdTrayFacts *facts)
{
  guint offline = 0;

  for (guint i = 0; i < facts->lines->len; i++)
    offline += !rd_tray_line_is_fine (facts->lines->pdata[i]);
  if (facts->lines->len == 0)
    return g_strdup (_ ("No account yet"));
  if (facts->lines->len == 1)
    return dup_link (((const RdTrayLine *) facts->lines->pdata[0])->state);
  if (offline == 0)
    return rd_text_for_link ("connected");
  return g_strdup_printf (ngettext ("%u account is not connected", "%u accounts are not connected", offline), offline);
}

char *
rd_tray_menu_dup_tip (const RdTrayFacts *facts)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;
  g_autofree char *lines = NULL;

  g_return_val_if_fail (facts != NULL, NULL);

  for (guint i = 0; i < MIN (facts->calls->len, MAX_CALLS); i++)
    {
      g_autofree char *heading = dup_call_heading (facts->calls->pdata[i], TRUE);

      g_strv_builder_add (parts, heading);
    }
  if (facts->missed > 0)
    {
      g_autofree char *missed = rd_text_for_missed (facts->missed, NULL);

      g_strv_builder_add (parts, missed);
    }
  if (facts->quiet)
    g_strv_builder_add (parts, _ ("Do not disturb"));
  lines = dup_lines_tip (facts);
  g_strv_builder_add (parts, lines);
  strv = g_strv_builder_end (parts);
  return g_strjoinv (" · ", strv);
}
