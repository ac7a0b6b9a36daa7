/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-confirm-dialog.h"
#include "rd-contact-list.h"
#include "rd-account-preferences.h"
#include "rd-check-steps.h"
#include "rd-days-row.h"
#include "rd-diagnostics-page.h"
#include "rd-general-page.h"
#include "rd-mock-desk.h"
#include "rd-preferences-window.h"
#include "rd-privacy-page.h"
#include "rd-quiet-page.h"
#include "rd-report-window.h"
#include "rd-ringing-page.h"
#include "rd-settings.h"
#include "rd-switch-row.h"
#include "rd-text-list.h"
#include "rd-time-row.h"
#include "rd-tone-row.h"
#include "window-fixture.h"

/* The preferences: what is set there is a setting, and what the agent knows is asked from it. */

typedef struct
{
  RdWindowFixture window;
  RdMockDesk *desk;
  GSettings *settings;
  char *dir;
  GtkWidget *preferences;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = NULL;

  rd_window_fixture_set_up (&fixture->window, data);
  fixture->desk = rd_mock_desk_new (fixture->window.mock);
  rd_mock_agent_add_account (fixture->window.mock, "crm", "Work & <b>CRM");
  rd_window_fixture_show (&fixture->window);
  fixture->dir = rd_test_make_dir ();
  file = g_build_filename (fixture->dir, "settings.ini", NULL);
  fixture->settings = rd_settings_open (file);
  g_assert_nonnull (fixture->settings);
  rd_window_set_settings (fixture->window.window, fixture->settings);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rd_window_fixture_tear_down (&fixture->window, data);
  g_clear_object (&fixture->settings);
  g_clear_object (&fixture->desk);
  rd_test_remove_tree (fixture->dir);
  g_free (fixture->dir);
}

static void
show (Fixture *fixture, const char *page)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window.window), "win.preferences", "s", page);
  fixture->preferences = rd_find_window (RD_TYPE_PREFERENCES_WINDOW);
  g_assert_nonnull (fixture->preferences);
  rd_test_await (gtk_widget_get_mapped (fixture->preferences));
}

/* A child of a page, by its id. */
static gpointer
child (Fixture *fixture, GType page, const char *id)
{
  GtkWidget *widget = rd_find_type (fixture->preferences, page, 0);

  g_assert_nonnull (widget);
  return rd_find_child (widget, page, id);
}

static void
assert_setting (Fixture *fixture, const char *key, const char *expected)
{
  g_autofree char *value = g_settings_get_string (fixture->settings, key);

  g_assert_cmpstr (value, ==, expected);
}

static const char *
subtitle (gpointer row)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

/* One window, wherever it is asked for from, and not in the way of a call. */
static void
test_window (Fixture *fixture, gconstpointer data)
{
  GtkWidget *first;
  GtkStack *stack;

  show (fixture, "");
  first = fixture->preferences;
  stack = GTK_STACK (rd_find_child (first, RD_TYPE_PREFERENCES_WINDOW, "stack"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "general");
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (first)));
  show (fixture, "privacy");
  g_assert_true (fixture->preferences == first);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "privacy");
  show (fixture, "nonsense");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "privacy");
  show (fixture, "accounts");
  g_assert_nonnull (rd_find_label (fixture->preferences, "Work & <b>CRM"));
}

static void
test_general (Fixture *fixture, gconstpointer data)
{
  RdDBusAgent1 *agent = rd_mock_agent_get_agent (fixture->window.mock);
  RdSwitchRow *autostart, *tray, *keys;
  AdwComboRow *window_on_call;

  rd_dbus_agent1_set_autostart (agent, "denied");
  rd_dbus_agent1_set_tray (agent, "no-host");
  show (fixture, "general");
  autostart = child (fixture, RD_TYPE_GENERAL_PAGE, "autostart");
  tray = child (fixture, RD_TYPE_GENERAL_PAGE, "tray");
  keys = child (fixture, RD_TYPE_GENERAL_PAGE, "keys");
  window_on_call = child (fixture, RD_TYPE_GENERAL_PAGE, "window_on_call");

  /* What did not come of it is said only to those who want it. */
  g_assert_false (rd_switch_row_get_active (autostart));
  g_assert_null (strstr (subtitle (autostart), "does not allow"));
  rd_switch_row_set_active (autostart, TRUE);
  g_assert_true (g_settings_get_boolean (fixture->settings, "autostart"));
  rd_test_await (strstr (subtitle (autostart), "does not allow") != NULL);
  rd_dbus_agent1_set_autostart (agent, "on");
  rd_test_await (strstr (subtitle (autostart), "does not allow") == NULL);

  rd_dbus_agent1_set_keys (agent, "absent");
  g_assert_null (strstr (subtitle (keys), "no such keys"));
  rd_switch_row_set_active (keys, TRUE);
  g_assert_true (g_settings_get_boolean (fixture->settings, "global-shortcuts"));
  rd_test_await (strstr (subtitle (keys), "no such keys") != NULL);
  rd_dbus_agent1_set_keys (agent, "denied");
  rd_test_await (strstr (subtitle (keys), "does not allow") != NULL);
  rd_dbus_agent1_set_keys (agent, "on");
  rd_test_await (strstr (subtitle (keys), "Answer, decline") != NULL);

  rd_test_await (strstr (subtitle (tray), "shows no such icons") != NULL);
  rd_switch_row_set_active (tray, FALSE);
  g_assert_false (g_settings_get_boolean (fixture->settings, "tray"));
  g_assert_null (strstr (subtitle (tray), "shows no such icons"));

  adw_combo_row_set_selected (window_on_call, 1);
  g_assert_cmpint (g_settings_get_enum (fixture->settings, "window-on-call"), ==, 1);
  g_settings_set_string (fixture->settings, "window-on-call", "never");
  g_assert_cmpuint (adw_combo_row_get_selected (window_on_call), ==, 2);
}

static void
test_tones (Fixture *fixture, gconstpointer data)
{
  RdToneRow *ring;
  GtkWidget *button;

  g_settings_set_string (fixture->settings, "ring-tone", "file:///home/ada/Jingle%20bells.ogg");
  show (fixture, "ringing");
  ring = child (fixture, RD_TYPE_RINGING_PAGE, "ring_tone");
  button = child (fixture, RD_TYPE_RINGING_PAGE, "test");
  rd_test_await (rd_mock_agent_get_count (fixture->window.mock, "ListTones") == 1);
  rd_test_await (g_list_model_get_n_items (adw_combo_row_get_model (ADW_COMBO_ROW (ring))) == 4);
  /* classic, chime, the file, another file */
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (ring)), ==, 2);
  g_assert_nonnull (rd_find_label (GTK_WIDGET (ring), "Jingle bells.ogg"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (ring), 1);
  rd_test_await (g_strcmp0 (rd_tone_row_get_tone (ring), "chime") == 0);
  assert_setting (fixture, "ring-tone", "chime");
  g_settings_set_string (fixture->settings, "ring-tone", "classic");
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (ring)), ==, 0);

  g_signal_emit_by_name (button, "clicked");
  rd_test_await (g_strcmp0 (rd_mock_agent_get_arguments (fixture->window.mock, "Test"), "('ring',)") == 0);
  rd_test_await (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), "_Stop") == 0);
  g_signal_emit_by_name (button, "clicked");
  rd_test_await (g_strcmp0 (rd_mock_agent_get_arguments (fixture->window.mock, "Test"), "('',)") == 0);
  rd_test_await (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), "_Test Ring") == 0);

  rd_mock_agent_set_failure (fixture->window.mock, "Test", "There is no <output> here.");
  g_signal_emit_by_name (button, "clicked");
  rd_test_await (rd_find_label (fixture->preferences, "There is no <output> here.") != NULL);
}

/* Choosing ends on what is set, also when that is the same file again, or none. */
static void
test_same_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) same = g_file_new_for_uri ("file:///home/ada/Jingle.ogg");
  g_autoptr (GFile) other = g_file_new_for_uri ("file:///home/ada/Bells.ogg");
  RdToneRow *ring;
  AdwComboRow *combo;

  g_settings_set_string (fixture->settings, "ring-tone", "file:///home/ada/Jingle.ogg");
  show (fixture, "ringing");
  ring = child (fixture, RD_TYPE_RINGING_PAGE, "ring_tone");
  combo = ADW_COMBO_ROW (ring);
  rd_test_await (g_list_model_get_n_items (adw_combo_row_get_model (combo)) == 4);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, 2);
  /* Nobody is asked for a file by a row that is not seen. */
  gtk_widget_set_visible (GTK_WIDGET (ring), FALSE);
  adw_combo_row_set_selected (combo, 3);
  rd_tone_row_choose (ring, same);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, 2);
  assert_setting (fixture, "ring-tone", "file:///home/ada/Jingle.ogg");
  adw_combo_row_set_selected (combo, 3);
  rd_tone_row_choose (ring, NULL);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, 2);
  adw_combo_row_set_selected (combo, 3);
  rd_tone_row_choose (ring, other);
  g_assert_cmpuint (adw_combo_row_get_selected (combo), ==, 2);
  assert_setting (fixture, "ring-tone", "file:///home/ada/Bells.ogg");
}

/* Who closes the window while it rings does not go on hearing it. */
static void
test_ring_ends (Fixture *fixture, gconstpointer data)
{
  show (fixture, "ringing");
  g_signal_emit_by_name (child (fixture, RD_TYPE_RINGING_PAGE, "ring_tone"), "try");
  rd_test_await (g_strcmp0 (rd_dbus_sounds1_get_testing (rd_mock_desk_get_sounds (fixture->desk)), "ring") == 0);
  rd_test_await (rd_find_button (fixture->preferences, "_Stop") != NULL);
  gtk_window_close (GTK_WINDOW (fixture->preferences));
  rd_test_await (g_strcmp0 (rd_dbus_sounds1_get_testing (rd_mock_desk_get_sounds (fixture->desk)), "") == 0);
}

static void
test_devices (Fixture *fixture, gconstpointer data)
{
  AdwComboRow *device;
  GtkAdjustment *volume, *fade_in;

  g_settings_set_string (fixture->settings, "ring-device", "usb-that-is-gone");
  show (fixture, "ringing");
  device = child (fixture, RD_TYPE_RINGING_PAGE, "device");
  volume = gtk_range_get_adjustment (GTK_RANGE (rd_find_type (fixture->preferences, GTK_TYPE_SCALE, 0)));
  fade_in = gtk_spin_button_get_adjustment (
    GTK_SPIN_BUTTON (rd_find_type (fixture->preferences, GTK_TYPE_SPIN_BUTTON, 0)));
  rd_test_await (g_list_model_get_n_items (adw_combo_row_get_model (device)) == 4);
  g_assert_cmpuint (adw_combo_row_get_selected (device), ==, 3);
  g_assert_nonnull (rd_find_label (GTK_WIDGET (device), "usb-that-is-gone (not there now)"));
  adw_combo_row_set_selected (device, 2);
  assert_setting (fixture, "ring-device", "headset");
  adw_combo_row_set_selected (device, 0);
  assert_setting (fixture, "ring-device", "");

  gtk_adjustment_set_value (volume, 0.25);
  g_assert_cmpfloat_with_epsilon (g_settings_get_double (fixture->settings, "ring-volume"), 0.25, 0.001);
  gtk_adjustment_set_value (fade_in, 9);
  g_assert_cmpuint (g_settings_get_uint (fixture->settings, "ring-fade-in"), ==, 9);
}

static void
test_texts (Fixture *fixture, gconstpointer data)
{
  RdTextList *list;
  GtkWidget *entry;
  g_auto (GStrv) texts = NULL;
  g_auto (GStrv) left = NULL;

  show (fixture, "ringing");
  list = child (fixture, RD_TYPE_RINGING_PAGE, "decline_texts");
  entry = rd_find_type (GTK_WIDGET (list), ADW_TYPE_ENTRY_ROW, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "  In a <b>meeting</b> ");
  g_signal_emit_by_name (entry, "apply");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Driving");
  g_signal_emit_by_name (entry, "apply");
  gtk_editable_set_text (GTK_EDITABLE (entry), "Driving");
  g_signal_emit_by_name (entry, "apply");
  texts = g_settings_get_strv (fixture->settings, "decline-texts");
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
  g_assert_cmpstr (texts[0], ==, "In a <b>meeting</b>");
  g_assert_nonnull (rd_find_label (GTK_WIDGET (list), "In a <b>meeting</b>"));
  g_signal_emit_by_name (rd_find_type (GTK_WIDGET (list), GTK_TYPE_BUTTON, 0), "clicked");
  left = g_settings_get_strv (fixture->settings, "decline-texts");
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  g_assert_cmpstr (left[0], ==, "Driving");
}

static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  RdDBusQuiet1 *quiet = rd_mock_desk_get_quiet (fixture->desk);
  RdSwitchRow *now;

  show (fixture, "quiet");
  now = child (fixture, RD_TYPE_QUIET_PAGE, "now");
  g_assert_false (rd_switch_row_get_active (now));
  rd_switch_row_set_active (now, TRUE);
  rd_test_await (g_strcmp0 (rd_mock_agent_get_arguments (fixture->window.mock, "Set"), "(true, int64 0)") == 0 ||
                 g_strcmp0 (rd_mock_agent_get_arguments (fixture->window.mock, "Set"), "(true, 0)") == 0);
  rd_test_await (g_strcmp0 (subtitle (now), "Until you turn it off") == 0);
  rd_dbus_quiet1_set_why (quiet, "schedule");
  rd_dbus_quiet1_set_until (quiet, g_get_real_time () + G_USEC_PER_SEC);
  rd_test_await (g_str_has_prefix (subtitle (now), "By the clock, until "));

  /* What is refused goes back. */
  rd_mock_agent_set_failure (fixture->window.mock, "Set", "Not now.");
  rd_switch_row_set_active (now, FALSE);
  /* Said where it was asked for: the other window is behind this one. */
  rd_test_await (rd_find_label (fixture->preferences, "Not now.") != NULL);
  g_assert_null (rd_find_label (GTK_WIDGET (fixture->window.window), "Not now."));
  g_assert_true (rd_switch_row_get_active (now));
}

static void
test_hours (Fixture *fixture, gconstpointer data)
{
  RdSwitchRow *hours;
  RdTimeRow *from;
  RdDaysRow *days;
  GtkWidget *spin;

  show (fixture, "quiet");
  hours = child (fixture, RD_TYPE_QUIET_PAGE, "hours");
  from = child (fixture, RD_TYPE_QUIET_PAGE, "from");
  days = child (fixture, RD_TYPE_QUIET_PAGE, "days");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (from)));
  rd_switch_row_set_active (hours, TRUE);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (from)));
  g_assert_cmpuint (rd_time_row_get_minutes (from), ==, 22 * 60);
  spin = rd_find_type (GTK_WIDGET (from), GTK_TYPE_SPIN_BUTTON, 0);
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 1);
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 1);
  g_assert_cmpuint (g_settings_get_uint (fixture->settings, "quiet-from"), ==, 0);
  spin = rd_find_type (GTK_WIDGET (from), GTK_TYPE_SPIN_BUTTON, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 5);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "05");
  g_assert_cmpuint (g_settings_get_uint (fixture->settings, "quiet-from"), ==, 5);
  g_settings_set_uint (fixture->settings, "quiet-from", 1439);
  g_assert_cmpuint (rd_time_row_get_minutes (from), ==, 1439);

  g_assert_cmpuint (rd_days_row_get_days (days), ==, 127);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rd_find_type (GTK_WIDGET (days), GTK_TYPE_TOGGLE_BUTTON, 6)),
                                FALSE);
  g_assert_cmpuint (g_settings_get_uint (fixture->settings, "quiet-days"), ==, 63);
}

/* What stands beside a thing, or is an icon, is said by a screen reader, too. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  GtkWidget *days, *from;

  show (fixture, "quiet");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (rd_find_child (fixture->preferences, RD_TYPE_PREFERENCES_WINDOW, "back")),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Back to the list");
  days = GTK_WIDGET (child (fixture, RD_TYPE_QUIET_PAGE, "days"));
  gtk_test_accessible_assert_relation (GTK_ACCESSIBLE (rd_find_type (days, GTK_TYPE_FLOW_BOX, 0)),
                                       GTK_ACCESSIBLE_RELATION_LABELLED_BY, rd_find_label (days, "Beginning on"), NULL);
  from = GTK_WIDGET (child (fixture, RD_TYPE_QUIET_PAGE, "from"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rd_find_type (from, GTK_TYPE_SPIN_BUTTON, 0)),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "From");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (rd_find_type (from, GTK_TYPE_SPIN_BUTTON, 1)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Minutes");
}

static void
test_contacts (Fixture *fixture, gconstpointer data)
{
  RdContactList *muted, *vips;

  show (fixture, "quiet");
  muted = child (fixture, RD_TYPE_QUIET_PAGE, "muted");
  vips = child (fixture, RD_TYPE_QUIET_PAGE, "vips");
  g_assert_nonnull (rd_find_label (GTK_WIDGET (muted), "Ada <Lovelace>"));
  g_assert_cmpuint (rd_count_type (GTK_WIDGET (vips), GTK_TYPE_BUTTON), ==, 0);
  g_signal_emit_by_name (rd_find_type (GTK_WIDGET (muted), GTK_TYPE_BUTTON, 0), "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->window.mock, "SetContact") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "SetContact"), ==,
                   "('crm', '12', 'Ada <Lovelace>', 'normal')");
  rd_test_await (rd_count_type (GTK_WIDGET (muted), GTK_TYPE_BUTTON) == 0);
}

static void
test_privacy (Fixture *fixture, gconstpointer data)
{
  AdwComboRow *keep;
  GtkWidget *dialog;

  g_settings_set_uint (fixture->settings, "history-days", 100);
  show (fixture, "privacy");
  keep = child (fixture, RD_TYPE_PRIVACY_PAGE, "keep");
  /* 30, 90, 100, a year… */
  g_assert_cmpuint (adw_combo_row_get_selected (keep), ==, 2);
  g_assert_nonnull (rd_find_label (GTK_WIDGET (keep), "100 days"));
  adw_combo_row_set_selected (keep, 5);
  g_assert_cmpuint (g_settings_get_uint (fixture->settings, "history-days"), ==, 0);

  g_signal_emit_by_name (child (fixture, RD_TYPE_PRIVACY_PAGE, "erase"), "clicked");
  dialog = rd_find_window (RD_TYPE_CONFIRM_DIALOG);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->window.mock, "Erase"), ==, 0);
  g_signal_emit_by_name (rd_find_child (dialog, RD_TYPE_CONFIRM_DIALOG, "confirm"), "clicked");
  rd_test_await (rd_find_label (fixture->preferences, "12 entries were erased") != NULL);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  GtkWidget *check, *steps;

  rd_mock_desk_set_steps (fixture->desk,
                          "[{'step': <'network'>, 'result': <'ok'>}, {'step': <'quiet'>, 'result': <'warning'>, "
                          "'code': <'switch'>}, {'step': <'sign-in'>, 'result': <'failed'>, 'code': <'signed-out'>, "
                          "'host': <'crm.example.com'>}, {'step': <'<b>moon'>, 'result': <'skipped'>}]");
  show (fixture, "diagnostics");
  check = child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "check");
  steps = child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "steps");
  g_assert_false (gtk_widget_get_visible (steps));
  g_signal_emit_by_name (check, "clicked");
  g_assert_false (gtk_widget_get_sensitive (check));
  rd_test_await (gtk_widget_get_visible (steps));
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "Check"), ==, "('crm',)");
  g_assert_cmpuint (rd_count_type (steps, ADW_TYPE_ACTION_ROW), ==, 4);
  g_assert_nonnull (rd_find_label (steps, "This computer is online"));
  g_assert_nonnull (rd_find_label (steps, "<b>moon"));
  g_assert_true (gtk_widget_get_sensitive (check));

  /* This computer alone; and a failure is said where it can be seen. */
  adw_combo_row_set_selected (child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "account"), 1);
  g_assert_false (gtk_widget_get_visible (steps));
  rd_mock_agent_set_failure (fixture->window.mock, "Check", "Too much at once.");
  g_signal_emit_by_name (check, "clicked");
  rd_test_await (rd_find_label (fixture->preferences, "Too much at once.") != NULL);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "Check"), ==, "('',)");
  g_assert_false (gtk_widget_get_visible (steps));
}

static void
test_try (Fixture *fixture, gconstpointer data)
{
  show (fixture, "diagnostics");
  g_signal_emit_by_name (child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "try_out"), "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->window.mock, "Try") == 1);
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  GtkWidget *errors;

  show (fixture, "diagnostics");
  errors = child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "errors");
  rd_test_await (rd_find_label (errors, "None since Ringdown started") != NULL);

  /* Asked anew when it is looked at again. */
  rd_mock_desk_set_errors (fixture->desk, "[{'account': <'crm'>, 'severity': <'error'>, 'code': <'unreachable'>, "
                                          "'host': <'a<b>.example'>, 'count': <uint32 7>, 'at': <int64 1>}]");
  show (fixture, "general");
  rd_test_await (!gtk_widget_get_mapped (errors));
  show (fixture, "diagnostics");
  rd_test_await (rd_find_label (errors, "None since Ringdown started") == NULL);
  g_assert_cmpuint (rd_count_type (errors, ADW_TYPE_ACTION_ROW), ==, 1);
  g_assert_nonnull (strstr (subtitle (rd_find_type (errors, ADW_TYPE_ACTION_ROW, 0)), "7 times"));
}

static void
test_report (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  show (fixture, "diagnostics");
  g_signal_emit_by_name (child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "report"), "clicked");
  rd_test_await (rd_find_window (RD_TYPE_REPORT_WINDOW) != NULL);
  window = rd_find_window (RD_TYPE_REPORT_WINDOW);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (rd_find_child (window, RD_TYPE_REPORT_WINDOW, "view")));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_cmpstr (text, ==, "Ringdown 0\nline: connected\n");
  g_signal_emit_by_name (rd_find_child (window, RD_TYPE_REPORT_WINDOW, "copy"), "clicked");
  rd_test_await (rd_find_label (window, "Copied") != NULL);

  /* It bars no call, and there is one of it. */
  g_assert_false (gtk_window_get_modal (GTK_WINDOW (window)));
  gtk_text_buffer_set_text (buffer, "old", -1);
  g_signal_emit_by_name (child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "report"), "clicked");
  rd_test_await (gtk_text_buffer_get_char_count (buffer) > 3);
  g_assert_cmpuint (rd_count_windows (RD_TYPE_REPORT_WINDOW), ==, 1);
}

/* Where rooms are trusted; what the agent refuses goes back. */
static void
test_room_hosts (Fixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account = rd_mock_agent_find_account (fixture->window.mock, "crm");
  GtkWidget *dialog, *list, *entry;

  rd_dbus_account1_set_room_hosts (account, (const char *const[]) { "meet.example.org", NULL });
  show (fixture, "accounts");
  gtk_widget_activate_action (fixture->preferences, "win.account-preferences", "s", "crm");
  rd_test_await (rd_find_window (RD_TYPE_ACCOUNT_PREFERENCES) != NULL);
  dialog = rd_find_window (RD_TYPE_ACCOUNT_PREFERENCES);
  list = rd_find_child (dialog, RD_TYPE_ACCOUNT_PREFERENCES, "room_hosts");
  rd_test_await (rd_find_label (list, "meet.example.org") != NULL);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->window.mock, "TrustRoomHost"), ==, 0);

  entry = rd_find_type (list, ADW_TYPE_ENTRY_ROW, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), "rooms.example.org");
  g_signal_emit_by_name (entry, "apply");
  rd_test_await (rd_mock_agent_get_count (fixture->window.mock, "TrustRoomHost") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "TrustRoomHost"), ==, "('rooms.example.org',)");
  rd_dbus_account1_set_room_hosts (account,
                                   (const char *const[]) { "meet.example.org", "rooms.example.org", NULL });
  rd_test_await (g_strv_length ((char **) rd_text_list_get_texts (RD_TEXT_LIST (list))) == 2);

  g_signal_emit_by_name (rd_find_type (list, GTK_TYPE_BUTTON, 0), "clicked");
  rd_test_await (rd_mock_agent_get_count (fixture->window.mock, "DistrustRoomHost") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->window.mock, "DistrustRoomHost"), ==,
                   "('meet.example.org',)");

  rd_mock_agent_set_failure (fixture->window.mock, "TrustRoomHost", "That is no host.");
  gtk_editable_set_text (GTK_EDITABLE (entry), "not a host");
  g_signal_emit_by_name (entry, "apply");
  rd_test_await (rd_find_label (dialog, "That is no host.") != NULL);
  rd_test_await (rd_find_label (list, "not a host") == NULL);
}

/* Without the schema nothing can be set, which is said; what is wrong can be looked for all the same. */
static void
test_no_settings (Fixture *fixture, gconstpointer data)
{
  fixture->preferences =
    GTK_WIDGET (rd_preferences_window_new (GTK_WINDOW (fixture->window.window), fixture->window.model, NULL));
  gtk_window_present (GTK_WINDOW (fixture->preferences));
  rd_test_await (gtk_widget_get_mapped (fixture->preferences));
  g_assert_true (gtk_widget_get_visible (rd_find_child (fixture->preferences, RD_TYPE_PREFERENCES_WINDOW, "unset")));
  g_assert_false (gtk_widget_is_sensitive (child (fixture, RD_TYPE_GENERAL_PAGE, "autostart")));
  g_assert_false (gtk_widget_is_sensitive (child (fixture, RD_TYPE_QUIET_PAGE, "hours")));
  g_assert_true (gtk_widget_is_sensitive (child (fixture, RD_TYPE_QUIET_PAGE, "now")));
  g_assert_true (gtk_widget_is_sensitive (child (fixture, RD_TYPE_DIAGNOSTICS_PAGE, "check")));
}

/* The agent comes and goes; what only it can do can be done no more. */
static void
test_agent_vanishes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RdMockAgent) second = NULL;
  GtkWidget *now, *test;

  show (fixture, "quiet");
  now = child (fixture, RD_TYPE_QUIET_PAGE, "now");
  test = child (fixture, RD_TYPE_RINGING_PAGE, "test");
  g_assert_true (gtk_widget_get_sensitive (now));
  rd_mock_agent_vanish (fixture->window.mock);
  rd_test_await (!gtk_widget_get_sensitive (now));
  g_assert_false (gtk_widget_is_sensitive (test));

  /* One that cannot do it either. */
  second = rd_mock_agent_new (fixture->window.agent_connection, RD_FIXTURE_BUS_NAME);
  rd_test_await (rd_model_get_state (fixture->window.model) == RD_MODEL_RUNNING);
  g_assert_false (gtk_widget_get_sensitive (now));
}

static int
minimum_width (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  static const char *const pages[] = { "general", "ringing", "quiet", "privacy", "accounts", "diagnostics" };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      show (fixture, pages[i]);
      rd_test_drain ();
      g_assert_cmpint (minimum_width (fixture->preferences), <=, 360);
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_fake_session ();
  rd_window_fixture_init (&argc, &argv);
  ADD ("/preferences/window", test_window);
  ADD ("/preferences/general", test_general);
  ADD ("/preferences/tones", test_tones);
  ADD ("/preferences/same-file", test_same_file);
  ADD ("/preferences/ring-ends", test_ring_ends);
  ADD ("/preferences/devices", test_devices);
  ADD ("/preferences/texts", test_texts);
  ADD ("/preferences/quiet", test_quiet);
  ADD ("/preferences/hours", test_hours);
  ADD ("/preferences/names", test_names);
  ADD ("/preferences/contacts", test_contacts);
  ADD ("/preferences/privacy", test_privacy);
  ADD ("/preferences/check", test_check);
  ADD ("/preferences/try", test_try);
  ADD ("/preferences/errors", test_errors);
  ADD ("/preferences/report", test_report);
  ADD ("/preferences/room-hosts", test_room_hosts);
  ADD ("/preferences/no-settings", test_no_settings);
  ADD ("/preferences/agent-vanishes", test_agent_vanishes);
  ADD ("/preferences/narrow", test_narrow);
  return rd_window_fixture_run ();
}
