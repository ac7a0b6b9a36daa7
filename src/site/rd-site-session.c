/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-site-session.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-fetch.h"
#include "rd-site-uri.h"
#include "rd-skew.h"

#include <string.h>

/* An account's tokens at its site. A refused token is renewed once for all requests that wait, and each of them is
 * tried once more; only the site's own refusal signs the account out, a network that fails does not. */

#define DEADLINE_MS 10000
#define MAX_TOKEN 16384

struct _RdSiteSession
{
  GObject parent_instance;

  RdProfile *profile;
  SoupSession *session;
  GUri *base;
  char *host;
  RdVars *vars;        /* (nullable) */
  guint deadline;
  char *token;         /* (nullable) */
  char *refresh_token; /* (nullable) */
  guint serial;        /* of these tokens */
  gboolean signed_out;
  GPtrArray *waiting;  /* (element-type GTask): for the refresh under way */
  gboolean refreshing;
  guint refresh_serial;
  RdSkew skew;
  gint64 clock_skew;
};

typedef enum
{
  PROP_SIGNED_OUT = 1,
  PROP_CLOCK_SKEW,
} RdSiteSessionProps;

enum
{
  TOKENS_CHANGED,
  N_SIGNALS,
};

static GParamSpec *props[PROP_CLOCK_SKEW + 1];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RdSiteSession, rd_site_session, G_TYPE_OBJECT)

/* One request, through its tries. */
typedef struct
{
  RdRequest *request;
  GUri *uri;
  char *where;
  guint serial;    /* of the token it was sent with */
  gboolean sent;
  gboolean retried;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  rd_request_free (job->request);
  g_clear_pointer (&job->uri, g_uri_unref);
  g_free (job->where);
  g_free (job);
}

/* A token goes into a header. */
static char *
dup_legal_token (const char *token)
{
  gsize length = 0;

  if (token == NULL)
    return NULL;
  while (length <= MAX_TOKEN && g_ascii_isgraph (token[length]))
    length++;
  if (length == 0 || length > MAX_TOKEN || token[length] != '\0')
    {
      if (*token != '\0')
        g_message ("A token with illegal characters is not used");
      return NULL;
    }
  return g_strdup (token);
}

static void
take_tokens (RdSiteSession *self, char *token, char *refresh_token)
{
  rd_clean_secret (self->token);
  self->token = token;
  rd_clean_secret (self->refresh_token);
  self->refresh_token = refresh_token;
  self->serial++;
}

static void
set_signed_out (RdSiteSession *self, gboolean signed_out)
{
  if (self->signed_out == signed_out)
    return;
  self->signed_out = signed_out;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGNED_OUT]);
}

/* Within a second of what was said already it is the same: the header has no finer resolution. */
static void
note_date (RdSiteSession *self, const RdReply *reply)
{
  gint64 skew;

  if (reply->date == 0)
    return;
  rd_skew_add (&self->skew, reply->date, reply->sent_at, reply->received_at);
  skew = rd_skew_get (&self->skew);
  if (skew == self->clock_skew || (skew != 0 && ABS (skew - self->clock_skew) <= G_USEC_PER_SEC))
    return;
  self->clock_skew = skew;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CLOCK_SKEW]);
}

static GError *
signed_out_fault (RdSiteSession *self, guint status, const char *where)
{
  return rd_fault_new (RD_FAULT_SIGNED_OUT, self->host, status, NULL, where);
}

static gboolean
can_refresh (RdSiteSession *self)
{
  return self->refresh_token != NULL && rd_profile_get_action (self->profile, "refresh") != NULL;
}

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static gboolean
on_waiter_cancelled (GCancellable *cancellable, gpointer data)
{
  GTask *waiter = data;
  RdSiteSession *self = g_task_get_source_object (waiter);

  g_task_return_error_if_cancelled (waiter);
  g_ptr_array_remove (self->waiting, waiter);
  return G_SOURCE_REMOVE;
}

/* Refused for good, or merely not now? */
static gboolean
refuses_the_account (const GError *error)
{
  static const guint statuses[] = { 400, 401, 403, 419, 422 };
  guint status = rd_fault_get_status (error);

  if (g_error_matches (error, RD_FAULT, RD_FAULT_REFUSED) && status < 300)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (status == statuses[i])
      return TRUE;
  return FALSE;
}

static gboolean
read_tokens (RdSiteSession *self, JsonNode *node, GError **error)
{
  const RdAction *action = rd_profile_get_action (self->profile, "refresh");
  g_autofree char *token = rd_action_dup_value (action, node, "access");
  g_autofree char *refresh_token = rd_action_dup_value (action, node, "refresh");
  char *legal = dup_legal_token (token);
  char *next = dup_legal_token (refresh_token);

  if (legal == NULL)
    {
      rd_clean_secret (next);
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_REPLY, self->host, 0, NULL, "refresh"));
      return FALSE;
    }
  /* A site that does not rotate them leaves the old one good. */
  take_tokens (self, legal, next != NULL ? next : g_strdup (self->refresh_token));
  return TRUE;
}

static gboolean
take_refresh (RdSiteSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (RdReply) reply = rd_fetch_finish (result, error);
  g_autoptr (JsonNode) node = NULL;
  GError *local = NULL;

  if (reply == NULL)
    return FALSE;
  note_date (self, reply);
  node = rd_site_session_judge (self, reply, "refresh", &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return read_tokens (self, node, error);
}

static void
wake (RdSiteSession *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    {
      /* its cancellable's source */
      g_task_set_task_data (waiting->pdata[i], NULL, NULL);
      if (error != NULL)
        g_task_return_error (waiting->pdata[i], g_error_copy (error));
      else
        g_task_return_boolean (waiting->pdata[i], TRUE);
    }
}

static void
on_refresh_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdSiteSession) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean replaced = self->serial != self->refresh_serial;

  self->refreshing = FALSE;
  if (!replaced && take_refresh (self, result, &error))
    {
      g_autoptr (RdTokens) tokens = rd_tokens_new (self->token, self->refresh_token);

      g_debug ("%s: the token was renewed", self->host);
      g_signal_emit (self, signals[TOKENS_CHANGED], 0, tokens);
    }
  else if (!replaced && error != NULL && refuses_the_account (error))
    {
      g_autoptr (GError) refused = g_steal_pointer (&error);

      error = rd_fault_new (RD_FAULT_SIGNED_OUT, self->host, rd_fault_get_status (refused), rd_fault_get_said (refused),
                            "refresh");
      set_signed_out (self, TRUE);
    }
  wake (self, error);
}

static void
start_refresh (RdSiteSession *self)
{
  g_autoptr (RdVars) vars = self->vars != NULL ? rd_vars_copy (self->vars) : rd_vars_new ();
  g_autoptr (RdRequest) request = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  RdFetch fetch = { .session = self->session, .where = "refresh", .deadline = self->deadline };

  rd_vars_set (vars, "token.refresh", self->refresh_token);
  request = rd_action_build (rd_profile_get_action (self->profile, "refresh"), vars, &error);
  if (request != NULL)
    uri = rd_site_uri_join (self->base, request->path, &error);
  if (uri == NULL)
    {
      wake (self, error);
      return;
    }
  self->refreshing = TRUE;
  self->refresh_serial = self->serial;
  /* Without the token's header: some sites refuse whatever comes with a token that has expired. */
  fetch.uri = uri;
  fetch.request = request;
  rd_fetch_async (&fetch, NULL, on_refresh_ready, g_object_ref (self));
}

/* Any number of these share one request to the site. */
static void
refresh_async (RdSiteSession *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *waiter = g_task_new (self, cancellable, callback, user_data);

  g_ptr_array_add (self->waiting, waiter);
  if (cancellable != NULL)
    {
      GSource *source = g_cancellable_source_new (cancellable);

      g_source_set_callback (source, G_SOURCE_FUNC (on_waiter_cancelled), waiter, NULL);
      g_task_set_task_data (waiter, source, destroy_source);
      g_source_attach (source, NULL);
    }
  if (!self->refreshing)
    start_refresh (self);
}

static gboolean
refresh_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
send_job (RdSiteSession *self, Job *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *value = g_strconcat (rd_profile_get_token_prefix (self->profile), self->token, NULL);
  RdFetch fetch = {
    .session = self->session,
    .uri = job->uri,
    .request = job->request,
    .header = rd_profile_get_token_header (self->profile),
    .value = value,
    .where = job->where,
    .deadline = self->deadline,
  };

  job->sent = TRUE;
  job->serial = self->serial;
  rd_fetch_async (&fetch, cancellable, callback, user_data);
  explicit_bzero (value, strlen (value));
}

typedef enum
{
  STEP_DONE,
  STEP_SEND,
  STEP_REFRESH,
} Step;

static Step
take_reply (RdSiteSession *self, GTask *task, GAsyncResult *result)
{
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (RdReply) reply = rd_fetch_finish (result, &error);
  gboolean refused = reply != NULL && rd_reply_is_signed_out (reply);
  /* Else it was renewed, or replaced by the user, while this request was on its way. */
  gboolean current = job->serial == self->serial;
  gboolean first = !job->retried;

  if (reply != NULL)
    note_date (self, reply);
  if (refused)
    job->retried = TRUE;
  if (refused && first && !current)
    return STEP_SEND;
  if (refused && first && can_refresh (self))
    return STEP_REFRESH;
  if (refused && current)
    set_signed_out (self, TRUE);
  if (refused)
    g_task_return_error (task, signed_out_fault (self, reply->status, job->where));
  else if (reply != NULL)
    g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify) rd_reply_free);
  else
    g_task_return_error (task, error);
  return STEP_DONE;
}

/* Through fetch, refresh and fetch again; also called without a @result, to begin.
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
    refresh_finish (result, &error);
  job->sent = step == STEP_SEND;
  if (error == NULL && step == STEP_SEND && (self->token == NULL || self->signed_out))
    error = signed_out_fault (self, self->signed_out ? 401 : 0, job->where);
  if (error != NULL)
    g_task_return_error (task, error);
  else if (step == STEP_REFRESH)
    refresh_async (self, cancellable, on_step_ready, g_steal_pointer (&task));
  else if (step == STEP_SEND)
    send_job (self, job, cancellable, on_step_ready, g_steal_pointer (&task));
}

/* GObject */

static void
rd_site_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdSiteSession *self = RD_SITE_SESSION (object);

  switch ((RdSiteSessionProps) id)
    {
    case PROP_SIGNED_OUT:
      g_value_set_boolean (value, self->signed_out);
      break;
    case PROP_CLOCK_SKEW:
      g_value_set_int64 (value, self->clock_skew);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_site_session_finalize (GObject *object)
{
  RdSiteSession *self = RD_SITE_SESSION (object);

  g_assert (self->waiting->len == 0);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->vars, rd_vars_unref);
  g_clear_pointer (&self->base, g_uri_unref);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->token, rd_clean_secret);
  g_clear_pointer (&self->refresh_token, rd_clean_secret);
  g_clear_object (&self->session);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (rd_site_session_parent_class)->finalize (object);
}

static void
rd_site_session_class_init (RdSiteSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = rd_site_session_get_property;
  object_class->finalize = rd_site_session_finalize;

  props[PROP_SIGNED_OUT] = g_param_spec_boolean ("signed-out", NULL, NULL, FALSE, flags);
  props[PROP_CLOCK_SKEW] = g_param_spec_int64 ("clock-skew", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  signals[TOKENS_CHANGED] = g_signal_new ("tokens-changed", RD_TYPE_SITE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, RD_TYPE_TOKENS | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rd_site_session_init (RdSiteSession *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->deadline = DEADLINE_MS;
}

RdSiteSession *
rd_site_session_new (RdProfile *profile, SoupSession *session, GUri *base)
{
  RdSiteSession *self = g_object_new (RD_TYPE_SITE_SESSION, NULL);

  self->profile = g_object_ref (profile);
  self->session = g_object_ref (session);
  self->base = g_uri_ref (base);
  self->host = rd_site_uri_dup_host (base);
  return self;
}

void
rd_site_session_set_tokens (RdSiteSession *self, const RdTokens *tokens)
{
  take_tokens (self, dup_legal_token (tokens != NULL ? tokens->token : NULL),
               dup_legal_token (tokens != NULL ? tokens->refresh_token : NULL));
  set_signed_out (self, FALSE);
}

gboolean
rd_site_session_has_token (RdSiteSession *self)
{
  return self->token != NULL;
}

void
rd_site_session_set_vars (RdSiteSession *self, RdVars *vars)
{
  g_clear_pointer (&self->vars, rd_vars_unref);
  self->vars = rd_vars_ref (vars);
}

void
rd_site_session_set_deadline (RdSiteSession *self, guint ms)
{
  self->deadline = ms;
}

gboolean
rd_site_session_get_signed_out (RdSiteSession *self)
{
  return self->signed_out;
}

gboolean
rd_site_session_is_refreshing (RdSiteSession *self)
{
  return self->refreshing;
}

gint64
rd_site_session_get_clock_skew (RdSiteSession *self)
{
  return self->clock_skew;
}

const char *
rd_site_session_get_host (RdSiteSession *self)
{
  return self->host;
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

JsonNode *
rd_site_session_judge (RdSiteSession *self, const RdReply *reply, const char *where, GError **error)
{
  const char *secrets[] = { self->token != NULL ? self->token : "", self->refresh_token, NULL };

  return rd_reply_judge (reply, self->profile, self->host, where, secrets, error);
}
