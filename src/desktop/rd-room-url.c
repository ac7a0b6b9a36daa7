/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-room"

#include "config.h"

#include "rd-room-url.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* The one place where a room's address is judged and put together. A site's server names it, so it is a stranger's
 * text that ends up in a browser with a token of the user's: whatever is unusual is refused, not repaired. */

#define MAX_URL 2048
#define MAX_AUTHORITY 262 /* the longest name that DNS has, brackets, and a port */
#define MAX_TOKEN 8192
#define MAX_NAME 200
#define MAX_DEPTH 32 /* of a token's payload */
/* A desktop clock that is a little fast must not turn away a valid invitation; the server checks it again anyway. */
#define EXPIRY_GRACE_S 30

G_DEFINE_QUARK (rd-room-error-quark, rd_room_error)

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, RD_ROOM_ERROR, RD_ROOM_ERROR_REFUSED, message);
  return FALSE;
}

/* Before any parser sees it: printable ASCII that RFC 3986 knows, and percent signs that mean something. Encoded
 * separators and controls are refused as well, since software between here and the room decodes them differently. */
static gboolean
check_characters (const char *url, GError **error)
{
  for (const char *c = url; *c != '\0'; c++)
    {
      int code;

      if (!g_ascii_isgraph (*c))
        return refuse (error, "The address holds a blank, a control character or a letter outside ASCII");
      if (strchr ("\\\"<>^`{|}", *c) != NULL)
        return refuse (error, "The address holds the character “%c”", *c);
      if (*c != '%')
        continue;
      if (!g_ascii_isxdigit (c[1]) || !g_ascii_isxdigit (c[2]))
        return refuse (error, "The address holds a percent sign that encodes nothing");
      code = g_ascii_xdigit_value (c[1]) * 16 + g_ascii_xdigit_value (c[2]);
      if (code < 0x20 || code == 0x7f || code == '/' || code == '\\')
        return refuse (error, "The address holds an encoded separator or control character");
    }
  return TRUE;
}

/* Authority and path as they were written, because GUri decodes and normalises them: what it would repair is refused
 * here. */
static gboolean
check_authority (const char *start, gsize length, GError **error)
{
  for (gsize i = 0; i < length; i++)
    {
      if (start[i] == '@')
        return refuse (error, "The address holds a user name");
      if (!g_ascii_isalnum (start[i]) && strchr (".-:[]", start[i]) == NULL)
        return refuse (error, "The host holds the character “%c”", start[i]);
    }
  if (length == 0 || length > MAX_AUTHORITY || start[0] == '.' || start[0] == ':' || start[length - 1] == ':')
    return refuse (error, "The address names no host");
  return TRUE;
}

static gboolean
check_path (const char *start, gsize length, GError **error)
{
  g_autofree char *path = g_strndup (start, length);
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  gboolean room = FALSE;

  for (gsize i = 0; segments[i] != NULL; i++)
    {
      g_autofree char *segment = g_uri_unescape_string (segments[i], NULL);

      if (segment == NULL)
        return refuse (error, "The path is malformed");
      if (g_str_equal (segment, ".") || g_str_equal (segment, ".."))
        return refuse (error, "The path climbs");
      room = room || segment[0] != '\0';
    }
  if (!room)
    return refuse (error, "The address names no room");
  return TRUE;
}

static gboolean
check_spelling (const char *url, GError **error)
{
  const char *authority;
  gsize length;

  if (url == NULL || url[0] == '\0')
    return refuse (error, "There is no address");
  if (strlen (url) > MAX_URL)
    return refuse (error, "The address is longer than %d characters", MAX_URL);
  if (!check_characters (url, error))
    return FALSE;
  authority = strstr (url, "://");
  if (authority == NULL)
    return refuse (error, "The address is not complete");
  authority += strlen ("://");
  length = strcspn (authority, "/?#");
  return check_authority (authority, length, error)
         && check_path (authority + length, strcspn (authority + length, "?#"), error);
}

/* A site's own query is kept, but the token comes from one place only. */
static gboolean
check_query (const char *query, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (query, "&;", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *key = g_strndup (parts[i], strcspn (parts[i], "="));
      g_autofree char *plain = g_uri_unescape_string (key, NULL);

      if (plain == NULL)
        return refuse (error, "The query is malformed");
      if (g_ascii_strcasecmp (plain, "jwt") == 0)
        return refuse (error, "The address already holds a token");
    }
  return TRUE;
}

static gboolean
host_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* As lists of trusted hosts write it: "host", "host:port", "[::1]:port". @default_port: named where @port is -1 */
static char *
name_host (const char *host, int port, int default_port)
{
  g_autofree char *bare = g_strdup_printf (strchr (host, ':') != NULL ? "[%s]" : "%s", host);

  if (port == -1)
    port = default_port;
  return port == -1 ? g_steal_pointer (&bare) : g_strdup_printf ("%s:%d", bare, port);
}

static gboolean
host_is_trusted (const char *host, int port, const char *const *trusted)
{
  g_autofree char *bare = name_host (host, -1, -1);
  g_autofree char *full = name_host (host, port, 443);

  for (gsize i = 0; trusted != NULL && trusted[i] != NULL; i++)
    if ((port == -1 && g_ascii_strcasecmp (trusted[i], bare) == 0) || g_ascii_strcasecmp (trusted[i], full) == 0)
      return TRUE;
  return FALSE;
}

/* @port: -1 for the scheme's default */
static gboolean
check_host (const RdRoom *room, gboolean secure, const char *host, int port, GError **error)
{
  g_autofree char *shown = NULL;

  if (room->allow_loopback && host_is_loopback (host))
    return TRUE;
  if (!secure)
    return refuse (error, "The address is not https");
  if (host_is_trusted (host, port, room->trusted_hosts))
    return TRUE;
  shown = name_host (host, port, -1);
  g_set_error_literal (error, RD_ROOM_ERROR, RD_ROOM_ERROR_UNTRUSTED, shown);
  return FALSE;
}

static GUri *
check_url (const RdRoom *room, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;
  gboolean secure;
  int port;

  if (!check_spelling (room->url, error))
    return NULL;
  uri = g_uri_parse (room->url, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0')
    return refuse (error, "The address is malformed"), NULL;
  secure = g_str_equal (g_uri_get_scheme (uri), "https");
  if (!secure && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return refuse (error, "The address is not https"), NULL;
  port = g_uri_get_port (uri);
  if (port == 0 || port == (secure ? 443 : 80))
    port = -1;
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  if (!check_host (room, secure, host, port, error))
    return NULL;
  if (g_uri_get_query (uri) != NULL && !check_query (g_uri_get_query (uri), error))
    return NULL;
  /* The fragment would configure the room's page in ways that nobody here asked for: ours takes its place. */
  return g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host, port, g_uri_get_path (uri),
                      g_uri_get_query (uri), NULL);
}

static GBytes *
decode_base64url (const char *text)
{
  g_autofree char *plain = g_strdup (text);
  g_autoptr (GString) padded = NULL;
  guchar *data;
  gsize length;

  g_strdelimit (plain, "-", '+');
  g_strdelimit (plain, "_", '/');
  padded = g_string_new (plain);
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  data = g_base64_decode (padded->str, &length);
  return g_bytes_new_take (data, length);
}

/* Whether it is one document: of several, json-glib frees only the last one. It also calls itself for each level. */
static gboolean
is_one_document (const char *text, gsize length)
{
  gboolean quoted = FALSE;
  int depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (quoted)
        continue;
      else if (text[i] == '{' || text[i] == '[')
        depth++;
      else if (text[i] == '}' || text[i] == ']')
        depth--;
      if (depth > MAX_DEPTH || (depth <= 0 && i + 1 < length))
        return FALSE;
    }
  return depth == 0 && !quoted;
}

/* -1: the token says nothing about it */
static double
read_expiry (const char *payload)
{
  g_autoptr (GBytes) bytes = decode_base64url (payload);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  JsonNode *root;
  JsonNode *member;

  if (length == 0 || !g_utf8_validate (text, (gssize) length, NULL) || !is_one_document (text, length)
      || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return -1;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return -1;
  member = json_object_get_member (json_node_get_object (root), "exp");
  if (member == NULL || !JSON_NODE_HOLDS_VALUE (member))
    return -1;
  if (json_node_get_value_type (member) != G_TYPE_INT64 && json_node_get_value_type (member) != G_TYPE_DOUBLE)
    return -1;
  return json_node_get_double (member);
}

/* Messages never quote the token. */
static gboolean
check_token (const char *token, gint64 now, GError **error)
{
  g_auto (GStrv) parts = NULL;
  double expiry;

  if (strlen (token) > MAX_TOKEN)
    return refuse (error, "The token is longer than %d characters", MAX_TOKEN);
  for (const char *c = token; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '-' && *c != '_' && *c != '.')
      return refuse (error, "The token is not a JWT");
  parts = g_strsplit (token, ".", -1);
  if (g_strv_length (parts) != 3 || parts[0][0] == '\0' || parts[1][0] == '\0' || parts[2][0] == '\0')
    return refuse (error, "The token is not a JWT");
  expiry = read_expiry (parts[1]);
  if (expiry >= 0 && (double) now / G_USEC_PER_SEC > expiry + EXPIRY_GRACE_S)
    {
      g_set_error_literal (error, RD_ROOM_ERROR, RD_ROOM_ERROR_EXPIRED, "The invitation has expired");
      return FALSE;
    }
  return TRUE;
}

/* Values in the fragment are JSON, percent-encoded. */
static char *
quote_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *bounded = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_NAME));
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), bounded);
  g_autofree char *json = json_to_string (node, FALSE);

  return g_uri_escape_string (json, NULL, FALSE);
}

static char *
build_fragment (const RdRoom *room)
{
  GString *fragment = g_string_new ("config.prejoinConfig.enabled=false&config.prejoinPageEnabled=false");

  if (room->audio)
    g_string_append (fragment, "&config.startAudioOnly=true");
  if (room->display_name != NULL && room->display_name[0] != '\0')
    {
      g_autofree char *quoted = quote_name (room->display_name);

      g_string_append_printf (fragment, "&userInfo.displayName=%s", quoted);
    }
  return g_string_free (fragment, FALSE);
}

char *
rd_room_build_url (const RdRoom *room, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *query = NULL;
  g_autofree char *fragment = NULL;
  const char *own;

  g_return_val_if_fail (room != NULL, NULL);
  uri = check_url (room, error);
  if (uri == NULL)
    return NULL;
  own = g_uri_get_query (uri);
  if (own != NULL && own[0] == '\0')
    own = NULL;
  if (room->token != NULL && room->token[0] != '\0')
    {
      if (!check_token (room->token, room->now, error))
        return NULL;
      query = g_strconcat ("jwt=", room->token, own != NULL ? "&" : NULL, own, NULL);
    }
  else
    query = g_strdup (own);
  fragment = build_fragment (room);
  return g_uri_join (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                     g_uri_get_path (uri), query, fragment);
}

char *
rd_room_redact (const char *url)
{
  g_autofree char *bare = NULL;
  char *authority;
  char *at;

  g_return_val_if_fail (url != NULL, NULL);
  bare = g_strndup (url, MIN (strcspn (url, "?#"), MAX_URL));
  for (char *c = bare; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      *c = '_';
  /* A password before the host is a secret as well. */
  authority = strstr (bare, "://");
  if (authority == NULL)
    return g_steal_pointer (&bare);
  authority += strlen ("://");
  at = strrchr (authority, '@');
  if (at == NULL)
    return g_steal_pointer (&bare);
  *authority = '\0';
  return g_strconcat (bare, at + 1, NULL);
}
