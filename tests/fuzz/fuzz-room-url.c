/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fuzz.h"

#include <gio/gio.h>
#include <string.h>

#include "rd-room-url.h"

/* The address of a room, as a site's server names it: lines of flags, address, token and a person's name. What comes
 * out is opened in a browser. */

#define MAX_AUTHORITY 262

static const char *const trusted[] = { "meet.example.org", "meet.example.org:8443", "[2001:db8::1]", NULL };

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return g_ascii_strcasecmp (host, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
is_trusted (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);

  if (g_str_equal (host, "meet.example.org"))
    return port == -1 || port == 443 || port == 8443;
  return g_str_equal (host, "2001:db8::1") && (port == -1 || port == 443);
}

static void
check_built (const RdRoom *room, const char *built)
{
  g_autoptr (GUri) uri = g_uri_parse (built, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *redacted = rd_room_redact (built);

  for (const char *c = built; *c != '\0'; c++)
    g_assert (g_ascii_isgraph (*c) && strchr ("\"<>\\^`{|}", *c) == NULL);
  g_assert (uri != NULL && g_uri_get_userinfo (uri) == NULL);
  if (!room->allow_loopback || !is_loopback (g_uri_get_host (uri)))
    g_assert (g_str_equal (g_uri_get_scheme (uri), "https") && is_trusted (uri));
  g_assert (g_str_has_prefix (g_uri_get_fragment (uri), "config."));
  g_assert (strpbrk (redacted, "?#") == NULL);
}

static void
check_room (const RdRoom *room)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *built = rd_room_build_url (room, &error);

  /* Of a host that is not trusted the message is its name alone. */
  if (g_error_matches (error, RD_ROOM_ERROR, RD_ROOM_ERROR_UNTRUSTED))
    g_assert (built == NULL && strlen (error->message) <= MAX_AUTHORITY);
  else
    {
      fuzz_check_outcome (built != NULL, error, RD_ROOM_ERROR);
      fuzz_check_discreet (error);
    }
  if (built != NULL)
    check_built (room, built);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  FuzzLines lines = { (const char *) data, size };
  g_autofree char *flags = fuzz_lines_next (&lines);
  g_autofree char *url = fuzz_lines_next (&lines);
  g_autofree char *token = fuzz_lines_next (&lines);
  g_autofree char *name = fuzz_lines_next (&lines);
  RdRoom room = { url, token, trusted, FALSE, FALSE, name, G_GINT64_CONSTANT (1767225600000000) };

  if (url == NULL)
    return 0;
  room.allow_loopback = strchr (flags, 'l') != NULL;
  room.audio = strchr (flags, 'a') != NULL;
  check_room (&room);
  g_free (rd_room_redact (url));
  return 0;
}
