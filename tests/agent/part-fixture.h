/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rd-test-clock.h"
#include "site-fixture.h"

G_BEGIN_DECLS

#define PART_NOON G_GINT64_CONSTANT (1767614400000000) /* Monday 2026-01-05, 12:00 UTC */
#define PART_MINUTE G_TIME_SPAN_MINUTE

/* A part of one account's line (its mailbox, its people, its invoices) in front of a MockSite, in a time that a test
 * turns by hand. */
typedef struct
{
  SiteFixture site;
  RdTestClock *clock;
  GPtrArray *told; /* what the part told of, as lines */
} PartFixture;

/* @profile: as site_fixture_set_up(), or "FILE#MEMBER", a profile among the fixtures */
void      part_fixture_set_up    (PartFixture *f, const char *profile);
void      part_fixture_tear_down (PartFixture *f);
void      part_fixture_tell      (PartFixture *f, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Fails the test unless what was told since the last time is exactly this: lines, with "; " between. */
void      part_fixture_told      (PartFixture *f, const char *expected);
/* (transfer full): what the account's profile makes of a packet among the fixtures */
RdEvent  *part_fixture_event     (PartFixture *f, const char *channel, const char *event, const char *file,
                                  const char *packet);
/* The same for text. */
RdEvent  *part_fixture_map       (PartFixture *f, const char *channel, const char *event, const char *json);
/* (transfer full): the time as sites write it, so many seconds after noon */
char     *part_fixture_time      (int seconds);
void      part_fixture_await     (PartFixture *f, const char *what, guint n);
/* The request's query, or body, holds @text. */
void      part_fixture_asked     (PartFixture *f, const char *what, guint n, const char *text);
/* (nullable) (transfer full): the value of a parameter of a query */
char     *part_fixture_parameter (const MockRequest *request, const char *name);
/* (transfer full): one key of each entry of an aa{sv}, with spaces between */
char     *part_fixture_column    (GVariant *entries, const char *key);

G_END_DECLS
