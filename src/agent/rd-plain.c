/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-plain.h"

#include "channels-error.h"
#include "rd-fault.h"

/* Between a profile's words for a plain line and the client that keeps it up. */

struct _RdPlain
{
  GObject parent_instance;

  RdSite *site;
  const RdPlainLine *line; /* the profile's, which the site keeps */
  ChannelsPlainRules rules;
};

/* The client knows its own errors only, and decides by them whether to come back. */
static const struct
{
  RdFaultCode fault;
  ChannelsError code;
} codes[] = {
  { RD_FAULT_SIGNED_OUT, CHANNELS_ERROR_UNAUTHORIZED }, { RD_FAULT_FORBIDDEN, CHANNELS_ERROR_UNAUTHORIZED },
  { RD_FAULT_REFUSED, CHANNELS_ERROR_UNAUTHORIZED },    { RD_FAULT_BAD_INPUT, CHANNELS_ERROR_INVALID },
  { RD_FAULT_UNREACHABLE, CHANNELS_ERROR_UNREACHABLE }, { RD_FAULT_TLS, CHANNELS_ERROR_TLS },
  { RD_FAULT_TIMED_OUT, CHANNELS_ERROR_TIMED_OUT },     { RD_FAULT_TOO_LARGE, CHANNELS_ERROR_TOO_LARGE },
  { RD_FAULT_BAD_REPLY, CHANNELS_ERROR_MALFORMED },
};

static ChannelsError
code_of (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, RD_FAULT, (int) codes[i].fault))
      return codes[i].code;
  return CHANNELS_ERROR_SERVER;
}

static void
return_error (GTask *task, const GError *error)
{
  g_task_return_new_error (task, CHANNELS_ERROR, (int) code_of (error), "%s", error->message);
}

static void
on_headers_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  RdPlain *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) headers = rd_site_get_headers_finish (RD_SITE (source), result, &error);
  g_autofree char *path = NULL;

  if (headers != NULL)
    path = rd_site_dup_line_path (self->site, &error);
  if (path == NULL)
    {
      return_error (task, error);
      return;
    }
  g_task_return_pointer (task, channels_plain_handshake_new (path, headers),
                         (GDestroyNotify) channels_plain_handshake_free);
}

/*
 * ChannelsPlain
 */
static const ChannelsPlainRules *
rd_plain_get_rules (ChannelsPlain *plain)
{
  return &RD_PLAIN (plain)->rules;
}

static void
rd_plain_prepare_async (ChannelsPlain *plain, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  RdPlain *self = RD_PLAIN (plain);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, rd_plain_prepare_async);
  rd_site_get_headers_async (self->site, cancellable, on_headers_ready, task);
}

static ChannelsPlainHandshake *
rd_plain_prepare_finish (ChannelsPlain *plain, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
rd_plain_read (ChannelsPlain *plain, JsonNode *frame, char **event, JsonNode **data)
{
  RdPlain *self = RD_PLAIN (plain);

  *event = rd_value_dup (self->line->event, frame, RD_VALUE_NAME);
  *data = self->line->data != NULL ? rd_value_find (self->line->data, frame) : NULL;
  return *event != NULL;
}

static void
rd_plain_refused (ChannelsPlain *plain)
{
  rd_site_doubt_tokens (RD_PLAIN (plain)->site);
}

static void
plain_iface_init (ChannelsPlainInterface *iface)
{
  iface->get_rules = rd_plain_get_rules;
  iface->prepare_async = rd_plain_prepare_async;
  iface->prepare_finish = rd_plain_prepare_finish;
  iface->read = rd_plain_read;
  iface->refused = rd_plain_refused;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RdPlain, rd_plain, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CHANNELS_TYPE_PLAIN, plain_iface_init))

/*
 * GObject
 */
static void
rd_plain_finalize (GObject *object)
{
  g_clear_object (&RD_PLAIN (object)->site);

  G_OBJECT_CLASS (rd_plain_parent_class)->finalize (object);
}

static void
rd_plain_class_init (RdPlainClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_plain_finalize;
}

static void
rd_plain_init (RdPlain *self)
{
}

RdPlain *
rd_plain_new (RdSite *site)
{
  RdPlain *self;

  g_return_val_if_fail (RD_IS_SITE (site), NULL);
  g_return_val_if_fail (rd_profile_get_plain_line (rd_site_get_profile (site)) != NULL, NULL);

  self = g_object_new (RD_TYPE_PLAIN, NULL);
  self->site = g_object_ref (site);
  self->line = rd_profile_get_plain_line (rd_site_get_profile (site));
  self->rules = (ChannelsPlainRules){
    .channel = RD_PLAIN_CHANNEL,
    .hello = self->line->hello,
    .ping = self->line->ping,
    .interval = self->line->ping_interval,
    .pong = self->line->pong,
  };
  return self;
}
