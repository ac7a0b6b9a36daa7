/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rd-test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

/* Waiting, fixtures and temporary folders, for every test. */

/* libsoup's server warns when it is asked by somebody who has gone by then: that is nobody's fault. */
static gboolean
is_forgiven (const char *domain, const char *message)
{
  return g_strcmp0 (domain, "libsoup") == 0 && strstr (message, "could not get remote address") != NULL;
}

static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  return !is_forgiven (domain, message);
}

/* GLib's own, which writes "Bail out!" of whatever may be fatal, also of what then is not */
static GLogFunc report = NULL;

static void
on_log (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if (!is_forgiven (domain, message))
    report (domain, level, message, user_data);
}

/* GLib forgets what is fatal with every test that begins. */
static void
tell_what_is_fatal (void)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  if (report == NULL)
    report = g_log_set_default_handler (on_log, NULL);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
rd_test_store_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

void
rd_test_iterate (gint64 deadline, const char *condition, const char *file, int line)
{
  guint tick = g_timeout_add (50, on_tick, NULL);

  tell_what_is_fatal ();
  g_main_context_iteration (NULL, TRUE);
  g_source_remove (tick);
  if (g_get_monotonic_time () > deadline)
    g_error ("%s:%d: waited in vain for: %s", file, line, condition);
}

void
rd_test_drain (void)
{
  tell_what_is_fatal ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

char *
rd_test_fixture_text (const char *name, gsize *length)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

JsonNode *
rd_test_fixture (const char *name, const char *member)
{
  gsize length = 0;
  g_autofree char *text = rd_test_fixture_text (name, &length);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  JsonNode *node;

  json_parser_load_from_data (parser, text, (gssize) length, &error);
  g_assert_no_error (error);
  node = json_parser_get_root (parser);
  if (member != NULL)
    node = json_object_get_member (json_node_get_object (node), member);
  if (node == NULL)
    g_error ("fixture %s has no %s", name, member);
  return json_node_copy (node);
}

/* None of the descriptors but the first three is for a program that is started from now on. */
static void
keep_descriptors (void)
{
  g_autoptr (GDir) open_ones = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (open_ones != NULL && (name = g_dir_read_name (open_ones)) != NULL)
    {
      int fd = atoi (name);
      int flags = fd > 2 ? fcntl (fd, F_GETFD) : -1;

      if (flags >= 0)
        fcntl (fd, F_SETFD, flags | FD_CLOEXEC);
    }
}

/* A process beside this one waits for the end of a pipe to end the buses, which have the standard output of this one,
 * and whoever reads that waits for its end in turn. But a bus is given all that is open (GTestDBus starts it with
 * G_SPAWN_LEAVE_DESCRIPTORS_OPEN), and so the second one would hold that pipe, and itself, open. */
void
rd_test_bus_up (GTestDBus *bus)
{
  keep_descriptors ();
  g_test_dbus_up (bus);
}

char *
rd_test_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("ringdown-test-XXXXXX", &error);

  g_assert_no_error (error);
  return path;
}

void
rd_test_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        rd_test_remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
rd_test_mutate (GString *text)
{
  static const char spice[] = "\"\\{}[]:,ud0e \n\x80\xc3\xff'/*+-.tn123";
  char c = spice[g_test_rand_int_range (0, sizeof spice - 1)];
  gsize at = (gsize) g_test_rand_int_range (0, (gint32) text->len);
  gsize some = (gsize) g_test_rand_int_range (1, MIN (8, (gint32) (text->len - at)) + 1);
  g_autofree char *part = g_strndup (text->str + at, some);

  switch (g_test_rand_int_range (0, 4))
    {
    case 0:
      text->str[at] = c;
      break;
    case 1:
      g_string_insert_c (text, (gssize) at, c);
      break;
    case 2:
      if (text->len > some)
        g_string_erase (text, (gssize) at, (gssize) some);
      break;
    default:
      g_string_insert (text, (gssize) at, part);
    }
}
