/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-status.h"

#include "rd-dbus-error.h"

/* The truth about a line in the words of the bus: pure functions of the errors and states of the layers below. */

static const char *
state_of_client (ChannelsClientState state)
{
  switch (state)
    {
    case CHANNELS_CLIENT_CONNECTED:
      return "connected";
    case CHANNELS_CLIENT_CONNECTING:
      return "connecting";
    case CHANNELS_CLIENT_WAITING:
      return "waiting";
    case CHANNELS_CLIENT_FAILED:
      return "failed";
    case CHANNELS_CLIENT_DISCONNECTED:
    default:
      return "stopped";
    }
}

/* Whether the error's message is worth showing as the other side's own words. */
static gboolean
has_words (const GError *error)
{
  return g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_REJECTED)
         || g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_OVER_QUOTA)
         || g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_SERVER)
         || g_error_matches (error, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

static void
set_line_error (RdLineStatus *self, ChannelsClient *client, const GError *error, int close_code)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "host", "s", channels_endpoint_get_host (channels_client_get_endpoint (client)));
  if (close_code != 0)
    g_variant_dict_insert (&dict, "close-code", "i", close_code);
  if (has_words (error))
    g_variant_dict_insert (&dict, "said", "s", error->message);
  g_variant_unref (self->detail);
  self->detail = g_variant_ref_sink (g_variant_dict_end (&dict));
  self->reason = error->domain == CHANNELS_ERROR ? channels_error_to_string ((ChannelsError) error->code) : "internal";
}

RdLineStatus *
rd_line_status_new (const char *state)
{
  RdLineStatus *self = g_new0 (RdLineStatus, 1);

  self->state = state;
  self->reason = "";
  self->detail = g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
  return self;
}

RdLineStatus *
rd_line_status_new_fault (const char *state, const GError *error, gint64 next_try)
{
  RdLineStatus *self = rd_line_status_new (state);
  g_autoptr (GVariant) detail = NULL;
  const char *code = "internal";
  GVariantDict dict;

  self->next_try = next_try;
  if (error == NULL)
    return self;
  detail = rd_dbus_error_dup_detail (error);
  g_variant_lookup (detail, "code", "&s", &code);
  self->reason = g_intern_string (code);
  g_variant_dict_init (&dict, detail);
  g_variant_dict_remove (&dict, "code");
  g_variant_unref (self->detail);
  self->detail = g_variant_ref_sink (g_variant_dict_end (&dict));
  return self;
}

/* A link that brings nothing is no line. A refusal by the site stays until somebody acts; anything else is tried again,
 * a channel at a time. */
static const char *
state_of_deaf (const GError *refusal)
{
  if (g_error_matches (refusal, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED)
      || g_error_matches (refusal, CHANNELS_ERROR, CHANNELS_ERROR_INVALID))
    return "failed";
  return "waiting";
}

RdLineStatus *
rd_line_status_new_client (ChannelsClient *client, const GError *refusal, gboolean deaf)
{
  ChannelsClientState state = channels_client_get_state (client);
  RdLineStatus *self = rd_line_status_new (state_of_client (state));
  const GError *error = channels_client_get_error (client);

  if (state == CHANNELS_CLIENT_CONNECTED && refusal != NULL)
    {
      set_line_error (self, client, refusal, 0);
      if (g_error_matches (refusal, CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED))
        self->reason = "forbidden";
      if (deaf)
        self->state = state_of_deaf (refusal);
    }
  else if (state != CHANNELS_CLIENT_CONNECTED && error != NULL)
    set_line_error (self, client, error, channels_client_get_close_code (client));
  if (state == CHANNELS_CLIENT_WAITING)
    self->next_try = channels_client_get_next_try (client);
  return self;
}

void
rd_line_status_free (RdLineStatus *self)
{
  if (self == NULL)
    return;
  g_variant_unref (self->detail);
  g_free (self);
}
