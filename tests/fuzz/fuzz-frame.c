/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include "channels-error.h"
#include "channels-event-private.h"
#include "channels-frame-private.h"

/* One text frame from a server, read the short way and the long way, and the words of it that are shown to people. */

#define MAX_MESSAGE 200

static void
check_text (const char *text)
{
  if (text != NULL)
    g_assert (g_utf8_validate (text, -1, NULL));
}

static void
check_frame (const ChannelsFrame *frame)
{
  g_assert (frame->event != NULL && frame->event[0] != '\0');
  check_text (frame->event);
  check_text (frame->channel);
  check_text (frame->user_id);
  if (frame->message != NULL)
    fuzz_check_text (frame->message, MAX_MESSAGE + 1);
  g_assert (frame->code >= 0 && frame->code <= G_MAXUINT16);
  g_assert (frame->kind != CHANNELS_FRAME_ESTABLISHED || frame->socket_id[0] != '\0');
  g_assert (frame->kind != CHANNELS_FRAME_SUBSCRIBED || frame->channel != NULL);
  if (frame->kind == CHANNELS_FRAME_MEMBER_ADDED || frame->kind == CHANNELS_FRAME_MEMBER_REMOVED)
    g_assert (frame->channel != NULL && frame->user_id[0] != '\0');
  if (frame->data != NULL)
    {
      g_autofree char *text = json_to_string (frame->data, FALSE);

      check_text (text);
    }
}

/* An event that is only glanced at is the same as one that was read. */
static void
check_event (const ChannelsFrame *frame, const ChannelsFrame *glanced)
{
  g_autoptr (ChannelsEvent) event = channels_event_new_for_frame (frame, frame->event);
  g_autoptr (ChannelsEvent) other = channels_event_new_for_frame (glanced, glanced->event);
  g_autofree char *data = json_to_string (channels_event_get_data (event), FALSE);
  g_autofree char *other_data = json_to_string (channels_event_get_data (other), FALSE);

  g_assert (g_strcmp0 (channels_event_get_user_id (event), channels_event_get_user_id (other)) == 0);
  g_assert (g_strcmp0 (channels_event_get_text (event), channels_event_get_text (other)) == 0);
  g_assert (g_strcmp0 (data, other_data) == 0);
}

static void
check_glance (const ChannelsFrame *frame, gboolean read, const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) message = g_bytes_new (data, size);
  g_auto (ChannelsFrame) glanced = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert (channels_frame_read (&glanced, message, &error) == read);
  if (!read)
    return;
  g_assert (glanced.kind == frame->kind);
  g_assert (g_str_equal (glanced.event, frame->event));
  g_assert (g_strcmp0 (glanced.channel, frame->channel) == 0);
  if (frame->kind == CHANNELS_FRAME_EVENT && frame->channel != NULL)
    check_event (frame, &glanced);
}

static void
check_message (const char *data, gsize length)
{
  g_autofree char *text = g_utf8_make_valid (data, (gssize) length);
  g_autofree char *clean = channels_frame_clean_message (text);

  fuzz_check_text (clean, MAX_MESSAGE + 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (ChannelsFrame) frame = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean read = channels_frame_parse (&frame, (const char *) data, (gssize) size, &error);

  fuzz_check_outcome (read, error, CHANNELS_ERROR);
  fuzz_check_discreet (error);
  if (read)
    check_frame (&frame);
  check_glance (&frame, read, data, size);
  check_message ((const char *) data, size);
  return 0;
}
