/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-history-page.h"
#include "rd-mock-messages.h"
#include "rd-mock-people.h"
#include "rd-window-app.h"
#include "rd-window.h"
#include "window-fixture.h"

/* Figures, not a test: what the window costs with ten entries of everything, with more than a page of them, and with
 * 10,000, in one run. One line for each: how long until it shows its conversations, and the frames while the list is
 * scrolled. */

#define FRAMES 300
#define STEP 90

typedef struct
{
  double start;  /* ms */
  double median; /* ms a frame */
  double worst;
  guint loaded;
  guint calls;
} Figures;

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

/* From one frame to the next, while each scrolls a little further: 16.7 ms is as often as a screen asks for one. */
static void
scroll (GtkWidget *scroller, Figures *figures)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (scroller);
  double times[FRAMES];
  guint i;

  for (i = 0; i < FRAMES; i++)
    {
      gint64 frame = gdk_frame_clock_get_frame_counter (clock);
      gint64 began = g_get_monotonic_time ();

      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + STEP);
      gtk_widget_queue_draw (scroller);
      while (gdk_frame_clock_get_frame_counter (clock) == frame)
        g_main_context_iteration (NULL, TRUE);
      times[i] = (double) (g_get_monotonic_time () - began) / 1000;
    }
  qsort (times, FRAMES, sizeof *times, compare);
  figures->median = times[FRAMES / 2];
  figures->worst = times[FRAMES - 1 - FRAMES / 100];
}

static GtkWidget *
child_of (GtkWidget *page, const char *id)
{
  return rd_find_child (page, RD_TYPE_MESSAGES_PAGE, id);
}

static Figures
measure (guint n)
{
  RdWindowFixture fixture = { NULL };
  g_autoptr (RdMockMessages) messages = NULL;
  g_autoptr (RdMockPeople) people = NULL;
  RdDBusAccount1 *account;
  Figures figures = { 0 };
  GtkWidget *page;
  GListModel *list;
  gint64 began;

  rd_window_fixture_set_up (&fixture, NULL);
  account = rd_mock_agent_add_account (fixture.mock, "crm", "Work");
  messages = rd_mock_messages_new (fixture.mock, account);
  people = rd_mock_people_new (fixture.mock, account);
  rd_mock_messages_fill (messages, n);
  rd_mock_people_fill (people, n);

  began = g_get_monotonic_time ();
  fixture.model = rd_model_new (fixture.connection, RD_FIXTURE_BUS_NAME);
  fixture.window = RD_WINDOW (rd_window_new (GTK_APPLICATION (fixture.application), fixture.model, NULL));
  rd_window_show_page (fixture.window, "messages");
  gtk_window_present (GTK_WINDOW (fixture.window));
  page = rd_find_child (fixture.window, RD_TYPE_WINDOW, "messages_page");
  list = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (child_of (page, "view"))));
  rd_test_await (g_list_model_get_n_items (list) >= MIN (n, 50));
  rd_test_await (gtk_widget_get_mapped (child_of (page, "view")));
  figures.start = (double) (g_get_monotonic_time () - began) / 1000;

  scroll (child_of (page, "scroller"), &figures);
  figures.loaded = g_list_model_get_n_items (list);
  figures.calls = rd_mock_agent_get_count (fixture.mock, "ListConversations");
  g_clear_object (&messages);
  g_clear_object (&people);
  rd_window_fixture_tear_down (&fixture, NULL);
  return figures;
}

/* The same of the history, and how long until it shows what is searched for. */
static void
measure_history (guint n)
{
  RdWindowFixture fixture = { NULL };
  Figures figures = { 0 };
  GtkWidget *page;
  GListModel *list;
  gint64 began;
  double search;

  rd_window_fixture_set_up (&fixture, NULL);
  rd_mock_agent_add_account (fixture.mock, "crm", "Work");
  rd_mock_history_fill (fixture.history, n);

  began = g_get_monotonic_time ();
  fixture.model = rd_model_new (fixture.connection, RD_FIXTURE_BUS_NAME);
  fixture.window = RD_WINDOW (rd_window_new (GTK_APPLICATION (fixture.application), fixture.model, NULL));
  gtk_window_present (GTK_WINDOW (fixture.window));
  page = rd_find_child (fixture.window, RD_TYPE_WINDOW, "history_page");
  list = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (rd_find_child (page, RD_TYPE_HISTORY_PAGE, "view"))));
  rd_test_await (g_list_model_get_n_items (list) >= MIN (n * 8 / 10, 50));
  rd_test_await (gtk_widget_get_mapped (rd_find_child (page, RD_TYPE_HISTORY_PAGE, "view")));
  figures.start = (double) (g_get_monotonic_time () - began) / 1000;
  scroll (rd_find_child (page, RD_TYPE_HISTORY_PAGE, "scroller"), &figures);
  figures.loaded = g_list_model_get_n_items (list);
  figures.calls = rd_mock_agent_get_count (fixture.mock, "List");

  began = g_get_monotonic_time ();
  gtk_editable_set_text (GTK_EDITABLE (rd_find_child (page, RD_TYPE_HISTORY_PAGE, "search")), "grace");
  rd_test_await (rd_mock_agent_get_count (fixture.mock, "List") > figures.calls);
  rd_test_await (g_list_model_get_n_items (list) <= 100);
  search = (double) (g_get_monotonic_time () - began) / 1000;
  g_print ("{\"history\":%u,\"start\":%.1f,\"frame\":%.2f,\"worst\":%.2f,\"loaded\":%u,\"calls\":%u,"
           "\"search\":%.1f}\n",
           n, figures.start, figures.median, figures.worst, figures.loaded, figures.calls, search);
  rd_window_fixture_tear_down (&fixture, NULL);
}

int
main (int argc, char **argv)
{
  const guint sizes[] = { 10, 10, 100, 10000, 10, 100, 10000 };
  gsize i;

  rd_window_fixture_init (&argc, &argv);
  /* the first one loads fonts, icons and styles: nobody's figure */
  for (i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      Figures figures = measure (sizes[i]);

      if (i > 0)
        g_print ("{\"entries\":%u,\"start\":%.1f,\"frame\":%.2f,\"worst\":%.2f,\"loaded\":%u,\"calls\":%u}\n", sizes[i],
                 figures.start, figures.median, figures.worst, figures.loaded, figures.calls);
    }
  measure_history (100);
  measure_history (100000);
  return 0;
}
