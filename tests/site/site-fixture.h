/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mock-site.h"
#include "rd-fault.h"
#include "rd-site.h"
#include "rd-test.h"

G_BEGIN_DECLS

/* An RdSite in front of a MockSite, signed in with "access-1" and "refresh-1", as user 7. */
typedef struct
{
  MockSite *mock;
  SoupSession *session;
  RdSite *site;
  GPtrArray *changed;  /* what ::tokens-changed said: "TOKEN REFRESH" */
  RdTokens *tokens;    /* … what it said last */
  guint problems;      /* how often the problem was notified */
} SiteFixture;

/* @profile: "crm" (default), "invoices", "invoices-seed"…, or "FILE#MEMBER", one among the fixtures */
void       site_fixture_set_up    (SiteFixture *f, gconstpointer profile);
void       site_fixture_tear_down (SiteFixture *f, gconstpointer profile);
void       site_fixture_give      (RdSite *site, const char *token, const char *refresh_token);
RdProfile *site_fixture_profile   (const char *id);
/* Runs one action to its end. */
JsonNode  *site_fixture_act       (SiteFixture *f, const char *action, const char *call, GError **error);
GPtrArray *site_fixture_calls     (SiteFixture *f, const char *action, const char *call, GError **error);
RdEvent   *site_fixture_place     (SiteFixture *f, const char *whom, gboolean audio, GError **error);
/* Fails the test unless the action ends with this fault, and returns it. */
GError    *site_fixture_fault     (SiteFixture *f, const char *action, RdFaultCode code);

G_END_DECLS
