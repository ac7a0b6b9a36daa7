/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#ifdef __SANITIZE_ADDRESS__
#define RD_TEST_PATIENCE_S 90
#else
#define RD_TEST_PATIENCE_S 20
#endif

/* Runs the default main context until @condition holds; fails the test after 20 s, 90 s under a sanitizer. The only way
 * tests wait. */
#define rd_test_await(condition)                                                       \
  G_STMT_START                                                                         \
  {                                                                                    \
    gint64 rd_deadline = g_get_monotonic_time () + RD_TEST_PATIENCE_S * G_USEC_PER_SEC;\
    while (!(condition))                                                               \
      rd_test_iterate (rd_deadline, G_STRINGIFY (condition), __FILE__, __LINE__);      \
  }                                                                                    \
  G_STMT_END

/* Stores the result (with a reference) in the GAsyncResult** that is @user_data. */
void      rd_test_store_result (GObject *source, GAsyncResult *result, gpointer user_data);
void      rd_test_iterate      (gint64 deadline, const char *condition, const char *file, int line);
/* Lets everything that is ready now happen, and nothing else. */
void      rd_test_drain        (void);
/* The fixture tests/fixtures/NAME, as text or (member NULL: whole) as JSON. Named fixtures: one JSON object per
 * file whose members are the named packets. */
char     *rd_test_fixture_text (const char *name, gsize *length);
JsonNode *rd_test_fixture      (const char *name, const char *member);
/* g_test_dbus_up(), for a program that may have several buses: it ends at once when a test aborts. */
void      rd_test_bus_up       (GTestDBus *bus);
/* A fresh folder, removed by rd_test_remove_tree(). */
char     *rd_test_make_dir     (void);
void      rd_test_remove_tree  (const char *path);
/* Changes a byte of @text, which may not be empty, or adds one, or drops or doubles some. */
void      rd_test_mutate       (GString *text);

G_END_DECLS
