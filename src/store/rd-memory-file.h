/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One thing that was shown: a digest of its key, and when it happened. */
typedef struct
{
  guint64 digest;
  gint64 at;
} RdMemoryKey;

/* What one account's file says. */
typedef struct
{
  GArray *keys;     /* RdMemoryKey, a ring once it is full */
  guint oldest;     /* where the ring begins */
  gint64 stood;
  char **open;      /* (nullable) */
} RdMemoryPage;

RdMemoryPage *rd_memory_page_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void          rd_memory_page_free   (RdMemoryPage *self);
/* The oldest gives way. */
void          rd_memory_page_add    (RdMemoryPage *self, guint64 digest, gint64 at);
GBytes       *rd_memory_page_format (const RdMemoryPage *self) G_GNUC_WARN_UNUSED_RESULT;
/* (nullable): NULL: it is no such file; errors are RD_FAULT. */
RdMemoryPage *rd_memory_page_parse  (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RdMemoryPage, rd_memory_page_free)

G_END_DECLS
