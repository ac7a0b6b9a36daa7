/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-reminder-policy.h"

#include "rd-errand.h"

/* From a reminder to the session and back. The user has asked for it: do-not-disturb does not hold it back. */

/* Notifications that are known by their ids */
#define MAX_SHOWN 100

struct _RdReminderPolicy
{
  GObject parent_instance;

  RdReminders *reminders;
  RdPhone *phone;
  RdLines *lines;
  RdOperator *operator;
  RdNotifier *notifier;
  RdNotices *notices;
  RdWindowLauncher *launcher;
  GHashTable *shown; /* id → GVariant, a LISTED CALL */
  guint64 last;
};

G_DEFINE_FINAL_TYPE (RdReminderPolicy, rd_reminder_policy, G_TYPE_OBJECT)

static const char *
get_text (GVariant *call, const char *key)
{
  const char *text = "";

  g_variant_lookup (call, key, "&s", &text);
  return text;
}

static gboolean
can_call_back (RdReminderPolicy *self, GVariant *call)
{
  RdLine *line = rd_lines_lookup (self->lines, get_text (call, "account"));

  return line != NULL && rd_line_get_can_call (line) && *get_text (call, "peer-id") != '\0';
}

static void
on_reminder_due (RdReminders *reminders, GVariant *call, RdReminderPolicy *self)
{
  g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, ++self->last);
  gint64 when = 0;

  g_variant_lookup (call, "created-at", "x", &when);
  rd_notifier_show_reminder (self->notifier, id, get_text (call, "peer-name"),
                             rd_lines_get_label (self->lines, get_text (call, "account")), when,
                             can_call_back (self, call));
  if (g_hash_table_size (self->shown) < MAX_SHOWN)
    g_hash_table_insert (self->shown, g_steal_pointer (&id), g_variant_ref (call));
}

static void
call_back (RdReminderPolicy *self, GVariant *call)
{
  gboolean audio = FALSE;

  g_variant_lookup (call, "audio", "b", &audio);
  rd_errand_place (self->operator, self->notices, get_text (call, "account"), get_text (call, "peer-id"), audio, NULL);
}

static void
on_notifier_action (RdNotifier *notifier, const char *kind, const char *id, const char *action, const char *token,
                    RdReminderPolicy *self)
{
  GVariant *call = g_str_equal (kind, "reminder") ? g_hash_table_lookup (self->shown, id) : NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (kind, "reminder"))
    return;
  if (call != NULL && g_str_equal (action, "call-back") && can_call_back (self, call))
    call_back (self, call);
  else if (!rd_window_launcher_open (self->launcher, "calls", token, &error))
    g_message ("The window: %s", error->message);
  rd_notifier_withdraw (self->notifier, kind, id);
  g_hash_table_remove (self->shown, id);
}

/* Takes down what stands of @account, with @peer (nullable: with anybody). */
static void
withdraw (RdReminderPolicy *self, const char *account, const char *peer)
{
  GHashTableIter iter;
  gpointer id;
  gpointer call;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &id, &call))
    {
      if (!g_str_equal (get_text (call, "account"), account)
          || (peer != NULL && (*peer == '\0' || !g_str_equal (get_text (call, "peer-id"), peer))))
        continue;
      rd_notifier_withdraw (self->notifier, "reminder", id);
      g_hash_table_iter_remove (&iter);
    }
}

static void
on_call_state_changed (RdCall *call, GParamSpec *pspec, RdReminderPolicy *self)
{
  RdCallState state = rd_call_get_state (call);

  if (state != RD_CALL_ACTIVE && state != RD_CALL_ANSWERED_ELSEWHERE)
    return;
  rd_reminders_take (self->reminders, rd_call_get_account (call), rd_call_get_id (call), rd_call_get_peer_id (call));
  withdraw (self, rd_call_get_account (call), rd_call_get_peer_id (call));
}

static void
on_call_added (RdPhone *phone, RdCall *call, RdReminderPolicy *self)
{
  g_signal_connect_object (call, "notify::state", G_CALLBACK (on_call_state_changed), self, 0);
  on_call_state_changed (call, NULL, self);
}

static void
on_line_removed (RdLines *lines, RdLine *line, RdReminderPolicy *self)
{
  rd_reminders_clear (self->reminders, rd_line_get_id (line));
  withdraw (self, rd_line_get_id (line), NULL);
}

/*
 * GObject
 */
static void
rd_reminder_policy_finalize (GObject *object)
{
  RdReminderPolicy *self = RD_REMINDER_POLICY (object);

  g_clear_object (&self->reminders);
  g_clear_object (&self->phone);
  g_clear_object (&self->lines);
  g_clear_object (&self->operator);
  g_clear_object (&self->notifier);
  g_clear_object (&self->notices);
  g_clear_object (&self->launcher);
  g_hash_table_unref (self->shown);

  G_OBJECT_CLASS (rd_reminder_policy_parent_class)->finalize (object);
}

static void
rd_reminder_policy_class_init (RdReminderPolicyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_reminder_policy_finalize;
}

static void
rd_reminder_policy_init (RdReminderPolicy *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
}

RdReminderPolicy *
rd_reminder_policy_new (const RdPolicyContext *context)
{
  RdReminderPolicy *self;

  g_return_val_if_fail (context != NULL && context->reminders != NULL, NULL);

  self = g_object_new (RD_TYPE_REMINDER_POLICY, NULL);
  self->reminders = g_object_ref (context->reminders);
  self->phone = g_object_ref (context->phone);
  self->lines = g_object_ref (context->lines);
  self->operator = g_object_ref (context->operator);
  self->notifier = g_object_ref (context->notifier);
  self->notices = g_object_ref (context->notices);
  self->launcher = g_object_ref (context->launcher);
  g_signal_connect_object (self->reminders, "due", G_CALLBACK (on_reminder_due), self, 0);
  g_signal_connect_object (self->notifier, "action", G_CALLBACK (on_notifier_action), self, 0);
  g_signal_connect_object (self->phone, "call-added", G_CALLBACK (on_call_added), self, 0);
  g_signal_connect_object (self->lines, "line-removed", G_CALLBACK (on_line_removed), self, 0);
  return self;
}
