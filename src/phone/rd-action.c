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

/* One REST action of a profile: from values to a request, from a reply's JSON to calls, values and lists. */

#define MAX_CALLS 100

typedef struct
{
  char *name;
  RdTemplate *value;
} Pair;

struct _RdAction
{
  char *name;
  char *method;
  RdTemplate *path;
  GPtrArray *query;  /* Pair */
  GPtrArray *form;   /* Pair, or NULL */
  JsonNode *body;    /* JSON with templates for strings, or NULL */
  RdValue *calls;    /* where the calls stand, or NULL */
  RdFields *fields;  /* of one call */
  GHashTable *values; /* utf8 → RdValue */
  GHashTable *lists;
};

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

RdAction *
rd_action_new (const char *name, JsonNode *json, GHashTable *sets)
{
  RdAction *self = g_new0 (RdAction, 1);
  JsonNode *body = rd_json_member (json, "body");
  JsonNode *reply = rd_json_member (json, "reply");
  JsonNode *calls = rd_json_member (reply, "calls");

  self->name = g_strdup (name);
  self->method = g_strdup (rd_json_string (rd_json_member (json, "method")));
  self->path = rd_template_new (rd_json_string (rd_json_member (json, "path")), NULL);
  self->query = build_pairs (rd_json_member (json, "query"));
  if (g_strcmp0 (rd_json_string (rd_json_member (json, "encoding")), "form") == 0)
    self->form = build_pairs (body);
  else if (body != NULL)
    self->body = json_node_ref (body);
  if (calls != NULL)
    {
      self->calls = rd_value_new (rd_json_member (calls, "at"), NULL);
      self->fields = rd_profile_build_fields (rd_json_member (calls, "fields"), sets);
    }
  self->values = build_values (rd_json_member (reply, "values"));
  self->lists = build_values (rd_json_member (reply, "lists"));
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
  g_clear_pointer (&self->form, g_ptr_array_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->calls, rd_value_free);
  g_clear_pointer (&self->fields, rd_fields_unref);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->lists);
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

/* "a=1&b=2", or NULL with @error. @sparse: without those whose value is empty. */
static char *
expand_pairs (GPtrArray *pairs, RdVars *vars, gboolean sparse, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = g_ptr_array_index (pairs, i);
      char *value;

      if (sparse && rd_template_is_empty (pair->value, vars))
        continue;
      value = rd_template_expand (pair->value, vars, TRUE, error);
      if (value == NULL)
        return NULL;
      if (out->len > 0)
        g_string_append_c (out, '&');
      g_string_append_uri_escaped (out, pair->name, NULL, FALSE);
      g_string_append_printf (out, "=%s", value);
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
  char *value = rd_template_expand (template, vars, FALSE, error);
  JsonNode *node;

  if (value == NULL)
    return NULL;
  node = json_node_alloc ();
  if (rd_template_is_number (template) && is_number (value))
    json_node_init_int (node, g_ascii_strtoll (value, NULL, 10));
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
  /* may hold a refresh token */
  rd_clean_secret (self->body);
  g_free (self);
}

/* Replies */

static GError *
bad_reply (const RdAction *self, const char *said)
{
  return rd_fault_new (RD_FAULT_BAD_REPLY, NULL, 0, said, self->name);
}

/* A session is listed, not announced: what it is follows from how it stands. Without a known word, from its times. */
static RdEventKind
kind_of (const RdEvent *call)
{
  switch (call->status)
    {
    case RD_EVENT_STATUS_PENDING:
      return RD_EVENT_CALL_INITIATED;
    case RD_EVENT_STATUS_ACTIVE:
      return RD_EVENT_CALL_ANSWERED;
    case RD_EVENT_STATUS_REJECTED:
      return RD_EVENT_CALL_REJECTED;
    case RD_EVENT_STATUS_COMPLETED:
      return RD_EVENT_CALL_ENDED;
    case RD_EVENT_STATUS_UNKNOWN:
    default:
      break;
    }
  if (call->ended_at != 0)
    return RD_EVENT_CALL_ENDED;
  return call->started_at != 0 ? RD_EVENT_CALL_ANSWERED : RD_EVENT_CALL_INITIATED;
}

static RdEvent *
map_call (RdProfile *profile, const RdAction *self, JsonNode *json)
{
  g_autoptr (RdEvent) event = rd_event_new (RD_EVENT_CALL_INITIATED);

  if (!JSON_NODE_HOLDS_OBJECT (json))
    return NULL;
  rd_fields_fill (self->fields, event, json, rd_profile_get_statuses (profile));
  event->at = 0;
  event->kind = kind_of (event);
  rd_fields_infer_at (event);
  if (rd_fields_missing (event) != NULL)
    return NULL;
  rd_fields_make_key (event, NULL);
  return g_steal_pointer (&event);
}

/* One that is wrong among many is left out: the rest is still of use. */
static void
map_array (RdProfile *profile, const RdAction *self, JsonArray *array, GPtrArray *out)
{
  guint length = MIN (json_array_get_length (array), MAX_CALLS);

  for (guint i = 0; i < length; i++)
    {
      RdEvent *event = map_call (profile, self, json_array_get_element (array, i));

      if (event != NULL)
        g_ptr_array_add (out, event);
      else
        g_debug ("%s: call %u of the reply cannot be read", self->name, i);
    }
}

GPtrArray *
rd_action_map_calls (RdProfile *profile, const RdAction *self, JsonNode *body, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) rd_event_unref);
  JsonNode *calls;
  RdEvent *event;

  g_return_val_if_fail (RD_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (self != NULL, NULL);

  if (self->calls == NULL || body == NULL || JSON_NODE_HOLDS_NULL (body))
    return g_steal_pointer (&out);
  calls = rd_value_find (self->calls, body);
  if (calls == NULL)
    {
      g_propagate_error (error, bad_reply (self, "the reply holds no call"));
      return NULL;
    }
  if (JSON_NODE_HOLDS_ARRAY (calls))
    {
      map_array (profile, self, json_node_get_array (calls), out);
      return g_steal_pointer (&out);
    }
  event = map_call (profile, self, calls);
  if (event == NULL)
    {
      g_propagate_error (error, bad_reply (self, "the reply's call cannot be read"));
      return NULL;
    }
  g_ptr_array_add (out, event);
  return g_steal_pointer (&out);
}

static RdValueType
value_type (const char *name)
{
  if (g_str_equal (name, "id"))
    return RD_VALUE_ID;
  if (g_str_equal (name, "access") || g_str_equal (name, "refresh"))
    return RD_VALUE_TOKEN;
  return RD_VALUE_NAME;
}

char *
rd_action_dup_value (const RdAction *self, JsonNode *body, const char *name)
{
  RdValue *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  value = g_hash_table_lookup (self->values, name);
  if (value == NULL || body == NULL)
    return NULL;
  return rd_value_dup (value, body, value_type (name));
}

char **
rd_action_dup_list (const RdAction *self, JsonNode *body, const char *name)
{
  RdValue *value;

  g_return_val_if_fail (self != NULL, g_new0 (char *, 1));
  g_return_val_if_fail (name != NULL, g_new0 (char *, 1));

  value = g_hash_table_lookup (self->lists, name);
  if (value == NULL || body == NULL)
    return g_new0 (char *, 1);
  return rd_value_dup_list (value, body);
}
