/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-site-session-private.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-fetch.h"
#include "rd-site-uri.h"

/* One request of an account, through its tries: its credentials are renewed first if they are about to run out, or
 * after the site refused them, and it is sent once more. */

typedef struct
{
  RdRequest *request; /* (nullable): none: only the credentials are wanted */
  GUri *uri;
  char *where;
  guint serial;       /* of the credentials it was sent with */
  gboolean sent;
  gboolean early;     /* what it waits for is a renewal that nobody was refused for yet */
  gboolean tried_early;
  gboolean renewed;
  gboolean retried;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->request, rd_request_free);
  g_clear_pointer (&job->uri, g_uri_unref);
  g_free (job->where);
  g_free (job);
}

static GError *
signed_out_fault (RdSiteSession *self, guint status, const char *where)
{
  return rd_fault_new (RD_FAULT_SIGNED_OUT, self->host, status, NULL, where);
}

/* Before anybody was refused: it runs out, or a page's CSRF token is wanted that only this run can have. */
static gboolean
needs_renewal (RdSiteSession *self, const Job *job)
{
  const RdCredentials *credentials = &self->credentials;

  if (job->renewed || job->tried_early || self->signed_out || !rd_site_session_can_renew (self))
    return FALSE;
  if (credentials->token == NULL && credentials->refresh_token != NULL)
    return TRUE;
  if (credentials->renew_at > 0 && rd_clock_get_real_time (self->clock) >= credentials->renew_at)
    return TRUE;
  return job->request != NULL && !g_str_equal (job->request->method, "GET") && credentials->csrf == NULL &&
         rd_profile_get_csrf_header (self->profile) != NULL;
}

/* Whether a renewal that succeeds tells that the user is still signed in, or only that the site is there. */
static gboolean
renewal_proves (RdSiteSession *self)
{
  guint n = 0;
  const RdAction * const *steps = rd_profile_get_renewal_steps (self->profile, &n);

  for (guint i = 0; i < n; i++)
    {
      const char * const *must = rd_action_get_must (steps[i]);

      if (must != NULL && must[0] != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
send_job (RdSiteSession *self, Job *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RdFetch fetch = {
    .session = self->session,
    .uri = job->uri,
    .request = job->request,
    .headers = rd_credentials_dup_headers (&self->credentials, self->profile, job->request->method),
    .cookies = self->credentials.cookies,
    .where = job->where,
    .deadline = self->deadline,
  };

  job->sent = TRUE;
  job->serial = self->credentials.serial;
  rd_fetch_async (&fetch, cancellable, callback, user_data);
  rd_credentials_free_headers (fetch.headers);
}

typedef enum
{
  STEP_DONE,
  STEP_SEND,
  STEP_RENEW,
} Step;

/* How a site with cookies shows a stranger the door: its page in place of what was asked for, or the way there. */
static gboolean
shows_the_door (RdSiteSession *self, const RdReply *reply, const GError *error)
{
  if (!rd_profile_uses_cookies (self->profile))
    return FALSE;
  if (reply != NULL)
    return reply->status >= 200 && reply->status < 300 && rd_reply_is_page (reply);
  return g_error_matches (error, RD_FAULT, RD_FAULT_BAD_REPLY) &&
         SOUP_STATUS_IS_REDIRECTION (rd_fault_get_status (error));
}

static Step
take_reply (RdSiteSession *self, GTask *task, GAsyncResult *result)
{
  Job *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RdReply) reply = rd_fetch_finish (result, &error);
  gboolean door = shows_the_door (self, reply, error);
  gboolean refused = door || (reply != NULL && rd_reply_is_signed_out (reply));
  /* Else it was renewed, or replaced by the user, while this request was on its way. */
  gboolean current = job->serial == self->credentials.serial;
  gboolean first = !job->retried;

  if (reply != NULL)
    rd_site_session_note_date (self, reply);
  if (current)
    rd_site_session_note_cookies (self);
  if (refused)
    job->retried = TRUE;
  if (refused && first && !current)
    return STEP_SEND;
  if (refused && first && !job->renewed && rd_site_session_can_renew (self))
    return STEP_RENEW;
  /* The user is signed in, as the renewal has shown: then it is this answer that is wrong. */
  if (door && job->renewed && renewal_proves (self))
    refused = FALSE;
  if (refused && current)
    rd_site_session_set_signed_out (self, TRUE);
  if (refused)
    g_task_return_error (task, signed_out_fault (self, reply != NULL ? reply->status : 401, job->where));
  else if (reply != NULL)
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) rd_reply_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
  return STEP_DONE;
}

/* One that came early and failed for the moment leaves credentials that are still good for a while. */
static void
take_renewed (RdSiteSession *self, Job *job, GAsyncResult *result, GError **error)
{
  GError *local = NULL;

  job->renewed = rd_waiting_finish (result, &local);
  if (job->renewed)
    return;
  if (job->early && local->domain == RD_FAULT && local->code != RD_FAULT_SIGNED_OUT &&
      rd_clock_get_real_time (self->clock) < self->credentials.expires_at)
    g_error_free (local);
  else
    g_propagate_error (error, local);
}

static GError *
explain_empty (RdSiteSession *self, Job *job)
{
  /* There were cookies, and their time is over. */
  if (self->credentials.had_cookies)
    rd_site_session_set_signed_out (self, TRUE);
  return signed_out_fault (self, self->signed_out ? 401 : 0, job->where);
}

/* Through fetch, renewal and fetch again; also called without a @result, to begin.
 * @user_data: (transfer full): the task */
static void
on_step_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSiteSession *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Step step = STEP_SEND;
  GError *error = NULL;

  if (result != NULL && job->sent)
    step = take_reply (self, task, result);
  else if (result != NULL)
    take_renewed (self, job, result, &error);
  job->sent = FALSE;
  job->early = error == NULL && step == STEP_SEND && needs_renewal (self, job);
  if (job->early)
    {
      job->tried_early = TRUE;
      step = STEP_RENEW;
    }
  else if (error == NULL && step == STEP_SEND && (rd_credentials_are_empty (&self->credentials) || self->signed_out))
    error = explain_empty (self, job);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (step == STEP_RENEW)
    rd_site_session_renew_async (self, cancellable, on_step_ready, g_steal_pointer (&task));
  else if (step == STEP_SEND && job->request == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else if (step == STEP_SEND)
    send_job (self, job, cancellable, on_step_ready, g_steal_pointer (&task));
}

void
rd_site_session_send_async (RdSiteSession *self, RdRequest *request, const char *where, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, rd_site_session_send_async);
  job->request = request;
  job->where = g_strdup (where);
  job->uri = rd_site_uri_join (self->base, request->path, &error);
  g_task_set_task_data (task, job, job_free);
  if (job->uri != NULL)
    {
      on_step_ready (NULL, NULL, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

RdReply *
rd_site_session_send_finish (RdSiteSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_site_session_ready_async (RdSiteSession *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rd_site_session_ready_async);
  g_task_set_task_data (task, g_new0 (Job, 1), job_free);
  on_step_ready (NULL, NULL, task);
}

gboolean
rd_site_session_ready_finish (RdSiteSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

GHashTable *
rd_site_session_dup_headers (RdSiteSession *self, GUri *uri)
{
  GHashTable *out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_clean_secret);
  char **pairs = rd_credentials_dup_headers (&self->credentials, self->profile, "GET");
  char *cookies = self->credentials.cookies != NULL ? rd_cookies_dup_header (self->credentials.cookies, uri) : NULL;

  for (guint i = 0; pairs[i] != NULL; i += 2)
    g_hash_table_insert (out, pairs[i], pairs[i + 1]);
  g_free (pairs);
  if (cookies != NULL)
    g_hash_table_insert (out, g_strdup ("Cookie"), cookies);
  return out;
}

