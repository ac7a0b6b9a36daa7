/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-tray-policy.h"

#include "rd-recent-people.h"
#include "rd-tray-choice.h"
#include "rd-tray-menu-rows.h"
#include "rd-tray-menu.h"
#include "rd-tray-survey.h"
#include "rd-tray.h"

/* The state of everything, as the icon and its menu show it. Whatever changes, all of it is put together anew, once the
 * main loop has got round to it: one event changes several things. */

#define MENU_PATH "/io/github/ringdown/Ringdown/Menu"
/* Calls that people are looked for in */
#define RECALLED 50
/* ms: the notification and the ring go first, and changes that come together make one look */
#define REFRESH_MS 30

typedef enum
{
  RD_TRAY_POLICY_PROP_STANDING = 1,
  RD_TRAY_POLICY_PROP_MISSED,
  RD_TRAY_POLICY_PROP_SUMMARY,
} RdTrayPolicyProps;

static GParamSpec *properties[RD_TRAY_POLICY_PROP_SUMMARY + 1];

enum
{
  QUIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdTrayPolicy
{
  GObject parent_instance;

  RdPreferences *preferences;
  RdTraySurvey *survey;
  RdTrayChoice *choice;

  RdTray *tray;
  RdTrayMenu *menu; /* NULL until somebody wants the icon */
  GPtrArray *lines; /* of RdLine */
  RdRecentPeople *people;
  guint missed;
  char *summary;
  guint refresh;
};

G_DEFINE_FINAL_TYPE (RdTrayPolicy, rd_tray_policy, G_TYPE_OBJECT)

static const char *
get_standing (RdTrayPolicy *self)
{
  if (!rd_tray_get_wanted (self->tray))
    return "off";
  return rd_tray_get_shown (self->tray) ? "shown" : "no-host";
}

static void
set_summary (RdTrayPolicy *self, char *summary)
{
  g_autofree char *taken = summary;

  if (g_strcmp0 (self->summary, taken) == 0)
    return;
  g_free (self->summary);
  self->summary = g_steal_pointer (&taken);
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_TRAY_POLICY_PROP_SUMMARY]);
}

static void
show (RdTrayPolicy *self)
{
  g_autoptr (RdTrayFacts) facts = rd_tray_survey_gather (self->survey, self->lines, self->people);

  facts->missed = self->missed;
  set_summary (self, rd_tray_menu_dup_tip (facts));
  if (self->menu == NULL)
    return;
  rd_tray_set_look (self->tray, rd_tray_survey_choose_look (facts), rd_tray_survey_is_pressing (self->survey));
  rd_tray_set_tip (self->tray, "Ringdown", self->summary);
  rd_tray_menu_show (self->menu, facts);
}

static gboolean
on_refresh (gpointer user_data)
{
  RdTrayPolicy *self = RD_TRAY_POLICY (user_data);

  self->refresh = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
refresh (RdTrayPolicy *self)
{
  if (self->refresh == 0)
    self->refresh = g_timeout_add (REFRESH_MS, on_refresh, self);
}

static void
on_call_added (RdPhone *phone, RdCall *call, RdTrayPolicy *self)
{
  g_signal_connect_object (call, "notify", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
on_journal_call (RdJournal *journal, GVariant *call, RdTrayPolicy *self)
{
  if (rd_recent_people_note (self->people, call))
    refresh (self);
}

static void
on_calls_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdTrayPolicy) self = RD_TRAY_POLICY (user_data);
  gboolean more;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) calls = rd_history_list_finish (RD_HISTORY (source), result, &more, &error);

  if (calls == NULL)
    {
      g_debug ("Nobody to call again: %s", error->message);
      return;
    }
  rd_recent_people_add_old (self->people, calls);
  refresh (self);
}

static void
ask_for_calls (RdTrayPolicy *self, RdHistory *history)
{
  g_autoptr (GVariant) calls = g_variant_ref_sink (g_variant_new_parsed ("{'kinds': <['call']>}"));
  g_autoptr (RdHistoryFilter) filter = rd_history_filter_new (calls, NULL);

  g_assert (filter != NULL);
  rd_history_list_async (history, filter, 0, RECALLED, on_calls_ready, g_object_ref (self));
}

/* What the user has erased is not shown either. */
static void
on_entries_reset (RdHistory *history, RdTrayPolicy *self)
{
  rd_recent_people_clear (self->people);
  ask_for_calls (self, history);
  refresh (self);
}

static void
on_line_added (RdLines *lines, RdLine *line, RdTrayPolicy *self)
{
  static const char * const watched[] = { "notify::state", "notify::name", "notify::delivery", "notify::can-call" };

  g_ptr_array_add (self->lines, g_object_ref (line));
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (line, watched[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}

static void
on_line_removed (RdLines *lines, RdLine *line, RdTrayPolicy *self)
{
  g_signal_handlers_disconnect_by_data (line, self);
  g_ptr_array_remove (self->lines, line);
  rd_recent_people_drop (self->people, rd_line_get_id (line));
  refresh (self);
}

static void
on_activate (RdTray *tray, const char *token, RdTrayPolicy *self)
{
  rd_tray_choice_take (self->choice, "open", "", NULL, token);
}

/* The quickest click there is, for what is the most urgent. */
static void
on_activate_secondary (RdTray *tray, const char *token, RdTrayPolicy *self)
{
  if (!rd_tray_choice_silence_all (self->choice))
    rd_tray_choice_take (self->choice, "open", "", NULL, token);
}

static void
on_chosen (RdTrayMenu *menu, const char *verb, const char *what, const char *text, RdTrayPolicy *self)
{
  g_autofree char *token = rd_tray_take_token (self->tray);
  const RdRecentPerson *person;

  if (g_str_equal (verb, "quit"))
    {
      g_signal_emit (self, signals[QUIT], 0);
      return;
    }
  if (!g_str_equal (verb, "call"))
    {
      rd_tray_choice_take (self->choice, verb, what, text, token);
      return;
    }
  for (guint i = 0; (person = rd_recent_people_get (self->people, i)) != NULL; i++)
    {
      g_autofree char *key = rd_tray_choice_dup_person_key (person);

      if (g_strcmp0 (key, what) == 0)
        {
          rd_tray_choice_call (self->choice, person);
          return;
        }
    }
}

static void
on_shown_changed (RdTray *tray, GParamSpec *pspec, RdTrayPolicy *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_TRAY_POLICY_PROP_STANDING]);
}

/* The menu is there before the icon is. */
static void
follow_preference (RdTrayPolicy *self)
{
  gboolean wanted = rd_preferences_get_boolean (self->preferences, "tray");

  if (wanted && self->menu == NULL)
    {
      self->menu = rd_tray_menu_new (MENU_PATH);
      g_signal_connect_object (self->menu, "chosen", G_CALLBACK (on_chosen), self, 0);
      show (self);
    }
  if (rd_tray_get_wanted (self->tray) == wanted)
    return;
  rd_tray_set_wanted (self->tray, wanted);
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_TRAY_POLICY_PROP_STANDING]);
}

/*
 * GObject
 */
static void
rd_tray_policy_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdTrayPolicy *self = RD_TRAY_POLICY (object);

  switch ((RdTrayPolicyProps) id)
    {
    case RD_TRAY_POLICY_PROP_STANDING:
      g_value_set_static_string (value, get_standing (self));
      break;
    case RD_TRAY_POLICY_PROP_MISSED:
      g_value_set_uint (value, self->missed);
      break;
    case RD_TRAY_POLICY_PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_tray_policy_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RdTrayPolicy *self = RD_TRAY_POLICY (object);

  switch ((RdTrayPolicyProps) id)
    {
    case RD_TRAY_POLICY_PROP_MISSED:
      if (self->missed == g_value_get_uint (value))
        return;
      self->missed = g_value_get_uint (value);
      refresh (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    case RD_TRAY_POLICY_PROP_STANDING:
    case RD_TRAY_POLICY_PROP_SUMMARY:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_tray_policy_finalize (GObject *object)
{
  RdTrayPolicy *self = RD_TRAY_POLICY (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_object (&self->menu);
  g_clear_object (&self->tray);
  g_clear_object (&self->choice);
  g_clear_object (&self->survey);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->people, rd_recent_people_free);
  g_free (self->summary);

  G_OBJECT_CLASS (rd_tray_policy_parent_class)->finalize (object);
}

static void
rd_tray_policy_class_init (RdTrayPolicyClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_tray_policy_get_property;
  object_class->set_property = rd_tray_policy_set_property;
  object_class->finalize = rd_tray_policy_finalize;

  properties[RD_TRAY_POLICY_PROP_STANDING]
    = g_param_spec_string ("standing", NULL, NULL, "off",
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[RD_TRAY_POLICY_PROP_MISSED]
    = g_param_spec_uint ("missed", NULL, NULL, 0, G_MAXUINT, 0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[RD_TRAY_POLICY_PROP_SUMMARY]
    = g_param_spec_string ("summary", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[QUIT] = g_signal_new ("quit", RD_TYPE_TRAY_POLICY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_tray_policy_init (RdTrayPolicy *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->people = rd_recent_people_new ();
}

static void
connect_signals (RdTrayPolicy *self, const RdPolicyContext *context)
{
  static const char *const watched[]
    = { "changed::hide-when-locked", "changed::decline-texts", "changed::remind-minutes" };

  g_signal_connect_object (context->phone, "call-added", G_CALLBACK (on_call_added), self, 0);
  g_signal_connect_object (context->phone, "call-ended", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->operator, "busy-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->journal, "call", G_CALLBACK (on_journal_call), self, 0);
  g_signal_connect_object (context->lines, "line-added", G_CALLBACK (on_line_added), self, 0);
  g_signal_connect_object (context->lines, "line-removed", G_CALLBACK (on_line_removed), self, 0);
  g_signal_connect_object (context->quiet, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context->session_lock, "notify::locked", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (self->preferences, watched[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tray, "activate", G_CALLBACK (on_activate), self, 0);
  g_signal_connect_object (self->tray, "activate-secondary", G_CALLBACK (on_activate_secondary), self, 0);
  g_signal_connect_object (self->tray, "notify::shown", G_CALLBACK (on_shown_changed), self, 0);
}

RdTrayPolicy *
rd_tray_policy_new (const RdPolicyContext *context, RdClock *clock, GDBusConnection *connection, const char *bus_name)
{
  RdTrayPolicy *self;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (bus_name != NULL, NULL);

  self = g_object_new (RD_TYPE_TRAY_POLICY, NULL);
  self->preferences = g_object_ref (context->preferences);
  self->survey = rd_tray_survey_new (context, clock);
  self->choice = rd_tray_choice_new (context, clock);
  self->tray = rd_tray_new (connection, bus_name, MENU_PATH);
  connect_signals (self, context);
  return self;
}

void
rd_tray_policy_start (RdTrayPolicy *self, RdHistory *history)
{
  g_return_if_fail (RD_IS_TRAY_POLICY (self));
  g_return_if_fail (RD_IS_HISTORY (history));

  g_object_bind_property (history, "missed", self, "missed", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (history, "entries-reset", G_CALLBACK (on_entries_reset), self, 0);
  ask_for_calls (self, history);
  g_signal_connect_object (self->preferences, "changed::tray", G_CALLBACK (follow_preference), self,
                           G_CONNECT_SWAPPED);
  follow_preference (self);
  refresh (self);
}
