/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "rd-settings.h"
#include "window-fixture.h"

/* What the window's tests have in common. */

static char *home; /* the fake session's */
/* One bus and one application for all tests of a program: GApplication and GTK hold on to the session bus, so it cannot
 * go down between them. GTestDBus ends its daemon with the program. */
static GTestDBus *bus;

#ifdef __SANITIZE_ADDRESS__
/* What libraries get as they are loaded is theirs for good, also what GLib loses of it: its first block of quarks, once
 * there are more. GTK's programs have that many, and only stacks read in full, which make text some thirty times as
 * slow to draw, would tell LeakSanitizer whose it was. */
__attribute__ ((section (".preinit_array"), used)) static void (*before_libraries) (void) = __lsan_disable;

__attribute__ ((constructor)) static void
after_libraries (void)
{
  __lsan_enable ();
}
#endif

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (home, folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
rd_window_fixture_fake_session (void)
{
  g_autofree char *data = NULL;
  g_autofree char *config = NULL;
  g_autofree char *entry = NULL;
  g_autofree char *system = NULL;
  g_autofree char *mime = NULL;
  g_autofree char *schemas = NULL;

  home = rd_test_make_dir ();
  data = g_build_filename (home, "data", NULL);
  config = g_build_filename (home, "config", NULL);
  entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Fake\nExec=sh -c 'echo \"$1\" > \"%s/browsed\"' sh "
                           "%%u\nMimeType=x-scheme-handler/https;\n",
                           home);
  write_file ("data/applications", "fake-browser.desktop", entry);
  write_file ("config", "mimeapps.list", "[Default Applications]\nx-scheme-handler/https=fake-browser.desktop\n");
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  /* what icons and settings are loaded with, but no programs */
  system = g_build_filename (home, "system", NULL);
  mime = g_build_filename (system, "mime", NULL);
  g_assert_cmpint (g_mkdir_with_parents (system, 0700), ==, 0);
  schemas = g_build_filename (system, "glib-2.0", NULL);
  g_assert_cmpint (symlink ("/usr/share/mime", mime), ==, 0);
  g_assert_cmpint (symlink ("/usr/share/glib-2.0", schemas), ==, 0);
  g_setenv ("XDG_DATA_DIRS", system, TRUE);
  g_setenv ("XDG_CONFIG_DIRS", "/nonexistent", TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE);
}

void
rd_window_fixture_init (int *argc, char ***argv)
{
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));

  g_test_init (argc, argv, NULL);
  /* GTestDBus forks a watcher that ends as this program does, with all that has been registered to be called then. It
   * is forked before there are GTK, its threads and their locks. And GTestDBus hides the display. */
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (bus);
  if (display != NULL)
    g_setenv ("DISPLAY", display, TRUE);
  adw_init ();
}

int
rd_window_fixture_run (void)
{
  int result = g_test_run ();

  rd_test_remove_tree (home);
  g_clear_pointer (&home, g_free);
  return result;
}

gboolean
rd_window_fixture_has_browsed (const char *uri)
{
  g_autofree char *path = g_build_filename (home, "browsed", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_strcmp0 (g_strchomp (text), uri) == 0;
}

static GDBusConnection *
connect_to (const char *address)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection;

  connection = g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL,
    NULL, &error);
  g_assert_no_error (error);
  return connection;
}

void
rd_window_fixture_set_up (RdWindowFixture *fixture, gconstpointer data)
{
  static AdwApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      rd_window_init_resources ();
      application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "io.github.ringdown.Test.Window", "flags",
                                  G_APPLICATION_NON_UNIQUE, "resource-base-path", "/io/github/ringdown/Ringdown", NULL);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  fixture->application = application;
  fixture->agent_connection = connect_to (g_test_dbus_get_bus_address (bus));
  fixture->connection = connect_to (g_test_dbus_get_bus_address (bus));
  fixture->mock = rd_mock_agent_new (fixture->agent_connection, RD_FIXTURE_BUS_NAME);
  fixture->history = rd_mock_history_new (fixture->mock);
  fixture->quiet = rd_mock_quiet_new (fixture->mock);
}


void
rd_window_fixture_show (RdWindowFixture *fixture)
{
  g_autoptr (GSettings) settings = rd_settings_open (NULL);

  fixture->model = rd_model_new (fixture->connection, RD_FIXTURE_BUS_NAME);
  fixture->window =
    RD_WINDOW (rd_window_new (GTK_APPLICATION (fixture->application), fixture->model, NULL));
  rd_window_set_settings (fixture->window, settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rd_test_await (rd_model_get_state (fixture->model) == RD_MODEL_RUNNING);
  rd_test_await (rd_mock_agent_get_count (fixture->mock, "ListPayments") > 0);
  rd_test_await (gtk_widget_get_mapped (GTK_WIDGET (fixture->window)));
}

void
rd_window_fixture_tear_down (RdWindowFixture *fixture, gconstpointer data)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  GtkWindow *toplevel;

  while ((toplevel = g_list_model_get_item (toplevels, 0)) != NULL)
    {
      gtk_window_destroy (toplevel);
      g_object_unref (toplevel);
    }
  rd_test_drain ();
  if (fixture->model != NULL)
    {
      g_object_run_dispose (G_OBJECT (fixture->model));
      g_clear_object (&fixture->model);
    }
  g_clear_object (&fixture->history);
  g_clear_object (&fixture->quiet);
  g_clear_object (&fixture->mock);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_dbus_connection_close_sync (fixture->agent_connection, NULL, NULL);
  g_clear_object (&fixture->connection);
  g_clear_object (&fixture->agent_connection);
  rd_test_drain ();
}

typedef gboolean (*MatchFunc) (GtkWidget *widget, gconstpointer what);

static GtkWidget *
find (GtkWidget *root, MatchFunc match, gconstpointer what, guint *skip)
{
  GtkWidget *child;

  if (match (root, what) && (*skip)-- == 0)
    return root;
  for (child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match, what, skip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer what)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), what) == 0;
}

static gboolean
is_label (GtkWidget *widget, gconstpointer what)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), what) == 0 &&
         gtk_widget_get_child_visible (widget);
}

static gboolean
is_of_type (GtkWidget *widget, gconstpointer what)
{
  return G_TYPE_CHECK_INSTANCE_TYPE (widget, *(const GType *) what);
}

GtkWidget *
rd_find_button (GtkWidget *root, const char *label)
{
  guint skip = 0;

  return find (root, is_button, label, &skip);
}

GtkWidget *
rd_find_label (GtkWidget *root, const char *text)
{
  guint skip = 0;

  return find (root, is_label, text, &skip);
}

GtkWidget *
rd_find_type (GtkWidget *root, GType type, guint n)
{
  return find (root, is_of_type, &type, &n);
}

GtkWidget *
rd_find_child (gpointer widget, GType type, const char *id)
{
  return GTK_WIDGET (gtk_widget_get_template_child (widget, type, id));
}

guint
rd_count_type (GtkWidget *root, GType type)
{
  guint n = 0;

  while (rd_find_type (root, type, n) != NULL)
    n++;
  return n;
}

static int
compare_strings (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

char *
rd_list_buttons (GtkWidget *root)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GtkWidget *button;
  guint n;

  for (n = 0; (button = rd_find_type (root, GTK_TYPE_BUTTON, n)) != NULL; n++)
    if (gtk_button_get_label (GTK_BUTTON (button)) != NULL && gtk_widget_get_visible (button) &&
        gtk_widget_get_visible (gtk_widget_get_parent (button)) &&
        gtk_widget_get_sensitive (button))
      g_ptr_array_add (labels, (gpointer) gtk_button_get_label (GTK_BUTTON (button)));
  g_ptr_array_sort (labels, compare_strings);
  g_ptr_array_add (labels, NULL);
  return g_strjoinv (",", (char **) labels->pdata);
}

GtkWidget *
rd_find_window (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint i;

  for (i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (toplevel, type))
        return toplevel;
    }
  return NULL;
}

guint
rd_count_windows (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint i, n = 0;

  for (i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      n += G_TYPE_CHECK_INSTANCE_TYPE (toplevel, type);
    }
  return n;
}
