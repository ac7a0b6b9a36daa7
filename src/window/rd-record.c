/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "ringdown-window"

#include "config.h"

#include "rd-record.h"

/* A dictionary of the agent as a list item. Knows nothing of what its keys mean. */

struct _RdRecord
{
  GObject parent_instance;

  GVariant *fields;
};

G_DEFINE_FINAL_TYPE (RdRecord, rd_record, G_TYPE_OBJECT)

static void
rd_record_finalize (GObject *object)
{
  RdRecord *self = RD_RECORD (object);

  g_clear_pointer (&self->fields, g_variant_unref);

  G_OBJECT_CLASS (rd_record_parent_class)->finalize (object);
}

static void
rd_record_class_init (RdRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rd_record_finalize;
}

static void
rd_record_init (RdRecord *self)
{
}

RdRecord *
rd_record_new (GVariant *fields)
{
  RdRecord *self;

  g_return_val_if_fail (g_variant_is_of_type (fields, G_VARIANT_TYPE_VARDICT), NULL);

  self = g_object_new (RD_TYPE_RECORD, NULL);
  self->fields = g_variant_ref_sink (fields);
  return self;
}

const char *
rd_record_get_string (RdRecord *self, const char *key)
{
  const char *value = "";

  g_return_val_if_fail (RD_IS_RECORD (self), "");

  g_variant_lookup (self->fields, key, "&s", &value);
  return value;
}

gint64
rd_record_get_time (RdRecord *self, const char *key)
{
  gint64 value = 0;

  g_return_val_if_fail (RD_IS_RECORD (self), 0);

  g_variant_lookup (self->fields, key, "x", &value);
  return value;
}

gboolean
rd_record_get_boolean (RdRecord *self, const char *key)
{
  gboolean value = FALSE;

  g_return_val_if_fail (RD_IS_RECORD (self), FALSE);

  g_variant_lookup (self->fields, key, "b", &value);
  return value;
}

guint
rd_record_get_uint (RdRecord *self, const char *key)
{
  guint32 value = 0;

  g_return_val_if_fail (RD_IS_RECORD (self), 0);

  g_variant_lookup (self->fields, key, "u", &value);
  return value;
}

guint64
rd_record_get_number (RdRecord *self, const char *key)
{
  guint64 value = 0;

  g_return_val_if_fail (RD_IS_RECORD (self), 0);

  g_variant_lookup (self->fields, key, "t", &value);
  return value;
}

GVariant *
rd_record_get_fields (RdRecord *self)
{
  g_return_val_if_fail (RD_IS_RECORD (self), NULL);
  return self->fields;
}

gboolean
rd_record_is_equal (RdRecord *self, RdRecord *other)
{
  g_return_val_if_fail (RD_IS_RECORD (self), FALSE);
  g_return_val_if_fail (RD_IS_RECORD (other), FALSE);
  return g_variant_equal (self->fields, other->fields);
}
