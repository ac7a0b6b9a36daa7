/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-checkup-steps.h"

#include "rd-dbus-error.h"

/* How a step is written down. */

void
rd_checkup_steps_init (RdCheckupSteps *self)
{
  g_return_if_fail (self != NULL);

  g_variant_builder_init (&self->builder, G_VARIANT_TYPE ("aa{sv}"));
}

void
rd_checkup_steps_add (RdCheckupSteps *self, const char *step, const char *result, const char *code, GVariant *fault)
{
  g_autoptr (GVariant) owned = fault != NULL ? g_variant_ref_sink (fault) : NULL;
  GVariantDict dict;

  g_return_if_fail (self != NULL);
  g_return_if_fail (step != NULL && result != NULL);

  g_variant_dict_init (&dict, owned);
  if (code != NULL)
    g_variant_dict_insert (&dict, "code", "s", code);
  g_variant_dict_insert (&dict, "step", "s", step);
  g_variant_dict_insert (&dict, "result", "s", result);
  g_variant_builder_add_value (&self->builder, g_variant_dict_end (&dict));
}

void
rd_checkup_steps_fail (RdCheckupSteps *self, const char *step, const GError *error)
{
  g_autoptr (GVariant) fault = NULL;

  g_return_if_fail (error != NULL);

  fault = rd_dbus_error_dup_detail (error);
  rd_checkup_steps_add (self, step, "failed", NULL, fault);
}

GVariant *
rd_checkup_steps_end (RdCheckupSteps *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_variant_builder_end (&self->builder);
}
