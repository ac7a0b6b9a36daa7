/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-setup"

#include "config.h"

#include "rd-setup.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-template.h"

#include <string.h>

/* Set-up documents and links. Both become one JSON object, and every member of it passes the same table. */

#define LINK_START "ringdown://setup?"
#define VARS_PREFIX "vars."
#define MAX_VARS 50
#define MAX_VAR 500

static gboolean
refuse (GError **error, const char *where, const char *said)
{
  g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, said, where));
  return FALSE;
}

/* Addresses */

gboolean
rd_setup_is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  g_return_val_if_fail (host != NULL, FALSE);

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/* A name as DNS has it, or an address, but not one of some network card's, which no other machine has. */
static gboolean
is_host (const char *host)
{
  return (g_hostname_is_ip_address (host) && strchr (host, '%') == NULL)
         || (*host != '\0' && strspn (host, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.") == strlen (host));
}

static GUri *
parse_address (const char *text, const char *where, GError **error)
{
  g_autofree char *exact = rd_clean_exact (text, RD_CLEAN_URL);
  g_autoptr (GUri) uri = exact != NULL ? g_uri_parse (exact, G_URI_FLAGS_ENCODED, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  gboolean https = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https");

  if (host == NULL || !is_host (host) || (!https && !g_str_equal (g_uri_get_scheme (uri), "http")))
    refuse (error, where, "not an https address");
  else if (g_uri_get_userinfo (uri) != NULL)
    refuse (error, where, "an address here names no user");
  else if (!https && !rd_setup_is_loopback (host))
    refuse (error, where, "plain http is for this machine alone");
  else
    return g_steal_pointer (&uri);
  return NULL;
}

static char *
read_site (const char *text, GError **error)
{
  g_autoptr (GUri) uri = parse_address (text, "site", error);
  g_autoptr (GUri) plain = NULL;
  g_autofree char *host = NULL;
  g_autofree char *full = NULL;
  gsize length;

  if (uri == NULL)
    return NULL;
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      refuse (error, "site", "an address here ends with its path");
      return NULL;
    }
  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  plain = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri),
                       g_uri_get_path (uri), NULL, NULL);
  full = g_uri_to_string (plain);
  length = strlen (full);
  while (length > 0 && full[length - 1] == '/')
    length--;
  return g_strndup (full, length);
}

char *
rd_setup_dup_site (const char *typed, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *full = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  text = g_strstrip (g_strndup (typed, RD_CLEAN_URL + 1));
  full = strstr (text, "://") != NULL ? g_strdup (text) : g_strconcat ("https://", text, NULL);
  return read_site (full, error);
}

static char *
dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return host != NULL ? g_ascii_strdown (host, -1) : NULL;
}

/* Of @host itself, or of a host below it. */
static gboolean
is_of_host (const char *address, const char *host)
{
  g_autofree char *own = dup_host (address);
  g_autofree char *below = g_strconcat (".", host, NULL);

  return own != NULL && (g_str_equal (own, host) || g_str_has_suffix (own, below));
}

/* Members */

typedef struct
{
  GVariantBuilder *out;
  GError **error;
} Reading;

typedef struct _Member Member;

struct _Member
{
  const char *name;
  gboolean (*read) (const Reading *reading, const Member *member, JsonNode *node);
  const char *set; /* of read_word: the characters that it may have */
  gsize max;
};

static void
add (const Reading *reading, const char *name, GVariant *value)
{
  g_variant_builder_add (reading->out, "{sv}", name, value);
}

static gboolean
read_version (const Reading *reading, const Member *member, JsonNode *node)
{
  g_autofree char *version = rd_json_dup_id (node);

  return g_strcmp0 (version, "1") == 0 || refuse (reading->error, member->name, "only version 1 is known");
}

static gboolean
read_word (const Reading *reading, const Member *member, JsonNode *node)
{
  const char *text = rd_json_string (node);
  gsize length = text != NULL ? strlen (text) : 0;

  if (length == 0 || length > member->max || strspn (text, member->set) != length)
    return refuse (reading->error, member->name, "empty, too long or not what may stand here");
  add (reading, member->name, g_variant_new_string (text));
  return TRUE;
}

/* For people: what it must not have is taken out. */
static gboolean
read_name (const Reading *reading, const Member *member, JsonNode *node)
{
  g_autofree char *name = rd_json_dup_text (node, RD_CLEAN_NAME);

  if (name == NULL)
    return refuse (reading->error, member->name, "must be a text");
  if (*g_strstrip (name) != '\0')
    add (reading, member->name, g_variant_new_string (name));
  return TRUE;
}

static gboolean
read_id (const Reading *reading, const Member *member, JsonNode *node)
{
  g_autofree char *id = rd_json_dup_id (node);

  if (id == NULL)
    return refuse (reading->error, member->name, "must be an id");
  add (reading, member->name, g_variant_new_string (id));
  return TRUE;
}

static gboolean
read_port (const Reading *reading, const Member *member, JsonNode *node)
{
  g_autofree char *text = rd_json_dup_id (node);
  guint64 port = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &port, NULL))
    return refuse (reading->error, member->name, "must be a number from 1 to 65535");
  add (reading, member->name, g_variant_new_uint32 ((guint32) port));
  return TRUE;
}

static gboolean
read_boolean (const Reading *reading, const Member *member, JsonNode *node)
{
  const char *text = rd_json_string (node);
  gboolean said = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;

  if (!said && g_strcmp0 (text, "true") != 0 && g_strcmp0 (text, "false") != 0)
    return refuse (reading->error, member->name, "must be true or false");
  add (reading, member->name, g_variant_new_boolean (said ? json_node_get_boolean (node) : g_str_equal (text, "true")));
  return TRUE;
}

static gboolean
read_site_member (const Reading *reading, const Member *member, JsonNode *node)
{
  const char *text = rd_json_string (node);
  g_autofree char *site = text != NULL ? read_site (text, reading->error) : NULL;

  if (text == NULL)
    return refuse (reading->error, member->name, "must be a text");
  if (site == NULL)
    return FALSE;
  add (reading, member->name, g_variant_new_string (site));
  return TRUE;
}

static gboolean
read_profile_url (const Reading *reading, const Member *member, JsonNode *node)
{
  const char *text = rd_json_string (node);
  g_autoptr (GUri) uri = text != NULL ? parse_address (text, member->name, reading->error) : NULL;
  g_autofree char *full = NULL;

  if (text == NULL)
    return refuse (reading->error, member->name, "must be a text");
  if (uri == NULL)
    return FALSE;
  full = g_uri_to_string (uri);
  add (reading, member->name, g_variant_new_string (full));
  return TRUE;
}

/* What a password hides behind has no place in what is passed around. */
static gboolean
is_secret (const char *name)
{
  static const char *const parts[] = { "token", "password", "passwd", "secret", "cookie", "session", "credential",
                                       "authorization", "bearer", "private", "api-key", "apikey", "jwt" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (lower, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
read_var (const Reading *reading, GVariantBuilder *vars, const char *name, JsonNode *node)
{
  g_autofree char *number = rd_json_dup_id (node);
  g_autofree char *value = rd_json_string (node) != NULL ? rd_json_dup_exact (node, MAX_VAR)
                                                         : g_steal_pointer (&number);

  if (is_secret (name))
    return refuse (reading->error, "vars", "a secret has no place here");
  if (!rd_template_is_variable (name, strlen (name)))
    return refuse (reading->error, "vars", "not a variable's name");
  if (value == NULL)
    return refuse (reading->error, "vars", "a value is empty, too long or no text");
  g_variant_builder_add (vars, "{ss}", name, value);
  return TRUE;
}

static gboolean
read_vars (const Reading *reading, const Member *member, JsonNode *node)
{
  g_auto (GVariantBuilder) vars = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node) || json_object_get_size (json_node_get_object (node)) > MAX_VARS)
    return refuse (reading->error, member->name, "must be an object, and not too large");
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    if (!read_var (reading, &vars, name, value))
      return FALSE;
  add (reading, member->name, g_variant_builder_end (&vars));
  return TRUE;
}

#define LOWER G_CSET_a_2_z
#define ANY G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS

static const Member members[] = {
  { "ringdown", read_version },
  { "site", read_site_member },
  { "profile", read_word, LOWER G_CSET_DIGITS "-", 64 },
  { "profile-url", read_profile_url },
  { "name", read_name },
  { "user-id", read_id },
  { "key", read_word, ANY "-_.:", 200 },
  { "cluster", read_word, ANY "-", 32 },
  { "host", read_word, ANY "-_.:", 253 },
  { "port", read_port },
  { "path", read_word, ANY "/-_.~", 200 },
  { "tls", read_boolean },
  { "vars", read_vars },
};

static gboolean
read_member (const Reading *reading, const char *name, JsonNode *node)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name))
      return members[i].read (reading, &members[i], node);
  return refuse (reading->error, name, is_secret (name) ? "a secret has no place here" : "is not known here");
}

/* The whole */

static gboolean
check_whole (GVariantDict *dict, GError **error)
{
  const char *site = NULL, *url = NULL, *host = NULL, *path = NULL;
  g_autofree char *site_host = NULL;
  gboolean profile = g_variant_dict_contains (dict, "profile");
  gboolean tls = TRUE;

  g_variant_dict_lookup (dict, "site", "&s", &site);
  g_variant_dict_lookup (dict, "profile-url", "&s", &url);
  g_variant_dict_lookup (dict, "host", "&s", &host);
  g_variant_dict_lookup (dict, "path", "&s", &path);
  g_variant_dict_lookup (dict, "tls", "b", &tls);
  if (site == NULL)
    return refuse (error, "site", "is missing");
  if (profile == (url != NULL))
    return refuse (error, "profile", profile ? "stands beside a “profile-url”" : "is missing");
  site_host = dup_host (site);
  if (url != NULL && !is_of_host (url, site_host))
    return refuse (error, "profile-url", "is on another host than the site");
  if (host != NULL && g_variant_dict_contains (dict, "cluster"))
    return refuse (error, "host", "stands beside a “cluster”");
  if (host != NULL && !is_host (host))
    return refuse (error, "host", "not a host");
  if (path != NULL && *path != '/')
    return refuse (error, "path", "must start with /");
  if (!tls && (host == NULL || !rd_setup_is_loopback (host)))
    return refuse (error, "tls", "only a server on this machine may go without");
  return TRUE;
}

/* @origin: (nullable): the site that it came from */
static GVariant *
read_object (JsonObject *object, const char *origin, GError **error)
{
  g_auto (GVariantBuilder) out = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  const Reading reading = { &out, error };
  g_autoptr (GVariant) settings = NULL;
  g_autoptr (GVariantDict) dict = NULL;
  g_autofree char *host = origin != NULL ? dup_host (origin) : NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  const char *site = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    if (!read_member (&reading, name, node))
      return NULL;
  settings = g_variant_ref_sink (g_variant_builder_end (&out));
  dict = g_variant_dict_new (settings);
  if (origin != NULL && !g_variant_dict_contains (dict, "site"))
    g_variant_dict_insert (dict, "site", "s", origin);
  if (!check_whole (dict, error))
    return NULL;
  g_variant_dict_lookup (dict, "site", "&s", &site);
  if (host != NULL && !is_of_host (site, host))
    {
      refuse (error, "site", "is on another host than the one that says so");
      return NULL;
    }
  return g_variant_ref_sink (g_variant_dict_end (dict));
}

static GVariant *
read_document (const char *text, gsize length, const char *origin, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) syntax = NULL;

  root = rd_json_parse (text, (gssize) length, &syntax);
  if (root == NULL)
    {
      refuse (error, "setup", rd_fault_get_said (syntax));
      return NULL;
    }
  if (!JSON_NODE_HOLDS_OBJECT (root) || rd_json_member (root, "ringdown") == NULL)
    {
      refuse (error, "ringdown", "is missing");
      return NULL;
    }
  return read_object (json_node_get_object (root), origin, error);
}

/* A parameter becomes a member; one called "vars.NAME" one of its "vars". */
static gboolean
take_parameter (JsonObject *object, const char *name, const char *value, GError **error)
{
  JsonObject *vars;

  if (g_str_equal (name, "vars"))
    return refuse (error, "vars", "a link has “vars.NAME”");
  if (!g_str_has_prefix (name, VARS_PREFIX))
    {
      if (json_object_has_member (object, name))
        return refuse (error, name, "stands twice");
      json_object_set_string_member (object, name, value);
      return TRUE;
    }
  if (!json_object_has_member (object, "vars"))
    json_object_set_object_member (object, "vars", json_object_new ());
  vars = json_object_get_object_member (object, "vars");
  name += strlen (VARS_PREFIX);
  if (json_object_has_member (vars, name))
    return refuse (error, "vars", "stands twice");
  json_object_set_string_member (vars, name, value);
  return TRUE;
}

static GVariant *
read_link (const char *query, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GError) reason = NULL;
  GUriParamsIter iter;
  char *name, *value;

  g_uri_params_iter_init (&iter, query, -1, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &reason))
    {
      gboolean good = take_parameter (object, name, value, error);

      rd_clean_secret (value);
      g_free (name);
      if (!good)
        return NULL;
    }
  if (reason != NULL)
    {
      refuse (error, "setup", "not a link's parameters");
      return NULL;
    }
  return read_object (object, NULL, error);
}

/* (transfer full): NULL with @error if it is too large, or no text. Leading white space is left out. */
static char *
take_text (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strnlen (text, RD_SETUP_MAX_SIZE + 1) : (gsize) length;

  if (size > RD_SETUP_MAX_SIZE)
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_TOO_LARGE, NULL, 0, "larger than 64 KiB", "setup"));
      return NULL;
    }
  if (!g_utf8_validate (text, (gssize) size, NULL))
    {
      refuse (error, "setup", "not a text");
      return NULL;
    }
  return g_strstrip (g_strndup (text, size));
}

GVariant *
rd_setup_read (const char *text, gssize length, GError **error)
{
  g_autofree char *whole = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  whole = take_text (text, length, error);
  if (whole == NULL)
    return NULL;
  if (g_ascii_strncasecmp (whole, LINK_START, strlen (LINK_START)) == 0)
    return read_link (whole + strlen (LINK_START), error);
  if (g_ascii_strncasecmp (whole, "ringdown:", strlen ("ringdown:")) == 0)
    {
      refuse (error, "setup", "a link starts with " LINK_START);
      return NULL;
    }
  return read_document (whole, strlen (whole), NULL, error);
}

GVariant *
rd_setup_read_well_known (const char *text, gssize length, const char *site, GError **error)
{
  g_autofree char *whole = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (site != NULL, NULL);

  whole = take_text (text, length, error);
  return whole != NULL ? read_document (whole, strlen (whole), site, error) : NULL;
}
