/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a frame's template is filled with: name → JsonNode (or NULL). */
typedef GHashTable FrameFacts;

FrameFacts *frame_facts_new        (void);
/* @value (nullable) */
void        frame_facts_set_string (FrameFacts *self,
                                    const char *name,
                                    const char *value);
void        frame_facts_set_int    (FrameFacts *self,
                                    const char *name,
                                    gint64      value);
/* @value (transfer full) (nullable) */
void        frame_facts_take       (FrameFacts *self,
                                    const char *name,
                                    JsonNode   *value);
/* (transfer full): the frame that @template is with these facts. A string "%name%" is that fact, whatever its type; a
 * member whose fact is not there is left out; the member `json` becomes `data`, as text. */
char       *frame_script_fill      (JsonNode   *template,
                                    FrameFacts *facts) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FrameFacts, g_hash_table_unref)

G_END_DECLS
