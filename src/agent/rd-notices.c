/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-agent"

#include "config.h"

#include "rd-notices.h"

#include "rd-dbus-error.h"

/* One funnel for what went wrong while no caller waited for an answer. */

enum
{
  NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

struct _RdNotices
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (RdNotices, rd_notices, G_TYPE_OBJECT)

/*
 * GObject
 */
static void
rd_notices_class_init (RdNoticesClass *klass)
{
  signals[NOTICE] = g_signal_new ("notice", RD_TYPE_NOTICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_VARIANT);
}

static void
rd_notices_init (RdNotices *self)
{
}

RdNotices *
rd_notices_new (void)
{
  return g_object_new (RD_TYPE_NOTICES, NULL);
}

void
rd_notices_say (RdNotices *self, const char *severity, const char *account, const char *call, const GError *error)
{
  g_autoptr (GVariant) detail = NULL;
  g_autoptr (GVariant) notice = NULL;
  GVariantDict dict;

  g_return_if_fail (RD_IS_NOTICES (self));
  g_return_if_fail (severity != NULL);
  g_return_if_fail (error != NULL);

  detail = rd_dbus_error_dup_detail (error);
  g_variant_dict_init (&dict, detail);
  g_variant_dict_insert (&dict, "severity", "s", severity);
  g_variant_dict_insert (&dict, "account", "s", account != NULL ? account : "");
  g_variant_dict_insert (&dict, "call", "s", call != NULL ? call : "");
  notice = g_variant_ref_sink (g_variant_dict_end (&dict));
  g_message ("%s", error->message);
  g_signal_emit (self, signals[NOTICE], 0, notice);
}
