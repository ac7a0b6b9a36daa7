/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define G_LOG_DOMAIN "channels"

#include "config.h"

#include "channels-name-private.h"

#include <string.h>

/* A channel's kind stands in its name, and nowhere else. */

#define MAX_NAME 164
#define LEGAL "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-=@,.;"

gboolean
channels_name_is_valid (const char *name)
{
  gsize length = strspn (name, LEGAL);

  return length > 0 && length <= MAX_NAME && name[length] == '\0';
}

gboolean
channels_name_is_signed (const char *name)
{
  return g_str_has_prefix (name, "private-") || channels_name_is_presence (name);
}

gboolean
channels_name_is_presence (const char *name)
{
  return g_str_has_prefix (name, "presence-");
}

gboolean
channels_name_is_encrypted (const char *name)
{
  return g_str_has_prefix (name, "private-encrypted-");
}

gboolean
channels_name_is_user (const char *name)
{
  return g_str_has_prefix (name, CHANNELS_NAME_USER_PREFIX);
}
