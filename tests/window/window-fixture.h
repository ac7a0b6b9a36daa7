/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rd-mock-agent.h"
#include "rd-mock-history.h"
#include "rd-mock-quiet.h"
#include "rd-test.h"
#include "rd-window.h"

G_BEGIN_DECLS

#define RD_FIXTURE_BUS_NAME "io.github.ringdown.Test"

/* A private bus, a mock agent on it, and the window that shows it. */
typedef struct
{
  GDBusConnection *agent_connection;
  GDBusConnection *connection;
  RdMockAgent *mock;
  RdMockHistory *history;
  RdMockQuiet *quiet;
  AdwApplication *application;
  RdModel *model;
  RdWindow *window;
} RdWindowFixture;

/* First in main(), in place of g_test_init() and adw_init(). */
void rd_window_fixture_init      (int *argc, char ***argv);
/* The bus and the mock, so that a test can fill it first… */
void rd_window_fixture_set_up    (RdWindowFixture *fixture, gconstpointer data);
/* …and the window, when all that the mock has is loaded. */
void rd_window_fixture_show      (RdWindowFixture *fixture);
void rd_window_fixture_tear_down (RdWindowFixture *fixture, gconstpointer data);

/* Even before that in main(), for tests that open links or look at what a screen reader is told: a browser for
 * https that notes what it is shown, nothing for http, and GTK's own test of accessibility. Goes with
 * rd_window_fixture_run() instead of g_test_run(). */
void     rd_window_fixture_fake_session (void);
int      rd_window_fixture_run          (void);
/* Whether the browser was shown this last. */
gboolean rd_window_fixture_has_browsed  (const char *uri);

/* Finding what a user would see under @root, also in other pages of a stack. All (nullable) (transfer none). */
GtkWidget *rd_find_button (GtkWidget *root, const char *label);
GtkWidget *rd_find_label  (GtkWidget *root, const char *text);
/* The nth widget of a type, from 0. */
GtkWidget *rd_find_type   (GtkWidget *root, GType type, guint n);
/* A child by the id that its template gives it. */
GtkWidget *rd_find_child  (gpointer widget, GType type, const char *id);
/* The labels of all visible and sensitive buttons, sorted, joined by ",". */
char      *rd_list_buttons (GtkWidget *root);
guint      rd_count_type  (GtkWidget *root, GType type);
/* The toplevel of a type, shown last. */
GtkWidget *rd_find_window (GType type);
guint      rd_count_windows (GType type);

G_END_DECLS
