/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-notifier"

#include "config.h"

#include "rd-notifier-reports.h"

/* The way from the worker's thread to the caller's, and the watch over the worker that only the caller's thread can
 * keep, since the worker's is the one that waits. */

#define PATIENCE_MS 2000

enum
{
  HEALTH,
  ACTION,
  REPLY,
  DISMISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _RdNotifierReports
{
  GObject parent_instance;
  GMainContext *context;
  GMutex lock;
  const char *health; /* the last one reported; interned, under the lock */
};

G_DEFINE_FINAL_TYPE (RdNotifierReports, rd_notifier_reports, G_TYPE_OBJECT)

typedef struct
{
  RdNotifierReports *reports;
  guint signal;
  RdNotice *notice;
  char *text;
  char *token;
} Report;

static void
free_report (gpointer data)
{
  Report *report = data;

  g_object_unref (report->reports);
  g_clear_pointer (&report->notice, rd_notice_unref);
  g_free (report->text);
  g_free (report->token);
  g_free (report);
}

static gboolean
on_report (gpointer user_data)
{
  Report *report = user_data;

  if (report->signal == HEALTH)
    g_signal_emit (report->reports, signals[HEALTH], 0, report->text);
  else if (report->signal == ACTION)
    g_signal_emit (report->reports, signals[ACTION], 0, report->notice, report->text, report->token);
  else if (report->signal == REPLY)
    g_signal_emit (report->reports, signals[REPLY], 0, report->notice, report->text);
  else
    g_signal_emit (report->reports, signals[DISMISSED], 0, report->notice);
  return G_SOURCE_REMOVE;
}

/* Not g_main_context_invoke(): that would run it in this thread whenever the caller's loop is between iterations. */
static void
post (RdNotifierReports *self, guint signal, RdNotice *notice, const char *text, const char *token)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Report *report = g_new0 (Report, 1);

  report->reports = g_object_ref (self);
  report->signal = signal;
  report->notice = notice != NULL ? rd_notice_ref (notice) : NULL;
  report->text = g_strdup (text);
  report->token = g_strdup (token);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_report, report, free_report);
  g_source_attach (source, self->context);
}

static gboolean
on_patience_over (gpointer user_data)
{
  rd_notifier_reports_health (user_data, "not-answering");
  return G_SOURCE_REMOVE;
}

/* GObject */

static void
rd_notifier_reports_finalize (GObject *object)
{
  RdNotifierReports *self = RD_NOTIFIER_REPORTS (object);

  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (rd_notifier_reports_parent_class)->finalize (object);
}

static void
rd_notifier_reports_class_init (RdNotifierReportsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_notifier_reports_finalize;
  signals[HEALTH] = g_signal_new ("health", RD_TYPE_NOTIFIER_REPORTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ACTION] = g_signal_new ("action", RD_TYPE_NOTIFIER_REPORTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_STRING, G_TYPE_STRING);
  signals[REPLY] = g_signal_new ("reply", RD_TYPE_NOTIFIER_REPORTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  signals[DISMISSED] = g_signal_new ("dismissed", RD_TYPE_NOTIFIER_REPORTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
rd_notifier_reports_init (RdNotifierReports *self)
{
  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
}

RdNotifierReports *
rd_notifier_reports_new (void)
{
  return g_object_new (RD_TYPE_NOTIFIER_REPORTS, NULL);
}

void
rd_notifier_reports_health (RdNotifierReports *self, const char *health)
{
  gboolean news;

  health = g_intern_string (health);
  g_mutex_lock (&self->lock);
  news = self->health != health;
  self->health = health;
  g_mutex_unlock (&self->lock);
  if (news)
    post (self, HEALTH, NULL, health, NULL);
}

void
rd_notifier_reports_action (RdNotifierReports *self, RdNotice *notice, const char *action, const char *token)
{
  post (self, ACTION, notice, action, token);
}

void
rd_notifier_reports_reply (RdNotifierReports *self, RdNotice *notice, const char *text)
{
  post (self, REPLY, notice, text, NULL);
}

void
rd_notifier_reports_dismissed (RdNotifierReports *self, RdNotice *notice)
{
  post (self, DISMISSED, notice, NULL, NULL);
}

GSource *
rd_notifier_reports_start_watchdog (RdNotifierReports *self)
{
  GSource *watchdog = g_timeout_source_new (PATIENCE_MS);

  g_source_set_callback (watchdog, on_patience_over, g_object_ref (self), g_object_unref);
  g_source_attach (watchdog, self->context);
  return watchdog;
}

void
rd_notifier_reports_stop_watchdog (GSource *watchdog)
{
  g_source_destroy (watchdog);
  g_source_unref (watchdog);
}
