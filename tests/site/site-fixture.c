/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "site-fixture.h"

/* What the site's tests share. */

static void
on_tokens_changed (RdSite *site, const RdTokens *tokens, SiteFixture *f)
{
  g_clear_pointer (&f->tokens, rd_tokens_free);
  f->tokens = rd_tokens_copy (tokens);
  g_ptr_array_add (f->changed, g_strdup_printf ("%s %s", tokens->token, tokens->refresh_token));
}

static void
on_problem_changed (RdSite *site, GParamSpec *pspec, SiteFixture *f)
{
  f->problems++;
}

void
site_fixture_give (RdSite *site, const char *token, const char *refresh_token)
{
  g_autoptr (RdTokens) tokens = rd_tokens_new (token, refresh_token);

  rd_site_set_tokens (site, tokens);
}

RdProfile *
site_fixture_profile (const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "profiles", name, NULL);
  g_auto (GStrv) parts = g_strsplit (id, "#", 2);
  g_autoptr (GError) error = NULL;
  RdProfile *profile;

  if (parts[1] != NULL)
    {
      g_autoptr (JsonNode) node = rd_test_fixture (parts[0], parts[1]);
      g_autofree char *text = json_to_string (node, FALSE);

      profile = rd_profile_new_from_data (text, -1, id, &error);
    }
  else
    profile = rd_profile_new_from_file (path, &error);
  g_assert_no_error (error);
  return profile;
}

void
site_fixture_set_up (SiteFixture *f, gconstpointer data)
{
  g_autoptr (RdProfile) profile = site_fixture_profile (data != NULL ? data : "crm");
  g_autoptr (RdVars) vars = rd_vars_new ();
  g_autoptr (GError) error = NULL;

  f->mock = mock_site_new ();
  f->session = soup_session_new ();
  soup_session_add_feature_by_type (f->session, SOUP_TYPE_COOKIE_JAR);
  f->site = rd_site_new (profile, f->session, mock_site_get_base (f->mock), FALSE, &error);
  g_assert_no_error (error);
  f->changed = g_ptr_array_new_with_free_func (g_free);
  rd_vars_set (vars, "user.id", "7");
  rd_site_set_vars (f->site, vars);
  site_fixture_give (f->site, "access-1", "refresh-1");
  /* plain: the fixture outlives the site */
  g_signal_connect (f->site, "tokens-changed", G_CALLBACK (on_tokens_changed), f);
  g_signal_connect (f->site, "notify::problem", G_CALLBACK (on_problem_changed), f);
}

void
site_fixture_tear_down (SiteFixture *f, gconstpointer data)
{
  if (f->site != NULL)
    g_assert_finalize_object (f->site);
  soup_session_abort (f->session);
  rd_test_drain ();
  g_assert_finalize_object (f->session);
  mock_site_free (f->mock);
  g_ptr_array_unref (f->changed);
  g_clear_pointer (&f->tokens, rd_tokens_free);
}

static void
run (SiteFixture *f, const char *action, const char *call, GAsyncResult **result)
{
  g_autoptr (RdVars) extra = rd_vars_new ();

  rd_vars_set (extra, "call.id", call);
  rd_site_act_async (f->site, action, extra, NULL, rd_test_store_result, result);
  rd_test_await (*result != NULL);
}

JsonNode *
site_fixture_act (SiteFixture *f, const char *action, const char *call, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  run (f, action, call, &result);
  return rd_site_act_finish (f->site, result, error);
}

GPtrArray *
site_fixture_calls (SiteFixture *f, const char *action, const char *call, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  run (f, action, call, &result);
  return rd_site_act_finish_calls (f->site, result, error);
}

RdEvent *
site_fixture_place (SiteFixture *f, const char *whom, gboolean audio, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rd_site_place_async (f->site, whom, audio, NULL, rd_test_store_result, &result);
  rd_test_await (result != NULL);
  return rd_site_place_finish (f->site, result, error);
}

GError *
site_fixture_fault (SiteFixture *f, const char *action, RdFaultCode code)
{
  GError *error = NULL;
  g_autoptr (JsonNode) node = site_fixture_act (f, action, "41", &error);

  g_assert_null (node);
  g_assert_error (error, RD_FAULT, (int) code);
  return error;
}
