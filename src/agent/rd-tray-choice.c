/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-tray-choice.h"

#include "rd-errand.h"
#include "rd-records.h"

/* From a click in the tray to who does it. */

/* A night ends at five for who is up late, and nobody wants to be rung out of bed at midnight. */
#define DAY_BEGINS 5
#define MORNING 7

struct _RdTrayChoice
{
  GObject parent_instance;

  RdPhone *phone;
  RdOperator *operator;
  RdQuiet *quiet;
  RdWindowLauncher *launcher;
  RdNotices *notices;
  RdPreferences *preferences;
  RdReminders *reminders;
  RdClock *clock;
};

G_DEFINE_FINAL_TYPE (RdTrayChoice, rd_tray_choice, G_TYPE_OBJECT)

/* (transfer full) (nullable): a live call */
static RdCall *
find_call (RdTrayChoice *self, const char *key)
{
  g_autoptr (GPtrArray) live = rd_phone_dup_live (self->phone);

  for (guint i = 0; i < live->len; i++)
    {
      g_autofree char *known = rd_record_dup_call_key (live->pdata[i]);

      if (g_strcmp0 (known, key) == 0)
        return g_object_ref (live->pdata[i]);
    }
  return NULL;
}

static void
open_window (RdTrayChoice *self, const char *page, const char *token)
{
  g_autoptr (GError) error = NULL;

  if (!rd_window_launcher_open (self->launcher, page != NULL ? page : "", token, &error))
    rd_notices_say (self->notices, "error", NULL, NULL, error);
}

static void
set_quiet (RdTrayChoice *self, const char *how)
{
  gint64 now = rd_clock_get_real_time (self->clock);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 until = 0;

  if (g_strcmp0 (how, "30m") == 0)
    until = now + 30 * G_TIME_SPAN_MINUTE;
  else if (g_strcmp0 (how, "1h") == 0)
    until = now + G_TIME_SPAN_HOUR;
  else if (g_strcmp0 (how, "tomorrow") == 0)
    until = rd_tray_choice_get_tomorrow (zone, now);
  rd_quiet_set (self->quiet, g_strcmp0 (how, "off") != 0, until);
}

/* As Call1.Remind: who is reminded need not hear it ring on. */
static void
remind (RdTrayChoice *self, RdCall *call)
{
  g_autoptr (GVariant) record = rd_record_new_for_call (call);
  g_autoptr (GError) error = NULL;

  if (rd_call_get_state (call) != RD_CALL_RINGING_IN)
    return;
  if (rd_reminders_add (self->reminders, record, rd_preferences_get_uint (self->preferences, "remind-minutes"), &error))
    rd_phone_silence (self->phone, call);
  else
    rd_notices_say (self->notices, "error", rd_call_get_account (call), rd_call_get_id (call), error);
}

/* What the site is to be asked for. */
static void
act (RdTrayChoice *self, RdCall *call, const char *verb, const char *text, const char *token)
{
  if (g_str_equal (verb, "answer"))
    rd_errand_answer (self->operator, self->notices, call, token);
  else if (g_str_equal (verb, "hang-up"))
    rd_errand_hang_up (self->operator, self->notices, call);
  else
    rd_errand_decline (self->operator, self->notices, call, text);
}

/*
 * GObject
 */
static void
rd_tray_choice_finalize (GObject *object)
{
  RdTrayChoice *self = RD_TRAY_CHOICE (object);

  g_clear_object (&self->phone);
  g_clear_object (&self->operator);
  g_clear_object (&self->quiet);
  g_clear_object (&self->launcher);
  g_clear_object (&self->notices);
  g_clear_object (&self->preferences);
  g_clear_object (&self->reminders);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_tray_choice_parent_class)->finalize (object);
}

static void
rd_tray_choice_class_init (RdTrayChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_tray_choice_finalize;
}

static void
rd_tray_choice_init (RdTrayChoice *self)
{
}

RdTrayChoice *
rd_tray_choice_new (const RdPolicyContext *context, RdClock *clock)
{
  RdTrayChoice *self;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_TRAY_CHOICE, NULL);
  self->phone = g_object_ref (context->phone);
  self->operator = g_object_ref (context->operator);
  self->quiet = g_object_ref (context->quiet);
  self->launcher = g_object_ref (context->launcher);
  self->notices = g_object_ref (context->notices);
  self->preferences = g_object_ref (context->preferences);
  self->reminders = g_object_ref (context->reminders);
  self->clock = g_object_ref (clock);
  return self;
}

void
rd_tray_choice_take (RdTrayChoice *self, const char *verb, const char *what, const char *text, const char *token)
{
  g_autoptr (RdCall) call = NULL;

  g_return_if_fail (RD_IS_TRAY_CHOICE (self));
  g_return_if_fail (verb != NULL);

  if (g_str_equal (verb, "open"))
    {
      open_window (self, what, token);
      return;
    }
  if (g_str_equal (verb, "quiet"))
    {
      set_quiet (self, what);
      return;
    }
  /* It may be over by now. */
  call = find_call (self, what);
  if (call == NULL)
    return;
  if (g_str_equal (verb, "silence"))
    rd_phone_silence (self->phone, call);
  else if (g_str_equal (verb, "remind"))
    remind (self, call);
  else
    act (self, call, verb, text, token);
}

gboolean
rd_tray_choice_silence_all (RdTrayChoice *self)
{
  g_autoptr (GPtrArray) live = NULL;
  gboolean any = FALSE;

  g_return_val_if_fail (RD_IS_TRAY_CHOICE (self), FALSE);

  live = rd_phone_dup_live (self->phone);
  for (guint i = 0; i < live->len; i++)
    {
      RdCall *call = live->pdata[i];

      if (rd_call_get_state (call) != RD_CALL_RINGING_IN || rd_call_get_silenced (call))
        continue;
      rd_phone_silence (self->phone, call);
      any = TRUE;
    }
  return any;
}

void
rd_tray_choice_call (RdTrayChoice *self, const RdRecentPerson *person)
{
  g_return_if_fail (RD_IS_TRAY_CHOICE (self));
  g_return_if_fail (person != NULL);

  rd_errand_place (self->operator, self->notices, person->account, person->id, person->audio, NULL);
}

/* An account's id has no slash. */
char *
rd_tray_choice_dup_person_key (const RdRecentPerson *person)
{
  g_return_val_if_fail (person != NULL, NULL);

  return g_strdup_printf ("%s/%s", person->account, person->id);
}

gint64
rd_tray_choice_get_tomorrow (GTimeZone *zone, gint64 now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) morning = NULL;

  g_return_val_if_fail (local != NULL, now);

  day = g_date_time_add_days (local, g_date_time_get_hour (local) < DAY_BEGINS ? 0 : 1);
  morning = g_date_time_new (zone, g_date_time_get_year (day), g_date_time_get_month (day),
                             g_date_time_get_day_of_month (day), MORNING, 0, 0);
  return g_date_time_to_unix (morning) * G_USEC_PER_SEC;
}
