/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-tray-survey.h"

#include "rd-records.h"
#include "rd-text.h"
#include "rd-tray-choice.h"

/* What the tray shows of everything: asked anew each time, so that nothing is remembered wrongly. */

/* Of people to call again */
#define MAX_PEOPLE 5

struct _RdTraySurvey
{
  GObject parent_instance;

  RdPhone *phone;
  RdLines *lines;
  RdOperator *operator;
  RdPreferences *preferences;
  RdQuiet *quiet;
  RdSessionLock *session_lock;
  RdClock *clock;
};

G_DEFINE_FINAL_TYPE (RdTraySurvey, rd_tray_survey, G_TYPE_OBJECT)

static const char *
get_line_state (RdLine *line)
{
  g_autofree char *delivery = NULL;
  const char *state = rd_line_get_state (line);

  g_object_get (line, "delivery", &delivery, NULL);
  return !g_str_equal (state, "connected") && g_strcmp0 (delivery, "polling") == 0 ? "polling" : state;
}

static gboolean
is_ringing (RdCall *call)
{
  return rd_call_get_state (call) == RD_CALL_RINGING_IN;
}

static gboolean
allows (RdTraySurvey *self, RdQuietWhat what, RdCall *call)
{
  return rd_quiet_allows (self->quiet, what, rd_call_get_account (call), rd_call_get_peer_id (call));
}

/* As Account1's Abilities */
static gboolean
account_can (RdTraySurvey *self, const char *account, const char *ability)
{
  RdLine *line = rd_lines_lookup (self->lines, account);
  g_auto (GStrv) abilities = NULL;

  if (line != NULL)
    g_object_get (line, "abilities", &abilities, NULL);
  return abilities != NULL && g_strv_contains ((const char *const *) abilities, ability);
}

static RdTrayCallState
get_call_state (RdCall *call)
{
  if (is_ringing (call))
    return RD_TRAY_CALL_RINGING_IN;
  return rd_call_get_state (call) == RD_CALL_RINGING_OUT ? RD_TRAY_CALL_RINGING_OUT : RD_TRAY_CALL_ACTIVE;
}

static void
add_calls (RdTraySurvey *self, RdTrayFacts *facts)
{
  g_autoptr (GPtrArray) live = rd_phone_dup_live (self->phone);

  for (guint i = 0; i < live->len; i++)
    {
      RdCall *call = live->pdata[i];
      g_autofree char *key = rd_record_dup_call_key (call);
      RdTrayCall *row = rd_tray_facts_add_call (facts, key, rd_call_get_peer_name (call), get_call_state (call));

      row->can_answer = account_can (self, rd_call_get_account (call), "answer");
      row->can_write = row->can_answer && account_can (self, rd_call_get_account (call), "send");
      row->busy = *rd_operator_get_busy (self->operator, call) != '\0';
      row->silenced = rd_call_get_silenced (call) || !allows (self, RD_QUIET_SOUND, call);
    }
}

static void
add_texts (RdTraySurvey *self, RdTrayFacts *facts)
{
  g_autoptr (GVariant) own = rd_preferences_dup_value (self->preferences, "decline-texts");
  GVariantIter iter;
  const char *text;

  for (guint i = 0; (text = rd_text_get_decline (i)) != NULL; i++)
    g_ptr_array_add (facts->texts, g_strdup (text));
  g_variant_iter_init (&iter, own);
  for (guint i = 0; i < RD_TEXT_DECLINE_OWN_MAX && g_variant_iter_next (&iter, "&s", &text); i++)
    g_ptr_array_add (facts->texts, g_strdup (text));
}

static gboolean
can_call (RdTraySurvey *self, const char *account)
{
  RdLine *line = rd_lines_lookup (self->lines, account);

  return line != NULL && rd_line_get_can_call (line);
}

static void
add_people (RdTraySurvey *self, RdTrayFacts *facts, RdRecentPeople *people)
{
  const RdRecentPerson *person;

  for (guint i = 0; facts->people->len < MAX_PEOPLE && (person = rd_recent_people_get (people, i)) != NULL; i++)
    if (can_call (self, person->account))
      {
        g_autofree char *key = rd_tray_choice_dup_person_key (person);

        rd_tray_facts_add_person (facts, key, person->name);
      }
}

/* Any of them: who waits for calls of two sites wants to know that one is deaf. */
static gboolean
is_offline (const RdTrayFacts *facts)
{
  for (guint i = 0; i < facts->lines->len; i++)
    if (!rd_tray_line_is_fine (facts->lines->pdata[i]))
      return TRUE;
  return facts->lines->len == 0;
}

/*
 * GObject
 */
static void
rd_tray_survey_finalize (GObject *object)
{
  RdTraySurvey *self = RD_TRAY_SURVEY (object);

  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->operator);
  g_clear_object (&self->preferences);
  g_clear_object (&self->quiet);
  g_clear_object (&self->session_lock);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_tray_survey_parent_class)->finalize (object);
}

static void
rd_tray_survey_class_init (RdTraySurveyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_tray_survey_finalize;
}

static void
rd_tray_survey_init (RdTraySurvey *self)
{
}

RdTraySurvey *
rd_tray_survey_new (const RdPolicyContext *context, RdClock *clock)
{
  RdTraySurvey *self;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_TRAY_SURVEY, NULL);
  self->phone = g_object_ref (context->phone);
  self->lines = g_object_ref (context->lines);
  self->operator = g_object_ref (context->operator);
  self->preferences = g_object_ref (context->preferences);
  self->quiet = g_object_ref (context->quiet);
  self->session_lock = g_object_ref (context->session_lock);
  self->clock = g_object_ref (clock);
  return self;
}

RdTrayFacts *
rd_tray_survey_gather (RdTraySurvey *self, GPtrArray *lines, RdRecentPeople *people)
{
  RdTrayFacts *facts;

  g_return_val_if_fail (RD_IS_TRAY_SURVEY (self), NULL);
  g_return_val_if_fail (lines != NULL && people != NULL, NULL);

  facts = rd_tray_facts_new ();
  for (guint i = 0; i < lines->len; i++)
    rd_tray_facts_add_line (facts, rd_line_get_id (lines->pdata[i]), rd_line_get_name (lines->pdata[i]),
                            get_line_state (lines->pdata[i]));
  add_calls (self, facts);
  add_people (self, facts, people);
  add_texts (self, facts);
  facts->remind_minutes = rd_preferences_get_uint (self->preferences, "remind-minutes");
  facts->quiet = rd_quiet_get_why (self->quiet) != RD_QUIET_NOT;
  facts->quiet_until = rd_quiet_get_until (self->quiet);
  facts->hide_names = rd_session_lock_get_locked (self->session_lock)
                      && rd_preferences_get_boolean (self->preferences, "hide-when-locked");
  facts->now = rd_clock_get_real_time (self->clock);
  return facts;
}

gboolean
rd_tray_survey_is_pressing (RdTraySurvey *self)
{
  g_autoptr (GPtrArray) live = NULL;

  g_return_val_if_fail (RD_IS_TRAY_SURVEY (self), FALSE);

  live = rd_phone_dup_live (self->phone);
  for (guint i = 0; i < live->len; i++)
    {
      RdCall *call = live->pdata[i];

      if (is_ringing (call) && !rd_call_get_silenced (call) && allows (self, RD_QUIET_CALL, call))
        return TRUE;
    }
  return FALSE;
}

RdTrayLook
rd_tray_survey_choose_look (const RdTrayFacts *facts)
{
  gboolean missed;

  g_return_val_if_fail (facts != NULL, RD_TRAY_LOOK_OFFLINE);

  missed = facts->missed > 0;
  for (guint i = 0; i < facts->calls->len; i++)
    if (((const RdTrayCall *) facts->calls->pdata[i])->state == RD_TRAY_CALL_RINGING_IN)
      return RD_TRAY_LOOK_RINGING;
  /* That a call would not come in is worse than that it would not ring. */
  if (is_offline (facts))
    return missed ? RD_TRAY_LOOK_OFFLINE_MISSED : RD_TRAY_LOOK_OFFLINE;
  if (facts->quiet)
    return missed ? RD_TRAY_LOOK_QUIET_MISSED : RD_TRAY_LOOK_QUIET;
  return missed ? RD_TRAY_LOOK_CONNECTED_MISSED : RD_TRAY_LOOK_CONNECTED;
}
