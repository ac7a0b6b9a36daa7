/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-background.h"
#include "rd-browser.h"
#include "rd-burst.h"
#include "rd-desktop-quiet.h"
#include "rd-journal.h"
#include "rd-notifier.h"
#include "rd-operator.h"
#include "rd-preferences.h"
#include "rd-quiet.h"
#include "rd-reminders.h"
#include "rd-ringer.h"
#include "rd-session-lock.h"
#include "rd-usher.h"
#include "rd-window-launcher.h"

G_BEGIN_DECLS

/* What the policies decide about, and with. Borrowed for the constructor's call; kept by reference. */
typedef struct
{
  RdPhone *phone;
  RdLines *lines;
  RdOperator *operator;
  RdNotifier *notifier;
  RdRinger *ringer;
  RdPreferences *preferences;
  RdQuiet *quiet;
  RdWindowLauncher *launcher;
  RdNotices *notices;
  RdJournal *journal;
  RdReminders *reminders;
  RdBurst *burst;
  RdUsher *usher;
  RdBrowser *browser;
  RdDesktopQuiet *desktop_quiet;
  RdSessionLock *session_lock;
  RdBackground *background;
} RdPolicyContext;

#define RD_TYPE_CALL_POLICY (rd_call_policy_get_type ())
G_DECLARE_FINAL_TYPE (RdCallPolicy, rd_call_policy, RD, CALL_POLICY, GObject)

/* How a call shows: one notification while it rings, the ringer, the window, the missed call's notification. */
RdCallPolicy *rd_call_policy_new (const RdPolicyContext *context) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
