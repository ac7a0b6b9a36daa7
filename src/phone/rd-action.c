/* SPDX-FileCopyrightText: 2026 The Ringdown authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "rd-action"

#include "config.h"

#include "rd-profile-private.h"

#include "rd-clean.h"
#include "rd-fault.h"
#include "rd-json.h"
#include "rd-template.h"

#include <string.h>

/* One REST action of a profile: from values to a request. What replies say: rd-action-reply.c */

typedef struct
{
  char *name;
  RdTemplate *value;
} Pair;

static void
free_pair (gpointer data)
{
  Pair *pair = data;

  g_free (pair->name);
  rd_template_free (pair->value);
  g_free (pair);
}

static GPtrArray *
build_pairs (JsonNode *json)
{
  GPtrArray *pairs = g_ptr_array_new_with_free_func (free_pair);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (json == NULL)
    return pairs;
  json_object_iter_init_ordered (&iter, json_node_get_object (json));
  while (json_object_iter_next_ordered (&iter, &name, &value))
    {
      Pair *pair = g_new0 (Pair, 1);

      pair->name = g_strdup (name);
      pair->value = rd_template_new (rd_json_string (value), NULL);
      g_ptr_array_add (pairs, pair);
    }
  return pairs;
}

static GHashTable *
build_values (JsonNode *json)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rd_value_free);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (json == NULL)
    return values;
  json_object_iter_init (&iter, json_node_get_object (json));
  while (json_object_iter_next (&iter, &name, &value))
    g_hash_table_insert (values, g_strdup (name), rd_value_new (value, NULL));
  return values;
}

static void
free_listing (gpointer data)
{
  RdListing *listing = data;

  rd_value_free (listing->at);
  rd_fields_unref (listing->fields);
  g_free (listing);
}

/* What a reply may list, and of what kind that is. */
static GPtrArray *
build_listings (JsonNode *reply, GHashTable *sets)
{
  static const struct
  {
    const char *member;
    RdEventKind kind;
  } known[] = {
    { "calls", RD_EVENT_CALL_STATUS },          { "messages", RD_EVENT_MESSAGE },
    { "conversations", RD_EVENT_CONVERSATION }, { "people", RD_EVENT_PERSON },
    { "invoices", RD_EVENT_INVOICE },           { "notices", RD_EVENT_NOTICE },
  };
  GPtrArray *listings = g_ptr_array_new_with_free_func (free_listing);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      JsonNode *json = rd_json_member (reply, known[i].member);
      RdListing *listing;

      if (json == NULL)
        continue;
      listing = g_new0 (RdListing, 1);
      listing->kind = known[i].kind;
      listing->at = rd_value_new (rd_json_member (json, "at"), NULL);
      listing->fields = rd_profile_build_fields (rd_json_member (json, "fields"), sets);
      g_ptr_array_add (listings, listing);
    }
  return listings;
}

static GHashTable *
build_metas (JsonNode *json)
{
  GHashTable *metas = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *meta = NULL;

  if (json == NULL)
    return metas;
  json_object_iter_init (&iter, json_node_get_object (json));
  while (json_object_iter_next (&iter, &name, &meta))
    g_hash_table_insert (metas, g_strdup (name), g_strdup (rd_json_string (meta)));
  return metas;
}

RdAction *
rd_action_new (const char *name, JsonNode *json, GHashTable *sets)
{
  RdAction *self = g_new0 (RdAction, 1);
  JsonNode *body = rd_json_member (json, "body");
  JsonNode *reply = rd_json_member (json, "reply");
  JsonNode *more = rd_json_member (reply, "more");
  JsonNode *page_size = rd_json_member (reply, "page-size");
  JsonNode *text_limit = rd_json_member (json, "text-limit");

  self->name = g_strdup (name);
  self->method = g_strdup (rd_json_string (rd_json_member (json, "method")));
  self->path = rd_template_new (rd_json_string (rd_json_member (json, "path")), NULL);
  self->query = build_pairs (rd_json_member (json, "query"));
  self->headers = build_pairs (rd_json_member (json, "headers"));
  if (g_strcmp0 (rd_json_string (rd_json_member (json, "encoding")), "form") == 0)
    self->form = build_pairs (body);
  else if (body != NULL)
    self->body = json_node_ref (body);
  self->listings = build_listings (reply, sets);
  self->values = build_values (rd_json_member (reply, "values"));
  self->lists = build_values (rd_json_member (reply, "lists"));
  self->metas = build_metas (rd_json_member (reply, "meta"));
  self->more = more != NULL ? rd_value_new (more, NULL) : NULL;
  self->page_size = page_size != NULL ? (guint) json_node_get_int (page_size) : 0;
  self->text_limit = text_limit != NULL ? (guint) json_node_get_int (text_limit) : 0;
  self->must = rd_profile_dup_strings (rd_json_member (json, "must"));
  return self;
}

void
rd_action_free (RdAction *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->name);
  g_free (self->method);
  rd_template_free (self->path);
  g_ptr_array_unref (self->query);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->form, g_ptr_array_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_ptr_array_unref (self->listings);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->metas);
  g_clear_pointer (&self->more, rd_value_free);
  g_strfreev (self->must);
  g_free (self);
}

/* Building */

/* A value "." or ".." would be percent-encoded to itself and lead to another endpoint. */
static gboolean
climbs (const char *path)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char *const *) segments, ".") ||
         g_strv_contains ((const char *const *) segments, "..");
}

/* What a list is asked for with, or without. */
static gboolean
is_left_out (RdTemplate *template, RdVars *vars)
{
  static const char *const optional[] = { "page",        "limit",  "offset", "before",
                                          "before-time", "search", "status", "since" };

  for (guint i = 0; i < G_N_ELEMENTS (optional); i++)
    if (rd_template_uses (template, optional[i]) && rd_vars_get (vars, optional[i]) == NULL)
      return TRUE;
  return rd_template_is_empty (template, vars);
}

/* A text may be empty where it is all there is: that is how one is taken back. */
static gboolean
is_empty (RdTemplate *template, RdVars *vars)
{
  const char *prefix, *suffix;
  const char *name = rd_template_get_only (template, &prefix, &suffix);

  return name != NULL && *prefix == '\0' && *suffix == '\0' && g_strcmp0 (rd_vars_get (vars, name), "") == 0
         && !rd_template_is_number (template) && !rd_template_is_boolean (template);
}

/* "a=1&b=2", or NULL with @error. @sparse: without those that may be left out. */
static char *
expand_pairs (GPtrArray *pairs, RdVars *vars, gboolean sparse, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = g_ptr_array_index (pairs, i);
      char *value;

      if (sparse && is_left_out (pair->value, vars))
        continue;
      value = is_empty (pair->value, vars) ? g_strdup ("") : rd_template_expand (pair->value, vars, FALSE, error);
      if (value == NULL)
        {
          rd_clean_secret (g_string_free (g_steal_pointer (&out), FALSE));
          return NULL;
        }
      if (out->len > 0)
        g_string_append_c (out, '&');
      g_string_append_uri_escaped (out, pair->name, NULL, FALSE);
      g_string_append_c (out, '=');
      g_string_append_uri_escaped (out, value, NULL, FALSE);
      rd_clean_secret (value);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
expand_path (const RdAction *self, RdVars *vars, GError **error)
{
  g_autofree char *path = rd_template_expand (self->path, vars, TRUE, error);
  g_autofree char *query = NULL;

  if (path == NULL)
    return NULL;
  if (climbs (path))
    {
      g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, "not a legal value in a path", self->name));
      return NULL;
    }
  query = expand_pairs (self->query, vars, TRUE, error);
  if (query == NULL)
    return NULL;
  return *query != '\0' ? g_strconcat (path, "?", query, NULL) : g_steal_pointer (&path);
}

/* TRUE for what JSON carries as a whole number without loss, written as JSON writes it. */
static gboolean
is_number (const char *text)
{
  const char *digits = text + (*text == '-');
  gsize length = strspn (digits, G_CSET_DIGITS);

  return length > 0 && length < 16 && digits[length] == '\0' && (length == 1 || *digits != '0');
}

static JsonNode *
expand_string (const char *text, RdVars *vars, GError **error)
{
  g_autoptr (RdTemplate) template = rd_template_new (text, NULL);
  JsonNode *node;
  char *value;

  value = is_empty (template, vars) ? g_strdup ("") : rd_template_expand (template, vars, FALSE, error);
  if (value == NULL)
    return NULL;
  node = json_node_alloc ();
  if (rd_template_is_number (template) && is_number (value))
    json_node_init_int (node, g_ascii_strtoll (value, NULL, 10));
  else if (rd_template_is_boolean (template) && (g_str_equal (value, "true") || g_str_equal (value, "false")))
    json_node_init_boolean (node, g_str_equal (value, "true"));
  else
    json_node_init_string (node, value);
  rd_clean_secret (value);
  return node;
}

static JsonNode *expand_json (JsonNode *json, RdVars *vars, GError **error);

static JsonNode *
expand_array (JsonNode *json, RdVars *vars, GError **error)
{
  g_autoptr (JsonArray) out = json_array_new ();
  JsonArray *array = json_node_get_array (json);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = expand_json (json_array_get_element (array, i), vars, error);

      if (element == NULL)
        return NULL;
      json_array_add_element (out, element);
    }
  return json_node_init_array (json_node_alloc (), out);
}

static JsonNode *
expand_object (JsonNode *json, RdVars *vars, GError **error)
{
  g_autoptr (JsonObject) out = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (json));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      JsonNode *value = expand_json (member, vars, error);

      if (value == NULL)
        return NULL;
      json_object_set_member (out, name, value);
    }
  return json_node_init_object (json_node_alloc (), out);
}

static JsonNode *
expand_json (JsonNode *json, RdVars *vars, GError **error)
{
  const char *text = rd_json_string (json);

  if (JSON_NODE_HOLDS_OBJECT (json))
    return expand_object (json, vars, error);
  if (JSON_NODE_HOLDS_ARRAY (json))
    return expand_array (json, vars, error);
  return text != NULL ? expand_string (text, vars, error) : json_node_copy (json);
}

static char *
expand_body (const RdAction *self, RdVars *vars, GError **error)
{
  g_autoptr (JsonNode) json = NULL;

  if (self->form != NULL)
    return expand_pairs (self->form, vars, FALSE, error);
  json = expand_json (self->body, vars, error);
  return json != NULL ? json_to_string (json, FALSE) : NULL;
}

static gboolean
pairs_use (GPtrArray *pairs, const char *variable)
{
  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    if (rd_template_uses (((const Pair *) g_ptr_array_index (pairs, i))->value, variable))
      return TRUE;
  return FALSE;
}

static gboolean
body_uses (JsonNode *body, const char *variable)
{
  g_autofree char *text = body != NULL ? json_to_string (body, FALSE) : NULL;
  g_autofree char *alone = g_strconcat ("{", variable, "}", NULL);
  g_autofree char *typed = g_strconcat (":", variable, "}", NULL);

  return text != NULL && (strstr (text, alone) != NULL || strstr (text, typed) != NULL);
}

gboolean
rd_action_uses (const RdAction *self, const char *variable)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (variable != NULL, FALSE);

  return rd_template_uses (self->path, variable) || pairs_use (self->query, variable)
         || pairs_use (self->form, variable) || body_uses (self->body, variable);
}

/* Name, value, name, value… */
static char **
expand_headers (const RdAction *self, RdVars *vars, GError **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_clean_secret);

  for (guint i = 0; i < self->headers->len; i++)
    {
      const Pair *pair = g_ptr_array_index (self->headers, i);
      char *value = rd_template_expand (pair->value, vars, FALSE, error);
      char *clean = value != NULL ? rd_clean_exact (value, RD_CLEAN_TOKEN) : NULL;

      if (value != NULL && clean == NULL)
        g_propagate_error (error, rd_fault_new (RD_FAULT_BAD_INPUT, NULL, 0, "no value of a header", pair->name));
      rd_clean_secret (value);
      if (clean == NULL)
        return NULL;
      g_ptr_array_add (headers, g_strdup (pair->name));
      g_ptr_array_add (headers, clean);
    }
  g_ptr_array_add (headers, NULL);
  return (char **) g_ptr_array_steal (headers, NULL);
}

RdRequest *
rd_action_build (const RdAction *self, RdVars *vars, GError **error)
{
  g_autoptr (RdRequest) request = g_new0 (RdRequest, 1);

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (vars != NULL, NULL);

  request->method = g_strdup (self->method);
  request->path = expand_path (self, vars, error);
  if (request->path == NULL)
    return NULL;
  if (self->headers->len > 0)
    {
      request->headers = expand_headers (self, vars, error);
      if (request->headers == NULL)
        return NULL;
    }
  if (self->form == NULL && self->body == NULL)
    return g_steal_pointer (&request);
  request->content_type = g_strdup (self->form != NULL ? "application/x-www-form-urlencoded" : "application/json");
  request->body = expand_body (self, vars, error);
  return request->body != NULL ? g_steal_pointer (&request) : NULL;
}

void
rd_request_free (RdRequest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->method);
  g_free (self->path);
  g_free (self->content_type);
  for (char **header = self->headers; header != NULL && *header != NULL; header++)
    rd_clean_secret (*header);
  g_free (self->headers);
  /* may hold a refresh token */
  rd_clean_secret (self->body);
  g_free (self);
}
