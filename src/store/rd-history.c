/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-store"

#include "config.h"

#include "rd-history.h"

#include "rd-history-private.h"

/* The history as the agent's main thread has it: it hands work to the thread that has the file (rd-history-thread.c),
 * and turns what that reports into signals. */

typedef enum
{
  PROP_MISSED = 1,
  PROP_PROBLEM,
} RdHistoryProps;

static GParamSpec *props[PROP_PROBLEM + 1];

enum
{
  ENTRY_ADDED,
  ENTRIES_RESET,
  SET_ASIDE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdHistory
{
  GObject parent_instance;

  char *path;
  gint64 max_size;
  GMainContext *context;
  RdHistoryThread *thread; /* (nullable): not open yet, or not any more */
  guint days;
  guint missed;
  guint waiting;
  GError *problem; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (RdHistory, rd_history, G_TYPE_OBJECT)

/* The thread may outlive the object. */
typedef struct
{
  GWeakRef history;
  GMainContext *context;
} Link;

static Link *
link_new (RdHistory *self)
{
  Link *link = g_atomic_rc_box_new0 (Link);

  g_weak_ref_init (&link->history, self);
  link->context = g_main_context_ref (self->context);
  return link;
}

static void
link_clear (gpointer data)
{
  Link *link = data;

  g_weak_ref_clear (&link->history);
  g_main_context_unref (link->context);
}

static void
link_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, link_clear);
}

typedef struct
{
  Link *link;
  RdHistoryReport *report;
} Arrival;

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  link_unref (arrival->link);
  rd_history_report_free (arrival->report);
  g_free (arrival);
}

static void
set_missed (RdHistory *self, guint missed)
{
  if (missed == self->missed)
    return;
  self->missed = missed;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MISSED]);
}

static void
set_problem (RdHistory *self, const GError *problem)
{
  g_clear_error (&self->problem);
  if (problem != NULL)
    {
      self->problem = g_error_copy (problem);
      g_message ("The history: %s", problem->message);
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static void
take_report (RdHistory *self, RdHistoryReport *report)
{
  self->waiting -= MIN (self->waiting, report->done);
  if (report->missed >= 0)
    set_missed (self, (guint) MIN (report->missed, (gint64) G_MAXUINT));
  for (guint i = 0; report->added != NULL && i < report->added->len; i++)
    g_signal_emit (self, signals[ENTRY_ADDED], 0, report->added->pdata[i]);
  if (report->reset)
    g_signal_emit (self, signals[ENTRIES_RESET], 0);
  if (report->judged)
    set_problem (self, report->problem);
  if (report->aside != NULL)
    g_signal_emit (self, signals[SET_ASIDE], 0, report->aside);
}

static gboolean
on_report_here (gpointer data)
{
  Arrival *arrival = data;
  g_autoptr (RdHistory) self = g_weak_ref_get (&arrival->link->history);

  if (self != NULL)
    take_report (self, arrival->report);
  return G_SOURCE_REMOVE;
}

/* In the history's thread. The order with the tasks' replies is kept: both are sources of the same priority. */
static void
on_report (RdHistoryReport *report, gpointer user_data)
{
  Link *link = user_data;
  Arrival *arrival = g_new0 (Arrival, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  arrival->link = g_atomic_rc_box_acquire (link);
  arrival->report = report;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_report_here, arrival, arrival_free);
  g_source_attach (source, link->context);
}

static void
push_days (RdHistory *self)
{
  RdHistoryJob *job = rd_history_job_new (RD_HISTORY_JOB_KEEP);

  job->days = self->days;
  rd_history_thread_push (self->thread, job);
}

/*
 * GObject
 */
static void
rd_history_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdHistory *self = RD_HISTORY (object);

  switch ((RdHistoryProps) id)
    {
    case PROP_MISSED:
      g_value_set_uint (value, self->missed);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_history_finalize (GObject *object)
{
  RdHistory *self = RD_HISTORY (object);

  rd_history_close (self, 0);
  g_clear_error (&self->problem);
  g_main_context_unref (self->context);
  g_free (self->path);

  G_OBJECT_CLASS (rd_history_parent_class)->finalize (object);
}

static void
rd_history_class_init (RdHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rd_history_get_property;
  object_class->finalize = rd_history_finalize;

  props[PROP_MISSED] = g_param_spec_uint ("missed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[ENTRY_ADDED] = g_signal_new ("entry-added", RD_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_VARIANT);
  signals[ENTRIES_RESET] = g_signal_new ("entries-reset", RD_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SET_ASIDE] = g_signal_new ("set-aside", RD_TYPE_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                     1, G_TYPE_ERROR);
}

static void
rd_history_init (RdHistory *self)
{
  self->context = g_main_context_ref_thread_default ();
}

RdHistory *
rd_history_new (const char *path, gint64 max_size)
{
  RdHistory *self;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (max_size > 0, NULL);

  self = g_object_new (RD_TYPE_HISTORY, NULL);
  self->path = g_strdup (path);
  self->max_size = max_size;
  return self;
}

void
rd_history_open (RdHistory *self)
{
  g_return_if_fail (RD_IS_HISTORY (self));
  g_return_if_fail (self->thread == NULL);

  self->thread = rd_history_thread_new (self->path, self->max_size, on_report, link_new (self), link_unref);
  if (self->days > 0)
    push_days (self);
}

void
rd_history_close (RdHistory *self, guint timeout_ms)
{
  g_return_if_fail (RD_IS_HISTORY (self));

  if (self->thread != NULL)
    rd_history_thread_stop (g_steal_pointer (&self->thread), timeout_ms);
}

void
rd_history_set_keep_days (RdHistory *self, guint days)
{
  g_return_if_fail (RD_IS_HISTORY (self));

  if (days == self->days)
    return;
  self->days = days;
  if (self->thread != NULL)
    push_days (self);
}

void
rd_history_add (RdHistory *self, GVariant *entry)
{
  g_autoptr (GVariant) kept = NULL;
  RdHistoryJob *job;

  g_return_if_fail (RD_IS_HISTORY (self));
  g_return_if_fail (entry != NULL && g_variant_is_of_type (entry, G_VARIANT_TYPE_VARDICT));

  kept = g_variant_ref_sink (entry);
  if (self->thread == NULL || self->waiting >= RD_HISTORY_MAX_WAITING)
    {
      g_message ("The history takes no entry: %s", self->thread == NULL ? "it is closed" : "the disk does not follow");
      return;
    }
  self->waiting++;
  job = rd_history_job_new (RD_HISTORY_JOB_ADD);
  job->entry = g_steal_pointer (&kept);
  rd_history_thread_push (self->thread, job);
}

void
rd_history_mark_seen (RdHistory *self)
{
  g_return_if_fail (RD_IS_HISTORY (self));

  if (self->thread != NULL)
    rd_history_thread_push (self->thread, rd_history_job_new (RD_HISTORY_JOB_SEEN));
}

guint
rd_history_get_missed (RdHistory *self)
{
  g_return_val_if_fail (RD_IS_HISTORY (self), 0);

  return self->missed;
}

const GError *
rd_history_get_problem (RdHistory *self)
{
  g_return_val_if_fail (RD_IS_HISTORY (self), NULL);

  return self->problem;
}

gboolean
rd_history_is_writing (RdHistory *self)
{
  g_return_val_if_fail (RD_IS_HISTORY (self), FALSE);

  return self->thread != NULL && self->waiting > 0 && self->problem == NULL;
}

RdHistoryThread *
rd_history_get_thread (RdHistory *self)
{
  g_return_val_if_fail (RD_IS_HISTORY (self), NULL);

  return self->thread;
}
