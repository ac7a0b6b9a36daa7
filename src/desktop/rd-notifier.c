/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier.h"

#include "rd-notifier-notice.h"
#include "rd-notifier-reports.h"
#include "rd-notifier-worker.h"

/* The agent's side of notifications: turns what is to be said into notices for the worker, and its reports into
 * signals. It never waits, but in shut_down(). */

typedef enum
{
  RD_NOTIFIER_PROP_HEALTH = 1,
} RdNotifierProps;

enum
{
  CALL_ACTION,
  CALL_DISMISSED,
  ACTION,
  REPLY,
  N_SIGNALS
};

static GParamSpec *properties[RD_NOTIFIER_PROP_HEALTH + 1];
static guint signals[N_SIGNALS];

struct _RdNotifier
{
  GObject parent_instance;
  RdNotifierWorker *worker; /* NULL once shut down */
  const char *health;       /* interned */
};

G_DEFINE_FINAL_TYPE (RdNotifier, rd_notifier, G_TYPE_OBJECT)

static void
on_health (RdNotifierReports *reports, const char *health, RdNotifier *self)
{
  health = g_intern_string (health);
  if (self->health == health)
    return;
  g_debug ("Notifications: %s", health);
  self->health = health;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_NOTIFIER_PROP_HEALTH]);
}

static void
on_action (RdNotifierReports *reports, RdNotice *notice, const char *action, const char *token, RdNotifier *self)
{
  if (notice->kind == RD_NOTICE_CALL)
    g_signal_emit (self, signals[CALL_ACTION], 0, notice->id, action, token);
  else
    g_signal_emit (self, signals[ACTION], 0, rd_notice_kind_to_string (notice->kind), notice->id, action, token);
}

static void
on_reply (RdNotifierReports *reports, RdNotice *notice, const char *text, RdNotifier *self)
{
  g_signal_emit (self, signals[REPLY], 0, notice->id, text);
}

static void
on_dismissed (RdNotifierReports *reports, RdNotice *notice, RdNotifier *self)
{
  g_signal_emit (self, signals[CALL_DISMISSED], 0, notice->id);
}

/* Takes @notice. */
static void
show (RdNotifier *self, RdNotice *notice)
{
  if (self->worker != NULL)
    rd_notifier_worker_show (self->worker, notice);
  rd_notice_unref (notice);
}

/* GObject */

static void
rd_notifier_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdNotifier *self = RD_NOTIFIER (object);

  switch ((RdNotifierProps) id)
    {
    case RD_NOTIFIER_PROP_HEALTH:
      g_value_set_string (value, self->health);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_notifier_dispose (GObject *object)
{
  rd_notifier_shut_down (RD_NOTIFIER (object), 0);
  G_OBJECT_CLASS (rd_notifier_parent_class)->dispose (object);
}

static void
rd_notifier_class_init (RdNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_notifier_get_property;
  object_class->dispose = rd_notifier_dispose;
  properties[RD_NOTIFIER_PROP_HEALTH] = g_param_spec_string (
      "health", NULL, NULL, "unknown", G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[CALL_ACTION] = g_signal_new ("call-action", RD_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[CALL_DISMISSED] = g_signal_new ("call-dismissed", RD_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTION] = g_signal_new ("action", RD_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 4,
                                  G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[REPLY] = g_signal_new ("reply", RD_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                 G_TYPE_STRING, G_TYPE_STRING);
}

static void
rd_notifier_init (RdNotifier *self)
{
  self->health = g_intern_static_string ("unknown");
}

RdNotifier *
rd_notifier_new (const char *app_name, const char *desktop_entry, const char *icon_name, const char *ledger_path)
{
  g_autoptr (RdNotifierReports) reports = NULL;
  RdNotifier *self;

  g_return_val_if_fail (app_name != NULL && app_name[0] != '\0', NULL);
  self = g_object_new (RD_TYPE_NOTIFIER, NULL);
  reports = rd_notifier_reports_new ();
  self->worker = rd_notifier_worker_new (reports, app_name, desktop_entry, icon_name, ledger_path);
  g_signal_connect_object (reports, "health", G_CALLBACK (on_health), self, 0);
  g_signal_connect_object (reports, "action", G_CALLBACK (on_action), self, 0);
  g_signal_connect_object (reports, "reply", G_CALLBACK (on_reply), self, 0);
  g_signal_connect_object (reports, "dismissed", G_CALLBACK (on_dismissed), self, 0);
  return self;
}

void
rd_notifier_warm_up (RdNotifier *self)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  if (self->worker != NULL)
    rd_notifier_worker_probe (self->worker);
}

const char *
rd_notifier_get_health (RdNotifier *self)
{
  g_return_val_if_fail (RD_IS_NOTIFIER (self), NULL);
  return self->health;
}

void
rd_notifier_set_discreet (RdNotifier *self, gboolean discreet)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  if (self->worker != NULL)
    rd_notifier_worker_set_discreet (self->worker, discreet);
}

void
rd_notifier_show_call (RdNotifier *self, const char *key, const char *peer_name, const char *account_name,
                       gboolean audio, gboolean soft, gboolean can_answer)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (key != NULL);
  show (self, rd_notice_new_call (key, peer_name, account_name, audio, soft, can_answer));
}

void
rd_notifier_close_call (RdNotifier *self, const char *key)
{
  g_autofree char *whole = NULL;

  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (key != NULL);
  whole = rd_notice_make_key (RD_NOTICE_CALL, key);
  if (self->worker != NULL)
    rd_notifier_worker_close (self->worker, whole);
}

void
rd_notifier_show_missed (RdNotifier *self, const char *id, const char *peer_name, const char *account_name,
                         gint64 when, gboolean can_call_back)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (id != NULL);
  show (self, rd_notice_new_missed (id, peer_name, account_name, when, can_call_back));
}

void
rd_notifier_show_reminder (RdNotifier *self, const char *id, const char *peer_name, const char *account_name,
                           gint64 when, gboolean can_call_back)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (id != NULL);
  show (self, rd_notice_new_reminder (id, peer_name, account_name, when, can_call_back));
}

void
rd_notifier_show_missed_calls (RdNotifier *self, const char *id, const char *title, const char *names,
                               const char *account_name, gboolean can_call_back)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (id != NULL && title != NULL);
  show (self, rd_notice_new_missed_calls (id, title, names, account_name, can_call_back));
}

void
rd_notifier_show_payment (RdNotifier *self, const char *id, const char *title, const char *body, const char *amount,
                          const char *account_name)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (id != NULL);
  show (self, rd_notice_new_payment (id, title, body, amount, account_name));
}

void
rd_notifier_show_message (RdNotifier *self, const char *id, const char *title, const char *text,
                          const char *account_name, RdNotifierOffers offers)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (id != NULL);
  show (self, rd_notice_new_message (id, title, text, account_name, offers));
}

void
rd_notifier_show_notice (RdNotifier *self, const char *id, const char *severity, const char *title, const char *body,
                         const char *account_name)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (id != NULL);
  show (self, rd_notice_new_notice (id, severity, title, body, account_name));
}

void
rd_notifier_withdraw (RdNotifier *self, const char *kind, const char *id)
{
  g_autofree char *key = NULL;

  g_return_if_fail (RD_IS_NOTIFIER (self));
  g_return_if_fail (kind != NULL && id != NULL);
  key = g_strdup_printf ("%s %s", kind, id);
  if (self->worker != NULL)
    rd_notifier_worker_close (self->worker, key);
}

void
rd_notifier_shut_down (RdNotifier *self, guint timeout_ms)
{
  g_return_if_fail (RD_IS_NOTIFIER (self));
  if (self->worker == NULL)
    return;
  if (!rd_notifier_worker_stop (self->worker, timeout_ms))
    g_debug ("The notification server does not answer: its thread is left behind");
  g_clear_object (&self->worker);
}
