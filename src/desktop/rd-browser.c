/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-browser"

#include "config.h"

#include "rd-browser.h"

#include "rd-launch-context.h"
#include "rd-room-url.h"

/* Opens an address that rd_room_build_url() made in the user's browser. GIO looks the browser up in a thread (since
 * 2.74) and then executes it, activates it over D-Bus, or, in a sandbox, asks the OpenURI portal: none of these waits
 * for the browser. The address holds a token: it is never logged, and GIO's own words never reach an error, since
 * they may quote it. */

struct _RdBrowser
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (RdBrowser, rd_browser, G_TYPE_OBJECT)

static void
on_launched_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *redacted = rd_room_redact (g_task_get_task_data (task));

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_new_error (task, RD_ROOM_ERROR, RD_ROOM_ERROR_NO_BROWSER, "No program could open %s (%s %d)",
                             redacted, g_quark_to_string (error->domain), error->code);
}

/* GObject */

static void
rd_browser_class_init (RdBrowserClass *klass)
{
}

static void
rd_browser_init (RdBrowser *self)
{
}

RdBrowser *
rd_browser_new (void)
{
  return g_object_new (RD_TYPE_BROWSER, NULL);
}

void
rd_browser_open_async (RdBrowser *self, const char *url, const char *activation_token, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GAppLaunchContext) context = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RD_IS_BROWSER (self));
  g_return_if_fail (url != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rd_browser_open_async);
  g_task_set_task_data (task, g_strdup (url), g_free);
  context = rd_launch_context_new (activation_token);
  g_app_info_launch_default_for_uri_async (url, context, cancellable, on_launched_ready, g_steal_pointer (&task));
}

gboolean
rd_browser_open_finish (RdBrowser *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RD_IS_BROWSER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
