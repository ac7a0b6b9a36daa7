/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-steps.h"

#include "rd-clean.h"
#include "rd-credentials.h"
#include "rd-fault.h"
#include "rd-fetch.h"
#include "rd-json.h"
#include "rd-site-uri.h"

/* Signing in as a profile describes it: request by request, each with what those before it gave. A reply may be JSON
 * or a page for people, whose <meta> tell; one that lacks what it must give is the site's way to say no. */

typedef struct
{
  SoupSession *session;
  RdProfile *profile;
  GUri *base;
  char *host;
  const RdAction * const *actions; /* the profile's */
  guint n_actions;
  guint at;
  RdVars *vars; /* what was there, and what was given since */
  RdVars *gave;
  RdCookies *cookies;              /* (nullable) */
  char *where;
  guint deadline;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->session);
  g_clear_object (&run->profile);
  g_clear_object (&run->cookies);
  g_uri_unref (run->base);
  rd_vars_unref (run->vars);
  g_clear_pointer (&run->gave, rd_vars_unref);
  g_free (run->host);
  g_free (run->where);
  g_free (run);
}

static const RdAction *
get_action (Run *run)
{
  return run->actions[run->at];
}

/* What is in the variables beside the account's own values. */
static GPtrArray *
dup_secrets (Run *run)
{
  static const char * const names[] = { "password", "token.refresh", "access", "refresh", "csrf" };
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_clean_secret);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (rd_vars_get (run->vars, names[i]) != NULL)
      g_ptr_array_add (out, g_strdup (rd_vars_get (run->vars, names[i])));
  if (run->cookies != NULL)
    rd_cookies_add_secrets (run->cookies, out);
  g_ptr_array_add (out, NULL);
  return out;
}

/* (nullable) (transfer full): its JSON; NULL without error for a page or an empty reply */
static JsonNode *
judge (Run *run, const RdReply *reply, GError **error)
{
  g_autoptr (GPtrArray) secrets = NULL;

  if (reply->status >= 200 && reply->status < 300 && rd_reply_is_page (reply))
    return NULL;
  secrets = dup_secrets (run);
  return rd_reply_judge (reply, run->profile, run->host, run->where, (const char * const *) secrets->pdata, error);
}

static char *
dup_value (Run *run, const RdReply *reply, JsonNode *node, const char *name)
{
  gsize length = 0;
  const char *data = reply->body != NULL ? g_bytes_get_data (reply->body, &length) : NULL;
  char *value = node != NULL ? rd_action_dup_value (get_action (run), node, name) : NULL;

  if (value == NULL && node == NULL && length > 0)
    value = rd_action_dup_meta (get_action (run), data, length, name);
  return value;
}

/* How many of its values the reply gave */
static guint
take_values (Run *run, const RdReply *reply, JsonNode *node, guint *n_names)
{
  g_autofree const char **names = rd_action_dup_names (get_action (run));
  guint n = 0;

  for (*n_names = 0; names[*n_names] != NULL; *n_names += 1)
    {
      const char *name = names[*n_names];
      char *value = dup_value (run, reply, node, name);

      if (value != NULL && *value != '\0')
        {
          rd_vars_set (run->vars, name, value);
          rd_vars_set (run->gave, name, value);
          n++;
        }
      else
        /* What an earlier step gave under this name is not what this one was asked for. */
        rd_vars_set (run->gave, name, NULL);
      rd_clean_secret (value);
    }
  return n;
}

static gboolean
gave_what_it_must (Run *run)
{
  const char * const *must = rd_action_get_must (get_action (run));

  for (guint i = 0; must != NULL && must[i] != NULL; i++)
    if (rd_vars_get (run->gave, must[i]) == NULL)
      return FALSE;
  return TRUE;
}

/* @said: (nullable) */
static GError *
fault (Run *run, RdFaultCode code, guint status, const char *said)
{
  return rd_fault_new (code, run->host, status, said, run->where);
}

static gboolean
take_reply (Run *run, const RdReply *reply, GError **error)
{
  GError *local = NULL;
  g_autoptr (JsonNode) node = judge (run, reply, &local);
  guint n_names = 0;
  guint n;

  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  n = take_values (run, reply, node, &n_names);
  if (!gave_what_it_must (run))
    local = fault (run, RD_FAULT_REFUSED, reply->status, NULL);
  else if (n == 0 && n_names > 0 && node == NULL)
    local = fault (run, RD_FAULT_BAD_REPLY, reply->status, NULL);
  if (local != NULL)
    g_propagate_error (error, local);
  return local == NULL;
}

/* The first step has the account's values only; what a later one lacks, the site did not give. */
static GError *
explain_missing (Run *run, GError *error)
{
  if (run->at == 0 || !g_error_matches (error, RD_FAULT, RD_FAULT_BAD_INPUT))
    return error;
  g_error_free (error);
  return fault (run, RD_FAULT_BAD_REPLY, 0, NULL);
}

static char **
dup_headers (Run *run, const char *method)
{
  const RdCredentials so_far = {
    .token = (char *) rd_vars_get (run->gave, "access"),
    .csrf = (char *) rd_vars_get (run->gave, "csrf"),
  };

  return rd_credentials_dup_headers (&so_far, run->profile, method);
}

/* Through all steps; also called without a @result, to begin. @user_data: (transfer full): the task */
static void
on_step_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (RdReply) reply = NULL;
  g_autoptr (RdRequest) request = NULL;
  g_autoptr (GUri) uri = NULL;
  RdFetch fetch = { .session = run->session, .cookies = run->cookies, .pages = TRUE, .where = run->where,
                    .deadline = run->deadline };
  GError *error = NULL;

  if (result != NULL)
    reply = rd_fetch_finish (result, &error);
  if (reply != NULL && take_reply (run, reply, &error))
    run->at++;
  if (error == NULL && run->at == run->n_actions)
    {
      g_task_return_pointer (task, g_steal_pointer (&run->gave), (GDestroyNotify) rd_vars_unref);
      return;
    }
  if (error == NULL)
    request = rd_action_build (get_action (run), run->vars, &error);
  if (request != NULL)
    uri = rd_site_uri_join (run->base, request->path, &error);
  if (error != NULL)
    {
      g_task_return_error (task, reply == NULL && result != NULL ? error : explain_missing (run, error));
      return;
    }
  fetch.uri = uri;
  fetch.request = request;
  fetch.headers = dup_headers (run, request->method);
  rd_fetch_async (&fetch, g_task_get_cancellable (task), on_step_ready, g_object_ref (task));
  rd_credentials_free_headers (fetch.headers);
}

void
rd_steps_run_async (const RdSteps *steps, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  g_assert (steps->n_actions > 0);

  g_task_set_source_tag (task, rd_steps_run_async);
  run->session = g_object_ref (steps->session);
  run->profile = g_object_ref (steps->profile);
  run->base = g_uri_ref (steps->base);
  run->host = rd_site_uri_dup_host (steps->base);
  run->actions = steps->actions;
  run->n_actions = steps->n_actions;
  run->vars = steps->vars != NULL ? rd_vars_copy (steps->vars) : rd_vars_new ();
  run->gave = rd_vars_new ();
  run->cookies = steps->cookies != NULL ? g_object_ref (steps->cookies) : NULL;
  run->where = g_strdup (steps->where);
  run->deadline = steps->deadline;
  g_task_set_task_data (task, run, run_free);
  on_step_ready (NULL, NULL, task);
}

RdVars *
rd_steps_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
