/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-desktop"

#include "config.h"

#include "rd-background.h"

#include "rd-autostart-file.h"
#include "rd-portal-request.h"

/* One thing at a time, and of several wishes the last one. */

#define PORTAL "org.freedesktop.portal.Background"

typedef enum
{
  RD_BACKGROUND_PROP_AUTOSTART = 1,
} RdBackgroundProps;

static GParamSpec *properties[RD_BACKGROUND_PROP_AUTOSTART + 1];

struct _RdBackground
{
  GObject parent_instance;

  GDBusConnection *connection;
  gboolean sandboxed;
  char *file;
  char *program;
  char **command;
  char *reason;

  RdPortalRequest *request; /* (nullable) */
  gboolean asked_for;       /* what @request is to do */
  gboolean working;         /* a thread has the file */
  RdAutostartWish wish;
  gboolean wished;          /* @wish is still to be done */
  const char *autostart;    /* static */
};

G_DEFINE_FINAL_TYPE (RdBackground, rd_background, G_TYPE_OBJECT)

typedef struct
{
  char *file;
  char *program;
  RdAutostartWish wish;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->file);
  g_free (job->program);
  g_free (job);
}

static void
take (RdBackground *self, const char *autostart)
{
  if (g_str_equal (self->autostart, autostart))
    return;
  g_debug ("Start at login: %s", autostart);
  self->autostart = autostart;
  g_object_notify_by_pspec (G_OBJECT (self), properties[RD_BACKGROUND_PROP_AUTOSTART]);
}

static void
sync_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  gboolean on = rd_autostart_file_sync (job->file, job->program, job->wish, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, on);
}

/* Also called without a @result, to begin. @user_data: (transfer full): the background */
static void
on_synced_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdBackground) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  gboolean on = result != NULL && g_task_propagate_boolean (G_TASK (result), &error);
  Job *job;

  self->working = FALSE;
  if (error != NULL)
    g_message ("Start at login: %s", error->message);
  if (result != NULL)
    take (self, error != NULL ? "denied" : on ? "on" : "off");
  if (!self->wished)
    return;
  self->working = TRUE;
  self->wished = FALSE;
  job = g_new0 (Job, 1);
  job->file = g_strdup (self->file);
  job->program = g_strdup (self->program);
  job->wish = self->wish;
  /* It holds nothing of this object, whose last reference must go in its own thread. */
  task = g_task_new (NULL, NULL, on_synced_ready, g_object_ref (self));
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, sync_in_thread);
}

static void
on_portal_response (RdPortalRequest *request, guint response, GVariant *results, RdBackground *self)
{
  gboolean autostart = FALSE;
  gboolean background = TRUE;

  if (response == RD_PORTAL_GRANTED && results != NULL)
    {
      g_variant_lookup (results, "autostart", "b", &autostart);
      g_variant_lookup (results, "background", "b", &background);
    }
  if (response == RD_PORTAL_FAILED)
    take (self, "unknown");
  else if (response == RD_PORTAL_REFUSED || !background || autostart != self->asked_for)
    take (self, "denied");
  else
    take (self, autostart ? "on" : "off");
}

static void
ask_portal (RdBackground *self, gboolean autostart)
{
  GVariantDict options;

  g_clear_object (&self->request);
  self->asked_for = autostart;
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "reason", "s", self->reason);
  g_variant_dict_insert (&options, "autostart", "b", autostart);
  g_variant_dict_insert (&options, "commandline", "^as", self->command);
  /* Being activated would open the window. */
  g_variant_dict_insert (&options, "dbus-activatable", "b", FALSE);
  self->request = rd_portal_request_new (self->connection, PORTAL, "RequestBackground", g_variant_dict_end (&options));
  g_signal_connect_object (self->request, "response", G_CALLBACK (on_portal_response), self, 0);
}

static void
want (RdBackground *self, RdAutostartWish wish)
{
  if (self->sandboxed)
    {
      ask_portal (self, wish == RD_AUTOSTART_KEEP_ON || wish == RD_AUTOSTART_TURN_ON);
      return;
    }
  if (self->file == NULL)
    return;
  self->wish = wish;
  self->wished = TRUE;
  if (!self->working)
    on_synced_ready (NULL, NULL, g_object_ref (self));
}

/*
 * GObject
 */
static void
rd_background_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RdBackground *self = RD_BACKGROUND (object);

  switch ((RdBackgroundProps) id)
    {
    case RD_BACKGROUND_PROP_AUTOSTART:
      g_value_set_string (value, self->autostart);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rd_background_finalize (GObject *object)
{
  RdBackground *self = RD_BACKGROUND (object);

  g_clear_object (&self->request);
  g_clear_object (&self->connection);
  g_free (self->file);
  g_free (self->program);
  g_strfreev (self->command);
  g_free (self->reason);

  G_OBJECT_CLASS (rd_background_parent_class)->finalize (object);
}

static void
rd_background_class_init (RdBackgroundClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rd_background_get_property;
  object_class->finalize = rd_background_finalize;

  properties[RD_BACKGROUND_PROP_AUTOSTART] = g_param_spec_string (
    "autostart", NULL, NULL, "unknown", G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
rd_background_init (RdBackground *self)
{
  self->autostart = "unknown";
}

RdBackground *
rd_background_new (GDBusConnection *connection, const RdBackgroundTerms *terms)
{
  RdBackground *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (terms != NULL && terms->program != NULL && terms->command != NULL && terms->reason != NULL,
                        NULL);

  self = g_object_new (RD_TYPE_BACKGROUND, NULL);
  self->connection = g_object_ref (connection);
  self->sandboxed = terms->sandboxed;
  self->file = g_strdup (terms->file);
  self->program = g_strdup (terms->program);
  self->command = g_strdupv ((char **) terms->command);
  self->reason = g_strdup (terms->reason);
  return self;
}

void
rd_background_start (RdBackground *self, gboolean autostart)
{
  g_return_if_fail (RD_IS_BACKGROUND (self));

  want (self, autostart ? RD_AUTOSTART_KEEP_ON : RD_AUTOSTART_KEEP_OFF);
}

void
rd_background_set_autostart (RdBackground *self, gboolean autostart)
{
  g_return_if_fail (RD_IS_BACKGROUND (self));

  want (self, autostart ? RD_AUTOSTART_TURN_ON : RD_AUTOSTART_TURN_OFF);
}

const char *
rd_background_get_autostart (RdBackground *self)
{
  g_return_val_if_fail (RD_IS_BACKGROUND (self), "unknown");

  return self->autostart;
}

gboolean
rd_background_is_writing (RdBackground *self)
{
  g_return_val_if_fail (RD_IS_BACKGROUND (self), FALSE);

  return self->working || self->wished;
}
