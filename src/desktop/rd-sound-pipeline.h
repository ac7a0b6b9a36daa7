/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "rd-synth.h"

G_BEGIN_DECLS

/* A pipeline, not started, that carries what @synth renders to a sink and ends when the synth has nothing left. May
 * wait for a device or a sound server: not for the main thread. @sink: (nullable) a description; NULL or "": the
 * session's default. (nullable) (transfer full): NULL with *@health "no-device" or "failed". */
GstElement *rd_sound_pipeline_new (const char *sink, RdSynth *synth, const char **health) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
