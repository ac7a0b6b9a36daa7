/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-version.h"

/* Which version of the library a program runs with; the macros tell with which it was built. */

guint
channels_get_major_version (void)
{
  return CHANNELS_MAJOR_VERSION;
}

guint
channels_get_minor_version (void)
{
  return CHANNELS_MINOR_VERSION;
}

guint
channels_get_micro_version (void)
{
  return CHANNELS_MICRO_VERSION;
}
