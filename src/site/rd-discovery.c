/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-site"

#include "config.h"

#include "rd-discovery.h"

#include "rd-fault.h"
#include "rd-fetch.h"
#include "rd-setup.h"
#include "rd-site-uri.h"

/* Two plain GETs before there is an account: what a site says of itself, and its profile. What they hold is a
 * stranger's, and read by those who know what it may be (rd-setup, rd-profile). */

#define DEADLINE_MS 10000
#define MAX_PROFILE (256 * 1024)
#define WELL_KNOWN "/.well-known/ringdown.json"

typedef struct
{
  char *site; /* in full */
  char *host;
  const char *where;
  GBytes *text; /* (nullable) */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_free (look->site);
  g_free (look->host);
  g_clear_pointer (&look->text, g_bytes_unref);
  g_free (look);
}

/* (nullable) (transfer full): the site's address; the task has failed if there is none */
static GUri *
begin (GTask *task, const char *address, const char *where)
{
  Look *look = g_new0 (Look, 1);
  GError *error = NULL;
  GUri *uri = NULL;

  look->where = where;
  look->site = rd_setup_dup_site (address, &error);
  g_task_set_task_data (task, look, look_free);
  if (look->site != NULL)
    uri = rd_site_uri_new (look->site, FALSE, &error);
  if (uri == NULL)
    g_task_return_error (task, error);
  else
    look->host = rd_site_uri_dup_host (uri);
  return uri;
}

static void
get (GTask *task, SoupSession *session, GUri *uri, gsize max, GAsyncReadyCallback callback)
{
  Look *look = g_task_get_task_data (task);
  RdRequest request = { .method = (char *) "GET" };
  RdFetch fetch = { .session = session, .uri = uri, .request = &request, .where = look->where,
                    .deadline = DEADLINE_MS, .max = max };

  rd_fetch_async (&fetch, g_task_get_cancellable (task), callback, g_object_ref (task));
}

/* (nullable) (transfer full): the reply's text. A site whose every path is a page of its own says nothing, too. */
static GBytes *
take_text (Look *look, GAsyncResult *result, GError **error)
{
  g_autoptr (RdReply) reply = rd_fetch_finish (result, error);
  RdFaultCode code = RD_FAULT_REFUSED;

  if (reply == NULL)
    return NULL;
  if (reply->status == 200 && reply->body != NULL && !rd_reply_is_page (reply))
    return g_bytes_ref (reply->body);
  if (reply->status < 300 || reply->status == 404 || reply->status == 410)
    code = RD_FAULT_NOT_FOUND;
  else if (reply->status == 401 || reply->status == 403)
    code = RD_FAULT_FORBIDDEN;
  else if (reply->status >= 500)
    code = RD_FAULT_SITE_ERROR;
  g_propagate_error (error, rd_fault_new (code, look->host, reply->status, NULL, look->where));
  return NULL;
}

static void
on_well_known_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) text = take_text (look, result, &error);
  GVariant *setup = NULL;
  gsize length = 0;
  const char *data;

  if (text != NULL)
    {
      data = g_bytes_get_data (text, &length);
      setup = rd_setup_read_well_known (data != NULL ? data : "", (gssize) length, look->site, &error);
    }
  if (setup != NULL)
    g_task_return_pointer (task, g_variant_take_ref (setup), (GDestroyNotify) g_variant_unref);
  else
    g_task_return_error (task, error);
}

static void
on_profile_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Look *look = g_task_get_task_data (task);
  GError *error = NULL;
  RdProfile *profile = NULL;
  gsize length = 0;
  const char *data;

  look->text = take_text (look, result, &error);
  if (look->text != NULL)
    {
      data = g_bytes_get_data (look->text, &length);
      profile = rd_profile_new_from_data (data != NULL ? data : "", (gssize) length, look->host, &error);
    }
  if (profile != NULL)
    g_task_return_pointer (task, profile, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
rd_discovery_look_async (SoupSession *session, const char *address, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GUri) site = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (address != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_discovery_look_async);
  site = begin (task, address, "well-known");
  if (site == NULL)
    return;
  /* at the host's root, whatever the site's own prefix is */
  uri = g_uri_build (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (site), NULL, g_uri_get_host (site), g_uri_get_port (site),
                     WELL_KNOWN, NULL, NULL);
  get (task, session, uri, RD_SETUP_MAX_SIZE, on_well_known_ready);
}

GVariant *
rd_discovery_look_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rd_discovery_fetch_async (SoupSession *session, const char *address, const char *url, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GUri) site = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (address != NULL);
  g_return_if_fail (url != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_discovery_fetch_async);
  site = begin (task, address, "profile-url");
  if (site == NULL)
    return;
  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri != NULL && rd_site_uri_same_origin (site, uri))
    get (task, session, uri, MAX_PROFILE, on_profile_ready);
  else
    g_task_return_error (task, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, NULL, "profile-url"));
}

RdProfile *
rd_discovery_fetch_finish (GAsyncResult *result, GBytes **text, GError **error)
{
  Look *look = g_task_get_task_data (G_TASK (result));
  RdProfile *profile = g_task_propagate_pointer (G_TASK (result), error);

  if (profile != NULL && text != NULL)
    *text = g_bytes_ref (look->text);
  return profile;
}
