/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-dbus-error.h"

#include "channels-error.h"
#include "rd-fault.h"
#include "rd-text.h"

/* The errors of all layers as the bus sees them. */

#define ERROR_PREFIX "io.github.ringdown.Error."

static GVariant *
detail_of_line_error (const GError *error)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "code", "s", channels_error_to_string ((ChannelsError) error->code));
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

GVariant *
rd_dbus_error_dup_detail (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == CHANNELS_ERROR)
    return detail_of_line_error (error);
  return g_variant_ref_sink (rd_fault_to_variant (error));
}

char *
rd_dbus_error_dup_name (const char *code)
{
  g_autoptr (GString) name = g_string_new (ERROR_PREFIX);
  gboolean upper = TRUE;

  g_return_val_if_fail (code != NULL, NULL);

  for (const char *c = code; *c != '\0'; c++)
    {
      if (*c == '-')
        {
          upper = TRUE;
          continue;
        }
      g_string_append_c (name, upper ? g_ascii_toupper (*c) : *c);
      upper = FALSE;
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

void
rd_dbus_error_return (GDBusMethodInvocation *invocation, const GError *error)
{
  g_autoptr (GVariant) detail = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;
  const char *code = "internal";

  g_return_if_fail (G_IS_DBUS_METHOD_INVOCATION (invocation));
  g_return_if_fail (error != NULL);

  detail = rd_dbus_error_dup_detail (error);
  g_variant_lookup (detail, "code", "&s", &code);
  name = rd_dbus_error_dup_name (code);
  sentence = rd_text_for_fault (detail);
  g_debug ("%s: %s", g_dbus_method_invocation_get_method_name (invocation), error->message);
  g_dbus_method_invocation_return_dbus_error (invocation, name, sentence);
}
