/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-browser"

#include "config.h"

#include "rd-launch-context.h"

#include <string.h>

/* Passes the activation token of a click on to the program that the click starts. Without GDK there is nobody else
 * to do it: the environment for programs that are executed (GLib before 2.76 sets only the older variable, and only
 * for desktop files that ask for it), the startup id for those that are activated over D-Bus or by the portal. */

#define MAX_TOKEN 1024

struct _RdLaunchContext
{
  GAppLaunchContext parent_instance;
  char *token;
};

G_DEFINE_FINAL_TYPE (RdLaunchContext, rd_launch_context, G_TYPE_APP_LAUNCH_CONTEXT)

/* It comes from the notification server and goes into an environment. */
static gboolean
token_is_plain (const char *token)
{
  gsize length = strlen (token);

  if (length == 0 || length > MAX_TOKEN)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (token[i]))
      return FALSE;
  return TRUE;
}

/* GAppLaunchContext */

static char *
rd_launch_context_get_startup_notify_id (GAppLaunchContext *context, GAppInfo *info, GList *files)
{
  return g_strdup (RD_LAUNCH_CONTEXT (context)->token);
}

/* GObject */

static void
rd_launch_context_finalize (GObject *object)
{
  g_free (RD_LAUNCH_CONTEXT (object)->token);
  G_OBJECT_CLASS (rd_launch_context_parent_class)->finalize (object);
}

static void
rd_launch_context_class_init (RdLaunchContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_launch_context_finalize;
  G_APP_LAUNCH_CONTEXT_CLASS (klass)->get_startup_notify_id = rd_launch_context_get_startup_notify_id;
}

static void
rd_launch_context_init (RdLaunchContext *self)
{
}

GAppLaunchContext *
rd_launch_context_new (const char *activation_token)
{
  RdLaunchContext *self = g_object_new (RD_TYPE_LAUNCH_CONTEXT, NULL);
  GAppLaunchContext *context = G_APP_LAUNCH_CONTEXT (self);

  /* Our own start may have left stale ones behind. */
  g_app_launch_context_unsetenv (context, "XDG_ACTIVATION_TOKEN");
  g_app_launch_context_unsetenv (context, "DESKTOP_STARTUP_ID");
  if (activation_token == NULL || !token_is_plain (activation_token))
    return context;
  self->token = g_strdup (activation_token);
  g_app_launch_context_setenv (context, "XDG_ACTIVATION_TOKEN", activation_token);
  g_app_launch_context_setenv (context, "DESKTOP_STARTUP_ID", activation_token);
  return context;
}
