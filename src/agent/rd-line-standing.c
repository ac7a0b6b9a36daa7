/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-line-private.h"

#include "channels-error.h"
#include "rd-fault.h"

/* How a line stands, and what follows from that: whether others see that our user is there, whether the site is polled,
 * and what the next run needs to know. */

static RdLineStatus *
status_of_stopped (RdLine *self)
{
  RdLineStatus *status = rd_line_status_new ("stopped");

  if (self->settings->paused)
    status->reason = "paused";
  return status;
}

/* A site that is only asked: its answers are the line. */
static RdLineStatus *
status_of_asking (RdLine *self)
{
  const GError *problem = rd_site_get_problem (self->site);

  return problem != NULL ? rd_line_status_new_fault ("waiting", problem, 0) : rd_line_status_new ("connected");
}

/* A plain line is let in by what the site's API is let in by. */
static gboolean
is_plain_refused (RdLine *self)
{
  return self->client != NULL && rd_profile_get_plain_line (self->profile) != NULL
         && channels_client_get_state (self->client) == CHANNELS_CLIENT_FAILED
         && g_error_matches (channels_client_get_error (self->client), CHANNELS_ERROR, CHANNELS_ERROR_UNAUTHORIZED);
}

/* Errors of clients speak of Channels servers, which a plain line has none of. */
static RdLineStatus *
status_of_client (RdLine *self)
{
  RdLineStatus *status
    = rd_line_status_new_client (self->client, rd_feed_get_refusal (self->feed), rd_feed_is_deaf (self->feed));

  if (rd_profile_get_plain_line (self->profile) != NULL && g_str_equal (status->reason, "not-channels"))
    status->reason = "no-line";
  return status;
}

static RdLineStatus *
status_of_signed_out (RdLine *self)
{
  g_autoptr (GError) refused = rd_fault_new (RD_FAULT_SIGNED_OUT, rd_site_get_host (self->site), 401, NULL, NULL);

  return rd_line_status_new_fault ("signed-out", refused, 0);
}

RdLineStatus *
rd_line_build_status (RdLine *self)
{
  if (self->fault != NULL)
    return rd_line_status_new_fault ("failed", self->fault, 0);
  if (self->stage != STAGE_STOPPED && rd_site_get_signed_out (self->site) && rd_line_needs_credentials (self))
    return status_of_signed_out (self);

  switch (self->stage)
    {
    case STAGE_CREDENTIALS:
    case STAGE_ASKING:
      return rd_line_status_new ("connecting");
    case STAGE_NO_TOKEN:
      return rd_line_status_new_fault ("signed-out", self->trouble, 0);
    case STAGE_RETRY:
      return rd_line_status_new_fault ("waiting", self->trouble, self->next_try);
    case STAGE_ON_LINE:
      if (self->client == NULL)
        return status_of_asking (self);
      if (is_plain_refused (self))
        return status_of_signed_out (self);
      return status_of_client (self);
    case STAGE_STOPPED:
    default:
      return status_of_stopped (self);
    }
}

static gboolean
hears (RdLine *self)
{
  return self->client != NULL && g_str_equal (self->status->state, "connected") && rd_feed_hears (self->feed);
}

/* It tells others that our user can be called. */
static void
show_presence (RdLine *self)
{
  if (self->people != NULL)
    rd_people_set_present (self->people, self->heard);
  else
    rd_site_set_heartbeat (self->site, self->heard);
}

gboolean
rd_line_follow_status (RdLine *self)
{
  gboolean heard = hears (self);
  gboolean may_ask = self->stage == STAGE_ON_LINE && !rd_site_get_signed_out (self->site);
  const char *delivery = "";

  if (!heard && self->heard)
    rd_line_note_stood (self);
  if (heard != self->heard || self->turned_at == 0)
    self->turned_at = g_get_real_time ();
  self->heard = heard;
  show_presence (self);
  rd_poller_set_state (self->poller, may_ask, heard);
  if (heard)
    delivery = "push";
  else if (rd_poller_is_instead (self->poller))
    delivery = "polling";
  if (g_strcmp0 (delivery, self->delivery) == 0)
    return FALSE;
  self->delivery = delivery;
  return TRUE;
}
