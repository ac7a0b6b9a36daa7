/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-quiet.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-quiet-hours.h"

/* Whether the user may be disturbed, and by whom. The timer only tells others in time: who asks is answered by the
 * clock as it stands. */

/* The time of day may be set, and the time zone changed, without anybody telling. */
#define LONGEST_WAIT_MS (10 * 60 * 1000)

typedef enum
{
  RD_QUIET_PROP_DESKTOP = 1,
} RdQuietProps;

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[RD_QUIET_PROP_DESKTOP + 1];
static guint signals[N_SIGNALS];

/* What is so at one moment. */
typedef struct
{
  RdQuietWhy why;
  gint64 until;
  gint64 change; /* when it may be otherwise; 0: not by time alone */
} Moment;

struct _RdQuiet
{
  GObject parent_instance;

  RdPreferences *preferences;
  RdClock *clock;
  GHashTable *contacts; /* "account\x1fperson" → RdTreatment */
  gboolean desktop;
  RdQuietWhy told; /* by the last ::changed */
  gint64 told_until;
  guint timer;
  gboolean writing; /* several keys: they are one change */
};

G_DEFINE_FINAL_TYPE (RdQuiet, rd_quiet, G_TYPE_OBJECT)

/* Whether quiet hours are now, those set aside that the user has ended. */
static gboolean
in_quiet_hours (RdQuiet *self, gint64 now, gint64 *change, gboolean *ended)
{
  const RdQuietHours hours = {
    .days = rd_preferences_get_uint (self->preferences, "quiet-days"),
    .from = rd_preferences_get_uint (self->preferences, "quiet-from"),
    .to = rd_preferences_get_uint (self->preferences, "quiet-to"),
  };
  g_autoptr (GTimeZone) zone = NULL;
  gboolean within;

  *change = 0;
  *ended = FALSE;
  if (!rd_preferences_get_boolean (self->preferences, "quiet-hours"))
    return FALSE;
  zone = g_time_zone_new_local ();
  within = rd_quiet_hours_contain (&hours, zone, now, change);
  /* Only the hours with this very end: a clock that was wrong by years must not switch the schedule off for years. */
  *ended = within && *change == rd_preferences_get_int64 (self->preferences, "quiet-hours-ended");
  return within && !*ended;
}

static Moment
look (RdQuiet *self)
{
  gint64 now = rd_clock_get_real_time (self->clock);
  gboolean on = rd_preferences_get_boolean (self->preferences, "do-not-disturb");
  gint64 until = on ? rd_preferences_get_int64 (self->preferences, "do-not-disturb-until") : 0;
  Moment moment = { RD_QUIET_NOT, 0, 0 };
  gboolean ended;

  if (in_quiet_hours (self, now, &moment.change, &ended))
    moment = (Moment) { RD_QUIET_SCHEDULE, moment.change, moment.change };
  if (!on || (until != 0 && now >= until))
    return moment;
  return (Moment) { RD_QUIET_SWITCH, until, until };
}

static void
write_switch (RdQuiet *self, gboolean on, gint64 until)
{
  rd_preferences_set_value (self->preferences, "do-not-disturb-until", g_variant_new_int64 (until));
  rd_preferences_set_value (self->preferences, "do-not-disturb", g_variant_new_boolean (on));
}

/* A switch whose time has come is off, for all who look at the settings. */
static void
turn_off_in_time (RdQuiet *self)
{
  gint64 until = rd_preferences_get_int64 (self->preferences, "do-not-disturb-until");

  if (!rd_preferences_get_boolean (self->preferences, "do-not-disturb") || until == 0
      || rd_clock_get_real_time (self->clock) < until)
    return;
  self->writing = TRUE;
  write_switch (self, FALSE, 0);
  self->writing = FALSE;
}

/* The timer's callback and this call each other. */
static gboolean on_due (gpointer user_data);

static void
arm (RdQuiet *self, gint64 change)
{
  gint64 wait = (change - rd_clock_get_real_time (self->clock) + 999) / 1000;

  if (self->timer != 0)
    rd_clock_remove_timeout (self->clock, self->timer);
  self->timer = 0;
  if (change != 0)
    self->timer = rd_clock_add_timeout (self->clock, (guint) CLAMP (wait, 1, LONGEST_WAIT_MS), on_due, self);
}

/* @told: TRUE: tell of it even if it seems to be as it was */
static void
update (RdQuiet *self, gboolean told)
{
  Moment moment;

  if (self->writing)
    return;
  turn_off_in_time (self);
  moment = look (self);
  arm (self, moment.change);
  if (!told && moment.why == self->told && moment.until == self->told_until)
    return;
  self->told = moment.why;
  self->told_until = moment.until;
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
on_due (gpointer user_data)
{
  RdQuiet *self = user_data;

  self->timer = 0;
  update (self, FALSE);
  return G_SOURCE_REMOVE;
}

static char *
make_key (const char *account, const char *person)
{
  return g_strconcat (account, "\x1f", person, NULL);
}

static void
take_contacts (RdQuiet *self, const char *key, RdTreatment treatment)
{
  g_autoptr (GVariant) list = rd_preferences_dup_value (self->preferences, key);
  gsize n = MIN (g_variant_n_children (list), RD_QUIET_MAX_CONTACTS);

  for (gsize i = 0; i < n; i++)
    {
      const char *account;
      const char *person;

      g_variant_get_child (list, i, "(&s&s&s)", &account, &person, NULL);
      g_hash_table_replace (self->contacts, make_key (account, person), GINT_TO_POINTER (treatment));
    }
}

/* Who is on both lists always rings: what is heard in vain is the lesser harm. */
static void
read_contacts (RdQuiet *self)
{
  g_hash_table_remove_all (self->contacts);
  take_contacts (self, "muted", RD_TREATMENT_MUTED);
  take_contacts (self, "vips", RD_TREATMENT_VIP);
}

static void
on_contacts_changed (RdPreferences *preferences, const char *key, RdQuiet *self)
{
  if (self->writing)
    return;
  read_contacts (self);
  update (self, TRUE);
}

static void
on_preference_changed (RdPreferences *preferences, const char *key, RdQuiet *self)
{
  update (self, TRUE);
}

/* FALSE: there is no room for one more. @name: (nullable): only take @person (nullable: everybody of @account) away */
static gboolean
rewrite_list (RdQuiet *self, const char *key, const char *account, const char *person, const char *name)
{
  g_autoptr (GVariant) list = rd_preferences_dup_value (self->preferences, key);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));
  gsize kept = 0;

  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (list, i);
      const char *whose;
      const char *who;

      g_variant_get (entry, "(&s&s&s)", &whose, &who, NULL);
      if (g_str_equal (whose, account) && (person == NULL || g_str_equal (who, person)))
        continue;
      g_variant_builder_add_value (&builder, entry);
      kept++;
    }
  if (name != NULL && kept >= RD_QUIET_MAX_CONTACTS)
    return FALSE;
  if (name != NULL)
    g_variant_builder_add (&builder, "(sss)", account, person, name);
  if (name != NULL || kept != g_variant_n_children (list))
    rd_preferences_set_value (self->preferences, key, g_variant_builder_end (&builder));
  return TRUE;
}

/*
 * GObject
 */
static void
rd_quiet_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((RdQuietProps) id)
    {
    case RD_QUIET_PROP_DESKTOP:
      g_value_set_boolean (value, RD_QUIET (object)->desktop);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_quiet_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((RdQuietProps) id)
    {
    case RD_QUIET_PROP_DESKTOP:
      rd_quiet_set_desktop (RD_QUIET (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_quiet_finalize (GObject *object)
{
  RdQuiet *self = RD_QUIET (object);

  if (self->timer != 0)
    rd_clock_remove_timeout (self->clock, self->timer);
  g_clear_pointer (&self->contacts, g_hash_table_unref);
  g_clear_object (&self->preferences);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_quiet_parent_class)->finalize (object);
}

static void
rd_quiet_class_init (RdQuietClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_quiet_get_property;
  object_class->set_property = rd_quiet_set_property;
  object_class->finalize = rd_quiet_finalize;

  properties[RD_QUIET_PROP_DESKTOP]
    = g_param_spec_boolean ("desktop", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[CHANGED] = g_signal_new ("changed", RD_TYPE_QUIET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rd_quiet_init (RdQuiet *self)
{
  self->contacts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

RdQuiet *
rd_quiet_new (RdPreferences *preferences, RdClock *clock)
{
  static const char * const keys[] = {
    "do-not-disturb", "do-not-disturb-until", "quiet-hours", "quiet-hours-ended", "quiet-days", "quiet-from",
    "quiet-to", "banners-in-desktop-quiet", "sounds-in-desktop-quiet",
  };
  static const char * const lists[] = { "muted", "vips" };
  RdQuiet *self;

  g_return_val_if_fail (RD_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_QUIET, NULL);
  self->preferences = g_object_ref (preferences);
  self->clock = g_object_ref (clock);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (preferences, signal, G_CALLBACK (on_preference_changed), self, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", lists[i], NULL);

      g_signal_connect_object (preferences, signal, G_CALLBACK (on_contacts_changed), self, 0);
    }
  read_contacts (self);
  update (self, FALSE);
  return self;
}

RdQuietWhy
rd_quiet_get_why (RdQuiet *self)
{
  g_return_val_if_fail (RD_IS_QUIET (self), RD_QUIET_NOT);

  return look (self).why;
}

gint64
rd_quiet_get_until (RdQuiet *self)
{
  g_return_val_if_fail (RD_IS_QUIET (self), 0);

  return look (self).until;
}

gboolean
rd_quiet_get_desktop (RdQuiet *self)
{
  g_return_val_if_fail (RD_IS_QUIET (self), FALSE);

  return self->desktop;
}

void
rd_quiet_set_desktop (RdQuiet *self, gboolean desktop)
{
  g_return_if_fail (RD_IS_QUIET (self));

  desktop = !!desktop;
  if (self->desktop == desktop)
    return;
  g_debug ("The desktop %s to be disturbed", desktop ? "is not" : "is");
  self->desktop = desktop;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_QUIET_PROP_DESKTOP]);
  update (self, TRUE);
}

void
rd_quiet_set (RdQuiet *self, gboolean on, gint64 until)
{
  gint64 end;
  gboolean ended;

  g_return_if_fail (RD_IS_QUIET (self));
  g_return_if_fail (until >= 0);

  self->writing = TRUE;
  write_switch (self, on, on ? until : 0);
  if (!on && in_quiet_hours (self, rd_clock_get_real_time (self->clock), &end, &ended))
    rd_preferences_set_value (self->preferences, "quiet-hours-ended", g_variant_new_int64 (end));
  self->writing = FALSE;
  update (self, TRUE);
}

gboolean
rd_quiet_allows (RdQuiet *self, RdQuietWhat what, const char *account, const char *person)
{
  RdTreatment treatment;
  const char *key = what == RD_QUIET_SOUND ? "sounds-in-desktop-quiet" : "banners-in-desktop-quiet";

  g_return_val_if_fail (RD_IS_QUIET (self), TRUE);

  treatment = rd_quiet_get_treatment (self, account, person);
  if (treatment == RD_TREATMENT_MUTED)
    return FALSE;
  if (treatment != RD_TREATMENT_VIP && look (self).why != RD_QUIET_NOT)
    return FALSE;
  if (!self->desktop || what == RD_QUIET_TOAST)
    return TRUE;
  switch ((RdInDesktopQuiet) rd_preferences_get_enum (self->preferences, key))
    {
    case RD_IN_DESKTOP_QUIET_ALWAYS:
      return TRUE;
    case RD_IN_DESKTOP_QUIET_NEVER:
      return FALSE;
    case RD_IN_DESKTOP_QUIET_RESPECT:
    default:
      return treatment == RD_TREATMENT_VIP;
    }
}

RdTreatment
rd_quiet_get_treatment (RdQuiet *self, const char *account, const char *person)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (RD_IS_QUIET (self), RD_TREATMENT_NORMAL);

  if (account == NULL || person == NULL || *person == '\0')
    return RD_TREATMENT_NORMAL;
  key = make_key (account, person);
  return (RdTreatment) GPOINTER_TO_INT (g_hash_table_lookup (self->contacts, key));
}

gboolean
rd_quiet_set_treatment (RdQuiet *self, const char *account, const char *person, const char *name,
                        RdTreatment treatment, GError **error)
{
  g_autofree char *id = NULL;
  g_autofree char *plain_name = NULL;
  gboolean muted = treatment == RD_TREATMENT_MUTED;
  gboolean done;

  g_return_val_if_fail (RD_IS_QUIET (self), FALSE);
  g_return_val_if_fail (account != NULL && person != NULL && name != NULL, FALSE);

  id = rd_clean_exact (person, RD_CLEAN_ID);
  plain_name = rd_clean_text (name, RD_CLEAN_NAME);
  if (id == NULL)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "person"));
      return FALSE;
    }
  self->writing = TRUE;
  done = treatment == RD_TREATMENT_NORMAL
         || rewrite_list (self, muted ? "muted" : "vips", account, id, plain_name);
  if (done && treatment != RD_TREATMENT_MUTED)
    rewrite_list (self, "muted", account, id, NULL);
  if (done && treatment != RD_TREATMENT_VIP)
    rewrite_list (self, "vips", account, id, NULL);
  self->writing = FALSE;
  if (!done)
    g_propagate_error (error, rd_fault_new (RD_FAULT_TOO_LARGE, NULL, 0, NULL, "contacts"));
  read_contacts (self);
  update (self, TRUE);
  return done;
}

void
rd_quiet_drop_account (RdQuiet *self, const char *account)
{
  g_return_if_fail (RD_IS_QUIET (self));
  g_return_if_fail (account != NULL);

  self->writing = TRUE;
  rewrite_list (self, "muted", account, NULL, NULL);
  rewrite_list (self, "vips", account, NULL, NULL);
  self->writing = FALSE;
  read_contacts (self);
  update (self, TRUE);
}
