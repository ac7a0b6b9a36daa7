/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-diagnostics-page.h"

#include <glib/gi18n.h>

#include "rd-account-row.h"
#include "rd-check-steps.h"
#include "rd-platform.h"
#include "rd-record.h"
#include "rd-report-window.h"
#include "rd-text.h"

/* All of it is asked from Diagnostics1; what failed of late is asked anew whenever the page comes into sight. */

/* The agent's checks end by themselves within half a minute. */
#define TIMEOUT_MS 60000
#define ERRORS_MAX 20

struct _RdDiagnosticsPage
{
  AdwPreferencesPage parent_instance;

  RdModel *model;
  GCancellable *cancellable;
  guint running; /* what the agent has been asked and has not answered */
  char *checked; /* (nullable): the account whose check that is */

  AdwComboRow *account;
  GtkWidget *spinner;
  GtkWidget *check;
  GtkWidget *try_out;
  RdCheckSteps *steps;
  GtkWidget *lines_group;
  GtkListBox *lines;
  GtkListBox *errors;
  GtkWidget *report;
};

G_DEFINE_FINAL_TYPE (RdDiagnosticsPage, rd_diagnostics_page, ADW_TYPE_PREFERENCES_PAGE)

/* (nullable) */
static RdDBusDiagnostics1 *
get_diagnostics (RdDiagnosticsPage *self)
{
  RdDBusObject *object = self->model != NULL ? rd_model_get_agent_object (self->model) : NULL;
  RdDBusDiagnostics1 *diagnostics = object != NULL ? rd_dbus_object_peek_diagnostics1 (object) : NULL;

  if (diagnostics != NULL)
    g_dbus_proxy_set_default_timeout (G_DBUS_PROXY (diagnostics), TIMEOUT_MS);
  return diagnostics;
}

static void
show_running (RdDiagnosticsPage *self)
{
  gboolean can = get_diagnostics (self) != NULL;

  gtk_widget_set_visible (self->spinner, self->running > 0);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->running > 0);
  gtk_widget_set_sensitive (self->check, can && self->running == 0);
  gtk_widget_set_sensitive (self->report, can && self->running == 0);
  gtk_widget_set_sensitive (self->try_out, can);
}

static void
say_failure (RdDiagnosticsPage *self, const GError *error)
{
  g_autofree char *sentence = rd_dup_error_sentence (error);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", sentence);
}

/* The account that is chosen; "": this computer alone */
static const char *
get_account (RdDiagnosticsPage *self)
{
  GListModel *accounts = rd_model_get_accounts (self->model);
  g_autoptr (RdDBusAccount1) account = g_list_model_get_item (accounts, adw_combo_row_get_selected (self->account));

  return account != NULL ? rd_dbus_account1_get_id (account) : ""; /* the model holds it */
}

static void
on_check_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdDiagnosticsPage *self = user_data; /* not owned: cancelled when the page goes */
  g_autoptr (GVariant) steps = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = rd_dbus_diagnostics1_call_check_finish (RD_DBUS_DIAGNOSTICS1 (source), &steps, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->running--;
  show_running (self);
  if (g_strcmp0 (self->checked, get_account (self)) == 0)
    rd_check_steps_show (self->steps, steps);
  if (!done)
    say_failure (self, error);
}

static void
on_check_clicked (RdDiagnosticsPage *self)
{
  RdDBusDiagnostics1 *diagnostics = get_diagnostics (self);

  if (diagnostics == NULL)
    return;
  self->running++;
  g_free (self->checked);
  self->checked = g_strdup (get_account (self));
  show_running (self);
  rd_check_steps_show (self->steps, NULL);
  rd_dbus_diagnostics1_call_check (diagnostics, get_account (self), self->cancellable, on_check_ready, self);
}

/* What is shown was of the account that was chosen before. */
static void
on_account_selected (RdDiagnosticsPage *self)
{
  rd_check_steps_show (self->steps, NULL);
}

static void
on_try_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdDiagnosticsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rd_dbus_diagnostics1_call_try_finish (RD_DBUS_DIAGNOSTICS1 (source), result, &error))
    say_failure (self, error);
}

static void
on_try_clicked (RdDiagnosticsPage *self)
{
  RdDBusDiagnostics1 *diagnostics = get_diagnostics (self);

  if (diagnostics != NULL)
    rd_dbus_diagnostics1_call_try (diagnostics, NULL, on_try_ready, g_object_ref (self));
}

static void
on_report_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdDiagnosticsPage *self = user_data; /* not owned: cancelled when the page goes */
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = rd_dbus_diagnostics1_call_report_finish (RD_DBUS_DIAGNOSTICS1 (source), &report, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->running--;
  show_running (self);
  if (done)
    rd_report_window_present (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), report);
  else
    say_failure (self, error);
}

static void
on_report_clicked (RdDiagnosticsPage *self)
{
  RdDBusDiagnostics1 *diagnostics = get_diagnostics (self);

  if (diagnostics == NULL)
    return;
  self->running++;
  show_running (self);
  rd_dbus_diagnostics1_call_report (diagnostics, self->cancellable, on_report_ready, self);
}

/* Errors */

static char *
dup_error_circumstances (RdDiagnosticsPage *self, RdRecord *error)
{
  RdDBusAccount1 *account = rd_model_find_account (self->model, rd_record_get_string (error, "account"));
  g_autofree char *age = rd_text_for_age (rd_record_get_time (error, "at"), g_get_real_time ());
  guint count = rd_record_get_uint (error, "count");
  g_autofree char *times = NULL;

  if (count > 1)
    /* Translators: how often something has happened */
    times = g_strdup_printf (ngettext ("%u time", "%u times", count), count);
  if (account != NULL)
    return g_strjoin (" · ", rd_dbus_account1_get_name (account), age, times, NULL);
  return g_strjoin (" · ", age, times, NULL);
}

static void
add_error (RdDiagnosticsPage *self, GVariant *fields)
{
  g_autoptr (RdRecord) error = rd_record_new (fields);
  g_autofree char *sentence = rd_text_for_fault (fields);
  g_autofree char *circumstances = dup_error_circumstances (self, error);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title-lines", 8, "subtitle-lines", 2, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sentence);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), circumstances);
  gtk_list_box_append (self->errors, row);
}

static void
show_errors (RdDiagnosticsPage *self, GVariant *errors)
{
  gsize i, n = MIN (g_variant_n_children (errors), ERRORS_MAX);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->errors))) != NULL)
    gtk_list_box_remove (self->errors, row);
  for (i = 0; i < n; i++)
    {
      g_autoptr (GVariant) error = g_variant_get_child_value (errors, i);

      add_error (self, error);
    }
  if (n == 0)
    gtk_list_box_append (self->errors, g_object_new (ADW_TYPE_ACTION_ROW, "title", _ ("None since Ringdown started"),
                                                     "title-lines", 2, NULL));
}

static void
on_list_errors_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RdDiagnosticsPage *self = user_data; /* not owned: cancelled when the page goes */
  g_autoptr (GVariant) errors = NULL;
  g_autoptr (GError) error = NULL;

  if (rd_dbus_diagnostics1_call_list_errors_finish (RD_DBUS_DIAGNOSTICS1 (source), &errors, result, &error))
    show_errors (self, errors);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("ListErrors: %s", error->message);
}

static void
ask_errors (RdDiagnosticsPage *self)
{
  RdDBusDiagnostics1 *diagnostics = get_diagnostics (self);

  if (diagnostics != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    rd_dbus_diagnostics1_call_list_errors (diagnostics, self->cancellable, on_list_errors_ready, self);
}

/* Accounts */

static GtkWidget *
create_line (gpointer item, gpointer user_data)
{
  return rd_account_row_new (item);
}

/* The accounts by name, then this computer alone. */
static void
show_accounts (RdDiagnosticsPage *self)
{
  GListModel *accounts = self->model != NULL ? rd_model_get_accounts (self->model) : NULL;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint i, n;

  if (accounts == NULL)
    return;
  n = g_list_model_get_n_items (accounts);
  for (i = 0; i < n; i++)
    {
      g_autoptr (RdDBusAccount1) account = g_list_model_get_item (accounts, i);

      gtk_string_list_append (names, rd_dbus_account1_get_name (account));
    }
  gtk_string_list_append (names, _ ("This computer alone"));
  adw_combo_row_set_model (self->account, G_LIST_MODEL (names));
  gtk_widget_set_visible (self->lines_group, n > 0);
}

static void
on_model_state_changed (RdDiagnosticsPage *self)
{
  show_running (self);
  ask_errors (self);
}

/* GtkWidget */

static void
rd_diagnostics_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rd_diagnostics_page_parent_class)->map (widget);
  ask_errors (RD_DIAGNOSTICS_PAGE (widget));
}

/* GObject */

static void
rd_diagnostics_page_dispose (GObject *object)
{
  RdDiagnosticsPage *self = RD_DIAGNOSTICS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rd_diagnostics_page_parent_class)->dispose (object);
}

static void
rd_diagnostics_page_finalize (GObject *object)
{
  g_clear_object (&RD_DIAGNOSTICS_PAGE (object)->cancellable);
  g_free (RD_DIAGNOSTICS_PAGE (object)->checked);

  G_OBJECT_CLASS (rd_diagnostics_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/ringdown/Ringdown/rd-diagnostics-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, account);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, check);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, try_out);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, steps);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, lines_group);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, lines);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, errors);
  gtk_widget_class_bind_template_child (widget_class, RdDiagnosticsPage, report);
  gtk_widget_class_bind_template_callback (widget_class, on_account_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_check_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_try_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_report_clicked);
}

static void
rd_diagnostics_page_class_init (RdDiagnosticsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rd_diagnostics_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rd_diagnostics_page_finalize;
  widget_class->map = rd_diagnostics_page_map;

  g_type_ensure (RD_TYPE_CHECK_STEPS);
  bind_template (widget_class);
}

static void
rd_diagnostics_page_init (RdDiagnosticsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  rd_name_buttons (GTK_WIDGET (self));
}

GtkWidget *
rd_diagnostics_page_new (RdModel *model)
{
  RdDiagnosticsPage *self;
  GListModel *accounts;

  g_return_val_if_fail (RD_IS_MODEL (model), NULL);

  self = g_object_new (RD_TYPE_DIAGNOSTICS_PAGE, NULL);
  self->model = g_object_ref (model);
  accounts = rd_model_get_accounts (model);
  gtk_list_box_bind_model (self->lines, accounts, create_line, NULL, NULL);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (show_accounts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::state", G_CALLBACK (on_model_state_changed), self, G_CONNECT_SWAPPED);
  show_accounts (self);
  on_model_state_changed (self);
  return GTK_WIDGET (self);
}
