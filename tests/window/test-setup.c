/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-account-preferences.h"
#include "rd-account-row.h"
#include "rd-colour-choice.h"
#include "rd-setup-dialog.h"
#include "rd-setup-file.h"
#include "rd-setup-server.h"
#include "rd-setup-steps.h"
#include "rd-sign-in-dialog.h"
#include "rd-sign-in-form.h"
#include "window-fixture.h"

/* The assistant for a new account, and what one may change of an account that there is. */

#define STEP_OK(name) "{'step': <'" name "'>, 'result': <'ok'>}"
#define FINE                                                                                                    \
  "([" STEP_OK ("address") "," STEP_OK ("profile") "," STEP_OK ("sign-in") "," STEP_OK ("user") "," STEP_OK (   \
    "connection") "," STEP_OK ("channels") "], 'ticket-1')"
#define NO_LINE                                                                                             \
  "([" STEP_OK ("address") "," STEP_OK ("profile") "," STEP_OK ("sign-in") "," STEP_OK (                    \
    "user") ", {'step': <'connection'>, 'result': <'failed'>, 'code': <'unreachable'>, 'host': "            \
            "<'ws.example.com'>}], 'ticket-1')"
#define WRONG_PASSWORD                                                                                       \
  "([" STEP_OK ("address") "," STEP_OK ("profile") ", {'step': <'sign-in'>, 'result': <'failed'>, 'code': "  \
  "<'refused'>, 'host': <'crm.example.com'>, 'said': <'Unable to log in with provided credentials.'>}], '')"
#define KNOWN_SITE                                                                                            \
  "({'profile': <'crm'>, 'site': <'https://crm.example.com'>, 'name': <'The <b>CRM'>, 'key': <'abc'>, 'host': " \
  "<'ws.example.com'>, 'port': <uint32 6001>, 'tls': <true>},)"

static GtkWidget *
child (const char *id)
{
  return rd_find_child (rd_find_window (RD_TYPE_SETUP_DIALOG), RD_TYPE_SETUP_DIALOG, id);
}

static const char *
page (void)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (child ("stack")));
}

static GtkWidget *
server (const char *id)
{
  return rd_find_child (child ("server"), RD_TYPE_SETUP_SERVER, id);
}

static GtkWidget *
form (const char *id)
{
  return rd_find_child (child ("form"), RD_TYPE_SIGN_IN_FORM, id);
}

static void
type (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static const char *
typed (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

static void
click (GtkWidget *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
next (void)
{
  rd_test_await (gtk_widget_get_sensitive (child ("next")));
  click (child ("next"));
}

static void
await_page (const char *name)
{
  rd_test_await (g_strcmp0 (page (), name) == 0);
}

static void
await_error (const char *sentence)
{
  rd_test_await (g_strcmp0 (gtk_label_get_text (GTK_LABEL (child ("error"))), sentence) == 0);
  g_assert_true (gtk_widget_get_visible (child ("error_box")));
}

static void
open_assistant (RdWindowFixture *fixture)
{
  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.add-account", NULL);
  g_assert_nonnull (rd_find_window (RD_TYPE_SETUP_DIALOG));
  rd_test_await (gtk_widget_get_sensitive (child ("stack")));
}

static gboolean
sent (RdWindowFixture *fixture, const char *method, const char *text)
{
  const char *arguments = rd_mock_agent_get_arguments (fixture->mock, method);

  return arguments != NULL && strstr (arguments, text) != NULL;
}

/* A site that says how it is set up: four clicks and a password. */
static void
test_known_site (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_set_reply (fixture->mock, "DiscoverSite", KNOWN_SITE);
  rd_mock_agent_set_reply (fixture->mock, "TestAccount", FINE);
  open_assistant (fixture);
  g_assert_false (gtk_widget_get_sensitive (child ("next")));
  type (child ("address"), " crm.example.com ");
  next ();
  await_page ("summary");
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "DiscoverSite"), ==, "('crm.example.com',)");
  g_assert_nonnull (rd_find_label (child ("summary"), "ws.example.com, port 6001"));
  g_assert_nonnull (rd_find_label (child ("summary"), "CRM calls"));
  g_assert_nonnull (rd_find_label (child ("summary"), "The <b>CRM"));
  next ();
  await_page ("sign-in");
  g_assert_false (gtk_widget_get_sensitive (child ("next")));
  type (form ("login"), "ada");
  type (form ("password"), "secret");
  next ();
  await_page ("test");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "TestAccount") == 1);
  g_assert_true (sent (fixture, "TestAccount", "'password': <'secret'>"));
  rd_test_await (gtk_widget_get_sensitive (child ("next")));
  g_assert_cmpstr (typed (form ("password")), ==, "");
  next ();
  await_page ("name");
  g_assert_cmpstr (typed (child ("name")), ==, "The <b>CRM");
  type (child ("name"), "Work");
  rd_colour_choice_set_colour (RD_COLOUR_CHOICE (child ("colour")), "#3584e4");
  next ();
  rd_test_await (rd_find_window (RD_TYPE_SETUP_DIALOG) == NULL);
  g_assert_true (sent (fixture, "AddAccount", "'ticket': <'ticket-1'>"));
  g_assert_true (sent (fixture, "AddAccount", "'name': <'Work'>"));
  g_assert_true (sent (fixture, "AddAccount", "'colour': <'#3584e4'>"));
  g_assert_true (sent (fixture, "AddAccount", "'port': <uint32 6001>"));
  g_assert_false (sent (fixture, "AddAccount", "secret"));
}

/* One that says nothing: by hand, with a variable, nobody to sign in, and what a profile needs. */
static void
test_by_hand (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *var;

  rd_mock_agent_set_reply (fixture->mock, "TestAccount", FINE);
  open_assistant (fixture);
  type (child ("address"), "pay.example.com");
  next ();
  await_page ("server");
  g_assert_cmpstr (typed (server ("site")), ==, "https://pay.example.com");
  adw_combo_row_set_selected (ADW_COMBO_ROW (server ("profile")), 1);
  type (server ("key"), "abc");
  type (server ("cluster"), "eu");
  g_assert_false (gtk_widget_get_sensitive (child ("next")));
  var = rd_find_type (server ("vars_group"), ADW_TYPE_ENTRY_ROW, 0);
  type (var, "17");
  next ();
  await_page ("test");
  next ();
  await_page ("name");
  g_assert_cmpstr (typed (child ("name")), ==, "pay.example.com");
  next ();
  rd_test_await (rd_find_window (RD_TYPE_SETUP_DIALOG) == NULL);
  g_assert_true (sent (fixture, "AddAccount", "{'invoice.id': '17'}"));
  g_assert_true (sent (fixture, "AddAccount", "'cluster': <'eu'>"));
}

/* A line of the site's own needs neither key nor server. */
static void
test_plain_line (RdWindowFixture *fixture, gconstpointer data)
{
  open_assistant (fixture);
  type (child ("address"), "https://crm.example.com");
  next ();
  await_page ("server");
  adw_combo_row_set_selected (ADW_COMBO_ROW (server ("profile")), 2);
  g_assert_false (gtk_widget_get_visible (server ("key_group")));
  next ();
  await_page ("sign-in");
  g_assert_false (gtk_widget_get_visible (form ("way")));
  g_assert_true (gtk_widget_get_visible (form ("password")));
}

/* What is typed stays, forth and back and whatever fails; and each failure says where it is mended. */
static void
test_failures (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_set_failure (fixture->mock, "DiscoverSite", "crm.example.com cannot be reached.");
  rd_mock_agent_set_reply (fixture->mock, "TestAccount", WRONG_PASSWORD);
  open_assistant (fixture);
  type (child ("address"), "crm.example.com");
  next ();
  await_error ("crm.example.com cannot be reached.");
  g_assert_true (gtk_widget_get_visible (child ("by_hand")));
  click (child ("by_hand"));
  await_page ("server");
  type (server ("key"), "abc");
  adw_combo_row_set_selected (ADW_COMBO_ROW (server ("server")), 1);
  type (server ("host"), "ws.example.com");
  click (child ("back"));
  await_page ("address");
  next ();
  await_error ("crm.example.com cannot be reached.");
  click (child ("by_hand"));
  await_page ("server");
  g_assert_cmpstr (typed (server ("key")), ==, "abc");
  next ();
  await_page ("sign-in");
  type (form ("login"), "ada");
  type (form ("password"), "wrong");
  next ();
  await_page ("test");
  rd_test_await (rd_setup_steps_get_failed (RD_SETUP_STEPS (child ("steps"))) != NULL);
  rd_test_await (gtk_widget_get_visible (child ("test_buttons")));
  g_assert_false (gtk_widget_get_visible (child ("anyway")));
  click (child ("change"));
  await_page ("sign-in");
  g_assert_cmpstr (typed (form ("login")), ==, "ada");
  g_assert_cmpstr (typed (form ("password")), ==, "wrong");

  rd_mock_agent_set_reply (fixture->mock, "TestAccount", NO_LINE);
  type (form ("password"), "right");
  next ();
  await_page ("test");
  rd_test_await (gtk_widget_get_visible (child ("anyway")));
  g_assert_cmpstr (rd_setup_steps_get_failed (RD_SETUP_STEPS (child ("steps"))), ==, "connection");
  rd_mock_agent_set_failure (fixture->mock, "AddAccount", "There is such an account already.");
  click (child ("anyway"));
  await_page ("name");
  type (child ("name"), "Mine");
  next ();
  await_error ("There is such an account already.");
  g_assert_cmpstr (typed (child ("name")), ==, "Mine");
  rd_mock_agent_set_failure (fixture->mock, "AddAccount", NULL);
  next ();
  rd_test_await (rd_find_window (RD_TYPE_SETUP_DIALOG) == NULL);
  g_assert_true (sent (fixture, "AddAccount", "'ticket': <'ticket-1'>"));
}

/* Going back while the agent is asked: its answer is not waited for, and does not come late. */
static void
test_back (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_set_reply (fixture->mock, "DiscoverSite", KNOWN_SITE);
  rd_mock_agent_set_reply (fixture->mock, "TestAccount", FINE);
  open_assistant (fixture);
  type (child ("address"), "crm.example.com");
  next ();
  await_page ("summary");
  next ();
  await_page ("sign-in");
  type (form ("login"), "ada");
  type (form ("password"), "secret");
  next ();
  g_assert_cmpstr (page (), ==, "test");
  click (child ("back"));
  g_assert_cmpstr (page (), ==, "sign-in");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "TestAccount") == 1);
  rd_test_drain ();
  g_assert_cmpstr (page (), ==, "sign-in");
  g_assert_cmpstr (typed (form ("password")), ==, "secret");
}

/* A link is looked at before anything of it is used. */
static void
test_link (RdWindowFixture *fixture, gconstpointer data)
{
  const char *link = "ringdown://setup?site=https%3A%2F%2Fcrm.example.com";

  rd_mock_agent_set_reply (fixture->mock, "ReadSetup",
                           "({'profile': <'theirs'>, 'profile-data': <'{}'>, 'site': <'https://crm.example.com'>, "
                           "'key': <'abc'>, 'host': <'127.0.0.1'>, 'port': <uint32 6001>, 'tls': <false>},)");
  rd_window_fixture_show (fixture);
  rd_window_show_setup (fixture->window, link);
  await_page ("summary");
  g_assert_true (sent (fixture, "ReadSetup", link));
  g_assert_nonnull (rd_find_label (child ("summary"), "crm.example.com"));
  g_assert_nonnull (rd_find_label (child ("summary"), "Not encrypted"));
  g_assert_nonnull (rd_find_label (child ("summary"), "Description"));
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "DiscoverSite"), ==, 0);
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "TestAccount"), ==, 0);
  next ();
  await_page ("sign-in");
}

/* A kind of site that only the site itself describes: fetched once the user has agreed, and not before. */
static void
test_own_profile (RdWindowFixture *fixture, gconstpointer data)
{
  rd_mock_agent_set_reply (fixture->mock, "ReadSetup",
                           "({'profile-url': <'https://crm.example.com/theirs.json'>, 'site': "
                           "<'https://crm.example.com'>, 'name': <'Theirs'>},)");
  rd_mock_agent_set_reply (fixture->mock, "TestAccount", FINE);
  rd_window_fixture_show (fixture);
  rd_window_show_setup (fixture->window, "ringdown://setup?");
  await_page ("summary");
  g_assert_nonnull (rd_find_label (child ("summary"), "https://crm.example.com/theirs.json"));
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "FetchProfile"), ==, 0);

  rd_mock_agent_set_failure (fixture->mock, "FetchProfile", "The site did not answer.");
  next ();
  await_error ("The site did not answer.");
  g_assert_cmpstr (page (), ==, "summary");
  rd_mock_agent_set_failure (fixture->mock, "FetchProfile", NULL);
  rd_mock_agent_set_reply (fixture->mock, "FetchProfile",
                           "({'profile': <'theirs'>, 'profile-data': <'{}'>, 'profile-entry': <{'name': "
                           "<'Their kind'>, 'sign-in': <['password']>, 'login': <'email'>, 'plain-line': <true>}>},)");
  next ();
  /* It says how one signs in, and that there is no server to name. */
  await_page ("sign-in");
  g_assert_true (sent (fixture, "FetchProfile", "https://crm.example.com/theirs.json"));
  type (form ("login"), "ada@example.com");
  type (form ("password"), "secret");
  next ();
  await_page ("test");
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "TestAccount") == 1);
  g_assert_true (sent (fixture, "TestAccount", "'profile': <'theirs'>"));
  g_assert_true (sent (fixture, "TestAccount", "'profile-data': <'{}'>"));
  g_assert_false (sent (fixture, "TestAccount", "profile-url"));
  g_assert_false (sent (fixture, "TestAccount", "profile-entry"));
}

static void
test_bad_link (RdWindowFixture *fixture, gconstpointer data)
{
  const char *sentence = "This link names a site without encryption (http://).";

  rd_mock_agent_set_failure (fixture->mock, "ReadSetup", sentence);
  rd_window_fixture_show (fixture);
  rd_window_show_setup (fixture->window, "ringdown://setup?site=http://a");
  await_error (sentence);
  g_assert_cmpstr (page (), ==, "address");

  /* pasted, it says the same */
  type (child ("address"), "ringdown://setup?");
  next ();
  await_error (sentence);
  g_assert_cmpstr (typed (child ("address")), ==, "ringdown://setup?");
}

static char *
read_file (const char *contents, gsize size, GError **error)
{
  g_autofree char *dir = rd_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "a.ringdown", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  char *text;

  g_assert_true (g_file_set_contents (path, contents, (gssize) size, NULL));
  rd_setup_file_read (file, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  text = rd_setup_file_choose_finish (result, error);
  rd_test_remove_tree (dir);
  return text;
}

static void
test_file (void)
{
  const gsize large = 50 * 1024 * 1024;
  g_autofree char *film = g_strnfill (large, 'x');
  g_autofree char *good = read_file ("{\"ringdown\":1}", 14, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (good, ==, "{\"ringdown\":1}");
  g_assert_null (read_file (film, large, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (read_file ("a\0b", 3, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_sign_in (RdWindowFixture *fixture, gconstpointer data)
{
  GtkWidget *dialog, *in;

  rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  rd_mock_agent_set_failure (fixture->mock, "SignIn", "Unable to log in with provided credentials.");
  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.sign-in", "s", "crm");
  dialog = rd_find_window (RD_TYPE_SIGN_IN_DIALOG);
  in = rd_find_child (dialog, RD_TYPE_SIGN_IN_DIALOG, "form");
  type (rd_find_child (in, RD_TYPE_SIGN_IN_FORM, "login"), "ada");
  type (rd_find_child (in, RD_TYPE_SIGN_IN_FORM, "password"), " p ");
  click (rd_find_child (dialog, RD_TYPE_SIGN_IN_DIALOG, "sign_in"));
  rd_test_await (rd_find_label (dialog, "Unable to log in with provided credentials.") != NULL);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "SignIn"), ==, "('ada', ' p ')");

  adw_combo_row_set_selected (ADW_COMBO_ROW (rd_find_child (in, RD_TYPE_SIGN_IN_FORM, "way")), 1);
  type (rd_find_child (in, RD_TYPE_SIGN_IN_FORM, "token"), "t");
  click (rd_find_child (dialog, RD_TYPE_SIGN_IN_DIALOG, "sign_in"));
  rd_test_await (rd_find_window (RD_TYPE_SIGN_IN_DIALOG) == NULL);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "SetToken"), ==, "('t', '')");
}

static void
test_preferences (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account = rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  GtkWidget *dialog, *paused, *threshold;

  rd_dbus_account1_set_colour (account, "#123456");
  rd_window_fixture_show (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.account-preferences", "s", "crm");
  dialog = rd_find_window (RD_TYPE_ACCOUNT_PREFERENCES);
  paused = rd_find_child (dialog, RD_TYPE_ACCOUNT_PREFERENCES, "paused");
  g_assert_cmpuint (rd_mock_agent_get_count (fixture->mock, "Configure"), ==, 0);
  g_assert_cmpstr (
    rd_colour_choice_get_colour (RD_COLOUR_CHOICE (rd_find_child (dialog, RD_TYPE_ACCOUNT_PREFERENCES, "colour"))), ==,
    "#123456");
  gtk_switch_set_active (GTK_SWITCH (paused), TRUE);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "Configure") == 1);
  g_assert_cmpstr (rd_mock_agent_get_arguments (fixture->mock, "Configure"), ==, "({'paused': <true>},)");
  adw_combo_row_set_selected (ADW_COMBO_ROW (rd_find_child (dialog, RD_TYPE_ACCOUNT_PREFERENCES, "sound")), 2);
  rd_test_await (sent (fixture, "Configure", "'sound': <'silent'>"));

  rd_mock_agent_set_failure (fixture->mock, "Configure", "“many” is no amount.");
  threshold = rd_find_child (dialog, RD_TYPE_ACCOUNT_PREFERENCES, "threshold");
  type (threshold, "many");
  g_signal_emit_by_name (threshold, "apply");
  rd_test_await (rd_find_label (dialog, "“many” is no amount.") != NULL);
  rd_test_await (*typed (threshold) == '\0');
}

/* A paused account is as its user wants it: no trouble, and it says so. */
static void
test_paused (RdWindowFixture *fixture, gconstpointer data)
{
  RdDBusAccount1 *account = rd_mock_agent_add_account (fixture->mock, "crm", "Work");
  g_autofree char *status = NULL;
  GtkWidget *row;

  rd_dbus_account1_set_paused (account, TRUE);
  rd_dbus_account1_set_state (account, "stopped");
  rd_window_fixture_show (fixture);
  g_assert_false (gtk_widget_get_visible (rd_find_child (fixture->window, RD_TYPE_WINDOW, "banner")));
  row = rd_find_type (GTK_WIDGET (fixture->window), RD_TYPE_ACCOUNT_ROW, 0);
  status = rd_account_row_dup_status (RD_ACCOUNT_ROW (row));
  g_assert_true (g_str_has_prefix (status, "Paused"));
  gtk_switch_set_active (GTK_SWITCH (rd_find_child (row, RD_TYPE_ACCOUNT_ROW, "paused")), FALSE);
  rd_test_await (!rd_dbus_account1_get_paused (account));
}

#define ADD(path, func) \
  g_test_add (path, RdWindowFixture, NULL, rd_window_fixture_set_up, func, rd_window_fixture_tear_down)

int
main (int argc, char **argv)
{
  rd_window_fixture_init (&argc, &argv);
  ADD ("/setup/known-site", test_known_site);
  ADD ("/setup/by-hand", test_by_hand);
  ADD ("/setup/plain-line", test_plain_line);
  ADD ("/setup/failures", test_failures);
  ADD ("/setup/back", test_back);
  ADD ("/setup/link", test_link);
  ADD ("/setup/own-profile", test_own_profile);
  ADD ("/setup/bad-link", test_bad_link);
  g_test_add_func ("/setup/file", test_file);
  ADD ("/account/sign-in", test_sign_in);
  ADD ("/account/preferences", test_preferences);
  ADD ("/account/paused", test_paused);
  return g_test_run ();
}
