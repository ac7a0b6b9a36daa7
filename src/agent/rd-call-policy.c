/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-call-policy.h"

#include "rd-errand.h"
#include "rd-fault.h"
#include "rd-records.h"
#include "rd-rings.h"
#include "rd-text.h"

/* From the phone to the session and back, for calls. The notification comes first of all that a call sets off: it is
 * what people wait for. */

struct _RdCallPolicy
{
  GObject parent_instance;

  RdPhone *phone;
  RdLines *lines;
  RdOperator *operator;
  RdNotifier *notifier;
  RdRinger *ringer;
  RdQuiet *quiet;
  RdWindowLauncher *launcher;
  RdNotices *notices;
  RdJournal *journal;

  RdBurst *burst;
  RdUsher *usher;
  RdBrowser *browser;

  RdRings *rings;
};

G_DEFINE_FINAL_TYPE (RdCallPolicy, rd_call_policy, G_TYPE_OBJECT)

static void
open_window (RdCallPolicy *self, const char *activation_token)
{
  g_autoptr (GError) error = NULL;

  if (!rd_window_launcher_open (self->launcher, "calls", activation_token, &error))
    g_message ("The window: %s", error->message);
}

static void
consider (RdCallPolicy *self, RdCall *call)
{
  g_autofree char *key = rd_record_dup_call_key (call);

  if (rd_call_get_state (call) == RD_CALL_RINGING_IN)
    rd_rings_add (self->rings, call, key);
  else
    rd_rings_remove (self->rings, key);
}

static void
on_call_state_changed (RdCall *call, GParamSpec *pspec, RdCallPolicy *self)
{
  consider (self, call);
}

static void
on_call_added (RdPhone *phone, RdCall *call, RdCallPolicy *self)
{
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_state_changed), self, 0);
  consider (self, call);
}

static void
on_call_ended (RdPhone *phone, RdCall *call, RdCallPolicy *self)
{
  g_autofree char *key = rd_record_dup_call_key (call);

  rd_rings_remove (self->rings, key);
}

static gboolean
can_call_back (RdCallPolicy *self, RdCall *call)
{
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (call));

  return line != NULL && rd_line_get_can_call (line) && *rd_call_get_peer_id (call) != '\0';
}

/* (nullable) (transfer none): whom "Call Back" calls: the one who has called, if it was one */
static RdCall *
get_caller (RdCallPolicy *self, const RdToast *toast)
{
  RdCall *call = RD_CALL (rd_toast_get_last (toast)->thing);

  return rd_toast_count_people (toast) == 1 && can_call_back (self, call) ? call : NULL;
}

static void
show_missed (RdCallPolicy *self, const RdToast *toast)
{
  const RdToastItem *last = rd_toast_get_last (toast);
  RdCall *call = RD_CALL (last->thing);
  const char *label = rd_lines_get_label (self->lines, toast->account);
  gboolean can_call = get_caller (self, toast) != NULL;
  g_autofree char *heading = NULL;
  g_autofree char *title = NULL;
  g_autofree char *names = NULL;

  if (toast->items->len == 1)
    {
      rd_notifier_show_missed (self->notifier, toast->id, last->name, label, rd_call_get_created_at (call), can_call);
      return;
    }
  heading = rd_text_for_missed (toast->items->len, rd_toast_count_people (toast) == 1 ? last->name : NULL);
  title = toast->away ? rd_text_while_away (heading) : g_strdup (heading);
  names = rd_toast_count_people (toast) == 1 ? NULL : rd_toast_dup_lines (toast);
  rd_notifier_show_missed_calls (self->notifier, toast->id, title, names, label, can_call);
}

static void
on_burst_show (RdBurst *burst, const RdToast *toast, gboolean first, RdCallPolicy *self)
{
  if (g_str_equal (toast->type, "missed"))
    show_missed (self, toast);
}

static void
on_call_logged (RdPhone *phone, RdCall *call, RdCallPolicy *self)
{
  g_autoptr (GVariant) record = rd_record_new_for_call (call);
  RdToastItem *item;

  rd_journal_add_call (self->journal, record);
  if (rd_call_get_state (call) != RD_CALL_MISSED || !rd_call_get_incoming (call))
    return;

  item = rd_toast_item_new ();
  item->name = g_strdup (rd_call_get_peer_name (call));
  if (*rd_call_get_peer_id (call) != '\0')
    item->person = g_strdup (rd_call_get_peer_id (call));
  item->thing = G_OBJECT (g_object_ref (call));
  rd_usher_tell (self->usher, rd_call_get_account (call), rd_call_get_peer_id (call), "missed",
                 g_str_equal (rd_call_get_reason (call), "late"), item);
}

static void
on_ring_out_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!rd_operator_call_finish (RD_OPERATOR (source), result, &error))
    g_message ("A call that nobody answered could not be ended: %s", error->message);
}

static void
on_ring_out_expired (RdPhone *phone, RdCall *call, RdCallPolicy *self)
{
  rd_operator_hang_up_async (self->operator, call, on_ring_out_done, NULL);
}

static void
on_line_removed (RdLines *lines, RdLine *line, RdCallPolicy *self)
{
  rd_journal_drop_account (self->journal, rd_line_get_id (line));
  rd_quiet_drop_account (self->quiet, rd_line_get_id (line));
}

static RdRingerState
ringer_state_of (RdRing ring)
{
  switch (ring)
    {
    case RD_RING_FULL:
      return RD_RINGER_FULL;
    case RD_RING_SOFT:
      return RD_RINGER_SOFT;
    case RD_RING_NONE:
    default:
      return RD_RINGER_SILENT;
    }
}

static void
on_ring_changed (RdPhone *phone, GParamSpec *pspec, RdCallPolicy *self)
{
  rd_ringer_set_target (self->ringer, ringer_state_of (rd_phone_get_ring (phone)));
}

/* A click on a notification has no caller to tell of a failure: a notice does. */
typedef struct
{
  RdCallPolicy *self;
  RdCall *call;
} Click;

static void
say_failure (RdCallPolicy *self, RdCall *call, const GError *error)
{
  rd_notices_say (self->notices, "error", rd_call_get_account (call), rd_call_get_id (call), error);
}

static Click *
click_new (RdCallPolicy *self, RdCall *call)
{
  Click *click = g_new0 (Click, 1);

  click->self = g_object_ref (self);
  click->call = g_object_ref (call);
  return click;
}

static void
click_free (Click *click)
{
  g_object_unref (click->call);
  g_object_unref (click->self);
  g_free (click);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Click, click_free)

static void
on_click_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Click) click = user_data;
  g_autoptr (GError) error = NULL;

  g_autofree char *key = rd_record_dup_call_key (click->call);

  if (rd_operator_call_finish (RD_OPERATOR (source), result, &error))
    return;
  say_failure (click->self, click->call, error);
  rd_rings_show_again (click->self->rings, click->call, key);
}

static void
on_page_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Click) click = user_data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_browser_open_finish (RD_BROWSER (source), result, &failed))
    return;
  error = rd_fault_new (RD_FAULT_NO_BROWSER, NULL, 0, NULL, "page");
  say_failure (click->self, click->call, error);
}

/* It is taken at the site itself. */
static void
open_site (RdCallPolicy *self, RdCall *call, const char *token)
{
  RdLine *line = rd_lines_lookup (self->lines, rd_call_get_account (call));
  g_autofree char *url = line != NULL ? rd_line_dup_page (line, "call", rd_call_get_id (call), NULL) : NULL;

  if (url != NULL)
    rd_browser_open_async (self->browser, url, token, NULL, on_page_opened, click_new (self, call));
  else
    open_window (self, token);
}

static void
on_notifier_call_action (RdNotifier *notifier, const char *key, const char *action, const char *token,
                         RdCallPolicy *self)
{
  RdCall *call = rd_rings_lookup (self->rings, key);

  if (call == NULL)
    return;
  if (g_str_equal (action, "answer"))
    rd_operator_answer_async (self->operator, call, token, on_click_done, click_new (self, call));
  else if (g_str_equal (action, "decline"))
    rd_operator_decline_async (self->operator, call, NULL, on_click_done, click_new (self, call));
  else if (g_str_equal (action, "open"))
    open_site (self, call, token);
  else
    open_window (self, token);
}

static void
on_notifier_call_dismissed (RdNotifier *notifier, const char *key, RdCallPolicy *self)
{
  RdCall *call = rd_rings_lookup (self->rings, key);

  if (call != NULL)
    rd_phone_silence (self->phone, call);
}

static void
call_back (RdCallPolicy *self, RdCall *call)
{
  rd_errand_place (self->operator, self->notices, rd_call_get_account (call), rd_call_get_peer_id (call),
                   rd_call_get_audio (call), rd_call_get_id (call));
}

static void
on_notifier_action (RdNotifier *notifier, const char *kind, const char *id, const char *action, const char *token,
                    RdCallPolicy *self)
{
  const RdToast *toast = rd_burst_lookup (self->burst, id);
  RdCall *caller;

  if (!g_str_equal (kind, "missed"))
    return;
  caller = toast != NULL ? get_caller (self, toast) : NULL;
  if (caller != NULL && g_str_equal (action, "call-back"))
    call_back (self, caller);
  else
    open_window (self, token);
  rd_notifier_withdraw (self->notifier, kind, id);
  rd_burst_forget (self->burst, id);
}

/*
 * GObject
 */
static void
rd_call_policy_finalize (GObject *object)
{
  RdCallPolicy *self = RD_CALL_POLICY (object);

  g_clear_object (&self->rings);
  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->operator);
  g_clear_object (&self->notifier);
  g_clear_object (&self->ringer);
  g_clear_object (&self->quiet);
  g_clear_object (&self->launcher);
  g_clear_object (&self->notices);
  g_clear_object (&self->journal);
  g_clear_object (&self->burst);
  g_clear_object (&self->usher);
  g_clear_object (&self->browser);

  G_OBJECT_CLASS (rd_call_policy_parent_class)->finalize (object);
}

static void
rd_call_policy_class_init (RdCallPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_call_policy_finalize;
}

static void
rd_call_policy_init (RdCallPolicy *self)
{
}

static void
connect_signals (RdCallPolicy *self)
{
  g_signal_connect_object (self->phone, "call-added", G_CALLBACK (on_call_added), self, 0);
  g_signal_connect_object (self->phone, "call-ended", G_CALLBACK (on_call_ended), self, 0);
  g_signal_connect_object (self->phone, "call-logged", G_CALLBACK (on_call_logged), self, 0);
  g_signal_connect_object (self->phone, "ring-out-expired", G_CALLBACK (on_ring_out_expired), self, 0);
  g_signal_connect_object (self->phone, "notify::ring", G_CALLBACK (on_ring_changed), self, 0);
  g_signal_connect_object (self->lines, "line-removed", G_CALLBACK (on_line_removed), self, 0);
  g_signal_connect_object (self->notifier, "call-action", G_CALLBACK (on_notifier_call_action), self, 0);
  g_signal_connect_object (self->notifier, "call-dismissed", G_CALLBACK (on_notifier_call_dismissed), self, 0);
  g_signal_connect_object (self->notifier, "action", G_CALLBACK (on_notifier_action), self, 0);
  g_signal_connect_object (self->burst, "show", G_CALLBACK (on_burst_show), self, 0);
}

RdCallPolicy *
rd_call_policy_new (const RdPolicyContext *context)
{
  RdCallPolicy *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = g_object_new (RD_TYPE_CALL_POLICY, NULL);
  self->phone = g_object_ref (context->phone);
  self->lines = g_object_ref (context->lines);
  self->operator = g_object_ref (context->operator);
  self->notifier = g_object_ref (context->notifier);
  self->ringer = g_object_ref (context->ringer);
  self->quiet = g_object_ref (context->quiet);
  self->launcher = g_object_ref (context->launcher);
  self->notices = g_object_ref (context->notices);
  self->journal = g_object_ref (context->journal);
  self->burst = g_object_ref (context->burst);
  self->usher = g_object_ref (context->usher);
  self->rings = rd_rings_new (context);
  self->browser = g_object_ref (context->browser);
  connect_signals (self);
  return self;
}
