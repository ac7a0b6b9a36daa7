/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-clock.h"
#include "rd-preferences.h"

G_BEGIN_DECLS

/* Why the user is not to be disturbed, as far as it is Ringdown that was told so. */
typedef enum
{
  RD_QUIET_NOT,
  RD_QUIET_SWITCH,
  RD_QUIET_SCHEDULE,
} RdQuietWhy;

/* What may disturb. */
typedef enum
{
  RD_QUIET_CALL,  /* a ringing call's notification, and the window that opens for it */
  RD_QUIET_TOAST, /* any other: the desktop's own mode is for the desktop to keep there */
  RD_QUIET_SOUND,
} RdQuietWhat;

typedef enum
{
  RD_TREATMENT_NORMAL,
  RD_TREATMENT_MUTED,
  RD_TREATMENT_VIP,
} RdTreatment;

/* Of the muted, and of the VIPs. */
#define RD_QUIET_MAX_CONTACTS 500

#define RD_TYPE_QUIET (rd_quiet_get_type ())
G_DECLARE_FINAL_TYPE (RdQuiet, rd_quiet, RD, QUIET, GObject)

/**
 * RdQuiet:
 *
 * Do not disturb: the user's switch, quiet hours, the desktop's own mode, who is muted and who always rings. What is
 * set is kept in the preferences, and what is answered is true at that moment, whatever became of the clock.
 *
 * Property `desktop` (boolean, read and written): the desktop is in a do-not-disturb mode of its own.
 * ::changed (): any of what is asked below may be answered otherwise now.
 */
RdQuiet    *rd_quiet_new           (RdPreferences *preferences, RdClock *clock) G_GNUC_WARN_UNUSED_RESULT;
RdQuietWhy  rd_quiet_get_why       (RdQuiet *self);
/* When that ends, µs since the epoch; 0: when the user says so, or it is not quiet */
gint64      rd_quiet_get_until     (RdQuiet *self);
gboolean    rd_quiet_get_desktop   (RdQuiet *self);
void        rd_quiet_set_desktop   (RdQuiet *self, gboolean desktop);
/* The user's switch. @until: 0: until it is turned off. Off: also the quiet hours that are now, until they begin
 * anew. */
void        rd_quiet_set           (RdQuiet *self, gboolean on, gint64 until);
/* Whether @what may disturb now. @person: (nullable): the id, as calls and People1 have it, of who it is from; somebody
 * of whom that is not known is neither muted nor a VIP */
gboolean    rd_quiet_allows        (RdQuiet *self, RdQuietWhat what, const char *account, const char *person);
RdTreatment rd_quiet_get_treatment (RdQuiet *self, const char *account, const char *person);
/* Errors are RD_FAULT. @name: for people to read */
gboolean    rd_quiet_set_treatment (RdQuiet *self, const char *account, const char *person, const char *name,
                                    RdTreatment treatment, GError **error);
/* The account goes: its people, too. */
void        rd_quiet_drop_account  (RdQuiet *self, const char *account);

G_END_DECLS
