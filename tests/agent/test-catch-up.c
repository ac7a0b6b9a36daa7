/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "part-fixture.h"
#include "rd-catch-up.h"
#include "rd-phone.h"

/* Calls that were missed, asked for by an account that is paused meanwhile. */

#define ACTIVE "GET /api/jitsi-calls/my_active_call/"
#define HISTORY "GET /api/jitsi-calls/"
#define ACCOUNT "account-1"

typedef struct
{
  PartFixture part;
  RdPhone *phone;
  RdCatchUp *catch_up;
} Fixture;

static void
set_up (Fixture *f, gconstpointer profile)
{
  part_fixture_set_up (&f->part, profile);
  f->phone = rd_phone_new (RD_CLOCK (f->part.clock));
  rd_phone_set_own_user (f->phone, ACCOUNT, "7");
  f->catch_up = rd_catch_up_new (f->part.site.site, f->phone, ACCOUNT);
}

static void
tear_down (Fixture *f, gconstpointer profile)
{
  rd_catch_up_stop (f->catch_up);
  rd_test_drain ();
  g_assert_finalize_object (f->catch_up);
  g_assert_finalize_object (f->phone);
  part_fixture_tear_down (&f->part);
}

static void
say (Fixture *f, const char *what, const char *json)
{
  mock_site_say_text (f->part.site.mock, what, 200, "application/json", json);
}

/* A call that the site names stands, unless nobody wants to know. */
static void
test_pause (Fixture *f, gconstpointer data)
{
  g_autofree char *at = part_fixture_time (-5);
  g_autofree char *call = g_strdup_printf ("{\"id\":\"31\",\"status\":\"active\",\"initiator\":\"7\","
                                           "\"recipient\":\"9\",\"created_at\":\"%s\"}", at);
  MockSite *mock = f->part.site.mock;

  mock_site_hang (mock, ACTIVE);
  say (f, ACTIVE, call);
  say (f, HISTORY, "[]");
  rd_catch_up_ask (f->catch_up, PART_NOON - PART_MINUTE);
  part_fixture_await (&f->part, ACTIVE, 1);
  rd_catch_up_pause (f->catch_up);
  mock_site_answer (mock, 200, call);
  rd_test_await (mock_site_get_live (mock) == 0);
  rd_test_drain ();
  g_assert_null (rd_phone_lookup (f->phone, ACCOUNT, "31"));
  g_assert_true (rd_catch_up_is_behind (f->catch_up));
  g_assert_cmpuint (mock_site_count (mock, ACTIVE), ==, 1);
  rd_catch_up_ask (f->catch_up, PART_NOON);
  rd_test_await (!rd_catch_up_is_behind (f->catch_up));
  g_assert_nonnull (rd_phone_lookup (f->phone, ACCOUNT, "31"));
  part_fixture_await (&f->part, ACTIVE, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/agent/catch-up/pause", Fixture, "crm", set_up, test_pause, tear_down);
  return g_test_run ();
}
