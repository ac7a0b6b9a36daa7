/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-keyring-problem"

#include "config.h"

#include "rd-keyring-problem.h"

#include <libsecret/secret.h>

/* What errors of libsecret and of the bus say of the keyring. */

gboolean
rd_keyring_problem_is_absent (const GError *error)
{
  static const GDBusError names[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN,    G_DBUS_ERROR_NAME_HAS_NO_OWNER,     G_DBUS_ERROR_NO_SERVER,
    G_DBUS_ERROR_SPAWN_EXEC_FAILED,  G_DBUS_ERROR_SPAWN_CHILD_EXITED,    G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
    G_DBUS_ERROR_SPAWN_FAILED,       G_DBUS_ERROR_SPAWN_SERVICE_INVALID, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
    G_DBUS_ERROR_DISCONNECTED,       G_DBUS_ERROR_UNKNOWN_METHOD,        G_DBUS_ERROR_UNKNOWN_INTERFACE,
    G_DBUS_ERROR_UNKNOWN_OBJECT,     G_DBUS_ERROR_ACCESS_DENIED,         G_DBUS_ERROR_NO_REPLY, /* it went away */
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_error_matches (error, G_DBUS_ERROR, (int) names[i]))
      return TRUE;
  /* no session bus at all */
  return error->domain == G_IO_ERROR && error->code != G_IO_ERROR_TIMED_OUT;
}

const char *
rd_keyring_problem_name (const GError *error)
{
  if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    return "locked";
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMEOUT) ||
      g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_TIMED_OUT) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return "timed-out";
  return rd_keyring_problem_is_absent (error) ? "absent" : "failed";
}
