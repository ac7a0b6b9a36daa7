/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where on a bus a boolean is told. */
typedef struct
{
  const char *name;
  const char *path;
  const char *interface;
  const char *property; /* of @interface; NULL: by a method and a signal: */
  const char *getter;   /* returns it as "(b)" or "(v)" */
  const char *signal;   /* whose last argument it is, as "b" or "v" */
  /* (nullable): two strings that the getter takes, and that the signals begin with */
  const char *arguments[2];
  const char *reset; /* (nullable): a signal: it is not set to anything any more */
} RdBusFlagSpec;

#define RD_TYPE_BUS_FLAG (rd_bus_flag_get_type ())
G_DECLARE_FINAL_TYPE (RdBusFlag, rd_bus_flag, RD, BUS_FLAG, GObject)

/**
 * RdBusFlag:
 *
 * A boolean of some service on a bus: asked for when the service appears, and followed from then on. The service is
 * never started, nothing waits for it, and what it says is only taken if it is of the right type.
 *
 * Property `set` (boolean, notified): FALSE while there is no such service, or while it has not said.
 */
/* @spec is copied; of its strings only the path need not be static. */
RdBusFlag *rd_bus_flag_new     (GDBusConnection *connection, const RdBusFlagSpec *spec) G_GNUC_WARN_UNUSED_RESULT;
gboolean   rd_bus_flag_get_set (RdBusFlag *self);

G_END_DECLS
