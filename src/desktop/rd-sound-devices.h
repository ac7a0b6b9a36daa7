/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <gst/gst.h>

G_BEGIN_DECLS

typedef struct
{
  char *id;   /* lasts as long as the device is the same */
  char *name; /* for people */
} RdSoundDevice;

void rd_sound_device_free (RdSoundDevice *self);

#define RD_SOUND_MAX_DEVICES 64

/* Which outputs there are. GStreamer is asked in a thread: a sound server may keep it waiting. */
void       rd_sound_devices_list_async  (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type RdSoundDevice) */
GPtrArray *rd_sound_devices_list_finish (GAsyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A sink for the output with this id. (transfer floating) (nullable): it is not there. Not for the main thread. */
GstElement *rd_sound_devices_make_sink     (const char *id) G_GNUC_WARN_UNUSED_RESULT;
/* A sink for the machine's own speakers. (transfer floating) (nullable): there are none, or they are what @id
 * (nullable: the session's default) means anyway. Not for the main thread. */
GstElement *rd_sound_devices_make_speakers (const char *id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdSoundDevice, rd_sound_device_free)

G_END_DECLS
