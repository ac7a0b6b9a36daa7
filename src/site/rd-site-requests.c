/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-site-private.h"

#include "rd-fault.h"
#include "rd-site-uri.h"

#include <string.h>

/* What is asked of a site beyond a plain action: to sign in, to place a call, a page of a list, a page for the browser,
 * the headers of a line of its own. */

#define MAX_WHOM 254
#define MAX_LOGIN 320
#define MAX_PASSWORD 1024

static void
on_placed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSite *self = RD_SITE (source);
  GError *error = NULL;
  g_autoptr (GPtrArray) calls = rd_site_act_finish_calls (self, result, &error);
  RdEvent *event;

  if (calls != NULL && calls->len == 0)
    error = rd_fault_new (RD_FAULT_BAD_REPLY, rd_site_get_host (self), 0, NULL, "place");
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  event = rd_event_ref (calls->pdata[0]);
  /* Whatever its status reads by now, to us it is new. The event is this reply's alone. */
  event->kind = RD_EVENT_CALL_INITIATED;
  g_task_return_pointer (task, event, (GDestroyNotify) rd_event_unref);
}

static gboolean
whom_is_legal (const char *whom)
{
  if (*whom == '\0' || strlen (whom) > MAX_WHOM || !g_utf8_validate (whom, -1, NULL))
    return FALSE;
  for (const char *p = whom; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)) || g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

void
rd_site_place_async (RdSite *self, const char *whom, gboolean audio, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (RdVars) extra = NULL;
  gboolean by_email;

  g_return_if_fail (RD_IS_SITE (self));
  g_return_if_fail (whom != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_site_place_async);
  if (!whom_is_legal (whom))
    {
      g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "whom"));
      return;
    }
  by_email = strchr (whom, '@') != NULL && rd_site_can (self, "place-by-email");
  extra = rd_vars_new ();
  rd_vars_set (extra, by_email ? "recipient.email" : "recipient.id", whom);
  rd_vars_set (extra, "media", audio ? "audio" : "video");
  rd_site_act_async (self, by_email ? "place-by-email" : "place", extra, cancellable, on_placed,
                     g_steal_pointer (&task));
}

RdEvent *
rd_site_place_finish (RdSite *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}


/* Signing in */

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSite *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (RdVars) gave = rd_site_session_sign_in_finish (RD_SITE_SESSION (source), result, &error);
  RdVars *user;

  if (gave == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  rd_site_set_problem (self, NULL);
  user = rd_vars_new ();
  rd_vars_set (user, "id", rd_vars_get (gave, "id"));
  rd_vars_set (user, "name", rd_vars_get (gave, "name"));
  g_task_return_pointer (task, user, (GDestroyNotify) rd_vars_unref);
}

static gboolean
typed_is_legal (const char *typed, gsize max)
{
  return *typed != '\0' && strlen (typed) <= max && g_utf8_validate (typed, -1, NULL);
}

void
rd_site_sign_in_async (RdSite *self, const char *login, const char *password, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const char *wrong = NULL;

  g_return_if_fail (RD_IS_SITE (self));
  g_return_if_fail (login != NULL);
  g_return_if_fail (password != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_site_sign_in_async);
  if (!typed_is_legal (login, MAX_LOGIN))
    wrong = "login";
  else if (!typed_is_legal (password, MAX_PASSWORD))
    wrong = "password";
  if (wrong != NULL)
    g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, wrong));
  else
    rd_site_session_sign_in_async (self->session, login, password, cancellable, on_signed_in, g_steal_pointer (&task));
}

RdVars *
rd_site_sign_in_finish (RdSite *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Lists */

typedef struct
{
  char *action;
  RdEventKind kind;
  guint limit; /* that was asked for; 0: none */
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_free (listing->action);
  g_free (listing);
}

/* What does not say whether it goes on does if it is full; an empty page ends any list. */
static gboolean
has_more (const RdAction *action, const Listing *listing, JsonNode *body, guint n_items)
{
  guint size = rd_action_get_page_size (action);

  if (size == 0)
    size = listing->limit;
  if (n_items == 0)
    return FALSE;
  switch (rd_action_has_more (action, body))
    {
    case RD_EVENT_YES:
      return TRUE;
    case RD_EVENT_NO:
      return FALSE;
    case RD_EVENT_UNSAID:
    default:
      return size > 0 && n_items >= size;
    }
}

static void
on_list_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSite *self = RD_SITE (source);
  const Listing *listing = g_task_get_task_data (task);
  const RdAction *action = rd_profile_get_action (self->profile, listing->action);
  GError *error = NULL;
  g_autoptr (JsonNode) body = rd_site_act_finish (self, result, &error);
  g_autoptr (GError) unread = NULL;
  GPtrArray *items = NULL;
  RdPage *page;

  if (error == NULL)
    items = rd_action_map_items (self->profile, action, listing->kind, body, &unread);
  if (unread != NULL)
    error = rd_fault_new (RD_FAULT_BAD_REPLY, rd_site_get_host (self), 0, rd_fault_get_said (unread), listing->action);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  page = g_new0 (RdPage, 1);
  page->items = items;
  page->more = has_more (action, listing, body, items->len);
  g_task_return_pointer (task, page, (GDestroyNotify) rd_page_free);
}

void
rd_page_free (RdPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self);
}

void
rd_site_list_async (RdSite *self, const char *action, RdEventKind kind, RdVars *extra, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  const char *limit;
  Listing *listing;
  GTask *task;

  g_return_if_fail (RD_IS_SITE (self));
  g_return_if_fail (action != NULL);

  limit = extra != NULL ? rd_vars_get (extra, "limit") : NULL;
  listing = g_new0 (Listing, 1);
  listing->action = g_strdup (action);
  listing->kind = kind;
  listing->limit = limit != NULL ? (guint) CLAMP (g_ascii_strtoll (limit, NULL, 10), 0, G_MAXINT) : 0;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_site_list_async);
  g_task_set_task_data (task, listing, listing_free);
  rd_site_act_async (self, action, extra, cancellable, on_list_ready, task);
}

RdPage *
rd_site_list_finish (RdSite *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Pages and headers */

char *
rd_site_dup_page (RdSite *self, const char *kind, RdVars *extra)
{
  g_autoptr (RdVars) vars = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (RD_IS_SITE (self), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  vars = rd_vars_copy (self->vars);
  if (extra != NULL)
    rd_vars_merge (vars, extra);
  path = rd_profile_dup_page (self->profile, kind, vars);
  if (path != NULL)
    uri = rd_site_uri_join (rd_site_session_get_base (self->session), path, NULL);
  return uri != NULL ? g_uri_to_string (uri) : NULL;
}

char *
rd_site_dup_line_path (RdSite *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (RD_IS_SITE (self), NULL);

  path = rd_profile_dup_plain_path (self->profile, self->vars, error);
  uri = path != NULL ? rd_site_uri_join (rd_site_session_get_base (self->session), path, error) : NULL;
  if (uri == NULL)
    return NULL;
  if (g_uri_get_query (uri) == NULL)
    return g_strdup (g_uri_get_path (uri));
  return g_strdup_printf ("%s?%s", g_uri_get_path (uri), g_uri_get_query (uri));
}

static GUri *
dup_line_uri (RdSite *self)
{
  GUri *base = rd_site_session_get_base (self->session);
  g_autofree char *path = NULL;
  GUri *uri = NULL;

  if (rd_profile_get_plain_line (self->profile) != NULL)
    path = rd_profile_dup_plain_path (self->profile, self->vars, NULL);
  if (path != NULL)
    uri = rd_site_uri_join (base, path, NULL);
  return uri != NULL ? uri : rd_site_uri_join (base, "/", NULL);
}

static void
on_session_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RdSite *self = g_task_get_source_object (task);
  GUri *base = rd_site_session_get_base (self->session);
  g_autofree char *host = rd_site_uri_dup_host (base);
  g_autoptr (GUri) uri = NULL;
  GHashTable *headers;
  GError *error = NULL;

  rd_site_session_ready_finish (RD_SITE_SESSION (source), result, &error);
  /* A line may be open to anybody: only a site that has refused these credentials will do so again. */
  if (g_error_matches (error, RD_FAULT, RD_FAULT_SIGNED_OUT) && rd_fault_get_status (error) == 0)
    g_clear_error (&error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  uri = dup_line_uri (self);
  headers = rd_site_session_dup_headers (self->session, uri);
  /* What some servers let a WebSocket in by, as a browser says it. */
  g_hash_table_insert (headers, g_strdup ("Origin"), g_strdup_printf ("%s://%s", g_uri_get_scheme (base), host));
  g_task_return_pointer (task, headers, (GDestroyNotify) g_hash_table_unref);
}

void
rd_site_get_headers_async (RdSite *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RD_IS_SITE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_site_get_headers_async);
  rd_site_session_ready_async (self->session, cancellable, on_session_ready, task);
}

GHashTable *
rd_site_get_headers_finish (RdSite *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_site_doubt_tokens (RdSite *self)
{
  g_return_if_fail (RD_IS_SITE (self));

  rd_site_session_doubt (self->session);
}
