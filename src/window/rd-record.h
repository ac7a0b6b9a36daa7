/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define RD_TYPE_RECORD (rd_record_get_type ())
G_DECLARE_FINAL_TYPE (RdRecord, rd_record, RD, RECORD, GObject)

/**
 * RdRecord:
 *
 * One a{sv} of the agent (a PAYMENT, an ENTRY…) as an item of a GListModel. Immutable; what is missing or has
 * another type reads as "", 0 or %FALSE.
 */
RdRecord   *rd_record_new         (GVariant *fields);
const char *rd_record_get_string  (RdRecord *self, const char *key);
gint64      rd_record_get_time    (RdRecord *self, const char *key);
gboolean    rd_record_get_boolean (RdRecord *self, const char *key);
guint       rd_record_get_uint    (RdRecord *self, const char *key);
/* a "t" */
guint64     rd_record_get_number  (RdRecord *self, const char *key);
/* (transfer none) */
GVariant   *rd_record_get_fields  (RdRecord *self);
gboolean    rd_record_is_equal    (RdRecord *self, RdRecord *other);

G_END_DECLS
