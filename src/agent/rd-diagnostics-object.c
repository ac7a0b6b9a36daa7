/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-diagnostics-object.h"

#include "rd-dbus-error.h"
#include "rd-fault.h"
#include "rd-report.h"
#include "rd-text.h"

/* Checks, the try-out and the report, on the bus. */

/* At the same time, whoever asks. */
#define MAX_RUNNING 4
/* Of accounts in a report. */
#define MAX_ACCOUNTS 20

struct _RdDiagnosticsObject
{
  RdDBusDiagnostics1Skeleton parent_instance;

  RdCheckupContext context;
  RdErrorLog *errors;
  RdTryOut *try_out;
  char *system;
  guint running;
  GCancellable *cancellable;
};

static void
refuse (GDBusMethodInvocation *invocation, RdFaultCode code, const char *where)
{
  g_autoptr (GError) error = rd_fault_new (code, NULL, 0, NULL, where);

  rd_dbus_error_return (invocation, error);
}

/* A check that somebody waits for. */
typedef struct
{
  RdDiagnosticsObject *object;
  GDBusMethodInvocation *invocation;
} Check;

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Check *check = user_data;
  g_autoptr (RdDiagnosticsObject) self = check->object;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) steps = rd_checkup_run_finish (RD_CHECKUP (source), result, &error);

  self->running--;
  if (steps != NULL)
    rd_dbus_diagnostics1_complete_check (RD_DBUS_DIAGNOSTICS1 (self), check->invocation, steps);
  else
    rd_dbus_error_return (check->invocation, error);
  g_free (check);
}

static gboolean
on_handle_check (RdDBusDiagnostics1 *object, GDBusMethodInvocation *invocation, const char *account)
{
  RdDiagnosticsObject *self = RD_DIAGNOSTICS_OBJECT (object);
  RdLine *line = *account != '\0' ? rd_lines_lookup (self->context.policy.lines, account) : NULL;
  g_autoptr (RdCheckup) checkup = NULL;
  Check *check;

  if (*account != '\0' && line == NULL)
    refuse (invocation, RD_FAULT_NOT_FOUND, "account");
  else if (self->running >= MAX_RUNNING)
    refuse (invocation, RD_FAULT_TOO_LARGE, "check");
  else
    {
      checkup = rd_checkup_new (&self->context, line);
      check = g_new0 (Check, 1);
      check->object = g_object_ref (self);
      check->invocation = invocation;
      self->running++;
      rd_checkup_run_async (checkup, self->cancellable, on_checked, check);
    }
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_try (RdDBusDiagnostics1 *object, GDBusMethodInvocation *invocation)
{
  RdDiagnosticsObject *self = RD_DIAGNOSTICS_OBJECT (object);
  g_autofree char *name = rd_text_for_try_out ();

  rd_try_out_start (self->try_out, name);
  rd_dbus_diagnostics1_complete_try (object, invocation);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static gboolean
on_handle_list_errors (RdDBusDiagnostics1 *object, GDBusMethodInvocation *invocation)
{
  rd_dbus_diagnostics1_complete_list_errors (object, invocation,
                                             rd_error_log_list (RD_DIAGNOSTICS_OBJECT (object)->errors));
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

/* A report that is being written. All accounts are checked at the same time. */
typedef struct
{
  RdDiagnosticsObject *object;
  GDBusMethodInvocation *invocation;
  GPtrArray *lines;
  GVariant **steps; /* of each line, then of this desktop */
  guint waiting;
} Report;

typedef struct
{
  Report *report;
  guint index;
} ReportCheck;

static void
report_free (Report *report)
{
  for (guint i = 0; i <= report->lines->len; i++)
    g_clear_pointer (&report->steps[i], g_variant_unref);
  g_free (report->steps);
  g_ptr_array_unref (report->lines);
  g_object_unref (report->object);
  g_free (report);
}

static void
write_report (Report *report)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GVariant) errors = g_variant_ref_sink (rd_error_log_list (report->object->errors));
  g_autofree char *scrubbed = NULL;

  rd_report_add_system (text, report->object->system, &report->object->context);
  if (report->steps[report->lines->len] != NULL)
    rd_report_add_steps (text, report->steps[report->lines->len]);
  for (guint i = 0; i < report->lines->len; i++)
    if (report->steps[i] != NULL)
      rd_report_add_account (text, i + 1, report->lines->pdata[i], report->steps[i]);
  rd_report_add_errors (text, errors);
  scrubbed = rd_report_scrub (text->str);
  rd_dbus_diagnostics1_complete_report (RD_DBUS_DIAGNOSTICS1 (report->object), report->invocation, scrubbed);
}

static void
on_report_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree ReportCheck *check = user_data;
  Report *report = check->report;

  report->steps[check->index] = rd_checkup_run_finish (RD_CHECKUP (source), result, NULL);
  if (--report->waiting > 0)
    return;
  report->object->running--;
  write_report (report);
  report_free (report);
}

static void
check_for_report (Report *report, guint index, RdLine *line)
{
  g_autoptr (RdCheckup) checkup = rd_checkup_new (&report->object->context, line);
  ReportCheck *check = g_new0 (ReportCheck, 1);

  check->report = report;
  check->index = index;
  rd_checkup_run_async (checkup, report->object->cancellable, on_report_checked, check);
}

static gboolean
on_handle_report (RdDBusDiagnostics1 *object, GDBusMethodInvocation *invocation)
{
  RdDiagnosticsObject *self = RD_DIAGNOSTICS_OBJECT (object);
  Report *report;
  guint n;

  if (self->running >= MAX_RUNNING)
    {
      refuse (invocation, RD_FAULT_TOO_LARGE, "check");
      return G_DBUS_METHOD_INVOCATION_HANDLED;
    }
  self->running++;
  report = g_new0 (Report, 1);
  report->object = g_object_ref (self);
  report->invocation = invocation;
  report->lines = rd_lines_dup_all (self->context.policy.lines);
  if (report->lines->len > MAX_ACCOUNTS)
    g_ptr_array_set_size (report->lines, MAX_ACCOUNTS);
  n = report->lines->len;
  report->steps = g_new0 (GVariant *, n + 1);
  report->waiting = n + 1;
  for (guint i = 0; i < n; i++)
    check_for_report (report, i, report->lines->pdata[i]);
  check_for_report (report, n, NULL);
  return G_DBUS_METHOD_INVOCATION_HANDLED;
}

static void
diagnostics1_iface_init (RdDBusDiagnostics1Iface *iface)
{
  iface->handle_check = on_handle_check;
  iface->handle_list_errors = on_handle_list_errors;
  iface->handle_report = on_handle_report;
  iface->handle_try = on_handle_try;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdDiagnosticsObject, rd_diagnostics_object, RD_DBUS_TYPE_DIAGNOSTICS1_SKELETON,
                               G_IMPLEMENT_INTERFACE (RD_DBUS_TYPE_DIAGNOSTICS1, diagnostics1_iface_init))

/*
 * GObject
 */
static void
rd_diagnostics_object_dispose (GObject *object)
{
  RdDiagnosticsObject *self = RD_DIAGNOSTICS_OBJECT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context.policy.lines);
  g_clear_object (&self->context.policy.notifier);
  g_clear_object (&self->context.policy.ringer);
  g_clear_object (&self->context.policy.preferences);
  g_clear_object (&self->context.policy.quiet);
  g_clear_object (&self->context.agent);
  g_clear_object (&self->context.monitor);
  g_clear_object (&self->errors);
  g_clear_object (&self->try_out);

  G_OBJECT_CLASS (rd_diagnostics_object_parent_class)->dispose (object);
}

static void
rd_diagnostics_object_finalize (GObject *object)
{
  g_clear_object (&RD_DIAGNOSTICS_OBJECT (object)->cancellable);
  g_free (RD_DIAGNOSTICS_OBJECT (object)->system);

  G_OBJECT_CLASS (rd_diagnostics_object_parent_class)->finalize (object);
}

static void
rd_diagnostics_object_class_init (RdDiagnosticsObjectClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rd_diagnostics_object_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_diagnostics_object_finalize;
}

static void
rd_diagnostics_object_init (RdDiagnosticsObject *self)
{
  self->cancellable = g_cancellable_new ();
}

RdDiagnosticsObject *
rd_diagnostics_object_new (const RdCheckupContext *context, RdErrorLog *errors, RdTryOut *try_out)
{
  RdDiagnosticsObject *self;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (RD_IS_ERROR_LOG (errors), NULL);
  g_return_val_if_fail (RD_IS_TRY_OUT (try_out), NULL);

  self = g_object_new (RD_TYPE_DIAGNOSTICS_OBJECT, NULL);
  self->context.policy.lines = g_object_ref (context->policy.lines);
  self->context.policy.notifier = g_object_ref (context->policy.notifier);
  self->context.policy.ringer = g_object_ref (context->policy.ringer);
  self->context.policy.preferences = g_object_ref (context->policy.preferences);
  self->context.policy.quiet = g_object_ref (context->policy.quiet);
  self->context.agent = g_object_ref (context->agent);
  self->context.monitor = g_object_ref (context->monitor);
  self->errors = g_object_ref (errors);
  self->try_out = g_object_ref (try_out);
  self->system = rd_report_dup_system ();
  return self;
}
