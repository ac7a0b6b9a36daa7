/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "mock-tray.h"
#include "rd-test.h"
#include "rd-tray.h"

#define ID "io.github.ringdown.Test"
#define MENU "/io/github/ringdown/Ringdown/Menu"

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  RdTray *tray;
  MockTray *host; /* (nullable) */
  guint activated;
  guint secondary;
  char *token;
} World;

static void
on_activate (RdTray *tray, const char *token, World *world)
{
  world->activated++;
  g_free (world->token);
  world->token = g_strdup (token);
}

static void
on_activate_secondary (RdTray *tray, const char *token, World *world)
{
  world->secondary++;
}

static void
set_up (World *world, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  world->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  rd_test_bus_up (world->bus);
  world->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  world->tray = rd_tray_new (world->connection, ID, MENU);
  rd_tray_set_tip (world->tray, "Ringdown", "Connected");
  g_signal_connect (world->tray, "activate", G_CALLBACK (on_activate), world);
  g_signal_connect (world->tray, "activate-secondary", G_CALLBACK (on_activate_secondary), world);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_assert_finalize_object (world->tray);
  g_clear_pointer (&world->host, mock_tray_free);
  rd_test_drain ();
  g_clear_object (&world->connection);
  g_test_dbus_down (world->bus);
  g_object_unref (world->bus);
  g_free (world->token);
}

static void
start_host (World *world)
{
  world->host = mock_tray_new (g_test_dbus_get_bus_address (world->bus));
}

static void
show (World *world)
{
  start_host (world);
  rd_tray_set_wanted (world->tray, TRUE);
  rd_test_await (rd_tray_get_shown (world->tray));
}

static void
assert_text (World *world, const char *property, const char *expected)
{
  g_autoptr (GVariant) value = mock_tray_get (world->host, property);

  g_assert_cmpstr (g_variant_get_string (value, NULL), ==, expected);
}

static void
assert_flag (World *world, const char *property, gboolean expected)
{
  g_autoptr (GVariant) value = mock_tray_get (world->host, property);

  g_assert_cmpint (g_variant_get_boolean (value), ==, expected);
}

static void
assert_pixmaps (World *world, const char *property)
{
  static const int sizes[] = { 16, 22, 24, 32, 48 };
  g_autoptr (GVariant) value = mock_tray_get (world->host, property);

  g_assert_cmpstr (g_variant_get_type_string (value), ==, "a(iiay)");
  g_assert_cmpuint (g_variant_n_children (value), ==, G_N_ELEMENTS (sizes));
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GVariant) pixels = NULL;
      int width;
      int height;

      g_variant_get_child (value, i, "(ii@ay)", &width, &height, &pixels);
      g_assert_cmpint (width, ==, sizes[i]);
      g_assert_cmpint (height, ==, sizes[i]);
      g_assert_cmpuint (g_variant_get_size (pixels), ==, sizes[i] * sizes[i] * 4);
    }
}

static void
assert_tip (World *world, const char *title, const char *text)
{
  g_autoptr (GVariant) value = mock_tray_get (world->host, "ToolTip");
  const char *found_title;
  const char *found_text;

  g_variant_get (value, "(&s@a(iiay)&s&s)", NULL, NULL, &found_title, &found_text);
  g_assert_cmpstr (found_title, ==, title);
  g_assert_cmpstr (found_text, ==, text);
}

/* All that a host asks a new item for */
static void
test_registers (World *world, gconstpointer data)
{
  g_autofree char *service = NULL;

  show (world);
  service = mock_tray_dup_service (world->host);
  g_assert_cmpstr (service, ==, g_dbus_connection_get_unique_name (world->connection));
  g_assert_cmpuint (mock_tray_count (world->host), ==, 1);
  assert_text (world, "Category", "Communications");
  assert_text (world, "Id", ID);
  assert_text (world, "Title", "Ringdown");
  assert_text (world, "Status", "Active");
  assert_text (world, "IconName", "io.github.ringdown.Ringdown-tray-offline");
  assert_text (world, "AttentionIconName", "io.github.ringdown.Ringdown-tray-ringing");
  assert_text (world, "OverlayIconName", "");
  assert_text (world, "Menu", MENU);
  assert_flag (world, "ItemIsMenu", FALSE);
  assert_pixmaps (world, "IconPixmap");
  assert_pixmaps (world, "AttentionIconPixmap");
  assert_tip (world, "Ringdown", "Connected");
}

static void
test_looks (World *world, gconstpointer data)
{
  show (world);
  rd_tray_set_look (world->tray, RD_TRAY_LOOK_CONNECTED, FALSE);
  rd_test_await (mock_tray_count_signals (world->host, "NewIcon") == 1);
  assert_text (world, "IconName", "io.github.ringdown.Ringdown-tray-connected");
  assert_text (world, "Status", "Active");

  rd_tray_set_look (world->tray, RD_TRAY_LOOK_RINGING, TRUE);
  rd_test_await (mock_tray_count_signals (world->host, "NewStatus") == 1);
  assert_text (world, "Status", "NeedsAttention");
  assert_text (world, "IconName", "io.github.ringdown.Ringdown-tray-ringing");
  assert_pixmaps (world, "IconPixmap");

  rd_tray_set_tip (world->tray, "Ringdown", "1 missed call");
  rd_tray_set_look (world->tray, RD_TRAY_LOOK_CONNECTED_MISSED, FALSE);
  rd_test_await (mock_tray_count_signals (world->host, "NewStatus") == 2);
  assert_text (world, "Status", "Active");
  assert_text (world, "IconName", "io.github.ringdown.Ringdown-tray-connected-missed");
  assert_tip (world, "Ringdown", "1 missed call");
}

/* What stays as it is, is not told again: hosts redraw at every signal. */
static void
test_tells_changes_only (World *world, gconstpointer data)
{
  guint icons;
  guint tips;

  show (world);
  rd_tray_set_look (world->tray, RD_TRAY_LOOK_QUIET, FALSE);
  rd_test_await (mock_tray_count_signals (world->host, "NewIcon") == 1);
  icons = mock_tray_count_signals (world->host, "NewIcon");
  tips = mock_tray_count_signals (world->host, "NewToolTip");
  rd_tray_set_look (world->tray, RD_TRAY_LOOK_QUIET, FALSE);
  rd_tray_set_tip (world->tray, "Ringdown", "Connected");
  rd_tray_set_look (world->tray, RD_TRAY_LOOK_QUIET, TRUE);
  rd_test_await (mock_tray_count_signals (world->host, "NewStatus") == 1);
  g_assert_cmpuint (mock_tray_count_signals (world->host, "NewIcon"), ==, icons);
  g_assert_cmpuint (mock_tray_count_signals (world->host, "NewToolTip"), ==, tips);
}

static void
provide_token (World *world, const char *token)
{
  g_autoptr (GVariant) reply
    = mock_tray_call (world->host, "/StatusNotifierItem", "org.kde.StatusNotifierItem", "ProvideXdgActivationToken",
                      g_variant_new ("(s)", token), "()");
}

static void
test_clicks (World *world, gconstpointer data)
{
  g_autoptr (GVariant) scrolled = NULL;

  show (world);
  mock_tray_click (world->host, "Activate");
  g_assert_cmpuint (world->activated, ==, 1);
  g_assert_null (world->token);
  mock_tray_click (world->host, "SecondaryActivate");
  g_assert_cmpuint (world->secondary, ==, 1);
  /* A host that shows no menus asks for one. */
  mock_tray_click (world->host, "ContextMenu");
  g_assert_cmpuint (world->activated, ==, 2);
  scrolled = mock_tray_call (world->host, "/StatusNotifierItem", "org.kde.StatusNotifierItem", "Scroll",
                             g_variant_new ("(is)", 120, "vertical"), "()");
  g_assert_cmpuint (world->activated + world->secondary, ==, 3);
}

static void
test_tokens (World *world, gconstpointer data)
{
  g_autofree char *long_token = g_strnfill (5000, 'x');

  show (world);
  provide_token (world, "token-1");
  mock_tray_click (world->host, "Activate");
  g_assert_cmpstr (world->token, ==, "token-1");
  /* It is good for one window. */
  mock_tray_click (world->host, "Activate");
  g_assert_null (world->token);
  provide_token (world, long_token);
  mock_tray_click (world->host, "Activate");
  g_assert_null (world->token);
}

static void
test_no_host (World *world, gconstpointer data)
{
  rd_tray_set_wanted (world->tray, TRUE);
  rd_test_drain ();
  g_assert_false (rd_tray_get_shown (world->tray));
  /* One comes later. */
  start_host (world);
  rd_test_await (rd_tray_get_shown (world->tray));
}

static void
test_host_restarts (World *world, gconstpointer data)
{
  show (world);
  g_clear_pointer (&world->host, mock_tray_free);
  rd_test_await (!rd_tray_get_shown (world->tray));
  start_host (world);
  rd_test_await (rd_tray_get_shown (world->tray));
  g_assert_cmpuint (mock_tray_count (world->host), ==, 1);
  assert_text (world, "Status", "Active");
}

/* A watcher without a host shows nothing: the user must not be told that there is an icon. */
static void
test_watcher_without_host (World *world, gconstpointer data)
{
  start_host (world);
  mock_tray_set_hosted (world->host, FALSE);
  rd_tray_set_wanted (world->tray, TRUE);
  rd_test_await (mock_tray_count (world->host) == 1);
  rd_test_drain ();
  g_assert_false (rd_tray_get_shown (world->tray));
  mock_tray_set_hosted (world->host, TRUE);
  rd_test_await (rd_tray_get_shown (world->tray));
  mock_tray_set_hosted (world->host, FALSE);
  rd_test_await (!rd_tray_get_shown (world->tray));
}

static void
test_refused (World *world, gconstpointer data)
{
  start_host (world);
  mock_tray_set_refusing (world->host, TRUE);
  rd_tray_set_wanted (world->tray, TRUE);
  rd_test_await (mock_tray_count (world->host) == 1);
  rd_test_drain ();
  g_assert_false (rd_tray_get_shown (world->tray));
  mock_tray_set_refusing (world->host, FALSE);
  rd_test_await (rd_tray_get_shown (world->tray));
}

static void
test_not_wanted (World *world, gconstpointer data)
{
  start_host (world);
  rd_test_drain ();
  g_assert_cmpuint (mock_tray_count (world->host), ==, 0);

  rd_tray_set_wanted (world->tray, TRUE);
  rd_test_await (rd_tray_get_shown (world->tray));
  rd_tray_set_wanted (world->tray, FALSE);
  g_assert_false (rd_tray_get_shown (world->tray));
  assert_text (world, "Status", "Passive");
  rd_tray_set_wanted (world->tray, TRUE);
  g_assert_true (rd_tray_get_shown (world->tray));
  assert_text (world, "Status", "Active");
  g_assert_cmpuint (mock_tray_count (world->host), ==, 1);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (World *, gconstpointer);
  } tests[] = {
    { "/tray/registers", test_registers },
    { "/tray/looks", test_looks },
    { "/tray/tells-changes-only", test_tells_changes_only },
    { "/tray/clicks", test_clicks },
    { "/tray/tokens", test_tokens },
    { "/tray/no-host", test_no_host },
    { "/tray/host-restarts", test_host_restarts },
    { "/tray/watcher-without-host", test_watcher_without_host },
    { "/tray/refused", test_refused },
    { "/tray/not-wanted", test_not_wanted },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
