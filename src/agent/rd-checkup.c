/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-checkup.h"

#include "rd-checkup-desktop.h"
#include "rd-checkup-steps.h"
#include "rd-fault.h"
#include "rd-line-settings.h"
#include "rd-reach.h"

/* One step after the other; where a step shows that a later one cannot work, that is skipped. The step of the address
 * has two halves, the site's host and the one of the events, which may be two machines. */

#define FRAME_DEADLINE_MS 6000
#define FRAME_LOOK_MS 100

struct _RdCheckup
{
  GObject parent_instance;

  RdCheckupContext context;
  RdLine *line; /* (nullable) */

  GTask *task; /* (nullable): while it runs */
  RdCheckupSteps steps;
  ChannelsEndpoint *endpoint; /* (nullable): a site that is only asked has none */
  gint64 asked_at;            /* µs: when a frame was asked for */
  guint look;
};

G_DEFINE_FINAL_TYPE (RdCheckup, rd_checkup, G_TYPE_OBJECT)

static void
finish (RdCheckup *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  rd_checkup_desktop_add (&self->context, self->line, &self->steps);
  g_task_return_pointer (task, g_variant_ref_sink (rd_checkup_steps_end (&self->steps)),
                         (GDestroyNotify) g_variant_unref);
}

/* TRUE: nobody wants to know any more. */
static gboolean
is_over (RdCheckup *self)
{
  if (self->task == NULL)
    return TRUE;
  if (!g_task_return_error_if_cancelled (self->task))
    return FALSE;
  g_clear_object (&self->task);
  return TRUE;
}

/* The frame */

static void
add_frame (RdCheckup *self, const char *result, const char *code)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "at", "x", rd_line_get_last_frame (self->line));
  if (self->endpoint != NULL)
    g_variant_dict_insert (&dict, "host", "s", channels_endpoint_get_host (self->endpoint));
  rd_checkup_steps_add (&self->steps, "frame", result, code, g_variant_dict_end (&dict));
}

static gboolean
on_look_due (gpointer user_data)
{
  RdCheckup *self = RD_CHECKUP (user_data);
  gboolean came = rd_line_get_last_frame (self->line) >= self->asked_at;

  if (!came && g_get_real_time () - self->asked_at < FRAME_DEADLINE_MS * G_TIME_SPAN_MILLISECOND
      && !g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    return G_SOURCE_CONTINUE;
  self->look = 0;
  if (!is_over (self))
    {
      add_frame (self, came ? "ok" : "failed", came ? NULL : "timed-out");
      finish (self);
    }
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* Whether the line is alive can only be told by what comes in. */
static void
ask_frame (RdCheckup *self)
{
  self->asked_at = g_get_real_time ();
  rd_line_probe (self->line, FALSE);
  self->look = g_timeout_add (FRAME_LOOK_MS, on_look_due, g_object_ref (self));
}

/* The line and its channels */

/* TRUE: one of them can bring something. */
static gboolean
check_channels (RdCheckup *self)
{
  g_autoptr (GVariant) channels = NULL;
  GVariantDict dict;
  GVariantIter iter;
  const char *name, *state, *reason;
  gboolean pending = FALSE;

  g_object_get (self->line, "channels", &channels, NULL);
  if (channels == NULL || g_variant_n_children (channels) == 0)
    {
      g_autoptr (GError) error = rd_fault_new (RD_FAULT_NOT_FOUND, NULL, 0, NULL, "channels");

      rd_checkup_steps_fail (&self->steps, "channels", error);
      return FALSE;
    }
  g_variant_iter_init (&iter, channels);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &state, &reason))
    {
      if (g_str_equal (state, "refused"))
        {
          g_variant_dict_init (&dict, NULL);
          g_variant_dict_insert (&dict, "channel", "s", name);
          rd_checkup_steps_add (&self->steps, "channels", "failed", *reason != '\0' ? reason : "forbidden",
                                g_variant_dict_end (&dict));
          return TRUE;
        }
      pending |= !g_str_equal (state, "subscribed");
    }
  rd_checkup_steps_add (&self->steps, "channels", pending ? "warning" : "ok", pending ? "pending" : NULL, NULL);
  return TRUE;
}

static void
skip_from_channels (RdCheckup *self)
{
  rd_checkup_steps_add (&self->steps, "channels", "skipped", NULL, NULL);
  rd_checkup_steps_add (&self->steps, "frame", "skipped", NULL, NULL);
  finish (self);
}

static void
check_connection (RdCheckup *self)
{
  g_autofree char *reason = NULL;
  g_autoptr (GVariant) detail = NULL;
  const char *state = rd_line_get_state (self->line);

  g_object_get (self->line, "reason", &reason, "reason-detail", &detail, NULL);
  if (rd_line_get_settings (self->line)->paused)
    rd_checkup_steps_add (&self->steps, "connection", "warning", "paused", NULL);
  else if (self->endpoint == NULL && g_str_equal (state, "connected"))
    rd_checkup_steps_add (&self->steps, "connection", "ok", "polling", NULL);
  else if (g_str_equal (state, "connected"))
    {
      rd_checkup_steps_add (&self->steps, "connection", "ok", NULL, NULL);
      check_channels (self);
      ask_frame (self);
      return;
    }
  else if (g_str_equal (state, "connecting") && (reason == NULL || *reason == '\0'))
    rd_checkup_steps_add (&self->steps, "connection", "warning", "connecting", NULL);
  else
    rd_checkup_steps_add (&self->steps, "connection", "failed",
                          reason != NULL && *reason != '\0' ? reason : "unreachable", detail);
  skip_from_channels (self);
}

/* The sign-in */

static void
add_signed_in (RdCheckup *self)
{
  const char *backend = rd_dbus_agent1_get_secrets (self->context.agent);

  if (g_strcmp0 (backend, "memory") == 0 || g_strcmp0 (backend, "keyring-locked") == 0)
    rd_checkup_steps_add (&self->steps, "sign-in", "warning", backend, NULL);
  else
    rd_checkup_steps_add (&self->steps, "sign-in", "ok", NULL, NULL);
}

static void
on_token_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdCheckup) self = RD_CHECKUP (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) body = rd_site_act_finish (RD_SITE (source), result, &error);

  if (is_over (self))
    return;
  if (error != NULL)
    rd_checkup_steps_fail (&self->steps, "sign-in", error);
  else
    add_signed_in (self);
  check_connection (self);
}

/* (nullable): the cheapest thing that the site gives only to whom it knows */
static const char *
find_question (RdSite *site)
{
  static const char * const actions[] = { "user", "unread", "invoices", "conversations", "people" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (rd_site_can (site, actions[i]))
      return actions[i];
  return NULL;
}

static void
check_sign_in (RdCheckup *self, gboolean reached)
{
  RdSite *site = rd_line_get_site (self->line);
  const char *question = find_question (site);
  g_autoptr (RdVars) extra = rd_vars_new ();

  if (!rd_line_settings_needs_credentials (rd_line_get_settings (self->line), rd_site_get_profile (site)))
    rd_checkup_steps_add (&self->steps, "sign-in", "skipped", "not-needed", NULL);
  else if (!reached)
    rd_checkup_steps_add (&self->steps, "sign-in", "skipped", NULL, NULL);
  else if (rd_site_get_signed_out (site) || g_str_equal (rd_line_get_state (self->line), "signed-out"))
    rd_checkup_steps_add (&self->steps, "sign-in", "failed", "signed-out", NULL);
  else if (question != NULL)
    {
      rd_vars_set (extra, "page", "1");
      rd_vars_set (extra, "offset", "0");
      rd_vars_set (extra, "limit", "1");
      rd_site_act_async (site, question, extra, g_task_get_cancellable (self->task), on_token_tried,
                         g_object_ref (self));
      return;
    }
  else
    add_signed_in (self);
  check_connection (self);
}

/* The addresses */

static void
on_line_reached (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdCheckup) self = RD_CHECKUP (user_data);
  g_autoptr (GError) error = NULL;

  gboolean reached = rd_reach_finish (result, &error);

  if (is_over (self))
    return;
  if (reached)
    rd_checkup_steps_add (&self->steps, "address", "ok", NULL, NULL);
  else
    rd_checkup_steps_fail (&self->steps, "address", error);
  /* The site itself is there. */
  check_sign_in (self, TRUE);
}

static void
on_site_reached (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RdCheckup) self = RD_CHECKUP (user_data);
  g_autoptr (GError) error = NULL;
  gboolean reached = rd_reach_finish (result, &error);

  if (is_over (self))
    return;
  if (!reached)
    {
      rd_checkup_steps_fail (&self->steps, "address", error);
      check_sign_in (self, FALSE);
    }
  else if (self->endpoint == NULL)
    {
      rd_checkup_steps_add (&self->steps, "address", "ok", NULL, NULL);
      check_sign_in (self, TRUE);
    }
  else
    rd_reach_async (channels_endpoint_get_host (self->endpoint), channels_endpoint_get_port (self->endpoint),
                    channels_endpoint_get_tls (self->endpoint), g_task_get_cancellable (self->task), on_line_reached,
                    g_object_ref (self));
}

static void
check_address (RdCheckup *self)
{
  const RdAccountSettings *settings = rd_line_get_settings (self->line);
  RdProfile *profile = rd_site_get_profile (rd_line_get_site (self->line));
  g_autoptr (GUri) uri = g_uri_parse (settings->site, G_URI_FLAGS_NONE, NULL);
  gboolean tls;
  int port;

  if (!rd_line_settings_is_asked_only (settings, profile))
    self->endpoint = rd_line_settings_build_endpoint (settings, profile, NULL);
  /* The line has been made of the same settings. */
  g_assert (uri != NULL && g_uri_get_host (uri) != NULL);
  tls = g_str_equal (g_uri_get_scheme (uri), "https");
  port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : tls ? 443 : 80;
  rd_reach_async (g_uri_get_host (uri), (guint) port, tls, g_task_get_cancellable (self->task), on_site_reached,
                  g_object_ref (self));
}

/* The network */

static void
check_network (RdCheckup *self)
{
  GNetworkMonitor *monitor = self->context.monitor;

  if (rd_line_is_loopback (self->line))
    rd_checkup_steps_add (&self->steps, "network", "skipped", "here", NULL);
  else if (!g_network_monitor_get_network_available (monitor))
    rd_checkup_steps_add (&self->steps, "network", "failed", "no-network", NULL);
  else if (g_network_monitor_get_connectivity (monitor) == G_NETWORK_CONNECTIVITY_PORTAL)
    rd_checkup_steps_add (&self->steps, "network", "warning", "portal", NULL);
  else if (g_network_monitor_get_connectivity (monitor) == G_NETWORK_CONNECTIVITY_LIMITED)
    rd_checkup_steps_add (&self->steps, "network", "warning", "limited", NULL);
  else
    rd_checkup_steps_add (&self->steps, "network", "ok", NULL, NULL);
}

/* Its settings can never work: that is all there is to say. */
static void
add_fault (RdCheckup *self)
{
  rd_checkup_steps_fail (&self->steps, "address", rd_line_get_fault (self->line));
  rd_checkup_steps_add (&self->steps, "sign-in", "skipped", NULL, NULL);
  rd_checkup_steps_add (&self->steps, "connection", "skipped", NULL, NULL);
  skip_from_channels (self);
}

/*
 * GObject
 */
static void
rd_checkup_finalize (GObject *object)
{
  RdCheckup *self = RD_CHECKUP (object);

  g_clear_pointer (&self->endpoint, channels_endpoint_unref);
  g_clear_object (&self->line);
  g_clear_object (&self->context.policy.notifier);
  g_clear_object (&self->context.policy.ringer);
  g_clear_object (&self->context.policy.preferences);
  g_clear_object (&self->context.policy.quiet);
  g_clear_object (&self->context.agent);
  g_clear_object (&self->context.monitor);
  g_variant_builder_clear (&self->steps.builder);

  G_OBJECT_CLASS (rd_checkup_parent_class)->finalize (object);
}

static void
rd_checkup_class_init (RdCheckupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_checkup_finalize;
}

static void
rd_checkup_init (RdCheckup *self)
{
  rd_checkup_steps_init (&self->steps);
}

RdCheckup *
rd_checkup_new (const RdCheckupContext *context, RdLine *line)
{
  RdCheckup *self;

  g_return_val_if_fail (context != NULL, NULL);
  g_return_val_if_fail (line == NULL || RD_IS_LINE (line), NULL);

  self = g_object_new (RD_TYPE_CHECKUP, NULL);
  self->context.policy.notifier = g_object_ref (context->policy.notifier);
  self->context.policy.ringer = g_object_ref (context->policy.ringer);
  self->context.policy.preferences = g_object_ref (context->policy.preferences);
  self->context.policy.quiet = g_object_ref (context->policy.quiet);
  self->context.agent = g_object_ref (context->agent);
  self->context.monitor = g_object_ref (context->monitor);
  self->line = line != NULL ? g_object_ref (line) : NULL;
  return self;
}

void
rd_checkup_run_async (RdCheckup *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RD_IS_CHECKUP (self));
  g_return_if_fail (self->task == NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  if (self->line == NULL)
    {
      finish (self);
      return;
    }
  check_network (self);
  if (rd_line_get_fault (self->line) != NULL || rd_line_get_site (self->line) == NULL)
    add_fault (self);
  else
    check_address (self);
}

GVariant *
rd_checkup_run_finish (RdCheckup *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
