/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What was seen already, bounded: the oldest is forgotten first. */
typedef struct _RdSeen RdSeen;

/* A tolerance for keys that hold for ever. */
#define RD_SEEN_ALWAYS G_MAXINT64

RdSeen  *rd_seen_new      (guint max) G_GNUC_WARN_UNUSED_RESULT;
void     rd_seen_free     (RdSeen *self);
/* TRUE if @key was seen with a time within @tolerance of @at; else remembers it. */
gboolean rd_seen_check    (RdSeen *self, const char *key, gint64 at, gint64 tolerance);
/* The same, but remembers nothing. */
gboolean rd_seen_near     (RdSeen *self, const char *key, gint64 at, gint64 tolerance);
gboolean rd_seen_contains (RdSeen *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdSeen, rd_seen_free)

G_END_DECLS
