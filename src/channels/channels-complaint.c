/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-complaint-private.h"

/* Servers say what is wrong, and some only then close, without a code of their own; others say it of every request they
 * do not like, and mean nothing by it. */

#define FIRST_APPLICATION_CODE 4000
#define LAST_CLOSE_CODE 4299
/* It explains a close only if it came right before it. */
#define EXPLAINS_US (5 * G_USEC_PER_SEC)

void
channels_complaint_note (ChannelsComplaint *self, const ChannelsFrame *frame, gint64 now)
{
  self->code = frame->code;
  self->time = MAX (now, 1);
  g_free (self->message);
  self->message = g_strdup (frame->message);
}

void
channels_complaint_forget (ChannelsComplaint *self)
{
  self->time = 0;
}

void
channels_complaint_clear (ChannelsComplaint *self)
{
  g_clear_pointer (&self->message, g_free);
}

/* Most errors are about one request, and a link can be lost right after: it has to be a code that closes, and on a
 * socket that stands not one that belongs to the handshake (Reverb has "path not found" for too many messages, Sockudo
 * "TLS only" for whatever it knows no code for). */
gboolean
channels_complaint_explains (const ChannelsComplaint *self, gint64 now, gboolean established)
{
  if (self->time == 0 || self->code < FIRST_APPLICATION_CODE || self->code > LAST_CLOSE_CODE)
    return FALSE;
  if (!established)
    return TRUE;
  return now - self->time <= EXPLAINS_US && !channels_close_is_of_handshake (self->code);
}
