/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-quiet-object.h"

#include "rd-clean.h"
#include "rd-dbus-error.h"
#include "rd-fault.h"

#include <string.h>

/* Do not disturb, on the bus. */

struct _RdQuietObject
{
  RdDBusQuiet1Skeleton parent_instance;

  RdQuiet *quiet;
  RdPreferences *preferences;
  RdLines *lines;
  RdClock *clock;
};

static gboolean
refuse (GDBusMethodInvocation *invocation, RdFaultCode code, const char *where)
{
  g_autoptr (GError) error = rd_fault_new (code, NULL, 0, NULL, where);

  rd_dbus_error_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_set (RdDBusQuiet1 *object, GDBusMethodInvocation *invocation, gboolean on, gint64 until)
{
  RdQuietObject *self = RD_QUIET_OBJECT (object);

  if (until < 0 || (on && until != 0 && until <= rd_clock_get_real_time (self->clock)))
    return refuse (invocation, RD_FAULT_BAD_INPUT, "until");
  rd_quiet_set (self->quiet, on, until);
  rd_dbus_quiet1_complete_set (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
read_treatment (const char *nick, RdTreatment *treatment)
{
  static const char * const nicks[] = {
    [RD_TREATMENT_NORMAL] = "normal",
    [RD_TREATMENT_MUTED] = "muted",
    [RD_TREATMENT_VIP] = "vip",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nicks); i++)
    if (g_str_equal (nick, nicks[i]))
      {
        *treatment = (RdTreatment) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
on_handle_set_contact (RdDBusQuiet1          *object,
                       GDBusMethodInvocation *invocation,
                       const char            *account,
                       const char            *person,
                       const char            *name,
                       const char            *nick)
{
  RdQuietObject *self = RD_QUIET_OBJECT (object);
  RdTreatment treatment;
  g_autoptr (GError) error = NULL;

  if (!read_treatment (nick, &treatment))
    return refuse (invocation, RD_FAULT_BAD_INPUT, "treatment");
  if (strlen (name) > RD_CLEAN_NAME * 4)
    return refuse (invocation, RD_FAULT_BAD_INPUT, "name");
  /* Whoever is still on the list of an account that is gone can be taken off it. */
  if (treatment != RD_TREATMENT_NORMAL && rd_lines_lookup (self->lines, account) == NULL)
    return refuse (invocation, RD_FAULT_NOT_FOUND, "account");
  if (rd_quiet_set_treatment (self->quiet, account, person, name, treatment, &error))
    rd_dbus_quiet1_complete_set_contact (object, invocation);
  else
    rd_dbus_error_return (invocation, error);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
quiet1_iface_init (RdDBusQuiet1Iface *iface)
{
  iface->handle_set = on_handle_set;
  iface->handle_set_contact = on_handle_set_contact;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdQuietObject, rd_quiet_object, RD_DBUS_TYPE_QUIET1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_QUIET1, quiet1_iface_init))

static const char *
why_to_string (RdQuietWhy why)
{
  switch (why)
    {
    case RD_QUIET_SWITCH:
      return "switch";
    case RD_QUIET_SCHEDULE:
      return "schedule";
    case RD_QUIET_NOT:
    default:
      return "";
    }
}

static void
on_quiet_changed (RdQuiet *quiet, RdQuietObject *self)
{
  RdDBusQuiet1 *object = RD_DBUS_QUIET1 (self);
  g_autoptr (GVariant) muted = rd_preferences_dup_value (self->preferences, "muted");
  g_autoptr (GVariant) vips = rd_preferences_dup_value (self->preferences, "vips");

  rd_dbus_quiet1_set_why (object, why_to_string (rd_quiet_get_why (quiet)));
  rd_dbus_quiet1_set_until (object, rd_quiet_get_until (quiet));
  rd_dbus_quiet1_set_desktop (object, rd_quiet_get_desktop (quiet));
  rd_dbus_quiet1_set_banners (object, rd_quiet_allows (quiet, RD_QUIET_CALL, NULL, NULL));
  rd_dbus_quiet1_set_sounds (object, rd_quiet_allows (quiet, RD_QUIET_SOUND, NULL, NULL));
  rd_dbus_quiet1_set_muted (object, muted);
  rd_dbus_quiet1_set_vips (object, vips);
}

/*
 * GObject
 */
static void
rd_quiet_object_finalize (GObject *object)
{
  RdQuietObject *self = RD_QUIET_OBJECT (object);

  g_clear_object (&self->quiet);
  g_clear_object (&self->preferences);
  g_clear_object (&self->lines);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (rd_quiet_object_parent_class)->finalize (object);
}

static void
rd_quiet_object_class_init (RdQuietObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_quiet_object_finalize;
}

static void
rd_quiet_object_init (RdQuietObject *self)
{
}

RdQuietObject *
rd_quiet_object_new (RdQuiet *quiet, RdPreferences *preferences, RdLines *lines, RdClock *clock)
{
  RdQuietObject *self;

  g_return_val_if_fail (RD_IS_QUIET (quiet), NULL);
  g_return_val_if_fail (RD_IS_PREFERENCES (preferences), NULL);
  g_return_val_if_fail (RD_IS_LINES (lines), NULL);
  g_return_val_if_fail (RD_IS_CLOCK (clock), NULL);

  self = g_object_new (RD_TYPE_QUIET_OBJECT, NULL);
  self->quiet = g_object_ref (quiet);
  self->preferences = g_object_ref (preferences);
  self->lines = g_object_ref (lines);
  self->clock = g_object_ref (clock);
  g_signal_connect_object (quiet, "changed", G_CALLBACK (on_quiet_changed), self, 0);
  on_quiet_changed (quiet, self);
  return self;
}
